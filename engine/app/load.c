/* load.c - one scenario with what the command line changes: --set, --threads, --preview. */
#include "app/app.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void cx_typed_free(struct cx_typed *o) {
    for (int i = 0; i < o->n; i++) free(o->text[i]);
    free(o->text);
    free(o->at);
    *o = (struct cx_typed){0};
}

static enum cx_status no_memory(struct cx_error *e) {
    return cx_fail(e, CX_INTERNAL, 0, "no memory for the command line");
}

/* text: "path=value", kept; its '=' becomes the end of the path. */
static enum cx_status add_override(struct cx_typed *o, const char *text, const char *from,
                                   struct cx_error *e) {
    char *kept = strdup(text);
    if (!kept) return no_memory(e);
    char *equals = strchr(kept, '=');
    if (!equals || equals == kept) {
        free(kept);
        cx_fail(e, CX_USAGE, CX_E_VALUE, "--set needs path=value, not '%.100s'", text);
        cx_hint(e, "for example --set \"device.needle.length=1 mm\"");
        return CX_USAGE;
    }
    *equals = 0;
    o->text[o->n] = kept;
    o->at[o->n++] = (struct cx_override){.path = kept, .value = equals + 1, .from = from};
    return CX_OK;
}

/* --threads is a setting like any other, but stands behind --set: the more special option wins. */
static enum cx_status read_all(const struct cx_asked *ask, struct cx_typed *o, struct cx_error *e) {
    char text[64];
    int threads = 0;
    for (int i = 0; i < ask->set.n; i++) CX_TRY(add_override(o, ask->set.at[i], "--set", e));
    if (!ask->threads) return CX_OK;
    CX_TRY(cx_option_count("threads", ask->threads, &threads, e));
    snprintf(text, sizeof text, "run.threads=%d", threads);
    return add_override(o, text, "--threads", e);
}

enum cx_status cx_typed_read(const struct cx_asked *ask, struct cx_typed *o, struct cx_error *e) {
    enum { ADDED = 3 }; /* one for --threads, two for --preview */
    const size_t room = (size_t)ask->set.n + ADDED;
    *o =
        (struct cx_typed){.at = calloc(room, sizeof *o->at), .text = calloc(room, sizeof *o->text)};
    const enum cx_status status = o->at && o->text ? read_all(ask, o, e) : no_memory(e);
    if (status) cx_typed_free(o);
    return status;
}

/* The same scenario on cells twice as wide with three times the tolerance: right in kind, quick,
 * not for numbers. */
static enum cx_status add_preview(const struct cx_scenario *s, struct cx_typed *o,
                                  struct cx_error *e) {
    char text[80];
    snprintf(text, sizeof text, "domain.cell=%.17g um", fmin(2 * s->domain.cell, 5000));
    CX_TRY(add_override(o, text, "--preview", e));
    snprintf(text, sizeof text, "solver.tolerance=%.17g", fmin(3 * s->solver.tolerance, 0.3));
    return add_override(o, text, "--preview", e);
}

enum cx_status cx_app_tell_findings(struct cx_app *a, enum cx_status status, struct cx_findings *f,
                                    const char *path, struct cx_error *e) {
    if (f->n == 0) {
        return cx_fail(e, status, CX_E_PLACE, "'%.300s' could not be loaded: %s", path,
                       cx_status_sentence(status));
    }
    if (!a->ask.json) {
        cx_findings_print(f, a->talk, a->paint);
        return status;
    }
    json_t *answer = cx_json_answer();
    json_object_set_new(answer, "findings", cx_json_findings(f));
    CX_TRY(cx_app_answer(a, answer, e));
    return status;
}

/* One attempt; the findings do not outlive it. */
static enum cx_status load(struct cx_app *a, const char *path, const struct cx_typed *o,
                           struct cx_scenario *s, struct cx_error *e) {
    struct cx_findings found = {0};
    const struct cx_model_list models = cx_models();
    const struct cx_overrides given = {o->at, o->n};
    enum cx_status status = cx_config_load(path, &given, &models, s, &found);
    if (status) status = cx_app_tell_findings(a, status, &found, path, e);
    cx_findings_free(&found);
    return status;
}

/* A preview needs the settings of the real run first, to make them coarser. */
enum cx_status cx_app_load(struct cx_app *a, const char *path, struct cx_scenario *s,
                           struct cx_error *e) {
    struct cx_typed o;
    CX_TRY(cx_typed_read(&a->ask, &o, e));
    enum cx_status status = load(a, path, &o, s, e);
    if (!status && a->ask.preview) {
        status = add_preview(s, &o, e);
        cx_scenario_free(s);
        if (!status) status = load(a, path, &o, s, e);
    }
    cx_typed_free(&o);
    return status;
}
