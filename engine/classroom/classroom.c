/* classroom.c - see classroom.h */
#include "classroom/classroom.h"

#include "base/clock.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The limits are those of the rows of config/scenario.h where those are narrower than a class needs. */
static enum cx_status check_lesson(const struct cx_lesson *l, struct cx_error *e) {
    const bool good = l->depth_um >= 20 && l->depth_um <= 20000 && l->per_cm2 >= 1 &&
                      l->per_cm2 <= 1e5 && l->age_year >= 0 && l->age_year <= 110 &&
                      l->sessions >= 1 && l->sessions <= CX_LESSON_SESSIONS && l->interval_h >= 24;
    if (good) return CX_OK;
    cx_fail(e, CX_CONFIG, 33, "a lesson of %g um, %g per cm2, %g years, %d sessions %g h apart",
            l->depth_um, l->per_cm2, l->age_year, l->sessions, l->interval_h);
    cx_hint(e, "depth 20 to 20000 um, 1 to 1e5 per cm2, age 0 to 110, 1 to 4 sessions a day apart");
    return CX_CONFIG;
}

/* Periodic sides: the needles keep their distance only if a whole number of them fits. */
static void fit_width(struct cx_scenario *s) {
    double period[2];
    cx_pattern_period(s, period);
    const double needles = fmax(1, round(s->domain.size.at[0] / period[0]));
    s->domain.size.at[0] = needles * period[0];
}

static void set_lesson(struct cx_class *c, const struct cx_lesson *l) {
    struct cx_scenario *s = &c->scenario;
    s->needle.length = l->depth_um / s->device.penetration;
    s->pattern.density = l->per_cm2;
    s->skin.age = l->age_year;
    for (int i = 0; i < l->sessions; i++) c->session_h[i] = i * l->interval_h;
    s->treatment.sessions.n = l->sessions;
    s->treatment.sessions.at = c->session_h;
    s->time.end += c->session_h[l->sessions - 1];
    fit_width(s);
}

/* A step ends at a session: what the skin was like before it. */
static void keep_landed(const struct cx_sim *sim, double from_h, double to_h, void *user) {
    struct cx_class *c = user;
    const size_t cells = sim->assembly.grid.cells;
    (void)from_h;
    c->pierced = to_h >= sim->timeline.at[sim->clock.event].t;
    for (int q = 0; c->pierced && q < sim->assembly.system.species; q++)
        memcpy(c->landed + (size_t)q * cells, sim->assembly.system.u[q], cells * sizeof *c->landed);
}

enum cx_status cx_class_open(const struct cx_scenario *base, const struct cx_lesson *lesson,
                             struct cx_class *c, struct cx_error *e) {
    *c = (struct cx_class){.scenario = *base};
    CX_TRY(check_lesson(lesson, e));
    set_lesson(c, lesson);
    CX_TRY(cx_sim_create(&c->scenario, 1, true, &c->sim, e));
    const struct cx_system *s = &c->sim.assembly.system;
    c->landed = calloc((size_t)s->species * s->grid->cells, sizeof *c->landed);
    if (!c->landed) return cx_fail(e, CX_STORAGE, 61, "no memory for a second state");
    c->sim.seen = keep_landed;
    c->sim.user = c;
    return CX_OK;
}

enum cx_status cx_class_go(struct cx_class *c, double until_h, double budget_s,
                           struct cx_error *e) {
    const double start = cx_clock_seconds();
    do {
        if (cx_sim_done(&c->sim) || c->sim.clock.t_h >= until_h) return CX_OK;
        c->before_h = c->sim.clock.t_h;
        CX_TRY(cx_sim_step(&c->sim, e));
    } while (cx_clock_seconds() - start < budget_s);
    return CX_OK;
}

void cx_class_picture(const struct cx_class *c, double t_h, int q, double *out) {
    const struct cx_assembly *a = &c->sim.assembly;
    const size_t cells = a->grid.cells;
    const double now = c->sim.clock.t_h, length = now - c->before_h;
    const double share = length > 0 ? fmax(0, (t_h - c->before_h) / length) : 1;
    if (share >= 1) {
        memcpy(out, a->system.u[q], cells * sizeof *out);
        return;
    }
    cx_stepper_between(a->stepper, c->pierced ? 0 : share, q, out);
    for (size_t i = 0; c->pierced && i < cells; i++)
        out[i] += share * (c->landed[(size_t)q * cells + i] - out[i]);
}

void cx_class_close(struct cx_class *c) {
    cx_sim_free(&c->sim);
    free(c->landed);
    *c = (struct cx_class){0};
}
