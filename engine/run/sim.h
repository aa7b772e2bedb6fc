/* sim.h - a simulation in memory: state, time, controller, history.  No files, no clock. */
#ifndef CX_RUN_SIM_H
#define CX_RUN_SIM_H

#include "run/assembly.h"
#include "run/outcome.h"
#include "run/timeline.h"
#include "solve/control.h"
#include "watch/result.h"
#include "watch/sampler.h"

/* What the next step depends on besides the fields; it goes into the checkpoint as it is. */
struct cx_clock {
    double t_h, sampled_h; /* now, and when the series were last sampled */
    double control_h;      /* the controller's wish */
    int64_t step, rejected, clips;
    int32_t event; /* next event of the timeline */
    int32_t padding;
    double clipped_share[CX_SPECIES_MAX]; /* sum over steps of what was cut / mass of the field */
};

struct cx_sim;
typedef void cx_step_seen(const struct cx_sim *sim, double from_h, double to_h, void *user);

struct cx_sim {
    const struct cx_scenario *scenario;
    struct cx_assembly assembly;
    struct cx_timeline timeline;
    struct cx_control control;
    struct cx_clock clock;
    struct cx_sampler sampler;
    struct cx_history history;
    struct cx_injury injury;
    int needle_count;
    struct cx_needle_record *needle; /* all punctures of all sessions */
    double deepest_um;
    double first_h, last_h; /* first and last injury */
    cx_step_seen *seen;     /* called after each accepted step, before the events at its end */
    void *user;
};

/* Builds the skin, lays all patterns, samples the rest, then applies what happens at time 0 (`start`: false when a
 * checkpoint will be loaded instead). */
enum cx_status cx_sim_create(const struct cx_scenario *s, int threads, bool start,
                             struct cx_sim *sim, struct cx_error *e);
void cx_sim_free(struct cx_sim *sim);
bool cx_sim_done(const struct cx_sim *sim);
/* One accepted step, and the events it lands on.  Errors: CX_NUMERIC E090 (step below 1e-9 h, names the species). */
enum cx_status cx_sim_step(struct cx_sim *sim, struct cx_error *e);
/* First cell whose value is not finite, as a CX_NUMERIC error; CX_OK if there is none. */
enum cx_status cx_sim_inspect(const struct cx_sim *sim, struct cx_error *e);

#endif
