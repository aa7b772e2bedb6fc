/* A channel keeps its volume to the last digits, however it falls over the cells. */
#include "check.h"
#include "scenario_for_tests.h"
#include "wound/channel.h"

static const double pi = 3.14159265358979323846;

/* Sum over the cells of a box grid: n[d] cells from lo[d], growing by `growth`. */
struct blocks {
    double edge[3][200];
    int n[3];
};

static struct blocks graded(double lo, double width, int n, double growth, double deep,
                            int layers) {
    struct blocks b = {.n = {n, n, layers}};
    for (int d = 0; d < 2; d++) {
        double step = 1.0, sum = 0.0;
        for (int i = 0; i < n; i++, step *= growth) sum += step;
        step = width / sum;
        b.edge[d][0] = lo;
        for (int i = 0; i < n; i++, step *= growth) b.edge[d][i + 1] = b.edge[d][i] + step;
    }
    for (int k = 0; k <= layers; k++) b.edge[2][k] = deep * (k * (0.3 + 0.7 * k / layers)) / layers;
    return b;
}

static double summed(const struct cx_channel *c, const struct blocks *b) {
    double sum = 0.0;
    struct cx_box hull;
    for (int k = 0; k < b->n[2]; k++) {
        if (!cx_channel_bounds(c, b->edge[2][k], b->edge[2][k + 1], &hull)) continue;
        for (int j = 0; j < b->n[1]; j++)
            for (int i = 0; i < b->n[0]; i++) {
                const struct cx_box cell = {b->edge[0][i], b->edge[0][i + 1],
                                            b->edge[1][j], b->edge[1][j + 1],
                                            b->edge[2][k], b->edge[2][k + 1]};
                if (cell.x1 > hull.x0 && cell.x0 < hull.x1 && cell.y1 > hull.y0 &&
                    cell.y0 < hull.y1)
                    sum += cx_channel_in_box(c, &cell);
            }
    }
    return sum;
}

static struct cx_channel needle(struct cx_scenario *s, double tilt, double drag, double diameter) {
    const struct cx_needle n = {.x = 7.3,
                                .y = -4.1,
                                .depth = 520.0,
                                .diameter = diameter,
                                .tilt = tilt,
                                .azimuth = 0.7,
                                .drag = drag};
    return cx_channel_of(s, &n, 1.0, 0.0);
}

static void upright_channels_keep_volume_to_1e_6(void) {
    const int shapes[] = {CX_CONE, CX_PYRAMID, CX_CYLINDER, CX_CORING};
    const struct blocks grids[] = {graded(-250.0, 500.0, 20, 1.0, 600.0, 30),
                                   graded(-300.0, 620.0, 40, 1.06, 600.0, 17),
                                   graded(-200.0, 410.0, 3, 1.3, 600.0, 4)};
    struct cx_scenario s = scenario_for_tests();
    double worst = 0.0;
    for (int i = 0; i < 4; i++)
        for (int g = 0; g < 3; g++)
            for (double d = 9.0; d < 300.0; d *= 2.8) {
                s.needle.shape = shapes[i];
                const struct cx_channel c = needle(&s, 0.0, 0.0, d);
                const double exact = cx_channel_volume(&c, 0.0, 600.0);
                const double off = fabs(summed(&c, &grids[g]) / exact - 1.0);
                CHECK_MSG(off < 1e-6, "shape %d grid %d d %g: %g", i, g, d, off);
                worst = fmax(worst, off);
            }
    printf("     worst %.1e\n", worst);
}

static void tilted_and_dragged_channels_keep_volume_to_1e_6(void) {
    const struct blocks b = graded(-1000.0, 2100.0, 70, 1.01, 600.0, 20);
    struct cx_scenario s = scenario_for_tests();
    double worst = 0.0;
    for (int shape = CX_CONE; shape <= CX_CORING; shape++)
        for (double tilt = 0.0; tilt < 1.0; tilt += 0.24)
            for (double drag = 0.0; drag < 350.0; drag += 170.0) {
                s.needle.shape = shape;
                const struct cx_channel c = needle(&s, tilt, drag, 140.0);
                const double exact = cx_channel_volume(&c, 0.0, 600.0);
                worst = fmax(worst, fabs(summed(&c, &b) / exact - 1.0));
            }
    CHECK_MSG(worst < 1e-6, "worst error %g", worst);
    printf("     worst %.1e\n", worst);
}

static void volumes_match_their_formulas(void) {
    struct cx_scenario s = scenario_for_tests();
    s.needle.shape = CX_CORING;
    struct cx_channel c = needle(&s, 0.5, 0.0, 140.0);
    CHECK_NEAR(cx_channel_volume(&c, 0.0, 1e4), pi * 70.0 * 70.0 * 520.0, 1e-6);
    c = needle(&s, 0.0, 100.0, 140.0);
    CHECK_NEAR(cx_channel_volume(&c, 0.0, 1e4), (pi * 4900.0 + 14000.0) * 520.0, 1e-5);
    s.needle.shape = CX_CONE;
    c = needle(&s, 0.0, 0.0, 140.0);
    CHECK_NEAR(cx_channel_volume(&c, 0.0, 1e4), pi * 520.0 / 3.0 * (4900.0 + 280.0 + 16.0), 1e-6);
    CHECK_NEAR(cx_channel_radius(&c, 260.0), 37.0, 1e-12);
    CHECK(cx_channel_radius(&c, 521.0) == 0.0);
    s.needle.shape = CX_CYLINDER;
    c = needle(&s, 0.0, 0.0, 140.0);
    CHECK_NEAR(cx_channel_volume(&c, 0.0, 1e4),
               pi * (4900.0 * 380.0 + 140.0 / 3.0 * (4900.0 + 280.0 + 16.0)), 1e-6);
}

/* Independent of the closed forms: count points. */
static double counted(const struct cx_channel *c, const struct cx_box *b, int n) {
    long hits = 0;
    for (int k = 0; k < n; k++)
        for (int j = 0; j < n; j++)
            for (int i = 0; i < n; i++) {
                const double x = b->x0 + (b->x1 - b->x0) * (i + 0.5) / n;
                const double y = b->y0 + (b->y1 - b->y0) * (j + 0.5) / n;
                const double z = b->top + (b->bottom - b->top) * (k + 0.5) / n;
                const double qx = x - c->x - c->lean_x * z, qy = y - c->y - c->lean_y * z;
                const double dd = c->drag_x * c->drag_x + c->drag_y * c->drag_y;
                double t = dd > 0.0 ? (qx * c->drag_x + qy * c->drag_y) / dd : 0.0;
                t = t < 0.0 ? 0.0 : t > 1.0 ? 1.0 : t;
                hits += hypot(qx - t * c->drag_x, qy - t * c->drag_y) < cx_channel_radius(c, z);
            }
    const double volume = (b->x1 - b->x0) * (b->y1 - b->y0) * (b->bottom - b->top);
    return volume * (double)hits / ((double)n * n * n);
}

static void single_cells_match_counted_points(void) {
    struct cx_scenario s = scenario_for_tests();
    const struct cx_box cells[] = {{0, 50, 0, 50, 100, 180},
                                   {60, 110, -20, 30, 0, 40},
                                   {-90, 10, -110, -40, 20, 300},
                                   {-5, 20, -15, 5, 430, 600},
                                   {30, 120, 20, 110, 40, 200}};
    for (int i = 0; i < 5; i++)
        for (int kind = 0; kind < 4; kind++) {
            const struct cx_channel c =
                needle(&s, kind & 1 ? 0.3 : 0.0, kind & 2 ? 60.0 : 0.0, 160.0);
            const struct cx_box *b = &cells[i];
            const double volume = (b->x1 - b->x0) * (b->y1 - b->y0) * (b->bottom - b->top);
            CHECK_NEAR(cx_channel_in_box(&c, b) / volume, counted(&c, b, 90) / volume, 2e-3);
        }
}

static void mirrored_cells_hold_mirrored_shares(void) {
    const struct cx_channel c = cx_channel_shaft(0.0, 0.0, 35.0, 200.0);
    const struct cx_box right = {10, 40, -20, 15, 0, 50}, left = {-40, -10, -20, 15, 0, 50},
                        turned = {-20, 15, 10, 40, 0, 50};
    const double share = cx_channel_in_box(&c, &right);
    CHECK(share > 0.0);
    CHECK_NEAR(cx_channel_in_box(&c, &left), share, 1e-11 * share);
    CHECK_NEAR(cx_channel_in_box(&c, &turned), share, 1e-11 * share);
}

static void strips_match_the_chord(void) {
    struct cx_scenario s = scenario_for_tests();
    const struct cx_channel c = needle(&s, 0.0, 0.0, 140.0);
    const struct cx_box through = {-500, 500, c.y, c.y, 0, 600};
    CHECK_NEAR(cx_channel_in_strip(&c, &through), 520.0 * (70.0 + 4.0), 1e-6);
    const struct cx_channel shaft = cx_channel_shaft(0.0, 0.0, 50.0, 100.0);
    const struct cx_box beside = {-500, 500, 30, 30, 0, 600}, past = {-500, 500, 51, 51, 0, 600};
    CHECK_NEAR(cx_channel_in_strip(&shaft, &beside), 80.0 * 100.0, 1e-9);
    CHECK(cx_channel_in_strip(&shaft, &past) == 0.0);
    double sum = 0.0;
    const struct cx_channel swept = needle(&s, 0.3, 120.0, 140.0);
    for (int i = -40; i < 40; i++)
        for (int k = 0; k < 30; k++) {
            const struct cx_box cell = {i * 10.0, i * 10.0 + 10.0, 20,
                                        20,       k * 20.0,        k * 20.0 + 20.0};
            sum += cx_channel_in_strip(&swept, &cell);
        }
    const struct cx_box whole = {-400, 400, 20, 20, 0, 600};
    CHECK_NEAR(sum / cx_channel_in_strip(&swept, &whole), 1.0, 1e-5);
}

static void rings_add_up_and_fill_from_the_axis(void) {
    struct cx_scenario s = scenario_for_tests();
    for (double drag = 0.0; drag < 60.0; drag += 50.0) {
        const struct cx_channel c = needle(&s, 0.0, drag, 140.0);
        const double exact = cx_channel_volume(&c, 0.0, 600.0);
        CHECK_NEAR(cx_channel_in_cylinder(&c, 500.0, 0.0, 600.0), exact, 1e-12 * exact);
        CHECK_NEAR(cx_channel_in_cylinder(&c, 5.0, 0.0, 100.0), pi * 25.0 * 100.0, 1e-9);
    }
    /* cone without tip: inside rho down to the depth where the cone is as narrow, then the rest of
     * the cone */
    s.needle.tip_radius = 0.0;
    const struct cx_channel c = needle(&s, 0.0, 0.0, 140.0);
    const double z = 520.0 * (1.0 - 30.0 / 70.0);
    CHECK_NEAR(cx_channel_in_cylinder(&c, 30.0, 0.0, 600.0),
               pi * 900.0 * z + pi * 900.0 * (520.0 - z) / 3.0, 1e-6);
}

/* Thousands of cells around a tilted channel, many of them cut by its outline. */
static void no_cell_holds_less_than_nothing_or_more_than_itself(void) {
    struct cx_scenario s = scenario_for_tests();
    const struct cx_channel c = needle(&s, 0.2, 0.0, 140.0);
    int cut = 0, wrong = 0;
    for (int i = 0; i < 40000; i++) {
        const double x = -60.0 + i % 40 * 3.0, y = -60.0 + i / 40 % 40 * 3.0, z = i / 1600 * 20.0;
        const struct cx_box cell = {x, x + 25.0, y, y + 25.0, z, z + 20.0};
        const double volume = cx_channel_in_box(&c, &cell);
        cut += volume > 1e-9 && volume < 12499.9;
        wrong += !(volume > -1e-9 && volume < 12500 + 1e-9); /* um3 */
    }
    CHECK_MSG(cut > 10000 && wrong == 0, "%d cut, %d wrong", cut, wrong);
}

int main(void) {
    RUN(upright_channels_keep_volume_to_1e_6);
    RUN(tilted_and_dragged_channels_keep_volume_to_1e_6);
    RUN(volumes_match_their_formulas);
    RUN(single_cells_match_counted_points);
    RUN(mirrored_cells_hold_mirrored_shares);
    RUN(strips_match_the_chord);
    RUN(rings_add_up_and_fill_from_the_axis);
    RUN(no_cell_holds_less_than_nothing_or_more_than_itself);
    return check_done();
}
