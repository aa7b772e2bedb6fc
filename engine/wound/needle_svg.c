/* needle_svg.c - needles from an SVG drawing (expat): each <circle> is a needle seen from above.
 *
 * cx, cy: its place; r: half its diameter; data-depth and data-tilt (this program's own, "0.5 mm", "10 degree", or numbers
 * in um and degree): the rest.  The lower left corner of the page is the corner of the block, y grows upwards.  A plain
 * number is a user unit: viewBox and width and height give its size, without them it is a pixel of 1/96 inch; mm, cm, in,
 * pt, pc, px and Q are understood.  Other elements are passed over, and so is all inside defs, symbol, clipPath, mask,
 * marker and pattern.  A transform is refused: it would move what it holds. */
#include "config/config.h"
#include "wound/needle_reader.h"

#include <expat.h>
#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

struct svg {
    struct cx_needle_reader *r;
    XML_Parser parser;
    double unit;          /* um of a user unit */
    double left, top;     /* of the viewBox, user units */
    double width, height; /* of the page, user units; NaN: not known */
    int depth, hidden;    /* elements that are open; the one that hides its content, 0: none */
    bool page;            /* the root has been read */
};

static enum cx_status refuse(struct svg *s) {
    const unsigned long line = XML_GetCurrentLineNumber(s->parser);
    const unsigned long column = XML_GetCurrentColumnNumber(s->parser) + 1;
    XML_StopParser(s->parser, XML_FALSE);
    return cx_needle_refuse_at(s->r, line < INT_MAX ? (int)line : 0,
                               column < INT_MAX ? (int)column : 0);
}

static const char *find(const char **attributes, const char *name) {
    for (int i = 0; attributes[i]; i += 2)
        if (strcmp(attributes[i], name) == 0) return attributes[i + 1];
    return NULL;
}

/* um of a unit of CSS; NaN for one that is not a length. */
static double unit_of(const struct svg *s, const char *text) {
    static const struct {
        const char *name;
        double um;
    } units[] = {{"mm", 1e3},         {"cm", 1e4},          {"in", 25400}, {"pt", 25400 / 72.0},
                 {"pc", 25400 / 6.0}, {"px", 25400 / 96.0}, {"Q", 250}};
    char word[8] = "";
    snprintf(word, sizeof word, "%.*s", (int)strcspn(text, " \t\r\n"), text);
    if (!*word) return s->unit;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (strcmp(word, units[i].name) == 0) return units[i].um;
    return NAN;
}

/* "5mm" in um; `unit` is that of a plain number. */
static enum cx_status length_of(struct svg *s, const char *name, const char *text, double *um) {
    const char *rest = NULL;
    double value = 0;
    const bool is_number = cx_number_read(text + strspn(text, " \t\r\n"), &rest, &value);
    const double unit = is_number ? unit_of(s, rest + strspn(rest, " \t\r\n")) : NAN;
    *um = value * unit;
    if (is_number && isfinite(*um)) return CX_OK;
    cx_fail(s->r->e, CX_CONFIG, 53, "%s is '%.40s', which is not a length", name, text);
    cx_hint(s->r->e, "write a number, or one with mm, cm, in, pt, pc or px");
    return refuse(s);
}

/* um; NaN where it is absent or a share of the window. */
static enum cx_status side_of(struct svg *s, const char **attributes, const char *name,
                              double *um) {
    const char *text = find(attributes, name);
    *um = NAN;
    return text && !strchr(text, '%') ? length_of(s, name, text, um) : CX_OK;
}

/* Both sides must agree on the size of a user unit, or a circle would be an ellipse. */
static enum cx_status scale_page(struct svg *s, double width_um, double height_um) {
    const double across = width_um / s->width, down = height_um / s->height;
    if (isfinite(across)) s->unit = across;
    if (isfinite(down) && !isfinite(across)) s->unit = down;
    if (!isfinite(across) || !isfinite(down) || fabs(across - down) <= 1e-3 * across) return CX_OK;
    cx_fail(s->r->e, CX_CONFIG, 53,
            "width and height do not fit viewBox: %.4g and %.4g um per unit", across, down);
    cx_hint(s->r->e, "give the page the proportions of its viewBox");
    return refuse(s);
}

static enum cx_status read_page(struct svg *s, const char **attributes) {
    const char *box = find(attributes, "viewBox");
    double width = NAN, height = NAN, at[4];
    s->page = true;
    CX_TRY(side_of(s, attributes, "width", &width));
    CX_TRY(side_of(s, attributes, "height", &height));
    s->width = width / s->unit;
    s->height = height / s->unit;
    if (!box) return CX_OK;
    for (int i = 0; i < 4; i++) {
        box += strspn(box, " \t\r\n,");
        if (cx_number_read(box, &box, &at[i]) && isfinite(at[i])) continue;
        cx_fail(s->r->e, CX_CONFIG, 53, "viewBox is not four numbers");
        return refuse(s);
    }
    s->left = at[0];
    s->top = at[1];
    s->width = at[2];
    s->height = at[3];
    return scale_page(s, width, height);
}

static enum cx_status put(struct svg *s, int column, double value) {
    const enum cx_status status = cx_needle_set(s->r, column, value);
    return status ? refuse(s) : CX_OK;
}

/* data-depth, data-tilt. */
static enum cx_status put_more(struct svg *s, int column, const char *text) {
    const char *rest = NULL;
    double value = 0;
    struct cx_error why = {0};
    if (!text) return CX_OK;
    const bool plain = cx_number_read(text, &rest, &value) && !*rest;
    if (plain || cx_quantity_read(text, cx_needle_columns[column].unit, &value, &why) == CX_OK)
        return put(s, column, value);
    cx_fail(s->r->e, CX_CONFIG, 53, "data-%s: %.300s", cx_needle_columns[column].name, why.text);
    return refuse(s);
}

static enum cx_status read_circle(struct svg *s, const char **attributes) {
    const char *x = find(attributes, "cx"), *y = find(attributes, "cy"), *r = find(attributes, "r");
    double um = 0;
    s->r->needle = cx_needle_blank;
    if (!isfinite(s->height)) {
        cx_fail(s->r->e, CX_CONFIG, 53, "the page has neither a height nor a viewBox");
        cx_hint(s->r->e, "they say where its lower left corner is, the corner of the block");
        return refuse(s);
    }
    CX_TRY(length_of(s, "cx", x ? x : "0", &um));
    CX_TRY(put(s, CX_NEEDLE_X, um - s->left * s->unit));
    CX_TRY(length_of(s, "cy", y ? y : "0", &um));
    CX_TRY(put(s, CX_NEEDLE_Y, (s->top + s->height) * s->unit - um));
    if (r) CX_TRY(length_of(s, "r", r, &um));
    if (r) CX_TRY(put(s, CX_NEEDLE_DIAMETER, 2 * um));
    CX_TRY(put_more(s, CX_NEEDLE_DEPTH, find(attributes, "data-depth")));
    CX_TRY(put_more(s, CX_NEEDLE_TILT, find(attributes, "data-tilt")));
    if (cx_needle_take(s->r) == CX_OK) return CX_OK;
    XML_StopParser(s->parser, XML_FALSE);
    return s->r->status;
}

/* Names may carry the prefix of a name space. */
static bool is(const char *element, const char *name) {
    const char *colon = strchr(element, ':');
    return strcmp(colon ? colon + 1 : element, name) == 0;
}

static void XMLCALL opens(void *user, const char *element, const char **attributes) {
    static const char *const hiding[] = {"defs", "symbol", "clipPath", "mask", "marker", "pattern"};
    struct svg *s = user;
    s->depth++;
    if (s->r->status || s->hidden) return;
    for (int i = 0; i < 6; i++)
        if (is(element, hiding[i])) s->hidden = s->depth;
    if (s->hidden) return;
    if (find(attributes, "transform")) {
        cx_fail(s->r->e, CX_CONFIG, 53, "transform of <%.40s> is not understood", element);
        cx_hint(s->r->e, "ungroup the drawing and save it with the circles where they are");
        refuse(s);
    } else if (!s->page && is(element, "svg")) {
        read_page(s, attributes);
    } else if (s->page && is(element, "circle")) {
        read_circle(s, attributes);
    }
}

static void XMLCALL closes(void *user, const char *element) {
    struct svg *s = user;
    (void)element;
    if (s->hidden == s->depth) s->hidden = 0;
    s->depth--;
}

static enum cx_status parse(struct svg *s, const char *bytes, size_t n) {
    XML_SetUserData(s->parser, s);
    XML_SetElementHandler(s->parser, opens, closes);
    if (XML_Parse(s->parser, bytes, (int)n, 1) == XML_STATUS_OK || s->r->status)
        return s->r->status;
    cx_fail(s->r->e, CX_CONFIG, 53, "not valid SVG: %s",
            XML_ErrorString(XML_GetErrorCode(s->parser)));
    return refuse(s);
}

enum cx_status cx_needle_svg(struct cx_needle_reader *r, const char *bytes, size_t n) {
    struct svg s = {.r = r, .unit = 25400 / 96.0, .width = NAN, .height = NAN};
    if (n > INT_MAX) return cx_fail(r->e, CX_CONFIG, 53, "the drawing is too large");
    s.parser = XML_ParserCreate(NULL);
    if (!s.parser) return cx_fail(r->e, CX_STORAGE, 61, "no memory to read SVG");
    enum cx_status status = parse(&s, bytes, n);
    XML_ParserFree(s.parser);
    if (status == CX_OK && r->out->n == 0) {
        cx_fail(r->e, CX_CONFIG, 53, "%s",
                s.page ? "the drawing holds no <circle>" : "not an <svg> drawing");
        cx_hint(r->e, "draw each needle as a circle; paths are not read");
        status = cx_needle_refuse_at(r, 1, 1);
    }
    return status;
}
