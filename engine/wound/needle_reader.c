/* needle_reader.c - see needle_reader.h. */
#include "wound/needle_reader.h"

#include "base/units.h"
#include "wound/layout.h"

#include <math.h>
#include <string.h>

// clang-format off
const struct cx_needle_column cx_needle_columns[CX_NEEDLE_COLUMNS] = {
    [CX_NEEDLE_X] = {"x", "um", "um", -1e6, 1e6, offsetof(struct cx_needle, x)},
    [CX_NEEDLE_Y] = {"y", "um", "um", -1e6, 1e6, offsetof(struct cx_needle, y)},
    [CX_NEEDLE_DEPTH] = {"depth", "um", "um", 1.0, 20000.0, offsetof(struct cx_needle, depth)},
    [CX_NEEDLE_DIAMETER] = {"diameter", "um", "um", 1.0, 5000.0, offsetof(struct cx_needle, diameter)},
    [CX_NEEDLE_TILT] = {"tilt", "degree", "rad", 0.0, 75.0, offsetof(struct cx_needle, tilt)},
};
// clang-format on

const struct cx_needle cx_needle_blank = {
    .x = NAN, .y = NAN, .depth = NAN, .diameter = NAN, .tilt = NAN};

int cx_needle_column(const char *name, size_t length) {
    for (int i = 0; i < CX_NEEDLE_COLUMNS; i++) {
        const char *known = cx_needle_columns[i].name;
        if (strlen(known) == length && strncmp(known, name, length) == 0) return i;
    }
    return -1;
}

enum cx_status cx_needle_refuse_at(struct cx_needle_reader *r, int line, int column) {
    r->status = CX_CONFIG;
    if (r->e) {
        strncpy(r->e->file, r->file, sizeof r->e->file - 1);
        r->e->line = line;
        r->e->column = column;
    }
    return r->status;
}

enum cx_status cx_needle_refuse(struct cx_needle_reader *r) {
    return cx_needle_refuse_at(r, r->line, r->column);
}

enum cx_status cx_needle_unknown(struct cx_needle_reader *r, const char *name) {
    cx_fail(r->e, CX_CONFIG, 53, "unknown column '%.40s' in the needle list", name);
    cx_hint(r->e, "columns are %s, in um or with the unit in brackets: x (mm)", CX_NEEDLE_NAMES);
    return cx_needle_refuse(r);
}

enum cx_status cx_needle_set(struct cx_needle_reader *r, int column, double value) {
    const struct cx_needle_column *k = &cx_needle_columns[column];
    if (!(value >= k->lo && value <= k->hi)) {
        cx_fail(r->e, CX_CONFIG, 53, "%s is %g %s, allowed is %g to %g %s", k->name, value, k->unit,
                k->lo, k->hi, k->unit);
        return cx_needle_refuse(r);
    }
    *(double *)(void *)((char *)&r->needle + k->offset) =
        column == CX_NEEDLE_TILT ? value * cx_unit_factor(k->unit, k->engine_unit) : value;
    return CX_OK;
}

enum cx_status cx_needle_take(struct cx_needle_reader *r) {
    if (isnan(r->needle.x) || isnan(r->needle.y)) {
        cx_fail(r->e, CX_CONFIG, 53, "needle %d has no %s", r->out->n + 1,
                isnan(r->needle.x) ? "x" : "y");
        cx_hint(r->e, "columns are %s; x and y must be there", CX_NEEDLE_NAMES);
        return cx_needle_refuse(r);
    }
    r->status = cx_needles_add(r->out, &r->needle, r->e);
    return r->status;
}
