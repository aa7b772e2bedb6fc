/* advice.h - what a scenario's punctures look like before any simulation, and the design rules
 * they break. */
#ifndef CX_APP_ADVICE_H
#define CX_APP_ADVICE_H

#include "app/app.h"
#include "wound/pattern.h"
#include "wound/skin.h"

/* Punctures of one session and what they do to a piece of skin: the scenario's block, or a
 * square where the block has no surface of its own.  cx_app_punctures_free(). */
struct cx_punctures {
    struct cx_field_of_view view;
    struct cx_needles needles;
    struct cx_pattern_metrics metrics;
};
enum cx_status cx_app_punctures(const struct cx_scenario *s, int session, struct cx_punctures *p,
                                struct cx_error *e);
void cx_app_punctures_free(struct cx_punctures *p);

/* One broken rule. */
struct cx_advice {
    const char *rule; /* a word for programs */
    char text[200];
    const char *hint;
};
enum { CX_ADVICE_MAX = 16 };
int cx_advice_make(const struct cx_scenario *s, const struct cx_pattern_metrics *m,
                   struct cx_advice out[CX_ADVICE_MAX]);

#endif
