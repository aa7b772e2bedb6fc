/* spread - a test model: what spreads from a start or a source [Barenblatt 1952; Crank, The Mathematics of Diffusion].
 *   pool: u_t = lap(u^2) = div(2 u grad u);   warm: u_t = D lap u + source - decay u */
#include "engine/model.h"

#define PARAMS(X)                                                                                  \
    X(diffusion, "um2/h", 1, 0, 1e9, "D of warm", "assumed: test")                                 \
    X(decay, "1/h", 0, 0, 1e9, "decay of warm", "assumed: test")
#define DERIVED(X) X(unused, "1", "nothing")
#define SPECIES(X)                                                                                 \
    X(pool, "1", VARIES, 1, "porous medium")                                                       \
    X(warm, "1", MOVES, 1, "heat")
#define INPUTS(X) X(source, "source of warm per volume and time")
#define MEASURES(X) X(number, "1", "the first species")
#define SERIES(X) X("number", "1", "number", "", CX_ALL, CX_MEAN, "mean of the first species")
#define OUTCOMES(X) X("number_end", "1", "number", CX_AT_END, 0, "at the end", "not compared")
CX_DECLARE

CX_POINT void rates(const struct params *p, const struct point *u, const struct input *in,
                    struct point *gain, struct point *loss) {
    (void)u;
    gain->warm = in->source;
    loss->warm = p->decay;
}
CX_POINT void movement(const struct params *p, const struct point *u, const struct input *in,
                       struct point *D, struct point *phi) {
    (void)in, (void)phi;
    D->pool = 2 * u->pool;
    D->warm = p->diffusion;
}
CX_POINT void measure(const struct params *p, const struct point *u, const struct input *in,
                      struct measure *m) {
    (void)p, (void)in;
    m->number = u->pool;
}
CX_POINT void derive(struct params *p, const struct cx_context *c) {
    (void)c;
    p->unused = 0;
}
CX_POINT void healthy(const struct params *p, const struct input *in, const struct cx_context *c,
                      struct point *u) {
    (void)p, (void)in, (void)c;
    u->pool = 1;
}
CX_POINT void hurt(const struct params *p, const struct cx_hit *h, const struct input *in,
                   struct point *u) {
    (void)p, (void)in;
    u->pool *= R(1 - h->destroyed);
}
CX_MODEL(spread, "Spreading", "test")
