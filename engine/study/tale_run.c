/* tale_run.c - the runs of a story, each computed once; see tale.h */
#include "study/tale.h"

#include "base/file.h"

#include <stdio.h>

enum cx_status cx_tale_run(const struct cx_tale *t, int variant, const struct cx_run_options *o,
                           struct cx_tale_made *made, struct cx_error *e) {
    const struct cx_tale_variant *v = &t->variant[variant];
    struct cx_run_options own = *o;
    struct cx_run_summary summary = {0};
    *made = (struct cx_tale_made){0};
    snprintf(made->folder, sizeof made->folder, "%.510s/runs/%.64s", t->folder, v->name);
    made->found = cx_reuse_scenario(made->folder, &v->scenario);
    if (made->found == CX_REUSE_WHOLE) return CX_OK;
    own.folder = made->folder;
    CX_TRY(cx_folder_create(made->folder, e));
    if (!cx_reuse_config(made->folder, v->config)) cx_run_folder_clean(made->folder);
    const enum cx_status status = cx_run_on(&v->scenario, &own, &summary, e);
    made->seconds = summary.seconds;
    cx_run_summary_free(&summary);
    return status;
}
