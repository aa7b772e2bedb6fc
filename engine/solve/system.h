/* system.h - what the solver is given: a model on a grid with its state, inputs, parameters and sides.
 * Precision-independent; the state is double and is the only thing that a checkpoint has to hold. */
#ifndef CX_SOLVE_SYSTEM_H
#define CX_SOLVE_SYSTEM_H

#include "base/arena.h"
#include "config/scenario.h"
#include "model.h"
#include "space/grid.h"

enum { CX_INPUT_MAX = 16, CX_THREADS_MAX = 1024 };

struct cx_system {
    const struct cx_model *model;
    const struct cx_grid *grid;
    int species, threads;
    double tolerance;
    double *u[CX_SPECIES_MAX];   /* [cells], the state, in the species' units */
    double *input[CX_INPUT_MAX]; /* [cells] */
    double *param;               /* [param_count + derived_count] */
    double *rest
        [CX_SPECIES_MAX]; /* [nz], healthy value by plane: what lies outside a fixed or Robin side */
    double *mobility[CX_SPECIES_MAX]; /* [nz], um2/h, D of the healthy plane */
    enum cx_side_kind side[3][2];     /* x low, x high, y .., z low = bottom, z high = top */
    double transfer[3][2];            /* um/h, Robin sides */
};

/* Whether a species costs transport. */
static inline bool cx_system_moves(const struct cx_system *s, int q) {
    return s->model->species[q].movement != STILL;
}
static inline bool cx_system_varies(const struct cx_system *s, int q) {
    const enum cx_movement m = s->model->species[q].movement;
    return m == VARIES || m == ROAMS;
}
static inline bool cx_system_climbs(const struct cx_system *s, int q) {
    const enum cx_movement m = s->model->species[q].movement;
    return m == TAXIS || m == ROAMS;
}
/* 1/h: how strongly a side holds the end cell of an axis to what lies outside, when the cell's diffusivity is D (um2/h).
 * fixed: half a cell of diffusion; Robin: the transfer and that half cell in series.  0 where nothing crosses. */
double cx_system_side(const struct cx_system *s, int axis, int end, double D);

#endif
