/* profile.c - a quantity against depth (see chart.h).  All measures in points of the 300 x 330 picture. */
#include "report/chart.h"

#include <math.h>

enum { WIDTH = 300, HEIGHT = 330, LEFT = 46, RIGHT = 288, TOP = 38, BOTTOM = 318, BAND_TEXT = 16 };

struct frame {
    struct cx_scale value, depth;
};

/* Only what lies inside the picture sets the width of its scale. */
static struct frame make_frame(const struct cx_profile *c) {
    struct frame f = {{0, 1, LEFT, RIGHT, false}, {0, c->depth_um, TOP, BOTTOM, false}};
    double lowest = NAN, highest = NAN;
    for (int l = 0; l < c->lines; l++)
        for (int i = 0; i < c->line[l].n; i++) {
            const double v = c->line[l].x[i];
            if (!isfinite(v) || c->line[l].y[i] > c->depth_um) continue;
            if (!(lowest <= v)) lowest = v;
            if (!(highest >= v)) highest = v;
        }
    cx_scale_fit(&f.value, lowest, highest);
    return f;
}

/* Layers as shades behind the curves; a name where there is room for one. */
static void put_bands(struct cx_text *p, const struct cx_profile *c, const struct frame *f) {
    for (int b = 0; b < c->bands; b++) {
        const double top = cx_scale_at(&f->depth, fmin(c->band[b].top_um, c->depth_um));
        const double bottom = cx_scale_at(&f->depth, fmin(c->band[b].bottom_um, c->depth_um));
        if (bottom - top < 0.5) continue;
        cx_text_add(p, "<rect class=band%d x=%d y=%.1f width=%d height=%.1f />", b % 2, LEFT, top,
                    RIGHT - LEFT, bottom - top);
        if (bottom - top < BAND_TEXT) continue;
        cx_text_add(p, "<text class=layer x=%d y=%.1f text-anchor=end>", RIGHT - 5, bottom - 5);
        cx_page_text(p, c->band[b].name);
        cx_text_add(p, "</text>");
    }
}

/* Value on top, as in geology and oceanography, so that depth grows downwards from it. */
static void put_axes(struct cx_text *p, const struct cx_profile *c, const struct frame *f) {
    char word[CX_WORD];
    const struct cx_ticks v = cx_ticks_linear(f->value.lo, f->value.hi, 4);
    const struct cx_ticks d = cx_ticks_linear(0, c->depth_um / 1000, 5);
    cx_text_add(p, "<g class=axis>");
    for (int i = 0; i < v.n; i++) {
        const double x = cx_scale_at(&f->value, v.at[i]);
        cx_tick_text(v.at[i], v.step, word);
        cx_text_add(p, "<path d='M%.1f %dv-4'/><text x=%.1f y=%d text-anchor=middle>%s</text>", x,
                    TOP, x, TOP - 8, word);
    }
    for (int i = 0; i < d.n; i++) {
        const double y = cx_scale_at(&f->depth, d.at[i] * 1000);
        cx_tick_text(d.at[i], d.step, word);
        cx_text_add(p, "<path d='M%d %.1fh-4'/><text x=%d y=%.1f text-anchor=end>%s</text>", LEFT,
                    y, LEFT - 7, y + 3.5, word);
    }
    cx_text_add(p, "<path d='M%d %dV%dM%d %dH%d'/></g><text class=unit x=2 y=11>%s, mm</text>",
                LEFT, TOP, BOTTOM, LEFT, TOP, RIGHT, c->place);
    cx_text_add(p, "<text class=unit x=%d y=11 text-anchor=end>", RIGHT);
    cx_page_text(p, c->unit);
    cx_text_add(p, "</text>");
}

static void put_line(struct cx_text *p, const struct cx_profile *c, const struct frame *f, int l) {
    const struct cx_line *line = &c->line[l];
    bool pen_down = false;
    cx_text_add(p, "<path class='l d%d' d='", l);
    for (int i = 0; i < line->n; i++) {
        if (!isfinite(line->x[i]) || line->y[i] > c->depth_um * (1 + 1e-9)) {
            pen_down = false;
            continue;
        }
        cx_text_add(p, "%s%.1f %.1f", pen_down ? "L" : "M", cx_scale_at(&f->value, line->x[i]),
                    cx_scale_at(&f->depth, line->y[i]));
        pen_down = true;
    }
    cx_text_add(p, "'><title>");
    cx_page_text(p, line->label);
    cx_text_add(p, "</title></path>");
}

void cx_profile_put(struct cx_text *p, const struct cx_profile *c) {
    const struct frame f = make_frame(c);
    cx_text_add(p, "<svg class=chart viewBox='0 0 %d %d' role=img aria-label=\"", WIDTH, HEIGHT);
    cx_page_text(p, c->alt);
    cx_text_add(p, "\">");
    put_bands(p, c, &f);
    put_axes(p, c, &f);
    for (int l = 0; l < c->lines; l++) put_line(p, c, &f, l);
    cx_text_add(p, "</svg>");
}
