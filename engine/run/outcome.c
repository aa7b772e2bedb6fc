/* outcome.c - see outcome.h */
#include "run/outcome.h"

#include <math.h>
#include <string.h>

int cx_series_find(const struct cx_model *m, const char *name) {
    for (int i = 0; i < m->series_count; i++)
        if (strcmp(m->series[i].name, name) == 0) return i;
    return -1;
}

static double at(const struct cx_history *h, int series, int i) {
    return h->value[(size_t)i * (size_t)h->series + (size_t)series];
}

double cx_history_at(const struct cx_history *h, int series, double t) {
    if (h->n == 0) return NAN;
    if (t <= h->t_h[0]) return at(h, series, 0);
    for (int i = 1; i < h->n; i++) {
        if (h->t_h[i] < t) continue;
        const double span = h->t_h[i] - h->t_h[i - 1];
        const double share = span > 0 ? (t - h->t_h[i - 1]) / span : 1;
        return at(h, series, i - 1) + share * (at(h, series, i) - at(h, series, i - 1));
    }
    return at(h, series, h->n - 1);
}

/* Index of the extreme value (sign 1: largest). */
static int extreme(const struct cx_history *h, int series, double sign) {
    int best = 0;
    for (int i = 1; i < h->n; i++)
        if (sign * at(h, series, i) > sign * at(h, series, best)) best = i;
    return best;
}

/* Time of the extreme value: the vertex of the parabola through the largest sample and its neighbours, since samples lie a
 * few percent of the time apart.  A value beside a jump (a session) stays where it is. */
static double extreme_time(const struct cx_history *h, int series, double sign) {
    const int i = extreme(h, series, sign);
    if (i == 0 || i == h->n - 1) return h->t_h[i];
    const double left = h->t_h[i] - h->t_h[i - 1], right = h->t_h[i + 1] - h->t_h[i];
    if (!(left > 0 && right > 0)) return h->t_h[i];
    const double rise = sign * (at(h, series, i) - at(h, series, i - 1)) / left,
                 fall = sign * (at(h, series, i) - at(h, series, i + 1)) / right;
    if (!(rise + fall > 0)) return h->t_h[i];
    return h->t_h[i] + (rise * right - fall * left) / (2 * (rise + fall));
}

/* Time between samples i-1 and i at which the series passes `level`. */
static double crossing(const struct cx_history *h, int series, int i, double level) {
    const double a = at(h, series, i - 1), b = at(h, series, i);
    const double share = a != b ? (level - a) / (b - a) : 1;
    return h->t_h[i - 1] + share * (h->t_h[i] - h->t_h[i - 1]);
}

/* Last time above the level at or after `from`; `from` itself if never; the end if still above. */
static double last_above(const struct cx_history *h, int series, double level, double from) {
    for (int i = h->n - 1; i > 0 && h->t_h[i] > from; i--) {
        if (at(h, series, i) <= level) continue;
        return i == h->n - 1 ? h->t_h[i] : crossing(h, series, i + 1, level);
    }
    return from;
}

static double first_above(const struct cx_history *h, int series, double level) {
    for (int i = 0; i < h->n; i++)
        if (at(h, series, i) > level)
            return i && at(h, series, i - 1) < level ? crossing(h, series, i, level) : h->t_h[i];
    return NAN;
}

double cx_outcome_value(const struct cx_model *m, const struct cx_outcome_row *row,
                        const struct cx_history *h, double first, double last) {
    const int s = cx_series_find(m, row->series);
    if (s < 0 || h->n == 0) return NAN;
    const double start = at(h, s, 0), end = at(h, s, h->n - 1);
    const double day =
        strcmp(row->unit, "h") == 0 ? 1 : 24; /* times are told in the unit of the row: h or day */
    switch (row->read) {
    case CX_AT_START: return start;
    case CX_CHANGE: return start != 0 ? 100 * (end - start) / start : NAN;
    case CX_DIFFERENCE: return end - start;
    case CX_LARGEST: return at(h, s, extreme(h, s, 1));
    case CX_SMALLEST: return at(h, s, extreme(h, s, -1));
    case CX_TIME_OF_LARGEST: return (extreme_time(h, s, 1) - first) / day;
    case CX_TIME_OF_SMALLEST: return (extreme_time(h, s, -1) - first) / day;
    case CX_LAST_ABOVE: return (last_above(h, s, row->level, first) - first) / day;
    case CX_LAST_ABOVE_SESSION: return (last_above(h, s, row->level, last) - last) / day;
    case CX_FIRST_ABOVE: return (first_above(h, s, row->level) - first) / day;
    default: return end;
    }
}
