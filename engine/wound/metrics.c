/* metrics.c - what a pattern does to the skin, from geometry alone. */
#include "wound/channel.h"
#include "wound/injury.h"
#include "wound/near.h"
#include "wound/pattern.h"

#include <math.h>

/* Gill 2008 (10.1097/AJP.0b013e31816778f9): pain grows as length^1.77 and number^0.30, and single
 * needles of 480 to 1450 um hurt 5 to 40 % of a 26 G needle: 40 % at 1450 um puts the 26 G needle
 * at 2433 um, and 480 um then at 5.7 %. */
#define PAIN_LENGTH 1.77
#define PAIN_NUMBER 0.30
#define PAIN_26G_UM 2433.0
#define UM2_PER_CM2 1e8
#define SAMPLES 128 /* per side, for the mean untouched distance */

struct tally {
    const struct cx_scenario *s;
    const struct cx_field_of_view *view;
    const struct cx_needles *n;
    struct cx_pattern_metrics *m;
    double area; /* of the view, um2 */
};

static bool in_view(const struct cx_field_of_view *v, const struct cx_needle *n) {
    return n->x >= v->x0 && n->x < v->x1 && n->y >= v->y0 && n->y < v->y1;
}

static void tally_depths(const struct tally *t) {
    struct cx_pattern_metrics *m = t->m;
    double square = 0.0;
    for (int i = 0; i < t->n->n; i++) {
        if (!in_view(t->view, &t->n->at[i])) continue;
        const double depth = t->n->at[i].depth, before = m->mean_depth_um;
        m->needles++;
        m->mean_depth_um += (depth - before) / m->needles;
        square += (depth - before) * (depth - m->mean_depth_um);
        m->max_depth_um = fmax(m->max_depth_um, depth);
    }
    m->sd_depth_um = m->needles > 1 ? sqrt(square / (m->needles - 1)) : 0.0;
    m->per_cm2 = m->needles / t->area * UM2_PER_CM2;
}

static double pain(const struct tally *t) {
    /* number: on 1 cm2, so that the index does not depend on the view; one needle is one needle */
    const double number = t->m->needles == 1 ? 1.0 : fmax(1.0, t->m->per_cm2);
    return pow(t->m->mean_depth_um / PAIN_26G_UM, PAIN_LENGTH) * pow(number, PAIN_NUMBER);
}

static void tally_needle(const struct tally *t, const struct cx_needle *n, const double limit[5]) {
    const double scale = cx_channel_destroyed_scale(t->s);
    const struct cx_channel cut = cx_channel_of(t->s, n, 1.0, 0.0);
    const struct cx_channel open = cx_channel_of(t->s, n, t->s->device.recoil, 0.0);
    const struct cx_channel destroyed = cx_channel_of(t->s, n, scale, 0.0);
    t->m->cut_area_fraction += cx_channel_area(&cut, 0.0) / t->area;
    t->m->open_area_fraction += cx_channel_area(&open, 0.0) / t->area;
    for (int i = 0; i < 4; i++) {
        const double volume = t->area * (limit[i + 1] - limit[i]);
        if (volume <= 0.0) continue; /* a uniform layout has no layers */
        t->m->volume_fraction[i] += cx_channel_volume(&destroyed, limit[i], limit[i + 1]) / volume;
        t->m->pierced_fraction[i] += n->depth > limit[i]; /* a count, until all are through */
    }
}

static void tally_areas(const struct tally *t) {
    const struct cx_layers l = cx_skin_layers(t->s);
    const double limit[5] = {0.0, l.corneum, l.epidermis, l.papillary, l.dermis};
    struct cx_pattern_metrics *m = t->m;
    for (int i = 0; i < t->n->n; i++)
        if (in_view(t->view, &t->n->at[i])) tally_needle(t, &t->n->at[i], limit);
    m->cut_area_fraction = fmin(1.0, m->cut_area_fraction);
    m->open_area_fraction = fmin(1.0, m->open_area_fraction);
    for (int i = 0; i < 4; i++) {
        m->volume_fraction[i] = fmin(1.0, m->volume_fraction[i]);
        m->pierced_fraction[i] /= m->needles;
    }
}

/* Discs at the surface: the needles' diameter x scale. */
static enum cx_status discs(const struct tally *t, double scale, struct cx_near *near,
                            struct cx_error *e) {
    const double spacing = sqrt(t->area / fmax(1.0, t->m->needles));
    CX_TRY(cx_near_create(near, t->view, spacing, e));
    for (int i = 0; i < t->n->n; i++) {
        const struct cx_needle *n = &t->n->at[i];
        const struct cx_near_disc disc = {n->x, n->y, 0.5 * scale * n->diameter, -1};
        CX_TRY(cx_near_add(near, &disc, e));
    }
    return CX_OK;
}

/* In a periodic view a lone needle's neighbours are its own copies. */
static double own_copy(const struct cx_field_of_view *v) {
    return v->periodic ? fmin(v->x1 - v->x0, v->y1 - v->y0) : INFINITY;
}

static void tally_neighbours(const struct tally *t, const struct cx_near *centres,
                             const struct cx_near *channels) {
    double sum = 0.0;
    int touching = 0, counted = 0;
    for (int i = 0; i < t->n->n; i++) {
        const struct cx_near_disc *d = &channels->at[i];
        if (!in_view(t->view, &t->n->at[i])) continue;
        const double away =
            fmin(cx_near_distance(centres, d->x, d->y, INFINITY, i), own_copy(t->view));
        const double gap = cx_near_distance(channels, d->x, d->y, 2.0 * d->radius, i) - d->radius;
        touching += gap < 0.0 || own_copy(t->view) < 2.0 * d->radius;
        if (isfinite(away)) counted++;
        sum += isfinite(away) ? away : 0.0;
    }
    t->m->overlap_fraction = t->m->needles ? (double)touching / t->m->needles : 0.0;
    t->m->nearest_um = counted ? sum / counted : NAN;
}

static double untouched(const struct cx_near *channels, double x, double y) {
    return fmax(0.0, cx_near_distance(channels, x, y, INFINITY, -1));
}

/* Walks from x, y towards larger distances with ever smaller steps, without leaving the view. */
static double climbed(const struct cx_near *channels, double x, double y, double step) {
    double best = untouched(channels, x, y);
    for (int round = 0; round < 400 && step > 1e-4; round++) {
        const double from_x = x, from_y = y;
        for (int way = 0; way < 8; way++) {
            const double angle = way * 0.78539816339744831;
            const double tx =
                fmin(fmax(from_x + step * cos(angle), channels->view.x0), channels->view.x1);
            const double ty =
                fmin(fmax(from_y + step * sin(angle), channels->view.y0), channels->view.y1);
            const double here = untouched(channels, tx, ty);
            if (here <= best) continue;
            best = here;
            x = tx;
            y = ty;
        }
        if (x == from_x && y == from_y) step *= 0.5;
    }
    return best;
}

static void tally_untouched(const struct tally *t, const struct cx_near *channels) {
    const struct cx_field_of_view *v = t->view;
    const double dx = (v->x1 - v->x0) / SAMPLES, dy = (v->y1 - v->y0) / SAMPLES;
    double sum = 0.0, most = -1.0, at[2] = {v->x0, v->y0};
    for (int j = 0; j < SAMPLES; j++)
        for (int i = 0; i < SAMPLES; i++) {
            const double x = v->x0 + (i + 0.5) * dx, y = v->y0 + (j + 0.5) * dy;
            const double here = untouched(channels, x, y);
            sum += here;
            if (here <= most) continue;
            most = here;
            at[0] = x;
            at[1] = y;
        }
    t->m->untouched_um = sum / (SAMPLES * SAMPLES);
    t->m->untouched_max_um = climbed(channels, at[0], at[1], 0.5 * fmax(dx, dy));
}

static enum cx_status tally_distances(const struct tally *t, struct cx_error *e) {
    struct cx_near centres = {0}, channels = {0};
    enum cx_status status = discs(t, 0.0, &centres, e);
    if (status == CX_OK) status = discs(t, t->s->device.recoil, &channels, e);
    if (status == CX_OK) {
        tally_neighbours(t, &centres, &channels);
        tally_untouched(t, &channels);
    }
    cx_near_free(&centres);
    cx_near_free(&channels);
    return status;
}

enum cx_status cx_pattern_measure(const struct cx_scenario *s, const struct cx_field_of_view *view,
                                  const struct cx_needles *n, struct cx_pattern_metrics *m,
                                  struct cx_error *e) {
    const double area = (view->x1 - view->x0) * (view->y1 - view->y0);
    const struct tally t = {s, view, n, m, area};
    *m = (struct cx_pattern_metrics){
        .nearest_um = NAN, .untouched_um = NAN, .untouched_max_um = NAN};
    tally_depths(&t);
    if (m->needles == 0) return CX_OK;
    m->pain_index = pain(&t);
    tally_areas(&t);
    return tally_distances(&t, e);
}
