/* problem.h - boxes of every geometry with a sharp or a smooth start, for the tests of what must not change a result. */
#ifndef CX_TESTS_INVARIANCE_PROBLEM_H
#define CX_TESTS_INVARIANCE_PROBLEM_H

#include "solve/bench.h"

extern const struct cx_model cx_model_hill;

struct geometry {
    const char *name;
    int shape[3];
    double size[3], grading;
    bool radial, periodic;
};
static const struct geometry geometries[] = {
    {"point", {1, 1, 1}, {1, 1, 1}, 1, false, false},
    {"column", {1, 1, 50}, {1, 1, 500}, 1, false, false},
    {"graded column", {1, 1, 40}, {1, 1, 900}, 1.12, false, false},
    {"slice", {30, 1, 24}, {300, 1, 400}, 1, false, false},
    {"periodic slice", {32, 1, 20}, {320, 1, 300}, 1, false, true},
    {"disc", {30, 1, 20}, {400, 1, 500}, 1, true, false},
    {"graded disc", {25, 1, 20}, {700, 1, 500}, 1.09, true, false},
    {"block", {12, 10, 9}, {240, 200, 180}, 1, false, false},
    {"periodic block", {11, 13, 8}, {240, 200, 180}, 1, false, true}};
enum { GEOMETRIES = sizeof geometries / sizeof *geometries };

static inline struct bench_spec problem_spec(const struct cx_model *model,
                                             const struct geometry *g) {
    struct bench_spec s = {
        .model = model, .grading = g->grading, .periodic = g->periodic, .radial = g->radial};
    memcpy(s.shape, g->shape, sizeof s.shape);
    memcpy(s.size, g->size, sizeof s.size);
    return s;
}

/* Blocks of cells are full or empty, by species: nothing is sharper. */
static inline void start_sharp(struct bench *b) {
    const int *n = b->grid.shape;
    for (int q = 0; q < b->system.species; q++)
        for (size_t c = 0; c < b->grid.cells; c++) {
            const int i = (int)(c % (size_t)n[0]), k = (int)(c / (size_t)(n[0] * n[1]));
            const int j = (int)(c / (size_t)n[0]) % n[1];
            b->system.u[q][c] = (i / 4 + j / 3 + k / 5 + q) % 2 ? 0 : 1 + q;
        }
}

/* Between 0.2 and 1.8 everywhere, different along every axis, times `scale`. */
static inline void start_smooth(struct bench *b, double scale) {
    const struct cx_axis *a = b->grid.axis;
    for (int q = 0; q < b->system.species; q++)
        for (int k = 0; k < a[2].n; k++)
            for (int j = 0; j < a[1].n; j++)
                for (int i = 0; i < a[0].n; i++) {
                    const double x = (i + 0.5) / a[0].n, y = (j + 0.5) / a[1].n,
                                 z = (k + 0.5) / a[2].n;
                    b->system.u[q][cx_grid_at(&b->grid, i, j, k)] =
                        scale * (1 + 0.4 * sin(5 * x + q) + 0.3 * sin(4 * y + z) * cos(3 * z - q));
                }
}

static inline double least_value(const struct bench *b) {
    double least = INFINITY;
    for (int q = 0; q < b->system.species; q++)
        for (size_t c = 0; c < b->grid.cells; c++) least = fmin(least, b->system.u[q][c]);
    return least;
}

static inline bool all_finite(const struct bench *b) {
    for (int q = 0; q < b->system.species; q++)
        for (size_t c = 0; c < b->grid.cells; c++)
            if (!isfinite(b->system.u[q][c])) return false;
    return true;
}

#endif
