/* trial.h - runs a shipped scenario in memory and reads its outcomes and series, for the checks against the evidence.
 *
 * A window comes from the evidence, with its citation beside it.  Where the model misses it, the row says so with the
 * number that was measured, and the test fails when that changes: neither a hidden miss nor a stale excuse. */
#ifndef CX_TESTS_SCIENCE_TRIAL_H
#define CX_TESTS_SCIENCE_TRIAL_H

#include "check.h"
#include "run/run.h"
#include "run/sim.h"

#include <stdlib.h>

struct trial {
    struct cx_scenario scenario;
    struct cx_sim sim;
};

/* set: "path=value" rows up to NULL, at most 8. */
static inline bool trial_run(struct trial *t, const char *config, const char *const *set) {
    char text[8][128];
    struct cx_override o[8];
    int n = 0;
    for (; set && set[n] && n < 8; n++) {
        snprintf(text[n], sizeof text[n], "%s", set[n]);
        char *equals = strchr(text[n], '=');
        *equals = 0;
        o[n] = (struct cx_override){text[n], equals + 1, "--set"};
    }
    const struct cx_model_list models = cx_models();
    const struct cx_overrides overrides = {o, n};
    struct cx_findings findings = {0};
    struct cx_error e = {0};
    enum cx_status status = cx_config_load(config, &overrides, &models, &t->scenario, &findings);
    if (status != CX_OK) cx_findings_print(&findings, stdout, false);
    cx_findings_free(&findings);
    if (status == CX_OK) status = cx_sim_create(&t->scenario, 2, true, &t->sim, &e);
    while (status == CX_OK && !cx_sim_done(&t->sim)) status = cx_sim_step(&t->sim, &e);
    CHECK_MSG(status == CX_OK, "%s: %s", config, e.text);
    return status == CX_OK;
}

static void trial_end(struct trial *t) {
    cx_sim_free(&t->sim);
    cx_scenario_free(&t->scenario);
}

static inline double trial_outcome(const struct trial *t, const char *name) {
    const struct cx_model *m = t->scenario.model;
    for (int i = 0; i < m->outcome_count; i++)
        if (strcmp(m->outcomes[i].name, name) == 0)
            return cx_outcome_value(m, &m->outcomes[i], &t->sim.history, t->sim.first_h,
                                    t->sim.last_h);
    CHECK_MSG(false, "no outcome '%s'", name);
    return NAN;
}

/* Series value on a day, as a share of `of_peak` of its largest value if asked. */
static inline double trial_series(const struct trial *t, const char *name, double day) {
    const int s = cx_series_find(t->scenario.model, name);
    CHECK_MSG(s >= 0, "no series '%s'", name);
    return s < 0 ? NAN : cx_history_at(&t->sim.history, s, 24 * day);
}

static inline double trial_peak(const struct trial *t, const char *name) {
    const int s = cx_series_find(t->scenario.model, name);
    double most = 0;
    for (int i = 0; s >= 0 && i < t->sim.history.n; i++)
        most =
            fmax(most, t->sim.history.value[(size_t)i * (size_t)t->sim.history.series + (size_t)s]);
    return most;
}

/* One window of the evidence. */
struct window {
    const char *what;
    double value, low, high;
    const char *source;
    const char
        *miss; /* NULL: must lie inside; else why it does not, and then it must lie outside */
};

static inline void judge_windows(const char *title, const struct window *w, int n) {
    printf("  %s\n", title);
    for (int i = 0; i < n; i++) {
        const bool inside = w[i].value >= w[i].low && w[i].value <= w[i].high;
        printf("  %-8s %-46s %10.4g in [%g, %g]  %s\n",
               inside      ? "inside"
               : w[i].miss ? "MISS"
                           : "OUTSIDE",
               w[i].what, w[i].value, w[i].low, w[i].high, w[i].source);
        if (w[i].miss) {
            printf("           known miss: %s\n", w[i].miss);
            CHECK_MSG(!inside, "'%s' now lies inside its window: take the note of its miss away",
                      w[i].what);
        } else {
            CHECK_MSG(inside, "'%s' is %g, outside [%g, %g] of %s", w[i].what, w[i].value, w[i].low,
                      w[i].high, w[i].source);
        }
    }
}

#endif
