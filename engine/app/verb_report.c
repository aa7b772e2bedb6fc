/* verb_report.c - report.html from the result files of a folder, also while a run writes there. */
#include "app/verbs.h"
#include "base/file.h"
#include "report/report.h"

static const struct cx_option options[] = {
    CX_TAKES("against", 0, against, "DIR", "another run: sections with both side by side"),
    {0},
};

const struct cx_usage cx_usage_report = {
    .words = "DIR [--against DIR]",
    .examples = "cicatrix report outputs/quickstart\n"
                "cicatrix report outputs/quickstart --against outputs/deeper",
    .options = options,
    .least = 1,
    .most = 1,
};

static bool holds(const char *folder, const char *file) {
    char path[700];
    snprintf(path, sizeof path, "%.600s/%s", folder, file);
    return cx_file_exists(path);
}

/* Of a run, a study or a calibration, by what the folder holds. */
static enum cx_status write_report(const char *folder, const char *against, struct cx_error *e) {
    const bool study = holds(folder, "study.nc");
    const bool calibration = !study && holds(folder, "calibration.json");
    if (against && (study || calibration)) {
        cx_fail(e, CX_USAGE, CX_E_VALUE, "--against is for the report of a run, not of a %s",
                study ? "study" : "calibration");
        cx_hint(e, "name the folder of one run");
        return CX_USAGE;
    }
    if (study) return cx_report_study(folder, e);
    return calibration ? cx_report_calibration(folder, e) : cx_report_write(folder, against, e);
}

/* Needs nothing but the folder: not the config, not the model it was made with. */
enum cx_status cx_verb_report(struct cx_app *a, struct cx_error *e) {
    char path[700];
    const char *folder = a->ask.words.at[0];
    CX_TRY(write_report(folder, a->ask.against, e));
    snprintf(path, sizeof path, "%.600s/report.html", folder);
    json_t *answer = cx_json_answer();
    cx_app_file(a, answer, "report", path);
    cx_app_next(a, answer, "open %s", path);
    return cx_app_close(a, answer, e);
}
