/* needle_write.c - needle lists as text (declared in needle_list.h).  Ten digits: a list that is read and written again
 * is the same text. */
#include "wound/needle_list.h"

#include <math.h>
#include <string.h>

bool cx_needle_format_of(const char *path, enum cx_needle_format *f) {
    static const char *const endings[] = {".csv", ".json", ".svg", ".dxf"};
    const char *end = strrchr(path, '.');
    for (int i = 0; end && i < 4; i++) {
        if (strcmp(end, endings[i]) != 0) continue;
        *f = (enum cx_needle_format)i;
        return true;
    }
    return false;
}

static double degree(double radian) { return radian * 180 / acos(-1.0); }
static double along(const struct cx_needle *w) { return w->depth / cos(w->tilt); }

static void csv(const struct cx_needles *n, struct cx_text *to) {
    cx_text_add(to, "x (um),y (um),depth (um),diameter (um),tilt (degree)\n");
    for (int i = 0; i < n->n; i++) {
        const struct cx_needle *w = &n->at[i];
        cx_text_add(to, "%.10g,%.10g,%.10g,%.10g,%.10g\n", w->x, w->y, along(w), w->diameter,
                    degree(w->tilt));
    }
}

static void json(const struct cx_needles *n, struct cx_text *to) {
    cx_text_add(to, "[");
    for (int i = 0; i < n->n; i++) {
        const struct cx_needle *w = &n->at[i];
        cx_text_add(to,
                    "%s\n  {\"x\": %.10g, \"y\": %.10g, \"depth\": %.10g, \"diameter\": %.10g, "
                    "\"tilt\": %.10g}",
                    i ? "," : "", w->x, w->y, along(w), w->diameter, degree(w->tilt));
    }
    cx_text_add(to, "\n]\n");
}

/* The page reaches from the corner of the block to beyond the last needle; needles outside it are written too. */
static void svg(const struct cx_needles *n, struct cx_text *to) {
    double width = 100, height = 100; /* um */
    for (int i = 0; i < n->n; i++) {
        width = fmax(width, ceil(n->at[i].x + n->at[i].diameter));
        height = fmax(height, ceil(n->at[i].y + n->at[i].diameter));
    }
    cx_text_add(to,
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg "
                "xmlns=\"http://www.w3.org/2000/svg\" width=\"%.10gmm\" height=\"%.10gmm\" "
                "viewBox=\"0 0 %.10g %.10g\">\n<title>%d needles, lengths in um</title>\n",
                width / 1000, height / 1000, width, height, n->n);
    for (int i = 0; i < n->n; i++) {
        const struct cx_needle *w = &n->at[i];
        cx_text_add(to,
                    "<circle cx=\"%.10g\" cy=\"%.10g\" r=\"%.10g\" data-depth=\"%.10g\" "
                    "data-tilt=\"%.10g\"/>\n",
                    w->x, height - w->y, w->diameter / 2, along(w), degree(w->tilt));
    }
    cx_text_add(to, "</svg>\n");
}

/* R12, which every program reads; $INSUNITS 13 is micrometres. */
static void dxf(const struct cx_needles *n, struct cx_text *to) {
    cx_text_add(to, "0\nSECTION\n2\nHEADER\n9\n$ACADVER\n1\nAC1009\n9\n$INSUNITS\n70\n13\n"
                    "0\nENDSEC\n0\nSECTION\n2\nENTITIES\n");
    for (int i = 0; i < n->n; i++) {
        const struct cx_needle *w = &n->at[i];
        cx_text_add(to,
                    "0\nCIRCLE\n8\nneedles\n39\n%.10g\n10\n%.10g\n20\n%.10g\n30\n0\n40\n%.10g\n",
                    -along(w), w->x, w->y, w->diameter / 2);
    }
    cx_text_add(to, "0\nENDSEC\n0\nEOF\n");
}

void cx_needles_text(const struct cx_needles *n, enum cx_needle_format f, struct cx_text *to) {
    switch (f) {
    case CX_NEEDLES_JSON: json(n, to); break;
    case CX_NEEDLES_SVG: svg(n, to); break;
    case CX_NEEDLES_DXF: dxf(n, to); break;
    default: csv(n, to);
    }
}
