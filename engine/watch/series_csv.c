/* series_csv.c - see series_csv.h */
#include "watch/series_csv.h"
#include "base/file.h"
#include "base/text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FILE_MOST = 64 << 20 };

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

/* Reading ---------------------------------------------------------------------------------------------------------- */
double *cx_series_csv_row(const struct cx_series_columns *c, int row) {
    return c->at + (size_t)row * (size_t)c->columns;
}

void cx_series_csv_free(struct cx_series_columns *c) {
    free(c->header);
    free(c->at);
    *c = (struct cx_series_columns){0};
}

/* One line into the next row; returns what follows the line. */
static const char *read_row(struct cx_series_columns *c, const char *line) {
    double *to = cx_series_csv_row(c, c->rows++);
    const char *p = line, *end = line + strcspn(line, "\n");
    for (int k = 0; k < c->columns; k++) {
        if (!cx_number_read(p, &p, to + k)) to[k] = NAN; /* an empty cell */
        p += strcspn(p, ",\n");
        p += *p == ',';
    }
    return *end ? end + 1 : end;
}

/* The text loses its first line end. */
static enum cx_status read_all(struct cx_series_columns *c, char *text, const char *path,
                               struct cx_error *e) {
    char *line = strchr(text, '\n');
    int rows = 0;
    for (const char *p = line ? line + 1 : ""; *p; p++) rows += *p == '\n'; /* whole lines only */
    if (!rows) return cx_fail(e, CX_STORAGE, 73, "there are no rows of numbers in %.400s", path);
    *line++ = 0;
    c->columns = 1;
    for (const char *p = text; *p; p++) c->columns += *p == ',';
    c->header = strdup(text);
    c->at = calloc((size_t)rows * (size_t)c->columns + 1, sizeof *c->at);
    if (!c->header || !c->at) return cx_fail(e, CX_STORAGE, 61, "no memory for %.400s", path);
    for (const char *p = line; *p && c->rows < rows;) p = read_row(c, p);
    return CX_OK;
}

enum cx_status cx_series_csv_read(const char *path, struct cx_series_columns *c,
                                  struct cx_error *e) {
    unsigned char *bytes = NULL;
    size_t n = 0;
    *c = (struct cx_series_columns){0};
    CX_TRY(cx_file_read(path, FILE_MOST, &bytes, &n, e));
    const enum cx_status status = read_all(c, (char *)bytes, path, e);
    free(bytes);
    if (status != CX_OK) cx_series_csv_free(c);
    return status;
}

double cx_series_csv_at(const struct cx_series_columns *c, double day, int column, int *row) {
    while (*row + 1 < c->rows && *cx_series_csv_row(c, *row + 1) < day) ++*row;
    const double *a = cx_series_csv_row(c, *row), *b = a + c->columns;
    if (*row + 1 >= c->rows || day <= a[0]) return a[column];
    const double share = b[0] > a[0] ? fmin((day - a[0]) / (b[0] - a[0]), 1) : 1;
    return share < 1 ? a[column] + (b[column] - a[column]) * share : b[column];
}
