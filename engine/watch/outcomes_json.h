/* outcomes_json.h - outcomes.json: the numbers of a run with unit, definition and evidence, the measured numbers beside
 * them, and what the engine corrected.  Written by a run, read by reports and studies.  Knows names and numbers only.
 *
 * {"schema_version": 1, "scenario": "..", "model": "..", "digest": "..",
 *  "outcomes": {"NAME": {"value": 1.5, "unit": "..", "definition": "..", "evidence": "..",
 *                        "error": {"time": 0.1, "grid": 0.1},                        only after --certify
 *                        "interval": {"low": 1, "high": 2, "level": 0.9, "draws": 20}}},    only after --ensemble
 *  "observed": [{"outcome": "NAME", "at_day": 3, "value": 1, "low": 0.5, "high": 2, "unit": "..", "sign": "up",
 *                "label": "..", "source": "..", "simulated": 1.5, "agrees": true}],
 *  "numerics": {"NAME": 12}}                              a number that does not exist is null */
#ifndef CX_WATCH_OUTCOMES_JSON_H
#define CX_WATCH_OUTCOMES_JSON_H

#include "base/error.h"

#include <stdbool.h>

enum { CX_OUTCOMES_SCHEMA = 1 };
enum cx_agrees {
    CX_AGREES_UNKNOWN = -1,
    CX_AGREES_NO = 0,
    CX_AGREES_YES = 1
}; /* null, false, true */

/* Where the share `level` of the draws of an ensemble lies: the spread of the fitted values only. */
struct cx_outcome_spread {
    double low, high, level; /* NaN: too few draws reached the outcome */
    int draws;               /* that reached it */
    bool there;
};
struct cx_outcome_entry {
    const char *name, *unit, *definition, *evidence;
    double value; /* NaN: not reached, null in the file */
    bool certified;
    double time_error,
        grid_error; /* in `unit`, see run/certify.h; NaN: not known, null in the file */
    struct cx_outcome_spread spread;
};
struct cx_observed_entry {
    const char *outcome, *unit, *label, *source;
    const char *sign;        /* "up", "down", "same" or "" */
    double at_day;           /* NaN: at the end */
    double value, low, high; /* measured; NaN where not given */
    double simulated;
    enum cx_agrees agrees;
};
struct cx_numerics_entry {
    const char *name; /* "steps", "clipped_share" ... */
    double value;
};
struct cx_outcomes {
    const char *scenario, *model, *digest;
    int outcome_count, observed_count, numerics_count;
    const struct cx_outcome_entry *outcome;
    const struct cx_observed_entry *observed;
    const struct cx_numerics_entry *numerics;
    void *owner; /* after a read: holds all of the above */
};

/* Replaces `path` as a whole or not at all.  Errors: E071, E072 (base/file.h), E061 no memory, E076 a text is not UTF-8. */
enum cx_status cx_outcomes_write(const char *path, const struct cx_outcomes *o, struct cx_error *e);
/* Texts that are absent become "", numbers that are absent NaN.  Errors: E074 cannot be read, E076 not such a file. */
enum cx_status cx_outcomes_read(const char *path, struct cx_outcomes *o, struct cx_error *e);
/* NULL if there is none of that name. */
const struct cx_outcome_entry *cx_outcomes_find(const struct cx_outcomes *o, const char *name);
double cx_outcomes_numeric(const struct cx_outcomes *o, const char *name); /* NaN if absent */
void cx_outcomes_free(struct cx_outcomes *o);

#endif
