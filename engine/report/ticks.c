/* ticks.c - where an axis puts its numbers (declared in words.h). */
#include "report/words.h"

#include <math.h>
#include <stdio.h>

/* Multiples of the step inside lo..hi; a hair of tolerance keeps the ends. */
static void fill(struct cx_ticks *t, double lo, double hi) {
    const double first = ceil(lo / t->step - 1e-9);
    for (int i = 0; t->n < CX_TICKS_MAX; i++) {
        const double at = (first + i) * t->step;
        if (at > hi + 1e-9 * t->step) return;
        t->at[t->n++] = at == 0 ? 0 : at; /* never "-0" */
    }
}

struct cx_ticks cx_ticks_linear(double lo, double hi, int want) {
    struct cx_ticks t = {0};
    if (!(hi > lo) || !isfinite(hi - lo)) return t;
    const double raw = (hi - lo) / (want > 1 ? want : 2), base = pow(10, floor(log10(raw)));
    const double rest = raw / base;
    t.step = base * (rest <= 1 ? 1 : rest <= 2 ? 2 : rest <= 5 ? 5 : 10);
    fill(&t, lo, hi);
    return t;
}

struct cx_ticks cx_ticks_days(double lo, double hi, int want) {
    static const double steps[] = {1, 2, 7, 14, 28, 56, 84, 168, 364};
    struct cx_ticks t = {0};
    if (!(hi > lo)) return t;
    if (hi - lo < want) return cx_ticks_linear(lo, hi, want);
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        if ((hi - lo) / steps[i] > want) continue;
        t.step = steps[i];
        fill(&t, lo, hi);
        return t;
    }
    return cx_ticks_linear(lo, hi, want);
}

/* day, short name */
static const struct {
    double day;
    const char *name;
} named[] = {
    {1.0 / 1440, "1 min"},
    {10.0 / 1440, "10 min"},
    {1.0 / 24, "1 h"},
    {0.25, "6 h"},
    {1, "1 d"},
    {3, "3 d"},
    {7, "1 wk"},
    {28, "4 wk"},
    {84, "12 wk"},
    {168, "24 wk"},
    {364, "1 yr"},
    {1092, "3 yr"},
    {3640, "10 yr"},
};

struct cx_ticks cx_ticks_log_days(double lo, double hi) {
    struct cx_ticks t = {0};
    for (size_t i = 0; i < sizeof named / sizeof *named && t.n < CX_TICKS_MAX; i++)
        if (named[i].day >= lo * (1 - 1e-9) && named[i].day <= hi * (1 + 1e-9))
            t.at[t.n++] = named[i].day;
    return t;
}

/* A dish that nobody treated has no session to count from. */
const char *cx_time_words(bool log, bool untreated) {
    if (untreated) return log ? "time, logarithmic" : "time, days";
    return log ? "time since first session, logarithmic" : "time since first session, days";
}

void cx_log_day_text(double day, char out[CX_WORD]) {
    for (size_t i = 0; i < sizeof named / sizeof *named; i++) {
        if (named[i].day != day) continue;
        snprintf(out, CX_WORD, "%s", named[i].name);
        return;
    }
    cx_day_text(day, out);
}

void cx_tick_text(double value, double step, char out[CX_WORD]) {
    const double size = fabs(value);
    if (value == 0 || !(step > 0)) {
        cx_number_text(value, out);
        return;
    }
    if (size >= 1e5 || step < 9.99e-4) {
        cx_number_text(value, out);
        return;
    }
    int decimals = 0;
    for (double s = step; decimals < 6 && fabs(s - round(s)) > 1e-6 * s; s *= 10) decimals++;
    snprintf(out, CX_WORD, "%s%.*f", value < 0 ? "−" : "", decimals, size);
}
