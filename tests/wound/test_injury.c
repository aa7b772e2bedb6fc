/* What needles and wounds do to the cells: no volume lost or made, in every geometry. */
#include "check.h"
#include "scenario_for_tests.h"
#include "wound/channel.h"
#include "wound/injury.h"

#include <stdlib.h>

static const double pi = 3.14159265358979323846;

/* A scenario with its grid, the needles of session 0 and the injury they make. */
struct bench {
    struct cx_scenario s;
    struct cx_grid g;
    struct cx_needles n;
    struct cx_injury w;
    struct cx_needle_report *reports;
};

static struct bench opened(const struct cx_scenario *s) {
    struct bench b = {.s = *s};
    struct cx_error e = {0};
    CHECK_MSG(cx_skin_grid(s, &b.g, &e) == CX_OK, "%s", e.text);
    CHECK_MSG(cx_injury_create(&b.g, &b.w, &e) == CX_OK, "%s", e.text);
    return b;
}

static struct bench needled(const struct cx_scenario *s) {
    struct bench b = opened(s);
    struct cx_error e = {0};
    const struct cx_field_of_view v = cx_injury_view(s, &b.g);
    CHECK_MSG(cx_pattern_make(s, &v, 0, &b.n, &e) == CX_OK, "%s", e.text);
    b.reports = calloc((size_t)b.n.n + 1, sizeof *b.reports);
    b.w.report = b.reports;
    CHECK_MSG(cx_injury_needles(s, &b.g, &b.n, &b.w, &e) == CX_OK, "%s", e.text);
    return b;
}

static struct bench wounded(const struct cx_scenario *s) {
    struct bench b = opened(s);
    struct cx_error e = {0};
    CHECK_MSG(cx_injury_wound(s, &b.g, &b.w, &e) == CX_OK, "%s", e.text);
    return b;
}

static void closed(struct bench *b) {
    cx_grid_free(&b->g);
    cx_needles_free(&b->n);
    cx_injury_free(&b->w);
    free(b->reports);
}

static double total(const struct bench *b, const double *share) {
    double sum = 0.0;
    for (int k = 0; k < b->g.shape[CX_Z]; k++)
        for (int j = 0; j < b->g.shape[CX_Y]; j++)
            for (int i = 0; i < b->g.shape[CX_X]; i++)
                sum += share[cx_grid_at(&b->g, i, j, k)] * cx_grid_volume(&b->g, i, j, k);
    return sum;
}

/* Volume of an upright cone with the default tip, all radii x scale. */
static double cone(double diameter, double depth, double scale) {
    const double r = 0.5 * diameter, t = 4.0;
    return pi * depth / 3.0 * (r * r + r * t + t * t) * scale * scale;
}

static const double destroyed_scale = 0.505 + 0.25 * 0.495;

static struct cx_scenario lattice(void) {
    struct cx_scenario s = scenario_for_tests();
    s.pattern.pitch = 500.0;
    s.needle.diameter = 140.0;
    scenario_size(&s, 3, 1000.0, 1000.0, 1600.0);
    return s;
}

static void a_patch_holds_exactly_the_channels(void) {
    const struct cx_scenario s = lattice();
    struct bench b = needled(&s);
    const double one = cone(140.0, 1050.0, destroyed_scale);
    CHECK(b.n.n == 4);
    CHECK_NEAR(total(&b, b.w.destroyed) / (4.0 * one), 1.0, 1e-6);
    CHECK_NEAR(total(&b, b.w.open) / (4.0 * cone(140.0, 1050.0, 0.505)), 1.0, 1e-6);
    CHECK(total(&b, b.w.removed) == 0.0);
    for (int i = 0; i < 4; i++) CHECK_NEAR(b.reports[i].volume_um3 / one, 1.0, 1e-6);
    const struct cx_channel grown = cx_channel_of(&s, &b.n.at[0], destroyed_scale, 40.0);
    CHECK_NEAR(total(&b, b.w.halo) / (4.0 * (cx_channel_volume(&grown, 0.0, 1e4) - one)), 1.0,
               1e-5);
    closed(&b);
}

static void a_seventy_um_channel_on_a_coarse_grid_keeps_its_volume(void) {
    struct cx_scenario s = lattice();
    s.pattern.type = CX_SINGLE;
    s.pattern.pitch = NAN;
    s.device.recoil =
        1.0; /* the whole needle: 70 um in cells of 25, 90 and 333 um, off their middle */
    s.needle.diameter = 70.0;
    const double cells[] = {25.0, 90.0, 333.0, 41.0};
    for (int i = 0; i < 4; i++)
        for (int tilt = 0; tilt < 2; tilt++) {
            s.domain.cell = cells[i];
            s.needle.tilt = 12.0 * tilt;
            s.spread.drag = 50.0 * tilt;
            s.spread.jitter = 37.0;
            struct bench b = needled(&s);
            const struct cx_channel c = cx_channel_of(&s, &b.n.at[0], 1.0, 0.0);
            CHECK_NEAR(total(&b, b.w.destroyed) / cx_channel_volume(&c, 0.0, 1e4), 1.0,
                       tilt ? 1e-5 : 1e-6);
            closed(&b);
        }
}

static void needles_go_round_periodic_sides(void) {
    struct cx_scenario s = lattice();
    scenario_periodic(&s);
    s.spread.jitter = 300.0;
    s.needle.tilt = 20.0;
    s.treatment.passes = 1;
    struct bench b = needled(&s);
    double exact = 0.0;
    for (int i = 0; i < b.n.n; i++) {
        const struct cx_channel c = cx_channel_of(&s, &b.n.at[i], destroyed_scale, 0.0);
        exact += cx_channel_volume(&c, 0.0, 1e4);
        CHECK_NEAR(b.reports[i].volume_um3 / cx_channel_volume(&c, 0.0, 1e4), 1.0, 1e-6);
    }
    CHECK(b.n.n == 4);
    CHECK(total(&b, b.w.destroyed) <= exact * (1.0 + 1e-6));
    closed(&b);
}

static void an_open_side_cuts_a_needle_off(void) {
    struct cx_scenario s = lattice();
    s.pattern.type = CX_SINGLE;
    s.pattern.pitch = NAN;
    struct bench b = opened(&s);
    struct cx_error e = {0};
    struct cx_needle at = {.x = 0.0, .y = 500.0, .depth = 600.0, .diameter = 140.0};
    struct cx_needles half = {.n = 1, .room = 1, .at = &at};
    CHECK(cx_injury_needles(&s, &b.g, &half, &b.w, &e) == CX_OK);
    CHECK_NEAR(total(&b, b.w.destroyed) / cone(140.0, 600.0, destroyed_scale), 0.5, 1e-6);
    closed(&b);
}

static void rings_column_and_slice_hold_their_share(void) {
    struct cx_scenario s = lattice();
    const double one = cone(140.0, 1050.0, destroyed_scale);
    s.domain.size.n = 0;
    s.domain.cell = 9.0;
    s.domain.geometry = CX_AXISYMMETRIC;
    struct bench b = needled(&s);
    CHECK_NEAR(total(&b, b.w.destroyed) / one, 1.0, 1e-9);
    CHECK_NEAR(b.reports[0].volume_um3 / one, 1.0, 1e-9);
    closed(&b);
    s.domain.geometry = CX_COLUMN;
    b = needled(&s);
    CHECK(b.n.n == 400);
    CHECK_NEAR(total(&b, b.w.destroyed) / (one / 250000.0), 1.0, 1e-9);
    closed(&b);
    s.domain.geometry = CX_SLICE;
    b = needled(&s);
    const double trench = 1050.0 * (70.0 + 4.0) * destroyed_scale; /* mean chord x depth */
    CHECK_NEAR(total(&b, b.w.destroyed) / (trench * cx_grid_surface(&b.g) / 500.0), 1.0, 1e-6);
    closed(&b);
}

static void quarter_turns_and_mirrors_change_nothing(void) {
    const struct cx_scenario s = lattice();
    struct bench b = needled(&s);
    const int n = b.g.shape[CX_X];
    for (int k = 0; k < b.g.shape[CX_Z]; k++)
        for (int j = 0; j < n; j++)
            for (int i = 0; i < n; i++) {
                const double here = b.w.destroyed[cx_grid_at(&b.g, i, j, k)];
                CHECK_NEAR(b.w.destroyed[cx_grid_at(&b.g, n - 1 - i, j, k)], here, 1e-9);
                CHECK_NEAR(b.w.destroyed[cx_grid_at(&b.g, j, i, k)], here, 1e-9);
            }
    closed(&b);
}

static void shares_stay_shares(const struct bench *b) {
    int wrong = 0;
    for (size_t i = 0; i < b->g.cells; i++) {
        const struct cx_hit h = cx_injury_hit(&b->w, i);
        wrong += !(h.destroyed >= 0.0 && h.destroyed <= 1.0 && h.halo >= 0.0);
        wrong += !(h.destroyed + h.halo <= 1.0 + 1e-12 && h.open >= 0.0 && h.open <= h.destroyed);
        wrong += !(h.removed >= 0.0 && h.removed <= h.destroyed && h.bleed >= 0.0 &&
                   h.bleed <= h.destroyed);
        wrong += !(h.heat >= 0.0 && h.heat <= 1.0 && (h.width_um > 0.0) == (h.destroyed > 0.0));
    }
    CHECK_MSG(wrong == 0, "%d cells", wrong);
}

static void crowded_needles_never_exceed_the_cell(void) {
    struct cx_scenario s = lattice();
    scenario_size(&s, 3, 400.0, 400.0, 1600.0);
    s.pattern.pitch = 100.0;
    s.treatment.passes = 3;
    s.spread = (struct cx_spread_settings){.depth = 0.2, .tilt = 5.0, .drag = 30.0, .jitter = 40.0};
    for (int shape = CX_CONE; shape <= CX_CORING; shape++) {
        s.needle.shape = shape;
        struct bench b = needled(&s);
        shares_stay_shares(&b);
        closed(&b);
    }
}

static void only_living_skin_below_the_epidermis_bleeds(void) {
    const struct cx_scenario s = lattice();
    struct bench b = needled(&s);
    const double limit = cx_skin_layers(&s).epidermis;
    for (size_t i = 0; i < b.g.cells; i++) {
        const double depth =
            -b.g.axis[CX_Z].center[i / (size_t)(b.g.shape[CX_X] * b.g.shape[CX_Y])];
        CHECK(b.w.bleed[i] == (depth > limit ? b.w.destroyed[i] : 0.0));
    }
    closed(&b);
}

static void widths_and_lengths_are_those_of_the_needle(void) {
    struct cx_scenario s = lattice();
    struct bench b = needled(&s);
    const struct cx_layers l = cx_skin_layers(&s);
    double widest = 0.0;
    for (size_t i = 0; i < b.g.cells; i++) widest = fmax(widest, b.w.width_um[i]);
    CHECK(widest < 140.0 * destroyed_scale && widest > 138.0 * destroyed_scale);
    CHECK_NEAR(b.reports[0].layer_um[0], l.corneum, 1e-9);
    CHECK_NEAR(b.reports[0].layer_um[3], 1050.0 - l.papillary, 1e-9);
    double length = 0.0;
    for (int i = 0; i < 4; i++) length += b.reports[1].layer_um[i];
    CHECK_NEAR(length, 1050.0, 1e-9);
    closed(&b);
    s.needle.shape = CX_CORING;
    b = needled(&s);
    CHECK_NEAR(total(&b, b.w.removed) / (4.0 * pi * 4900.0 * 1050.0), 1.0, 1e-6);
    closed(&b);
}

static void a_punch_takes_a_cylinder(void) {
    struct cx_scenario s = scenario_for_tests();
    s.wound.type = CX_PUNCH;
    s.wound.diameter = 900.0;
    s.treatment.sessions.n = 0;
    const double depth = cx_skin_layers(&s).dermis, exact = pi * 450.0 * 450.0 * depth;
    for (int geometry = CX_AXISYMMETRIC; geometry <= CX_PATCH; geometry++) {
        s.domain.geometry = geometry;
        s.domain.cell = 37.0;
        struct bench b = wounded(&s);
        CHECK_NEAR(total(&b, b.w.destroyed) / exact, 1.0, 1e-9);
        CHECK_NEAR(total(&b, b.w.removed) / exact, 1.0, 1e-9);
        CHECK_NEAR(total(&b, b.w.open) / exact, 1.0, 1e-9);
        CHECK_NEAR(total(&b, b.w.halo) / (pi * 490.0 * 490.0 * (depth + 40.0) - exact), 1.0, 1e-9);
        shares_stay_shares(&b);
        closed(&b);
    }
    s.domain.geometry = CX_SLICE;
    struct bench b = wounded(&s);
    CHECK_NEAR(total(&b, b.w.destroyed), 900.0 * depth, 1e-3);
    closed(&b);
    s.domain.geometry = CX_COLUMN;
    b = wounded(&s);
    CHECK_NEAR(total(&b, b.w.destroyed), depth, 1e-9);
    closed(&b);
}

static void an_incision_is_a_slab(void) {
    struct cx_scenario s = scenario_for_tests();
    s.wound.type = CX_INCISION;
    s.wound.depth = 600.0;
    scenario_size(&s, 3, 1000.0, 500.0, 1200.0);
    struct bench b = wounded(&s);
    CHECK_NEAR(total(&b, b.w.destroyed) / (300.0 * 500.0 * 600.0), 1.0, 1e-12);
    CHECK(total(&b, b.w.removed) == 0.0);
    shares_stay_shares(&b);
    struct cx_error e = {0};
    b.s.domain.geometry = CX_AXISYMMETRIC;
    CHECK(cx_injury_wound(&b.s, &b.g, &b.w, &e) == CX_CONFIG && e.code == 56);
    closed(&b);
}

static void a_burn_fades_with_depth(void) {
    struct cx_scenario s = scenario_for_tests();
    s.wound.type = CX_BURN;
    s.wound.depth = 500.0;
    s.wound.diameter = 1000.0;
    s.domain.cell = 50.0;
    struct bench b = wounded(&s);
    CHECK_NEAR(total(&b, b.w.heat) / (pi * 250000.0 * 500.0), 1.0,
               1e-9); /* half dead at the depth */
    CHECK(total(&b, b.w.open) == 0.0 && total(&b, b.w.bleed) == 0.0 && total(&b, b.w.halo) > 0.0);
    const int mid = b.g.shape[CX_X] / 2;
    double above = 1.0;
    for (int k = b.g.shape[CX_Z] - 1; k >= 0; k--) {
        const double heat = b.w.heat[cx_grid_at(&b.g, mid, mid, k)],
                     depth = -b.g.axis[CX_Z].center[k];
        CHECK(heat <= above + 1e-12);
        CHECK(depth > 340.0 || fabs(heat - 1.0) < 1e-9);
        CHECK(depth < 700.0 || heat == 0.0);
        above = heat;
    }
    shares_stay_shares(&b);
    closed(&b);
}

static void nothing_happens_without_a_wound_and_clearing_forgets(void) {
    struct cx_scenario s = lattice();
    struct bench b = wounded(&s);
    CHECK(total(&b, b.w.destroyed) == 0.0 && total(&b, b.w.halo) == 0.0);
    closed(&b);
    b = needled(&s);
    cx_injury_clear(&b.w);
    CHECK(total(&b, b.w.destroyed) == 0.0 && total(&b, b.w.width_um) == 0.0);
    closed(&b);
}

int main(void) {
    RUN(a_patch_holds_exactly_the_channels);
    RUN(a_seventy_um_channel_on_a_coarse_grid_keeps_its_volume);
    RUN(needles_go_round_periodic_sides);
    RUN(an_open_side_cuts_a_needle_off);
    RUN(rings_column_and_slice_hold_their_share);
    RUN(quarter_turns_and_mirrors_change_nothing);
    RUN(crowded_needles_never_exceed_the_cell);
    RUN(only_living_skin_below_the_epidermis_bleeds);
    RUN(widths_and_lengths_are_those_of_the_needle);
    RUN(a_punch_takes_a_cylinder);
    RUN(an_incision_is_a_slab);
    RUN(a_burn_fades_with_depth);
    RUN(nothing_happens_without_a_wound_and_clearing_forgets);
    return check_done();
}
