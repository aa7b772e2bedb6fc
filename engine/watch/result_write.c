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

/* All variables of a frame stay open: finding them again costs more than what a small frame writes. */
struct cx_result_writer {
    struct cx_h5 h;
    const struct cx_result_head *head;
    hsize_t frames; /* in the file */
    hid_t *set;     /* [fields + series + 1], the last one is time; -1 where opening failed */
    int sets;
    double *fetched; /* [cells] */
    float *rounded;  /* [cells] */
    char path[600];
};

static void free_writer(struct cx_result_writer *w) {
    free(w->set);
    free(w->fetched);
    free(w->rounded);
    free(w);
}

static struct cx_result_writer *make_writer(const struct cx_result_head *head) {
    struct cx_result_writer *w = calloc(1, sizeof *w);
    if (!w) return NULL;
    w->head = head;
    w->sets = head->field_count + head->series_count + 1;
    w->set = calloc((size_t)w->sets, sizeof *w->set);
    w->fetched = malloc(head->grid->cells * sizeof *w->fetched);
    w->rounded = malloc(head->grid->cells * sizeof *w->rounded);
    if (w->set && w->fetched && w->rounded) return w;
    free_writer(w);
    return NULL;
}

/* Refuses the file of another grid. */
static void check_field(struct cx_result_writer *w, hid_t set, const char *name) {
    const int *n = w->head->grid->shape;
    hsize_t dims[4] = {0};
    const bool fits = cx_h5_shape(&w->h, set, dims) == 4 && dims[0] == w->frames &&
                      dims[1] == (hsize_t)n[CX_Z] && dims[2] == (hsize_t)n[CX_Y] &&
                      dims[3] == (hsize_t)n[CX_X];
    if (!fits) cx_h5_refuse(&w->h, "the field %.63s has another shape than this run", name);
}

static void open_variables(struct cx_result_writer *w) {
    const struct cx_result_head *head = w->head;
    hsize_t dims[4] = {0};
    char path[96];
    hid_t *set = w->set + w->sets;
    *--set = cx_h5_variable_open(&w->h, w->h.file, "time");
    if (cx_h5_shape(&w->h, *set, dims) != 1) cx_h5_refuse(&w->h, "time is not a list");
    w->frames = dims[0];
    for (int i = head->series_count - 1; i >= 0; i--) {
        snprintf(path, sizeof path, "series/%s", head->series[i].name);
        *--set = cx_h5_variable_open(&w->h, w->h.file, path);
    }
    for (int i = head->field_count - 1; i >= 0; i--) {
        *--set = cx_h5_variable_open(&w->h, w->h.file, head->fields[i].name);
        check_field(w, *set, head->fields[i].name);
    }
}

enum cx_status cx_result_writer_open(const char *path, const struct cx_result_head *head,
                                     struct cx_result_writer **out, struct cx_error *e) {
    struct cx_result_writer *w = make_writer(head);
    *out = NULL;
    if (!w)
        return cx_fail(e, CX_STORAGE, 61, "no memory for one picture of %zu cells",
                       head->grid->cells);
    w->h = cx_h5_append(path, e);
    snprintf(w->path, sizeof w->path, "%s", path);
    w->h.path = w->path;
    open_variables(w);
    const enum cx_status status = w->h.status;
    if (status == CX_OK)
        *out = w;
    else
        (void)cx_result_writer_close(w, NULL);
    return status;
}

static void append(struct cx_result_writer *w, hid_t set, hid_t memory, const void *values) {
    cx_h5_resize(&w->h, set, w->frames + 1);
    cx_h5_put(&w->h, set, (struct cx_h5_rows){w->frames, 1}, memory, values);
}

enum cx_status cx_result_writer_append(struct cx_result_writer *w, const struct cx_frame *f,
                                       struct cx_error *e) {
    const struct cx_result_head *head = w->head;
    const hid_t *set = w->set;
    w->h.e = e;
    for (int i = 0; i < head->field_count; i++) {
        if (f->fetch) f->fetch(f->user, i, w->fetched);
        const double *values = f->fetch ? w->fetched : f->fields[i];
        for (size_t c = 0; c < head->grid->cells; c++)
            w->rounded[c] = rounded((float)values[c], head->mantissa_bits);
        append(w, *set++, H5T_NATIVE_FLOAT, w->rounded);
    }
    for (int i = 0; i < head->series_count; i++)
        append(w, *set++, H5T_NATIVE_DOUBLE, &f->series[i]);
    append(w, *set, H5T_NATIVE_DOUBLE, &f->time_day);
    w->frames++;
    return cx_h5_settle(&w->h);
}

enum cx_status cx_result_writer_close(struct cx_result_writer *w, struct cx_error *e) {
    if (!w) return CX_OK;
    w->h.e = e;
    for (int i = 0; i < w->sets; i++) cx_h5_drop(w->set[i]);
    const enum cx_status status = cx_h5_close(&w->h);
    free_writer(w);
    return status;
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
