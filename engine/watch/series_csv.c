/* series_csv.c - see series_csv.h */
#include "watch/series_csv.h"
#include "base/file.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* A line is collected in pieces, so that a row of 128 numbers is one write. */
struct csv {
    struct cx_writer file;
    size_t used;
    char text[8192];
};

static enum cx_status flush(struct csv *c, struct cx_error *e) {
    const size_t n = c->used;
    c->used = 0;
    return cx_writer_put(&c->file, c->text, n, e);
}

static enum cx_status put(struct csv *c, const char *text, struct cx_error *e) {
    const size_t n = strlen(text);
    if (c->used + n > sizeof c->text) CX_TRY(flush(c, e));
    memcpy(c->text + c->used, text, n);
    c->used += n;
    return CX_OK;
}

/* Names are plain words; one that is not gets the quotes of RFC 4180. */
static enum cx_status put_name(struct csv *c, const char *name, struct cx_error *e) {
    if (!strpbrk(name, ",\"\r\n")) return put(c, name, e);
    CX_TRY(put(c, "\"", e));
    for (const char *p = name; *p; p++)
        CX_TRY(put(c, *p == '"' ? "\"\"" : (const char[]){*p, '\0'}, e));
    return put(c, "\"", e);
}

static enum cx_status put_number(struct csv *c, double value, struct cx_error *e) {
    char text[40] = "";
    if (isfinite(value))
        snprintf(text, sizeof text, "%.17g", value);
    else if (isinf(value))
        snprintf(text, sizeof text, "%s", value > 0 ? "inf" : "-inf");
    return put(c, text, e);
}

static enum cx_status put_row(struct csv *c, const struct cx_series_table *t, int row,
                              struct cx_error *e) {
    CX_TRY(put_number(c, t->time_day[row], e));
    for (int s = 0; s < t->count; s++) {
        CX_TRY(put(c, ",", e));
        CX_TRY(put_number(c, t->values[(size_t)row * (size_t)t->count + (size_t)s], e));
    }
    return put(c, "\n", e);
}

static enum cx_status put_all(struct csv *c, const struct cx_series_table *t, struct cx_error *e) {
    CX_TRY(put(c, "time_day", e));
    for (int s = 0; s < t->count; s++) {
        CX_TRY(put(c, ",", e));
        CX_TRY(put_name(c, t->series[s].name, e));
    }
    CX_TRY(put(c, "\n", e));
    for (int i = 0; i < t->n; i++) CX_TRY(put_row(c, t, i, e));
    return flush(c, e);
}

enum cx_status cx_series_csv_write(const char *path, const struct cx_series_table *t,
                                   struct cx_error *e) {
    struct csv c = {.used = 0};
    CX_TRY(cx_writer_open(&c.file, path, e));
    const enum cx_status s = put_all(&c, t, e);
    if (s != CX_OK) {
        cx_writer_drop(&c.file);
        return s;
    }
    return cx_writer_commit(&c.file, e);
}
