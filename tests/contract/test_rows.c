/* The tables of every model: defaults inside their ranges, units that UDUNITS-2 knows, a meaning in every row, and for
 * every parameter a source: something that can be looked up, or "assumed: why". */
#include "check.h"
#include "run/run.h"

#include <ctype.h>

static bool known_unit(const char *unit) {
    struct cx_conversion c;
    const enum cx_unit_fit fit = cx_unit_conversion(unit, "1", &c);
    return fit == CX_UNIT_FITS || fit == CX_UNIT_OTHER;
}

/* "owner/name" of a public repository: two words of four letters or more around a slash. */
static bool names_repository(const char *word) {
    static const char letters[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-";
    const size_t owner = strspn(word, letters);
    return owner >= 4 && word[owner] == '/' && strspn(word + owner + 1, letters) >= 4;
}

/* "10.1234/...", "PMID 123", "BIOMD000..", "MODEL000..", "Kim 2008", a repository: something that can be looked up. */
static bool cites(const char *s) {
    for (const char *at = s; *at; at++) {
        const bool word = at == s || !isalnum((unsigned char)at[-1]);
        int n = 0;
        if (word && sscanf(at, "10.%*4[0-9]%n", &n) == 0 && n == 7) return true;
        if (word && sscanf(at, "PMID %*1[0-9]%n", &n) == 0 && n) return true;
        if (word && names_repository(at)) return true;
        if (word && (!strncmp(at, "BIOMD0", 6) || !strncmp(at, "MODEL", 5))) return true;
        if (word && (!strncmp(at, "19", 2) || !strncmp(at, "20", 2)) &&
            strspn(at, "0123456789") == 4)
            return true;
    }
    return false;
}

/* "assumed: why", "fitted: to what": a word, and a reason of more than one word. */
static bool admits(const char *s) {
    const char *why = !strncmp(s, "assumed: ", 9)  ? s + 9
                      : !strncmp(s, "fitted: ", 8) ? s + 8
                                                   : NULL;
    return why && strchr(why, ' ');
}

static void parameter_rows(const struct cx_model *m) {
    for (int i = 0; i < m->param_count; i++) {
        const struct cx_param_row *p = &m->params[i];
        CHECK_MSG(p->lo <= p->fallback && p->fallback <= p->hi, "%s: %s = %g outside [%g, %g]",
                  m->name, p->name, p->fallback, p->lo, p->hi);
        CHECK_MSG(isfinite(p->lo) && isfinite(p->hi), "%s: range of %s", m->name, p->name);
        CHECK_MSG(p->doc[0], "%s: %s has no meaning", m->name, p->name);
        CHECK_MSG(known_unit(p->unit), "%s: unit '%s' of %s", m->name, p->unit, p->name);
        CHECK_MSG(cites(p->source) || admits(p->source),
                  "%s: source of %s is neither a citation nor 'assumed: why': '%s'", m->name,
                  p->name, p->source);
    }
}

static void other_rows(const struct cx_model *m) {
    CHECK_MSG(m->title[0] && m->cite[0], "%s has no title or citation", m->name);
    for (int i = 0; i < m->derived_count; i++)
        CHECK_MSG(m->derived[i].doc[0] && known_unit(m->derived[i].unit), "%s: %s", m->name,
                  m->derived[i].name);
    for (int i = 0; i < m->species_count; i++) {
        const struct cx_species_row *s = &m->species[i];
        CHECK_MSG(s->doc[0] && known_unit(s->unit) && s->scale > 0, "%s: %s", m->name, s->name);
    }
    for (int i = 0; i < m->measure_count; i++)
        CHECK_MSG(m->measures[i].doc[0] && known_unit(m->measures[i].unit), "%s: %s", m->name,
                  m->measures[i].name);
    for (int i = 0; i < m->series_count; i++)
        CHECK_MSG(m->series[i].doc[0] && known_unit(m->series[i].unit), "%s: %s", m->name,
                  m->series[i].name);
    for (int i = 0; i < m->outcome_count; i++) {
        const struct cx_outcome_row *o = &m->outcomes[i];
        CHECK_MSG(o->definition[0] && o->evidence[0] && known_unit(o->unit), "%s: %s", m->name,
                  o->name);
    }
}

static void rows_are_whole(void) {
    const struct cx_model_list all = cx_models();
    for (int i = 0; i < all.n; i++) {
        parameter_rows(all.at[i]);
        other_rows(all.at[i]);
    }
}

int main(void) {
    RUN(rows_are_whole);
    return check_done();
}
