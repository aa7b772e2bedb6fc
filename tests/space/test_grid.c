/* Graded, radial and periodic axes keep mass, know their volumes and refuse edges that make no grid. */
#include "check.h"
#include "space/grid.h"

#include <stdint.h>

static const double pi = 3.14159265358979323846;
static const double graded[] = {-900, -500, -300, -180, -90, -40, -12, 0};
static const double lateral[] = {0, 25, 50, 80, 130, 200};
enum { NZ = 7, NX = 5 };

static struct cx_grid made(struct cx_grid_spec spec) {
    struct cx_grid g;
    struct cx_error e = {0};
    CHECK_MSG(cx_grid_create(&spec, &g, &e) == CX_OK, "%s", e.text);
    CHECK(cx_grid_valid(&g));
    return g;
}

static struct cx_grid patch(bool periodic) {
    return made((struct cx_grid_spec){.edge = {lateral, lateral, graded},
                                      .shape = {NX, NX, NZ},
                                      .periodic = {periodic, periodic, false}});
}

static struct cx_grid ring(void) {
    return made((struct cx_grid_spec){
        .edge = {lateral, NULL, graded}, .shape = {NX, 1, NZ}, .radial = true});
}

static void what_leaves_a_cell_enters_its_neighbour(void) {
    struct cx_grid all[] = {patch(false), patch(true), ring()};
    for (int t = 0; t < 3; t++) {
        for (int d = 0; d < 3; d++) {
            const struct cx_axis *a = &all[t].axis[d];
            for (int i = a->periodic ? 0 : 1; i < a->n; i++) {
                const int lower = (i + a->n - 1) % a->n;
                const double in = a->size[i] * a->low[i], out = a->size[lower] * a->high[lower];
                CHECK_NEAR(in, out, 4e-16 * in);
            }
        }
        cx_grid_free(&all[t]);
    }
}

static void open_ends_couple_to_nothing(void) {
    struct cx_grid g = patch(false);
    for (int d = 0; d < 3; d++) {
        CHECK(g.axis[d].low[0] == 0.0);
        CHECK(g.axis[d].high[g.shape[d] - 1] == 0.0);
    }
    cx_grid_free(&g);
    g = patch(true);
    CHECK_NEAR(g.axis[CX_X].low[0], 1.0 / (25.0 * 47.5), 1e-18);
    CHECK_NEAR(g.axis[CX_X].high[4], 1.0 / (70.0 * 47.5), 1e-18);
    CHECK(g.axis[CX_Z].low[0] == 0.0);
    cx_grid_free(&g);
}

static void volumes_add_up_to_the_block(void) {
    struct cx_grid g = patch(false), r = ring();
    double block = 0.0, disc = 0.0;
    for (int k = 0; k < NZ; k++)
        for (int j = 0; j < NX; j++)
            for (int i = 0; i < NX; i++) {
                block += cx_grid_volume(&g, i, j, k);
                if (j == 0) disc += cx_grid_volume(&r, i, 0, k);
            }
    CHECK_NEAR(block, 200.0 * 200.0 * 900.0, 1e-6);
    CHECK_NEAR(disc, pi * 200.0 * 200.0 * 900.0, 1e-5);
    CHECK_NEAR(cx_grid_volume(&r, 2, 0, NZ - 1), pi * (80.0 * 80.0 - 50.0 * 50.0) * 12.0, 1e-9);
    CHECK_NEAR(cx_grid_surface(&g), 4e4, 1e-9);
    CHECK_NEAR(cx_grid_surface(&r), pi * 4e4, 1e-9);
    cx_grid_free(&g);
    cx_grid_free(&r);
}

static void column_and_slice_count_absent_axes_as_one(void) {
    struct cx_grid c =
        made((struct cx_grid_spec){.edge = {NULL, NULL, graded}, .shape = {1, 1, NZ}});
    struct cx_grid s =
        made((struct cx_grid_spec){.edge = {lateral, NULL, graded}, .shape = {NX, 1, NZ}});
    CHECK(cx_grid_volume(&c, 0, 0, 0) == 400.0 && cx_grid_surface(&c) == 1.0);
    CHECK(cx_grid_volume(&s, 4, 0, 0) == 70.0 * 400.0 && cx_grid_surface(&s) == 200.0);
    CHECK(c.axis[CX_X].low[0] == 0.0 && c.axis[CX_X].high[0] == 0.0);
    CHECK(cx_grid_at(&s, 3, 0, 2) == 3 + NX * 2);
    cx_grid_free(&c);
    cx_grid_free(&s);
}

/* div grad of x^2 is 2 in flat and 4 in round coordinates: exact on even cells away from the ends. */
static void couplings_differentiate_parabolas(void) {
    double even[33], u[32];
    for (int i = 0; i <= 32; i++) even[i] = 10.0 * i;
    for (int radial = 0; radial < 2; radial++) {
        struct cx_grid g = made((struct cx_grid_spec){
            .edge = {even, NULL, NULL}, .shape = {32, 1, 1}, .radial = radial == 1});
        const struct cx_axis *x = &g.axis[CX_X];
        for (int i = 0; i < 32; i++) u[i] = x->center[i] * x->center[i];
        for (int i = 1; i < 31; i++) {
            const double div = x->low[i] * (u[i - 1] - u[i]) + x->high[i] * (u[i + 1] - u[i]);
            CHECK_NEAR(div, radial ? 4.0 : 2.0, 1e-9);
        }
        cx_grid_free(&g);
    }
}

static void refused(struct cx_grid_spec spec, int code) {
    struct cx_grid g;
    struct cx_error e = {0};
    CHECK(cx_grid_create(&spec, &g, &e) == CX_CONFIG);
    CHECK_MSG(e.code == code, "E%03d instead of E%03d", e.code, code);
    CHECK(!cx_grid_valid(&g));
    cx_grid_free(&g);
}

static void impossible_grids_are_refused(void) {
    const double folded[] = {0, 2, 2, 3}, shifted[] = {5, 6, 7}, lost[] = {0, NAN, 2};
    refused((struct cx_grid_spec){.edge = {folded}, .shape = {3, 1, 1}}, 40);
    refused((struct cx_grid_spec){.edge = {lost}, .shape = {2, 1, 1}}, 40);
    refused((struct cx_grid_spec){.edge = {shifted}, .shape = {2, 1, 1}, .radial = true}, 40);
    refused((struct cx_grid_spec){.edge = {NULL}, .shape = {2, 1, 1}}, 40);
    refused((struct cx_grid_spec){.shape = {0, 1, 1}}, 40);
    refused((struct cx_grid_spec){.shape = {INT32_MAX, INT32_MAX, INT32_MAX}}, 41);
    refused((struct cx_grid_spec){.shape = {1 << 10, 1 << 10, (1 << 10) + 1}}, 41);
}

int main(void) {
    RUN(what_leaves_a_cell_enters_its_neighbour);
    RUN(open_ends_couple_to_nothing);
    RUN(volumes_add_up_to_the_block);
    RUN(column_and_slice_count_absent_axes_as_one);
    RUN(couplings_differentiate_parabolas);
    RUN(impossible_grids_are_refused);
    return check_done();
}
