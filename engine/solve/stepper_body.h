/* stepper_body.h - the step of stepper.h for one precision (`real`).  Included by step_f32.c and step_f64.c. */
#ifndef CX_SOLVE_STEPPER_BODY_H
#define CX_SOLVE_STEPPER_BODY_H

#include "base/flush.h"
#include "solve/factors_body.h"
#include "solve/layout_body.h"
#include "solve/rows_body.h"
#include "solve/sums.h"

#include <math.h>
#include <omp.h>

static const double gamma_ros2 = 0.29289321881345254; /* 1 - 1/sqrt 2 */

/* ---- passes of a stage -------------------------------------------------------------------------- */

/* Diffusivities and taxis potentials of every cell, before the neighbours are asked for them. */
static void movement_pass(WORK *w) {
    if (!w->movement_varies) return;
    const size_t nx = (size_t)w->shape[0];
#pragma omp parallel num_threads(w->system->threads)
    {
        const unsigned mode = cx_flush_begin();
#pragma omp for schedule(static)
        for (int b = 0; b < w->blocks; b++)
            w->kernels->movement(w->p, (const real *const *)w->w, (const real *const *)w->in, w->D,
                                 w->phi, nx * (size_t)w->block_from[b],
                                 nx * (size_t)w->block_from[b + 1]);
        cx_flush_end(mode);
    }
}

static struct CX_SUFFIX(cx_settle) settling(const WORK *w, int q, int row, double *buffer) {
    const size_t at = (size_t)w->shape[0] * (size_t)row;
    return (struct CX_SUFFIX(cx_settle)){
        w->shape[0],          w->h,          w->weight_x,   buffer,
        w->system->u[q] + at, w->k1[q] + at, w->k2[q] + at, w->w[q] + at};
}

/* Ends a stage for the rows [from, to) of species q, while its increments are still in the cache. */
static void finish_stage(WORK *w, int q, bool second, int from, int to) {
    const size_t nx = (size_t)w->shape[0], rows = (size_t)w->shape[1] * (size_t)w->shape[2],
                 o = nx * (size_t)from;
    if (!second) {
        cx_stage(w->system->u[q] + o, w->k1[q] + o, (real)w->h, w->w[q] + o,
                 nx * (size_t)(to - from));
        return;
    }
    double *buffer =
        w->row + (size_t)(4 * cx_lanes_room(w->shape[0])) * (size_t)omp_get_thread_num();
    for (int r = from; r < to; r++) {
        const struct CX_SUFFIX(cx_settle) row = settling(w, q, r, buffer);
        cx_settle_row(&row, w->row_sum + 4 * ((size_t)q * rows + (size_t)r));
    }
}

/* One block of rows: k1 = F(u), or k2 = F(u) - 2 k1, times the pointwise factor for `gh` = g h.
 * The first stage keeps the loss rates: both stages must use the same factors. */
static void rates_block(WORK *w, int block, real gh, bool second, real *scratch) {
    const size_t nx = (size_t)w->shape[0];
    const int from = w->block_from[block], to = w->block_from[block + 1],
              species = w->system->species;
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
    w->kernels->rates(w->p, (const real *const *)w->w, (const real *const *)w->in, k, loss, o,
                      o + cells);
    for (int q = 0; q < species; q++) {
        cx_divide(k[q] + o, w->loss[q] + o, gh, cells);
        if (!cx_system_moves(w->system, q)) finish_stage(w, q, second, from, to);
    }
}

static void rates_pass(WORK *w, real gh, bool second) {
    movement_pass(w);
#pragma omp parallel num_threads(w->system->threads)
    {
        const unsigned mode = cx_flush_begin();
        real *scratch = w->scratch + (size_t)omp_get_thread_num() * w->scratch_room;
#pragma omp for schedule(static)
        for (int b = 0; b < w->blocks; b++) rates_block(w, b, gh, second, scratch);
        cx_flush_end(mode);
    }
}

static void sweep_pass(WORK *w, bool second) {
#pragma omp parallel num_threads(w->system->threads)
    {
        const unsigned mode = cx_flush_begin();
        real *scratch = w->scratch + (size_t)omp_get_thread_num() * w->scratch_room;
#pragma omp for schedule(dynamic, 1)
        for (int q = 0; q < w->system->species; q++) {
            if (!cx_system_moves(w->system, q)) continue;
            sweep_species(w, q, second ? w->k2[q] : w->k1[q], scratch);
            finish_stage(w, q, second, 0, w->shape[1] * w->shape[2]);
        }
        cx_flush_end(mode);
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
            const double *row =
                w->row_sum + 4 * ((size_t)q * (size_t)(ny * nz) + (size_t)(j + ny * k));
            for (int m = 0; m < 4; m++) plane[m] += y->size[j] * row[m];
        }
        for (int m = 0; m < 4; m++) sum[m] += z->size[k] * plane[m];
    }
}

static void judge(WORK *w, struct cx_attempt *result) {
    *result = (struct cx_attempt){.finite = true, .worst = -1, .volume = w->volume};
    for (int q = 0; q < w->system->species; q++) {
        double sum[4];
        add_rows(w, q, sum);
        const double error = sqrt(sum[0] / w->volume), size = sqrt(sum[1] / w->volume);
        const double scaled =
            error / (w->system->tolerance * (size + 1e-3 * w->system->model->species[q].scale));
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
    for (int i = 0; i < s->model->param_count + s->model->derived_count; i++)
        w->p[i] = (real)s->param[i];
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

const struct cx_stepper_kind CX_SUFFIX(cx_stepper_kind) = {bytes_of, create, refresh,    attempt,
                                                           between,  reject, measure_row};

#endif
