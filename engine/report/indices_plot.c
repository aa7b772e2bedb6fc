/* indices_plot.c - bars of indices with their intervals, and mu* against sigma, as inline SVG (see indices.h).  All
 * measures in points of a picture 500 wide. */
#include "report/chart.h"
#include "report/indices.h"
#include "report/study_plot.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { WIDTH = 500, LEFT = 168, RIGHT = 480, TOP = 30, ROW = 30, LETTER = 11 };
enum {
    SPREAD_LEFT = 58,
    SPREAD_RIGHT = 400,
    SPREAD_TOP = 24,
    SPREAD_BOTTOM = 230,
    SPREAD_HIGH = 274
};

/* Index of the mean size (mu*) or total share, which every factor has. */
enum { MAIN = 1, FIRST = 0, SIGMA = 2 };
#define LETTER_WIDTH 5.6 /* on average */

static int shown(const struct cx_index_outcome *o) {
    return o->rows < CX_SHOWN_FACTORS ? o->rows : CX_SHOWN_FACTORS;
}

static void widen(double range[2], const double part[CX_INDEX_PARTS]) {
    for (int i = 0; i < CX_INDEX_PARTS; i++) {
        if (!isfinite(part[i])) continue;
        range[0] = fmin(range[0], part[i]);
        range[1] = fmax(range[1], part[i]);
    }
}

/* Bars start at 0; Sobol's shares may stray below it by chance. */
static struct cx_scale bar_scale(const struct cx_index_page *s, const struct cx_index_outcome *o) {
    double range[2] = {0, 0};
    for (int j = 0; j < shown(o); j++) {
        widen(range, o->row[j].at[MAIN]);
        if (!s->morris) widen(range, o->row[j].at[FIRST]);
    }
    const double high = range[1] > 0 ? range[1] * 1.04 : 1;
    return (struct cx_scale){range[0], high, LEFT, RIGHT, false};
}

/* "mu*, %" */
static void put_unit(struct cx_text *p, const char *what, const char *unit) {
    char word[CX_WORD];
    cx_unit_text(unit, word);
    cx_text_add(p, "%s%s", what, *word ? ", " : "");
    cx_page_text(p, word);
}

static void put_bar_axis(struct cx_text *p, const struct cx_scale *x, int bottom) {
    char word[CX_WORD];
    const struct cx_ticks t = cx_ticks_linear(x->lo, x->hi, 5);
    cx_text_add(p, "<g class=grid>");
    for (int i = 0; i < t.n; i++) {
        const double at = cx_scale_at(x, t.at[i]);
        cx_tick_text(t.at[i], t.step, word);
        cx_text_add(p, "<path d='M%.1f %dV%d'/><text x=%.1f y=%d text-anchor=middle>", at, TOP - 4,
                    bottom, at, bottom + 15);
        cx_page_text(p, word);
        cx_text_add(p, "</text>");
    }
    cx_text_add(p, "</g>");
}

/* A bar from 0 with its interval as a thin line and the numbers for the pointer. */
static void put_bar(struct cx_text *p, const struct cx_scale *x, const double at[CX_INDEX_PARTS],
                    const double place[2], const char *colour) {
    char word[CX_INDEX_PARTS][CX_WORD];
    if (!isfinite(at[CX_INDEX_VALUE])) return;
    for (int i = 0; i < CX_INDEX_PARTS; i++) cx_number_text(at[i], word[i]);
    const double zero = cx_scale_at(x, 0), end = cx_scale_at(x, at[CX_INDEX_VALUE]);
    const double middle = place[0] + place[1] / 2;
    cx_text_add(p,
                "<g><title>%s [%s, %s]</title><rect x=%.1f y=%.1f width=%.1f height=%.1f "
                "style='fill:var(--%s)' opacity=.75 />",
                word[0], word[1], word[2], fmin(zero, end), place[0], fabs(end - zero), place[1],
                colour);
    if (isfinite(at[CX_INDEX_LOW]) && isfinite(at[CX_INDEX_HIGH]))
        cx_text_add(p, "<path d='M%.1f %.1fH%.1f' style='stroke:var(--ink)' stroke-width=1.6 />",
                    cx_scale_at(x, at[CX_INDEX_LOW]), middle, cx_scale_at(x, at[CX_INDEX_HIGH]));
    cx_text_add(p, "</g>");
}

static void put_name_at(struct cx_text *p, const char *name, double y) {
    char word[CX_WORD];
    cx_study_short_name(name, word);
    cx_text_add(p, "<text x=%d y=%.1f text-anchor=end>", LEFT - 8, y);
    cx_page_text(p, word);
    cx_text_add(p, "</text>");
}

static void put_bar_words(struct cx_text *p, const struct cx_index_page *s,
                          const struct cx_index_outcome *o) {
    cx_text_add(p, "<text class=unit x=%d y=14>", LEFT);
    if (s->morris) {
        put_unit(p, "μ*, mean size of the change over the whole range", o->unit);
        cx_text_add(p, "</text>");
        return;
    }
    cx_text_add(p,
                "share of the variance:</text><text x=%d y=14 style='fill:var(--c0)'>total"
                "</text><text x=%d y=14 style='fill:var(--c1)'>first order</text>",
                LEFT + 124, LEFT + 160);
}

void cx_indices_plot_bars(struct cx_text *p, const struct cx_index_page *s, int outcome) {
    const struct cx_index_outcome *o = &s->outcome[outcome];
    const int n = shown(o), bottom = TOP + n * ROW;
    const struct cx_scale x = bar_scale(s, o);
    cx_text_add(p, "<figure><svg class=chart viewBox='0 0 %d %d' role=img aria-label=\"Indices of ",
                WIDTH, bottom + 22);
    cx_page_text(p, o->name);
    cx_text_add(p, ", the factor that matters most first\">");
    put_bar_axis(p, &x, bottom);
    put_bar_words(p, s, o);
    for (int j = 0; j < n; j++) {
        const double y = TOP + j * ROW;
        put_name_at(p, o->row[j].factor, y + 18);
        put_bar(p, &x, o->row[j].at[MAIN], (double[2]){y + 4, s->morris ? 20 : 11}, "c0");
        if (!s->morris) put_bar(p, &x, o->row[j].at[FIRST], (double[2]){y + 15, 10}, "c1");
    }
    cx_text_add(p, "</svg></figure>\n");
}

/* ---- mu* against sigma ----------------------------------------------------------------------- */

struct spread {
    struct cx_scale x, y;
    int labels;
    double at[CX_SHOWN_FACTORS][3]; /* where words stand already: left, right, baseline */
};

static struct spread make_spread(const struct cx_index_outcome *o) {
    struct spread f = {{0, 1, SPREAD_LEFT, SPREAD_RIGHT, false},
                       {0, 1, SPREAD_BOTTOM, SPREAD_TOP, false},
                       0,
                       {{0}}};
    double high[2] = {0, 0};
    for (int j = 0; j < shown(o); j++) {
        high[0] = fmax(high[0], o->row[j].at[MAIN][CX_INDEX_VALUE]); /* fmax leaves NaN out */
        high[0] = fmax(high[0], o->row[j].at[MAIN][CX_INDEX_HIGH]);
        high[1] = fmax(high[1], o->row[j].at[SIGMA][CX_INDEX_VALUE]);
    }
    if (high[0] > 0) f.x.hi = 1.06 * high[0];
    if (high[0] > 0) f.y.hi = 1.12 * fmax(high[1], 0.1 * high[0]);
    return f;
}

static void put_spread_axes(struct cx_text *p, const struct spread *f) {
    char word[CX_WORD];
    const struct cx_ticks x = cx_ticks_linear(f->x.lo, f->x.hi, 6);
    const struct cx_ticks y = cx_ticks_linear(f->y.lo, f->y.hi, 5);
    cx_text_add(p, "<g class=grid>");
    for (int i = 0; i < y.n; i++) {
        const double at = cx_scale_at(&f->y, y.at[i]);
        cx_tick_text(y.at[i], y.step, word);
        cx_text_add(p, "<path d='M%d %.1fH%d'/><text x=%d y=%.1f text-anchor=end>%s</text>",
                    SPREAD_LEFT, at, SPREAD_RIGHT, SPREAD_LEFT - 7, at + 3.5, word);
    }
    cx_text_add(p, "</g><g class=axis><path d='M%d %dH%d'/>", SPREAD_LEFT, SPREAD_BOTTOM,
                SPREAD_RIGHT);
    for (int i = 0; i < x.n; i++) {
        const double at = cx_scale_at(&f->x, x.at[i]);
        cx_tick_text(x.at[i], x.step, word);
        cx_text_add(p, "<path d='M%.1f %dv4'/><text x=%.1f y=%d text-anchor=middle>%s</text>", at,
                    SPREAD_BOTTOM, at, SPREAD_BOTTOM + 16, word);
    }
    cx_text_add(p, "</g>");
}

/* Above this line a factor's effect varies more than it is large. */
static void put_equal(struct cx_text *p, const struct spread *f) {
    const double end = fmin(f->x.hi, f->y.hi);
    cx_text_add(p,
                "<path d='M%.1f %.1fL%.1f %.1f' class=tie style='stroke:var(--faint)' "
                "stroke-dasharray='3 4'/><text x=%.1f y=%.1f text-anchor=end>σ = μ*</text>",
                cx_scale_at(&f->x, 0), cx_scale_at(&f->y, 0), cx_scale_at(&f->x, end),
                cx_scale_at(&f->y, end), cx_scale_at(&f->x, end) - 4,
                cx_scale_at(&f->y, end) + (f->x.hi > f->y.hi ? -4 : 10));
}

static bool is_free(const struct spread *f, const double at[3]) {
    for (int i = 0; i < f->labels; i++)
        if (at[0] < f->at[i][1] && at[1] > f->at[i][0] && fabs(at[2] - f->at[i][2]) < LETTER)
            return false;
    return true;
}

static void put_at(double at[3], double left, double width, double baseline) {
    at[0] = left;
    at[1] = left + width;
    at[2] = baseline;
}

/* A free corner of the disc, else the first free line above it; at: left, right and baseline of the words. */
static void free_place(struct spread *f, const double disc[2], double width, double at[3]) {
    static const double corner[4][2] = {{7, -4}, {7, 12}, {-7, -4}, {-7, 12}};
    bool found = false;
    for (int i = 0; i < 4 && !found; i++) {
        const double left = disc[0] + corner[i][0] - (corner[i][0] < 0 ? width : 0);
        put_at(at, left, width, disc[1] + corner[i][1]);
        found = left > SPREAD_LEFT && at[2] < SPREAD_BOTTOM - 2 && is_free(f, at);
    }
    if (!found) put_at(at, disc[0] + corner[0][0], width, disc[1] + corner[0][1]);
    while (!is_free(f, at)) at[2] -= 1;
    memcpy(f->at[f->labels++], at, 3 * sizeof *at);
}

static void put_point(struct cx_text *p, struct spread *f, const struct cx_index_row *r) {
    char word[CX_WORD];
    const double *size = r->at[MAIN];
    if (!isfinite(size[CX_INDEX_VALUE]) || !isfinite(r->at[SIGMA][CX_INDEX_VALUE])) return;
    const double x = cx_scale_at(&f->x, size[CX_INDEX_VALUE]);
    const double y = cx_scale_at(&f->y, r->at[SIGMA][CX_INDEX_VALUE]);
    cx_text_add(p, "<path d='M%.1f %.1fH%.1f' style='stroke:var(--c0)' opacity=.6 />",
                cx_scale_at(&f->x, size[CX_INDEX_LOW]), y, cx_scale_at(&f->x, size[CX_INDEX_HIGH]));
    cx_study_short_name(r->factor, word);
    double place[3];
    free_place(f, (double[2]){x, y}, LETTER_WIDTH * (double)strlen(word), place);
    cx_text_add(p,
                "<circle cx=%.1f cy=%.1f r=4.2 style='fill:var(--c0)'/><text x=%.1f y=%.1f "
                "style='fill:var(--ink)'>",
                x, y, place[0], place[2]);
    cx_page_text(p, word);
    cx_text_add(p, "</text>");
}

void cx_indices_plot_spread(struct cx_text *p, const struct cx_index_page *s, int outcome) {
    const struct cx_index_outcome *o = &s->outcome[outcome];
    struct spread f = make_spread(o);
    cx_text_add(p,
                "<figure><svg class=chart viewBox='0 0 %d %d' role=img aria-label=\"Mean size of "
                "the effects on ",
                WIDTH, SPREAD_HIGH);
    cx_page_text(p, o->name);
    cx_text_add(p, " against their spread\">");
    put_spread_axes(p, &f);
    put_equal(p, &f);
    cx_text_add(p, "<text class=unit x=6 y=12>");
    put_unit(p, "σ, spread of the effects", o->unit);
    cx_text_add(p, "</text><text class=unit x=%d y=%d text-anchor=end>", SPREAD_RIGHT,
                SPREAD_HIGH - 12);
    put_unit(p, "μ*, mean size of the effects", o->unit);
    cx_text_add(p, "</text>");
    for (int j = 0; j < shown(o); j++) put_point(p, &f, &o->row[j]);
    cx_text_add(p, "</svg></figure>\n");
}
