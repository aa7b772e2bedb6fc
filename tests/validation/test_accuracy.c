/* Orders of accuracy on coarse grids, by the manufactured solutions of validation/mms; the whole, to fine grids and with
 * the problems of known answer, is test_long_accuracy.py. */
#include "check.h"
#include "validation/mms/made.h"

/* Slope between two grids; the limiter of climbing species needs fine grids to show its order. */
static void check_space(struct made_case c, int coarse) {
    struct box_error e[2][4];
    for (int l = 0; l < 2; l++) {
        c.n = coarse << l;
        made_errors(&c, 0.25, c.n, e[l]);
    }
    for (int q = 0; q < 4; q++) {
        const bool limited = q >= MADE_CLIMBER;
        const double order =
            limited ? box_order(e[0][q].l1, e[1][q].l1, 2) : box_order(e[0][q].l2, e[1][q].l2, 2);
        CHECK_MSG(order > (limited ? 1.6 : 1.85), "%s %s %s %s: order %.2f in space",
                  made_geometry_name[c.geometry], c.graded ? "graded" : "uniform",
                  made_side_name[c.side], made_species_name[q], order);
    }
}
static void orders_in_space(void) {
    static const int coarse[] = {32, 16, 16, 8};
    for (int g = 0; g < MADE_GEOMETRIES; g++)
        for (int graded = 0; graded < 2; graded++)
            for (int side = 0; side < CX_SIDE_COUNT; side++)
                check_space((struct made_case){.geometry = (enum made_geometry)g,
                                               .side = (enum cx_side_kind)side,
                                               .graded = graded,
                                               .decay = 1,
                                               .precision = CX_DOUBLE},
                            coarse[g]);
}

static void orders_in_time(void) {
    static const int steps[] = {32, 64};
    for (int g = 0; g < MADE_GEOMETRIES; g++)
        for (int side = 0; side < CX_SIDE_COUNT; side++) {
            struct box_error e[2][4];
            const struct made_case c = {.geometry = (enum made_geometry)g,
                                        .side = (enum cx_side_kind)side,
                                        .n = g == MADE_PATCH ? 6 : 12,
                                        .decay = 1,
                                        .precision = CX_DOUBLE};
            made_time_errors(&c, 0.5, steps, 2, e);
            for (int q = 0; q < 4; q++) {
                const double order = box_order(e[0][q].l2, e[1][q].l2, 2);
                CHECK_MSG(order > 1.85, "%s %s %s: order %.2f in time", made_geometry_name[g],
                          made_side_name[side], made_species_name[q], order);
            }
        }
}

/* Float stages follow double ones to what float can hold. */
static void float_stages(void) {
    struct made m[2];
    struct box b[2];
    for (int i = 0; i < 2; i++) {
        const struct made_case c = {.geometry = MADE_SLICE,
                                    .side = CX_FIXED,
                                    .n = 16,
                                    .decay = 1,
                                    .precision = i ? CX_MIXED : CX_DOUBLE};
        made_open(&m[i], &b[i], &c);
        box_march(&b[i], 0.25, 32);
    }
    for (int q = 0; q < 4; q++) {
        const double apart = box_distance(&b[0], b[0].system.u[q], b[1].system.u[q]).most;
        CHECK_MSG(apart < 1e-5, "%s differs by %g", made_species_name[q], apart);
        CHECK_MSG(apart > 0, "%s: float stages leave no trace", made_species_name[q]);
    }
    for (int i = 0; i < 2; i++) box_close(&b[i]);
}

int main(void) {
    RUN(orders_in_space);
    RUN(orders_in_time);
    RUN(float_stages);
    return check_done();
}
