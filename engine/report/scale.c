/* scale.c - from numbers to points of a picture (declared in chart.h). */
#include "report/chart.h"

#include <math.h>

double cx_scale_at(const struct cx_scale *s, double value) {
    const double lo = s->log ? log(s->lo) : s->lo, hi = s->log ? log(s->hi) : s->hi;
    const double at = s->log ? log(value > s->lo ? value : s->lo) : value;
    return s->from + (s->to - s->from) * (at - lo) / (hi - lo);
}

/* Both start as NaN: every comparison with it is false, so the first finite value sets both. */
void cx_scale_widen(double value, double *lowest, double *highest) {
    if (!isfinite(value)) return;
    if (!(*lowest <= value)) *lowest = value;
    if (!(*highest >= value)) *highest = value;
}

void cx_scale_fit(struct cx_scale *s, double lowest, double highest) {
    if (!isfinite(lowest) || !isfinite(highest)) {
        lowest = 0;
        highest = 1;
    }
    const double spread = highest - lowest;
    const double size = fmax(fabs(lowest), fabs(highest));
    const double air = spread > 1e-9 * size ? 0.06 * spread : size > 0 ? 0.1 * size : 1;
    const bool near_zero = lowest >= 0 && lowest < 0.4 * highest;
    s->lo = near_zero || (lowest == 0 && highest == 0) ? 0 : lowest - air;
    s->hi = highest + air;
}

void cx_scale_put_days(struct cx_text *p, const struct cx_scale *s, int want, int y) {
    const struct cx_ticks t =
        s->log ? cx_ticks_log_days(s->lo, s->hi) : cx_ticks_days(s->lo, s->hi, want);
    char word[CX_WORD];
    for (int i = 0; i < t.n; i++) {
        const double x = cx_scale_at(s, t.at[i]);
        if (s->log)
            cx_log_day_text(t.at[i], word);
        else
            cx_tick_text(t.at[i], t.step, word);
        cx_text_add(p, "<path d='M%.1f %dv4'/><text x=%.1f y=%d text-anchor=middle>%s</text>", x, y,
                    x, y + 16, word);
    }
}
