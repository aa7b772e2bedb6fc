/* layout.h - inside the wound room: what every layout of needles shares.  A layout names the places
 * where a needle comes down; cx_layout_stroke() lets the operator's hand blur them and keeps those
 * that matter to the view.
 *
 * Random numbers: every place and every pass has its own stream, seeded from (run.seed, session,
 * pass, number of the place), so that neither order nor threads can change a result, and changing
 * one spread leaves the others alone. */
#ifndef CX_WOUND_LAYOUT_H
#define CX_WOUND_LAYOUT_H

#include "wound/pattern.h"

#include <gsl/gsl_rng.h>
#include <stdint.h>

struct cx_layout {
    const struct cx_scenario *s;
    const struct cx_field_of_view *view;
    struct cx_field_of_view
        area; /* the view, and unless it is periodic the rim from which needles reach in */
    int session;
    gsl_rng *rng; /* one generator, reseeded for every stream */
    struct cx_needles *out;
    struct cx_error *e;
};

/* The layout's own stream of a pass: phases, offsets, turns. */
gsl_rng *cx_layout_stream(const struct cx_layout *l, int pass);
/* The stream of lane number `lane` (0..) of a pass. */
gsl_rng *cx_layout_lane(const struct cx_layout *l, int pass, int lane);
/* One needle comes down at `needle` (mean depth, tilt ...); `place` numbers it within the pass. */
enum cx_status cx_layout_stroke(const struct cx_layout *l, const struct cx_needle *needle, int pass,
                                int64_t place);
/* The device's needle at x, y. */
enum cx_status cx_layout_place(const struct cx_layout *l, double x, double y, int pass,
                               int64_t place);
/* The device's needle at the origin: base diameter, mean depth along the needle, mean tilt. */
struct cx_needle cx_layout_needle(const struct cx_scenario *s);

/* pitch of a lattice from pitch, density or the usual density; um.  `cell` is the area per needle
 * of a unit lattice. */
double cx_layout_pitch(const struct cx_scenario *s, double cell);
/* Direction of a pass: 0, 90, 45, 135 degrees in turn; rad. */
double cx_layout_direction(int pass);

/* All places of one pass. */
typedef enum cx_status cx_layout_pass(const struct cx_layout *l, int pass);
cx_layout_pass cx_layout_single, cx_layout_square, cx_layout_hex, cx_layout_poisson,
    cx_layout_roller, cx_layout_pen, cx_layout_stamp;
/* All passes of a needle list. */
enum cx_status cx_layout_file(const struct cx_layout *l);

/* Reads a needle list by the ending of its name: .json, .svg, .dxf, else CSV.  Lengths um, angles
 * rad, NaN where not given. */
enum cx_status cx_needle_file_read(const struct cx_scenario *s, struct cx_needles *out,
                                   struct cx_error *e);
enum cx_status cx_needles_add(struct cx_needles *n, const struct cx_needle *one,
                              struct cx_error *e);

#endif
