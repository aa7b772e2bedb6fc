/* growth.c - how fast small waves grow where a uniform state is unstable, and what the patterns and swarms come to:
 * Keller and Segel's chemotaxis, Schnakenberg's and Gray and Scott's reactions. */
#include "validation/exact/exact.h"

extern const struct cx_model cx_model_swarm, cx_model_spots;

static const double tiny = 1e-6; /* amplitude of the first species' wave */

struct wave {
    const struct cx_model *model;
    const char *problem, *geometry, *measured;
    double param[3];
    int axes;      /* 1: column, 2: slice (wave along the diagonal), 3: disc */
    double square; /* k^2 */
    double level[2], growth, ratio,
        scale; /* steady state; second amplitude / first; size of a rate, for the tolerance */
};
static const double j11 = 3.8317059702075123;

static double wave_shape(const double x[3], const void *user) {
    const struct wave *w = user;
    const double k = sqrt(w->square);
    if (w->axes == 3) return j0(k * x[0]);
    return w->axes == 2 ? cos(k * x[0] / sqrt(2)) * cos(k * x[2] / sqrt(2)) : cos(k * x[2]);
}

/* The slowest wave that fits: half a wavelength between closed ends, or up to the first zero of J1 in a disc. */
static void open_wave(struct box *b, const struct wave *w, int n) {
    const double k = sqrt(w->square), length = box_pi / k * (w->axes == 2 ? sqrt(2) : 1);
    struct box_spec s = {.model = w->model,
                         .shape = {w->axes > 1 ? n : 1, 1, w->axes == 3 ? 1 : n},
                         .size = {w->axes == 3 ? j11 / k : length, 1, length},
                         .radial = w->axes == 3,
                         .share = 1,
                         .precision = CX_DOUBLE};
    memcpy(s.param, w->param, sizeof w->param);
    box_open(b, &s);
    box_fill(b, b->system.u[0], wave_shape, w);
    for (size_t at = 0; at < b->grid.cells; at++) {
        const double f = tiny * b->system.u[0][at];
        b->system.u[0][at] = w->level[0] + f;
        b->system.u[1][at] = w->level[1] + w->ratio * f;
    }
}
/* Growth of the projection over 2 h. */
static double wave_growth(const struct wave *w, int n) {
    struct box b;
    open_wave(&b, w, n);
    double one = 0;
    for (size_t at = 0; at < b.grid.cells; at++) {
        double x[3];
        box_center(&b, at, x);
        one += box_volume(&b, at) * wave_shape(x, w);
    }
    const double before = box_project(&b, 0, wave_shape, w) - w->level[0] * one;
    box_march(&b, 2, 4 * n);
    const double after = box_project(&b, 0, wave_shape, w) - w->level[0] * one;
    box_close(&b);
    return log(after / before) / 2;
}
static void wave_case(const struct wave *w) {
    struct exact_levels l = {w->problem, w->geometry, w->measured, 0, {0}, {0}};
    double found = 0;
    for (int n = 16; n <= (w->axes == 2 ? 64 : 128); n *= 2) {
        found = wave_growth(w, n);
        exact_note(&l, 1.0 / n, fabs(found - w->growth));
    }
    exact_near(w->problem, w->geometry, w->measured, (double[]){w->growth, found, 1e-3 * w->scale});
    exact_order(&l, 2, 0.1);
}

/* Larger root of s^2 + (1 + 2 k^2) s + k^2 (1 + k^2 - chi) = 0; c = u / (s + k^2 + 1). */
static void swarm_wave(int axes, double chi, double square, const char *what) {
    static const char *const geometry[] = {"", "column", "slice", "axisymmetric (r)"};
    const double p = 1 + 2 * square, q = square * (1 + square - chi);
    const double s = (-p + sqrt(p * p - 4 * q)) / 2;
    char measured[96];
    snprintf(measured, sizeof measured, "growth at chi = %g k^2 = %g%s", chi, square, what);
    wave_case(&(struct wave){&cx_model_swarm,
                             "Keller-Segel",
                             geometry[axes],
                             measured,
                             {chi, 1},
                             axes,
                             square,
                             {1, 1},
                             s,
                             1 / (s + square + 1),
                             0.5});
}
/* Linearised about u = a + b, v = b / u^2: trace and determinant of the matrix with diffusion. */
static void spots_wave(double square, const char *what) {
    const double a = 0.1, b = 0.9, d = 10, u = a + b, v = b / (u * u);
    const double fu = -1 + 2 * u * v - square, fv = u * u, gu = -2 * u * v,
                 gv = -u * u - d * square;
    const double trace = fu + gv, det = fu * gv - fv * gu;
    const double s = (trace + sqrt(trace * trace - 4 * det)) / 2;
    char measured[96];
    snprintf(measured, sizeof measured, "growth at k^2 = %g%s", square, what);
    wave_case(&(struct wave){&cx_model_spots,
                             "Schnakenberg a = 0.1 b = 0.9 d = 10",
                             "column",
                             measured,
                             {a, b, d},
                             1,
                             square,
                             {u, v},
                             s,
                             (s - fu) / fv,
                             0.1});
}

/* Swarms on a disc, signal a thousand times faster than the cells: above 8 pi D / chi they collapse. */
static double heap(const double x[3], const void *user) {
    const double *mass = user;
    return *mass / (2 * box_pi * 0.04) * exp(-x[0] * x[0] / 0.08);
}
static void collapse(double share, bool above) {
    struct box b;
    const double mass = share * 8 * box_pi;
    box_open(&b, &(struct box_spec){.model = &cx_model_swarm,
                                    .shape = {200, 1, 1},
                                    .size = {1, 1, 1},
                                    .radial = true,
                                    .param = {1, 1000},
                                    .share = 1,
                                    .tolerance = 1e-3,
                                    .precision = CX_DOUBLE});
    for (int q = 0; q < 2; q++) box_fill(&b, b.system.u[q], heap, &mass);
    const double top = box_most(&b, 0), all = box_mass(&b, 0);
    const int steps = box_run(&b, 0.05, 1e-7);
    const double factor = box_most(&b, 0) / top;
    const char *const g =
        above ? "axisymmetric (r) 1.5 x critical mass" : "axisymmetric (r) 0.5 x critical mass";
    box_say((struct box_row){"Keller-Segel collapse", g, "largest value after / before",
                             above ? BOX_AT_LEAST : BOX_AT_MOST, 1, steps < 0 ? NAN : factor, 0});
    exact_at_most("Keller-Segel collapse", g, "negative part",
                  (double[]){0, fabs(fmin(b.lowest, 0))});
    exact_at_most("Keller-Segel collapse", g, "relative change of the mass less what was booked",
                  (double[]){1e-11, fabs(box_mass(&b, 0) - all - b.cut) / all});
    box_close(&b);
}

/* v = (F + sqrt(F^2 - 4 F (F + k)^2)) / (2 (F + k)), u = (F + k) / v. */
static void gray_scott(void) {
    const double F = 0.06, k = 0.05, s = F + k, v = (F + sqrt(F * F - 4 * F * s * s)) / (2 * s);
    struct box b;
    box_open(&b, &(struct box_spec){.model = &cx_model_spots,
                                    .shape = {1, 1, 2},
                                    .size = {1, 1, 1},
                                    .param = {0.1, 0.9, 10, F, k},
                                    .share = 1,
                                    .precision = CX_DOUBLE});
    const double start[2][2] = {{0.35, 0.35}, {0.5, 0}}; /* near the upper state; without eaters */
    for (int i = 0; i < 2; i++) {
        b.system.u[2][i] = start[i][0];
        b.system.u[3][i] = start[i][1];
    }
    box_run(&b, 20000, 0.01);
    const double rest[3] = {v, b.system.u[3][0], 1e-9}, food[3] = {s / v, b.system.u[2][0], 1e-9};
    exact_near("Gray-Scott F = 0.06 k = 0.05", "point", "eater in the non-trivial state", rest);
    exact_near("Gray-Scott F = 0.06 k = 0.05", "point", "food in the non-trivial state", food);
    exact_near("Gray-Scott F = 0.06 k = 0.05", "point", "food without eaters",
               (double[]){1, b.system.u[2][1], 1e-9});
    box_close(&b);
}

void exact_growth(void) {
    swarm_wave(1, 2, 0.375, "; fastest");
    swarm_wave(1, 4, 0.9375, "; fastest");
    swarm_wave(1, 2, 1, "; cut-off");
    swarm_wave(1, 4, 3, "; cut-off");
    swarm_wave(1, 0.9, 0.05, "; below the threshold");
    swarm_wave(1, 1.1, 0.05, "; above the threshold");
    swarm_wave(2, 2, 0.375, "; fastest");
    swarm_wave(3, 2, 0.375, "; fastest");
    spots_wave(0.3185, "; fastest");
    spots_wave(0.2, "; lower edge");
    spots_wave(0.5, "; upper edge");
    collapse(0.5, false);
    collapse(1.5, true);
    gray_scott();
}
