/* compare.c - see compare.h: both runs, their outcomes and their series. */
#include "report/compare.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const double same_time = 1e-9; /* share of the time, or day */

double cx_compare_share(double a, double b) {
    if (isnan(a) && isnan(b)) return 0;
    if (isnan(a) || isnan(b)) return INFINITY;
    const double size = fmax(fabs(a), fabs(b));
    return a == b ? 0 : size > 0 ? fabs(b - a) / size : 0;
}

/* Outcomes --------------------------------------------------------------------------------------------------------- */
static struct cx_compared_outcome *row_of(struct cx_comparison *c, const char *name) {
    for (int i = 0; i < c->outcomes; i++)
        if (strcmp(c->outcome[i].name, name) == 0) return &c->outcome[i];
    struct cx_compared_outcome *row = &c->outcome[c->outcomes++];
    *row = (struct cx_compared_outcome){.value = {NAN, NAN}};
    snprintf(row->name, sizeof row->name, "%s", name);
    return row;
}

/* In the order of the first run, then what only the second one has. */
enum cx_status cx_compare_outcomes(struct cx_comparison *c, struct cx_error *e) {
    const struct cx_outcomes *o[2] = {&c->run[0].record.o, &c->run[1].record.o};
    const int most = o[0]->outcome_count + o[1]->outcome_count;
    c->outcome = calloc((size_t)most + 1, sizeof *c->outcome);
    if (!c->outcome) return cx_fail(e, CX_STORAGE, 61, "no memory for %d outcomes", most);
    for (int r = 0; r < 2; r++)
        for (int i = 0; i < o[r]->outcome_count; i++) {
            struct cx_compared_outcome *row = row_of(c, o[r]->outcome[i].name);
            row->in[r] = true;
            row->value[r] = o[r]->outcome[i].value;
            snprintf(row->unit, sizeof row->unit, "%s", o[r]->outcome[i].unit);
        }
    for (int i = 0; i < c->outcomes; i++) {
        struct cx_compared_outcome *row = &c->outcome[i];
        row->difference = row->value[1] - row->value[0];
        row->relative =
            row->in[0] && row->in[1] ? cx_compare_share(row->value[0], row->value[1]) : INFINITY;
    }
    return CX_OK;
}

/* Series ----------------------------------------------------------------------------------------------------------- */
/* One table of times and values: the history, or the stored pictures. */
struct table {
    int n, series;
    const double *day, *value;
};

static struct table table_of(const struct cx_result *r, bool fine) {
    return fine ? (struct table){r->history_length, r->series, r->history_day, r->history_value}
                : (struct table){r->frames, r->series, r->time_day, r->frame_series};
}

/* NaN on both sides is no difference; on one side it is an infinite one. */
static void see(struct cx_compared_series *s, double day, const double value[2], double *size) {
    const bool absent[2] = {isnan(value[0]), isnan(value[1])};
    const double difference = absent[0] && absent[1]   ? 0
                              : absent[0] || absent[1] ? INFINITY
                                                       : fabs(value[1] - value[0]);
    s->times++;
    if (!absent[0]) *size = fmax(*size, fabs(value[0]));
    if (!absent[1]) *size = fmax(*size, fabs(value[1]));
    if (s->times > 1 && difference <= s->difference) return;
    s->difference = difference;
    s->day = day;
    s->value[0] = value[0];
    s->value[1] = value[1];
}

/* Both ascend in time. */
static void walk(struct cx_compared_series *s, const struct table t[2], double *size) {
    for (int a = 0, b = 0; a < t[0].n && b < t[1].n;) {
        const double day = t[0].day[a], apart = t[1].day[b] - day;
        if (fabs(apart) <= same_time * fmax(1, fabs(day))) {
            const size_t one = (size_t)a++ * (size_t)t[0].series + (size_t)s->number[0];
            const size_t two = (size_t)b++ * (size_t)t[1].series + (size_t)s->number[1];
            see(s, day, (const double[2]){t[0].value[one], t[1].value[two]}, size);
        } else if (apart > 0) {
            a++;
        } else {
            b++;
        }
    }
}

/* The stored pictures are exact and common to runs with the same output times; the history has the times of the steps,
 * which two runs share only if they took the same steps. */
static void compare_one(const struct cx_comparison *c, struct cx_compared_series *s) {
    double size = 0;
    for (int fine = 0; fine < 2; fine++) {
        const struct table t[2] = {table_of(&c->run[0].result, fine),
                                   table_of(&c->run[1].result, fine)};
        walk(s, t, &size);
    }
    s->relative = s->difference > 0 ? s->difference / size : 0;
}

enum cx_status cx_compare_series(struct cx_comparison *c, struct cx_error *e) {
    const struct cx_result *a = &c->run[0].result, *b = &c->run[1].result;
    c->one = calloc((size_t)a->series + 1, sizeof *c->one);
    if (!c->one) return cx_fail(e, CX_STORAGE, 61, "no memory for %d series", a->series);
    for (int i = 0; i < a->series; i++) {
        const int other = cx_result_find_series(b, a->series_name[i]);
        if (other < 0 || strcmp(a->series_unit[i], b->series_unit[other]) != 0) continue;
        struct cx_compared_series *s = &c->one[c->series++];
        *s = (struct cx_compared_series){.number = {i, other}};
        snprintf(s->name, sizeof s->name, "%s", a->series_name[i]);
        snprintf(s->unit, sizeof s->unit, "%s", a->series_unit[i]);
        compare_one(c, s);
    }
    return CX_OK;
}

/* All -------------------------------------------------------------------------------------------------------------- */
static enum cx_status fill(struct cx_comparison *c, struct cx_error *e) {
    CX_TRY(cx_compare_outcomes(c, e));
    CX_TRY(cx_compare_series(c, e));
    return cx_compare_fields(c, e);
}

enum cx_status cx_compare(struct cx_comparison *c, const char *first, const char *second,
                          struct cx_error *e) {
    memset(c, 0, sizeof *c);
    CX_TRY(cx_plot_open(&c->run[0], first, e));
    enum cx_status status = cx_plot_open(&c->run[1], second, e);
    if (status) {
        cx_plot_close(&c->run[0]);
        return status;
    }
    status = fill(c, e);
    if (status) cx_comparison_free(c);
    return status;
}

void cx_comparison_free(struct cx_comparison *c) {
    for (int r = 0; r < 2; r++) cx_plot_close(&c->run[r]);
    free(c->outcome);
    free(c->one);
    free(c->field);
    c->outcome = NULL;
    c->one = NULL;
    c->field = NULL;
}

int cx_compare_beyond(const struct cx_comparison *c, double tolerance) {
    int n = 0;
    for (int i = 0; i < c->outcomes; i++) n += !(c->outcome[i].relative <= tolerance);
    for (int i = 0; i < c->series; i++) n += !(c->one[i].relative <= tolerance);
    for (int i = 0; i < c->fields; i++) n += !(c->field[i].relative <= tolerance);
    return n;
}
