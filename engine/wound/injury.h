/* injury.h - what needles and wounds do to every cell of a grid: exact sub-cell volume fractions.
 *
 * A solid needle displaces and cuts: what recoils closes again.  Around each track, from the inside
 * out: the channel that stays open (device.recoil x needle diameter); with it, a sleeve of crushed
 * cells on each side of a quarter of the tissue that was pushed aside (assumed: displaced tissue is
 * mostly sheared, only next to the needle torn; nobody measured the share) - channel and sleeve are
 * `destroyed`; then `halo`, device.halo wide.  A coring needle takes its whole section.
 * Contributions of needles that overlap in a cell are added and capped at 1: exact where tracks are
 * disjoint, a little too much where they cross. */
#ifndef CX_WOUND_INJURY_H
#define CX_WOUND_INJURY_H

#include "model.h"
#include "wound/pattern.h"
#include "wound/skin.h"

/* Per-needle report. */
struct cx_needle_report {
    struct cx_needle needle;
    double volume_um3; /* destroyed inside the block (patch); down to the bottom of the block (other
                          geometries) */
    double layer_um[4]; /* pierced length in corneum, epidermis, papillary, reticular dermis */
};
/* Per-cell effect of one session or wound; arrays of g->cells, heap owned.  Shares 0..1 of the cell
 * but width_um, the widest defect (destroyed zone) that passes the cell, 0 where nothing is
 * destroyed. */
struct cx_injury {
    size_t cells;
    double *destroyed, *removed, *halo, *open, *width_um, *bleed, *heat;
    struct cx_needle_report *report; /* borrowed: one row per needle that is painted, or NULL */
};

enum cx_status cx_injury_create(const struct cx_grid *g, struct cx_injury *w, struct cx_error *e);
void cx_injury_clear(struct cx_injury *w);
void cx_injury_free(struct cx_injury *w);

/* The skin whose needles matter to the block.  patch: the block.  slice: its width x about 2 mm.
 * column and axisymmetric: about 10 x 10 mm, periodic, as the middle of a treated area.  "About": a
 * whole number of lattice periods. */
struct cx_field_of_view cx_injury_view(const struct cx_scenario *s, const struct cx_grid *g);

/* Paints needles (session) or the scenario's wound into *w (which was cleared).
 * patch: true 3D positions, going round periodic sides; axisymmetric: the first needle, upright on
 * the axis; slice: needles whose track meets the row nearest to the middle of the view, as trenches
 * as wide as their chord there; column: area fractions of the whole pattern by depth.
 * w->report, if not NULL, has room for n->n rows.  The sum of destroyed x volume equals the exact
 * volume of the channels inside the block as long as they do not overlap.
 * Errors: E056 a wound that this geometry cannot hold; E061 no memory. */
enum cx_status cx_injury_needles(const struct cx_scenario *s, const struct cx_grid *g,
                                 const struct cx_needles *n, struct cx_injury *w,
                                 struct cx_error *e);
enum cx_status cx_injury_wound(const struct cx_scenario *s, const struct cx_grid *g,
                               struct cx_injury *w, struct cx_error *e);
/* One cell of it in the form that a model takes. */
struct cx_hit cx_injury_hit(const struct cx_injury *w, size_t cell);

#endif
