/* exact.h - the groups of problems whose answer is known; each prints its lines for validation/accuracy.py. */
#ifndef CX_VALIDATION_EXACT_H
#define CX_VALIDATION_EXACT_H

#include "validation/box.h"

enum { EXACT_LEVELS_MAX = 6 };
/* Errors of one problem on finer and finer grids. */
struct exact_levels {
    const char *problem, *geometry, *norm;
    int levels;
    double size[EXACT_LEVELS_MAX], error[EXACT_LEVELS_MAX];
};
static inline void exact_note(struct exact_levels *l, double size, double error) {
    l->size[l->levels] = size;
    l->error[l->levels++] = error;
}
/* Prints the levels as points, and the order between the two finest as a row. */
static inline void exact_order(const struct exact_levels *l, double least, double tolerance) {
    char measured[96], series[256];
    const int n = l->levels;
    snprintf(measured, sizeof measured, "order (%s)", l->norm);
    snprintf(series, sizeof series, "exact;%s;%s %s", l->problem, l->geometry, l->norm);
    for (int i = 0; i < n; i++) box_point(series, l->size[i], l->error[i]);
    box_say((struct box_row){
        l->problem, l->geometry, measured, BOX_AT_LEAST, least,
        box_order(l->error[n - 2], l->error[n - 1], l->size[n - 2] / l->size[n - 1]), tolerance});
}
static inline void exact_near(const char *problem, const char *geometry, const char *measured,
                              const double value[3]) {
    box_say((struct box_row){problem, geometry, measured, BOX_NEAR, value[0], value[1], value[2]});
}
static inline void exact_at_most(const char *problem, const char *geometry, const char *measured,
                                 const double value[2]) {
    box_say((struct box_row){problem, geometry, measured, BOX_AT_MOST, value[0], value[1], 0});
}

void exact_fronts(void);
void exact_spreading(void);
void exact_steady(void);
void exact_growth(void);
void exact_taxis(void);

#endif
