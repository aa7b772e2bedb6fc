/* timeline.c - see timeline.h */
#include "run/timeline.h"

#include <stdlib.h>

static int earlier(const void *a, const void *b) {
    const struct cx_event *x = a, *y = b;
    if (x->t != y->t) return x->t < y->t ? -1 : 1;
    return (int)x->kind - (int)y->kind;
}

static void add(struct cx_timeline *t, const struct cx_scenario *s, struct cx_event e) {
    if (e.t <= s->time.end && (e.t < s->time.end || e.kind == CX_EVENT_END)) t->at[t->n++] = e;
}

/* The aftercare begins with the session and ends by itself. */
static void add_session(struct cx_timeline *t, const struct cx_scenario *s, double at,
                        struct cx_event e) {
    add(t, s, e);
    if (s->aftercare.occlusion > 0)
        add(t, s, (struct cx_event){at + s->aftercare.occlusion, CX_EVENT_SWITCH, 0});
    if (s->aftercare.topical != CX_NO_TOPICAL)
        add(t, s, (struct cx_event){at + s->aftercare.topical_time, CX_EVENT_SWITCH, 0});
}

bool cx_timeline_make(const struct cx_scenario *s, struct cx_timeline *t) {
    *t = (struct cx_timeline){0};
    t->at = calloc(3 * (size_t)s->treatment.sessions.n + 2 * (size_t)s->change_count + 4,
                   sizeof *t->at);
    if (!t->at) return false;
    if (s->wound.type != CX_NO_WOUND) add_session(t, s, 0, (struct cx_event){0, CX_EVENT_WOUND, 0});
    for (int i = 0; i < s->treatment.sessions.n; i++) {
        const double at = s->treatment.sessions.at[i];
        add_session(t, s, at, (struct cx_event){at, CX_EVENT_SESSION, i});
    }
    for (int i = 0; i < s->change_count; i++) {
        add(t, s, (struct cx_event){s->change[i].at, CX_EVENT_CHANGE, 0});
        add(t, s, (struct cx_event){s->change[i].until, CX_EVENT_CHANGE, 0});
    }
    add(t, s, (struct cx_event){s->time.end, CX_EVENT_END, 0});
    qsort(t->at, (size_t)t->n, sizeof *t->at, earlier);
    return true;
}

void cx_timeline_free(struct cx_timeline *t) {
    free(t->at);
    *t = (struct cx_timeline){0};
}

double cx_timeline_since(const struct cx_timeline *t, double now) {
    double since = -1;
    for (int i = 0; i < t->n && t->at[i].t <= now; i++)
        if (cx_event_hurts(&t->at[i])) since = now - t->at[i].t;
    return since;
}
