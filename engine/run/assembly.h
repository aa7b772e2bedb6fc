/* assembly.h - from a checked scenario to a system that can step: grid, maps, parameters, healthy state, sides. */
#ifndef CX_RUN_ASSEMBLY_H
#define CX_RUN_ASSEMBLY_H

#include "base/arena.h"
#include "solve/stepper.h"
#include "wound/injury.h"

/* Everything of a run that lives in one arena.  cx_assembly_free() frees it all. */
struct cx_assembly {
    const struct cx_scenario *scenario;
    struct cx_grid grid;
    struct cx_system system;
    struct cx_stepper *stepper;
    struct cx_arena arena;
    struct cx_context context;
};

/* Bytes that the arena will take, without allocating it. */
enum cx_status cx_assembly_bytes(const struct cx_scenario *s, int threads, int64_t *bytes,
                                 struct cx_error *e);
/* Builds the healthy skin of the scenario at rest.  threads >= 1. */
enum cx_status cx_assembly_create(const struct cx_scenario *s, int threads, struct cx_assembly *a,
                                  struct cx_error *e);
void cx_assembly_free(struct cx_assembly *a);

/* When parameters are asked for. */
struct cx_moment {
    double now_h;   /* negative: at rest, before anything */
    double since_h; /* time since the last session or wound; negative: before any */
};
/* Parameters and diffusivities of that moment: those of the scenario with its changes, then what the model derives. */
void cx_assembly_derive(struct cx_assembly *a, const struct cx_moment *at);
/* Applies an injury to the present state. */
void cx_assembly_hurt(struct cx_assembly *a, const struct cx_injury *w);
/* Threads a scenario asks for: 0 means all cores that have something to do. */
int cx_assembly_threads(const struct cx_scenario *s);

#endif
