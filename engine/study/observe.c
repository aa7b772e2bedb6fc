/* observe.c - see observe.h.  Pictures are taken as run/book.c takes them: between the ends of a step, after the events. */
#include "study/observe.h"

#include "run/run.h"
#include "run/sim.h"

#include <math.h>
#include <stdlib.h>

struct watcher {
    struct cx_look *look;
    int n;
    double *field;   /* [cells] */
    double *profile; /* [cells of the longest axis] */
    double *weight;  /* the same */
    double last_h;   /* time of the last datum */
    bool to_the_end; /* an outcome needs the whole run */
};

/* Means over planes across the axis. */
static void reduce(const struct watcher *w, const struct cx_grid *g, int axis) {
    const int n = g->shape[axis];
    for (int i = 0; i < n; i++) w->profile[i] = w->weight[i] = 0;
    for (int k = 0; k < g->shape[2]; k++)
        for (int j = 0; j < g->shape[1]; j++)
            for (int i = 0; i < g->shape[0]; i++) {
                const int at = axis == CX_X ? i : axis == CX_Y ? j : k;
                const double v = cx_grid_volume(g, i, j, k);
                w->profile[at] += v * w->field[cx_grid_at(g, i, j, k)];
                w->weight[at] += v;
            }
    for (int i = 0; i < n; i++) w->profile[i] /= w->weight[i];
}

static double mean(const struct watcher *w, const struct cx_grid *g) {
    double sum = 0, weight = 0;
    reduce(w, g, CX_Z);
    for (int k = 0; k < g->shape[2]; k++) {
        sum += w->weight[k] * w->profile[k];
        weight += w->weight[k];
    }
    return sum / weight;
}

/* Linear between centres, held beyond the first and the last. */
static double at_place(const struct watcher *w, const struct cx_grid *g, int axis, double place) {
    const double *x = g->axis[axis].center, at = axis == CX_Z ? -place : place;
    const int n = g->shape[axis];
    if (at <= x[0]) return w->profile[0];
    for (int i = 1; i < n; i++)
        if (at <= x[i]) {
            const double share = (at - x[i - 1]) / (x[i] - x[i - 1]);
            return w->profile[i - 1] + share * (w->profile[i] - w->profile[i - 1]);
        }
    return w->profile[n - 1];
}

/* All looks at this field, axis and time. */
static void answer(struct watcher *w, const struct cx_sim *sim, int first, double share) {
    const struct cx_grid *g = &sim->assembly.grid;
    const struct cx_observable see = w->look[first].see;
    const double t = w->look[first].t_h;
    if (share < 1)
        cx_stepper_between(sim->assembly.stepper, share, see.index, w->field);
    else
        for (size_t i = 0; i < g->cells; i++) w->field[i] = sim->assembly.system.u[see.index][i];
    if (see.axis >= 0) reduce(w, g, see.axis);
    for (int i = first; i < w->n; i++) {
        struct cx_look *l = &w->look[i];
        if (l->see.kind != CX_SEE_FIELD || l->t_h != t || l->see.index != see.index ||
            l->see.axis != see.axis)
            continue;
        l->seen = see.axis >= 0 ? at_place(w, g, see.axis, l->place_um) : mean(w, g);
    }
}

static bool waits(const struct cx_look *l) { return l->see.kind == CX_SEE_FIELD && isnan(l->seen); }

static void see_step(const struct cx_sim *sim, double from, double to, void *user) {
    struct watcher *w = user;
    const double event = sim->timeline.at[sim->clock.event].t;
    const bool ends_in_event = to >= event && to < sim->scenario->time.end;
    for (int i = 0; i < w->n; i++) {
        const double t = w->look[i].t_h;
        if (!waits(&w->look[i]) || !(t < to || (t == to && !ends_in_event))) continue;
        answer(w, sim, i, (t - from) / (to - from));
    }
}

static void see_present(const struct cx_sim *sim, struct watcher *w) {
    for (int i = 0; i < w->n; i++)
        if (waits(&w->look[i]) && w->look[i].t_h <= sim->clock.t_h) answer(w, sim, i, 1);
}

static enum cx_status watch(struct cx_sim *sim, struct watcher *w, struct cx_error *e) {
    sim->seen = see_step;
    sim->user = w;
    see_present(sim, w);
    while (!cx_sim_done(sim) && (w->to_the_end || sim->clock.sampled_h < w->last_h)) {
        CX_TRY(cx_sim_step(sim, e));
        see_present(sim, w);
    }
    CX_TRY(cx_sim_inspect(sim, e));
    const struct cx_model *m = sim->scenario->model;
    for (int i = 0; i < w->n; i++) {
        struct cx_look *l = &w->look[i];
        if (l->see.kind == CX_SEE_SERIES)
            l->seen = cx_history_at(&sim->history, l->see.index, l->t_h);
        if (l->see.kind == CX_SEE_OUTCOME)
            l->seen = cx_outcome_value(m, &m->outcomes[l->see.index], &sim->history, sim->first_h,
                                       sim->last_h);
    }
    return CX_OK;
}

enum cx_status cx_observe(const struct cx_scenario *s, int threads, struct cx_look *look, int n,
                          struct cx_error *e) {
    struct watcher w = {.look = look, .n = n};
    struct cx_sim sim;
    struct cx_plan plan;
    CX_TRY(cx_plan_make(s, false, &plan, e));
    CX_TRY(cx_sim_create(s, threads, true, &sim, e));
    const size_t cells = sim.assembly.grid.cells;
    w.field = calloc(cells, sizeof *w.field);
    w.profile = calloc(cells, sizeof *w.profile);
    w.weight = calloc(cells, sizeof *w.weight);
    for (int i = 0; i < n; i++) {
        look[i].seen = NAN;
        w.to_the_end = w.to_the_end || look[i].see.kind == CX_SEE_OUTCOME;
        w.last_h = fmax(w.last_h, look[i].t_h);
    }
    enum cx_status status = CX_OK;
    if (!w.field || !w.profile || !w.weight)
        status = cx_fail(e, CX_STORAGE, 61, "no memory for one field of %zu cells", cells);
    if (status == CX_OK) status = watch(&sim, &w, e);
    free(w.field);
    free(w.profile);
    free(w.weight);
    cx_sim_free(&sim);
    return status;
}
