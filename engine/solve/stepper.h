/* stepper.h - one step of ROS2 with approximate matrix factorisation, in float or in double stages.
 *
 * du/dt = F(u) = transport(u) + gain(u) - loss(u) u.   With g = 1 - 1/sqrt 2, d = 1 + g h loss on the diagonal and A_x,
 * A_y, A_z the diffusion along each axis,
 *   P = (d - g h A_x) d^-1 (d - g h A_y) d^-1 (d - g h A_z),
 *   P k1 = F(u),   P k2 = F(u + h k1) - 2 k1,   u' = u + h (3/2 k1 + 1/2 k2)      [Verwer et al. 1999, ROS2; order 2
 * for any P].  Where a field is used up fast against the step the weights change to 1 and g, and the error estimate, the
 * distance to the first-order solution u + h k1, is filtered: see weigh_stages in stepper_work.h.
 * Positivity: what would fall below 0 is set to 0; the cut counts as error and is booked. */
#ifndef CX_SOLVE_STEPPER_H
#define CX_SOLVE_STEPPER_H

#include "solve/system.h"

/* What a step attempt found. */
struct cx_attempt {
    double error; /* largest over species of |estimate| / (tolerance x size), volume-weighted L2 */
    int worst;    /* species that sets it */
    bool finite;
    double clipped
        [CX_SPECIES_MAX]; /* volume-weighted sum of what the guard would add, unit x volume */
    double total[CX_SPECIES_MAX]; /* volume-weighted sum of the new values */
    double volume;                /* of the block, in the measure of the grid */
};

struct cx_stepper; /* owns its arrays inside the arena it was made in */

/* Bytes of arena that a stepper of this system takes. */
size_t cx_stepper_bytes(const struct cx_system *s, enum cx_precision precision);
struct cx_stepper *cx_stepper_create(struct cx_system *s, enum cx_precision precision,
                                     struct cx_arena *a);

/* Call after the state, the inputs or the parameters were changed from outside (start, session, resume). */
void cx_stepper_refresh(struct cx_stepper *s);
/* Takes a step of h hours.  If result->error > 1 or !result->finite it must be undone by cx_stepper_reject(). */
void cx_stepper_attempt(struct cx_stepper *s, double h, struct cx_attempt *result);
/* Puts back the state before the attempt, bit for bit. */
void cx_stepper_reject(struct cx_stepper *s);
/* State at `share` (0..1) of the step that was just taken, species q: out [cells].  Linear in time, so its error is
 * of the size that the step control allows; asking for it changes nothing. */
void cx_stepper_between(const struct cx_stepper *s, double share, int q, double *out);
/* Pointwise measures of the present state in row number `row` (j + ny k): m [measure_count][nx].  Called by one thread per
 * row. */
void cx_stepper_measure(const struct cx_stepper *s, int row, double *const *m);

#endif
