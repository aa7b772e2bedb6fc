/* run.c - a scenario from start to end; see run.h */
#include "run/run.h"

#include "base/clock.h"
#include "run/book.h"

#include <stdio.h>
#include <string.h>

/* The run as one loop sees it. */
struct tour {
    const struct cx_run_options *o;
    struct cx_sim sim;
    struct cx_book book;
    double started, told; /* wall clock, s */
    double from_h;        /* where this call began */
    int64_t first_step;
};

static double end_of(const struct tour *t) {
    const double end = t->sim.scenario->time.end;
    return t->o->until_h > 0 && t->o->until_h < end ? t->o->until_h : end;
}

static void tell(struct tour *t, bool last) {
    const double now = cx_clock_seconds(), end = end_of(t), spent = now - t->started;
    if (!t->o->progress || (!last && now - t->told < 0.1)) return;
    t->told = now;
    const double whole = end - t->from_h,
                 part = whole > 0 ? (t->sim.clock.t_h - t->from_h) / whole : 1;
    const double steps = (double)(t->sim.clock.step + t->sim.clock.rejected - t->first_step);
    const struct cx_progress p = {
        .day = t->sim.clock.t_h / 24,
        .end_day = end / 24,
        .fraction = part < 1 ? part : 1,
        .step_h = t->sim.control.h,
        .seconds = spent,
        .eta_seconds = part > 0.01 ? spent * (1 - part) / part : -1,
        .cell_steps_per_second = spent > 0 ? (double)t->sim.assembly.grid.cells * steps / spent : 0,
        .step = t->sim.clock.step,
        .rejected = t->sim.clock.rejected,
        .last = last,
        .part = t->o->part};
    t->o->progress(&p, t->o->user);
}

/* What the signals ask for; USR1 is answered and forgotten. */
static enum cx_status heed(struct tour *t, struct cx_error *e) {
    const int asked = t->o->stop ? *t->o->stop : 0;
    const bool due = cx_clock_seconds() - t->book.kept_at > t->sim.scenario->run.checkpoint;
    if (asked == SIGUSR1) *t->o->stop = 0;
    if (asked || due) CX_TRY(cx_book_checkpoint(&t->book, e));
    if (asked == SIGTERM)
        return cx_fail(e, CX_STOPPED, 0, "stopped by a signal at day %.4g", t->sim.clock.t_h / 24);
    if (asked == SIGINT)
        return cx_fail(e, CX_INTERRUPTED, 0, "interrupted at day %.4g", t->sim.clock.t_h / 24);
    return CX_OK;
}

/* A failure of the numbers keeps the last good state. */
static enum cx_status step(struct tour *t, struct cx_error *e) {
    const enum cx_status status = cx_sim_step(&t->sim, e);
    if (status != CX_NUMERIC) return status;
    struct cx_error second;
    cx_book_log(&t->book, "failed: %s", e->text);
    cx_book_checkpoint(&t->book, &second);
    return status;
}

static enum cx_status loop(struct tour *t, struct cx_error *e) {
    while (!cx_sim_done(&t->sim) && t->sim.clock.t_h < end_of(t)) {
        CX_TRY(step(t, e));
        if (t->book.status != CX_OK) *e = t->book.error;
        CX_TRY(t->book.status);
        CX_TRY(cx_book_present(&t->book, e));
        CX_TRY(heed(t, e));
        tell(t, false);
    }
    CX_TRY(cx_sim_inspect(&t->sim, e));
    const bool whole = cx_sim_done(&t->sim) && t->o->files != CX_FILES_ALL;
    return whole ? CX_OK : cx_book_checkpoint(&t->book, e);
}

static enum cx_status tour(struct tour *t, struct cx_run_summary *out, struct cx_error *e) {
    t->sim.seen = cx_book_step;
    t->sim.user = &t->book;
    t->from_h = t->sim.clock.t_h;
    t->first_step = t->sim.clock.step + t->sim.clock.rejected;
    const enum cx_status status = loop(t, e);
    const bool left = status == CX_STOPPED || status == CX_INTERRUPTED;
    if (status != CX_OK && !left) return status;
    tell(t, true);
    struct cx_error second;
    const enum cx_status written = cx_book_finish(&t->book, out, left ? &second : e);
    out->seconds = cx_clock_seconds() - t->started;
    if (t->sim.clock.t_h < t->sim.scenario->time.end && !left && written == CX_OK)
        return cx_fail(e, CX_STOPPED, 0, "stopped at day %.4g as asked", t->sim.clock.t_h / 24);
    return left ? status : written;
}

static void leave(struct tour *t) {
    cx_book_close(&t->book);
    cx_sim_free(&t->sim);
}

enum cx_status cx_run(const struct cx_scenario *s, const struct cx_run_options *o,
                      struct cx_run_summary *out, struct cx_error *e) {
    struct tour t = {.o = o, .started = cx_clock_seconds()};
    struct cx_plan plan;
    *out = (struct cx_run_summary){0};
    CX_TRY(cx_plan_make(s, false, &plan, e));
    CX_TRY(cx_sim_create(s, cx_assembly_threads(s), true, &t.sim, e));
    enum cx_status status = cx_book_open(&t.book, o, &t.sim, e);
    if (status == CX_OK) status = tour(&t, out, e);
    leave(&t);
    return status;
}

static enum cx_status resume_scenario(const struct cx_scenario *s, const struct cx_run_options *o,
                                      struct cx_run_summary *out, struct cx_error *e) {
    struct tour t = {.o = o, .started = cx_clock_seconds()};
    CX_TRY(cx_sim_create(s, cx_assembly_threads(s), false, &t.sim, e));
    enum cx_status status = cx_book_reopen(&t.book, o, &t.sim, e);
    if (status == CX_OK) status = tour(&t, out, e);
    leave(&t);
    return status;
}

enum cx_status cx_resume(const struct cx_run_options *o, struct cx_run_summary *out,
                         struct cx_error *e) {
    char path[600];
    const struct cx_model_list models = cx_models();
    struct cx_scenario s = {0};
    struct cx_findings findings = {0};
    *out = (struct cx_run_summary){.resumed = true};
    snprintf(path, sizeof path, "%s/config.yml", o->folder);
    enum cx_status status = cx_config_load(path, NULL, &models, &s, &findings);
    if (status != CX_OK) {
        *e = findings.n ? findings.at[0] : (struct cx_error){.status = status};
        cx_hint(e, "resume needs a results folder with config.yml and a checkpoint");
    }
    cx_findings_free(&findings);
    if (status != CX_OK) return status;
    status = resume_scenario(&s, o, out, e);
    cx_scenario_free(&s);
    return status;
}
