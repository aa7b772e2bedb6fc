/* petsc.c - the problems of problem.h with TS of PETSc: Rosenbrock-W (ra34pw2) with GMRES and ILU(0), the Jacobian exact.
 * Arguments: peer.h; METHOD is "rosw"; further arguments are PETSc options, which can choose another integrator
 * (-ts_type bdf ...).  Unknowns are interleaved, [cells][fields], as ILU likes it. */
#include "peer.h"

#include <petscts.h>
#include <stdlib.h>

struct run {
    struct peer peer;
    Mat jacobian;
    double *u, *f; /* [fields][cells] */
};

/* Between the two orders of unknowns. */
static void spread(const struct problem *p, const double *mixed, double *u) {
    for (size_t i = 0; i < p->cells; i++)
        for (int q = 0; q < p->fields; q++)
            u[(size_t)q * p->cells + i] = mixed[i * (size_t)p->fields + (size_t)q];
}
static void gather(const struct problem *p, const double *u, double *mixed) {
    for (size_t i = 0; i < p->cells; i++)
        for (int q = 0; q < p->fields; q++)
            mixed[i * (size_t)p->fields + (size_t)q] = u[(size_t)q * p->cells + i];
}

/* f = dy/dt - right-hand side. */
static PetscErrorCode defect(TS ts, PetscReal t, Vec y, Vec slope, Vec f, void *user) {
    struct run *r = user;
    const double *from;
    double *to;
    (void)ts;
    r->peer.calls++;
    VecGetArrayRead(y, &from);
    VecGetArray(f, &to);
    spread(&r->peer.problem, from, r->u);
    problem_rhs(&r->peer.problem, t, r->u, r->f);
    gather(&r->peer.problem, r->f, to);
    VecRestoreArrayRead(y, &from);
    VecRestoreArray(f, &to);
    return VecAYPX(f, -1, slope);
}

/* One row of the right-hand side's Jacobian: neighbours of the same field, the other fields of the same cell. */
struct entries {
    int n;
    PetscInt column[6 + PROBLEM_FIELDS];
    double value[6 + PROBLEM_FIELDS];
};

static void diffusion_entries(const struct problem *p, size_t cell, int q, struct entries *e) {
    const size_t n = (size_t)p->n, stride[3] = {1, n, n * n};
    double here = -p->k[q];
    for (int axis = 0; axis < 3 && p->D[q] > 0; axis++)
        for (int end = 0; end < 2; end++) {
            const size_t at = cell / stride[axis] % n;
            if (at == (end ? n - 1 : 0)) continue;
            const size_t other = end ? cell + stride[axis] : cell - stride[axis];
            e->column[e->n] = (PetscInt)(other * (size_t)p->fields + (size_t)q);
            e->value[e->n++] = p->D[q];
            here -= p->D[q];
        }
    e->column[e->n] = (PetscInt)(cell * (size_t)p->fields + (size_t)q);
    e->value[e->n++] = here;
}

static void row(const struct problem *p, const double *u, size_t cell, int q, struct entries *e) {
    e->n = 0;
    diffusion_entries(p, cell, q, e);
    if (!p->depot) return;
    double slope[3][3];
    problem_slopes(u + cell * 3, slope);
    e->value[e->n - 1] += slope[q][q];
    for (int by = 0; by < 3; by++) {
        if (by == q) continue;
        e->column[e->n] = (PetscInt)(cell * 3 + (size_t)by);
        e->value[e->n++] = slope[q][by];
    }
}

/* P = shift - Jacobian of the right-hand side.  The signature is PETSc's. */
static PetscErrorCode slopes(TS ts, PetscReal t, Vec y, Vec slope, PetscReal shift, Mat A, Mat P,
                             void *user) {
    const struct run *r = user;
    const struct problem *p = &r->peer.problem;
    const double *u;
    struct entries e;
    (void)ts, (void)t, (void)slope, (void)A;
    VecGetArrayRead(y, &u);
    for (size_t cell = 0; cell < p->cells; cell++)
        for (int q = 0; q < p->fields; q++) {
            const PetscInt at = (PetscInt)(cell * (size_t)p->fields + (size_t)q);
            row(p, u, cell, q, &e);
            for (int m = 0; m < e.n; m++) e.value[m] = (e.column[m] == at ? shift : 0) - e.value[m];
            MatSetValues(P, 1, &at, e.n, e.column, e.value, INSERT_VALUES);
        }
    VecRestoreArrayRead(y, &u);
    MatAssemblyBegin(P, MAT_FINAL_ASSEMBLY);
    MatAssemblyEnd(P, MAT_FINAL_ASSEMBLY);
    return 0;
}

/* After each step: ends a run that is late. */
static PetscErrorCode watch(TS ts) {
    struct run *r;
    TSGetApplicationContext(ts, &r);
    if (peer_late(&r->peer)) TSSetConvergedReason(ts, TS_CONVERGED_USER);
    return 0;
}

static TS make(struct run *r, Vec y) {
    const struct problem *p = &r->peer.problem;
    TS ts;
    PetscInt unknowns;
    VecGetSize(y, &unknowns);
    MatCreateSeqAIJ(PETSC_COMM_SELF, unknowns, unknowns, 6 + (p->depot ? 3 : 1), NULL,
                    &r->jacobian);
    TSCreate(PETSC_COMM_SELF, &ts);
    TSSetApplicationContext(ts, r);
    TSSetType(ts, TSROSW);
    TSSetIFunction(ts, NULL, defect, r);
    TSSetIJacobian(ts, r->jacobian, r->jacobian, slopes, r);
    TSSetTolerances(ts, r->peer.atol, NULL, r->peer.rtol, NULL);
    TSSetExactFinalTime(ts, TS_EXACTFINALTIME_MATCHSTEP);
    TSSetTimeStep(ts, 1e-3 * p->out[0]);
    TSSetMaxSteps(ts, 100000000);
    TSSetPostStep(ts, watch);
    TSSetFromOptions(ts);
    return ts;
}

static void solve(struct run *r, TS ts, Vec y) {
    const struct problem *p = &r->peer.problem;
    PetscReal t = 0;
    PetscInt steps = 0, linear = 0;
    TSConvergedReason reason = TS_CONVERGED_TIME;
    for (int o = 0; o < PROBLEM_OUTPUTS && reason == TS_CONVERGED_TIME; o++) {
        const double *u;
        TSSetMaxTime(ts, p->out[o]);
        TSSolve(ts, y);
        TSGetConvergedReason(ts, &reason);
        TSGetTime(ts, &t);
        VecGetArrayRead(y, &u);
        spread(p, u, r->u);
        VecRestoreArrayRead(y, &u);
        if (reason == TS_CONVERGED_TIME) peer_save(&r->peer, r->u);
    }
    TSGetStepNumber(ts, &steps);
    TSGetKSPIterations(ts, &linear);
    peer_close(&r->peer, t, steps, linear);
}

int main(int argc, char **argv) {
    static struct run r;
    if (!peer_open(&r.peer, argc, argv)) return 2;
    PetscInitialize(&argc, &argv, NULL, NULL);
    const struct problem *p = &r.peer.problem;
    const size_t unknowns = (size_t)p->fields * p->cells;
    r.u = malloc(unknowns * sizeof *r.u);
    r.f = malloc(unknowns * sizeof *r.f);
    if (!r.u || !r.f) return 1;
    double *u[PROBLEM_FIELDS], *to;
    for (int q = 0; q < p->fields; q++) u[q] = r.u + (size_t)q * p->cells;
    problem_start(p->name, (const int[3]){p->n, p->n, p->n}, p->fields, u);
    Vec y;
    VecCreateSeq(PETSC_COMM_SELF, (PetscInt)unknowns, &y);
    VecGetArray(y, &to);
    gather(p, r.u, to);
    VecRestoreArray(y, &to);
    TS ts = make(&r, y);
    solve(&r, ts, y);
    TSDestroy(&ts);
    VecDestroy(&y);
    MatDestroy(&r.jacobian);
    free(r.u);
    free(r.f);
    return PetscFinalize();
}
