/* taxis.c - cells on a linear ramp: shapes that are only carried along, and the heap before a wall. */
#include "validation/exact/exact.h"

extern const struct cx_model cx_model_drift;

/* Carried with velocity 1 along each axis that `moves`. */
struct carried {
    const char *geometry;
    bool there[3], moves[3], radial;
    int coarsest, levels;
    double t, middle;
};
static const double side = 24;

static double ramp(const double x[3], const void *user) {
    const struct carried *c = user;
    double sum = 0;
    for (int d = 0; d < 3; d++) sum += c->moves[d] ? x[d] : 0;
    return sum;
}
static double gauss(const double x[3], const void *user) {
    const struct carried *c = user;
    double sum = 0;
    for (int d = 0; d < 3; d++) {
        const double from = x[d] - c->middle - c->t;
        sum += c->moves[d] ? from * from : 0;
    }
    return exp(-0.2 * sum);
}
static double pulse(const double x[3], const void *user) {
    const struct carried *c = user;
    bool in = true;
    for (int d = 0; d < 3; d++)
        if (c->moves[d]) in &= fabs(x[d] - c->middle - c->t) < 3;
    return in ? 1 : 0;
}

/* D is too small to spread anything (a species needs some to be let move at all). */
static void open_carried(struct box *b, const struct carried *c, int n) {
    struct box_spec s = {.model = &cx_model_drift,
                         .radial = c->radial,
                         .param = {1e-12},
                         .share = 1,
                         .precision = CX_DOUBLE};
    for (int d = 0; d < 3; d++) {
        s.shape[d] = !c->there[d] ? 1 : c->moves[d] ? n : 8;
        s.size[d] = c->there[d] ? side : 1;
    }
    box_open(b, &s);
    box_fill(b, b->system.input[0], ramp, c);
}

static void smooth_case(struct carried c) {
    static const char *const problem = "Gaussian carried by taxis";
    struct exact_levels l = {problem, c.geometry, "L1", 0, {0}, {0}};
    double drift = 0, lowest = 0;
    for (int i = 0; i < c.levels; i++) {
        struct box b;
        const int n = c.coarsest << i;
        open_carried(&b, &c, n);
        c.t = 0;
        box_fill(&b, b.system.u[0], gauss, &c);
        const double mass = box_mass(&b, 0);
        c.t = 8;
        box_march(&b, c.t, 4 * n / 3); /* a quarter of a cell a step */
        exact_note(&l, side / n, box_error(&b, 0, gauss, &c).l1);
        drift = fmax(drift, fabs(box_mass(&b, 0) / mass - 1));
        lowest = fmin(lowest, b.lowest);
        box_close(&b);
    }
    exact_order(&l, 2, 0.1);
    exact_at_most(problem, c.geometry, "relative change of the mass", (double[]){1e-13, drift});
    exact_at_most(problem, c.geometry, "negative part", (double[]){0, fabs(lowest)});
}

/* A square pulse must not over- or undershoot; its corners make order 1 at best, 2/3 for limited schemes of order 2. */
static void sharp_case(struct carried c) {
    static const char *const problem = "square pulse carried by taxis";
    struct exact_levels l = {problem, c.geometry, "L1; jumps", 0, {0}, {0}};
    double above = 0, lowest = 0, drift = 0;
    for (int i = 0; i < c.levels; i++) {
        struct box b;
        const int n = c.coarsest << i;
        open_carried(&b, &c, n);
        c.t = 0;
        box_fill(&b, b.system.u[0], pulse, &c);
        const double mass = box_mass(&b, 0);
        c.t = 8;
        box_march(&b, c.t, 4 * n / 3);
        exact_note(&l, side / n, box_error(&b, 0, pulse, &c).l1);
        above = fmax(above, box_most(&b, 0) - 1);
        lowest = fmin(lowest, b.lowest);
        drift = fmax(drift, fabs(box_mass(&b, 0) / mass - 1));
        box_close(&b);
    }
    exact_order(&l, 2.0 / 3, 0);
    exact_at_most(problem, c.geometry, "overshoot", (double[]){1e-12, above});
    exact_at_most(problem, c.geometry, "negative part", (double[]){0, fabs(lowest)});
    exact_at_most(problem, c.geometry, "relative change of the mass", (double[]){1e-13, drift});
}

/* D u' = 20 u between closed ends of a column of length 1: u = exp(20 x) x 20 / (e^20 - 1), mean 1. */
static double heap(const double x[3], const void *user) {
    (void)user;
    return 20 * exp(20 * (x[2] - 1)) / -expm1(-20);
}
static double steep(const double x[3], const void *user) {
    (void)user;
    return 20 * x[2];
}
static void heap_case(void) {
    static const char *const problem = "heap before a wall";
    struct exact_levels l = {problem, "column", "L1", 0, {0}, {0}};
    double lowest = 0, coarse = 0;
    for (int n = 8; n <= 256; n *= 2) {
        struct box b;
        box_open(&b, &(struct box_spec){.model = &cx_model_drift,
                                        .shape = {1, 1, n},
                                        .size = {1, 1, 1},
                                        .param = {1},
                                        .share = 1,
                                        .precision = CX_DOUBLE});
        box_fill(&b, b.system.input[0], steep, NULL);
        for (int k = 0; k < n; k++) b.system.u[0][k] = 1;
        box_march(&b, 1, 80 * n);
        exact_note(&l, 1.0 / n, box_error(&b, 0, heap, NULL).l1);
        if (n == 8) coarse = fabs(box_mass(&b, 0) - 1);
        lowest = fmin(lowest, b.lowest);
        box_close(&b);
    }
    exact_order(&l, 2, 0.1);
    exact_at_most(problem, "column; cell Peclet number 2.5 to 0.08", "negative part",
                  (double[]){0, fabs(lowest)});
    exact_at_most(problem, "column; cell Peclet number 2.5", "relative change of the mass",
                  (double[]){1e-13, coarse});
}

void exact_taxis(void) {
    static const struct carried all[] = {
        {"column", {0, 0, 1}, {0, 0, 1}, false, 96, 4, 0, 8},
        {"slice; along the diagonal", {1, 0, 1}, {1, 0, 1}, false, 144, 3, 0, 8},
        {"axisymmetric; along the axis", {1, 0, 1}, {0, 0, 1}, true, 96, 4, 0, 8},
        {"patch; along y", {1, 1, 1}, {0, 1, 0}, false, 96, 4, 0, 8}};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        smooth_case(all[i]);
        sharp_case(all[i]);
    }
    heap_case();
}
