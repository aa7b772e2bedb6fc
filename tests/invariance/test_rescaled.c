/* No hidden unit: a problem told in units that are powers of two larger or smaller gives the same digits, the same steps
 * and the same rejections, in float and in double stages. */
#include "problem.h"

struct units {
    const char *name;
    double length, time, amount;
};

/* A model whose usual sizes of species are told in the new unit too. */
static const struct cx_model *in_units(const struct cx_model *m, double amount,
                                       struct cx_model *copy, struct cx_species_row *rows) {
    *copy = *m;
    for (int q = 0; q < m->species_count; q++) {
        rows[q] = m->species[q];
        rows[q].scale *= amount;
    }
    copy->species = rows;
    return copy;
}

/* hill: diffusion, make, decay, half, chi;  heat: diffusion, decay, make. */
static void set_parameters(struct bench *b, const struct units *u, bool hill) {
    const double area = u->length * u->length;
    double *p = b->system.param;
    p[0] = 200 * area / u->time;
    p[1] = 0.75 / u->time;
    p[2] = (hill ? 0.3 : 0.2 * u->amount) / u->time;
    if (!hill) return;
    p[3] = 0.6 * u->amount;
    p[4] = 90 * area / u->time;
}

static int solve_in(struct bench *b, const struct geometry *g, const struct units *u, bool hill,
                    enum cx_precision precision) {
    struct cx_model model;
    struct cx_species_row rows[4];
    struct bench_spec spec =
        problem_spec(in_units(hill ? &cx_model_hill : &cx_model_heat, u->amount, &model, rows), g);
    for (int d = 0; d < 3; d++) spec.size[d] *= u->length;
    spec.precision = precision;
    spec.tolerance = 3e-3;
    spec.param[0] = 200 * u->length * u->length / u->time; /* the mobility is asked for at once */
    spec.param[3] = 0.6 * u->amount;
    bench_open(b, &spec);
    set_parameters(b, u, hill);
    start_smooth(b, u->amount);
    const int steps = bench_run(b, 40 * u->time, 1e-2 * u->time);
    b->system.model = NULL;
    return steps;
}

static void compare(const struct geometry *g, const struct units *u, bool hill,
                    enum cx_precision precision) {
    const struct units plain = {"plain", 1, 1, 1};
    struct bench a, b;
    const int steps = solve_in(&a, g, &plain, hill, precision);
    CHECK_MSG(solve_in(&b, g, u, hill, precision) == steps && steps > 10, "%s, %s: %d steps",
              g->name, u->name, steps);
    size_t differ = 0;
    for (int q = 0; q < a.system.species; q++)
        for (size_t c = 0; c < a.grid.cells; c++)
            differ += a.system.u[q][c] * u->amount != b.system.u[q][c];
    CHECK_MSG(differ == 0, "%s in %s (%s, precision %d): %zu values differ", g->name, u->name,
              hill ? "hill" : "heat", precision, differ);
    bench_close(&a);
    bench_close(&b);
}

static void powers_of_two_change_no_digit(void) {
    const struct units units[] = {{"lengths", 4, 1, 1},
                                  {"times", 1, 0.125, 1},
                                  {"amounts", 1, 1, 16},
                                  {"all units", 0.5, 32, 0.25}};
    for (int g = 1; g < GEOMETRIES; g += 2)
        for (size_t u = 0; u < sizeof units / sizeof *units; u++)
            for (int i = 0; i < 4; i++)
                compare(&geometries[g], &units[u], i % 2, i / 2 ? CX_DOUBLE : CX_MIXED);
}

int main(void) {
    RUN(powers_of_two_change_no_digit);
    return check_done();
}
