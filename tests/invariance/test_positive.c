/* Nothing ever falls below 0 and nothing blows up: sharp starts, rates and diffusivities at the ends of their ranges, every
 * geometry, every tolerance that is allowed, both precisions. */
#include "problem.h"

struct extreme {
    const struct cx_model *model;
    double param[4], chi;
};
static const struct extreme extremes[] = {
    {&cx_model_heat, {1e5, 0, 0, 0}, 0},        {&cx_model_heat, {1e-3, 1e4, 1e3, 0}, 0},
    {&cx_model_heat, {1e7, 1e6, 1, 0}, 0},      {&cx_model_climb, {20, 2e4, 100, 0}, 0},
    {&cx_model_climb, {1e4, 1e6, 1e6, 0}, 0},   {&cx_model_climb, {0, 5e3, 1e-3, 0}, 0},
    {&cx_model_hill, {1e5, 1e3, 1e3, 1e-3}, 0}, {&cx_model_hill, {10, 50, 1e-3, 2}, 1e4},
    {&cx_model_hill, {1e3, 1e4, 1e4, 1e2}, 1e5}};

static void try_one(const struct extreme *x, const struct geometry *g, double tolerance,
                    enum cx_precision precision) {
    struct bench b;
    struct bench_spec spec = problem_spec(x->model, g);
    spec.tolerance = tolerance;
    spec.precision = precision;
    memcpy(spec.param, x->param, sizeof spec.param);
    bench_open(&b, &spec);
    if (x->model == &cx_model_hill) b.system.param[4] = x->chi;
    start_sharp(&b);
    struct cx_control c = {.h = 1e-4, .first = 1e-4, .most = 24};
    double t = 0, least = 0;
    int tries = 0, taken = 0;
    cx_stepper_refresh(b.stepper);
    for (; t < 100 && tries < 250 && least >= 0; tries++) {
        struct cx_attempt a;
        const double h = cx_control_step(&c, 100 - t);
        cx_stepper_attempt(b.stepper, h, &a);
        const bool good = a.finite && a.error <= 1;
        if (good) {
            cx_control_accepted(&c, h, a.error);
            t += h;
            taken++;
            least = least_value(&b);
        } else {
            cx_stepper_reject(b.stepper);
            cx_control_rejected(&c, h, a.finite ? a.error : INFINITY);
        }
    }
    CHECK_MSG(least >= 0, "%s, %s, tolerance %g: %g at t = %g h", g->name, x->model->name,
              tolerance, least, t);
    CHECK_MSG(all_finite(&b), "%s, %s, tolerance %g", g->name, x->model->name, tolerance);
    CHECK_MSG(4 * taken > tries, "%s, %s, tolerance %g: %d of %d steps accepted", g->name,
              x->model->name, tolerance, taken, tries);
    bench_close(&b);
}

static void never_below_zero(void) {
    const double tolerances[] = {1e-3, 1e-2, 0.1, 0.3};
    for (size_t x = 0; x < sizeof extremes / sizeof *extremes; x++)
        for (int g = 0; g < GEOMETRIES; g++)
            for (int t = 0; t < 4; t++)
                try_one(&extremes[x], &geometries[g], tolerances[t],
                        (x + (size_t)(g + t)) % 2 ? CX_DOUBLE : CX_MIXED);
}

int main(void) {
    RUN(never_below_zero);
    return check_done();
}
