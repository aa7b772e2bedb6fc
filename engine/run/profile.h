/* profile.h - measured values along one line as the start of a run: a CSV table with one column of places.
 *
 *   radius_um, cells [1/mm2], signal [ng/mL]        or x [mm], depth_um ...: the place, then fields of the model
 *   0, 1200, 0.5
 *   500, 300, 0
 *
 * Each column says its unit, in brackets or behind an underscore (the place); pure numbers need none.  Lines that begin
 * with # are skipped.  Between the places values are linear, beyond them those of the first and last row. */
#ifndef CX_RUN_PROFILE_H
#define CX_RUN_PROFILE_H

#include "run/assembly.h"

/* Does this name end in .csv? */
bool cx_profile_is(const char *file);
/* Puts the table of initial.file, for the fields asked for (none: all of its columns), into the state.
 * Errors: E062 with file and line; E074 a file that cannot be read. */
enum cx_status cx_profile_apply(struct cx_assembly *a, struct cx_error *e);

#endif
