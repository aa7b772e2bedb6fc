/* transport_body.h - diffusion and taxis along one row of cells, for one precision (`real`).  Included once for float
 * and once for double.  Knows numbers and couplings, not models.
 *
 * Diffusion: div(D grad u), finite volumes: per axis low (u[i-1]-u[i]) + high (u[i+1]-u[i]), opposite neighbours added
 * first so that a mirrored problem gives the mirrored bits.  Where D varies, faces take the mean of their cells.
 * Taxis: -div(u grad phi), face values upwind with van Leer's limiter [van Leer 1974, 10.1016/0021-9991(74)90019-9]. */
#ifndef CX_SPACE_TRANSPORT_BODY_H
#define CX_SPACE_TRANSPORT_BODY_H

#include "space/pieces_body.h"

/* One row (nx cells along x) and its neighbours.  c points into a padded copy: c[-2..n+1] are readable. */
struct CX_SUFFIX(cx_row_job) {
    int n;
    const real *low, *high;          /* [n] 1/um2, couplings along x */
    real south, north, below, above; /* 1/um2, couplings along y and z */
    const real *c, *s, *t, *b,
        *a; /* u of the row, and of the rows to the south, north, below, above */
    const real *ss, *tt, *bb, *aa; /* their further neighbours (taxis only) */
    const real *diffused;          /* what diffusion brings to the row (taxis only) */
};
/* A second field along the same row: diffusivity or taxis potential; c readable at [-1..n]. */
struct CX_SUFFIX(cx_row_coefficient) {
    const real *c, *s, *t, *b, *a;
};

/* f[i] = dx (div along x) + along y + along z.  The D of each face is already in dx and in j->south ... above. */
CX_POINT void diffuse(const struct CX_SUFFIX(cx_row_job) * j, real dx, const bool flat,
                      const struct cx_cells piece, real *restrict f) {
    const real *restrict c = j->c, *restrict s = j->s, *restrict t = j->t, *restrict b = j->b,
                         *restrict a = j->a, *restrict low = j->low, *restrict high = j->high;
    const real south = j->south, north = j->north, below = j->below, above = j->above;
#pragma omp simd
    for (int l = 0; l < piece.count; l++) {
        const int i = piece.from + l;
        const real x = low[i] * (c[i - 1] - c[i]) + high[i] * (c[i + 1] - c[i]);
        const real y = flat ? 0 : south * (s[i] - c[i]) + north * (t[i] - c[i]);
        const real z = below * (b[i] - c[i]) + above * (a[i] - c[i]);
        f[i] = dx * x + y + z;
    }
}
/* Grids without a y axis are spared its neighbours. */
CX_CLONES static void diffuse_row(const struct CX_SUFFIX(cx_row_job) * j, real dx, real *f) {
    CX_IN_PIECES(j->n, diffuse(j, dx, false, piece, f));
}
CX_CLONES static void diffuse_row_flat(const struct CX_SUFFIX(cx_row_job) * j, real dx, real *f) {
    CX_IN_PIECES(j->n, diffuse(j, dx, true, piece, f));
}

/* D of a face: the arithmetic mean, so that a front moves into cells where D is still 0. */
CX_POINT real mean(real a, real b) { return R(0.5) * (a + b); }

/* The same where D differs from cell to cell: couplings hold no D. */
CX_POINT void diffuse_varying(const struct CX_SUFFIX(cx_row_job) * j,
                              const struct CX_SUFFIX(cx_row_coefficient) * D,
                              const struct cx_cells piece, real *restrict f) {
    const real *restrict c = j->c, *restrict s = j->s, *restrict t = j->t, *restrict b = j->b,
                         *restrict a = j->a, *restrict low = j->low, *restrict high = j->high;
    const real *restrict d = D->c, *restrict ds = D->s, *restrict dt = D->t, *restrict db = D->b,
                         *restrict da = D->a;
    const real south = j->south, north = j->north, below = j->below, above = j->above;
#pragma omp simd
    for (int l = 0; l < piece.count; l++) {
        const int i = piece.from + l;
        const real x = low[i] * mean(d[i - 1], d[i]) * (c[i - 1] - c[i]) +
                       high[i] * mean(d[i + 1], d[i]) * (c[i + 1] - c[i]);
        const real y =
            south * mean(ds[i], d[i]) * (s[i] - c[i]) + north * mean(dt[i], d[i]) * (t[i] - c[i]);
        const real z =
            below * mean(db[i], d[i]) * (b[i] - c[i]) + above * mean(da[i], d[i]) * (a[i] - c[i]);
        f[i] = x + y + z;
    }
}

CX_CLONES static void diffuse_row_varying(const struct CX_SUFFIX(cx_row_job) * j,
                                          const struct CX_SUFFIX(cx_row_coefficient) * D, real *f) {
    CX_IN_PIECES(j->n, diffuse_varying(j, D, piece, f));
}

/* Half of van Leer's limited difference. */
CX_POINT real half_slope(real before, real after) {
    const real product = before * after;
    return product > 0 ? product / (before + after) : 0;
}

/* What flows through the face between `here` and `next` (towards next), per coupling: the value on the side that it comes
 * from, half a slope on.  rise: phi(next) - phi(here); back, far: the cells behind and beyond. */
CX_POINT real taxis_flux(real rise, real back, real here, real next, real far) {
    const bool forth = rise > 0;
    const real from = forth ? here : next, to = forth ? next : here, behind = forth ? back : far;
    return rise * (from + half_slope(from - behind, to - from));
}

/* f[i] = diffused[i] - div(u grad phi); couplings carry the mask of where the cells can go. */
CX_POINT void drift(const struct CX_SUFFIX(cx_row_job) * j,
                    const struct CX_SUFFIX(cx_row_coefficient) * phi, const bool flat,
                    const struct cx_cells piece, real *restrict f) {
    const real *restrict c = j->c, *restrict s = j->s, *restrict t = j->t, *restrict b = j->b,
                         *restrict a = j->a, *restrict low = j->low, *restrict high = j->high;
    const real *restrict ss = j->ss, *restrict tt = j->tt, *restrict bb = j->bb,
                         *restrict aa = j->aa;
    const real *restrict diffused = j->diffused;
    const real *restrict p = phi->c, *restrict ps = phi->s, *restrict pt = phi->t,
                         *restrict pb = phi->b, *restrict pa = phi->a;
    const real south = j->south, north = j->north, below = j->below, above = j->above;
#pragma omp simd
    for (int l = 0; l < piece.count; l++) {
        const int i = piece.from + l;
        const real u = c[i], q = p[i];
        const real x = low[i] * taxis_flux(p[i - 1] - q, c[i + 1], u, c[i - 1], c[i - 2]) +
                       high[i] * taxis_flux(p[i + 1] - q, c[i - 1], u, c[i + 1], c[i + 2]);
        const real y = flat ? 0
                            : south * taxis_flux(ps[i] - q, t[i], u, s[i], ss[i]) +
                                  north * taxis_flux(pt[i] - q, s[i], u, t[i], tt[i]);
        const real z = below * taxis_flux(pb[i] - q, a[i], u, b[i], bb[i]) +
                       above * taxis_flux(pa[i] - q, b[i], u, a[i], aa[i]);
        f[i] = diffused[i] - (x + y + z);
    }
}
CX_CLONES static void taxis_row(const struct CX_SUFFIX(cx_row_job) * j,
                                const struct CX_SUFFIX(cx_row_coefficient) * phi, real *f) {
    CX_IN_PIECES(j->n, drift(j, phi, false, piece, f));
}
CX_CLONES static void taxis_row_flat(const struct CX_SUFFIX(cx_row_job) * j,
                                     const struct CX_SUFFIX(cx_row_coefficient) * phi, real *f) {
    CX_IN_PIECES(j->n, drift(j, phi, true, piece, f));
}

#endif
