/* brew.c - twelve still species that regulate each other in a ring: the cost of reactions alone.
 * d s_q/dt = make H(s_(q-1)) - (decay + use H(s_(q+1))) s_q,   H(x) = x^2 / (1 + x^2) */
#include "engine/model.h"

#define PARAMS(X)                                                                                  \
    X(make, "1/h", 1, 0, 1e6, "most that is made", "assumed: test")                                \
    X(decay, "1/h", 0.3, 0, 1e6, "decay", "assumed: test")                                         \
    X(use, "1/h", 0.5, 0, 1e6, "use by the next", "assumed: test")
#define DERIVED(X) X(unused, "1", "nothing")
/* clang-format off */
#define RING(X)                                                                                    \
    X(a, l, b) X(b, a, c) X(c, b, d) X(d, c, e) X(e, d, f) X(f, e, g)                              \
    X(g, f, h) X(h, g, i) X(i, h, j) X(j, i, k) X(k, j, l) X(l, k, a)
/* clang-format on */
#define SPECIES(X)                                                                                 \
    X(a, "1", STILL, 1, "first")                                                                   \
    X(b, "1", STILL, 1, "second")                                                                  \
    X(c, "1", STILL, 1, "third")                                                                   \
    X(d, "1", STILL, 1, "fourth")                                                                  \
    X(e, "1", STILL, 1, "fifth")                                                                   \
    X(f, "1", STILL, 1, "sixth")                                                                   \
    X(g, "1", STILL, 1, "seventh")                                                                 \
    X(h, "1", STILL, 1, "eighth")                                                                  \
    X(i, "1", STILL, 1, "ninth")                                                                   \
    X(j, "1", STILL, 1, "tenth")                                                                   \
    X(k, "1", STILL, 1, "eleventh")                                                                \
    X(l, "1", STILL, 1, "twelfth")
#define INPUTS(X) X(dermis, "share of dermis")
#define MEASURES(X) X(first, "1", "the first species")
#define SERIES(X) X("first", "1", "first", "", CX_ALL, CX_MEAN, "mean of the first")
#define OUTCOMES(X) X("first_end", "1", "first", CX_AT_END, 0, "mean at the end", "not compared")

CX_DECLARE

CX_POINT void rates(const struct params *p, const struct point *u, const struct input *in,
                    struct point *gain, struct point *loss) {
    (void)in;
#define REGULATED(name, before, after)                                                             \
    gain->name = p->make * cx_hill2(u->before, 1);                                                 \
    loss->name = p->decay + p->use * cx_hill2(u->after, 1);
    RING(REGULATED)
}
CX_POINT void movement(const struct params *p, const struct point *u, const struct input *in,
                       struct point *D, struct point *phi) {
    (void)p, (void)u, (void)in, (void)D, (void)phi;
}
CX_POINT void measure(const struct params *p, const struct point *u, const struct input *in,
                      struct measure *m) {
    (void)p, (void)in;
    m->first = u->a;
}
CX_POINT void derive(struct params *p, const struct cx_context *c) {
    (void)c;
    p->unused = 0;
}
CX_POINT void healthy(const struct params *p, const struct input *in, const struct cx_context *c,
                      struct point *u) {
    (void)p, (void)in, (void)c, (void)u;
}
CX_POINT void hurt(const struct params *p, const struct cx_hit *h, const struct input *in,
                   struct point *u) {
    (void)p, (void)in;
    u->a += R(h->destroyed);
}
CX_MODEL(brew, "Ring of twelve", "test")
