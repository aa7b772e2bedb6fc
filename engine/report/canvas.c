/* canvas.c - see canvas.h. */
#include "report/canvas.h"

#include "report/words.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

static const double zoom = 2; /* pixels per point of a PNG: sharp on dense screens and in print */

static const struct cx_theme light = {
    0xffffff, 0x1c2530, 0x647082,
    0xd9dee4, 0x0b7285, {0xe9d8bd, 0xf3d9c9, 0xf7e4e0, 0xf3ecec, 0xf9f1d6},
};
static const struct cx_theme dark = {
    0x1a2129, 0xe8ecf1, 0x9aa7b5,
    0x36414d, 0x5cc4cf, {0x5a4d3a, 0x523f39, 0x463a3d, 0x38343b, 0x423d2d},
};
const struct cx_theme *cx_theme_light(void) { return &light; }
const struct cx_theme *cx_theme_dark(void) { return &dark; }

/* Cairo hands the bytes of a file over piece by piece. */
cairo_status_t cx_blob_keep(void *blob, const unsigned char *data, unsigned int n) {
    return cx_blob_add(blob, data, n) ? CAIRO_STATUS_SUCCESS : CAIRO_STATUS_NO_MEMORY;
}

enum cx_status cx_surface_png(cairo_surface_t *surface, double dpi, struct cx_blob *out,
                              struct cx_error *e) {
    cairo_surface_flush(surface);
    const unsigned char *pixels = cairo_image_surface_get_data(surface);
    *out = (struct cx_blob){0};
    if (!pixels)
        return cx_fail(e, CX_STORAGE, 71, "a picture could not be made: %s",
                       cairo_status_to_string(cairo_surface_status(surface)));
    const struct cx_png png = {.width = cairo_image_surface_get_width(surface),
                               .height = cairo_image_surface_get_height(surface),
                               .stride = (size_t)cairo_image_surface_get_stride(surface),
                               .pixels = pixels,
                               .dpi = dpi};
    return cx_png_make(&png, out, e);
}

/* Is `ending` the last part of the name, after at least one other character? */
static bool ends_in(const char *path, const char *ending) {
    const size_t n = strlen(path), m = strlen(ending);
    return n > m && strcmp(path + n - m, ending) == 0;
}

/* Vector files are in points, pictures in pixels; each is asked for by the ending of its name. */
static cairo_surface_t *surface_for(const char *path, double width, double height) {
    if (path && ends_in(path, ".svg")) return cairo_svg_surface_create(path, width, height);
    if (path && ends_in(path, ".pdf")) return cairo_pdf_surface_create(path, width, height);
    return cairo_image_surface_create(CAIRO_FORMAT_ARGB32, (int)ceil(width * zoom),
                                      (int)ceil(height * zoom));
}

enum cx_status cx_canvas_open(struct cx_canvas *c, const char *path, double width, double height,
                              struct cx_error *e) {
    *c = (struct cx_canvas){0};
    c->png = !path || ends_in(path, ".png");
    if (!c->png && !ends_in(path, ".svg") && !ends_in(path, ".pdf")) {
        cx_fail(e, CX_USAGE, 0, "%s: a picture can be .png, .svg or .pdf", path);
        cx_hint(e, "end the file name in .png");
        return CX_USAGE;
    }
    c->surface = surface_for(path, width, height);
    c->to = cairo_create(c->surface);
    if (cairo_status(c->to) != CAIRO_STATUS_SUCCESS) {
        const char *why = cairo_status_to_string(cairo_status(c->to));
        cx_canvas_close(c, NULL, NULL);
        return cx_fail(e, CX_STORAGE, 71, "%s cannot be drawn: %s", path ? path : "a picture", why);
    }
    if (c->png) cairo_scale(c->to, zoom, zoom);
    return CX_OK;
}

enum cx_status cx_canvas_close(struct cx_canvas *c, const char *path, struct cx_error *e) {
    cairo_status_t status = CAIRO_STATUS_SUCCESS;
    cairo_destroy(c->to);
    if (path && c->png) status = cairo_surface_write_to_png(c->surface, path);
    cairo_surface_finish(c->surface);
    if (path && !status) status = cairo_surface_status(c->surface);
    cairo_surface_destroy(c->surface);
    *c = (struct cx_canvas){0};
    if (status == CAIRO_STATUS_SUCCESS) return CX_OK;
    return cx_fail(e, CX_STORAGE, 71, "%s cannot be written: %s", path,
                   cairo_status_to_string(status));
}

void cx_canvas_colour(cairo_t *to, uint32_t rgb, double opacity) {
    cairo_set_source_rgba(to, ((rgb >> 16) & 0xff) / 255.0, ((rgb >> 8) & 0xff) / 255.0,
                          (rgb & 0xff) / 255.0, opacity);
}

/* The advance, not the inked width, is what neighbours in a column line up by. */
void cx_canvas_text(cairo_t *to, double x, double y, const char *text,
                    const struct cx_lettering *how) {
    cairo_text_extents_t size;
    cairo_select_font_face(to, "sans-serif", CAIRO_FONT_SLANT_NORMAL,
                           how->bold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL);
    cairo_set_font_size(to, how->size);
    cairo_text_extents(to, text, &size);
    cx_canvas_colour(to, how->rgb, 1);
    cairo_move_to(to, x - how->across * size.x_advance, y);
    cairo_show_text(to, text);
}

double cx_scale_bar_um(double um, char word[96]) {
    const double base = pow(10, floor(log10(um))), rest = um / base;
    const double length = base * (rest >= 5 ? 5 : rest >= 2 ? 2 : 1);
    char number[CX_WORD];
    cx_number_text(length >= 1000 ? length / 1000 : length, number);
    snprintf(word, 96, "%.40s %s", number, length >= 1000 ? "mm" : "µm");
    return length;
}

void cx_canvas_scale_bar(cairo_t *to, const struct cx_scale_bar *b) {
    char word[96];
    const double length = cx_scale_bar_um(b->width * b->um / 3, word) / b->um;
    cx_canvas_colour(to, b->rgb, 1);
    cairo_rectangle(to, b->x, b->y, length, 2.5);
    cairo_fill(to);
    cx_canvas_text(to, b->x + length / 2, b->y - 4, word,
                   &(struct cx_lettering){11, 0.5, b->rgb, false});
}
