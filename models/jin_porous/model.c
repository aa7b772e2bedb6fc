/* model.c - scratch assay as a porous Fisher equation: cells that move more where they are dense, and divide up to K.
 *
 *   du/dt = div(D (u/K) grad u) + lambda u (1 - u/K)
 *
 * Jin et al. 2016 fitted it to density profiles of PC-3 cells; README.md gives the fits.  jin_fisher is its twin with
 * a constant D.  Where there are no cells D is 0, so that a front has an edge. */
#include "engine/model.h"

/* clang-format off */
#define JIN "refit to the measured profiles of 10.1016/j.jtbi.2015.10.040, 10 000 cells per well (README.md)"
#define PARAMS(X) \
    X(motility, "um2/h", 1811.2, 0, 1e6, "random motility D of a full layer", JIN) \
    X(division, "1/h", 0.043954, 0, 10, "rate of division lambda", JIN) \
    X(capacity, "1/um2", 1.7e-3, 1e-9, 1, "density K at which division stops", "10.1016/j.jtbi.2015.10.040: K of the low densities")
#define DERIVED(X) X(front_speed, "um/h", "slowest travelling wave, sqrt(lambda D / 2)")
#define SPECIES(X) X(density, "1/um2", VARIES, 1e-3, "cells per area")
#define INPUTS(X) X(depth, "um below the surface")
#define MEASURES(X) \
    X(density, "1/um2", "cells per area") \
    X(cover, "1", "density / K")
#define SERIES(X) \
    X("density_mean", "1/um2", "density", "", CX_ALL, CX_MEAN, "mean density") \
    X("density_least", "1/um2", "density", "", CX_ALL, CX_MIN, "lowest density: the middle of the gap") \
    X("density_most", "1/um2", "density", "", CX_ALL, CX_MAX, "highest density") \
    X("cover_least", "1", "cover", "", CX_ALL, CX_MIN, "lowest density / K")
#define OUTCOMES(X) \
    X("density_end", "1/um2", "density_mean", CX_AT_END, 0, "mean density at the end", "profiles of Jin et al. 2016: validation/published") \
    X("density_gain", "percent", "density_mean", CX_CHANGE, 0, "change of the mean density", "profiles of Jin et al. 2016: validation/published") \
    X("gap_density_end", "1/um2", "density_least", CX_AT_END, 0, "lowest density at the end", "profiles of Jin et al. 2016: validation/published") \
    X("closure_day", "day", "cover_least", CX_FIRST_ABOVE, 0.5, "first day on which every place holds half of K", "not compared with any measurement")
/* clang-format on */
CX_DECLARE

/* Full (u = K) gives exactly 0: (lambda) K and (lambda 1) K. */
CX_POINT void rates(const struct params *p, const struct point *u, const struct input *in,
                    struct point *gain, struct point *loss) {
    (void)in;
    gain->density = p->division * u->density;
    loss->density = p->division * (u->density / p->capacity);
}
CX_POINT void movement(const struct params *p, const struct point *u, const struct input *in,
                       struct point *D, struct point *phi) {
    (void)in, (void)phi;
    D->density = p->motility * (u->density / p->capacity);
}
CX_POINT void measure(const struct params *p, const struct point *u, const struct input *in,
                      struct measure *m) {
    (void)in;
    m->density = u->density;
    m->cover = u->density / p->capacity;
}
CX_POINT void derive(struct params *p, const struct cx_context *c) {
    (void)c;
    p->front_speed = R(__builtin_sqrt((double)(p->division * p->motility) / 2));
}
/* A confluent dish; measured profiles replace it through initial.file. */
CX_POINT void healthy(const struct params *p, const struct input *in, const struct cx_context *c,
                      struct point *u) {
    (void)in, (void)c;
    u->density = p->capacity;
}
/* The scratch takes cells away. */
CX_POINT void hurt(const struct params *p, const struct cx_hit *h, const struct input *in,
                   struct point *u) {
    (void)p, (void)in;
    u->density *= R(1 - h->destroyed);
}
CX_MODEL(jin_porous, "Scratch assay, porous Fisher (Jin et al. 2016)",
         "Jin W, Shah ET, Penington CJ, McCue SW, Chopin LK, Simpson MJ (2016) J Theor Biol "
         "390:136-145, "
         "doi:10.1016/j.jtbi.2015.10.040")
