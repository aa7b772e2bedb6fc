/* heat - a test model: one signal that diffuses and decays towards a source, one that stands still.
 * d warm/dt = div(D grad warm) + make - decay warm ;  d still/dt = warm - decay still */
#include "engine/model.h"

#define PARAMS(X)                                                                                  \
    X(diffusion, "um2/h", 100, 0, 1e9, "diffusivity", "assumed: test")                             \
    X(decay, "1/h", 0, 0, 1e6, "decay", "assumed: test")                                           \
    X(make, "1/h", 0, 0, 1e6, "source", "assumed: test")
#define DERIVED(X) X(level, "1", "make / decay")
#define SPECIES(X) X(warm, "1", MOVES, 1, "signal") X(still, "1", STILL, 1, "its trace")
#define INPUTS(X) X(dermis, "share of dermis")
#define MEASURES(X) X(warmth, "1", "the signal")
#define SERIES(X) X("warmth", "1", "warmth", "", CX_ALL, CX_MEAN, "mean signal")
#define OUTCOMES(X)                                                                                \
    X("warmth_end", "1", "warmth", CX_AT_END, 0, "mean signal at the end", "not compared")
CX_DECLARE

CX_POINT void rates(const struct params *p, const struct point *u, const struct input *in,
                    struct point *gain, struct point *loss) {
    (void)in;
    gain->warm = p->make;
    loss->warm = p->decay;
    gain->still = p->decay * u->warm;
    loss->still = p->decay;
}
CX_POINT void movement(const struct params *p, const struct point *u, const struct input *in,
                       struct point *D, struct point *phi) {
    (void)u, (void)in, (void)phi;
    D->warm = p->diffusion;
}
CX_POINT void measure(const struct params *p, const struct point *u, const struct input *in,
                      struct measure *m) {
    (void)p, (void)in;
    m->warmth = u->warm;
}
CX_POINT void derive(struct params *p, const struct cx_context *c) {
    (void)c;
    p->level = p->decay > 0 ? p->make / p->decay : 0;
}
CX_POINT void healthy(const struct params *p, const struct input *in, const struct cx_context *c,
                      struct point *u) {
    (void)in, (void)c;
    u->warm = u->still = p->level;
}
CX_POINT void hurt(const struct params *p, const struct cx_hit *h, const struct input *in,
                   struct point *u) {
    (void)p, (void)in;
    u->warm += R(h->destroyed);
}
CX_MODEL(heat, "Heat", "test")
