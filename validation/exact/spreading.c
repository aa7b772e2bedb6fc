/* spreading.c - Barenblatt's porous-medium solution and the heat kernel with decay, in one, two and three dimensions. */
#include "validation/exact/exact.h"

extern const struct cx_model cx_model_spread;

enum { POOL, WARM };
struct space {
    const char *geometry;
    int dimensions;
    bool there[3], radial;
    int coarsest, levels;
};
static const struct space spaces[] = {{"column", 1, {false, false, true}, false, 32, 5},
                                      {"axisymmetric (r)", 2, {true, false, false}, true, 16, 5},
                                      {"slice", 2, {true, false, true}, false, 32, 3},
                                      {"axisymmetric (r z)", 3, {true, false, true}, true, 32, 3},
                                      {"patch", 3, {true, true, true}, false, 16, 3}};
enum { SPACES = sizeof spaces / sizeof *spaces };

/* Distance from the middle of the box (or the axis) squared. */
struct cloud {
    const struct space *space;
    double half, t; /* half: half the box */
};
static double square(const double x[3], const struct cloud *c) {
    double sum = 0;
    for (int d = 0; d < 3; d++) {
        const double from = d == CX_X && c->space->radial ? x[d] : x[d] - c->half;
        if (c->space->there[d]) sum += from * from;
    }
    return sum;
}
/* m = 2: t^-alpha (1 - k r^2 t^(-2 beta)), alpha = d/(d + 2), beta = alpha/d, k = beta/4. */
static double barenblatt(const double x[3], const void *user) {
    const struct cloud *c = user;
    const double d = c->space->dimensions, beta = 1 / (d + 2);
    const double u = 1 - beta / 4 * square(x, c) * pow(c->t, -2 * beta);
    return u > 0 ? pow(c->t, -d * beta) * u : 0;
}
/* D = decay = 1/2, variance 1 at t = 0. */
static double kernel(const double x[3], const void *user) {
    const struct cloud *c = user;
    const double variance = 1 + c->t;
    return pow(variance, -0.5 * c->space->dimensions) * exp(-0.5 * square(x, c) / variance) *
           exp(-0.5 * c->t);
}
static double spread_of(const double x[3], const void *user) { return square(x, user); }

static void open_cloud(struct box *b, const struct cloud *c, int n, double tolerance) {
    struct box_spec s = {.model = &cx_model_spread,
                         .radial = c->space->radial,
                         .param = {0.5, 0.5},
                         .share = 1,
                         .tolerance = tolerance,
                         .precision = CX_DOUBLE};
    for (int d = 0; d < 3; d++) {
        const bool ring = d == CX_X && c->space->radial;
        s.shape[d] = !c->space->there[d] ? 1 : ring ? n / 2 : n;
        s.size[d] = !c->space->there[d] ? 1 : ring ? c->half : 2 * c->half;
    }
    box_open(b, &s);
}

/* The tolerance falls with the square of the cell.  Exponents from the mean square distance and the largest value between
 * t = 2 and 4. */
static void pool_case(const struct space *space) {
    static const char *const problem = "Barenblatt m = 2";
    struct exact_levels l = {problem, space->geometry, "L1; kink at the front", 0, {0}, {0}};
    double alpha = 0, beta = 0, lowest = 0, drift = 0, added = 0;
    int steps = 0;
    for (int i = 0; i < space->levels && steps >= 0; i++) {
        struct cloud c = {space, 7, 1};
        struct box b;
        const int n = space->coarsest << i;
        const double tolerance = 3e-3 / (1 << 2 * i);
        open_cloud(&b, &c, n, tolerance);
        box_fill(&b, b.system.u[POOL], barenblatt, &c);
        const double mass = box_mass(&b, POOL);
        steps = box_run(&b, 1, 1e-4);
        const double top = box_most(&b, POOL), wide = box_project(&b, POOL, spread_of, &c);
        if (box_run(&b, 2, 1e-3) < 0) steps = -1;
        alpha = -log(box_most(&b, POOL) / top) / log(2);
        beta = 0.5 * log(box_project(&b, POOL, spread_of, &c) / wide) / log(2);
        c.t = 4;
        exact_note(&l, 14.0 / n, box_error(&b, POOL, barenblatt, &c).l1);
        drift = fmax(drift, fabs(box_mass(&b, POOL) - mass - b.cut) / mass);
        added = fmax(added, b.cut / mass / tolerance);
        lowest = fmin(lowest, b.lowest);
        box_close(&b);
    }
    const double d = space->dimensions;
    exact_order(&l, 1, 0);
    exact_near(problem, space->geometry, "alpha from the largest value",
               (double[]){d / (d + 2), alpha, 0.01 * d / (d + 2)});
    exact_near(problem, space->geometry, "beta from the mean square distance",
               (double[]){1 / (d + 2), beta, 0.01 / (d + 2)});
    exact_at_most(problem, space->geometry, "negative part", (double[]){0, fabs(lowest)});
    exact_at_most(problem, space->geometry, "relative change of the mass less what was booked",
                  (double[]){1e-12, drift});
    exact_at_most(problem, space->geometry, "mass added by the guard / tolerance",
                  (double[]){1, added});
}

static void warm_case(const struct space *space) {
    static const char *const problem = "heat kernel with decay";
    struct exact_levels l = {problem, space->geometry, "L2", 0, {0}, {0}};
    double mass = 0, expected = 0;
    for (int i = 0; i < space->levels; i++) {
        struct cloud c = {space, 8, 0};
        struct box b;
        const int n = space->coarsest << i;
        open_cloud(&b, &c, n, 1e-3);
        box_fill(&b, b.system.u[WARM], kernel, &c);
        expected = box_mass(&b, WARM) * exp(-0.5);
        box_march(&b, 1, 2 * n);
        c.t = 1;
        exact_note(&l, 16.0 / n, box_error(&b, WARM, kernel, &c).l2);
        mass = box_mass(&b, WARM);
        box_close(&b);
    }
    exact_order(&l, 2, 0.1);
    exact_near(problem, space->geometry, "mass left", (double[]){expected, mass, 1e-4 * expected});
}

void exact_spreading(void) {
    for (int i = 0; i < SPACES; i++) pool_case(&spaces[i]);
    for (int i = 0; i < SPACES; i++) warm_case(&spaces[i]);
}
