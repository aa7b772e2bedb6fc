/* timeline.h - what happens when: wounds, sessions, switches of the aftercare, changes of parameters, the end. */
#ifndef CX_RUN_TIMELINE_H
#define CX_RUN_TIMELINE_H

#include "config/scenario.h"

#include <stdbool.h>

enum cx_event_kind {
    CX_EVENT_WOUND,
    CX_EVENT_SESSION,
    CX_EVENT_SWITCH,
    CX_EVENT_CHANGE,
    CX_EVENT_END
};
struct cx_event {
    double t; /* h */
    enum cx_event_kind kind;
    int session; /* number of the session, 0.. */
};
struct cx_timeline {
    int n;
    struct cx_event *at; /* ascending in time; the last is the end */
};

/* Heap owned: cx_timeline_free().  Returns false without memory. */
bool cx_timeline_make(const struct cx_scenario *s, struct cx_timeline *t);
void cx_timeline_free(struct cx_timeline *t);
/* Does it hurt the tissue?  Does it start something new that is worth looking at closely? */
static inline bool cx_event_hurts(const struct cx_event *e) {
    return e->kind == CX_EVENT_SESSION || e->kind == CX_EVENT_WOUND;
}
static inline bool cx_event_disturbs(const struct cx_event *e) {
    return cx_event_hurts(e) || e->kind == CX_EVENT_CHANGE;
}
/* Time since the last session or wound at or before `now`, h; -1 if there was none. */
double cx_timeline_since(const struct cx_timeline *t, double now);

#endif
