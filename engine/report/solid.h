/* solid.h - the simulated tissue as a solid seen from above at an angle, without perspective: a block or a disc, with a
 * corner cut away through a needle so that the inside shows.  All faces that are seen are flat or upright, so each is one
 * picture with a place on the page.  Knows results and drawing, not figures. */
#ifndef CX_REPORT_SOLID_H
#define CX_REPORT_SOLID_H

#include "report/lens.h"
#include "report/raster.h"
#include "report/view.h"

enum { CX_SOLID_FEET = 80, CX_SOLID_FACES = 4 };

/* An upright face that is flat: from foot to foot, left to right. */
struct cx_solid_face {
    double from[2], to[2]; /* um */
    struct cx_cut cut;
};
struct cx_solid {
    const struct cx_lens *lens;
    bool round;             /* a disc about the axis x = y = 0; else a block */
    bool same_along_y;      /* a slice: the thickness means nothing */
    bool whole;             /* nothing is cut away */
    double low[3], high[3]; /* um, of the block; a disc has -high[CX_X] .. high[CX_X] */
    double cut[2];          /* um: x and y above and below which the corner is gone */
    int feet;               /* the seen upright faces, as a line of feet from left to right */
    double foot[CX_SOLID_FEET][2];
    bool sharp[CX_SOLID_FEET]; /* an edge stands there */
    int behind;                /* what closes the top: feet that are not seen, from right to left */
    double back[CX_SOLID_FEET][2];
    int faces;
    struct cx_solid_face face[CX_SOLID_FACES];
    double zoom, left, top; /* pt per um; where the place 0, 0, 0 lies on the page, pt */
};
/* What a solid is made from. */
struct cx_solid_ask {
    const struct cx_view *view;
    bool whole;
    double plane[2]; /* um: x and y of the cut; NaN: through the needle that the view follows */
};
/* zoom 1, the place 0, 0, 0 at 0, 0.  Errors: E140, what is no solid: a point, a column, a row; a cut outside. */
enum cx_status cx_solid_make(struct cx_solid *b, const struct cx_lens *lens,
                             const struct cx_solid_ask *ask, struct cx_error *e);
/* Where a place (um) lies on the page, pt. */
void cx_solid_spot(const struct cx_solid *b, const double place[3], double at[2]);
/* Left, right, top and bottom of the whole on the page, pt. */
void cx_solid_bounds(const struct cx_solid *b, double box[4]);
/* Is a place of the surface gone with the corner? */
bool cx_solid_gone(const struct cx_solid *b, double x, double y);
/* Widens low..high by what is seen. */
void cx_solid_range(const struct cx_solid *b, double *low, double *high);

/* Colours of the faces; `shades`: map, low and high. */
enum cx_status cx_solid_paint(cairo_t *to, const struct cx_solid *b, const struct cx_raster *shades,
                              double dpi, struct cx_error *e);
/* Adds the line of feet at a height (um, 0 at the surface) to the path; the outlines of the solid; a face. */
void cx_solid_ring(cairo_t *to, const struct cx_solid *b, double z);
void cx_solid_outline(cairo_t *to, const struct cx_solid *b);
void cx_solid_face_path(cairo_t *to, const struct cx_solid *b, const struct cx_solid_face *f);

#endif
