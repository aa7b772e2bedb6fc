/* result_create.c - an empty run.nc: axes, variables, groups and provenance, as result_parts.h lists them.
 * What ordinary readers need exactly so: text of fixed length, creation order, no `axis` attribute, time in "day",
 * z ascending.  See also the test of the readers. */
#include "base/file.h"
#include "watch/result_parts.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TIMES_PER_CHUNK = 128, STEPS_PER_CHUNK = 1024, CHUNK_BYTES = 4 << 20 };
static const double metre_per_um = 1e-6;

struct axes {
    hid_t time, z, y, x;
};

static void describe(struct cx_h5 *h, const struct cx_result_head *head) {
    const struct {
        const char *name, *value;
    } rows[] = {
        {"Conventions", "CF-1.10"},       {"title", head->title},
        {"history", head->history},       {"source", "cicatrix"},
        {"references", head->references}, {"cicatrix_version", head->version},
        {"git_commit", head->commit},     {"model", head->model},
        {"geometry", head->geometry},     {"digest", head->digest},
        {"config", head->config},
    };
    const hid_t root = cx_h5_ok(h) ? H5Gopen2(h->file, "/", H5P_DEFAULT) : -1;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        cx_h5_text(h, root, rows[i].name, rows[i].value);
    cx_h5_drop(root);
}

static const char *unit_or_one(const char *unit) { return unit && *unit ? unit : "1"; }

/* Centres of the cells times a factor. */
static void put_scaled(struct cx_h5 *h, hid_t set, const struct cx_axis *axis, double factor) {
    double *scaled = malloc((size_t)axis->n * sizeof *scaled);
    if (!scaled) cx_h5_failed(h, "find memory for", "an axis");
    for (int i = 0; scaled && i < axis->n; i++) scaled[i] = axis->center[i] * factor;
    cx_h5_put(h, set, (struct cx_h5_rows){0, (hsize_t)axis->n}, H5T_NATIVE_DOUBLE, scaled);
    free(scaled);
}

/* An axis in the root, in metres: what CF readers expect. */
static hid_t make_axis(struct cx_h5 *h, const char *name, const struct cx_axis *axis,
                       const char *doc) {
    const hsize_t n = (hsize_t)axis->n;
    const hid_t set = cx_h5_make(h, h->file,
                                 &(struct cx_h5_variable){.name = name,
                                                          .unit = "m",
                                                          .doc = doc,
                                                          .type = H5T_IEEE_F64LE,
                                                          .rank = 1,
                                                          .shape = {n},
                                                          .chunk = {n}});
    cx_h5_scale(h, set, name);
    put_scaled(h, set, axis, metre_per_um);
    return set;
}

static hid_t make_time(struct cx_h5 *h, hid_t at, const char *name, hsize_t chunk) {
    const hid_t set = cx_h5_make(h, at,
                                 &(struct cx_h5_variable){.name = name,
                                                          .unit = "day",
                                                          .doc = "time since first session",
                                                          .type = H5T_IEEE_F64LE,
                                                          .rank = 1,
                                                          .grows = true,
                                                          .shape = {0},
                                                          .chunk = {chunk}});
    cx_h5_scale(h, set, name);
    return set;
}

static void make_depth(struct cx_h5 *h, const struct cx_axis *z, hid_t scale) {
    const hsize_t n = (hsize_t)z->n;
    const hid_t set = cx_h5_make(h, h->file,
                                 &(struct cx_h5_variable){.name = "depth",
                                                          .unit = "m",
                                                          .doc = "depth below the skin surface",
                                                          .type = H5T_IEEE_F64LE,
                                                          .rank = 1,
                                                          .shape = {n},
                                                          .chunk = {n}});
    cx_h5_text(h, set, "positive", "down");
    cx_h5_attach(h, set, scale, 0);
    put_scaled(h, set, z, -metre_per_um);
    cx_h5_drop(set);
}

static struct axes make_axes(struct cx_h5 *h, const struct cx_grid *g) {
    struct axes a = {.time = make_time(h, h->file, "time", TIMES_PER_CHUNK)};
    a.z = make_axis(h, "z", &g->axis[CX_Z], "height above the skin surface");
    cx_h5_text(h, a.z, "positive", "up");
    a.y = make_axis(h, "y", &g->axis[CX_Y], "position y along the skin");
    a.x = make_axis(h, "x", &g->axis[CX_X],
                    g->axis[CX_X].radial ? "radius" : "position x along the skin");
    make_depth(h, &g->axis[CX_Z], a.z);
    return a;
}

/* One time in a piece; planes, then lines, are taken together up to CHUNK_BYTES. */
static void piece(const struct cx_grid *g, hsize_t chunk[3]) {
    const hsize_t nx = (hsize_t)g->shape[CX_X], ny = (hsize_t)g->shape[CX_Y],
                  nz = (hsize_t)g->shape[CX_Z], most = CHUNK_BYTES / sizeof(float);
    const hsize_t planes = most / (nx * ny), lines = most / nx;
    chunk[0] = planes < 1 ? 1 : planes < nz ? planes : nz;
    chunk[1] = planes >= 1 ? ny : lines < 1 ? 1 : lines < ny ? lines : ny;
    chunk[2] = nx < most ? nx : most;
}

static void fill_value(struct cx_h5 *h, hid_t set, hid_t type) {
    const double missing = NAN;
    const float missing_float = NAN;
    if (type == H5T_NATIVE_FLOAT)
        cx_h5_number(h, set, "_FillValue", type, &missing_float);
    else
        cx_h5_number(h, set, "_FillValue", type, &missing);
}

static void make_field(struct cx_h5 *h, const struct cx_result_head *head,
                       const struct cx_named *field, const struct axes *a) {
    const int *n = head->grid->shape;
    const int bits = head->mantissa_bits;
    const double error = ldexp(1.0, -24) + (bits > 0 && bits < 23 ? ldexp(1.0, -bits - 1) : 0);
    hsize_t c[3];
    piece(head->grid, c);
    const hid_t set = cx_h5_make(
        h, h->file,
        &(struct cx_h5_variable){.name = field->name,
                                 .unit = unit_or_one(field->unit),
                                 .doc = field->doc,
                                 .type = H5T_IEEE_F32LE,
                                 .rank = 4,
                                 .grows = true,
                                 .packed = true,
                                 .shape = {0, (hsize_t)n[CX_Z], (hsize_t)n[CX_Y], (hsize_t)n[CX_X]},
                                 .chunk = {1, c[0], c[1], c[2]}});
    fill_value(h, set, H5T_NATIVE_FLOAT);
    cx_h5_number(h, set, "relative_error_bound", H5T_NATIVE_DOUBLE, &error);
    const hid_t axis[4] = {a->time, a->z, a->y, a->x};
    for (unsigned i = 0; i < 4; i++) cx_h5_attach(h, set, axis[i], i);
    cx_h5_drop(set);
}

static void make_static(struct cx_h5 *h, const struct cx_result_head *head, int number,
                        const struct axes *a) {
    const int *n = head->grid->shape;
    const struct cx_named *map = &head->statics[number];
    hsize_t c[3];
    piece(head->grid, c);
    const hid_t set = cx_h5_make(
        h, h->file,
        &(struct cx_h5_variable){.name = map->name,
                                 .unit = unit_or_one(map->unit),
                                 .doc = map->doc,
                                 .type = H5T_IEEE_F32LE,
                                 .rank = 3,
                                 .packed = true,
                                 .shape = {(hsize_t)n[CX_Z], (hsize_t)n[CX_Y], (hsize_t)n[CX_X]},
                                 .chunk = {c[0], c[1], c[2]}});
    const hid_t axis[3] = {a->z, a->y, a->x};
    for (unsigned i = 0; i < 3; i++) cx_h5_attach(h, set, axis[i], i);
    /* double in memory, float in the file: HDF5 converts piece by piece */
    cx_h5_put(h, set, (struct cx_h5_rows){0, (hsize_t)n[CX_Z]}, H5T_NATIVE_DOUBLE,
              head->static_data[number]);
    cx_h5_drop(set);
}

static void make_lists(struct cx_h5 *h, const struct cx_result_head *head, hid_t at, hid_t time,
                       hsize_t chunk) {
    for (int i = 0; i < head->series_count; i++) {
        const struct cx_named *s = &head->series[i];
        const hid_t set = cx_h5_make(h, at,
                                     &(struct cx_h5_variable){.name = s->name,
                                                              .unit = unit_or_one(s->unit),
                                                              .doc = s->doc,
                                                              .type = H5T_IEEE_F64LE,
                                                              .rank = 1,
                                                              .grows = true,
                                                              .shape = {0},
                                                              .chunk = {chunk}});
        fill_value(h, set, H5T_NATIVE_DOUBLE);
        cx_h5_attach(h, set, time, 0);
        cx_h5_drop(set);
    }
}

static void make_series(struct cx_h5 *h, const struct cx_result_head *head, hid_t time) {
    const hid_t group = cx_h5_group(h, "series");
    if (cx_h5_ok(h) && H5Lcreate_hard(h->file, "time", group, "time", H5P_DEFAULT, H5P_DEFAULT) < 0)
        cx_h5_failed(h, "link the time axis into", "series");
    make_lists(h, head, group, time, TIMES_PER_CHUNK);
    cx_h5_drop(group);
}

static void make_history(struct cx_h5 *h, const struct cx_result_head *head) {
    const hid_t group = cx_h5_group(h, "history");
    const hid_t time = make_time(h, group, "time_day", STEPS_PER_CHUNK);
    make_lists(h, head, group, time, STEPS_PER_CHUNK);
    cx_h5_drop(time);
    cx_h5_drop(group);
}

static void make_exact(struct cx_h5 *h, hid_t group, const char *name, int n,
                       const double *values) {
    const hid_t set = cx_h5_make(h, group,
                                 &(struct cx_h5_variable){.name = name,
                                                          .unit = "um",
                                                          .doc = "cells as simulated",
                                                          .type = H5T_IEEE_F64LE,
                                                          .rank = 1,
                                                          .shape = {(hsize_t)n},
                                                          .chunk = {(hsize_t)n}});
    cx_h5_scale(h, set, name);
    cx_h5_put(h, set, (struct cx_h5_rows){0, (hsize_t)n}, H5T_NATIVE_DOUBLE, values);
    cx_h5_drop(set);
}

static void make_grid(struct cx_h5 *h, const struct cx_grid *g) {
    const hid_t group = cx_h5_group(h, "grid");
    for (int d = 0; d < 3; d++) {
        const struct cx_axis *a = &g->axis[d];
        char edge[16], center[16];
        snprintf(edge, sizeof edge, "%c_edge", "xyz"[d]);
        snprintf(center, sizeof center, "%c_center", "xyz"[d]);
        make_exact(h, group, edge, a->n + 1, a->edge);
        make_exact(h, group, center, a->n, a->center);
    }
    cx_h5_drop(group);
}

static enum cx_status create_at(const char *path, const struct cx_result_head *head,
                                struct cx_error *e) {
    struct cx_h5 h = cx_h5_create(path, e);
    describe(&h, head);
    const struct axes a = make_axes(&h, head->grid);
    for (int i = 0; i < head->field_count; i++) make_field(&h, head, &head->fields[i], &a);
    for (int i = 0; i < head->static_count; i++) make_static(&h, head, i, &a);
    make_series(&h, head, a.time);
    make_history(&h, head);
    make_grid(&h, head->grid);
    cx_result_needles_make(&h);
    const hid_t all[4] = {a.time, a.z, a.y, a.x};
    for (int i = 0; i < 4; i++) cx_h5_drop(all[i]);
    return cx_h5_close(&h);
}

/* One that a removed file of the same name left behind must not be taken for ours. */
static enum cx_status drop_old_journal(const char *path, struct cx_error *e) {
    char name[620];
    snprintf(name, sizeof name, "%s.journal", path);
    return cx_file_remove(name, e);
}

/* A half-made file never bears the final name. */
enum cx_status cx_result_create(const char *path, const struct cx_result_head *head,
                                struct cx_error *e) {
    char tmp[600];
    if (cx_file_exists(path)) {
        cx_fail(e, CX_STORAGE, 70, "%.280s exists already", path);
        cx_hint(e, "choose another folder with -o, go on with `cicatrix resume`, or use --force");
        return CX_STORAGE;
    }
    if ((size_t)snprintf(tmp, sizeof tmp, "%s.tmp", path) >= sizeof tmp)
        return cx_fail(e, CX_STORAGE, 71, "the path %.80s... is too long", path);
    enum cx_status s = create_at(tmp, head, e);
    if (s == CX_OK) s = drop_old_journal(path, e);
    if (s == CX_OK) s = cx_file_rename(tmp, path, e);
    if (s != CX_OK) remove(tmp);
    return s;
}
