/* chart.c - time courses (see chart.h).  All measures in points of the 500 x 232 picture. */
#include "report/chart.h"

#include <math.h>

enum { WIDTH = 500, HEIGHT = 232, LEFT = 50, RIGHT = 350, TOP = 22, BOTTOM = 198, LABEL_GAP = 14 };

struct frame {
    struct cx_scale x, y;
};

/* The vertical axis holds the lines and the measured dots with their whole range. */
static struct frame make_frame(const struct cx_chart *c) {
    struct frame f = {{c->from_day, c->to_day, LEFT, RIGHT, c->log_days},
                      {0, 1, BOTTOM, TOP, false}};
    double lowest = NAN, highest = NAN;
    for (int l = 0; l < c->lines; l++)
        for (int i = 0; i < c->line[l].n; i++) {
            cx_scale_widen(c->line[l].y[i], &lowest, &highest);
            if (!c->line[l].low) continue;
            cx_scale_widen(c->line[l].low[i], &lowest, &highest);
            cx_scale_widen(c->line[l].high[i], &lowest, &highest);
        }
    for (int d = 0; d < c->dots; d++) {
        cx_scale_widen(c->dot[d].y, &lowest, &highest);
        cx_scale_widen(c->dot[d].low, &lowest, &highest);
        cx_scale_widen(c->dot[d].high, &lowest, &highest);
    }
    cx_scale_fit(&f.y, lowest, highest);
    return f;
}

/* Faint lines across instead of an axis line: the eye reads the height, not the frame. */
static void put_value_axis(struct cx_text *p, const struct cx_chart *c, const struct frame *f) {
    const struct cx_ticks t = cx_ticks_linear(f->y.lo, f->y.hi, 5);
    char word[CX_WORD];
    cx_text_add(p, "<g class=grid>");
    for (int i = 0; i < t.n; i++) {
        const double y = cx_scale_at(&f->y, t.at[i]);
        cx_tick_text(t.at[i], t.step, word);
        cx_text_add(p, "<path d='M%d %.1fH%d'/><text x=%d y=%.1f text-anchor=end>", LEFT, y, RIGHT,
                    LEFT - 7, y + 3.5);
        cx_page_text(p, word);
        cx_text_add(p, "</text>");
    }
    cx_text_add(p, "</g><text class=unit x=%d y=11>", LEFT - 44);
    cx_page_text(p, c->unit);
    cx_text_add(p, "</text>");
}

static void put_time_axis(struct cx_text *p, const struct cx_chart *c, const struct frame *f) {
    cx_text_add(p, "<g class=axis><path d='M%d %dH%d'/>", LEFT, BOTTOM, RIGHT);
    cx_scale_put_days(p, &f->x, 7, BOTTOM);
    cx_text_add(p, "</g><text class=unit x=%d y=%d text-anchor=end>%s</text>", RIGHT, HEIGHT - 4,
                cx_time_words(c->log_days, c->untreated));
}

/* Sessions, as thin lines behind the curves. */
static void put_marks(struct cx_text *p, const struct cx_chart *c, const struct frame *f) {
    cx_text_add(p, "<g class=mark>");
    for (int i = 0; i < c->marks; i++) {
        if (c->mark[i] < c->from_day || c->mark[i] > c->to_day) continue;
        cx_text_add(p, "<path d='M%.1f %dV%d'/>", cx_scale_at(&f->x, c->mark[i]), TOP - 4, BOTTOM);
    }
    cx_text_add(p, "</g>");
}

/* Points from one number to another, upwards or downwards, those left out that the eye cannot tell apart. */
static void put_edge(struct cx_text *p, const struct frame *f, const struct cx_line *edge,
                     const int range[2]) {
    const int step = range[0] <= range[1] ? 1 : -1;
    double last_x = -1e9, last_y = -1e9;
    for (int i = range[0]; i != range[1] + step; i += step) {
        const double x = cx_scale_at(&f->x, edge->x[i]), y = cx_scale_at(&f->y, edge->y[i]);
        if (fabs(x - last_x) < 1.2 && fabs(y - last_y) < 1 && i != range[1]) continue;
        cx_text_add(p, "%.1f %.1f ", x, y);
        last_x = x;
        last_y = y;
    }
}

/* Areas along the upper edge and back along the lower one, one for each piece without a gap. */
static void put_band(struct cx_text *p, const struct cx_chart *c, const struct frame *f, int l) {
    const struct cx_line *line = &c->line[l];
    const struct cx_line high = {.x = line->x, .y = line->high},
                         low = {.x = line->x, .y = line->low};
    cx_text_add(p,
                "<path class='band c%d' style='fill:var(--c%d);fill-opacity:.18;stroke-opacity:.5;"
                "stroke-width:.6' d='",
                l, l);
    for (int i = 0, from = -1; i <= line->n; i++) {
        const bool there = i < line->n && isfinite(line->low[i]) && isfinite(line->high[i]) &&
                           line->x[i] <= c->to_day && line->x[i] >= c->from_day * (1 - 1e-9);
        if (there && from < 0) from = i;
        if (there || from < 0) continue;
        cx_text_add(p, "M");
        put_edge(p, f, &high, (const int[]){from, i - 1});
        cx_text_add(p, "L");
        put_edge(p, f, &low, (const int[]){i - 1, from});
        cx_text_add(p, "Z");
        from = -1;
    }
    cx_text_add(p, "'><title>");
    cx_page_text(p, line->label);
    cx_text_add(p, ": ");
    cx_page_text(p, c->band);
    cx_text_add(p, "</title></path>");
}

/* What is shaded, above the picture on the right. */
static void put_band_words(struct cx_text *p, const struct cx_chart *c) {
    cx_text_add(p, "<text class=unit x=%d y=11 text-anchor=end>Shaded: ", WIDTH);
    cx_page_text(p, c->band);
    cx_text_add(p, "</text>");
}

/* A point is kept when it moved by more than the eye can see, so a fine history stays a small drawing. */
static void put_line(struct cx_text *p, const struct cx_chart *c, const struct frame *f, int l) {
    const struct cx_line *line = &c->line[l];
    double last_x = -1e9, last_y = -1e9;
    bool pen_down = false;
    cx_text_add(p, "<path class='l c%d' d='", l);
    for (int i = 0; i < line->n; i++) {
        const bool there = isfinite(line->y[i]) && line->x[i] <= c->to_day &&
                           line->x[i] >= c->from_day * (1 - 1e-9);
        if (!there) {
            pen_down = false;
            continue;
        }
        const double x = cx_scale_at(&f->x, line->x[i]), y = cx_scale_at(&f->y, line->y[i]);
        const bool seen = fabs(x - last_x) >= 1.2 || fabs(y - last_y) >= 1 || i == line->n - 1;
        if (!seen && pen_down) continue;
        cx_text_add(p, "%s%.1f %.1f", pen_down ? "L" : "M", x, y);
        pen_down = true;
        last_x = x;
        last_y = y;
    }
    cx_text_add(p, "'><title>");
    cx_page_text(p, line->doc ? line->doc : line->label);
    cx_text_add(p, "</title></path>");
}

/* Open disc with its range: what was measured, not what was simulated. */
static void put_dot(struct cx_text *p, const struct cx_dot *d, const struct frame *f) {
    const double x = cx_scale_at(&f->x, d->x), y = cx_scale_at(&f->y, d->y);
    cx_text_add(p, "<g class='dot c%d'>", d->line);
    if (isfinite(d->low) && isfinite(d->high))
        cx_text_add(p, "<path d='M%.1f %.1fV%.1f'/>", x, cx_scale_at(&f->y, d->low),
                    cx_scale_at(&f->y, d->high));
    cx_text_add(p, "<circle cx=%.1f cy=%.1f r=4 /></g>", x, y);
}

/* Last finite value of a line inside the picture, as a height. */
static double end_height(const struct cx_chart *c, const struct frame *f, int l) {
    for (int i = c->line[l].n - 1; i >= 0; i--)
        if (isfinite(c->line[l].y[i]) && c->line[l].x[i] <= c->to_day)
            return cx_scale_at(&f->y, c->line[l].y[i]);
    return BOTTOM;
}

/* Order of the lines by height, then each label at least LABEL_GAP below the one above it, shifted up as a whole when
 * the last one would leave the picture. */
static void place_labels(const struct cx_chart *c, const struct frame *f, double at[CX_LINES_MAX]) {
    int order[CX_LINES_MAX];
    for (int l = 0; l < c->lines; l++) {
        int i = l;
        at[l] = end_height(c, f, l);
        for (; i > 0 && at[order[i - 1]] > at[l]; i--) order[i] = order[i - 1];
        order[i] = l;
    }
    for (int i = 1; i < c->lines; i++)
        at[order[i]] = fmax(at[order[i]], at[order[i - 1]] + LABEL_GAP);
    if (c->lines) at[order[c->lines - 1]] = fmin(at[order[c->lines - 1]], BOTTOM);
    for (int i = c->lines - 2; i >= 0; i--)
        at[order[i]] = fmin(at[order[i]], at[order[i + 1]] - LABEL_GAP);
}

/* Names stand at the ends of the lines, in their colour: no legend to look up. */
static void put_labels(struct cx_text *p, const struct cx_chart *c, const struct frame *f) {
    double at[CX_LINES_MAX];
    place_labels(c, f, at);
    for (int l = 0; l < c->lines; l++) {
        const double end = end_height(c, f, l);
        cx_text_add(
            p, "<path class='tie c%d' d='M%d %.1fL%d %.1f'/><text class='lab c%d' x=%d y=%.1f>", l,
            RIGHT + 2, end, RIGHT + 9, at[l], l, RIGHT + 12, at[l] + 3.5);
        cx_page_text(p, c->line[l].label);
        cx_text_add(p, "</text>");
    }
}

void cx_chart_put(struct cx_text *p, const struct cx_chart *c) {
    const struct frame f = make_frame(c);
    cx_text_add(p, "<svg class=chart viewBox='0 0 %d %d' role=img aria-label=\"", WIDTH, HEIGHT);
    cx_page_text(p, c->alt);
    cx_text_add(p, "\">");
    put_value_axis(p, c, &f);
    put_marks(p, c, &f);
    put_time_axis(p, c, &f);
    for (int l = 0; l < c->lines; l++)
        if (c->line[l].low) put_band(p, c, &f, l);
    if (c->band) put_band_words(p, c);
    for (int l = 0; l < c->lines; l++) put_line(p, c, &f, l);
    for (int d = 0; d < c->dots; d++) put_dot(p, &c->dot[d], &f);
    put_labels(p, c, &f);
    cx_text_add(p, "</svg>\n");
}
