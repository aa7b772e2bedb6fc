/* rows_body.h - the transport of one species along one row of cells: neighbours, ghosts, couplings, sides.
 * For one precision (`real`); the loops themselves are in space/. */
#ifndef CX_SOLVE_ROWS_BODY_H
#define CX_SOLVE_ROWS_BODY_H

#include "solve/stepper_work.h"
#include "space/transport_body.h"

/* ---- rows and their neighbours ---------------------------------------------------------------- */

/* Row number of the neighbour `step` rows away along y or z, or the row itself behind a wall. */
static int neighbour(const WORK *w, int row, int axis, int step) {
    const int ny = w->shape[1], nz = w->shape[2], j = row % ny, k = row / ny;
    const int n = axis == CX_Y ? ny : nz, at = (axis == CX_Y ? j : k) + step;
    const bool inside = at >= 0 && at < n, ring = w->system->grid->axis[axis].periodic;
    if (!inside && !ring)
        return step > 0 ? row + (n - 1 - (axis == CX_Y ? j : k)) * (axis == CX_Y ? 1 : ny)
                        : row - (axis == CX_Y ? j : k) * (axis == CX_Y ? 1 : ny);
    const int wrapped = ((at % n) + n) % n;
    return axis == CX_Y ? wrapped + ny * k : j + ny * wrapped;
}

/* Copies a row between two ghost cells on each side: the wall repeats the last cell, a ring wraps. */
static real *pad(const real *row, int n, bool ring, real *buffer) {
    real *c = buffer + 2;
    memcpy(c, row, (size_t)n * sizeof *row);
    for (int g = 1; g <= 2; g++) {
        c[-g] = ring ? row[((n - g) % n + n) % n] : row[0];
        c[n - 1 + g] = ring ? row[(g - 1) % n] : row[n - 1];
    }
    return c;
}

static void find_neighbours(WORK *w) {
    const int step[4] = {-1, 1, -2, 2};
    for (int row = 0; row < w->shape[1] * w->shape[2]; row++)
        for (int i = 0; i < 8; i++)
            w->near[row][i] =
                (size_t)w->shape[CX_X] *
                (size_t)neighbour(w, row, i / 2 % 2 ? CX_Z : CX_Y, step[i % 2 + 2 * (i / 4)]);
}

/* A row of cells on its way through a block. */
struct cx_place {
    int row, j, k;
};

/* Couplings along y and z of a row for species q: times D of the faces, or (mask) times 0/1 where it can go. */
static void couple(const WORK *w, int q, struct cx_place at, bool mask,
                   struct CX_SUFFIX(cx_row_job) * job) {
    const real here = mask ? 1 : (real)w->system->mobility[q][at.k];
    job->south = here * w->low[CX_Y][at.j];
    job->north = here * w->high[CX_Y][at.j];
    job->below = (mask ? w->z_open_low : w->z_low)[q][at.k];
    job->above = (mask ? w->z_open_high : w->z_high)[q][at.k];
}

/* What the side at one end of an axis brings to the cells [from, to) of a row of species q.  A fixed side is as healthy
 * as its plane; through a leaky one flows what the D of the cell lets pass, if the plane is open at all. */
static void side_cells(const WORK *w, int q, int row, const struct cx_side_cells *side, real *f) {
    const struct cx_system *s = w->system;
    const size_t o = (size_t)w->shape[CX_X] * (size_t)row;
    const int k = row / w->shape[CX_Y];
    const real rest = (real)s->rest[q][k];
    const double healthy = cx_system_side(s, side->axis, side->end, s->mobility[q][k]);
    const bool ask = w->D[q] && s->side[side->axis][side->end] == CX_ROBIN && healthy > 0;
    for (int i = side->from; i < side->to; i++) {
        const size_t at = o + (size_t)i;
        const double rate =
            ask ? cx_system_side(s, side->axis, side->end, (double)w->D[q][at]) : healthy;
        f[i] += (real)rate * (rest - w->w[q][at]);
    }
}

/* What fixed and Robin sides bring to a row of species q. */
static void sides_row(const WORK *w, int q, int row, real *f) {
    const int nx = w->shape[CX_X], ny = w->shape[CX_Y], nz = w->shape[CX_Z], j = row % ny,
              k = row / ny;
    const bool at[3][2] = {{true, true}, {j == 0, j == ny - 1}, {k == 0, k == nz - 1}};
    for (int axis = 0; axis < 3; axis++)
        for (int end = 0; end < 2; end++) {
            if (!w->open_side[axis][end] || !at[axis][end]) continue;
            const int from = axis == CX_X && end ? nx - 1 : 0, to = axis == CX_X && !end ? 1 : nx;
            side_cells(w, q, row, &(struct cx_side_cells){axis, end, from, to}, f);
        }
}

/* ---- right-hand side -------------------------------------------------------------------------- */

static struct CX_SUFFIX(cx_row_coefficient)
    coefficient_row(const WORK *w, const real *field, int row, real *buffer) {
    const size_t *near = w->near[row], nx = (size_t)w->shape[CX_X];
    return (struct CX_SUFFIX(cx_row_coefficient)){
        pad(field + (size_t)row * nx, (int)nx, w->system->grid->axis[CX_X].periodic, buffer),
        field + near[0], field + near[1], field + near[2], field + near[3]};
}

/* The planes of a column lie side by side, so that they make one row whose x is z. */
static struct CX_SUFFIX(cx_row_job)
    column_job(const WORK *w, int q, struct cx_planes at, bool mask, real *scratch) {
    const real *u = w->w[q];
    return (struct CX_SUFFIX(cx_row_job)){
        .n = at.to - at.from,
        .low = (mask ? w->z_open_low : w->z_low)[q] + at.from,
        .high = (mask ? w->z_open_high : w->z_high)[q] + at.from,
        .s = u,
        .t = u,
        .b = u,
        .a = u,
        .ss = u,
        .tt = u,
        .bb = u,
        .aa = u,
        .c = pad(u, w->shape[CX_Z], w->system->grid->axis[CX_Z].periodic, scratch) + at.from};
}

static struct CX_SUFFIX(cx_row_coefficient)
    column_coefficient(const WORK *w, const real *field, int from, real *buffer) {
    const bool ring = w->system->grid->axis[CX_Z].periodic;
    return (struct CX_SUFFIX(cx_row_coefficient)){pad(field, w->shape[CX_Z], ring, buffer) + from,
                                                  field, field, field, field};
}

/* f = transport of species q in the planes of a column. */
static void transport_column(const WORK *w, int q, struct cx_planes at, real *scratch, real *f) {
    const struct cx_system *s = w->system;
    const int nz = w->shape[CX_Z];
    real *second = scratch + nz + 4, *diffused = cx_system_climbs(s, q) ? second + nz + 4 : f;
    struct CX_SUFFIX(cx_row_job) job = column_job(w, q, at, cx_system_varies(s, q), scratch);
    if (cx_system_varies(s, q)) {
        const struct CX_SUFFIX(cx_row_coefficient) D =
            column_coefficient(w, w->D[q], at.from, second);
        diffuse_row_varying(&job, &D, diffused);
    } else
        diffuse_row_flat(&job, 1, diffused);
    if (cx_system_climbs(s, q)) {
        const struct CX_SUFFIX(cx_row_coefficient) phi =
            column_coefficient(w, w->phi[q], at.from, second);
        job.low = w->z_open_low[q] + at.from;
        job.high = w->z_open_high[q] + at.from;
        job.diffused = diffused;
        taxis_row_flat(&job, &phi, f);
    }
    if (at.from == 0) sides_row(w, q, 0, f);
    if (at.to == nz && nz > 1) sides_row(w, q, nz - 1, f + (nz - 1 - at.from));
}

/* A row of species q and its neighbours. */
static void job_at(const WORK *w, int q, int row, real *scratch,
                   struct CX_SUFFIX(cx_row_job) * job) {
    const real *u = w->w[q];
    const size_t *near = w->near[row];
    job->s = u + near[0];
    job->t = u + near[1];
    job->b = u + near[2];
    job->a = u + near[3];
    job->ss = u + near[4];
    job->tt = u + near[5];
    job->bb = u + near[6];
    job->aa = u + near[7];
    job->c = pad(u + (size_t)row * (size_t)job->n, job->n, w->system->grid->axis[CX_X].periodic,
                 scratch);
}

/* f = transport of species q in one row. */
static void transport_row(const WORK *w, int q, struct cx_place at, real *scratch, real *f) {
    const struct cx_system *s = w->system;
    const bool varies = cx_system_varies(s, q), climbs = cx_system_climbs(s, q),
               flat = w->shape[CX_Y] == 1;
    struct CX_SUFFIX(cx_row_job)
        job = {.n = w->shape[CX_X], .low = w->low[CX_X], .high = w->high[CX_X]};
    real *second = scratch + job.n + 4, *diffused = climbs ? second + job.n + 4 : f;
    job_at(w, q, at.row, scratch, &job);
    couple(w, q, at, varies, &job);
    if (varies) {
        const struct CX_SUFFIX(cx_row_coefficient) D = coefficient_row(w, w->D[q], at.row, second);
        diffuse_row_varying(&job, &D, diffused);
    } else
        (flat ? diffuse_row_flat : diffuse_row)(&job, (real)s->mobility[q][at.k], diffused);
    if (climbs) {
        const struct CX_SUFFIX(cx_row_coefficient) phi =
            coefficient_row(w, w->phi[q], at.row, second);
        couple(w, q, at, true, &job);
        job.diffused = diffused;
        (flat ? taxis_row_flat : taxis_row)(&job, &phi, f);
    }
    if (w->open_sides) sides_row(w, q, at.row, f);
}

/* The rows after this one, in the order of the cells. */
static struct cx_place next_place(const WORK *w, struct cx_place at) {
    const bool ends = at.j + 1 == w->shape[CX_Y];
    return (struct cx_place){at.row + 1, ends ? 0 : at.j + 1, at.k + ends};
}

#endif
