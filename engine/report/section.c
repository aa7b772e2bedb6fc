/* section.c - see section.h. */
#include "report/section.h"

#include "report/raster.h"

#include <math.h>
#include <stdlib.h>

enum { WIDEST = 168, TALLEST = 300, RULER = 116, BAR = 220 };

/* Picture of one section: points, and points per um. */
struct shape {
    double width, height, per_um;
};

/* Same scale across and down: a needle must not look longer or wider than it is. */
static struct shape shape_of(const struct cx_view *v) {
    const double across = v->right_um - v->left_um;
    const double per_um = fmin(WIDEST / across, TALLEST / v->depth_um);
    return (struct shape){across * per_um, v->depth_um * per_um, per_um};
}

/* Pixels of a section, the same on all days, and where each column and row lies between cell centres. */
struct pixels {
    int width, height;
    struct cx_span *across, *down; /* [width], [height] */
};

/* One and a half pixels per point: sharp enough for smooth fields, a third of the bytes of two. */
static enum cx_status make_pixels(struct pixels *g, const struct cx_view *v, const struct shape *s,
                                  struct cx_error *e) {
    const struct cx_result *r = v->r;
    *g = (struct pixels){(int)ceil(1.5 * s->width), (int)ceil(1.5 * s->height), NULL, NULL};
    g->across = malloc((size_t)(g->width + g->height) * sizeof *g->across);
    if (!g->across) return cx_fail(e, CX_STORAGE, 61, "no memory for the sections");
    g->down = g->across + g->width;
    for (int i = 0; i < g->width; i++) {
        const double x = v->left_um + (i + 0.5) / g->width * (v->right_um - v->left_um);
        g->across[i] = cx_span_of(r->center[CX_X], r->shape[0], v->radial ? fabs(x) : x);
    }
    for (int k = 0; k < g->height; k++)
        g->down[k] = cx_span_of(r->center[CX_Z], r->shape[2], -(k + 0.5) / g->height * v->depth_um);
    return CX_OK;
}

/* Linear between cell centres. */
struct sample {
    const struct cx_view *v;
    const struct cx_shown *s;
    int day;
    const struct pixels *pixels;
};
static double value_at(const void *what, double across, double down) {
    const struct sample *w = what;
    const struct cx_span *x = w->pixels->across + (int)(across * w->pixels->width);
    const struct cx_span *z = w->pixels->down + (int)(down * w->pixels->height);
    const float *plane = w->s->plane[w->day];
    const size_t nx = (size_t)w->v->r->shape[0];
    const float *below = plane + (size_t)z->low * nx, *above = plane + (size_t)z->high * nx;
    const double low = (1 - x->share) * (double)below[x->low] + x->share * (double)below[x->high];
    const double high = (1 - x->share) * (double)above[x->low] + x->share * (double)above[x->high];
    return (1 - z->share) * low + z->share * high;
}

static enum cx_status put_raster(struct cx_text *p, const struct sample *w,
                                 const struct shape *shape, struct cx_error *e) {
    struct cx_blob png = {0};
    const struct cx_raster raster = {w->pixels->width, w->pixels->height, w->s->map, w->s->low,
                                     w->s->high,       value_at,          w};
    CX_TRY(cx_raster_png(&raster, &png, e));
    cx_text_add(p, "<image width=%.1f height=%.1f preserveAspectRatio=none href='", shape->width,
                shape->height);
    cx_page_data(p, "image/png", png.at, png.n);
    cx_text_add(p, "'/>");
    cx_blob_free(&png);
    return CX_OK;
}

/* Every line twice, dark under light, so that it is seen on every colour of the map. */
static void put_layers(struct cx_text *p, const struct cx_view *v, const struct shape *s) {
    for (int pass = 0; pass < 2; pass++) {
        cx_text_add(p, "<path class='%s' d='", pass ? "lay" : "lay under");
        double last = 0; /* lines that would run into each other are left out */
        for (int b = 0; b < v->bands; b++) {
            const double y = v->band[b].bottom_um * s->per_um;
            if (v->band[b].bottom_um >= v->depth_um || y - last < 4) continue;
            cx_text_add(p, "M0 %.1fH%.1f", y, s->width);
            last = y;
        }
        cx_text_add(p, "'/>");
    }
}

/* Was the needle in before that day, and does the shown plane cut it? */
static bool crosses(const struct cx_view *v, const struct cx_needle_record *n, double day) {
    const struct cx_result *r = v->r;
    if (v->sessions && n->session < v->sessions && v->session_day[n->session] > day) return false;
    if (!v->sessions && n->session > 0) return false;
    if (v->radial) return n == r->needle;
    if (r->shape[1] == 1) return true;
    const double y = r->center[CX_Y][v->plane];
    const double cell = r->edge[CX_Y][v->plane + 1] - r->edge[CX_Y][v->plane];
    return fabs(n->y_um - y) <= fmax(n->diameter_um, cell) / 2;
}

/* Tapered outline from the rim at the surface to the reached tip. */
static void put_needle(struct cx_text *p, const struct cx_view *v, const struct cx_needle_record *n,
                       const struct shape *s) {
    const double rad = acos(-1) / 180;
    const double x = v->radial ? 0 : n->x_um,
                 lean = v->radial ? 0 : tan(n->tilt_degree * rad) * cos(n->azimuth_degree * rad);
    const double left = (x - n->diameter_um / 2 - v->left_um) * s->per_um;
    const double right = (x + n->diameter_um / 2 - v->left_um) * s->per_um;
    const double tip = (x + lean * n->depth_um - v->left_um) * s->per_um;
    cx_text_add(p, "M%.1f 0L%.1f %.1fL%.1f 0", left, tip, n->depth_um * s->per_um, right);
}

/* Dark under light, like the layers. */
static void put_needles(struct cx_text *p, const struct cx_view *v, double day,
                        const struct shape *s) {
    for (int pass = 0; pass < 2; pass++) {
        cx_text_add(p, "<path class='%s' d='", pass ? "ndl" : "ndl under");
        for (int i = 0; i < v->r->needles; i++)
            if (crosses(v, &v->r->needle[i], day)) put_needle(p, v, &v->r->needle[i], s);
        cx_text_add(p, "'/>");
    }
}

/* In the first picture of a row only: all have the same scale. */
static void put_scale_bar(struct cx_text *p, const struct shape *s) {
    char word[CX_WORD];
    const double um = cx_scale_bar_um(0.45 * s->width / s->per_um, word);
    const double length = um * s->per_um, x = s->width - 8 - length, y = s->height - 9;
    cx_text_add(p,
                "<path class=bar d='M%.1f %.1fh%.1f'/><text class=bar x=%.1f y=%.1f "
                "text-anchor=middle>%s</text>",
                x, y, length, x + length / 2, y - 6, word);
}

/* Depth in mm and the names of the layers, left of the row. */
static void put_ruler(struct cx_text *p, const struct cx_view *v, const struct shape *s) {
    const struct cx_ticks t = cx_ticks_linear(0, v->depth_um / 1000, 5);
    char word[CX_WORD];
    cx_text_add(p, "<svg class=ruler viewBox='0 -8 %d %.0f' width=%d height=%.0f aria-hidden=true>",
                RULER, s->height + 14, RULER, s->height + 14);
    cx_text_add(p, "<g class=axis>");
    for (int i = 0; i < t.n; i++) {
        const double y = t.at[i] * 1000 * s->per_um;
        cx_tick_text(t.at[i], t.step, word);
        cx_text_add(p, "<path d='M%d %.1fh-4'/><text x=%d y=%.1f text-anchor=end>%s%s</text>",
                    RULER, y, RULER - 7, y + 3.5, word, i == t.n - 1 ? " mm" : "");
    }
    cx_text_add(p, "</g>");
    for (int b = 0; b < v->bands; b++) {
        const double top = v->band[b].top_um * s->per_um,
                     bottom = fmin(v->band[b].bottom_um * s->per_um, s->height);
        if (bottom - top < 24) continue;
        cx_text_add(p, "<text class=layer x=0 y=%.1f>",
                    (top + bottom) / 2 + (bottom - top < 34 ? 3.5 : 14));
        cx_page_text(p, v->band[b].name);
        cx_text_add(p, "</text>");
    }
    cx_text_add(p, "</svg>");
}

static enum cx_status put_picture(struct cx_text *p, const struct sample *w, bool first,
                                  struct cx_error *e) {
    const struct shape s = shape_of(w->v);
    const double day = w->v->r->time_day[w->v->frame[w->day]];
    char when[CX_WORD];
    cx_day_text(day, when);
    cx_text_add(p,
                "<figure><svg class=sec viewBox='0 0 %.1f %.1f' width=%.0f height=%.0f role=img "
                "aria-label=\"",
                s.width, s.height, s.width, s.height);
    cx_page_text(p, w->s->name);
    cx_text_add(p, " in a vertical section, %s\">", when);
    CX_TRY(put_raster(p, w, &s, e));
    put_layers(p, w->v, &s);
    put_needles(p, w->v, day, &s);
    if (first) put_scale_bar(p, &s);
    cx_text_add(p, "</svg><figcaption>%s</figcaption></figure>", when);
    return CX_OK;
}

void cx_section_head(struct cx_text *p, const struct cx_shown *s) {
    const struct cx_ticks t = cx_ticks_linear(s->low, s->high, 6);
    const int every = t.n > 5 ? 2 : 1; /* numbers must not run into each other */
    const struct cx_scale at = {s->low, s->high, 14, BAR - 14, false};
    char word[CX_WORD];
    cx_text_add(p, "<div class=striphead><h3>");
    cx_page_text(p, s->name);
    cx_text_add(p, "</h3><span class=u>");
    cx_page_text(p, s->doc);
    cx_text_add(p, "</span><span class='u unit'>");
    cx_page_text(p, *s->unit ? s->unit : "relative");
    cx_text_add(p,
                "</span><svg class=cbar viewBox='0 0 %d 30' width=%d height=30 role=img "
                "aria-label='Colour scale'>"
                "<defs><linearGradient id=g%d>",
                BAR, BAR, s->field);
    for (int i = 0; i < CX_MAP_ANCHORS; i++) {
        const double share = i / (CX_MAP_ANCHORS - 1.0);
        cx_text_add(p, "<stop offset=%.3f stop-color='#%06x'/>", share,
                    (unsigned)cx_colour(s->map, share));
    }
    cx_text_add(p,
                "</linearGradient></defs><rect x=14 y=2 width=%d height=9 rx=2 "
                "fill='url(#g%d)'/><g class=axis>",
                BAR - 28, s->field);
    for (int i = 0; i < t.n; i += every) {
        const double x = cx_scale_at(&at, t.at[i]);
        cx_tick_text(t.at[i], t.step, word);
        cx_text_add(p, "<path d='M%.1f 11v4'/><text x=%.1f y=26 text-anchor=middle>%s</text>", x, x,
                    word);
    }
    cx_text_add(p, "</g></svg></div>");
}

enum cx_status cx_section_put(struct cx_text *p, const struct cx_view *v, const struct cx_shown *s,
                              struct cx_error *e) {
    const struct shape shape = shape_of(v);
    struct pixels pixels;
    enum cx_status status = make_pixels(&pixels, v, &shape, e);
    if (status) return status;
    cx_text_add(p, "<div class=strip>");
    cx_section_head(p, s);
    cx_text_add(p, "<div class=pics tabindex=0>");
    put_ruler(p, v, &shape);
    for (int d = 0; d < v->days && !status; d++)
        status = put_picture(p, &(struct sample){v, s, d, &pixels}, d == 0, e);
    cx_text_add(p, "</div></div>\n");
    free(pixels.across);
    return status;
}
