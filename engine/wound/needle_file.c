/* needle_file.c - needle lists from CSV (libcsv) and JSON (jansson).
 *
 * Columns: x, y, depth, diameter, tilt; x and y must be there.  CSV: a header names them, with the
 * unit in brackets where it is not the default: `x (mm),y (mm),depth (um)`; without a header they
 * come in that order.  Lines that begin with # are skipped.  JSON: a list of objects with those
 * names; a value is a number in the default unit or a text with its unit ("0.5 mm").  Default
 * units: um, and degree for the tilt.  depth: reached, along the needle. */
#include "base/file.h"
#include "config/config.h"
#include "wound/layout.h"

#include <csv.h>
#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MOST_BYTES ((size_t)256 << 20)
#define MOST_COLUMNS 16
#define NAMES "x, y, depth, diameter, tilt"

enum { X, Y, DEPTH, DIAMETER, TILT, KNOWN };

// clang-format off
static const struct known {
    const char *name, *unit, *engine_unit;
    double lo, hi; /* in the default unit */
    size_t offset;
} known[KNOWN] = {
    [X] = {"x", "um", "um", -1e6, 1e6, offsetof(struct cx_needle, x)},
    [Y] = {"y", "um", "um", -1e6, 1e6, offsetof(struct cx_needle, y)},
    [DEPTH] = {"depth", "um", "um", 1.0, 20000.0, offsetof(struct cx_needle, depth)},
    [DIAMETER] = {"diameter", "um", "um", 1.0, 5000.0, offsetof(struct cx_needle, diameter)},
    [TILT] = {"tilt", "degree", "rad", 0.0, 75.0, offsetof(struct cx_needle, tilt)},
};
// clang-format on

struct reader {
    const char *file;
    struct cx_needles *out;
    struct cx_error *e;
    enum cx_status status;
    int line, column;             /* of the byte being read, from 1 */
    int field_line, field_column; /* where the present field began */
    int field, columns;           /* number of the field; columns known so far */
    int meaning[MOST_COLUMNS];
    double factor[MOST_COLUMNS]; /* to the default unit */
    bool begun, header, comment;
    struct cx_needle needle;
};

static enum cx_status failed(struct reader *r, int line, int column) {
    r->status = CX_CONFIG;
    if (r->e) {
        strncpy(r->e->file, r->file, sizeof r->e->file - 1);
        r->e->line = line;
        r->e->column = column;
    }
    return r->status;
}

static const struct cx_needle nothing_given = {
    .x = NAN, .y = NAN, .depth = NAN, .diameter = NAN, .tilt = NAN};

/* value: in the default unit of the column. */
static enum cx_status set(struct reader *r, int which, double value) {
    const struct known *k = &known[which];
    if (!(value >= k->lo && value <= k->hi)) {
        cx_fail(r->e, CX_CONFIG, 53, "%s is %g %s, allowed is %g to %g %s", k->name, value, k->unit,
                k->lo, k->hi, k->unit);
        return failed(r, r->field_line, r->field_column);
    }
    *(double *)(void *)((char *)&r->needle + k->offset) =
        which == TILT ? value * cx_unit_factor(k->unit, k->engine_unit) : value;
    return CX_OK;
}

static enum cx_status take(struct reader *r) {
    if (isnan(r->needle.x) || isnan(r->needle.y)) {
        cx_fail(r->e, CX_CONFIG, 53, "needle %d has no %s", r->out->n + 1,
                isnan(r->needle.x) ? "x" : "y");
        cx_hint(r->e, "columns are %s; x and y must be there", NAMES);
        return failed(r, r->field_line, 1);
    }
    r->status = cx_needles_add(r->out, &r->needle, r->e);
    return r->status;
}

static int known_index(const char *name, size_t length) {
    for (int i = 0; i < KNOWN; i++)
        if (strlen(known[i].name) == length && strncmp(known[i].name, name, length) == 0) return i;
    return -1;
}

static enum cx_status unknown_name(struct reader *r, const char *name, int line, int column) {
    cx_fail(r->e, CX_CONFIG, 53, "unknown column '%.40s' in the needle list", name);
    cx_hint(r->e, "columns are %s, in um or with the unit in brackets: x (mm)", NAMES);
    return failed(r, line, column);
}

/* "depth (mm)" -> meaning and factor of this column. */
static enum cx_status name_column(struct reader *r, const char *text) {
    char unit[32] = "";
    const size_t name = strcspn(text, " ([");
    const int which = known_index(text, name);
    const char *open = text + strcspn(text, "([");
    if (which < 0) return unknown_name(r, text, r->field_line, r->field_column);
    if (*open) {
        const size_t length = strcspn(open + 1, ")]");
        if (length < sizeof unit) memcpy(unit, open + 1, length);
    }
    r->meaning[r->field] = which;
    r->factor[r->field] = *unit ? cx_unit_factor(unit, known[which].unit) : 1.0;
    r->columns = r->field + 1;
    if (!*open || isfinite(r->factor[r->field])) return CX_OK;
    cx_fail(r->e, CX_CONFIG, 53, "'%s' is not a unit for %s", unit, known[which].name);
    cx_hint(r->e, "write for example %s (%s)", known[which].name, known[which].unit);
    return failed(r, r->field_line, r->field_column);
}

static enum cx_status read_number(struct reader *r, const char *text) {
    char *end = NULL;
    if (r->field >= r->columns) {
        cx_fail(r->e, CX_CONFIG, 53, "field %d of a list with %d columns", r->field + 1,
                r->columns);
        return failed(r, r->field_line, r->field_column);
    }
    const double value = strtod(text, &end);
    if (end == text || *end || !isfinite(value)) {
        cx_fail(r->e, CX_CONFIG, 53, "'%.40s' is not a number", text);
        cx_hint(r->e, "numbers are written 12.5; the unit goes into the header");
        return failed(r, r->field_line, r->field_column);
    }
    return set(r, r->meaning[r->field], value * r->factor[r->field]);
}

/* The first line is a header when it does not begin with a number; otherwise the columns come in
 * the usual order. */
static void begin(struct reader *r, const char *text) {
    char *end = NULL;
    (void)strtod(text, &end);
    r->begun = true;
    r->header = end == text;
    for (int i = 0; i < KNOWN && !r->header; i++) {
        r->meaning[i] = i;
        r->factor[i] = 1.0;
        r->columns = KNOWN;
    }
}

static void on_field(void *bytes, size_t length, void *data) {
    struct reader *r = data;
    const char *text = length ? bytes : "";
    if (r->field == 0) r->comment = *text == '#';
    if (r->status != CX_OK || r->comment) return;
    if (!r->begun) begin(r, text);
    if (r->field >= MOST_COLUMNS) {
        cx_fail(r->e, CX_CONFIG, 53, "more than %d columns", MOST_COLUMNS);
        failed(r, r->field_line, r->field_column);
    } else if (r->header) {
        r->status = name_column(r, text);
    } else if (*text) {
        r->status = read_number(r, text);
    }
    r->field++;
    r->field_line = r->line;
    r->field_column = r->column + 1;
}

static void on_record(int terminator, void *data) {
    struct reader *r = data;
    (void)terminator;
    if (r->status == CX_OK && !r->comment && !r->header) take(r);
    r->header = r->comment = false;
    r->field = 0;
    r->needle = nothing_given;
}

/* Byte by byte: libcsv does not say where a field stands, the reader does. */
static enum cx_status parse(struct reader *r, struct csv_parser *p, const unsigned char *bytes,
                            size_t n) {
    r->line = r->field_line = r->field_column = 1;
    for (size_t i = 0; i < n && r->status == CX_OK; i++) {
        r->column++;
        if (csv_parse(p, bytes + i, 1, on_field, on_record, r) != 1) {
            cx_fail(r->e, CX_CONFIG, 53, "not valid CSV: %s", csv_strerror(csv_error(p)));
            return failed(r, r->line, r->column);
        }
        if (bytes[i] != '\n') continue;
        r->line++;
        r->column = 0;
        r->field_line = r->line;
        r->field_column = 1;
    }
    if (r->status == CX_OK) csv_fini(p, on_field, on_record, r);
    return r->status;
}

static enum cx_status read_csv(struct reader *r, const unsigned char *bytes, size_t n) {
    struct csv_parser p;
    if (csv_init(&p, CSV_APPEND_NULL) != 0)
        return cx_fail(r->e, CX_STORAGE, 61, "no memory to read CSV");
    const enum cx_status status = parse(r, &p, bytes, n);
    csv_free(&p);
    return status;
}

static enum cx_status json_value(struct reader *r, const char *name, const json_t *value,
                                 int number) {
    const int which = known_index(name, strlen(name));
    double plain = json_is_number(value) ? json_number_value(value) : NAN;
    struct cx_error why = {0};
    if (which < 0) return unknown_name(r, name, 0, 0);
    if (json_is_string(value) &&
        cx_quantity_read(json_string_value(value), known[which].unit, &plain, &why) != CX_OK) {
        cx_fail(r->e, CX_CONFIG, 53, "needle %d, %s: %.300s", number, name, why.text);
        return failed(r, 0, 0);
    }
    if (!isnan(plain)) return set(r, which, plain);
    cx_fail(r->e, CX_CONFIG, 53, "needle %d: %s is neither a number nor a text with a unit", number,
            name);
    return failed(r, 0, 0);
}

static enum cx_status json_needles(struct reader *r, json_t *list) {
    size_t i;
    json_t *one, *value;
    const char *name;
    json_array_foreach(list, i, one) {
        if (!json_is_object(one)) {
            cx_fail(r->e, CX_CONFIG, 53, "entry %zu of the needle list is not an object", i + 1);
            return failed(r, 0, 0);
        }
        r->needle = nothing_given;
        json_object_foreach(one, name, value) CX_TRY(json_value(r, name, value, (int)i + 1));
        CX_TRY(take(r));
    }
    return CX_OK;
}

static enum cx_status read_json(struct reader *r, const unsigned char *bytes, size_t n) {
    json_error_t why;
    json_t *root = json_loadb((const char *)bytes, n, JSON_REJECT_DUPLICATES, &why);
    if (!root) {
        cx_fail(r->e, CX_CONFIG, 53, "not valid JSON: %s", why.text);
        return failed(r, why.line, why.column);
    }
    enum cx_status status = CX_OK;
    if (json_is_array(root)) {
        status = json_needles(r, root);
    } else {
        cx_fail(r->e, CX_CONFIG, 53, "a needle list in JSON is a list of objects");
        cx_hint(r->e, "[{\"x\": 100, \"y\": 250, \"depth\": \"0.5 mm\"}, ...]");
        status = failed(r, 1, 1);
    }
    json_decref(root);
    return status;
}

static enum cx_status file_bytes(const struct cx_scenario *s, unsigned char **bytes, size_t *n,
                                 struct cx_error *e) {
    char path[520];
    struct cx_error why = {0};
    snprintf(path, sizeof path, "%s%s%s", s->folder, *s->folder ? "/" : "", s->pattern.file);
    if (!*s->pattern.file) {
        cx_fail(e, CX_CONFIG, 52, "pattern type file needs device.pattern.file");
        cx_hint(e, "name a CSV or JSON list of needles beside the scenario");
        return CX_CONFIG;
    }
    if (cx_file_read(path, MOST_BYTES, bytes, n, &why) == CX_OK) return CX_OK;
    cx_fail(e, CX_STORAGE, 52, "needle list: %.480s", why.text);
    cx_hint(e, "device.pattern.file is looked for in the folder of the scenario");
    return CX_STORAGE;
}

enum cx_status cx_needle_file_read(const struct cx_scenario *s, struct cx_needles *out,
                                   struct cx_error *e) {
    unsigned char *bytes = NULL;
    size_t n = 0;
    struct reader r = {.file = s->pattern.file, .out = out, .e = e, .needle = nothing_given};
    const char *end = strrchr(s->pattern.file, '.');
    CX_TRY(file_bytes(s, &bytes, &n, e));
    enum cx_status status =
        end && strcmp(end, ".json") == 0 ? read_json(&r, bytes, n) : read_csv(&r, bytes, n);
    free(bytes);
    if (status == CX_OK && out->n == 0) {
        cx_fail(e, CX_CONFIG, 53, "the needle list is empty");
        status = failed(&r, 1, 1);
    }
    return status;
}

/* Listed needles where values are given, the device's where not; every pass goes over the whole
 * list. */
static enum cx_status strokes(const struct cx_layout *l, const struct cx_needles *listed) {
    const struct cx_needle usual = cx_layout_needle(l->s);
    for (int pass = 0; pass < l->s->treatment.passes; pass++)
        for (int i = 0; i < listed->n; i++) {
            struct cx_needle n = listed->at[i];
            if (isnan(n.depth)) n.depth = usual.depth;
            if (isnan(n.diameter)) n.diameter = usual.diameter;
            if (isnan(n.tilt)) n.tilt = usual.tilt;
            CX_TRY(cx_layout_stroke(l, &n, pass, i));
        }
    return CX_OK;
}

enum cx_status cx_layout_file(const struct cx_layout *l) {
    struct cx_needles listed = {0};
    enum cx_status status = cx_needle_file_read(l->s, &listed, l->e);
    if (status == CX_OK) status = strokes(l, &listed);
    cx_needles_free(&listed);
    return status;
}
