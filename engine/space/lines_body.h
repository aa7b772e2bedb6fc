/* lines_body.h - tridiagonal solves along many lines at once, vectorised across the lines, for one precision (`real`).
 * Knows numbers, not models.
 *
 * Every line solves (d[i] + lo[i] + up[i]) x[i] - lo[i] x[i-1] - up[i] x[i+1] = r[i] with d = 1 + gh loss, the loss of
 * each cell, by Thomas' elimination; periodic lines by Sherman and Morrison's correction. */
#ifndef CX_SPACE_LINES_BODY_H
#define CX_SPACE_LINES_BODY_H

#include "model.h"

#include <stddef.h>
#include <string.h>

enum { CX_TILE = 32 }; /* lines solved side by side: enough to hide the latency of the divisions */

/* `width` <= CX_TILE lines of n cells; cell i of line l is at i stride + l of x and at i apart + l of loss.  Couplings:
 * with `own` lo[i CX_TILE + l], else lo[i] rate[l]; lo[0] and up[n-1] are not 0 where the line is periodic. */
struct CX_SUFFIX(cx_lines) {
    int n, width;
    bool own, periodic;
    bool
        scaled; /* the right-hand side is d x instead of x: not the first line in a product of factors */
    size_t stride, apart;
    real gh;
    const real *lo, *up, *loss;
    real *x; /* in: right-hand side; out: solution */
    real *c; /* [n][CX_TILE], room */
    real *z; /* [n][CX_TILE], room; periodic lines only */
    real rate[CX_TILE], first[CX_TILE],
        last[CX_TILE]; /* first, last: what a side adds to the end cells */
};
#define LINES struct CX_SUFFIX(cx_lines)

/* `own` is a constant where this is called, so that shared couplings are broadcast. */
CX_POINT void eliminate(const LINES *s, const bool own) {
    static const real none[CX_TILE] = {0};
    const size_t step = own ? CX_TILE : 1;
    const real gh = s->gh, scale = s->scaled ? gh : 0;
    for (int i = 0; i < s->n; i++) {
        const real *restrict lo = s->lo + (size_t)i * step, *restrict up = s->up + (size_t)i * step,
                             *restrict loss = s->loss + (size_t)i * s->apart,
                             *restrict rate = s->rate;
        real *restrict x = s->x + (size_t)i * s->stride, *restrict c = s->c + (size_t)i * CX_TILE;
        const real *restrict x0 = i ? x - s->stride : none, *restrict c0 = i ? c - CX_TILE : none;
        const real *restrict side = i == 0 ? s->first : (i == s->n - 1 ? s->last : none);
#pragma omp simd
        for (int l = 0; l < s->width; l++) {
            const real a = own ? lo[l] : lo[0] * rate[l], b = own ? up[l] : up[0] * rate[l];
            const real g = gh * loss[l];
            const real inverse = 1 / ((1 + (a + b) + g + side[l]) - a * c0[l]);
            x[l] = (x[l] + scale * loss[l] * x[l] + a * x0[l]) * inverse;
            c[l] = b * inverse;
        }
    }
    for (int i = s->n - 2; i >= 0; i--) {
        real *restrict x = s->x + (size_t)i * s->stride;
        const real *restrict next = x + s->stride, *restrict c = s->c + (size_t)i * CX_TILE;
#pragma omp simd
        for (int l = 0; l < s->width; l++) x[l] += c[l] * next[l];
    }
}
CX_CLONES static void eliminate_shared(const LINES *s) { eliminate(s, false); }
CX_CLONES static void eliminate_own(const LINES *s) { eliminate(s, true); }

static real lower(const LINES *s, int i, int l) {
    return s->own ? s->lo[i * CX_TILE + l] : s->lo[i] * s->rate[l];
}
static real upper(const LINES *s, int i, int l) {
    return s->own ? s->up[i * CX_TILE + l] : s->up[i] * s->rate[l];
}

/* T = A - u v^T with u = (-g, 0.., -up[n-1]), v = (1, 0.., lo[0]/g), g = the first diagonal: T x = r, T z = u, then
 * x -= z (v x)/(1 + v z). */
static void solve_rings(const LINES *s) {
    LINES t = *s;
    real ratio[CX_TILE];
    const int n = s->n, end = n - 1;
    memset(s->z, 0, (size_t)n * CX_TILE * sizeof *s->z);
    for (int l = 0; l < s->width; l++) {
        const real g = 1 + (lower(s, 0, l) + upper(s, 0, l)) + s->gh * s->loss[l];
        ratio[l] = lower(s, 0, l) / g;
        t.first[l] += g;
        t.last[l] += ratio[l] * upper(s, end, l);
        s->z[l] = -g;
        s->z[end * CX_TILE + l] = -upper(s, end, l);
    }
    (s->own ? eliminate_own : eliminate_shared)(&t);
    t.x = s->z;
    t.stride = CX_TILE;
    t.scaled = false;
    (s->own ? eliminate_own : eliminate_shared)(&t);
    for (int l = 0; l < s->width; l++) {
        const real *z = s->z + l, *x = s->x + l;
        const real share = (x[0] + ratio[l] * x[(size_t)end * s->stride]) /
                           (1 + z[0] + ratio[l] * z[(size_t)end * CX_TILE]);
        for (int i = 0; i < n; i++)
            s->x[(size_t)i * s->stride + (size_t)l] -= share * z[(size_t)i * CX_TILE];
    }
}

static void solve_lines(const LINES *s) {
    if (s->periodic && s->n > 2)
        solve_rings(s);
    else if (s->own)
        eliminate_own(s);
    else
        eliminate_shared(s);
}

/* ---- rows to tiles and back -------------------------------------------------------------------- */

enum { CX_TURN = 8 }; /* rows and columns that are turned in registers */
/* Eight numbers side by side; the compiler maps them onto whatever registers there are, with the same bits. */
typedef real cx_eight __attribute__((vector_size(8 * sizeof(real))));

/* Turns 8 x 8 values: from[r][c] to to[c][r]; rows `step` and `tile` apart. */
CX_POINT void turn(const real *from, size_t step, real *to, size_t tile) {
    cx_eight r[8], a[8], b[8];
    for (int i = 0; i < 8; i++) memcpy(&r[i], from + (size_t)i * step, sizeof r[i]);
    for (int i = 0; i < 8; i += 2) {
        a[i] = __builtin_shufflevector(r[i], r[i + 1], 0, 8, 1, 9, 4, 12, 5, 13);
        a[i + 1] = __builtin_shufflevector(r[i], r[i + 1], 2, 10, 3, 11, 6, 14, 7, 15);
    }
    for (int i = 0; i < 8; i += 4)
        for (int j = 0; j < 2; j++) {
            b[i + 2 * j] =
                __builtin_shufflevector(a[i + j], a[i + j + 2], 0, 1, 8, 9, 4, 5, 12, 13);
            b[i + 2 * j + 1] =
                __builtin_shufflevector(a[i + j], a[i + j + 2], 2, 3, 10, 11, 6, 7, 14, 15);
        }
    for (int i = 0; i < 4; i++) {
        const cx_eight low = __builtin_shufflevector(b[i], b[i + 4], 0, 1, 2, 3, 8, 9, 10, 11);
        const cx_eight high = __builtin_shufflevector(b[i], b[i + 4], 4, 5, 6, 7, 12, 13, 14, 15);
        memcpy(to + (size_t)i * tile, &low, sizeof low);
        memcpy(to + (size_t)(i + 4) * tile, &high, sizeof high);
    }
}

/* tile[i][l] = rows[l][i] for the `lanes` rows, `stride` apart; lanes up to the next multiple of 8 become 0. */
CX_CLONES static void load_tile(const real *restrict rows, size_t stride, int n, int lanes,
                                real *restrict tile) {
    const int whole = n / CX_TURN * CX_TURN;
    int l = 0;
    for (; l + CX_TURN <= lanes; l += CX_TURN) {
        const real *from = rows + (size_t)l * stride;
        for (int i = 0; i < whole; i += CX_TURN)
            turn(from + i, stride, tile + (size_t)i * CX_TILE + l, CX_TILE);
        for (int i = whole; i < n; i++)
            for (int m = 0; m < CX_TURN; m++)
                tile[i * CX_TILE + l + m] = from[(size_t)m * stride + (size_t)i];
    }
    for (; l < lanes; l++)
        for (int i = 0; i < n; i++) tile[i * CX_TILE + l] = rows[(size_t)l * stride + (size_t)i];
    for (; l % CX_TURN; l++)
        for (int i = 0; i < n; i++) tile[i * CX_TILE + l] = 0;
}
CX_CLONES static void store_tile(const real *restrict tile, size_t stride, int n, int lanes,
                                 real *restrict rows) {
    const int whole = n / CX_TURN * CX_TURN;
    int l = 0;
    for (; l + CX_TURN <= lanes; l += CX_TURN) {
        real *to = rows + (size_t)l * stride;
        for (int i = 0; i < whole; i += CX_TURN)
            turn(tile + (size_t)i * CX_TILE + l, CX_TILE, to + i, stride);
        for (int i = whole; i < n; i++)
            for (int m = 0; m < CX_TURN; m++)
                to[(size_t)m * stride + (size_t)i] = tile[i * CX_TILE + l + m];
    }
    for (; l < lanes; l++)
        for (int i = 0; i < n; i++) rows[(size_t)l * stride + (size_t)i] = tile[i * CX_TILE + l];
}

#endif
