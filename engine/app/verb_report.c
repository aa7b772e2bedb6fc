/* verb_report.c - report.html from the result files of a folder, also while a run writes there. */
#include "app/verbs.h"
#include "base/file.h"
#include "report/report.h"

const struct cx_usage cx_usage_report = {
    .words = "DIR",
    .examples = "cicatrix report outputs/quickstart",
    .least = 1,
    .most = 1,
};

/* Needs nothing but the folder: not the config, not the model it was made with. */
enum cx_status cx_verb_report(struct cx_app *a, struct cx_error *e) {
    char path[700];
    const char *folder = a->ask.words.at[0];
    snprintf(path, sizeof path, "%.600s/study.nc", folder);
    const bool study = cx_file_exists(path);
    snprintf(path, sizeof path, "%.600s/calibration.json", folder);
    if (!study && cx_file_exists(path))
        CX_TRY(cx_report_calibration(folder, e));
    else
        CX_TRY(study ? cx_report_study(folder, e) : cx_report_write(folder, e));
    snprintf(path, sizeof path, "%.600s/report.html", folder);
    json_t *answer = cx_json_answer();
    json_object_set_new(answer, "report", cx_json_text(path));
    if (!a->ask.json) fprintf(a->out, "%s\n", path);
    cx_app_flush(a);
    cx_app_next(a, answer, "open %s", path);
    if (a->ask.json) return cx_app_answer(a, answer, e);
    json_decref(answer);
    return CX_OK;
}
