/* schema.c - the tables as JSON Schema (draft 2020-12), for editors that complete and check while
 * one types. */
#include "base/text.h"
#include "config/config.h"
#include "config/table.h"

#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#define NUMBER "[-+]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][-+]?[0-9]+)?"
static const char quantity_pattern[] =
    "^\\s*" NUMBER "\\s*[^\\s0-9.,+-].*$|^\\s*" NUMBER "\\s+1/.+$";
static const char pure_pattern[] = "^\\s*" NUMBER "\\s*(%|percent|1)?\\s*$";
static const char times_pattern[] = "^\\s*(every\\s.+|" NUMBER "\\s*[a-zA-Z].*)$";

static bool is_pure(const char *unit) { return !*unit || strcmp(unit, "1") == 0; }

static json_t *text_of(const char *pattern) {
    return json_pack("{s:s, s:s}", "type", "string", "pattern", pattern);
}

static void add_range(json_t *o, double lo, double hi) {
    if (lo > hi) return;
    json_object_set_new(o, "minimum", json_real(lo));
    json_object_set_new(o, "maximum", json_real(hi));
}

/* A pure number may be a JSON number or "30 %"; anything else is a text with its unit. */
static json_t *quantity(const char *unit, double lo, double hi) {
    if (!is_pure(unit)) return text_of(quantity_pattern);
    json_t *number = json_pack("{s:s}", "type", "number");
    add_range(number, lo, hi);
    return json_pack("{s:[o, o]}", "anyOf", number, text_of(pure_pattern));
}

static json_t *words(const struct cx_choice *choices) {
    json_t *list = json_array();
    for (; choices && choices->word; choices++)
        json_array_append_new(list, json_string(choices->word));
    return json_pack("{s:o}", "enum", list);
}

/* `o` itself or a list of such. */
static json_t *or_list(json_t *o, int most) {
    json_t *list = json_pack("{s:s, s:O}", "type", "array", "items", o);
    if (most) json_object_set_new(list, "maxItems", json_integer(most));
    return json_pack("{s:[o, o]}", "anyOf", o, list);
}

static json_t *or_auto(json_t *o) {
    return json_pack("{s:[o, {s:s}]}", "anyOf", o, "const", "auto");
}

static json_t *plain_text(const struct cx_row *row) {
    if (row->kind == CX_KIND_PATH)
        return json_pack("{s:s, s:i}", "type", "string", "maxLength", 255);
    return json_pack("{s:[s, s], s:i}", "type", "string", "number", "maxLength", 255);
}

static json_t *kind_schema(const struct cx_row *row) {
    json_t *o = NULL;
    switch (row->kind) {
    case CX_KIND_NUMBER:
        o = quantity(row->unit, row->lo, row->hi);
        return strcmp(row->fallback, "auto") == 0 ? or_auto(o) : o;
    case CX_KIND_COUNT:
        o = json_pack("{s:s}", "type", "integer");
        add_range(o, row->lo, row->hi);
        return o;
    case CX_KIND_FLAG: return json_pack("{s:s}", "type", "boolean");
    case CX_KIND_CHOICE: return words(row->choices);
    case CX_KIND_TEXT:
    case CX_KIND_PATH: return plain_text(row);
    case CX_KIND_VECTOR: return or_auto(or_list(quantity(row->unit, row->lo, row->hi), 3));
    case CX_KIND_TIMES: return or_list(text_of(times_pattern), 0);
    case CX_KIND_NAMES: return or_list(json_pack("{s:s}", "type", "string"), 0);
    }
    return o;
}

/* "range 20 to 20000 um; default 1.5 mm" behind the meaning, for what a pattern cannot say. */
static void describe(json_t *o, const struct cx_row *row) {
    char text[600];
    size_t n = (size_t)snprintf(text, sizeof text, "%.300s", row->doc);
    if (row->lo <= row->hi)
        n += (size_t)snprintf(text + n, sizeof text - n, "; %.6g to %.6g %s", row->lo, row->hi,
                              is_pure(row->unit) ? "" : row->unit);
    if (*row->fallback) snprintf(text + n, sizeof text - n, "; default %s", row->fallback);
    json_object_set_new(o, "description", json_string(text));
}

static void add_default(json_t *o, const struct cx_row *row) {
    const char *rest;
    double number;
    const bool bare = cx_number_read(row->fallback, &rest, &number) && !*rest;
    if (!*row->fallback) return;
    if (bare && row->kind == CX_KIND_COUNT)
        json_object_set_new(o, "default", json_integer((json_int_t)number));
    else if (bare && row->kind == CX_KIND_NUMBER)
        json_object_set_new(o, "default", json_real(number));
    else if (row->kind == CX_KIND_FLAG)
        json_object_set_new(o, "default", json_boolean(strcmp(row->fallback, "true") == 0));
    else
        json_object_set_new(o, "default", json_string(row->fallback));
}

static json_t *map_schema(const char *description) {
    return json_pack("{s:s, s:s, s:{}, s:b}", "type", "object", "description", description,
                     "properties", "additionalProperties", 0);
}

/* The `properties` of the map at `path`, made on the way. */
static json_t *properties_at(json_t *root, const char *path) {
    json_t *map = root;
    while (*path) {
        char name[64];
        const size_t n = strcspn(path, ".");
        snprintf(name, sizeof name, "%.*s", (int)n, path);
        json_t *in = json_object_get(map, "properties"), *next = json_object_get(in, name);
        if (!next) {
            next = map_schema(name);
            json_object_set_new(in, name, next);
        }
        map = next;
        path += n + (path[n] == '.');
    }
    return json_object_get(map, "properties");
}

static void add_group(json_t *root, const struct cx_group *g) {
    json_t *properties = properties_at(root, g->path);
    for (int i = 0; i < g->count; i++) {
        json_t *o = kind_schema(&g->rows[i]);
        describe(o, &g->rows[i]);
        add_default(o, &g->rows[i]);
        json_object_set_new(properties, g->rows[i].name, o);
    }
}

/* `left: periodic` beside `left: {kind: periodic}`; done last, when the maps are complete. */
static void add_shorthand(json_t *root, const struct cx_group *g) {
    const struct cx_row *row = cx_group_shorthand(g);
    if (!row) return;
    char parent[96];
    cx_text_copy(parent, sizeof parent, g->path);
    char *dot = strrchr(parent, '.');
    if (dot) *dot = 0;
    json_t *in = properties_at(root, dot ? parent : "");
    const char *name = cx_path_last(g->path);
    json_t *map = json_incref(json_object_get(in, name));
    json_object_set_new(in, name, json_pack("{s:[o, o]}", "anyOf", map, words(row->choices)));
}

static json_t *parameter_schema(const struct cx_param_row *p) {
    char text[600];
    snprintf(text, sizeof text, "%.300s; %.6g to %.6g %s; default %.6g; %.120s", p->doc, p->lo,
             p->hi, is_pure(p->unit) ? "" : p->unit, p->fallback, p->source);
    json_t *o = quantity(p->unit, p->lo, p->hi);
    json_object_set_new(o, "description", json_string(text));
    return o;
}

static json_t *outcome_words(const struct cx_model *m, bool series) {
    json_t *list = json_array();
    for (int i = 0; i < m->outcome_count; i++)
        json_array_append_new(list, json_string(m->outcomes[i].name));
    for (int i = 0; series && i < m->series_count; i++)
        json_array_append_new(list, json_string(m->series[i].name));
    return json_pack("{s:o}", "enum", list);
}

/* What the choice of a model implies for parameters, changes, observed and expect. */
static json_t *model_rule(const struct cx_model *m, bool standard) {
    json_t *parameters = map_schema("parameters of the model");
    json_t *names = json_object_get(parameters, "properties");
    for (int i = 0; i < m->param_count; i++)
        json_object_set_new(names, m->params[i].name, parameter_schema(&m->params[i]));
    json_t *then =
        json_pack("{s:{s:o, s:{s:{s:{s:O}}}, s:{s:{s:{s:o}}}, s:{s:o}}}", "properties",
                  "parameters", parameters, "changes", "items", "properties", "set", parameters,
                  "observed", "items", "properties", "outcome", outcome_words(m, true), "expect",
                  "propertyNames", outcome_words(m, false));
    json_t *if_ = json_pack("{s:{s:{s:s}}}", "properties", "model", "const", m->name);
    if (!standard) json_object_set_new(if_, "required", json_pack("[s]", "model"));
    return json_pack("{s:o, s:o}", "if", if_, "then", then);
}

static void add_model_parts(json_t *root, const struct cx_model_list *models) {
    json_t *in = json_object_get(root, "properties"), *rules = json_array(), *names = json_array();
    const char *standard = cx_row_find("model", NULL)->fallback;
    for (int i = 0; i < models->n; i++) {
        json_array_append_new(rules,
                              model_rule(models->at[i], !strcmp(models->at[i]->name, standard)));
        json_array_append_new(names, json_string(models->at[i]->name));
    }
    json_object_set_new(json_object_get(in, "model"), "enum", names);
    json_object_set_new(root, "allOf", rules);
    json_object_set_new(in, "parameters", json_pack("{s:s}", "type", "object"));
    json_object_set_new(in, "expect",
                        json_pack("{s:s, s:s}", "type", "object", "description",
                                  "windows that tests hold outcomes to"));
}

static json_t *observed_schema(void) {
    static const char *const keys[] = {"at", "value", "low", "high", "unit", "label", "source"};
    json_t *entry = map_schema("one measurement by somebody, shown beside the simulation");
    json_t *in = json_object_get(entry, "properties");
    json_object_set_new(in, "outcome", json_pack("{s:s}", "type", "string"));
    json_object_set_new(in, "sign", json_pack("{s:[s, s, s]}", "enum", "up", "down", "same"));
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        json_object_set_new(in, keys[i], json_pack("{s:[s, s]}", "type", "string", "number"));
    json_object_set_new(entry, "required", json_pack("[s]", "outcome"));
    return json_pack("{s:s, s:o}", "type", "array", "items", entry);
}

static json_t *changes_schema(void) {
    json_t *entry = map_schema("parameters that have another value from `at` to `until`; without "
                               "until: to the end");
    json_t *in = json_object_get(entry, "properties");
    json_object_set_new(in, "at", quantity("h", 0, 876000));
    json_object_set_new(in, "until", quantity("h", 0, 876000));
    json_object_set_new(in, "set", json_pack("{s:s}", "type", "object"));
    json_object_set_new(entry, "required", json_pack("[s, s]", "at", "set"));
    return json_pack("{s:s, s:o}", "type", "array", "items", entry);
}

char *cx_config_schema(const struct cx_model_list *models) {
    struct cx_group groups[CX_GROUP_MOST];
    const int n = cx_groups(groups);
    json_t *root = map_schema("a cicatrix scenario");
    json_object_set_new(root, "$schema",
                        json_string("https://json-schema.org/draft/2020-12/schema"));
    json_object_set_new(root, "title", json_string("cicatrix scenario"));
    for (int g = 0; g < n; g++) add_group(root, &groups[g]);
    for (int g = 0; g < n; g++) add_shorthand(root, &groups[g]);
    json_object_set_new(json_object_get(root, "properties"), "changes", changes_schema());
    json_object_set_new(json_object_get(root, "properties"), "observed", observed_schema());
    add_model_parts(root, models);
    char *text = json_dumps(root, JSON_INDENT(2) | JSON_REAL_PRECISION(15));
    json_decref(root);
    return text;
}
