/* test_twister.c - the random numbers of a build without GSL are those of GSL, bit for bit. */
#include "check.h"
#include "classroom/twister.h"

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>

static void same_bits(double mine, double gsl, const char *what, int i) {
    CHECK_MSG(memcmp(&mine, &gsl, sizeof mine) == 0, "%s number %d: %.17g, of GSL %.17g", what, i,
              mine, gsl);
}

static void numbers_are_those_of_gsl(void) {
    static const uint32_t seeds[] = {0, 1, 4357, 20260101, 0xffffffffu};
    gsl_rng *gsl = gsl_rng_alloc(gsl_rng_mt19937);
    for (size_t s = 0; s < sizeof seeds / sizeof *seeds; s++) {
        struct cx_twister t;
        cx_twister_seed(&t, seeds[s]);
        gsl_rng_set(gsl, seeds[s]);
        for (int i = 0; i < 2000; i++) {
            same_bits(cx_twister_uniform(&t), gsl_rng_uniform(gsl), "uniform", i);
            same_bits(cx_twister_gaussian(&t, 1.5), gsl_ran_gaussian(gsl, 1.5), "gaussian", i);
            same_bits(cx_twister_exponential(&t, 2), gsl_ran_exponential(gsl, 2), "exponential", i);
        }
    }
    gsl_rng_free(gsl);
}

int main(void) {
    RUN(numbers_are_those_of_gsl);
    return check_done();
}
