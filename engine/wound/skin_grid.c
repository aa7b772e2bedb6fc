/* skin_grid.c - the block of skin and its cells: planes on every layer limit, heights growing with
 * depth.
 *
 * Along each axis a ruler lays stretches of cells one after the other; without `edge` it only
 * counts, so that the size of a grid is known before anything is allocated. */
#include "wound/lesion.h"
#include "wound/pattern.h"
#include "wound/skin.h"

#include <math.h>
#include <stdlib.h>

#define HYPODERMIS_UM 300.0 /* default block: tissue below the dermis ... */
#define BELOW_REACH_UM                                                                             \
    400.0 /* ... and below the deepest puncture, so that the bottom does not feel it */
#define LATERAL_UM 2000.0
static const double pi = 3.14159265358979323846;

struct ruler {
    double at, height; /* next edge, next cell height, um */
    double stretch, highest;
    double n;     /* cells so far */
    double *edge; /* ascending from 0, or NULL */
};

static void lay(struct ruler *r, double edge) {
    r->at = edge;
    r->n += 1.0;
    if (r->edge) r->edge[(int)r->n] = edge;
}

/* Equal cells down to `end`, as near to `wanted` as a whole number allows. */
static void lay_even(struct ruler *r, double end, double wanted) {
    const double start = r->at, n = fmax(1.0, round((end - start) / wanted));
    for (double i = 1.0; i < n; i++) lay(r, start + (end - start) * (i / n));
    lay(r, end);
}

/* Growing cells that stop exactly at `end`: as many as come nearest to the wanted heights, then
 * scaled to fit. */
static void lay_graded(struct ruler *r, double end) {
    const double length = end - r->at;
    double sum = 0.0, height = r->height, n = 0.0, before = 0.0;
    while (sum < length * (1.0 - 1e-12)) {
        before = sum;
        sum += height;
        height = fmin(height * r->stretch, r->highest);
        n += 1.0;
    }
    if (n > 1.0 && length / before < sum / length) {
        sum = before;
        n -= 1.0;
    }
    const double scale = length / sum;
    for (double i = 1.0; i <= n; i++) {
        lay(r, i == n ? end : r->at + r->height * scale);
        r->height = fmin(r->height * r->stretch, r->highest);
    }
}

/* The corneum is thin: one cell, or two when it is more than half as thick again as a surface cell.
 */
static void lay_corneum(struct ruler *r, double thickness, double cell) {
    if (thickness > 4.0 * cell)
        lay_graded(r, thickness);
    else
        lay_even(r, thickness, thickness > 1.5 * cell ? 0.5 * thickness : thickness);
}

/* Length number `which` of domain.size; a point has none (-1). */
static double block_size(const struct cx_scenario *s, int which, double otherwise) {
    return which >= 0 && s->domain.size.n > which ? s->domain.size.at[which] : otherwise;
}

static double reached(const struct cx_scenario *s) {
    const double wound = isnan(s->wound.depth) ? 0.0 : s->wound.depth;
    const double needle =
        s->treatment.sessions.n == 0
            ? 0.0
            : fmin(1.0, s->device.penetration * (1.0 + 3.0 * s->spread.depth)) * s->needle.length;
    return fmax(s->wound.type == CX_NO_WOUND ? 0.0 : wound, needle);
}

static int size_count(const struct cx_scenario *s) {
    const int wanted[] = {
        [CX_COLUMN] = 1, [CX_SLICE] = 2, [CX_AXISYMMETRIC] = 2, [CX_PATCH] = 3, [CX_ONE_POINT] = 0};
    return wanted[s->domain.geometry];
}

static double block_depth(const struct cx_scenario *s, const struct cx_layers *l) {
    const double fitting = fmax(l->dermis + HYPODERMIS_UM, reached(s) + BELOW_REACH_UM);
    return block_size(s, size_count(s) - 1, fitting);
}

static void lay_depth(const struct cx_scenario *s, struct ruler *r) {
    const struct cx_layers l = cx_skin_layers(s);
    const double depth = block_depth(s, &l);
    const double limit[] = {l.epidermis, l.papillary, l.dermis, depth};
    *r = (struct ruler){.height = fmin(s->domain.surface_cell, s->domain.deep_cell),
                        .stretch = s->domain.stretch,
                        .highest = s->domain.deep_cell,
                        .edge = r->edge};
    lay_corneum(r, fmin(l.corneum, depth), s->domain.surface_cell);
    for (int i = 0; i < 4; i++) {
        const double to = fmin(limit[i], depth);
        if (to > r->at) lay_graded(r, to);
    }
}

/* Whole number of periods nearest to the wanted length: the default block cuts no needle of a
 * lattice. */
static double whole_periods(double wanted, double period) {
    return period > 0.0 ? fmax(1.0, round(wanted / period)) * period : wanted;
}

static double fitting_radius(const struct cx_scenario *s) {
    if (s->wound.type == CX_PUNCH || s->wound.type == CX_BURN) return s->wound.diameter;
    return sqrt(cx_pattern_area(s) / pi);
}

/* Default extent along x or y: a slice also holds the lesion with skin on both sides (a section
 * costs little). */
static double fitting_side(const struct cx_scenario *s, int d) {
    double period[2], wanted = LATERAL_UM;
    cx_pattern_period(s, period);
    const double lesion = cx_lesion_of(s).width;
    if (s->domain.geometry == CX_SLICE && isfinite(lesion)) wanted = fmax(wanted, 1.5 * lesion);
    if (s->wound.type != CX_NO_WOUND) wanted = fmax(wanted, 2.0 * s->wound.diameter);
    return whole_periods(wanted, period[d]);
}

/* Is there no such axis?  Then it has one cell of width 1. */
static bool is_absent(const struct cx_scenario *s, int d) {
    const int geometry = s->domain.geometry;
    return d != CX_Z && (geometry == CX_COLUMN || geometry == CX_ONE_POINT ||
                         (d == CX_Y && geometry != CX_PATCH));
}

static void lay_lateral(const struct cx_scenario *s, int d, struct ruler *r) {
    const bool round = s->domain.geometry == CX_AXISYMMETRIC;
    *r = (struct ruler){.height = s->domain.cell,
                        .stretch = s->domain.lateral_stretch,
                        .highest = INFINITY,
                        .edge = r->edge};
    if (is_absent(s, d))
        lay(r, 1.0);
    else if (round)
        lay_graded(r, block_size(s, CX_X, fitting_radius(s)));
    else
        lay_even(r, block_size(s, d, fitting_side(s, d)), s->domain.cell);
}

/* No layers to respect: equal cells; a point is one of them. */
static void lay_uniform(const struct cx_scenario *s, int d, struct ruler *r) {
    const double cell = s->domain.cell;
    const int which = d == CX_Z ? size_count(s) - 1 : d;
    if (is_absent(s, d))
        lay(r, 1.0);
    else
        lay_even(r, block_size(s, which, cell), cell);
}

static void lay_axis(const struct cx_scenario *s, int d, struct ruler *r) {
    if (s->domain.layout == CX_UNIFORM)
        lay_uniform(s, d, r);
    else if (d == CX_Z)
        lay_depth(s, r);
    else
        lay_lateral(s, d, r);
}

static enum cx_status layers_check(const struct cx_scenario *s, struct cx_error *e) {
    const struct cx_layers l = cx_skin_layers(s);
    if (l.papillary < l.dermis || s->domain.layout == CX_UNIFORM) return CX_OK;
    cx_fail(e, CX_CONFIG, 43,
            "the papillary dermis (%g um) is not thinner than the whole dermis (%g um)",
            l.papillary - l.epidermis, l.dermis - l.epidermis);
    cx_hint(e,
            "skin.dermis is papillary and reticular dermis together: make skin.papillary smaller");
    return CX_CONFIG;
}

/* Cells without height would never fill a layer, shrinking ones might not. */
static enum cx_status cells_check(const struct cx_scenario *s, struct cx_error *e) {
    const struct cx_domain_settings *d = &s->domain;
    const bool sizes = d->cell > 0.0 && d->surface_cell > 0.0 && d->deep_cell > 0.0;
    if (sizes && d->stretch >= 1.0 && d->lateral_stretch >= 1.0) return CX_OK;
    cx_fail(e, CX_CONFIG, 40, "cells of the grid must have a size and must not shrink with depth");
    cx_hint(e,
            "domain.cell, surface_cell and deep_cell above 0; stretch and lateral_stretch from 1");
    return CX_CONFIG;
}

static enum cx_status size_check(const struct cx_scenario *s, struct cx_error *e) {
    const int wanted = size_count(s), given = s->domain.size.n;
    const bool fits_itself = given == 0 && s->domain.layout != CX_UNIFORM;
    if (fits_itself || given == wanted) return CX_OK;
    cx_fail(e, CX_CONFIG, 42, "domain.size has %d lengths, this geometry needs %d", given, wanted);
    cx_hint(e,
            "patch [x, y, depth], slice [x, depth], axisymmetric [radius, depth], column [depth], "
            "point none; layout uniform does not fit itself to the skin");
    return CX_CONFIG;
}

/* periodic[d] of the sides; a round or one-cell block has no side to go round. */
static enum cx_status sides_check(const struct cx_scenario *s, bool periodic[3],
                                  struct cx_error *e) {
    const int kind[2][2] = {{s->left.kind, s->right.kind}, {s->front.kind, s->back.kind}};
    for (int d = 0; d < 2; d++) {
        const bool low = kind[d][0] == CX_PERIODIC, high = kind[d][1] == CX_PERIODIC;
        if (low != high || (low && s->domain.geometry == CX_AXISYMMETRIC)) {
            cx_fail(e, CX_CONFIG, 44, "the %s sides of the block are not both periodic",
                    d == CX_X ? "left and right" : "front and back");
            cx_hint(e, "give both the kind periodic, or neither (an axisymmetric block has none)");
            return CX_CONFIG;
        }
        periodic[d] = low;
    }
    periodic[CX_Z] = false;
    return CX_OK;
}

void cx_skin_shape(const struct cx_scenario *s, double shape[3], double *cells) {
    *cells = 0.0;
    for (int d = 0; d < 3; d++) shape[d] = 0.0;
    if (cells_check(s, NULL) != CX_OK || size_check(s, NULL) != CX_OK) return;
    if (layers_check(s, NULL) != CX_OK) return;
    *cells = 1.0;
    for (int d = 0; d < 3; d++) {
        struct ruler r = {.edge = NULL};
        lay_axis(s, d, &r);
        shape[d] = r.n;
        *cells *= r.n;
    }
}

/* Depths grow downwards, z upwards. */
static void turn_over(double *edge, int n) {
    for (int i = 0, j = n; i <= j; i++, j--) {
        const double kept = edge[i];
        edge[i] = -edge[j];
        edge[j] = -kept;
    }
    edge[n] = 0.0;
}

static enum cx_status axis_edges(const struct cx_scenario *s, int d, double n, double **edge,
                                 struct cx_error *e) {
    struct ruler r = {.edge = calloc((size_t)n + 1, sizeof(double))};
    *edge = r.edge;
    if (!r.edge) return cx_fail(e, CX_STORAGE, 61, "no memory for the edges of the grid");
    lay_axis(s, d, &r);
    if (d == CX_Z) turn_over(r.edge, (int)n);
    return CX_OK;
}

enum cx_status cx_skin_grid(const struct cx_scenario *s, struct cx_grid *g, struct cx_error *e) {
    struct cx_grid_spec spec = {.radial = s->domain.geometry == CX_AXISYMMETRIC};
    double shape[3], cells, *edge[3] = {NULL, NULL, NULL};
    *g = (struct cx_grid){.cells = 0};
    CX_TRY(cells_check(s, e));
    CX_TRY(size_check(s, e));
    CX_TRY(layers_check(s, e));
    CX_TRY(sides_check(s, spec.periodic, e));
    cx_skin_shape(s, shape, &cells);
    if (cells > (double)(1 << 30)) {
        cx_fail(e, CX_CONFIG, 41, "the grid would have %.3g cells, more than 2^30", cells);
        cx_hint(e, "make domain.cell, domain.surface_cell or domain.deep_cell larger");
        return CX_CONFIG;
    }
    enum cx_status status = CX_OK;
    for (int d = 0; d < 3 && status == CX_OK; d++) {
        spec.shape[d] = (int)shape[d];
        status = axis_edges(s, d, shape[d], &edge[d], e);
        spec.edge[d] = edge[d];
    }
    if (status == CX_OK) status = cx_grid_create(&spec, g, e);
    for (int d = 0; d < 3; d++) free(edge[d]);
    return status;
}
