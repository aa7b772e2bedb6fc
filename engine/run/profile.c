/* profile.c - see profile.h.  Places grow from row to row; values are 0 or more. */
#include "run/profile.h"

#include "base/file.h"
#include "base/text.h"
#include "base/units.h"
#include "config/table.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { COLUMNS = CX_SPECIES_MAX + 1, ROWS = 200000, BYTES = 64 << 20 };

/* What one column holds. */
struct column {
    int species; /* -1: the place; -2: a field that was not asked for */
    struct cx_conversion to;
};
struct profile {
    struct cx_assembly *a;
    const char *file;
    int line, axis, columns, rows;
    bool down; /* the place is a depth */
    struct column column[COLUMNS];
    double *value; /* [rows][columns]; the place comes first */
    struct cx_error *e;
};

static const struct place {
    const char *name;
    int axis;
    const char *geometry[2]; /* that have such an axis */
} places[] = {
    {"x", CX_X, {"slice", "patch"}}, {"radius", CX_X, {"axisymmetric"}}, {"depth", CX_Z, {0}}};

bool cx_profile_is(const char *file) {
    const size_t n = strlen(file);
    return n > 4 && strcmp(file + n - 4, ".csv") == 0;
}

static enum cx_status located(struct profile *p) {
    cx_text_copy(p->e->file, sizeof p->e->file, p->file);
    p->e->line = p->line;
    p->e->column = 1;
    return CX_CONFIG;
}

/* ---- the header ----------------------------------------------------------------------------------- */

/* Cuts "cells [1/mm2]", "cells (1/mm2)" or "x_um" in place; returns the unit, "" if there is none. */
static char *cut_unit(char *text, bool place) {
    char *open = text + strcspn(text, "[("), *mark = place ? strrchr(text, '_') : NULL;
    char *end = text + strlen(text);
    if (*open && (end[-1] == ']' || end[-1] == ')')) {
        end[-1] = 0;
        *open = 0;
        for (char *c = open; c > text && c[-1] == ' '; c--) c[-1] = 0;
        return open + 1;
    }
    if (!mark) return end;
    *mark = 0;
    return mark + 1;
}

static enum cx_status fit_unit(struct profile *p, const char *name, const char *unit,
                               const char *wanted, struct cx_conversion *to) {
    const bool pure = strcmp(wanted, "1") == 0;
    *to = (struct cx_conversion){1, 0, 1};
    if (!*unit && pure) return CX_OK;
    if (*unit && cx_unit_conversion(unit, wanted, to) == CX_UNIT_FITS) return CX_OK;
    if (*unit)
        cx_fail(p->e, CX_CONFIG, 62, "'%.40s' is not a unit of %.40s", unit, name);
    else
        cx_fail(p->e, CX_CONFIG, 62, "the column '%.40s' has no unit", name);
    cx_hint(p->e, "write '%.40s [%.40s]', or another unit that converts to it", name, wanted);
    return located(p);
}

static const struct place *place_named(const char *name) {
    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        if (strcmp(places[i].name, name) == 0) return &places[i];
    return NULL;
}

static enum cx_status read_place(struct profile *p, char *text) {
    const char *unit = cut_unit(text, true);
    const struct place *at = place_named(text);
    const int geometry = p->a->scenario->domain.geometry;
    const char *word = cx_choice_word(cx_geometries, geometry);
    if (!at) {
        cx_fail(p->e, CX_CONFIG, 62, "the first column is '%.40s', not a place", text);
        cx_hint(p->e, "begin with x_um, radius_um or depth_um, or x [mm] and so on");
        return located(p);
    }
    bool there = !at->geometry[0];
    for (int i = 0; i < 2; i++) there |= at->geometry[i] && strcmp(at->geometry[i], word) == 0;
    if (!there) {
        cx_fail(p->e, CX_CONFIG, 62, "a profile along '%s' does not fit domain.geometry '%s'",
                at->name, word);
        cx_hint(p->e, "x is for slice and patch, radius for axisymmetric, depth for all");
        return located(p);
    }
    p->axis = at->axis;
    p->down = at->axis == CX_Z;
    p->column[0].species = -1;
    return fit_unit(p, at->name, unit, "um", &p->column[0].to);
}

static bool asked_for(const struct cx_names *names, const char *name) {
    for (int i = 0; i < names->n; i++)
        if (strcmp(names->at[i], name) == 0) return true;
    return names->n == 0;
}

static bool is_taken(const struct profile *p, int column, int species) {
    for (int c = 1; c < column; c++)
        if (p->column[c].species == species) return true;
    return false;
}

static enum cx_status read_field(struct profile *p, int column, char *text) {
    const char *unit = cut_unit(text, false);
    const struct cx_model *m = p->a->system.model;
    struct cx_nearest near = {.wanted = text};
    int q = m->species_count - 1;
    for (int i = 0; i < m->species_count; i++) cx_nearest_offer(&near, m->species[i].name);
    while (q >= 0 && strcmp(m->species[q].name, text) != 0) q--;
    if (q < 0 || is_taken(p, column, q)) {
        cx_fail(p->e, CX_CONFIG, 62,
                q < 0 ? "the model '%s' has no field '%.40s'" : "the model '%s' gets '%.40s' twice",
                m->name, text);
        if (q < 0 && cx_nearest_name(&near)) cx_hint(p->e, "did you mean '%s'?", near.name);
        return located(p);
    }
    p->column[column].species = asked_for(&p->a->scenario->initial.fields, text) ? q : -2;
    return fit_unit(p, text, unit, m->species[q].unit, &p->column[column].to);
}

/* ---- lines ---------------------------------------------------------------------------------------- */

static char *trim(char *text) {
    while (*text == ' ' || *text == '\t') text++;
    size_t n = strlen(text);
    while (n && strchr(" \t\r", text[n - 1])) text[--n] = 0;
    return text;
}

/* Cuts off the next cell of a line; NULL behind the last one. */
static char *next_cell(char **rest) {
    char *cell = *rest;
    if (!cell) return NULL;
    char *comma = strchr(cell, ',');
    *rest = comma ? comma + 1 : NULL;
    if (comma) *comma = 0;
    return trim(cell);
}

static enum cx_status read_header(struct profile *p, char *line) {
    for (char *cell = next_cell(&line); cell; cell = next_cell(&line)) {
        if (p->columns == COLUMNS) {
            cx_fail(p->e, CX_CONFIG, 62, "more than %d columns", COLUMNS);
            return located(p);
        }
        CX_TRY(p->columns ? read_field(p, p->columns, cell) : read_place(p, cell));
        p->columns++;
    }
    if (p->columns > 1) return CX_OK;
    cx_fail(p->e, CX_CONFIG, 62, "the table has no column with a field of the model");
    cx_hint(p->e, "write a header such as: x_um, cells [1/mm2]");
    return located(p);
}

static enum cx_status read_number(struct profile *p, int c, const char *cell, double *value) {
    const char *rest;
    double number;
    if (!cx_number_read(cell, &rest, &number) || *rest || !isfinite(number)) {
        cx_fail(p->e, CX_CONFIG, 62, "'%.40s' is not a number", cell);
        cx_hint(p->e, "numbers are written 12.5; the unit goes into the header");
        return located(p);
    }
    *value = cx_convert(&p->column[c].to, number);
    const int species = p->column[c].species;
    if (species < 0 || *value >= 0) return CX_OK;
    cx_fail(p->e, CX_CONFIG, 62, "a value of '%s' is negative: %s",
            p->a->system.model->species[species].name, cell);
    return located(p);
}

static enum cx_status read_row(struct profile *p, char *line) {
    double *row = p->value + (size_t)p->rows * (size_t)p->columns;
    int c = 0;
    for (char *cell = next_cell(&line); cell; cell = next_cell(&line), c++)
        if (c < p->columns) CX_TRY(read_number(p, c, cell, &row[c]));
    if (c != p->columns) {
        cx_fail(p->e, CX_CONFIG, 62, "%d values, the header names %d columns", c, p->columns);
        return located(p);
    }
    if (p->rows && !(row[0] > row[-p->columns])) {
        cx_fail(p->e, CX_CONFIG, 62, "the place %g um does not come after %g um", row[0],
                row[-p->columns]);
        cx_hint(p->e, "sort the rows by place, each place once");
        return located(p);
    }
    p->rows++;
    return CX_OK;
}

static enum cx_status read_line(struct profile *p, char *line) {
    line = trim(line);
    if (!*line || *line == '#') return CX_OK;
    if (!p->columns) return read_header(p, line);
    return read_row(p, line);
}

static int count_lines(const char *text) {
    int n = 1;
    for (; *text; text++) n += *text == '\n';
    return n;
}

static enum cx_status read_table(struct profile *p, char *text) {
    const int lines = count_lines(text);
    if (lines > ROWS) {
        cx_fail(p->e, CX_CONFIG, 62, "more than %d lines", ROWS);
        return located(p);
    }
    p->value = calloc((size_t)lines * COLUMNS, sizeof *p->value);
    if (!p->value) return cx_fail(p->e, CX_STORAGE, 61, "no memory for the table of initial.file");
    for (char *line = text; line;) {
        char *end = strchr(line, '\n');
        if (end) *end = 0;
        p->line++;
        CX_TRY(read_line(p, line));
        line = end ? end + 1 : NULL;
    }
    if (p->rows) return CX_OK;
    cx_fail(p->e, CX_CONFIG, 62, "the table has no rows");
    return located(p);
}

/* Spreadsheets put a mark of three bytes before UTF-8. */
static enum cx_status read_text(struct profile *p, char *text, size_t n) {
    const ptrdiff_t fault = cx_utf8_fault(text, n);
    if (fault < 0) return read_table(p, text + (strncmp(text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0));
    for (ptrdiff_t i = 0; i < fault; i++) p->line += text[i] == '\n';
    p->line++;
    cx_fail(p->e, CX_CONFIG, 62, "not a text file: byte 0x%02x", (unsigned char)text[fault]);
    cx_hint(p->e, "a profile is a CSV table in UTF-8");
    return located(p);
}

/* ---- onto the grid -------------------------------------------------------------------------------- */

static double interpolate(const struct profile *p, int c, double at) {
    const size_t n = (size_t)p->columns;
    const double *v = p->value;
    int low = 0, high = p->rows - 1;
    if (at <= v[0]) return v[c];
    if (at >= v[(size_t)high * n]) return v[(size_t)high * n + (size_t)c];
    while (high - low > 1) {
        const int middle = (low + high) / 2;
        if (v[(size_t)middle * n] <= at)
            low = middle;
        else
            high = middle;
    }
    const double *a = v + (size_t)low * n, *b = v + (size_t)high * n;
    return a[c] + (at - a[0]) / (b[0] - a[0]) * (b[c] - a[c]);
}

static void fill(struct profile *p, int c) {
    const struct cx_grid *g = &p->a->grid;
    const size_t nx = (size_t)g->shape[0], plane = nx * (size_t)g->shape[1];
    for (size_t i = 0; i < g->cells; i++) {
        const double place =
            p->down ? -g->axis[CX_Z].center[i / plane] : g->axis[CX_X].center[i % nx];
        p->a->system.u[p->column[c].species][i] = interpolate(p, c, place);
    }
}

enum cx_status cx_profile_apply(struct cx_assembly *a, struct cx_error *e) {
    const struct cx_scenario *s = a->scenario;
    struct profile p = {.a = a, .file = s->initial.file, .e = e};
    struct cx_error own;
    char path[600];
    unsigned char *bytes = NULL;
    size_t n = 0;
    if (!e) p.e = &own;
    snprintf(path, sizeof path, "%s/%s", s->folder, s->initial.file);
    CX_TRY(cx_file_read(path, BYTES, &bytes, &n, p.e));
    const enum cx_status status = read_text(&p, (char *)bytes, n);
    for (int c = 1; status == CX_OK && c < p.columns; c++)
        if (p.column[c].species >= 0) fill(&p, c);
    free(p.value);
    free(bytes);
    return status;
}
