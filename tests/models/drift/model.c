/* drift - a test model: cells that climb a still ramp, u_t = D lap u - div(u grad ramp).  A linear ramp only carries a
 * shape along; before a wall the cells heap up to exp(ramp / D). */
#include "engine/model.h"

#define PARAMS(X) X(diffusion, "um2/h", 1, 0, 1e9, "D", "assumed: test")
#define DERIVED(X) X(unused, "1", "nothing")
#define SPECIES(X) X(cells, "1", TAXIS, 1, "drifting cells")
#define INPUTS(X) X(ramp, "taxis potential")
#define MEASURES(X) X(number, "1", "the first species")
#define SERIES(X) X("number", "1", "number", "", CX_ALL, CX_MEAN, "mean of the first species")
#define OUTCOMES(X) X("number_end", "1", "number", CX_AT_END, 0, "at the end", "not compared")
CX_DECLARE

CX_POINT void rates(const struct params *p, const struct point *u, const struct input *in,
                    struct point *gain, struct point *loss) {
    (void)p, (void)u, (void)in, (void)gain, (void)loss;
}
CX_POINT void movement(const struct params *p, const struct point *u, const struct input *in,
                       struct point *D, struct point *phi) {
    (void)u;
    D->cells = p->diffusion;
    phi->cells = in->ramp;
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
CX_MODEL(drift, "Drift", "test")
