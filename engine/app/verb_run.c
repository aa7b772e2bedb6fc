/* verb_run.c - one scenario from start to end. */
#include "app/ensemble.h"
#include "app/verbs.h"
#include "run/certify.h"

static const struct cx_option options[] = {
    CX_TAKES("output", 'o', output, "DIR", "results folder (default: outputs/NAME)"),
    CX_REPEATS("set", 0, set, "PATH=VALUE", "change one setting or parameter; may be repeated"),
    CX_TAKES("threads", 0, threads, "N", "threads; never changes a result (default: all cores)"),
    CX_TAKES("until", 0, until, "TIME", "stop there with a checkpoint, e.g. \"14 day\""),
    CX_FLAG("preview", 0, preview, "quick and coarse, into outputs/NAME-preview"),
    CX_FLAG("certify", 0, certify,
            "error bars: repeat with a seventh of the tolerance, and on a coarser grid"),
    CX_TAKES("ensemble", 0, ensemble, "DIR",
             "intervals from the draws of a calibration, whose values the run takes"),
    CX_FLAG("force", 0, force, "put the new run in the place of one that is there"),
    CX_TAKES("progress", 0, progress, "HOW", "auto, line, plain, json (lines on stderr) or none"),
    {0},
};

const struct cx_usage cx_usage_run = {
    .words =
        "FILE [-o DIR] [--set PATH=VALUE]... [--threads N] [--until TIME] [--preview] [--certify]",
    .examples = "cicatrix run configs/quickstart.yml\n"
                "cicatrix run skin.yml -o outputs/deep --set \"device.needle.length=2 mm\"\n"
                "cicatrix run skin.yml --preview\n"
                "cicatrix run skin.yml --certify\n"
                "cicatrix run skin.yml --ensemble outputs/fit\n"
                "cicatrix run skin.yml --until \"14 day\" && cicatrix resume outputs/skin",
    .options = options,
    .least = 1,
    .most = 1,
};

/* A preview never takes the folder of the real run. */
static void name_folder(const struct cx_app *a, const char *name, char folder[512]) {
    if (a->ask.output)
        snprintf(folder, 512, "%.500s", a->ask.output);
    else
        snprintf(folder, 512, "outputs/%.400s%s", name, a->ask.preview ? "-preview" : "");
}

static enum cx_status simulate(struct cx_app *a, const struct cx_scenario *s,
                               struct cx_run_options *o, const struct cx_ensemble_run *draws,
                               struct cx_error *e) {
    struct cx_run_summary made = {0};
    struct cx_meter meter = {.app = a};
    json_t *intervals = NULL;
    o->progress = cx_meter_see;
    o->user = &meter;
    cx_app_detail(a, "%s with model %s into %s", s->file, s->root.model, o->folder);
    enum cx_status status = cx_run(s, o, &made, e);
    if (status == CX_OK && o->certify) status = cx_certify(o, &made, e);
    cx_meter_end(&meter);
    if (status == CX_OK && draws->draws.n)
        status = cx_ensemble_finish(o->folder, draws, &intervals, e);
    const struct cx_ending end = {status, o->folder, &made, o->until_h, intervals};
    status = cx_app_ending(a, &end, e);
    json_decref(intervals);
    cx_run_summary_free(&made);
    return status;
}

/* The draws run first: their processes are forked, which must come before this one uses threads. */
static enum cx_status with_draws(struct cx_app *a, const struct cx_run_options *asked,
                                 struct cx_error *e) {
    struct cx_run_options o = *asked;
    struct cx_scenario s = {0};
    struct cx_ensemble_run draws = {0};
    char folder[512];
    const char *file = a->ask.words.at[0];
    const struct cx_words typed = a->ask.set;
    CX_TRY(cx_app_load(a, file, &s, e));
    name_folder(a, s.name, folder);
    o.folder = folder;
    o.stop = cx_signals_run();
    enum cx_status status = CX_OK;
    if (a->ask.ensemble) {
        cx_scenario_free(&s);
        CX_TRY(cx_ensemble_begin(a, folder, &draws, e));
        status = cx_app_load(a, file, &s, e);
    }
    if (status == CX_OK) status = simulate(a, &s, &o, &draws, e);
    a->ask.set = typed;
    cx_scenario_free(&s);
    cx_ensemble_end(&draws);
    return status;
}

/* All that can be wrong with the command line is found before the scenario is read. */
enum cx_status cx_verb_run(struct cx_app *a, struct cx_error *e) {
    struct cx_run_options o = {
        .replace = a->ask.force, .certify = a->ask.certify, .report_command = a->command};
    CX_TRY(cx_meter_check(a, e));
    if (a->ask.until) CX_TRY(cx_option_time("until", a->ask.until, &o.until_h, e));
    if (a->ask.ensemble && (a->ask.until || a->ask.preview))
        return cx_fail(e, CX_USAGE, CX_E_VALUE,
                       "--ensemble is for whole runs, not with --until or "
                       "--preview");
    return with_draws(a, &o, e);
}
