/* export.c - see export.h: the part that goes out, the CSV table and the NumPy array. */
#include "report/export.h"

#include "base/file.h"
#include "base/text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

size_t cx_export_cells(const struct cx_export *x) {
    size_t n = 1;
    for (int d = 0; d < 3; d++) n *= (size_t)(x->to[d] - x->from[d]);
    return n;
}

enum cx_status cx_export_read(const struct cx_export *x, int frame, int field, float *out,
                              struct cx_error *e) {
    const int *n = x->r->shape;
    float *whole = malloc((size_t)n[0] * (size_t)n[1] * (size_t)n[2] * sizeof *whole);
    if (!whole) return cx_fail(e, CX_STORAGE, 61, "no memory for a field");
    const enum cx_status status = cx_result_field(x->r, frame, field, whole, e);
    const size_t across = (size_t)(x->to[0] - x->from[0]);
    for (int k = x->from[2]; k < x->to[2] && !status; k++)
        for (int j = x->from[1]; j < x->to[1]; j++) {
            const size_t row = ((size_t)k * (size_t)n[1] + (size_t)j) * (size_t)n[0];
            memcpy(out, whole + row + x->from[0], across * sizeof *out);
            out += across;
        }
    free(whole);
    return status;
}

/* CSV -------------------------------------------------------------------------------------------------------------- */
static enum cx_status flush(struct cx_writer *to, struct cx_text *t, struct cx_error *e) {
    enum cx_status status =
        t->starved ? cx_fail(e, CX_STORAGE, 61, "no memory for a table") : CX_OK;
    if (!status) status = cx_writer_put(to, t->at, t->n, e);
    t->n = 0;
    return status;
}

static void put_header(const struct cx_export *x, struct cx_text *t) {
    cx_text_add(t, "time_day,x_um,y_um,z_um");
    for (int f = 0; f < x->fields; f++)
        cx_text_add(t, ",%s [%s]", x->r->field[x->field[f]], x->r->field_unit[x->field[f]]);
    cx_text_add(t, "\n");
}

/* values: [fields][cells]; nine digits bring the same float back. */
static void put_row(const struct cx_export *x, struct cx_text *t, const float *values, size_t i) {
    const size_t cells = cx_export_cells(x);
    for (int f = 0; f < x->fields; f++) {
        const double value = values[(size_t)f * cells + i];
        if (isfinite(value))
            cx_text_add(t, ",%.9g", value);
        else
            cx_text_add(t, ",");
    }
    cx_text_add(t, "\n");
}

static enum cx_status put_frame(const struct cx_export *x, int frame, const float *values,
                                struct cx_writer *to, struct cx_error *e) {
    struct cx_text t = {0};
    enum cx_status status = CX_OK;
    size_t i = 0;
    for (int k = x->from[2]; k < x->to[2] && !status; k++) {
        for (int j = x->from[1]; j < x->to[1]; j++)
            for (int l = x->from[0]; l < x->to[0]; l++, i++) {
                cx_text_add(&t, "%.9g,%.9g,%.9g,%.9g", x->r->time_day[frame], x->r->center[0][l],
                            x->r->center[1][j], x->r->center[2][k]);
                put_row(x, &t, values, i);
            }
        status = flush(to, &t, e);
    }
    free(t.at);
    return status;
}

static enum cx_status put_table(const struct cx_export *x, float *values, struct cx_writer *to,
                                struct cx_error *e) {
    struct cx_text t = {0};
    const size_t cells = cx_export_cells(x);
    put_header(x, &t);
    enum cx_status status = flush(to, &t, e);
    free(t.at);
    for (int i = 0; i < x->frames && !status; i++) {
        for (int f = 0; f < x->fields && !status; f++)
            status = cx_export_read(x, x->frame[i], x->field[f], values + (size_t)f * cells, e);
        if (!status) status = put_frame(x, x->frame[i], values, to, e);
    }
    return status;
}

enum cx_status cx_export_csv(const struct cx_export *x, struct cx_error *e) {
    struct cx_writer to;
    float *values = malloc(((size_t)x->fields * cx_export_cells(x) + 1) * sizeof *values);
    if (!values) return cx_fail(e, CX_STORAGE, 61, "no memory for %d fields", x->fields);
    enum cx_status status = cx_writer_open(&to, x->path, e);
    if (!status) {
        status = put_table(x, values, &to, e);
        if (status)
            cx_writer_drop(&to);
        else
            status = cx_writer_commit(&to, e);
    }
    free(values);
    return status;
}

/* NumPy ------------------------------------------------------------------------------------------------------------ */
/* Magic, version 1.0, length of the header, the header padded so that the data begin at a multiple of 64. */
static size_t npy_head(const struct cx_export *x, char head[256]) {
    static const char magic[8] = {'\x93', 'N', 'U', 'M', 'P', 'Y', 1, 0};
    const int n = snprintf(
        head + 10, 200, "{'descr': '<f4', 'fortran_order': False, 'shape': (%d, %d, %d, %d), }",
        x->frames, x->to[2] - x->from[2], x->to[1] - x->from[1], x->to[0] - x->from[0]);
    const size_t whole = ((size_t)n + 11 + 63) / 64 * 64;
    memcpy(head, magic, sizeof magic);
    head[8] = (char)((whole - 10) & 0xff);
    head[9] = (char)((whole - 10) >> 8);
    memset(head + 10 + n, ' ', whole - 11 - (size_t)n);
    head[whole - 1] = '\n';
    return whole;
}

static enum cx_status put_array(const struct cx_export *x, float *values, struct cx_writer *to,
                                struct cx_error *e) {
    char head[256];
    CX_TRY(cx_writer_put(to, head, npy_head(x, head), e));
    for (int i = 0; i < x->frames; i++) {
        const enum cx_status status = cx_export_read(x, x->frame[i], x->field[0], values, e);
        if (status) cx_writer_drop(to);
        CX_TRY(status);
        CX_TRY(cx_writer_put(to, values, cx_export_cells(x) * sizeof *values, e));
    }
    return CX_OK;
}

enum cx_status cx_export_npy(const struct cx_export *x, struct cx_error *e) {
    struct cx_writer to;
    if (x->fields != 1) {
        cx_fail(e, CX_USAGE, 140, "an array (.npy) holds one field, not %d", x->fields);
        cx_hint(e, "name it with --field, or write .csv or .vtr");
        return CX_USAGE;
    }
    float *values = malloc(cx_export_cells(x) * sizeof *values);
    if (!values) return cx_fail(e, CX_STORAGE, 61, "no memory for a field");
    enum cx_status status = cx_writer_open(&to, x->path, e);
    if (!status) status = put_array(x, values, &to, e);
    if (!status) status = cx_writer_commit(&to, e);
    free(values);
    return status;
}

enum cx_status cx_export_fields(const struct cx_export *x, struct cx_error *e) {
    const char *end = strrchr(x->path, '.');
    if (end && strcmp(end, ".csv") == 0) return cx_export_csv(x, e);
    if (end && strcmp(end, ".vtr") == 0) return cx_export_vtr(x, e);
    if (end && strcmp(end, ".pvd") == 0) return cx_export_pvd(x, e);
    if (end && strcmp(end, ".npy") == 0) return cx_export_npy(x, e);
    cx_fail(e, CX_USAGE, 140, "%.200s: fields can go to .csv, .vtr, .pvd or .npy", x->path);
    cx_hint(e, "run.nc itself is netCDF-4: ParaView, xarray and MATLAB open it as it is");
    return CX_USAGE;
}
