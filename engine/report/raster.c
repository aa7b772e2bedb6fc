/* raster.c - see raster.h. */
#include "report/raster.h"

enum { SHADES = 256 };

/* A quiet NaN is the only value that differs from itself: drawn mid grey. */
static void paint_row(const struct cx_raster *r, const uint32_t shade[SHADES], int y,
                      uint32_t *pixel) {
    const double down = (y + 0.5) / r->height;
    for (int x = 0; x < r->width; x++) {
        const double value = r->at(r->what, (x + 0.5) / r->width, down);
        const double share = (value - r->low) / (r->high - r->low);
        const int number = share > 0 ? share < 1 ? (int)(share * SHADES) : SHADES - 1 : 0;
        pixel[x] = value == value ? shade[number] : 0x808080;
    }
}

cairo_surface_t *cx_raster_surface(const struct cx_raster *r, struct cx_error *e) {
    uint32_t shade[SHADES];
    for (int i = 0; i < SHADES; i++) shade[i] = cx_colour(r->map, i / (SHADES - 1.0));
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, r->width, r->height);
    if (cairo_surface_status(surface) != CAIRO_STATUS_SUCCESS) {
        cairo_surface_destroy(surface);
        cx_fail(e, CX_STORAGE, 61, "no memory for a picture of %d x %d", r->width, r->height);
        return NULL;
    }
    unsigned char *pixels = cairo_image_surface_get_data(surface);
    const size_t stride = (size_t)cairo_image_surface_get_stride(surface);
    for (int y = 0; y < r->height; y++)
        paint_row(r, shade, y, (uint32_t *)(void *)(pixels + stride * (size_t)y));
    cairo_surface_mark_dirty(surface);
    return surface;
}

enum cx_status cx_raster_png(const struct cx_raster *r, struct cx_blob *out, struct cx_error *e) {
    cairo_surface_t *surface = cx_raster_surface(r, e);
    if (!surface) return CX_STORAGE;
    const enum cx_status status = cx_surface_png(surface, out, e);
    cairo_surface_destroy(surface);
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
