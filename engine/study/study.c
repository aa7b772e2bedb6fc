/* study.c - a study file from its name to a checked study: the contents page of the reading; see study.h */
#include "study/study.h"

#include "base/file.h"
#include "study/parts.h"

#include <ctype.h>
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

/* One change that all runs share; keeps its place in the file as its origin. */
static void add_set(struct cx_study_reader *r, const char *path, const struct cx_yaml *node) {
    struct cx_study *s = r->s;
    struct cx_error e;
    char value[512], from[300];
    const char *slash = strrchr(s->file, '/');
    void *at = realloc(s->set, (size_t)(s->set_count + 1) * sizeof *s->set);
    if (at) s->set = at;
    if (!at || !cx_yaml_say(node, value, sizeof value)) {
        cx_fail(&e, CX_CONFIG, 102, "the value cannot be held");
        cx_study_refuse(r, path, node, &e);
        return;
    }
    snprintf(from, sizeof from, "%.250s:%d:%d", slash ? slash + 1 : s->file, node->line,
             node->column);
    s->set[s->set_count++] =
        (struct cx_override){strdup(path), strdup(value), strdup(node->file ? node->file : from)};
}

static void read_set(struct cx_study_reader *r, const struct cx_yaml *node) {
    if (!node || cx_yaml_is_nothing(node)) return;
    if (node->kind == CX_YAML_MAP)
        cx_study_leaves(r, node, add_set);
    else
        cx_reader_kind(&r->r, node, "set", "a map of settings and values");
}

static void folder_of(const char *file, char folder[300]) {
    const char *slash = strrchr(file, '/');
    const int n = slash ? (int)(slash - file) : 0;
    snprintf(folder, 300, "%.*s", slash ? n + (n == 0) : 1, slash ? file : ".");
}

/* Findings about what `set` says belong to the study file, all others to the base. */
static void sort_findings(struct cx_study_reader *r, struct cx_findings *found) {
    for (int i = 0; i < found->n; i++) {
        struct cx_error *e = &found->at[i];
        int line = 0, column = 0;
        for (int k = 0; k < r->s->set_count; k++)
            if (strcmp(e->file, r->s->set[k].from) == 0 && strrchr(e->file, ':'))
                sscanf(strchr(e->file, ':'), ":%d:%d", &line, &column);
        const struct cx_yaml at = {.line = line, .column = column};
        if (line) {
            cx_reader_report(&r->r, &at, CX_AT_VALUE, e);
            continue;
        }
        cx_findings_add(&r->of_base, e, NULL);
        if (r->of_base.n == 0) continue;
        r->of_base.line[r->of_base.n - 1] = found->line[i];
        found->line[i] = NULL;
    }
}

static void read_base(struct cx_study_reader *r, const struct cx_yaml *node) {
    struct cx_study *s = r->s;
    struct cx_error e;
    struct cx_findings found = {0};
    char folder[300];
    if (!node) {
        cx_fail(&e, CX_CONFIG, 100, "the study names no scenario");
        cx_hint(&e, "add 'base: scenario.yml'; it lies beside the study file");
        cx_reader_report(&r->r, r->r.root, CX_AT_VALUE, &e);
        return;
    }
    if (!is_scalar(r, node)) return;
    folder_of(s->file, folder);
    if (cx_path_check(folder, node->text, &e) != CX_OK) {
        cx_study_refuse(r, "base", node, &e);
        return;
    }
    snprintf(s->base, sizeof s->base, "%.255s/%.250s", folder, node->text);
    if (strncmp(s->base, "./", 2) == 0) memmove(s->base, s->base + 2, strlen(s->base) - 1);
    const struct cx_overrides set = {s->set, s->set_count};
    const enum cx_status status = cx_config_load(s->base, &set, &s->models, &r->base, &found);
    r->has_base = status == CX_OK;
    sort_findings(r, &found);
    cx_findings_free(&found);
    if (!r->has_base && r->r.status == CX_OK) r->r.status = status;
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
                {"set", read_set},
                {"base", read_base},
                {"vary", read_vary},
                {"method", cx_method_read},
                {"seed", read_seed},
                {"repeats", read_repeats},
                {"outcomes", cx_outcomes_wanted},
                {"goals", cx_goals_read},
                {"limits", read_limits},
                {"keep", read_keep}};
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
        cx_hint(&e, "add steps: 5, or use a method that samples, such as {lhs: {n: 64}}");
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

/* "configs/depth density.yml" -> "depth_density" */
static void set_name(struct cx_study *s) {
    const char *slash = strrchr(s->file, '/');
    cx_text_copy(s->name, sizeof s->name, slash ? slash + 1 : s->file);
    char *dot = strrchr(s->name, '.');
    if (dot && dot > s->name && (!strcmp(dot, ".yml") || !strcmp(dot, ".yaml"))) *dot = 0;
    for (char *p = s->name; *p; p++)
        if (!isalnum((unsigned char)*p) && *p != '-' && *p != '.') *p = '_';
    if (s->name[0] == '.') s->name[0] = '_';
    snprintf(s->folder, sizeof s->folder, "outputs/%s", s->name);
}

static void read_all(struct cx_study_reader *r, const struct cx_overrides *o) {
    struct cx_error e;
    if (!cx_text_copy(r->s->file, sizeof r->s->file, r->r.file)) {
        cx_fail(&e, CX_STORAGE, 11, "the path of the study file is longer than 255 bytes");
        cx_reader_report(&r->r, NULL, CX_AT_VALUE, &e);
        return;
    }
    set_name(r->s);
    if (!cx_reader_open(&r->r) || !is_study(r)) return;
    for (int i = 0; o && i < o->n; i++) cx_reader_override(&r->r, &o->at[i]);
    refuse_unknown(r);
    for (int i = 0; i < SECTIONS; i++)
        sections[i].read(r, cx_yaml_child(r->r.root, sections[i].key));
    check_whole(r);
}

/* The findings of the base follow those of the study. */
static void join(struct cx_findings *to, struct cx_findings *from) {
    for (int i = 0; i < from->n; i++) {
        const int before = to->n;
        cx_findings_add(to, &from->at[i], NULL);
        if (to->n == before) continue;
        to->line[before] = from->line[i];
        from->line[i] = NULL;
    }
    cx_findings_free(from);
}

enum cx_status cx_study_load(const char *path, const struct cx_overrides *o,
                             const struct cx_model_list *models, struct cx_study *s,
                             struct cx_findings *f) {
    *s = (struct cx_study){.models = *models, .repeats = 1};
    struct cx_study_reader r = {.r = {.file = path, .models = models, .findings = f, .start = f->n},
                                .s = s};
    read_all(&r, o);
    cx_reader_close(&r.r);
    join(f, &r.of_base);
    if (r.has_base) cx_scenario_free(&r.base);
    if (r.r.status != CX_OK) cx_study_free(s);
    return r.r.status;
}

void cx_study_free(struct cx_study *s) {
    for (int i = 0; i < s->factor_count; i++) {
        free(s->factor[i].value);
        free(s->factor[i].word);
    }
    for (int i = 0; i < s->set_count; i++) {
        free((char *)s->set[i].path);
        free((char *)s->set[i].value);
        free((char *)s->set[i].from);
    }
    free(s->factor);
    free(s->set);
    free(s->outcome);
    *s = (struct cx_study){0};
}

static void unheard(void *user, const struct cx_error *e) {
    (void)user;
    (void)e;
}

bool cx_study_is(const char *path) {
    enum { MOST = 1 << 20 };
    unsigned char *bytes = NULL;
    size_t n = 0;
    struct cx_error e;
    struct cx_yaml_pool pool = {0};
    const struct cx_yaml_sink sink = {unheard, NULL};
    if (cx_file_read(path, MOST, &bytes, &n, &e) != CX_OK) return false;
    const bool text = cx_utf8_fault((const char *)bytes, n) < 0;
    const struct cx_yaml *root = text ? cx_yaml_parse(&pool, (const char *)bytes, n, &sink) : NULL;
    const bool study =
        root && root->kind == CX_YAML_MAP && cx_yaml_child(root, "cicatrix-study") != NULL;
    cx_yaml_free(&pool);
    free(bytes);
    return study;
}

int cx_study_factor(const struct cx_study *s, const char *path) {
    for (int i = 0; i < s->factor_count; i++)
        if (strcmp(s->factor[i].path, path) == 0) return i;
    return -1;
}
