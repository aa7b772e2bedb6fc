/* stepper_body.h - the step of stepper.h for one precision (`real`).  Included by step_f32.c and step_f64.c. */
#ifndef CX_SOLVE_STEPPER_BODY_H
#define CX_SOLVE_STEPPER_BODY_H

#include "base/flush.h"
#include "solve/layout_body.h"
#include "solve/sweeps_body.h"

#include <math.h>
#include <omp.h>

/* ---- passes of a stage; every one is called by all threads of a team ------------------------------ */

/* Diffusivities and taxis potentials of every cell, before the neighbours are asked for them. */
static void movement_pass(WORK *w) {
    const size_t nx = (size_t)w->shape[CX_X];
#pragma omp for schedule(static)
    for (int b = 0; b < w->blocks; b++)
        w->kernels->movement(w->p, (const real *const *)w->w, (const real *const *)w->in, w->D,
                             w->phi, nx * (size_t)w->block_from[b],
                             nx * (size_t)w->block_from[b + 1]);
}

/* Ends a stage for the cells of block b of species q. */
static void finish_block(const WORK *w, int q, int b) {
    const size_t nx = (size_t)w->shape[CX_X], o = nx * (size_t)w->block_from[b],
                 n = nx * (size_t)w->block_from[b + 1] - o;
    if (w->k == w->k1) {
        cx_stage(w->k1[q] + o, (real)w->h, w->w[q] + o, n);
        return;
    }
    struct CX_SUFFIX(cx_sums) sum = {0};
    const bool known = w->seeks_even && cx_system_moves(w->system, q);
    const real even = known ? w->even[q * w->blocks + b] : (real)NAN;
    for (size_t i = 0; i < n; i += CX_RUN) {
        const size_t at = o + i;
        const struct CX_SUFFIX(cx_settle)
            run = {w->h,           (real)w->gh,     w->unit[q],           even,
                   w->weight + at, w->loss[q] + at, w->system->u[q] + at, w->k1[q] + at,
                   w->k2[q] + at,  w->w[q] + at};
        settle_run(&run, n - i < CX_RUN ? n - i : CX_RUN, &sum);
    }
    cx_settle_sum(&sum, w->sum + 4 * ((size_t)q * (size_t)w->blocks + (size_t)b));
}

/* How far the arrays of w->cold have been asked for. */
struct cx_asked {
    int array;
    size_t cell;
};
enum { CX_ASK = 10 }; /* cache lines per row of a species: about as many as arrive meanwhile */

/* Asks for the next few lines of a block that its reactions will need and its transport does not bring. */
static void ask_for(const WORK *w, size_t from, size_t cells, struct cx_asked *asked) {
    const int second = w->k == w->k2;
    for (int line = 0; line < CX_ASK && asked->array < w->colds[second]; line++) {
        __builtin_prefetch(w->cold[second][asked->array] + from + asked->cell, 1, 2);
        asked->cell += CX_CACHE_LINE / sizeof(real);
        if (asked->cell < cells) continue;
        asked->cell = 0;
        asked->array++;
    }
}

/* Transport of species q in the rows of a block. */
static void transport_block(const WORK *w, int q, struct cx_planes rows, real *scratch,
                            struct cx_asked *asked) {
    const size_t nx = (size_t)w->shape[CX_X], o = nx * (size_t)rows.from,
                 cells = nx * (size_t)(rows.to - rows.from);
    struct cx_place at = {rows.from, rows.from % w->shape[CX_Y], rows.from / w->shape[CX_Y]};
    for (; at.row < rows.to; at = next_place(w, at)) {
        real *f = w->k[q] + nx * (size_t)at.row;
        if (w->system->mobility[q][at.k] == 0)
            memset(f, 0, nx * sizeof *f);
        else
            transport_row(w, q, at, scratch, f);
        if (w->large) ask_for(w, o, cells, asked);
    }
}

/* One block of rows: transport of what moves, reactions of everything, and the whole stage of what stands still. */
static void rates_block(WORK *w, int block, real *scratch) {
    const size_t nx = (size_t)w->shape[CX_X];
    const int from = w->block_from[block], to = w->block_from[block + 1];
    const size_t o = nx * (size_t)from, cells = nx * (size_t)(to - from);
    struct cx_asked asked = {0};
    for (int m = 0; w->column && m < w->movers; m++)
        transport_column(w, w->mover[m], (struct cx_planes){from, to}, scratch,
                         w->k[w->mover[m]] + from);
    for (int m = 0; !w->column && m < w->movers; m++)
        transport_block(w, w->mover[m], (struct cx_planes){from, to}, scratch, &asked);
    const struct CX_SUFFIX(cx_stage) stage = {w->p,
                                              (const real *const *)w->w,
                                              (const real *const *)w->in,
                                              w->k1,
                                              w->k2,
                                              w->loss,
                                              (real)w->gh,
                                              o,
                                              o + cells};
    (w->k == w->k1 ? w->kernels->first_stage : w->kernels->second_stage)(&stage);
    for (int q = 0; q < w->system->species; q++)
        if (!cx_system_moves(w->system, q)) finish_block(w, q, block);
}

/* The rate at which all cells of a block lose species q, or NaN: looked at once per step; where it varies the first cells
 * usually tell. */
static real even_loss(const WORK *w, int q, int b) {
    const size_t nx = (size_t)w->shape[CX_X], o = nx * (size_t)w->block_from[b],
                 n = nx * (size_t)w->block_from[b + 1] - o;
    const real *loss = w->loss[q] + o, one = loss[0];
    for (size_t i = 0; i < n; i += CX_RUN) {
        const size_t to = n - i < CX_RUN ? n : i + CX_RUN;
        int other = 0;
        for (size_t at = i; at < to; at++) other |= loss[at] != one;
        if (other) return (real)NAN;
    }
    return one;
}

static void rates_pass(WORK *w, real *scratch) {
#pragma omp for schedule(static)
    for (int b = 0; b < w->blocks; b++) {
        rates_block(w, b, scratch);
        for (int m = 0; w->seeks_even && w->k == w->k1 && m < w->movers; m++)
            w->even[w->mover[m] * w->blocks + b] = even_loss(w, w->mover[m], b);
    }
}

/* A thread turns to species q: its factors along z are its own. */
static void take_field(const WORK *w, int q, DESK *desk) {
    if (desk->field == q) return;
    const real *even = w->even + (size_t)q * (size_t)w->blocks;
    desk->field = q;
    desk->even = w->seeks_even;
    for (int b = 0; desk->even && b < w->blocks; b++) desk->even = even[b] == even[0];
    for (int axis = 0; axis < 3; axis++) desk->factors[axis].known = false;
}

/* Along x and y: the planes [from, to). */
static void planes_of(WORK *w, int q, int from, int to, DESK *desk) {
    const int ny = w->shape[CX_Y];
    take_field(w, q, desk);
    sweep_planes(w, q, from * ny, to * ny, desk);
}

/* Along z for one strip of neighbouring columns. */
static void strip_of(WORK *w, int q, int at, DESK *desk) {
    take_field(w, q, desk);
    const int plane = w->shape[CX_X] * w->shape[CX_Y], nz = w->shape[CX_Z],
              from = cx_tile_from(plane, at);
    const struct cx_strip strip = {0, cx_tile_from(plane, at + 1) - from, (size_t)from,
                                   (size_t)plane};
    if (nz > 1)
        sweep_across(w, q, CX_Z, &strip, desk);
    else if (plane == 1) /* a point: nothing but the diagonal */
        w->k[q][0] /= 1 + (real)w->gh * w->loss[q][0];
}

/* Few threads: a field stays with one of them, and in its cache.  The same lines are solved either way. */
static void fields_pass(WORK *w, DESK *desk) {
    const int nz = w->shape[CX_Z], each = w->group;
#pragma omp for schedule(dynamic, 1)
    for (int m = 0; m < w->movers; m++) {
        for (int k = 0; k < nz; k += each)
            planes_of(w, w->mover[m], k, nz - k < each ? nz : k + each, desk);
        for (int at = 0; at < w->strips; at++) strip_of(w, w->mover[m], at, desk);
        for (int b = 0; b < w->blocks; b++) finish_block(w, w->mover[m], b);
    }
}

/* Many threads: groups of planes that fill a tile, then strips. */
static void pieces_pass(WORK *w, DESK *desk) {
    const int ny = w->shape[CX_Y], nz = w->shape[CX_Z], each = (CX_TILE + ny - 1) / ny,
              groups = (nz + each - 1) / each;
#pragma omp for schedule(dynamic, 1)
    for (int item = 0; item < w->movers * groups; item++) {
        const int first = item % groups * each, last = first + each < nz ? first + each : nz;
        planes_of(w, w->mover[item / groups], first, last, desk);
    }
#pragma omp for schedule(dynamic, 1)
    for (int item = 0; item < w->movers * w->strips; item++)
        strip_of(w, w->mover[item / w->strips], item % w->strips, desk);
#pragma omp for schedule(static)
    for (int item = 0; item < w->movers * w->blocks; item++)
        finish_block(w, w->mover[item / w->blocks], item % w->blocks);
}

/* A column: all species at once. */
static void column_pass(WORK *w, DESK *desk) {
    if (w->movers == 0) return;
    const int tiles = cx_tiles(w->movers);
#pragma omp for schedule(static)
    for (int t = 0; t < tiles; t++) {
        const int first = cx_tile_from(w->movers, t);
        sweep_column(w, first, cx_tile_from(w->movers, t + 1) - first, desk);
    }
#pragma omp for schedule(static)
    for (int item = 0; item < w->movers * w->blocks; item++)
        finish_block(w, w->mover[item / w->blocks], item % w->blocks);
}

/* A stage: k (k1 or k2) = P^-1 (F(w) - 2 k1 in the second). */
static void stage(WORK *w, real **k) {
    w->k = k;
#pragma omp parallel num_threads(w->system->threads)
    {
        const unsigned mode = cx_flush_begin();
        DESK desk = sit_down(w, omp_get_thread_num());
        if (w->movement_varies) movement_pass(w);
        rates_pass(w, desk.rows);
        if (w->column)
            column_pass(w, &desk);
        else if (w->movers >= 3 * w->system->threads)
            fields_pass(w, &desk);
        else
            pieces_pass(w, &desk);
        cx_flush_end(mode);
    }
}

/* ---- state ------------------------------------------------------------------------------------ */

/* Adds the sums of species q in the order of their blocks. */
static void add_slots(const WORK *w, int q, double sum[4]) {
    memset(sum, 0, 4 * sizeof *sum);
    for (int b = 0; b < w->blocks; b++)
        for (int m = 0; m < 4; m++)
            sum[m] += w->sum[4 * ((size_t)q * (size_t)w->blocks + (size_t)b) + (size_t)m];
}

static void judge(WORK *w, struct cx_attempt *result) {
    *result = (struct cx_attempt){.finite = true, .worst = -1, .volume = w->volume};
    for (int q = 0; q < w->system->species; q++) {
        double sum[4];
        add_slots(w, q, sum);
        const double unit = (double)w->unit[q], scale = unit * w->system->model->species[q].scale;
        const double scaled = sqrt(sum[0]) / (w->system->tolerance * (sqrt(sum[1]) + 1e-3 * scale));
        result->clipped[q] = sum[2] / unit * w->volume;
        result->total[q] = sum[3] / unit * w->volume;
        if (!isfinite(scaled) || !isfinite(sum[2])) result->finite = false;
        if (scaled > result->error) {
            result->error = scaled;
            result->worst = q;
        }
    }
}

/* Couplings of species q along z: see z_low. */
static void refresh_column(WORK *w, int q) {
    const struct cx_axis *z = &w->system->grid->axis[CX_Z];
    const double *D = w->system->mobility[q];
    const bool varies = cx_system_varies(w->system, q);
    for (int k = 0; k < z->n; k++) {
        const double below = D[k ? k - 1 : z->n - 1], above = D[k < z->n - 1 ? k + 1 : 0];
        w->z_low[q][k] = (real)(z->low[k] * cx_face_mobility(D[k], below, varies));
        w->z_high[q][k] = (real)(z->high[k] * cx_face_mobility(D[k], above, varies));
        w->z_open_low[q][k] = (real)(z->low[k] * cx_face_mobility(D[k], below, true));
        w->z_open_high[q][k] = (real)(z->high[k] * cx_face_mobility(D[k], above, true));
    }
}

static void refresh(void *work) {
    WORK *w = work;
    const struct cx_system *s = w->system;
    for (int i = 0; i < s->model->param_count + s->model->derived_count; i++)
        w->p[i] = (real)s->param[i];
    for (int m = 0; m < s->model->input_count; m++)
        for (size_t i = 0; i < s->grid->cells; i++) w->in[m][i] = (real)s->input[m][i];
    for (int q = 0; q < s->species; q++)
        for (size_t i = 0; i < s->grid->cells; i++) w->w[q][i] = (real)s->u[q][i];
    for (int m = 0; m < w->movers; m++) refresh_column(w, w->mover[m]);
}

static void attempt(void *work, double h, struct cx_attempt *result) {
    WORK *w = work;
    w->h = h;
    w->gh = gamma_ros2 * h;
    stage(w, w->k1);
    stage(w, w->k2);
    judge(w, result);
}

/* State of species q in the cells of block b before the step: see keep(). */
static void old_values(const WORK *w, int q, int b, double *old) {
    const size_t nx = (size_t)w->shape[CX_X], o = nx * (size_t)w->block_from[b],
                 n = nx * (size_t)w->block_from[b + 1] - o;
    for (size_t i = 0; i < n; i += CX_RUN)
        recall(w->k1[q] + o + i, w->k2[q] + o + i, old + o + i, n - i < CX_RUN ? n - i : CX_RUN);
}

static void reject(void *work) {
    WORK *w = work;
    const size_t cells = w->system->grid->cells;
#pragma omp parallel for schedule(static) num_threads(w->system->threads)
    for (int q = 0; q < w->system->species; q++) {
        double *u = w->system->u[q];
        for (int b = 0; b < w->blocks; b++) old_values(w, q, b, u);
        for (size_t i = 0; i < cells; i++) w->w[q][i] = (real)u[i];
    }
}

static void between(const void *work, double share, int q, double *out) {
    const WORK *w = work;
    for (int b = 0; b < w->blocks; b++) old_values(w, q, b, out);
    for (size_t i = 0; i < w->system->grid->cells; i++)
        out[i] += share * (w->system->u[q][i] - out[i]);
}

static void measure_row(const void *work, int row, double *const *m) {
    const WORK *w = work;
    const size_t nx = (size_t)w->shape[0], o = nx * (size_t)row;
    const int measures = w->system->model->measure_count;
    const int thread = omp_get_thread_num();
    real *made[CX_MEASURE_MAX], *base = w->made + (size_t)thread * (size_t)measures * nx;
    const real *u[CX_SPECIES_MAX], *in[CX_INPUT_MAX];
    for (int q = 0; q < w->system->species; q++) u[q] = w->w[q] + o;
    for (int i = 0; i < w->system->model->input_count; i++) in[i] = w->in[i] + o;
    for (int i = 0; i < measures; i++) made[i] = base + (size_t)i * nx;
    w->kernels->measure(w->p, u, in, made, 0, nx);
    for (int i = 0; i < measures; i++)
        for (size_t x = 0; x < nx; x++) m[i][x] = (double)made[i][x];
}

const struct cx_stepper_kind CX_STEPPER_KIND = {bytes_of, create, refresh,    attempt,
                                                between,  reject, measure_row};

#endif
