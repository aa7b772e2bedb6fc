/* The picture of a pattern: every needle is there, at its true size and depth, in every format. */
#include "base/file.h"
#include "check.h"
#include "report/fonts_for_tests.h"
#include "report/pattern_picture.h"
#include "report/report.h"
#include "watch/scratch.h"

#include <math.h>

enum { SIDE = 4 };

static void lay_needles(struct cx_needle needle[SIDE * SIDE]) {
    for (int i = 0; i < SIDE * SIDE; i++)
        needle[i] = (struct cx_needle){.x = 250 + 500 * (i % SIDE),
                                       .y = 250 + 500 * (i / SIDE),
                                       .depth = 1000,
                                       .diameter = 200};
}

static const struct cx_field_of_view view = {0, 0, 2000, 2000, true};

static struct cx_scenario skin(void) {
    struct cx_scenario s = {.skin = {.site = CX_CHEEK,
                                     .age = 35,
                                     .corneum = NAN,
                                     .epidermis = NAN,
                                     .papillary = NAN,
                                     .dermis = NAN}};
    return s;
}

static uint32_t pixel(cairo_surface_t *s, int x, int y) {
    const unsigned char *row =
        cairo_image_surface_get_data(s) + (ptrdiff_t)y * cairo_image_surface_get_stride(s);
    uint32_t value;
    memcpy(&value, row + 4 * (ptrdiff_t)x, sizeof value);
    return value & 0xffffff;
}

/* The accent of the theme at 0.9 over the paper tint is what a puncture looks like from above. */
static bool is_hole(uint32_t rgb) {
    return (rgb >> 16) < 0x40 && ((rgb >> 8) & 0xff) > 0x60 && (rgb & 0xff) > 0x70;
}

/* Runs of hole pixels along a row. */
static int holes_in_row(cairo_surface_t *s, int y, int *longest) {
    int runs = 0, length = 0;
    for (int x = 0; x < cairo_image_surface_get_width(s); x++) {
        length = is_hole(pixel(s, x, y)) ? length + 1 : 0;
        runs += length == 1;
        if (length > *longest) *longest = length;
    }
    return runs;
}

static void the_png_shows_every_needle_at_its_size(void) {
    const struct scratch place = scratch_make();
    const struct cx_scenario s = skin();
    struct cx_needle needle[SIDE * SIDE];
    struct cx_error e = {0};
    char room[400];
    lay_needles(needle);
    const struct cx_needles all = {SIDE * SIDE, SIDE * SIDE, needle};
    const char *path = scratch_path(&place, "pattern.png", room);
    CHECK_MSG(cx_report_pattern(&s, &view, &all, path, &e) == CX_OK, "%s", e.text);

    cairo_surface_t *png = cairo_image_surface_create_from_png(path);
    CHECK(cairo_surface_status(png) == CAIRO_STATUS_SUCCESS);
    CHECK(cairo_image_surface_get_width(png) == 2 * CX_PATTERN_WIDTH);
    int rows = 0, longest = 0, before = 0;
    for (int y = 0; y < cairo_image_surface_get_height(png) / 2; y++) {
        const int runs = holes_in_row(png, y, &longest);
        CHECK_MSG(runs <= SIDE, "%d holes in row %d", runs, y);
        rows += runs == SIDE && before != SIDE;
        before = runs;
    }
    CHECK_MSG(rows == SIDE, "%d rows of holes", rows);
    /* 200 um needles every 500 um: the holes are 0.4 of the distance between the rows */
    const double pitch = (CX_PATTERN_HEIGHT - 112) * 2 / (2000 + 1300.0) * 500;
    CHECK_NEAR(longest / pitch, 0.4, 0.02);
    cairo_surface_destroy(png);
    scratch_clear(&place);
}

static void vector_formats_are_written_and_others_refused(void) {
    const struct scratch place = scratch_make();
    const struct cx_scenario s = skin();
    struct cx_needle needle[SIDE * SIDE];
    struct cx_error e = {0};
    char room[400];
    lay_needles(needle);
    const struct cx_needles all = {SIDE * SIDE, SIDE * SIDE, needle};
    CHECK(cx_report_pattern(&s, &view, &all, scratch_path(&place, "p.svg", room), &e) == CX_OK);
    CHECK(cx_file_size(room) > 2000);
    CHECK(cx_report_pattern(&s, &view, &all, scratch_path(&place, "p.pdf", room), &e) == CX_OK);
    CHECK(cx_file_size(room) > 2000);
    CHECK(cx_report_pattern(&s, &view, &all, scratch_path(&place, "p.gif", room), &e) == CX_USAGE);
    CHECK(strstr(e.text, ".png") && e.hint[0]);
    CHECK(cx_report_pattern(&s, &view, &all, scratch_path(&place, "no/p.png", room), &e) ==
          CX_STORAGE);
    scratch_clear(&place);
}

static void scale_bars_are_round(void) {
    char word[96];
    CHECK_NEAR(cx_scale_bar_um(730, word), 500, 1e-9);
    CHECK_STR(word, "500 µm");
    CHECK_NEAR(cx_scale_bar_um(2400, word), 2000, 1e-9);
    CHECK_STR(word, "2 mm");
}

int main(void) {
    RUN(the_png_shows_every_needle_at_its_size);
    RUN(vector_formats_are_written_and_others_refused);
    RUN(scale_bars_are_round);
    return check_done();
}
