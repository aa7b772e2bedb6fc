/* page_for_tests.h - a small result in a folder, and the page that is made of it. */
#ifndef CX_TESTS_REPORT_PAGE_H
#define CX_TESTS_REPORT_PAGE_H

#include "base/file.h"
#include "check.h"
#include "report/report.h"
#include "watch/outcomes_json.h"
#include "watch/result.h"
#include "watch/scratch.h"

enum { PAGE_FRAMES = 6, PAGE_FIELDS = 3, PAGE_SERIES = 4, PAGE_STEPS = 60, PAGE_CELLS = 6 * 4 * 8 };

/* What the small result is to hold. */
struct page_for_tests {
    const char *geometry;
    int shape[3];
    int needles;
    const char *title, *config;
    const struct cx_outcomes *outcomes; /* NULL: the run has not ended */
    bool begun;                         /* nothing stored yet: neither pictures nor steps */
};

/* A bump around the middle of the block that fades with depth and grows with time. */
static inline double page_value(const struct cx_grid *g, size_t cell, int field, double day) {
    const size_t nx = (size_t)g->shape[0], ny = (size_t)g->shape[1];
    const double x = g->axis[CX_X].center[cell % nx], z = g->axis[CX_Z].center[cell / (nx * ny)];
    return (field + 1) * exp(-fabs(x - 200) / 100) * exp(z / 300) * (1 + 0.1 * day);
}

static inline struct cx_grid page_grid(const int shape[3], const char *geometry) {
    static const double x[] = {0, 50, 100, 200, 300, 350, 400}, y[] = {0, 100, 200, 300, 400},
                        one[] = {0, 1};
    static const double z[] = {-900, -600, -400, -200, -120, -80, -40, -15, 0};
    struct cx_grid g;
    struct cx_error e = {0};
    const struct cx_grid_spec spec = {
        .edge = {shape[0] > 1 ? x : one, shape[1] > 1 ? y : one, z},
        .shape = {shape[0], shape[1], shape[2]},
        .radial = strcmp(geometry, "axisymmetric") == 0,
    };
    CHECK_MSG(cx_grid_create(&spec, &g, &e) == CX_OK, "%s", e.text);
    return g;
}

static inline void page_frames(const char *path, const struct cx_result_head *h) {
    static const double days[PAGE_FRAMES] = {0, 0.25, 1, 3, 7, 28};
    static double value[PAGE_FIELDS][PAGE_CELLS];
    const double *fields[PAGE_FIELDS] = {value[0], value[1], value[2]};
    struct cx_error e = {0};
    struct cx_result_writer *w = NULL;
    CHECK_MSG(cx_result_writer_open(path, h, &w, &e) == CX_OK, "%s", e.text);
    for (int f = 0; f < PAGE_FRAMES; f++) {
        const double series[PAGE_SERIES] = {days[f], 1 + days[f], 3, exp(-days[f])};
        const struct cx_frame frame = {.time_day = days[f], .fields = fields, .series = series};
        for (int i = 0; i < PAGE_FIELDS; i++)
            for (size_t c = 0; c < h->grid->cells; c++)
                value[i][c] = page_value(h->grid, c, i, days[f]);
        CHECK_MSG(cx_result_writer_append(w, &frame, &e) == CX_OK, "%s", e.text);
    }
    CHECK_MSG(cx_result_writer_close(w, &e) == CX_OK, "%s", e.text);
}

static inline void page_history(const char *path, const struct cx_result_head *h) {
    double day[PAGE_STEPS], value[PAGE_STEPS * PAGE_SERIES];
    struct cx_error e = {0};
    for (int i = 0; i < PAGE_STEPS; i++) {
        const double t = 28.0 * i / (PAGE_STEPS - 1);
        const double row[PAGE_SERIES] = {t, 1 + t, 3, exp(-t)};
        day[i] = t;
        memcpy(value + i * PAGE_SERIES, row, sizeof row);
    }
    const struct cx_series_table t = {h->series_count, h->series, PAGE_STEPS, day, value};
    CHECK_MSG(cx_result_history(path, &t, &e) == CX_OK, "%s", e.text);
}

static inline void page_needles(const char *path, int count) {
    struct cx_needle_record needle[16] = {{0}};
    struct cx_error e = {0};
    for (int i = 0; i < count; i++)
        needle[i] = (struct cx_needle_record){.x_um = 100 + 60 * i,
                                              .y_um = 150 + 30 * i,
                                              .depth_um = 500,
                                              .diameter_um = 80,
                                              .tilt_degree = 5,
                                              .volume_um3 = 1e6,
                                              .layer_um = {15, 65, 40, 380},
                                              .session = i / 4};
    CHECK_MSG(cx_result_needles(path, needle, count, &e) == CX_OK, "%s", e.text);
}

/* Writes run.nc, outcomes.json and config.yml into the folder. */
static inline void page_prepare(const struct scratch *place, const struct page_for_tests *p) {
    static const struct cx_named fields[] = {{"il1", "1", "cytokine <b>"},
                                             {"fibroblasts", "1", "cells"},
                                             {"collagen_3", "kg/m3", "type III collagen"}};
    static const struct cx_named series[] = {{"collagen_total", "kg/m3", "collagen"},
                                             {"fibroblasts", "1", "cells"},
                                             {"oxygen", "1", "oxygen"},
                                             {"erythema", "percent", "redness"}};
    static const struct cx_named statics[] = {{"epidermis", "1", "share"},
                                              {"reticular", "1", "share"}};
    static double layer[2][PAGE_CELLS];
    const double *data[] = {layer[0], layer[1]};
    struct cx_grid g = page_grid(p->shape, p->geometry);
    const size_t plane = (size_t)g.shape[0] * (size_t)g.shape[1];
    for (size_t c = 0; c < g.cells; c++) {
        layer[0][c] = c / plane >= 5;
        layer[1][c] = c / plane < 5;
    }
    const struct cx_result_head h = {.grid = &g,
                                     .geometry = p->geometry,
                                     .title = p->title,
                                     .history = "cicatrix run small.yml",
                                     .references = "",
                                     .version = "0.1.0",
                                     .commit = "abc1234",
                                     .config = "cicatrix: 1\n",
                                     .model = "demo",
                                     .digest = "d1",
                                     .field_count = PAGE_FIELDS,
                                     .series_count = PAGE_SERIES,
                                     .static_count = 2,
                                     .fields = fields,
                                     .series = series,
                                     .statics = statics,
                                     .static_data = data};
    char room[400];
    struct cx_error e = {0};
    const char *path = scratch_path(place, "run.nc", room);
    CHECK_MSG(cx_result_create(path, &h, &e) == CX_OK, "%s", e.text);
    if (!p->begun) page_frames(path, &h);
    if (!p->begun) page_history(path, &h);
    if (p->needles) page_needles(path, p->needles);
    path = scratch_path(place, "outcomes.json", room);
    if (p->outcomes) CHECK_MSG(cx_outcomes_write(path, p->outcomes, &e) == CX_OK, "%s", e.text);
    path = scratch_path(place, "config.yml", room);
    if (p->config) CHECK(cx_file_write(path, p->config, strlen(p->config), &e) == CX_OK);
    cx_grid_free(&g);
}

/* The page of that folder, heap string. */
static inline char *page_make(const struct page_for_tests *p) {
    const struct scratch place = scratch_make();
    char room[400];
    unsigned char *bytes = NULL;
    size_t n = 0;
    struct cx_error e = {0};
    page_prepare(&place, p);
    CHECK_MSG(cx_report_write(place.folder, NULL, &e) == CX_OK, "%s", e.text);
    CHECK_MSG(cx_file_read(scratch_path(&place, "report.html", room), 1 << 23, &bytes, &n, &e) ==
                  CX_OK,
              "%s", e.text);
    CHECK_MSG(n < 5 * 1000 * 1000, "%zu bytes", n);
    scratch_clear(&place);
    return (char *)bytes;
}

/* How often `what` stands in the text. */
static inline int page_count(const char *text, const char *what) {
    int n = 0;
    for (const char *at = text; (at = strstr(at, what)); at += strlen(what)) n++;
    return n;
}

#endif
