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

/* A leaky side of an open cell lets pass what the D of the cell does: see side_cells(). */
static void leak(const WORK *w, int axis, int end, real D, real *hold) {
    if (w->system->side[axis][end] == CX_ROBIN && *hold > 0)
        *hold = (real)(w->gh * cx_system_side(w->system, axis, end, (double)D));
}

/* Couplings of lines whose D differs from cell to cell; D: cell i of line l at i stride + l. */
static void fill_own(const WORK *w, int axis, const real *D, size_t stride, LINES *s) {
    real *lo = s->c + w->tile_room * (CX_TILE_LO - CX_TILE_C), *up = lo + w->tile_room;
    const int n = s->n;
    for (int i = 0; i < n; i++) {
        const real *d = D + (size_t)i * stride, *d0 = D + (size_t)(i ? i - 1 : n - 1) * stride,
                   *d1 = D + (size_t)(i < n - 1 ? i + 1 : 0) * stride;
        for (int l = 0; l < s->width; l++) {
            lo[i * CX_TILE + l] = s->lo[i] * mean(d0[l], d[l]);
            up[i * CX_TILE + l] = s->up[i] * mean(d[l], d1[l]);
        }
    }
    for (int l = 0; l < s->width; l++) {
        leak(w, axis, 0, D[l], &s->first[l]);
        leak(w, axis, 1, D[(size_t)(n - 1) * stride + (size_t)l], &s->last[l]);
    }
    s->lo = lo;
    s->up = up;
    s->own = true;
}

/* Line l along z: its couplings hold D. */
static void add_deep_line(const WORK *w, int q, LINES *s) {
    const double *D = w->system->mobility[q];
    const int l = s->width++;
    s->rate[l] = (real)w->gh;
    s->first[l] = (real)(w->gh * cx_system_side(w->system, CX_Z, 0, D[0]));
    s->last[l] = (real)(w->gh * cx_system_side(w->system, CX_Z, 1, D[s->n - 1]));
}

/* Empty lines up to a multiple of eight cost less than a remainder. */
static void fill_up(LINES *s) {
    for (; s->width % CX_TURN; s->width++) s->rate[s->width] = s->rate[0];
}

/* Rows of species q in a tile. */
static real *load_rows(const WORK *w, real *field, int row, int lanes, real *tile) {
    real *rows[CX_TILE] = {0};
    for (int l = 0; l < lanes; l++) rows[l] = field + (size_t)w->shape[CX_X] * (size_t)(row + l);
    load_tile(rows, w->shape[CX_X], lanes, tile);
    return tile;
}

/* x lines of species q: `lanes` rows from `row` on, turned into a tile and back. */
static void sweep_x(const WORK *w, int q, int row, int lanes, real *scratch) {
    const int nx = w->shape[CX_X];
    LINES s = lines_along(w, CX_X, scratch);
    for (int l = 0; l < lanes; l++) add_line(w, q, CX_X, (row + l) / w->shape[CX_Y], &s);
    fill_up(&s);
    s.x = load_rows(w, w->k[q], row, lanes, tile_at(w, scratch, CX_TILE_X));
    s.loss = load_rows(w, w->loss[q], row, lanes, tile_at(w, scratch, CX_TILE_LOSS));
    if (cx_system_varies(w->system, q))
        fill_own(w, CX_X, load_rows(w, w->D[q], row, lanes, tile_at(w, scratch, CX_TILE_D)),
                 CX_TILE, &s);
    s.stride = s.apart = CX_TILE;
    solve_lines(&s);
    real *rows[CX_TILE] = {0};
    for (int l = 0; l < lanes; l++) rows[l] = w->k[q] + (size_t)nx * (size_t)(row + l);
    store_tile(s.x, nx, lanes, rows);
}

/* Values of the cells of a strip, or a copy whose last eight lanes are filled up with 0. */
static real *in_eights(real *field, const struct cx_strip *strip, int n, real *tile) {
    if (strip->lanes % CX_TURN == 0) return field + strip->cell;
    clear_lanes(n, strip->lanes, tile);
    lanes_to_tile(field + strip->cell, strip->stride, n, strip->lanes, tile);
    return tile;
}

/* y or z lines of species q. */
static void sweep_across(const WORK *w, int q, int axis, const struct cx_strip *strip,
                         real *scratch) {
    LINES s = lines_along(w, axis, scratch);
    for (int l = 0; l < strip->lanes; l++)
        if (axis == CX_Z)
            add_deep_line(w, q, &s);
        else
            add_line(w, q, axis, strip->plane, &s);
    if (axis == CX_Z) {
        s.lo = w->z_low[q];
        s.up = w->z_high[q];
    }
    fill_up(&s);
    s.x = in_eights(w->k[q], strip, s.n, tile_at(w, scratch, CX_TILE_X));
    s.loss = in_eights(w->loss[q], strip, s.n, tile_at(w, scratch, CX_TILE_LOSS));
    s.stride = s.apart = s.width == strip->lanes ? strip->stride : CX_TILE;
    if (cx_system_varies(w->system, q))
        fill_own(w, axis, in_eights(w->D[q], strip, s.n, tile_at(w, scratch, CX_TILE_D)), s.stride,
                 &s);
    solve_lines(&s);
    if (s.width > strip->lanes)
        tile_to_lanes(s.x, s.n, strip->lanes, w->k[q] + strip->cell, strip->stride);
}

/* Couplings of lane l of a column, whose D differs from cell to cell: those of planes that are open times the mean D. */
static void fill_lane(const WORK *w, int q, int l, LINES *s, real *lo) {
    const real *D = w->D[q];
    const int n = s->n;
    real *up = lo + w->tile_room;
    for (int i = 0; i < n; i++) {
        lo[i * CX_TILE + l] = w->z_open_low[q][i] * mean(D[i ? i - 1 : n - 1], D[i]);
        up[i * CX_TILE + l] = w->z_open_high[q][i] * mean(D[i], D[i < n - 1 ? i + 1 : 0]);
    }
    leak(w, CX_Z, 0, D[0], &s->first[l]);
    leak(w, CX_Z, 1, D[n - 1], &s->last[l]);
}

/* A column has one line per species: `lanes` of those that move, from number `first` on, are solved side by side. */
static void sweep_column(const WORK *w, int first, int lanes, real *scratch) {
    LINES s = lines_along(w, CX_Z, scratch);
    real *k[CX_TILE] = {0}, *loss[CX_TILE] = {0}, *low[CX_TILE] = {0}, *high[CX_TILE] = {0};
    for (int l = 0; l < lanes; l++) {
        const int q = w->mover[first + l];
        add_deep_line(w, q, &s);
        k[l] = w->k[q];
        loss[l] = w->loss[q];
        low[l] = w->z_low[q];
        high[l] = w->z_high[q];
    }
    fill_up(&s);
    real *lo = tile_at(w, scratch, CX_TILE_LO), *up = lo + w->tile_room,
         *x = tile_at(w, scratch, CX_TILE_X), *losses = tile_at(w, scratch, CX_TILE_LOSS);
    load_tile(low, s.n, lanes, lo);
    load_tile(high, s.n, lanes, up);
    load_tile(k, s.n, lanes, x);
    load_tile(loss, s.n, lanes, losses);
    for (int l = 0; l < lanes; l++)
        if (cx_system_varies(w->system, w->mover[first + l]))
            fill_lane(w, w->mover[first + l], l, &s, lo);
    s.own = true;
    s.lo = lo;
    s.up = up;
    s.x = x;
    s.loss = losses;
    s.stride = s.apart = CX_TILE;
    solve_lines(&s);
    store_tile(x, s.n, lanes, k);
}

/* Rows [from, to) of species q, whole planes: along x and along y. */
static void sweep_planes(const WORK *w, int q, int from, int to, real *scratch) {
    const int nx = w->shape[CX_X], ny = w->shape[CX_Y];
    const int rows = cx_tile_width(to - from), cells = cx_tile_width(nx);
    for (int row = from; nx > 1 && row < to; row += rows)
        sweep_x(w, q, row, to - row < rows ? to - row : rows, scratch);
    if (ny == 1) return;
    for (int k = from / ny; k < to / ny; k++)
        for (int i = 0; i < nx; i += cells)
            sweep_across(w, q, CX_Y,
                         &(struct cx_strip){k, nx - i < cells ? nx - i : cells,
                                            (size_t)nx * (size_t)(k * ny) + (size_t)i, (size_t)nx},
                         scratch);
}

#endif
