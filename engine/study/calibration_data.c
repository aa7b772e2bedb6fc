/* calibration_data.c - the CSV table of a data set: named columns with units, every number checked. */
#include "base/file.h"
#include "base/text.h"
#include "space/grid.h"
#include "study/calibration.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FILE_MOST = 16 << 20, ROWS_MOST = 20000, COLUMNS_MOST = 16 };
enum role { TIME, PLACE, VALUE, SIGMA, IGNORED };

struct table {
    struct cx_data_set *d;
    int columns, line, room;
    enum role role[COLUMNS_MOST];
    char unit[COLUMNS_MOST][32];
    struct cx_error *e;
};

static enum cx_status refuse(const struct table *t, int column, const char *why) {
    const char *slash = strrchr(t->d->file, '/');
    return cx_fail(t->e, CX_CONFIG, 131, "%.100s line %d, column %d: %.300s",
                   slash ? slash + 1 : t->d->file, t->line, column + 1, why);
}

/* Next field of a line, without the blanks around it; NULL at the end. */
static char *next_field(char **rest) {
    char *from = *rest;
    if (!from) return NULL;
    char *comma = strchr(from, ',');
    *rest = comma ? comma + 1 : NULL;
    if (comma) *comma = 0;
    from += strspn(from, " \t");
    size_t n = strlen(from);
    while (n && isspace((unsigned char)from[n - 1])) from[--n] = 0;
    return from;
}

static enum role role_of(const struct cx_data_set *d, const char *name) {
    static const char *const axis[] = {"x", "y", "depth"};
    if (strcmp(name, "time") == 0) return TIME;
    if (strcmp(name, "value") == 0 || strcmp(name, d->what) == 0) return VALUE;
    if (strcmp(name, "sigma") == 0) return SIGMA;
    const bool placed = d->see.kind == CX_SEE_FIELD && d->see.axis >= 0;
    return placed && strcmp(name, axis[d->see.axis]) == 0 ? PLACE : IGNORED;
}

/* "depth [um]" */
static enum cx_status name_column(struct table *t, char *field) {
    const int c = t->columns++;
    char *open = strchr(field, '['), *shut = open ? strchr(open, ']') : NULL;
    if (shut) {
        *shut = 0;
        cx_text_copy(t->unit[c], sizeof t->unit[c], open + 1);
        do *open-- = 0;
        while (open > field && *open == ' ');
    }
    t->role[c] = role_of(t->d, field);
    if (t->role[c] == IGNORED) {
        refuse(t, c, "the column is none of time, value, sigma, or the place that is observed");
        cx_hint(t->e, "name columns as `time [day], depth [um], value [unit], sigma [unit]`");
        return CX_CONFIG;
    }
    for (int i = 0; i < c; i++)
        if (t->role[i] == t->role[c]) return refuse(t, c, "the column is there twice");
    return CX_OK;
}

static bool has(const struct table *t, enum role role) {
    for (int i = 0; i < t->columns; i++)
        if (t->role[i] == role) return true;
    return false;
}

static enum cx_status read_header(struct table *t, char *line) {
    struct cx_data_set *d = t->d;
    char *field;
    while ((field = next_field(&line)) != NULL) {
        if (t->columns == COLUMNS_MOST) return refuse(t, t->columns, "too many columns");
        CX_TRY(name_column(t, field));
    }
    d->timed = has(t, TIME);
    d->placed = has(t, PLACE);
    if (!has(t, VALUE)) return refuse(t, 0, "there is no column `value`");
    if (d->see.kind != CX_SEE_OUTCOME && !d->timed)
        return refuse(t, 0, "there is no column `time`");
    if (d->see.kind == CX_SEE_OUTCOME && d->timed)
        return refuse(t, 0, "an outcome belongs to a whole run: it has no time");
    if (d->see.kind == CX_SEE_FIELD && d->see.axis >= 0 && !d->placed)
        return refuse(t, 0, "there is no column for the place along the axis");
    if (has(t, SIGMA) && d->sigma > 0)
        return refuse(t, 0, "sigma is in the table and in the calibration file: keep one");
    return CX_OK;
}

static enum cx_status read_cell(struct table *t, int c, const char *field, struct cx_datum *at) {
    static const char *const inside[] = {"h", "um", NULL, NULL};
    double *const to[] = {&at->t_h, &at->place_um, &at->value, &at->sigma};
    const enum role role = t->role[c];
    const char *unit = inside[role] ? inside[role] : t->d->unit;
    char text[160], why[300];
    struct cx_error e;
    snprintf(text, sizeof text, "%.100s%s%s", field, *t->unit[c] ? " " : "", t->unit[c]);
    if (cx_quantity_read(text, unit, to[role], &e) != CX_OK) {
        snprintf(why, sizeof why, "%.290s", e.text);
        refuse(t, c, why);
        if (*e.hint) cx_hint(t->e, "%s", e.hint);
        return CX_CONFIG;
    }
    if (role == SIGMA && !(at->sigma > 0)) return refuse(t, c, "sigma must be above 0");
    if (role == TIME && !(at->t_h >= 0)) return refuse(t, c, "a time before the start");
    return CX_OK;
}

static enum cx_status read_row(struct table *t, char *line) {
    struct cx_data_set *d = t->d;
    int c = 0;
    char *field;
    if (d->n == ROWS_MOST) return refuse(t, 0, "more rows than can be handled (20000)");
    if (d->n == t->room) {
        t->room = t->room ? 2 * t->room : 64;
        void *at = realloc(d->at, (size_t)t->room * sizeof *d->at);
        if (!at) return cx_fail(t->e, CX_STORAGE, 61, "no memory for data");
        d->at = at;
    }
    struct cx_datum *at = &d->at[d->n++];
    *at = (struct cx_datum){.sigma = d->sigma};
    while ((field = next_field(&line)) != NULL) {
        if (c == t->columns) return refuse(t, c, "more fields than the first line has names");
        CX_TRY(read_cell(t, c++, field, at));
    }
    return c == t->columns ? CX_OK : refuse(t, c, "fewer fields than the first line has names");
}

static enum cx_status read_lines(struct table *t, char *text) {
    for (char *line = text, *end; line; line = end ? end + 1 : NULL) {
        end = strchr(line, '\n');
        if (end) *end = 0;
        t->line++;
        line += strspn(line, " \t\r");
        if (!*line || *line == '#') continue;
        CX_TRY(t->columns ? read_row(t, line) : read_header(t, line));
    }
    return t->d->n ? CX_OK : refuse(t, 0, "there are no data");
}

enum cx_status cx_data_read(struct cx_data_set *d, struct cx_error *e) {
    unsigned char *bytes = NULL;
    size_t n = 0;
    struct table t = {.d = d, .e = e};
    CX_TRY(cx_file_read(d->file, FILE_MOST, &bytes, &n, e));
    const enum cx_status status =
        cx_utf8_fault((const char *)bytes, n) >= 0
            ? cx_fail(e, CX_CONFIG, 131, "%.200s is not a text file", d->file)
            : read_lines(&t, (char *)bytes);
    free(bytes);
    return status;
}
