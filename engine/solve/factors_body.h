/* factors_body.h - the tridiagonal factors of a step and the sweeps that divide by them, for one precision (`real`).
 * Where D varies from cell to cell the factors take its largest value in the layer: the method is of order 2 for any
 * factors, and stable when they are not too small. */
#ifndef CX_SOLVE_FACTORS_BODY_H
#define CX_SOLVE_FACTORS_BODY_H

#include "solve/stepper_work.h"
#include "space/lines_body.h"

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
    factor_line(
        &(struct CX_SUFFIX(cx_line_system)){a->n, a->periodic, w->lo, w->up, extra[0], extra[1]},
        line);
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
        extra[end] =
            gh * w->side_rate[CX_Z][end] * (s->side[CX_Z][end] == CX_FIXED ? here : here > 0);
    }
    factor_line(
        &(struct CX_SUFFIX(cx_line_system)){z->n, z->periodic, w->lo, w->up, extra[0], extra[1]},
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
        sweep_rows(&w->lateral[CX_X][q * CX_LAYER_MAX + layer], k + (size_t)row * (size_t)nx,
                   (size_t)nx, lanes, scratch);
    }
}

static void sweep_y(const WORK *w, int q, int layer, real *k) {
    const struct cx_layer_range *range = &w->system->layer[layer];
    const size_t nx = (size_t)w->shape[0], plane = nx * (size_t)w->shape[1];
    for (int z = range->from; z < range->to; z++)
        sweep_columns(&w->lateral[CX_Y][q * CX_LAYER_MAX + layer], k + plane * (size_t)z, nx,
                      (int)nx);
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

#endif
