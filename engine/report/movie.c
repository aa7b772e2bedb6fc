/* movie.c - see movie.h. */
#include "report/movie.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { CLOCK = 12 }; /* pt below the figure for the bar of time */

double cx_movie_day(const struct cx_result *r, bool even, double share) {
    const double first = r->time_day[0], last = r->time_day[r->frames - 1];
    if (share <= 0) return first;
    if (share >= 1) return last;
    if (even) return first + share * (last - first);
    const double half = 0.5; /* day: below it the clock is linear, above it logarithmic */
    return first + half * (pow(1 + (last - first) / half, share) - 1);
}

/* The colours of all frames are the same: those of the lowest and highest stored value in the picture. */
static enum cx_status find_range(struct cx_plot_cut *c, struct cx_lens *lens, struct cx_error *e) {
    const struct cx_result *r = lens->r;
    for (int f = 0; f < r->frames; f++) {
        CX_TRY(cx_lens_turn(lens, r->time_day[f], e));
        cx_cut_range(&c->cut, &c->low, &c->high);
    }
    cx_range_round(&c->low, &c->high);
    return CX_OK;
}

/* How far in time: the pace may be uneven, so it is shown. */
static void put_clock(cairo_t *to, const struct cx_plot_cut *c, double day) {
    const struct cx_result *r = &c->source->result;
    const double first = r->time_day[0], last = r->time_day[r->frames - 1];
    const double left = c->panel.left, width = c->panel.right - left, y = c->height + CLOCK - 8;
    cx_canvas_colour(to, 0xd9dee4, 1);
    cairo_rectangle(to, left, y, width, 2.5);
    cairo_fill(to);
    cx_canvas_colour(to, 0x0b7285, 1);
    cairo_rectangle(to, left, y, last > first ? width * (day - first) / (last - first) : width,
                    2.5);
    cairo_fill(to);
}

/* "day 3.24": as many decimals all the way, so that the words do not jump. */
static void stamp(struct cx_plot_cut *c, double day) {
    const struct cx_result *r = &c->source->result;
    const double last = r->time_day[r->frames - 1];
    const int decimals = last >= 30 ? 1 : 2;
    snprintf(c->when, sizeof c->when, "day %.*f", decimals, day);
}

struct stage {
    struct cx_plot_cut cut;
    struct cx_lens lens;
    cairo_surface_t *surface;
    int width, height;
    uint32_t *pixel;
};

/* Even numbers of pixels: video needs them. */
static enum cx_status set_up(struct stage *s, struct cx_error *e) {
    const double zoom = s->cut.dpi / 72;
    s->width = 2 * (int)ceil(s->cut.width * zoom / 2);
    s->height = 2 * (int)ceil((s->cut.height + CLOCK) * zoom / 2);
    s->surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, s->width, s->height);
    s->pixel = malloc((size_t)s->width * (size_t)s->height * sizeof *s->pixel);
    if (s->pixel && cairo_surface_status(s->surface) == CAIRO_STATUS_SUCCESS) return CX_OK;
    return cx_fail(e, CX_STORAGE, 61, "no memory for frames of %d x %d", s->width, s->height);
}

static enum cx_status draw(struct stage *s, double day, struct cx_error *e) {
    cairo_t *to = cairo_create(s->surface);
    cairo_scale(to, s->cut.dpi / 72, s->cut.dpi / 72);
    cx_canvas_colour(to, 0xffffff, 1);
    cairo_paint(to);
    stamp(&s->cut, day);
    enum cx_status status = cx_lens_turn(&s->lens, day, e);
    if (!status) status = cx_plot_cut_draw(to, &s->cut, day, e);
    put_clock(to, &s->cut, day);
    cairo_destroy(to);
    cairo_surface_flush(s->surface);
    const unsigned char *from = cairo_image_surface_get_data(s->surface);
    const size_t stride = (size_t)cairo_image_surface_get_stride(s->surface);
    for (int y = 0; y < s->height; y++)
        for (int x = 0; x < s->width; x++)
            s->pixel[(size_t)y * (size_t)s->width + (size_t)x] =
                0xff000000u | ((const uint32_t *)(const void *)(from + stride * (size_t)y))[x];
    return status;
}

static enum cx_status play(struct stage *s, const struct cx_movie_ask *ask,
                           const struct cx_movie_sink *to, struct cx_error *e) {
    const int count = (int)fmax(2, round(ask->seconds * ask->per_second));
    struct cx_movie_frame f = {.count = count, .pixel = s->pixel};
    f.width = s->width;
    f.height = s->height;
    for (f.number = 0; f.number < count; f.number++) {
        if (to->stop && *to->stop)
            return cx_fail(e, CX_INTERRUPTED, 0, "interrupted; no file was written");
        f.day = cx_movie_day(s->lens.r, ask->even, f.number / (count - 1.0));
        f.at_ms = (int)lround(1000.0 * f.number / ask->per_second);
        CX_TRY(draw(s, f.day, e));
        CX_TRY(to->put(to->user, &f, e));
    }
    return CX_OK;
}

enum cx_status cx_movie_play(const struct cx_plot_source *s, const struct cx_movie_ask *ask,
                             const struct cx_movie_sink *to, struct cx_error *e) {
    struct stage stage = {0};
    CX_TRY(cx_lens_open(&stage.lens, &s->result, ask->figure.name[0], e));
    enum cx_status status = CX_OK;
    if (s->result.frames < 2) status = cx_fail(e, CX_USAGE, 140, "one picture does not move");
    if (!status) status = cx_plot_cut_make(&stage.cut, s, &ask->figure, &stage.lens, e);
    if (!status) status = find_range(&stage.cut, &stage.lens, e);
    if (!status) status = set_up(&stage, e);
    if (!status) status = play(&stage, ask, to, e);
    if (stage.surface) cairo_surface_destroy(stage.surface);
    free(stage.pixel);
    cx_lens_close(&stage.lens);
    return status;
}
