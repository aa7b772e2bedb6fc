/* gsl_rng.h - what the wound room asks of GSL's generators, for a compiler without GSL: see classroom/twister.h. */
#ifndef CX_WITHOUT_GSL_RNG_H
#define CX_WITHOUT_GSL_RNG_H

#include <classroom/twister.h>
#include <stdlib.h>

/* The one generator that is used; its seed is set before any number is drawn. */
typedef struct cx_twister gsl_rng;
enum cx_generator { gsl_rng_mt19937 };

static inline gsl_rng *gsl_rng_alloc(enum cx_generator kind) {
    gsl_rng *made = malloc(sizeof *made);
    if (made) cx_twister_seed(made, (uint32_t)kind);
    return made;
}
static inline void gsl_rng_free(gsl_rng *r) { free(r); }
static inline void gsl_rng_set(gsl_rng *r, unsigned long seed) {
    cx_twister_seed(r, (uint32_t)seed);
}
static inline double gsl_rng_uniform(gsl_rng *r) { return cx_twister_uniform(r); }

#endif
