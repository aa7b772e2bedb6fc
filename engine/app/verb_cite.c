/* verb_cite.c - BibTeX of the program and of the sources that a run's model and its observed values
 * name.
 *
 * Only what the tables say is written: a DOI is enough for any reference manager to fetch the
 * rest. */
#include "app/verbs.h"
#include "base/text.h"
#include "run/engine.h"
#include "version.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

const struct cx_usage cx_usage_cite = {
    .words = "DIR",
    .examples = "cicatrix cite outputs/quickstart > references.bib",
    .least = 1,
    .most = 1,
};

/* One DOI and the names of what it was used for. */
struct reference {
    char doi[160];
    struct cx_text used;
};
struct references {
    int n, room;
    struct reference *at;
};

/* A paper that gave ten parameters is cited once. */
static struct reference *find_or_add(struct references *r, const char *doi) {
    for (int i = 0; i < r->n; i++) {
        if (strcmp(r->at[i].doi, doi) == 0) return &r->at[i];
    }
    if (r->n == r->room) {
        const int room = 2 * r->room + 16;
        struct reference *more = realloc(r->at, (size_t)room * sizeof *more);
        if (!more) return NULL;
        r->at = more;
        r->room = room;
    }
    r->at[r->n] = (struct reference){0};
    cx_text_copy(r->at[r->n].doi, sizeof r->at[r->n].doi, doi);
    return &r->at[r->n++];
}

/* Length of the DOI at the start of `text`, 0 if there is none: 10.NNNN/anything up to a blank
 * or a closing mark. */
static size_t doi_length(const char *text) {
    if (strncmp(text, "10.", 3) != 0) return 0;
    const size_t digits = strspn(text + 3, "0123456789");
    if (digits < 4 || text[3 + digits] != '/') return 0;
    size_t n = strcspn(text, " \t\n,;]}\"'<>");
    while (n && strchr(".:", text[n - 1])) n--;
    /* a bracket around the DOI closes behind it; one inside it belongs to it */
    if (text[n - 1] == ')' && !memchr(text, '(', n)) n--;
    return n > 3 + digits + 1 ? n : 0;
}

/* Every DOI of `source` is used for `name`. */
static void collect(struct references *r, const char *source, const char *name) {
    for (const char *at = source; *at; at++) {
        char doi[160];
        const bool inside = at > source && isalnum((unsigned char)at[-1]);
        const size_t n = inside ? 0 : doi_length(at);
        if (n == 0 || n >= sizeof doi) continue;
        snprintf(doi, sizeof doi, "%.*s", (int)n, at);
        struct reference *row = find_or_add(r, doi);
        if (row) cx_text_add(&row->used, "%s%s", row->used.n ? ", " : "", name);
        at += n - 1;
    }
}

/* In the order of the tables, so that the same run gives the same file. */
static void collect_all(struct references *r, const struct cx_scenario *s) {
    const struct cx_model *m = s->model;
    collect(r, m->cite, "the model");
    for (int i = 0; i < m->param_count; i++) collect(r, m->params[i].source, m->params[i].name);
    for (int i = 0; i < s->observed_count; i++) {
        char name[100];
        snprintf(name, sizeof name, "observed %s", s->observed[i].outcome);
        collect(r, s->observed[i].source, name);
    }
}

/* Letters that mean something to TeX. */
static void add_escaped(struct cx_text *t, const char *text) {
    for (; *text; text++) {
        if (strchr("_&%#${}", *text)) cx_text_add(t, "\\");
        cx_text_add(t, "%c", *text);
    }
}

/* The key is the DOI with everything but letters and digits as dashes. */
static void add_entry(struct cx_text *t, const struct reference *r) {
    char key[160];
    cx_text_copy(key, sizeof key, r->doi);
    for (char *c = key; *c; c++) {
        if (!isalnum((unsigned char)*c)) *c = '-';
    }
    cx_text_add(t, "\n@misc{doi-%s,\n  doi = {%s},\n", key, r->doi);
    cx_text_add(t, "  url = {https://doi.org/%s},\n  note = {Used for: ", r->doi);
    add_escaped(t, r->used.at ? r->used.at : "");
    cx_text_add(t, "}\n}\n");
}

static char *make_bibtex(const struct cx_scenario *s, const struct references *r) {
    struct cx_text t = {0};
    cx_text_add(&t,
                "@software{cicatrix,\n"
                "  title = {Cicatrix: tissue-healing and collagen-response simulation},\n"
                "  author = {{The Cicatrix authors}},\n"
                "  version = {" CX_VERSION "},\n"
                "  note = {Commit %s, model ",
                cx_engine_commit());
    add_escaped(&t, s->model->name);
    cx_text_add(&t, "}\n}\n");
    for (int i = 0; i < r->n; i++) add_entry(&t, &r->at[i]);
    return cx_text_take(&t);
}

static enum cx_status print_bibtex(struct cx_app *a, const char *bibtex, int sources,
                                   struct cx_error *e) {
    if (!bibtex) return cx_fail(e, CX_INTERNAL, 0, "no memory for the references");
    if (!a->ask.json) {
        fputs(bibtex, a->out);
        return CX_OK;
    }
    json_t *answer = cx_json_answer();
    json_object_set_new(answer, "sources", json_integer(sources));
    json_object_set_new(answer, "bibtex", cx_json_text(bibtex));
    return cx_app_answer(a, answer, e);
}

enum cx_status cx_verb_cite(struct cx_app *a, struct cx_error *e) {
    char path[640];
    struct cx_scenario s = {0};
    struct references r = {0};
    snprintf(path, sizeof path, "%.600s/config.yml", a->ask.words.at[0]);
    CX_TRY(cx_app_load(a, path, &s, e));
    collect_all(&r, &s);
    char *bibtex = make_bibtex(&s, &r);
    const enum cx_status status = print_bibtex(a, bibtex, r.n, e);
    free(bibtex);
    for (int i = 0; i < r.n; i++) free(r.at[i].used.at);
    free(r.at);
    cx_scenario_free(&s);
    return status;
}
