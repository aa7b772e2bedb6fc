/* ensemble.c - see ensemble.h */
#include "app/ensemble.h"

#include "app/sweep.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

/* A fitted setting that is typed as well would be two values for one thing. */
static enum cx_status check_typed(const struct cx_ensemble_run *r, struct cx_error *e) {
    for (int i = 0; i < r->typed.n; i++)
        for (int k = 0; k < r->draws.k; k++)
            if (strcmp(r->typed.at[i].path, r->draws.factor[k].path) == 0)
                return cx_fail(e, CX_USAGE, CX_E_VALUE,
                               "--set %s and --ensemble both give a value to it",
                               r->draws.factor[k].path);
    return CX_OK;
}

/* The fitted values go in front of what was typed. */
static enum cx_status put_best(struct cx_app *a, struct cx_ensemble_run *r, struct cx_error *e) {
    const int k = r->draws.k, n = a->ask.set.n;
    r->set.at = calloc((size_t)(k + n) + 1, sizeof *r->set.at);
    r->text = calloc((size_t)k + 1, sizeof *r->text);
    if (!r->set.at || !r->text) return cx_fail(e, CX_STORAGE, 61, "no memory for the ensemble");
    for (int i = 0; i < k; i++) {
        const struct cx_factor *f = &r->draws.factor[i];
        char value[192], text[320];
        cx_factor_text(f, r->draws.best[i], value);
        snprintf(text, sizeof text, "%s=%s", f->path, value);
        r->text[i] = strdup(text);
        if (!r->text[i]) return cx_fail(e, CX_STORAGE, 61, "no memory for the ensemble");
        r->set.at[r->set.n++] = r->text[i];
    }
    for (int i = 0; i < n; i++) r->set.at[r->set.n++] = a->ask.set.at[i];
    a->ask.set = r->set;
    return CX_OK;
}

static enum cx_status run_draws(struct cx_app *a, struct cx_ensemble_run *r, struct cx_error *e) {
    struct cx_design design = {0};
    struct cx_meter meter = {.app = a};
    struct cx_study_options o = {
        .progress = cx_sweep_see, .user = &meter, .stop = cx_signals_run()};
    CX_TRY(cx_ensemble_design(&r->draws, &design, e));
    const enum cx_status status = cx_study_evaluate(&r->study, &design, &o, &r->table, e);
    cx_meter_end(&meter);
    cx_design_free(&design);
    if (status == CX_OK && r->table.count[CX_RUN_OK] < 2)
        return cx_fail(e, CX_PARTIAL, 0, "of %d draws fewer than two could be run: %.300s",
                       r->table.runs, r->table.runs ? r->table.run[0].message : "");
    if (status == CX_OK)
        cx_app_say(a,
                   "%d of %d draws run, %g %% intervals of the outcomes; the run itself has the "
                   "fitted values",
                   r->table.count[CX_RUN_OK], r->table.runs, 100 * r->draws.level);
    return status;
}

static enum cx_status begin(struct cx_app *a, const char *folder, struct cx_ensemble_run *r,
                            struct cx_error *e) {
    CX_TRY(cx_typed_read(&a->ask, &r->typed, e));
    CX_TRY(check_typed(r, e));
    const struct cx_ensemble_set set = {r->typed.at, r->typed.n};
    r->study.models = cx_models();
    CX_TRY(cx_ensemble_study(&r->draws, a->ask.words.at[0], &set, &r->study, e));
    snprintf(r->study.folder, sizeof r->study.folder, "%.400s-ensemble", folder);
    CX_TRY(run_draws(a, r, e));
    return put_best(a, r, e);
}

enum cx_status cx_ensemble_begin(struct cx_app *a, const char *folder, struct cx_ensemble_run *r,
                                 struct cx_error *e) {
    *r = (struct cx_ensemble_run){0};
    CX_TRY(cx_ensemble_read(a->ask.ensemble, &r->draws, e));
    const enum cx_status status = begin(a, folder, r, e);
    if (status != CX_OK) cx_ensemble_end(r);
    return status;
}

enum cx_status cx_ensemble_finish(const char *folder, const struct cx_ensemble_run *r,
                                  json_t **intervals, struct cx_error *e) {
    char path[700];
    const double level = r->draws.level;
    *intervals = json_object();
    for (int i = 0; i < r->study.outcome_count; i++) {
        const struct cx_interval made = cx_ensemble_interval(&r->table, i, level);
        json_object_set_new(*intervals, r->study.outcome[i].name,
                            json_pack("{s:o, s:o, s:f, s:i}", "low", cx_json_number(made.low),
                                      "high", cx_json_number(made.high), "level", level, "draws",
                                      made.draws));
    }
    snprintf(path, sizeof path, "%.600s/outcomes.json", folder);
    CX_TRY(cx_ensemble_note(path, &r->study, &r->table, level, e));
    snprintf(path, sizeof path, "%.600s/series_bands.csv", folder);
    return cx_ensemble_bands(path, &r->study, &r->table, level, e);
}

void cx_ensemble_end(struct cx_ensemble_run *r) {
    for (int i = 0; r->text && i < r->draws.k; i++) free(r->text[i]);
    free(r->text);
    free(r->set.at);
    cx_study_table_free(&r->table);
    cx_ensemble_study_free(&r->study);
    cx_typed_free(&r->typed);
    cx_ensemble_free(&r->draws);
    *r = (struct cx_ensemble_run){0};
}
