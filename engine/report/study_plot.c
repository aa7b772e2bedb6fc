/* study_plot.c - see study_plot.h.  All measures in points of the 500 x 250 picture. */
#include "report/study_plot.h"

#include "report/chart.h"
#include "report/colour.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { WIDTH = 500, HEIGHT = 262, LEFT = 58, RIGHT = 380, TOP = 24, BOTTOM = 212, DISCS = 3000 };

struct frame {
    struct cx_scale x, y;
    const struct cx_study_column *across, *up;
};

/* The last part of a path and the group above it; parameters go by their own name. */
void cx_study_short_name(const char *name, char out[CX_WORD]) {
    const char *dot = strrchr(name, '.');
    const bool parameter = strncmp(name, "parameters.", 11) == 0;
    const char *above = NULL;
    for (const char *p = name; dot && !parameter && p < dot; p++)
        if (p == name || p[-1] == '.') above = p;
    char joined[CX_WORD];
    if (above)
        snprintf(joined, sizeof joined, "%.*s_%.40s", (int)(dot - above) % 40, above, dot + 1);
    else
        snprintf(joined, sizeof joined, "%.90s", dot ? dot + 1 : name);
    cx_name_text(joined, out);
}

void cx_study_value_text(const struct cx_study_column *f, double x, char out[CX_WORD]) {
    char number[CX_WORD], unit[CX_WORD];
    if (f->words) {
        const int i = x >= 0 && x < CX_LEVELS_MOST ? (int)x : 0;
        snprintf(out, CX_WORD, "%.90s", f->word[i]);
        return;
    }
    cx_number_text(x, number);
    cx_unit_text(f->unit, unit);
    snprintf(out, CX_WORD, "%.50s%s%.40s", number, *unit ? "\u00a0" : "", unit);
}

void cx_study_put_quantity(struct cx_text *p, double value, const char *unit) {
    char number[CX_WORD], shown[CX_WORD];
    cx_number_text(value, number);
    cx_unit_text(unit, shown);
    cx_text_add(p, "%s%s", number, *shown ? "\u00a0" : "");
    cx_page_text(p, shown);
}

void cx_study_put_name(struct cx_text *p, const char *name) {
    char word[CX_WORD];
    cx_study_short_name(name, word);
    cx_page_text(p, word);
}

/* range starts as NaN: every comparison with it is false, so the first finite value sets both ends. */
static void widen(const double *at, int n, double range[2]) {
    for (int i = 0; i < n; i++) {
        if (!isfinite(at[i])) continue;
        if (!(range[0] <= at[i])) range[0] = at[i];
        if (!(range[1] >= at[i])) range[1] = at[i];
    }
}

static struct cx_scale fit(const struct cx_study_page *s, const struct cx_study_column *c,
                           const double ends[2]) {
    struct cx_scale scale = {0, 1, ends[0], ends[1], false};
    double range[2] = {NAN, NAN};
    widen(c->at, s->points, range);
    cx_scale_fit(&scale, range[0], range[1]);
    return scale;
}

static struct frame make_frame(const struct cx_study_page *s, const struct cx_study_column *across,
                               const struct cx_study_column *up) {
    static const double x[2] = {LEFT, RIGHT}, y[2] = {BOTTOM, TOP};
    return (struct frame){fit(s, across, x), fit(s, up, y), across, up};
}

/* "needle length, mm" */
static void put_label(struct cx_text *p, const struct cx_study_column *c) {
    char name[CX_WORD], unit[CX_WORD];
    cx_study_short_name(c->name, name);
    cx_unit_text(c->unit, unit);
    cx_page_text(p, name);
    if (*unit) cx_text_add(p, ", ");
    cx_page_text(p, unit);
}

static void open_picture(struct cx_text *p, const struct frame *f, const char *what) {
    cx_text_add(p, "<figure><svg class=chart viewBox='0 0 %d %d' role=img aria-label=\"%s: ", WIDTH,
                HEIGHT, what);
    put_label(p, f->up);
    cx_text_add(p, " over ");
    put_label(p, f->across);
    cx_text_add(p, "\">");
}

static void put_tick(struct cx_text *p, double x, const char *word) {
    cx_text_add(p, "<path d='M%.1f %dv4'/><text x=%.1f y=%d text-anchor=middle>", x, BOTTOM, x,
                BOTTOM + 16);
    cx_page_text(p, word);
    cx_text_add(p, "</text>");
}

/* Numbers at round places, words at their own. */
static void put_across(struct cx_text *p, const struct frame *f) {
    char word[CX_WORD];
    const struct cx_ticks t = cx_ticks_linear(f->x.lo, f->x.hi, 6);
    cx_text_add(p, "<g class=axis><path d='M%d %dH%d'/>", LEFT, BOTTOM, RIGHT);
    for (int i = 0; !f->across->words && i < t.n; i++) {
        cx_tick_text(t.at[i], t.step, word);
        put_tick(p, cx_scale_at(&f->x, t.at[i]), word);
    }
    for (int i = 0; f->across->words && i < f->across->levels; i++)
        put_tick(p, cx_scale_at(&f->x, f->across->level[i]), f->across->word[i]);
    cx_text_add(p, "</g><text class=unit x=%d y=%d text-anchor=end>", RIGHT, HEIGHT - 18);
    put_label(p, f->across);
    cx_text_add(p, "</text>");
}

static void put_up(struct cx_text *p, const struct frame *f) {
    char word[CX_WORD];
    const struct cx_ticks t = cx_ticks_linear(f->y.lo, f->y.hi, 5);
    cx_text_add(p, "<g class=grid>");
    for (int i = 0; !f->up->words && i < t.n; i++) {
        const double y = cx_scale_at(&f->y, t.at[i]);
        cx_tick_text(t.at[i], t.step, word);
        cx_text_add(p, "<path d='M%d %.1fH%d'/><text x=%d y=%.1f text-anchor=end>", LEFT, y, RIGHT,
                    LEFT - 7, y + 3.5);
        cx_page_text(p, word);
        cx_text_add(p, "</text>");
    }
    cx_text_add(p, "</g><text class=unit x=6 y=12>");
    put_label(p, f->up);
    cx_text_add(p, "</text>");
}

static void put_axes(struct cx_text *p, const struct frame *f) {
    put_up(p, f);
    put_across(p, f);
}

static void close_picture(struct cx_text *p) { cx_text_add(p, "</svg></figure>\n"); }

static void put_disc(struct cx_text *p, const struct frame *f, int i, const char *kind) {
    if (!isfinite(f->across->at[i]) || !isfinite(f->up->at[i])) return;
    cx_text_add(p, "<circle cx=%.1f cy=%.1f %s />", cx_scale_at(&f->x, f->across->at[i]),
                cx_scale_at(&f->y, f->up->at[i]), kind);
}

/* Of very many points only every n-th is drawn. */
static int stride(const struct cx_study_page *s) { return 1 + s->points / DISCS; }

/* Faint discs, so that many of them show as a cloud. */
void cx_study_plot_effect(struct cx_text *p, const struct cx_study_page *s, int outcome,
                          int factor) {
    const struct frame f = make_frame(s, &s->factor[factor], &s->outcome[outcome]);
    bool down = false;
    open_picture(p, &f, "Effect");
    put_axes(p, &f);
    for (int i = 0; i < s->points; i += stride(s))
        put_disc(p, &f, i, "r=2.6 class=sim opacity=.35");
    if (f.across->levels) cx_text_add(p, "<path class='l c0' d='");
    for (int k = 0; k < f.across->levels; k++) {
        const double mean = cx_study_level_mean(s, outcome, factor, k);
        if (!isfinite(mean)) continue;
        cx_text_add(p, "%s%.1f %.1f", down ? "L" : "M", cx_scale_at(&f.x, f.across->level[k]),
                    cx_scale_at(&f.y, mean));
        down = true;
    }
    if (f.across->levels) cx_text_add(p, "'/>");
    close_picture(p);
}

/* Mean over the points at one level of each of two factors; NaN if there is none. */
static double mean_at(const struct cx_study_page *s, const struct cx_study_pair *q, int a, int b) {
    const struct cx_study_column *x = &s->factor[q->across], *y = &s->factor[q->lines];
    const double *at = s->outcome[q->outcome].at;
    double sum = 0, n = 0;
    for (int i = 0; i < s->points; i++) {
        if (x->at[i] != x->level[a] || y->at[i] != y->level[b] || !isfinite(at[i])) continue;
        sum += at[i];
        n++;
    }
    return n > 0 ? sum / n : NAN;
}

void cx_study_plot_interaction(struct cx_text *p, const struct cx_study_page *s,
                               const struct cx_study_pair *q) {
    const struct frame f = make_frame(s, &s->factor[q->across], &s->outcome[q->outcome]);
    const struct cx_study_column *lines = &s->factor[q->lines];
    const int step = 1 + (lines->levels - 1) / CX_LINES_MAX;
    char word[CX_WORD];
    open_picture(p, &f, "Interaction");
    put_axes(p, &f);
    for (int b = 0, c = 0; b < lines->levels && c < CX_LINES_MAX; b += step, c++) {
        bool down = false;
        cx_text_add(p, "<path class='l c%d' d='", c);
        for (int a = 0; a < f.across->levels; a++) {
            const double mean = mean_at(s, q, a, b);
            if (isfinite(mean))
                cx_text_add(p, "%s%.1f %.1f", down ? "L" : "M",
                            cx_scale_at(&f.x, f.across->level[a]), cx_scale_at(&f.y, mean));
            down = down || isfinite(mean);
        }
        cx_study_value_text(lines, lines->level[b], word);
        cx_text_add(p, "'/><text class='lab c%d' x=%d y=%d>", c, RIGHT + 12, TOP + 14 * c + 20);
        cx_page_text(p, word);
        cx_text_add(p, "</text>");
    }
    cx_text_add(p, "<text class=unit x=%d y=%d>", RIGHT + 12, TOP + 4);
    put_label(p, lines);
    cx_text_add(p, "</text>");
    close_picture(p);
}

static double share_of(double x, const double range[2]) {
    return range[1] > range[0] ? (x - range[0]) / (range[1] - range[0]) : 0.5;
}

/* Values of the colours, from low at the bottom to high at the top. */
static void put_colours(struct cx_text *p, const double range[2]) {
    enum { STEPS = 32, X = RIGHT + 16, W = 12 };
    char word[CX_WORD];
    const double h = (BOTTOM - TOP) / (double)STEPS;
    for (int i = 0; i < STEPS; i++)
        cx_text_add(p, "<rect x=%d y=%.2f width=%d height=%.2f fill='#%06x'/>", X,
                    BOTTOM - (i + 1) * h, W, h + 0.5,
                    (unsigned)cx_colour(CX_VIRIDIS, (i + 0.5) / STEPS));
    for (int i = 0; i < 2; i++) {
        cx_number_text(range[i], word);
        cx_text_add(p, "<text x=%d y=%d>%s</text>", X + W + 5, i ? TOP + 8 : BOTTOM, word);
    }
}

/* One tile with its number, in black or white, whichever reads better. */
static void put_tile(struct cx_text *p, const double box[4], double mean, double share) {
    char word[CX_WORD];
    const uint32_t rgb = cx_colour(CX_VIRIDIS, share);
    if (!isfinite(mean)) return;
    cx_number_text(mean, word);
    cx_text_add(p,
                "<rect x=%.1f y=%.1f width=%.1f height=%.1f fill='#%06x'><title>%s</title></rect>",
                box[0], box[1], box[2], box[3], (unsigned)rgb, word);
    if (box[2] < 34 || box[3] < 13) return;
    cx_text_add(p, "<text x=%.1f y=%.1f text-anchor=middle style='fill:%s'>%s</text>",
                box[0] + box[2] / 2, box[1] + box[3] / 2 + 4,
                cx_colour_lightness(rgb) > 55 ? "#000" : "#fff", word);
}

/* Tiles stand side by side whatever the distance of their values; range: lowest and highest mean. */
static void put_tiles(struct cx_text *p, const struct cx_study_page *s,
                      const struct cx_study_pair *q, double range[2]) {
    const struct cx_study_column *x = &s->factor[q->across], *y = &s->factor[q->lines];
    const double w = (RIGHT - LEFT) / (double)x->levels, h = (BOTTOM - TOP) / (double)y->levels;
    double mean[CX_LEVELS_MOST][CX_LEVELS_MOST];
    char word[CX_WORD];
    range[0] = range[1] = NAN;
    for (int a = 0; a < x->levels; a++)
        for (int b = 0; b < y->levels; b++) {
            mean[a][b] = mean_at(s, q, a, b);
            widen(&mean[a][b], 1, range);
        }
    for (int a = 0; a < x->levels; a++)
        for (int b = 0; b < y->levels; b++)
            put_tile(p, (double[4]){LEFT + a * w, BOTTOM - (b + 1) * h, w - 1, h - 1}, mean[a][b],
                     share_of(mean[a][b], range));
    cx_text_add(p, "<g class=axis>");
    for (int a = 0; a < x->levels; a += 1 + x->levels / 8) {
        cx_study_value_text(x, x->level[a], word);
        put_tick(p, LEFT + (a + 0.5) * w, word);
    }
    for (int b = 0; b < y->levels; b++) {
        struct cx_study_column bare = *y;
        bare.unit[0] = 0;
        cx_study_value_text(&bare, y->level[b], word);
        cx_text_add(p, "<text x=%d y=%.1f text-anchor=end>", LEFT - 6, BOTTOM - (b + 0.5) * h + 4);
        cx_page_text(p, word);
        cx_text_add(p, "</text>");
    }
    cx_text_add(p, "</g>");
}

/* Where values do not repeat: a coloured disc for each point. */
static void put_coloured(struct cx_text *p, const struct cx_study_page *s, const struct frame *f,
                         const struct cx_study_column *o, double range[2]) {
    range[0] = range[1] = NAN;
    widen(o->at, s->points, range);
    put_axes(p, f);
    for (int i = 0; i < s->points; i += stride(s)) {
        char kind[64];
        if (!isfinite(o->at[i])) continue;
        snprintf(kind, sizeof kind, "r=4.5 fill='#%06x'",
                 (unsigned)cx_colour(CX_VIRIDIS, share_of(o->at[i], range)));
        put_disc(p, f, i, kind);
    }
}

void cx_study_plot_surface(struct cx_text *p, const struct cx_study_page *s,
                           const struct cx_study_pair *q) {
    const struct frame f = make_frame(s, &s->factor[q->across], &s->factor[q->lines]);
    double range[2];
    cx_text_add(p, "<div class=group><div class=grouphead><h3>");
    put_label(p, &s->outcome[q->outcome]);
    cx_text_add(p, "</h3></div>");
    open_picture(p, &f, "Surface");
    if (f.across->levels && f.up->levels) {
        put_tiles(p, s, q, range);
        cx_text_add(p, "<text class=unit x=6 y=12>");
        put_label(p, f.up);
        cx_text_add(p, "</text><text class=unit x=%d y=%d text-anchor=end>", RIGHT, HEIGHT - 18);
        put_label(p, f.across);
        cx_text_add(p, "</text>");
    } else {
        put_coloured(p, s, &f, &s->outcome[q->outcome], range);
    }
    put_colours(p, range);
    close_picture(p);
    cx_text_add(p, "</div>\n");
}

void cx_study_plot_trade(struct cx_text *p, const struct cx_study_page *s, int across, int up) {
    const struct frame f = make_frame(s, &s->outcome[across], &s->outcome[up]);
    open_picture(p, &f, "Trade-off");
    put_axes(p, &f);
    for (int i = 0; i < s->points; i += stride(s))
        put_disc(p, &f, i,
                 cx_study_is_best(s, i) ? "r=4.5 style='fill:var(--accent)'"
                                        : "r=2.6 class=sim opacity=.35");
    close_picture(p);
}
