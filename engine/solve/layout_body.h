/* layout_body.h - how a stepper lays out its arrays in an arena, for one precision (`real`).
 * The same walk counts the bytes and hands them out, so the two cannot differ. */
#ifndef CX_SOLVE_LAYOUT_BODY_H
#define CX_SOLVE_LAYOUT_BODY_H

#include "solve/rows_body.h"
#include "solve/sums.h"

/* ---- making it -------------------------------------------------------------------------------- */

/* Walks through every array once; with `a` NULL it only adds up the bytes. */
static void *room(struct cx_arena *a, size_t *bytes, size_t n, size_t size) {
    *bytes += cx_arena_cost(n * size);
    return a ? cx_arena_take(a, n * size) : NULL;
}

static void give_lines(WORK *w, struct cx_arena *a, size_t *bytes) {
    const struct cx_system *s = w->system;
    const size_t lines = (size_t)s->species * CX_LAYER_MAX;
    for (int axis = CX_X; axis <= CX_Y; axis++) {
        const size_t n = (size_t)w->shape[axis];
        w->lateral[axis] = room(a, bytes, lines, sizeof *w->lateral[axis]);
        w->skip[axis] = room(a, bytes, lines, sizeof *w->skip[axis]);
        for (int q = 0; q < s->species; q++)
            for (int l = 0; cx_system_moves(s, q) && l < s->layers; l++) {
                real *r = room(a, bytes, 4 * n, sizeof *r);
                if (a)
                    w->lateral[axis][q * CX_LAYER_MAX + l] = (struct CX_SUFFIX(cx_line)){
                        .a = r,
                        .b = r + n,
                        .c = r + 2 * n,
                        .z = s->grid->axis[axis].periodic && n > 2 ? r + 3 * n : NULL};
            }
    }
    const size_t n = (size_t)w->shape[2];
    w->vertical = room(a, bytes, (size_t)s->species, sizeof *w->vertical);
    for (int q = 0; q < s->species; q++) {
        if (!cx_system_moves(s, q)) continue;
        real *r = room(a, bytes, 4 * n, sizeof *r);
        w->peak[q] = room(a, bytes, n, sizeof(double));
        if (a)
            w->vertical[q] = (struct CX_SUFFIX(cx_line)){
                .a = r,
                .b = r + n,
                .c = r + 2 * n,
                .z = s->grid->axis[CX_Z].periodic && n > 2 ? r + 3 * n : NULL};
    }
}

static void give_fields(WORK *w, struct cx_arena *a, size_t *bytes) {
    const struct cx_system *s = w->system;
    const size_t cells = s->grid->cells;
    for (int q = 0; q < s->species; q++) {
        w->w[q] = room(a, bytes, cells, sizeof(real));
        w->k1[q] = room(a, bytes, cells, sizeof(real));
        w->k2[q] = room(a, bytes, cells, sizeof(real));
        w->loss[q] = room(a, bytes, cells, sizeof(real));
        if (cx_system_varies(s, q)) w->D[q] = room(a, bytes, cells, sizeof(real));
        if (cx_system_climbs(s, q)) w->phi[q] = room(a, bytes, cells, sizeof(real));
        w->movement_varies |= cx_system_varies(s, q) || cx_system_climbs(s, q);
    }
    for (int m = 0; m < s->model->input_count; m++) w->in[m] = room(a, bytes, cells, sizeof(real));
    w->dump = room(a, bytes, cells, sizeof(real));
}

static void give_small(WORK *w, struct cx_arena *a, size_t *bytes) {
    const struct cx_system *s = w->system;
    const size_t nx = (size_t)w->shape[0], rows = (size_t)w->shape[1] * (size_t)w->shape[2];
    const size_t longest = nx + (size_t)w->shape[1] + (size_t)w->shape[2],
                 threads = (size_t)s->threads;
    w->scratch_room = 2 * (nx + 8) + CX_TILE * nx + 64;
    w->scratch = room(a, bytes, threads * w->scratch_room, sizeof(real));
    w->made = room(a, bytes, threads * (size_t)s->model->measure_count * nx, sizeof(real));
    w->p = room(a, bytes, (size_t)s->model->param_count + (size_t)s->model->derived_count,
                sizeof(real));
    w->low = room(a, bytes, nx, sizeof(real));
    w->high = room(a, bytes, nx, sizeof(real));
    w->lo = room(a, bytes, longest, sizeof(double));
    w->up = room(a, bytes, longest, sizeof(double));
    w->weight_x = room(a, bytes, (size_t)cx_lanes_room(w->shape[0]), sizeof(double));
    w->row = room(a, bytes, 4 * threads * (size_t)cx_lanes_room(w->shape[0]), sizeof(double));
    w->row_sum = room(a, bytes, 4 * (size_t)s->species * rows, sizeof(double));
    w->block_from = room(a, bytes, (size_t)w->blocks + 1, sizeof(int));
    w->near = room(a, bytes, rows, sizeof *w->near);
}

static void start(WORK *w) {
    const struct cx_grid *g = w->system->grid;
    const struct cx_axis *x = &g->axis[CX_X];
    for (int i = 0; i < x->n; i++) {
        w->low[i] = (real)x->low[i];
        w->high[i] = (real)x->high[i];
        w->weight_x[i] = x->size[i];
    }
    find_neighbours(w);
    for (int b = 0; b <= w->blocks; b++)
        w->block_from[b] = (int)((int64_t)w->shape[1] * w->shape[2] * b / w->blocks);
    for (int axis = 0; axis < 3; axis++)
        for (int end = 0; end < 2; end++) {
            w->side_rate[axis][end] = cx_system_side(w->system, axis, end);
            w->open_sides |= w->side_rate[axis][end] > 0;
        }
    double size[3] = {0};
    for (int axis = 0; axis < 3; axis++)
        for (int i = 0; i < g->axis[axis].n; i++) size[axis] += g->axis[axis].size[i];
    w->volume = size[0] * size[1] * size[2];
}

static WORK layout(const struct cx_system *s, struct cx_arena *a, size_t *bytes) {
    WORK w = {.system = s, .kernels = s->model->CX_KERNELS_MEMBER};
    memcpy(w.shape, s->grid->shape, sizeof w.shape);
    const int rows = w.shape[1] * w.shape[2];
    const int blocks =
        (int)(s->grid->cells / 768) + 1; /* a block's fields fit the L2 cache of one core */
    w.blocks = blocks < rows ? blocks : rows;
    give_fields(&w, a, bytes);
    give_lines(&w, a, bytes);
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
