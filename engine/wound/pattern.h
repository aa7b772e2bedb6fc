/* pattern.h - needle patterns: where each needle of a session goes in, how deep, how wide, how
 * tilted. */
#ifndef CX_WOUND_PATTERN_H
#define CX_WOUND_PATTERN_H

#include "base/error.h"
#include "config/scenario.h"

#include <stdbool.h>

/* One puncture.  x, y: um, entry at the surface, in the block's coordinates (0..size); depth: um,
 * reached below the surface (after penetration ratio and tilt); diameter: um, of the needle at the
 * surface, which is its base diameter even when only part of its length gets in: skin dents under
 * the needle, and the channel of a 770 um needle that reached 152 um was still half as wide as the
 * base (10.1208/s12248-011-9288-3); azimuth, tilt: rad; drag: um along azimuth. */
struct cx_needle {
    double x, y, depth, diameter, tilt, azimuth, drag;
    int session, pass;
};
struct cx_needles {
    int n, room;
    struct cx_needle *at; /* heap owned: cx_needles_free() */
};
void cx_needles_free(struct cx_needles *n);

/* Rectangle of skin to fill, um; needles outside it but reaching in are kept when !periodic. */
struct cx_field_of_view {
    double x0, y0, x1, y1;
    bool periodic;
};

/* All punctures of session number `session` (0..).  Reproducible: depends on the scenario, run.seed
 * and the session only.  Errors: E050 pitch and density both given, E051 pitch or density given to
 * a pattern that has its own, E052 needle file cannot be read, E053 a value in it is not valid
 * (file:line:column), E054 needle deeper than the block, E055 more needles than memory should hold,
 * E061 no memory. */
enum cx_status cx_pattern_make(const struct cx_scenario *s, const struct cx_field_of_view *view,
                               int session, struct cx_needles *out, struct cx_error *e);

/* Skin area per puncture of one session, all passes, um2; single and file: a disc of 1 mm radius.
 */
double cx_pattern_area(const struct cx_scenario *s);
/* Lengths along x and y after which a lattice repeats, um; 0 for patterns that do not. */
void cx_pattern_period(const struct cx_scenario *s, double period[2]);

/* What a pattern does to the skin, known before any simulation. */
struct cx_pattern_metrics {
    int needles; /* of one session in the view */
    double per_cm2;
    double mean_depth_um, max_depth_um, sd_depth_um;
    double open_area_fraction;  /* channels at the surface after recoil */
    double cut_area_fraction;   /* needle cross-sections at the surface */
    double volume_fraction[4];  /* damaged volume share of corneum, epidermis, papillary, reticular
                                   dermis */
    double pierced_fraction[4]; /* share of the needles that reach into that layer */
    double overlap_fraction;    /* share of the needles that touch another one's channel */
    double nearest_um;          /* mean distance to the nearest neighbour */
    double untouched_um, untouched_max_um; /* mean and largest distance from a surface point to the
                                              nearest channel */
    double pain_index; /* relative to one 26 G needle: (length)^1.77 (number)^0.30, Gill 2008 */
};
/* Areas and volumes are sums over needles (overlaps counted twice, never above 1).  No needles:
 * zeros, distances NaN. */
enum cx_status cx_pattern_measure(const struct cx_scenario *s, const struct cx_field_of_view *view,
                                  const struct cx_needles *n, struct cx_pattern_metrics *m,
                                  struct cx_error *e);

#endif
