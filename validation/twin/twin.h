/* twin.h - the readable twin of the solver: the same equations, written to be read and to be right, not to be fast.
 *
 * The engine (engine/solve, engine/space) does this work in rows, tiles, threads and two precisions.  Here is the same
 * step in plain double loops over cells and faces, sharing no line with it but the functions of the model.  The test
 * tests/validation/test_twin.c holds the engine to it; README.md walks through it.  Order of reading: this file,
 * transport.h, factors.h, step.h. */
#ifndef CICATRIX_TWIN_H
#define CICATRIX_TWIN_H

#include "engine/model.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { X, Y, Z };
enum { LOW, HIGH };
/* What is behind a side: nothing passes; a value is held there; or it leaks with a transfer velocity. */
enum twin_side { WALL, HELD, LEAKY };

enum { TWIN_INPUTS = 16 };

/* Everything that a step depends on.  A cell (i, j, k) lies at i + n[X] (j + n[Y] k); k = 0 is the deepest plane. */
struct twin {
    const struct cx_model *model;
    int n[3];
    const double *edge[3]; /* um, [n + 1]: cell i lies between edge[i] and edge[i + 1] */
    bool periodic[3];
    bool radial; /* x is a radius, cells are rings */
    enum twin_side side[3][2];
    double transfer[3][2];              /* um/h, of leaky sides */
    const double *rest[CX_SPECIES_MAX]; /* [nz], value outside a held or leaky side */
    const double *D
        [CX_SPECIES_MAX]; /* [nz], um2/h, diffusivity of the healthy plane; 0: closed to this species */
    const double *p;      /* parameters of the model, derived ones behind them */
    const double *input[TWIN_INPUTS]; /* [cells] */
    double tolerance;
    double *u[CX_SPECIES_MAX]; /* [cells], the state */
};

/* What a step found out about itself. */
struct twin_verdict {
    double error; /* largest of the species' errors, 1 = what the tolerance allows */
    int worst;    /* the species that sets it */
};

/* ---- choices: places where another answer would be a method as well ---------------------------------------------- */

/* D of a face between two planes of fixed diffusivity: harmonic, as two resistors in series. */
static inline double choose_plane_face(double Da, double Db) {
    return Da + Db > 0 ? 2 * Da * Db / (Da + Db) : 0;
}

/* D of a face between two cells whose diffusivity depends on the state: the mean.  `open`: neither side is closed. */
static inline double choose_cell_face(double Da, double Db, bool open) {
    return open ? (Da + Db) / 2 : 0;
}

/* 1 - 1/sqrt 2: damps fast modes completely. */
static const double twin_g = 1 - 0.70710678118654752440;

/* What an end cell gains per h and per difference to a held or leaky side: half a cell of diffusion, conductance
 * D / half, alone or in series with the transfer of the side. */
static inline double choose_side(enum twin_side side, double half_cell, double transfer) {
    if (side == HELD) return half_cell;
    if (side == LEAKY && half_cell > 0) return transfer * half_cell / (transfer + half_cell);
    return 0;
}

/* Weights a, b of u' = u + h (a k1 + b k2) for a field that loses z = g h loss in a step: 3/2 and 1/2 where z is small,
 * 1 and g where the field is used up within the step and only follows what drives it.  The change between them starts
 * with z^3 and so costs no order. */
static inline void choose_weights(double z, double *a, double *b) {
    const double y = z / (1 + z), share = y * y * y;
    *a = 1.5 - 0.5 * share;
    *b = 0.5 - (0.5 - twin_g) * share;
}

/* What counts as the error of a cell: the distance to the solution of first order, less where the field is held fast. */
static inline double choose_estimate(double distance, double z) { return distance / (1 + z); }

/* ---- cells and faces --------------------------------------------------------------------------------------------- */

static inline int twin_cells(const struct twin *t) { return t->n[X] * t->n[Y] * t->n[Z]; }

/* How far the neighbour along an axis is in memory. */
static inline int stride(const struct twin *t, int axis) {
    return axis == X ? 1 : axis == Y ? t->n[X] : t->n[X] * t->n[Y];
}

/* Index of a cell along one axis. */
static inline int along(const struct twin *t, int axis, int cell) {
    return cell / stride(t, axis) % t->n[axis];
}

/* The cell `steps` further along an axis; -1 behind a wall. */
static inline int neighbour(const struct twin *t, int axis, int cell, int steps) {
    const int n = t->n[axis], i = along(t, axis, cell), wanted = i + steps;
    if (wanted >= 0 && wanted < n) return cell + steps * stride(t, axis);
    if (!t->periodic[axis] || n == 1) return -1;
    return cell + ((wanted % n + n) % n - i) * stride(t, axis);
}

static inline double width(const struct twin *t, int axis, int i) {
    return t->edge[axis][i + 1] - t->edge[axis][i];
}

/* Area of the face at edge `e`, and volume of cell `i`, both per area across the axis; rings count per radian. */
static inline double area(const struct twin *t, int axis, int e) {
    return axis == X && t->radial ? t->edge[X][e] : 1;
}
static inline double volume(const struct twin *t, int axis, int i) {
    const double low = t->edge[axis][i], high = t->edge[axis][i + 1];
    return axis == X && t->radial ? (high * high - low * low) / 2 : high - low;
}

/* Area over distance of the face between cell i and the next one: what a difference of 1 lets through at D = 1. */
static inline double conductance(const struct twin *t, int axis, int i) {
    const int next = (i + 1) % t->n[axis];
    const double distance = (width(t, axis, i) + width(t, axis, next)) / 2;
    return area(t, axis, i + 1) / distance;
}

static inline enum cx_movement movement_of(const struct twin *t, int q) {
    return t->model->species[q].movement;
}
static inline bool moves(const struct twin *t, int q) { return movement_of(t, q) != STILL; }
static inline bool varies(const struct twin *t, int q) {
    return movement_of(t, q) == VARIES || movement_of(t, q) == ROAMS;
}
static inline bool climbs(const struct twin *t, int q) {
    return movement_of(t, q) == TAXIS || movement_of(t, q) == ROAMS;
}
/* Whether a species can be in the plane of a cell at all. */
static inline bool is_open(const struct twin *t, int q, int cell) {
    return t->D[q][along(t, Z, cell)] > 0;
}

#endif
