/* calibration.c - a calibration file from its name to a checked calibration; see calibration.h */
#include "study/calibration.h"

#include "base/file.h"
#include "study/calibration_parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const methods[CX_FIT_METHODS] = {"least_squares", "global", "derivative_free"};
static const char *const draw_methods[CX_DRAW_METHODS] = {"auto", "metropolis", "linearised"};
const char *cx_fit_method_word(enum cx_fit_method m) { return methods[m]; }

/* ---- small pieces ---------------------------------------------------------------------------- */

bool cx_calibration_scalar(struct cx_study_reader *r, const struct cx_yaml *node,
                           const char *path) {
    if (node->kind == CX_YAML_SCALAR && !cx_yaml_is_nothing(node)) return true;
    cx_reader_kind(&r->r, node, path, "a single value");
    return false;
}

/* Number of the word, -1 after a finding. */
static int choose(struct cx_study_reader *r, const struct cx_yaml *node, const char *word,
                  const char *const *words) {
    struct cx_nearest near = {.wanted = word};
    struct cx_error e;
    for (int i = 0; i < 3; i++) {
        if (strcmp(word, words[i]) == 0) return i;
        cx_nearest_offer(&near, words[i]);
    }
    cx_fail(&e, CX_CONFIG, 34, "'%.60s' is not one of %s, %s, %s", word, words[0], words[1],
            words[2]);
    if (cx_nearest_name(&near)) cx_hint(&e, "did you mean '%s'?", cx_nearest_name(&near));
    cx_reader_report(&r->r, node, CX_AT_VALUE, &e);
    return -1;
}

static void unknown(struct cx_study_reader *r, const struct cx_yaml *key, const char *where,
                    const char *const *keys) {
    struct cx_nearest near = {.wanted = key->key};
    for (int i = 0; keys[i]; i++) cx_nearest_offer(&near, keys[i]);
    cx_unknown_key(&r->r, key, where, &near);
}

static bool known(const char *key, const char *const *keys) {
    for (int i = 0; keys[i]; i++)
        if (strcmp(key, keys[i]) == 0) return true;
    return false;
}

bool cx_calibration_keys(struct cx_study_reader *r, const struct cx_yaml *map, const char *where,
                         const char *const *keys) {
    if (map->kind != CX_YAML_MAP) {
        cx_reader_kind(&r->r, map, where, "a map of keys and values");
        return false;
    }
    bool good = true;
    for (const struct cx_yaml *c = map->first; c; c = c->next)
        if (!known(c->key, keys)) {
            unknown(r, c, where, keys);
            good = false;
        }
    return good;
}

static void number(struct cx_study_reader *r, const struct cx_yaml *node, const double range[2],
                   double *to) {
    struct cx_error e;
    double value = 0;
    if (!node || !cx_calibration_scalar(r, node, node->key)) return;
    enum cx_status status = cx_quantity_read(node->text, "1", &value, &e);
    if (status == CX_OK) status = cx_range_check(value, range, "1", &e);
    if (status == CX_OK)
        *to = value;
    else
        cx_study_refuse(r, node->key, node, &e);
}

/* ---- sections -------------------------------------------------------------------------------- */

static void read_title(struct cx_study_reader *r, const struct cx_yaml *node) {
    if (node && cx_calibration_scalar(r, node, "title"))
        cx_text_copy(r->s->title, sizeof r->s->title, node->text);
}

static void read_version(struct cx_study_reader *r, const struct cx_yaml *node) {
    static const double range[2] = {1, 1};
    int64_t version;
    if (node) cx_study_count(r, node, range, &version);
}

/* least_squares, or {global: {points: 400}} */
static void read_method(struct cx_study_reader *r, const struct cx_yaml *node) {
    static const char *const keys[] = {"points", NULL};
    static const double range[2] = {10, 1e6};
    struct cx_calibration *c = cx_calibration_of(r);
    int64_t points = 0;
    if (!node || cx_yaml_is_nothing(node)) return;
    const bool map = node->kind == CX_YAML_MAP && node->count == 1;
    const int m = choose(r, node, map ? node->first->key : node->text, methods);
    if (m >= 0) c->method = (enum cx_fit_method)m;
    if (!map || m < 0 || !cx_calibration_keys(r, node->first, "method", keys)) return;
    const struct cx_yaml *at = cx_yaml_child(node->first, "points");
    if (at && cx_study_count(r, at, range, &points)) c->points = (int)points;
}

static void read_level(struct cx_study_reader *r, const struct cx_yaml *node) {
    static const double range[2] = {0.5, 0.999};
    number(r, node, range, &cx_calibration_of(r)->level);
}

static void read_step(struct cx_study_reader *r, const struct cx_yaml *node) {
    static const double range[2] = {1e-7, 0.1};
    number(r, node, range, &cx_calibration_of(r)->step);
}

static void read_profile(struct cx_study_reader *r, const struct cx_yaml *node) {
    struct cx_error e;
    if (!node || !cx_calibration_scalar(r, node, "profile")) return;
    cx_calibration_of(r)->profile = strcmp(node->text, "true") == 0;
    if (strcmp(node->text, "true") == 0 || strcmp(node->text, "false") == 0) return;
    cx_fail(&e, CX_CONFIG, 34, "profile is true or false, not '%.60s'", node->text);
    cx_reader_report(&r->r, node, CX_AT_VALUE, &e);
}

static void read_posterior(struct cx_study_reader *r, const struct cx_yaml *node) {
    static const char *const keys[] = {"draws", "steps", "method", NULL};
    static const double range[2] = {0, 100000}, some[2] = {20, 100000};
    struct cx_calibration *c = cx_calibration_of(r);
    int64_t draws = 0;
    if (!node || cx_yaml_is_nothing(node) || !cx_calibration_keys(r, node, "posterior", keys))
        return;
    const struct cx_yaml *at = cx_yaml_child(node, "draws"), *m = cx_yaml_child(node, "method");
    const struct cx_yaml *steps = cx_yaml_child(node, "steps");
    if (at && cx_study_count(r, at, range, &draws)) c->draws = (int)draws;
    if (steps && cx_study_count(r, steps, some, &draws)) c->steps = (int)draws;
    const int how = m ? choose(r, m, m->text, draw_methods) : -1;
    if (how >= 0) c->draw = (enum cx_draw_method)how;
}

static void read_seed(struct cx_study_reader *r, const struct cx_yaml *node) {
    static const double range[2] = {0, 4294967295.0};
    int64_t seed = 1;
    if (node) cx_study_count(r, node, range, &seed);
    r->s->seed = (uint64_t)seed;
}

static void read_limits(struct cx_study_reader *r, const struct cx_yaml *node) {
    static const char *const keys[] = {"time", NULL};
    static const double positive[2] = {1e-3, 1e18};
    struct cx_error e;
    if (!node || cx_yaml_is_nothing(node) || !cx_calibration_keys(r, node, "limits", keys)) return;
    const struct cx_yaml *time = cx_yaml_child(node, "time");
    if (!time || !cx_calibration_scalar(r, time, "limits.time")) return;
    enum cx_status status = cx_quantity_read(time->text, "s", &r->s->time_s, &e);
    if (status == CX_OK) status = cx_range_check(r->s->time_s, positive, "s", &e);
    if (status != CX_OK) cx_study_refuse(r, "limits.time", time, &e);
}

/* In the order in which they need each other; `read` is called with NULL where the section is absent. */
static const struct section {
    const char *key;
    void (*read)(struct cx_study_reader *r, const struct cx_yaml *node);
} sections[] = {{"cicatrix-calibration", read_version},
                {"title", read_title},
                {"set", cx_study_set_read},
                {"base", cx_calibration_base},
                {"fit", cx_calibration_fit},
                {"data", cx_calibration_data},
                {"method", read_method},
                {"level", read_level},
                {"step", read_step},
                {"profile", read_profile},
                {"posterior", read_posterior},
                {"seed", read_seed},
                {"limits", read_limits}};
enum { SECTIONS = sizeof sections / sizeof *sections };

/* ---- the whole ------------------------------------------------------------------------------- */

static bool is_calibration(struct cx_study_reader *r) {
    struct cx_error e;
    if (cx_yaml_child(r->r.root, "cicatrix-calibration")) return true;
    cx_fail(&e, CX_CONFIG, 130, "this is not a calibration");
    cx_hint(&e, "a calibration begins with 'cicatrix-calibration: 1'; `cicatrix help calibrate`");
    cx_reader_report(&r->r, r->r.root, CX_AT_VALUE, &e);
    return false;
}

static void read_all(struct cx_study_reader *r, const struct cx_overrides *o) {
    const char *keys[SECTIONS + 1] = {0};
    struct cx_error e;
    for (int i = 0; i < SECTIONS; i++) keys[i] = sections[i].key;
    if (!cx_text_copy(r->s->file, sizeof r->s->file, r->r.file)) {
        cx_fail(&e, CX_STORAGE, 11, "the path of the calibration file is longer than 255 bytes");
        cx_reader_report(&r->r, NULL, CX_AT_VALUE, &e);
        return;
    }
    cx_study_name(r->s);
    if (!cx_reader_open(&r->r) || !is_calibration(r)) return;
    for (int i = 0; o && i < o->n; i++) cx_reader_override(&r->r, &o->at[i]);
    cx_calibration_keys(r, r->r.root, "", keys);
    for (int i = 0; i < SECTIONS; i++)
        sections[i].read(r, cx_yaml_child(r->r.root, sections[i].key));
    cx_calibration_whole(r);
}

bool cx_calibration_is(const char *path) { return cx_file_has_key(path, "cicatrix-calibration"); }

enum cx_status cx_calibration_load(const char *path, const struct cx_overrides *o,
                                   const struct cx_model_list *models, struct cx_calibration *c,
                                   struct cx_findings *f) {
    *c = (struct cx_calibration){.study = {.models = *models, .repeats = 1, .seed = 1},
                                 .points = 400,
                                 .level = 0.9,
                                 .step = 1e-3,
                                 .profile = true,
                                 .draws = 400,
                                 .steps = 250};
    struct cx_calibration_reader r = {
        .r = {.r = {.file = path, .models = models, .findings = f, .start = f->n}, .s = &c->study},
        .c = c};
    read_all(&r.r, o);
    cx_reader_close(&r.r.r);
    cx_study_join(f, &r.r.of_base);
    if (r.r.has_base) cx_scenario_free(&r.r.base);
    if (r.r.r.status != CX_OK) cx_calibration_free(c);
    return r.r.r.status;
}

void cx_calibration_free(struct cx_calibration *c) {
    for (int i = 0; i < c->sets; i++) free(c->set[i].at);
    for (int i = 0; i < c->conditions; i++) cx_study_set_free(&c->condition[i]);
    free(c->set);
    free(c->condition);
    cx_study_free(&c->study);
    *c = (struct cx_calibration){0};
}
