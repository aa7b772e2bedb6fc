/* courses.c - see courses.h. */
#include "report/courses.h"

#include "report/viewer.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CSV_ROWS = 400, LINES = 5, DOTS = 32 };
static const double apart =
    8; /* lines of one chart differ at most by this factor, so that each can be read */

/* Where the courses come from: the finely sampled history if the file has it, else the stored frames. */
struct source {
    int n;
    const double *day, *value;
    int series;
};

/* One series with what decides where it is drawn. */
struct course {
    int number;
    enum cx_group group;
    double largest;
    bool still, tiny, drawn;
    double *value; /* [n]; with a band [3 n], then: */
    double *low, *high;
};
struct courses {
    int n;
    struct course *at;
    const struct cx_result *r;
    const struct cx_bands *b;
    struct source from;
};

/* The history is finer; a run that is still going on may have frames only. */
static struct source source_of(const struct cx_result *r) {
    const bool fine = r->history_length > 1;
    return (struct source){fine ? r->history_length : r->frames,
                           fine ? r->history_day : r->time_day,
                           fine ? r->history_value : r->frame_series, r->series};
}

/* Below this nothing can be told from zero: a ten-thousandth of a whole. */
static double negligible(const char *unit) {
    return strcmp(unit, "percent") == 0 ? 1e-2 : strcmp(unit, "1") == 0 ? 1e-4 : 0;
}

static void describe(struct course *c, const struct source *s, const char *unit) {
    double lowest = NAN, highest = NAN;
    for (int i = 0; i < s->n; i++) {
        const double v = s->value[(size_t)i * (size_t)s->series + (size_t)c->number];
        c->value[i] = v;
        if (!isfinite(v)) continue;
        if (!(lowest <= v)) lowest = v;
        if (!(highest >= v)) highest = v;
    }
    c->largest = fmax(fabs(lowest), fabs(highest));
    c->still = !(highest - lowest > 1e-9 * c->largest);
    c->tiny = !c->still && c->largest < negligible(unit);
}

static void free_courses(struct courses *c) {
    for (int i = 0; i < c->n; i++) free(c->at[i].value);
    free(c->at);
}

/* Room for the values, and the band if the series has one. */
static void make_band(struct course *c, const struct cx_bands *b, const struct source *s,
                      const char *name) {
    const int column = cx_bands_find(b, name);
    const size_t n = (size_t)s->n;
    c->value = malloc(((column < 0 ? n : 3 * n) + 1) * sizeof(double));
    if (!c->value || column < 0) return;
    c->low = c->value + n;
    c->high = c->low + n;
    cx_bands_course(b, column, s->day, s->n, c->low);
    cx_bands_course(b, column + 1, s->day, s->n, c->high);
}

/* Each series becomes its own column of numbers, since the file keeps them row by row in time. */
static enum cx_status make_courses(struct courses *c, const struct cx_result *r,
                                   const struct cx_bands *b, struct cx_error *e) {
    *c = (struct courses){.r = r, .b = b, .from = source_of(r)};
    c->at = calloc((size_t)r->series + 1, sizeof *c->at);
    for (int i = 0; c->at && i < r->series; i++) {
        c->at[i] = (struct course){.number = i, .group = cx_group_of(r->series_name[i])};
        make_band(&c->at[i], b, &c->from, r->series_name[i]);
        c->n++;
        if (c->at[i].value) {
            describe(&c->at[i], &c->from, r->series_unit[i]);
            continue;
        }
        free_courses(c);
        c->at = NULL;
    }
    if (c->at) return CX_OK;
    cx_fail(e, CX_STORAGE, 61, "no memory for the time courses of the report");
    return CX_STORAGE;
}

/* Charts ----------------------------------------------------------------------------------------------------------- */
/* The matrix is followed region by region: lines of one chart are of one region. */
static int region_of(const struct courses *c, const struct course *one) {
    static const char *const regions[] = {"papillary", "reticular", "track"};
    for (int i = 0; i < 3; i++)
        if (strstr(c->r->series_name[one->number], regions[i])) return i + 1;
    return 0;
}

/* May `next` be drawn in the chart that `first` began?  Same group, same unit, similar size. */
static bool fits(const struct courses *c, const struct cx_chart *chart, const struct course *first,
                 const struct course *next) {
    if (chart->lines == LINES || next->still || next->tiny || next->drawn ||
        next->group != first->group)
        return false;
    if (strcmp(c->r->series_unit[next->number], c->r->series_unit[first->number]) != 0)
        return false;
    if (first->group == CX_MATRIX && region_of(c, first) != region_of(c, next)) return false;
    return next->largest <= apart * first->largest && first->largest <= apart * next->largest;
}

/* Measured values of a series drawn by this chart. */
static void add_dots(const struct cx_record *o, const char *series, const char *unit,
                     struct cx_chart *chart, struct cx_dot *dot) {
    for (int i = 0; i < o->o.observed_count && chart->dots < DOTS; i++) {
        const struct cx_observed_entry *b = &o->o.observed[i];
        const bool same = strcmp(b->outcome, series) == 0 && strcmp(b->unit, unit) == 0;
        if (!same || !isfinite(b->value) || !isfinite(b->at_day)) continue;
        if (b->at_day < chart->from_day || b->at_day > chart->to_day) continue;
        dot[chart->dots++] =
            (struct cx_dot){chart->lines - 1, b->at_day, b->value, b->low, b->high};
    }
}

/* The values stay where they are; the chart only points to them. */
static void add_line(struct cx_chart *chart, const struct courses *c, struct course *next) {
    struct cx_line *line = &chart->line[chart->lines++];
    *line = (struct cx_line){.x = c->from.day,
                             .y = next->value,
                             .n = c->from.n,
                             .doc = c->r->series_doc[next->number],
                             .low = next->low,
                             .high = next->high};
    if (next->low) {
        chart->band = c->b->words;
        chart->band_end[0] = c->b->low;
        chart->band_end[1] = c->b->high;
    }
    cx_name_text(c->r->series_name[next->number], line->label);
    next->drawn = true;
}

/* "Matrix over time: collagen I, collagen III". */
static void say_alt(struct cx_chart *c, enum cx_group g) {
    int n = snprintf(c->alt, sizeof c->alt, "%s over time:", cx_group_title(g));
    for (int l = 0; l < c->lines && n > 0 && (size_t)n < sizeof c->alt - CX_WORD; l++) {
        char name[CX_WORD]; /* a copy: both texts are parts of the chart */
        snprintf(name, sizeof name, "%s", c->line[l].label);
        n += snprintf(c->alt + n, sizeof c->alt - (size_t)n, "%s %.90s", l ? "," : "", name);
    }
    if (c->band && n > 0 && (size_t)n < sizeof c->alt)
        snprintf(c->alt + n, sizeof c->alt - (size_t)n, "; shaded: %s", c->band);
}

/* Healing slows down: after one session a logarithmic clock shows hours and weeks alike; with several sessions it would
 * squeeze all but the first. */
static void set_time(struct cx_chart *chart, const struct cx_view *v, const struct source *s,
                     enum cx_group g) {
    chart->from_day = s->n ? s->day[0] : 0;
    chart->to_day = s->n ? s->day[s->n - 1] : 1;
    if (!(chart->to_day > chart->from_day)) chart->to_day = chart->from_day + 1;
    const bool slow = g == CX_MATRIX || g == CX_OTHER;
    chart->log_days = !slow && v->sessions <= 1 && chart->to_day > 2;
    if (chart->log_days) chart->from_day = 1.0 / 48;
    chart->untreated = !v->sessions;
    chart->marks = v->sessions > 1 ? v->sessions : 0;
    chart->mark = v->session_day;
}

/* One chart: the first series and all later ones that fit beside it. */
static void put_chart(struct cx_text *p, const struct cx_view *v, struct courses *c,
                      struct course *first, const struct cx_record *o) {
    struct cx_dot dot[DOTS];
    struct cx_chart chart = {.dot = dot};
    const char *unit = c->r->series_unit[first->number];
    cx_unit_text(unit, chart.unit);
    if (!*chart.unit) snprintf(chart.unit, sizeof chart.unit, "relative");
    set_time(&chart, v, &c->from, first->group);
    for (int i = first->number; i < c->n; i++) {
        if (&c->at[i] != first && !fits(c, &chart, first, &c->at[i])) continue;
        add_line(&chart, c, &c->at[i]);
        add_dots(o, c->r->series_name[i], unit, &chart, dot);
    }
    say_alt(&chart, first->group);
    cx_chart_put(p, &chart);
    cx_viewer_chart(p, &chart);
}

/* CSV -------------------------------------------------------------------------------------------------------------- */
static bool in_group(const struct courses *c, int i, int group) {
    return (int)c->at[i].group == group;
}

/* The ends of a band have the names that they have in series_bands.csv. */
static void put_names(struct cx_text *csv, const struct courses *c, int i) {
    const char *name = c->r->series_name[i];
    cx_text_add(csv, ",%s", name);
    if (c->at[i].low) cx_text_add(csv, ",%s_low,%s_high", name, name);
}

static void put_values(struct cx_text *csv, const struct course *c, int t) {
    const double end[] = {c->low ? c->low[t] : 0, c->low ? c->high[t] : 0};
    cx_text_add(csv, ",%.5g", c->value[t]);
    for (int k = 0; c->low && k < 2; k++)
        cx_text_add(csv, isfinite(end[k]) ? ",%.5g" : ",", end[k]);
}

/* All series of the group, also those that are not drawn; every so many steps, and the last one. */
static void put_csv(struct cx_text *p, const struct courses *c, int group) {
    struct cx_text csv = {0};
    const int every = c->from.n / CSV_ROWS + 1;
    cx_text_add(&csv, "time_day");
    for (int i = 0; i < c->n; i++)
        if (in_group(c, i, group)) put_names(&csv, c, i);
    for (int t = 0; t < c->from.n; t++) {
        if (t % every != 0 && t != c->from.n - 1) continue;
        cx_text_add(&csv, "\n%.6g", c->from.day[t]);
        for (int i = 0; i < c->n; i++)
            if (in_group(c, i, group)) put_values(&csv, &c->at[i], t);
    }
    cx_text_add(&csv, "\n");
    cx_text_add(p, "<a class=csv download='%s.csv' href='", cx_group_title((enum cx_group)group));
    cx_page_data(p, "text/csv", csv.at, csv.n);
    cx_text_add(p, "'>CSV</a>");
    free(csv.at);
}

/* Names of the series that are not drawn, for a reason that is told. */
static void put_left_out(struct cx_text *p, const struct courses *c, int group, bool tiny) {
    char word[CX_WORD];
    int n = 0;
    for (int i = 0; i < c->n; i++) {
        if (!in_group(c, i, group) || !(tiny ? c->at[i].tiny : c->at[i].still)) continue;
        cx_name_text(c->r->series_name[i], word);
        cx_text_add(p, "%s",
                    n++    ? ", "
                    : tiny ? "<p class=note>Never above a ten-thousandth: "
                           : "<p class=note>Did not change: ");
        cx_page_text(p, word);
    }
    if (n) cx_text_add(p, ".</p>");
}

static int count_in(const struct courses *c, int group) {
    int n = 0;
    for (int i = 0; i < c->n; i++) n += in_group(c, i, group);
    return n;
}

enum cx_status cx_courses_put(struct cx_text *p, const struct cx_view *v, const struct cx_record *o,
                              const struct cx_bands *b, struct cx_error *e) {
    struct courses c;
    CX_TRY(make_courses(&c, v->r, b, e));
    for (int g = 0; g < CX_GROUP_COUNT; g++) {
        if (!count_in(&c, g)) continue;
        cx_text_add(p, "<div class=group><div class=grouphead><h3>%s</h3>",
                    cx_group_title((enum cx_group)g));
        put_csv(p, &c, g);
        cx_text_add(p, "</div><div class=charts>\n");
        for (int i = 0; i < c.n; i++)
            if (in_group(&c, i, g) && !c.at[i].still && !c.at[i].tiny && !c.at[i].drawn)
                put_chart(p, v, &c, &c.at[i], o);
        cx_text_add(p, "</div>");
        put_left_out(p, &c, g, true);
        put_left_out(p, &c, g, false);
        cx_text_add(p, "</div>\n");
    }
    free_courses(&c);
    return CX_OK;
}
