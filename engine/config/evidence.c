/* evidence.c - `observed`: numbers that somebody measured; `expect`: windows that our own tests
 * hold an outcome to. */
#include "config/reader.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Unit of an outcome (or, where `series` says so, of a series) of the model; NULL if it has no
 * such name. */
static const char *unit_of(const struct cx_model *m, bool series, struct cx_nearest *near) {
    for (int i = 0; i < m->outcome_count; i++) {
        if (strcmp(m->outcomes[i].name, near->wanted) == 0) return m->outcomes[i].unit;
        cx_nearest_offer(near, m->outcomes[i].name);
    }
    for (int i = 0; series && i < m->series_count; i++) {
        if (strcmp(m->series[i].name, near->wanted) == 0) return m->series[i].unit;
        cx_nearest_offer(near, m->series[i].name);
    }
    return NULL;
}

static const char *find_unit(struct cx_reader *r, const struct cx_yaml *at, enum cx_place place,
                             const char *name) {
    const bool series = place == CX_AT_VALUE; /* only measurements may name a series */
    struct cx_nearest near = {.wanted = name};
    const char *unit = unit_of(r->s->model, series, &near);
    if (unit) return unit;
    struct cx_error e;
    cx_fail(&e, CX_CONFIG, 36, "the model '%.60s' has no outcome%s '%.60s'", r->s->model->name,
            series ? " or series" : "", name);
    const char *best = cx_nearest_name(&near);
    if (best)
        cx_hint(&e, "did you mean '%s'?", best);
    else
        cx_hint(&e, "`cicatrix describe %.60s` lists them", r->s->model->name);
    cx_reader_report(r, at, place, &e);
    return NULL;
}

static void refuse(struct cx_reader *r, const struct cx_yaml *at, const char *what,
                   struct cx_error *e) {
    cx_error_about(e, what);
    cx_reader_report(r, at, CX_AT_VALUE, e);
}

/* One entry of `observed`, half read. */
struct observation {
    const struct cx_yaml *map;
    const char *unit; /* of the outcome */
};

/* The scalar of a key, or NULL when absent (or after a finding). */
static const struct cx_yaml *scalar(struct cx_reader *r, const struct cx_yaml *map,
                                    const char *key) {
    const struct cx_yaml *c = cx_yaml_child(map, key);
    if (!c || cx_yaml_is_nothing(c)) return NULL;
    if (c->kind == CX_YAML_SCALAR) return c;
    char path[96];
    cx_path_join(path, "observed", key);
    cx_reader_kind(r, c, path, "a single value");
    return NULL;
}

static void copy_text(struct cx_reader *r, const struct cx_yaml *map, const char *key, char *to,
                      size_t room) {
    const struct cx_yaml *c = scalar(r, map, key);
    struct cx_error e;
    if (!c || cx_text_copy(to, room, c->text)) return;
    cx_fail(&e, CX_CONFIG, 37, "the text has %zu bytes, allowed are %zu", strlen(c->text),
            room - 1);
    cx_hint(&e, "shorten it");
    refuse(r, c, key, &e);
}

/* A number in the outcome's unit; `unit:` of the entry serves bare numbers. */
static void copy_number(struct cx_reader *r, const struct observation *o, const char *key,
                        double *to) {
    *to = NAN;
    const struct cx_yaml *c = scalar(r, o->map, key), *own = scalar(r, o->map, "unit");
    if (!c) return;
    char text[160];
    const char *rest;
    double number;
    const bool bare = own && cx_number_read(c->text, &rest, &number) && !*rest;
    snprintf(text, sizeof text, "%.100s%s%.50s", c->text, bare ? " " : "", bare ? own->text : "");
    struct cx_error e;
    if (cx_quantity_read(text, o->unit, to, &e) == CX_OK) return;
    *to = NAN;
    refuse(r, c, key, &e);
}

static void check_keys(struct cx_reader *r, const struct cx_yaml *map) {
    static const char *const keys[] = {"outcome", "at",   "value", "low",   "high",
                                       "unit",    "sign", "label", "source"};
    for (const struct cx_yaml *c = map->first; c; c = c->next) {
        struct cx_nearest near = {.wanted = c->key};
        for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) cx_nearest_offer(&near, keys[i]);
        if (strcmp(near.name, c->key) != 0) cx_unknown_key(r, c, "observed", &near);
    }
}

static void check_sign(struct cx_reader *r, const struct cx_yaml *map) {
    const struct cx_yaml *c = scalar(r, map, "sign");
    if (!c || !*c->text || !strcmp(c->text, "up") || !strcmp(c->text, "down") ||
        !strcmp(c->text, "same"))
        return;
    struct cx_error e;
    cx_fail(&e, CX_CONFIG, 34, "'%.60s' is not one of the choices: up, down, same", c->text);
    refuse(r, c, "sign", &e);
}

static void check_content(struct cx_reader *r, const struct cx_yaml *map,
                          const struct cx_observed *o) {
    struct cx_error e;
    if (o->low > o->high) {
        cx_fail(&e, CX_CONFIG, 33, "observed: low is above high");
        cx_hint(&e, "swap them");
        cx_reader_report(r, cx_yaml_child(map, "low"), CX_AT_VALUE, &e);
    }
    const bool number = cx_yaml_child(map, "value") || cx_yaml_child(map, "low") ||
                        cx_yaml_child(map, "high") || cx_yaml_child(map, "sign");
    if (number) return;
    cx_fail(&e, CX_CONFIG, 39, "observed: '%.60s' has neither value, low, high nor sign",
            o->outcome);
    cx_hint(&e, "say what was measured: 'value: 53.2 %%' or 'sign: up'");
    cx_reader_report(r, map, CX_AT_VALUE, &e);
}

static void read_observed(struct cx_reader *r, const struct cx_yaml *map, struct cx_observed *o) {
    struct cx_error e;
    check_keys(r, map);
    const struct cx_yaml *name = scalar(r, map, "outcome");
    if (!name) {
        cx_fail(&e, CX_CONFIG, 39, "observed: an entry without 'outcome'");
        cx_hint(&e, "name the outcome or series that was measured");
        cx_reader_report(r, map, CX_AT_VALUE, &e);
        return;
    }
    const struct observation seen = {map, find_unit(r, name, CX_AT_VALUE, name->text)};
    check_sign(r, map);
    copy_text(r, map, "label", o->label, sizeof o->label);
    copy_text(r, map, "source", o->source, sizeof o->source);
    const struct observation when = {map, "h"};
    if (cx_yaml_child(map, "at")) copy_number(r, &when, "at", &o->at);
    if (!seen.unit) return;
    cx_text_copy(o->outcome, sizeof o->outcome, name->text);
    cx_text_copy(o->unit, sizeof o->unit, seen.unit);
    if (scalar(r, map, "sign")) cx_text_copy(o->sign, sizeof o->sign, scalar(r, map, "sign")->text);
    copy_number(r, &seen, "value", &o->value);
    copy_number(r, &seen, "low", &o->low);
    copy_number(r, &seen, "high", &o->high);
    check_content(r, map, o);
}

/* Zeroed room for `count` things of `size` bytes; NULL and a finding if there is none. */
static void *room_for(struct cx_reader *r, int count, size_t size) {
    void *at = calloc((size_t)count + 1, size);
    if (at) return at;
    struct cx_error e;
    cx_fail(&e, CX_STORAGE, 61, "no memory left for what was observed or expected");
    cx_reader_report(r, NULL, CX_AT_VALUE, &e);
    return NULL;
}

void cx_observed_read(struct cx_reader *r) {
    const struct cx_yaml *list = cx_yaml_child(r->root, "observed");
    if (!list || cx_yaml_is_nothing(list)) return;
    if (list->kind != CX_YAML_LIST) {
        cx_reader_kind(r, list, "observed", "a list of entries that start with '- outcome:'");
        return;
    }
    struct cx_scenario *s = r->s;
    s->observed = room_for(r, list->count, sizeof *s->observed);
    if (!s->observed) return;
    for (const struct cx_yaml *c = list->first; c; c = c->next) {
        struct cx_observed *o = &s->observed[s->observed_count++];
        o->at = o->value = o->low = o->high = NAN;
        if (c->kind == CX_YAML_MAP)
            read_observed(r, c, o);
        else
            cx_reader_kind(r, c, "observed", "entries with 'outcome:' and 'value:'");
    }
}

/* Bare numbers are in the outcome's own unit. */
static enum cx_status read_bare(const char *text, const char *unit, double *value,
                                struct cx_error *e) {
    const char *rest;
    text += strspn(text, " ");
    const bool bare = cx_number_read(text, &rest, value) && !rest[strspn(rest, " ")];
    return cx_quantity_read(text, bare ? "1" : unit, value, e);
}

static enum cx_status fail_window(const char *text, struct cx_error *e) {
    cx_fail(e, CX_CONFIG, 27, "'%.80s' is not a window of values", text);
    cx_hint(e, "write '7.5 +- 0.2', '12 ng/mL +- 1%%' or '[low, high]'");
    return CX_CONFIG;
}

/* "7.5 +- 0.2", "12.0 ng/mL +- 1%" (a percentage is always a share of the value). */
static enum cx_status read_spread(const char *text, const char *unit, double window[2],
                                  struct cx_error *e) {
    char middle[80], *sign;
    if (!cx_text_copy(middle, sizeof middle, text)) return fail_window(text, e);
    sign = strstr(middle, "+-");
    if (!sign) return fail_window(text, e);
    *sign = 0;
    const char *spread = sign + 2;
    const bool share = strchr(spread, '%') != NULL;
    double value, half;
    CX_TRY(read_bare(middle, unit, &value, e));
    CX_TRY(read_bare(spread, share ? "1" : unit, &half, e));
    if (share) half *= fabs(value);
    if (half < 0) return fail_window(text, e);
    window[0] = value - half;
    window[1] = value + half;
    return CX_OK;
}

static enum cx_status read_window(const struct cx_yaml *node, const char *unit, double window[2],
                                  struct cx_error *e) {
    if (node->kind == CX_YAML_SCALAR) return read_spread(node->text, unit, window, e);
    const struct cx_yaml *low = node->first, *high = low ? low->next : NULL;
    const bool pair = node->kind == CX_YAML_LIST && node->count == 2 && high;
    if (!pair || low->kind != CX_YAML_SCALAR || high->kind != CX_YAML_SCALAR)
        return fail_window(cx_yaml_kind_name(node), e);
    CX_TRY(read_bare(low->text, unit, &window[0], e));
    CX_TRY(read_bare(high->text, unit, &window[1], e));
    return window[0] <= window[1] ? CX_OK : fail_window("[high, low]", e);
}

void cx_expect_read(struct cx_reader *r) {
    const struct cx_yaml *map = cx_yaml_child(r->root, "expect");
    if (!map || cx_yaml_is_nothing(map)) return;
    if (map->kind != CX_YAML_MAP) {
        cx_reader_kind(r, map, "expect", "a map of outcomes and windows");
        return;
    }
    struct cx_scenario *s = r->s;
    s->expect = room_for(r, map->count, sizeof *s->expect);
    for (const struct cx_yaml *c = s->expect ? map->first : NULL; c; c = c->next) {
        struct cx_error e;
        double window[2] = {0, 0};
        const char *unit = find_unit(r, c, CX_AT_KEY, c->key);
        if (!unit) continue;
        if (read_window(c, unit, window, &e)) refuse(r, c, c->key, &e);
        struct cx_expect *x = &s->expect[s->expect_count++];
        cx_text_copy(x->outcome, sizeof x->outcome, c->key);
        x->low = window[0];
        x->high = window[1];
    }
}
