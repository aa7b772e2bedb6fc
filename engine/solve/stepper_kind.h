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
extern const struct cx_stepper_kind cx_stepper_kind_f32, cx_stepper_kind_f64;

/* D of the face between two planes: the harmonic mean, 0 where one side is closed. */
static inline double cx_face_mobility(double a, double b) {
    return a + b > 0 ? 2 * a * b / (a + b) : 0;
}

/* Largest D of the planes of a layer. */
static inline double cx_layer_mobility(const double *D, const struct cx_layer_range *l) {
    double most = 0;
    for (int k = l->from; k < l->to; k++) most = D[k] > most ? D[k] : most;
    return most;
}

#endif
