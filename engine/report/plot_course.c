/* plot_course.c - series against time, one frame per unit, with what was measured (declared in plot.h). */
#include "report/plot.h"

#include "base/text.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* pt */
enum { LEFT = 36, RIGHT = 8, TOP = 8, GAP = 20, BELOW = 26, KEY = 10 };
static const double tall = 0.62; /* height of a frame by its width */

struct course {
    const struct cx_plot_source *s;
    int n; /* rows in time */
    const double *day, *value;
    int lines, series[CX_LINES_MAX], frame[CX_LINES_MAX];
    int frames;
    struct cx_panel panel[CX_LINES_MAX];
    struct cx_scale time;
};

/* The history is finer than the stored pictures; a run that is still going on may lack it. */
static void find_source(struct course *c) {
    const struct cx_result *r = &c->s->result;
    const bool fine = r->history_length > 1;
    c->n = fine ? r->history_length : r->frames;
    c->day = fine ? r->history_day : r->time_day;
    c->value = fine ? r->history_value : r->frame_series;
}

static double value_of(const struct course *c, int line, int row) {
    return c->value[(size_t)row * (size_t)c->s->result.series + (size_t)c->series[line]];
}

static enum cx_status no_such_series(const struct cx_plot_source *s, const char *name,
                                     struct cx_error *e) {
    struct cx_nearest near = {.wanted = name};
    for (int i = 0; i < s->result.series; i++) cx_nearest_offer(&near, s->result.series_name[i]);
    if (cx_outcomes_find(&s->record.o, name)) {
        cx_fail(e, CX_USAGE, 140, "'%.60s' is one number of the whole run, not a course", name);
        cx_hint(e, "it stands in outcomes.json; series are listed by cicatrix plot --list DIR");
        return CX_USAGE;
    }
    cx_fail(e, CX_USAGE, 140, "the result holds no series '%.60s'", name);
    if (cx_nearest_name(&near))
        cx_hint(e, "did you mean '%s'?", cx_nearest_name(&near));
    else
        cx_hint(e, "cicatrix plot --list DIR");
    return CX_USAGE;
}

/* Series of one unit share a frame. */
static enum cx_status find_lines(struct course *c, const struct cx_plot_ask *ask,
                                 struct cx_error *e) {
    const struct cx_result *r = &c->s->result;
    if (ask->names < 1 || ask->names > CX_LINES_MAX)
        return cx_fail(e, CX_USAGE, 140, "a course shows one to %d series", CX_LINES_MAX);
    for (int i = 0; i < ask->names; i++) {
        const int series = cx_result_find_series(r, ask->name[i]);
        if (series < 0) return no_such_series(c->s, ask->name[i], e);
        int frame = c->frames;
        for (int l = 0; l < i; l++)
            if (strcmp(r->series_unit[c->series[l]], r->series_unit[series]) == 0)
                frame = c->frame[l];
        c->series[c->lines] = series;
        c->frame[c->lines++] = frame;
        if (frame == c->frames) c->frames++;
    }
    return CX_OK;
}

/* Is this measurement one of the series of the line, in its unit, with a number and a time? */
static bool is_of(const struct course *c, int line, const struct cx_observed_entry *o) {
    const struct cx_result *r = &c->s->result;
    return strcmp(o->outcome, r->series_name[c->series[line]]) == 0 &&
           strcmp(o->unit, r->series_unit[c->series[line]]) == 0 && isfinite(o->at_day) &&
           isfinite(o->value);
}

static void widen(double *low, double *high, double value) {
    if (!isfinite(value)) return;
    if (!(*low <= value)) *low = value;
    if (!(*high >= value)) *high = value;
}

static void fit(struct course *c, int frame) {
    const struct cx_outcomes *o = &c->s->record.o;
    double low = NAN, high = NAN;
    for (int l = 0; l < c->lines; l++) {
        if (c->frame[l] != frame) continue;
        for (int i = 0; i < c->n; i++) widen(&low, &high, value_of(c, l, i));
        for (int m = 0; m < o->observed_count; m++) {
            if (!is_of(c, l, &o->observed[m])) continue;
            widen(&low, &high, o->observed[m].value);
            widen(&low, &high, o->observed[m].low);
            widen(&low, &high, o->observed[m].high);
        }
    }
    cx_scale_fit(&c->panel[frame].y, low, high);
}

/* pt; the frames stand above each other over one clock. */
static double lay_out(struct course *c, const struct cx_plot_ask *ask) {
    const double width = ask->width_mm / 25.4 * 72, across = width - LEFT - RIGHT;
    const double height = across * (c->frames > 1 ? 0.75 * tall : tall);
    double y = TOP;
    for (int f = 0; f < c->frames; f++) {
        struct cx_panel *p = &c->panel[f];
        *p = (struct cx_panel){.left = LEFT, .right = width - RIGHT, .x = c->time};
        for (int l = 0; l < c->lines; l++) y += c->frame[l] == f ? KEY : 0;
        p->top = y;
        p->bottom = y += height;
        y += f < c->frames - 1 ? GAP : 0;
        fit(c, f);
        cx_panel_fit(p, false);
    }
    return y + BELOW;
}

/* Drawing ---------------------------------------------------------------------------------------------------------- */
static void put_line(cairo_t *to, const struct course *c, int line) {
    const struct cx_panel *p = &c->panel[c->frame[line]];
    cairo_save(to);
    cairo_rectangle(to, p->left, p->top - 1, p->right - p->left, p->bottom - p->top + 2);
    cairo_clip(to);
    cairo_new_path(to);
    for (int i = 0; i < c->n; i++) {
        const double value = value_of(c, line, i);
        if (!isfinite(value) || c->day[i] < c->time.lo)
            cairo_new_sub_path(to);
        else
            cairo_line_to(to, cx_scale_at(&p->x, c->day[i]), cx_scale_at(&p->y, value));
    }
    cx_sheet_pen(to, line);
    cairo_stroke(to);
    cairo_restore(to);
    cairo_set_dash(to, NULL, 0, 0);
}

/* Open disc with its range: measured, not simulated. */
static void put_measured(cairo_t *to, const struct cx_panel *p, const struct cx_observed_entry *o,
                         int line) {
    const double x = cx_scale_at(&p->x, o->at_day), y = cx_scale_at(&p->y, o->value);
    cx_canvas_colour(to, cx_sheet_colour(line), 1);
    cairo_set_line_width(to, 0.9);
    if (isfinite(o->low) && isfinite(o->high)) {
        cairo_move_to(to, x, cx_scale_at(&p->y, o->low));
        cairo_line_to(to, x, cx_scale_at(&p->y, o->high));
        cairo_stroke(to);
    }
    cairo_arc(to, x, y, 2.2, 0, 2 * acos(-1));
    cx_canvas_colour(to, 0xffffff, 1);
    cairo_fill_preserve(to);
    cx_canvas_colour(to, cx_sheet_colour(line), 1);
    cairo_stroke(to);
}

static void put_all_measured(cairo_t *to, const struct course *c) {
    const struct cx_outcomes *o = &c->s->record.o;
    for (int m = 0; m < o->observed_count; m++)
        for (int l = 0; l < c->lines; l++)
            if (is_of(c, l, &o->observed[m]) && o->observed[m].at_day <= c->time.hi &&
                o->observed[m].at_day >= c->time.lo)
                put_measured(to, &c->panel[c->frame[l]], &o->observed[m], l);
}

/* Thin lines at the sessions, when there are several. */
static void put_sessions(cairo_t *to, const struct course *c, const struct cx_panel *p) {
    const struct cx_view *v = &c->s->view;
    cx_canvas_colour(to, 0x647082, 1);
    cairo_set_line_width(to, 0.5);
    cairo_set_dash(to, (const double[]){1, 2}, 2, 0);
    for (int i = 0; i < v->sessions && v->sessions > 1; i++) {
        const double x = cx_scale_at(&p->x, v->session_day[i]);
        cairo_move_to(to, x, p->top);
        cairo_line_to(to, x, p->bottom);
        cairo_stroke(to);
    }
    cairo_set_dash(to, NULL, 0, 0);
}

/* Which line is which, above its frame. */
static void put_key(cairo_t *to, const struct course *c, int frame) {
    const struct cx_panel *p = &c->panel[frame];
    int rows = 0, row = 0;
    for (int l = 0; l < c->lines; l++) rows += c->frame[l] == frame;
    for (int l = 0; l < c->lines; l++) {
        char name[CX_WORD];
        if (c->frame[l] != frame) continue;
        const double y = p->top - 4 - KEY * (rows - 1 - row++);
        cx_name_text(c->s->result.series_name[c->series[l]], name);
        cx_sheet_pen(to, l);
        cairo_move_to(to, p->left, y - 2.3);
        cairo_rel_line_to(to, 14, 0);
        cairo_stroke(to);
        cx_canvas_text(to, p->left + 18, y, name,
                       &(struct cx_lettering){CX_SHEET_LETTER, 0, 0x1c2530, false});
    }
    cairo_set_dash(to, NULL, 0, 0);
}

static void put_frame(cairo_t *to, const struct course *c, int frame) {
    const struct cx_panel *p = &c->panel[frame];
    char unit[CX_WORD] = "";
    for (int l = 0; l < c->lines; l++)
        if (c->frame[l] == frame) cx_unit_text(c->s->result.series_unit[c->series[l]], unit);
    put_sessions(to, c, p);
    cx_sheet_frame(to, p);
    cx_sheet_axis(to, p, CX_SIDE_LEFT,
                  &(struct cx_axis_words){*unit ? unit : "relative",
                                          cx_ticks_linear(p->y.lo, p->y.hi, 5), false});
    const bool log = c->time.log;
    struct cx_axis_words time = {"", cx_ticks_log_days(c->time.lo, c->time.hi), true};
    if (!log) time = (struct cx_axis_words){"", cx_ticks_days(c->time.lo, c->time.hi, 7), false};
    if (frame == c->frames - 1) time.name = cx_time_words(log, !c->s->view.sessions);
    cx_sheet_axis(to, p, CX_SIDE_BOTTOM, &time);
    put_key(to, c, frame);
}

static enum cx_status draw(struct course *c, const struct cx_plot_ask *ask, struct cx_error *e) {
    struct cx_sheet sheet = {.width = ask->width_mm / 25.4 * 72, .dpi = ask->dpi};
    sheet.height = lay_out(c, ask);
    CX_TRY(cx_sheet_kind_of(ask->path, &sheet.kind, e));
    CX_TRY(cx_sheet_open(&sheet, e));
    for (int f = 0; f < c->frames; f++) put_frame(sheet.to, c, f);
    for (int l = 0; l < c->lines; l++) put_line(sheet.to, c, l);
    put_all_measured(sheet.to, c);
    return cx_sheet_close(&sheet, ask->path, e);
}

enum cx_status cx_plot_course(const struct cx_plot_source *s, const struct cx_plot_ask *ask,
                              struct cx_error *e) {
    struct course c = {.s = s};
    find_source(&c);
    CX_TRY(find_lines(&c, ask, e));
    if (c.n < 2) return cx_fail(e, CX_USAGE, 140, "the run has stored one time: no course yet");
    c.time = (struct cx_scale){c.day[0], c.day[c.n - 1], 0, 0, ask->log_days};
    if (ask->log_days) c.time.lo = 1.0 / 48; /* half an hour */
    return draw(&c, ask, e);
}
