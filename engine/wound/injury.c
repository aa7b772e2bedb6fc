/* injury.c - needles of one session on a block: channel, crushed sleeve, halo; see injury.h. */
#include "wound/injury.h"

#include "wound/brush.h"
#include "wound/channel.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define SECTION_UM 2000.0
#define TREATED_UM 10000.0

enum { ARRAYS = 7 };

enum cx_status cx_injury_create(const struct cx_grid *g, struct cx_injury *w, struct cx_error *e) {
    double **arrays[ARRAYS] = {&w->destroyed, &w->removed, &w->halo, &w->open,
                               &w->width_um,  &w->bleed,   &w->heat};
    *w = (struct cx_injury){.cells = g->cells};
    double *block = calloc(ARRAYS * g->cells, sizeof *block);
    if (!block)
        return cx_fail(e, CX_STORAGE, 61, "no memory for the injury of %zu cells", g->cells);
    for (int i = 0; i < ARRAYS; i++) *arrays[i] = block + (size_t)i * g->cells;
    return CX_OK;
}

void cx_injury_clear(struct cx_injury *w) {
    memset(w->destroyed, 0, ARRAYS * w->cells * sizeof *w->destroyed);
}

void cx_injury_free(struct cx_injury *w) {
    free(w->destroyed); /* owns the block of all arrays */
    *w = (struct cx_injury){0};
}

static double whole_periods(double wanted, double period) {
    return period > 0.0 ? fmax(1.0, round(wanted / period)) * period : wanted;
}

struct cx_field_of_view cx_injury_view(const struct cx_scenario *s, const struct cx_grid *g) {
    double period[2];
    const struct cx_axis *x = &g->axis[CX_X], *y = &g->axis[CX_Y];
    cx_pattern_period(s, period);
    switch (s->domain.geometry) {
    case CX_PATCH:
        return (struct cx_field_of_view){0.0, 0.0, x->edge[x->n], y->edge[y->n],
                                         x->periodic && y->periodic};
    case CX_SLICE:
        return (struct cx_field_of_view){0.0, 0.0, x->edge[x->n],
                                         whole_periods(SECTION_UM, period[1]), x->periodic};
    default:
        return (struct cx_field_of_view){0.0, 0.0, whole_periods(TREATED_UM, period[0]),
                                         whole_periods(TREATED_UM, period[1]), true};
    }
}

static struct cx_brush brush_of(const struct cx_scenario *s, const struct cx_grid *g,
                                const struct cx_needles *n) {
    const struct cx_field_of_view v = cx_injury_view(s, g);
    const double middle = 0.5 * (v.y0 + v.y1);
    struct cx_brush b = {.g = g,
                         .geometry = cx_brush_geometry(s),
                         .section_y = middle,
                         .area = (v.x1 - v.x0) * (v.y1 - v.y0)};
    double nearest = INFINITY;
    for (int i = 0; i < n->n; i++) {
        const double away = fabs(n->at[i].y - middle);
        if (away < nearest) b.section_y = n->at[i].y;
        nearest = fmin(nearest, away);
    }
    return b;
}

/* Does this needle count?  A round block has room for one; a column stands for the view, without
 * its rim. */
static bool counts(const struct cx_scenario *s, const struct cx_grid *g, const struct cx_needles *n,
                   int i) {
    if (s->domain.geometry == CX_AXISYMMETRIC) return i == 0;
    if (cx_brush_geometry(s) != CX_COLUMN) return true;
    const struct cx_field_of_view v = cx_injury_view(s, g);
    const struct cx_needle *one = &n->at[i];
    return one->x >= v.x0 && one->x < v.x1 && one->y >= v.y0 && one->y < v.y1;
}

static struct cx_needle placed(const struct cx_scenario *s, const struct cx_needle *n) {
    struct cx_needle moved = *n;
    if (s->domain.geometry == CX_AXISYMMETRIC) moved.x = moved.y = moved.tilt = 0.0;
    return moved;
}

/* Returns the destroyed volume in the measure of the grid. */
static double paint_needle(const struct cx_scenario *s, const struct cx_brush *b,
                           const struct cx_needle *n, struct cx_injury *w) {
    const double scale = cx_channel_destroyed_scale(s);
    const struct cx_needle at = placed(s, n);
    const struct cx_channel destroyed = cx_channel_of(s, &at, scale, 0.0);
    const struct cx_channel open = cx_channel_of(s, &at, s->device.recoil, 0.0);
    const struct cx_channel halo = cx_channel_of(s, &at, scale, s->device.halo);
    const double volume = cx_brush_paint(b, &destroyed, w->destroyed, w->width_um);
    cx_brush_paint(b, &open, w->open, NULL);
    cx_brush_paint(b, &halo, w->halo, NULL);
    return volume;
}

static struct cx_needle_report report_of(const struct cx_scenario *s, const struct cx_grid *g,
                                         const struct cx_needle *n, double painted) {
    const struct cx_layers l = cx_skin_layers(s);
    const double limit[5] = {0.0, l.corneum, l.epidermis, l.papillary, l.dermis};
    const struct cx_channel c = cx_channel_of(s, n, cx_channel_destroyed_scale(s), 0.0);
    struct cx_needle_report r = {.needle = *n};
    const bool patch = s->domain.geometry == CX_PATCH;
    r.volume_um3 = patch ? painted : cx_channel_volume(&c, 0.0, -g->axis[CX_Z].edge[0]);
    for (int i = 0; i < 4; i++)
        r.layer_um[i] = fmax(0.0, fmin(n->depth, limit[i + 1]) - limit[i]) / cos(n->tilt);
    return r;
}

enum cx_status cx_injury_needles(const struct cx_scenario *s, const struct cx_grid *g,
                                 const struct cx_needles *n, struct cx_injury *w,
                                 struct cx_error *e) {
    const struct cx_brush b = brush_of(s, g, n);
    if (w->cells != g->cells)
        return cx_fail(e, CX_INTERNAL, 0, "injury of %zu cells on a grid of %zu", w->cells,
                       g->cells);
    for (int i = 0; i < n->n; i++) {
        const double painted = counts(s, g, n, i) ? paint_needle(s, &b, &n->at[i], w) : 0.0;
        if (w->report) w->report[i] = report_of(s, g, &n->at[i], painted);
    }
    if (s->needle.shape == CX_CORING)
        memcpy(w->removed, w->destroyed, w->cells * sizeof *w->removed);
    cx_injury_finish(s, g, w);
    return CX_OK;
}

struct cx_hit cx_injury_hit(const struct cx_injury *w, size_t cell) {
    return (struct cx_hit){.destroyed = w->destroyed[cell],
                           .removed = w->removed[cell],
                           .halo = w->halo[cell],
                           .open = w->open[cell],
                           .width_um = w->width_um[cell],
                           .bleed = w->bleed[cell],
                           .heat = w->heat[cell]};
}
