/* box.c - see box.h. */
#include "box.h"
#include "problem.h"
#include "run/run.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

static const struct cx_model *const test_models[] = {
    &cx_model_heat,          &cx_model_climb,        &cx_model_p2,
    &cx_model_brew,          &cx_model_substrates_3, &cx_model_substrates_6,
    &cx_model_substrates_12, &cx_model_substrates_24};

static const struct cx_model *test_model(const char *name) {
    for (size_t i = 0; i < sizeof test_models / sizeof *test_models; i++)
        if (strcmp(test_models[i]->name, name) == 0) return test_models[i];
    return NULL;
}

static bool say(const struct cx_error *e) {
    fprintf(stderr, "%s\n", e->text);
    return false;
}

static enum cx_status make_grid(struct box *b, const int shape[3], struct cx_error *e) {
    double *edge[3];
    struct cx_grid_spec g = {0};
    for (int d = 0; d < 3; d++) {
        edge[d] = malloc(((size_t)shape[d] + 1) * sizeof(double));
        for (int i = 0; i <= shape[d]; i++) edge[d][i] = box_cell_um * i;
        g.edge[d] = shape[d] > 1 ? edge[d] : NULL;
        g.shape[d] = shape[d];
    }
    const enum cx_status status = cx_grid_create(&g, &b->grid, e);
    for (int d = 0; d < 3; d++) free(edge[d]);
    return status;
}

/* Arrays of the system, all in the arena: state, inputs, parameters, values by plane. */
static enum cx_status take_arrays(struct box *b, enum cx_precision precision, struct cx_error *e) {
    struct cx_system *s = &b->system;
    const struct cx_model *m = s->model;
    const size_t field = b->grid.cells * sizeof(double), planes = (size_t)b->grid.shape[2],
                 params = (size_t)(m->param_count + m->derived_count) * sizeof(double);
    const size_t bytes = (size_t)(m->species_count + m->input_count) * cx_arena_cost(field) +
                         cx_arena_cost(params) +
                         2 * (size_t)m->species_count * cx_arena_cost(planes * sizeof(double)) +
                         cx_stepper_bytes(s, precision);
    CX_TRY(cx_arena_reserve(&b->arena, bytes, e));
    s->param = cx_arena_take(&b->arena, params);
    for (int q = 0; q < s->species; q++) {
        s->u[q] = cx_arena_take(&b->arena, field);
        s->rest[q] = cx_arena_take(&b->arena, planes * sizeof(double));
        s->mobility[q] = cx_arena_take(&b->arena, planes * sizeof(double));
    }
    for (int i = 0; i < m->input_count; i++) s->input[i] = cx_arena_take(&b->arena, field);
    return CX_OK;
}

static void fill_arrays(struct box *b) {
    struct cx_system *s = &b->system;
    const struct cx_model *m = s->model;
    for (int i = 0; i < m->param_count; i++) s->param[i] = m->params[i].fallback;
    m->derive(s->param, &(struct cx_context){0});
    for (int i = 0; i < m->input_count; i++)
        for (size_t c = 0; c < b->grid.cells; c++) s->input[i][c] = 1;
    double D[CX_SPECIES_MAX] = {0}, u[CX_SPECIES_MAX] = {0};
    m->mobility(s->param, u, (const double[CX_INPUT_MAX]){1}, D);
    for (int q = 0; q < s->species; q++)
        for (int k = 0; k < b->grid.shape[2]; k++)
            s->mobility[q][k] = cx_system_moves(s, q) ? D[q] : 0;
    problem_start(m->name, b->grid.shape, s->species, s->u);
}

static bool open_model(struct box *b, const struct cx_model *m, const struct box_spec *spec) {
    struct cx_error e = {0};
    if (make_grid(b, spec->shape, &e) != CX_OK) return say(&e);
    b->system = (struct cx_system){.model = m,
                                   .grid = &b->grid,
                                   .species = m->species_count,
                                   .threads = spec->threads,
                                   .tolerance = spec->tolerance};
    if (take_arrays(b, spec->precision, &e) != CX_OK) return say(&e);
    fill_arrays(b);
    b->in_use = &b->system;
    b->stepper = cx_stepper_create(&b->system, spec->precision, &b->arena);
    return true;
}

enum { OVERRIDES = 16 };

static bool open_scenario(struct box *b, const struct box_spec *spec) {
    char text[OVERRIDES][256];
    struct cx_override o[OVERRIDES];
    int n = 0;
    for (; spec->set && spec->set[n] && n < OVERRIDES; n++) {
        snprintf(text[n], sizeof text[n], "%s", spec->set[n]);
        char *equals = strchr(text[n], '=');
        if (!equals) return false;
        *equals = 0;
        o[n] = (struct cx_override){text[n], equals + 1, "--set"};
    }
    const struct cx_model_list models = cx_models();
    struct cx_findings findings = {0};
    struct cx_error e = {0};
    const enum cx_status status =
        cx_config_load(spec->what, &(struct cx_overrides){o, n}, &models, &b->scenario, &findings);
    cx_findings_print(&findings, stderr, false);
    cx_findings_free(&findings);
    if (status != CX_OK) return false;
    if (cx_sim_create(&b->scenario, spec->threads, true, &b->sim, &e) != CX_OK) return say(&e);
    b->of_scenario = true;
    b->in_use = &b->sim.assembly.system;
    b->stepper = b->sim.assembly.stepper;
    return true;
}

bool box_open(struct box *b, const struct box_spec *spec) {
    *b = (struct box){0};
    const struct cx_model *m = test_model(spec->what);
    if (m) return open_model(b, m, spec);
    if (strstr(spec->what, ".yml")) return open_scenario(b, spec);
    fprintf(stderr, "no test model '%s'\n", spec->what);
    return false;
}

void box_close(struct box *b) {
    if (b->of_scenario) {
        cx_sim_free(&b->sim);
        cx_scenario_free(&b->scenario);
        return;
    }
    cx_arena_free(&b->arena);
    cx_grid_free(&b->grid);
}

double box_cpu_seconds(void) {
    struct rusage r;
    getrusage(RUSAGE_SELF, &r);
    return (double)(r.ru_utime.tv_sec + r.ru_stime.tv_sec) +
           1e-6 * (double)(r.ru_utime.tv_usec + r.ru_stime.tv_usec);
}
