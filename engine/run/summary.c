/* summary.c - the end of a run: outcomes, measured numbers beside them, series.csv; see book.h */
#include "run/book.h"

#include "watch/outcomes_json.h"
#include "watch/series_csv.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Value of an outcome or series by name, the latter at time `at` (NaN: the end). */
static double named_value(const struct cx_sim *sim, const char *name, double at) {
    const struct cx_model *m = sim->scenario->model;
    for (int i = 0; i < m->outcome_count; i++) {
        const struct cx_outcome_row *row = &m->outcomes[i];
        if (strcmp(row->name, name) != 0) continue;
        const int series = cx_series_find(m, row->series);
        const double start = cx_history_at(&sim->history, series, -1);
        const double now = cx_history_at(&sim->history, series, at);
        if (!isnan(at) && row->read == CX_CHANGE)
            return start != 0 ? 100 * (now - start) / start : NAN;
        if (!isnan(at) && row->read == CX_DIFFERENCE) return now - start;
        if (!isnan(at) && row->read == CX_AT_END) return now;
        return cx_outcome_value(m, row, &sim->history, sim->first_h, sim->last_h);
    }
    const int series = cx_series_find(m, name);
    return series < 0 ? NAN : cx_history_at(&sim->history, series, isnan(at) ? INFINITY : at);
}

/* A measured window decides; a direction can be met or missed; a bare value whose direction is met says nothing about
 * agreement, because nobody knows its spread. */
static enum cx_agrees agrees(const struct cx_observed *o, double x) {
    const bool up = strcmp(o->sign, "up") == 0, down = strcmp(o->sign, "down") == 0;
    if (isnan(x)) return CX_AGREES_UNKNOWN;
    if (!isnan(o->low) && !isnan(o->high))
        return x >= o->low && x <= o->high ? CX_AGREES_YES : CX_AGREES_NO;
    if ((up && x <= 0) || (down && x >= 0)) return CX_AGREES_NO;
    return (up || down) && isnan(o->value) ? CX_AGREES_YES : CX_AGREES_UNKNOWN;
}

static void fill_observed(const struct cx_sim *sim, struct cx_observed_entry *entry) {
    const struct cx_scenario *s = sim->scenario;
    for (int i = 0; i < s->observed_count; i++) {
        const struct cx_observed *o = &s->observed[i];
        const double x = named_value(sim, o->outcome, o->at);
        entry[i] = (struct cx_observed_entry){.outcome = o->outcome,
                                              .unit = o->unit,
                                              .label = o->label,
                                              .source = o->source,
                                              .sign = o->sign,
                                              .at_day = o->at / 24,
                                              .value = o->value,
                                              .low = o->low,
                                              .high = o->high,
                                              .simulated = x,
                                              .agrees = agrees(o, x)};
    }
}

static double largest_clip(const struct cx_sim *sim) {
    double most = 0;
    for (int q = 0; q < sim->assembly.system.species; q++)
        if (sim->clock.clipped_share[q] > most) most = sim->clock.clipped_share[q];
    return most;
}

static enum cx_status fill_summary(const struct cx_book *b, struct cx_run_summary *out,
                                   struct cx_error *e) {
    const struct cx_sim *sim = b->sim;
    const struct cx_model *m = sim->scenario->model;
    out->outcome = calloc((size_t)m->outcome_count + 1, sizeof *out->outcome);
    if (!out->outcome) return cx_fail(e, CX_STORAGE, 61, "no memory for the outcomes");
    out->outcome_count = m->outcome_count;
    for (int i = 0; i < m->outcome_count; i++) {
        const struct cx_outcome_row *row = &m->outcomes[i];
        out->outcome[i] =
            (struct cx_outcome){row->name,
                                row->unit,
                                row->definition,
                                row->evidence,
                                cx_outcome_value(m, row, &sim->history, sim->first_h, sim->last_h),
                                NAN,
                                NAN};
    }
    out->steps = sim->clock.step;
    out->rejected = sim->clock.rejected;
    out->clipped = sim->clock.clips;
    out->clipped_share = largest_clip(sim);
    out->end_day = sim->clock.t_h / 24;
    out->frames = b->pages.frames;
    snprintf(out->folder, sizeof out->folder, "%s", b->folder);
    snprintf(out->digest, sizeof out->digest, "%s", b->digest);
    return CX_OK;
}

static enum cx_status write_outcomes(const struct cx_book *b, const struct cx_run_summary *r,
                                     struct cx_error *e) {
    const struct cx_scenario *s = b->scenario;
    const struct cx_grid *g = b->head.grid;
    struct cx_outcome_entry outcome[CX_OUTCOME_MAX];
    struct cx_observed_entry *observed = calloc((size_t)s->observed_count + 1, sizeof *observed);
    if (!observed) return cx_fail(e, CX_STORAGE, 61, "no memory for the observed numbers");
    for (int i = 0; i < r->outcome_count; i++)
        outcome[i] = (struct cx_outcome_entry){.name = r->outcome[i].name,
                                               .unit = r->outcome[i].unit,
                                               .definition = r->outcome[i].definition,
                                               .evidence = r->outcome[i].evidence,
                                               .value = r->outcome[i].value};
    fill_observed(b->sim, observed);
    const struct cx_numerics_entry numerics[] = {
        {"steps", (double)r->steps},
        {"rejected_steps", (double)r->rejected},
        {"clipped_values", (double)r->clipped},
        {"clipped_share", r->clipped_share},
        {"tolerance", s->solver.tolerance},
        {"cells", (double)g->cells},
        {"cells_x", g->shape[0]},
        {"cells_y", g->shape[1]},
        {"cells_z", g->shape[2]},
        {"species", s->model->species_count},
        {"memory_bytes", (double)b->sim->assembly.arena.bytes},
        {"end_day", r->end_day}};
    const struct cx_outcomes all = {.scenario = s->name,
                                    .model = s->model->name,
                                    .digest = b->digest,
                                    .outcome_count = r->outcome_count,
                                    .observed_count = s->observed_count,
                                    .numerics_count = (int)(sizeof numerics / sizeof *numerics),
                                    .outcome = outcome,
                                    .observed = observed,
                                    .numerics = numerics};
    char path[600];
    snprintf(path, sizeof path, "%s/outcomes.json", b->folder);
    const enum cx_status status = cx_outcomes_write(path, &all, e);
    free(observed);
    return status;
}

static enum cx_status write_series(const struct cx_book *b, struct cx_error *e) {
    const struct cx_history *h = &b->sim->history;
    char path[600];
    snprintf(path, sizeof path, "%s/series.csv", b->folder);
    double *day = calloc((size_t)h->n + 1, sizeof *day);
    if (!day) return cx_fail(e, CX_STORAGE, 61, "no memory for the time series");
    for (int i = 0; i < h->n; i++) day[i] = h->t_h[i] / 24;
    const struct cx_series_table table = {b->head.series_count, b->head.series, h->n, day,
                                          h->value};
    enum cx_status status = cx_series_csv_write(path, &table, e);
    if (status == CX_OK && b->files == CX_FILES_ALL) status = cx_result_history(b->nc, &table, e);
    free(day);
    return status;
}

enum cx_status cx_book_finish(struct cx_book *b, struct cx_run_summary *out, struct cx_error *e) {
    const enum cx_status closed = cx_result_writer_close(b->writer, e);
    b->writer = NULL;
    CX_TRY(closed);
    CX_TRY(fill_summary(b, out, e));
    if (b->files != CX_FILES_OUTCOMES) CX_TRY(write_series(b, e));
    CX_TRY(write_outcomes(b, out, e));
    cx_book_log(b, "results written: %d frames, %lld steps, %lld rejected", b->pages.frames,
                (long long)b->sim->clock.step, (long long)b->sim->clock.rejected);
    return CX_OK;
}

void cx_run_summary_free(struct cx_run_summary *r) {
    free(r->outcome);
    *r = (struct cx_run_summary){0};
}
