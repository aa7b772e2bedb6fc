/* groups.c - walks every group of scenario.h over the tree: values, defaults, unknown keys. */
#include "config/reader.h"

#include <string.h>

static const char *const root_extras[] = {"parameters", "changes", "observed", "expect"};
enum { EXTRAS = sizeof root_extras / sizeof *root_extras };

/* Is `path` a group directly inside `parent`?  Returns its own name then, else NULL. */
static const char *subgroup(const char *parent, const char *path) {
    const size_t n = strlen(parent);
    if (!*path || strcmp(parent, path) == 0) return NULL;
    if (n && (strncmp(parent, path, n) != 0 || path[n] != '.')) return NULL;
    const char *name = path + n + (n > 0);
    return strchr(name, '.') ? NULL : name;
}

/* A full path that ends in this key, for a key that was put one level too high or too low. */
static const char *elsewhere(const char *key, char path[96]) {
    struct cx_group groups[CX_GROUP_MOST];
    const int n = cx_groups(groups);
    for (int g = 0; g < n; g++) {
        for (int i = 0; i < groups[g].count; i++) {
            if (strcmp(groups[g].rows[i].name, key) != 0) continue;
            cx_path_join(path, groups[g].path, key);
            return path;
        }
        if (*groups[g].path && strcmp(cx_path_last(groups[g].path), key) == 0)
            return groups[g].path;
    }
    return NULL;
}

void cx_unknown_key(struct cx_reader *r, const struct cx_yaml *key, const char *where,
                    const struct cx_nearest *near) {
    struct cx_error e;
    char path[96];
    const char *best = cx_nearest_name(near), *other = elsewhere(key->key, path);
    cx_fail(&e, CX_CONFIG, 30, "unknown key '%.80s'%s%.80s", key->key, *where ? " in " : "", where);
    if (strcmp(key->key, "cicatrix-study") == 0)
        cx_hint(&e, "this is a study file: use `cicatrix sweep`");
    else if (best && (!other || near->distance <= 2))
        cx_hint(&e, "did you mean '%s'?", best);
    else if (other)
        cx_hint(&e, "did you mean '%s'?", other);
    else
        cx_hint(&e, "see `cicatrix explain %.60s`", *where ? where : "scenario");
    cx_reader_report(r, key, CX_AT_KEY, &e);
}

/* Offers everything that may stand in a group. */
static void offer_keys(const struct cx_group *group, struct cx_nearest *near) {
    struct cx_group groups[CX_GROUP_MOST];
    const int n = cx_groups(groups);
    for (int i = 0; i < group->count; i++) cx_nearest_offer(near, group->rows[i].name);
    for (int g = 0; g < n; g++) {
        const char *name = subgroup(group->path, groups[g].path);
        if (name) cx_nearest_offer(near, name);
    }
    for (int i = 0; i < EXTRAS && !*group->path; i++) cx_nearest_offer(near, root_extras[i]);
}

static void refuse_unknown(struct cx_reader *r, const struct cx_group *group,
                           const struct cx_yaml *map) {
    for (const struct cx_yaml *c = map->first; c; c = c->next) {
        struct cx_nearest equal = {.wanted = c->key, .exact = true}, near = {.wanted = c->key};
        offer_keys(group, &equal);
        if (equal.name) continue;
        offer_keys(group, &near);
        cx_unknown_key(r, c, group->path, &near);
    }
}

/* The map of a group; NULL if absent, empty or not a map (then said once, in the first round). */
static const struct cx_yaml *group_map(struct cx_reader *r, const struct cx_group *group,
                                       bool say) {
    const struct cx_yaml *node = cx_yaml_at(r->root, group->path);
    if (!node || cx_yaml_is_nothing(node)) return NULL;
    if (node->kind == CX_YAML_MAP) return node;
    if (say) cx_reader_kind(r, node, group->path, "settings below it (key: value)");
    return NULL;
}

/* Times wait for the second round: their patterns close at time.end. */
static void read_group(struct cx_reader *r, const struct cx_group *group, bool times) {
    const struct cx_yaml *map = group_map(r, group, !times);
    if (map && !times) refuse_unknown(r, group, map);
    for (int i = 0; i < group->count; i++) {
        const struct cx_row *row = &group->rows[i];
        if ((row->kind == CX_KIND_TIMES) != times) continue;
        char path[96];
        cx_path_join(path, group->path, row->name);
        cx_value_read(r, path, row, map ? cx_yaml_child(map, row->name) : NULL);
    }
}

void cx_groups_read(struct cx_reader *r) {
    struct cx_group groups[CX_GROUP_MOST];
    const int n = cx_groups(groups);
    for (int g = 0; g < n; g++) read_group(r, &groups[g], false);
    for (int g = 0; g < n; g++) read_group(r, &groups[g], true);
}

void cx_shorthands_open(struct cx_reader *r) {
    struct cx_group groups[CX_GROUP_MOST];
    const int n = cx_groups(groups);
    for (int g = 0; g < n; g++) {
        const struct cx_row *row = cx_group_shorthand(&groups[g]);
        struct cx_yaml *node = row ? cx_yaml_at(r->root, groups[g].path) : NULL;
        if (!node || node == r->root || node->kind != CX_YAML_SCALAR || cx_yaml_is_nothing(node))
            continue;
        cx_yaml_wrap(&r->pool, node, row->name);
    }
}
