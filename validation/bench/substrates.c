/* substrates.c - FIELDS signals that diffuse and decay and do nothing else: the cost of transport alone.
 * d s_q/dt = div(D_q grad s_q) - k_q s_q,   D_q = spread / q,   k_q = decay q,   q = 1 .. FIELDS
 * Compiled once per number of fields (FIELDS = 3, 6, 12, 24) and precision. */
#include "engine/model.h"

/* clang-format off */
#define ROW(X, q) X(s##q, "1", MOVES, 1, "signal")
#define THREE(X, a, b, c) ROW(X, a) ROW(X, b) ROW(X, c)
#define FIELDS_3(X) THREE(X, 1, 2, 3)
#define FIELDS_6(X) FIELDS_3(X) THREE(X, 4, 5, 6)
#define FIELDS_12(X) FIELDS_6(X) THREE(X, 7, 8, 9) THREE(X, 10, 11, 12)
#define FIELDS_24(X) FIELDS_12(X) THREE(X, 13, 14, 15) THREE(X, 16, 17, 18) THREE(X, 19, 20, 21) THREE(X, 22, 23, 24)
#define JOINED(a, b) a##b
#define JOIN(a, b) JOINED(a, b)
#define ALL JOIN(FIELDS_, FIELDS)
/* clang-format on */

#define PARAMS(X)                                                                                  \
    X(spread, "um2/h", 3.6e5, 0, 1e9, "diffusivity of the first", "assumed: test")                 \
    X(decay, "1/h", 0.1, 0, 1e6, "decay of the first", "assumed: test")
#define DERIVED(X) X(unused, "1", "nothing")
#define SPECIES(X) ALL(X)
#define INPUTS(X) X(dermis, "share of dermis")
#define MEASURES(X) X(first, "1", "the first signal")
#define SERIES(X) X("first", "1", "first", "", CX_ALL, CX_MEAN, "mean of the first signal")
#define OUTCOMES(X) X("first_end", "1", "first", CX_AT_END, 0, "mean at the end", "not compared")
CX_DECLARE

CX_POINT void rates(const struct params *p, const struct point *u, const struct input *in,
                    struct point *gain, struct point *loss) {
    (void)u, (void)in, (void)gain;
#define DECAYS(name, ...) loss->name = p->decay * (at_##name + 1);
    SPECIES(DECAYS)
}
CX_POINT void movement(const struct params *p, const struct point *u, const struct input *in,
                       struct point *D, struct point *phi) {
    (void)u, (void)in, (void)phi;
#define SPREADS(name, ...) D->name = p->spread / (at_##name + 1);
    SPECIES(SPREADS)
}
CX_POINT void measure(const struct params *p, const struct point *u, const struct input *in,
                      struct measure *m) {
    (void)p, (void)in;
    m->first = u->s1;
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
    u->s1 += R(h->destroyed);
}
/* clang-format off */
#define MODEL(id) CX_MODEL(id, "Substrates", "test")
MODEL(JOIN(substrates_, FIELDS))
