/* design.c - the points of each method; see design.h */
#include "study/design.h"

#include <gsl/gsl_qrng.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <math.h>
#include <stdlib.h>

enum { SOBOL_MOST = 40, SOBOL_BITS = 30 };

enum cx_status cx_design_create(int n, int k, struct cx_design *d, struct cx_error *e) {
    *d = (struct cx_design){.n = n, .k = k};
    if (n > CX_POINTS_MOST)
        return cx_fail(e, CX_CONFIG, 104, "the study has %d points, at most %d can be handled", n,
                       CX_POINTS_MOST);
    d->at = calloc((size_t)n * (size_t)k + 1, sizeof *d->at);
    return d->at ? CX_OK : cx_fail(e, CX_STORAGE, 61, "no memory for %d points", n);
}

void cx_design_free(struct cx_design *d) {
    free(d->at);
    *d = (struct cx_design){0};
}

/* Reproducible on every machine for the same seed. */
static gsl_rng *make_random(const struct cx_study *s) {
    gsl_rng *g = gsl_rng_alloc(gsl_rng_mt19937);
    if (g) gsl_rng_set(g, (unsigned long)s->seed + 1);
    return g;
}

/* ---- grid and list --------------------------------------------------------------------------- */

static double value_at(const struct cx_factor *f, int i) { return f->words ? i : f->value[i]; }

static enum cx_status too_many(double points, struct cx_error *e) {
    cx_fail(e, CX_CONFIG, 104, "the study has %.6g points, at most %d can be handled", points,
            CX_POINTS_MOST);
    cx_hint(e, "use fewer steps, or a method that samples: {lhs: {n: 200}}");
    return CX_CONFIG;
}

static enum cx_status make_grid(const struct cx_study *s, struct cx_design *d, struct cx_error *e) {
    double points = 1;
    for (int j = 0; j < s->factor_count; j++) points *= s->factor[j].count;
    if (points > CX_POINTS_MOST) return too_many(points, e);
    CX_TRY(cx_design_create((int)points, s->factor_count, d, e));
    for (int i = 0; i < d->n; i++) {
        int rest = i;
        for (int j = d->k - 1; j >= 0; j--) {
            cx_design_row(d, i)[j] = value_at(&s->factor[j], rest % s->factor[j].count);
            rest /= s->factor[j].count;
        }
    }
    return CX_OK;
}

static enum cx_status make_list(const struct cx_study *s, struct cx_design *d, struct cx_error *e) {
    CX_TRY(cx_design_create((int)s->n, s->factor_count, d, e));
    for (int i = 0; i < d->n; i++)
        for (int j = 0; j < d->k; j++) cx_design_row(d, i)[j] = value_at(&s->factor[j], i);
    return CX_OK;
}

/* ---- samples in the unit cube, then in the factors' units ------------------------------------ */

static void leave_unit(const struct cx_study *s, struct cx_design *d) {
    for (int i = 0; i < d->n; i++)
        for (int j = 0; j < d->k; j++)
            cx_design_row(d, i)[j] = cx_factor_from_unit(&s->factor[j], cx_design_row(d, i)[j]);
}

static enum cx_status make_lhs(const struct cx_study *s, gsl_rng *g, struct cx_design *d,
                               struct cx_error *e) {
    CX_TRY(cx_design_create((int)s->n, s->factor_count, d, e));
    int *slice = calloc((size_t)d->n, sizeof *slice);
    if (!slice) return cx_fail(e, CX_STORAGE, 61, "no memory for %d points", d->n);
    for (int j = 0; j < d->k; j++) {
        for (int i = 0; i < d->n; i++) slice[i] = i;
        gsl_ran_shuffle(g, slice, (size_t)d->n, sizeof *slice);
        for (int i = 0; i < d->n; i++)
            cx_design_row(d, i)[j] = (slice[i] + gsl_rng_uniform(g)) / d->n;
    }
    free(slice);
    return CX_OK;
}

/* Sobol points with each dimension's bits flipped by one random word: still as even, no longer all alike.  The origin,
 * which the library leaves out, comes first, so that the first 2^m points are balanced. */
struct shifted {
    gsl_qrng *q;
    uint32_t flip[SOBOL_MOST];
    unsigned dims;
    bool begun;
};

static enum cx_status shifted_open(struct shifted *h, int dims, gsl_rng *g, struct cx_error *e) {
    if (dims > SOBOL_MOST) {
        cx_fail(e, CX_CONFIG, 103, "the Sobol sequence has at most %d dimensions, %d are needed",
                SOBOL_MOST, dims);
        cx_hint(e, "saltelli needs two per factor; use morris or lhs, or vary fewer at a time");
        return CX_CONFIG;
    }
    *h = (struct shifted){.q = gsl_qrng_alloc(gsl_qrng_sobol, (unsigned)dims),
                          .dims = (unsigned)dims};
    if (!h->q) return cx_fail(e, CX_STORAGE, 61, "no memory for the Sobol sequence");
    for (int j = 0; j < dims; j++) h->flip[j] = (uint32_t)gsl_rng_uniform_int(g, 1ul << SOBOL_BITS);
    return CX_OK;
}

static void shifted_next(struct shifted *h, double u[SOBOL_MOST]) {
    const double whole = (double)(1ul << SOBOL_BITS);
    double raw[SOBOL_MOST] = {0};
    if (h->begun) gsl_qrng_get(h->q, raw);
    h->begun = true;
    for (unsigned j = 0; j < h->dims; j++)
        u[j] = ((double)((uint32_t)(raw[j] * whole) ^ h->flip[j]) + 0.5) / whole;
}

static enum cx_status make_sobol(const struct cx_study *s, gsl_rng *g, struct cx_design *d,
                                 struct cx_error *e) {
    struct shifted h;
    double u[SOBOL_MOST];
    CX_TRY(cx_design_create((int)s->n, s->factor_count, d, e));
    CX_TRY(shifted_open(&h, d->k, g, e));
    for (int i = 0; i < d->n; i++) {
        shifted_next(&h, u);
        for (int j = 0; j < d->k; j++) cx_design_row(d, i)[j] = u[j];
    }
    gsl_qrng_free(h.q);
    return CX_OK;
}

/* Which of the two points of a block gives factor j of a row: 0 for A, 1 for B. */
static int side_of(int row, int j, int k, int rows) {
    if (row == 0 || row == rows - 1) return row != 0;
    return row <= k ? row == j + 1 : row != k + j + 1;
}

static enum cx_status make_saltelli(const struct cx_study *s, gsl_rng *g, struct cx_design *d,
                                    struct cx_error *e) {
    const int k = s->factor_count, rows = s->second ? 2 * k + 2 : k + 2;
    struct shifted h;
    double u[SOBOL_MOST];
    if ((double)s->n * rows > CX_POINTS_MOST) return too_many((double)s->n * rows, e);
    CX_TRY(cx_design_create((int)s->n * rows, k, d, e));
    CX_TRY(shifted_open(&h, 2 * k, g, e));
    for (int i = 0; i < (int)s->n; i++) {
        shifted_next(&h, u);
        for (int b = 0; b < rows; b++)
            for (int j = 0; j < k; j++)
                cx_design_row(d, i * rows + b)[j] = u[side_of(b, j, k, rows) * k + j];
    }
    gsl_qrng_free(h.q);
    return CX_OK;
}

/* One trajectory: from a random point of the lattice, each factor once, in random order, up or down as there is room.
 * Places are whole levels divided once, so that equal places are equal numbers, and equal points one run. */
static void wander(struct cx_design *d, int first, int levels, int *order, gsl_rng *g) {
    const int step = levels / 2;
    const double most = levels - 1;
    for (int j = 0; j < d->k; j++) {
        order[j] = j;
        cx_design_row(d, first)[j] = (double)gsl_rng_uniform_int(g, (unsigned long)levels) / most;
    }
    gsl_ran_shuffle(g, order, (size_t)d->k, sizeof *order);
    for (int i = 1; i <= d->k; i++) {
        const double *from = cx_design_row(d, first + i - 1);
        double *to = cx_design_row(d, first + i);
        for (int j = 0; j < d->k; j++) to[j] = from[j];
        const int moved = order[i - 1], at = (int)lround(from[moved] * most);
        to[moved] = (at < step ? at + step : at - step) / most;
    }
}

static enum cx_status make_morris(const struct cx_study *s, gsl_rng *g, struct cx_design *d,
                                  struct cx_error *e) {
    const int k = s->factor_count;
    if ((double)s->n * (k + 1) > CX_POINTS_MOST) return too_many((double)s->n * (k + 1), e);
    CX_TRY(cx_design_create((int)s->n * (k + 1), k, d, e));
    int *order = calloc((size_t)k, sizeof *order);
    if (!order) return cx_fail(e, CX_STORAGE, 61, "no memory for a trajectory");
    for (int i = 0; i < (int)s->n; i++) wander(d, i * (k + 1), s->levels, order, g);
    free(order);
    return CX_OK;
}

enum cx_status cx_design_make(const struct cx_study *s, struct cx_design *d, struct cx_error *e) {
    *d = (struct cx_design){0};
    if (s->method == CX_GRID) return make_grid(s, d, e);
    if (s->method == CX_LIST) return make_list(s, d, e);
    gsl_rng *g = make_random(s);
    if (!g) return cx_fail(e, CX_STORAGE, 61, "no memory for the random numbers");
    enum cx_status status = CX_INTERNAL;
    switch (s->method) {
    case CX_LHS: status = make_lhs(s, g, d, e); break;
    case CX_SOBOL: status = make_sobol(s, g, d, e); break;
    case CX_MORRIS: status = make_morris(s, g, d, e); break;
    default: status = make_saltelli(s, g, d, e); break;
    }
    gsl_rng_free(g);
    if (status == CX_OK)
        leave_unit(s, d);
    else
        cx_design_free(d);
    return status;
}
