/* made - a test model whose solution is known because its sources were made for it (manufactured solutions).
 * Every moving species is  u = base + T(t) shape(x),  T = 1 + t/2 - 3/10 t^2 + 2/5 t^3,  t = `clock`, so that the problem
 * does not depend on time but through the state; the maps of the sources are filled by validation/mms/made.h.
 *   plain:    u_t = D lap u                                                    + source - decay u
 *   dense:    u_t = div(D (1 + crowd u) grad u)                                + source - decay u
 *   climber:  u_t = D lap u                      - div(u grad(chi hill))       + source - decay u
 *   roamer:   u_t = div(D (1 + crowd u) grad u)  - div(u grad(chi T hill))     + source - decay u
 * Sources may be negative here, which a model of tissue may not. */
#include "engine/model.h"

#define PARAMS(X)                                                                                  \
    X(diffusion, "um2/h", 1, 0, 1e9, "D", "assumed: test")                                         \
    X(crowd, "1", 0, 0, 1e9, "growth of D with density", "assumed: test")                          \
    X(chi, "um2/h", 0, 0, 1e9, "taxis", "assumed: test")                                           \
    X(decay, "1/h", 0, 0, 1e9, "decay", "assumed: test")                                           \
    X(make, "1/h", 0, 0, 1e9, "decay x base", "assumed: test")
#define DERIVED(X) X(unused, "1", "nothing")
#define SPECIES(X)                                                                                 \
    X(plain, "1", MOVES, 1, "diffuses")                                                            \
    X(dense, "1", VARIES, 1, "diffuses faster where it is dense")                                  \
    X(climber, "1", TAXIS, 1, "climbs a still hill")                                               \
    X(roamer, "1", ROAMS, 1, "climbs a growing hill, faster where it is dense")                    \
    X(clock, "h", STILL, 1, "time")
#define INPUTS(X)                                                                                  \
    X(shape, "shape of the solution")                                                              \
    X(hill, "shape of the potential")                                                              \
    X(plain1, "source of plain, times T")                                                          \
    X(dense1, "source of dense, times T")                                                          \
    X(dense2, "source of dense, times T^2")                                                        \
    X(climber0, "source of climber")                                                               \
    X(climber1, "source of climber, times T")                                                      \
    X(roamer1, "source of roamer, times T")                                                        \
    X(roamer2, "source of roamer, times T^2")
#define MEASURES(X) X(number, "1", "plain")
#define SERIES(X) X("number", "1", "number", "", CX_ALL, CX_MEAN, "mean of plain")
#define OUTCOMES(X) X("number_end", "1", "number", CX_AT_END, 0, "plain at the end", "not compared")
CX_DECLARE

/* T(t) and dT/dt. */
CX_POINT real course(real t) { return 1 + t * (R(0.5) + t * (R(-0.3) + t * R(0.4))); }
CX_POINT real course_rate(real t) { return R(0.5) + t * (R(-0.6) + t * R(1.2)); }

CX_POINT void rates(const struct params *p, const struct point *u, const struct input *in,
                    struct point *gain, struct point *loss) {
    const real T = course(u->clock), change = in->shape * course_rate(u->clock);
    gain->plain = p->make + change + T * in->plain1;
    gain->dense = p->make + change + T * (in->dense1 + T * in->dense2);
    gain->climber = in->climber0 + change + T * in->climber1;
    gain->roamer = p->make + change + T * (in->roamer1 + T * in->roamer2);
    gain->clock = 1;
    loss->plain = loss->dense = loss->climber = loss->roamer = p->decay;
}
CX_POINT void movement(const struct params *p, const struct point *u, const struct input *in,
                       struct point *D, struct point *phi) {
    D->plain = D->climber = p->diffusion;
    D->dense = p->diffusion * (1 + p->crowd * u->dense);
    D->roamer = p->diffusion * (1 + p->crowd * u->roamer);
    phi->climber = p->chi * in->hill;
    phi->roamer = p->chi * course(u->clock) * in->hill;
}
CX_POINT void measure(const struct params *p, const struct point *u, const struct input *in,
                      struct measure *m) {
    (void)p, (void)in;
    m->number = u->plain;
}
CX_POINT void derive(struct params *p, const struct cx_context *c) {
    (void)c;
    p->unused = 0;
}
CX_POINT void healthy(const struct params *p, const struct input *in, const struct cx_context *c,
                      struct point *u) {
    (void)p, (void)in, (void)c;
    u->plain = u->dense = u->climber = u->roamer = 1;
}
CX_POINT void hurt(const struct params *p, const struct cx_hit *h, const struct input *in,
                   struct point *u) {
    (void)p, (void)in;
    u->plain *= R(1 - h->destroyed);
}
CX_MODEL(made, "Made", "test")
