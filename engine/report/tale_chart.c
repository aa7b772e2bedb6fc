/* tale_chart.c - the curves beside a caption (see tale.h): one series for all variants of the step, or several series of
 * one variant, each as a share of its own largest value so that they can stand together. */
#include "report/tale.h"
#include "report/viewer.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { POINTS = 180 };

/* Curves of one chart on common times, dense in the first days. */
struct curves {
    double day[POINTS], value[CX_LINES_MAX][POINTS];
};

int cx_told_variants(const struct cx_tale_step *s, int out[CX_TALE_VARIANTS]) {
    int n = 0;
    out[n++] = s->variant;
    for (int i = 0; i < s->what_ifs; i++) {
        bool there = false;
        for (int k = 0; k < n; k++) there |= out[k] == s->what_if[i];
        if (!there && n < CX_TALE_VARIANTS) out[n++] = s->what_if[i];
    }
    return n;
}

/* An early step is drawn with the days around it, a late one with all. */
static double window(const struct cx_told *t, const struct cx_tale_step *s) {
    const double end = t->tale->variant[s->variant].scenario.time.end / 24;
    return fmin(end, fmax(10, 4 * s->day));
}

static void add_line(struct cx_chart *c, struct curves *v, const struct cx_result *r, int series) {
    struct cx_line *line = &c->line[c->lines];
    double *value = v->value[c->lines++];
    for (int i = 0; i < POINTS; i++) value[i] = cx_told_series(r, series, v->day[i]);
    *line = (struct cx_line){.x = v->day, .y = value, .n = POINTS, .doc = r->series_doc[series]};
}

/* Percent of the largest size in the whole run, so that cells, signals and fibres share one axis. */
static void make_relative(const struct cx_result *r, int series, double *value) {
    double largest = 0;
    for (int i = 0; i < r->history_length; i++)
        largest =
            fmax(largest, fabs(r->history_value[(size_t)i * (size_t)r->series + (size_t)series]));
    for (int i = 0; i < POINTS && largest > 0; i++) value[i] *= 100 / largest;
}

static void begin(struct cx_chart *c, struct curves *v, double to) {
    *c = (struct cx_chart){.from_day = 0, .to_day = to};
    for (int i = 0; i < POINTS; i++) {
        const double share = i / (POINTS - 1.0);
        v->day[i] = to * share * share;
    }
}

static void finish(struct cx_text *p, const struct cx_chart *c, int variant) {
    if (variant < 0)
        cx_text_add(p, "<div class=tale-chart>");
    else
        cx_text_add(p, "<div class=tale-chart data-variant=%d>", variant);
    cx_chart_put(p, c);
    cx_viewer_chart(p, c);
    cx_text_add(p, "</div>\n");
}

static int series_of(const struct cx_told *t, int variant, const char *name) {
    return cx_result_find_series(&t->run[variant].result, name);
}

static void name_curve(const struct cx_tale_curve *c, char out[CX_WORD]) {
    if (*c->label)
        snprintf(out, CX_WORD, "%s", c->label);
    else
        cx_name_text(c->series, out);
}

/* One thing, followed in all variants. */
static void put_one(struct cx_text *p, const struct cx_told *t, const struct cx_tale_step *s,
                    struct curves *v) {
    struct cx_chart c;
    int which[CX_TALE_VARIANTS];
    char name[CX_WORD], unit[CX_WORD] = "";
    const int n = cx_told_variants(s, which);
    begin(&c, v, window(t, s));
    for (int i = 0; i < n; i++) {
        const struct cx_result *r = &t->run[which[i]].result;
        const int series = series_of(t, which[i], s->chart[0].series);
        cx_unit_text(r->series_unit[series], unit);
        add_line(&c, v, r, series);
        snprintf(c.line[i].label, CX_WORD, "%s", t->tale->variant[which[i]].label);
    }
    name_curve(&s->chart[0], name);
    snprintf(c.unit, sizeof c.unit, "%.50s%s%.20s", name,
             *unit                ? ", "
             : *s->chart[0].label ? ""
                                  : ", relative",
             unit);
    snprintf(c.alt, sizeof c.alt, "%.80s over time, one line for each variant", name);
    finish(p, &c, -1);
}

/* Several things in one variant. */
static void put_many(struct cx_text *p, const struct cx_told *t, const struct cx_tale_step *s,
                     struct curves *v, int variant) {
    const struct cx_result *r = &t->run[variant].result;
    struct cx_chart c;
    begin(&c, v, window(t, s));
    for (int i = 0; i < s->charts; i++) {
        const int series = series_of(t, variant, s->chart[i].series);
        add_line(&c, v, r, series);
        make_relative(r, series, v->value[i]);
        name_curve(&s->chart[i], c.line[i].label);
    }
    snprintf(c.unit, sizeof c.unit, "%% of its highest value");
    snprintf(c.alt, sizeof c.alt, "%d quantities over time, each in percent of its highest value",
             s->charts);
    finish(p, &c, variant);
}

enum cx_status cx_told_charts(struct cx_text *p, const struct cx_told *t,
                              const struct cx_tale_step *s, struct cx_error *e) {
    int which[CX_TALE_VARIANTS];
    const int n = cx_told_variants(s, which);
    if (!s->charts) return CX_OK;
    struct curves *v = malloc(sizeof *v);
    if (!v) return cx_fail(e, CX_STORAGE, 61, "no memory for the charts of the story");
    if (s->charts == 1)
        put_one(p, t, s, v);
    else
        for (int i = 0; i < n; i++) put_many(p, t, s, v, which[i]);
    free(v);
    return CX_OK;
}
