/* target.c - what the paths of a study name, and small readings that its files share; see parts.h */
#include "study/parts.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const char prefix[] = "parameters.";

bool cx_target_find(const struct cx_study_reader *r, const char *path, struct cx_target *t) {
    *t = (struct cx_target){.row = cx_row_find(path, NULL)};
    if (t->row) return true;
    if (!r->has_base || strncmp(path, prefix, sizeof prefix - 1) != 0) return false;
    const struct cx_model *m = r->base.model;
    for (int i = 0; i < m->param_count && !t->param; i++)
        if (strcmp(m->params[i].name, path + sizeof prefix - 1) == 0) t->param = &m->params[i];
    return t->param != NULL;
}

const char *cx_target_unit(const struct cx_target *t) {
    const char *unit = t->param ? t->param->unit : t->row->unit;
    return *unit ? unit : "1";
}

bool cx_target_is_number(const struct cx_target *t) {
    return t->param || t->row->kind == CX_KIND_NUMBER || t->row->kind == CX_KIND_COUNT;
}

void cx_study_refuse(struct cx_study_reader *r, const char *path, const struct cx_yaml *node,
                     struct cx_error *e) {
    cx_error_about(e, path);
    cx_reader_report(&r->r, node, CX_AT_VALUE, e);
}

static void offer_paths(struct cx_nearest *near, char path[96], char best[96]) {
    struct cx_group groups[CX_GROUP_MOST];
    const int n = cx_groups(groups);
    int least = -1;
    for (int g = 0; g < n; g++) {
        for (int i = 0; i < groups[g].count; i++) {
            cx_path_join(path, groups[g].path, groups[g].rows[i].name);
            cx_nearest_offer(near, path);
            if (near->name != path || (least >= 0 && near->distance >= least)) continue;
            least = near->distance;
            snprintf(best, 96, "%s", path);
        }
    }
    near->name = least >= 0 ? best : NULL;
}

static void unknown_parameter(struct cx_study_reader *r, const char *path, struct cx_error *e) {
    const struct cx_model *m = r->base.model;
    struct cx_nearest near = {.wanted = path + sizeof prefix - 1};
    for (int i = 0; i < m->param_count; i++) cx_nearest_offer(&near, m->params[i].name);
    cx_fail(e, CX_CONFIG, 31, "unknown parameter '%.80s' of the model '%.60s'", near.wanted,
            m->name);
    const char *best = cx_nearest_name(&near);
    if (best)
        cx_hint(e, "did you mean 'parameters.%s'?", best);
    else
        cx_hint(e, "`cicatrix describe %.60s` lists them", m->name);
}

void cx_target_unknown(struct cx_study_reader *r, const char *path, const struct cx_yaml *node) {
    struct cx_error e;
    const bool parameter = strncmp(path, prefix, sizeof prefix - 1) == 0;
    if (parameter && !r->has_base) return; /* the base has findings of its own */
    if (parameter) {
        unknown_parameter(r, path, &e);
    } else {
        char each[96], nearest[96];
        struct cx_nearest near = {.wanted = path};
        offer_paths(&near, each, nearest);
        cx_fail(&e, CX_CONFIG, 30, "no setting is called '%.95s'", path);
        const char *best = cx_nearest_name(&near);
        if (best)
            cx_hint(&e, "did you mean '%s'?", best);
        else
            cx_hint(&e, "write the whole path, such as device.needle.length or parameters.NAME");
    }
    cx_reader_report(&r->r, node, CX_AT_KEY, &e);
}

bool cx_study_count(struct cx_study_reader *r, const struct cx_yaml *node, const double range[2],
                    int64_t *out) {
    struct cx_error e;
    const char *rest, *text = node->kind == CX_YAML_SCALAR ? node->text : "";
    double value;
    const bool number = cx_number_read(text, &rest, &value) && !*rest && value == floor(value);
    if (!number)
        cx_fail(&e, CX_CONFIG, 20, "'%.60s' is not a whole number", text);
    else if (cx_range_check(value, range, "1", &e) == CX_OK) {
        *out = (int64_t)value;
        return true;
    }
    cx_study_refuse(r, node->key ? node->key : "", node, &e);
    return false;
}

static bool say_scalar(const struct cx_yaml *node, char *out, size_t room) {
    size_t n = 0;
    if (!node->quoted) return cx_text_copy(out, room, node->text);
    if (n + 1 < room) out[n++] = '"';
    for (const char *p = node->text; *p && n + 3 < room; p++) {
        if (*p == '"' || *p == '\\') out[n++] = '\\';
        out[n++] = *p;
    }
    if (n + 1 < room) out[n++] = '"';
    out[n < room ? n : room - 1] = 0;
    return n + 3 < room;
}

bool cx_yaml_say(const struct cx_yaml *node, char *out, size_t room) {
    if (node->kind == CX_YAML_SCALAR) return say_scalar(node, out, room);
    const bool map = node->kind == CX_YAML_MAP;
    size_t n = (size_t)snprintf(out, room, "%s", map ? "{" : "[");
    for (const struct cx_yaml *c = node->first; c && n < room; c = c->next) {
        if (map) n += (size_t)snprintf(out + n, room - n, "%s: ", c->key);
        if (n >= room || !cx_yaml_say(c, out + n, room - n)) return false;
        n += strlen(out + n);
        n += (size_t)snprintf(out + n, room - n, "%s", c->next ? ", " : "");
    }
    if (n < room) n += (size_t)snprintf(out + n, room - n, "%s", map ? "}" : "]");
    return n < room;
}

bool cx_quantity_split(const char *text, double *number, char unit[32]) {
    const char *rest;
    text += strspn(text, " ");
    if (!cx_number_read(text, &rest, number)) return false;
    rest += strspn(rest, " ");
    size_t n = strlen(rest);
    while (n && rest[n - 1] == ' ') n--;
    if (n >= 32) return false;
    memcpy(unit, rest, n);
    unit[n] = 0;
    if (!n) memcpy(unit, "1", 2);
    return true;
}

/* {from: .., to: ..} and {values: ..} describe one setting, even if its name is wrong. */
static bool is_branch(const struct cx_yaml *node) {
    return node->kind == CX_YAML_MAP && !cx_yaml_child(node, "from") &&
           !cx_yaml_child(node, "to") && !cx_yaml_child(node, "values");
}

static void walk(struct cx_study_reader *r, const char *above, const struct cx_yaml *map,
                 cx_leaf *leaf) {
    for (const struct cx_yaml *c = map->first; c; c = c->next) {
        char path[96];
        struct cx_target t;
        if (*above)
            snprintf(path, sizeof path, "%.60s.%.34s", above, c->key);
        else
            cx_text_copy(path, sizeof path, c->key);
        if (is_branch(c) && !cx_target_find(r, path, &t) && strlen(path) < 60)
            walk(r, path, c, leaf);
        else
            leaf(r, path, c);
    }
}

void cx_study_leaves(struct cx_study_reader *r, const struct cx_yaml *map, cx_leaf *leaf) {
    walk(r, "", map, leaf);
}
