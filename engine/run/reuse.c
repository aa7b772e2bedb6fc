/* reuse.c - see reuse.h */
#include "run/reuse.h"

#include "base/file.h"
#include "run/engine.h"
#include "version.h"
#include "watch/outcomes_json.h"
#include "watch/result.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CONFIG_MOST = 1 << 20 };
static const double nearly = 1 - 1e-12; /* days and hours, there and back */

const char *cx_reuse_word(enum cx_reuse r) {
    static const char *const words[CX_REUSE_COUNT] = {
#define WORD(id, word) [CX_REUSE_##id] = word,
        CX_REUSES(WORD)
#undef WORD
    };
    return words[r];
}

static void join(char path[700], const struct cx_reuse_asked *a, const char *name) {
    snprintf(path, 700, "%.640s/%s", a->folder, name);
}

/* ---- settings ------------------------------------------------------------------------------------ */

/* Bytes of a line of YAML before its comment; texts stand in double quotes. */
static size_t said(const char *line) {
    bool quoted = false;
    size_t n = 0;
    for (; line[n] && line[n] != '\n' && (quoted || line[n] != '#'); n++) {
        if (line[n] == '"') quoted = !quoted;
        if (quoted && line[n] == '\\' && line[n + 1]) n++;
    }
    return n;
}

static bool is_same_text(const char *a, const char *b) {
    while (*a || *b) {
        const size_t n = said(a), m = said(b);
        if (n != m || strncmp(a, b, n) != 0) return false;
        a += strcspn(a, "\n");
        b += strcspn(b, "\n");
        if (*a != *b) return false;
        a += *a == '\n';
        b += *b == '\n';
    }
    return true;
}

bool cx_reuse_config(const char *folder, const char *config) {
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

/* ---- files --------------------------------------------------------------------------------------- */

static enum cx_reuse judge_outcomes(const struct cx_reuse_asked *a) {
    char path[700];
    struct cx_error unheard;
    struct cx_outcomes o = {0};
    enum cx_reuse found = CX_REUSE_WHOLE;
    join(path, a, "outcomes.json");
    if (!cx_file_exists(path)) return CX_REUSE_ABSENT;
    if (cx_outcomes_read(path, &o, &unheard) != CX_OK) return CX_REUSE_HARMED;
    if (!*a->digest || strcmp(o.digest, a->digest) != 0)
        found = CX_REUSE_CONFIG;
    else if (!(24 * cx_outcomes_numeric(&o, "end_day") >= a->end_h * nearly))
        found = CX_REUSE_SHORT;
    cx_outcomes_free(&o);
    return found;
}

static enum cx_reuse judge_pages(const struct cx_reuse_asked *a, const struct cx_result *r) {
    char engine[2 * CX_ENGINE_NAME + 2];
    snprintf(engine, sizeof engine, "%s %s", r->version, r->commit);
    if (!cx_engine_is(engine)) return CX_REUSE_ENGINE;
    const double last = r->history_length ? r->history_day[r->history_length - 1] : -1;
    const bool noted = a->end_h == 0;
    const bool whole = noted || (r->frames == a->frames && 24 * last >= a->end_h * nearly);
    return whole ? CX_REUSE_WHOLE : CX_REUSE_SHORT;
}

static enum cx_reuse judge_result(const struct cx_reuse_asked *a) {
    char path[700];
    struct cx_error unheard;
    struct cx_result r;
    join(path, a, "run.nc");
    if (cx_result_open(path, &r, &unheard) != CX_OK) return CX_REUSE_HARMED;
    const enum cx_reuse found = judge_pages(a, &r);
    cx_result_close(&r);
    return found;
}

/* ---- the rule ------------------------------------------------------------------------------------ */

enum cx_reuse cx_reuse(const struct cx_reuse_asked *a) {
    char path[700];
    if (a->engine && !cx_engine_is(a->engine)) return CX_REUSE_ENGINE;
    const enum cx_reuse found = judge_outcomes(a);
    if (found != CX_REUSE_WHOLE) return found;
    if (a->config && !cx_reuse_config(a->folder, a->config)) return CX_REUSE_CONFIG;
    join(path, a, "series.csv");
    if (a->files != CX_FILES_OUTCOMES && cx_file_size(path) <= 0) return CX_REUSE_HARMED;
    return a->files == CX_FILES_ALL ? judge_result(a) : CX_REUSE_WHOLE;
}

enum cx_reuse cx_reuse_scenario(const char *folder, const struct cx_scenario *s) {
    char digest[65];
    char *config = cx_config_effective(s);
    cx_config_digest(s, CX_VERSION, digest);
    const struct cx_reuse_asked asked = {.folder = folder,
                                         .digest = digest,
                                         .config = config,
                                         .files = CX_FILES_ALL,
                                         .end_h = s->time.end,
                                         .frames = s->output.at.n};
    const enum cx_reuse found = config ? cx_reuse(&asked) : CX_REUSE_ABSENT; /* no memory: anew */
    free(config);
    return found;
}

/* ---- what was left ------------------------------------------------------------------------------- */

static bool has_checkpoint(const char *folder) {
    char a[660], b[660];
    snprintf(a, sizeof a, "%.640s/checkpoint.a", folder);
    snprintf(b, sizeof b, "%.640s/checkpoint.b", folder);
    return cx_file_exists(a) || cx_file_exists(b);
}

void cx_run_folder_clean(const char *folder) {
    static const char *const files[] = {"run.nc",         "run.nc.tmp",      "run.nc.journal",
                                        "checkpoint.a",   "checkpoint.b",    "checkpoint.tmp",
                                        "log.txt",        "record.json.tmp", "outcomes.json.tmp",
                                        "series.csv.tmp", "config.yml.tmp"};
    char path[700];
    struct cx_error unheard;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        snprintf(path, sizeof path, "%.640s/%s", folder, files[i]);
        cx_file_remove(path, &unheard);
    }
}

enum cx_status cx_run_on(const struct cx_scenario *s, const struct cx_run_options *o,
                         struct cx_run_summary *out, struct cx_error *e) {
    char digest[65];
    struct cx_run_options own = *o;
    cx_config_digest(s, CX_VERSION, digest);
    own.digest = digest;
    if (has_checkpoint(o->folder)) {
        const enum cx_status status = cx_resume(&own, out, e);
        if (status != CX_STORAGE && status != CX_CONFIG) return status;
        cx_run_summary_free(out);
        *e = (struct cx_error){0};
    }
    cx_run_folder_clean(o->folder);
    return cx_run(s, o, out, e);
}
