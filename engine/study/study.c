/* study.c - a study file from its name to a checked study: the contents page of the reading; see study.h */
#include "study/study.h"

#include "base/file.h"
#include "study/parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { STUDY_VERSION = 1, REPEATS_MOST = 10000, RETRIES_MOST = 100 };

/* ---- sections, in the order in which they need each other ------------------------------------ */

static void read_version(struct cx_study_reader *r, const struct cx_yaml *node) {
    static const double range[2] = {STUDY_VERSION, STUDY_VERSION};
    int64_t version;
    if (node) cx_study_count(r, node, range, &version);
}

static bool is_scalar(struct cx_study_reader *r, const struct cx_yaml *node) {
    if (node->kind == CX_YAML_SCALAR && !cx_yaml_is_nothing(node)) return true;
    cx_reader_kind(&r->r, node, node->key, "a single value");
    return false;
}

static void read_title(struct cx_study_reader *r, const struct cx_yaml *node) {
    if (node && is_scalar(r, node)) cx_text_copy(r->s->title, sizeof r->s->title, node->text);
}

static void read_base(struct cx_study_reader *r, const struct cx_yaml *node) {
    struct cx_study *s = r->s;
    struct cx_error e;
    if (!node) {
        cx_fail(&e, CX_CONFIG, 100, "the study names no scenario");
        cx_hint(&e, "add 'base: scenario.yml'; it lies beside the study file");
        cx_reader_report(&r->r, r->r.root, CX_AT_VALUE, &e);
        return;
    }
    if (!is_scalar(r, node) || !cx_study_beside(r, node, s->base)) return;
    r->has_base = cx_study_base_load(r, &r->base);
    if (!r->has_base) return;
    s->model = r->base.model;
    s->base_seed = r->base.run.seed;
}

static void read_vary(struct cx_study_reader *r, const struct cx_yaml *node) {
    if (!node || cx_yaml_is_nothing(node)) return;
    if (node->kind == CX_YAML_MAP)
        cx_study_leaves(r, node, cx_factor_read);
    else
        cx_reader_kind(&r->r, node, "vary", "a map of settings and their ranges or values");
}

static void read_seed(struct cx_study_reader *r, const struct cx_yaml *node) {
    static const double range[2] = {0, 4294967295.0};
    int64_t seed = 1;
    if (node) cx_study_count(r, node, range, &seed);
    r->s->seed = (uint64_t)seed;
}

static void read_repeats(struct cx_study_reader *r, const struct cx_yaml *node) {
    static const double range[2] = {1, REPEATS_MOST};
    int64_t repeats = 1;
    if (node) cx_study_count(r, node, range, &repeats);
    r->s->repeats = (int)repeats;
}

static void read_limit(struct cx_study_reader *r, const struct cx_yaml *c) {
    static const double retries[2] = {0, RETRIES_MOST}, positive[2] = {1e-3, 1e18};
    struct cx_study *s = r->s;
    struct cx_error e;
    int64_t count = 0;
    const bool time = strcmp(c->key, "time") == 0, memory = strcmp(c->key, "memory") == 0;
    if (time || memory) {
        const char *unit = time ? "s" : "B";
        double *value = time ? &s->time_s : &s->memory_bytes;
        enum cx_status status = cx_quantity_read(c->text, unit, value, &e);
        if (status == CX_OK) status = cx_range_check(*value, positive, unit, &e);
        if (status) cx_study_refuse(r, time ? "limits.time" : "limits.memory", c, &e);
    } else if (strcmp(c->key, "retries") == 0) {
        if (cx_study_count(r, c, retries, &count)) s->retries = (int)count;
    } else {
        struct cx_nearest near = {.wanted = c->key};
        cx_nearest_offer(&near, "time");
        cx_nearest_offer(&near, "memory");
        cx_nearest_offer(&near, "retries");
        cx_unknown_key(&r->r, c, "limits", &near);
    }
}

static void read_limits(struct cx_study_reader *r, const struct cx_yaml *node) {
    if (!node || cx_yaml_is_nothing(node)) return;
    if (node->kind != CX_YAML_MAP) {
        cx_reader_kind(&r->r, node, "limits", "a map with time, memory, retries");
        return;
    }
    for (const struct cx_yaml *c = node->first; c; c = c->next)
        if (is_scalar(r, c)) read_limit(r, c);
}

static void read_keep(struct cx_study_reader *r, const struct cx_yaml *node) {
    static const char *const word[] = {"outcomes", "series", "fields"};
    r->s->keep = CX_KEEP_SERIES;
    if (!node || !is_scalar(r, node)) return;
    for (int i = 0; i < 3; i++)
        if (strcmp(node->text, word[i]) == 0) {
            r->s->keep = (enum cx_keep)i;
            return;
        }
    struct cx_error e;
    cx_fail(&e, CX_CONFIG, 34, "keep: '%.60s' is not one of outcomes, series, fields", node->text);
    cx_reader_report(&r->r, node, CX_AT_VALUE, &e);
}

/* `read` is called with NULL where the section is absent. */
static const struct section {
    const char *key;
    void (*read)(struct cx_study_reader *r, const struct cx_yaml *node);
} sections[] = {{"cicatrix-study", read_version},
                {"title", read_title},
                {"set", cx_study_set_read},
                {"base", read_base},
                {"vary", read_vary},
                {"method", cx_method_read},
                {"seed", read_seed},
                {"repeats", read_repeats},
                {"outcomes", cx_outcomes_wanted},
                {"goals", cx_goals_read},
                {"constraints", cx_constraints_read},
                {"optimize", cx_optimize_read},
                {"limits", read_limits},
                {"keep", read_keep},
                {"slurm", cx_slurm_read}};
enum { SECTIONS = sizeof sections / sizeof *sections };

static void refuse_unknown(struct cx_study_reader *r) {
    for (const struct cx_yaml *c = r->r.root->first; c; c = c->next) {
        struct cx_nearest equal = {.wanted = c->key, .exact = true}, near = {.wanted = c->key};
        for (int i = 0; i < SECTIONS; i++) {
            cx_nearest_offer(&equal, sections[i].key);
            cx_nearest_offer(&near, sections[i].key);
        }
        if (!equal.name) cx_unknown_key(&r->r, c, "", &near);
    }
}

/* What concerns several sections. */
static void check_whole(struct cx_study_reader *r) {
    struct cx_study *s = r->s;
    struct cx_error e;
    const struct cx_yaml *vary = cx_yaml_child(r->r.root, "vary");
    if (!s->factor_count && r->r.status == CX_OK) {
        cx_fail(&e, CX_CONFIG, 100, "the study varies nothing");
        cx_hint(&e, "add for example vary: {device.needle.length: [0.5 mm, 1 mm, 1.5 mm]}");
        cx_reader_report(&r->r, vary ? vary : r->r.root, CX_AT_VALUE, &e);
    }
    for (int i = 0; i < s->factor_count && s->method == CX_GRID; i++) {
        const struct cx_factor *f = &s->factor[i];
        const struct cx_yaml at = {.line = f->line, .column = f->column};
        if (f->count || !f->range) continue;
        cx_fail(&e, CX_CONFIG, 103, "a grid needs the number of steps of this range");
        cx_hint(&e, "add steps: 5, or use a method that samples: method: {lhs: {n: 64}}; for "
                    "sensitivity {morris: {r: 20}} or {saltelli: {n: 256}}");
        cx_study_refuse(r, f->path, &at, &e);
    }
}

static bool is_study(struct cx_study_reader *r) {
    if (cx_yaml_child(r->r.root, "cicatrix-study")) return true;
    struct cx_error e;
    const bool scenario = cx_yaml_child(r->r.root, "cicatrix") != NULL;
    cx_fail(&e, CX_CONFIG, 100, scenario ? "this is a scenario, not a study" : "not a study file");
    cx_hint(&e, "a study file begins with 'cicatrix-study: 1' and names its scenario with 'base:'");
    cx_reader_report(&r->r, r->r.root, CX_AT_VALUE, &e);
    return false;
}

static void read_all(struct cx_study_reader *r, const struct cx_overrides *o) {
    struct cx_error e;
    if (!cx_text_copy(r->s->file, sizeof r->s->file, r->r.file)) {
        cx_fail(&e, CX_STORAGE, 11, "the path of the study file is longer than 255 bytes");
        cx_reader_report(&r->r, NULL, CX_AT_VALUE, &e);
        return;
    }
    cx_study_name(r->s);
    if (!cx_reader_open(&r->r) || !is_study(r)) return;
    for (int i = 0; o && i < o->n; i++) cx_reader_override(&r->r, &o->at[i]);
    refuse_unknown(r);
    for (int i = 0; i < SECTIONS; i++)
        sections[i].read(r, cx_yaml_child(r->r.root, sections[i].key));
    check_whole(r);
}

enum cx_status cx_study_load(const char *path, const struct cx_overrides *o,
                             const struct cx_model_list *models, struct cx_study *s,
                             struct cx_findings *f) {
    *s = (struct cx_study){.models = *models, .repeats = 1};
    struct cx_study_reader r = {.r = {.file = path, .models = models, .findings = f, .start = f->n},
                                .s = s};
    read_all(&r, o);
    cx_reader_close(&r.r);
    cx_study_join(f, &r.of_base);
    if (r.has_base) cx_scenario_free(&r.base);
    if (r.r.status != CX_OK) cx_study_free(s);
    return r.r.status;
}

void cx_study_free(struct cx_study *s) {
    for (int i = 0; i < s->factor_count; i++) {
        free(s->factor[i].value);
        free(s->factor[i].word);
    }
    cx_study_set_free(s);
    free(s->factor);
    free(s->outcome);
    *s = (struct cx_study){0};
}

static void unheard(void *user, const struct cx_error *e) {
    (void)user;
    (void)e;
}

bool cx_file_has_key(const char *path, const char *key) {
    enum { MOST = 1 << 20 };
    unsigned char *bytes = NULL;
    size_t n = 0;
    struct cx_error e;
    struct cx_yaml_pool pool = {0};
    const struct cx_yaml_sink sink = {unheard, NULL};
    if (cx_file_read(path, MOST, &bytes, &n, &e) != CX_OK) return false;
    const bool text = cx_utf8_fault((const char *)bytes, n) < 0;
    const struct cx_yaml *root = text ? cx_yaml_parse(&pool, (const char *)bytes, n, &sink) : NULL;
    const bool has = root && root->kind == CX_YAML_MAP && cx_yaml_child(root, key) != NULL;
    cx_yaml_free(&pool);
    free(bytes);
    return has;
}

bool cx_study_is(const char *path) { return cx_file_has_key(path, "cicatrix-study"); }

int cx_study_factor(const struct cx_study *s, const char *path) {
    for (int i = 0; i < s->factor_count; i++)
        if (strcmp(s->factor[i].path, path) == 0) return i;
    return -1;
}
