/* steady.c - steady sources with decay, and the slowest modes of columns, discs, cylinders and boxes with each kind of side
 * [Carslaw and Jaeger, Conduction of Heat in Solids].  D = 1 throughout. */
#include "validation/exact/exact.h"

#include <gsl/gsl_sf_bessel.h>

extern const struct cx_model cx_model_spread;

enum { WARM = 1 };

/* ---- sources: D = decay = 1, so lengths are in units of the reach of the source -------------------- */

struct source {
    const char *problem, *geometry, *place;
    int axes; /* 1: column, 2: disc, 3: half a cylinder */
    double size, near, far;
    int coarsest;
};
/* Of a source of strength 1: plane at the closed end of a column, line on the axis of a disc with a closed rim, point in
 * free space. */
static double steady_value(const struct source *s, double r) {
    const double R = s->size;
    switch (s->axes) {
    case 1: return cosh(R - r) / (2 * sinh(R));
    case 2:
        return (gsl_sf_bessel_K0(r) +
                gsl_sf_bessel_I0(r) * gsl_sf_bessel_K1(R) / gsl_sf_bessel_I1(R)) /
               (2 * box_pi);
    default: return exp(-r) / (4 * box_pi * r);
    }
}
static void open_source(struct box *b, const struct source *s, int n) {
    box_open(b,
             &(struct box_spec){.model = &cx_model_spread,
                                .shape = {s->axes > 1 ? n : 1, 1, s->axes == 2 ? 1 : n},
                                .size = {s->axes > 1 ? s->size : 1, 1, s->axes == 2 ? 1 : s->size},
                                .radial = s->axes > 1,
                                .param = {1, 1},
                                .share = 1,
                                .precision = CX_DOUBLE});
    /* the box sees half of what a plane or a point gives, and all of a line */
    b->system.input[0][0] = (s->axes == 2 ? 1 : 0.5) / box_volume(b, 0);
}
/* Largest relative error between near and far. */
static double steady_error(const struct box *b, const struct source *s) {
    double most = 0;
    for (size_t at = 0; at < b->grid.cells; at++) {
        double x[3];
        box_center(b, at, x);
        const double r = s->axes == 1 ? x[2] : s->axes == 2 ? x[0] : hypot(x[0], x[2]);
        if (r < s->near || r > s->far) continue;
        most = fmax(most, fabs(b->system.u[WARM][at] / steady_value(s, r) - 1));
    }
    return most;
}
static void source_case(const struct source *s) {
    struct exact_levels l = {s->problem, s->geometry, s->place, 0, {0}, {0}};
    for (int n = s->coarsest; n <= 8 * s->coarsest; n *= 2) {
        struct box b;
        open_source(&b, s, n);
        box_march(&b, 20, 400);
        exact_note(&l, s->size / n, steady_error(&b, s));
        box_close(&b);
    }
    exact_order(&l, 2, 0.1);
    exact_at_most(s->problem, s->geometry, "largest relative error on the finest grid",
                  (double[]){0.01, l.error[l.levels - 1]});
}

/* ---- modes ----------------------------------------------------------------------------------------- */

/* First zeros of J0 and of J1. */
static const double j01 = 2.404825557695773, j11 = 3.8317059702075123;

/* The product of one function per axis: cos(k x + phase), or J0(k r) on a radius. */
struct mode {
    const char *problem, *geometry;
    bool there[3], radial;
    enum cx_side_kind side;
    double k[3], phase[3], transfer;
    double expected; /* decay rate x size^2 / D */
    int coarsest, levels;
};
static double mode_shape(const double x[3], const void *user) {
    const struct mode *m = user;
    double f = 1;
    for (int d = 0; d < 3; d++) {
        if (!m->there[d]) continue;
        f *= d == CX_X && m->radial ? j0(m->k[d] * x[d]) : cos(m->k[d] * x[d] + m->phase[d]);
    }
    return f;
}
static double mode_start(const double x[3], const void *user) { return 2 + mode_shape(x, user); }

/* Decay of the projection on the mode from t = 0 to a tenth of the time constant and on to two tenths. */
static double mode_rate(const struct mode *m, int n) {
    struct box_spec s = {.model = &cx_model_spread,
                         .radial = m->radial,
                         .param = {1},
                         .rest = 2,
                         .share = 1,
                         .precision = CX_DOUBLE};
    for (int d = 0; d < 3; d++) {
        s.shape[d] = m->there[d] ? n : 1;
        s.size[d] = 1;
        s.side[d] = m->side;
        s.transfer[d] = m->transfer;
    }
    struct box b;
    box_open(&b, &s);
    box_fill(&b, b.system.u[WARM], mode_start, m);
    const double tenth = 0.1 / m->expected;
    double base = 0, amplitude[2];
    for (size_t at = 0; at < b.grid.cells; at++) {
        double x[3];
        box_center(&b, at, x);
        base += 2 * box_volume(&b, at) * mode_shape(x, m);
    }
    for (int i = 0; i < 2; i++) {
        box_march(&b, tenth, 4 * n);
        amplitude[i] = box_project(&b, WARM, mode_shape, m) - base;
    }
    box_close(&b);
    return -log(amplitude[1] / amplitude[0]) / tenth;
}
static void mode_case(const struct mode *m) {
    struct exact_levels l = {m->problem, m->geometry, "decay rate", 0, {0}, {0}};
    double rate = 0;
    for (int i = 0; i < m->levels; i++) {
        const int n = m->coarsest << i;
        rate = mode_rate(m, n);
        exact_note(&l, 1.0 / n, fabs(rate / m->expected - 1));
    }
    exact_near(m->problem, m->geometry, "decay rate x size^2 / D",
               (double[]){m->expected, rate, 2e-3 * m->expected});
    exact_order(&l, 2, 0.1);
}

static void modes(void) {
    const double pi = box_pi, bi = 1.0 * j1(1.0) / j0(1.0);
    /* clang-format off */
    const struct mode all[] = {
        {"column slowest mode", "column no_flux", {0, 0, 1}, 0, CX_NO_FLUX, {0, 0, pi}, {0}, 0, pi * pi, 8, 5},
        {"column slowest mode", "column fixed", {0, 0, 1}, 0, CX_FIXED, {0, 0, pi}, {0, 0, -pi / 2}, 0, pi * pi, 8, 5},
        {"column slowest mode", "column periodic", {0, 0, 1}, 0, CX_PERIODIC, {0, 0, 2 * pi}, {0}, 0, 4 * pi * pi, 8, 5},
        {"column slowest mode", "column robin", {0, 0, 1}, 0, CX_ROBIN, {0, 0, 2}, {0, 0, -1}, 2 * tan(1), 4, 8, 5},
        {"disc slowest mode", "disc no_flux", {1, 0, 0}, 1, CX_NO_FLUX, {j11}, {0}, 0, j11 * j11, 8, 5},
        {"disc slowest mode", "disc fixed", {1, 0, 0}, 1, CX_FIXED, {j01}, {0}, 0, j01 * j01, 8, 5},
        {"disc slowest mode", "disc robin", {1, 0, 0}, 1, CX_ROBIN, {1}, {0}, bi, 1, 8, 5},
        {"cylinder slowest mode", "cylinder fixed", {1, 0, 1}, 1, CX_FIXED, {j01, 0, pi}, {0, 0, -pi / 2}, 0, j01 * j01 + pi * pi, 8, 4},
        {"square slowest mode", "slice fixed", {1, 0, 1}, 0, CX_FIXED, {pi, 0, pi}, {-pi / 2, 0, -pi / 2}, 0, 2 * pi * pi, 8, 4},
        {"cube slowest mode", "patch fixed", {1, 1, 1}, 0, CX_FIXED, {pi, pi, pi}, {-pi / 2, -pi / 2, -pi / 2}, 0, 3 * pi * pi, 8, 3}};
    /* clang-format on */
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) mode_case(&all[i]);
}

void exact_steady(void) {
    static const struct source all[] = {{"steady plane source", "column",
                                         "largest relative error; r = 0.5 to 8", 1, 10, 0.5, 8, 40},
                                        {"steady line source", "axisymmetric (r)",
                                         "largest relative error; r = 0.5 to 8", 2, 10, 0.5, 8, 40},
                                        {"steady point source", "axisymmetric (r z)",
                                         "largest relative error; r = 1 to 4", 3, 12, 1, 4, 24}};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) source_case(&all[i]);
    modes();
}
