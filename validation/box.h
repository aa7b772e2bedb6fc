/* box.h - a box of cells with a test model in it: any geometry, grading and sides, any start, and what came out.
 * Lengths, times and amounts have no units here: the numbers are those of the textbook problems. */
#ifndef CX_VALIDATION_BOX_H
#define CX_VALIDATION_BOX_H

#include "solve/control.h"
#include "solve/stepper.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const double box_pi = 3.14159265358979323846;

/* Cell sizes: equal; growing smoothly by a factor of 4 from the low end; or to and fro by a factor of 3 (for rings). */
enum box_grading { BOX_UNIFORM, BOX_STRETCHED, BOX_WAVY };

struct box_spec {
    const struct cx_model *model;
    int shape[3];
    double size[3];
    enum box_grading grading;
    bool radial;
    enum cx_side_kind side[3]; /* both ends of an axis; a radius has no low end */
    double transfer[3];
    double param[12];
    double rest;  /* value of every species outside of fixed and Robin sides */
    double share; /* value of every species at which the healthy D is taken */
    double tolerance;
    enum cx_precision precision;
};
struct box {
    struct cx_grid grid;
    struct cx_system system;
    struct cx_arena arena;
    struct cx_stepper *stepper;
    double *saved; /* [species][cells], see box_save() */
    double param[64];
    double lowest; /* smallest value of species 0 after any step */
    double cut;    /* what the guard against negative values added to species 0, unit x volume */
};
/* A field: its value at a point. */
typedef double (*box_field)(const double x[3], const void *user);

static inline double box_edge(const struct box_spec *spec, int axis, int i) {
    const double s = (double)i / spec->shape[axis], beta = log(4.0);
    const double size = spec->size[axis];
    switch (spec->grading) {
    case BOX_STRETCHED: return size * expm1(beta * s) / expm1(beta);
    case BOX_WAVY: return size * (s + 0.5 * sin(2 * box_pi * s) / (2 * box_pi));
    default: return size * s;
    }
}

static inline void box_grid(struct box *b, const struct box_spec *spec) {
    struct cx_grid_spec g = {.radial = spec->radial};
    double *edge[3];
    for (int d = 0; d < 3; d++) {
        const int n = spec->shape[d];
        edge[d] = calloc((size_t)n + 1, sizeof *edge[d]);
        for (int i = 0; edge[d] && i <= n; i++) edge[d][i] = box_edge(spec, d, i);
        g.edge[d] = edge[d];
        g.shape[d] = n;
        g.periodic[d] = spec->side[d] == CX_PERIODIC && n > 1;
    }
    struct cx_error e;
    if (cx_grid_create(&g, &b->grid, &e) != CX_OK) exit(1);
    for (int d = 0; d < 3; d++) free(edge[d]);
}

static inline void box_arrays(struct box *b, const struct box_spec *spec) {
    struct cx_system *s = &b->system;
    const size_t cells = b->grid.cells, nz = (size_t)spec->shape[2], species = (size_t)s->species,
                 inputs = (size_t)spec->model->input_count;
    const size_t bytes = cx_stepper_bytes(s, spec->precision) +
                         (2 * species + inputs + 1) * cx_arena_cost((cells + 64) * sizeof(double)) +
                         2 * species * cx_arena_cost((nz + 64) * sizeof(double));
    struct cx_error e;
    if (cx_arena_reserve(&b->arena, bytes, &e) != CX_OK) exit(1);
    for (size_t q = 0; q < species; q++) {
        s->u[q] = cx_arena_take(&b->arena, cells * sizeof(double));
        s->rest[q] = cx_arena_take(&b->arena, nz * sizeof(double));
        s->mobility[q] = cx_arena_take(&b->arena, nz * sizeof(double));
    }
    for (size_t m = 0; m < inputs; m++)
        s->input[m] = cx_arena_take(&b->arena, cells * sizeof(double));
    b->saved = cx_arena_take(&b->arena, species * cells * sizeof(double));
}

static inline void box_healthy(struct box *b, const struct box_spec *spec) {
    struct cx_system *s = &b->system;
    double D[CX_SPECIES_MAX] = {0}, in[CX_INPUT_MAX], u[CX_SPECIES_MAX];
    for (int i = 0; i < CX_INPUT_MAX; i++) in[i] = 1;
    for (int q = 0; q < CX_SPECIES_MAX; q++) u[q] = spec->share;
    s->model->mobility(s->param, u, in, D);
    for (int q = 0; q < s->species; q++)
        for (int k = 0; k < spec->shape[2]; k++) {
            s->rest[q][k] = spec->rest;
            s->mobility[q][k] = cx_system_moves(s, q) ? D[q] : 0;
        }
}

/* State and inputs zero. */
static inline void box_open(struct box *b, const struct box_spec *spec) {
    *b = (struct box){.lowest = INFINITY};
    box_grid(b, spec);
    struct cx_system *s = &b->system;
    *s = (struct cx_system){.model = spec->model,
                            .grid = &b->grid,
                            .species = spec->model->species_count,
                            .threads = 1,
                            .tolerance = spec->tolerance > 0 ? spec->tolerance : 1e-3};
    for (int d = 0; d < 3; d++)
        for (int end = 0; end < 2; end++) {
            const bool there = spec->shape[d] > 1 && !(d == CX_X && spec->radial && end == 0);
            s->side[d][end] = there ? spec->side[d] : CX_NO_FLUX;
            s->transfer[d][end] = spec->transfer[d];
        }
    memcpy(b->param, spec->param, sizeof spec->param);
    s->param = b->param;
    box_arrays(b, spec);
    box_healthy(b, spec);
    b->stepper = cx_stepper_create(s, spec->precision, &b->arena);
}

static inline void box_close(struct box *b) {
    cx_arena_free(&b->arena);
    cx_grid_free(&b->grid);
}

/* Centre of cell `at`. */
static inline void box_center(const struct box *b, size_t at, double x[3]) {
    const struct cx_grid *g = &b->grid;
    const size_t nx = (size_t)g->shape[0], ny = (size_t)g->shape[1];
    x[0] = g->axis[0].center[at % nx];
    x[1] = g->axis[1].center[at / nx % ny];
    x[2] = g->axis[2].center[at / nx / ny];
}
static inline double box_volume(const struct box *b, size_t at) {
    const size_t nx = (size_t)b->grid.shape[0], ny = (size_t)b->grid.shape[1];
    return cx_grid_volume(&b->grid, (int)(at % nx), (int)(at / nx % ny), (int)(at / nx / ny));
}
static inline void box_fill(const struct box *b, double *out, box_field f, const void *user) {
    for (size_t at = 0; at < b->grid.cells; at++) {
        double x[3];
        box_center(b, at, x);
        out[at] = f(x, user);
    }
}

/* Whether a cell touches a side through which something may be exchanged. */
static inline bool box_at_wall(const struct box *b, size_t at) {
    const size_t nx = (size_t)b->grid.shape[0], ny = (size_t)b->grid.shape[1];
    const size_t index[3] = {at % nx, at / nx % ny, at / nx / ny};
    for (int d = 0; d < 3; d++) {
        const size_t n = (size_t)b->grid.shape[d];
        if (n == 1 || b->grid.axis[d].periodic) continue;
        if (index[d] == n - 1 || (index[d] == 0 && !b->grid.axis[d].radial)) return true;
    }
    return false;
}

/* Distance to a field: volume-weighted means, the largest, and the largest at the walls. */
struct box_error {
    double l1, l2, most, wall;
};
static inline struct box_error box_distance(const struct box *b, const double *u,
                                            const double *exact) {
    struct box_error r = {0};
    double volume = 0;
    for (size_t at = 0; at < b->grid.cells; at++) {
        const double v = box_volume(b, at), d = fabs(u[at] - exact[at]);
        volume += v;
        r.l1 += v * d;
        r.l2 += v * d * d;
        if (d > r.most) r.most = d;
        if (box_at_wall(b, at) && d > r.wall) r.wall = d;
    }
    r.l1 /= volume;
    r.l2 = sqrt(r.l2 / volume);
    return r;
}
static inline struct box_error box_error(const struct box *b, int q, box_field f,
                                         const void *user) {
    double *exact = calloc(b->grid.cells, sizeof *exact);
    if (!exact) exit(1);
    box_fill(b, exact, f, user);
    const struct box_error r = box_distance(b, b->system.u[q], exact);
    free(exact);
    return r;
}

/* Sum of value x volume. */
static inline double box_mass(const struct box *b, int q) {
    double sum = 0;
    for (size_t at = 0; at < b->grid.cells; at++) sum += box_volume(b, at) * b->system.u[q][at];
    return sum;
}
/* Sum of value x weight x volume. */
static inline double box_project(const struct box *b, int q, box_field f, const void *user) {
    double sum = 0;
    for (size_t at = 0; at < b->grid.cells; at++) {
        double x[3];
        box_center(b, at, x);
        sum += box_volume(b, at) * b->system.u[q][at] * f(x, user);
    }
    return sum;
}
static inline double box_most(const struct box *b, int q) {
    double most = -INFINITY;
    for (size_t at = 0; at < b->grid.cells; at++) most = fmax(most, b->system.u[q][at]);
    return most;
}

static inline void box_save(const struct box *b) {
    for (int q = 0; q < b->system.species; q++)
        memcpy(b->saved + (size_t)q * b->grid.cells, b->system.u[q],
               b->grid.cells * sizeof(double));
}
static inline void box_restore(const struct box *b) {
    for (int q = 0; q < b->system.species; q++)
        memcpy(b->system.u[q], b->saved + (size_t)q * b->grid.cells,
               b->grid.cells * sizeof(double));
}

static inline void box_note(struct box *b, const struct cx_attempt *a) {
    for (size_t at = 0; at < b->grid.cells; at++)
        if (b->system.u[0][at] < b->lowest) b->lowest = b->system.u[0][at];
    b->cut += a->clipped[0];
}

/* n equal steps, whatever the error. */
static inline void box_march(struct box *b, double time, int n) {
    struct cx_attempt a;
    cx_stepper_refresh(b->stepper);
    for (int i = 0; i < n; i++) {
        cx_stepper_attempt(b->stepper, time / n, &a);
        box_note(b, &a);
    }
}

/* With the controller; returns accepted steps, -1 if it did not get there. */
static inline int box_run(struct box *b, double time, double first) {
    struct cx_control c = {.h = first, .first = first, .most = 1e9};
    double t = 0;
    int steps = 0;
    cx_stepper_refresh(b->stepper);
    for (int tries = 0; t < time && tries < 1000000; tries++) {
        struct cx_attempt a;
        const double h = cx_control_step(&c, time - t);
        cx_stepper_attempt(b->stepper, h, &a);
        if (a.finite && a.error <= 1) {
            cx_control_accepted(&c, h, a.error);
            box_note(b, &a);
            t = h >= time - t ? time : t + h;
            steps++;
        } else {
            cx_stepper_reject(b->stepper);
            cx_control_rejected(&c, h, a.error);
        }
    }
    return t < time ? -1 : steps;
}

/* ---- lines for validation/accuracy.py ------------------------------------------------------------ */

/* How `found` is held against `expected`: at least, at most (each less or plus the tolerance), or within it. */
enum box_rule { BOX_AT_LEAST, BOX_AT_MOST, BOX_NEAR };
struct box_row {
    const char *problem, *geometry, *measured;
    enum box_rule rule;
    double expected, found, tolerance;
};
static inline bool box_inside(const struct box_row *r) {
    switch (r->rule) {
    case BOX_AT_LEAST: return r->found >= r->expected - r->tolerance;
    case BOX_AT_MOST: return r->found <= r->expected + r->tolerance;
    default: return fabs(r->found - r->expected) <= r->tolerance;
    }
}
static inline void box_say(struct box_row r) {
    static const char *const word[] = {"at least", "at most", "near"};
    printf("row,%s,%s,%s,%s,%.9g,%.9g,%.3g,%s\n", r.problem, r.geometry, r.measured, word[r.rule],
           r.expected, r.found, r.tolerance, box_inside(&r) ? "yes" : "no");
    fflush(stdout);
}
/* One point of a plot. */
static inline void box_point(const char *series, double x, double y) {
    printf("point,%s,%.9g,%.9g\n", series, x, y);
}
/* Order between two errors when the step shrank by `ratio`. */
static inline double box_order(double coarse, double fine, double ratio) {
    return log(coarse / fine) / log(ratio);
}

#endif
