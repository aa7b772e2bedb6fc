/* The reactions of every model in one cell, healthy and then hurt, against the integrators of GSL: the engine must
 * converge to the same course with the order that its step promises.
 *
 * References: an explicit Runge-Kutta method of order 8 at 1e-12, and the implicit extrapolation of Bader and Deuflhard
 * with a Jacobian by differences at 1e-10; the two must agree before the engine is judged by them. */
#include "../run/lab.h"
#include "points.h"
#include "solve/control.h"
#include "solve/stepper.h"

#include <gsl/gsl_errno.h>
#include <gsl/gsl_odeiv2.h>

enum { TISSUES = 4 };
static const double hours = 48;

/* One cell: y = u / scale. */
struct cell {
    struct batch *b;
    int at;
};

/* ---- GSL --------------------------------------------------------------------------------------------------------- */

/* du/dt of the cell, in units of each scale. */
static int slope(double t, const double y[], double dydt[], void *user) {
    const struct cell *c = user;
    const struct cx_model *m = c->b->model;
    double u[CX_SPECIES_MAX], f[CX_SPECIES_MAX] = {0}, loss[CX_SPECIES_MAX], in[CX_INPUT_MAX];
    const double *pu[CX_SPECIES_MAX], *pin[CX_INPUT_MAX];
    double *pf[CX_SPECIES_MAX], *plost[CX_SPECIES_MAX];
    (void)t;
    cell_inputs(c->b, c->at, in);
    for (int i = 0; i < m->input_count; i++) pin[i] = &in[i];
    for (int q = 0; q < m->species_count; q++) {
        u[q] = y[q] * m->species[q].scale;
        pu[q] = &u[q], pf[q] = &f[q], plost[q] = &loss[q];
    }
    m->f64->rates(c->b->p, pu, pin, pf, plost, 0, 1);
    for (int q = 0; q < m->species_count; q++) dydt[q] = f[q] / m->species[q].scale;
    return GSL_SUCCESS;
}

/* Central differences; the integrator only converges more slowly when they are rough. */
static int jacobian(double t, const double y[], double *dfdy, double dfdt[], void *user) {
    const struct cell *c = user;
    const int n = c->b->model->species_count;
    double near[CX_SPECIES_MAX], up[CX_SPECIES_MAX], down[CX_SPECIES_MAX];
    memcpy(near, y, (size_t)n * sizeof *y);
    for (int j = 0; j < n; j++) {
        const double step = 1e-6 * fmax(fabs(y[j]), 1e-3);
        near[j] = y[j] + step;
        slope(t, near, up, user);
        near[j] = y[j] - step;
        slope(t, near, down, user);
        near[j] = y[j];
        for (int i = 0; i < n; i++) dfdy[i * n + j] = (up[i] - down[i]) / (2 * step);
        dfdt[j] = 0;
    }
    return GSL_SUCCESS;
}

/* y after `hours`; false if the integrator gave up. */
static bool integrate(struct cell *c, const gsl_odeiv2_step_type *method, double tolerance,
                      double *y) {
    gsl_odeiv2_system system = {slope, jacobian, (size_t)c->b->model->species_count, c};
    gsl_odeiv2_driver *d =
        gsl_odeiv2_driver_alloc_y_new(&system, method, 1e-6, 1e-2 * tolerance, tolerance);
    double t = 0;
    gsl_odeiv2_driver_set_nmax(d, 2000000);
    const int status = gsl_odeiv2_driver_apply(d, &t, hours, y);
    CHECK_MSG(status == GSL_SUCCESS, "%s: %s: %s", c->b->model->name, method->name,
              gsl_strerror(status));
    gsl_odeiv2_driver_free(d);
    return status == GSL_SUCCESS;
}

/* ---- the engine -------------------------------------------------------------------------------------------------- */

struct bench {
    struct cx_grid grid;
    struct cx_system system;
    struct cx_arena arena;
    double rest[CX_SPECIES_MAX], still[CX_SPECIES_MAX], u[CX_SPECIES_MAX], in[CX_INPUT_MAX];
    struct cx_stepper *stepper;
};

static bool bench_open(struct bench *k, struct cell *c, double tolerance) {
    static const double edge[2] = {0, 10};
    struct cx_error e;
    *k = (struct bench){.system = {.model = c->b->model,
                                   .grid = &k->grid,
                                   .species = c->b->model->species_count,
                                   .threads = 1,
                                   .tolerance = tolerance,
                                   .param = c->b->p}};
    const struct cx_grid_spec spec = {.edge = {edge, edge, edge}, .shape = {1, 1, 1}};
    cell_inputs(c->b, c->at, k->in);
    for (int q = 0; q < k->system.species; q++) {
        k->u[q] = c->b->u[q][c->at];
        k->system.u[q] = &k->u[q], k->system.rest[q] = &k->rest[q],
        k->system.mobility[q] = &k->still[q];
    }
    for (int i = 0; i < c->b->model->input_count; i++) k->system.input[i] = &k->in[i];
    bool ready = cx_grid_create(&spec, &k->grid, &e) == CX_OK;
    ready =
        ready && cx_arena_reserve(&k->arena, cx_stepper_bytes(&k->system, CX_DOUBLE), &e) == CX_OK;
    CHECK(ready);
    if (!ready) return false;
    k->stepper = cx_stepper_create(&k->system, CX_DOUBLE, &k->arena);
    cx_stepper_refresh(k->stepper);
    return true;
}

static void bench_close(struct bench *k) {
    cx_arena_free(&k->arena);
    cx_grid_free(&k->grid);
}

static void bench_run(struct bench *k) {
    struct cx_control control = {.h = 1e-5, .first = 1e-5, .most = 24};
    double t = 0;
    for (int tries = 0; t < hours && tries < 1000000; tries++) {
        struct cx_attempt a;
        const double left = hours - t, h = cx_control_step(&control, left);
        cx_stepper_attempt(k->stepper, h, &a);
        if (a.finite && a.error <= 1) {
            cx_control_accepted(&control, h, a.error);
            t = h >= left ? hours : t + h;
        } else {
            cx_stepper_reject(k->stepper);
            cx_control_rejected(&control, h, a.error);
        }
    }
    CHECK(t == hours);
}

/* Largest difference to the reference over the species, against value + scale; *which: the species. */
static double engine_error(struct cell *c, double tolerance, const double *reference, int *which) {
    struct bench k;
    double worst = 0;
    *which = 0;
    if (!bench_open(&k, c, tolerance)) return NAN;
    bench_run(&k);
    for (int q = 0; q < k.system.species; q++) {
        const double y = k.u[q] / c->b->model->species[q].scale;
        const double error = fabs(y - reference[q]) / (1 + fabs(reference[q]));
        if (error > worst) *which = q;
        worst = fmax(worst, error);
    }
    bench_close(&k);
    return worst;
}

/* ---- tests ------------------------------------------------------------------------------------------------------- */

/* A deep, wide cut that bleeds, into healthy tissue. */
static void wound_cell(struct cell *c) {
    const struct cx_hit hit = {.destroyed = 0.75,
                               .removed = 0.25,
                               .halo = 0.25,
                               .open = 0.5,
                               .width_um = 800,
                               .bleed = 0.5};
    double u[CX_SPECIES_MAX], in[CX_INPUT_MAX];
    make_healthy(c->b, c->at, u);
    cell_inputs(c->b, c->at, in);
    c->b->model->hurt(c->b->p, &hit, in, u);
    for (int q = 0; q < c->b->model->species_count; q++) c->b->u[q][c->at] = u[q] > 0 ? u[q] : 0;
}

static bool reference_of(struct cell *c, double y[CX_SPECIES_MAX]) {
    double other[CX_SPECIES_MAX] = {0}, apart = 0;
    const int n = c->b->model->species_count;
    for (int q = 0; q < n; q++) y[q] = other[q] = c->b->u[q][c->at] / c->b->model->species[q].scale;
    if (!integrate(c, gsl_odeiv2_step_rk8pd, 1e-12, y)) return false;
    if (!integrate(c, gsl_odeiv2_step_bsimp, 1e-10, other)) return false;
    for (int q = 0; q < n; q++) apart = fmax(apart, fabs(y[q] - other[q]) / (1 + fabs(y[q])));
    CHECK_MSG(apart < 1e-8, "%s: the two references differ by %g", c->b->model->name, apart);
    return true;
}

/* The estimate is of first order, so steps go with the root of the tolerance and an order of 2 makes errors fall with
 * the tolerance itself. */
static void cell_meets_reference(struct cell *c) {
    double y[CX_SPECIES_MAX] = {0};
    wound_cell(c);
    if (!reference_of(c, y)) return;
    int which;
    const double fine = engine_error(c, 1e-6, y, &which), coarse = engine_error(c, 1e-4, y, &which);
    const double order = fine > 0 ? log(coarse / fine) / log(sqrt(1e2)) : 2;
    printf("  %-28s %9.2e at 1e-4 (%s), %9.2e at 1e-6, order %.2f\n", c->b->model->name, coarse,
           c->b->model->species[which].name, fine, order);
    CHECK_MSG(fine < 1e-6, "%s: error %g at tolerance 1e-6", c->b->model->name, fine);
    CHECK_MSG(coarse < 1e-4, "%s: error %g at tolerance 1e-4", c->b->model->name, coarse);
    if (fine > 1e-11)
        CHECK_MSG(order > 1.6, "%s: order %g (%g, %g)", c->b->model->name, order, coarse, fine);
}

static void engine_follows_gsl_in_every_model(void) {
    static struct batch b;
    const struct cx_model_list all = cx_models();
    gsl_set_error_handler_off();
    CHECK(all.n > 0);
    for (int i = 0; i < all.n; i++) {
        batch_draw(&b, all.at[i], 0);
        const int tissues =
            all.at[i]->input_count > 1 ? TISSUES : 1; /* depth alone makes no tissue */
        for (int c = 0; c < tissues; c++) cell_meets_reference(&(struct cell){&b, c});
    }
}

/* ---- the same from a configuration ------------------------------------------------------------------------------- */

/* Whether a block without layers can have all the maps that the model asks for. */
static bool needs_no_layers(const struct cx_model *m) {
    for (int i = 0; i < m->input_count; i++)
        if (strcmp(m->inputs[i], "depth") != 0) return false;
    return true;
}

/* The cell that a simulation starts with. */
static void take_cell(const struct cx_sim *sim, struct batch *b) {
    const struct cx_system *s = &sim->assembly.system;
    CHECK(s->grid->cells == 1);
    memset(b, 0, sizeof *b);
    b->model = s->model;
    memcpy(b->p, s->param,
           (size_t)(s->model->param_count + s->model->derived_count) * sizeof *b->p);
    for (int i = 0; i < s->model->input_count; i++) b->in[i][0] = s->input[i][0];
    for (int q = 0; q < s->species; q++) b->u[q][0] = s->u[q][0];
}

static void scenario_meets_reference(const struct lab *l) {
    static struct batch b;
    struct cx_sim sim;
    struct cx_error e = {0};
    double y[CX_SPECIES_MAX] = {0}, worst = 0;
    enum cx_status status = cx_sim_create(&l->scenario, 1, true, &sim, &e);
    CHECK_MSG(status == CX_OK, "%s", e.text);
    if (status != CX_OK) return;
    take_cell(&sim, &b);
    while (status == CX_OK && !cx_sim_done(&sim)) status = cx_sim_step(&sim, &e);
    CHECK_MSG(status == CX_OK, "%s", e.text);
    if (reference_of(&(struct cell){&b, 0}, y))
        for (int q = 0; q < b.model->species_count; q++) {
            const double made = sim.assembly.system.u[q][0] / b.model->species[q].scale;
            worst = fmax(worst, fabs(made - y[q]) / (1 + fabs(y[q])));
        }
    printf("  %-28s %9.2e at 1e-6, from a configuration\n", b.model->name, worst);
    CHECK_MSG(worst < 1e-6, "%s: error %g", b.model->name, worst);
    cx_sim_free(&sim);
}

/* domain.geometry: point, with everything that a run does around the step. */
static void point_scenarios_follow_gsl(void) {
    const struct cx_model_list all = cx_models();
    int met = 0;
    for (int i = 0; i < all.n; i++) {
        struct lab l;
        char yaml[512];
        if (!needs_no_layers(all.at[i])) continue;
        snprintf(yaml, sizeof yaml,
                 "cicatrix: 1\nmodel: %s\n"
                 "domain: {geometry: point, layout: uniform}\n"
                 "wound: {type: punch}\n"
                 "time: {end: 48 h}\n"
                 "solver: {precision: double, tolerance: 1e-6, first_step: 1e-5 h}\n",
                 all.at[i]->name);
        if (!lab_open(&l, yaml, NULL)) continue;
        scenario_meets_reference(&l);
        lab_close(&l);
        met++;
    }
    CHECK(met > 0);
}

int main(void) {
    RUN(engine_follows_gsl_in_every_model);
    RUN(point_scenarios_follow_gsl);
    return check_done();
}
