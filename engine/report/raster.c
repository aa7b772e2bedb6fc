/* raster.c - see raster.h. */
#include "report/raster.h"

#include <math.h>
#include <stdlib.h>

enum { NO_NUMBER = CX_PNG_COLOURS - 1, SHADES = NO_NUMBER }; /* the last colour is for NaN */

static void make_shades(enum cx_map map, uint32_t shade[CX_PNG_COLOURS]) {
    for (int i = 0; i < SHADES; i++) shade[i] = cx_colour(map, i / (SHADES - 1.0));
    shade[NO_NUMBER] = cx_colour(map, NAN);
}

/* Numbers of the shades.  A quiet NaN is the only value that differs from itself. */
static void paint_row(const struct cx_raster *r, int y, unsigned char *number) {
    const double down = (y + 0.5) / r->height, scale = 1 / (r->high - r->low);
    for (int x = 0; x < r->width; x++) {
        const double value = r->at(r->what, (x + 0.5) / r->width, down);
        const double share = (value - r->low) * scale;
        const int shade = share > 0 ? share < 1 ? (int)(share * SHADES) : SHADES - 1 : 0;
        number[x] = (unsigned char)(value == value ? shade : NO_NUMBER);
    }
}

cairo_surface_t *cx_raster_surface(const struct cx_raster *r, struct cx_error *e) {
    uint32_t shade[CX_PNG_COLOURS];
    make_shades(r->map, shade);
    unsigned char *number = malloc((size_t)r->width);
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, r->width, r->height);
    if (!number || cairo_surface_status(surface) != CAIRO_STATUS_SUCCESS) {
        free(number);
        cairo_surface_destroy(surface);
        cx_fail(e, CX_STORAGE, 61, "no memory for a picture of %d x %d", r->width, r->height);
        return NULL;
    }
    unsigned char *pixels = cairo_image_surface_get_data(surface);
    const size_t stride = (size_t)cairo_image_surface_get_stride(surface);
    for (int y = 0; y < r->height; y++) {
        uint32_t *row = (uint32_t *)(void *)(pixels + stride * (size_t)y);
        paint_row(r, y, number);
        for (int x = 0; x < r->width; x++) row[x] = shade[number[x]];
    }
    free(number);
    cairo_surface_mark_dirty(surface);
    return surface;
}

enum cx_status cx_raster_png(const struct cx_raster *r, struct cx_blob *out, struct cx_error *e) {
    uint32_t shade[CX_PNG_COLOURS];
    const size_t width = (size_t)r->width;
    unsigned char *number = malloc(width * (size_t)r->height);
    if (!number)
        return cx_fail(e, CX_STORAGE, 61, "no memory for a picture of %d x %d", r->width,
                       r->height);
    make_shades(r->map, shade);
    for (int y = 0; y < r->height; y++) paint_row(r, y, number + width * (size_t)y);
    const struct cx_png png = {r->width, r->height, width, shade, number, 0};
    const enum cx_status status = cx_png_make(&png, out, e);
    free(number);
    return status;
}

int cx_between(const double *place, int n, double x, double *share) {
    int low = 0, high = n - 1;
    *share = 0;
    if (n < 2 || !(x > place[0])) return 0;
    if (x >= place[n - 1]) {
        *share = 1;
        return n - 2;
    }
    while (high - low > 1) {
        const int middle = (low + high) / 2;
        if (place[middle] <= x)
            low = middle;
        else
            high = middle;
    }
    *share = (x - place[low]) / (place[low + 1] - place[low]);
    return low;
}

struct cx_span cx_span_of(const double *place, int n, double x) {
    struct cx_span p;
    p.low = cx_between(place, n, x, &p.share);
    p.high = p.low + (p.share > 0 ? 1 : 0);
    return p;
}
