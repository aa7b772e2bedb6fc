/* indices.h - sensitivity indices of one outcome from its values in the row order of a design (design.h), each with a
 * bootstrap interval.  Knows numbers, not studies.
 *
 * Morris (Morris 1991, doi:10.1080/00401706.1991.10484804; mu* after Campolongo 2007,
 * doi:10.1016/j.envsoft.2006.10.004): effects are differences divided by the share of the factor's range that was
 * stepped over, so that all are changes of the outcome over the whole range, in its own unit.
 * Sobol: first order after Saltelli 2010 (doi:10.1016/j.cpc.2009.09.018, table 2 b), total after Jansen (table 2 f),
 * pairs after Saltelli 2002 (doi:10.1016/S0010-4655(02)00280-1), all as shares of the variance.
 * Intervals: percentiles of the indices of blocks (trajectories) drawn with replacement: the error by chance of the
 * design, not errors of the model.  Those of 95 % hold in 93 % of cases with 256 independent blocks, more often with the
 * even points of the engine's own design, and in 89 % with 10 trajectories (measured in tests/study/test_indices.c). */
#ifndef CX_STUDY_INDICES_H
#define CX_STUDY_INDICES_H

#include "base/error.h"

#include <stdbool.h>
#include <stdint.h>

/* One step of a trajectory: which factor moved, and by which share of its range (with sign, never 0). */
struct cx_move {
    int factor;
    double step;
};
struct cx_blocks {
    int n, k;                   /* blocks or trajectories, factors */
    const double *y;            /* [n][rows]; a block with a value that is not finite is left out */
    const struct cx_move *move; /* morris: [n][k]; NULL: saltelli */
    bool second;                /* saltelli with the rows for pairs */
};
struct cx_bootstrap {
    int draws;
    double level; /* 0.95 */
    uint64_t seed;
};
/* NaN where nothing can be said: no two whole blocks, or an outcome that is the same everywhere. */
struct cx_interval {
    double value, low, high;
};

/* Indices of each factor, in this order. */
enum { CX_MU, CX_MU_STAR, CX_SIGMA, CX_MORRIS_INDICES };
enum { CX_FIRST, CX_TOTAL, CX_SOBOL_INDICES };

int cx_blocks_rows(const struct cx_blocks *b);  /* of one block */
int cx_indices_each(const struct cx_blocks *b); /* indices of each factor */
int cx_indices_all(const struct cx_blocks *b);  /* the same for all factors, then the pairs */
/* Place of the pair i < j behind the factors' own indices. */
static inline int cx_pair_place(int k, int i, int j) { return i * (2 * k - i - 1) / 2 + j - i - 1; }

/* out: [k][each], then the pairs 0-1, 0-2 ... of `second`.  *used: whole blocks.  Errors: E061. */
enum cx_status cx_indices_make(const struct cx_blocks *b, const struct cx_bootstrap *how,
                               struct cx_interval *out, int *used, struct cx_error *e);

#endif
