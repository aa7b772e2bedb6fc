/* The step is of second order in time and space, conserves, never goes below 0, and gives the same bits whatever the
 * number of threads. */
#include "bench.h"

static const double pi = 3.14159265358979323846;

/* warm = 1 + cos(pi x / L) exp(-D (pi/L)^2 t), no-flux sides. */
static double cosine_error(int nx, int steps, enum cx_precision precision, bool periodic) {
    struct bench b;
    const double L = 800, D = 100, t = 400, wave = (periodic ? 2 : 1) * pi / L;
    bench_open(&b, &(struct bench_spec){.model = &cx_model_heat,
                                        .shape = {nx, 1, 1},
                                        .size = {L, 1, 1},
                                        .precision = precision,
                                        .periodic = periodic,
                                        .param = {D, 0, 0}});
    const double *x = b.grid.axis[0].center;
    for (int i = 0; i < nx; i++) b.system.u[0][i] = 1 + cos(wave * x[i]);
    bench_march(&b, t, steps);
    double worst = 0;
    for (int i = 0; i < nx; i++) {
        const double exact = 1 + cos(wave * x[i]) * exp(-D * wave * wave * t);
        worst = fmax(worst, fabs(b.system.u[0][i] - exact));
    }
    bench_close(&b);
    return worst;
}

static void diffusion_is_second_order_in_space(void) {
    for (int ring = 0; ring < 2; ring++) {
        const double coarse = cosine_error(20, 4000, CX_DOUBLE, ring),
                     fine = cosine_error(40, 4000, CX_DOUBLE, ring);
        const double order = log2(coarse / fine);
        CHECK_MSG(order > 1.9 && order < 2.1, "order %g (%g -> %g)", order, coarse, fine);
    }
}

/* Against the same problem with many more steps, in 3D with a stiff reaction: the time error alone. */
static void cube_start(struct bench *b, int threads, enum cx_precision precision) {
    bench_open(b, &(struct bench_spec){.model = &cx_model_climb,
                                       .shape = {12, 10, 8},
                                       .size = {240, 200, 160},
                                       .threads = threads,
                                       .precision = precision,
                                       .param = {20, 400, 50}});
    for (size_t i = 0; i < b->grid.cells; i++) {
        const double x = (double)(i % 12) / 11, z = (double)(i / 120) / 7;
        b->system.u[0][i] = 1 + 0.5 * cos(pi * x) * cos(pi * z);
        b->system.u[1][i] = 0.2 * x;
        b->system.u[2][i] = b->system.u[0][i];
    }
}

static double cube_difference(int steps, const double *reference) {
    struct bench b;
    cube_start(&b, 1, CX_DOUBLE);
    bench_march(&b, 8, steps);
    double worst = 0;
    for (size_t i = 0; i < b.grid.cells; i++)
        worst = fmax(worst, fabs(b.system.u[2][i] - reference[i]));
    bench_close(&b);
    return worst;
}

static void coupled_transport_and_stiff_reaction_are_second_order_in_time(void) {
    struct bench b;
    cube_start(&b, 1, CX_DOUBLE);
    bench_march(&b, 8, 4096);
    const double coarse = cube_difference(256, b.system.u[2]),
                 fine = cube_difference(512, b.system.u[2]);
    const double order = log2(coarse / fine);
    CHECK_MSG(order > 1.8, "order %g (%g -> %g)", order, coarse, fine);
    bench_close(&b);
}

static void closed_box_keeps_its_mass(void) {
    const struct {
        int shape[3];
        bool radial, periodic;
    } box[] = {{{40, 1, 1}, false, false},
               {{30, 1, 20}, true, false},
               {{10, 12, 9}, false, true},
               {{1, 1, 50}, false, false}};
    for (size_t i = 0; i < sizeof box / sizeof *box; i++) {
        struct bench b;
        bench_open(
            &b, &(struct bench_spec){.model = &cx_model_climb,
                                     .shape = {box[i].shape[0], box[i].shape[1], box[i].shape[2]},
                                     .size = {400, 300, 500},
                                     .grading = box[i].periodic ? 1 : 1.07,
                                     .radial = box[i].radial,
                                     .periodic = box[i].periodic,
                                     .precision = CX_DOUBLE,
                                     .param = {20, 40, 0}});
        for (size_t c = 0; c < b.grid.cells; c++) {
            b.system.u[0][c] = 1 + (double)(c % 7) / 7;
            b.system.u[1][c] = (double)(c % 11) / 20;
        }
        const double before = bench_mass(&b, 0);
        bench_march(&b, 5, 50);
        const double drift = fabs(bench_mass(&b, 0) / before - 1);
        CHECK_MSG(drift < 1e-13, "box %zu: relative drift %g", i, drift);
        bench_close(&b);
    }
}

static void sharp_start_never_goes_below_zero(void) {
    struct bench b;
    bench_open(&b, &(struct bench_spec){.model = &cx_model_climb,
                                        .shape = {40, 1, 30},
                                        .size = {400, 1, 300},
                                        .tolerance = 1e-2,
                                        .param = {20, 2000, 100}});
    for (size_t c = 0; c < b.grid.cells; c++) {
        b.system.u[0][c] = c % 40 < 20 ? 0 : 5;
        b.system.u[1][c] = (c % 40 >= 18 && c % 40 <= 22) ? 1 : 0;
    }
    bench_run(&b, 24, 1e-3);
    double least = 1;
    for (int q = 0; q < 3; q++)
        for (size_t c = 0; c < b.grid.cells; c++) least = fmin(least, b.system.u[q][c]);
    CHECK_MSG(least >= 0, "smallest value %g", least);
    bench_close(&b);
}

static void threads_change_no_bit(void) {
    struct bench one;
    cube_start(&one, 1, CX_MIXED);
    const int steps = bench_run(&one, 6, 1e-2);
    const int threads[] = {2, 3, 7};
    for (int i = 0; i < 3; i++) {
        struct bench many;
        cube_start(&many, threads[i], CX_MIXED);
        CHECK(bench_run(&many, 6, 1e-2) == steps);
        for (int q = 0; q < 3; q++)
            CHECK(memcmp(one.system.u[q], many.system.u[q], one.grid.cells * sizeof(double)) == 0);
        bench_close(&many);
    }
    bench_close(&one);
}

/* A box in which every line has the same factors: cells enough that they are made once for all lines. */
static void even_start(struct bench *b, int threads, bool periodic) {
    bench_open(b, &(struct bench_spec){.model = &cx_model_heat,
                                       .shape = {19, 21, 14},
                                       .size = {190, 210, 140},
                                       .periodic = periodic,
                                       .threads = threads,
                                       .param = {200, 0.5, 0}});
    for (size_t i = 0; i < b->grid.cells; i++) b->system.u[0][i] = 1 + (double)(i % 13) / 13;
}

static void even_lines_are_the_same_for_all_threads(void) {
    for (int ring = 0; ring < 2; ring++) {
        struct bench one;
        even_start(&one, 1, ring);
        const double before = bench_mass(&one, 0);
        const int steps = bench_run(&one, 6, 1e-2);
        CHECK_NEAR(bench_mass(&one, 0) / before, exp(-0.5 * 6), 1e-3);
        for (int threads = 2; threads <= 7; threads += 5) {
            struct bench many;
            even_start(&many, threads, ring);
            CHECK(bench_run(&many, 6, 1e-2) == steps);
            CHECK(memcmp(one.system.u[0], many.system.u[0], one.grid.cells * sizeof(double)) == 0);
            bench_close(&many);
        }
        bench_close(&one);
    }
}

static void float_stages_stay_near_double(void) {
    struct bench a, b;
    cube_start(&a, 1, CX_MIXED);
    cube_start(&b, 1, CX_DOUBLE);
    bench_march(&a, 6, 100);
    bench_march(&b, 6, 100);
    double worst = 0;
    for (size_t i = 0; i < a.grid.cells; i++)
        worst = fmax(worst, fabs(a.system.u[2][i] - b.system.u[2][i]));
    CHECK_MSG(worst > 0 && worst < 1e-5, "largest difference %g", worst);
    bench_close(&a);
    bench_close(&b);
}

static void rejected_step_leaves_no_trace(void) {
    struct bench a, b;
    struct cx_attempt attempt;
    cube_start(&a, 1, CX_MIXED);
    cube_start(&b, 1, CX_MIXED);
    cx_stepper_refresh(b.stepper);
    cx_stepper_attempt(b.stepper, 50, &attempt);
    cx_stepper_reject(b.stepper);
    bench_march(&a, 1, 5);
    for (int i = 0; i < 5; i++) {
        cx_stepper_attempt(b.stepper, 0.2, &attempt);
    }
    for (int q = 0; q < 3; q++)
        CHECK(memcmp(a.system.u[q], b.system.u[q], a.grid.cells * sizeof(double)) == 0);
    bench_close(&a);
    bench_close(&b);
}

/* A held side: the steady state of D u'' = decay (u - level) with u = rest outside. */
static void fixed_and_robin_sides_reach_their_steady_state(void) {
    for (int kind = 0; kind < 2; kind++) {
        struct bench b;
        const double D = 100, decay = 0.01, L = 400;
        bench_open(&b, &(struct bench_spec){.model = &cx_model_heat,
                                            .shape = {200, 1, 1},
                                            .size = {L, 1, 1},
                                            .precision = CX_DOUBLE,
                                            .tolerance = 1e-5,
                                            .param = {D, decay, 0}});
        b.system.side[0][0] = kind ? CX_ROBIN : CX_FIXED;
        b.system.transfer[0][0] = 3;
        b.system.rest[0][0] = 2;
        b.stepper = cx_stepper_create(&b.system, CX_DOUBLE, &b.arena);
        bench_run(&b, 4000, 1);
        const double q = sqrt(decay / D), slope = D * q * tanh(q * L);
        const double wall = kind ? 2 * 3 / (3 + slope) : 2;
        for (int i = 0; i < 200; i += 37) {
            const double x = b.grid.axis[0].center[i],
                         exact = wall * cosh(q * (L - x)) / cosh(q * L);
            CHECK_NEAR(b.system.u[0][i], exact, 2e-2 * (kind ? 2 : 0.02));
        }
        bench_close(&b);
    }
}

int main(void) {
    RUN(diffusion_is_second_order_in_space);
    RUN(coupled_transport_and_stiff_reaction_are_second_order_in_time);
    RUN(closed_box_keeps_its_mass);
    RUN(sharp_start_never_goes_below_zero);
    RUN(threads_change_no_bit);
    RUN(even_lines_are_the_same_for_all_threads);
    RUN(float_stages_stay_near_double);
    RUN(rejected_step_leaves_no_trace);
    RUN(fixed_and_robin_sides_reach_their_steady_state);
    return check_done();
}
