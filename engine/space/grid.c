/* grid.c - graded axes and the finite-volume couplings between their cells.
 *
 * A flux through the face between cells i-1 and i leaves one cell and enters the other, so with
 * face area A, centre distance d and cell measure V:  low[i] = A / (d V[i]),  high[i-1] = A / (d
 * V[i-1]).  Both come from the same A / d: V[i] low[i] = V[i-1] high[i-1] to rounding, which is
 * what keeps mass. */
#include "space/grid.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MOST_CELLS (1LL << 30)
static const double pi = 3.14159265358979323846;
static const double unit_edges[2] = {0.0, 1.0};

static enum cx_status edges_check(const struct cx_grid_spec *spec, int d, struct cx_error *e) {
    const double *edge = spec->edge[d];
    if (!edge && spec->shape[d] != 1)
        return cx_fail(e, CX_CONFIG, 40, "grid axis %d has %d cells but no edges", d,
                       spec->shape[d]);
    for (int i = 0; edge && i < spec->shape[d]; i++)
        if (!(edge[i + 1] > edge[i]) || !isfinite(edge[i]) || !isfinite(edge[i + 1]))
            return cx_fail(e, CX_CONFIG, 40,
                           "grid axis %d: edge %d (%g um) does not lie above edge %d (%g um)", d,
                           i + 1, edge[i + 1], i, edge[i]);
    if (d == CX_X && spec->radial && (!edge || edge[0] != 0.0 || spec->periodic[CX_X]))
        return cx_fail(e, CX_CONFIG, 40, "a radius must start at 0 and cannot be periodic");
    return CX_OK;
}

static enum cx_status spec_check(const struct cx_grid_spec *spec, struct cx_error *e) {
    long long cells = 1;
    for (int d = 0; d < 3; d++) {
        if (spec->shape[d] < 1) return cx_fail(e, CX_CONFIG, 40, "grid axis %d has no cells", d);
        cells = cells > MOST_CELLS / spec->shape[d] ? MOST_CELLS + 1 : cells * spec->shape[d];
    }
    if (cells > MOST_CELLS) {
        cx_fail(e, CX_CONFIG, 41, "the grid would have more than 2^30 cells (%d x %d x %d)",
                spec->shape[0], spec->shape[1], spec->shape[2]);
        cx_hint(e, "use larger cells or a smaller block");
        return CX_CONFIG;
    }
    for (int d = 0; d < 3; d++) CX_TRY(edges_check(spec, d, e));
    return CX_OK;
}

static double face_area(const struct cx_axis *a, double at) {
    return a->radial ? 2.0 * pi * at : 1.0;
}

static double cell_measure(const struct cx_axis *a, double from, double to) {
    return a->radial ? pi * (to - from) * (to + from) : to - from;
}

static void couple(struct cx_axis *a, int lower, int upper, double conductance) {
    a->high[lower] = conductance / a->size[lower];
    a->low[upper] = conductance / a->size[upper];
}

static void axis_derive(struct cx_axis *a) {
    const int n = a->n;
    for (int i = 0; i < n; i++) {
        a->center[i] = 0.5 * (a->edge[i] + a->edge[i + 1]);
        a->size[i] = cell_measure(a, a->edge[i], a->edge[i + 1]);
    }
    for (int i = 1; i < n; i++)
        couple(a, i - 1, i, face_area(a, a->edge[i]) / (a->center[i] - a->center[i - 1]));
    if (a->periodic && n > 1) couple(a, n - 1, 0, 2.0 / (a->size[0] + a->size[n - 1]));
}

/* One block per axis; `edge` owns it. */
static enum cx_status axis_create(const struct cx_grid_spec *spec, int d, struct cx_axis *a,
                                  struct cx_error *e) {
    const size_t n = (size_t)spec->shape[d];
    double *block = calloc(5 * n + 1, sizeof *block);
    if (!block) return cx_fail(e, CX_STORAGE, 61, "no memory for a grid axis of %zu cells", n);
    a->n = spec->shape[d];
    a->periodic = spec->periodic[d];
    a->radial = d == CX_X && spec->radial;
    a->edge = block;
    a->center = block + n + 1;
    a->size = a->center + n;
    a->low = a->size + n;
    a->high = a->low + n;
    memcpy(a->edge, spec->edge[d] ? spec->edge[d] : unit_edges, (n + 1) * sizeof *block);
    axis_derive(a);
    return CX_OK;
}

enum cx_status cx_grid_create(const struct cx_grid_spec *spec, struct cx_grid *g,
                              struct cx_error *e) {
    memset(g, 0, sizeof *g);
    CX_TRY(spec_check(spec, e));
    g->cells = 1;
    for (int d = 0; d < 3; d++) {
        const enum cx_status made = axis_create(spec, d, &g->axis[d], e);
        if (made != CX_OK) {
            cx_grid_free(g);
            return made;
        }
        g->shape[d] = spec->shape[d];
        g->cells *= (size_t)spec->shape[d];
    }
    return CX_OK;
}

void cx_grid_free(struct cx_grid *g) {
    for (int d = 0; d < 3; d++) free(g->axis[d].edge);
    memset(g, 0, sizeof *g);
}

static bool axis_valid(const struct cx_axis *a) {
    if (a->n < 1 || !a->edge) return false;
    for (int i = 0; i < a->n; i++)
        if (!(a->edge[i + 1] > a->edge[i]) || !(a->size[i] > 0.0)) return false;
    return true;
}

bool cx_grid_valid(const struct cx_grid *g) {
    size_t cells = 1;
    for (int d = 0; d < 3; d++) {
        if (g->axis[d].n != g->shape[d] || !axis_valid(&g->axis[d])) return false;
        cells *= (size_t)g->shape[d];
    }
    return cells == g->cells;
}

double cx_grid_volume(const struct cx_grid *g, int i, int j, int k) {
    return g->axis[CX_X].size[i] * g->axis[CX_Y].size[j] * g->axis[CX_Z].size[k];
}

double cx_grid_surface(const struct cx_grid *g) {
    const struct cx_axis *x = &g->axis[CX_X], *y = &g->axis[CX_Y];
    return cell_measure(x, x->edge[0], x->edge[x->n]) * cell_measure(y, y->edge[0], y->edge[y->n]);
}
