/* sweeps_body.h - divides the increments of a step by the factors of its directions, for one precision (`real`).
 *
 * With d = 1 + g h loss on the diagonal and A_x, A_y, A_z the diffusion along each axis, the factors are
 *   P = (d - g h A_x) d^-1 (d - g h A_y) d^-1 (d - g h A_z),
 * so that what the product has too much goes with A_x A_z / d: a field that is used up fast is not held back. */
#ifndef CX_SOLVE_SWEEPS_BODY_H
#define CX_SOLVE_SWEEPS_BODY_H

#include "solve/rows_body.h"
#include "space/lines_body.h"

static real *tile_at(const WORK *w, real *scratch, enum cx_tile which) {
    return scratch + (size_t)which * w->tile_room;
}

static LINES lines_along(const WORK *w, int axis, real *scratch) {
    const int *n = w->shape;
    return (LINES){.n = n[axis],
                   .periodic = w->system->grid->axis[axis].periodic,
                   .scaled = (axis >= CX_Y && n[CX_X] > 1) || (axis == CX_Z && n[CX_Y] > 1),
                   .gh = (real)w->gh,
                   .lo = w->low[axis],
                   .up = w->high[axis],
                   .c = tile_at(w, scratch, CX_TILE_C),
                   .z = tile_at(w, scratch, CX_TILE_Z)};
}

/* Adds a line in plane k: its g h D, and what the sides of the axis add to its end cells. */
static void add_line(const WORK *w, int q, int axis, int k, LINES *s) {
    const double D = w->system->mobility[q][k];
    const int l = s->width++;
    s->rate[l] = (real)(w->gh * (cx_system_varies(w->system, q) ? D > 0 : D));
    s->first[l] = (real)(w->open_side[axis][0] ? w->gh * cx_system_side(w->system, axis, 0, D) : 0);
    s->last[l] = (real)(w->open_side[axis][1] ? w->gh * cx_system_side(w->system, axis, 1, D) : 0);
}

/* A leaky side of open cells lets pass what the D of the cells does: see side_cells(). */
static void leak(const WORK *w, int axis, int end, const real *D, LINES *s) {
    real *hold = end ? s->last : s->first;
    if (w->system->side[axis][end] != CX_ROBIN) return;
    for (int l = 0; l < s->width; l++)
        if (hold[l] > 0)
            hold[l] = (real)(w->gh * cx_system_side(w->system, axis, end, (double)D[l]));
}

/* Couplings of lines whose D differs from cell to cell; D: cell i of line l at i stride + l. */
static void fill_own(const WORK *w, int axis, const real *D, size_t stride, LINES *s) {
    real *lo = s->c + w->tile_room * (CX_TILE_LO - CX_TILE_C), *up = lo + w->tile_room;
    const int n = s->n;
    for (int i = 0; i < n; i++) {
        const real *d = D + (size_t)i * stride, *d0 = D + (size_t)(i ? i - 1 : n - 1) * stride,
                   *d1 = D + (size_t)(i < n - 1 ? i + 1 : 0) * stride;
        for (int l = 0; l < s->width; l++) {
            lo[i * CX_TILE + l] = s->lo[i] * s->rate[l] * mean(d0[l], d[l]);
            up[i * CX_TILE + l] = s->up[i] * s->rate[l] * mean(d[l], d1[l]);
        }
    }
    leak(w, axis, 0, D, s);
    leak(w, axis, 1, D + (size_t)(n - 1) * stride, s);
    s->lo = lo;
    s->up = up;
    s->own = true;
}

/* x lines of species q: `lanes` rows from `row` on, turned into a tile and back. */
static void sweep_x(const WORK *w, int q, int row, int lanes, real *scratch) {
    const size_t nx = (size_t)w->shape[CX_X], o = nx * (size_t)row;
    LINES s = lines_along(w, CX_X, scratch);
    for (int l = 0; l < lanes; l++) add_line(w, q, CX_X, (row + l) / w->shape[CX_Y], &s);
    real *x = tile_at(w, scratch, CX_TILE_X), *loss = tile_at(w, scratch, CX_TILE_LOSS);
    load_tile(w->k[q] + o, nx, s.n, lanes, x);
    load_tile(w->loss[q] + o, nx, s.n, lanes, loss);
    if (cx_system_varies(w->system, q)) {
        real *D = tile_at(w, scratch, CX_TILE_D);
        load_tile(w->D[q] + o, nx, s.n, lanes, D);
        fill_own(w, CX_X, D, CX_TILE, &s);
    }
    s.x = x;
    s.loss = loss;
    s.stride = s.apart = CX_TILE;
    s.width =
        (lanes + CX_TURN - 1) / CX_TURN * CX_TURN; /* empty lines cost less than a remainder */
    solve_lines(&s);
    store_tile(x, nx, s.n, lanes, w->k[q] + o);
}

/* y or z lines of species q: `lanes` neighbours from cell o of plane k on, whose cells are `stride` apart. */
static void sweep_across(const WORK *w, int q, int axis, const struct cx_strip *strip,
                         real *scratch) {
    LINES s = lines_along(w, axis, scratch);
    for (int l = 0; l < strip->lanes; l++) add_line(w, q, axis, strip->plane, &s);
    if (axis == CX_Z) {
        const double top = w->system->mobility[q][w->shape[CX_Z] - 1];
        const real last = (real)(w->gh * cx_system_side(w->system, CX_Z, 1, top));
        s.lo = w->z_low[q];
        s.up = w->z_high[q];
        for (int l = 0; l < s.width; l++) {
            s.rate[l] = (real)w->gh;
            s.last[l] = last;
        }
    }
    if (cx_system_varies(w->system, q)) fill_own(w, axis, w->D[q] + strip->cell, strip->stride, &s);
    s.x = w->k[q] + strip->cell;
    s.loss = w->loss[q] + strip->cell;
    s.stride = s.apart = strip->stride;
    solve_lines(&s);
}

/* Rows [from, to) of species q, whole planes: along x and along y. */
static void sweep_planes(const WORK *w, int q, int from, int to, real *scratch) {
    const int nx = w->shape[CX_X], ny = w->shape[CX_Y];
    for (int row = from; nx > 1 && row < to; row += CX_TILE)
        sweep_x(w, q, row, to - row < CX_TILE ? to - row : CX_TILE, scratch);
    if (ny == 1) return;
    for (int k = from / ny; k < to / ny; k++)
        for (int i = 0; i < nx; i += CX_TILE)
            sweep_across(w, q, CX_Y,
                         &(struct cx_strip){k, nx - i < CX_TILE ? nx - i : CX_TILE,
                                            (size_t)nx * (size_t)(k * ny) + (size_t)i, (size_t)nx},
                         scratch);
}

#endif
