/* sample.h - a small run.nc whose every number follows from a formula that a reader in another language can repeat.
 *
 * Field f, frame t, cell (i, j, k):  100 (f + 1) + 10 t + k + j / 8 + i / 64, exact in float.
 * Series s, frame t: s + t / 4.  History: 10 steps at t / 2 day, value 1000 s + step. */
#ifndef CX_TESTS_WATCH_SAMPLE_H
#define CX_TESTS_WATCH_SAMPLE_H

#include "watch/result.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SAMPLE_FIELDS = 3, SAMPLE_SERIES = 2, SAMPLE_STATICS = 2, SAMPLE_STEPS = 10 };

static const struct cx_named sample_fields[SAMPLE_FIELDS] = {
    {"collagen_1", "1", "collagen I, share of healthy"},
    {"tgfb1", "ng/mL", "active TGF-beta 1"},
    {"neutrophils", "1/mm3", "neutrophils"}};
static const struct cx_named sample_series[SAMPLE_SERIES] = {
    {"collagen_mean", "1", "mean collagen I of the dermis"},
    {"tgfb1_max", "ng/mL", "highest TGF-beta 1"}};
static const struct cx_named sample_statics[SAMPLE_STATICS] = {
    {"dermis_share", "1", "share of dermis"}, {"destroyed", "1", "share destroyed"}};
static const double sample_days[] = {0, 0.25, 1, 4, 9};
enum { SAMPLE_FRAMES = sizeof sample_days / sizeof *sample_days };

struct sample {
    struct cx_grid grid;
    struct cx_result_head head;
    double *field[SAMPLE_FIELDS], *map[SAMPLE_STATICS];
};

static inline double sample_value(int f, int t, const int cell[3]) {
    return 100 * (f + 1) + 10 * t + cell[2] + cell[1] / 8.0 + cell[0] / 64.0;
}

static inline void sample_fill(struct sample *s, int t) {
    const int *n = s->grid.shape;
    for (int k = 0; k < n[2]; k++)
        for (int j = 0; j < n[1]; j++)
            for (int i = 0; i < n[0]; i++)
                for (int f = 0; f < SAMPLE_FIELDS; f++)
                    s->field[f][cx_grid_at(&s->grid, i, j, k)] =
                        sample_value(f, t, (int[]){i, j, k});
}

/* Cells of 25 um sideways; downward they grow from 5 um by a quarter each. */
static inline bool sample_grid(struct sample *s, const int shape[3], bool radial) {
    struct cx_grid_spec spec = {.radial = radial};
    double *edge[3];
    for (int d = 0; d < 3; d++) {
        edge[d] = malloc(((size_t)shape[d] + 1) * sizeof(double));
        spec.shape[d] = shape[d];
        spec.edge[d] = edge[d];
        for (int i = 0; i <= shape[d]; i++) edge[d][i] = 25.0 * i;
    }
    double height = 5;
    edge[2][shape[2]] = 0;
    for (int k = shape[2]; k > 0; k--, height *= 1.25) edge[2][k - 1] = edge[2][k] - height;
    struct cx_error e;
    const bool done = cx_grid_create(&spec, &s->grid, &e) == CX_OK;
    if (!done) printf("grid: %s\n", e.text);
    for (int d = 0; d < 3; d++) free(edge[d]);
    return done;
}

static inline bool sample_make(struct sample *s, const int shape[3], const char *geometry) {
    memset(s, 0, sizeof *s);
    if (!sample_grid(s, shape, strcmp(geometry, "axisymmetric") == 0)) return false;
    for (int f = 0; f < SAMPLE_FIELDS; f++) s->field[f] = calloc(s->grid.cells, sizeof(double));
    for (int m = 0; m < SAMPLE_STATICS; m++) s->map[m] = calloc(s->grid.cells, sizeof(double));
    for (size_t c = 0; c < s->grid.cells; c++) {
        s->map[0][c] = (double)c / 256;
        s->map[1][c] = 0.5;
    }
    s->head = (struct cx_result_head){.grid = &s->grid,
                                      .geometry = geometry,
                                      .title = "sample \xc2\xb5m",
                                      .history = "written by a test",
                                      .references = "none",
                                      .version = "0.1.0",
                                      .commit = "",
                                      .config = "cicatrix: 1\ntitle: sample\n",
                                      .model = "demo",
                                      .digest = "0123456789abcdef",
                                      .field_count = SAMPLE_FIELDS,
                                      .series_count = SAMPLE_SERIES,
                                      .static_count = SAMPLE_STATICS,
                                      .fields = sample_fields,
                                      .series = sample_series,
                                      .statics = sample_statics,
                                      .static_data = (const double *const *)s->map};
    return true;
}

static inline void sample_free(struct sample *s) {
    for (int f = 0; f < SAMPLE_FIELDS; f++) free(s->field[f]);
    for (int m = 0; m < SAMPLE_STATICS; m++) free(s->map[m]);
    cx_grid_free(&s->grid);
}

/* Appends frame number t by an open writer. */
static inline enum cx_status sample_add(struct sample *s, struct cx_result_writer *w, int t,
                                        struct cx_error *e) {
    double series[SAMPLE_SERIES];
    sample_fill(s, t);
    for (int i = 0; i < SAMPLE_SERIES; i++) series[i] = i + t / 4.0;
    const struct cx_frame f = {.time_day = t < SAMPLE_FRAMES ? sample_days[t] : t,
                               .fields = (const double *const *)s->field,
                               .series = series};
    return cx_result_writer_append(w, &f, e);
}

/* The same by a writer of its own. */
static inline enum cx_status sample_append(struct sample *s, const char *path, int t,
                                           struct cx_error *e) {
    struct cx_result_writer *w = NULL;
    CX_TRY(cx_result_writer_open(path, &s->head, &w, e));
    const enum cx_status status = sample_add(s, w, t, e);
    return cx_result_writer_close(w, status ? NULL : e);
}

static inline enum cx_status sample_history(struct sample *s, const char *path,
                                            struct cx_error *e) {
    double day[SAMPLE_STEPS], values[SAMPLE_STEPS * SAMPLE_SERIES];
    for (int i = 0; i < SAMPLE_STEPS; i++) {
        day[i] = i / 2.0;
        for (int j = 0; j < SAMPLE_SERIES; j++) values[i * SAMPLE_SERIES + j] = 1000.0 * j + i;
    }
    const struct cx_series_table t = {s->head.series_count, s->head.series, SAMPLE_STEPS, day,
                                      values};
    return cx_result_history(path, &t, e);
}

static inline enum cx_status sample_needles(const char *path, struct cx_error *e) {
    const struct cx_needle_record n[2] = {
        {12.5, 25, 700, 250, 5, 90, 1e7, {10, 60, 130, 500}, 0, 1},
        {512.5, 125, 650, 250, 0, 0, 9e6, {10, 60, 130, 450}, 1, 0}};
    return cx_result_needles(path, n, 2, e);
}

/* The whole: frames, needles, history. */
static inline enum cx_status sample_write(struct sample *s, const char *path, int frames,
                                          struct cx_error *e) {
    CX_TRY(cx_result_create(path, &s->head, e));
    CX_TRY(sample_needles(path, e));
    struct cx_result_writer *w = NULL;
    CX_TRY(cx_result_writer_open(path, &s->head, &w, e));
    for (int t = 0; t < frames; t++)
        if (sample_add(s, w, t, e)) return cx_result_writer_close(w, NULL);
    CX_TRY(cx_result_writer_close(w, e));
    return sample_history(s, path, e);
}

#endif
