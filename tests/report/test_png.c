/* PNG bytes: another reader (cairo's) finds every pixel again, as numbers of colours and as true colours. */
#include "check.h"
#include "report/canvas.h"
#include "report/raster.h"

#include <math.h>
#include <string.h>

/* A cairo_read_func_t over what is left of a blob. */
struct rest {
    const unsigned char *at;
    size_t n;
};
static cairo_status_t read_rest(void *closure, unsigned char *to, unsigned int n) {
    struct rest *r = closure;
    if (n > r->n) return CAIRO_STATUS_READ_ERROR;
    memcpy(to, r->at, n);
    r->at += n;
    r->n -= n;
    return CAIRO_STATUS_SUCCESS;
}

static cairo_surface_t *decode(const struct cx_blob *b) {
    struct rest r = {b->at, b->n};
    cairo_surface_t *s = cairo_image_surface_create_from_png_stream(read_rest, &r);
    CHECK(cairo_surface_status(s) == CAIRO_STATUS_SUCCESS);
    CHECK(r.n == 0);
    return s;
}

static uint32_t pixel(cairo_surface_t *s, int x, int y) {
    uint32_t value;
    const int stride = cairo_image_surface_get_stride(s);
    memcpy(&value, cairo_image_surface_get_data(s) + y * stride + 4 * x, sizeof value);
    return value & 0xffffff;
}

/* Noise, so that nothing is small or repeats; a stride wider than the row. */
static void numbers_come_back(int width, int height) {
    enum { STRIDE = 301, ROWS = 200 };
    static unsigned char number[ROWS * STRIDE];
    uint32_t colours[CX_PNG_COLOURS], random = 7;
    struct cx_blob b;
    struct cx_error e = {0};
    int wrong = 0;
    for (uint32_t i = 0; i < CX_PNG_COLOURS; i++) colours[i] = i * 0x010305u & 0xffffff;
    for (int i = 0; i < ROWS * STRIDE; i++)
        number[i] = (unsigned char)((random = random * 1664525u + 1013904223u) >> 24);
    const struct cx_png p = {width, height, STRIDE, colours, number, 0};
    CHECK_MSG(cx_png_make(&p, &b, &e) == CX_OK, "%s", e.text);
    cairo_surface_t *s = decode(&b);
    CHECK(cairo_image_surface_get_width(s) == width && cairo_image_surface_get_height(s) == height);
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++) wrong += pixel(s, x, y) != colours[number[y * STRIDE + x]];
    CHECK_MSG(wrong == 0, "%d wrong pixels of %d x %d", wrong, width, height);
    cairo_surface_destroy(s);
    cx_blob_free(&b);
}

static void numbers_of_colours(void) {
    numbers_come_back(1, 1);
    numbers_come_back(300, 200);
    numbers_come_back(7, 200);
}

/* A drawing is the same through cairo's own writer; the resolution is in the file. */
static void a_drawing(void) {
    enum { WIDE = 90, HIGH = 60 };
    struct cx_blob b;
    struct cx_error e = {0};
    int wrong = 0;
    cairo_surface_t *s = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, WIDE, HIGH);
    cairo_t *to = cairo_create(s);
    cx_canvas_colour(to, 0xfedcba, 1);
    cairo_paint(to);
    cx_canvas_colour(to, 0x123456, 0.7);
    cairo_arc(to, 40, 30, 25, 0, 6);
    cairo_fill(to);
    cairo_destroy(to);
    CHECK_MSG(cx_surface_png(s, 254, &b, &e) == CX_OK, "%s", e.text);
    static const unsigned char per_metre[] = {'p', 'H', 'Y', 's', 0, 0, 0x27, 0x10};
    CHECK(b.n > 45 && memcmp(b.at + 37, per_metre, sizeof per_metre) == 0); /* 10 000 */
    cairo_surface_t *back = decode(&b);
    for (int y = 0; y < HIGH; y++)
        for (int x = 0; x < WIDE; x++) wrong += pixel(s, x, y) != pixel(back, x, y);
    CHECK_MSG(wrong == 0, "%d wrong pixels", wrong);
    cairo_surface_destroy(back);
    cairo_surface_destroy(s);
    cx_blob_free(&b);
}

/* From 0 at the left to 1 at the right; no number in the lower half. */
static double ramp(const void *what, double across, double down) {
    (void)what;
    return down > 0.5 ? NAN : across;
}

/* The ends of the map are its end colours, no number is grey, and a drawing has the same colours as the page. */
static void a_raster(void) {
    enum { WIDE = 512, HIGH = 4 };
    const struct cx_raster r = {WIDE, HIGH, CX_VIRIDIS, 0, 1, ramp, NULL};
    struct cx_blob b;
    struct cx_error e = {0};
    int wrong = 0;
    CHECK_MSG(cx_raster_png(&r, &b, &e) == CX_OK, "%s", e.text);
    cairo_surface_t *s = decode(&b), *drawn = cx_raster_surface(&r, &e);
    CHECK(pixel(s, 0, 0) == cx_colour(CX_VIRIDIS, 0) && pixel(s, 0, HIGH - 1) == 0x808080);
    CHECK(pixel(s, WIDE - 1, 0) == cx_colour(CX_VIRIDIS, 1));
    for (int y = 0; y < HIGH; y++)
        for (int x = 0; x < WIDE; x++) wrong += pixel(s, x, y) != pixel(drawn, x, y);
    CHECK_MSG(wrong == 0, "%d wrong pixels", wrong);
    cairo_surface_destroy(drawn);
    cairo_surface_destroy(s);
    cx_blob_free(&b);
}

int main(void) {
    RUN(numbers_of_colours);
    RUN(a_drawing);
    RUN(a_raster);
    return check_done();
}
