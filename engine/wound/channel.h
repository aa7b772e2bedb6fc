/* channel.h - exact volumes of needle channels inside boxes.  Knows geometry only.
 *
 * A channel is a stack of pieces whose radius is linear in depth.  At every depth its section is a
 * disc, or, when the needle was dragged, the area a disc sweeps along the drag (a stadium); the
 * centre moves linearly with depth (tilt as horizontal shear, so a leaning channel has the volume
 * of an upright one that is as deep).  The section of a box with it is computed in closed form; the
 * integral over depth is split wherever the outline touches a side or a corner. */
#ifndef CX_WOUND_CHANNEL_H
#define CX_WOUND_CHANNEL_H

#include "wound/pattern.h"

enum { CX_CHANNEL_NODES = 4 };
struct cx_channel {
    double x, y;           /* um, centre at the surface */
    double lean_x, lean_y; /* um per um of depth */
    double drag_x, drag_y; /* um, from the first to the last position of the centre */
    int nodes;
    double depth[CX_CHANNEL_NODES], radius[CX_CHANNEL_NODES]; /* um, depths ascending from 0 */
};

/* Sides x0..x1, y0..y1, depths top..bottom (positive downwards), um. */
struct cx_box {
    double x0, x1, y0, y1, top, bottom;
};

/* The channel of a needle with all radii x scale + grow, and `grow` um deeper. */
struct cx_channel cx_channel_of(const struct cx_scenario *s, const struct cx_needle *n,
                                double scale, double grow);
/* Radius of the destroyed zone / radius of the needle. */
double cx_channel_destroyed_scale(const struct cx_scenario *s);
struct cx_channel cx_channel_shaft(double x, double y, double radius, double depth);

double cx_channel_bottom(const struct cx_channel *c);               /* um */
double cx_channel_radius(const struct cx_channel *c, double depth); /* um, 0 below the bottom */
double cx_channel_area(const struct cx_channel *c, double depth);   /* um2 */
/* Between two depths: um3. */
double cx_channel_volume(const struct cx_channel *c, double top, double bottom);
/* Bounding box between two depths; false when nothing is there. */
bool cx_channel_bounds(const struct cx_channel *c, double top, double bottom, struct cx_box *b);

/* Volume inside the box, um3. */
double cx_channel_in_box(const struct cx_channel *c, const struct cx_box *b);
/* Area of the section with the plane y = b->y0 inside x0..x1 and the depths, um2. */
double cx_channel_in_strip(const struct cx_channel *c, const struct cx_box *b);
/* Volume inside the radius rho (um) of the upright channel of equal sections that stands on the
 * axis, um3. */
double cx_channel_in_cylinder(const struct cx_channel *c, double rho, double top, double bottom);

#endif
