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
static inline int cx_even_width(int lines, int parts) {
    const int each = (lines + parts - 1) / parts;
    return (each + 7) / 8 * 8;
}
static inline int cx_tile_width(int lines) { return cx_even_width(lines, cx_tiles(lines)); }
/* The same for lines across planes: as broad as they can be, because memory far away is fetched best in long pieces. */
static inline int cx_band_width(int lines) {
    return cx_even_width(lines, (lines + CX_TILE - 1) / CX_TILE);
}

/* Lines whose cells differ in everything; in nothing but the rates of whole lines, and in the losses of cells; in these
 * losses only; in nothing. */
enum cx_lines_kind { CX_LINES_OWN, CX_LINES_RATED, CX_LINES_ALIKE, CX_LINES_EVEN };

/* What elimination makes of lines that are all alike: [n] numbers instead of n per line. */
struct CX_SUFFIX(cx_factors) {
    bool known;
    real rate, first, last; /* of the lines they belong to */
    real d;
    real *a, *inverse, *c; /* [n], room */
};

/* `width` <= CX_TILE lines of n cells; cell i of line l is at i stride + l of r and x and at i apart + l of loss.
 * Couplings: lo[i CX_TILE + l] rate[l] for OWN, else lo[i] rate[l]; lo[0] and up[n-1] are not 0 where the line is
 * periodic.  EVEN: loss[0] is that of all cells. */
struct CX_SUFFIX(cx_lines) {
    int n, width;
    enum cx_lines_kind kind;
    bool periodic;
    bool
        scaled; /* the right-hand side is d r instead of r: not the first line in a product of factors */
    bool far; /* cells of a line lie pages apart, and are fetched ahead */
    size_t stride, apart;
    real gh;
    const real *lo, *up, *loss;
    const real *r;                          /* right-hand side */
    real *x;                                /* solution, may be r */
    real *y;                                /* [n][CX_TILE], room; may be r and x */
    real *c;                                /* [n][CX_TILE], room */
    real *z;                                /* [n][CX_TILE], room; periodic lines only */
    struct CX_SUFFIX(cx_factors) * factors; /* room for those of the lines, or what they were */
    real rate[CX_TILE], first[CX_TILE],
        last[CX_TILE]; /* first, last: what a side adds to the end cells */
};
#define LINES struct CX_SUFFIX(cx_lines)

/* A cell of `width` lines is asked for, CX_AHEAD cells before it is needed. */
enum { CX_AHEAD = 10, CX_CACHE_LINE = 64 /* bytes */ };
CX_POINT void fetch(const real *at, int width) {
    for (int l = 0; l < width; l += (int)(CX_CACHE_LINE / sizeof(real)))
        __builtin_prefetch(at + l, 1, 2);
}

/* Cell i of all lines, forwards.  side [width]: what a side adds to the diagonal, or NULL. */
CX_POINT void eliminate_cell(const LINES *s, int i, const real *side, const enum cx_lines_kind kind,
                             const bool scaled) {
    static const real none[CX_TILE] = {0};
    const size_t at = kind == CX_LINES_OWN ? (size_t)i * CX_TILE : (size_t)i;
    const real *restrict lo = s->lo + at, *restrict up = s->up + at,
                         *restrict loss = s->loss + (size_t)i * s->apart, *restrict rate = s->rate;
    const real *r = s->r + (size_t)i * s->stride;
    real *y = s->y + (size_t)i * CX_TILE, *restrict c = s->c + (size_t)i * CX_TILE;
    const real *restrict y0 = i ? y - CX_TILE : none, *restrict c0 = i ? c - CX_TILE : none;
    const real gh = s->gh, low = lo[0] * rate[0], high = up[0] * rate[0];
#pragma omp simd
    for (int l = 0; l < s->width; l++) {
        const real a = kind == CX_LINES_ALIKE ? low : lo[kind == CX_LINES_OWN ? l : 0] * rate[l];
        const real b = kind == CX_LINES_ALIKE ? high : up[kind == CX_LINES_OWN ? l : 0] * rate[l];
        const real d = 1 + gh * loss[l], whole = d + (a + b);
        const real inverse = 1 / ((side ? whole + side[l] : whole) - a * c0[l]);
        y[l] = ((scaled ? d * r[l] : r[l]) + a * y0[l]) * inverse;
        c[l] = b * inverse;
    }
}

/* The last cells of all lines are solved; the others follow from them. */
CX_POINT void last_cell(const LINES *s) {
    const real *y = s->y + (size_t)(s->n - 1) * CX_TILE;
    real *x = s->x + (size_t)(s->n - 1) * s->stride;
    for (int l = 0; l < s->width; l++) x[l] = y[l];
}

CX_POINT void eliminate(const LINES *s, const enum cx_lines_kind kind, const bool scaled) {
    eliminate_cell(s, 0, s->first, kind, scaled);
    for (int i = 1; i < s->n - 1; i++) {
        if (s->far && i + CX_AHEAD < s->n) {
            fetch(s->r + (size_t)(i + CX_AHEAD) * s->stride, s->width);
            fetch(s->loss + (size_t)(i + CX_AHEAD) * s->apart, s->width);
        }
        eliminate_cell(s, i, NULL, kind, scaled);
    }
    if (s->n > 1) eliminate_cell(s, s->n - 1, s->last, kind, scaled);
    last_cell(s);
    for (int i = s->n - 2; i >= 0; i--) {
        real *x = s->x + (size_t)i * s->stride;
        const real *next = x + s->stride,
                   *y = s->y + (size_t)i * CX_TILE, *restrict c = s->c + (size_t)i * CX_TILE;
        if (s->far && i >= CX_AHEAD) fetch(x - CX_AHEAD * s->stride, s->width);
#pragma omp simd
        for (int l = 0; l < s->width; l++) x[l] = y[l] + c[l] * next[l];
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

/* The numbers of one line by the operations of eliminate_cell(), in their order. */
static void factorise(const LINES *s, struct CX_SUFFIX(cx_factors) * f) {
    *f = (struct CX_SUFFIX(cx_factors)){
        true, s->rate[0], s->first[0], s->last[0], 1 + s->gh * s->loss[0], f->a, f->inverse, f->c};
    for (int i = 0; i < s->n; i++) {
        const real b = s->up[i] * f->rate, whole = f->d + ((f->a[i] = s->lo[i] * f->rate) + b);
        const real side = i == 0 ? f->first : f->last;
        const bool end = i == 0 || i == s->n - 1;
        f->inverse[i] = 1 / ((end ? whole + side : whole) - f->a[i] * (i ? f->c[i - 1] : 0));
        f->c[i] = b * f->inverse[i];
    }
}

CX_POINT void eliminate_by(const LINES *s, const struct CX_SUFFIX(cx_factors) * f,
                           const bool scaled) {
    static const real none[CX_TILE] = {0};
    const real d = f->d;
    for (int i = 0; i < s->n; i++) {
        const real a = f->a[i], inverse = f->inverse[i];
        const real *r = s->r + (size_t)i * s->stride;
        real *y = s->y + (size_t)i * CX_TILE;
        const real *restrict y0 = i ? y - CX_TILE : none;
        if (s->far && i + CX_AHEAD < s->n) fetch(r + CX_AHEAD * s->stride, s->width);
#pragma omp simd
        for (int l = 0; l < s->width; l++)
            y[l] = ((scaled ? d * r[l] : r[l]) + a * y0[l]) * inverse;
    }
    last_cell(s);
    for (int i = s->n - 2; i >= 0; i--) {
        real *x = s->x + (size_t)i * s->stride;
        const real *next = x + s->stride, *y = s->y + (size_t)i * CX_TILE;
        const real c = f->c[i];
        if (s->far && i >= CX_AHEAD) fetch(x - CX_AHEAD * s->stride, s->width);
#pragma omp simd
        for (int l = 0; l < s->width; l++) x[l] = y[l] + c * next[l];
    }
}
CX_CLONES static void eliminate_even(const LINES *s, const struct CX_SUFFIX(cx_factors) * f) {
    if (s->scaled)
        eliminate_by(s, f, true);
    else
        eliminate_by(s, f, false);
}

static bool all_alike(const LINES *s) {
    bool alike = true;
    for (int l = 1; l < s->width; l++)
        alike &= s->rate[l] == s->rate[0] && s->first[l] == s->first[0] && s->last[l] == s->last[0];
    return alike;
}

/* The factors of even lines, made anew where they were those of others. */
static const struct CX_SUFFIX(cx_factors) * find_factors(const LINES *s) {
    struct CX_SUFFIX(cx_factors) *f = s->factors;
    if (!f->known || f->rate != s->rate[0] || f->first != s->first[0] || f->last != s->last[0])
        factorise(s, f);
    return f;
}

static void eliminate_lines(const LINES *s) {
    switch (s->kind) {
    case CX_LINES_OWN: eliminate_own(s); break;
    case CX_LINES_RATED: eliminate_rated(s); break;
    case CX_LINES_ALIKE: eliminate_alike(s); break;
    case CX_LINES_EVEN: eliminate_even(s, find_factors(s)); break;
    }
}

static real lower(const LINES *s, int i, int l) {
    return s->lo[s->kind == CX_LINES_OWN ? (size_t)i * CX_TILE + (size_t)l : (size_t)i] *
           s->rate[l];
}
static real upper(const LINES *s, int i, int l) {
    return s->up[s->kind == CX_LINES_OWN ? (size_t)i * CX_TILE + (size_t)l : (size_t)i] *
           s->rate[l];
}

/* T = A - u v^T with u = (-g, 0.., -up[n-1]), v = (1, 0.., lo[0]/g), g = the first diagonal: T x = r, T z = u, then
 * x -= z (v x)/(1 + v z). */
static void solve_rings(const LINES *s) {
    LINES t = *s;
    real ratio[CX_TILE];
    const int n = s->n, end = n - 1;
    memset(s->z, 0, (size_t)n * CX_TILE * sizeof *s->z);
    for (int l = 0; l < s->width; l++) {
        const real g = 1 + (lower(s, 0, l) + upper(s, 0, l)) +
                       s->gh * s->loss[s->kind == CX_LINES_EVEN ? 0 : l];
        ratio[l] = lower(s, 0, l) / g;
        t.first[l] += g;
        t.last[l] += ratio[l] * upper(s, end, l);
        s->z[l] = -g;
        s->z[(size_t)end * CX_TILE + (size_t)l] = -upper(s, end, l);
    }
    eliminate_lines(&t);
    t.r = t.x = t.y = s->z;
    t.stride = CX_TILE;
    t.far = false;
    t.scaled = false;
    eliminate_lines(&t);
    real share[CX_TILE];
    for (int l = 0; l < s->width; l++) {
        const real *z = s->z + l, *x = s->x + l;
        share[l] = (x[0] + ratio[l] * x[(size_t)end * s->stride]) /
                   (1 + z[0] + ratio[l] * z[(size_t)end * CX_TILE]);
    }
    for (int i = 0; i < n; i++) {
        real *restrict x = s->x + (size_t)i * s->stride;
        const real *restrict z = s->z + (size_t)i * CX_TILE;
        for (int l = 0; l < s->width; l++) x[l] -= share[l] * z[l];
    }
}

static void solve_lines(const LINES *s) {
    if (s->periodic && s->n > 2)
        solve_rings(s);
    else
        eliminate_lines(s);
}

#endif
