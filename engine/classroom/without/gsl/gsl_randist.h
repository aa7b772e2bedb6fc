/* gsl_randist.h - the two distributions that the wound room asks of GSL, for a compiler without GSL. */
#ifndef CX_WITHOUT_GSL_RANDIST_H
#define CX_WITHOUT_GSL_RANDIST_H

#include <gsl/gsl_rng.h>

static inline double gsl_ran_gaussian(gsl_rng *r, double sigma) {
    return cx_twister_gaussian(r, sigma);
}
static inline double gsl_ran_exponential(gsl_rng *r, double mean) {
    return cx_twister_exponential(r, mean);
}

#endif
