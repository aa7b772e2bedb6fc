/* transport.h - the right-hand side F(u) = transport(u) + gain(u) - loss(u) u of the twin, face by face. */
#ifndef CICATRIX_TWIN_TRANSPORT_H
#define CICATRIX_TWIN_TRANSPORT_H

#include "validation/twin/twin.h"

/* Fields that one stage of a step works with, each [cells]. */
struct twin_fields {
    double *u[CX_SPECIES_MAX];
    double *D[CX_SPECIES_MAX],
        *phi[CX_SPECIES_MAX]; /* of the cells, where the model says that they vary */
    double *f[CX_SPECIES_MAX], *loss[CX_SPECIES_MAX];
    double *matrix, *line; /* [n][n] and [n] of the longest axis: room for one line */
    double *block;         /* owns all of them */
};

/* ---- diffusion: div(D grad u) ------------------------------------------------------------------------------------ */

/* D of the face between two neighbouring cells. */
static inline double face_D(const struct twin *t, const struct twin_fields *w, int q,
                            const int cell[2]) {
    if (varies(t, q))
        return choose_cell_face(w->D[q][cell[0]], w->D[q][cell[1]],
                                is_open(t, q, cell[0]) && is_open(t, q, cell[1]));
    return choose_plane_face(t->D[q][along(t, Z, cell[0])], t->D[q][along(t, Z, cell[1])]);
}

/* ---- taxis: -div(u grad phi) ------------------------------------------------------------------------------------- */

/* Half of the smaller-minded slope of van Leer: 0 at a peak, so that no new peak is made. */
static inline double half_slope(double before, double after) {
    return before * after > 0 ? before * after / (before + after) : 0;
}

/* u at the face between a and b, read from the side that the drift comes from.  Behind a wall the last cell repeats. */
static inline double upwind(const struct twin *t, const double *u, int axis, const int cell[2],
                            double rise) {
    const int a = cell[0], b = cell[1], back = neighbour(t, axis, a, -1),
              far = neighbour(t, axis, b, 1);
    const double behind = u[back < 0 ? a : back], beyond = u[far < 0 ? b : far];
    return rise > 0 ? u[a] + half_slope(u[a] - behind, u[b] - u[a])
                    : u[b] - half_slope(u[b] - u[a], beyond - u[b]);
}

/* ---- faces ------------------------------------------------------------------------------------------------------- */

/* What flows from a cell through its upper face along an axis leaves it and enters the next one: nothing is lost. */
static inline void flow_through(const struct twin *t, struct twin_fields *w, int q, int axis,
                                int a) {
    const int b = neighbour(t, axis, a, 1), i = along(t, axis, a);
    if (b < 0) return;
    const int cell[2] = {a, b};
    const double *u = w->u[q];
    double flow = conductance(t, axis, i) * face_D(t, w, q, cell) * (u[a] - u[b]);
    if (climbs(t, q) && is_open(t, q, a) && is_open(t, q, b)) {
        const double rise = w->phi[q][b] - w->phi[q][a];
        flow += conductance(t, axis, i) * rise * upwind(t, u, axis, cell, rise);
    }
    w->f[q][a] -= flow / volume(t, axis, i);
    w->f[q][b] += flow / volume(t, axis, along(t, axis, b));
}

/* D of a cell: its own where it varies, else that of its plane; 0 where the plane is closed. */
static inline double cell_D(const struct twin *t, const struct twin_fields *w, int q, int cell) {
    if (!is_open(t, q, cell)) return 0;
    return varies(t, q) ? w->D[q][cell] : t->D[q][along(t, Z, cell)];
}

/* 1/h: how fast a cell relaxes to what is outside one end of an axis; 0 if it does not lie there. */
static inline double side_rate(const struct twin *t, const struct twin_fields *w, int q,
                               const int where[3]) {
    const int axis = where[0], end = where[1], cell = where[2], i = along(t, axis, cell);
    if (i != (end == HIGH ? t->n[axis] - 1 : 0)) return 0;
    double D = cell_D(t, w, q, cell);
    if (D > 0 && varies(t, q) && t->side[axis][end] == HELD)
        D = t->D[q][along(t, Z, cell)]; /* that of the wall */
    const double half_cell = D / (width(t, axis, i) / 2);
    const double through = choose_side(t->side[axis][end], half_cell, t->transfer[axis][end]);
    return through * area(t, axis, end == HIGH ? t->n[axis] : 0) / volume(t, axis, i);
}

static inline void exchange_sides(const struct twin *t, struct twin_fields *w, int q, int cell) {
    const double outside = t->rest[q][along(t, Z, cell)] - w->u[q][cell];
    for (int axis = X; axis <= Z; axis++)
        for (int end = LOW; end <= HIGH; end++)
            w->f[q][cell] += side_rate(t, w, q, (int[]){axis, end, cell}) * outside;
}

/* ---- the model at one cell --------------------------------------------------------------------------------------- */

/* Calls the model's own functions, the only thing that the twin shares with the engine, on cell `cell` alone. */
static inline void ask_model(const struct twin *t, struct twin_fields *w, int cell, bool rates) {
    const double *u[CX_SPECIES_MAX], *in[TWIN_INPUTS];
    double *f[CX_SPECIES_MAX], *loss[CX_SPECIES_MAX], *D[CX_SPECIES_MAX], *phi[CX_SPECIES_MAX];
    for (int m = 0; m < t->model->input_count; m++) in[m] = t->input[m] + cell;
    for (int q = 0; q < t->model->species_count; q++) {
        u[q] = w->u[q] + cell, f[q] = w->f[q] + cell, loss[q] = w->loss[q] + cell;
        D[q] = w->D[q] + cell, phi[q] = w->phi[q] + cell;
    }
    if (rates)
        t->model->f64->rates(t->p, u, in, f, loss, 0, 1); /* adds gain - loss u to f */
    else
        t->model->f64->movement(t->p, u, in, D, phi, 0, 1);
}

/* f = F(u), loss = the loss rates at u. */
static inline void right_hand_side(const struct twin *t, struct twin_fields *w) {
    const int cells = twin_cells(t);
    for (int c = 0; c < cells; c++) ask_model(t, w, c, false);
    for (int q = 0; q < t->model->species_count; q++) {
        memset(w->f[q], 0, (size_t)cells * sizeof(double));
        if (!moves(t, q)) continue;
        for (int c = 0; c < cells; c++) {
            for (int axis = X; axis <= Z; axis++) flow_through(t, w, q, axis, c);
            exchange_sides(t, w, q, c);
        }
    }
    for (int c = 0; c < cells; c++) ask_model(t, w, c, true);
}

#endif
