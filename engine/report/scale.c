/* scale.c - from numbers to points of a picture (declared in chart.h). */
#include "report/chart.h"

#include <math.h>

double cx_scale_at(const struct cx_scale *s, double value) {
    const double lo = s->log ? log(s->lo) : s->lo, hi = s->log ? log(s->hi) : s->hi;
    const double at = s->log ? log(value > s->lo ? value : s->lo) : value;
    return s->from + (s->to - s->from) * (at - lo) / (hi - lo);
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
