/* result_write.c - the writing half of result.h: frames, history, truncation.  Knows names and arrays, not models. */
#include "watch/result_parts.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Keeps `bits` bits behind the binary point of the mantissa, ties to even; NaN and infinity pass. */
static float rounded(float value, int bits) {
    if (bits < 1 || bits > 22) return value;
    const int drop = 23 - bits;
    const uint32_t exponent = 0x7f800000u;
    uint32_t u, kept;
    memcpy(&u, &value, sizeof u);
    if ((u & exponent) == exponent) return value;
    kept = u + ((1u << (drop - 1)) - 1u) + ((u >> drop) & 1u);
    kept &= ~((1u << drop) - 1u);
    if ((kept & exponent) == exponent) return value; /* would have become infinite */
    memcpy(&value, &kept, sizeof kept);
    return value;
}

/* Number of frames in the file, after a look that it is the file of this head's grid. */
static hsize_t frames_of(struct cx_h5 *h) {
    hsize_t dims[4] = {0};
    const hid_t time = cx_h5_variable_open(h, h->file, "time");
    if (cx_h5_shape(h, time, dims) != 1) cx_h5_refuse(h, "time is not a list");
    cx_h5_drop(time);
    return dims[0];
}

static void append_one(struct cx_h5 *h, const char *group_slash, const char *name, hsize_t frame,
                       double value) {
    char path[96];
    snprintf(path, sizeof path, "%s%s", group_slash, name);
    const hid_t set = cx_h5_variable_open(h, h->file, path);
    cx_h5_resize(h, set, frame + 1);
    cx_h5_put(h, set, (struct cx_h5_rows){frame, 1}, H5T_NATIVE_DOUBLE, &value);
    cx_h5_drop(set);
}

static void append_field(struct cx_h5 *h, const struct cx_result_head *head, const char *name,
                         hsize_t frame, const float *values) {
    const int *n = head->grid->shape;
    hsize_t dims[4] = {0};
    const hid_t set = cx_h5_variable_open(h, h->file, name);
    const bool fits = cx_h5_shape(h, set, dims) == 4 && dims[0] == frame &&
                      dims[1] == (hsize_t)n[CX_Z] && dims[2] == (hsize_t)n[CX_Y] &&
                      dims[3] == (hsize_t)n[CX_X];
    if (!fits) cx_h5_refuse(h, "the field %.63s has another shape than this run", name);
    cx_h5_resize(h, set, frame + 1);
    cx_h5_put(h, set, (struct cx_h5_rows){frame, 1}, H5T_NATIVE_FLOAT, values);
    cx_h5_drop(set);
}

/* scratch: [cells] floats behind [cells] doubles */
static void append_frame(struct cx_h5 *h, const struct cx_result_head *head,
                         const struct cx_frame *f, double *fetched) {
    const hsize_t frame = frames_of(h);
    float *scratch = (float *)(void *)(fetched + head->grid->cells);
    for (int i = 0; i < head->field_count; i++) {
        if (f->fetch) f->fetch(f->user, i, fetched);
        const double *values = f->fetch ? fetched : f->fields[i];
        for (size_t c = 0; c < head->grid->cells; c++)
            scratch[c] = rounded((float)values[c], head->mantissa_bits);
        append_field(h, head, head->fields[i].name, frame, scratch);
    }
    for (int i = 0; i < head->series_count; i++)
        append_one(h, "series/", head->series[i].name, frame, f->series[i]);
    append_one(h, "", "time", frame, f->time_day);
}

enum cx_status cx_result_append(const char *path, const struct cx_result_head *head,
                                const struct cx_frame *f, struct cx_error *e) {
    const size_t cells = head->grid->cells;
    double *scratch = malloc(cells * (sizeof *scratch + sizeof(float)));
    if (!scratch)
        return cx_fail(e, CX_STORAGE, 61, "no memory for one picture of %zu cells", cells);
    struct cx_h5 h = cx_h5_append(path, e);
    if (cx_h5_ok(&h)) append_frame(&h, head, f, scratch);
    free(scratch);
    return cx_h5_close(&h);
}

/* Replaces the whole content of a growing list. */
static void replace_list(struct cx_h5 *h, const char *name, int n, const double *values) {
    char path[96];
    snprintf(path, sizeof path, "history/%s", name);
    const hid_t set = cx_h5_variable_open(h, h->file, path);
    cx_h5_resize(h, set, (hsize_t)n);
    cx_h5_put(h, set, (struct cx_h5_rows){0, (hsize_t)n}, H5T_NATIVE_DOUBLE, values);
    cx_h5_drop(set);
}

enum cx_status cx_result_history(const char *path, const struct cx_series_table *t,
                                 struct cx_error *e) {
    double *column = malloc(((size_t)t->n + 1) * sizeof *column);
    if (!column) return cx_fail(e, CX_STORAGE, 61, "no memory for %d times", t->n);
    struct cx_h5 h = cx_h5_append(path, e);
    replace_list(&h, "time_day", t->n, t->time_day);
    for (int s = 0; s < t->count; s++) {
        for (int i = 0; i < t->n; i++)
            column[i] = t->values[(size_t)i * (size_t)t->count + (size_t)s];
        replace_list(&h, t->series[s].name, t->n, column);
    }
    free(column);
    return cx_h5_close(&h);
}

static void cut(struct cx_h5 *h, const char *group_slash, const char *name, int keep) {
    char path[96];
    snprintf(path, sizeof path, "%s%s", group_slash, name);
    const hid_t set = cx_h5_variable_open(h, h->file, path);
    cx_h5_resize(h, set, (hsize_t)keep);
    cx_h5_drop(set);
}

static enum cx_status cut_all(const struct cx_result *r, int keep, struct cx_error *e) {
    if (keep < 0 || keep > r->frames)
        return cx_fail(e, CX_STORAGE, 73, "%.280s holds %d pictures; %d were to be kept", r->path,
                       r->frames, keep);
    struct cx_h5 h = cx_h5_append(r->path, e);
    for (int i = 0; i < r->fields; i++) cut(&h, "", r->field[i], keep);
    for (int i = 0; i < r->series; i++) cut(&h, "series/", r->series_name[i], keep);
    cut(&h, "", "time", keep);
    return cx_h5_close(&h);
}

enum cx_status cx_result_truncate(const char *path, int keep, struct cx_error *e) {
    struct cx_result r; /* the guarded look comes first: the file may be what a crash left */
    CX_TRY(cx_result_open(path, &r, e));
    const enum cx_status s = cut_all(&r, keep, e);
    cx_result_close(&r);
    return s;
}
