/* record.c - see record.h */
#include "study/record.h"

#include "base/file.h"
#include "base/json.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { RECORD_SCHEMA = 1, FILE_MOST = 4 << 20, OUTCOMES_MOST = 10000 };

static const struct word {
    const char *word;
    bool bad;
} words[CX_RUN_STATUS_COUNT] = {
#define WORD(id, word, failure, doc) [CX_RUN_##id] = {word, failure},
    CX_RUN_STATUSES(WORD)
#undef WORD
};
static const char *const keeps[] = {"outcomes", "series", "fields"};

const char *cx_run_status_word(enum cx_run_status s) { return words[s].word; }
bool cx_run_status_bad(enum cx_run_status s) { return words[s].bad; }

enum cx_run_files cx_keep_files(enum cx_keep keep) {
    static const enum cx_run_files files[] = {CX_FILES_OUTCOMES, CX_FILES_SERIES, CX_FILES_ALL};
    return files[keep];
}

void cx_run_record_folder(const char *study_folder, const char *digest, char out[640]) {
    snprintf(out, 640, "%.500s/runs/%.64s", study_folder, digest);
}

static void path_of(const char *study_folder, const char *digest, char out[660]) {
    char folder[640];
    cx_run_record_folder(study_folder, digest, folder);
    snprintf(out, 660, "%.580s/record.json", folder);
}

static json_t *outcomes_json(const struct cx_run_record *r) {
    json_t *all = json_object();
    for (int i = 0; i < r->outcome_count; i++)
        json_object_set_new(all, r->name[i], cx_json_number(r->value[i]));
    return all;
}

/* Texts that are not UTF-8 would make the whole nothing. */
static json_t *text(const char *s) {
    json_t *made = json_string(s);
    return made ? made : json_string("(text that cannot be shown)");
}

enum cx_status cx_run_record_write(const char *study_folder, const struct cx_run_record *r,
                                   struct cx_error *e) {
    char path[660], folder[640];
    cx_run_record_folder(study_folder, r->digest, folder);
    path_of(study_folder, r->digest, path);
    CX_TRY(cx_folder_create(folder, e));
    json_t *root = json_pack(
        "{s:i, s:s, s:s, s:o, s:I, s:i, s:o, s:o, s:s, s:o, s:o}", "schema_version", RECORD_SCHEMA,
        "status", words[r->status].word, "digest", r->digest, "engine", text(r->engine), "seed",
        (json_int_t)r->seed, "attempts", r->attempts, "seconds", cx_json_number(r->seconds),
        "memory_bytes", cx_json_number(r->memory_bytes), "keep", keeps[r->keep], "message",
        text(r->message), "outcomes", outcomes_json(r));
    char *dump = root ? json_dumps(root, JSON_INDENT(1) | JSON_REAL_PRECISION(17)) : NULL;
    json_decref(root);
    if (!dump) return cx_fail(e, CX_STORAGE, 61, "no memory for the record of a run");
    const enum cx_status status = cx_file_write(path, dump, strlen(dump), e);
    free(dump);
    return status;
}

static bool take_outcomes(json_t *all, struct cx_run_record *r) {
    const size_t n = json_object_size(all);
    const char *name;
    json_t *each;
    if (n > OUTCOMES_MOST) return false;
    r->name = calloc(n + 1, sizeof *r->name);
    r->value = calloc(n + 1, sizeof *r->value);
    if (!r->name || !r->value) return false;
    json_object_foreach(all, name, each) {
        snprintf(r->name[r->outcome_count], sizeof *r->name, "%s", name);
        r->value[r->outcome_count++] = cx_json_to_number(each);
    }
    return true;
}

static bool take(json_t *root, const char *digest, struct cx_run_record *r) {
    if (json_integer_value(json_object_get(root, "schema_version")) != RECORD_SCHEMA) return false;
    if (strcmp(cx_json_get_text(root, "digest"), digest) != 0) return false;
    const char *status = cx_json_get_text(root, "status"), *keep = cx_json_get_text(root, "keep");
    r->status = CX_RUN_STATUS_COUNT;
    for (int i = 0; i < CX_RUN_STATUS_COUNT; i++)
        if (strcmp(status, words[i].word) == 0) r->status = (enum cx_run_status)i;
    for (int i = 0; i < 3; i++)
        if (strcmp(keep, keeps[i]) == 0) r->keep = (enum cx_keep)i;
    snprintf(r->engine, sizeof r->engine, "%s", cx_json_get_text(root, "engine"));
    snprintf(r->message, sizeof r->message, "%s", cx_json_get_text(root, "message"));
    r->seed = json_integer_value(json_object_get(root, "seed"));
    r->attempts = (int)json_integer_value(json_object_get(root, "attempts"));
    r->seconds = cx_json_get_number(root, "seconds");
    r->memory_bytes = cx_json_get_number(root, "memory_bytes");
    return r->status != CX_RUN_STATUS_COUNT && take_outcomes(json_object_get(root, "outcomes"), r);
}

void cx_run_record_read(const char *study_folder, const char *digest, struct cx_run_record *r) {
    char path[660], folder[640];
    unsigned char *bytes = NULL;
    size_t n = 0;
    struct cx_error e;
    *r = (struct cx_run_record){.status = CX_RUN_MISSING};
    cx_run_record_folder(study_folder, digest, folder);
    path_of(study_folder, digest, path);
    bool good = false;
    if (cx_file_read(path, FILE_MOST, &bytes, &n, &e) == CX_OK) {
        json_t *root = json_loadb((const char *)bytes, n, JSON_REJECT_DUPLICATES, NULL);
        good = root && take(root, digest, r);
        json_decref(root);
        free(bytes);
    }
    if (!good) {
        cx_run_record_free(r);
        r->status = cx_file_exists(folder) ? CX_RUN_INTERRUPTED : CX_RUN_MISSING;
    }
    snprintf(r->digest, sizeof r->digest, "%.64s", digest);
}

void cx_run_record_free(struct cx_run_record *r) {
    free(r->name);
    free(r->value);
    *r = (struct cx_run_record){0};
}

double cx_run_record_value(const struct cx_run_record *r, const char *outcome) {
    for (int i = 0; i < r->outcome_count; i++)
        if (strcmp(r->name[i], outcome) == 0) return r->value[i];
    return NAN;
}
