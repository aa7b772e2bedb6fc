/* formula_read.c - from the text of a caption or claim to a formula; see formula.h */
#include "base/text.h"
#include "config/config.h"
#include "study/formula.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

struct reader {
    struct cx_formula_text *t;
    struct cx_formula_names *names;
    struct cx_formula *f;
    struct cx_error *e;
    int depth;
};

static enum cx_status sum(struct reader *r, int *node);

/* ---- letters --------------------------------------------------------------------------------- */

static char next(const struct reader *r) { return r->t->at < r->t->n ? r->t->text[r->t->at] : 0; }

static void skip(struct reader *r) {
    while (next(r) == ' ' || next(r) == '\n') r->t->at++;
}

static bool take(struct reader *r, char c) {
    skip(r);
    if (next(r) != c) return false;
    r->t->at++;
    return true;
}

static enum cx_status fail(struct reader *r, const char *what, const char *hint) {
    cx_fail(r->e, CX_CONFIG, 152, "'%.*s': %s", r->t->n < 200 ? r->t->n : 200, r->t->text, what);
    cx_hint(r->e, "%s", hint);
    return CX_CONFIG;
}

/* Letters, digits, '_' and those of `more`. */
static void word(struct reader *r, const char *more, char out[CX_FORMULA_NAME]) {
    int n = 0;
    skip(r);
    while (next(r) &&
           (isalnum((unsigned char)next(r)) || strchr("_", next(r)) || strchr(more, next(r))) &&
           n < CX_FORMULA_NAME - 1)
        out[n++] = r->t->text[r->t->at++];
    out[n] = 0;
}

/* ---- nodes ----------------------------------------------------------------------------------- */

static enum cx_status add(struct reader *r, const struct cx_formula_node *n, int *node) {
    if (r->f->n == CX_FORMULA_NODES)
        return fail(r, "the formula is too long", "split it into several claims");
    *node = r->f->n;
    r->f->node[r->f->n++] = *n;
    return CX_OK;
}

static enum cx_status join(struct reader *r, enum cx_formula_kind kind, int right, int *left) {
    const struct cx_formula_node n = {.kind = kind, .left = *left, .right = right, .variant = -1};
    return add(r, &n, left);
}

/* ---- terms ----------------------------------------------------------------------------------- */

static enum cx_status unknown(struct reader *r, const char *kind, struct cx_nearest *near,
                              size_t length) {
    char name[CX_FORMULA_NAME];
    const char *best = cx_nearest_name(near);
    snprintf(name, sizeof name, "%s", near->wanted);
    r->t->at -= (int)length;
    cx_fail(r->e, CX_CONFIG, 36, "the model '%.60s' has no %s '%.90s'", r->names->model->name, kind,
            name);
    if (best)
        cx_hint(r->e, "did you mean '%s'?", best);
    else
        cx_hint(r->e, "`cicatrix describe %.60s` lists them", r->names->model->name);
    return CX_CONFIG;
}

static enum cx_status check_series(struct reader *r, const char *name) {
    const struct cx_model *m = r->names->model;
    struct cx_nearest near = {.wanted = name};
    r->names->series++;
    for (int i = 0; i < m->series_count; i++) {
        if (strcmp(m->series[i].name, name) == 0) return CX_OK;
        cx_nearest_offer(&near, m->series[i].name);
    }
    return unknown(r, "series", &near, strlen(name));
}

static enum cx_status check_outcome(struct reader *r, const char *name) {
    const struct cx_model *m = r->names->model;
    struct cx_nearest near = {.wanted = name};
    r->names->outcomes++;
    for (int i = 0; i < m->outcome_count; i++) {
        if (strcmp(m->outcomes[i].name, name) == 0) return CX_OK;
        cx_nearest_offer(&near, m->outcomes[i].name);
    }
    for (int i = 0; i < r->names->variants; i++) cx_nearest_offer(&near, r->names->variant[i]);
    return unknown(r, "outcome", &near, strlen(name));
}

/* ", 5 day" behind the series of at(); leaves the time at NaN where nothing stands. */
static enum cx_status time_of(struct reader *r, double *day) {
    char text[64];
    *day = NAN;
    if (!take(r, ',')) return CX_OK;
    skip(r);
    const char *from = r->t->text + r->t->at,
               *close = memchr(from, ')', (size_t)(r->t->n - r->t->at));
    const int n = close ? (int)(close - from) : 0;
    if (!close || n >= (int)sizeof text)
        return fail(r, "the time of at() has no end", "write at(SERIES, 5 day)");
    snprintf(text, sizeof text, "%.*s", n, from);
    CX_TRY(cx_quantity_read(text, "day", day, r->e));
    r->t->at += n;
    return CX_OK;
}

static enum cx_status call(struct reader *r, struct cx_formula_node *n) {
    const bool setting = n->kind == CX_TERM_SETTING;
    word(r, setting ? "." : "", n->name);
    if (!*n->name)
        return fail(r, setting ? "setting() needs a path" : "a name of a series is missing",
                    setting ? "write setting(device.needle.length)" : "write peak(SERIES)");
    if (!setting) CX_TRY(check_series(r, n->name));
    if (n->kind == CX_TERM_AT) CX_TRY(time_of(r, &n->number));
    if (take(r, ')')) return CX_OK;
    return fail(r, "a closing bracket is missing", "write for example peak(SERIES)");
}

static int term_of(const char *name) {
    static const char *const words[] = {
#define CX_TERM_WORD(word, id) word,
        CX_TERMS(CX_TERM_WORD)
#undef CX_TERM_WORD
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i], name) == 0) return (int)i;
    return -1;
}

static enum cx_status function(struct reader *r, struct cx_formula_node *n) {
    const int kind = term_of(n->name);
    if (kind < 0)
        return fail(r, "there is no such function",
                    "there are at, peak, lowest, peak_day, start, end and setting");
    n->kind = (enum cx_formula_kind)kind;
    return call(r, n);
}

static enum cx_status term(struct reader *r, int *node) {
    struct cx_formula_node n = {.kind = CX_TERM_OUTCOME, .variant = -1, .number = NAN};
    word(r, "", n.name);
    for (int i = 0; i < r->names->variants && n.variant < 0 && next(r) == '.'; i++)
        if (strcmp(r->names->variant[i], n.name) == 0) n.variant = i;
    if (next(r) == '.' && n.variant < 0) {
        struct cx_nearest near = {.wanted = n.name};
        for (int i = 0; i < r->names->variants; i++) cx_nearest_offer(&near, r->names->variant[i]);
        const char *best = cx_nearest_name(&near);
        cx_fail(r->e, CX_CONFIG, 152, "the story has no variant '%.90s'", n.name);
        cx_hint(r->e, best ? "did you mean '%s'?" : "`variants:` lists them%s", best ? best : "");
        return CX_CONFIG;
    }
    if (n.variant >= 0) {
        r->t->at++;
        word(r, "", n.name);
    }
    if (take(r, '('))
        CX_TRY(function(r, &n));
    else
        CX_TRY(check_outcome(r, n.name));
    return add(r, &n, node);
}

static enum cx_status number(struct reader *r, int *node) {
    struct cx_formula_node n = {.kind = CX_TERM_NUMBER, .variant = -1};
    char text[64];
    const char *rest;
    snprintf(text, sizeof text, "%.*s", r->t->n - r->t->at < 63 ? r->t->n - r->t->at : 63,
             r->t->text + r->t->at);
    if (!cx_number_read(text, &rest, &n.number) || !isfinite(n.number))
        return fail(r, "this is not a number", "write for example 1.5");
    r->t->at += (int)(rest - text);
    word(r, "", n.name);
    if (strlen(n.name) > 30) return fail(r, "this is no unit", "write for example 3 day");
    if (!*n.name) snprintf(n.name, sizeof n.name, "1");
    return add(r, &n, node);
}

static enum cx_status factor(struct reader *r, int *node) {
    enum { DEEPEST = 12 };
    if (++r->depth > DEEPEST) return fail(r, "too many brackets", "split it into several claims");
    enum cx_status status = CX_OK;
    skip(r);
    if (take(r, '-')) {
        const struct cx_formula_node minus = {
            .kind = CX_TERM_NUMBER, .number = -1, .name = "1", .variant = -1};
        int right = 0;
        status = add(r, &minus, node);
        if (!status) status = factor(r, &right);
        if (!status) status = join(r, CX_TERM_TIMES, right, node);
    } else if (take(r, '(')) {
        status = sum(r, node);
        if (!status && !take(r, ')'))
            status = fail(r, "a closing bracket is missing", "count them");
    } else if (isdigit((unsigned char)next(r))) {
        status = number(r, node);
    } else if (isalpha((unsigned char)next(r))) {
        status = term(r, node);
    } else {
        status =
            fail(r, "a number or a name is missing here", "`cicatrix help story` shows the words");
    }
    r->depth--;
    return status;
}

static enum cx_status product(struct reader *r, int *node) {
    CX_TRY(factor(r, node));
    for (;;) {
        int right = 0;
        const bool times = take(r, '*');
        if (!times && !take(r, '/')) return CX_OK;
        CX_TRY(factor(r, &right));
        CX_TRY(join(r, times ? CX_TERM_TIMES : CX_TERM_OVER, right, node));
    }
}

static enum cx_status sum(struct reader *r, int *node) {
    CX_TRY(product(r, node));
    for (;;) {
        int right = 0;
        const bool plus = take(r, '+');
        if (!plus && !take(r, '-')) return CX_OK;
        CX_TRY(product(r, &right));
        CX_TRY(join(r, plus ? CX_TERM_PLUS : CX_TERM_MINUS, right, node));
    }
}

static enum cx_status compare(struct reader *r, int *node) {
    int right = 0;
    CX_TRY(sum(r, node));
    const bool less = take(r, '<');
    if (!less && !take(r, '>')) return CX_OK;
    const bool same = next(r) == '=' && take(r, '=');
    CX_TRY(sum(r, &right));
    return join(r, (enum cx_formula_kind)((less ? CX_TERM_LESS : CX_TERM_MORE) + (same ? 1 : 0)),
                right, node);
}

enum cx_status cx_formula_read(struct cx_formula_text *t, struct cx_formula_names *names,
                               struct cx_formula *f, struct cx_error *e) {
    struct reader r = {.t = t, .names = names, .f = f, .e = e};
    t->at = 0;
    f->n = 0;
    CX_TRY(compare(&r, &f->root));
    skip(&r);
    if (t->at == t->n) return CX_OK;
    return fail(&r, "something is left over here",
                "join two terms with + - * /, compare with < or >");
}
