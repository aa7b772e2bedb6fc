/* swarm - a test model: cells climb the signal that they make [Keller and Segel 1970].
 *   cells: u_t = lap u - chi div(u grad c);   signal: c_t = fast (lap c + u - c) */
#include "engine/model.h"

#define PARAMS(X)                                                                                  \
    X(chi, "um2/h", 2, 0, 1e9, "chemotaxis", "assumed: test")                                      \
    X(fast, "1", 1, 0, 1e9, "how fast the signal follows", "assumed: test")
#define DERIVED(X) X(unused, "1", "nothing")
#define SPECIES(X)                                                                                 \
    X(cells, "1", TAXIS, 1, "cells")                                                               \
    X(signal, "1", MOVES, 1, "what they follow")
#define INPUTS(X) X(dermis, "share of dermis")
#define MEASURES(X) X(number, "1", "the first species")
#define SERIES(X) X("number", "1", "number", "", CX_ALL, CX_MEAN, "mean of the first species")
#define OUTCOMES(X) X("number_end", "1", "number", CX_AT_END, 0, "at the end", "not compared")
CX_DECLARE

CX_POINT void rates(const struct params *p, const struct point *u, const struct input *in,
                    struct point *gain, struct point *loss) {
    (void)in;
    gain->signal = p->fast * u->cells;
    loss->signal = p->fast;
}
CX_POINT void movement(const struct params *p, const struct point *u, const struct input *in,
                       struct point *D, struct point *phi) {
    (void)in;
    D->cells = 1;
    D->signal = p->fast;
    phi->cells = p->chi * u->signal;
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
CX_MODEL(swarm, "Swarm", "test")
