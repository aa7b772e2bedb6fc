/* Layers have sources and thin with age; planes lie on their limits; lesions have the shape of
 * their kind. */
#include "check.h"
#include "scenario_for_tests.h"
#include "wound/lesion.h"
#include "wound/skin.h"

#include <stdlib.h>

static const double pi = 3.14159265358979323846;

static struct cx_grid grid_of(const struct cx_scenario *s) {
    struct cx_grid g;
    struct cx_error e = {0};
    CHECK_MSG(cx_skin_grid(s, &g, &e) == CX_OK, "%s", e.text);
    return g;
}

static bool has_plane(const struct cx_grid *g, double depth) {
    for (int k = 0; k <= g->shape[CX_Z]; k++)
        if (g->axis[CX_Z].edge[k] == -depth) return true;
    return false;
}

static void every_site_has_layers_and_a_source(void) {
    struct cx_scenario s = scenario_for_tests();
    for (int site = 0; site < CX_SITE_COUNT; site++) {
        s.skin.site = site;
        const struct cx_layers l = cx_skin_layers(&s);
        CHECK(0.0 < l.corneum && l.corneum < l.epidermis && l.epidermis < l.papillary);
        CHECK(l.papillary < l.dermis);
        const char *source = cx_skin_source((enum cx_site)site);
        CHECK(strstr(source, "10.") || strstr(source, "assumed"));
        CHECK_STR(l.source, source);
    }
    s.skin.site = CX_THIGH; /* hip: whole skin 1.69 mm (Dunkin 2007) */
    CHECK_NEAR(cx_skin_layers(&s).dermis, 1690.0, 0.1);
}

static void dermis_thins_by_six_percent_a_decade_and_epidermis_stays(void) {
    struct cx_scenario s = scenario_for_tests();
    const struct cx_layers young = cx_skin_layers(&s);
    s.skin.age = 65.0;
    const struct cx_layers old = cx_skin_layers(&s);
    CHECK(old.epidermis == young.epidermis);
    CHECK_NEAR((old.dermis - old.epidermis) / (young.dermis - young.epidermis), 0.82, 1e-12);
    s.skin.dermis = 1000.0; /* given: no ageing on top */
    CHECK_NEAR(cx_skin_layers(&s).dermis, young.epidermis + 1000.0, 1e-9);
    s.skin = scenario_for_tests().skin;
    s.skin.site = CX_RAT_BACK;
    const double rat = cx_skin_layers(&s).dermis;
    s.skin.age = 1.0;
    CHECK(cx_skin_layers(&s).dermis == rat);
}

static void planes_lie_on_every_limit_and_heights_grow(void) {
    struct cx_scenario s = scenario_for_tests();
    for (int site = 0; site < CX_SITE_COUNT; site++) {
        s.skin.site = site;
        s.domain.geometry = site % CX_GEOMETRY_COUNT;
        struct cx_grid g = grid_of(&s);
        const struct cx_layers l = cx_skin_layers(&s);
        const double *h = g.axis[CX_Z].size;
        CHECK(has_plane(&g, 0.0) && has_plane(&g, l.corneum) && has_plane(&g, l.epidermis));
        CHECK(has_plane(&g, l.papillary) && has_plane(&g, l.dermis));
        CHECK(g.axis[CX_Z].edge[g.shape[CX_Z]] == 0.0);
        for (int k = 0; k < g.shape[CX_Z]; k++)
            CHECK_MSG(h[k] < 1.5 * 80.0 && h[k] > 4.0, "%g", h[k]);
        CHECK(-g.axis[CX_Z].edge[0] >= l.dermis + 299.9);
        cx_grid_free(&g);
    }
}

static void shape_is_known_before_the_grid(void) {
    struct cx_scenario s = scenario_for_tests();
    for (int geometry = 0; geometry < CX_GEOMETRY_COUNT; geometry++) {
        double shape[3], cells;
        s.domain.geometry = geometry;
        struct cx_grid g = grid_of(&s);
        cx_skin_shape(&s, shape, &cells);
        CHECK((size_t)cells == g.cells);
        for (int d = 0; d < 3; d++) CHECK((int)shape[d] == g.shape[d]);
        cx_grid_free(&g);
    }
    scenario_size(&s, 3, 2e5, 2e5, 2e5);
    s.domain.geometry = CX_PATCH;
    s.domain.cell = s.domain.surface_cell = s.domain.deep_cell = 1.0;
    double shape[3], cells;
    cx_skin_shape(&s, shape, &cells);
    CHECK(cells > 7e15);
    struct cx_grid g;
    struct cx_error e = {0};
    CHECK(cx_skin_grid(&s, &g, &e) == CX_CONFIG && e.code == 41);
}

static void default_block_fits_pattern_and_skin(void) {
    struct cx_scenario s = scenario_for_tests();
    s.pattern.density = 250.0;
    s.domain.geometry = CX_AXISYMMETRIC;
    struct cx_grid g = grid_of(&s);
    CHECK_NEAR(g.axis[CX_X].edge[g.shape[CX_X]], sqrt(1e8 / 250.0 / pi), 1e-9);
    cx_grid_free(&g);
    s.domain.geometry = CX_PATCH;
    s.pattern.density = NAN;
    s.pattern.pitch = 600.0;
    g = grid_of(&s);
    CHECK_NEAR(g.axis[CX_X].edge[g.shape[CX_X]], 1800.0, 1e-9);
    cx_grid_free(&g);
    s.needle.length = 3000.0;
    s.device.penetration = 1.0;
    g = grid_of(&s);
    CHECK_NEAR(-g.axis[CX_Z].edge[0], 3400.0, 1e-9);
    cx_grid_free(&g);
}

static void a_shallow_block_leaves_deep_layers_out(void) {
    struct cx_scenario s = scenario_for_tests();
    scenario_size(&s, 3, 500.0, 400.0, 300.0);
    struct cx_grid g = grid_of(&s);
    CHECK(g.axis[CX_Z].edge[0] == -300.0 && g.shape[CX_X] == 20 && g.shape[CX_Y] == 16);
    cx_grid_free(&g);
}

static void refused(const struct cx_scenario *s, int code) {
    struct cx_grid g;
    struct cx_error e = {0};
    CHECK(cx_skin_grid(s, &g, &e) == CX_CONFIG);
    CHECK_MSG(e.code == code && *e.hint, "E%03d instead of E%03d", e.code, code);
}

static void impossible_blocks_are_refused_with_a_hint(void) {
    struct cx_scenario s = scenario_for_tests();
    scenario_size(&s, 2, 500.0, 400.0, 0.0);
    refused(&s, 42);
    s = scenario_for_tests();
    s.domain.deep_cell = 0.0;
    refused(&s, 40);
    s = scenario_for_tests();
    s.domain.stretch = 0.5;
    refused(&s, 40);
    s = scenario_for_tests();
    s.skin.papillary = 1800.0;
    refused(&s, 43);
    s = scenario_for_tests();
    s.left.kind = CX_PERIODIC;
    refused(&s, 44);
    s.right.kind = CX_PERIODIC;
    struct cx_grid g = grid_of(&s);
    CHECK(g.axis[CX_X].periodic && !g.axis[CX_Y].periodic);
    cx_grid_free(&g);
}

static double mean_of(const struct cx_grid *g, const double *map) {
    double sum = 0.0, volume = 0.0;
    for (int k = 0; k < g->shape[CX_Z]; k++)
        for (int j = 0; j < g->shape[CX_Y]; j++)
            for (int i = 0; i < g->shape[CX_X]; i++) {
                sum += map[cx_grid_at(g, i, j, k)] * cx_grid_volume(g, i, j, k);
                volume += cx_grid_volume(g, i, j, k);
            }
    return sum / volume;
}

static void layers_fill_the_block_without_gap_or_overlap(void) {
    const char *all[] = {"corneum", "epidermis", "papillary", "reticular", "hypodermis", "dermis"};
    struct cx_scenario s = scenario_for_tests();
    scenario_size(&s, 3, 100.0, 100.0, 2000.0);
    struct cx_grid g = grid_of(&s);
    double *map = calloc(g.cells, sizeof *map), share[6];
    for (int i = 0; i < 6; i++) {
        CHECK(cx_skin_map(&s, &g, all[i], map));
        share[i] = mean_of(&g, map);
    }
    CHECK_NEAR(share[0] + share[1] + share[2] + share[3] + share[4], 1.0, 1e-12);
    CHECK_NEAR(share[5], share[2] + share[3], 1e-12);
    CHECK_NEAR(share[5] * 2000.0, 1324.0, 1e-6);
    CHECK(cx_skin_map(&s, &g, "depth", map) && map[g.cells - 1] > 0.0 && map[g.cells - 1] < 12.0);
    CHECK(!cx_skin_map(&s, &g, "bone", map));
    free(map);
    cx_grid_free(&g);
}

/* Volume of the lesion map of a kind, mm3. */
static double lesion_volume(struct cx_scenario *s, int condition, const char *part) {
    s->skin.condition = condition;
    struct cx_grid g = grid_of(s);
    double *map = calloc(g.cells, sizeof *map);
    CHECK(cx_skin_map(s, &g, part, map));
    const double volume = mean_of(&g, map) * cx_grid_surface(&g) * -g.axis[CX_Z].edge[0] * 1e-9;
    free(map);
    cx_grid_free(&g);
    return volume;
}

static void lesions_have_the_volume_of_their_shape(void) {
    struct cx_scenario s = scenario_for_tests();
    scenario_size(&s, 3, 4000.0, 4000.0, 1600.0);
    s.domain.cell = 80.0;
    s.skin.lesion_width = 2000.0;
    const double top = cx_skin_layers(&s).epidermis;
    s.skin.lesion_depth = top + 600.0;
    CHECK(lesion_volume(&s, CX_HEALTHY, "lesion") == 0.0);
    CHECK(lesion_volume(&s, CX_HEALTHY, "margin") == 0.0);
    const double cylinder = pi * 0.6;
    CHECK_NEAR(lesion_volume(&s, CX_ACNE_BOXCAR, "lesion"), cylinder, 0.02 * cylinder);
    CHECK_NEAR(lesion_volume(&s, CX_ACNE_ROLLING, "lesion"), cylinder / 2.0, 0.02 * cylinder);
    CHECK_NEAR(lesion_volume(&s, CX_ACNE_ICEPICK, "lesion"), cylinder / 3.0, 0.02 * cylinder);
    CHECK_NEAR(lesion_volume(&s, CX_STRETCH_MARK, "lesion"), 2.0 * 4.0 * 0.6, 0.05);
    CHECK_NEAR(lesion_volume(&s, CX_SURGICAL_SCAR, "lesion"), 2.0 * 4.0 * 0.6, 0.05);
    CHECK_NEAR(lesion_volume(&s, CX_BURN_SCAR, "lesion"), 16.0 * 0.6, 0.1);
    CHECK_NEAR(lesion_volume(&s, CX_ACNE_BOXCAR, "margin"), pi * 1.21 * 0.7 - cylinder, 0.03);
}

static void usual_lesions_stay_in_the_dermis(void) {
    struct cx_scenario s = scenario_for_tests();
    const struct cx_layers l = cx_skin_layers(&s);
    for (int c = CX_HEALTHY + 1; c < CX_CONDITION_COUNT; c++) {
        s.skin.condition = c;
        const struct cx_lesion lesion = cx_lesion_of(&s);
        CHECK(lesion.depth > l.epidermis && lesion.depth <= l.dermis + 1e-9 && lesion.width > 0.0);
        CHECK(strstr(lesion.source, "assumed") || strstr(lesion.source, "10."));
    }
    s.domain.geometry = CX_SLICE;
    s.skin.condition = CX_ACNE_BOXCAR;
    struct cx_grid g = grid_of(&s);
    CHECK(cx_grid_surface(&g) > cx_lesion_of(&s).width + 500.0);
    cx_grid_free(&g);
}

int main(void) {
    RUN(every_site_has_layers_and_a_source);
    RUN(dermis_thins_by_six_percent_a_decade_and_epidermis_stays);
    RUN(planes_lie_on_every_limit_and_heights_grow);
    RUN(shape_is_known_before_the_grid);
    RUN(default_block_fits_pattern_and_skin);
    RUN(a_shallow_block_leaves_deep_layers_out);
    RUN(impossible_blocks_are_refused_with_a_hint);
    RUN(layers_fill_the_block_without_gap_or_overlap);
    RUN(lesions_have_the_volume_of_their_shape);
    RUN(usual_lesions_stay_in_the_dermis);
    return check_done();
}
