/* lesion.c - see lesion.h.  Depths are shares of the dermis, so that a lesion fits thin and thick
 * skin. */
#include "wound/lesion.h"

#include "wound/skin.h"

#include <math.h>

/* Rim in which the skin around a lesion is stressed.  Assumed: as wide as the sleeve around two
 * needle tracks. */
#define MARGIN_UM 100.0
#define POINTS 4

enum outline { NOWHERE, BOWL, WALL, CONE, BAND, EVERYWHERE };

#define JACOB "Jacob 2001 J Am Acad Dermatol 45:109 (recalled): "
// clang-format off
static const struct kind {
    enum outline outline;
    double width;        /* um */
    double share;        /* of the dermis, from its upper limit */
    const char *source;
} kinds[CX_CONDITION_COUNT] = {
    [CX_HEALTHY] = {NOWHERE, 0.0, 0.0, "no lesion"},
    [CX_ACNE_ROLLING] = {BOWL, 4500.0, 0.5, JACOB "4 to 5 mm wide; depth assumed: half the dermis, tethered below"},
    [CX_ACNE_BOXCAR] = {WALL, 2750.0, 0.4, JACOB "1.5 to 4 mm wide, 0.1 to 0.5 mm or deeper; depth assumed: 40 % of the dermis"},
    [CX_ACNE_ICEPICK] = {CONE, 1500.0, 1.0, JACOB "below 2 mm wide, down to deep dermis or below; depth assumed: the whole dermis"},
    [CX_STRETCH_MARK] = {BAND, 5000.0, 0.4, "assumed: 5 mm wide; papillary and upper reticular dermis"},
    [CX_SURGICAL_SCAR] = {BAND, 2660.0, 1.0, "width 10.1097/01.prs.0000258829.07399.f0 (Dunkin 2007, mean scar width at 36 weeks); depth assumed: the whole dermis"},
    [CX_BURN_SCAR] = {EVERYWHERE, INFINITY, 0.6, "assumed: fills the block; 60 % of the dermis (deep partial thickness)"},
};
// clang-format on

struct cx_lesion cx_lesion_of(const struct cx_scenario *s) {
    const struct cx_layers l = cx_skin_layers(s);
    const struct kind *kind = &kinds[s->skin.condition];
    struct cx_lesion made = {.condition = (enum cx_condition)s->skin.condition,
                             .top = l.epidermis,
                             .source = kind->source};
    if (kind->outline == NOWHERE) return made;
    const double usual = l.epidermis + kind->share * (l.dermis - l.epidermis);
    made.width = kind->outline == EVERYWHERE || isnan(s->skin.lesion_width) ? kind->width
                                                                            : s->skin.lesion_width;
    made.depth = isnan(s->skin.lesion_depth) ? usual : fmax(s->skin.lesion_depth, l.epidermis);
    return made;
}

/* Is the point x, y (um from the middle), depth (um) in the lesion grown by `grow` um? */
static bool inside(const struct cx_lesion *l, const double at[3], double grow) {
    const double half = 0.5 * l->width + grow, height = l->depth + grow - l->top;
    const double below = at[2] - l->top, r = hypot(at[0], at[1]);
    if (below < 0.0 || below >= height) return false;
    switch (kinds[l->condition].outline) {
    case BOWL: return below < height * (1.0 - (r / half) * (r / half));
    case WALL: return r < half;
    case CONE: return r < half * (1.0 - below / height);
    case BAND: return fabs(at[0]) < half;
    case EVERYWHERE: return true;
    default: return false;
    }
}

static bool in_part(const struct cx_lesion *l, enum cx_lesion_part part, const double at[3]) {
    if (part == CX_LESION_INSIDE) return inside(l, at, 0.0);
    return inside(l, at, MARGIN_UM) && !inside(l, at, 0.0);
}

/* Where point p of an axis cell lies, relative to the middle (a radius: to the axis). */
static double sample(const struct cx_axis *a, int cell, int p) {
    const double share = (p + 0.5) / POINTS;
    const double at = a->edge[cell] + share * (a->edge[cell + 1] - a->edge[cell]);
    return a->radial ? at : at - 0.5 * (a->edge[0] + a->edge[a->n]);
}

static double share_of_cell(const struct cx_lesion *l, const struct cx_grid *g,
                            enum cx_lesion_part part, const int cell[3]) {
    int hits = 0;
    for (int p = 0; p < POINTS * POINTS * POINTS; p++) {
        const int point[3] = {p % POINTS, p / POINTS % POINTS, p / (POINTS * POINTS)};
        double at[3];
        for (int d = 0; d < 2; d++)
            at[d] = g->shape[d] == 1 ? 0.0 : sample(&g->axis[d], cell[d], point[d]);
        const struct cx_axis *z = &g->axis[CX_Z];
        const double share = (point[2] + 0.5) / POINTS;
        at[2] = -(z->edge[cell[2]] + share * z->size[cell[2]]);
        hits += in_part(l, part, at);
    }
    return (double)hits / (POINTS * POINTS * POINTS);
}

bool cx_lesion_map(const struct cx_scenario *s, const struct cx_grid *g, enum cx_lesion_part part,
                   double *map) {
    const struct cx_lesion l = cx_lesion_of(s);
    for (int k = 0; k < g->shape[CX_Z]; k++)
        for (int j = 0; j < g->shape[CX_Y]; j++)
            for (int i = 0; i < g->shape[CX_X]; i++)
                map[cx_grid_at(g, i, j, k)] = share_of_cell(&l, g, part, (int[]){i, j, k});
    return true;
}
