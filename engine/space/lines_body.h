/* lines_body.h - tridiagonal solves along lines of a field, vectorised across lines, for one precision (`real`).
 * Knows numbers, not models.  (1 + r (low + high) + extra) x[i] - r low x[i-1] - r high x[i+1] = d[i]  [Thomas];
 * periodic lines by Sherman and Morrison's correction. */
#ifndef CX_SPACE_LINES_BODY_H
#define CX_SPACE_LINES_BODY_H

#include "model.h"

enum { CX_TILE = 16 }; /* lines solved side by side: one or two vector registers */

/* Factors of one line: forward y[i] = a[i] d[i] + b[i] y[i-1], back x[i] = y[i] + c[i] x[i+1]; periodic lines then
 * x[i] -= z[i] (v0 x[0] + vn x[n-1]).  z is NULL otherwise. */
struct CX_SUFFIX(cx_line) {
    int n;
    real *a, *b, *c, *z;
    real v0, vn;
};

/* lo[i], up[i] >= 0: r x coupling to the lower and upper neighbour; extra[i] >= 0: what a fixed or Robin side adds. */
struct CX_SUFFIX(cx_line_system) {
    int n;
    bool periodic;
    const double *lo, *up;
    double extra_low, extra_high;
};

static void eliminate(const struct CX_SUFFIX(cx_line_system) * s, const double corner[2],
                      struct CX_SUFFIX(cx_line) * l) {
    double above = 0;
    for (int i = 0; i < s->n; i++) {
        const bool first = i == 0, last = i == s->n - 1;
        double diagonal = 1 + s->lo[i] + s->up[i];
        if (first) diagonal += s->extra_low + corner[0];
        if (last) diagonal += s->extra_high + corner[1];
        const double lo = first ? 0 : s->lo[i], up = last ? 0 : s->up[i];
        const double inverse = 1 / (diagonal - lo * above);
        above = up * inverse;
        l->a[i] = (real)inverse;
        l->b[i] = (real)(lo * inverse);
        l->c[i] = (real)above;
    }
}

/* Correction vector of a periodic line: z solves T z = (corner, 0 ... 0, -up[n-1]). */
static void close_ring(const struct CX_SUFFIX(cx_line_system) * s, double corner,
                       struct CX_SUFFIX(cx_line) * l) {
    const int n = s->n;
    for (int i = 0; i < n; i++) {
        const double d = i == 0 ? -corner : (i == n - 1 ? -s->up[n - 1] : 0);
        l->z[i] = (real)(l->a[i] * (real)d + (i ? l->b[i] * l->z[i - 1] : 0));
    }
    for (int i = n - 2; i >= 0; i--) l->z[i] += l->c[i] * l->z[i + 1];
    const double ratio = s->lo[0] / corner;
    const double scale = 1 / (1 + (double)l->z[0] + ratio * (double)l->z[n - 1]);
    l->v0 = (real)scale;
    l->vn = (real)(ratio * scale);
}

/* Factors a line; l->a, b, c, z have room for n values. */
static void factor_line(const struct CX_SUFFIX(cx_line_system) * s, struct CX_SUFFIX(cx_line) * l) {
    l->n = s->n;
    l->v0 = l->vn = 0;
    const double open[2] = {0, 0};
    if (!s->periodic || s->n < 3) {
        eliminate(s, open, l);
        return;
    }
    /* T = A - u v^T with u = (-g, 0.., -up[n-1]), v = (1, 0.., lo[0]/g), g = the first diagonal */
    const double g = 1 + s->lo[0] + s->up[0];
    const double corner[2] = {g, s->lo[0] * s->up[s->n - 1] / g};
    eliminate(s, corner, l);
    close_ring(s, g, l);
}

/* Solves `lanes` <= CX_TILE rows of n values, `stride` apart, in place; buffer: [n][CX_TILE]. */
CX_CLONES static void sweep_rows(const struct CX_SUFFIX(cx_line) * l, real *restrict rows,
                                 size_t stride, int lanes, real *restrict buffer) {
    const int n = l->n;
    for (int q = 0; q < CX_TILE; q++) {
        const real *from = rows + (size_t)(q < lanes ? q : 0) * stride;
        for (int i = 0; i < n; i++) buffer[i * CX_TILE + q] = from[i];
    }
    real x[CX_TILE] = {0};
    for (int i = 0; i < n; i++) {
        real *row = buffer + (size_t)i * CX_TILE;
        const real a = l->a[i], b = l->b[i];
#pragma omp simd
        for (int q = 0; q < CX_TILE; q++) row[q] = x[q] = a * row[q] + b * x[q];
    }
    for (int i = n - 2; i >= 0; i--) {
        real *row = buffer + (size_t)i * CX_TILE;
        const real c = l->c[i];
#pragma omp simd
        for (int q = 0; q < CX_TILE; q++) row[q] = x[q] = row[q] + c * x[q];
    }
    if (l->z) {
        const real *end = buffer + (size_t)(n - 1) * CX_TILE;
        for (int q = 0; q < CX_TILE; q++) x[q] = l->v0 * buffer[q] + l->vn * end[q];
        for (int i = 0; i < n; i++)
#pragma omp simd
            for (int q = 0; q < CX_TILE; q++) buffer[i * CX_TILE + q] -= l->z[i] * x[q];
    }
    for (int q = 0; q < lanes; q++)
        for (int i = 0; i < n; i++) rows[(size_t)q * stride + (size_t)i] = buffer[i * CX_TILE + q];
}

/* Closes up to CX_TILE periodic columns. */
CX_CLONES static void correct_columns(const struct CX_SUFFIX(cx_line) * l, real *restrict f,
                                      size_t stride, int width) {
    real x[CX_TILE];
    const real *end = f + (size_t)(l->n - 1) * stride;
    for (int q = 0; q < width; q++) x[q] = l->v0 * f[q] + l->vn * end[q];
    for (int i = 0; i < l->n; i++)
        for (int q = 0; q < width; q++) f[(size_t)i * stride + (size_t)q] -= l->z[i] * x[q];
}

/* Solves `width` neighbouring lines whose cells are `stride` apart (along y or z), in place. */
CX_CLONES static void sweep_columns(const struct CX_SUFFIX(cx_line) * l, real *restrict f,
                                    size_t stride, int width) {
    const int n = l->n;
    for (int q = 0; q < width; q++) f[q] *= l->a[0];
    for (int i = 1; i < n; i++) {
        real *restrict row = f + (size_t)i * stride;
        const real *restrict before = row - stride;
        const real a = l->a[i], b = l->b[i];
#pragma omp simd
        for (int q = 0; q < width; q++) row[q] = a * row[q] + b * before[q];
    }
    for (int i = n - 2; i >= 0; i--) {
        real *restrict row = f + (size_t)i * stride;
        const real *restrict after = row + stride;
        const real c = l->c[i];
#pragma omp simd
        for (int q = 0; q < width; q++) row[q] += c * after[q];
    }
    for (int q = 0; l->z && q < width; q += CX_TILE)
        correct_columns(l, f + q, stride, width - q < CX_TILE ? width - q : CX_TILE);
}

#endif
