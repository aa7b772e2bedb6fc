/* mms.c - orders of accuracy by manufactured solutions (made.h), printed as lines for validation/accuracy.py.
 * Each order is the slope between the two finest levels; every level is printed as a point. */
#include "validation/mms/made.h"

enum { LEVELS_MAX = 6 };
static const char *const grading_name[] = {"uniform", "graded"};
static const double end_time = 0.5;

static double norm_of(const struct box_error *e, int species, bool wall) {
    if (wall) return e->wall;
    return species >= MADE_CLIMBER ? e->l1 : e->l2; /* limiters are judged in L1 */
}
static const char *norm_name(int species, bool wall) {
    if (wall) return "largest at the wall";
    return species >= MADE_CLIMBER ? "L1" : "L2";
}

/* One row for the order and a point for each level. */
static void say_order(const struct made_case *c, const char *kind, const char *detail,
                      struct box_row row, const double *x, const double *y, int levels) {
    char problem[96], geometry[64], measured[192], series[512];
    snprintf(problem, sizeof problem, "manufactured %s", kind);
    snprintf(geometry, sizeof geometry, "%s %s %s", made_geometry_name[c->geometry],
             grading_name[c->graded], made_side_name[c->side]);
    snprintf(measured, sizeof measured, "order of %s", detail);
    row.problem = problem;
    row.geometry = geometry;
    row.measured = measured;
    row.found = box_order(y[levels - 2], y[levels - 1], x[levels - 2] / x[levels - 1]);
    box_say(row);
    snprintf(series, sizeof series, "%s;%s;%s", kind, geometry, detail);
    for (int l = 0; l < levels; l++) box_point(series, x[l], y[l]);
}

/* ---- space --------------------------------------------------------------------------------------- */

static void space_case(struct made_case c, int levels) {
    struct box_error e[LEVELS_MAX][4];
    double x[LEVELS_MAX], y[LEVELS_MAX];
    const int coarsest = c.n;
    for (int l = 0; l < levels; l++) {
        c.n = coarsest << l;
        x[l] = 1.0 / c.n;
        made_errors(&c, end_time, 4 * c.n, e[l]);
    }
    for (int q = 0; q < 4; q++)
        for (int wall = 0; wall < 2; wall++) {
            if (wall && c.side != CX_FIXED && c.side != CX_ROBIN) continue;
            char detail[128];
            snprintf(detail, sizeof detail, "%s %s", made_species_name[q], norm_name(q, wall));
            for (int l = 0; l < levels; l++) y[l] = norm_of(&e[l][q], q, wall);
            say_order(&c, wall ? "wall" : "space", detail,
                      (struct box_row){.rule = BOX_AT_LEAST, .expected = 2, .tolerance = 0.1}, x, y,
                      levels);
        }
}

static void space(void) {
    static const int coarsest[] = {16, 16, 16, 12}, levels[] = {5, 4, 4, 3};
    for (int g = 0; g < MADE_GEOMETRIES; g++)
        for (int graded = 0; graded < 2; graded++)
            for (int side = 0; side < 4; side++)
                space_case((struct made_case){.geometry = (enum made_geometry)g,
                                              .side = (enum cx_side_kind)side,
                                              .graded = graded,
                                              .n = coarsest[g],
                                              .decay = 1,
                                              .precision = CX_DOUBLE},
                           levels[g]);
}

/* ---- time ---------------------------------------------------------------------------------------- */

static void time_case(const struct made_case *c, const char *kind, const int *steps, int levels) {
    struct box_error e[LEVELS_MAX][4];
    double x[LEVELS_MAX], y[LEVELS_MAX];
    made_time_errors(c, end_time, steps, levels, e);
    for (int q = 0; q < 4; q++) {
        for (int l = 0; l < levels; l++) {
            x[l] = end_time / steps[l];
            y[l] = e[l][q].l2;
        }
        say_order(c, kind, made_species_name[q],
                  (struct box_row){.rule = BOX_AT_LEAST, .expected = 2, .tolerance = 0.1}, x, y,
                  levels);
    }
}

static void time_orders(void) {
    static const int steps[] = {8, 16, 32, 64, 128};
    for (int g = 0; g < MADE_GEOMETRIES; g++)
        for (int graded = 0; graded < 2; graded++)
            for (int side = 0; side < 4; side++) {
                const struct made_case c = {.geometry = (enum made_geometry)g,
                                            .side = (enum cx_side_kind)side,
                                            .graded = graded,
                                            .n = g == MADE_PATCH ? 12 : 24,
                                            .decay = 1,
                                            .precision = CX_DOUBLE};
                time_case(&c, "time", steps, 5);
            }
}

/* A species that a fast reaction ties to a slow one, in steps of up to 1e5 times its own time constant: the order where the
 * reaction is slow, and how much larger the error of 16 steps is where it is fast. */
static void stiff_case(enum made_geometry geometry) {
    static const int steps[] = {4, 8, 16, 32, 64};
    static const double decay[] = {1, 10, 1e2, 1e3, 1e4, 1e6};
    struct box_error e[LEVELS_MAX][4], slow[4];
    for (int d = 0; d < 6; d++) {
        const struct made_case c = {.geometry = geometry,
                                    .side = CX_NO_FLUX,
                                    .n = geometry == MADE_PATCH ? 12 : 24,
                                    .decay = decay[d],
                                    .precision = CX_DOUBLE};
        made_time_errors(&c, end_time, steps, 5, e);
        if (d == 0) memcpy(slow, e[2], sizeof slow);
        for (int q = 0; q < 4; q++) {
            char measured[128], series[192];
            snprintf(measured, sizeof measured, "%s error of 16 steps / the same at decay 1",
                     made_species_name[q]);
            snprintf(series, sizeof series, "stiff;%s decay %g per h;%s",
                     made_geometry_name[geometry], decay[d], made_species_name[q]);
            for (int l = 0; l < 5; l++) box_point(series, end_time / steps[l], e[l][q].l2);
            char problem[64];
            snprintf(problem, sizeof problem, "manufactured stiff decay %g per h", decay[d]);
            if (d > 0)
                box_say((struct box_row){problem, made_geometry_name[geometry], measured,
                                         BOX_AT_MOST, 10, e[2][q].l2 / slow[q].l2, 0});
        }
    }
}

/* ---- the controller, and float stages ------------------------------------------------------------ */

/* Largest relative error of a species when the controller runs at `tolerance`; truth: the same grid, tiny steps. */
static double controlled(struct made_case c, double tolerance, enum cx_precision precision,
                         int *steps) {
    struct made m;
    struct box truth, b;
    c.precision = CX_DOUBLE;
    made_open(&m, &truth, &c);
    box_march(&truth, end_time, 4096);
    c.precision = precision;
    c.tolerance = tolerance;
    made_open(&m, &b, &c);
    *steps = box_run(&b, end_time, 1e-4);
    double worst = *steps < 0 ? INFINITY : 0;
    double *zero = calloc(b.grid.cells, sizeof *zero);
    if (!zero) exit(1);
    for (int q = 0; q < 4; q++) {
        const double *exact = truth.system.u[q];
        const double size = box_distance(&truth, exact, zero).l2;
        worst = fmax(worst, box_distance(&b, b.system.u[q], exact).l2 / size);
    }
    free(zero);
    box_close(&truth);
    box_close(&b);
    return worst;
}

static void control(void) {
    static const double decay[] = {1, 1e2, 1e4}, tolerance[] = {1e-2, 3e-3, 1e-3, 1e-4, 1e-5};
    for (int d = 0; d < 3; d++)
        for (int p = 0; p < 2; p++)
            for (int i = 0; i < 5; i++) {
                const struct made_case c = {
                    .geometry = MADE_SLICE, .side = CX_FIXED, .n = 24, .decay = decay[d]};
                int steps;
                const double error = controlled(c, tolerance[i], p ? CX_MIXED : CX_DOUBLE, &steps);
                char measured[128], series[128];
                snprintf(measured, sizeof measured, "relative error at tolerance %g (%s; %d steps)",
                         tolerance[i], p ? "float stages" : "double", steps);
                snprintf(series, sizeof series, "control;decay %g per h;%s", decay[d],
                         p ? "float stages" : "double");
                box_say((struct box_row){"manufactured control",
                                         d == 0   ? "slice decay 1 per h"
                                         : d == 1 ? "slice decay 100 per h"
                                                  : "slice decay 1e4 per h",
                                         measured, BOX_AT_MOST, tolerance[i], error, 0});
                box_point(series, tolerance[i], error);
            }
}

int main(void) {
    space();
    time_orders();
    stiff_case(MADE_COLUMN);
    stiff_case(MADE_SLICE);
    stiff_case(MADE_PATCH);
    control();
    return 0;
}
