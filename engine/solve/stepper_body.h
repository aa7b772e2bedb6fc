/* stepper_body.h - the step of stepper.h for one precision (`real`).  Included by step_f32.c and step_f64.c. */
#ifndef CX_SOLVE_STEPPER_BODY_H
#define CX_SOLVE_STEPPER_BODY_H

#include "solve/stepper_work.h"
#include "solve/sums.h"
#include "space/lines_body.h"
#include "space/transport_body.h"

#include <math.h>
#include <omp.h>
#include <string.h>

#define WORK struct CX_SUFFIX(cx_work)
static const double gamma_ros2 = 0.29289321881345254; /* 1 - 1/sqrt 2 */

/* ---- rows and their neighbours ---------------------------------------------------------------- */

/* Row number of the neighbour `step` rows away along y or z, or the row itself behind a wall. */
static int neighbour(const WORK *w, int row, int axis, int step) {
    const int ny = w->shape[1], nz = w->shape[2], j = row % ny, k = row / ny;
    const int n = axis == CX_Y ? ny : nz, at = (axis == CX_Y ? j : k) + step;
    const bool inside = at >= 0 && at < n, ring = w->system->grid->axis[axis].periodic;
    if (!inside && !ring) return step > 0 ? row + (n - 1 - (axis == CX_Y ? j : k)) * (axis == CX_Y ? 1 : ny)
                                          : row - (axis == CX_Y ? j : k) * (axis == CX_Y ? 1 : ny);
    const int wrapped = ((at % n) + n) % n;
    return axis == CX_Y ? wrapped + ny * k : j + ny * wrapped;
}

/* Copies a row between two ghost cells on each side: the wall repeats the last cell, a ring wraps. */
static real *pad(const real *row, int n, bool ring, real *buffer) {
    real *c = buffer + 2;
    memcpy(c, row, (size_t)n * sizeof *row);
    for (int g = 1; g <= 2; g++) {
        c[-g] = ring ? row[((n - g) % n + n) % n] : row[0];
        c[n - 1 + g] = ring ? row[(g - 1) % n] : row[n - 1];
    }
    return c;
}

struct CX_SUFFIX(cx_neighbours) { size_t s, t, b, a, ss, tt, bb, aa; };

static struct CX_SUFFIX(cx_neighbours) around(const WORK *w, int row) {
    const size_t nx = (size_t)w->shape[0];
    const int *near = w->near[row];
    return (struct CX_SUFFIX(cx_neighbours)){
        nx * (size_t)near[0], nx * (size_t)near[1], nx * (size_t)near[2], nx * (size_t)near[3],
        nx * (size_t)near[4], nx * (size_t)near[5], nx * (size_t)near[6], nx * (size_t)near[7]};
}

static void find_neighbours(WORK *w) {
    const int step[4] = {-1, 1, -2, 2};
    for (int row = 0; row < w->shape[1] * w->shape[2]; row++)
        for (int i = 0; i < 8; i++)
            w->near[row][i] = neighbour(w, row, i / 2 % 2 ? CX_Z : CX_Y, step[i % 2 + 2 * (i / 4)]);
}

/* Couplings along y and z of a row for species q: times D of the faces, or times a 0/1 mask of where it can go. */
static void couple(const WORK *w, int q, int row, bool with_D, struct CX_SUFFIX(cx_row_job) *job) {
    const int ny = w->shape[1], nz = w->shape[2], j = row % ny, k = row / ny;
    const struct cx_axis *y = &w->system->grid->axis[CX_Y], *z = &w->system->grid->axis[CX_Z];
    const double *D = w->system->mobility[q];
    const int kb = k ? k - 1 : (z->periodic ? nz - 1 : 0), ka = k < nz - 1 ? k + 1 : (z->periodic ? 0 : k);
    const double here = with_D ? D[k] : D[k] > 0;
    const double low = with_D ? cx_face_mobility(D[k], D[kb]) : (D[k] > 0 && D[kb] > 0);
    const double high = with_D ? cx_face_mobility(D[k], D[ka]) : (D[k] > 0 && D[ka] > 0);
    job->south = (real)(here * y->low[j]);
    job->north = (real)(here * y->high[j]);
    job->below = (real)(low * z->low[k]);
    job->above = (real)(high * z->high[k]);
}

/* What fixed and Robin sides bring to a row of species q. */
static void sides_row(const WORK *w, int q, int row, const real *u, real *f) {
    const struct cx_system *s = w->system;
    const int nx = w->shape[0], ny = w->shape[1], nz = w->shape[2], j = row % ny, k = row / ny;
    const real rest = (real)s->rest[q][k];
    const bool at[3][2] = {{true, true}, {j == 0, j == ny - 1}, {k == 0, k == nz - 1}};
    for (int axis = 0; axis < 3; axis++)
        for (int end = 0; end < 2; end++) {
            const double rate = w->side_rate[axis][end] *
                                (s->side[axis][end] == CX_FIXED ? s->mobility[q][k] : s->mobility[q][k] > 0);
            if (rate == 0 || !at[axis][end]) continue;
            const int from = axis == CX_X && end ? nx - 1 : 0, to = axis == CX_X && !end ? 1 : nx;
            for (int i = from; i < to; i++) f[i] += (real)rate * (rest - u[i]);
        }
}

/* ---- right-hand side -------------------------------------------------------------------------- */

static void coefficient_row(const WORK *w, const real *field, int row, real *buffer,
                            struct CX_SUFFIX(cx_row_coefficient) *out) {
    const struct CX_SUFFIX(cx_neighbours) n = around(w, row);
    const real *own = field + (size_t)row * (size_t)w->shape[0];
    *out = (struct CX_SUFFIX(cx_row_coefficient)){
        pad(own, w->shape[0], w->system->grid->axis[CX_X].periodic, buffer), field + n.s, field + n.t,
        field + n.b, field + n.a};
}

/* f += transport of species q in one row. */
static void transport_row(const WORK *w, int q, int row, real *scratch, real *f) {
    const struct cx_system *s = w->system;
    const int nx = w->shape[0], k = row / w->shape[1];
    if (s->mobility[q][k] == 0) return;
    const real *u = w->w[q];
    const struct CX_SUFFIX(cx_neighbours) n = around(w, row);
    struct CX_SUFFIX(cx_row_job) job = {
        .n = nx, .low = w->low, .high = w->high, .s = u + n.s, .t = u + n.t, .b = u + n.b, .a = u + n.a,
        .ss = u + n.ss, .tt = u + n.tt, .bb = u + n.bb, .aa = u + n.aa,
        .c = pad(u + (size_t)row * (size_t)nx, nx, s->grid->axis[CX_X].periodic, scratch)};
    struct CX_SUFFIX(cx_row_coefficient) other;
    real *second = scratch + nx + 4;
    if (cx_system_varies(s, q)) {
        couple(w, q, row, false, &job);
        coefficient_row(w, w->D[q], row, second, &other);
        diffuse_row_varying(&job, &other, f);
    } else {
        couple(w, q, row, true, &job);
        diffuse_row(&job, (real)s->mobility[q][k], f);
    }
    if (cx_system_climbs(s, q)) {
        couple(w, q, row, false, &job);
        coefficient_row(w, w->phi[q], row, second, &other);
        taxis_row(&job, &other, 1, f);
    }
    if (w->open_sides) sides_row(w, q, row, job.c, f);
}

/* Diffusivities and taxis potentials of every cell, before the neighbours are asked for them. */
static void movement_pass(WORK *w) {
    if (!w->movement_varies) return;
    const size_t nx = (size_t)w->shape[0];
#pragma omp parallel for schedule(static) num_threads(w->system->threads)
    for (int b = 0; b < w->blocks; b++)
        w->kernels->movement(w->p, (const real *const *)w->w, (const real *const *)w->in, w->D, w->phi,
                             nx * (size_t)w->block_from[b], nx * (size_t)w->block_from[b + 1]);
}

static struct CX_SUFFIX(cx_settle) settling(const WORK *w, int q, int row, double *buffer) {
    const size_t at = (size_t)w->shape[0] * (size_t)row;
    return (struct CX_SUFFIX(cx_settle)){w->shape[0], w->h, w->weight_x, buffer, w->system->u[q] + at,
                                         w->k1[q] + at, w->k2[q] + at, w->w[q] + at};
}

/* Ends a stage for the rows [from, to) of species q, while its increments are still in the cache. */
static void finish_stage(WORK *w, int q, bool second, int from, int to) {
    const size_t nx = (size_t)w->shape[0], rows = (size_t)w->shape[1] * (size_t)w->shape[2], o = nx * (size_t)from;
    if (!second) {
        cx_stage(w->system->u[q] + o, w->k1[q] + o, (real)w->h, w->w[q] + o, nx * (size_t)(to - from));
        return;
    }
    double *buffer = w->row + (size_t)(4 * cx_lanes_room(w->shape[0])) * (size_t)omp_get_thread_num();
    for (int r = from; r < to; r++) {
        const struct CX_SUFFIX(cx_settle) row = settling(w, q, r, buffer);
        cx_settle_row(&row, w->row_sum + 4 * ((size_t)q * rows + (size_t)r));
    }
}

/* One block of rows: k1 = F(u), or k2 = F(u) - 2 k1, times the pointwise factor for `gh` = g h.
 * The first stage keeps the loss rates: both stages must use the same factors. */
static void rates_block(WORK *w, int block, real gh, bool second, real *scratch) {
    const size_t nx = (size_t)w->shape[0];
    const int from = w->block_from[block], to = w->block_from[block + 1], species = w->system->species;
    const size_t o = nx * (size_t)from, cells = nx * (size_t)(to - from);
    real *const *k = second ? w->k2 : w->k1, *loss[CX_SPECIES_MAX] = {0};
    for (int q = 0; q < species; q++) {
        real *f = k[q] + o;
        if (second)
            for (size_t i = 0; i < cells; i++) f[i] = -2 * w->k1[q][o + i];
        else
            memset(f, 0, cells * sizeof *f);
        if (cx_system_moves(w->system, q))
            for (int r = from; r < to; r++) transport_row(w, q, r, scratch, k[q] + nx * (size_t)r);
        loss[q] = second ? w->dump : w->loss[q];
    }
    w->kernels->rates(w->p, (const real *const *)w->w, (const real *const *)w->in, k, loss, o, o + cells);
    for (int q = 0; q < species; q++) {
        cx_divide(k[q] + o, w->loss[q] + o, gh, cells);
        if (!cx_system_moves(w->system, q)) finish_stage(w, q, second, from, to);
    }
}

static void rates_pass(WORK *w, real gh, bool second) {
    movement_pass(w);
#pragma omp parallel for schedule(static) num_threads(w->system->threads)
    for (int b = 0; b < w->blocks; b++)
        rates_block(w, b, gh, second, w->scratch + (size_t)omp_get_thread_num() * w->scratch_room);
}

/* ---- increments: tridiagonal factors --------------------------------------------------------- */

/* Lines along x or y in one layer: couplings times g h D. */
static void factor_lateral(WORK *w, int q, int axis, int layer, double gh) {
    const struct cx_system *s = w->system;
    const struct cx_axis *a = &s->grid->axis[axis];
    const int k = s->layer[layer].from;
    const double D = cx_layer_mobility(w->peak[q], &s->layer[layer]), r = gh * D;
    struct CX_SUFFIX(cx_line) *line = &w->lateral[axis][q * CX_LAYER_MAX + layer];
    for (int i = 0; i < a->n; i++) {
        w->lo[i] = r * a->low[i];
        w->up[i] = r * a->high[i];
    }
    double extra[2];
    for (int end = 0; end < 2; end++)
        extra[end] = gh * w->side_rate[axis][end] *
                     (s->side[axis][end] == CX_FIXED ? s->mobility[q][k] : s->mobility[q][k] > 0);
    factor_line(&(struct CX_SUFFIX(cx_line_system)){a->n, a->periodic, w->lo, w->up, extra[0], extra[1]}, line);
    w->skip[axis][q * CX_LAYER_MAX + layer] = D == 0 && extra[0] == 0 && extra[1] == 0;
}

/* Lines along z run through all layers. */
static void factor_vertical(WORK *w, int q, double gh) {
    const struct cx_system *s = w->system;
    const struct cx_axis *z = &s->grid->axis[CX_Z];
    const double *D = w->peak[q];
    for (int k = 0; k < z->n; k++) {
        const int kb = k ? k - 1 : (z->periodic ? z->n - 1 : 0);
        const int ka = k < z->n - 1 ? k + 1 : (z->periodic ? 0 : k);
        w->lo[k] = gh * cx_face_mobility(D[k], D[kb]) * z->low[k];
        w->up[k] = gh * cx_face_mobility(D[k], D[ka]) * z->high[k];
    }
    double extra[2];
    for (int end = 0; end < 2; end++) {
        const double here = s->mobility[q][end ? z->n - 1 : 0];
        extra[end] = gh * w->side_rate[CX_Z][end] * (s->side[CX_Z][end] == CX_FIXED ? here : here > 0);
    }
    factor_line(&(struct CX_SUFFIX(cx_line_system)){z->n, z->periodic, w->lo, w->up, extra[0], extra[1]},
                &w->vertical[q]);
}

/* The factors need one D per layer: where D varies from cell to cell, its largest value there. */
static void find_peaks(WORK *w, int q) {
    const struct cx_system *s = w->system;
    const size_t plane = (size_t)w->shape[0] * (size_t)w->shape[1];
    for (int k = 0; k < w->shape[2]; k++) {
        real most = 0;
        const real *D = w->D[q] + plane * (size_t)k;
        for (size_t i = 0; i < plane; i++) most = D[i] > most ? D[i] : most;
        w->peak[q][k] = s->mobility[q][k] > 0 ? (double)most : 0;
    }
}

static void factor_all(WORK *w, double gh) {
    const struct cx_system *s = w->system;
    for (int q = 0; q < s->species; q++) {
        if (!cx_system_moves(s, q)) continue;
        if (cx_system_varies(s, q))
            find_peaks(w, q);
        else
            memcpy(w->peak[q], s->mobility[q], (size_t)w->shape[2] * sizeof(double));
        for (int axis = CX_X; axis <= CX_Y; axis++)
            for (int layer = 0; w->shape[axis] > 1 && layer < s->layers; layer++)
                factor_lateral(w, q, axis, layer, gh);
        if (w->shape[2] > 1) factor_vertical(w, q, gh);
    }
}

/* x lines of species q in the planes of one layer, tile by tile. */
static void sweep_x(const WORK *w, int q, int layer, real *k, real *scratch) {
    const struct cx_layer_range *range = &w->system->layer[layer];
    const int nx = w->shape[0], ny = w->shape[1];
    for (int row = range->from * ny; row < range->to * ny; row += CX_TILE) {
        const int left = range->to * ny - row, lanes = left < CX_TILE ? left : CX_TILE;
        sweep_rows(&w->lateral[CX_X][q * CX_LAYER_MAX + layer], k + (size_t)row * (size_t)nx, (size_t)nx,
                   lanes, scratch);
    }
}

static void sweep_y(const WORK *w, int q, int layer, real *k) {
    const struct cx_layer_range *range = &w->system->layer[layer];
    const size_t nx = (size_t)w->shape[0], plane = nx * (size_t)w->shape[1];
    for (int z = range->from; z < range->to; z++)
        sweep_columns(&w->lateral[CX_Y][q * CX_LAYER_MAX + layer], k + plane * (size_t)z, nx, (int)nx);
}

static void sweep_z(const WORK *w, int q, real *k) {
    const size_t plane = (size_t)w->shape[0] * (size_t)w->shape[1], chunk = 256;
    for (size_t i = 0; i < plane; i += chunk)
        sweep_columns(&w->vertical[q], k + i, plane, (int)(plane - i < chunk ? plane - i : chunk));
}

static void sweep_species(const WORK *w, int q, real *k, real *scratch) {
    for (int layer = 0; layer < w->system->layers; layer++) {
        const int at = q * CX_LAYER_MAX + layer;
        if (w->shape[0] > 1 && !w->skip[CX_X][at]) sweep_x(w, q, layer, k, scratch);
        if (w->shape[1] > 1 && !w->skip[CX_Y][at]) sweep_y(w, q, layer, k);
    }
    if (w->shape[2] > 1) sweep_z(w, q, k);
}

static void sweep_pass(WORK *w, bool second) {
#pragma omp parallel for schedule(dynamic, 1) num_threads(w->system->threads)
    for (int q = 0; q < w->system->species; q++) {
        if (!cx_system_moves(w->system, q)) continue;
        sweep_species(w, q, second ? w->k2[q] : w->k1[q],
                      w->scratch + (size_t)omp_get_thread_num() * w->scratch_room);
        finish_stage(w, q, second, 0, w->shape[1] * w->shape[2]);
    }
}

/* ---- state ------------------------------------------------------------------------------------ */

/* Adds the rows of species q in order, weighted with the size of the cells across. */
static void add_rows(const WORK *w, int q, double sum[4]) {
    const struct cx_axis *y = &w->system->grid->axis[CX_Y], *z = &w->system->grid->axis[CX_Z];
    const int ny = w->shape[1], nz = w->shape[2];
    memset(sum, 0, 4 * sizeof *sum);
    for (int k = 0; k < nz; k++) {
        double plane[4] = {0};
        for (int j = 0; j < ny; j++) {
            const double *row = w->row_sum + 4 * ((size_t)q * (size_t)(ny * nz) + (size_t)(j + ny * k));
            for (int m = 0; m < 4; m++) plane[m] += y->size[j] * row[m];
        }
        for (int m = 0; m < 4; m++) sum[m] += z->size[k] * plane[m];
    }
}

static void judge(WORK *w, struct cx_attempt *result) {
    *result = (struct cx_attempt){.finite = true, .worst = -1};
    for (int q = 0; q < w->system->species; q++) {
        double sum[4];
        add_rows(w, q, sum);
        const double error = sqrt(sum[0] / w->volume), size = sqrt(sum[1] / w->volume);
        const double scaled = error / (w->system->tolerance * (size + 1e-3 * w->system->model->species[q].scale));
        result->clipped[q] = sum[2];
        result->total[q] = sum[3];
        if (!isfinite(scaled)) result->finite = false;
        if (scaled > result->error) {
            result->error = scaled;
            result->worst = q;
        }
    }
}

static void refresh(void *work) {
    WORK *w = work;
    const struct cx_system *s = w->system;
    for (int i = 0; i < s->model->param_count + s->model->derived_count; i++) w->p[i] = (real)s->param[i];
    for (int m = 0; m < s->model->input_count; m++)
        for (size_t i = 0; i < s->grid->cells; i++) w->in[m][i] = (real)s->input[m][i];
    for (int q = 0; q < s->species; q++)
        for (size_t i = 0; i < s->grid->cells; i++) w->w[q][i] = (real)s->u[q][i];
}

static void attempt(void *work, double h, struct cx_attempt *result) {
    WORK *w = work;
    w->h = h;
    rates_pass(w, (real)(gamma_ros2 * h), false);
    factor_all(w, gamma_ros2 * h);
    sweep_pass(w, false);
    rates_pass(w, (real)(gamma_ros2 * h), true);
    sweep_pass(w, true);
    judge(w, result);
}

static void reject(void *work) {
    WORK *w = work;
    const int rows = w->shape[1] * w->shape[2];
#pragma omp parallel for schedule(static) num_threads(w->system->threads)
    for (int q = 0; q < w->system->species; q++)
        for (int r = 0; r < rows; r++) {
            const struct CX_SUFFIX(cx_settle) row = settling(w, q, r, NULL);
            cx_restore(&row);
        }
}

static void between(const void *work, double share, int q, double *out) {
    const WORK *w = work;
    for (size_t i = 0; i < w->system->grid->cells; i++) {
        const double old = cx_kept(&w->k1[q][i], &w->k2[q][i]);
        out[i] = old + share * (w->system->u[q][i] - old);
    }
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
                        .a = r, .b = r + n, .c = r + 2 * n,
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
                .a = r, .b = r + n, .c = r + 2 * n,
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
    const size_t longest = nx + (size_t)w->shape[1] + (size_t)w->shape[2], threads = (size_t)s->threads;
    w->scratch_room = 2 * (nx + 8) + CX_TILE * nx + 64;
    w->scratch = room(a, bytes, threads * w->scratch_room, sizeof(real));
    w->made = room(a, bytes, threads * (size_t)s->model->measure_count * nx, sizeof(real));
    w->p = room(a, bytes, (size_t)(s->model->param_count + s->model->derived_count), sizeof(real));
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
    const int blocks = (int)(s->grid->cells / 768) + 1; /* a block's fields fit the L2 cache of one core */
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

const struct cx_stepper_kind CX_SUFFIX(cx_stepper_kind) = {
    bytes_of, create, refresh, attempt, between, reject, measure_row};

#endif
