/* factors.h - the linear algebra of the twin: one small system per line of cells, solved by Gaussian elimination.
 *
 * A step divides its increments by P = (d - g h A_x) d^-1 (d - g h A_y) d^-1 (d - g h A_z) with d = 1 + g h loss.  A_x is
 * diffusion along x alone, so d - g h A_x falls apart into one system per line of cells along x; its matrix is written
 * out in full here. */
#ifndef CICATRIX_TWIN_FACTORS_H
#define CICATRIX_TWIN_FACTORS_H

#include "validation/twin/transport.h"

/* A line of cells of species q along `axis`, from its first cell on. */
struct twin_line {
    int q, axis, first;
    double gh;          /* g h of the step */
    const double *loss; /* [cells], of the first stage */
};

/* M = d - g h A along a line, [n][n] row by row: losses, what its cells pass to each other, what passes its two ends. */
static inline void fill_matrix(const struct twin *t, const struct twin_fields *w,
                               const struct twin_line *l) {
    const int axis = l->axis, n = t->n[axis], step = stride(t, axis),
              last = l->first + (n - 1) * step;
    double *M = w->matrix;
    memset(M, 0, (size_t)(n * n) * sizeof *M);
    for (int i = 0; i < n; i++) M[i * n + i] = 1 + l->gh * l->loss[l->first + i * step];
    for (int i = 0; i < (t->periodic[axis] ? n : n - 1); i++) {
        const int next = (i + 1) % n, cell[2] = {l->first + i * step, l->first + next * step};
        const double r = l->gh * face_D(t, w, l->q, cell) * conductance(t, axis, i);
        M[i * n + i] += r / volume(t, axis, i);
        M[i * n + next] -= r / volume(t, axis, i);
        M[next * n + next] += r / volume(t, axis, next);
        M[next * n + i] -= r / volume(t, axis, next);
    }
    M[0] += l->gh * side_rate(t, w, l->q, (int[]){axis, LOW, l->first});
    M[n * n - 1] += l->gh * side_rate(t, w, l->q, (int[]){axis, HIGH, last});
}

/* Solves M x = d in place.  Each diagonal is larger than the rest of its row together: no pivoting. */
static inline void eliminate(int n, double *M, double *d) {
    for (int row = 0; row < n; row++)
        for (int below = row + 1; below < n; below++) {
            const double times = M[below * n + row] / M[row * n + row];
            if (times == 0) continue;
            for (int c = row; c < n; c++) M[below * n + c] -= times * M[row * n + c];
            d[below] -= times * d[row];
        }
    for (int row = n - 1; row >= 0; row--) {
        for (int c = row + 1; c < n; c++) d[row] -= M[row * n + c] * d[c];
        d[row] /= M[row * n + row];
    }
}

/* ---- all lines --------------------------------------------------------------------------------------------------- */

/* k = (d - g h A_axis)^-1 k, line by line. */
static inline void divide_by_axis(const struct twin *t, const struct twin_fields *w, double *k,
                                  struct twin_line l) {
    const int n = t->n[l.axis], step = stride(t, l.axis);
    for (l.first = 0; l.first < twin_cells(t); l.first++) {
        if (along(t, l.axis, l.first) != 0) continue;
        for (int i = 0; i < n; i++) w->line[i] = k[l.first + i * step];
        fill_matrix(t, w, &l);
        eliminate(n, w->matrix, w->line);
        for (int i = 0; i < n; i++) k[l.first + i * step] = w->line[i];
    }
}

/* k = P^-1 k for every species.  Where nothing moves, or along no axis, P is d.  The losses are those of the first stage
 * in both, D is that of the stage. */
static inline void divide_by_factors(const struct twin *t, const struct twin_fields *w, double gh,
                                     double *const *loss) {
    for (int q = 0; q < t->model->species_count; q++) {
        double *k = w->f[q];
        bool divided = false;
        for (int axis = X; axis <= Z && moves(t, q); axis++) {
            if (t->n[axis] == 1) continue;
            for (int c = 0; c < twin_cells(t) && divided; c++) k[c] *= 1 + gh * loss[q][c];
            divide_by_axis(t, w, k, (struct twin_line){q, axis, 0, gh, loss[q]});
            divided = true;
        }
        for (int c = 0; c < twin_cells(t) && !divided; c++) k[c] /= 1 + gh * loss[q][c];
    }
}

#endif
