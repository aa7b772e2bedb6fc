/* What is in a closed box stays in it: transport neither makes nor loses anything, step by step, and what the positivity
 * guard adds is booked to the last digit. */
#include "problem.h"

/* Largest |mass after - mass before - made - booked cut| / mass over the accepted steps, and all that was cut. */
struct ledger {
    double worst, cut;
    int steps;
};

static double block_volume(const struct bench *b) {
    double volume = 0;
    for (int k = 0; k < b->grid.shape[2]; k++)
        for (int j = 0; j < b->grid.shape[1]; j++)
            for (int i = 0; i < b->grid.shape[0]; i++) volume += cx_grid_volume(&b->grid, i, j, k);
    return volume;
}

/* The loosest tolerance: the longest steps that a run can take.  make: source of species 0, 1/h. */
static struct ledger keep_books(struct bench *b, double make) {
    struct ledger l = {0};
    struct cx_control c = {.h = 1, .first = 1, .most = 24};
    const double volume = block_volume(b);
    cx_stepper_refresh(b->stepper);
    for (int tries = 0; tries < 400 && l.steps < 40; tries++) {
        struct cx_attempt a;
        const double before = bench_mass(b, 0), h = cx_control_step(&c, 1e9);
        cx_stepper_attempt(b->stepper, h, &a);
        if (!a.finite || a.error > 1) {
            cx_stepper_reject(b->stepper);
            cx_control_rejected(&c, h, a.finite ? a.error : INFINITY);
            continue;
        }
        const double after = bench_mass(b, 0), cut = a.clipped[0] * volume / a.volume;
        l.worst = fmax(l.worst, fabs(after - before - h * make * volume - cut) / after);
        l.cut += cut / after;
        l.steps++;
        cx_control_accepted(&c, h, a.error);
    }
    CHECK_MSG(l.steps == 40, "%d steps", l.steps);
    return l;
}

/* Cells that diffuse with a motility of their own and climb a signal; stiff follower. */
static void transport_closes(enum cx_precision precision, double allowed) {
    double worst = 0, cut = 0;
    for (int g = 1; g < GEOMETRIES; g++) {
        struct bench b;
        struct bench_spec spec = problem_spec(&cx_model_climb, &geometries[g]);
        spec.precision = precision;
        spec.tolerance = 0.3;
        memcpy(spec.param, (double[]){20, 400, 50, 0}, sizeof spec.param);
        bench_open(&b, &spec);
        start_sharp(&b);
        const struct ledger l = keep_books(&b, 0);
        CHECK_MSG(l.worst <= allowed, "%s: %g of the mass per step", geometries[g].name, l.worst);
        worst = fmax(worst, l.worst);
        cut = fmax(cut, l.cut);
        bench_close(&b);
    }
    printf("  largest %.2g of the mass per step, cut %.2g in 40 steps\n", worst, cut);
    CHECK_MSG(cut > 1e-6, "the guard had nothing to do: nothing was tested");
}
static void transport_closes_to_round_off(void) { transport_closes(CX_DOUBLE, 1e-13); }
/* Increments in float: each is right to 6e-8 of the largest flux, not of the mass. */
static void transport_closes_in_mixed_precision(void) { transport_closes(CX_MIXED, 1e-7); }

static void source_and_cut_close(void) {
    for (int g = 1; g < GEOMETRIES; g++) {
        struct bench b;
        struct bench_spec spec = problem_spec(&cx_model_heat, &geometries[g]);
        spec.precision = CX_DOUBLE;
        spec.tolerance = 0.3;
        memcpy(spec.param, (double[]){3000, 0, 0.02, 0}, sizeof spec.param);
        bench_open(&b, &spec);
        start_sharp(&b);
        const struct ledger l = keep_books(&b, 0.02);
        CHECK_MSG(l.worst <= 1e-13, "%s: %g of the mass per step", geometries[g].name, l.worst);
        bench_close(&b);
    }
}

/* Uniform decay acts on the mass as on one number: the factor of the step is that of one cell. */
static void decay_of_the_mass_is_that_of_one_cell(void) {
    for (int g = 1; g < GEOMETRIES; g++) {
        struct bench b, one;
        struct cx_attempt a;
        struct bench_spec spec = problem_spec(&cx_model_heat, &geometries[g]);
        spec.precision = CX_DOUBLE;
        memcpy(spec.param, (double[]){100, 0.3, 0, 0}, sizeof spec.param);
        bench_open(&b, &spec);
        start_smooth(&b, 1);
        struct bench_spec point = problem_spec(&cx_model_heat, &geometries[0]);
        point.precision = CX_DOUBLE;
        memcpy(point.param, spec.param, sizeof point.param);
        bench_open(&one, &point);
        one.system.u[0][0] = 1;
        cx_stepper_refresh(b.stepper);
        cx_stepper_refresh(one.stepper);
        const double start = bench_mass(&b, 0);
        for (int n = 0; n < 30; n++) {
            cx_stepper_attempt(b.stepper, 0.7, &a);
            cx_stepper_attempt(one.stepper, 0.7, &a);
            CHECK_MSG(a.clipped[0] == 0, "the guard cut a smooth field");
        }
        const double left = bench_mass(&b, 0) / start;
        CHECK_MSG(fabs(left / one.system.u[0][0] - 1) <= 1e-12, "%s: %.17g left, one cell %.17g",
                  geometries[g].name, left, one.system.u[0][0]);
        bench_close(&b);
        bench_close(&one);
    }
}

int main(void) {
    RUN(transport_closes_to_round_off);
    RUN(transport_closes_in_mixed_precision);
    RUN(source_and_cut_close);
    RUN(decay_of_the_mass_is_that_of_one_cell);
    return check_done();
}
