/* control.h - how long the next step is: a function of the state and of the event list only, never of the clock. */
#ifndef CX_SOLVE_CONTROL_H
#define CX_SOLVE_CONTROL_H

/* h: the step the controller wants, in h; landing on an event may cut a step without the controller forgetting it. */
struct cx_control {
    double h, first, most;
};

/* Restart with short steps after the state was changed from outside. */
void cx_control_restart(struct cx_control *c);
/* Length of the next step when the next event is `left` hours away: the event is hit exactly, and never by a sliver. */
double cx_control_step(const struct cx_control *c, double left);
/* After an accepted step of length h with scaled error `error` (<= 1). */
void cx_control_accepted(struct cx_control *c, double h, double error);
/* After a rejected one (error > 1, or not finite when `finite` is 0). */
void cx_control_rejected(struct cx_control *c, double h, double error);

#endif
