/* heat.c - the field of a column or a row as one picture: time across, place down (declared in section.h). */
#include "report/section.h"

#include "report/raster.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { WIDTH = 1040, HEIGHT = 250, LEFT = 50, RIGHT = 1028, TOP = 8, BOTTOM = 214 };

/* All frames of one field, [frames][places], and the time axis. */
struct heat {
    const struct cx_view *v;
    struct cx_scale time;
    float *value;
};

/* Places ascend in memory: a row's downwards in the picture, a column's (z) upwards. */
static int place_at(const struct cx_view *v, double down, double *share) {
    const double *center = v->r->center[v->row ? CX_X : CX_Z], um = down * v->depth_um;
    return cx_between(center, cx_view_places(v), v->row ? um : -um, share);
}

/* Linear in place and, between stored frames, in time. */
static double value_at(const void *what, double across, double down) {
    const struct heat *h = what;
    const struct cx_result *r = h->v->r;
    const int n = cx_view_places(h->v);
    double st, sz;
    const double share = h->time.log ? h->time.lo * pow(h->time.hi / h->time.lo, across)
                                     : h->time.lo + across * (h->time.hi - h->time.lo);
    const int f = cx_between(r->time_day, r->frames, share, &st);
    const int k = place_at(h->v, down, &sz);
    const float *early = h->value + (size_t)f * (size_t)n + k, *late = st > 0 ? early + n : early;
    const int up = sz > 0 ? 1 : 0;
    const double before = (1 - sz) * (double)early[0] + sz * (double)early[up];
    const double after = (1 - sz) * (double)late[0] + sz * (double)late[up];
    return (1 - st) * before + st * after;
}

static enum cx_status keep_frame(void *user, int frame, const float *values, struct cx_error *e) {
    const struct heat *h = user;
    const size_t n = (size_t)cx_view_places(h->v);
    (void)e;
    memcpy(h->value + (size_t)frame * n, values, n * sizeof *values);
    return CX_OK;
}

/* A column or row is small: all its frames fit in memory. */
static enum cx_status read_all(struct heat *h, const struct cx_shown *s, struct cx_error *e) {
    const struct cx_result *r = h->v->r;
    const size_t n = (size_t)cx_view_places(h->v), frames = (size_t)r->frames;
    struct cx_pick *pick = malloc(frames * sizeof *pick);
    h->value = malloc(frames * n * sizeof *h->value);
    enum cx_status status = CX_STORAGE;
    if (pick && h->value) {
        for (int f = 0; f < r->frames; f++) pick[f] = (struct cx_pick){s->field, f};
        status = cx_result_pick(r, &(struct cx_picks){pick, r->frames, keep_frame, h}, e);
    } else
        cx_fail(e, status, 61, "no memory for a picture over time");
    free(pick);
    return status;
}

static void put_axes(struct cx_text *p, const struct heat *h) {
    const struct cx_scale depth = {0, h->v->depth_um / 1000, TOP, BOTTOM, false};
    const struct cx_ticks d = cx_ticks_linear(0, depth.hi, 5);
    char word[CX_WORD];
    cx_text_add(p, "<g class=axis>");
    for (int i = 0; i < d.n; i++) {
        const double y = cx_scale_at(&depth, d.at[i]);
        cx_tick_text(d.at[i], d.step, word);
        cx_text_add(p, "<path d='M%d %.1fh-4'/><text x=%d y=%.1f text-anchor=end>%s</text>", LEFT,
                    y, LEFT - 7, y + 3.5, word);
    }
    cx_scale_put_days(p, &h->time, 12, BOTTOM);
    cx_text_add(p,
                "</g><text class=unit x=%d y=%d text-anchor=end>%s</text>"
                "<text class=unit x=2 y=%d>%s, mm</text>",
                RIGHT, HEIGHT - 3, cx_time_words(h->time.log, !h->v->sessions), HEIGHT - 3,
                cx_view_place_name(h->v));
}

/* Dark under light, so that the limits are seen on every colour. */
static void put_layers(struct cx_text *p, const struct cx_view *v) {
    for (int pass = 0; pass < 2; pass++) {
        cx_text_add(p, "<path class='%s' d='", pass ? "lay" : "lay under");
        for (int b = 0; b < v->bands; b++)
            if (v->band[b].bottom_um < v->depth_um)
                cx_text_add(p, "M%d %.1fH%d", LEFT,
                            TOP + (BOTTOM - TOP) * v->band[b].bottom_um / v->depth_um, RIGHT);
        cx_text_add(p, "'/>");
    }
}

static enum cx_status put_picture(struct cx_text *p, const struct heat *h, const struct cx_shown *s,
                                  struct cx_error *e) {
    struct cx_blob png = {0};
    const struct cx_raster raster = {RIGHT - LEFT, BOTTOM - TOP, s->map, s->low,
                                     s->high,      value_at,     h};
    CX_TRY(cx_raster_png(&raster, &png, e));
    cx_text_add(p, "<svg class=chart viewBox='0 0 %d %d' role=img aria-label=\"", WIDTH, HEIGHT);
    cx_page_text(p, s->name);
    cx_text_add(
        p, " by %s and time\"><image x=%d y=%d width=%d height=%d preserveAspectRatio=none href='",
        cx_view_place_name(h->v), LEFT, TOP, RIGHT - LEFT, BOTTOM - TOP);
    cx_page_data(p, "image/png", png.at, png.n);
    cx_text_add(p, "'/>");
    put_layers(p, h->v);
    put_axes(p, h);
    cx_text_add(p, "</svg>");
    cx_blob_free(&png);
    return CX_OK;
}

/* The colours span all frames, not only the shown days. */
static void widen(struct cx_shown *s, const struct heat *h) {
    const struct cx_result *r = h->v->r;
    const size_t n = (size_t)cx_view_places(h->v);
    for (size_t i = 0; i < (size_t)r->frames * n; i++) {
        const double value = (double)h->value[i];
        const bool below = !h->v->row && -r->edge[CX_Z][i % n + 1] > h->v->depth_um;
        if (!isfinite(value) || below) continue;
        s->low = fmin(s->low, value);
        s->high = fmax(s->high, value);
    }
}

enum cx_status cx_heat_put(struct cx_text *p, const struct cx_view *v, const struct cx_shown *s,
                           struct cx_error *e) {
    const struct cx_result *r = v->r;
    struct heat h = {.v = v, .time = {0, 1, LEFT, RIGHT, false}};
    struct cx_shown whole = *s;
    if (r->frames < 2) return CX_OK;
    h.time.log = v->sessions <= 1 && r->time_day[r->frames - 1] > 2;
    h.time.hi = r->time_day[r->frames - 1];
    h.time.lo = h.time.log ? 1.0 / 24 : r->time_day[0];
    enum cx_status status = read_all(&h, s, e);
    if (!status) {
        widen(&whole, &h);
        cx_text_add(p, "<div class=strip>");
        cx_section_head(p, &whole);
        status = put_picture(p, &h, &whole, e);
        cx_text_add(p, "</div>\n");
    }
    free(h.value);
    return status;
}
