/* stepper_kind.h - the functions that a precision brings; stepper.c picks one. */
#ifndef CX_SOLVE_STEPPER_KIND_H
#define CX_SOLVE_STEPPER_KIND_H

#include "solve/stepper.h"

struct cx_stepper_kind {
    size_t (*bytes)(const struct cx_system *s);
    void *(*create)(const struct cx_system *s, struct cx_arena *a);
    void (*refresh)(void *work);
    void (*attempt)(void *work, double h, struct cx_attempt *result);
    void (*between)(const void *work, double share, int q, double *out);
    void (*reject)(void *work);
    void (*measure)(const void *work, int row, double *const *m);
};
extern const struct cx_stepper_kind cx_stepper_kind_f32, cx_stepper_kind_f64,
    cx_stepper_kind_f32_wide, cx_stepper_kind_f64_wide, cx_stepper_kind_f32_widest,
    cx_stepper_kind_f64_widest;

/* D of the face between two planes: the harmonic mean, 0 where one side is closed; with `mask` 1 where both are open. */
static inline double cx_face_mobility(double a, double b, bool mask) {
    if (mask) return a > 0 && b > 0;
    return a + b > 0 ? 2 * a * b / (a + b) : 0;
}

/* Neighbouring lines of a sweep: `lanes` of them from `cell` on, cells of a line `stride` apart, first cell in `plane`. */
struct cx_strip {
    int plane, lanes;
    size_t cell, stride;
};

/* The planes [from, to). */
struct cx_planes {
    int from, to;
};

/* Cells [from, to) of a row that touch the side at one end of an axis. */
struct cx_side_cells {
    int axis, end, from, to;
};

#endif
