/* grid.h - graded rectilinear grids: column, slice, axisymmetric, patch.  Knows numbers, not models.
 *
 * Cells are stored x fastest, then y, then z.  k = 0 is the DEEPEST plane, k = shape[2]-1 the surface, so that memory
 * order is the order of the result file (z ascending, 0 at the surface, negative in the tissue).
 * column: shape {1,1,nz}; slice: {nx,1,nz}; axisymmetric: x is the radius, {nr,1,nz}; patch: {nx,ny,nz}. */
#ifndef CX_SPACE_GRID_H
#define CX_SPACE_GRID_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>

enum { CX_X, CX_Y, CX_Z };

/* One axis: n cells between n+1 edges (um).  low[i], high[i]: 1/um2, coupling of cell i to its lower and upper
 * neighbour, so that div grad u = low (u[i-1]-u[i]) + high (u[i+1]-u[i]); 0 at the two ends unless periodic.
 * size: measure of a cell along the axis (um; for a radius: um2, area of the ring). */
struct cx_axis {
    int n;
    bool periodic, radial;
    double *edge, *center, *size, *low, *high;
};

struct cx_grid {
    int shape[3];
    size_t cells; /* shape[0]*shape[1]*shape[2] */
    struct cx_axis axis[3];
};

/* edge: um, ascending, shape[d]+1 of them; NULL: an axis that is not there, one cell 0..1. */
struct cx_grid_spec {
    const double *edge[3];
    int shape[3];
    bool periodic[3], radial; /* radial: axis x is a radius starting at 0 */
};

/* Copies the edges and derives the couplings.  Errors: CX_CONFIG E040 edges not ascending, E041 too many cells. */
enum cx_status cx_grid_create(const struct cx_grid_spec *spec, struct cx_grid *g,
                              struct cx_error *e);
void cx_grid_free(struct cx_grid *g);
bool cx_grid_valid(const struct cx_grid *g);

static inline size_t cx_grid_at(const struct cx_grid *g, int i, int j, int k) {
    return (size_t)i + (size_t)g->shape[0] * ((size_t)j + (size_t)g->shape[1] * (size_t)k);
}
/* Volume of a cell: um3 (patch, axisymmetric), um2 (slice), um (column). */
double cx_grid_volume(const struct cx_grid *g, int i, int j, int k);
/* Area of the skin surface that the block covers: um2 (patch, axisymmetric), um (slice), 1 (column). */
double cx_grid_surface(const struct cx_grid *g);

#endif
