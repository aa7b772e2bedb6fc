/* sheet.c - see sheet.h. */
#include "report/sheet.h"

#include "base/file.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <math.h>
#include <string.h>

static const double inch = 72; /* pt */

static bool ends_in(const char *path, const char *ending) {
    const size_t n = strlen(path), m = strlen(ending);
    return n > m && strcmp(path + n - m, ending) == 0;
}

enum cx_status cx_sheet_kind_of(const char *path, enum cx_sheet_kind *kind, struct cx_error *e) {
    static const char *const endings[] = {
        [CX_SHEET_PNG] = ".png", [CX_SHEET_SVG] = ".svg", [CX_SHEET_PDF] = ".pdf"};
    for (int k = CX_SHEET_PNG; k <= CX_SHEET_PDF; k++) {
        if (!ends_in(path, endings[k])) continue;
        *kind = (enum cx_sheet_kind)k;
        return CX_OK;
    }
    cx_fail(e, CX_USAGE, 140, "%.200s: a picture can be .png, .svg or .pdf", path);
    cx_hint(e, "end the file name in .pdf for print, in .png for a screen");
    return CX_USAGE;
}

static cairo_surface_t *surface_of(struct cx_sheet *s) {
    const double zoom = s->dpi / inch;
    if (s->kind == CX_SHEET_SVG)
        return cairo_svg_surface_create_for_stream(cx_blob_keep, &s->blob, s->width, s->height);
    if (s->kind == CX_SHEET_PDF)
        return cairo_pdf_surface_create_for_stream(cx_blob_keep, &s->blob, s->width, s->height);
    return cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)lround(s->width * zoom),
                                      (int)lround(s->height * zoom));
}

enum cx_status cx_sheet_open(struct cx_sheet *s, struct cx_error *e) {
    s->blob = (struct cx_blob){0};
    s->surface = surface_of(s);
    s->to = cairo_create(s->surface);
    const cairo_status_t status = cairo_status(s->to);
    if (status != CAIRO_STATUS_SUCCESS) {
        cx_sheet_close(s, NULL, NULL);
        return cx_fail(e, CX_STORAGE, 61, "a picture of this size cannot be drawn: %s",
                       cairo_status_to_string(status));
    }
    if (s->kind == CX_SHEET_PNG) cairo_scale(s->to, s->dpi / inch, s->dpi / inch);
    if (s->kind == CX_SHEET_PDF) { /* no date: the same figure has the same bytes */
        cairo_pdf_surface_set_metadata(s->surface, CAIRO_PDF_METADATA_CREATOR, "Cicatrix");
        cairo_pdf_surface_set_metadata(s->surface, CAIRO_PDF_METADATA_CREATE_DATE, "");
    }
    cx_canvas_colour(s->to, 0xffffff, 1);
    cairo_paint(s->to);
    return CX_OK;
}

enum cx_status cx_sheet_close(struct cx_sheet *s, const char *path, struct cx_error *e) {
    enum cx_status status = CX_OK;
    cairo_destroy(s->to);
    if (path && s->kind == CX_SHEET_PNG) status = cx_surface_png(s->surface, s->dpi, &s->blob, e);
    cairo_surface_finish(s->surface);
    const cairo_status_t drawn = cairo_surface_status(s->surface);
    cairo_surface_destroy(s->surface);
    if (path && !status && drawn != CAIRO_STATUS_SUCCESS && drawn != CAIRO_STATUS_SURFACE_FINISHED)
        status = cx_fail(e, CX_STORAGE, 71, "%.200s cannot be drawn: %s", path,
                         cairo_status_to_string(drawn));
    if (path && !status) status = cx_file_write(path, s->blob.at, s->blob.n, e);
    cx_blob_free(&s->blob);
    return status;
}

/* Lines ------------------------------------------------------------------------------------------------------------ */
/* Paul Tol's "bright" scheme, darkened for white paper like the lines of the report. */
static const uint32_t colours[] = {0x33699c, 0xd1495b, 0x228833, 0xaa3377, 0x946800, 0x1f7f95};

uint32_t cx_sheet_colour(int i) { return colours[i % 6]; }

void cx_sheet_pen(cairo_t *to, int i) {
    static const double dashes[][4] = {{4, 2, 4, 2}, {1.2, 1.8, 1.2, 1.8}, {5, 1.5, 1.2, 1.5}};
    cx_canvas_colour(to, cx_sheet_colour(i), 1);
    cairo_set_line_width(to, CX_SHEET_LINE);
    cairo_set_line_join(to, CAIRO_LINE_JOIN_ROUND);
    cairo_set_dash(to, dashes[i % 3], i % 6 > 2 ? 4 : 0, 0);
}
