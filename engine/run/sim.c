/* sim.c - see sim.h */
#include "run/sim.h"

#include "run/initial.h"
#include "wound/injury.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double pi = 3.14159265358979323846;

/* ---- what the sessions will do, known before the first step ------------------------------------- */

static void keep_records(struct cx_sim *sim, const struct cx_needle_report *report, int n) {
    for (int i = 0; i < n; i++) {
        const struct cx_needle *p = &report[i].needle;
        struct cx_needle_record *r = &sim->needle[sim->needle_count++];
        *r = (struct cx_needle_record){.x_um = p->x,
                                       .y_um = p->y,
                                       .depth_um = p->depth,
                                       .diameter_um = p->diameter,
                                       .tilt_degree = p->tilt * 180 / pi,
                                       .azimuth_degree = p->azimuth * 180 / pi,
                                       .volume_um3 = report[i].volume_um3,
                                       .session = p->session,
                                       .pass = p->pass};
        memcpy(r->layer_um, report[i].layer_um, sizeof r->layer_um);
    }
}

/* Paints session `session` into sim->injury; with `keep` also notes every needle. */
static enum cx_status paint_session(struct cx_sim *sim, int session, bool keep,
                                    struct cx_error *e) {
    const struct cx_scenario *s = sim->scenario;
    const struct cx_grid *g = &sim->assembly.grid;
    const struct cx_field_of_view view = cx_injury_view(s, g);
    struct cx_needles needles = {0};
    CX_TRY(cx_pattern_make(s, &view, session, &needles, e));
    struct cx_needle_report *report = calloc((size_t)needles.n + 1, sizeof *report);
    struct cx_needle_record *grown =
        keep ? realloc(sim->needle, (size_t)(sim->needle_count + needles.n + 1) * sizeof *grown)
             : sim->needle;
    enum cx_status status = CX_OK;
    if (!report || (keep && !grown))
        status = cx_fail(e, CX_STORAGE, 61, "no memory for %d needles", needles.n);
    if (status == CX_OK) {
        sim->needle = grown;
        cx_injury_clear(&sim->injury);
        sim->injury.report = report;
        status = cx_injury_needles(s, g, &needles, &sim->injury, e);
        sim->injury.report = NULL;
    }
    if (status == CX_OK && keep) keep_records(sim, report, needles.n);
    free(report);
    cx_needles_free(&needles);
    return status;
}

static enum cx_status paint_event(struct cx_sim *sim, const struct cx_event *event, bool keep,
                                  struct cx_error *e) {
    if (event->kind == CX_EVENT_SESSION) return paint_session(sim, event->session, keep, e);
    cx_injury_clear(&sim->injury);
    return cx_injury_wound(sim->scenario, &sim->assembly.grid, &sim->injury, e);
}

/* Largest destroyed share of every cell over all events, and how deep they reach. */
static void note_reach(struct cx_sim *sim, double *destroyed) {
    const struct cx_grid *g = &sim->assembly.grid;
    const size_t plane = (size_t)g->shape[0] * (size_t)g->shape[1];
    for (size_t i = 0; i < g->cells; i++) {
        const struct cx_hit hit = cx_injury_hit(&sim->injury, i);
        const double share = hit.destroyed > hit.heat ? hit.destroyed : hit.heat;
        if (share > destroyed[i]) destroyed[i] = share;
        const double depth = -g->axis[CX_Z].edge[i / plane];
        if (share > 1e-6 && depth > sim->deepest_um) sim->deepest_um = depth;
    }
}

static enum cx_status foresee(struct cx_sim *sim, struct cx_error *e) {
    double *destroyed = calloc(sim->assembly.grid.cells, sizeof *destroyed);
    if (!destroyed) return cx_fail(e, CX_STORAGE, 61, "no memory for the map of injuries");
    enum cx_status status = CX_OK;
    bool any = false;
    for (int i = 0; i < sim->timeline.n && status == CX_OK; i++) {
        const struct cx_event *event = &sim->timeline.at[i];
        if (!cx_event_hurts(event)) continue;
        if (!any) sim->first_h = event->t;
        any = true;
        sim->last_h = event->t;
        status = paint_event(sim, event, true, e);
        if (status == CX_OK) note_reach(sim, destroyed);
    }
    if (status == CX_OK)
        status =
            cx_sampler_create(&sim->assembly.system, destroyed, sim->deepest_um, &sim->sampler, e);
    free(destroyed);
    return status;
}

/* ---- history ------------------------------------------------------------------------------------ */

/* Samples are taken at least 3 % of the time since the last event (or the start) apart: about 300 per half year. */
static double sample_gap(const struct cx_sim *sim) {
    const struct cx_timeline *t = &sim->timeline;
    double since = sim->clock.t_h;
    for (int i = 0; i < t->n && t->at[i].t <= sim->clock.t_h; i++)
        if (cx_event_disturbs(&t->at[i])) since = sim->clock.t_h - t->at[i].t;
    return 0.03 * (since + 0.5);
}

static enum cx_status make_history(struct cx_sim *sim, struct cx_error *e) {
    struct cx_history *h = &sim->history;
    h->series = sim->sampler.series_count;
    h->room = 1024 * (sim->timeline.n +
                      1); /* more than the gap rule can ever ask for: 33 ln(1e6) per event */
    h->t_h = calloc((size_t)h->room, sizeof *h->t_h);
    h->value = calloc((size_t)h->room * (size_t)h->series, sizeof *h->value);
    return h->t_h && h->value ? CX_OK : cx_fail(e, CX_STORAGE, 61, "no memory for the time series");
}

static void sample(struct cx_sim *sim) {
    struct cx_history *h = &sim->history;
    if (h->n == h->room) return;
    h->t_h[h->n] = sim->clock.t_h;
    cx_sampler_take(&sim->sampler, sim->assembly.stepper,
                    h->value + (size_t)h->n * (size_t)h->series);
    h->n++;
    sim->clock.sampled_h = sim->clock.t_h;
}

/* ---- events ------------------------------------------------------------------------------------- */

static enum cx_status apply_events(struct cx_sim *sim, struct cx_error *e) {
    bool changed = false;
    for (; sim->clock.event < sim->timeline.n; sim->clock.event++) {
        const struct cx_event *event = &sim->timeline.at[sim->clock.event];
        if (event->t > sim->clock.t_h || event->kind == CX_EVENT_END) break;
        cx_assembly_derive(
            &sim->assembly,
            &(struct cx_moment){sim->clock.t_h, cx_timeline_since(&sim->timeline, sim->clock.t_h)});
        changed = true;
        if (!cx_event_hurts(event)) continue;
        CX_TRY(paint_event(sim, event, false, e));
        cx_assembly_hurt(&sim->assembly, &sim->injury);
    }
    if (!changed) return CX_OK;
    cx_stepper_refresh(sim->assembly.stepper);
    cx_control_restart(&sim->control);
    sample(sim);
    return CX_OK;
}

enum cx_status cx_sim_create(const struct cx_scenario *s, int threads, bool start,
                             struct cx_sim *sim, struct cx_error *e) {
    *sim = (struct cx_sim){.scenario = s,
                           .control = {.first = s->solver.first_step, .most = s->solver.max_step}};
    enum cx_status status = cx_assembly_create(s, threads, &sim->assembly, e);
    if (status == CX_OK && !cx_timeline_make(s, &sim->timeline))
        status = cx_fail(e, CX_STORAGE, 61, "no memory for the timeline");
    if (status == CX_OK) status = cx_injury_create(&sim->assembly.grid, &sim->injury, e);
    if (status == CX_OK) status = foresee(sim, e);
    if (status == CX_OK) status = make_history(sim, e);
    if (status == CX_OK && start) status = cx_initial_apply(&sim->assembly, e);
    if (status == CX_OK && start) {
        cx_control_restart(&sim->control);
        sample(sim);
        status = apply_events(sim, e);
        sim->clock.control_h = sim->control.h;
    }
    if (status != CX_OK) cx_sim_free(sim);
    return status;
}

void cx_sim_free(struct cx_sim *sim) {
    cx_sampler_free(&sim->sampler);
    cx_injury_free(&sim->injury);
    cx_timeline_free(&sim->timeline);
    cx_assembly_free(&sim->assembly);
    free(sim->history.t_h);
    free(sim->history.value);
    free(sim->needle);
    *sim = (struct cx_sim){0};
}

bool cx_sim_done(const struct cx_sim *sim) { return sim->clock.t_h >= sim->scenario->time.end; }

/* ---- one step ----------------------------------------------------------------------------------- */

static enum cx_status stuck(const struct cx_sim *sim, const struct cx_attempt *a, double h,
                            struct cx_error *e) {
    const char *name =
        a->worst >= 0 ? sim->assembly.system.model->species[a->worst].name : "a species";
    cx_fail(e, CX_NUMERIC, 90, "at day %.6g the step would have to be %.2g h: '%s' %s",
            sim->clock.t_h / 24, h, name,
            a->finite ? "changes too fast" : "is no longer a finite number");
    cx_hint(e, "check the parameters that were overridden; try a smaller solver.max_step");
    return CX_NUMERIC;
}

/* Shares count against the field's mass, or 1 permille of its usual size where it has almost died out. */
static void book(struct cx_sim *sim, const struct cx_attempt *a) {
    for (int q = 0; q < sim->assembly.system.species; q++) {
        const double usual = 1e-3 * sim->assembly.system.model->species[q].scale * a->volume;
        if (a->clipped[q] <= 0) continue;
        sim->clock.clips++;
        sim->clock.clipped_share[q] += a->clipped[q] / (a->total[q] + usual);
    }
}

static void advance(struct cx_sim *sim, double h, double next) {
    const double from = sim->clock.t_h, to = h >= next - from ? next : from + h;
    sim->clock.t_h = to;
    sim->clock.step++;
    if (sim->seen) sim->seen(sim, from, to, sim->user);
}

enum cx_status cx_sim_step(struct cx_sim *sim, struct cx_error *e) {
    const double next = sim->timeline.at[sim->clock.event].t;
    struct cx_attempt a;
    for (;;) {
        const double h = cx_control_step(&sim->control, next - sim->clock.t_h);
        cx_stepper_attempt(sim->assembly.stepper, h, &a);
        if (a.finite && a.error <= 1) {
            book(sim, &a);
            advance(sim, h, next);
            cx_control_accepted(&sim->control, h, a.error);
            break;
        }
        cx_stepper_reject(sim->assembly.stepper);
        sim->clock.rejected++;
        cx_control_rejected(&sim->control, h, a.finite ? a.error : INFINITY);
        if (sim->control.h < 1e-9) return stuck(sim, &a, sim->control.h, e);
    }
    const bool due = sim->clock.t_h - sim->clock.sampled_h >= sample_gap(sim);
    if (due || sim->clock.t_h >= next) sample(sim);
    const enum cx_status status = sim->clock.t_h >= next ? apply_events(sim, e) : CX_OK;
    sim->clock.control_h = sim->control.h;
    return status;
}

enum cx_status cx_sim_inspect(const struct cx_sim *sim, struct cx_error *e) {
    const struct cx_system *s = &sim->assembly.system;
    for (int q = 0; q < s->species; q++)
        for (size_t i = 0; i < s->grid->cells; i++)
            if (!isfinite(s->u[q][i]) || s->u[q][i] < 0)
                return cx_fail(e, CX_NUMERIC, 91, "t = %.6g h, cell %zu: %s = %g", sim->clock.t_h,
                               i, s->model->species[q].name, s->u[q][i]);
    return CX_OK;
}
