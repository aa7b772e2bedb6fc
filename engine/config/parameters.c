/* parameters.c - the chosen model, its parameters, and names that must be its own. */
#include "config/reader.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void cx_model_read(struct cx_reader *r) {
    const char *name = r->s->root.model;
    struct cx_nearest near = {.wanted = name};
    for (int i = 0; i < r->models->n; i++) {
        const struct cx_model *m = r->models->at[i];
        if (strcmp(m->name, name) == 0) r->s->model = m;
        cx_nearest_offer(&near, m->name);
    }
    if (r->s->model) return;
    struct cx_error e;
    cx_fail(&e, CX_CONFIG, 35, "there is no model '%.80s'", name);
    const char *best = cx_nearest_name(&near);
    if (best)
        cx_hint(&e, "did you mean '%s'?", best);
    else
        cx_hint(&e, "`cicatrix models` lists them");
    cx_reader_report(r, cx_yaml_toward(r->root, "model"), CX_AT_VALUE, &e);
}

static int parameter_index(const struct cx_model *m, const char *name) {
    for (int i = 0; i < m->param_count; i++)
        if (strcmp(m->params[i].name, name) == 0) return i;
    return -1;
}

static void unknown_parameter(struct cx_reader *r, const struct cx_yaml *node) {
    const struct cx_model *m = r->s->model;
    struct cx_error e;
    struct cx_nearest near = {.wanted = node->key};
    for (int i = 0; i < m->param_count; i++) cx_nearest_offer(&near, m->params[i].name);
    cx_fail(&e, CX_CONFIG, 31, "unknown parameter '%.80s' of the model '%.60s'", node->key,
            m->name);
    const char *best = cx_nearest_name(&near);
    if (best)
        cx_hint(&e, "did you mean '%s'?", best);
    else
        cx_hint(&e, "`cicatrix describe %.60s` lists them", m->name);
    cx_reader_report(r, node, CX_AT_KEY, &e);
}

int cx_parameter_find(struct cx_reader *r, const struct cx_yaml *node) {
    const int i = parameter_index(r->s->model, node->key);
    if (i < 0) unknown_parameter(r, node);
    return i;
}

bool cx_parameter_value(struct cx_reader *r, const char *group, int i, const struct cx_yaml *node,
                        double *value) {
    const struct cx_param_row *p = &r->s->model->params[i];
    const double range[2] = {p->lo, p->hi};
    struct cx_error e;
    char path[96];
    double read = 0;
    cx_path_join(path, group, p->name);
    if (node->kind != CX_YAML_SCALAR || cx_yaml_is_nothing(node)) {
        cx_reader_kind(r, node, path, "a single value");
        return false;
    }
    enum cx_status status = cx_quantity_read(node->text, p->unit, &read, &e);
    if (status == CX_OK) status = cx_range_check(read, range, p->unit, &e);
    if (status) {
        cx_error_about(&e, path);
        cx_reader_report(r, node, CX_AT_VALUE, &e);
        return false;
    }
    *value = read;
    return true;
}

/* Text of a default, as one would type it. */
static void say_default(char out[96], const struct cx_param_row *p) {
    char number[32];
    cx_number_write(p->fallback, number);
    const bool pure = !*p->unit || strcmp(p->unit, "1") == 0;
    cx_text_copy(out, 96, number);
    if (pure) return;
    const size_t n = strlen(out);
    out[n] = ' ';
    cx_text_copy(out + n + 1, 96 - n - 1, p->unit);
}

static void record_origins(struct cx_reader *r, const struct cx_yaml *map) {
    const struct cx_model *m = r->s->model;
    for (int i = 0; i < m->param_count; i++) {
        char path[96], fallback[96];
        cx_path_join(path, "parameters", m->params[i].name);
        say_default(fallback, &m->params[i]);
        cx_reader_origin(r, path, map ? cx_yaml_child(map, m->params[i].name) : NULL, fallback);
    }
}

void cx_parameters_read(struct cx_reader *r) {
    const struct cx_model *m = r->s->model;
    r->s->parameter = calloc((size_t)m->param_count + 1, sizeof *r->s->parameter);
    if (!r->s->parameter) {
        struct cx_error e;
        cx_fail(&e, CX_STORAGE, 61, "no memory left for the parameters");
        cx_reader_report(r, NULL, CX_AT_VALUE, &e);
        return;
    }
    for (int i = 0; i < m->param_count; i++) r->s->parameter[i] = m->params[i].fallback;
    const struct cx_yaml *map = cx_yaml_child(r->root, "parameters");
    if (map && cx_yaml_is_nothing(map)) map = NULL;
    if (map && map->kind != CX_YAML_MAP) {
        cx_reader_kind(r, map, "parameters", "a map of names and values");
        map = NULL;
    }
    for (const struct cx_yaml *c = map ? map->first : NULL; c; c = c->next) {
        const int i = cx_parameter_find(r, c);
        if (i >= 0) cx_parameter_value(r, "parameters", i, c, &r->s->parameter[i]);
    }
    record_origins(r, map);
}

/* Species, and measures where `measures` says so. */
static bool is_field(const struct cx_model *m, bool measures, struct cx_nearest *near) {
    for (int i = 0; i < m->species_count; i++) cx_nearest_offer(near, m->species[i].name);
    for (int i = 0; measures && i < m->measure_count; i++)
        cx_nearest_offer(near, m->measures[i].name);
    return near->name && strcmp(near->name, near->wanted) == 0;
}

/* The list entry that says `name`, or the list itself. */
static const struct cx_yaml *entry(struct cx_reader *r, const char *path, const char *name) {
    const struct cx_yaml *list = cx_yaml_toward(r->root, path);
    for (const struct cx_yaml *c = list->first; c; c = c->next)
        if (c->kind == CX_YAML_SCALAR && strcmp(c->text, name) == 0) return c;
    return list;
}

static void check_names(struct cx_reader *r, const char *path, const struct cx_names *names,
                        bool measures) {
    for (int i = 0; i < names->n; i++) {
        struct cx_nearest near = {.wanted = names->at[i]};
        if (is_field(r->s->model, measures, &near)) continue;
        struct cx_error e;
        cx_fail(&e, CX_CONFIG, 36, "%s: the model '%.60s' has no field '%s'", path,
                r->s->model->name, names->at[i]);
        const char *best = cx_nearest_name(&near);
        if (best)
            cx_hint(&e, "did you mean '%s'?", best);
        else
            cx_hint(&e, "`cicatrix describe %.60s` lists them", r->s->model->name);
        cx_reader_report(r, entry(r, path, names->at[i]), CX_AT_VALUE, &e);
    }
}

void cx_field_names_check(struct cx_reader *r) {
    check_names(r, "output.fields", &r->s->output.fields, true);
    check_names(r, "initial.fields", &r->s->initial.fields, false);
}
