/* verb_resume.c - goes on from the newest checkpoint, bit for bit as if never stopped. */
#include "app/verbs.h"
#include "run/certify.h"

static const struct cx_option options[] = {
    CX_TAKES("until", 0, until, "TIME", "stop there with a checkpoint, e.g. \"14 day\""),
    CX_FLAG("certify", 0, certify,
            "error bars, also for a run that is finished; see run --certify"),
    CX_TAKES("progress", 0, progress, "HOW", "auto, line, plain, json (lines on stderr) or none"),
    {0},
};

const struct cx_usage cx_usage_resume = {
    .words = "DIR [--until TIME] [--certify]",
    .examples = "cicatrix resume outputs/quickstart\n"
                "cicatrix resume outputs/quickstart --until \"28 day\"\n"
                "cicatrix resume outputs/quickstart --certify",
    .options = options,
    .least = 1,
    .most = 1,
};

/* The checkpoint knows the scenario; nothing but the end can be changed here.  A run that was to be certified still is. */
enum cx_status cx_verb_resume(struct cx_app *a, struct cx_error *e) {
    struct cx_run_summary made = {0};
    struct cx_meter meter = {.app = a};
    struct cx_run_options o = {.folder = a->ask.words.at[0],
                               .progress = cx_meter_see,
                               .user = &meter,
                               .report_command = a->command};
    CX_TRY(cx_meter_check(a, e));
    if (a->ask.until) CX_TRY(cx_option_time("until", a->ask.until, &o.until_h, e));
    o.stop = cx_signals_run();
    enum cx_status status = cx_resume(&o, &made, e);
    if (status == CX_OK && (a->ask.certify || cx_certify_wanted(o.folder)))
        status = cx_certify(&o, &made, e);
    cx_meter_end(&meter);
    const struct cx_ending end = {status, o.folder, &made, o.until_h, NULL};
    status = cx_app_ending(a, &end, e);
    cx_run_summary_free(&made);
    return status;
}
