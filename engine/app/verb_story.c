/* verb_story.c - a story file becomes one page: its runs are made or found, its claims judged, its captions filled. */
#include "app/verbs.h"
#include "base/text.h"
#include "report/tale.h"

#include <string.h>

static const struct cx_option options[] = {
    CX_TAKES("output", 'o', output, "DIR",
             "folder of the page and of its runs (default: outputs/NAME)"),
    CX_REPEATS("set", 0, set, "PATH=VALUE", "change the story file, e.g. \"set.time.end=4 week\""),
    CX_TAKES("progress", 0, progress, "HOW", "auto, line, plain, json (lines on stderr) or none"),
    {0},
};

const struct cx_usage cx_usage_story = {
    .words = "FILE [-o DIR] [--set PATH=VALUE]...",
    .examples = "cicatrix story configs/stories/needle.yml\n"
                "cicatrix check configs/stories/needle.yml\n"
                "cicatrix story my_story.yml -o outputs/talk --set \"set.domain.cell=40 um\"\n"
                "cicatrix report outputs/talk/runs/base",
    .options = options,
    .least = 1,
    .most = 1,
};

static void say_made(const struct cx_app *a, const struct cx_tale *t, int variant,
                     const struct cx_tale_made *made) {
    char time[32];
    const bool reused = made->found == CX_REUSE_WHOLE;
    cx_text_seconds(made->seconds, time);
    cx_app_detail(a, "%s: %s", made->folder, cx_reuse_word(made->found));
    cx_app_say(a, "run %d of %d, %s: %s%s", variant + 1, t->variants, t->variant[variant].name,
               reused ? "there already" : "done after ", reused ? "" : time);
}

/* One after the other; what a signal stops goes on with the same command. */
static enum cx_status make_runs(struct cx_app *a, const struct cx_tale *t,
                                struct cx_tale_made *made, struct cx_error *e) {
    enum cx_status status = CX_OK;
    for (int i = 0; i < t->variants && !status; i++) {
        struct cx_meter meter = {.app = a};
        const struct cx_run_options o = {.report_command = a->command,
                                         .progress = cx_meter_see,
                                         .user = &meter,
                                         .stop = cx_signals_run(),
                                         .part = t->variant[i].name};
        status = cx_tale_run(t, i, &o, &made[i], e);
        cx_meter_end(&meter);
        if (!status) say_made(a, t, i, &made[i]);
    }
    return status;
}

/* Stopped by a signal: nothing is lost, and the same command goes on. */
static enum cx_status leave(struct cx_app *a, const struct cx_tale *t, enum cx_status status,
                            struct cx_error *e) {
    struct cx_error lost = {0};
    if (status != CX_STOPPED && status != CX_INTERRUPTED) return status;
    json_t *answer = cx_json_answer();
    json_object_set_new(answer, "status",
                        cx_json_text(status == CX_STOPPED ? "stopped" : "interrupted"));
    json_object_set_new(answer, "folder", cx_json_text(t->folder));
    cx_app_say(a, "%s; what was computed is in %s", e->text, t->folder);
    cx_app_next(a, answer, "cicatrix story %s -o %s", t->file, t->folder);
    *e = (struct cx_error){0};
    return cx_app_close(a, answer, &lost) ? CX_STORAGE : status;
}

static json_t *answer_of(const struct cx_tale *t, const struct cx_tale_made *made) {
    json_t *answer = cx_json_answer(), *runs = json_array();
    for (int i = 0; i < t->variants; i++)
        json_array_append_new(runs, json_pack("{s:o, s:o, s:o, s:b, s:o}", "variant",
                                              cx_json_text(t->variant[i].name), "label",
                                              cx_json_text(t->variant[i].label), "folder",
                                              cx_json_text(made[i].folder), "reused",
                                              made[i].found == CX_REUSE_WHOLE, "seconds",
                                              cx_json_number(made[i].seconds)));
    json_object_set_new(answer, "story", cx_json_text(t->name));
    json_object_set_new(answer, "runs", runs);
    return answer;
}

/* What came of it, beside the runs. */
struct verdict {
    int claims;
    size_t bytes;
};

static enum cx_status conclude(struct cx_app *a, const struct cx_tale *t,
                               const struct cx_tale_made *made, const struct verdict *v,
                               struct cx_error *e) {
    char path[600], size[24];
    json_t *answer = answer_of(t, made);
    snprintf(path, sizeof path, "%.512s/story.html", t->folder);
    cx_text_bytes((double)v->bytes, size);
    json_object_set_new(answer, "claims", json_integer(v->claims));
    json_object_set_new(answer, "bytes", json_integer((json_int_t)v->bytes));
    cx_app_say(a, "%d claims hold; the page has %s", v->claims, size);
    cx_app_file(a, answer, "page", path);
    cx_app_next(a, answer, "open %s", path);
    return cx_app_close(a, answer, e);
}

static enum cx_status tell(struct cx_app *a, const struct cx_tale *t,
                           const struct cx_tale_made *made, struct cx_error *e) {
    const char *folder[CX_TALE_VARIANTS];
    struct cx_told told;
    struct cx_findings found = {0};
    struct verdict v = {0};
    for (int i = 0; i < t->variants; i++) folder[i] = made[i].folder;
    enum cx_status status = cx_told_open(&told, t, folder, e);
    if (!status) {
        status = cx_told_judge(&told, &v.claims, &found);
        if (status) status = cx_app_tell_findings(a, status, &found, t->file, e);
    }
    if (!status) status = cx_told_page(&told, t->folder, &v.bytes, e);
    cx_findings_free(&found);
    cx_told_close(&told);
    return status ? status : conclude(a, t, made, &v, e);
}

static enum cx_status open_file(struct cx_app *a, struct cx_tale *t, struct cx_error *e) {
    const char *file = a->ask.words.at[0];
    const struct cx_model_list models = cx_models();
    struct cx_findings found = {0};
    struct cx_typed o;
    CX_TRY(cx_typed_read(&a->ask, &o, e));
    const struct cx_overrides given = {o.at, o.n};
    enum cx_status status = cx_tale_load(file, &given, &models, t, &found);
    if (status) status = cx_app_tell_findings(a, status, &found, file, e);
    if (!status && a->ask.output && !cx_text_copy(t->folder, sizeof t->folder, a->ask.output))
        status = cx_fail(e, CX_USAGE, CX_E_VALUE, "the folder of -o has a path that is too long");
    cx_findings_free(&found);
    cx_typed_free(&o);
    return status;
}

enum cx_status cx_verb_story(struct cx_app *a, struct cx_error *e) {
    struct cx_tale t = {0};
    struct cx_tale_made made[CX_TALE_VARIANTS];
    CX_TRY(cx_meter_check(a, e));
    enum cx_status status = open_file(a, &t, e);
    if (!status) status = make_runs(a, &t, made, e);
    status = status ? leave(a, &t, status, e) : tell(a, &t, made, e);
    cx_tale_free(&t);
    return status;
}
