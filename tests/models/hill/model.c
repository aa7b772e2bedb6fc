/* hill - a test model: a signal that cells make and lose along Hill curves, cells that follow it and turn over.
 * d signal/dt = div(D grad signal) + make K hill2(cells, K) - decay (1 + hill1(cells, K)) signal
 * d cells/dt = div(D/4 grad cells) - div(cells grad(chi hill1(signal, K))) + make K hill4(signal, K) - decay cells
 * All concentrations scale with K, so that the model has no hidden unit of its own. */
#include "engine/model.h"

#define PARAMS(X)                                                                                  \
    X(diffusion, "um2/h", 100, 0, 1e9, "diffusivity of the signal", "assumed: test")               \
    X(make, "1/h", 0.5, 0, 1e6, "rate of making", "assumed: test")                                 \
    X(decay, "1/h", 0.25, 0, 1e6, "rate of decay", "assumed: test")                                \
    X(half, "1", 0.5, 0, 1e6, "half saturation, and the unit of concentration", "assumed: test")   \
    X(chi, "um2/h", 50, 0, 1e9, "taxis", "assumed: test")
#define DERIVED(X) X(unused, "1", "nothing")
#define SPECIES(X) X(signal, "1", MOVES, 1, "signal") X(cells, "1", TAXIS, 1, "cells")
#define INPUTS(X) X(dermis, "share of dermis")
#define MEASURES(X) X(number, "1", "cells")
#define SERIES(X) X("number", "1", "number", "", CX_ALL, CX_MEAN, "mean cells")
#define OUTCOMES(X) X("number_end", "1", "number", CX_AT_END, 0, "cells at the end", "not compared")
CX_DECLARE

CX_POINT void rates(const struct params *p, const struct point *u, const struct input *in,
                    struct point *gain, struct point *loss) {
    (void)in;
    gain->signal = p->make * p->half * cx_hill2(u->cells, p->half);
    loss->signal = p->decay * (1 + cx_hill1(u->cells, p->half));
    gain->cells = p->make * p->half * cx_hill4(u->signal, p->half);
    loss->cells = p->decay;
}
CX_POINT void movement(const struct params *p, const struct point *u, const struct input *in,
                       struct point *D, struct point *phi) {
    (void)in;
    D->signal = p->diffusion;
    D->cells = R(0.25) * p->diffusion;
    phi->cells = p->chi * cx_hill1(u->signal, p->half);
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
    (void)in, (void)c;
    u->cells = p->half;
}
CX_POINT void hurt(const struct params *p, const struct cx_hit *h, const struct input *in,
                   struct point *u) {
    (void)in;
    u->signal += p->half * R(h->destroyed);
}
CX_MODEL(hill, "Hill", "test")
