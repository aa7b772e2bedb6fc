/* fronts - a test model: three fronts whose speed and shape are known [Fisher 1937; Ablowitz and Zeppetella 1979; Aronson
 * 1980; Murray, Mathematical Biology].  They do not know each other.
 *   fisher: u_t = lap u + u (1 - u);   porous: u_t = div(u grad u) + u (1 - u);   nagumo: u_t = lap u + u (1 - u)(u - a) */
#include "engine/model.h"

#define PARAMS(X) X(threshold, "1", 0.25, 0, 1e9, "a of nagumo", "assumed: test")
#define DERIVED(X) X(unused, "1", "nothing")
#define SPECIES(X)                                                                                 \
    X(fisher, "1", MOVES, 1, "grows logistically")                                                 \
    X(porous, "1", VARIES, 1, "moves only where it is dense")                                      \
    X(nagumo, "1", MOVES, 1, "grows above a threshold")
#define INPUTS(X) X(dermis, "share of dermis")
#define MEASURES(X) X(number, "1", "the first species")
#define SERIES(X) X("number", "1", "number", "", CX_ALL, CX_MEAN, "mean of the first species")
#define OUTCOMES(X) X("number_end", "1", "number", CX_AT_END, 0, "at the end", "not compared")
CX_DECLARE

CX_POINT void rates(const struct params *p, const struct point *u, const struct input *in,
                    struct point *gain, struct point *loss) {
    (void)in;
    gain->fisher = u->fisher;
    loss->fisher = u->fisher;
    gain->porous = u->porous;
    loss->porous = u->porous;
    gain->nagumo = (1 + p->threshold) * u->nagumo * u->nagumo;
    loss->nagumo = p->threshold + u->nagumo * u->nagumo;
}
CX_POINT void movement(const struct params *p, const struct point *u, const struct input *in,
                       struct point *D, struct point *phi) {
    (void)p, (void)in, (void)phi;
    D->fisher = D->nagumo = 1;
    D->porous = u->porous;
}
CX_POINT void measure(const struct params *p, const struct point *u, const struct input *in,
                      struct measure *m) {
    (void)p, (void)in;
    m->number = u->fisher;
}
CX_POINT void derive(struct params *p, const struct cx_context *c) {
    (void)c;
    p->unused = 0;
}
CX_POINT void healthy(const struct params *p, const struct input *in, const struct cx_context *c,
                      struct point *u) {
    (void)p, (void)in, (void)c;
    u->fisher = 1;
}
CX_POINT void hurt(const struct params *p, const struct cx_hit *h, const struct input *in,
                   struct point *u) {
    (void)p, (void)in;
    u->fisher *= R(1 - h->destroyed);
}
CX_MODEL(fronts, "Travelling fronts", "test")
