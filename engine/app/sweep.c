/* sweep.c - opening a study, its cost card and its progress; see sweep.h */
#include "app/sweep.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { PLAIN_EVERY = 30 }; /* s */

/* ---- opening --------------------------------------------------------------------------------- */

static enum cx_status load(struct cx_app *a, const char *file, const struct cx_overrides *o,
                           struct cx_study *s, struct cx_error *e) {
    struct cx_findings found = {0};
    const struct cx_model_list models = cx_models();
    enum cx_status status = cx_study_load(file, o, &models, s, &found);
    if (status) status = cx_app_tell_findings(a, status, &found, file, e);
    cx_findings_free(&found);
    if (!status && a->ask.output) snprintf(s->folder, sizeof s->folder, "%s", a->ask.output);
    return status;
}

/* The folder is known once the study has been read; what it remembers changes the study. */
static enum cx_status load_extended(struct cx_app *a, const char *file, const struct cx_typed *o,
                                    struct cx_study *s, struct cx_error *e) {
    struct cx_extension x;
    CX_TRY(load(a, file, &(struct cx_overrides){o->at, o->n}, s, e));
    enum cx_status status = cx_extension_read(s->folder, &x, e);
    if (status || x.n == 0) return status;
    struct cx_override *all = calloc((size_t)x.n + (size_t)o->n, sizeof *all);
    if (!all) {
        cx_extension_free(&x);
        return cx_fail(e, CX_INTERNAL, 0, "no memory for the study");
    }
    memcpy(all, x.at, (size_t)x.n * sizeof *all);
    if (o->n) memcpy(all + x.n, o->at, (size_t)o->n * sizeof *all);
    cx_study_free(s);
    status = load(a, file, &(struct cx_overrides){all, x.n + o->n}, s, e);
    free(all);
    cx_extension_free(&x);
    return status;
}

/* "3/16": the third of sixteen parts. */
static enum cx_status read_part(const char *text, struct cx_study_options *o, struct cx_error *e) {
    char *slash = NULL, *end = NULL;
    if (!text) return CX_OK;
    const long part = strtol(text, &slash, 10);
    const long parts = *slash == '/' ? strtol(slash + 1, &end, 10) : 0;
    if (part >= 1 && part <= parts && parts <= INT_MAX && !*end) {
        o->part = (int)part - 1;
        o->parts = (int)parts;
        o->shared = true;
        return CX_OK;
    }
    cx_fail(e, CX_USAGE, CX_E_VALUE, "--part is a number of a whole such as 3/16, not '%.60s'",
            text);
    return CX_USAGE;
}

enum cx_status cx_sweep_open(struct cx_app *a, const char *file, struct cx_sweep *w,
                             struct cx_error *e) {
    struct cx_typed o;
    const char *threads = a->ask.threads;
    *w = (struct cx_sweep){0};
    if (a->ask.workers) CX_TRY(cx_option_count("workers", a->ask.workers, &w->options.workers, e));
    if (threads) CX_TRY(cx_option_count("threads", threads, &w->options.threads, e));
    CX_TRY(read_part(a->ask.part, &w->options, e));
    a->ask.threads = NULL; /* of the runs, not a setting of the study */
    CX_TRY(cx_typed_read(&a->ask, &o, e));
    enum cx_status status = load_extended(a, file, &o, &w->study, e);
    cx_typed_free(&o);
    a->ask.threads = threads;
    if (!status) status = cx_design_make(&w->study, &w->design, e);
    if (status) cx_sweep_close(w);
    return status;
}

void cx_sweep_close(struct cx_sweep *w) {
    cx_study_table_free(&w->table);
    cx_design_free(&w->design);
    cx_study_free(&w->study);
}

/* ---- words ----------------------------------------------------------------------------------- */

void cx_sweep_counts_text(const int count[CX_RUN_STATUS_COUNT], char *text, size_t room) {
    size_t n = 0;
    text[0] = 0;
    for (int k = 1; k <= CX_RUN_STATUS_COUNT; k++) { /* what is missing comes last */
        const int i = k % CX_RUN_STATUS_COUNT;
        if (count[i] && n < room)
            n += (size_t)snprintf(text + n, room - n, "%s%d %s", n ? ", " : "", count[i],
                                  cx_run_status_word((enum cx_run_status)i));
    }
}

json_t *cx_sweep_counts_json(const int count[CX_RUN_STATUS_COUNT]) {
    json_t *all = json_object();
    for (int i = 0; i < CX_RUN_STATUS_COUNT; i++)
        json_object_set_new(all, cx_run_status_word((enum cx_run_status)i), json_integer(count[i]));
    return all;
}

static void progress_json(const struct cx_app *a, const struct cx_study_progress *p) {
    json_t *row = cx_json_answer();
    json_object_set_new(row, "total", json_integer(p->total));
    json_object_set_new(row, "done", json_integer(p->done));
    json_object_set_new(row, "cached", json_integer(p->cached));
    json_object_set_new(row, "running", json_integer(p->running));
    json_object_set_new(row, "counts", cx_sweep_counts_json(p->count));
    json_object_set_new(row, "seconds", cx_json_number(p->seconds));
    json_object_set_new(row, "eta_seconds", cx_json_number(p->eta_seconds));
    json_object_set_new(row, "last", json_boolean(p->last));
    json_dumpf(row, a->talk, JSON_COMPACT | JSON_REAL_PRECISION(9));
    fputc('\n', a->talk);
    fflush(a->talk);
    json_decref(row);
}

static void progress_text(const struct cx_study_progress *p, char *text, size_t room) {
    char left[32] = "", counts[160];
    cx_sweep_counts_text(p->count, counts, sizeof counts);
    if (p->eta_seconds >= 0) cx_text_seconds(p->eta_seconds, left);
    snprintf(text, room, "%d of %d runs  %3.0f %%  (%s)  %d running%s%s%s", p->done, p->total,
             p->total ? 100.0 * p->done / p->total : 100, counts, p->running, *left ? "  " : "",
             left, *left ? " left" : "");
}

void cx_sweep_see(const struct cx_study_progress *p, void *user) {
    struct cx_meter *m = user;
    const struct cx_app *a = m->app;
    const char *asked = a->ask.progress ? a->ask.progress : "auto";
    char text[320];
    progress_text(p, text, sizeof text);
    if (a->ask.quiet || strcmp(asked, "none") == 0) return;
    if (strcmp(asked, "json") == 0) {
        progress_json(a, p);
    } else if (strcmp(asked, "line") == 0 || (strcmp(asked, "auto") == 0 && a->redraws)) {
        fprintf(a->talk, "\r%s\033[K", text);
        fflush(a->talk);
        m->open = true;
    } else if (p->seconds >= m->shown + PLAIN_EVERY || (p->last && m->shown > 0)) {
        fprintf(a->talk, "%s\n", text);
        fflush(a->talk);
        m->shown = p->seconds;
    }
}

/* ---- the cost card --------------------------------------------------------------------------- */

static void print_factors(const struct cx_app *a, const struct cx_study *s) {
    for (int j = 0; j < s->factor_count; j++) {
        const struct cx_factor *f = &s->factor[j];
        char from[192], to[192];
        cx_factor_text(f, f->words ? 0 : f->from, from);
        cx_factor_text(f, f->words ? f->count - 1 : f->to, to);
        fprintf(a->out, "  varies     %s: %s to %s", f->path, from, to);
        if (f->count) fprintf(a->out, ", %d values", f->count);
        fprintf(a->out, "%s\n", f->log ? ", logarithmic" : "");
    }
}

void cx_sweep_print_forecast(const struct cx_app *a, const struct cx_study *s,
                             const struct cx_forecast *f) {
    char least[32], mean[32], most[32], core[32], wall[32], memory[24], disk[24];
    cx_text_seconds(f->run_seconds[0], least);
    cx_text_seconds(f->run_seconds[1], mean);
    cx_text_seconds(f->run_seconds[2], most);
    cx_text_seconds(f->core_seconds, core);
    cx_text_seconds(f->wall_seconds, wall);
    cx_text_bytes(f->memory_bytes, memory);
    cx_text_bytes(f->disk_bytes, disk);
    fprintf(a->out, "%s: no errors\n  base       %s, model %s\n", s->file, s->base, s->model->name);
    print_factors(a, s);
    fprintf(a->out,
            "  runs       %d: %s of %d points, %d repeats; %d differ, %d finished already\n",
            f->runs, cx_method_word(s->method), f->points, s->repeats, f->distinct, f->finished);
    if (f->invalid)
        fprintf(a->out, "  advice     %d points are not valid scenarios and will be failed: %s\n",
                f->invalid, f->why);
    if (f->fixed_seed)
        fprintf(a->out, "  advice     nothing here depends on the seed: repeats will be alike\n");
    fprintf(a->out, "  one run    about %s on one core (%s to %s), from %d %s\n", mean, least, most,
            f->measured ? f->measured : f->probes, f->measured ? "finished runs" : "probes");
    fprintf(a->out, "  memory     %s per run\n  disk       about %s for all\n", memory, disk);
    fprintf(a->out, "  core time  about %s still to compute (%.3g core-hours)\n", core,
            f->core_seconds / 3600);
    fprintf(a->out, "  run time   about %s with %d runs at once, %d threads each\n", wall,
            f->workers, f->threads);
}

json_t *cx_sweep_forecast_json(const struct cx_study *s, const struct cx_forecast *f) {
    json_t *row = json_object(), *run = json_array(), *factors = json_array();
    for (int i = 0; i < 3; i++) json_array_append_new(run, cx_json_number(f->run_seconds[i]));
    for (int j = 0; j < s->factor_count; j++)
        json_array_append_new(factors, cx_json_text(s->factor[j].path));
    json_object_set_new(row, "method", cx_json_text(cx_method_word(s->method)));
    json_object_set_new(row, "factors", factors);
    json_object_set_new(row, "points", json_integer(f->points));
    json_object_set_new(row, "repeats", json_integer(s->repeats));
    json_object_set_new(row, "runs", json_integer(f->runs));
    json_object_set_new(row, "distinct", json_integer(f->distinct));
    json_object_set_new(row, "finished", json_integer(f->finished));
    json_object_set_new(row, "invalid_points", json_integer(f->invalid));
    json_object_set_new(row, "why_invalid", cx_json_text(f->why));
    json_object_set_new(row, "repeats_alike", json_boolean(f->fixed_seed));
    json_object_set_new(row, "probes", json_integer(f->probes));
    json_object_set_new(row, "measured_runs", json_integer(f->measured));
    json_object_set_new(row, "run_seconds", run);
    json_object_set_new(row, "core_hours", cx_json_number(f->core_seconds / 3600));
    json_object_set_new(row, "seconds", cx_json_number(f->wall_seconds));
    json_object_set_new(row, "workers", json_integer(f->workers));
    json_object_set_new(row, "threads", json_integer(f->threads));
    json_object_set_new(row, "memory_bytes", cx_json_number(f->memory_bytes));
    json_object_set_new(row, "disk_bytes", cx_json_number(f->disk_bytes));
    return row;
}
