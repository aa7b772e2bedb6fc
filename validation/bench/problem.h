/* problem.h - the two problems that other integrators solve as well, discretised once for all of them: a cube of n^3 cells
 * of 20 um, closed sides, finite volumes.  Plain C without the engine: the drivers of the others need nothing of it.
 *
 * p2 (tests/models/p2): signal, cells, collagen for one week.  Depots are columns under four points of the surface, 40 um
 * wide, that end halfway down.  The others get depot(t) in closed form, which spares them a field.
 * substrates_12 (substrates.c): twelve signals, a blob each, for a quarter of an hour: linear. */
#ifndef CX_BENCH_PROBLEM_H
#define CX_BENCH_PROBLEM_H

#include <stdbool.h>
#include <stddef.h>

enum { PROBLEM_OUTPUTS = 5, PROBLEM_FIELDS = 12 };

struct problem {
    const char *name;
    int n, fields; /* n: cells along an edge */
    size_t cells;
    double out[PROBLEM_OUTPUTS];                 /* h, times at which solutions are compared */
    double D[PROBLEM_FIELDS], k[PROBLEM_FIELDS]; /* 1/h: diffusivity / cell^2, and linear decay */
    double *depot;                               /* [cells], p2 only */
};

/* False if there is no such problem or no memory. */
bool problem_make(const char *name, int n, struct problem *p);
void problem_free(struct problem *p);

/* State at time 0 of any model in any box: u [species][cells], x fastest, z upwards. */
void problem_start(const char *model, const int shape[3], int species, double *const *u);

/* The right-hand side is linear (diffusion and decay) + reaction.  u, f: [fields][cells]. */
void problem_linear(const struct problem *p, const double *u, double *f);             /* f = */
void problem_reaction(const struct problem *p, double t, const double *u, double *f); /* f += */
void problem_rhs(const struct problem *p, double t, const double *u, double *f);      /* both */

/* Derivatives of the reactions of one cell of p2, [of][by]: signal, cells, collagen. */
void problem_slopes(const double u[3], double slope[3][3]);

/* Constants of p2, as in its table. */
static const double p2_make = 0.2, p2_leak = 24, p2_division = 0.05, p2_boost = 2,
                    p2_deposit = 0.02, p2_breakdown = 0.005;

#endif
