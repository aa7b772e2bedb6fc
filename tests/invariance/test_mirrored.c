/* A mirrored problem has the mirrored answer, bit for bit: eliminations run from both ends of a line and opposite
 * neighbours are added first.  Only along z in double precision the widths of cells, differences of depths, round.  A
 * turned problem has the turned answer to round-off: turning swaps the order of the axes in the factorisation, which
 * commute only where nothing reacts.  Measured here and held to it. */
#include "problem.h"

static const struct geometry cube = {"cube", {11, 11, 9}, {220, 220, 150}, 1, false, false};
static const struct geometry ring = {"periodic cube", {12, 12, 9}, {240, 240, 150}, 1, false, true};

/* Cell of the plain problem that is shown in cell (i, j, k) of the changed one. */
typedef void placed(const int n[3], const int at[3], int from[3]);
static void mirror_x(const int n[3], const int at[3], int from[3]) {
    memcpy(from, (int[3]){n[0] - 1 - at[0], at[1], at[2]}, 3 * sizeof *from);
}
static void mirror_y(const int n[3], const int at[3], int from[3]) {
    memcpy(from, (int[3]){at[0], n[1] - 1 - at[1], at[2]}, 3 * sizeof *from);
}
static void mirror_z(const int n[3], const int at[3], int from[3]) {
    memcpy(from, (int[3]){at[0], at[1], n[2] - 1 - at[2]}, 3 * sizeof *from);
}
static void turn(const int n[3], const int at[3], int from[3]) {
    memcpy(from, (int[3]){at[1], n[0] - 1 - at[0], at[2]}, 3 * sizeof *from);
}

static size_t shown(const struct bench *b, placed *place, size_t cell) {
    const int *n = b->grid.shape;
    const int at[3] = {(int)(cell % (size_t)n[0]), (int)(cell / (size_t)n[0]) % n[1],
                       (int)(cell / (size_t)(n[0] * n[1]))};
    int from[3];
    place(n, at, from);
    return cx_grid_at(&b->grid, from[0], from[1], from[2]);
}

static void open_one(struct bench *b, const struct cx_model *m, const struct geometry *g,
                     enum cx_precision precision) {
    struct bench_spec spec = problem_spec(m, g);
    spec.precision = precision;
    memcpy(spec.param, (double[]){200, 0.75, 0.3, 0.6}, sizeof spec.param);
    if (m == &cx_model_climb) memcpy(spec.param, (double[]){20, 90, 50, 0}, sizeof spec.param);
    bench_open(b, &spec);
    if (m == &cx_model_hill) b->system.param[4] = 90;
    start_smooth(b, 1);
}

/* Largest difference after 40 equal steps, against the largest value. */
static double difference(const struct cx_model *m, const struct geometry *g,
                         enum cx_precision precision, placed *place) {
    struct bench a, b;
    open_one(&a, m, g, precision);
    open_one(&b, m, g, precision);
    for (int q = 0; q < a.system.species; q++)
        for (size_t c = 0; c < a.grid.cells; c++)
            b.system.u[q][c] = a.system.u[q][shown(&a, place, c)];
    bench_march(&a, 10, 40);
    bench_march(&b, 10, 40);
    double worst = 0, most = 0;
    for (int q = 0; q < a.system.species; q++)
        for (size_t c = 0; c < a.grid.cells; c++) {
            const double plain = a.system.u[q][shown(&a, place, c)];
            worst = fmax(worst, fabs(b.system.u[q][c] - plain));
            most = fmax(most, plain);
        }
    bench_close(&a);
    bench_close(&b);
    return worst / most;
}

static void compare(const char *name, placed *place) {
    const struct cx_model *const models[] = {&cx_model_heat, &cx_model_hill, &cx_model_climb};
    const double allowed[] = {[CX_MIXED] = place == turn ? 1e-6 : 0,
                              [CX_DOUBLE] = place == turn       ? 1e-7
                                            : place == mirror_z ? 5e-15
                                                                : 0};
    double worst[2] = {0};
    for (int m = 0; m < 3; m++)
        for (int p = 0; p < 2; p++)
            for (int periodic = 0; periodic < 2; periodic++) {
                const enum cx_precision precision = p ? CX_DOUBLE : CX_MIXED;
                const double d = difference(models[m], periodic ? &ring : &cube, precision, place);
                CHECK_MSG(d <= allowed[precision], "%s, %s, periodic %d: %g", name, models[m]->name,
                          periodic, d);
                worst[p] = fmax(worst[p], d);
            }
    printf("  %s: %.2g in mixed precision, %.2g in double\n", name, worst[0], worst[1]);
}

static void mirrored_and_turned_problems_have_mirrored_and_turned_answers(void) {
    compare("mirrored in x", mirror_x);
    compare("mirrored in y", mirror_y);
    compare("mirrored in z", mirror_z);
    compare("turned by 90 degrees", turn);
}

int main(void) {
    RUN(mirrored_and_turned_problems_have_mirrored_and_turned_answers);
    return check_done();
}
