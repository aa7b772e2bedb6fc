/* stepper.c - picks the precision of a stepper, and the code that this processor can run; see stepper.h */
#include "solve/stepper.h"

#include "base/cpu.h"
#include "solve/stepper_kind.h"

struct cx_stepper {
    const struct cx_stepper_kind *kind;
    void *work;
};

static const struct cx_stepper_kind *kind_of(enum cx_precision p) {
    static const struct cx_stepper_kind *const kinds[CX_CPU_KINDS][2] = {
        {&cx_stepper_kind_f32, &cx_stepper_kind_f64},
        {&cx_stepper_kind_f32_wide, &cx_stepper_kind_f64_wide},
        {&cx_stepper_kind_f32_widest, &cx_stepper_kind_f64_widest}};
    return kinds[cx_cpu_kind()][p == CX_DOUBLE];
}

size_t cx_stepper_bytes(const struct cx_system *s, enum cx_precision precision) {
    return cx_arena_cost(sizeof(struct cx_stepper)) + kind_of(precision)->bytes(s);
}

struct cx_stepper *cx_stepper_create(struct cx_system *s, enum cx_precision precision,
                                     struct cx_arena *a) {
    struct cx_stepper *stepper = cx_arena_take(a, sizeof *stepper);
    stepper->kind = kind_of(precision);
    stepper->work = stepper->kind->create(s, a);
    return stepper;
}

void cx_stepper_refresh(struct cx_stepper *s) { s->kind->refresh(s->work); }
void cx_stepper_attempt(struct cx_stepper *s, double h, struct cx_attempt *r) {
    s->kind->attempt(s->work, h, r);
}
void cx_stepper_between(const struct cx_stepper *s, double share, int q, double *out) {
    s->kind->between(s->work, share, q, out);
}
void cx_stepper_reject(struct cx_stepper *s) { s->kind->reject(s->work); }
void cx_stepper_measure(const struct cx_stepper *s, int row, double *const *m) {
    s->kind->measure(s->work, row, m);
}
