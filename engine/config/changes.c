/* changes.c - `changes`: model parameters that have another value for a while, as when a drug is given from day 28 to
 * day 29. */
#include "config/reader.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* One entry of the list, half read. */
struct entry {
    const struct cx_yaml *map;
    double at, until; /* h; until infinite: to the end */
};

static void refuse(struct cx_reader *r, const struct cx_yaml *at, const char *what,
                   struct cx_error *e) {
    cx_error_about(e, what);
    cx_reader_report(r, at, CX_AT_VALUE, e);
}

static void check_keys(struct cx_reader *r, const struct cx_yaml *map) {
    static const char *const keys[] = {"at", "until", "set"};
    for (const struct cx_yaml *c = map->first; c; c = c->next) {
        struct cx_nearest near = {.wanted = c->key};
        for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) cx_nearest_offer(&near, keys[i]);
        if (strcmp(near.name, c->key) != 0) cx_unknown_key(r, c, "changes", &near);
    }
}

static void missing(struct cx_reader *r, const struct cx_yaml *map, const char *key) {
    struct cx_error e;
    cx_fail(&e, CX_CONFIG, 39, "changes: an entry without '%s'", key);
    cx_hint(&e, "write {at: 28 day, until: 29 day, set: {PARAMETER: VALUE}}; without until it "
                "lasts to the end");
    cx_reader_report(r, map, CX_AT_VALUE, &e);
}

/* A time of the entry in h; false after a finding. */
static bool read_time(struct cx_reader *r, const struct cx_yaml *node, const char *path,
                      double *h) {
    static const double range[2] = {0, 876000};
    struct cx_error e;
    if (node->kind != CX_YAML_SCALAR || cx_yaml_is_nothing(node)) {
        cx_reader_kind(r, node, path, "a time such as 28 day");
        return false;
    }
    enum cx_status status = cx_quantity_read(node->text, "h", h, &e);
    if (status == CX_OK) status = cx_range_check(*h, range, "h", &e);
    if (status != CX_OK) refuse(r, node, path, &e);
    return status == CX_OK;
}

static bool read_times(struct cx_reader *r, struct entry *x) {
    const struct cx_yaml *at = cx_yaml_child(x->map, "at"), *until = cx_yaml_child(x->map, "until");
    const double end = r->s->time.end;
    struct cx_error e;
    if (!at) missing(r, x->map, "at");
    if (!at || !read_time(r, at, "changes.at", &x->at)) return false;
    if (until && !read_time(r, until, "changes.until", &x->until)) return false;
    if (x->at >= end) {
        cx_fail(&e, CX_CONFIG, 59, "changes.at: %.6g day is not before time.end (%.6g day)",
                x->at / 24, end / 24);
        cx_hint(&e, "move time.end or drop the change");
        cx_reader_report(r, at, CX_AT_VALUE, &e);
        return false;
    }
    if (x->until > x->at) return true;
    cx_fail(&e, CX_CONFIG, 33, "changes.until: %.6g h is not after %.6g h", x->until, x->at);
    cx_hint(&e, "a change lasts from `at` to `until`");
    cx_reader_report(r, until, CX_AT_VALUE, &e);
    return false;
}

/* Two values for one parameter at one time: which one counts would be a guess. */
static bool overlaps(struct cx_reader *r, const struct cx_change *c, const struct cx_yaml *node) {
    const struct cx_scenario *s = r->s;
    for (int i = 0; i < s->change_count; i++) {
        const struct cx_change *o = &s->change[i];
        if (o->parameter != c->parameter || o->at >= c->until || c->at >= o->until) continue;
        struct cx_error e;
        cx_fail(&e, CX_CONFIG, 58, "changes: '%.60s' is set twice at %.6g h", node->key,
                fmax(o->at, c->at));
        cx_hint(&e, "let one change end (`until`) where the next one begins");
        cx_reader_report(r, node, CX_AT_KEY, &e);
        return true;
    }
    return false;
}

static bool append(struct cx_reader *r, const struct cx_change *c) {
    struct cx_scenario *s = r->s;
    void *at = realloc(s->change, (size_t)(s->change_count + 1) * sizeof *s->change);
    if (at) {
        s->change = at;
        s->change[s->change_count++] = *c;
        return true;
    }
    struct cx_error e;
    cx_fail(&e, CX_STORAGE, 61, "no memory left for the changes of parameters");
    cx_reader_report(r, NULL, CX_AT_VALUE, &e);
    return false;
}

static void read_set(struct cx_reader *r, const struct entry *x, const struct cx_yaml *set) {
    for (const struct cx_yaml *c = set->first; c; c = c->next) {
        struct cx_change made = {x->at, x->until, cx_parameter_find(r, c), 0};
        if (made.parameter < 0 ||
            !cx_parameter_value(r, "changes.set", made.parameter, c, &made.value))
            continue;
        if (!overlaps(r, &made, c)) append(r, &made);
    }
}

static void read_entry(struct cx_reader *r, const struct cx_yaml *map) {
    struct entry x = {map, 0, INFINITY};
    check_keys(r, map);
    const bool timed = read_times(r, &x);
    const struct cx_yaml *set = cx_yaml_child(map, "set");
    if (!set || cx_yaml_is_nothing(set) || (set->kind == CX_YAML_MAP && !set->first))
        missing(r, map, "set");
    else if (set->kind != CX_YAML_MAP)
        cx_reader_kind(r, set, "changes.set", "a map of parameters and values");
    else if (timed)
        read_set(r, &x, set);
}

void cx_changes_read(struct cx_reader *r) {
    const struct cx_yaml *list = cx_yaml_child(r->root, "changes");
    if (!list || cx_yaml_is_nothing(list)) return;
    if (list->kind != CX_YAML_LIST) {
        cx_reader_kind(r, list, "changes", "a list of entries {at: ..., until: ..., set: {...}}");
        return;
    }
    for (const struct cx_yaml *c = list->first; c; c = c->next) {
        if (c->kind == CX_YAML_MAP)
            read_entry(r, c);
        else
            cx_reader_kind(r, c, "changes", "entries with 'at:' and 'set:'");
    }
}
