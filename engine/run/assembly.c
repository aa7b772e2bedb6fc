/* assembly.c - see assembly.h */
#include "run/assembly.h"

#include "wound/skin.h"

#include <math.h>
#include <omp.h>
#include <string.h>

/* A thread that is woken for less than a few thousand values costs more than it does. */
int cx_assembly_threads(const struct cx_scenario *s) {
    enum { VALUES = 4096 };
    double shape[3], cells;
    cx_skin_shape(s, shape, &cells);
    const double useful = 1 + floor(cells * s->model->species_count / VALUES);
    const double n =
        s->run.threads ? (double)s->run.threads : fmin(useful, (double)omp_get_num_procs());
    return n > CX_THREADS_MAX ? CX_THREADS_MAX : (int)n;
}

static void fill_context(const struct cx_scenario *s, struct cx_context *c) {
    *c = (struct cx_context){.age_year = s->skin.age,
                             .photodamage = s->skin.photodamage,
                             .perfusion = s->skin.perfusion,
                             .smoking = s->skin.smoking,
                             .stress = s->skin.stress,
                             .pollution = s->skin.pollution,
                             .fitzpatrick = (int)s->skin.fitzpatrick,
                             .site = s->skin.site,
                             .condition = s->skin.condition,
                             .topical = s->aftercare.topical,
                             .rat = s->skin.site == CX_RAT_BACK,
                             .sun = 1 - s->aftercare.sun_protection,
                             .hygiene = s->aftercare.hygiene,
                             .lesion_age_h = s->skin.lesion_age};
}

/* Every array of the system, from the arena; with `arena` NULL only adds up the bytes. */
static double *room(struct cx_arena *arena, int64_t *bytes, size_t n) {
    *bytes += (int64_t)cx_arena_cost(n * sizeof(double));
    return arena ? cx_arena_take(arena, n * sizeof(double)) : NULL;
}

static void give_arrays(struct cx_system *s, struct cx_arena *arena, int64_t *bytes) {
    const size_t cells = s->grid->cells, nz = (size_t)s->grid->shape[2];
    for (int q = 0; q < s->species; q++) {
        s->u[q] = room(arena, bytes, cells);
        s->rest[q] = room(arena, bytes, nz);
        s->mobility[q] = room(arena, bytes, nz);
    }
    for (int m = 0; m < s->model->input_count; m++) s->input[m] = room(arena, bytes, cells);
    s->param = room(arena, bytes, (size_t)s->model->param_count + (size_t)s->model->derived_count);
}

static void set_sides(const struct cx_scenario *s, struct cx_system *sys) {
    const struct cx_side_settings *side[3][2] = {
        {&s->left, &s->right}, {&s->front, &s->back}, {&s->bottom, &s->top}};
    for (int axis = 0; axis < 3; axis++)
        for (int end = 0; end < 2; end++) {
            sys->side[axis][end] = (enum cx_side_kind)side[axis][end]->kind;
            sys->transfer[axis][end] = side[axis][end]->transfer;
        }
}

static struct cx_system outline(const struct cx_scenario *s, const struct cx_grid *g, int threads) {
    struct cx_system sys = {.model = s->model,
                            .grid = g,
                            .species = s->model->species_count,
                            .threads = threads,
                            .tolerance = s->solver.tolerance};
    set_sides(s, &sys);
    return sys;
}

enum cx_status cx_assembly_bytes(const struct cx_scenario *s, int threads, int64_t *bytes,
                                 struct cx_error *e) {
    struct cx_grid g;
    CX_TRY(cx_skin_grid(s, &g, e));
    struct cx_system sys = outline(s, &g, threads);
    *bytes = 0;
    give_arrays(&sys, NULL, bytes);
    *bytes += (int64_t)cx_stepper_bytes(&sys, (enum cx_precision)s->solver.precision);
    cx_grid_free(&g);
    return CX_OK;
}

static enum cx_status fill_maps(struct cx_assembly *a, struct cx_error *e) {
    const struct cx_model *m = a->system.model;
    for (int i = 0; i < m->input_count; i++)
        if (!cx_skin_map(a->scenario, &a->grid, m->inputs[i], a->system.input[i]))
            return cx_fail(e, CX_INTERNAL, 0, "model '%s' asks for an unknown map '%s'", m->name,
                           m->inputs[i]);
    return CX_OK;
}

static void inputs_at(const struct cx_system *s, size_t cell, double *in) {
    for (int m = 0; m < s->model->input_count; m++) in[m] = s->input[m][cell];
}

static void make_healthy(struct cx_assembly *a) {
    struct cx_system *s = &a->system;
    for (size_t i = 0; i < a->grid.cells; i++) {
        double in[CX_INPUT_MAX], u[CX_SPECIES_MAX] = {0};
        inputs_at(s, i, in);
        s->model->healthy(s->param, in, &a->context, u);
        for (int q = 0; q < s->species; q++) s->u[q][i] = u[q];
    }
}

/* What lies outside a side: the healthy column at the low corner. */
static void make_rest(struct cx_assembly *a) {
    struct cx_system *s = &a->system;
    for (int k = 0; k < a->grid.shape[2]; k++)
        for (int q = 0; q < s->species; q++) s->rest[q][k] = s->u[q][cx_grid_at(&a->grid, 0, 0, k)];
}

/* D by plane: that of the same column, with the parameters of now; where it varies and is 0 in healthy tissue (as a
 * porous-medium D is in empty space), that at the usual sizes of the fields, so that only closed planes stay closed. */
static void make_mobility(struct cx_assembly *a) {
    struct cx_system *s = &a->system;
    for (int k = 0; k < a->grid.shape[2]; k++) {
        double in[CX_INPUT_MAX], rest[CX_SPECIES_MAX], usual[CX_SPECIES_MAX];
        double D[CX_SPECIES_MAX] = {0}, open[CX_SPECIES_MAX] = {0};
        inputs_at(s, cx_grid_at(&a->grid, 0, 0, k), in);
        for (int q = 0; q < s->species; q++) {
            rest[q] = s->rest[q][k];
            usual[q] = s->model->species[q].scale;
        }
        s->model->mobility(s->param, rest, in, D);
        s->model->mobility(s->param, usual, in, open);
        for (int q = 0; q < s->species; q++) {
            if (cx_system_varies(s, q) && D[q] == 0) D[q] = open[q];
            s->mobility[q][k] = cx_system_moves(s, q) ? D[q] : 0;
        }
    }
}

/* The scenario's parameters, those that have another value now, and what the model derives from them. */
static void set_parameters(struct cx_assembly *a, const struct cx_moment *at) {
    const struct cx_scenario *s = a->scenario;
    const double since = at->since_h;
    double *p = a->system.param;
    memcpy(p, s->parameter, (size_t)s->model->param_count * sizeof *p);
    for (int i = 0; i < s->change_count; i++) {
        const struct cx_change *c = &s->change[i];
        if (at->now_h >= c->at && at->now_h < c->until) p[c->parameter] = c->value;
    }
    a->context.occluded = since >= 0 && since < s->aftercare.occlusion;
    a->context.topical_on =
        since >= 0 && since < s->aftercare.topical_time && s->aftercare.topical != CX_NO_TOPICAL;
    s->model->derive(p, &a->context);
}

void cx_assembly_derive(struct cx_assembly *a, const struct cx_moment *at) {
    set_parameters(a, at);
    make_mobility(a);
}

static enum cx_status build(struct cx_assembly *a, int threads, int64_t bytes, struct cx_error *e) {
    const struct cx_scenario *s = a->scenario;
    CX_TRY(cx_skin_grid(s, &a->grid, e));
    CX_TRY(cx_arena_reserve(&a->arena, (size_t)bytes, e));
    a->system = outline(s, &a->grid, threads);
    int64_t used = 0;
    give_arrays(&a->system, &a->arena, &used);
    fill_context(s, &a->context);
    CX_TRY(fill_maps(a, e));
    set_parameters(a, &(struct cx_moment){.now_h = -1, .since_h = -1});
    make_healthy(a);
    make_rest(a);
    make_mobility(a);
    a->stepper = cx_stepper_create(&a->system, (enum cx_precision)s->solver.precision, &a->arena);
    return CX_OK;
}

enum cx_status cx_assembly_create(const struct cx_scenario *s, int threads, struct cx_assembly *a,
                                  struct cx_error *e) {
    *a = (struct cx_assembly){.scenario = s};
    int64_t bytes = 0;
    CX_TRY(cx_assembly_bytes(s, threads, &bytes, e));
    const enum cx_status status = build(a, threads, bytes, e);
    if (status != CX_OK) {
        cx_assembly_free(a);
        return status;
    }
    cx_stepper_refresh(a->stepper);
    return CX_OK;
}

void cx_assembly_free(struct cx_assembly *a) {
    cx_arena_free(&a->arena);
    cx_grid_free(&a->grid);
}

void cx_assembly_hurt(struct cx_assembly *a, const struct cx_injury *w) {
    struct cx_system *s = &a->system;
    for (size_t i = 0; i < a->grid.cells; i++) {
        const struct cx_hit hit = cx_injury_hit(w, i);
        if (hit.destroyed == 0 && hit.halo == 0 && hit.heat == 0) continue;
        double in[CX_INPUT_MAX], u[CX_SPECIES_MAX];
        inputs_at(s, i, in);
        for (int q = 0; q < s->species; q++) u[q] = s->u[q][i];
        s->model->hurt(s->param, &hit, in, u);
        for (int q = 0; q < s->species; q++) s->u[q][i] = u[q] > 0 ? u[q] : 0;
    }
    cx_stepper_refresh(a->stepper);
}
