/* observe.h - what one run shows at the times and places of data: the same numbers as its result files hold, without the
 * files.  The scenario is stepped in memory and left as soon as the last datum is passed. */
#ifndef CX_STUDY_OBSERVE_H
#define CX_STUDY_OBSERVE_H

#include "config/config.h"

enum cx_seen { CX_SEE_SERIES, CX_SEE_OUTCOME, CX_SEE_FIELD };
/* What is looked at: a series at times, an outcome, a field at times, as a mean over the block or along one axis (then the
 * mean over the others), linear between the centres of cells. */
struct cx_observable {
    enum cx_seen kind;
    int index; /* row of the model's series, outcomes or species */
    int axis;  /* CX_X, CX_Y, CX_Z (depth, down from the surface); -1: the whole block */
};
struct cx_look {
    struct cx_observable see;
    double t_h, place_um;
    double seen; /* the answer, in the unit of the row */
};
/* Fills look[i].seen.  Errors: those of a run. */
enum cx_status cx_observe(const struct cx_scenario *s, int threads, struct cx_look *look, int n,
                          struct cx_error *e);

#endif
