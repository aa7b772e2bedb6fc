/* spots - a test model: two reactions that make patterns [Schnakenberg 1979; Pearson 1993].
 *   u_t = lap u + a - u + u^2 v,  v_t = d lap v + b - u^2 v;   food: F (1 - f) - f e^2,  eater: f e^2 - (F + k) e */
#include "engine/model.h"

#define PARAMS(X)                                                                                  \
    X(a, "1/h", 0.1, 0, 1e9, "supply of u", "assumed: test")                                       \
    X(b, "1/h", 0.9, 0, 1e9, "supply of v", "assumed: test")                                       \
    X(spread, "um2/h", 10, 0, 1e9, "d", "assumed: test")                                           \
    X(feed, "1/h", 0.06, 0, 1e9, "F", "assumed: test")                                             \
    X(kill, "1/h", 0.05, 0, 1e9, "k", "assumed: test")
#define DERIVED(X) X(unused, "1", "nothing")
#define SPECIES(X)                                                                                 \
    X(u, "1", MOVES, 1, "activator")                                                               \
    X(v, "1", MOVES, 1, "substrate")                                                               \
    X(food, "1", STILL, 1, "of Gray and Scott")                                                    \
    X(eater, "1", STILL, 1, "of Gray and Scott")
#define INPUTS(X) X(dermis, "share of dermis")
#define MEASURES(X) X(number, "1", "the first species")
#define SERIES(X) X("number", "1", "number", "", CX_ALL, CX_MEAN, "mean of the first species")
#define OUTCOMES(X) X("number_end", "1", "number", CX_AT_END, 0, "at the end", "not compared")
CX_DECLARE

CX_POINT void rates(const struct params *p, const struct point *u, const struct input *in,
                    struct point *gain, struct point *loss) {
    (void)in;
    gain->u = p->a + u->u * u->u * u->v;
    loss->u = 1;
    gain->v = p->b;
    loss->v = u->u * u->u;
    gain->food = p->feed;
    loss->food = p->feed + u->eater * u->eater;
    gain->eater = u->food * u->eater * u->eater;
    loss->eater = p->feed + p->kill;
}
CX_POINT void movement(const struct params *p, const struct point *u, const struct input *in,
                       struct point *D, struct point *phi) {
    (void)u, (void)in, (void)phi;
    D->u = 1;
    D->v = p->spread;
}
CX_POINT void measure(const struct params *p, const struct point *u, const struct input *in,
                      struct measure *m) {
    (void)p, (void)in;
    m->number = u->u;
}
CX_POINT void derive(struct params *p, const struct cx_context *c) {
    (void)c;
    p->unused = 0;
}
CX_POINT void healthy(const struct params *p, const struct input *in, const struct cx_context *c,
                      struct point *u) {
    (void)p, (void)in, (void)c;
    u->u = 1;
}
CX_POINT void hurt(const struct params *p, const struct cx_hit *h, const struct input *in,
                   struct point *u) {
    (void)p, (void)in;
    u->u *= R(1 - h->destroyed);
}
CX_MODEL(spots, "Spots", "test")
