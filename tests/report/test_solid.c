/* The solid of a result: each face shows the cells behind it, at the place where they are; the corner that is cut away
 * shows the inside; what is no solid is refused. */
#include "report/page_for_tests.h"
#include "report/plot.h"
#include "report/solid.h"

#include <math.h>

static const struct page_for_tests patch = {"patch", {6, 4, 8}, 4, "t", NULL, NULL, false};
static const struct page_for_tests disc = {"axisymmetric", {6, 1, 8}, 1, "t", NULL, NULL, false};
static const struct page_for_tests slice = {"slice", {6, 1, 8}, 4, "t", NULL, NULL, false};
static const struct page_for_tests column = {"column", {1, 1, 8}, 1, "t", NULL, NULL, false};
static const struct cx_raster shades = {.map = CX_VIRIDIS, .low = 0, .high = 8};
enum { SIDE = 600 };

/* A solid on a sheet of pixels. */
struct bench {
    struct scratch place;
    struct cx_plot_source source;
    struct cx_lens lens;
    struct cx_solid solid;
    cairo_surface_t *image;
};

static void begin(struct bench *w, const struct page_for_tests *p, bool whole) {
    struct cx_error e = {0};
    double box[4];
    *w = (struct bench){.place = scratch_make()};
    page_prepare(&w->place, p);
    CHECK_MSG(cx_plot_open(&w->source, w->place.folder, &e) == CX_OK, "%s", e.text);
    CHECK_MSG(cx_lens_open(&w->lens, &w->source.result, "collagen_3", &e) == CX_OK, "%s", e.text);
    CHECK_MSG(cx_lens_turn(&w->lens, 7, &e) == CX_OK, "%s", e.text);
    const struct cx_solid_ask ask = {&w->source.view, whole, {NAN, NAN}};
    struct cx_solid *b = &w->solid;
    CHECK_MSG(cx_solid_make(b, &w->lens, &ask, &e) == CX_OK, "%s", e.text);
    cx_solid_bounds(b, box);
    b->zoom = (SIDE - 20) / fmax(box[1] - box[0], box[3] - box[2]);
    b->left = 10 - b->zoom * box[0];
    b->top = 10 - b->zoom * box[2];
    w->image = cairo_image_surface_create(CAIRO_FORMAT_RGB24, SIDE, SIDE);
    cairo_t *to = cairo_create(w->image);
    cx_canvas_colour(to, 0xffffff, 1);
    cairo_paint(to);
    CHECK_MSG(cx_solid_paint(to, b, &shades, 144, &e) == CX_OK, "%s", e.text);
    cairo_destroy(to);
    cairo_surface_flush(w->image);
}

static void end(struct bench *w) {
    cairo_surface_destroy(w->image);
    cx_lens_close(&w->lens);
    cx_plot_close(&w->source);
    scratch_clear(&w->place);
}

static uint32_t pixel_at(const struct bench *w, const double place[3]) {
    double at[2];
    cx_solid_spot(&w->solid, place, at);
    const unsigned char *bytes = cairo_image_surface_get_data(w->image);
    const int stride = cairo_image_surface_get_stride(w->image);
    uint32_t pixel;
    memcpy(&pixel, bytes + (size_t)at[1] * (size_t)stride + 4 * (size_t)at[0], sizeof pixel);
    return pixel & 0xffffff;
}

static int channel(uint32_t rgb, int shift) { return (int)(rgb >> shift & 0xff); }

/* The colour of the cell at a place; a few steps of the map are allowed, for the pixel is not the very place. */
static void shows(const struct bench *w, const double place[3], const int cell[3]) {
    const double value = cx_lens_cell(&w->lens, cell[0], cell[1], cell[2]);
    const uint32_t want = cx_colour(shades.map, value / shades.high), seen = pixel_at(w, place);
    for (int shift = 0; shift < 24; shift += 8)
        CHECK_MSG(abs(channel(seen, shift) - channel(want, shift)) <= 8,
                  "cell %d %d %d: %06x, not %06x", cell[0], cell[1], cell[2], (unsigned)seen,
                  (unsigned)want);
}

static void each_face_of_a_block_shows_its_cells(void) {
    struct bench w;
    begin(&w, &patch, true);
    const struct cx_result *r = &w.source.result;
    const double *x = r->center[CX_X], *y = r->center[CX_Y], *z = r->center[CX_Z];
    CHECK(w.solid.faces == 2 && w.solid.feet == 3);
    shows(&w, (const double[]){x[2], 0, z[4]}, (const int[]){2, 0, 4});
    shows(&w, (const double[]){400, y[2], z[5]}, (const int[]){5, 2, 5});
    shows(&w, (const double[]){x[3], y[1], 0}, (const int[]){3, 1, 7});
    CHECK(pixel_at(&w, (const double[]){-20, 0, -100}) == 0xffffff);
    end(&w);
}

/* Through the first needle of the first session next to the middle; the faces of the gap are inside the block. */
static void the_gap_shows_the_inside(void) {
    struct bench w;
    begin(&w, &patch, false);
    const struct cx_result *r = &w.source.result;
    const double *x = r->center[CX_X], *y = r->center[CX_Y], *z = r->center[CX_Z];
    const double *cut = w.solid.cut;
    int i = 0, j = 0;
    while (r->edge[CX_X][i + 1] <= cut[0]) i++;
    while (r->edge[CX_Y][j + 1] <= cut[1]) j++;
    CHECK(w.solid.faces == 4 && cut[0] > 0 && cut[1] > 0);
    CHECK(cx_solid_gone(&w.solid, cut[0] + 1, cut[1] - 1));
    CHECK(!cx_solid_gone(&w.solid, cut[0] - 1, cut[1] - 1));
    shows(&w, (const double[]){x[5], cut[1], z[4]}, (const int[]){5, j, 4});
    shows(&w, (const double[]){cut[0], y[0], z[4]}, (const int[]){i, 0, 4});
    end(&w);
}

static void a_disc_is_round_and_cut_to_its_axis(void) {
    for (int whole = 0; whole < 2; whole++) {
        struct bench w;
        begin(&w, &disc, whole);
        const struct cx_result *r = &w.source.result;
        const double *x = r->center[CX_X], *z = r->center[CX_Z];
        CHECK(w.solid.round && w.solid.faces == (whole ? 0 : 2));
        shows(&w, (const double[]){-x[3], 0, 0}, (const int[]){3, 0, 7});
        shows(&w, (const double[]){0, x[4], 0}, (const int[]){4, 0, 7});
        if (!whole) shows(&w, (const double[]){x[2], 0, z[4]}, (const int[]){2, 0, 4});
        if (!whole) shows(&w, (const double[]){0, -x[2], z[4]}, (const int[]){2, 0, 4});
        end(&w);
    }
}

static void a_slice_is_the_same_along_y(void) {
    struct bench w;
    begin(&w, &slice, false);
    const struct cx_result *r = &w.source.result;
    const double thick = w.solid.high[CX_Y], *x = r->center[CX_X], *z = r->center[CX_Z];
    CHECK(w.solid.same_along_y && w.solid.whole && thick > 0);
    shows(&w, (const double[]){x[3], 0, z[4]}, (const int[]){3, 0, 4});
    shows(&w, (const double[]){x[3], thick / 3, 0}, (const int[]){3, 0, 7});
    shows(&w, (const double[]){400, thick / 2, z[5]}, (const int[]){5, 0, 5});
    end(&w);
}

static void a_column_is_no_solid(void) {
    const struct scratch place = scratch_make();
    static struct cx_plot_source s;
    struct cx_lens lens;
    struct cx_solid b;
    struct cx_error e = {0};
    page_prepare(&place, &column);
    CHECK_MSG(cx_plot_open(&s, place.folder, &e) == CX_OK, "%s", e.text);
    CHECK_MSG(cx_lens_open(&lens, &s.result, "collagen_3", &e) == CX_OK, "%s", e.text);
    const struct cx_solid_ask ask = {&s.view, false, {NAN, NAN}};
    CHECK(cx_solid_make(&b, &lens, &ask, &e) == CX_USAGE && strstr(e.hint, "profile"));
    cx_lens_close(&lens);
    cx_plot_close(&s);
    scratch_clear(&place);
}

int main(void) {
    RUN(each_face_of_a_block_shows_its_cells);
    RUN(the_gap_shows_the_inside);
    RUN(a_disc_is_round_and_cut_to_its_axis);
    RUN(a_slice_is_the_same_along_y);
    RUN(a_column_is_no_solid);
    return check_done();
}
