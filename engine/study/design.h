/* design.h - which points a study looks at: a matrix of points by factors.
 *
 * Row order is part of the contract of each method, because indices are computed from it:
 *   grid      the last factor runs fastest
 *   list      the lines of the file
 *   lhs       n points; one in each of n equal slices of every factor
 *   sobol     n points of the Sobol sequence with a random digital shift; a larger n keeps the first points
 *   morris    r trajectories of k + 1 points; neighbours differ in one factor by a step of levels/2 in the unit cube
 *   saltelli  n blocks of k + 2 points: A, then A with factor i taken from B for i = 1..k, then B; with `second: true`
 *             2 k + 2 points: before B stands B with factor i taken from A for i = 1..k */
#ifndef CX_STUDY_DESIGN_H
#define CX_STUDY_DESIGN_H

#include "study/study.h"

struct cx_design {
    int n, k;   /* points, factors */
    double *at; /* [n][k] in the factors' units; the index of the word where a factor has words */
};
enum { CX_POINTS_MOST = 1000000 };

/* Errors: CX_CONFIG E103 a method that the factors do not fit, E104 too many points, E105 a list that cannot be used. */
enum cx_status cx_design_make(const struct cx_study *s, struct cx_design *d, struct cx_error *e);
/* n empty rows of k, for callers with points of their own.  cx_design_free(). */
enum cx_status cx_design_create(int n, int k, struct cx_design *d, struct cx_error *e);
void cx_design_free(struct cx_design *d);
static inline double *cx_design_row(const struct cx_design *d, int i) {
    return d->at + (size_t)i * (size_t)d->k;
}

#endif
