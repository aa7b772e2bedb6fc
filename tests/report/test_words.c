/* Numbers, units, names, ticks and colours as a report shows them. */
#include "check.h"

#include "report/chart.h"
#include "report/colour.h"
#include "report/courses.h"
#include "report/page.h"
#include "report/raster.h"
#include "report/words.h"

#include <stdlib.h>

static const char *number(double value) {
    static char out[CX_WORD];
    cx_number_text(value, out);
    return out;
}

static void numbers_are_short_and_readable(void) {
    CHECK_STR(number(0), "0");
    CHECK_STR(number(1.5), "1.5");
    CHECK_STR(number(12.3456), "12.3");
    CHECK_STR(number(-7.25), "−7.25");
    CHECK_STR(number(999.6), "1000");
    CHECK_STR(number(1234), "1234");
    CHECK_STR(number(14407), "14\u202f407");
    CHECK_STR(number(123456.7), "123\u202f457");
    CHECK_STR(number(2.5e7), "2.5×10⁷");
    CHECK_STR(number(-1.234e-7), "−1.23×10⁻⁷");
    CHECK_STR(number(0.001), "0.001");
    CHECK_STR(number(NAN), "–");
    CHECK_STR(number(HUGE_VAL), "∞");
}

static void units_are_written_as_people_write_them(void) {
    static const struct {
        const char *unit, *shown;
    } all[] = {
        {"1", ""},      {"", ""},         {"percent", "%"}, {"um2/h", "µm²/h"}, {"kg/m3", "kg/m³"},
        {"1/h", "1/h"}, {"cm-2", "cm⁻²"}, {"degree", "°"},  {"ng/mL", "ng/mL"}, {"day", "day"},
    };
    char shown[CX_WORD];
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        cx_unit_text(all[i].unit, shown);
        CHECK_STR(shown, all[i].shown);
    }
    cx_unit_text(NULL, shown);
    CHECK_STR(shown, "");
}

static void names_use_the_terms_of_the_field(void) {
    static const struct {
        const char *name, *shown;
    } all[] = {
        {"tgfb1_mean", "TGF-β1 mean"},
        {"collagen_3", "collagen III"},
        {"collagen_1_new", "collagen I new"},
        {"il1", "IL-1"},
        {"il10_peak", "IL-10 peak"},
        {"m2", "M2"},
        {"mmps", "mmps"},
        {"iii_to_i", "III : I ratio"},
        {"scar_index", "scar index"},
    };
    char shown[CX_WORD], longest[400];
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        cx_name_text(all[i].name, shown);
        CHECK_STR(shown, all[i].shown);
    }
    memset(longest, 'x', sizeof longest - 1);
    longest[sizeof longest - 1] = '\0';
    cx_name_text(longest, shown);
    CHECK(strlen(shown) == CX_WORD - 1);
}

static const char *day(double at) {
    static char out[CX_WORD];
    cx_day_text(at, out);
    return out;
}

static void days_are_said_in_the_unit_that_fits(void) {
    CHECK_STR(day(0), "day 0");
    CHECK_STR(day(0.25), "6 h");
    CHECK_STR(day(0.5 / 24), "30 min");
    CHECK_STR(day(28), "day 28");
    CHECK_STR(day(NAN), "–");
}

static void ticks_are_round_and_inside(void) {
    const double ranges[][2] = {{0, 1},       {-3, 7},     {0.0449, 0.0502},
                                {1e-9, 4e-9}, {99.5, 250}, {-1e6, -1e5}};
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++) {
        const double lo = ranges[i][0], hi = ranges[i][1];
        const struct cx_ticks t = cx_ticks_linear(lo, hi, 5);
        CHECK_MSG(t.n >= 2 && t.n <= 7, "%d ticks for %g..%g", t.n, lo, hi);
        for (int k = 0; k < t.n; k++) {
            CHECK(t.at[k] >= lo - 1e-9 * (hi - lo) && t.at[k] <= hi + 1e-9 * (hi - lo));
            CHECK_NEAR(t.at[k] / t.step, round(t.at[k] / t.step), 1e-6);
        }
    }
    CHECK(cx_ticks_linear(1, 1, 5).n == 0);
    CHECK(cx_ticks_linear(NAN, 1, 5).n == 0);
    CHECK(cx_ticks_linear(0, HUGE_VAL, 5).n == 0);
}

static void a_tick_has_the_decimals_of_its_step(void) {
    char word[CX_WORD];
    cx_tick_text(0.5, 0.25, word);
    CHECK_STR(word, "0.50");
    cx_tick_text(-20, 5, word);
    CHECK_STR(word, "−20");
    cx_tick_text(0, 0.001, word);
    CHECK_STR(word, "0");
    cx_tick_text(2e-6, 1e-6, word);
    CHECK_STR(word, "2×10⁻⁶");
}

static void time_axes_tick_at_times_with_a_name(void) {
    char word[CX_WORD];
    const struct cx_ticks days = cx_ticks_days(0, 168, 7),
                          log_days = cx_ticks_log_days(1.0 / 48, 28);
    CHECK_NEAR(days.step, 28, 0);
    CHECK(days.n == 7 && days.at[6] == 168);
    CHECK(log_days.n == 6);
    cx_log_day_text(log_days.at[0], word);
    CHECK_STR(word, "1 h");
    cx_log_day_text(log_days.at[5], word);
    CHECK_STR(word, "4 wk");
}

static void scales_map_ends_to_ends(void) {
    const struct cx_scale line = {0, 10, 100, 200, false}, decades = {0.01, 100, 0, 400, true};
    struct cx_scale fit = {0};
    CHECK_NEAR(cx_scale_at(&line, 2.5), 125, 1e-12);
    CHECK_NEAR(cx_scale_at(&decades, 1), 200, 1e-9);
    CHECK_NEAR(cx_scale_at(&decades, 0), 0, 1e-9);
    cx_scale_fit(&fit, 0.1, 1);
    CHECK(fit.lo == 0 && fit.hi > 1 && fit.hi < 1.2);
    cx_scale_fit(&fit, 98, 104);
    CHECK(fit.lo > 97 && fit.hi < 105);
    cx_scale_fit(&fit, 3, 3);
    CHECK(fit.lo < 3 && fit.hi > 3);
    cx_scale_fit(&fit, NAN, NAN);
    CHECK(fit.hi > fit.lo);
}

static void colour_maps_grow_lighter_all_the_way(void) {
    for (int map = 0; map < CX_MAP_COUNT; map++) {
        double before = -1;
        for (int i = 0; i <= 128; i++) {
            const double light = cx_colour_lightness(cx_colour((enum cx_map)map, i / 128.0));
            CHECK_MSG(light > before, "map %d at %d: %g after %g", map, i, light, before);
            before = light;
        }
        CHECK_MSG(before - cx_colour_lightness(cx_colour((enum cx_map)map, 0)) > 70, "map %d", map);
    }
    CHECK(cx_colour(CX_VIRIDIS, 0) == 0x440154 && cx_colour(CX_VIRIDIS, 1) == 0xfde725);
    CHECK(cx_colour(CX_VIRIDIS, -5) == 0x440154 && cx_colour(CX_VIRIDIS, 7) == 0xfde725);
    CHECK(cx_colour(CX_INFERNO, NAN) == 0x808080);
    CHECK_NEAR(cx_colour_lightness(0xffffff), 100, 0.01);
    CHECK_NEAR(cx_colour_lightness(0x000000), 0, 1e-12);
}

static void neighbours_are_found_between_places(void) {
    const double place[] = {-10, -4, -1, 0};
    double share;
    CHECK(cx_between(place, 4, -2.5, &share) == 1);
    CHECK_NEAR(share, 0.5, 1e-12);
    CHECK(cx_between(place, 4, -99, &share) == 0);
    CHECK_NEAR(share, 0, 0);
    CHECK(cx_between(place, 4, 99, &share) == 2);
    CHECK_NEAR(share, 1, 0);
    CHECK(cx_between(place, 1, 5, &share) == 0);
}

static void series_go_where_they_belong(void) {
    CHECK(cx_group_of("tgfb1") == CX_SIGNALS);
    CHECK(cx_group_of("macrophages_m1") == CX_INFLAMMATION);
    CHECK(cx_group_of("myofibroblasts_track") == CX_CELLS);
    CHECK(cx_group_of("collagen_total_papillary") == CX_MATRIX);
    CHECK(cx_group_of("fibrin") == CX_MATRIX);
    CHECK(cx_group_of("tewl_channel") == CX_SKIN);
    CHECK(cx_group_of("quux") == CX_OTHER);
}

static void foreign_text_is_escaped(void) {
    struct cx_text p = {0};
    cx_page_text(&p, "a<b> & \"c\" 'd' \x01 ü");
    cx_page_text(&p, NULL);
    CHECK_STR(p.at, "a&lt;b&gt; &amp; &quot;c&quot; &#39;d&#39;   ü");
    free(p.at);
}

static void bytes_become_a_data_address(void) {
    struct cx_text p = {0};
    cx_page_data(&p, "text/plain", "Many hands", 10);
    CHECK_STR(p.at, "data:text/plain;base64,TWFueSBoYW5kcw==");
    free(p.at);
}

int main(void) {
    RUN(numbers_are_short_and_readable);
    RUN(units_are_written_as_people_write_them);
    RUN(names_use_the_terms_of_the_field);
    RUN(days_are_said_in_the_unit_that_fits);
    RUN(ticks_are_round_and_inside);
    RUN(a_tick_has_the_decimals_of_its_step);
    RUN(time_axes_tick_at_times_with_a_name);
    RUN(scales_map_ends_to_ends);
    RUN(colour_maps_grow_lighter_all_the_way);
    RUN(neighbours_are_found_between_places);
    RUN(series_go_where_they_belong);
    RUN(foreign_text_is_escaped);
    RUN(bytes_become_a_data_address);
    return check_done();
}
