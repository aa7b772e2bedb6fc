/* brush.c - see brush.h */
#include "wound/brush.h"

#include <math.h>

struct stroke {
    const struct cx_brush *brush;
    const struct cx_channel *c;
    double *share, *width;
    int k;              /* plane */
    double top, bottom; /* depths of the plane, um */
    double diameter;    /* of the channel in the middle of the pierced part of the plane */
    double painted;
};

static void put(struct stroke *t, int i, int j, double volume) {
    const struct cx_grid *g = t->brush->g;
    const size_t at = cx_grid_at(g, i, j, t->k);
    if (volume <= 0.0) return;
    t->share[at] += volume / cx_grid_volume(g, i, j, t->k);
    t->painted += volume;
    if (t->width && t->width[at] < t->diameter) t->width[at] = t->diameter;
}

/* Cells first..last-1 of an axis that overlap from..to. */
struct range {
    int first, last;
};

static struct range overlapping(const struct cx_axis *a, double from, double to) {
    int low = 0, high = a->n;
    while (low < high) {
        const int middle = (low + high) / 2;
        if (a->edge[middle + 1] <= from)
            low = middle + 1;
        else
            high = middle;
    }
    struct range r = {low, low};
    while (r.last < a->n && a->edge[r.last] < to) r.last++;
    return r;
}

/* Copies of from..to, shifted by whole periods, that reach into the axis: shifts first..last. */
static struct range copies(const struct cx_axis *a, double from, double to) {
    const double period = a->edge[a->n] - a->edge[0];
    if (!a->periodic) return (struct range){0, 0};
    return (struct range){(int)ceil((a->edge[0] - to) / period),
                          (int)floor((a->edge[a->n] - from) / period)};
}

static void copy_patch(struct stroke *t, const struct cx_channel *c) {
    const struct cx_axis *x = &t->brush->g->axis[CX_X], *y = &t->brush->g->axis[CX_Y];
    struct cx_box hull;
    if (!cx_channel_bounds(c, t->top, t->bottom, &hull)) return;
    const struct range across = overlapping(x, hull.x0, hull.x1),
                       along = overlapping(y, hull.y0, hull.y1);
    for (int j = along.first; j < along.last; j++)
        for (int i = across.first; i < across.last; i++) {
            const struct cx_box cell = {x->edge[i],     x->edge[i + 1], y->edge[j],
                                        y->edge[j + 1], t->top,         t->bottom};
            put(t, i, j, cx_channel_in_box(c, &cell));
        }
}

static void copy_slice(struct stroke *t, const struct cx_channel *c) {
    const struct cx_axis *x = &t->brush->g->axis[CX_X];
    struct cx_box hull;
    const double y = t->brush->section_y;
    if (!cx_channel_bounds(c, t->top, t->bottom, &hull) || y < hull.y0 || y > hull.y1) return;
    const struct range across = overlapping(x, hull.x0, hull.x1);
    for (int i = across.first; i < across.last; i++) {
        const struct cx_box cell = {x->edge[i], x->edge[i + 1], y, y, t->top, t->bottom};
        put(t, i, 0, cx_channel_in_strip(c, &cell));
    }
}

static void plane_flat(struct stroke *t) {
    const struct cx_grid *g = t->brush->g;
    const bool slice = t->brush->geometry == CX_SLICE;
    struct cx_box hull;
    if (!cx_channel_bounds(t->c, t->top, t->bottom, &hull)) return;
    const struct range x = copies(&g->axis[CX_X], hull.x0, hull.x1);
    const struct range y = slice ? (struct range){0, 0} : copies(&g->axis[CX_Y], hull.y0, hull.y1);
    const double width = g->axis[CX_X].edge[g->shape[CX_X]],
                 depth = g->axis[CX_Y].edge[g->shape[CX_Y]];
    for (int j = y.first; j <= y.last; j++)
        for (int i = x.first; i <= x.last; i++) {
            struct cx_channel moved = *t->c;
            moved.x += i * width;
            moved.y += slice ? 0.0 : j * depth;
            if (slice)
                copy_slice(t, &moved);
            else
                copy_patch(t, &moved);
        }
}

static void plane_rings(struct stroke *t) {
    const struct cx_axis *r = &t->brush->g->axis[CX_X];
    double inner = 0.0;
    for (int i = 0; i < r->n; i++) {
        const double outer = cx_channel_in_cylinder(t->c, r->edge[i + 1], t->top, t->bottom);
        if (outer <= inner) break;
        put(t, i, 0, outer - inner);
        inner = outer;
    }
}

/* The column holds the share of its area: a channel of a tenth of the area fills a tenth of a cell.
 */
static void plane_column(struct stroke *t) {
    put(t, 0, 0, cx_channel_volume(t->c, t->top, t->bottom) / t->brush->area);
}

double cx_brush_paint(const struct cx_brush *b, const struct cx_channel *c, double *share,
                      double *width) {
    const struct cx_axis *z = &b->g->axis[CX_Z];
    struct stroke t = {.brush = b, .c = c};
    t.share = share;
    t.width = width;
    const double end = cx_channel_bottom(c);
    for (int k = z->n - 1; k >= 0 && -z->edge[k + 1] < end; k--) {
        t.k = k;
        t.top = -z->edge[k + 1];
        t.bottom = -z->edge[k];
        t.diameter = 2.0 * cx_channel_radius(c, 0.5 * (t.top + fmin(t.bottom, end)));
        if (b->geometry == CX_COLUMN)
            plane_column(&t);
        else if (b->geometry == CX_AXISYMMETRIC)
            plane_rings(&t);
        else
            plane_flat(&t);
    }
    return t.painted;
}

static double capped(double share, double cap) {
    return share < 0.0 ? 0.0 : share < cap ? share : cap;
}

/* A cell that is destroyed but for rounding is destroyed: what grows back from nothing must not grow from 1e-16. */
static double whole(double share) { return share > 1.0 - 1e-12 ? 1.0 : share; }

void cx_injury_finish(const struct cx_scenario *s, const struct cx_grid *g, struct cx_injury *w) {
    const double vessels = cx_skin_layers(s).epidermis;
    const size_t plane = (size_t)g->shape[CX_X] * (size_t)g->shape[CX_Y];
    for (size_t i = 0; i < w->cells; i++) {
        w->halo[i] -= w->destroyed[i];
        w->heat[i] = whole(capped(w->heat[i], 1.0));
        w->destroyed[i] = whole(capped(w->destroyed[i], 1.0));
        w->halo[i] = capped(w->halo[i], 1.0 - w->destroyed[i]);
        w->removed[i] = capped(w->removed[i], w->destroyed[i]);
        w->open[i] = capped(w->open[i], w->destroyed[i]);
        const double cut = w->destroyed[i] - w->heat[i]; /* what was burnt does not bleed */
        w->bleed[i] = -g->axis[CX_Z].center[i / plane] > vessels ? capped(cut, 1.0) : 0.0;
    }
}
