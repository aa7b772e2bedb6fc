/* formula.h - what the captions and claims of a story may say about numbers: a small language that is read against the
 * names of a model, and worked out against whoever knows the values.
 *
 *   claim   = sum ( < | <= | > | >= ) sum
 *   sum     = product { ( + | - ) product }            both sides in units that can be converted
 *   product = factor { ( * | / ) factor }
 *   factor  = NUMBER [UNIT] | - factor | ( sum ) | [VARIANT .] term
 *   term    = OUTCOME | setting(PATH) | at(SERIES [, TIME]) | peak(SERIES) | lowest(SERIES) | peak_day(SERIES)
 *           | start(SERIES) | end(SERIES)
 *
 * Without VARIANT it is the one that is shown; without TIME the time that is shown.  Knows models, not results. */
#ifndef CX_STUDY_FORMULA_H
#define CX_STUDY_FORMULA_H

#include "base/error.h"
#include "model.h"

#include <stdbool.h>

enum { CX_FORMULA_NODES = 48, CX_FORMULA_NAME = 96 };

/* word in the text, kind; the first six take a series */
// clang-format off
#define CX_TERMS(X) \
    X("at", AT) X("peak", PEAK) X("lowest", LOWEST) X("peak_day", PEAK_DAY) X("start", START) X("end", END) \
    X("setting", SETTING)
// clang-format on
enum cx_formula_kind {
#define CX_TERM_ENUM(word, id) CX_TERM_##id,
    CX_TERMS(CX_TERM_ENUM)
#undef CX_TERM_ENUM
        CX_TERM_OUTCOME,
    CX_TERM_NUMBER,
    CX_TERM_PLUS,
    CX_TERM_MINUS,
    CX_TERM_TIMES,
    CX_TERM_OVER,
    CX_TERM_LESS, /* comparisons stand at the root only */
    CX_TERM_LESS_SAME,
    CX_TERM_MORE,
    CX_TERM_MORE_SAME
};

struct cx_formula_node {
    enum cx_formula_kind kind;
    int left, right;            /* of what joins two */
    double number;              /* of NUMBER; of AT the day, NaN: the one that is shown */
    int variant;                /* -1: the one that is shown */
    char name[CX_FORMULA_NAME]; /* outcome, series or path; of NUMBER its unit */
};
struct cx_formula {
    int n, root;
    struct cx_formula_node node[CX_FORMULA_NODES];
};

/* The names that a formula may use. */
struct cx_formula_names {
    const struct cx_model *model;
    int variants;
    const char *const *variant;
    int series, outcomes; /* how often the last formula asked for one; the caller clears them */
};
/* `n` bytes of text.  On failure E152 and *at, the number of the byte that is wrong. */
struct cx_formula_text {
    const char *text;
    int n, at;
};
enum cx_status cx_formula_read(struct cx_formula_text *t, struct cx_formula_names *names,
                               struct cx_formula *f, struct cx_error *e);
/* Is it a claim, and if so: how it compares, "<". */
bool cx_formula_is_claim(const struct cx_formula *f);
const char *cx_formula_sign(const struct cx_formula *f);

struct cx_amount {
    double value;  /* NaN: never reached */
    char unit[32]; /* "1": a plain number */
};
/* Brings the value of an outcome, setting or term of a series. */
struct cx_formula_source {
    enum cx_status (*ask)(const void *user, const struct cx_formula_node *n, struct cx_amount *out,
                          struct cx_error *e);
    const void *user;
};
/* Of a claim both sides, the right one in the unit of the left one; else one value in out[0].  E153 where units do not
 * fit together. */
enum cx_status cx_formula_value(const struct cx_formula *f, const struct cx_formula_source *s,
                                struct cx_amount out[2], struct cx_error *e);
/* Does the claim hold?  Never where a value was not reached. */
bool cx_formula_holds(const struct cx_formula *f, const struct cx_amount side[2]);

#endif
