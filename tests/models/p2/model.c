/* p2 - a test model: a stiff wound in three equations.  A signal leaks for a day from depots the width of two cells,
 * spreads a thousand times faster than cells do and makes them divide; stimulated cells lay down collagen.
 * d signal/dt   = div(D_signal grad signal) + depot + make cells - decay signal
 * d cells/dt    = div(D_cells grad cells) + division (1 + boost H(signal)) cells (1 - cells),   H(x) = x / (1 + x)
 * d collagen/dt = deposit cells H(signal) (1 - collagen) - breakdown collagen
 * d depot/dt    = -depot / leak                                   so that depot(t) = depot(0) exp(-t / leak) */
#include "engine/model.h"

#define PARAMS(X)                                                                                  \
    X(spread_signal, "um2/h", 3.6e5, 0, 1e9, "diffusivity of the signal", "assumed: test")         \
    X(spread_cells, "um2/h", 360, 0, 1e9, "motility of the cells", "assumed: test")                \
    X(decay, "1/h", 1, 0, 1e6, "decay of the signal", "assumed: test")                             \
    X(make, "1/h", 0.2, 0, 1e6, "signal made by cells", "assumed: test")                           \
    X(leak, "h", 24, 1e-6, 1e6, "time in which a depot empties to 1/e", "assumed: test")           \
    X(division, "1/h", 0.05, 0, 1e6, "division rate", "assumed: test")                             \
    X(boost, "1", 2, 0, 1e6, "how much the signal adds to division", "assumed: test")              \
    X(deposit, "1/h", 0.02, 0, 1e6, "laying down of collagen", "assumed: test")                    \
    X(breakdown, "1/h", 0.005, 0, 1e6, "breakdown of collagen", "assumed: test")
#define DERIVED(X) X(emptying, "1/h", "1 / leak")
#define SPECIES(X)                                                                                 \
    X(signal, "1", MOVES, 1, "fast signal")                                                        \
    X(cells, "1", MOVES, 1, "cells, share of the most that fit")                                   \
    X(collagen, "1", STILL, 1, "collagen, share of the most that fits")                            \
    X(depot, "1/h", STILL, 1, "signal that a depot gives off per hour")
#define INPUTS(X) X(dermis, "share of dermis")
#define MEASURES(X) X(laid_down, "1", "collagen")
#define SERIES(X) X("laid_down", "1", "laid_down", "", CX_ALL, CX_MEAN, "mean collagen")
#define OUTCOMES(X)                                                                                \
    X("laid_down_end", "1", "laid_down", CX_AT_END, 0, "mean collagen at the end", "not compared")
CX_DECLARE

CX_POINT void rates(const struct params *p, const struct point *u, const struct input *in,
                    struct point *gain, struct point *loss) {
    (void)in;
    const real stimulus = cx_hill1(u->signal, 1);
    const real grow = p->division * (1 + p->boost * stimulus) * u->cells;
    const real lay = p->deposit * u->cells * stimulus;
    gain->signal = u->depot + p->make * u->cells;
    loss->signal = p->decay;
    gain->cells = grow;
    loss->cells = grow;
    gain->collagen = lay;
    loss->collagen = lay + p->breakdown;
    loss->depot = p->emptying;
}
CX_POINT void movement(const struct params *p, const struct point *u, const struct input *in,
                       struct point *D, struct point *phi) {
    (void)u, (void)in, (void)phi;
    D->signal = p->spread_signal;
    D->cells = p->spread_cells;
}
CX_POINT void measure(const struct params *p, const struct point *u, const struct input *in,
                      struct measure *m) {
    (void)p, (void)in;
    m->laid_down = u->collagen;
}
CX_POINT void derive(struct params *p, const struct cx_context *c) {
    (void)c;
    p->emptying = 1 / p->leak;
}
CX_POINT void healthy(const struct params *p, const struct input *in, const struct cx_context *c,
                      struct point *u) {
    (void)p, (void)in, (void)c;
    u->cells = R(0.2);
}
CX_POINT void hurt(const struct params *p, const struct cx_hit *h, const struct input *in,
                   struct point *u) {
    (void)p, (void)in;
    u->depot += R(h->destroyed);
}
CX_MODEL(p2, "Stiff wound in three equations", "test")
