/* ensemble.c - see ensemble.h */
#include "study/ensemble.h"

#include "base/file.h"
#include "base/text.h"

#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FILE_MOST = 64 << 20, DRAWS_MOST = 100000 };

/* ---- reading --------------------------------------------------------------------------------- */

static enum cx_status no_draws(const char *folder, const char *why, struct cx_error *e) {
    cx_fail(e, CX_STORAGE, 133, "'%.300s' holds no calibration with draws: %.120s", folder, why);
    cx_hint(e, "`cicatrix calibrate FILE` with posterior.draws above 0 makes one");
    return CX_STORAGE;
}

static enum cx_status read_values(const char *folder, struct cx_ensemble *x, struct cx_error *e) {
    unsigned char *bytes = NULL;
    size_t n = 0;
    char path[700];
    const char *name;
    json_t *v;
    snprintf(path, sizeof path, "%.600s/calibration.json", folder);
    if (!cx_file_exists(path)) return no_draws(folder, "there is no calibration.json", e);
    CX_TRY(cx_file_read(path, FILE_MOST, &bytes, &n, e));
    json_t *root = json_loadb((const char *)bytes, n, JSON_REJECT_DUPLICATES, NULL);
    json_t *values = json_object_get(root, "values");
    free(bytes);
    x->factor = calloc(json_object_size(values) + 1, sizeof *x->factor);
    x->best = calloc(json_object_size(values) + 1, sizeof *x->best);
    x->level = json_number_value(json_object_get(root, "level"));
    bool good =
        x->factor && x->best && json_object_size(values) > 0 && x->level > 0 && x->level < 1;
    json_object_foreach(values, name, v) {
        const char *unit = json_string_value(json_object_get(v, "unit"));
        const json_t *best = json_object_get(v, "value");
        good = good && unit && json_is_number(best);
        if (!good) break;
        struct cx_factor *f = &x->factor[x->k];
        *f = (struct cx_factor){.range = true};
        good = cx_text_copy(f->path, sizeof f->path, name) &&
               cx_text_copy(f->unit, sizeof f->unit, unit);
        x->best[x->k++] = json_number_value(best);
    }
    json_decref(root);
    return good ? CX_OK : no_draws(folder, "calibration.json cannot be used", e);
}

/* One line of numbers between commas; false unless exactly k. */
static bool read_row(const char *line, int k, double *to) {
    for (int i = 0; i < k; i++) {
        if (!cx_number_read(line, &line, &to[i]) || !isfinite(to[i])) return false;
        if (i + 1 < k && *line++ != ',') return false;
    }
    return *line == '\n' || *line == 0 || *line == '\r';
}

static enum cx_status read_draws(const char *folder, struct cx_ensemble *x, struct cx_error *e) {
    unsigned char *bytes = NULL;
    size_t n = 0;
    char path[700];
    snprintf(path, sizeof path, "%.600s/ensemble.csv", folder);
    if (!cx_file_exists(path)) return no_draws(folder, "there is no ensemble.csv", e);
    CX_TRY(cx_file_read(path, FILE_MOST, &bytes, &n, e));
    int rows = 0;
    for (size_t i = 0; i < n; i++) rows += bytes[i] == '\n';
    x->at = calloc((size_t)rows * (size_t)x->k + 1, sizeof *x->at);
    bool good = x->at && rows > 2 && rows <= DRAWS_MOST;
    const char *line = strchr((const char *)bytes, '\n');
    while (good && line && line[1]) {
        good = read_row(line + 1, x->k, x->at + (size_t)x->n * (size_t)x->k);
        x->n++;
        line = strchr(line + 1, '\n');
    }
    free(bytes);
    return good ? CX_OK : no_draws(folder, "ensemble.csv cannot be used", e);
}

enum cx_status cx_ensemble_read(const char *folder, struct cx_ensemble *x, struct cx_error *e) {
    *x = (struct cx_ensemble){0};
    enum cx_status status = read_values(folder, x, e);
    if (status == CX_OK) status = read_draws(folder, x, e);
    if (status != CX_OK) cx_ensemble_free(x);
    return status;
}

void cx_ensemble_free(struct cx_ensemble *x) {
    free(x->factor);
    free(x->best);
    free(x->at);
    *x = (struct cx_ensemble){0};
}

/* ---- the runs -------------------------------------------------------------------------------- */

enum cx_status cx_ensemble_design(const struct cx_ensemble *x, struct cx_design *d,
                                  struct cx_error *e) {
    const int n = x->n < CX_ENSEMBLE_RUNS ? x->n : CX_ENSEMBLE_RUNS;
    CX_TRY(cx_design_create(n, x->k, d, e));
    for (int i = 0; i < n; i++) {
        const int from = (int)((double)i * x->n / n);
        memcpy(cx_design_row(d, i), x->at + (size_t)from * (size_t)x->k,
               (size_t)x->k * sizeof(double));
    }
    return CX_OK;
}

static void take_outcomes(struct cx_study *s) {
    s->outcome = calloc((size_t)s->model->outcome_count + 1, sizeof *s->outcome);
    for (int i = 0; s->outcome && i < s->model->outcome_count; i++) {
        const struct cx_outcome_row *row = &s->model->outcomes[i];
        struct cx_study_outcome *o = &s->outcome[s->outcome_count++];
        *o = (struct cx_study_outcome){.unit = row->unit, .definition = row->definition};
        cx_text_copy(o->name, sizeof o->name, row->name);
    }
}

enum cx_status cx_ensemble_study(const struct cx_ensemble *x, const char *file,
                                 const struct cx_ensemble_set *set, struct cx_study *s,
                                 struct cx_error *e) {
    struct cx_findings found = {0};
    struct cx_scenario base;
    const struct cx_model_list models = s->models;
    *s = (struct cx_study){.models = models, .repeats = 1, .method = CX_LIST};
    const bool fits = cx_text_copy(s->base, sizeof s->base, file) &&
                      cx_text_copy(s->file, sizeof s->file, "ensemble.csv");
    const struct cx_overrides given = {set->at, set->n};
    const enum cx_status status = cx_config_load(file, &given, &models, &base, &found);
    if (status != CX_OK && found.n) *e = found.at[0];
    cx_findings_free(&found);
    if (status != CX_OK || !fits)
        return fits ? status : cx_fail(e, CX_STORAGE, 11, "the path of the scenario is too long");
    s->model = base.model;
    s->base_seed = base.run.seed;
    s->keep = CX_KEEP_SERIES;
    s->factor = x->factor;
    s->factor_count = x->k;
    s->set = set->at;
    s->set_count = set->n;
    cx_scenario_free(&base);
    take_outcomes(s);
    return s->outcome ? CX_OK : cx_fail(e, CX_STORAGE, 61, "no memory for the outcomes");
}

void cx_ensemble_study_free(struct cx_study *s) {
    free(s->outcome);
    *s = (struct cx_study){0};
}
