/* skin.h - layers of the skin by site and age, the grid that follows them, and the maps that a
 * model may ask for.
 *
 * Input maps a model may name in INPUTS: corneum, epidermis, papillary, reticular, dermis (=
 * papillary + reticular), hypodermis (shares 0..1; every cell lies in one layer since grid planes
 * follow the layer limits), depth (um below the surface, cell centre), lesion (0..1, share of the
 * cell inside the lesion that was there before treatment), margin (0..1, rim of the lesion). */
#ifndef CX_WOUND_SKIN_H
#define CX_WOUND_SKIN_H

#include "base/error.h"
#include "config/scenario.h"
#include "space/grid.h"

/* Depths of the lower limits, um, and where they came from. */
struct cx_layers {
    double corneum, epidermis, papillary, dermis; /* depth of the lower limit of each, um */
    const char *source;                           /* citation of the thicknesses */
};

/* Layers of the scenario: given thicknesses, else the site's (dermis thinned with age).  A uniform layout has none: all
 * depths are 0. */
struct cx_layers cx_skin_layers(const struct cx_scenario *s);
/* Citation of the thicknesses of a site: DOIs, and "assumed: why" for what nobody measured there.
 */
const char *cx_skin_source(enum cx_site site);

/* Grid of the scenario: planes on every layer limit, graded with depth; lateral cells as asked.
 * A uniform layout: equal cells along every axis, as near to domain.cell as a whole number allows.
 * A given block may end above the lower limit of the dermis: deeper layers are then left out.
 * Errors: E042 domain.size does not fit the geometry, E043 layers that leave no room for each
 * other, E044 a periodic side whose opposite is not; E040, E041 of the grid. */
enum cx_status cx_skin_grid(const struct cx_scenario *s, struct cx_grid *g, struct cx_error *e);

/* Shape and cell count only, without allocating (saturates instead of overflowing); all 0 for a
 * scenario that cx_skin_grid() would refuse with E040, E042 or E043. */
void cx_skin_shape(const struct cx_scenario *s, double shape[3], double *cells);

/* Fills map [g->cells] with the named input.  Returns false for an unknown name; of a uniform layout only depth is known.
 */
bool cx_skin_map(const struct cx_scenario *s, const struct cx_grid *g, const char *name,
                 double *map);

#endif
