/* bench.h - a box of cells with a test model in it, set up by hand, for the tests of the stepper. */
#ifndef CX_TESTS_SOLVE_BENCH_H
#define CX_TESTS_SOLVE_BENCH_H

#include "check.h"
#include "solve/control.h"
#include "solve/stepper.h"

#include <stdlib.h>

extern const struct cx_model cx_model_heat, cx_model_climb;

struct bench {
    struct cx_grid grid;
    struct cx_system system;
    struct cx_arena arena;
    struct cx_stepper *stepper;
};
struct bench_spec {
    const struct cx_model *model;
    int shape[3];
    double size[3], grading; /* um; grading: ratio of neighbouring cells, 1 = uniform */
    bool periodic, radial;
    int threads;
    double tolerance;
    enum cx_precision precision;
    double param[4];
};

static double *bench_edges(int n, double size, double grading) {
    double *edge = calloc((size_t)n + 1, sizeof *edge), width = 1, sum = 0;
    for (int i = 0; i < n; i++, width *= grading) sum += width;
    width = size / sum;
    for (int i = 0; i < n; i++, width *= grading) edge[i + 1] = edge[i] + width;
    return edge;
}

/* State zero, parameters from the spec, no-flux or periodic sides. */
static void bench_open(struct bench *b, const struct bench_spec *spec) {
    struct cx_error e;
    *b = (struct bench){0};
    double *edge[3];
    struct cx_grid_spec g = {.radial = spec->radial};
    for (int d = 0; d < 3; d++) {
        edge[d] = bench_edges(spec->shape[d], spec->size[d], spec->grading > 0 ? spec->grading : 1);
        g.edge[d] = edge[d];
        g.shape[d] = spec->shape[d];
        g.periodic[d] = spec->periodic && spec->shape[d] > 1;
    }
    CHECK(cx_grid_create(&g, &b->grid, &e) == CX_OK);
    for (int d = 0; d < 3; d++) free(edge[d]);
    struct cx_system *s = &b->system;
    *s = (struct cx_system){.model = spec->model,
                            .grid = &b->grid,
                            .species = spec->model->species_count,
                            .threads = spec->threads ? spec->threads : 1,
                            .tolerance = spec->tolerance > 0 ? spec->tolerance : 1e-3};
    const size_t cells = b->grid.cells, nz = (size_t)spec->shape[2];
    /* room for the arrays of a few species, and for a second stepper */
    const size_t bytes = 2 * cx_stepper_bytes(s, spec->precision) +
                         24 * cx_arena_cost((cells + nz + 64) * sizeof(double));
    CHECK(cx_arena_reserve(&b->arena, bytes, &e) == CX_OK);
    s->param = cx_arena_take(&b->arena, 32 * sizeof(double));
    memcpy(s->param, spec->param, sizeof spec->param);
    for (int q = 0; q < s->species; q++) {
        s->u[q] = cx_arena_take(&b->arena, cells * sizeof(double));
        s->rest[q] = cx_arena_take(&b->arena, nz * sizeof(double));
        s->mobility[q] = cx_arena_take(&b->arena, nz * sizeof(double));
    }
    for (int m = 0; m < spec->model->input_count; m++) {
        s->input[m] = cx_arena_take(&b->arena, cells * sizeof(double));
        for (size_t i = 0; i < cells; i++) s->input[m][i] = 1;
    }
    double D[CX_SPECIES_MAX] = {0}, in[CX_INPUT_MAX], one[CX_SPECIES_MAX] = {0};
    for (int i = 0; i < CX_INPUT_MAX; i++) in[i] = 1;
    s->model->mobility(s->param, one, in, D);
    for (int q = 0; q < s->species; q++)
        for (size_t k = 0; k < nz; k++) s->mobility[q][k] = cx_system_moves(s, q) ? D[q] : 0;
    b->stepper = cx_stepper_create(s, spec->precision, &b->arena);
}

static void bench_close(struct bench *b) {
    cx_arena_free(&b->arena);
    cx_grid_free(&b->grid);
}

/* Runs to `end` hours with the controller; returns accepted steps. */
static inline int bench_run(struct bench *b, double end, double first) {
    struct cx_control c = {.h = first, .first = first, .most = 1e9};
    double t = 0;
    int steps = 0;
    cx_stepper_refresh(b->stepper);
    for (int tries = 0; t < end && tries < 200000; tries++) {
        struct cx_attempt a;
        const double h = cx_control_step(&c, end - t);
        cx_stepper_attempt(b->stepper, h, &a);
        if (a.finite && a.error <= 1) {
            cx_control_accepted(&c, h, a.error);
            t = h >= end - t ? end : t + h;
            steps++;
        } else {
            cx_stepper_reject(b->stepper);
            cx_control_rejected(&c, h, a.error);
        }
    }
    return steps;
}

/* Runs n equal steps, whatever the error. */
static inline void bench_march(struct bench *b, double end, int n) {
    struct cx_attempt a;
    cx_stepper_refresh(b->stepper);
    for (int i = 0; i < n; i++) {
        cx_stepper_attempt(b->stepper, end / n, &a);
    }
}

static inline double bench_mass(const struct bench *b, int q) {
    double sum = 0;
    for (int k = 0; k < b->grid.shape[2]; k++)
        for (int j = 0; j < b->grid.shape[1]; j++)
            for (int i = 0; i < b->grid.shape[0]; i++)
                sum += b->system.u[q][cx_grid_at(&b->grid, i, j, k)] *
                       cx_grid_volume(&b->grid, i, j, k);
    return sum;
}

#endif
