/* certificate_json.h - certificate.json: how the error bars of a run's outcomes were found, and what that cost.  The bars
 * themselves also stand beside the values in outcomes.json.  Knows names and numbers only.
 *
 * {"schema_version": 1, "scenario": "..", "digest": "..", "run": {"cells": 1, "steps": 1, "cell_steps": 1},
 *  "time": {"made": true, "why_not": "", "setting": 0.001, "cells": 1, "steps": 1, "cell_steps": 1, "cost": 3.1,
 *           "factor": 1.11}, "grid": {the same; "setting": ratio of the cell sizes},
 *  "outcomes": {"NAME": {"value": 1.5, "unit": "..", "repeated": {"time": 1.4, "grid": 1.6},
 *                        "error": {"time": 0.1, "grid": 0.1}}}}                                no number: null */
#ifndef CX_WATCH_CERTIFICATE_JSON_H
#define CX_WATCH_CERTIFICATE_JSON_H

#include "watch/outcomes_json.h"

#include <stdbool.h>

enum cx_certificate_kind { CX_CERTIFY_TIME, CX_CERTIFY_GRID, CX_CERTIFY_KINDS };

/* Size of a run: accepted and rejected steps. */
struct cx_effort {
    double cells, steps;
};
/* One repeat of the run. */
struct cx_certificate_part {
    bool made;
    char why_not[200]; /* "" if made */
    double setting;    /* tolerance of the repeat; size of its cells / those of the run */
    double factor;     /* error of the run / difference of the two */
    struct cx_effort effort;
};
struct cx_certificate {
    char scenario[64], digest[65];
    struct cx_effort run;
    struct cx_certificate_part part[CX_CERTIFY_KINDS];
};

/* Steps times cells: what a run costs on any machine, idle or not. */
static inline double cx_effort_size(const struct cx_effort *w) { return w->cells * w->steps; }

/* `o`: the outcomes with their errors; repeated: [kind][outcome], NaN where the repeat was not made or has no value.
 * Errors: E071, E072 (base/file.h), E061, E076. */
enum cx_status cx_certificate_write(const char *path, const struct cx_certificate *c,
                                    const struct cx_outcomes *o, const double *const *repeated,
                                    struct cx_error *e);
/* Without the outcomes.  Errors: E074 cannot be read, E076 not such a file. */
enum cx_status cx_certificate_read(const char *path, struct cx_certificate *c, struct cx_error *e);

#endif
