/* raster.h - a function of two shares of a picture, coloured by a map, as PNG bytes.  Knows colours, not results. */
#ifndef CX_REPORT_RASTER_H
#define CX_REPORT_RASTER_H

#include "report/canvas.h"
#include "report/colour.h"

struct cx_raster {
    int width, height; /* pixels */
    enum cx_map map;
    double low, high; /* values at the two ends of the map */
    /* value at (across, down), both 0..1 from the upper left corner */
    double (*at)(const void *what, double across, double down);
    const void *what;
};
/* NULL when there is no memory; the caller destroys it. */
cairo_surface_t *cx_raster_surface(const struct cx_raster *r, struct cx_error *e);
enum cx_status cx_raster_png(const struct cx_raster *r, struct cx_blob *out, struct cx_error *e);

/* Value between the two neighbours of `x` among n ascending places; held at the ends.  Gives the lower neighbour and
 * the share of the upper one. */
int cx_between(const double *place, int n, double x, double *share);
/* The same for many looks at one place: both neighbours, which are one where the share is 0. */
struct cx_span {
    int low, high;
    double share; /* of `high` */
};
struct cx_span cx_span_of(const double *place, int n, double x);

#endif
