/* sundials.c - the problems of problem.h with integrators of SUNDIALS 6.  Arguments: peer.h.  METHOD:
 *   bdf         CVODE, BDF of variable order, Newton with GMRES
 *   bdf-jacobi  the same, GMRES with the diagonal of diffusion and decay as preconditioner
 *   dirk        ARKODE ARKStep, all implicit, order 3, Newton with GMRES
 *   imex        ARKODE ARKStep, diffusion and decay implicit (linear), reactions explicit, order 3, GMRES
 *   erk         ARKODE ERKStep, explicit, order 3
 *   as-is-bdf   bdf with the vector operations of the installed library; all others use those of vectors.c */
#include "peer.h"
#include "vectors.h"

#include <arkode/arkode_arkstep.h>
#include <arkode/arkode_erkstep.h>
#include <cvode/cvode.h>
#include <nvector/nvector_serial.h>
#include <string.h>
#include <sunlinsol/sunlinsol_spgmr.h>

enum { KRYLOV = 30, MOST_STEPS = 100000000 };

struct run {
    struct peer peer;
    SUNContext context;
    N_Vector y;
    SUNLinearSolver solver;
    void *memory;
};

/* An error that integrators do not try to recover from ends a run that is late. */
static int full(realtype t, N_Vector y, N_Vector f, void *user) {
    struct peer *p = user;
    p->calls++;
    problem_rhs(&p->problem, t, N_VGetArrayPointer(y), N_VGetArrayPointer(f));
    return peer_late(p) ? -1 : 0;
}
static int linear_part(realtype t, N_Vector y, N_Vector f, void *user) {
    (void)t;
    struct peer *p = user;
    p->calls++;
    problem_linear(&p->problem, N_VGetArrayPointer(y), N_VGetArrayPointer(f));
    return peer_late(p) ? -1 : 0;
}
static int reaction_part(realtype t, N_Vector y, N_Vector f, void *user) {
    struct peer *p = user;
    N_VConst(0, f);
    problem_reaction(&p->problem, t, N_VGetArrayPointer(y), N_VGetArrayPointer(f));
    return 0;
}

/* z = r / (1 + gamma (6 D + k)), field by field.  The signature is CVODE's. */
static int jacobi(realtype t, N_Vector y, N_Vector fy, N_Vector r, N_Vector z, realtype gamma,
                  realtype delta, int side, void *user) {
    (void)t, (void)y, (void)fy, (void)delta, (void)side;
    const struct problem *p = &((struct peer *)user)->problem;
    const double *from = N_VGetArrayPointer(r);
    double *to = N_VGetArrayPointer(z);
    for (int q = 0; q < p->fields; q++) {
        const double factor = 1 / (1 + gamma * (6 * p->D[q] + p->k[q]));
        for (size_t i = (size_t)q * p->cells; i < (size_t)(q + 1) * p->cells; i++)
            to[i] = factor * from[i];
    }
    return 0;
}
static int jacobi_ready(realtype t, N_Vector y, N_Vector fy, booleantype ok, booleantype *changed,
                        realtype gamma, void *user) {
    (void)t, (void)y, (void)fy, (void)ok, (void)gamma, (void)user;
    *changed = SUNTRUE;
    return 0;
}

static int start_cvode(struct run *r) {
    const bool preconditioned = strcmp(r->peer.method, "bdf-jacobi") == 0;
    r->memory = CVodeCreate(CV_BDF, r->context);
    r->solver =
        SUNLinSol_SPGMR(r->y, preconditioned ? SUN_PREC_RIGHT : SUN_PREC_NONE, KRYLOV, r->context);
    int bad = CVodeInit(r->memory, full, 0, r->y);
    bad |= CVodeSetUserData(r->memory, &r->peer);
    bad |= CVodeSStolerances(r->memory, r->peer.rtol, r->peer.atol);
    bad |= CVodeSetLinearSolver(r->memory, r->solver, NULL);
    bad |= CVodeSetMaxNumSteps(r->memory, MOST_STEPS);
    if (preconditioned) bad |= CVodeSetPreconditioner(r->memory, jacobi_ready, jacobi);
    return bad;
}

static int start_arkstep(struct run *r) {
    const bool imex = strcmp(r->peer.method, "imex") == 0;
    r->memory = imex ? ARKStepCreate(reaction_part, linear_part, 0, r->y, r->context)
                     : ARKStepCreate(NULL, full, 0, r->y, r->context);
    r->solver = SUNLinSol_SPGMR(r->y, SUN_PREC_NONE, KRYLOV, r->context);
    int bad = ARKStepSetUserData(r->memory, &r->peer);
    bad |= ARKStepSStolerances(r->memory, r->peer.rtol, r->peer.atol);
    bad |= ARKStepSetOrder(r->memory, 3);
    bad |= ARKStepSetLinearSolver(r->memory, r->solver, NULL);
    bad |= ARKStepSetMaxNumSteps(r->memory, MOST_STEPS);
    if (imex) bad |= ARKStepSetLinear(r->memory, 0);
    return bad;
}

static int start_erkstep(struct run *r) {
    r->memory = ERKStepCreate(full, 0, r->y, r->context);
    int bad = ERKStepSetUserData(r->memory, &r->peer);
    bad |= ERKStepSStolerances(r->memory, r->peer.rtol, r->peer.atol);
    bad |= ERKStepSetOrder(r->memory, 3);
    bad |= ERKStepSetMaxNumSteps(r->memory, MOST_STEPS);
    return bad;
}

/* Goes to `to`; t: how far it came. */
static int advance(struct run *r, double to, realtype *t) {
    if (strncmp(r->peer.method, "bdf", 3) == 0) {
        CVodeSetStopTime(r->memory, to);
        return CVode(r->memory, to, r->y, t, CV_NORMAL);
    }
    if (strcmp(r->peer.method, "erk") == 0) {
        ERKStepSetStopTime(r->memory, to);
        return ERKStepEvolve(r->memory, to, r->y, t, ARK_NORMAL);
    }
    ARKStepSetStopTime(r->memory, to);
    return ARKStepEvolve(r->memory, to, r->y, t, ARK_NORMAL);
}

static void count(const struct run *r, realtype *t, long *steps, long *linear) {
    if (strncmp(r->peer.method, "bdf", 3) == 0) {
        CVodeGetCurrentTime(r->memory, t);
        CVodeGetNumSteps(r->memory, steps);
        CVodeGetNumLinIters(r->memory, linear);
    } else if (strcmp(r->peer.method, "erk") == 0) {
        ERKStepGetCurrentTime(r->memory, t);
        ERKStepGetNumSteps(r->memory, steps);
    } else {
        ARKStepGetCurrentTime(r->memory, t);
        ARKStepGetNumSteps(r->memory, steps);
        ARKStepGetNumLinIters(r->memory, linear);
    }
}

static int start(struct run *r) {
    const char *m = r->peer.method;
    if (strncmp(m, "bdf", 3) == 0) return start_cvode(r);
    if (strcmp(m, "erk") == 0) return start_erkstep(r);
    if (strcmp(m, "imex") == 0 || strcmp(m, "dirk") == 0) return start_arkstep(r);
    fprintf(stderr, "no method '%s'\n", m);
    return -1;
}

int main(int argc, char **argv) {
    static struct run r;
    if (!peer_open(&r.peer, argc, argv)) return 2;
    const struct problem *p = &r.peer.problem;
    const bool as_is = strncmp(r.peer.method, "as-is-", 6) == 0;
    if (as_is) r.peer.method += 6;
    if (SUNContext_Create(NULL, &r.context) != 0) return 1;
    r.y = N_VNew_Serial((sunindextype)((size_t)p->fields * p->cells), r.context);
    double *u[PROBLEM_FIELDS];
    for (int q = 0; q < p->fields; q++) u[q] = N_VGetArrayPointer(r.y) + (size_t)q * p->cells;
    problem_start(p->name, (const int[3]){p->n, p->n, p->n}, p->fields, u);
    if (!as_is) vectors_optimise(r.y);
    if (start(&r) != 0) return 1;
    realtype t = 0;
    for (int o = 0; o < PROBLEM_OUTPUTS; o++) {
        if (advance(&r, p->out[o], &t) < 0) break;
        peer_save(&r.peer, u[0]);
    }
    long steps = 0, linear = 0;
    count(&r, &t, &steps, &linear);
    peer_close(&r.peer, t, steps, linear);
    return 0;
}
