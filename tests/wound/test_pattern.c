/* Patterns meet the density they promise, are the same every time, and change only with what they
 * depend on. */
#include "check.h"
#include "scenario_for_tests.h"
#include "wound/pattern.h"

static const struct cx_field_of_view centimetre = {0, 0, 10000, 10000, true};
static const struct cx_field_of_view open_centimetre = {0, 0, 10000, 10000, false};

static struct cx_needles made(const struct cx_scenario *s, const struct cx_field_of_view *v,
                              int session) {
    struct cx_needles n;
    struct cx_error e = {0};
    CHECK_MSG(cx_pattern_make(s, v, session, &n, &e) == CX_OK, "%s", e.text);
    return n;
}

static int inside(const struct cx_needles *n, const struct cx_field_of_view *v) {
    int count = 0;
    for (int i = 0; i < n->n; i++)
        count +=
            n->at[i].x >= v->x0 && n->at[i].x < v->x1 && n->at[i].y >= v->y0 && n->at[i].y < v->y1;
    return count;
}

static double per_cm2(const struct cx_scenario *s, const struct cx_field_of_view *v) {
    struct cx_needles n = made(s, v, 0);
    const double density = inside(&n, v) / ((v->x1 - v->x0) * (v->y1 - v->y0)) * 1e8;
    cx_needles_free(&n);
    return density;
}

static bool same(const struct cx_needles *a, const struct cx_needles *b) {
    return a->n == b->n && memcmp(a->at, b->at, (size_t)a->n * sizeof *a->at) == 0;
}

static struct cx_scenario sloppy(int type) {
    struct cx_scenario s = scenario_for_tests();
    s.pattern.type = type;
    s.spread = (struct cx_spread_settings){
        .depth = 0.2, .tilt = 5.0, .drag = 30.0, .jitter = 40.0, .missed = 0.1, .doubled = 0.1};
    s.treatment.passes = 3;
    return s;
}

static void lattices_and_discs_meet_the_density(void) {
    const int types[] = {CX_SQUARE, CX_HEX, CX_POISSON};
    struct cx_scenario s = scenario_for_tests();
    for (int t = 0; t < 3; t++) {
        s.pattern.type = types[t];
        for (double density = 400.0; density < 5000.0; density *= 2.7) {
            s.pattern.density = density;
            double period[2];
            cx_pattern_period(&s, period);
            const double w = period[0] > 0.0 ? round(1e4 / period[0]) * period[0] : 1e4;
            const double h = period[1] > 0.0 ? round(1e4 / period[1]) * period[1] : 1e4;
            const struct cx_field_of_view view = {0, 0, w, h, true};
            CHECK_NEAR(per_cm2(&s, &view) / density, 1.0, 0.01);
            CHECK_NEAR(cx_pattern_area(&s) * density * 1e-8, 1.0, 1e-9);
        }
    }
}

static void an_open_view_keeps_the_exact_pitch_and_centres_it(void) {
    struct cx_scenario s = scenario_for_tests();
    s.pattern.pitch = 500.0;
    const struct cx_field_of_view view = {0, 0, 2000, 2000, false};
    struct cx_needles n = made(&s, &view, 0);
    CHECK(inside(&n, &view) == 16 && n.n == 16);
    for (int i = 0; i < n.n; i++) CHECK_NEAR(fmod(n.at[i].x, 500.0), 250.0, 1e-9);
    cx_needles_free(&n);
    s.pattern.pitch = 130.0; /* needles just outside reach in with their halo */
    n = made(&s, &view, 0);
    CHECK(n.n > inside(&n, &view) && inside(&n, &view) == 15 * 15);
    cx_needles_free(&n);
}

static void fifteen_rolls_come_near_the_reported_count(void) {
    struct cx_scenario s = scenario_for_tests();
    s.pattern.type = CX_ROLLER;
    s.pattern.needles = 24; /* 192 needles in 8 rows on a drum of 20 x 20 mm */
    s.treatment.passes = 15;
    const struct cx_field_of_view wide = {0, 0, 40000, 40000, true};
    const double density = per_cm2(&s, &wide);
    CHECK_MSG(fabs(density / 250.0 - 1.0) < 0.15, "%g per cm2", density);
    CHECK_NEAR(density * cx_pattern_area(&s) * 1e-8, 1.0, 0.03);
}

static void pen_and_stamp_meet_their_geometry(void) {
    struct cx_scenario s = scenario_for_tests();
    s.pattern.type = CX_PEN;
    s.treatment.passes = 2;
    CHECK_NEAR(per_cm2(&s, &centimetre), 2.0 * 12.0 / (0.2 * 4.0) * 100.0, 0.02 * 3000.0);
    CHECK_NEAR(per_cm2(&s, &open_centimetre), 3000.0, 60.0);
    s.pattern.type = CX_STAMP;
    s.treatment.passes = 5;
    const struct cx_field_of_view wide = {0, 0, 20000, 20000, true};
    struct cx_needles n = made(&s, &wide, 0);
    CHECK(n.n == 60);
    for (int i = 0; i < n.n; i++) CHECK(hypot(n.at[i].x - 1e4, n.at[i].y - 1e4) < 4000.0 + 1700.0);
    cx_needles_free(&n);
}

static void poisson_discs_keep_their_distance_around_the_rim(void) {
    struct cx_scenario s = scenario_for_tests();
    s.pattern.type = CX_POISSON;
    s.pattern.pitch = 400.0;
    struct cx_needles n = made(&s, &centimetre, 0);
    double least = INFINITY;
    for (int i = 0; i < n.n; i++)
        for (int j = 0; j < i; j++) {
            double dx = n.at[i].x - n.at[j].x, dy = n.at[i].y - n.at[j].y;
            dx -= 1e4 * round(dx / 1e4);
            dy -= 1e4 * round(dy / 1e4);
            least = fmin(least, hypot(dx, dy));
        }
    CHECK_MSG(least >= 400.0, "%g", least);
    CHECK_MSG(n.n > 0.62 * 625 && n.n < 0.72 * 625, "%d discs", n.n);
    cx_needles_free(&n);
}

static void the_same_question_has_the_same_answer(void) {
    for (int type = 0; type < CX_FILE; type++) {
        struct cx_scenario s = sloppy(type);
        s.pattern.hand_speed = 200.0;
        struct cx_needles a = made(&s, &centimetre, 1), b = made(&s, &centimetre, 1);
        struct cx_needles other_session = made(&s, &centimetre, 2);
        s.run.seed = 2;
        struct cx_needles other_seed = made(&s, &centimetre, 1);
        CHECK_MSG(same(&a, &b), "pattern %d", type);
        CHECK_MSG(type == CX_SINGLE || !same(&a, &other_session), "pattern %d", type);
        CHECK_MSG(type == CX_SINGLE || !same(&a, &other_seed), "pattern %d", type);
        cx_needles_free(&a);
        cx_needles_free(&b);
        cx_needles_free(&other_session);
        cx_needles_free(&other_seed);
    }
}

static void more_passes_add_to_the_first(void) {
    struct cx_scenario s = sloppy(CX_ROLLER);
    struct cx_needles three = made(&s, &centimetre, 0);
    s.treatment.passes = 2;
    struct cx_needles two = made(&s, &centimetre, 0);
    CHECK(two.n > 0 && three.n > two.n);
    three.n = two.n;
    CHECK(same(&two, &three));
    cx_needles_free(&two);
    cx_needles_free(&three);
}

static void one_spread_leaves_the_other_draws_alone(void) {
    struct cx_scenario s = sloppy(CX_SQUARE);
    struct cx_needles a = made(&s, &centimetre, 0);
    s.spread.depth = 0.0;
    struct cx_needles b = made(&s, &centimetre, 0);
    CHECK(a.n == b.n);
    for (int i = 0; i < a.n; i++) {
        CHECK(a.at[i].x == b.at[i].x && a.at[i].tilt == b.at[i].tilt &&
              a.at[i].drag == b.at[i].drag);
        CHECK_NEAR(b.at[i].depth, 1050.0 * cos(b.at[i].tilt), 1e-9);
    }
    cx_needles_free(&a);
    cx_needles_free(&b);
}

static void spreads_have_the_size_that_was_asked(void) {
    struct cx_scenario s = sloppy(CX_SQUARE);
    s.pattern.density = 3000.0;
    s.spread.missed = 0.2;
    s.spread.doubled = 0.3;
    struct cx_needles n = made(&s, &centimetre, 0);
    double mean = 0.0, square = 0.0, drag = 0.0, steep = 0.0;
    for (int i = 0; i < n.n; i++) {
        const double along = n.at[i].depth / cos(n.at[i].tilt);
        mean += along / n.n;
        square += along * along / n.n;
        drag += n.at[i].drag / n.n;
        steep += n.at[i].tilt * n.at[i].tilt / n.n;
    }
    const double strokes = 55.0 * 55.0 * 3.0;
    CHECK_NEAR(n.n / strokes, 0.8 * 1.3, 0.02);
    CHECK_NEAR(mean, 1050.0, 10.0);
    CHECK_NEAR(sqrt(square - mean * mean), 210.0, 10.0);
    CHECK_NEAR(drag, 30.0, 1.5);
    CHECK_NEAR(sqrt(steep) * 57.29577951308232, 5.0, 0.2);
    cx_needles_free(&n);
}

static void passes_of_a_steady_hand_fill_the_gaps(void) {
    struct cx_scenario s = scenario_for_tests();
    s.pattern.pitch = 1000.0;
    s.treatment.passes = 4;
    struct cx_needles n = made(&s, &centimetre, 0);
    CHECK(n.n == 400);
    double least = INFINITY;
    for (int p = 1; p < 4; p++) {
        double dx = fmod(n.at[100 * p].x - n.at[0].x, 1000.0),
               dy = fmod(n.at[100 * p].y - n.at[0].y, 1000.0);
        dx -= 1000.0 * round(dx / 1000.0);
        dy -= 1000.0 * round(dy / 1000.0);
        least = fmin(least, hypot(dx, dy));
    }
    CHECK_MSG(least > 300.0, "%g", least);
    cx_needles_free(&n);
}

static void the_surface_diameter_is_that_of_the_base(void) {
    struct cx_scenario s = scenario_for_tests();
    s.device.penetration = 0.2;
    struct cx_needles n = made(&s, &centimetre, 0);
    CHECK_NEAR(n.at[0].diameter, 250.0, 1e-12);
    CHECK_NEAR(n.at[0].depth, 300.0, 1e-9);
    cx_needles_free(&n);
    s.needle.shape = CX_PYRAMID; /* a square of side 250 um */
    n = made(&s, &centimetre, 0);
    CHECK_NEAR(0.78539816339744831 * n.at[0].diameter * n.at[0].diameter, 62500.0, 1e-6);
    cx_needles_free(&n);
}

static void refused(const struct cx_scenario *s, int code) {
    struct cx_needles n;
    struct cx_error e = {0};
    CHECK(cx_pattern_make(s, &centimetre, 0, &n, &e) == CX_CONFIG);
    CHECK_MSG(e.code == code && *e.hint, "E%03d instead of E%03d", e.code, code);
    CHECK(n.n == 0 && !n.at);
}

static void impossible_patterns_are_refused_with_a_hint(void) {
    struct cx_scenario s = scenario_for_tests();
    s.pattern.pitch = 500.0;
    s.pattern.density = 250.0;
    refused(&s, 50);
    s.pattern.density = NAN;
    s.pattern.type = CX_ROLLER;
    refused(&s, 51);
    s.pattern.type = CX_SQUARE;
    scenario_size(&s, 3, 2000.0, 2000.0, 1000.0);
    refused(&s, 54);
    s = scenario_for_tests();
    s.pattern.density = 1e6;
    s.treatment.passes = 6;
    refused(&s, 55);
}

int main(void) {
    RUN(lattices_and_discs_meet_the_density);
    RUN(an_open_view_keeps_the_exact_pitch_and_centres_it);
    RUN(fifteen_rolls_come_near_the_reported_count);
    RUN(pen_and_stamp_meet_their_geometry);
    RUN(poisson_discs_keep_their_distance_around_the_rim);
    RUN(the_same_question_has_the_same_answer);
    RUN(more_passes_add_to_the_first);
    RUN(one_spread_leaves_the_other_draws_alone);
    RUN(spreads_have_the_size_that_was_asked);
    RUN(passes_of_a_steady_hand_fill_the_gaps);
    RUN(the_surface_diameter_is_that_of_the_base);
    RUN(impossible_patterns_are_refused_with_a_hint);
    return check_done();
}
