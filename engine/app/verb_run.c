/* verb_run.c - one scenario from start to end. */
#include "app/verbs.h"
#include "run/certify.h"

static const struct cx_option options[] = {
    CX_TAKES("output", 'o', output, "DIR", "results folder (default: outputs/NAME)"),
    CX_REPEATS("set", 0, set, "PATH=VALUE", "change one setting or parameter; may be repeated"),
    CX_TAKES("threads", 0, threads, "N", "threads; never changes a result (default: all cores)"),
    CX_TAKES("until", 0, until, "TIME", "stop there with a checkpoint, e.g. \"14 day\""),
    CX_FLAG("preview", 0, preview, "quick and coarse, into outputs/NAME-preview"),
    CX_FLAG("certify", 0, certify,
            "error bars: repeat with a tenth of the tolerance and on a coarser grid"),
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
                "cicatrix run skin.yml --until \"14 day\" && cicatrix resume outputs/skin",
    .options = options,
    .least = 1,
    .most = 1,
};

/* A preview never takes the folder of the real run. */
static enum cx_status simulate(struct cx_app *a, const struct cx_scenario *s,
                               struct cx_run_options *o, struct cx_error *e) {
    char folder[512];
    struct cx_run_summary made = {0};
    struct cx_meter meter = {.app = a};
    snprintf(folder, sizeof folder, "outputs/%s%s", s->name, a->ask.preview ? "-preview" : "");
    o->folder = a->ask.output ? a->ask.output : folder;
    o->progress = cx_meter_see;
    o->user = &meter;
    cx_app_detail(a, "%s with model %s into %s", s->file, s->root.model, o->folder);
    enum cx_status status = cx_run(s, o, &made, e);
    if (status == CX_OK && o->certify) status = cx_certify(o, &made, e);
    cx_meter_end(&meter);
    const struct cx_ending end = {status, o->folder, &made, o->until_h};
    status = cx_app_ending(a, &end, e);
    cx_run_summary_free(&made);
    return status;
}

/* All that can be wrong with the command line is found before the scenario is read. */
enum cx_status cx_verb_run(struct cx_app *a, struct cx_error *e) {
    struct cx_scenario s = {0};
    struct cx_run_options o = {
        .replace = a->ask.force, .certify = a->ask.certify, .report_command = a->command};
    CX_TRY(cx_meter_check(a, e));
    if (a->ask.until) CX_TRY(cx_option_time("until", a->ask.until, &o.until_h, e));
    CX_TRY(cx_app_load(a, a->ask.words.at[0], &s, e));
    o.stop = cx_signals_run();
    const enum cx_status status = simulate(a, &s, &o, e);
    cx_scenario_free(&s);
    return status;
}
