/* brush.h - inside the wound room: spreads one channel over the cells of a block, whatever its
 * geometry, and turns the sums of all channels into shares. */
#ifndef CX_WOUND_BRUSH_H
#define CX_WOUND_BRUSH_H

#include "wound/channel.h"
#include "wound/injury.h"

struct cx_brush {
    const struct cx_grid *g;
    enum cx_geometry geometry;
    double section_y; /* slice: where the section lies, um */
    double area;      /* column: skin area that the column stands for, um2 */
};

/* A point is painted as a column of one cell. */
static inline enum cx_geometry cx_brush_geometry(const struct cx_scenario *s) {
    return s->domain.geometry == CX_ONE_POINT ? CX_COLUMN : (enum cx_geometry)s->domain.geometry;
}

/* Adds the share of every cell that lies in the channel to share[]; with width (or NULL) also keeps
 * the largest width of the channel in the cells it touches.  Returns the volume painted, in the
 * measure of the grid. */
double cx_brush_paint(const struct cx_brush *b, const struct cx_channel *c, double *share,
                      double *width);

/* Caps the sums; takes the destroyed part out of halo[]; lets what lies below the epidermis bleed.
 */
void cx_injury_finish(const struct cx_scenario *s, const struct cx_grid *g, struct cx_injury *w);

#endif
