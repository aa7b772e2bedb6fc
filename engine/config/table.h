/* table.h - the rows of scenario.h as data: what reading, writing, help and schema all walk over. */
#ifndef CX_CONFIG_TABLE_H
#define CX_CONFIG_TABLE_H

#include "config/scenario.h"

/* The words of scenario.h's choices; each array ends in {0}. */
extern const struct cx_choice cx_sites[], cx_conditions[], cx_geometries[], cx_layouts[],
    cx_side_kinds[], cx_patterns[], cx_needle_shapes[], cx_wounds[], cx_topicals[], cx_precisions[];
/* "hex" for CX_HEX of cx_patterns; "" if there is none. */
const char *cx_choice_word(const struct cx_choice *choices, int value);

/* One group: the rows' offsets count from the start of struct cx_scenario. */
struct cx_group {
    const char *path; /* "" for the root, "device.needle" */
    const struct cx_row *rows;
    int count;
};
enum { CX_GROUP_MOST = 32 };
/* All groups in the order of scenario.h; returns their number. */
int cx_groups(struct cx_group groups[CX_GROUP_MOST]);

/* "device.needle" + "length" -> "device.needle.length". */
void cx_path_join(char out[96], const char *group, const char *name);
/* The row of a full path, NULL if there is none; *group (may be NULL) is its group. */
const struct cx_row *cx_row_find(const char *path, struct cx_group *group);
/* Row that a bare word stands for in place of a map: `left: periodic` is `left: {kind: periodic}`;
 * NULL if none. */
const struct cx_row *cx_group_shorthand(const struct cx_group *group);
/* Last part of a group's path. */
const char *cx_path_last(const char *path);

static inline void *cx_row_field(struct cx_scenario *s, const struct cx_row *row) {
    return (char *)s + row->offset;
}
static inline const void *cx_row_value(const struct cx_scenario *s, const struct cx_row *row) {
    return (const char *)s + row->offset;
}

#endif
