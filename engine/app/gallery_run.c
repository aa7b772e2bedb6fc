/* gallery_run.c - see gallery_run.h. */
#include "app/gallery_run.h"

#include "app/app.h"
#include "base/file.h"
#include "report/report.h"
#include "run/assembly.h"

#include <stdlib.h>
#include <string.h>

enum { RECORD_LIMIT = 1 << 16 };

static void record_path(const struct cx_gallery_run *r, char path[700]) {
    snprintf(path, 700, "%.639s/gallery.json", r->folder);
}

/* state: begun, stopped or done. */
static enum cx_status write_record(const struct cx_gallery_run *r, const char *state,
                                   struct cx_error *e) {
    char path[700];
    record_path(r, path);
    json_t *root = json_pack("{s:i, s:s, s:f, s:i}", "schema_version", 1, "state", state, "seconds",
                             r->seconds, "threads", r->threads);
    char *text = root ? json_dumps(root, JSON_INDENT(1) | JSON_REAL_PRECISION(9)) : NULL;
    json_decref(root);
    if (!text) return cx_fail(e, CX_STORAGE, 61, "no memory for the record of a run");
    const enum cx_status status = cx_file_write(path, text, strlen(text), e);
    free(text);
    return status;
}

/* A record that is only begun belongs to a run that was killed. */
static enum cx_gallery_state read_record(struct cx_gallery_run *r) {
    char path[700];
    unsigned char *bytes = NULL;
    size_t n = 0;
    struct cx_error unheard;
    enum cx_gallery_state state = CX_GALLERY_NEW;
    record_path(r, path);
    if (cx_file_read(path, RECORD_LIMIT, &bytes, &n, &unheard) != CX_OK) return state;
    json_t *root = json_loadb((const char *)bytes, n, 0, NULL);
    free(bytes);
    const char *word = cx_json_get_text(root, "state");
    if (strcmp(word, "done") == 0) state = CX_GALLERY_DONE;
    if (strcmp(word, "stopped") == 0) state = CX_GALLERY_STOPPED;
    if (state) r->seconds = cx_json_get_number(root, "seconds");
    json_decref(root);
    return state;
}

static bool may_go_on(const struct cx_gallery_run *r) {
    char *config = cx_config_effective(r->scenario);
    const bool same = config && cx_reuse_config(r->folder, config);
    free(config);
    return same;
}

/* The record tells that the report was written too; what the run left has to bear it out. */
enum cx_gallery_state cx_gallery_look(struct cx_gallery_run *r, const char *folder,
                                      const struct cx_scenario *s) {
    *r = (struct cx_gallery_run){.scenario = s, .threads = cx_assembly_threads(s)};
    snprintf(r->folder, sizeof r->folder, "%.500s/runs/%.127s", folder, s->name);
    const enum cx_gallery_state state = read_record(r);
    r->found = cx_reuse_scenario(r->folder, s);
    if (state == CX_GALLERY_DONE && r->found == CX_REUSE_WHOLE) return state;
    if (state == CX_GALLERY_STOPPED && may_go_on(r)) return state;
    return CX_GALLERY_NEW;
}

/* Only a folder that a gallery made is emptied: foreign results are refused by the run itself. */
static enum cx_status clear(const struct cx_gallery_run *r, struct cx_error *e) {
    char path[700];
    record_path(r, path);
    if (cx_file_exists(path)) cx_place_remove(r->folder);
    return cx_folder_create(r->folder, e);
}

static enum cx_status begin(struct cx_gallery_run *r, const struct cx_run_options *o,
                            struct cx_run_summary *made, struct cx_error *e) {
    CX_TRY(clear(r, e));
    CX_TRY(write_record(r, "begun", e));
    return cx_run(r->scenario, o, made, e);
}

/* A stopped run goes on; if its checkpoint is damaged it begins anew rather than fail. */
static enum cx_status simulate(struct cx_gallery_run *r, enum cx_gallery_state state,
                               const struct cx_run_options *o, struct cx_error *e) {
    struct cx_run_summary made = {0};
    const bool stopped = state == CX_GALLERY_STOPPED;
    const enum cx_status status =
        stopped ? cx_run_on(r->scenario, o, &made, e) : begin(r, o, &made, e);
    r->seconds = made.resumed ? r->seconds + made.seconds : made.seconds;
    cx_run_summary_free(&made);
    return status;
}

/* The record says done last of all: what it says is whole, is whole. */
enum cx_status cx_gallery_go(struct cx_gallery_run *r, enum cx_gallery_state state,
                             const struct cx_run_options *asked, struct cx_error *e) {
    struct cx_run_options o = *asked;
    struct cx_error lost;
    o.folder = r->folder;
    enum cx_status status = simulate(r, state, &o, e);
    if ((status == CX_STOPPED || status == CX_INTERRUPTED) &&
        write_record(r, "stopped", &lost) != CX_OK) {
        *e = lost;
        return lost.status;
    }
    CX_TRY(status);
    CX_TRY(cx_report_write(r->folder, NULL, e));
    return write_record(r, "done", e);
}
