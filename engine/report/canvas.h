/* canvas.h - Cairo in the few forms that pictures need: files by their ending, PNG in memory, text, scale bars, two
 * themes.  Knows drawing, not results. */
#ifndef CX_REPORT_CANVAS_H
#define CX_REPORT_CANVAS_H

#include "report/png.h"

#include <cairo.h>
#include <stdbool.h>

/* Colours of a theme, 0xRRGGBB. */
struct cx_theme {
    uint32_t paper, ink, faint, line, accent;
    uint32_t layer[5]; /* corneum, epidermis, papillary and reticular dermis, hypodermis */
};
const struct cx_theme *cx_theme_light(void);
const struct cx_theme *cx_theme_dark(void);

/* A cairo_write_func_t: appends. */
cairo_status_t cx_blob_keep(void *blob, const unsigned char *data, unsigned int n);

/* A picture of width x height points; PNG has `zoom` pixels per point. */
struct cx_canvas {
    cairo_surface_t *surface;
    cairo_t *to;
    bool png;
};
/* `path` ends in .png, .svg or .pdf (CX_USAGE otherwise); NULL draws into memory, for cx_surface_png(). */
enum cx_status cx_canvas_open(struct cx_canvas *c, const char *path, double width, double height,
                              struct cx_error *e);
/* Finishes the file at `path`; NULL only drops the canvas. */
enum cx_status cx_canvas_close(struct cx_canvas *c, const char *path, struct cx_error *e);
/* Of a surface that nothing shines through.  dpi: see png.h. */
enum cx_status cx_surface_png(cairo_surface_t *surface, double dpi, struct cx_blob *out,
                              struct cx_error *e);

void cx_canvas_colour(cairo_t *to, uint32_t rgb, double opacity);
/* Text whose anchor is at share `across` of its width (0 left, 0.5 middle, 1 right). */
struct cx_lettering {
    double size, across;
    uint32_t rgb;
    bool bold;
};
void cx_canvas_text(cairo_t *to, double x, double y, const char *text,
                    const struct cx_lettering *how);
/* Bar of a round length of at most a third of `width` points, with its words above; `um` is the length of one point. */
struct cx_scale_bar {
    double x, y, width, um;
    uint32_t rgb;
};
void cx_canvas_scale_bar(cairo_t *to, const struct cx_scale_bar *b);
/* Round length (1, 2 or 5 times a power of ten) not above `um`, and its words. */
double cx_scale_bar_um(double um, char word[96]);

#endif
