/* needle_file.c - needle lists from CSV (libcsv) and JSON (jansson), and the layout of any list.
 *
 * Columns: x, y, depth, diameter, tilt; x and y must be there.  CSV: a header names them, with the
 * unit in brackets where it is not the default: `x (mm),y (mm),depth (um)`; without a header they
 * come in that order.  Lines that begin with # are skipped.  JSON: a list of objects with those
 * names; a value is a number in the default unit or a text with its unit ("0.5 mm").  Default
 * units: um, and degree for the tilt.  depth: reached, along the needle.  Drawings: needle_svg.c,
 * needle_dxf.c. */
#include "base/file.h"
#include "config/config.h"
#include "wound/layout.h"
#include "wound/needle_reader.h"

#include <csv.h>
#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MOST_BYTES ((size_t)256 << 20)
#define MOST_COLUMNS 16

struct reader {
    struct cx_needle_reader to; /* its place: where the present field began */
    int line, column;           /* of the byte being read, from 1 */
    int field, columns;         /* number of the field; columns known so far */
    int meaning[MOST_COLUMNS];
    double factor[MOST_COLUMNS]; /* to the default unit */
    bool begun, header, comment;
};

/* "depth (mm)" -> meaning and factor of this column. */
static enum cx_status name_column(struct reader *r, const char *text) {
    char unit[32] = "";
    const size_t name = strcspn(text, " ([");
    const int which = cx_needle_column(text, name);
    const char *open = text + strcspn(text, "([");
    if (which < 0) return cx_needle_unknown(&r->to, text);
    if (*open) {
        const size_t length = strcspn(open + 1, ")]");
        if (length < sizeof unit) memcpy(unit, open + 1, length);
    }
    r->meaning[r->field] = which;
    r->factor[r->field] = *unit ? cx_unit_factor(unit, cx_needle_columns[which].unit) : 1.0;
    r->columns = r->field + 1;
    if (!*open || isfinite(r->factor[r->field])) return CX_OK;
    cx_fail(r->to.e, CX_CONFIG, 53, "'%s' is not a unit for %s", unit,
            cx_needle_columns[which].name);
    cx_hint(r->to.e, "write for example %s (%s)", cx_needle_columns[which].name,
            cx_needle_columns[which].unit);
    return cx_needle_refuse(&r->to);
}

static enum cx_status read_number(struct reader *r, const char *text) {
    char *end = NULL;
    if (r->field >= r->columns) {
        cx_fail(r->to.e, CX_CONFIG, 53, "field %d of a list with %d columns", r->field + 1,
                r->columns);
        return cx_needle_refuse(&r->to);
    }
    const double value = strtod(text, &end);
    if (end == text || *end || !isfinite(value)) {
        cx_fail(r->to.e, CX_CONFIG, 53, "'%.40s' is not a number", text);
        cx_hint(r->to.e, "numbers are written 12.5; the unit goes into the header");
        return cx_needle_refuse(&r->to);
    }
    return cx_needle_set(&r->to, r->meaning[r->field], value * r->factor[r->field]);
}

/* The first line is a header when it does not begin with a number; otherwise the columns come in
 * the usual order. */
static void begin(struct reader *r, const char *text) {
    char *end = NULL;
    (void)strtod(text, &end);
    r->begun = true;
    r->header = end == text;
    for (int i = 0; i < CX_NEEDLE_COLUMNS && !r->header; i++) {
        r->meaning[i] = i;
        r->factor[i] = 1.0;
        r->columns = CX_NEEDLE_COLUMNS;
    }
}

static void on_field(void *bytes, size_t length, void *data) {
    struct reader *r = data;
    const char *text = length ? bytes : "";
    if (r->field == 0) r->comment = *text == '#';
    if (r->to.status != CX_OK || r->comment) return;
    if (!r->begun) begin(r, text);
    if (r->field >= MOST_COLUMNS) {
        cx_fail(r->to.e, CX_CONFIG, 53, "more than %d columns", MOST_COLUMNS);
        cx_needle_refuse(&r->to);
    } else if (r->header) {
        r->to.status = name_column(r, text);
    } else if (*text) {
        r->to.status = read_number(r, text);
    }
    r->field++;
    r->to.line = r->line;
    r->to.column = r->column + 1;
}

static void on_record(int terminator, void *data) {
    struct reader *r = data;
    (void)terminator;
    r->to.column = 1;
    if (r->to.status == CX_OK && !r->comment && !r->header) cx_needle_take(&r->to);
    r->header = r->comment = false;
    r->field = 0;
    r->to.needle = cx_needle_blank;
}

/* Byte by byte: libcsv does not say where a field stands, the reader does. */
static enum cx_status parse(struct reader *r, struct csv_parser *p, const unsigned char *bytes,
                            size_t n) {
    r->line = r->to.line = r->to.column = 1;
    for (size_t i = 0; i < n && r->to.status == CX_OK; i++) {
        r->column++;
        if (csv_parse(p, bytes + i, 1, on_field, on_record, r) != 1) {
            cx_fail(r->to.e, CX_CONFIG, 53, "not valid CSV: %s", csv_strerror(csv_error(p)));
            return cx_needle_refuse_at(&r->to, r->line, r->column);
        }
        if (bytes[i] != '\n') continue;
        r->line++;
        r->column = 0;
        r->to.line = r->line;
        r->to.column = 1;
    }
    if (r->to.status == CX_OK) csv_fini(p, on_field, on_record, r);
    return r->to.status;
}

static enum cx_status read_csv(struct reader *r, const unsigned char *bytes, size_t n) {
    struct csv_parser p;
    if (csv_init(&p, CSV_APPEND_NULL) != 0)
        return cx_fail(r->to.e, CX_STORAGE, 61, "no memory to read CSV");
    const enum cx_status status = parse(r, &p, bytes, n);
    csv_free(&p);
    return status;
}

static enum cx_status json_value(struct reader *r, const char *name, const json_t *value,
                                 int number) {
    const int which = cx_needle_column(name, strlen(name));
    double plain = json_is_number(value) ? json_number_value(value) : NAN;
    struct cx_error why = {0};
    if (which < 0) return cx_needle_unknown(&r->to, name);
    if (json_is_string(value) &&
        cx_quantity_read(json_string_value(value), cx_needle_columns[which].unit, &plain, &why) !=
            CX_OK) {
        cx_fail(r->to.e, CX_CONFIG, 53, "needle %d, %s: %.300s", number, name, why.text);
        return cx_needle_refuse_at(&r->to, 0, 0);
    }
    if (!isnan(plain)) return cx_needle_set(&r->to, which, plain);
    cx_fail(r->to.e, CX_CONFIG, 53, "needle %d: %s is neither a number nor a text with a unit",
            number, name);
    return cx_needle_refuse_at(&r->to, 0, 0);
}

static enum cx_status json_needles(struct reader *r, json_t *list) {
    size_t i;
    json_t *one, *value;
    const char *name;
    json_array_foreach(list, i, one) {
        if (!json_is_object(one)) {
            cx_fail(r->to.e, CX_CONFIG, 53, "entry %zu of the needle list is not an object", i + 1);
            return cx_needle_refuse_at(&r->to, 0, 0);
        }
        r->to.needle = cx_needle_blank;
        json_object_foreach(one, name, value) CX_TRY(json_value(r, name, value, (int)i + 1));
        CX_TRY(cx_needle_take(&r->to));
    }
    return CX_OK;
}

static enum cx_status read_json(struct reader *r, const unsigned char *bytes, size_t n) {
    json_error_t why;
    json_t *root = json_loadb((const char *)bytes, n, JSON_REJECT_DUPLICATES, &why);
    if (!root) {
        cx_fail(r->to.e, CX_CONFIG, 53, "not valid JSON: %s", why.text);
        return cx_needle_refuse_at(&r->to, why.line, why.column);
    }
    enum cx_status status = CX_OK;
    if (json_is_array(root)) {
        status = json_needles(r, root);
    } else {
        cx_fail(r->to.e, CX_CONFIG, 53, "a needle list in JSON is a list of objects");
        cx_hint(r->to.e, "[{\"x\": 100, \"y\": 250, \"depth\": \"0.5 mm\"}, ...]");
        status = cx_needle_refuse_at(&r->to, 1, 1);
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
        cx_hint(e, "name a list of needles (.csv, .json, .svg, .dxf) beside the scenario");
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
    struct reader r = {
        .to = {.file = s->pattern.file, .out = out, .e = e, .needle = cx_needle_blank}};
    enum cx_needle_format format = CX_NEEDLES_CSV;
    (void)cx_needle_format_of(s->pattern.file, &format);
    CX_TRY(file_bytes(s, &bytes, &n, e));
    enum cx_status status = CX_OK;
    switch (format) {
    case CX_NEEDLES_JSON: status = read_json(&r, bytes, n); break;
    case CX_NEEDLES_SVG: status = cx_needle_svg(&r.to, (const char *)bytes, n); break;
    case CX_NEEDLES_DXF: status = cx_needle_dxf(&r.to, (const char *)bytes, n); break;
    default: status = read_csv(&r, bytes, n);
    }
    free(bytes);
    if (status == CX_OK && out->n == 0) {
        cx_fail(e, CX_CONFIG, 53, "the needle list is empty");
        status = cx_needle_refuse_at(&r.to, 1, 1);
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
