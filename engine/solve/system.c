/* system.c - see system.h */
#include "solve/system.h"

/* Face measure / cell measure of the end cell, 1/um: 1/h, or 2R/(R^2 - r^2) for a ring. */
static double face_per_volume(const struct cx_axis *a, int end) {
    const int i = end ? a->n - 1 : 0;
    const double low = a->edge[i], high = a->edge[i + 1];
    if (!a->radial) return 1 / (high - low);
    return 2 * (end ? high : low) / (high * high - low * low);
}

double cx_system_side(const struct cx_system *s, int axis, int end, double D) {
    const struct cx_axis *a = &s->grid->axis[axis];
    const int i = end ? a->n - 1 : 0;
    const double half = end ? a->edge[a->n] - a->center[i] : a->center[0] - a->edge[0];
    const double reach = D / half, transfer = s->transfer[axis][end];
    switch (s->side[axis][end]) {
    case CX_FIXED: return face_per_volume(a, end) * reach;
    case CX_ROBIN:
        return D > 0 ? face_per_volume(a, end) * transfer * reach / (transfer + reach) : 0;
    default: return 0;
    }
}
