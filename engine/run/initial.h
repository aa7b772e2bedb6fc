/* initial.h - fields of an earlier result, or a measured profile, as the start of a run. */
#ifndef CX_RUN_INITIAL_H
#define CX_RUN_INITIAL_H

#include "run/assembly.h"

/* Replaces the healthy start by initial.file, for the species asked for (none: all that it has): the last picture of a
 * result, or a table of one line through the block (run/profile.h).
 * Errors: E073, E074 the file; E062 another grid, another unit, a negative or non-finite value, a species it lacks. */
enum cx_status cx_initial_apply(struct cx_assembly *a, struct cx_error *e);

#endif
