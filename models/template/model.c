/* template - cells close a scratch: they divide until there is no room, and wander (Fisher 1937).
 *
 *     du/dt = div (D grad u) + r u (1 - u/K)
 *
 * Made to be copied: `cp -r models/template models/NAME`, then NAME in the last line here and in baseline.yml;
 * models/README.md goes through it step by step. */
#include "engine/model.h"

/* clang-format off */
/* name, unit, default, lowest, highest, meaning, source */
#define PARAMS(X)                                                                                                        \
    X(wandering, "um2/h", 500.0, 0.0, 1e5, "diffusivity of the cells", "assumed: the usual size for fibroblasts in a dish")  \
    X(division, "1/day", 1.0, 0.0, 10.0, "growth rate of sparse cells", "assumed: about one division per day")               \
    X(room, "1/mm2", 1000.0, 1.0, 1e5, "density of cells that fill the dish", "assumed: one cell in 32 um x 32 um")
#define DERIVED(X) X(division_h, "1/h", "division in the unit of time of the equations")
/* name, unit, movement, typical size, meaning */
#define SPECIES(X) X(cells, "1/mm2", MOVES, 1000.0, "cells per area")
#define INPUTS(X) /* no maps of skin: it runs in any domain.layout */
#define MEASURES(X)                                                                                                      \
    X(density, "1/mm2", "cells per area")                                                                                \
    X(empty, "1", "room that no cell has taken, as a share")
/* name, unit, measure, over, region, reduce, meaning */
#define SERIES(X)                                                                                                        \
    X("cells_mean", "1/mm2", "density", "", CX_ALL, CX_MEAN, "mean density of cells")                                        \
    X("empty_wound", "1", "empty", "", CX_TRACK, CX_MEAN, "share of the scratch that is still empty")
/* name, unit, series, how to read it, level, definition, what it was compared with */
#define OUTCOMES(X)                                                                                                      \
    X("cells_end", "1/mm2", "cells_mean", CX_AT_END, 0, "Mean density of cells at the end.", "not compared with any measurement") \
    X("scratch_closed", "day", "empty_wound", CX_LAST_ABOVE, 0.1, "Last day on which a tenth of the scratch is empty.", "not compared with any measurement")
/* clang-format on */

CX_DECLARE

CX_POINT void derive(struct params *p, const struct cx_context *c) {
    (void)c;
    p->division_h = p->division / R(24);
}

/* du/dt = gain - loss u */
CX_POINT void rates(const struct params *p, const struct point *u, const struct input *in,
                    struct point *gain, struct point *loss) {
    (void)in;
    gain->cells = p->division_h * u->cells;
    loss->cells = p->division_h * u->cells / p->room;
}

CX_POINT void movement(const struct params *p, const struct point *u, const struct input *in,
                       struct point *D, struct point *phi) {
    (void)u, (void)in, (void)phi;
    D->cells = p->wandering;
}

CX_POINT void measure(const struct params *p, const struct point *u, const struct input *in,
                      struct measure *m) {
    (void)in;
    m->density = u->cells;
    m->empty = cx_positive(R(1) - u->cells / p->room);
}

/* Before anything happens the dish is full. */
CX_POINT void healthy(const struct params *p, const struct input *in, const struct cx_context *c,
                      struct point *u) {
    (void)in, (void)c;
    u->cells = p->room;
}

CX_POINT void hurt(const struct params *p, const struct cx_hit *h, const struct input *in,
                   struct point *u) {
    (void)p, (void)in;
    u->cells *= R(1) - (real)h->destroyed;
}

CX_MODEL(template, "Cells close a scratch, a model to copy",
         "Fisher 1937, 10.1111/j.1469-1809.1937.tb02153.x")
