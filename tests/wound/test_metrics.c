/* Pattern metrics against closed forms. */
#include "check.h"
#include "scenario_for_tests.h"
#include "wound/channel.h"
#include "wound/pattern.h"
#include "wound/skin.h"

static const double pi = 3.14159265358979323846;

static struct cx_pattern_metrics measured(const struct cx_scenario *s,
                                          const struct cx_field_of_view *v) {
    struct cx_needles n;
    struct cx_pattern_metrics m;
    struct cx_error e = {0};
    CHECK_MSG(cx_pattern_make(s, v, 0, &n, &e) == CX_OK, "%s", e.text);
    CHECK_MSG(cx_pattern_measure(s, v, &n, &m, &e) == CX_OK, "%s", e.text);
    cx_needles_free(&n);
    return m;
}

/* Mean distance from a point of a square of side p to its centre. */
static double mean_to_centre(double p) { return p * (sqrt(2.0) + log(1.0 + sqrt(2.0))) / 6.0; }

static void square_lattice_matches_its_closed_forms(void) {
    struct cx_scenario s = scenario_for_tests();
    s.pattern.pitch = 500.0;
    const struct cx_field_of_view v = {0, 0, 5000, 5000, true};
    const struct cx_pattern_metrics m = measured(&s, &v);
    const double open = 0.505 * 125.0;
    CHECK(m.needles == 100);
    CHECK_NEAR(m.per_cm2, 400.0, 1e-9);
    CHECK_NEAR(m.nearest_um, 500.0, 1e-9);
    CHECK_NEAR(m.untouched_max_um, 500.0 / sqrt(2.0) - open, 0.01);
    CHECK_NEAR(m.untouched_um, mean_to_centre(500.0) - open, 2.0);
    CHECK_NEAR(m.cut_area_fraction, pi * 125.0 * 125.0 / 250000.0, 1e-12);
    CHECK_NEAR(m.open_area_fraction, pi * open * open / 250000.0, 1e-12);
    CHECK(m.overlap_fraction == 0.0 && m.sd_depth_um == 0.0);
    CHECK_NEAR(m.mean_depth_um, 1050.0, 1e-9);
}

static void hexagons_leave_less_skin_untouched(void) {
    struct cx_scenario s = scenario_for_tests();
    s.pattern.type = CX_HEX;
    s.pattern.pitch = 500.0;
    const double h = 500.0 * sqrt(3.0);
    const struct cx_field_of_view v = {0, 0, 5000, 6.0 * h, true};
    const struct cx_pattern_metrics m = measured(&s, &v);
    CHECK_NEAR(m.nearest_um, 500.0, 1e-6);
    CHECK_NEAR(m.untouched_max_um, 500.0 / sqrt(3.0) - 0.505 * 125.0, 0.01);
}

static void layers_are_shared_out_by_volume_and_depth(void) {
    struct cx_scenario s = scenario_for_tests();
    s.needle.shape = CX_CORING;
    s.pattern.pitch = 500.0;
    const struct cx_layers l = cx_skin_layers(&s);
    const struct cx_field_of_view v = {0, 0, 5000, 5000, true};
    const struct cx_pattern_metrics m = measured(&s, &v);
    const double share = pi * 125.0 * 125.0 / 250000.0;
    for (int i = 0; i < 3; i++) CHECK_NEAR(m.volume_fraction[i], share, 1e-12);
    CHECK_NEAR(m.volume_fraction[3], share * (1050.0 - l.papillary) / (l.dermis - l.papillary),
               1e-12);
    for (int i = 0; i < 4; i++) CHECK_NEAR(m.pierced_fraction[i], 1.0, 1e-12);
    s.device.penetration = 0.05; /* 75 um: ends in the epidermis */
    const struct cx_pattern_metrics shallow = measured(&s, &v);
    CHECK_NEAR(shallow.pierced_fraction[1], 1.0, 1e-12);
    CHECK(shallow.pierced_fraction[2] == 0.0 && shallow.volume_fraction[2] == 0.0);
}

static void pain_follows_the_published_exponents(void) {
    struct cx_scenario s = scenario_for_tests();
    const struct cx_field_of_view v = {0, 0, 10000, 10000, true};
    s.device.penetration = 1.0;
    s.pattern.density = 100.0;
    s.needle.length = 480.0;
    const double short_needles = measured(&s, &v).pain_index;
    s.needle.length = 1440.0;
    const double long_needles = measured(&s, &v).pain_index;
    CHECK_NEAR(long_needles / short_needles, 7.0, 0.02); /* 3 x the length: 7 x the pain */
    s.pattern.density = 10.0;
    s.pattern.type = CX_POISSON;
    CHECK_NEAR(long_needles / measured(&s, &v).pain_index, 2.0, 0.01); /* 10 x the number: 2 x */
    s.pattern.density = NAN;
    s.pattern.type = CX_SINGLE;
    s.needle.length = 480.0;
    CHECK_NEAR(measured(&s, &v).pain_index, 0.05, 0.01); /* 5 % and 40 % of a 26 G needle */
    s.needle.length = 1450.0;
    CHECK_NEAR(measured(&s, &v).pain_index, 0.40, 0.01);
}

static void crowded_needles_overlap(void) {
    struct cx_scenario s = scenario_for_tests();
    s.pattern.pitch = 130.0; /* channels are 126 um wide */
    struct cx_field_of_view v = {0, 0, 1300, 1300, true};
    CHECK(measured(&s, &v).overlap_fraction == 0.0);
    s.pattern.pitch = 120.0;
    v.x1 = v.y1 = 1200.0;
    CHECK(measured(&s, &v).overlap_fraction == 1.0);
    s.pattern.pitch = 500.0;
    s.spread.doubled = 1.0;
    v.x1 = v.y1 = 2000.0;
    const struct cx_pattern_metrics m = measured(&s, &v);
    CHECK(m.overlap_fraction == 1.0 && m.nearest_um == 0.0);
}

/* The bucket search must find what looking at every needle finds. */
static void distances_match_looking_at_every_needle(void) {
    struct cx_scenario s = scenario_for_tests();
    s.pattern.type = CX_POISSON;
    s.pattern.density = 900.0;
    s.spread.jitter = 200.0;
    for (int periodic = 0; periodic < 2; periodic++) {
        const struct cx_field_of_view v = {0, 0, 4000, 3000, periodic == 1};
        struct cx_needles n;
        struct cx_error e = {0};
        CHECK(cx_pattern_make(&s, &v, 0, &n, &e) == CX_OK);
        double sum = 0.0;
        int count = 0;
        for (int i = 0; i < n.n; i++) {
            double best = periodic ? 3000.0 : INFINITY;
            for (int j = 0; j < n.n; j++) {
                double dx = n.at[i].x - n.at[j].x, dy = n.at[i].y - n.at[j].y;
                if (periodic) dx -= 4000.0 * round(dx / 4000.0);
                if (periodic) dy -= 3000.0 * round(dy / 3000.0);
                if (j != i) best = fmin(best, hypot(dx, dy));
            }
            const bool in =
                n.at[i].x >= 0 && n.at[i].x < 4000 && n.at[i].y >= 0 && n.at[i].y < 3000;
            sum += in ? best : 0.0;
            count += in;
        }
        struct cx_pattern_metrics m;
        CHECK(cx_pattern_measure(&s, &v, &n, &m, &e) == CX_OK);
        CHECK(m.needles == count);
        CHECK_NEAR(m.nearest_um, sum / count, 1e-9);
        cx_needles_free(&n);
    }
}

/* Kalluri 2011 (10.1208/s12248-011-9288-3): a 770 um needle with a base of 140 um, which reached 0.198 of its length, left
 * a channel 152.5 +- 9.6 um deep and 70.7 +- 9.9 um wide at the surface. */
static void the_rat_channel_has_the_measured_size(void) {
    struct cx_scenario s = scenario_for_tests();
    const struct cx_field_of_view v = {0, 0, 10000, 10000, true};
    s.skin.site = CX_RAT_BACK;
    s.needle.length = 770.0;
    s.needle.diameter = 140.0;
    s.device.penetration = 0.198;
    s.pattern.pitch = 500.0;
    const struct cx_pattern_metrics m = measured(&s, &v);
    CHECK_NEAR(m.mean_depth_um, 152.5, 1.0);
    CHECK_NEAR(2.0 * sqrt(m.open_area_fraction * 250000.0 / pi), 70.7, 0.1);
    CHECK(m.pierced_fraction[2] == 1.0);
}

static void no_needles_is_an_answer(void) {
    struct cx_scenario s = scenario_for_tests();
    s.spread.missed = 1.0;
    const struct cx_field_of_view v = {0, 0, 2000, 2000, true};
    const struct cx_pattern_metrics m = measured(&s, &v);
    CHECK(m.needles == 0 && m.pain_index == 0.0 && isnan(m.untouched_um));
}

int main(void) {
    RUN(square_lattice_matches_its_closed_forms);
    RUN(hexagons_leave_less_skin_untouched);
    RUN(layers_are_shared_out_by_volume_and_depth);
    RUN(pain_follows_the_published_exponents);
    RUN(crowded_needles_overlap);
    RUN(distances_match_looking_at_every_needle);
    RUN(the_rat_channel_has_the_measured_size);
    RUN(no_needles_is_an_answer);
    return check_done();
}
