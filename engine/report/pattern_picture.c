/* pattern_picture.c - see pattern_picture.h.  Measures of the picture in points; x to the right, y of the skin upwards. */
#include "report/pattern_picture.h"

#include "report/chart.h"

#include <math.h>
#include <stdio.h>

enum { MARGIN = 46, RIGHT_MARGIN = 112, TOP = 20, GAP = 62, BELOW = 30, LEAST_SIDE = 130 };

/* From um of the skin to points: one scale for x, y and, unless the tile is far wider than deep, for the depth. */
struct frame {
    double left, top, bottom, right, per_um, x0, y1;
    struct cx_scale depth;
};

static double floor_um(const struct cx_pattern_picture *p) {
    double deepest = 0;
    for (int i = 0; i < p->n; i++) deepest = fmax(deepest, p->at[i].depth);
    return deepest > 0 ? 1.3 * deepest : 1000;
}

/* As large as fits; the side view stands below the view from above, so that a needle is found under its hole. */
static struct frame make_frame(const struct cx_pattern_picture *p) {
    const double width = p->x1 - p->x0, height = p->y1 - p->y0, deep = floor_um(p);
    const double room_x = CX_PATTERN_WIDTH - MARGIN - RIGHT_MARGIN,
                 room_y = CX_PATTERN_HEIGHT - TOP - GAP - BELOW;
    const double one = fmin(room_x / width, room_y / (height + deep));
    const double stretched = fmin(room_x / width, (room_y - LEAST_SIDE) / height);
    const bool flat = deep * one < LEAST_SIDE;
    struct frame f = {.per_um = flat ? stretched : one, .x0 = p->x0, .y1 = p->y1, .top = TOP};
    f.left = MARGIN + (room_x - width * f.per_um) / 2;
    f.right = f.left + width * f.per_um;
    f.bottom = f.top + height * f.per_um;
    f.depth = (struct cx_scale){0, deep, f.bottom + GAP,
                                f.bottom + GAP + (flat ? LEAST_SIDE : deep * f.per_um), false};
    return f;
}

static double across(const struct frame *f, double x) { return f->left + (x - f->x0) * f->per_um; }
static double down(const struct frame *f, double y) { return f->top + (f->y1 - y) * f->per_um; }

/* True size; a puncture thinner than a visible dot is drawn as the smallest dot. */
static void put_hole(cairo_t *to, const struct frame *f, const struct cx_puncture *n, double dx,
                     double dy) {
    cairo_new_sub_path(to);
    cairo_arc(to, across(f, n->x + dx), down(f, n->y + dy), fmax(n->diameter / 2 * f->per_um, 0.7),
              0, 2 * acos(-1));
    cairo_fill(to);
}

static void put_holes(cairo_t *to, const struct cx_pattern_picture *p, const struct frame *f,
                      const struct cx_theme *t) {
    const double width = p->x1 - p->x0, height = p->y1 - p->y0;
    for (int tile = 0; tile < 9; tile++) {
        const int i = tile % 3 - 1, j = tile / 3 - 1;
        if (!p->periodic && (i || j)) continue;
        cx_canvas_colour(to, t->accent, i || j ? 0.28 : 0.9);
        for (int n = 0; n < p->n; n++) put_hole(to, f, &p->at[n], i * width, j * height);
    }
}

static void put_view_from_above(cairo_t *to, const struct cx_pattern_picture *p,
                                const struct frame *f, const struct cx_theme *t) {
    const double width = f->right - f->left, height = f->bottom - f->top,
                 pad = p->periodic ? 14 : 0;
    cairo_save(to);
    cairo_rectangle(to, f->left - pad, f->top - pad, width + 2 * pad, height + 2 * pad);
    cairo_clip(to);
    cx_canvas_colour(to, t->layer[1], 0.55);
    cairo_paint(to);
    put_holes(to, p, f, t);
    cairo_restore(to);
    cx_canvas_colour(to, t->ink, 0.8);
    cairo_set_line_width(to, 1);
    cairo_set_dash(to, (const double[]){5, 4}, p->periodic ? 2 : 0, 0);
    cairo_rectangle(to, f->left, f->top, width, height);
    cairo_stroke(to);
    cairo_set_dash(to, NULL, 0, 0);
    cx_canvas_scale_bar(
        to, &(struct cx_scale_bar){f->left, f->bottom + 32, width, 1 / f->per_um, t->ink});
    cx_canvas_text(to, f->right, f->bottom + 34,
                   p->periodic ? "from above; the dashed tile repeats" : "from above",
                   &(struct cx_lettering){11, 1, t->faint, false});
}

/* Side ------------------------------------------------------------------------------------------------------------- */
static void put_layers(cairo_t *to, const struct cx_pattern_picture *p, const struct frame *f,
                       const struct cx_theme *t) {
    double top = 0;
    for (int l = 0; l < p->layers && top < f->depth.hi; l++) {
        const double bottom = l == p->layers - 1 ? f->depth.hi : fmin(p->limit_um[l], f->depth.hi);
        const double y0 = cx_scale_at(&f->depth, top), y1 = cx_scale_at(&f->depth, bottom);
        cx_canvas_colour(to, t->layer[l], 1);
        cairo_rectangle(to, f->left, y0, f->right - f->left, y1 - y0);
        cairo_fill(to);
        if (y1 - y0 > 10)
            cx_canvas_text(to, f->right + 7, (y0 + y1) / 2 + 4, p->layer[l],
                           &(struct cx_lettering){10.5, 0, t->faint, false});
        top = bottom;
    }
}

/* Is the puncture near the plane through the middle of the tile?  Those are drawn darker. */
static bool is_near(const struct cx_pattern_picture *p, const struct cx_puncture *n, double plane) {
    return fabs(n->y - plane) <= fmax(n->diameter, 0.02 * (p->y1 - p->y0)) / 2;
}

/* The row of punctures nearest to the middle of the tile. */
static double plane_of(const struct cx_pattern_picture *p) {
    const double middle = (p->y0 + p->y1) / 2;
    double plane = middle, least = HUGE_VAL;
    for (int i = 0; i < p->n; i++) {
        if (fabs(p->at[i].y - middle) >= least) continue;
        least = fabs(p->at[i].y - middle);
        plane = p->at[i].y;
    }
    return plane;
}

static void put_needle(cairo_t *to, const struct cx_puncture *n, const struct frame *f) {
    const double tip = n->x + n->depth * tan(n->tilt) * cos(n->azimuth);
    const double half = fmax(n->diameter / 2 * f->per_um, 0.6), top = cx_scale_at(&f->depth, 0);
    cairo_move_to(to, across(f, n->x) - half, top);
    cairo_line_to(to, across(f, tip), cx_scale_at(&f->depth, n->depth));
    cairo_line_to(to, across(f, n->x) + half, top);
    cairo_close_path(to);
    cairo_fill(to);
}

static void put_depth_axis(cairo_t *to, const struct frame *f, const struct cx_theme *t) {
    const struct cx_ticks ticks = cx_ticks_linear(0, f->depth.hi / 1000, 4);
    const double stretch = (f->depth.to - f->depth.from) / (f->depth.hi * f->per_um);
    char word[CX_WORD], note[160];
    for (int i = 0; i < ticks.n; i++) {
        const double y = cx_scale_at(&f->depth, ticks.at[i] * 1000);
        cx_tick_text(ticks.at[i], ticks.step, word);
        cx_canvas_text(to, f->left - 8, y + 4, word,
                       &(struct cx_lettering){11, 1, t->faint, false});
        cx_canvas_colour(to, t->faint, 1);
        cairo_rectangle(to, f->left - 5, y - 0.4, 5, 0.8);
        cairo_fill(to);
    }
    cx_number_text(stretch, word);
    snprintf(note, sizeof note, "from the side, depth in mm%s%.40s; dark: in one plane",
             stretch > 1.01 ? ", stretched × " : "", stretch > 1.01 ? word : "");
    cx_canvas_text(to, f->left, f->depth.to + 20, note,
                   &(struct cx_lettering){11, 0, t->faint, false});
}

static void put_view_from_side(cairo_t *to, const struct cx_pattern_picture *p,
                               const struct frame *f, const struct cx_theme *t) {
    const double plane = plane_of(p);
    put_layers(to, p, f, t);
    cairo_save(to);
    cairo_rectangle(to, f->left, f->depth.from, f->right - f->left, f->depth.to - f->depth.from);
    cairo_clip(to);
    for (int near = 0; near < 2; near++) {
        cx_canvas_colour(to, t->accent, near ? 0.95 : 0.22);
        for (int i = 0; i < p->n; i++)
            if (is_near(p, &p->at[i], plane) == near) put_needle(to, &p->at[i], f);
    }
    cairo_restore(to);
    put_depth_axis(to, f, t);
}

void cx_pattern_draw(cairo_t *to, const struct cx_pattern_picture *p,
                     const struct cx_theme *theme) {
    const struct frame f = make_frame(p);
    cx_canvas_colour(to, theme->paper, 1);
    cairo_paint(to);
    put_view_from_above(to, p, &f, theme);
    put_view_from_side(to, p, &f, theme);
}
