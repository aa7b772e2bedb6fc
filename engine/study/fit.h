/* fit.h - least squares inside bounds: the nearest minimum, a search of the whole box, and how well the minimum is
 * determined.  Knows a function of a few unknowns, not simulations.
 *
 * Unknowns are shares u of their ranges, 0..1.  Bounds hold by transformation, u = (1 + sin z)/2, so that Levenberg and
 * Marquardt's method (GSL multifit) may step anywhere; what runs into a bound stays there and is told. */
#ifndef CX_STUDY_FIT_H
#define CX_STUDY_FIT_H

#include "base/error.h"

#include <stdbool.h>
#include <stdint.h>

enum { CX_FIT_MOST = 16 }; /* unknowns */

/* Residuals of several points at once, so that they can be made side by side.  u: [points][p]; r: [points][n], NaN in the
 * row of a point that cannot be computed.  Anything but CX_OK ends the fit. */
typedef enum cx_status cx_residuals(void *user, int points, const double *u, double *r,
                                    struct cx_error *e);
struct cx_problem {
    int n, p;
    bool scaled; /* residuals are in known standard deviations; else their size is estimated */
    double step; /* of the differences that make slopes, share of the range */
    cx_residuals *look;
    void *user;
};

struct cx_fit {
    int n, p, iterations;
    double u[CX_FIT_MOST];
    double cost;     /* sum of squared residuals */
    double variance; /* of one residual: 1 if scaled, else cost / (n - p) */
    bool scaled, converged;
    bool low[CX_FIT_MOST], high[CX_FIT_MOST]; /* at a bound */
    double cov[CX_FIT_MOST * CX_FIT_MOST];    /* of u, from the slopes at the minimum; [p][p] */
    double se[CX_FIT_MOST];                   /* of u; infinite if the data say nothing */
    double spread;                            /* largest / smallest singular value of the slopes */
    double weak[CX_FIT_MOST]; /* direction that the data determine least, length 1 */
};

/* From `start`.  Errors: E132 the start cannot be computed (CX_NUMERIC), too few residuals (CX_CONFIG); those of `look`. */
enum cx_status cx_fit_local(const struct cx_problem *pb, const double *start, struct cx_fit *f,
                            struct cx_error *e);
/* Slopes at f->u and what follows from them: cov, se, spread, weak, variance. */
enum cx_status cx_fit_judge(const struct cx_problem *pb, struct cx_fit *f, struct cx_error *e);
/* A search of the whole box (NLopt: DIRECT-L, or BOBYQA from u) within so many points; u: the best. */
struct cx_search {
    bool whole_box;
    int points;
};
enum cx_status cx_fit_search(const struct cx_problem *pb, const struct cx_search *s, double *u,
                             struct cx_error *e);
/* Half width of an interval in standard errors: Student's t, or normal where sigma is known. */
double cx_fit_quantile(const struct cx_fit *f, double level);
static inline double cx_fit_correlation(const struct cx_fit *f, int i, int j) {
    return f->cov[i * f->p + j] / (f->se[i] * f->se[j]);
}
double cx_sum_of_squares(const double *r, int n); /* NaN as soon as one is */

#endif
