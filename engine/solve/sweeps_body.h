/* sweeps_body.h - divides the increments of a step by the factors of its directions, for one precision (`real`).
 *
 * With d = 1 + g h loss on the diagonal and A_x, A_y, A_z the diffusion along each axis, the factors are
 *   P = (d - g h A_x) d^-1 (d - g h A_y) d^-1 (d - g h A_z),
 * so that what the product has too much goes with A_x A_z / d: a field that is used up fast is not held back. */
#ifndef CX_SOLVE_SWEEPS_BODY_H
#define CX_SOLVE_SWEEPS_BODY_H

#include "solve/rows_body.h"
#include "space/tiles_body.h"

static real *tile_at(const WORK *w, const DESK *desk, enum cx_tile which) {
    return desk->tiles + (size_t)which * w->tile_room;
}

/* A thread sits down for a stage: it knows no factors yet, since the step may have another length. */
static DESK sit_down(const WORK *w, int thread) {
    real *room = w->scratch + (size_t)thread * w->scratch_room,
         *factors = room + CX_TILES * w->tile_room;
    DESK desk = {.field = -1, .tiles = room, .rows = factors + 9 * w->longest};
    for (int axis = 0; axis < 3; axis++)
        desk.factors[axis] =
            (struct CX_SUFFIX(cx_factors)){.before = factors + (size_t)(3 * axis) * w->longest,
                                           .inverse = factors + (size_t)(3 * axis + 1) * w->longest,
                                           .behind = factors + (size_t)(3 * axis + 2) * w->longest};
    return desk;
}

static LINES lines_along(const WORK *w, int axis, DESK *desk) {
    const int *n = w->shape;
    return (LINES){.n = n[axis],
                   .periodic = w->system->grid->axis[axis].periodic,
                   .scaled = (axis >= CX_Y && n[CX_X] > 1) || (axis == CX_Z && n[CX_Y] > 1),
                   .far = axis == CX_Z && w->large,
                   .gh = (real)w->gh,
                   .lo = w->low[axis],
                   .up = w->high[axis],
                   .y = tile_at(w, desk, CX_TILE_Y),
                   .c = tile_at(w, desk, CX_TILE_C),
                   .z = tile_at(w, desk, CX_TILE_Z),
                   .factors = &desk->factors[axis]};
}

/* What is the same for all cells of a line: its g h D, and what the sides of its axis add to its end cells. */
struct CX_SUFFIX(cx_line) {
    real rate, first, last;
};
static struct CX_SUFFIX(cx_line) line_in_plane(const WORK *w, int q, int axis, int k) {
    const double D = w->system->mobility[q][k];
    return (struct CX_SUFFIX(cx_line)){
        (real)(w->gh * (cx_system_varies(w->system, q) ? D > 0 : D)),
        (real)(w->open_side[axis][0] ? w->gh * cx_system_side(w->system, axis, 0, D) : 0),
        (real)(w->open_side[axis][1] ? w->gh * cx_system_side(w->system, axis, 1, D) : 0)};
}
/* Along z the couplings hold D. */
static struct CX_SUFFIX(cx_line) deep_line(const WORK *w, int q) {
    const double *D = w->system->mobility[q];
    return (struct CX_SUFFIX(cx_line)){
        (real)w->gh, (real)(w->gh * cx_system_side(w->system, CX_Z, 0, D[0])),
        (real)(w->gh * cx_system_side(w->system, CX_Z, 1, D[w->shape[CX_Z] - 1]))};
}
static void add_lines(struct CX_SUFFIX(cx_line) line, int count, LINES *s) {
    for (const int to = s->width + count; s->width < to; s->width++) {
        s->rate[s->width] = line.rate;
        s->first[s->width] = line.first;
        s->last[s->width] = line.last;
    }
}
/* A piece is the least that is solved: empty lines fill it up. */
static void fill_up(LINES *s) {
    if (s->width < CX_PIECE)
        add_lines((struct CX_SUFFIX(cx_line)){s->rate[0], s->first[0], s->last[0]},
                  CX_PIECE - s->width, s);
}

/* A leaky side of an open cell lets pass what the D of the cell does: see side_cells(). */
static void leak(const WORK *w, int axis, int end, real D, real *hold) {
    if (w->system->side[axis][end] == CX_ROBIN && *hold > 0)
        *hold = (real)(w->gh * cx_system_side(w->system, axis, end, (double)D));
}

/* Couplings of lines whose D differs from cell to cell; D: cell i of line l at i apart + l. */
static void fill_own(const WORK *w, int axis, const real *D, LINES *s) {
    real *lo = s->c + w->tile_room * (CX_TILE_LO - CX_TILE_C), *up = lo + w->tile_room;
    const int n = s->n;
    for (int i = 0; i < n; i++) {
        const real *d = D + (size_t)i * s->apart, *d0 = D + (size_t)(i ? i - 1 : n - 1) * s->apart,
                   *d1 = D + (size_t)(i < n - 1 ? i + 1 : 0) * s->apart;
        for (int p = 0; p < cx_pieces(s->width); p++) {
            const int l = lane_of(s, p);
            cx_piece before, here, after;
            load(d0 + l, &before);
            load(d + l, &here);
            load(d1 + l, &after);
            before = s->lo[i] * (R(0.5) * (before + here));
            after = s->up[i] * (R(0.5) * (here + after));
            store(&before, lo + (size_t)i * CX_TILE + l);
            store(&after, up + (size_t)i * CX_TILE + l);
        }
    }
    for (int l = 0; l < s->width; l++) {
        leak(w, axis, 0, D[l], &s->first[l]);
        leak(w, axis, 1, D[(size_t)(n - 1) * s->apart + (size_t)l], &s->last[l]);
    }
    s->lo = lo;
    s->up = up;
}

/* What the lines of species q have in common. */
static enum cx_lines_kind kind_of(const WORK *w, int q, const DESK *desk, const LINES *s) {
    if (cx_system_varies(w->system, q)) return CX_LINES_OWN;
    return desk->even && all_alike(s) ? CX_LINES_EVEN : CX_LINES_RATED;
}

/* Rows [from, from + lanes). */
struct cx_row_range {
    int from, lanes;
};
static void list_rows(const WORK *w, real *field, struct cx_row_range r, real *rows[CX_TILE]) {
    for (int l = 0; l < r.lanes; l++)
        rows[l] = field + (size_t)w->shape[CX_X] * (size_t)(r.from + l);
}
static real *load_rows(const WORK *w, real *field, struct cx_row_range r, real *to) {
    real *rows[CX_TILE];
    list_rows(w, field, r, rows);
    load_tile(rows, &(TILE){to, w->shape[CX_X], r.lanes});
    return to;
}

/* x lines of species q, turned into a tile and back. */
static void sweep_x(const WORK *w, int q, struct cx_row_range r, DESK *desk) {
    const int ny = w->shape[CX_Y], end = r.from + r.lanes;
    LINES s = lines_along(w, CX_X, desk);
    for (int row = r.from, next; row < end; row = next) {
        next = (row / ny + 1) * ny < end ? (row / ny + 1) * ny : end;
        add_lines(line_in_plane(w, q, CX_X, row / ny), next - row, &s);
    }
    fill_up(&s);
    s.kind = kind_of(w, q, desk, &s);
    s.stride = s.apart = CX_TILE;
    s.r = s.x = load_rows(w, w->k[q], r, tile_at(w, desk, CX_TILE_X));
    s.loss = w->loss[q];
    if (s.kind != CX_LINES_EVEN)
        s.loss = load_rows(w, w->loss[q], r, tile_at(w, desk, CX_TILE_LOSS));
    if (s.kind == CX_LINES_OWN)
        fill_own(w, CX_X, load_rows(w, w->D[q], r, tile_at(w, desk, CX_TILE_D)), &s);
    solve_lines(&s);
    real *rows[CX_TILE];
    list_rows(w, w->k[q], r, rows);
    store_tile(&(TILE){s.x, s.n, r.lanes}, rows);
}

/* Values of the cells of a strip, or a copy that is filled up with 0 where the strip is no whole piece. */
static real *whole_piece(real *field, const struct cx_strip *strip, const LINES *s, real *room) {
    if (strip->lanes >= CX_PIECE) return field + strip->cell;
    const TILE tile = {room, s->n, strip->lanes};
    clear_lanes(&tile);
    lanes_to_tile(field + strip->cell, strip->stride, &tile);
    return room;
}

/* y or z lines of species q. */
static void sweep_across(const WORK *w, int q, int axis, const struct cx_strip *strip, DESK *desk) {
    LINES s = lines_along(w, axis, desk);
    add_lines(axis == CX_Z ? deep_line(w, q) : line_in_plane(w, q, axis, strip->plane),
              strip->lanes, &s);
    if (axis == CX_Z) {
        s.lo = w->z_low[q];
        s.up = w->z_high[q];
    }
    fill_up(&s);
    s.kind = kind_of(w, q, desk, &s);
    s.stride = s.apart = s.width == strip->lanes ? strip->stride : CX_TILE;
    s.far &= s.width == strip->lanes; /* else it is in a tile */
    s.then = axis == CX_Y && w->large && s.width == strip->lanes
                 ? (size_t)(w->group * w->shape[CX_X] * w->shape[CX_Y])
                 : 0;
    s.r = s.x = whole_piece(w->k[q], strip, &s, tile_at(w, desk, CX_TILE_X));
    s.loss = w->loss[q];
    if (s.kind != CX_LINES_EVEN)
        s.loss = whole_piece(w->loss[q], strip, &s, tile_at(w, desk, CX_TILE_LOSS));
    if (s.kind == CX_LINES_OWN)
        fill_own(w, axis, whole_piece(w->D[q], strip, &s, tile_at(w, desk, CX_TILE_D)), &s);
    solve_lines(&s);
    if (s.width > strip->lanes)
        tile_to_lanes(&(TILE){s.x, s.n, strip->lanes}, w->k[q] + strip->cell, strip->stride);
}

/* Couplings of lane l of a column, whose D differs from cell to cell: those of planes that are open times the mean D. */
static void fill_lane(const WORK *w, int q, int l, LINES *s, real *lo) {
    const real *D = w->D[q];
    const int n = s->n;
    real *up = lo + w->tile_room;
    for (int i = 0; i < n; i++) {
        const size_t at = (size_t)i * CX_TILE + (size_t)l;
        lo[at] = w->z_open_low[q][i] * mean(D[i ? i - 1 : n - 1], D[i]);
        up[at] = w->z_open_high[q][i] * mean(D[i], D[i < n - 1 ? i + 1 : 0]);
    }
    leak(w, CX_Z, 0, D[0], &s->first[l]);
    leak(w, CX_Z, 1, D[n - 1], &s->last[l]);
}

/* A column has one line per species: `lanes` of those that move, from number `first` on, are solved side by side. */
static void sweep_column(const WORK *w, int first, int lanes, DESK *desk) {
    LINES s = lines_along(w, CX_Z, desk);
    real *k[CX_TILE] = {0}, *loss[CX_TILE] = {0}, *low[CX_TILE] = {0}, *high[CX_TILE] = {0};
    for (int l = 0; l < lanes; l++) {
        const int q = w->mover[first + l];
        add_lines(deep_line(w, q), 1, &s);
        k[l] = w->k[q];
        loss[l] = w->loss[q];
        low[l] = w->z_low[q];
        high[l] = w->z_high[q];
    }
    fill_up(&s);
    real *lo = tile_at(w, desk, CX_TILE_LO), *up = lo + w->tile_room,
         *x = tile_at(w, desk, CX_TILE_X), *losses = tile_at(w, desk, CX_TILE_LOSS);
    const TILE tile = {x, s.n, lanes};
    load_tile(low, &(TILE){lo, s.n, lanes});
    load_tile(high, &(TILE){up, s.n, lanes});
    load_tile(k, &tile);
    load_tile(loss, &(TILE){losses, s.n, lanes});
    for (int l = 0; l < lanes; l++)
        if (cx_system_varies(w->system, w->mover[first + l]))
            fill_lane(w, w->mover[first + l], l, &s, lo);
    s.kind = CX_LINES_OWN;
    s.far = false;
    s.lo = lo;
    s.up = up;
    s.r = s.x = x;
    s.loss = losses;
    s.stride = s.apart = CX_TILE;
    solve_lines(&s);
    store_tile(&tile, k);
}

/* Rows [from, to) of species q, whole planes: along x and along y. */
static void sweep_planes(const WORK *w, int q, int from, int to, DESK *desk) {
    const int nx = w->shape[CX_X], ny = w->shape[CX_Y], rows = to - from;
    for (int t = 0; nx > 1 && t < cx_tiles(rows); t++) {
        const int at = cx_tile_from(rows, t);
        sweep_x(w, q, (struct cx_row_range){from + at, cx_tile_from(rows, t + 1) - at}, desk);
    }
    if (ny == 1) return;
    for (int k = from / ny; k < to / ny; k++)
        for (int t = 0; t < cx_tiles(nx); t++) {
            const int at = cx_tile_from(nx, t);
            sweep_across(w, q, CX_Y,
                         &(struct cx_strip){k, cx_tile_from(nx, t + 1) - at,
                                            (size_t)nx * (size_t)(k * ny) + (size_t)at, (size_t)nx},
                         desk);
        }
}

#endif
