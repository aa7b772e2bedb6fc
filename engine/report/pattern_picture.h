/* pattern_picture.h - a pattern of punctures from above and from the side, drawn with Cairo.  Knows circles and layers,
 * not scenarios or result files: both the report and `cicatrix pattern` fill it. */
#ifndef CX_REPORT_PATTERN_PICTURE_H
#define CX_REPORT_PATTERN_PICTURE_H

#include "report/canvas.h"

/* One puncture, um and rad; diameter at the surface. */
struct cx_puncture {
    double x, y, depth, diameter, tilt, azimuth;
};

struct cx_pattern_picture {
    double x0, y0, x1, y1; /* um, the block or tile */
    bool periodic;         /* draw the neighbours of the tile faintly */
    int n;
    const struct cx_puncture *at;
    int layers;
    double limit_um[5]; /* lower limit of each layer, um, ascending */
    const char *layer[5];
};
enum { CX_PATTERN_WIDTH = 640, CX_PATTERN_HEIGHT = 720 };

void cx_pattern_draw(cairo_t *to, const struct cx_pattern_picture *p, const struct cx_theme *theme);

#endif
