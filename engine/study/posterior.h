/* posterior.h - values of the unknowns in proportion to how well they explain the data: adaptive Metropolis chains on the
 * model itself, or, for models that are too dear, the normal distribution of the linearised problem, which is told.
 *
 * Prior: even over the box of u, so even in the logarithm where the scale is logarithmic.  Where sigma is not known it is
 * integrated out with the prior 1/sigma. */
#ifndef CX_STUDY_POSTERIOR_H
#define CX_STUDY_POSTERIOR_H

#include "study/fit.h"

enum { CX_CHAINS = 4 };
struct cx_posterior {
    int draws, p;
    double *u;        /* [draws][p] */
    bool linearised;  /* no chains: the three below are NaN */
    double accepted;  /* share of steps */
    double r_hat;     /* largest over the unknowns; near 1 if the chains agree */
    double effective; /* smallest number of independent draws the chains are worth */
};
struct cx_posterior_wish {
    int draws, steps; /* steps: per chain, as many again before them to settle */
    uint64_t seed;
};
/* f: judged.  cx_posterior_free(). */
enum cx_status cx_posterior_chains(const struct cx_problem *pb, const struct cx_fit *f,
                                   const struct cx_posterior_wish *w, struct cx_posterior *out,
                                   struct cx_error *e);
enum cx_status cx_posterior_linear(const struct cx_fit *f, const struct cx_posterior_wish *w,
                                   struct cx_posterior *out, struct cx_error *e);
void cx_posterior_free(struct cx_posterior *out);

#endif
