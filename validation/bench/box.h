/* box.h - what the benchmark steps: a box of equal cells with a test model in it, set up by hand, or the start of a
 * scenario of the main model. */
#ifndef CX_BENCH_BOX_H
#define CX_BENCH_BOX_H

#include "run/sim.h"

extern const struct cx_model cx_model_heat, cx_model_climb, cx_model_p2, cx_model_brew,
    cx_model_substrates_3, cx_model_substrates_6, cx_model_substrates_12, cx_model_substrates_24;

struct box_spec {
    const char *what; /* name of a test model, or a scenario file (*.yml) */
    int shape[3];     /* test models only */
    int threads;
    double tolerance;
    enum cx_precision precision;
    const char *const *set; /* scenario only: "path=value" ..., NULL */
};

struct box {
    struct cx_grid grid;
    struct cx_system system;
    struct cx_arena arena;
    struct cx_scenario scenario;
    struct cx_sim sim;
    bool of_scenario;
    struct cx_system *in_use; /* the system that steps: of the box or of the scenario */
    struct cx_stepper *stepper;
};

static const double box_cell_um = 20;

/* False, with a message on stderr, if there is no such model or the scenario is not valid. */
bool box_open(struct box *b, const struct box_spec *spec);
void box_close(struct box *b);
/* Seconds of processor time of this process, all threads. */
double box_cpu_seconds(void);

#endif
