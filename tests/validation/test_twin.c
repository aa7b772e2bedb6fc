/* The engine against its readable twin (validation/twin), step by step: the test model `climb` (diffusion that depends on
 * the state, taxis, stiff reaction) in random boxes, and the main model in a wounded column.  Both go their own way
 * from the same start, so a difference would grow. */
#include "../run/lab.h"
#include "../solve/bench.h"
#include "validation/twin/step.h"

enum { BOXES = 100, BOX_STEPS = 4, COLUMNS = 6, COLUMN_STEPS = 8 };

/* Largest difference that both may show in any field after any step, relative to the largest value of the field. */
static const double allowed = 1e-13;

/* ---- dice -------------------------------------------------------------------------------------------------------- */

static double dice(uint64_t *d) {
    *d = *d * 6364136223846793005u + 1442695040888963407u;
    return (double)(*d >> 11) * 0x1p-53;
}
static double between(uint64_t *d, double low, double high) { return low + (high - low) * dice(d); }
static int below(uint64_t *d, int n) { return (int)(dice(d) * n); }

/* ---- the twin of a system of the engine -------------------------------------------------------------------------- */

static bool twin_open(const struct cx_system *s, struct twin *t) {
    const size_t cells = s->grid->cells;
    *t = (struct twin){.model = s->model, .p = s->param, .tolerance = s->tolerance};
    t->radial = s->grid->axis[CX_X].radial;
    for (int axis = 0; axis < 3; axis++) {
        t->n[axis] = s->grid->shape[axis];
        t->edge[axis] = s->grid->axis[axis].edge;
        t->periodic[axis] = s->grid->axis[axis].periodic;
        for (int end = 0; end < 2; end++) {
            const enum cx_side_kind kind = s->side[axis][end];
            t->side[axis][end] = kind == CX_FIXED ? HELD : kind == CX_ROBIN ? LEAKY : WALL;
            t->transfer[axis][end] = s->transfer[axis][end];
        }
    }
    for (int m = 0; m < s->model->input_count; m++) t->input[m] = s->input[m];
    double *state = calloc(cells * (size_t)s->species, sizeof *state);
    CHECK(state != NULL);
    for (int q = 0; q < s->species && state; q++) {
        t->rest[q] = s->rest[q];
        t->D[q] = s->mobility[q];
        t->u[q] = state + cells * (size_t)q;
        memcpy(t->u[q], s->u[q], cells * sizeof *state);
    }
    return state != NULL;
}
static void twin_close(struct twin *t) { free(t->u[0]); }

/* Largest difference over the fields, relative to the largest value of each. */
static double apart(const struct cx_system *s, const struct twin *t) {
    double worst = 0;
    for (int q = 0; q < s->species; q++) {
        double difference = 0, size = 1e-3 * s->model->species[q].scale;
        for (size_t c = 0; c < s->grid->cells; c++) {
            difference = fmax(difference, fabs(s->u[q][c] - t->u[q][c]));
            size = fmax(size, fabs(t->u[q][c]));
        }
        worst = isfinite(difference) ? fmax(worst, difference / size) : INFINITY;
    }
    return worst;
}

/* One step of both.  Returns the difference after it. */
static double step_both(struct cx_system *s, struct cx_stepper *engine, struct twin *t, double h) {
    struct cx_attempt a;
    struct twin_verdict v = {0};
    cx_stepper_attempt(engine, h, &a);
    CHECK(twin_step(t, h, &v));
    CHECK_MSG(fabs(a.error - v.error) <= 1e-9 * (1 + v.error) && a.worst == v.worst,
              "error %.15g of %d in the engine, %.15g of %d in the twin", a.error, a.worst, v.error,
              v.worst);
    return apart(s, t);
}

/* ---- random boxes ------------------------------------------------------------------------------------------------ */

static struct bench_spec draw_spec(uint64_t *d) {
    struct bench_spec spec = {.model = &cx_model_climb, .precision = CX_DOUBLE, .tolerance = 1e-3};
    const int kind = below(d, 4); /* slice, column, disc, block */
    spec.radial = kind == 2;
    spec.periodic = kind != 2 && below(d, 3) == 0;
    spec.shape[0] = kind == 1 ? 1 : 3 + below(d, 12);
    spec.shape[1] = kind == 3 ? 3 + below(d, 4) : 1;
    spec.shape[2] = 3 + below(d, 12);
    for (int axis = 0; axis < 3; axis++) spec.size[axis] = spec.shape[axis] * between(d, 5, 30);
    spec.grading = below(d, 2) ? between(d, 0.85, 1.2) : 1;
    spec.param[0] = between(d, 1, 200);
    spec.param[1] = below(d, 3) ? between(d, 0, 400) : 0;
    spec.param[2] = between(d, 0, 200);
    return spec;
}

/* One to three layers with diffusivities of their own; a species may be shut out of a layer. */
static void draw_layers(uint64_t *d, struct cx_system *s) {
    const int nz = s->grid->shape[2];
    const int layers = 1 + below(d, 3);
    for (int q = 0; q < s->species; q++)
        for (int l = 0; l < layers; l++) {
            const double times = below(d, 4) ? between(d, 0.1, 3) : 0;
            for (int k = nz * l / layers; k < nz * (l + 1) / layers; k++)
                s->mobility[q][k] *= times;
        }
}

static void draw_sides(uint64_t *d, struct cx_system *s) {
    for (int axis = 0; axis < 3; axis++)
        for (int end = 0; end < 2 && s->grid->shape[axis] > 1 && !s->grid->axis[axis].periodic;
             end++) {
            const enum cx_side_kind kind[] = {CX_NO_FLUX, CX_NO_FLUX, CX_FIXED, CX_ROBIN};
            s->side[axis][end] = kind[below(d, 4)];
            s->transfer[axis][end] = between(d, 0, 50);
        }
}

static void draw_state(uint64_t *d, struct cx_system *s) {
    for (int q = 0; q < s->species; q++) {
        for (size_t c = 0; c < s->grid->cells; c++) s->u[q][c] = below(d, 5) ? between(d, 0, 2) : 0;
        for (int k = 0; k < s->grid->shape[2]; k++) s->rest[q][k] = between(d, 0, 2);
    }
}

static double box_difference(uint64_t seed) {
    struct bench b;
    struct twin t;
    uint64_t d = seed;
    double worst = 0;
    const struct bench_spec spec = draw_spec(&d);
    bench_open(&b, &spec);
    draw_layers(&d, &b.system);
    draw_sides(&d, &b.system);
    draw_state(&d, &b.system);
    b.stepper = cx_stepper_create(&b.system, CX_DOUBLE, &b.arena);
    cx_stepper_refresh(b.stepper);
    if (twin_open(&b.system, &t))
        for (int i = 0; i < BOX_STEPS; i++)
            worst = fmax(worst, step_both(&b.system, b.stepper, &t, pow(10, between(&d, -3, 0))));
    CHECK_MSG(worst <= allowed, "box %llu (%d x %d x %d): differs by %g", (unsigned long long)seed,
              spec.shape[0], spec.shape[1], spec.shape[2], worst);
    twin_close(&t);
    bench_close(&b);
    return worst;
}

static void random_boxes_agree(void) {
    double worst = 0;
    for (uint64_t seed = 1; seed <= BOXES; seed++) worst = fmax(worst, box_difference(seed));
    printf("  %d boxes, %d steps each: largest relative difference %.2g\n", BOXES, BOX_STEPS,
           worst);
    CHECK(worst > 0); /* not the same code twice */
}

/* ---- the main model ---------------------------------------------------------------------------------------------- */

static const char column[] = "cicatrix: 1\n"
                             "model: microneedling\n"
                             "skin: {site: cheek, age: 50 year}\n"
                             "domain: {geometry: column, surface_cell: 15 um, deep_cell: 120 um}\n"
                             "device:\n"
                             "  pattern: {type: square, density: 250 1/cm2}\n"
                             "  needle: {length: 1.5 mm, diameter: 0.25 mm}\n"
                             "treatment: {sessions: [0 day]}\n"
                             "time: {end: 7 day}\n"
                             "solver: {precision: double}\n";

/* Half of the parameters somewhere else in their range, the rest as they are. */
static void draw_parameters(uint64_t *d, struct cx_sim *sim) {
    struct cx_system *s = &sim->assembly.system;
    for (int i = 0; i < s->model->param_count; i++) {
        const struct cx_param_row *row = &s->model->params[i];
        if (below(d, 2)) s->param[i] = between(d, row->lo, row->hi);
    }
    s->model->derive(s->param, &sim->assembly.context);
    cx_stepper_refresh(sim->assembly.stepper);
}

static double column_difference(const struct lab *l, uint64_t seed) {
    struct cx_sim sim;
    struct cx_error e = {0};
    struct twin t;
    double worst = 0;
    uint64_t d = seed;
    const bool ready = cx_sim_create(&l->scenario, 1, true, &sim, &e) == CX_OK;
    CHECK_MSG(ready, "%s", e.text);
    if (!ready) return NAN;
    if (seed > 1) draw_parameters(&d, &sim);
    if (twin_open(&sim.assembly.system, &t))
        for (int i = 0; i < COLUMN_STEPS; i++)
            worst = fmax(worst, step_both(&sim.assembly.system, sim.assembly.stepper, &t,
                                          pow(10, between(&d, -3, 0))));
    CHECK_MSG(worst <= allowed, "column %llu differs by %g", (unsigned long long)seed, worst);
    twin_close(&t);
    cx_sim_free(&sim);
    return worst;
}

static void wounded_columns_agree(void) {
    struct lab l;
    double worst = 0;
    if (!lab_open(&l, column, NULL)) return;
    for (uint64_t seed = 1; seed <= COLUMNS; seed++)
        worst = fmax(worst, column_difference(&l, seed));
    printf("  %d columns, %d steps each: largest relative difference %.2g\n", COLUMNS, COLUMN_STEPS,
           worst);
    CHECK(worst > 0);
    lab_close(&l);
}

int main(void) {
    RUN(random_boxes_agree);
    RUN(wounded_columns_agree);
    return check_done();
}
