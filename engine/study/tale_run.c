/* tale_run.c - the runs of a story, each computed once; see tale.h */
#include "study/tale.h"

#include "base/file.h"
#include "study/record.h"
#include "version.h"
#include "watch/outcomes_json.h"
#include "watch/result.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CONFIG_MOST = 1 << 20 };

/* Two configurations say the same if they differ only in comments, which tell where a value was typed. */
static bool is_same_text(const char *a, const char *b) {
    while (*a || *b) {
        const size_t n = strcspn(a, "\n"), m = strcspn(b, "\n");
        const char *x = strstr(a, "  # "), *y = strstr(b, "  # ");
        const size_t said = x && x < a + n ? (size_t)(x - a) : n;
        const size_t also = y && y < b + m ? (size_t)(y - b) : m;
        if (said != also || strncmp(a, b, said) != 0) return false;
        a += n + (a[n] == '\n');
        b += m + (b[m] == '\n');
    }
    return true;
}

static bool is_same_config(const char *folder, const char *config) {
    char path[700];
    unsigned char *bytes = NULL;
    size_t n = 0;
    struct cx_error unheard;
    snprintf(path, sizeof path, "%.640s/config.yml", folder);
    if (cx_file_read(path, CONFIG_MOST, &bytes, &n, &unheard) != CX_OK) return false;
    const bool same = is_same_text((const char *)bytes, config);
    free(bytes);
    return same;
}

/* Numbers by this program with this configuration, to the end? */
static bool is_finished(const char *folder, const struct cx_scenario *s) {
    char path[700], digest[65];
    struct cx_error unheard;
    struct cx_outcomes o = {0};
    struct cx_result r = {0};
    cx_config_digest(s, CX_VERSION, digest);
    snprintf(path, sizeof path, "%.640s/outcomes.json", folder);
    if (!cx_file_exists(path) || cx_outcomes_read(path, &o, &unheard) != CX_OK) return false;
    bool done = strcmp(o.digest, digest) == 0;
    cx_outcomes_free(&o);
    snprintf(path, sizeof path, "%.640s/run.nc", folder);
    if (!done || cx_result_open(path, &r, &unheard) != CX_OK) return false;
    done = strcmp(r.version, CX_VERSION) == 0 && strcmp(r.commit, CX_COMMIT) == 0 &&
           r.frames == s->output.at.n && r.history_length > 0 &&
           24 * r.history_day[r.history_length - 1] >= s->time.end * (1 - 1e-9);
    cx_result_close(&r);
    return done;
}

/* A run that another version began, or whose checkpoint is damaged, is begun again. */
static enum cx_status simulate(const struct cx_scenario *s, const struct cx_run_options *o,
                               bool begun, struct cx_run_summary *made, struct cx_error *e) {
    if (begun) {
        const enum cx_status status = cx_resume(o, made, e);
        if (status != CX_STORAGE && status != CX_CONFIG) return status;
        cx_run_summary_free(made);
        *e = (struct cx_error){0};
    }
    cx_run_folder_clean(o->folder);
    return cx_run(s, o, made, e);
}

enum cx_status cx_tale_run(const struct cx_tale *t, int variant, const struct cx_run_options *o,
                           struct cx_tale_made *made, struct cx_error *e) {
    const struct cx_tale_variant *v = &t->variant[variant];
    struct cx_run_options own = *o;
    struct cx_run_summary summary = {0};
    *made = (struct cx_tale_made){0};
    snprintf(made->folder, sizeof made->folder, "%.510s/runs/%.64s", t->folder, v->name);
    const bool same = is_same_config(made->folder, v->config);
    made->reused = same && is_finished(made->folder, &v->scenario);
    if (made->reused) return CX_OK;
    own.folder = made->folder;
    CX_TRY(cx_folder_create(made->folder, e));
    const enum cx_status status = simulate(&v->scenario, &own, same, &summary, e);
    made->seconds = summary.seconds;
    cx_run_summary_free(&summary);
    return status;
}
