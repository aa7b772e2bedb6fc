/* sampler.c - see sampler.h */
#include "watch/sampler.h"

#include "solve/sums.h"

#include <math.h>
#include <omp.h>
#include <stdlib.h>
#include <string.h>

static int find_measure(const struct cx_model *m, const char *name) {
    for (int i = 0; i < m->measure_count; i++)
        if (strcmp(m->measures[i].name, name) == 0) return i;
    return -1;
}

/* Number of the probe, made if it is new; -1 for an unknown measure. */
static int probe_of(struct cx_sampler *s, const char *measure, enum cx_region region,
                    enum cx_reduce reduce) {
    const int m = find_measure(s->system->model, measure);
    if (m < 0) return -1;
    for (int i = 0; i < s->probe_count; i++)
        if (s->probe[i].measure == m && s->probe[i].region == region &&
            s->probe[i].reduce == reduce)
            return i;
    s->probe[s->probe_count] = (struct cx_probe){m, region, reduce};
    return s->probe_count++;
}

static enum cx_status bind_series(struct cx_sampler *s, struct cx_error *e) {
    const struct cx_model *model = s->system->model;
    for (int i = 0; i < model->series_count; i++) {
        const struct cx_series_row *row = &model->series[i];
        s->series_probe[i][0] = probe_of(s, row->measure, row->region, row->reduce);
        s->series_probe[i][1] =
            row->over[0] ? probe_of(s, row->over, row->region, row->reduce) : -1;
        if (s->series_probe[i][0] < 0 || (row->over[0] && s->series_probe[i][1] < 0))
            return cx_fail(e, CX_INTERNAL, 0, "series '%s' of model '%s' names an unknown measure",
                           row->name, model->name);
    }
    return CX_OK;
}

static const double *input_named(const struct cx_system *s, const char *name) {
    for (int i = 0; i < s->model->input_count; i++)
        if (strcmp(s->model->inputs[i], name) == 0) return s->input[i];
    return NULL;
}

/* Share 0..1 of cell i that belongs to a region. */
static double share(const struct cx_sampler *s, enum cx_region r, size_t i, const double *destroyed,
                    double deepest) {
    const struct cx_system *sys = s->system;
    const double *papillary = input_named(sys, "papillary"), *dermis = input_named(sys, "dermis"),
                 *epidermis = input_named(sys, "epidermis"), *corneum = input_named(sys, "corneum"),
                 *depth = input_named(sys, "depth");
    const size_t plane = (size_t)sys->grid->shape[0] * (size_t)sys->grid->shape[1];
    const double in_dermis = dermis ? dermis[i] : 1, in_papillary = papillary ? papillary[i] : 0;
    const double skin = (epidermis ? epidermis[i] : 0) + (corneum ? corneum[i] : 0);
    switch (r) {
    case CX_EPIDERMIS: return epidermis ? epidermis[i] : 0;
    case CX_PAPILLARY: return in_papillary;
    case CX_RETICULAR: return in_dermis - in_papillary;
    case CX_DERMIS: return in_dermis;
    case CX_TREATED: return depth && depth[i] > deepest ? 0 : in_dermis;
    case CX_TRACK: return in_dermis * destroyed[i];
    case CX_CHANNEL: return skin * destroyed[i];
    case CX_SURFACE: return i >= sys->grid->cells - plane;
    default: return 1;
    }
}

static double cell_volume(const struct cx_grid *g, size_t i) {
    const int nx = g->shape[0], ny = g->shape[1];
    const int x = (int)(i % (size_t)nx), y = (int)(i / (size_t)nx % (size_t)ny),
              z = (int)(i / (size_t)nx / (size_t)ny);
    return cx_grid_volume(g, x, y, z);
}

static void weigh_region(struct cx_sampler *s, enum cx_region r, const double *destroyed,
                         double deepest) {
    const size_t cells = s->system->grid->cells;
    double most = 0;
    s->total[r] = 0;
    for (size_t i = 0; i < cells; i++) {
        s->weight[r][i] = share(s, r, i, destroyed, deepest);
        if (s->weight[r][i] > most) most = s->weight[r][i];
    }
    for (size_t i = 0; i < cells; i++) {
        s->core[r][i] = s->weight[r][i] > 0.5 * most;
        s->touched[r][i / (size_t)s->system->grid->shape[0]] |= s->weight[r][i] > 0;
        s->weight[r][i] *= cell_volume(s->system->grid, i);
        s->total[r] += s->weight[r][i];
    }
}

/* A region that is empty here (no needle yet, no epidermis) falls back to a wider one. */
static void borrow_region(struct cx_sampler *s, enum cx_region empty, enum cx_region wider) {
    if (s->total[empty] > 0) return;
    memcpy(s->weight[empty], s->weight[wider], s->system->grid->cells * sizeof(double));
    memcpy(s->core[empty], s->core[wider], s->system->grid->cells);
    memcpy(s->touched[empty], s->touched[wider],
           (size_t)s->system->grid->shape[1] * (size_t)s->system->grid->shape[2]);
    s->total[empty] = s->total[wider];
}

enum cx_status cx_sampler_create(const struct cx_system *sys, const double *destroyed,
                                 double deepest_um, struct cx_sampler *s, struct cx_error *e) {
    const struct cx_grid *g = sys->grid;
    const size_t rows = (size_t)g->shape[1] * (size_t)g->shape[2], nx = (size_t)g->shape[0];
    *s = (struct cx_sampler){
        .system = sys, .series_count = sys->model->series_count, .surface = cx_grid_surface(g)};
    const size_t probes = 2 * (size_t)s->series_count;
    s->probe = calloc(probes, sizeof *s->probe);
    s->series_probe = calloc((size_t)s->series_count, sizeof *s->series_probe);
    s->row_value = calloc(probes * rows, sizeof(double));
    s->row_measure =
        calloc((size_t)sys->threads * (size_t)sys->model->measure_count * nx, sizeof(double));
    bool short_of_memory = !s->probe || !s->series_probe || !s->row_value || !s->row_measure;
    for (int r = 0; r < CX_REGION_COUNT; r++) {
        s->weight[r] = calloc(g->cells, sizeof(double));
        s->core[r] = calloc(g->cells, 1);
        s->touched[r] = calloc(rows, 1);
        short_of_memory |= !s->weight[r] || !s->core[r] || !s->touched[r];
    }
    if (short_of_memory)
        return cx_fail(e, CX_STORAGE, 61, "no memory for the time series of %zu cells", g->cells);
    CX_TRY(bind_series(s, e));
    for (int r = 0; r < CX_REGION_COUNT; r++)
        weigh_region(s, (enum cx_region)r, destroyed, deepest_um);
    borrow_region(s, CX_DERMIS, CX_ALL);
    borrow_region(s, CX_TREATED, CX_DERMIS);
    borrow_region(s, CX_TRACK, CX_TREATED);
    borrow_region(s, CX_PAPILLARY, CX_DERMIS);
    borrow_region(s, CX_RETICULAR, CX_DERMIS);
    borrow_region(s, CX_EPIDERMIS, CX_SURFACE);
    borrow_region(s, CX_CHANNEL, CX_EPIDERMIS);
    return CX_OK;
}

void cx_sampler_free(struct cx_sampler *s) {
    free(s->probe);
    free(s->series_probe);
    free(s->row_value);
    free(s->row_measure);
    for (int r = 0; r < CX_REGION_COUNT; r++) {
        free(s->weight[r]);
        free(s->core[r]);
        free(s->touched[r]);
    }
    *s = (struct cx_sampler){0};
}

static double row_sum(const double *m, const double *weight, int n) {
    const int whole = n / CX_LANES * CX_LANES;
    double sum = cx_lanes_dot(weight, m, whole);
    for (int i = whole; i < n; i++) sum += m[i] * weight[i];
    return sum;
}

/* Largest (sign 1) or smallest (sign -1) value of the row's cells that belong to the region; -inf x sign if none. */
static double row_extreme(const struct cx_sampler *s, const struct cx_probe *p, size_t o,
                          const double *m) {
    const double sign = p->reduce == CX_MAX ? 1 : -1;
    double best = -INFINITY;
    for (int i = 0; i < s->system->grid->shape[0]; i++)
        if (s->core[p->region][o + (size_t)i] && sign * m[i] > best) best = sign * m[i];
    return sign * best;
}

/* What one probe finds in one row; the row may lie outside its region. */
static double probe_row(const struct cx_sampler *s, const struct cx_probe *p, int row,
                        const double *m) {
    const size_t o = (size_t)s->system->grid->shape[0] * (size_t)row;
    const bool here = s->touched[p->region][row];
    if (p->reduce == CX_MAX || p->reduce == CX_MIN)
        return here ? row_extreme(s, p, o, m) : (p->reduce == CX_MAX ? -INFINITY : INFINITY);
    return here ? row_sum(m, s->weight[p->region] + o, s->system->grid->shape[0]) : 0;
}

static void sample_row(const struct cx_sampler *s, const struct cx_stepper *stepper, int row,
                       double *made) {
    const int nx = s->system->grid->shape[0];
    const int rows = s->system->grid->shape[1] * s->system->grid->shape[2];
    double *m[CX_MEASURE_MAX];
    for (int i = 0; i < s->system->model->measure_count; i++) m[i] = made + (size_t)i * (size_t)nx;
    cx_stepper_measure(stepper, row, m);
    for (int i = 0; i < s->probe_count; i++)
        s->row_value[(size_t)i * (size_t)rows + (size_t)row] =
            probe_row(s, &s->probe[i], row, m[s->probe[i].measure]);
}

static double reduce_rows(const struct cx_sampler *s, int i) {
    const struct cx_probe *p = &s->probe[i];
    const int rows = s->system->grid->shape[1] * s->system->grid->shape[2];
    const double *value = s->row_value + (size_t)i * (size_t)rows;
    double sum = 0, most = -INFINITY, least = INFINITY;
    for (int r = 0; r < rows; r++) {
        sum += value[r];
        if (value[r] > most) most = value[r];
        if (value[r] < least) least = value[r];
    }
    if (p->reduce == CX_MAX) return most;
    if (p->reduce == CX_MIN) return least;
    return sum / (p->reduce == CX_INTEGRAL ? s->surface : s->total[p->region]);
}

void cx_sampler_take(const struct cx_sampler *s, const struct cx_stepper *stepper, double *row) {
    const int rows = s->system->grid->shape[1] * s->system->grid->shape[2];
    const size_t per_thread =
        (size_t)s->system->model->measure_count * (size_t)s->system->grid->shape[0];
#pragma omp parallel for schedule(static) num_threads(s->system->threads)
    for (int r = 0; r < rows; r++)
        sample_row(s, stepper, r, s->row_measure + per_thread * (size_t)omp_get_thread_num());
    double value[2 * CX_SERIES_MAX];
    for (int i = 0; i < s->probe_count; i++) value[i] = reduce_rows(s, i);
    for (int i = 0; i < s->series_count; i++) {
        const double over = s->series_probe[i][1] < 0 ? 1 : value[s->series_probe[i][1]];
        row[i] = over != 0 ? value[s->series_probe[i][0]] / over : 0;
    }
}
