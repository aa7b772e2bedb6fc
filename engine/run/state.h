/* state.h - a simulation into checkpoint sections and back: exactly what the next step depends on, and the history. */
#ifndef CX_RUN_STATE_H
#define CX_RUN_STATE_H

#include "run/sim.h"

/* What the writer of frames has to know after a restart. */
struct cx_pages {
    int32_t frames;      /* acknowledged pictures in run.nc */
    int32_t next_output; /* index into output.at */
    uint64_t serial;     /* number of the checkpoint */
};

/* What a checkpoint belongs to. */
struct cx_state_of {
    const char *digest; /* of the scenario */
    const char *engine; /* engine.h; NULL when loading: any */
};
/* Writes the next checkpoint of `folder`. */
enum cx_status cx_state_save(const struct cx_sim *sim, const struct cx_pages *p, const char *folder,
                             const struct cx_state_of *of, struct cx_error *e);
/* Loads the newest valid one into a simulation made with start = false.  Errors: E080, E081, E082 other scenario or
 * engine. */
enum cx_status cx_state_load(struct cx_sim *sim, struct cx_pages *p, const char *folder,
                             const struct cx_state_of *of, struct cx_error *e);

#endif
