/* outcomes_json.c - see outcomes_json.h */
#include "watch/outcomes_json.h"

#include "base/file.h"
#include "base/json.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { FILE_MAX = 16 << 20, ENTRIES_MAX = 100000 };

/* ---- writing: a NULL from jansson (no memory, text that is not UTF-8) makes the whole NULL ---- */

static json_t *text(const char *value) { return json_string(value ? value : ""); }

static json_t *truth(enum cx_agrees a) {
    return a == CX_AGREES_UNKNOWN ? json_null() : json_boolean(a == CX_AGREES_YES);
}

static json_t *spread_json(const struct cx_outcome_spread *s) {
    if (!s->there) return NULL;
    return json_pack("{s:o, s:o, s:o, s:i}", "low", cx_json_number(s->low), "high",
                     cx_json_number(s->high), "level", cx_json_number(s->level), "draws", s->draws);
}

static json_t *outcome_json(const struct cx_outcome_entry *o) {
    json_t *error = o->certified ? json_pack("{s:o, s:o}", "time", cx_json_number(o->time_error),
                                             "grid", cx_json_number(o->grid_error))
                                 : NULL;
    return json_pack("{s:o, s:o, s:o, s:o, s:o*, s:o*}", "value", cx_json_number(o->value), "unit",
                     text(o->unit), "definition", text(o->definition), "evidence",
                     text(o->evidence), "error", error, "interval", spread_json(&o->spread));
}

static json_t *observed_json(const struct cx_observed_entry *o) {
    return json_pack("{s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "outcome",
                     text(o->outcome), "at_day", cx_json_number(o->at_day), "value",
                     cx_json_number(o->value), "low", cx_json_number(o->low), "high",
                     cx_json_number(o->high), "unit", text(o->unit), "sign", text(o->sign), "label",
                     text(o->label), "source", text(o->source), "simulated",
                     cx_json_number(o->simulated), "agrees", truth(o->agrees));
}

static json_t *outcomes_json(const struct cx_outcomes *o) {
    json_t *all = json_object();
    int failed = 0;
    for (int i = 0; i < o->outcome_count; i++)
        failed |= json_object_set_new(all, o->outcome[i].name, outcome_json(&o->outcome[i]));
    if (!failed) return all;
    json_decref(all);
    return NULL;
}

static json_t *observed_list(const struct cx_outcomes *o) {
    json_t *all = json_array();
    int failed = 0;
    for (int i = 0; i < o->observed_count; i++)
        failed |= json_array_append_new(all, observed_json(&o->observed[i]));
    if (!failed) return all;
    json_decref(all);
    return NULL;
}

static json_t *numerics_json(const struct cx_outcomes *o) {
    json_t *all = json_object();
    int failed = 0;
    for (int i = 0; i < o->numerics_count; i++)
        failed |=
            json_object_set_new(all, o->numerics[i].name, cx_json_number(o->numerics[i].value));
    if (!failed) return all;
    json_decref(all);
    return NULL;
}

enum cx_status cx_outcomes_write(const char *path, const struct cx_outcomes *o,
                                 struct cx_error *e) {
    json_t *root = json_pack(
        "{s:i, s:o, s:o, s:o, s:o, s:o, s:o}", "schema_version", CX_OUTCOMES_SCHEMA, "scenario",
        text(o->scenario), "model", text(o->model), "digest", text(o->digest), "outcomes",
        outcomes_json(o), "observed", observed_list(o), "numerics", numerics_json(o));
    char *dump = root ? json_dumps(root, JSON_INDENT(2) | JSON_REAL_PRECISION(17)) : NULL;
    json_decref(root);
    if (!dump)
        return cx_fail(e, CX_STORAGE, 76,
                       "%.280s cannot be made: a text in it is not UTF-8, or "
                       "memory is short",
                       path);
    const enum cx_status s = cx_file_write(path, dump, strlen(dump), e);
    free(dump);
    return s;
}

/* ---- reading ---- */

/* The tree keeps the texts; the lists are three blocks of their own. */
struct owner {
    json_t *root;
    struct cx_outcome_entry *outcome;
    struct cx_observed_entry *observed;
    struct cx_numerics_entry *numerics;
};

static struct cx_outcome_spread read_spread(const json_t *from) {
    const double draws = cx_json_get_number(from, "draws");
    return (struct cx_outcome_spread){
        cx_json_get_number(from, "low"), cx_json_get_number(from, "high"),
        cx_json_get_number(from, "level"), draws > 0 && draws < 1e9 ? (int)draws : 0,
        json_is_object(from)};
}

static void read_outcomes(json_t *from, struct cx_outcome_entry *to) {
    const char *name;
    json_t *each;
    json_object_foreach(from, name, each) {
        const json_t *error = json_object_get(each, "error");
        *to++ = (struct cx_outcome_entry){name,
                                          cx_json_get_text(each, "unit"),
                                          cx_json_get_text(each, "definition"),
                                          cx_json_get_text(each, "evidence"),
                                          cx_json_get_number(each, "value"),
                                          json_is_object(error),
                                          cx_json_get_number(error, "time"),
                                          cx_json_get_number(error, "grid"),
                                          read_spread(json_object_get(each, "interval"))};
    }
}

static void read_observed(const json_t *from, struct cx_observed_entry *to) {
    for (size_t i = 0; i < json_array_size(from); i++) {
        const json_t *each = json_array_get(from, i), *agrees = json_object_get(each, "agrees");
        to[i] = (struct cx_observed_entry){.outcome = cx_json_get_text(each, "outcome"),
                                           .unit = cx_json_get_text(each, "unit"),
                                           .label = cx_json_get_text(each, "label"),
                                           .source = cx_json_get_text(each, "source"),
                                           .sign = cx_json_get_text(each, "sign"),
                                           .at_day = cx_json_get_number(each, "at_day"),
                                           .value = cx_json_get_number(each, "value"),
                                           .low = cx_json_get_number(each, "low"),
                                           .high = cx_json_get_number(each, "high"),
                                           .simulated = cx_json_get_number(each, "simulated"),
                                           .agrees = json_is_true(agrees)    ? CX_AGREES_YES
                                                     : json_is_false(agrees) ? CX_AGREES_NO
                                                                             : CX_AGREES_UNKNOWN};
    }
}

static void read_numerics(json_t *from, struct cx_numerics_entry *to) {
    const char *name;
    json_t *each;
    json_object_foreach(from, name, each) {
        const double value = cx_json_to_number(each);
        *to++ = (struct cx_numerics_entry){name, value};
    }
}

static enum cx_status not_outcomes(struct cx_error *e, const char *path, const char *why) {
    return cx_fail(e, CX_STORAGE, 76, "%.200s is not an outcomes file: %.200s", path, why);
}

static enum cx_status check(const json_t *root, const char *path, struct cx_error *e) {
    const json_t *version = json_object_get(root, "schema_version");
    if (!json_is_integer(version)) return not_outcomes(e, path, "it has no schema_version");
    if (json_integer_value(version) != CX_OUTCOMES_SCHEMA)
        return not_outcomes(e, path, "its schema_version is not one that this program knows");
    const json_t *outcomes = json_object_get(root, "outcomes");
    const json_t *observed = json_object_get(root, "observed");
    const json_t *numerics = json_object_get(root, "numerics");
    if (!json_is_object(outcomes)) return not_outcomes(e, path, "\"outcomes\" is missing");
    if (observed && !json_is_array(observed))
        return not_outcomes(e, path, "\"observed\" is not a list");
    if (json_object_size(outcomes) > ENTRIES_MAX || json_array_size(observed) > ENTRIES_MAX ||
        json_object_size(numerics) > ENTRIES_MAX)
        return not_outcomes(e, path, "it has too many entries");
    return CX_OK;
}

static enum cx_status take(json_t *root, const char *path, struct cx_outcomes *o,
                           struct cx_error *e) {
    CX_TRY(check(root, path, e));
    json_t *outcomes = json_object_get(root, "outcomes");
    json_t *observed = json_object_get(root, "observed");
    json_t *numerics = json_object_get(root, "numerics");
    const size_t n[3] = {json_object_size(outcomes), json_array_size(observed),
                         json_object_size(numerics)};
    struct owner *w = calloc(1, sizeof *w);
    if (!w) return cx_fail(e, CX_STORAGE, 61, "no memory to read %.280s", path);
    w->outcome = calloc(n[0] + 1, sizeof *w->outcome);
    w->observed = calloc(n[1] + 1, sizeof *w->observed);
    w->numerics = calloc(n[2] + 1, sizeof *w->numerics);
    *o = (struct cx_outcomes){cx_json_get_text(root, "scenario"),
                              cx_json_get_text(root, "model"),
                              cx_json_get_text(root, "digest"),
                              (int)n[0],
                              (int)n[1],
                              (int)n[2],
                              w->outcome,
                              w->observed,
                              w->numerics,
                              w};
    if (!w->outcome || !w->observed || !w->numerics) {
        cx_outcomes_free(o);
        return cx_fail(e, CX_STORAGE, 61, "no memory to read %.280s", path);
    }
    read_outcomes(outcomes, w->outcome);
    read_observed(observed, w->observed);
    read_numerics(numerics, w->numerics);
    w->root = json_incref(root);
    return CX_OK;
}

enum cx_status cx_outcomes_read(const char *path, struct cx_outcomes *o, struct cx_error *e) {
    unsigned char *bytes;
    size_t n;
    json_error_t why;
    memset(o, 0, sizeof *o);
    CX_TRY(cx_file_read(path, FILE_MAX, &bytes, &n, e));
    json_t *root = json_loadb((const char *)bytes, n, JSON_REJECT_DUPLICATES, &why);
    free(bytes);
    if (!root) {
        not_outcomes(e, path, why.text);
        if (e) e->line = why.line, e->column = why.column;
        return CX_STORAGE;
    }
    const enum cx_status s = take(root, path, o, e);
    json_decref(root);
    return s;
}

const struct cx_outcome_entry *cx_outcomes_find(const struct cx_outcomes *o, const char *name) {
    for (int i = 0; i < o->outcome_count; i++)
        if (strcmp(o->outcome[i].name, name) == 0) return &o->outcome[i];
    return NULL;
}

double cx_outcomes_numeric(const struct cx_outcomes *o, const char *name) {
    for (int i = 0; i < o->numerics_count; i++)
        if (strcmp(o->numerics[i].name, name) == 0) return o->numerics[i].value;
    return NAN;
}

void cx_outcomes_free(struct cx_outcomes *o) {
    struct owner *w = o->owner;
    if (w) {
        json_decref(w->root);
        free(w->outcome);
        free(w->observed);
        free(w->numerics);
        free(w);
    }
    memset(o, 0, sizeof *o);
}
