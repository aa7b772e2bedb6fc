/* layout_body.h - how a stepper lays out its arrays in an arena, for one precision (`real`).
 * The same walk counts the bytes and hands them out, so the two cannot differ. */
#ifndef CX_SOLVE_LAYOUT_BODY_H
#define CX_SOLVE_LAYOUT_BODY_H

#include "solve/rows_body.h"
#include "space/lines_body.h"

#include <math.h>

/* Walks through every array once; with `a` NULL it only adds up the bytes. */
static void *room(struct cx_arena *a, size_t *bytes, size_t n, size_t size) {
    *bytes += cx_arena_cost(n * size);
    return a ? cx_arena_take(a, n * size) : NULL;
}

static void give_fields(WORK *w, struct cx_arena *a, size_t *bytes) {
    const struct cx_system *s = w->system;
    const size_t cells = s->grid->cells, nz = (size_t)w->shape[CX_Z];
    for (int q = 0; q < s->species; q++) {
        w->w[q] = room(a, bytes, cells, sizeof(real));
        w->k1[q] = room(a, bytes, cells, sizeof(real));
        w->k2[q] = room(a, bytes, cells, sizeof(real));
        w->loss[q] = room(a, bytes, cells, sizeof(real));
        if (!cx_system_moves(s, q)) continue;
        w->z_low[q] = room(a, bytes, nz, sizeof(real));
        w->z_high[q] = room(a, bytes, nz, sizeof(real));
        w->z_open_low[q] = room(a, bytes, nz, sizeof(real));
        w->z_open_high[q] = room(a, bytes, nz, sizeof(real));
        if (cx_system_varies(s, q)) w->D[q] = room(a, bytes, cells, sizeof(real));
        if (cx_system_climbs(s, q)) w->phi[q] = room(a, bytes, cells, sizeof(real));
        w->movement_varies |= cx_system_varies(s, q) || cx_system_climbs(s, q);
    }
    for (int m = 0; m < s->model->input_count; m++) w->in[m] = room(a, bytes, cells, sizeof(real));
}

/* What moves, the costliest first, so that no thread begins it when the others end. */
static void order_movers(WORK *w) {
    w->movers = 0;
    for (int varies = 1; varies >= 0; varies--)
        for (int q = 0; q < w->system->species; q++)
            if (cx_system_moves(w->system, q) && cx_system_varies(w->system, q) == varies)
                w->mover[w->movers++] = q;
}

static void give_small(WORK *w, struct cx_arena *a, size_t *bytes) {
    const struct cx_system *s = w->system;
    const size_t nx = (size_t)w->shape[CX_X],
                 rows = (size_t)w->shape[CX_Y] * (size_t)w->shape[CX_Z],
                 threads = (size_t)s->threads;
    size_t longest = 0;
    for (int axis = 0; axis < 3; axis++) {
        const size_t n = (size_t)w->shape[axis];
        w->low[axis] = room(a, bytes, n, sizeof(real));
        w->high[axis] = room(a, bytes, n, sizeof(real));
        longest = n > longest ? n : longest;
    }
    w->longest = longest;
    w->tile_room = longest * CX_TILE_ROOM;
    w->scratch_room =
        3 * ((w->column ? longest : nx) + 8) + CX_TILES * w->tile_room + 9 * longest + 64;
    w->scratch_room = (w->scratch_room + 15) / 16 * 16; /* tiles fill whole cache lines */
    w->even = room(a, bytes, (size_t)s->species * (size_t)w->blocks, sizeof(real));
    w->scratch = room(a, bytes, threads * w->scratch_room, sizeof(real));
    w->made = room(a, bytes, threads * (size_t)s->model->measure_count * nx, sizeof(real));
    w->p = room(a, bytes, (size_t)s->model->param_count + (size_t)s->model->derived_count,
                sizeof(real));
    w->weight = room(a, bytes, s->grid->cells, sizeof(real));
    w->sum = room(a, bytes, 4 * (size_t)s->species * (size_t)w->blocks, sizeof(double));
    w->block_from = room(a, bytes, (size_t)w->blocks + 1, sizeof(int));
    w->near = room(a, bytes, rows, sizeof *w->near);
}

static void start_cells(WORK *w) {
    const struct cx_grid *g = w->system->grid;
    for (int pass = 0; pass < 2; pass++)
        for (int k = 0; k < g->shape[CX_Z]; k++)
            for (int j = 0; j < g->shape[CX_Y]; j++)
                for (int i = 0; i < g->shape[CX_X]; i++) {
                    const double size = cx_grid_volume(g, i, j, k);
                    if (pass == 0)
                        w->volume += size;
                    else
                        w->weight[cx_grid_at(g, i, j, k)] = (real)(size / w->volume);
                }
}

static bool opens(const struct cx_system *s, int axis, int end) {
    return s->side[axis][end] == CX_FIXED || s->side[axis][end] == CX_ROBIN;
}

static void start_sides(WORK *w) {
    for (int axis = 0; axis < 3; axis++)
        for (int end = 0; end < 2; end++) {
            w->open_side[axis][end] = opens(w->system, axis, end);
            w->open_sides |= w->open_side[axis][end];
        }
}

/* Cells beyond which it pays to look for even lines, and bytes of one array of every species beyond which not even these
 * fit the second cache of a core. */
enum { CX_EVEN = 4096, CX_LARGE = 2 << 20 };
static void add_cold(WORK *w, int stage, const real *array) {
    w->cold[stage][w->colds[stage]++] = array;
}
/* What moves comes with its transport; everything else is touched by the reactions first. */
static void start_cold(WORK *w) {
    for (int q = 0; q < w->system->species; q++)
        for (int stage = 0; stage < 2; stage++) {
            add_cold(w, stage, w->loss[q]);
            if (stage) add_cold(w, stage, w->k1[q]);
            if (cx_system_moves(w->system, q)) continue;
            add_cold(w, stage, w->w[q]);
            add_cold(w, stage, stage ? w->k2[q] : w->k1[q]);
        }
    w->seeks_even = w->system->grid->cells >= CX_EVEN;
    w->large = w->system->grid->cells * (size_t)w->system->species * sizeof(real) > CX_LARGE;
}

static void start(WORK *w) {
    const struct cx_grid *g = w->system->grid;
    for (int axis = 0; axis < 3; axis++)
        for (int i = 0; i < g->shape[axis]; i++) {
            w->low[axis][i] = (real)g->axis[axis].low[i];
            w->high[axis][i] = (real)g->axis[axis].high[i];
        }
    find_neighbours(w);
    for (int b = 0; b <= w->blocks; b++)
        w->block_from[b] = (int)((int64_t)w->shape[CX_Y] * w->shape[CX_Z] * b / w->blocks);
    start_cells(w);
    start_sides(w);
    start_cold(w);
    for (int q = 0; q < w->system->species; q++)
        w->unit[q] = (real)ldexp(1, -ilogb(w->system->model->species[q].scale));
}

/* Cells of the planes that are swept together: increments and losses of so many fit the second cache of a core. */
enum { CX_GROUP = 16384, CX_BLOCK = 768, CX_BLOCKS = 128 };

/* A block's fields fit the second cache of a core; powers of two, and many of them, give every thread as much to do. */
static int blocks_of(size_t cells) {
    const size_t least = cells / CX_BLOCK + 1;
    if (least > CX_BLOCKS) return (int)((least + CX_BLOCKS - 1) / CX_BLOCKS * CX_BLOCKS);
    int blocks = 1;
    while ((size_t)blocks < least) blocks *= 2;
    return blocks;
}

static WORK layout(const struct cx_system *s, struct cx_arena *a, size_t *bytes) {
    WORK w = {.system = s, .kernels = s->model->CX_KERNELS_MEMBER};
    memcpy(w.shape, s->grid->shape, sizeof w.shape);
    const int rows = w.shape[CX_Y] * w.shape[CX_Z], plane = w.shape[CX_X] * w.shape[CX_Y];
    w.blocks = blocks_of(s->grid->cells);
    if (w.blocks > rows) w.blocks = rows;
    w.column = plane == 1 && rows > 1;
    for (int end = 0; end < 2; end++) w.column &= !opens(s, CX_X, end) && !opens(s, CX_Y, end);
    w.strips = cx_tiles(plane);
    w.group = plane < CX_GROUP ? CX_GROUP / plane : 1;
    give_fields(&w, a, bytes);
    order_movers(&w);
    give_small(&w, a, bytes);
    return w;
}

static size_t bytes_of(const struct cx_system *s) {
    size_t bytes = cx_arena_cost(sizeof(WORK));
    layout(s, NULL, &bytes);
    return bytes;
}

static void *create(const struct cx_system *s, struct cx_arena *a) {
    size_t bytes = 0;
    WORK *w = cx_arena_take(a, sizeof *w);
    *w = layout(s, a, &bytes);
    start(w);
    return w;
}

#endif
