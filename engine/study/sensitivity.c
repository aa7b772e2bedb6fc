/* sensitivity.c - from the table of a study to indices; see sensitivity.h */
#include "study/sensitivity.h"

#include "base/digest.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { DRAWS = 1000, SEED = 1 };

const char *cx_index_word(const struct cx_sensitivity *s, int index) {
    static const char *const words[2][CX_MORRIS_INDICES] = {{"mu", "mu_star", "sigma"},
                                                            {"first", "total", ""}};
    return words[s->study->method != CX_MORRIS][index];
}

enum cx_status cx_sensitivity_check(const struct cx_study *s, struct cx_error *e) {
    if (s->method == CX_MORRIS || s->method == CX_SALTELLI) return CX_OK;
    cx_fail(e, CX_CONFIG, 103, "indices need a design of method morris or saltelli, not %s",
            cx_method_word(s->method));
    cx_hint(e, "write `method: {morris: {r: 20}}` to find out what matters at all, or "
               "`method: {saltelli: {n: 256}}` for shares of the variance");
    return CX_CONFIG;
}

/* ---- steps of trajectories ------------------------------------------------------------------- */

/* Place of a value in the factor's range, 0 at its lowest and 1 at its highest: whole numbers and lists too, so that a
 * step from end to end is 1. */
static double share_of(const struct cx_factor *f, double x) {
    if (f->words || !(f->to > f->from)) return x;
    if (f->log && f->from > 0) return log(x / f->from) / log(f->to / f->from);
    return (x - f->from) / (f->to - f->from);
}

/* Words have no distance: any change is a whole step. */
static double step_of(const struct cx_factor *f, double from, double to) {
    if (f->words) return to > from ? 1 : -1;
    return share_of(f, to) - share_of(f, from);
}

/* A factor with one value only never moves; its steps are those that are left over. */
static void find_moves(const struct cx_study *s, const double *rows, struct cx_move *move,
                       bool *moved) {
    const int k = s->factor_count;
    for (int j = 0; j < k; j++) moved[j] = false;
    for (int i = 0; i < k; i++) {
        const double *from = rows + (size_t)i * (size_t)k, *to = from + k;
        move[i] = (struct cx_move){-1, 1};
        for (int j = 0; j < k; j++) {
            if (from[j] == to[j]) continue;
            move[i] = (struct cx_move){j, step_of(&s->factor[j], from[j], to[j])};
            moved[j] = true;
        }
    }
    for (int i = 0, j = 0; i < k; i++) {
        while (j < k && moved[j]) j++;
        if (move[i].factor < 0) move[i].factor = j++;
    }
}

/* [trajectories][k], NULL without memory */
static struct cx_move *make_moves(const struct cx_collection *all) {
    const struct cx_design *d = all->design;
    const int blocks = d->n / (d->k + 1);
    bool *moved = calloc((size_t)d->k + 1, sizeof *moved);
    struct cx_move *move = calloc((size_t)d->n + 1, sizeof *move);
    for (int i = 0; moved && move && i < blocks; i++)
        find_moves(all->study, cx_design_row(d, i * (d->k + 1)), move + (size_t)i * (size_t)d->k,
                   moved);
    if (!moved) free(move);
    free(moved);
    return moved ? move : NULL;
}

/* ---- outcomes of points ---------------------------------------------------------------------- */

/* Mean over the repeats; NaN as soon as one of them has no value, because the others are not a fair draw. */
static double value_of(const struct cx_study_table *t, int point, int outcome) {
    double sum = 0;
    for (int r = 0; r < t->repeats; r++) sum += cx_study_row(t, point * t->repeats + r)[outcome];
    return sum / t->repeats;
}

static void take_values(const struct cx_study_table *t, int outcome, double *y,
                        struct cx_outcome_indices *o) {
    double sum = 0, square = 0, n = 0;
    for (int i = 0; i < t->points; i++) {
        y[i] = value_of(t, i, outcome);
        if (!isfinite(y[i])) continue;
        sum += y[i];
        n++;
    }
    o->mean = n > 0 ? sum / n : NAN;
    for (int i = 0; i < t->points; i++)
        if (isfinite(y[i])) square += (y[i] - o->mean) * (y[i] - o->mean);
    o->sd = n > 1 ? sqrt(square / (n - 1)) : NAN;
}

static int count_failed(const struct cx_sensitivity *s, const struct cx_study_table *t) {
    int failed = 0;
    for (int b = 0; b < s->blocks; b++) {
        bool bad = false;
        const int first = b * s->rows * t->repeats;
        for (int i = 0; i < s->rows * t->repeats; i++)
            bad = bad || t->run[first + i].status != CX_RUN_OK;
        failed += bad;
    }
    return failed;
}

/* ---- the whole ------------------------------------------------------------------------------- */

static void describe(const struct cx_collection *all, const struct cx_blocks *b,
                     struct cx_sensitivity *s) {
    const struct cx_study_table *t = all->table;
    char path[600];
    *s = (struct cx_sensitivity){.study = all->study, .how = {DRAWS, 0.95, SEED}};
    s->blocks = b->n;
    s->rows = cx_blocks_rows(b);
    s->factors = b->k;
    s->each = cx_indices_each(b);
    s->all = cx_indices_all(b);
    s->outcomes = t->outcomes;
    s->second = b->second;
    s->runs = t->runs;
    s->bad_runs = t->runs - t->count[CX_RUN_OK];
    s->failed = count_failed(s, t);
    snprintf(path, sizeof path, "%.500s/runs.csv", all->study->folder);
    (void)cx_digest_file(path, s->runs_csv);
}

static enum cx_status no_memory(struct cx_error *e) {
    return cx_fail(e, CX_STORAGE, 61, "no memory for the indices");
}

static enum cx_status make_outcomes(const struct cx_collection *all, struct cx_blocks *b,
                                    struct cx_sensitivity *s, struct cx_error *e) {
    double *y = malloc(((size_t)all->table->points + 1) * sizeof *y);
    s->outcome = calloc((size_t)s->outcomes + 1, sizeof *s->outcome);
    if (!y || !s->outcome) {
        free(y);
        return no_memory(e);
    }
    enum cx_status status = CX_OK;
    b->y = y;
    for (int i = 0; !status && i < s->outcomes; i++) {
        struct cx_outcome_indices *o = &s->outcome[i];
        take_values(all->table, i, y, o);
        o->at = calloc((size_t)s->all + 1, sizeof *o->at);
        status = o->at ? cx_indices_make(b, &s->how, o->at, &o->blocks, e) : no_memory(e);
    }
    free(y);
    return status;
}

static enum cx_status too_few(const struct cx_sensitivity *s, struct cx_error *e) {
    cx_fail(e, CX_CONFIG, 107,
            "%d of %d %s of the study have a run that is not ok; two whole ones "
            "are needed",
            s->failed, s->blocks, s->study->method == CX_MORRIS ? "trajectories" : "blocks");
    cx_hint(e, "runs.csv says which and why; narrow the ranges, or `cicatrix sweep retry %.200s`",
            s->study->file);
    return CX_CONFIG;
}

enum cx_status cx_sensitivity_make(const struct cx_collection *all, struct cx_sensitivity *out,
                                   struct cx_error *e) {
    const struct cx_study *study = all->study;
    struct cx_move *move = NULL;
    *out = (struct cx_sensitivity){0};
    CX_TRY(cx_sensitivity_check(study, e));
    if (study->method == CX_MORRIS) {
        move = make_moves(all);
        if (!move) return no_memory(e);
    }
    struct cx_blocks b = {.n = (int)study->n,
                          .k = study->factor_count,
                          .move = move,
                          .second = study->method == CX_SALTELLI && study->second};
    describe(all, &b, out);
    enum cx_status status = out->blocks - out->failed < 2 ? too_few(out, e) : CX_OK;
    if (!status) status = make_outcomes(all, &b, out, e);
    free(move);
    if (status) cx_sensitivity_free(out);
    return status;
}

void cx_sensitivity_free(struct cx_sensitivity *s) {
    for (int i = 0; s->outcome && i < s->outcomes; i++) free(s->outcome[i].at);
    free(s->outcome);
    *s = (struct cx_sensitivity){0};
}

static double main_of(const struct cx_sensitivity *s, int outcome, int factor) {
    return cx_index_of(s, outcome, factor)[cx_index_main(s)].value;
}

/* By insertion: factors are few.  A comparison with NaN is false, so unknown ones stay where they are. */
void cx_sensitivity_rank(const struct cx_sensitivity *s, int outcome, int *order) {
    for (int j = 0; j < s->factors; j++) {
        int i = j;
        for (; i > 0 && main_of(s, outcome, j) > main_of(s, outcome, order[i - 1]); i--)
            order[i] = order[i - 1];
        order[i] = j;
    }
}
