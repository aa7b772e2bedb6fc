/* phases.c - see phases.h. */
#include "report/phases.h"

#include "report/literature.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    WIDTH = 1040,
    LEFT = 170,
    RIGHT = 1020,
    TOP = 34,
    ROW = 40,
    DEEP = 28,
    ROWS = 12,
    NAMES = 4
};
enum { LANE = 7 };

/* Rows in the order of healing; alternatives are names that models use for the same thing. */
static const char *const wanted[ROWS][NAMES] = {
    {"tewl"},
    {"fibrin", "clot", "provisional"},
    {"il1", "cytokine", "inflammation"},
    {"erythema"},
    {"neutrophils", "neutrophil"},
    {"macrophages_m1", "m1", "macrophages"},
    {"macrophages_m2", "m2"},
    {"fibroblasts", "fibroblast", "cells"},
    {"myofibroblasts"},
    {"vessels", "capillaries", "endothelium"},
    {"collagen_3", "collagen3", "collagen_new"},
    {"collagen_1_new", "collagen_1", "collagen", "collagen_total"},
};
/* Stages of a skin wound: G. Gurtner, S. Werner, Y. Barrandon, M. Longaker, Nature 2008, 453, 314-321,
 * 10.1038/nature07039: inflammation until about 48 h, new tissue about day 2 to 10, remodelling from week 2 to 3 on. */
static const struct {
    double from, to; /* day */
    const char *name;
} stages[] = {{0, 2, "inflammation"}, {2, 10, "new tissue"}, {14, HUGE_VAL, "remodelling"}};

struct phases {
    const struct cx_view *v;
    int n;              /* samples */
    const double *day;  /* [n] */
    const double *from; /* [n][series] */
    int rows, series[ROWS];
    struct cx_scale time;
    double start;  /* day of the only wound, from which stages and literature count; NaN: none */
    double *share; /* [n] of one row, 0..1; NaN where unknown */
    struct cx_literature literature;
};

/* The history is finer than the stored pictures. */
static void choose_source(struct phases *h) {
    const struct cx_result *r = h->v->r;
    const bool fine = r->history_length > 1;
    h->n = fine ? r->history_length : r->frames;
    h->day = fine ? r->history_day : r->time_day;
    h->from = fine ? r->history_value : r->frame_series;
}

static double value_at(const struct phases *h, int series, int i) {
    return h->from[(size_t)i * (size_t)h->v->r->series + (size_t)series];
}

static void range_of(const struct phases *h, int series, double *low, double *high) {
    *low = *high = NAN;
    for (int i = 0; i < h->n; i++) cx_scale_widen(value_at(h, series, i), low, high);
}

/* A row that never changes tells no phase. */
static bool changes(const struct phases *h, int series) {
    double low, high;
    range_of(h, series, &low, &high);
    return high - low > 1e-6 * fmax(fabs(high), fabs(low));
}

static void choose_rows(struct phases *h) {
    for (int w = 0; w < ROWS; w++)
        for (int a = 0; a < NAMES; a++) {
            const int s = wanted[w][a] ? cx_result_find_series(h->v->r, wanted[w][a]) : -1;
            bool taken = s < 0;
            for (int i = 0; i < h->rows; i++) taken = taken || h->series[i] == s;
            if (taken || !changes(h, s)) continue;
            h->series[h->rows++] = s;
            break;
        }
}

/* One session: a clock that shows hours and weeks alike. */
static void choose_time(struct phases *h) {
    const double last = h->n ? h->day[h->n - 1] : 1;
    const bool slow = h->v->sessions <= 1 && last > 2;
    h->time = (struct cx_scale){slow ? 1.0 / 48 : h->day[0], last, LEFT, RIGHT, slow};
}

static bool plan(struct phases *h, const struct cx_view *v) {
    *h = (struct phases){.v = v};
    choose_source(h);
    if (h->n < 2 || !(h->day[h->n - 1] > h->day[0])) return false;
    choose_rows(h);
    choose_time(h);
    return h->rows >= 2;
}

static double across(const struct phases *h, double day) {
    return cx_scale_at(&h->time, fmin(fmax(day, h->time.lo), h->time.hi));
}

static void put_stages(struct cx_text *p, const struct phases *h) {
    const int bottom = TOP + ROW * h->rows;
    for (size_t s = 0; s < sizeof stages / sizeof *stages && isfinite(h->start); s++) {
        const double left = across(h, h->start + stages[s].from),
                     right = across(h, h->start + stages[s].to);
        if (right - left < 1) continue;
        cx_text_add(p, "<rect class='stage%s' x=%.1f y=%d width=%.1f height=%d />",
                    s % 2 ? " odd" : "", left, TOP, right - left, bottom - TOP);
        if (right - left > 70)
            cx_text_add(p, "<text x=%.1f y=%d text-anchor=middle>%s</text>", (left + right) / 2,
                        TOP - 6, stages[s].name);
    }
    cx_text_add(p, "<g class='mark'>");
    for (int s = 0; s < h->v->sessions && h->v->sessions > 1; s++)
        cx_text_add(p, "<path d='M%.1f %dV%d'/>", across(h, h->v->session_day[s]), TOP, bottom);
    cx_text_add(p, "</g>");
}

static void put_axis(struct cx_text *p, const struct phases *h) {
    const int bottom = TOP + ROW * h->rows;
    cx_text_add(p, "<g class=axis><path d='M%d %dH%d'/>", LEFT, bottom, RIGHT);
    cx_scale_put_days(p, &h->time, 12, bottom);
    cx_text_add(p, "</g><text class=unit x=%d y=%d text-anchor=end>%s</text>", RIGHT, bottom + 31,
                cx_time_words(h->time.log, !h->v->sessions));
}

static void find_shares(struct phases *h, int series) {
    double low, high;
    range_of(h, series, &low, &high);
    for (int i = 0; i < h->n; i++) h->share[i] = (value_at(h, series, i) - low) / (high - low);
}

/* Points that the eye cannot tell apart are left out. */
static void put_curve(struct cx_text *p, const struct phases *h, int bottom, bool area) {
    double last_x = -1e9, last_y = -1e9;
    bool begun = false;
    cx_text_add(p, "<path class=%s d='", area ? "area" : "curve");
    for (int i = 0; i < h->n; i++) {
        if (!isfinite(h->share[i]) || h->day[i] < h->time.lo * (1 - 1e-9)) continue;
        const double x = across(h, h->day[i]), y = bottom - DEEP * h->share[i];
        const bool seen = fabs(x - last_x) >= 1.5 || fabs(y - last_y) >= 1 || i == h->n - 1;
        if (begun && !seen) continue;
        if (!begun && area) cx_text_add(p, "M%.1f %dL", x, bottom);
        cx_text_add(p, "%s%.1f %.1f", begun ? "L" : area ? "" : "M", x, y);
        begun = true;
        last_x = x;
        last_y = y;
    }
    if (begun && area) cx_text_add(p, "V%dZ", bottom);
    cx_text_add(p, "'/>");
}

/* Bars below the curve where it is in the upper half of its range. */
static void put_half(struct cx_text *p, const struct phases *h, int bottom) {
    double from = NAN;
    cx_text_add(p, "<path class=half d='");
    for (int i = 0; i < h->n; i++) {
        const bool high = h->share[i] >= 0.5, last = i == h->n - 1;
        if (high && !isfinite(from)) from = h->day[i];
        if (!isfinite(from) || (high && !last)) continue;
        cx_text_add(p, "M%.1f %dH%.1f", across(h, from), bottom + 3, across(h, h->day[i]));
        from = NAN;
    }
    cx_text_add(p, "'/>");
}

/* Is it the series itself, or an outcome that is made of it ("collagen_3_gain")? */
static bool is_about(const char *outcome, const char *series) {
    const size_t n = strlen(series);
    return strncmp(outcome, series, n) == 0 &&
           (outcome[n] == 0 ||
            (outcome[n] == '_' && (outcome[n + 1] < '0' || outcome[n + 1] > '9')));
}

/* The range stands at its height only where the same quantity was measured; else the mark tells the time alone. */
static void put_measured(struct cx_text *p, const struct phases *h, int series, int bottom,
                         const struct cx_observed_entry *b) {
    const struct cx_result *r = h->v->r;
    double low, high, y = bottom - DEEP / 2.0;
    if (!is_about(b->outcome, r->series_name[series]) || !isfinite(b->at_day)) return;
    const double x = across(h, b->at_day);
    range_of(h, series, &low, &high);
    const bool same = strcmp(b->outcome, r->series_name[series]) == 0 &&
                      strcmp(b->unit, r->series_unit[series]) == 0;
    const double unit = DEEP / (high - low);
    if (same && isfinite(b->low) && isfinite(b->high))
        cx_text_add(p, "<path class=lit-range d='M%.1f %.1fV%.1f'/>", x,
                    bottom - unit * (fmin(fmax(b->low, low), high) - low),
                    bottom - unit * (fmin(fmax(b->high, low), high) - low));
    if (same && isfinite(b->value)) y = bottom - unit * (fmin(fmax(b->value, low), high) - low);
    cx_text_add(p, "<path class=lit d='M%.1f %.1fl5 5l-5 5l-5 -5z'><title>", x, y - 5);
    cx_page_text(p, b->label);
    cx_text_add(p, " – ");
    cx_page_text(p, b->source);
    cx_text_add(p, "</title></path>");
}

static void put_seen(struct cx_text *p, struct phases *h, int series, int bottom) {
    if (isfinite(h->start))
        cx_literature_bars(p, &h->literature,
                           &(struct cx_literature_row){h->v->r->series_name[series], h->time,
                                                       h->start, bottom - DEEP, DEEP, LANE});
}

/* One session without another wound, or one other wound at time 0. */
static double only_wound(const struct cx_record *o) {
    if (o->sessions + o->wounded != 1) return NAN;
    return o->sessions ? o->session_day[0] : 0;
}

static void put_row(struct cx_text *p, struct phases *h, int row, const struct cx_record *o) {
    const int bottom = TOP + ROW * (row + 1) - 7;
    char name[CX_WORD];
    cx_name_text(h->v->r->series_name[h->series[row]], name);
    find_shares(h, h->series[row]);
    cx_text_add(p, "<g><title>");
    cx_page_text(p, h->v->r->series_doc[h->series[row]]);
    cx_text_add(p, "</title><text class=row x=%d y=%d text-anchor=end>", LEFT - 12, bottom - 8);
    cx_page_text(p, name);
    cx_text_add(p, "</text>");
    put_seen(p, h, h->series[row], bottom);
    put_curve(p, h, bottom, true);
    put_curve(p, h, bottom, false);
    put_half(p, h, bottom);
    for (int i = 0; i < o->o.observed_count; i++)
        put_measured(p, h, h->series[row], bottom, &o->o.observed[i]);
    cx_text_add(p, "</g>");
}

static void put_lead(struct cx_text *p, const struct phases *h) {
    cx_text_add(p,
                "<section id=phases><h2>Phases of healing</h2><p class=lead>Each curve between its "
                "own lowest and highest value in this run; the bar below marks the time in the "
                "upper half. Diamonds are published measurements of this quantity.%s</p>\n",
                isfinite(h->start)
                    ? " Shaded behind: the stages of a skin wound (Gurtner and "
                      "others, Nature 2008, doi 10.1038/nature07039), not of this run."
                    : "");
}

bool cx_phases_has(const struct cx_view *v) {
    struct phases h;
    return plan(&h, v);
}

static void put_drawing(struct cx_text *p, struct phases *h, const struct cx_record *o) {
    const int bottom = TOP + ROW * h->rows;
    cx_text_add(
        p,
        "<div class=phases tabindex=0><svg viewBox='0 0 %d %d' role=img aria-label='Timeline "
        "of the phases of healing' data-left=%d data-right=%d data-from=%.6g data-to=%.6g "
        "data-log=%d>",
        WIDTH, bottom + 36, LEFT, RIGHT, h->time.lo, h->time.hi, h->time.log);
    put_stages(p, h);
    put_axis(p, h);
    for (int row = 0; row < h->rows; row++) put_row(p, h, row, o);
    cx_text_add(p, "<path id=phase-now data-d='MX %dV%d' d=''/></svg></div>", TOP, bottom);
}

enum cx_status cx_phases_put(struct cx_text *p, const struct cx_view *v, const struct cx_record *o,
                             struct cx_error *e) {
    struct phases h;
    if (!plan(&h, v)) return CX_OK;
    h.start = only_wound(o);
    CX_TRY(cx_literature_open(&h.literature, e));
    h.share = malloc((size_t)h.n * sizeof *h.share);
    const bool starved = !h.share;
    if (!starved) {
        put_lead(p, &h);
        put_drawing(p, &h, o);
        cx_literature_sources(p, &h.literature);
        cx_text_add(p, "</section>\n");
    }
    cx_literature_close(&h.literature);
    free(h.share);
    return starved ? cx_fail(e, CX_STORAGE, 61, "no memory for the timeline of the report") : CX_OK;
}
