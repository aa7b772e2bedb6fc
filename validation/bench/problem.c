/* problem.c - see problem.h. */
#include "problem.h"

#include "model.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double cell_um = 20, pi = 3.14159265358979323846;

/* Distance, in um, of cell i of n from the share `at` of the edge. */
static double away(int i, int n, double at) { return (i + 0.5 - at * n) * cell_um; }

static double bell(double r2, double width) { return exp(-r2 / (2 * width * width)); }

static double depot_at(const int shape[3], int i, int j, int k) {
    double sum = 0;
    for (int corner = 0; corner < 4; corner++) {
        const double x = away(i, shape[0], corner & 1 ? 0.75 : 0.25),
                     y = shape[1] > 1 ? away(j, shape[1], corner & 2 ? 0.75 : 0.25) : 0;
        sum += bell(x * x + y * y, 40);
    }
    const double depth = shape[2] > 1 ? 0.5 * (1 + tanh(away(k, shape[2], 0.5) / 40)) : 1;
    return 20 * sum * depth;
}

static double p2_value(const int shape[3], int q, int i, int j, int k) {
    if (q == 3) return depot_at(shape, i, j, k);
    if (q != 1) return 0;
    const double wave = cos(2 * pi * (i + 0.5) / shape[0]) * cos(3 * pi * (j + 0.5) / shape[1]) *
                        (shape[2] > 1 ? cos(pi * (k + 0.5) / shape[2]) : 1);
    return 0.2 + 0.1 * wave;
}

/* A blob of 80 um that sits elsewhere for every species, on a level of 0.1. */
static double blob_value(const int shape[3], int q, int i, int j, int k) {
    const double x = away(i, shape[0], 0.3 + 0.03 * (q % 12)),
                 y = shape[1] > 1 ? away(j, shape[1], 0.5) : 0,
                 z = shape[2] > 1 ? away(k, shape[2], 0.6 - 0.02 * (q % 12)) : 0;
    return 0.1 + bell(x * x + y * y + z * z, 80);
}

void problem_start(const char *model, const int shape[3], int species, double *const *u) {
    const bool p2 = strcmp(model, "p2") == 0;
    for (int q = 0; q < species; q++)
        for (int k = 0; k < shape[2]; k++)
            for (int j = 0; j < shape[1]; j++)
                for (int i = 0; i < shape[0]; i++) {
                    const size_t at =
                        (size_t)i + (size_t)shape[0] * ((size_t)j + (size_t)shape[1] * (size_t)k);
                    u[q][at] = p2 ? p2_value(shape, q, i, j, k) : blob_value(shape, q, i, j, k);
                }
}

bool problem_make(const char *name, int n, struct problem *p) {
    *p = (struct problem){.name = name, .n = n, .cells = (size_t)n * (size_t)n * (size_t)n};
    if (strcmp(name, "p2") == 0) {
        const double out[] = {1, 6, 24, 72, 168};
        memcpy(p->out, out, sizeof out);
        p->fields = 3;
        p->D[0] = 3.6e5 / (cell_um * cell_um);
        p->D[1] = 360 / (cell_um * cell_um);
        p->k[0] = 1;
        const int shape[3] = {n, n, n};
        p->depot = malloc(p->cells * sizeof *p->depot);
        for (size_t i = 0; p->depot && i < p->cells; i++) {
            const size_t edge = (size_t)n;
            p->depot[i] =
                depot_at(shape, (int)(i % edge), (int)(i / edge % edge), (int)(i / edge / edge));
        }
        return p->depot != NULL;
    }
    p->fields = 12;
    for (int o = 0; o < PROBLEM_OUTPUTS; o++) p->out[o] = 0.05 * (o + 1);
    for (int q = 0; q < p->fields; q++) {
        p->D[q] = 3.6e5 / (q + 1) / (cell_um * cell_um);
        p->k[q] = 0.1 * (q + 1);
    }
    return strcmp(name, "substrates_12") == 0;
}

void problem_free(struct problem *p) { free(p->depot); }

/* A row of cells and its neighbours to the south, north, below and above; behind a wall lies the row itself. */
struct row {
    int n;
    const double *c, *s, *t, *b, *a;
};

CX_CLONES static void linear_row(const struct row *r, double D, double k, double *restrict f) {
    const double *restrict c = r->c, *restrict s = r->s, *restrict t = r->t, *restrict b = r->b,
                           *restrict a = r->a;
    const int n = r->n;
#pragma omp simd
    for (int i = 1; i < n - 1; i++)
        f[i] = D * (c[i - 1] + c[i + 1] + s[i] + t[i] + b[i] + a[i] - 6 * c[i]) - k * c[i];
    for (int e = 0; e < 2; e++) {
        const int i = e ? n - 1 : 0, in = e ? n - 2 : 1;
        f[i] = D * (c[i] + c[in] + s[i] + t[i] + b[i] + a[i] - 6 * c[i]) - k * c[i];
    }
}

void problem_linear(const struct problem *p, const double *u, double *f) {
    const size_t n = (size_t)p->n, plane = n * n;
    for (int q = 0; q < p->fields; q++) {
        const double *field = u + (size_t)q * p->cells;
        for (size_t row = 0; row < plane && p->D[q] > 0; row++) {
            const size_t j = row % n, k = row / n;
            const double *c = field + n * row;
            const struct row r = {p->n,
                                  c,
                                  j ? c - n : c,
                                  j < n - 1 ? c + n : c,
                                  k ? c - plane : c,
                                  k < n - 1 ? c + plane : c};
            linear_row(&r, p->D[q], p->k[q], f + (size_t)q * p->cells + n * row);
        }
        if (p->D[q] == 0) memset(f + (size_t)q * p->cells, 0, p->cells * sizeof *f);
    }
}

CX_CLONES static void react(size_t cells, const double *restrict u, const double *restrict depot,
                            double left, double *restrict f) {
    const double *restrict c = u, *restrict n = u + cells, *restrict q = u + 2 * cells;
    double *restrict fc = f, *restrict fn = f + cells, *restrict fq = f + 2 * cells;
#pragma omp simd
    for (size_t i = 0; i < cells; i++) {
        const double stimulus = c[i] / (1 + c[i]);
        fc[i] += depot[i] * left + p2_make * n[i];
        fn[i] += p2_division * (1 + p2_boost * stimulus) * n[i] * (1 - n[i]);
        fq[i] += p2_deposit * n[i] * stimulus * (1 - q[i]) - p2_breakdown * q[i];
    }
}

void problem_reaction(const struct problem *p, double t, const double *u, double *f) {
    if (p->depot) react(p->cells, u, p->depot, exp(-t / p2_leak), f);
}

void problem_rhs(const struct problem *p, double t, const double *u, double *f) {
    problem_linear(p, u, f);
    problem_reaction(p, t, u, f);
}

void problem_slopes(const double u[3], double slope[3][3]) {
    const double c = u[0], n = u[1], q = u[2], stimulus = c / (1 + c),
                 rise = 1 / ((1 + c) * (1 + c));
    const double made[3][3] = {{0, p2_make, 0},
                               {p2_division * p2_boost * rise * n * (1 - n),
                                p2_division * (1 + p2_boost * stimulus) * (1 - 2 * n), 0},
                               {p2_deposit * n * rise * (1 - q), p2_deposit * stimulus * (1 - q),
                                -p2_deposit * n * stimulus - p2_breakdown}};
    memcpy(slope, made, sizeof made);
}
