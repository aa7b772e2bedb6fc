/* classroom.h - one lesson: a scenario of which a class may turn five things, simulated in memory in small portions so
 * that a page can draw in between.  It is the simulation of run/sim.h, so its numbers are those of `cicatrix run`. */
#ifndef CX_CLASSROOM_CLASSROOM_H
#define CX_CLASSROOM_CLASSROOM_H

#include "run/sim.h"

enum { CX_LESSON_SESSIONS = 4 };

/* What the sliders say. */
struct cx_lesson {
    double depth_um;   /* reached by the needles */
    double per_cm2;    /* punctures per area */
    double age_year;   /* of the person */
    int sessions;      /* 1 to CX_LESSON_SESSIONS */
    double interval_h; /* between sessions */
};

/* Must stay where it is while open: the simulation points into it. */
struct cx_class {
    struct cx_scenario scenario;
    double session_h[CX_LESSON_SESSIONS];
    struct cx_sim sim;
    double before_h; /* start of the last step */
    double *
        landed; /* [species][cells] at the end of the last step, before the session that came then */
    bool pierced; /* whether there was one */
};

/* The scenario `base` with the lesson in it, at rest and just pierced.  `base` lends its lists and parameters and must
 * outlive the class.  The section is as many whole needle distances wide as come nearest to the width of `base`, since its
 * sides are periodic; the time after the last session is that of `base`.
 * Errors: CX_CONFIG for a lesson outside its limits; those of cx_sim_create(). */
enum cx_status cx_class_open(const struct cx_scenario *base, const struct cx_lesson *lesson,
                             struct cx_class *c, struct cx_error *e);
/* Steps until the time `until_h` is reached, the end, or `budget_s` seconds have passed; at least one step.  The budget
 * changes when it returns, never what is computed.  Errors: CX_NUMERIC as in cx_sim_step(). */
enum cx_status cx_class_go(struct cx_class *c, double until_h, double budget_s, struct cx_error *e);
/* Species q at a time within the last step (held outside): out [cells], row by row from the bottom.  At the time of a
 * session: just pierced. */
void cx_class_picture(const struct cx_class *c, double t_h, int q, double *out);
void cx_class_close(struct cx_class *c);

#endif
