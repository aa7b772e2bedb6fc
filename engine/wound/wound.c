/* wound.c - wounds other than needles, made at time 0: punch, incision, burn.  They lie in the
 * middle of a patch or slice, on the axis of a round block, and all over a column.
 *
 * Burn: tissue is dead in full (heat = 1) down to 0.7 of the depth, in part down to 1.3, half of it
 * at the depth itself (assumed: zones of coagulation and of stasis, a linear passage between them).
 */
#include "wound/brush.h"
#include "wound/channel.h"
#include "wound/injury.h"

#include <math.h>
#include <string.h>

#define DEAD_SHARE 0.7
#define ALIVE_SHARE 1.3
static const double pi = 3.14159265358979323846;

/* Centre, size and brush of the wound. */
struct place {
    struct cx_brush brush;
    double x, y, half, depth; /* um */
};

static struct place place_of(const struct cx_scenario *s, const struct cx_grid *g) {
    const struct cx_axis *x = &g->axis[CX_X], *y = &g->axis[CX_Y];
    const bool flat = s->domain.geometry == CX_PATCH || s->domain.geometry == CX_SLICE;
    const double size = s->wound.type == CX_INCISION ? s->wound.width : s->wound.diameter;
    struct place p = {.half = 0.5 * size};
    const double through =
        s->domain.layout == CX_UNIFORM ? -g->axis[CX_Z].edge[0] : cx_skin_layers(s).dermis;
    p.depth = isnan(s->wound.depth) ? through : s->wound.depth;
    p.x = flat ? 0.5 * (x->edge[0] + x->edge[x->n]) : 0.0;
    p.y = s->domain.geometry == CX_PATCH ? 0.5 * (y->edge[0] + y->edge[y->n]) : 0.0;
    p.brush = (struct cx_brush){.g = g, .geometry = cx_brush_geometry(s), .section_y = p.y};
    return p;
}

/* A round shaft in the middle; a column is wholly inside it. */
static void paint_shaft(struct place *p, double radius, double depth, double *share,
                        double *width) {
    const struct cx_channel c = cx_channel_shaft(p->x, p->y, radius, depth);
    p->brush.area = pi * radius * radius;
    cx_brush_paint(&p->brush, &c, share, width);
}

static double overlap(double a0, double a1, double b0, double b1) {
    return fmax(0.0, fmin(a1, b1) - fmax(a0, b0));
}

/* A slab along y, `half` um to each side of the middle; a column is wholly inside it. */
static void paint_slab(const struct place *p, double half, double depth, double *share) {
    const struct cx_grid *g = p->brush.g;
    const struct cx_axis *x = &g->axis[CX_X], *z = &g->axis[CX_Z];
    const bool column = p->brush.geometry == CX_COLUMN;
    for (size_t at = 0; at < g->cells; at++) {
        const size_t i = at % (size_t)g->shape[CX_X];
        const size_t k = at / ((size_t)g->shape[CX_X] * (size_t)g->shape[CX_Y]);
        const double across =
            column ? 1.0
                   : overlap(x->edge[i], x->edge[i + 1], p->x - half, p->x + half) / x->size[i];
        share[at] += across * overlap(-depth, 0.0, z->edge[k], z->edge[k + 1]) / z->size[k];
    }
}

static void paint_widths(struct cx_injury *w, double width) {
    for (size_t i = 0; i < w->cells; i++)
        if (w->destroyed[i] > 0.0) w->width_um[i] = width;
}

static void punch(const struct cx_scenario *s, struct place *p, struct cx_injury *w) {
    paint_shaft(p, p->half, p->depth, w->destroyed, w->width_um);
    paint_shaft(p, p->half + s->device.halo, p->depth + s->device.halo, w->halo, NULL);
    memcpy(w->removed, w->destroyed, w->cells * sizeof *w->removed);
    memcpy(w->open, w->destroyed, w->cells * sizeof *w->open);
}

/* The edges are pulled apart: a gap is open, nothing was taken away. */
static void incision(const struct cx_scenario *s, struct place *p, struct cx_injury *w) {
    paint_slab(p, p->half, p->depth, w->destroyed);
    paint_slab(p, p->half + s->device.halo, p->depth + s->device.halo, w->halo);
    memcpy(w->open, w->destroyed, w->cells * sizeof *w->open);
    paint_widths(w, s->wound.width);
}

/* Integral of the dead share from the surface to depth z, um, for a burn of the given depth. */
static double dead_above(double z, double depth) {
    const double full = DEAD_SHARE * depth, none = ALIVE_SHARE * depth;
    const double into = fmin(fmax(z - full, 0.0), none - full);
    return fmin(z, full) + into - into * into / (2.0 * (none - full));
}

static void fade(const struct cx_grid *g, double depth, double *share) {
    const size_t plane = (size_t)g->shape[CX_X] * (size_t)g->shape[CX_Y];
    for (size_t at = 0; at < g->cells; at++) {
        const double top = -g->axis[CX_Z].edge[at / plane + 1],
                     bottom = -g->axis[CX_Z].edge[at / plane];
        share[at] *= (dead_above(bottom, depth) - dead_above(top, depth)) / (bottom - top);
    }
}

static void burn(const struct cx_scenario *s, struct place *p, struct cx_injury *w) {
    const struct cx_grid *g = p->brush.g;
    const double bottom = -g->axis[CX_Z].edge[0], halo = s->device.halo;
    paint_shaft(p, p->half, bottom, w->heat, NULL);
    fade(g, p->depth, w->heat);
    memcpy(w->destroyed, w->heat, w->cells * sizeof *w->heat);
    paint_shaft(p, p->half + halo, bottom, w->halo, NULL);
    fade(g, p->depth + halo, w->halo);
    paint_widths(w, s->wound.diameter);
}

enum cx_status cx_injury_wound(const struct cx_scenario *s, const struct cx_grid *g,
                               struct cx_injury *w, struct cx_error *e) {
    struct place p = place_of(s, g);
    if (s->wound.type == CX_NO_WOUND) return CX_OK;
    if (s->wound.type == CX_INCISION && s->domain.geometry == CX_AXISYMMETRIC) {
        cx_fail(e, CX_CONFIG, 56, "a straight incision does not fit into an axisymmetric block");
        cx_hint(e, "use domain.geometry slice or patch, or wound.type punch");
        return CX_CONFIG;
    }
    if (s->wound.type == CX_PUNCH) punch(s, &p, w);
    if (s->wound.type == CX_INCISION) incision(s, &p, w);
    if (s->wound.type == CX_BURN) burn(s, &p, w);
    cx_injury_finish(s, g, w);
    return CX_OK;
}
