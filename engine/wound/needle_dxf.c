/* needle_dxf.c - needles from a DXF drawing (ASCII): pairs of lines, a group code and its value.
 *
 * CIRCLE: its centre, its diameter, and as depth its thickness (group 39) without its sign.  POINT: its place only.  Both
 * count in the section ENTITIES; all other entities are passed over, blocks (INSERT) are not unfolded.  $INSUNITS gives
 * the unit of lengths; without it, or with 0, a unit is 1 mm, as drawing programs take it. */
#include "wound/needle_reader.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* $INSUNITS: um of one unit; 0: not a length that a needle can have. */
static const double unit_um[] = {
    [0] = 1e3,    [1] = 25400, [2] = 304800,  [4] = 1e3,   [5] = 1e4, [6] = 1e6,
    [8] = 0.0254, [9] = 25.4,  [10] = 914400, [12] = 1e-3, [13] = 1,  [14] = 1e5,
};
enum { UNITS = sizeof unit_um / sizeof *unit_um };

struct dxf {
    struct cx_needle_reader *r;
    const char *at, *end;
    int line;          /* of `at`, from 1 */
    int code;          /* of the present pair */
    const char *value; /* of the present pair; `length` bytes */
    int length;
    double scale; /* um of a unit */
    bool entities, units,
        needle; /* in ENTITIES; the next 70 is $INSUNITS; an entity that counts is open */
    int begun;  /* line of that entity */
};

/* One line without its end and without blanks around it; false at the end of the file. */
static bool next_line(struct dxf *d, const char **text, int *length) {
    if (d->at >= d->end) return false;
    const char *stop = memchr(d->at, '\n', (size_t)(d->end - d->at));
    const char *last = stop ? stop : d->end;
    const char *from = d->at;
    d->at = stop ? stop + 1 : d->end;
    d->line++;
    while (from < last && (*from == ' ' || *from == '\t')) from++;
    while (last > from && (last[-1] == '\r' || last[-1] == ' ' || last[-1] == '\t')) last--;
    *text = from;
    *length = (int)(last - from);
    return true;
}

static enum cx_status refuse(struct dxf *d, int line, const char *why) {
    cx_fail(d->r->e, CX_CONFIG, 53, "not a DXF drawing that can be read: %s", why);
    cx_hint(d->r->e, "save it as ASCII DXF (R12 will do), with circles or points for the needles");
    return cx_needle_refuse_at(d->r, line, 1);
}

static bool is(const struct dxf *d, const char *word) {
    return (int)strlen(word) == d->length && strncmp(word, d->value, strlen(word)) == 0;
}

static enum cx_status number(struct dxf *d, double *value) {
    char text[64], *stop = NULL;
    const int n = d->length < 63 ? d->length : 63;
    memcpy(text, d->value, (size_t)n);
    text[n] = 0;
    *value = strtod(text, &stop);
    if (stop != text && !*stop && isfinite(*value)) return CX_OK;
    cx_fail(d->r->e, CX_CONFIG, 53, "group %d is '%.40s', which is not a number", d->code, text);
    return cx_needle_refuse_at(d->r, d->line, 1);
}

static enum cx_status set_unit(struct dxf *d) {
    double unit = 0;
    d->units = false;
    CX_TRY(number(d, &unit));
    const int i = unit >= 0 && unit < UNITS ? (int)unit : -1;
    d->scale = i >= 0 ? unit_um[i] : 0;
    if (d->scale > 0) return CX_OK;
    cx_fail(d->r->e, CX_CONFIG, 53, "$INSUNITS is %g, which is no unit for needles", unit);
    cx_hint(d->r->e, "use 4 (mm), 13 (um), 5 (cm) or 1 (inch)");
    return cx_needle_refuse_at(d->r, d->line, 1);
}

/* A new entity or section begins: the one before is complete. */
static enum cx_status begin(struct dxf *d) {
    if (d->needle) {
        d->r->line = d->begun;
        d->r->column = 1;
        CX_TRY(cx_needle_take(d->r));
    }
    d->needle = d->entities && (is(d, "CIRCLE") || is(d, "POINT"));
    d->begun = d->line;
    d->r->needle = cx_needle_blank;
    if (is(d, "ENDSEC") || is(d, "SECTION")) d->entities = false;
    return CX_OK;
}

/* A property of the open circle or point. */
static enum cx_status property(struct dxf *d) {
    static const int codes[] = {10, 20, 39, 40};
    static const int columns[] = {CX_NEEDLE_X, CX_NEEDLE_Y, CX_NEEDLE_DEPTH, CX_NEEDLE_DIAMETER};
    double value = 0;
    for (int i = 0; i < 4; i++) {
        if (d->code != codes[i]) continue;
        CX_TRY(number(d, &value));
        if (d->code == 39 && value == 0) return CX_OK; /* no thickness: not given */
        if (d->code == 39) value = fabs(value);
        if (d->code == 40) value *= 2;
        d->r->line = d->line;
        d->r->column = 1;
        return cx_needle_set(d->r, columns[i], value * d->scale);
    }
    return CX_OK;
}

static enum cx_status take_pair(struct dxf *d) {
    if (d->code == 0) return begin(d);
    if (d->code == 2 && is(d, "ENTITIES") && !d->needle) d->entities = true;
    if (d->code == 9) d->units = is(d, "$INSUNITS");
    if (d->code == 70 && d->units) return set_unit(d);
    return d->needle ? property(d) : CX_OK;
}

/* A group code and its value. */
static enum cx_status next_pair(struct dxf *d, bool *there) {
    const char *text = NULL;
    char *stop = NULL;
    int length = 0;
    *there = false;
    if (!next_line(d, &text, &length)) return CX_OK;
    if (!length && d->at >= d->end) return CX_OK;
    d->code = (int)strtol(text, &stop, 10);
    if (stop == text || stop != text + length)
        return refuse(d, d->line, "here a group code should stand");
    if (!next_line(d, &d->value, &d->length))
        return refuse(d, d->line, "it ends after a group code");
    *there = true;
    return CX_OK;
}

enum cx_status cx_needle_dxf(struct cx_needle_reader *r, const char *bytes, size_t n) {
    struct dxf d = {.r = r, .at = bytes, .end = bytes + n, .scale = unit_um[0]};
    bool there = true, ended = false;
    if (n >= 18 && memcmp(bytes, "AutoCAD Binary DXF", 18) == 0)
        return refuse(&d, 1, "it is a binary DXF");
    while (!ended) {
        CX_TRY(next_pair(&d, &there));
        if (!there) break;
        ended = d.code == 0 && is(&d, "EOF");
        CX_TRY(take_pair(&d));
    }
    if (!ended) return refuse(&d, d.line, "it ends without EOF, as a file that was cut does");
    if (r->out->n) return CX_OK;
    return refuse(&d, 1, "no CIRCLE or POINT in its section ENTITIES");
}
