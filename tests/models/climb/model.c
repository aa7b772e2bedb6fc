/* climb - a test model: cells that diffuse with a density-dependent motility and climb a still signal; stiff reaction.
 * d cells/dt = div(D (1 + cells) grad cells) - div(cells grad(chi ramp)) ;  d ramp/dt = 0
 * d fast/dt = div(D grad fast) + stiff cells - stiff fast */
#include "engine/model.h"

#define PARAMS(X)                                                                                  \
    X(motility, "um2/h", 20, 0, 1e9, "random motility", "assumed: test")                           \
    X(chi, "um2/h", 400, 0, 1e9, "taxis", "assumed: test")                                         \
    X(stiff, "1/h", 500, 0, 1e6, "fast relaxation", "assumed: test")
#define DERIVED(X) X(unused, "1", "nothing")
#define SPECIES(X)                                                                                 \
    X(cells, "1", ROAMS, 1, "cells")                                                               \
    X(ramp, "1", STILL, 1, "signal that stands still")                                             \
    X(fast, "1", MOVES, 1, "follows the cells at once")
#define INPUTS(X) X(dermis, "share of dermis")
#define MEASURES(X) X(number, "1", "cells")
#define SERIES(X) X("number", "1", "number", "", CX_ALL, CX_MEAN, "mean cells")
#define OUTCOMES(X) X("number_end", "1", "number", CX_AT_END, 0, "cells at the end", "not compared")
CX_DECLARE

CX_POINT void rates(const struct params *p, const struct point *u, const struct input *in,
                    struct point *gain, struct point *loss) {
    (void)in;
    gain->fast = p->stiff * u->cells;
    loss->fast = p->stiff;
}
CX_POINT void movement(const struct params *p, const struct point *u, const struct input *in,
                       struct point *D, struct point *phi) {
    (void)in;
    D->cells = p->motility * (1 + u->cells);
    D->fast = p->motility;
    phi->cells = p->chi * u->ramp;
}
CX_POINT void measure(const struct params *p, const struct point *u, const struct input *in,
                      struct measure *m) {
    (void)p, (void)in;
    m->number = u->cells;
}
CX_POINT void derive(struct params *p, const struct cx_context *c) {
    (void)c;
    p->unused = 0;
}
CX_POINT void healthy(const struct params *p, const struct input *in, const struct cx_context *c,
                      struct point *u) {
    (void)p, (void)in, (void)c;
    u->cells = 1;
}
CX_POINT void hurt(const struct params *p, const struct cx_hit *h, const struct input *in,
                   struct point *u) {
    (void)p, (void)in;
    u->cells *= R(1 - h->destroyed);
}
CX_MODEL(climb, "Climb", "test")
