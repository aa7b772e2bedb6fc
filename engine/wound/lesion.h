/* lesion.h - the shape of what was there before treatment: acne scars, stretch marks, surgical and
 * burn scars. Lesions are changes of the dermis: they begin at its upper limit. */
#ifndef CX_WOUND_LESION_H
#define CX_WOUND_LESION_H

#include "config/scenario.h"
#include "space/grid.h"

struct cx_lesion {
    enum cx_condition condition;
    double width, depth; /* um; depth from the surface; width infinite when it fills the block */
    double top;          /* um, upper limit of the dermis */
    const char *source;  /* of a typical width and depth */
};
/* Given width and depth, else typical ones.  condition CX_HEALTHY: width and depth 0. */
struct cx_lesion cx_lesion_of(const struct cx_scenario *s);

enum cx_lesion_part { CX_LESION_INSIDE, CX_LESION_MARGIN };
/* Share of every cell inside the lesion, or in the rim of living skin around it, from 64 points per
 * cell.  Round lesions sit in the middle of a patch or slice and on the axis or column; bands run
 * along y through the middle of x. */
bool cx_lesion_map(const struct cx_scenario *s, const struct cx_grid *g, enum cx_lesion_part part,
                   double *map);

#endif
