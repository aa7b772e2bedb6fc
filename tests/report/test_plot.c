/* Single figures, animations and comparisons: from result files only, of the size asked for, whole or not there. */
#include "report/compare.h"
#include "report/fonts_for_tests.h"
#include "report/movie.h"
#include "report/page_for_tests.h"

#include <math.h>

static const struct cx_outcome_entry outcome[] = {
    {"gain", "percent", "Change.", "x", 10, false, 0, 0, {0, 0, 0, 0, false}},
    {"closure_day", "day", "Closed.", "y", NAN, false, 0, 0, {0, 0, 0, 0, false}}};
static const struct cx_outcome_entry changed[] = {
    {"gain", "percent", "Change.", "x", 11, false, 0, 0, {0, 0, 0, 0, false}},
    {"closure_day", "day", "Closed.", "y", NAN, false, 0, 0, {0, 0, 0, 0, false}},
    {"extra", "1", "Only here.", "z", 1, false, 0, 0, {0, 0, 0, 0, false}}};
static const struct cx_outcomes outcomes = {"small", "demo",  "feed", 2,    0,
                                            0,       outcome, NULL,   NULL, NULL};
static const struct cx_outcomes other = {"small", "demo",  "feed", 3,    0,
                                         0,       changed, NULL,   NULL, NULL};
static const struct page_for_tests patch = {"patch", {6, 4, 8}, 4, "t", NULL, &outcomes, false};
static const struct page_for_tests column = {"column", {1, 1, 8}, 1, "t", NULL, &outcomes, false};

static struct cx_plot_ask ask_for(enum cx_plot_kind kind, const char *const *name,
                                  const char *path) {
    return (struct cx_plot_ask){.kind = kind,
                                .names = name ? 1 : 0,
                                .name = name,
                                .plane_um = NAN,
                                .depth_um = NAN,
                                .width_mm = 85,
                                .dpi = 150,
                                .path = path};
}

/* Big-endian number in a PNG. */
static unsigned long number_at(const unsigned char *at) {
    return (unsigned long)at[0] << 24 | (unsigned long)at[1] << 16 | (unsigned long)at[2] << 8 |
           at[3];
}

static void every_kind_becomes_a_png_of_its_size(void) {
    static const char *const field = "collagen_3", *const series = "collagen_total";
    const struct scratch place = scratch_make();
    static struct cx_plot_source s;
    char room[400];
    struct cx_error e = {0};
    page_prepare(&place, &patch);
    CHECK_MSG(cx_plot_open(&s, place.folder, &e) == CX_OK, "%s", e.text);
    for (int k = 0; k < CX_PLOT_KINDS; k++) {
        const enum cx_plot_kind kind = (enum cx_plot_kind)k;
        const char *const *name = kind == CX_PLOT_PATTERN  ? NULL
                                  : kind == CX_PLOT_COURSE ? &series
                                                           : &field;
        const char *path = scratch_path(&place, "figure.png", room);
        const struct cx_plot_ask ask = ask_for(kind, name, path);
        unsigned char *bytes = NULL;
        size_t n = 0;
        CHECK_MSG(cx_plot_write(&s, &ask, &e) == CX_OK, "%s: %s", cx_plot_word(kind), e.text);
        CHECK(cx_file_read(path, 1 << 24, &bytes, &n, &e) == CX_OK);
        CHECK(n > 100 && memcmp(bytes, "\x89PNG", 4) == 0);
        CHECK_MSG(number_at(bytes + 16) == 502, "%lu pixels", number_at(bytes + 16)); /* 85 mm */
        CHECK(memcmp(bytes + 37, "pHYs", 4) == 0);
        CHECK_MSG(number_at(bytes + 41) == 5906, "%lu per metre", number_at(bytes + 41));
        free(bytes);
    }
    cx_plot_close(&s);
    scratch_clear(&place);
}

static void a_wrong_wish_is_refused_and_leaves_no_file(void) {
    static const char *const absent = "colagen_3", *const outcome_name = "gain",
                             *const field = "collagen_3";
    const struct scratch place = scratch_make();
    static struct cx_plot_source s;
    char room[400];
    struct cx_error e = {0};
    page_prepare(&place, &column);
    CHECK_MSG(cx_plot_open(&s, place.folder, &e) == CX_OK, "%s", e.text);
    const char *path = scratch_path(&place, "figure.pdf", room);
    struct cx_plot_ask ask = ask_for(CX_PLOT_PROFILE, &absent, path);
    CHECK(cx_plot_write(&s, &ask, &e) == CX_USAGE && e.code == 140 && strstr(e.hint, "collagen_3"));
    ask = ask_for(CX_PLOT_SECTION, &field, path);
    CHECK(cx_plot_write(&s, &ask, &e) == CX_USAGE && strstr(e.text, "no vertical plane"));
    ask = ask_for(CX_PLOT_COURSE, &outcome_name, path);
    CHECK(cx_plot_write(&s, &ask, &e) == CX_USAGE && strstr(e.text, "one number"));
    ask = ask_for(CX_PLOT_PROFILE, &field, path);
    ask.days = 1;
    ask.day[0] = 29;
    CHECK(cx_plot_write(&s, &ask, &e) == CX_USAGE && strstr(e.text, "from 0 to 28"));
    CHECK(!cx_file_exists(path));
    cx_plot_close(&s);
    scratch_clear(&place);
}

/* The values of page_value() are linear in time, so between the pictures they are known. */
static void a_lens_is_linear_in_time_and_exact_at_stored_times(void) {
    const struct scratch place = scratch_make();
    static struct cx_plot_source s;
    struct cx_lens l;
    struct cx_error e = {0};
    struct cx_grid g = page_grid(patch.shape, patch.geometry);
    page_prepare(&place, &patch);
    CHECK_MSG(cx_plot_open(&s, place.folder, &e) == CX_OK, "%s", e.text);
    CHECK_MSG(cx_lens_open(&l, &s.result, "fibroblasts", &e) == CX_OK, "%s", e.text);
    for (double day = 28; day >= 0; day -= 1.75) {
        CHECK_MSG(cx_lens_turn(&l, day, &e) == CX_OK, "%s", e.text);
        const size_t cell = 2 + 6 * (1 + 4 * 5);
        CHECK_NEAR(cx_lens_cell(&l, 2, 1, 5), page_value(&g, cell, 1, day), 1e-6);
    }
    cx_lens_close(&l);
    cx_plot_close(&s);
    cx_grid_free(&g);
    scratch_clear(&place);
}

/* What a movie gives its frames to. */
struct seen {
    int frames, stop_at;
    double last_day;
    volatile sig_atomic_t stop;
};
static enum cx_status see(void *user, const struct cx_movie_frame *f, struct cx_error *e) {
    struct seen *s = user;
    (void)e;
    CHECK(f->number == s->frames && f->day >= s->last_day);
    CHECK(f->width % 2 == 0 && f->height % 2 == 0 && f->pixel[0] == 0xffffffffu);
    s->last_day = f->day;
    if (++s->frames == s->stop_at) s->stop = 1;
    return CX_OK;
}

static void a_movie_goes_from_first_to_last_and_can_be_stopped(void) {
    static const char *const field = "il1";
    const struct scratch place = scratch_make();
    static struct cx_plot_source s;
    struct cx_error e = {0};
    page_prepare(&place, &patch);
    CHECK_MSG(cx_plot_open(&s, place.folder, &e) == CX_OK, "%s", e.text);
    struct cx_movie_ask ask = {ask_for(CX_PLOT_SECTION, &field, NULL), false, 1, 12};
    struct seen seen = {.stop_at = -1};
    ask.figure.dpi = 72;
    const struct cx_movie_sink sink = {see, &seen, &seen.stop};
    CHECK_MSG(cx_movie_play(&s, &ask, &sink, &e) == CX_OK, "%s", e.text);
    CHECK(seen.frames == 12);
    CHECK_NEAR(seen.last_day, 28, 1e-12);
    seen = (struct seen){.stop_at = 3};
    CHECK(cx_movie_play(&s, &ask, &sink, &e) == CX_INTERRUPTED && seen.frames == 3);
    CHECK_NEAR(cx_movie_day(&s.result, true, 0.5), 14, 1e-12);
    CHECK(cx_movie_day(&s.result, false, 0.5) < 7);
    cx_plot_close(&s);
    scratch_clear(&place);
}

static void a_run_compared_with_itself_differs_nowhere(void) {
    const struct scratch place = scratch_make();
    static struct cx_comparison c;
    struct cx_error e = {0};
    page_prepare(&place, &patch);
    CHECK_MSG(cx_compare(&c, place.folder, place.folder, &e) == CX_OK, "%s", e.text);
    CHECK(c.outcomes == 2 && c.series == PAGE_SERIES && c.fields == PAGE_FIELDS);
    CHECK(c.field[0].times == PAGE_FRAMES && c.one[0].times >= PAGE_STEPS);
    CHECK(cx_compare_beyond(&c, 0) == 0);
    cx_comparison_free(&c);
    scratch_clear(&place);
}

static void other_outcomes_count_and_other_grids_are_not_subtracted(void) {
    const struct scratch one = scratch_make(), two = scratch_make();
    static struct cx_comparison c;
    struct cx_error e = {0};
    struct page_for_tests second = column;
    second.outcomes = &other;
    page_prepare(&one, &patch);
    page_prepare(&two, &second);
    CHECK_MSG(cx_compare(&c, one.folder, two.folder, &e) == CX_OK, "%s", e.text);
    CHECK(c.outcomes == 3 && c.fields == 0 && strstr(c.why_no_fields, "patch and column"));
    CHECK_NEAR(c.outcome[0].difference, 1, 1e-12);
    CHECK_NEAR(c.outcome[0].relative, 1.0 / 11, 1e-12);
    CHECK(c.outcome[1].relative == 0); /* reached in neither */
    CHECK(!c.outcome[2].in[0] && isinf(c.outcome[2].relative));
    CHECK(cx_compare_beyond(&c, 0.1) == 1 && cx_compare_beyond(&c, 0.01) == 2);
    cx_comparison_free(&c);
    scratch_clear(&one);
    scratch_clear(&two);
}

/* The same numbers as compare, in the report of the first run; alone it has none of it. */
static void a_report_can_hold_another_run_beside_its_own(void) {
    const struct scratch one = scratch_make(), two = scratch_make();
    struct page_for_tests second = patch;
    struct cx_error e = {0};
    char room[400];
    unsigned char *bytes = NULL;
    size_t n = 0;
    second.outcomes = &other;
    page_prepare(&one, &patch);
    page_prepare(&two, &second);
    CHECK_MSG(cx_report_write(one.folder, two.folder, &e) == CX_OK, "%s", e.text);
    const char *path = scratch_path(&one, "report.html", room);
    CHECK(cx_file_read(path, 1 << 23, &bytes, &n, &e) == CX_OK);
    const char *page = (const char *)bytes, *section = strstr(page, "<section id=compared>");
    CHECK(section && strstr(section, two.folder) && strstr(page, "<a href='#compared'>"));
    CHECK(section && strstr(section, "<td class=num>10</td><td class=num>11</td>"
                                     "<td class=num>1</td><td class=num>0.0909</td>"));
    CHECK(strstr(page, "<section id=compared-curves>") &&
          strstr(page, "4 of 4 series are the same"));
    CHECK(strstr(page, "<section id=compared-fields>") &&
          strstr(page, "3 of 3 fields are the same"));
    free(bytes);
    CHECK(cx_report_write(one.folder, "/nowhere", &e) == CX_STORAGE);
    char *alone = page_make(&patch);
    CHECK(!strstr(alone, "compared-curves") && !strstr(alone, "#compared'"));
    free(alone);
    scratch_clear(&one);
    scratch_clear(&two);
}

int main(void) {
    RUN(every_kind_becomes_a_png_of_its_size);
    RUN(a_wrong_wish_is_refused_and_leaves_no_file);
    RUN(a_lens_is_linear_in_time_and_exact_at_stored_times);
    RUN(a_movie_goes_from_first_to_last_and_can_be_stopped);
    RUN(a_run_compared_with_itself_differs_nowhere);
    RUN(other_outcomes_count_and_other_grids_are_not_subtracted);
    RUN(a_report_can_hold_another_run_beside_its_own);
    return check_done();
}
