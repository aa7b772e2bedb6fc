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

/* Lines solved side by side: usually 32, enough to hide the latency of the divisions; 48 before there is a second tile,
 * since a nearly empty one takes as long as a full one. */
enum { CX_TILE = 48, CX_LINES = 32 };

/* `lines` side by side fall into this many tiles of nearly equal width, a multiple of 8. */
static inline int cx_tiles(int lines) {
    return lines < CX_TILE ? 1 : (lines + CX_TILE - CX_LINES - 1) / CX_LINES;
}
static inline int cx_tile_width(int lines) {
    const int each = (lines + cx_tiles(lines) - 1) / cx_tiles(lines);
    return (each + 7) / 8 * 8;
}

/* `width` <= CX_TILE lines of n cells; cell i of line l is at i stride + l of x and at i apart + l of loss.  Couplings:
 * with `own` lo[i CX_TILE + l] rate[l], else lo[i] rate[l]; lo[0] and up[n-1] are not 0 where the line is periodic. */
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

/* What is known where the loop over the lines of one cell is compiled: constants of its caller. */
enum cx_lines_kind { CX_LINES_ALIKE, CX_LINES_RATED, CX_LINES_OWN };

/* Cell i of all lines, forwards.  side [width]: what a side adds to the diagonal, or NULL. */
CX_POINT void eliminate_cell(const LINES *s, int i, const real *side, const enum cx_lines_kind kind,
                             const bool scaled) {
    static const real none[CX_TILE] = {0};
    const size_t at = kind == CX_LINES_OWN ? (size_t)i * CX_TILE : (size_t)i;
    const real *restrict lo = s->lo + at, *restrict up = s->up + at,
                         *restrict loss = s->loss + (size_t)i * s->apart, *restrict rate = s->rate;
    real *restrict x = s->x + (size_t)i * s->stride, *restrict c = s->c + (size_t)i * CX_TILE;
    const real *restrict x0 = i ? x - s->stride : none, *restrict c0 = i ? c - CX_TILE : none;
    const real gh = s->gh, low = lo[0] * rate[0], high = up[0] * rate[0];
#pragma omp simd
    for (int l = 0; l < s->width; l++) {
        const real a = kind == CX_LINES_ALIKE ? low : lo[kind == CX_LINES_OWN ? l : 0] * rate[l];
        const real b = kind == CX_LINES_ALIKE ? high : up[kind == CX_LINES_OWN ? l : 0] * rate[l];
        const real d = 1 + gh * loss[l], whole = d + (a + b);
        const real inverse = 1 / ((side ? whole + side[l] : whole) - a * c0[l]);
        x[l] = ((scaled ? d * x[l] : x[l]) + a * x0[l]) * inverse;
        c[l] = b * inverse;
    }
}

CX_POINT void eliminate(const LINES *s, const enum cx_lines_kind kind, const bool scaled) {
    eliminate_cell(s, 0, s->first, kind, scaled);
    for (int i = 1; i < s->n - 1; i++) eliminate_cell(s, i, NULL, kind, scaled);
    if (s->n > 1) eliminate_cell(s, s->n - 1, s->last, kind, scaled);
    for (int i = s->n - 2; i >= 0; i--) {
        real *restrict x = s->x + (size_t)i * s->stride;
        const real *restrict next = x + s->stride, *restrict c = s->c + (size_t)i * CX_TILE;
#pragma omp simd
        for (int l = 0; l < s->width; l++) x[l] += c[l] * next[l];
    }
}
CX_CLONES static void eliminate_alike(const LINES *s) {
    if (s->scaled)
        eliminate(s, CX_LINES_ALIKE, true);
    else
        eliminate(s, CX_LINES_ALIKE, false);
}
CX_CLONES static void eliminate_rated(const LINES *s) {
    if (s->scaled)
        eliminate(s, CX_LINES_RATED, true);
    else
        eliminate(s, CX_LINES_RATED, false);
}
CX_CLONES static void eliminate_own(const LINES *s) {
    if (s->scaled)
        eliminate(s, CX_LINES_OWN, true);
    else
        eliminate(s, CX_LINES_OWN, false);
}

static void eliminate_lines(const LINES *s) {
    bool alike = true;
    for (int l = 1; l < s->width; l++) alike &= s->rate[l] == s->rate[0];
    if (s->own)
        eliminate_own(s);
    else if (alike)
        eliminate_alike(s);
    else
        eliminate_rated(s);
}

static real lower(const LINES *s, int i, int l) {
    return s->lo[s->own ? i * CX_TILE + l : i] * s->rate[l];
}
static real upper(const LINES *s, int i, int l) {
    return s->up[s->own ? i * CX_TILE + l : i] * s->rate[l];
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
    eliminate_lines(&t);
    t.x = s->z;
    t.stride = CX_TILE;
    t.scaled = false;
    eliminate_lines(&t);
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
    else
        eliminate_lines(s);
}

/* ---- rows to tiles and back -------------------------------------------------------------------- */

enum { CX_TURN = 8 }; /* rows and columns that are turned in registers */
/* Eight numbers side by side; the compiler maps them onto whatever registers there are, with the same bits. */
typedef real cx_eight __attribute__((vector_size(8 * sizeof(real))));

/* Turns 8 x 8 values: eight[r][c] becomes eight[c][r]. */
CX_POINT void turn(cx_eight r[8]) {
    cx_eight a[8], b[8];
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
        r[i] = low;
        r[i + 4] = high;
    }
}

/* Rows and columns in eights, the last eight overlapping the ones before. */
CX_POINT int last_eight(int at, int n) { return at + CX_TURN <= n ? at : n - CX_TURN; }
CX_CLONES static void load_eights(real *const *rows, int n, int lanes, real *restrict tile) {
    cx_eight r[CX_TURN];
    for (int l = 0; l < lanes; l += CX_TURN)
        for (int i = 0; i < n; i += CX_TURN) {
            const int lane = last_eight(l, lanes), at = last_eight(i, n);
            for (int m = 0; m < CX_TURN; m++) memcpy(&r[m], rows[lane + m] + at, sizeof r[m]);
            turn(r);
            for (int m = 0; m < CX_TURN; m++)
                memcpy(tile + (size_t)(at + m) * CX_TILE + lane, &r[m], sizeof r[m]);
        }
}
CX_CLONES static void store_eights(const real *restrict tile, int n, int lanes, real *const *rows) {
    cx_eight r[CX_TURN];
    for (int l = 0; l < lanes; l += CX_TURN)
        for (int i = 0; i < n; i += CX_TURN) {
            const int lane = last_eight(l, lanes), at = last_eight(i, n);
            for (int m = 0; m < CX_TURN; m++)
                memcpy(&r[m], tile + (size_t)(at + m) * CX_TILE + lane, sizeof r[m]);
            turn(r);
            for (int m = 0; m < CX_TURN; m++) memcpy(rows[lane + m] + at, &r[m], sizeof r[m]);
        }
}

/* Lanes behind the last of `lanes`, up to a multiple of eight, become 0. */
CX_POINT void clear_lanes(int n, int lanes, real *tile) {
    const int from = lanes / CX_TURN * CX_TURN;
    const cx_eight nothing = {0};
    for (int i = 0; from < lanes && i < n; i++)
        memcpy(tile + (size_t)i * CX_TILE + from, &nothing, sizeof nothing);
}

/* tile[i][l] = rows[l][i] for the `lanes` rows of n cells; lanes up to the next multiple of 8 become 0. */
static void load_tile(real *const *rows, int n, int lanes, real *restrict tile) {
    clear_lanes(n, lanes, tile);
    if (n >= CX_TURN && lanes >= CX_TURN) {
        load_eights(rows, n, lanes, tile);
        return;
    }
    for (int l = 0; l < lanes; l++)
        for (int i = 0; i < n; i++) tile[i * CX_TILE + l] = rows[l][i];
}
static void store_tile(const real *restrict tile, int n, int lanes, real *const *rows) {
    if (n >= CX_TURN && lanes >= CX_TURN) {
        store_eights(tile, n, lanes, rows);
        return;
    }
    for (int l = 0; l < lanes; l++)
        for (int i = 0; i < n; i++) rows[l][i] = tile[i * CX_TILE + l];
}

/* `lanes` values side by side, in eights as above. */
CX_POINT void copy_lanes(const real *restrict from, int lanes, real *restrict to) {
    if (lanes < CX_TURN) {
        for (int l = 0; l < lanes; l++) to[l] = from[l];
        return;
    }
    for (int l = 0; l < lanes; l += CX_TURN) {
        const int at = last_eight(l, lanes);
        memcpy(to + at, from + at, CX_TURN * sizeof *to);
    }
}
/* Lanes whose cells are `stride` apart, into a tile and back. */
CX_CLONES static void lanes_to_tile(const real *from, size_t stride, int n, int lanes, real *tile) {
    for (int i = 0; i < n; i++)
        copy_lanes(from + (size_t)i * stride, lanes, tile + (size_t)i * CX_TILE);
}
CX_CLONES static void tile_to_lanes(const real *tile, int n, int lanes, real *to, size_t stride) {
    for (int i = 0; i < n; i++)
        copy_lanes(tile + (size_t)i * CX_TILE, lanes, to + (size_t)i * stride);
}

#endif
