/* outline.h - inside the wound room: one piece of a channel, its section with a rectangle or a
 * line, and the depths where that section has a kink. */
#ifndef CX_WOUND_OUTLINE_H
#define CX_WOUND_OUTLINE_H

#include "wound/channel.h"

/* Centre (x, y) + (lean) z, radius r + taper z at depth z, swept along (drag). */
struct cx_piece {
    double x, y, lean_x, lean_y, drag_x, drag_y;
    double r, taper;
    double top, bottom;
};

/* Area of the section at depth z inside the rectangle, um2. */
double cx_piece_in_rectangle(const struct cx_piece *p, const struct cx_box *b, double z);
/* Length of the line y = b->y0 within x0..x1 that lies in the section at depth z, um. */
double cx_piece_on_line(const struct cx_piece *p, const struct cx_box *b, double z);
/* Does the section at z cover the whole rectangle? */
bool cx_piece_covers(const struct cx_piece *p, const struct cx_box *b, double z);

/* Depths in top..bottom between which the section is smooth, ascending, both ends included. */
enum { CX_CUTS = 64 };
struct cx_cuts {
    int n;
    double at[CX_CUTS];
};
void cx_piece_cuts(const struct cx_piece *p, const struct cx_box *b, struct cx_cuts *cuts);

#endif
