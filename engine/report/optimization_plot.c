/* optimization_plot.c - the picture of a front of two goals; see optimization.h.  All measures in points of the
 * 500 x 262 picture. */
#include "base/json.h"
#include "report/chart.h"
#include "report/optimization.h"
#include "report/study_plot.h"

#include <math.h>

enum { WIDTH = 500, HEIGHT = 262, LEFT = 58, RIGHT = 480, TOP = 24, BOTTOM = 212 };

/* From goals to places in the picture. */
struct frame {
    struct cx_scale x, y;
    const json_t *const *goal;
};

/* Over everything that was tried. */
static void fit(struct cx_scale *scale, const json_t *tried, size_t j) {
    double lo = INFINITY, hi = -INFINITY;
    for (size_t i = 0; i < json_array_size(tried); i++) {
        const double x = json_number_value(json_array_get(json_array_get(tried, i), j));
        lo = fmin(lo, x);
        hi = fmax(hi, x);
    }
    cx_scale_fit(scale, lo, hi);
}

/* "erythema days, day (min)" */
static void put_label(struct cx_text *p, const json_t *goal) {
    char name[CX_WORD], unit[CX_WORD];
    cx_study_short_name(cx_json_get_text(goal, "outcome"), name);
    cx_unit_text(cx_json_get_text(goal, "unit"), unit);
    cx_page_text(p, name);
    cx_text_add(p, "%s", *unit ? ", " : "");
    cx_page_text(p, unit);
    cx_text_add(p, " (%s)", cx_json_get_text(goal, "goal"));
}

/* Round numbers on both axes, faint lines across. */
static void put_axes(struct cx_text *p, const struct frame *f) {
    char word[CX_WORD];
    const struct cx_ticks across = cx_ticks_linear(f->x.lo, f->x.hi, 6);
    const struct cx_ticks up = cx_ticks_linear(f->y.lo, f->y.hi, 5);
    cx_text_add(p, "<g class=grid>");
    for (int i = 0; i < up.n; i++) {
        const double y = cx_scale_at(&f->y, up.at[i]);
        cx_tick_text(up.at[i], up.step, word);
        cx_text_add(p, "<path d='M%d %.1fH%d'/><text x=%d y=%.1f text-anchor=end>%s</text>", LEFT,
                    y, RIGHT, LEFT - 7, y + 3.5, word);
    }
    cx_text_add(p, "</g><text class=unit x=6 y=12>");
    put_label(p, f->goal[1]);
    cx_text_add(p, "</text><g class=axis><path d='M%d %dH%d'/>", LEFT, BOTTOM, RIGHT);
    for (int i = 0; i < across.n; i++) {
        const double x = cx_scale_at(&f->x, across.at[i]);
        cx_tick_text(across.at[i], across.step, word);
        cx_text_add(p, "<path d='M%.1f %dv4'/><text x=%.1f y=%d text-anchor=middle>%s</text>", x,
                    BOTTOM, x, BOTTOM + 16, word);
    }
    cx_text_add(p, "</g><text class=unit x=%d y=%d text-anchor=end>", RIGHT, HEIGHT - 18);
    put_label(p, f->goal[0]);
    cx_text_add(p, "</text>");
}

/* Within the limits: discs; outside: rings. */
static void put_tried(struct cx_text *p, const struct frame *f, const json_t *tried) {
    for (size_t i = 0; i < json_array_size(tried); i++) {
        const json_t *row = json_array_get(tried, i);
        const double x = json_number_value(json_array_get(row, 0));
        const double y = json_number_value(json_array_get(row, 1));
        const bool keeps = json_integer_value(json_array_get(row, 2)) != 0;
        cx_text_add(p, "<circle cx=%.1f cy=%.1f r=2.6 %s />", cx_scale_at(&f->x, x),
                    cx_scale_at(&f->y, y),
                    keeps ? "class=sim opacity=.4" : "fill=none stroke='var(--faint)' opacity=.6");
    }
}

/* Of a design for one goal. */
static double value_of(const json_t *design, const json_t *goal) {
    const json_t *all = json_object_get(design, "outcomes");
    return json_number_value(json_object_get(all, cx_json_get_text(goal, "outcome")));
}

/* The designs in the order of the first goal, joined by a line; each tells its number to the pointer. */
static void put_front(struct cx_text *p, const struct frame *f, const json_t *front) {
    cx_text_add(p, "<path class='l' stroke='var(--accent)' opacity=.5 d='");
    for (size_t i = 0; i < json_array_size(front); i++) {
        const json_t *d = json_array_get(front, i);
        cx_text_add(p, "%s%.1f %.1f", i ? "L" : "M", cx_scale_at(&f->x, value_of(d, f->goal[0])),
                    cx_scale_at(&f->y, value_of(d, f->goal[1])));
    }
    cx_text_add(p, "'/>");
    for (size_t i = 0; i < json_array_size(front); i++) {
        const json_t *d = json_array_get(front, i);
        const double x = cx_scale_at(&f->x, value_of(d, f->goal[0]));
        const double y = cx_scale_at(&f->y, value_of(d, f->goal[1]));
        const bool named = *cx_json_get_text(d, "names") != 0;
        cx_text_add(p, "<circle cx=%.1f cy=%.1f r=%s style='fill:var(--accent)'><title>%zu ", x, y,
                    named ? "6" : "3.5", i + 1);
        cx_page_text(p, cx_json_get_text(d, "names"));
        cx_text_add(p, "</title></circle>");
        if (!named) continue;
        cx_text_add(p, "<text class=unit x=%.1f y=%.1f text-anchor=middle>%zu</text>", x, y - 9,
                    i + 1);
    }
}

void cx_report_front(struct cx_text *p, const json_t *root, const json_t *const goal[2]) {
    const json_t *tried = json_object_get(root, "tried");
    struct frame f = {{.from = LEFT, .to = RIGHT}, {.from = BOTTOM, .to = TOP}, goal};
    if (!json_array_size(tried)) return;
    fit(&f.x, tried, 0);
    fit(&f.y, tried, 1);
    cx_text_add(p,
                "<figure><svg class=chart viewBox='0 0 %d %d' role=img aria-label=\"Front: ", WIDTH,
                HEIGHT);
    put_label(p, goal[1]);
    cx_text_add(p, " over ");
    put_label(p, goal[0]);
    cx_text_add(p, "\">");
    put_axes(p, &f);
    put_tried(p, &f, tried);
    put_front(p, &f, json_object_get(root, "front"));
    cx_text_add(p, "</svg><figcaption>Large discs: named designs, by their number in the list. "
                   "Grey: everything else that was tried; rings break a limit.</figcaption>"
                   "</figure>\n");
}
