/* table.c - see table.h */
#include "config/table.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

#define CHOICE(id, word, doc) {word, CX_##id, doc},
const struct cx_choice cx_sites[] = {CX_SITES(CHOICE){0}};
const struct cx_choice cx_conditions[] = {CX_CONDITIONS(CHOICE){0}};
const struct cx_choice cx_geometries[] = {CX_GEOMETRIES(CHOICE){0}};
const struct cx_choice cx_layouts[] = {CX_LAYOUTS(CHOICE){0}};
const struct cx_choice cx_side_kinds[] = {CX_SIDES(CHOICE){0}};
const struct cx_choice cx_patterns[] = {CX_PATTERNS(CHOICE){0}};
const struct cx_choice cx_needle_shapes[] = {CX_NEEDLE_SHAPES(CHOICE){0}};
const struct cx_choice cx_wounds[] = {CX_WOUNDS(CHOICE){0}};
const struct cx_choice cx_topicals[] = {CX_TOPICALS(CHOICE){0}};
const struct cx_choice cx_precisions[] = {CX_PRECISIONS(CHOICE){0}};
#undef CHOICE

const char *cx_choice_word(const struct cx_choice *choices, int value) {
    for (; choices->word; choices++)
        if (choices->value == value) return choices->word;
    return "";
}

/* `here` is the member of the scenario that the group fills: it makes one macro serve every table. */
#define ROW(kind, name, unit, choices, fallback, lo, hi, doc, source)                              \
    {#name,    CX_KIND_##kind,                                                                     \
     unit,     choices,                                                                            \
     fallback, lo,                                                                                 \
     hi,       doc,                                                                                \
     source,   START + offsetof(here, name)},
#define GROUP_ROWS(group, TABLE, path)                                                             \
    static struct cx_group group_##group(void) {                                                   \
        typedef __typeof__(((struct cx_scenario *)0)->group) here;                                 \
        enum { START = offsetof(struct cx_scenario, group) };                                      \
        static const struct cx_row rows[] = {TABLE(ROW)};                                          \
        return (struct cx_group){path, rows, (int)(sizeof rows / sizeof *rows)};                   \
    }
CX_GROUPS(GROUP_ROWS)
#undef GROUP_ROWS
#undef ROW

int cx_groups(struct cx_group groups[CX_GROUP_MOST]) {
    int n = 0;
#define ADD(group, TABLE, path) groups[n++] = group_##group();
    CX_GROUPS(ADD)
#undef ADD
    return n;
}

void cx_path_join(char out[96], const char *group, const char *name) {
    snprintf(out, 96, "%.40s%s%.50s", group, *group ? "." : "", name);
}

const char *cx_path_last(const char *path) {
    const char *dot = strrchr(path, '.');
    return dot ? dot + 1 : path;
}

const struct cx_row *cx_row_find(const char *path, struct cx_group *group) {
    struct cx_group groups[CX_GROUP_MOST];
    const int n = cx_groups(groups);
    const char *name = cx_path_last(path);
    const size_t prefix = name > path ? (size_t)(name - path) - 1 : 0;
    for (int g = 0; g < n; g++) {
        if (strlen(groups[g].path) != prefix || strncmp(groups[g].path, path, prefix) != 0)
            continue;
        for (int i = 0; i < groups[g].count; i++) {
            if (strcmp(groups[g].rows[i].name, name) != 0) continue;
            if (group) *group = groups[g];
            return &groups[g].rows[i];
        }
    }
    return NULL;
}

const struct cx_row *cx_group_shorthand(const struct cx_group *group) {
    const struct cx_row *first = &group->rows[0];
    const bool named = strcmp(first->name, "kind") == 0 || strcmp(first->name, "type") == 0;
    return named && first->kind == CX_KIND_CHOICE ? first : NULL;
}
