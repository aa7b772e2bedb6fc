/* step.h - the step of the twin: ROS2 with approximate matrix factorisation [Verwer, Spee, Blom & Hundsdorfer 1999,
 * 10.1137/S1064827597326651].
 *
 *   P k1 = F(u)                       P k2 = F(u + h k1) - 2 k1                   u' = u + h (a k1 + b k2)
 *
 * a = 3/2, b = 1/2, but for fields that are used up fast (choose_weights).  P only has to resemble 1 - g h F'(u): the
 * order is 2 for any P, and the step is stable when P is not too small. */
#ifndef CICATRIX_TWIN_STEP_H
#define CICATRIX_TWIN_STEP_H

#include "validation/twin/factors.h"

/* ---- room -------------------------------------------------------------------------------------------------------- */

static inline bool twin_fields_open(const struct twin *t, struct twin_fields *w) {
    const size_t cells = (size_t)twin_cells(t), species = (size_t)t->model->species_count;
    const size_t longest = (size_t)fmax(fmax(t->n[X], t->n[Y]), t->n[Z]);
    double *at = calloc(5 * species * cells + longest * (longest + 1), sizeof *at);
    *w = (struct twin_fields){.block = at};
    if (!at) return false;
    for (size_t q = 0; q < species; q++) {
        w->u[q] = at, w->D[q] = at + cells, w->phi[q] = at + 2 * cells;
        w->f[q] = at + 3 * cells, w->loss[q] = at + 4 * cells;
        at += 5 * cells;
    }
    w->matrix = at;
    w->line = at + longest * longest;
    return true;
}
static inline void twin_fields_close(struct twin_fields *w) { free(w->block); }

/* ---- judging a step ---------------------------------------------------------------------------------------------- */

/* Size of a cell: its measure along x, times y, times z. */
static inline double cell_volume(const struct twin *t, int c) {
    return volume(t, X, along(t, X, c)) * volume(t, Y, along(t, Y, c)) *
           volume(t, Z, along(t, Z, c));
}

/* Error of species q: volume-weighted root mean square of `wrong`, against that of the new values.  The thousandth of
 * the typical size keeps a field that is nearly 0 from asking for tiny steps. */
static inline double species_error(const struct twin *t, int q, const double *wrong) {
    double errors = 0, values = 0, room = 0;
    for (int c = 0; c < twin_cells(t); c++) {
        const double V = cell_volume(t, c);
        errors += V * wrong[c];
        values += V * t->u[q][c] * t->u[q][c];
        room += V;
    }
    const double size = sqrt(values / room) + 1e-3 * t->model->species[q].scale;
    return sqrt(errors / room) / (t->tolerance * size);
}

/* New values of species q from both increments.  wrong [cells]: square of the error of each cell; what is cut off below
 * 0 counts as error and is booked. */
static inline void settle(struct twin *t, int q, const struct twin_fields stage[2], double h,
                          double *wrong) {
    for (int c = 0; c < twin_cells(t); c++) {
        const double k1 = stage[0].f[q][c], k2 = stage[1].f[q][c];
        const double z = twin_g * h * stage[0].loss[q][c];
        double a, b;
        choose_weights(z, &a, &b);
        const double made = h * (a * k1 + b * k2), wanted = t->u[q][c] + made;
        const double cut = wanted < 0 ? -wanted : 0, estimate = choose_estimate(made - h * k1, z);
        t->u[q][c] = wanted + cut;
        wrong[c] = estimate * estimate + cut * cut;
    }
}

static inline void settle_all(struct twin *t, struct twin_fields stage[2], double h,
                              struct twin_verdict *v) {
    *v = (struct twin_verdict){.worst = -1};
    for (int q = 0; q < t->model->species_count; q++) {
        double *wrong = stage[1].u[q]; /* not needed any more */
        settle(t, q, stage, h, wrong);
        const double error = species_error(t, q, wrong);
        if (error > v->error) *v = (struct twin_verdict){error, q};
    }
}

/* ---- the step ---------------------------------------------------------------------------------------------------- */

/* stage[1] starts at u + h k1, not below 0; its right-hand side becomes F(u + h k1) - 2 k1. */
static inline void second_stage(const struct twin *t, struct twin_fields stage[2], double h) {
    const int species = t->model->species_count, cells = twin_cells(t);
    for (int q = 0; q < species; q++)
        for (int c = 0; c < cells; c++)
            stage[1].u[q][c] = fmax(t->u[q][c] + h * stage[0].f[q][c], 0);
    right_hand_side(t, &stage[1]);
    for (int q = 0; q < species; q++)
        for (int c = 0; c < cells; c++) stage[1].f[q][c] -= 2 * stage[0].f[q][c];
}

/* Takes a step of h hours; false if there is no memory. */
static inline bool twin_step(struct twin *t, double h, struct twin_verdict *v) {
    struct twin_fields stage[2];
    const bool first = twin_fields_open(t, &stage[0]),
               both = first && twin_fields_open(t, &stage[1]);
    if (both) {
        for (int q = 0; q < t->model->species_count; q++)
            memcpy(stage[0].u[q], t->u[q], (size_t)twin_cells(t) * sizeof(double));
        right_hand_side(t, &stage[0]);
        divide_by_factors(t, &stage[0], twin_g * h, stage[0].loss); /* k1 */
        second_stage(t, stage, h);
        divide_by_factors(t, &stage[1], twin_g * h, stage[0].loss); /* k2 */
        settle_all(t, stage, h, v);
    }
    if (both) twin_fields_close(&stage[1]);
    if (first) twin_fields_close(&stage[0]);
    return both;
}

#endif
