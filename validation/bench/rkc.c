/* rkc.c - the problems of problem.h with the stabilised explicit methods of SUNDIALS 7 (LSRKStep, from 7.2 on).  Arguments:
 * peer.h.  METHOD:
 *   rkc   Runge-Kutta-Chebyshev, order 2
 *   rkl   Runge-Kutta-Legendre, order 2
 *   as-is-rkc, as-is-rkl   with the vector operations of the library; the others use those of vectors.c
 * What could slow it down is put aside: as many stages as a step needs, the spectral radius computed once and used without
 * a margin (it is an upper bound already), nothing kept for interpolation, for steps end at the output times. */
#include "peer.h"
#include "vectors.h"

#include <arkode/arkode_lsrkstep.h>
#include <math.h>
#include <nvector/nvector_serial.h>
#include <string.h>

enum { MOST_STEPS = 100000000, MOST_STAGES = 100000 };

static int full(sunrealtype t, N_Vector y, N_Vector f, void *user) {
    struct peer *p = user;
    p->calls++;
    problem_rhs(&p->problem, t, N_VGetArrayPointer(y), N_VGetArrayPointer(f));
    return peer_late(p) ? -1 : 0;
}

/* Gershgorin's radius of the derivatives of the reactions of field q over all cells of u [fields][cells]. */
static double reaction_radius(const struct problem *p, const double *u, int q) {
    double most = 0;
    for (size_t i = 0; p->depot && i < p->cells; i++) {
        double slope[3][3];
        problem_slopes((const double[3]){u[i], u[p->cells + i], u[2 * p->cells + i]}, slope);
        const double sum = fabs(slope[q][0]) + fabs(slope[q][1]) + fabs(slope[q][2]);
        if (sum > most) most = sum;
    }
    return most;
}

/* Gershgorin's bound of the spectral radius.  Six neighbours with D each: closed sides bring the true one to within
 * (pi / 2n)^2 of it.  The field that diffuses fastest sets it, and the derivatives of its reactions are the same in every
 * state: so it is computed only once. */
static int radius(sunrealtype t, N_Vector y, N_Vector fy, sunrealtype *real, sunrealtype *imaginary,
                  void *user, N_Vector t1, N_Vector t2, N_Vector t3) {
    (void)t, (void)fy, (void)t1, (void)t2, (void)t3;
    const struct problem *p = &((struct peer *)user)->problem;
    double most = 0;
    for (int q = 0; q < p->fields; q++) {
        const double here = 12 * p->D[q] + p->k[q] + reaction_radius(p, N_VGetArrayPointer(y), q);
        if (here > most) most = here;
    }
    *real = -most;
    *imaginary = 0;
    return 0;
}

/* NULL, with a message, if there is no such method or the library refuses. */
static void *start(struct peer *p, N_Vector y, SUNContext context) {
    const bool legendre = strcmp(p->method, "rkl") == 0;
    if (!legendre && strcmp(p->method, "rkc") != 0) {
        fprintf(stderr, "no method '%s'\n", p->method);
        return NULL;
    }
    void *memory = LSRKStepCreateSTS(full, 0, y, context);
    int bad = LSRKStepSetSTSMethod(memory, legendre ? ARKODE_LSRK_RKL_2 : ARKODE_LSRK_RKC_2);
    bad |= ARKodeSetUserData(memory, p);
    bad |= ARKodeSStolerances(memory, p->rtol, p->atol);
    bad |= ARKodeSetInterpolantType(memory, ARK_INTERP_NONE);
    bad |= ARKodeSetMaxNumSteps(memory, MOST_STEPS);
    bad |= LSRKStepSetDomEigFn(memory, radius);
    bad |= LSRKStepSetDomEigFrequency(memory, 0);
    bad |= LSRKStepSetDomEigSafetyFactor(memory, 1);
    bad |= LSRKStepSetMaxNumStages(memory, MOST_STAGES);
    return bad ? NULL : memory;
}

int main(int argc, char **argv) {
    static struct peer peer;
    if (!peer_open(&peer, argc, argv)) return 2;
    const struct problem *p = &peer.problem;
    const bool as_is = strncmp(peer.method, "as-is-", 6) == 0;
    if (as_is) peer.method += 6;
    SUNContext context;
    if (SUNContext_Create(SUN_COMM_NULL, &context) != 0) return 1;
    N_Vector y = N_VNew_Serial((sunindextype)((size_t)p->fields * p->cells), context);
    double *u[PROBLEM_FIELDS];
    for (int q = 0; q < p->fields; q++) u[q] = N_VGetArrayPointer(y) + (size_t)q * p->cells;
    problem_start(p->name, (const int[3]){p->n, p->n, p->n}, p->fields, u);
    if (!as_is) vectors_optimise(y);
    void *memory = start(&peer, y, context);
    if (!memory) return 1;
    sunrealtype t = 0;
    for (int o = 0; o < PROBLEM_OUTPUTS; o++) {
        ARKodeSetStopTime(memory, p->out[o]);
        if (ARKodeEvolve(memory, p->out[o], y, &t, ARK_NORMAL) < 0) break;
        peer_save(&peer, u[0]);
    }
    long steps = 0;
    ARKodeGetCurrentTime(memory, &t);
    ARKodeGetNumSteps(memory, &steps);
    peer_close(&peer, t, steps, 0);
    return 0;
}
