/* stepper_work.h - arrays of one stepper and its smallest loops, for one precision (`real`).
 * Knows arrays; the order of the step is in stepper_body.h. */
#ifndef CX_SOLVE_STEPPER_WORK_H
#define CX_SOLVE_STEPPER_WORK_H

#include "solve/stepper_kind.h"
#include "solve/sums.h"
#include "space/lines_body.h"

#include <string.h>

struct CX_SUFFIX(cx_work) {
    const struct cx_system *system;
    const struct CX_SUFFIX(cx_kernels) * kernels;
    int shape[3], blocks;
    int *block_from; /* [blocks + 1], rows */
    int (*near)[8];  /* [rows], rows around: see around() */
    bool movement_varies, open_sides;
    real *w[CX_SPECIES_MAX];                       /* [cells], what the rates see */
    real *k1[CX_SPECIES_MAX], *k2[CX_SPECIES_MAX]; /* [cells], stage increments per h */
    real *loss[CX_SPECIES_MAX];                    /* [cells], 1/h */
    real *D[CX_SPECIES_MAX], *phi[CX_SPECIES_MAX]; /* [cells], um2/h; NULL where not needed */
    real *in[CX_INPUT_MAX];
    real *dump; /* [cells], loss rates of the second stage, not used */
    real *p, *low, *high;
    struct CX_SUFFIX(cx_line) * lateral[2], *vertical;
    bool *skip[2];
    double *peak[CX_SPECIES_MAX]; /* [nz], largest D of each plane */
    double side_rate[3][2], *lo, *up, *weight_x, *row_sum, volume, h;
    double *row; /* [threads][4][nx padded] */
    real *scratch, *made;
    size_t scratch_room;
};

#define WORK struct CX_SUFFIX(cx_work)

/* k /= 1 + gh loss: the pointwise factor. */
CX_CLONES static void cx_divide(real *restrict k, const real *restrict loss, real gh, size_t n) {
#pragma omp simd
    for (size_t i = 0; i < n; i++) k[i] /= 1 + gh * loss[i];
}

/* w = max(0, u + h k). */
CX_CLONES static void cx_stage(const double *restrict u, const real *restrict k, real h,
                               real *restrict w, size_t n) {
#pragma omp simd
    for (size_t i = 0; i < n; i++) {
        const real x = (real)u[i] + h * k[i];
        w[i] = x > 0 ? x : 0;
    }
}

/* The second stage brings the new state; the old one moves, bit by bit, into the memory of the increments that nobody
 * needs any more, so that a rejected step leaves no trace. */
CX_CLONES static void cx_keep(const double *restrict old, real *restrict k1, real *restrict k2,
                              int n) {
    if (sizeof(real) == sizeof(double)) {
        memcpy(k1, old, (size_t)n * sizeof *old);
        return;
    }
    const uint64_t *restrict bits = (const uint64_t *)(const void *)old;
    uint32_t *restrict low = (uint32_t *)(void *)k1, *restrict high = (uint32_t *)(void *)k2;
    for (int i = 0; i < n; i++) low[i] = (uint32_t)bits[i];
    for (int i = 0; i < n; i++) high[i] = (uint32_t)(bits[i] >> 32);
}
CX_POINT double cx_kept(const real *k1, const real *k2) {
    double old;
    if (sizeof(real) == sizeof(double)) {
        memcpy(&old, k1, sizeof old);
        return old;
    }
    uint32_t low, high;
    memcpy(&low, k1, sizeof low);
    memcpy(&high, k2, sizeof high);
    const uint64_t bits = (uint64_t)high << 32 | low;
    memcpy(&old, &bits, sizeof old);
    return old;
}

/* One species along one row of n cells. */
struct CX_SUFFIX(cx_settle) {
    int n;
    double h;
    const double *weight; /* [n, padded with 0 to whole lanes], size of the cells along the row */
    double *row;          /* 4 x [n padded], zeros behind n */
    double *u;
    real *k1, *k2, *w;
};

/* u = max(0, u + h (3/2 k1 + 1/2 k2)), w the same for the stages.  row: the old u, error^2 (cut included), value^2, what
 * was cut. */
CX_CLONES static void settle_values(const struct CX_SUFFIX(cx_settle) * s, int room) {
    const double h = s->h;
    double *restrict u = s->u, *restrict old = s->row, *restrict error = old + room,
                     *restrict square = error + room, *restrict cut = square + room;
    const real *restrict k1 = s->k1, *restrict k2 = s->k2;
    real *restrict w = s->w;
#pragma omp simd
    for (int i = 0; i < s->n; i++) {
        const double a = (double)k1[i], b = (double)k2[i], before = u[i];
        const double wanted = before + h * (1.5 * a + 0.5 * b), made = wanted > 0 ? wanted : 0;
        const double missed = made - wanted, first_order = 0.5 * h * (a + b);
        old[i] = before;
        error[i] = first_order * first_order + missed * missed;
        square[i] = made * made;
        cut[i] = missed;
        u[i] = made;
        w[i] = (real)made;
    }
}

/* Ends a step for one row; out: weighted sums of error^2, value^2, cut, value. */
CX_CLONES static void cx_settle_row(const struct CX_SUFFIX(cx_settle) * s, double *out) {
    const int room = cx_lanes_room(s->n);
    settle_values(s, room);
    cx_keep(s->row, s->k1, s->k2, s->n);
    memcpy(s->row, s->u, (size_t)s->n * sizeof(double));
    for (int m = 0; m < 4; m++)
        out[m] = cx_lanes_dot(s->weight, s->row + (size_t)(m < 3 ? m + 1 : 0) * (size_t)room, room);
}

/* Puts the old state back. */
CX_CLONES static void cx_restore(const struct CX_SUFFIX(cx_settle) * s) {
    for (int i = 0; i < s->n; i++) {
        s->u[i] = cx_kept(&s->k1[i], &s->k2[i]);
        s->w[i] = (real)s->u[i];
    }
}

#endif
