/* verb_calibrate.c - settings fitted to measured data: values with intervals, warnings, draws for later runs. */
#include "app/verbs.h"
#include "base/file.h"
#include "base/text.h"
#include "report/report.h"
#include "study/calibrate.h"

#include <math.h>
#include <string.h>
#include <unistd.h>

static const struct cx_option options[] = {
    CX_TAKES("output", 'o', output, "DIR", "folder of the results (default: outputs/NAME)"),
    CX_REPEATS("set", 0, set, "PATH=VALUE", "change the calibration file, e.g. posterior.draws=0"),
    CX_TAKES("workers", 0, workers, "N", "runs at once (default: one per core)"),
    CX_TAKES("threads", 0, threads, "N", "threads of each run (default: what cores are left)"),
    CX_FLAG("force", 0, force, "put the new results in the place of those that are there"),
    {0},
};

const struct cx_usage cx_usage_calibrate = {
    .words = "FILE [-o DIR] [--set PATH=VALUE]... [--workers N] [--force]",
    .examples = "cicatrix calibrate configs/scratch_assay/calibrate.yml\n"
                "cicatrix calibrate fit.yml --set posterior.draws=2000 --workers 4\n"
                "cicatrix calibrate fit.yml --set method=global\n"
                "cicatrix run scenario.yml --ensemble outputs/fit",
    .options = options,
    .least = 1,
    .most = 1,
};

static void see(const struct cx_crew *c, void *app) {
    const struct cx_app *a = app;
    if (!a->redraws) return;
    fprintf(a->talk, "\r%s: %ld runs, %ld failed\033[K", c->stage, c->runs, c->failed);
    fflush(a->talk);
}

/* "1", "um2/h" behind a number */
static const char *shown(const char *unit) { return strcmp(unit, "1") == 0 ? "" : unit; }

static void print_values(const struct cx_app *a, const struct cx_calibration *c,
                         const struct cx_calibrated *r) {
    for (int i = 0; i < r->fit.p; i++) {
        const struct cx_estimate *at = &r->at[i];
        fprintf(a->out, "%-28s %10.4g ± %.2g   %g %%: %s%.4g to %.4g%s %s\n",
                c->study.factor[i].path, at->value, at->se, 100 * c->level,
                at->open_low ? "open, " : "", at->low, at->high, at->open_high ? ", open" : "",
                shown(c->study.factor[i].unit));
    }
    for (int i = 0; i < r->warnings; i++) fprintf(a->out, "warning: %s\n", r->warning[i]);
}

static json_t *answer_of(const struct cx_calibration *c, const struct cx_calibrated *r) {
    json_t *answer = cx_json_answer(), *values = json_object(), *warnings = json_array();
    for (int i = 0; i < r->fit.p; i++) {
        const struct cx_estimate *at = &r->at[i];
        json_object_set_new(
            values, c->study.factor[i].path,
            json_pack("{s:o, s:o, s:o, s:o, s:o, s:b}", "value", cx_json_number(at->value), "unit",
                      cx_json_text(c->study.factor[i].unit), "standard_error",
                      cx_json_number(at->se), "low", cx_json_number(at->low), "high",
                      cx_json_number(at->high), "identified", at->identified));
    }
    for (int i = 0; i < r->warnings; i++)
        json_array_append_new(warnings, cx_json_text(r->warning[i]));
    json_object_set_new(answer, "calibration", cx_json_text(c->study.name));
    json_object_set_new(answer, "folder", cx_json_text(c->study.folder));
    json_object_set_new(answer, "level", cx_json_number(c->level));
    json_object_set_new(answer, "values", values);
    json_object_set_new(answer, "warnings", warnings);
    json_object_set_new(answer, "cost", cx_json_number(r->fit.cost));
    json_object_set_new(answer, "runs", json_integer(r->runs));
    return answer;
}

static enum cx_status conclude(struct cx_app *a, const struct cx_calibration *c,
                               const struct cx_calibrated *r, struct cx_error *e) {
    CX_TRY(cx_calibrate_write(c, r, e));
    CX_TRY(cx_report_calibration(c->study.folder, e));
    json_t *answer = answer_of(c, r);
    cx_app_say(a, "%d data, %d iterations, %ld runs of %.2g s; results in %s", c->n,
               r->fit.iterations, r->runs, r->run_seconds, c->study.folder);
    if (!a->ask.json) print_values(a, c, r);
    cx_app_flush(a);
    if (r->posterior.draws)
        cx_app_next(a, answer, "cicatrix run %s --ensemble %s", c->study.base, c->study.folder);
    else
        cx_app_next(a, answer, "open %s/report.html", c->study.folder);
    return cx_app_close(a, answer, e);
}

static enum cx_status take_folder(const struct cx_app *a, struct cx_calibration *c,
                                  struct cx_error *e) {
    char path[600];
    if (a->ask.output && !cx_text_copy(c->study.folder, sizeof c->study.folder, a->ask.output))
        return cx_fail(e, CX_USAGE, CX_E_VALUE, "the folder of -o has a path that is too long");
    snprintf(path, sizeof path, "%.500s/calibration.json", c->study.folder);
    if (a->ask.force || !cx_file_exists(path)) return CX_OK;
    cx_fail(e, CX_STORAGE, 70, "'%.400s' already holds a calibration", c->study.folder);
    cx_hint(e, "choose another folder with -o, or --force to replace it");
    return CX_STORAGE;
}

static enum cx_status take_crew(const struct cx_app *a, struct cx_crew *crew, struct cx_error *e) {
    const int cores = (int)sysconf(_SC_NPROCESSORS_ONLN);
    crew->workers = cores > 0 ? cores : 1;
    if (a->ask.workers) CX_TRY(cx_option_count("workers", a->ask.workers, &crew->workers, e));
    if (crew->workers < 1) crew->workers = 1;
    crew->threads = cores / crew->workers > 1 ? cores / crew->workers : 1;
    if (a->ask.threads) CX_TRY(cx_option_count("threads", a->ask.threads, &crew->threads, e));
    return CX_OK;
}

static enum cx_status open_file(struct cx_app *a, struct cx_calibration *c, struct cx_error *e) {
    const char *file = a->ask.words.at[0];
    const struct cx_model_list models = cx_models();
    struct cx_findings found = {0};
    struct cx_typed o;
    CX_TRY(cx_typed_read(&a->ask, &o, e));
    const struct cx_overrides given = {o.at, a->ask.set.n}; /* --threads is not of the file */
    enum cx_status status = cx_calibration_load(file, &given, &models, c, &found);
    if (status) status = cx_app_tell_findings(a, status, &found, file, e);
    cx_findings_free(&found);
    cx_typed_free(&o);
    return status;
}

enum cx_status cx_verb_calibrate(struct cx_app *a, struct cx_error *e) {
    struct cx_calibration c;
    struct cx_calibrated r;
    struct cx_crew crew = {.calibration = &c, .progress = see, .user = a};
    CX_TRY(take_crew(a, &crew, e));
    CX_TRY(open_file(a, &c, e));
    crew.stop = cx_signals_run();
    enum cx_status status = take_folder(a, &c, e);
    if (status == CX_OK) {
        status = cx_calibrate(&c, &crew, &r, e);
        if (a->redraws && crew.told > 0) fputc('\n', a->talk);
        if (status == CX_OK) {
            status = conclude(a, &c, &r, e);
            cx_calibrated_free(&r);
        }
    }
    cx_calibration_free(&c);
    return status;
}
