/* record.h - what a run says about itself beside its fields, read back: outcomes.json, certificate.json and the effective
 * config.yml.  Knows the files of a run's folder, not pages. */
#ifndef CX_REPORT_RECORD_H
#define CX_REPORT_RECORD_H

#include "watch/certificate_json.h"

enum { CX_RECORD_SESSIONS = 64 };
struct cx_record {
    struct cx_outcomes o; /* empty while the run is still going on */
    bool certified;       /* the outcomes have error bars; then: */
    struct cx_certificate certificate;
    char *config;          /* text of config.yml, NULL if there is none */
    char description[600]; /* what the scenario shows, "" if it does not say */
    bool wounded;          /* another wound than needles is made at time 0 */
    int sessions;          /* 0: the config does not say */
    double session_day[CX_RECORD_SESSIONS];
};
/* Each file may be absent; a damaged outcomes.json or certificate.json is an error.  `last_day` closes open patterns of
 * sessions. */
enum cx_status cx_record_read(struct cx_record *r, const char *folder, double last_day,
                              struct cx_error *e);
void cx_record_free(struct cx_record *r);

/* First outcome whose name holds all words of `words` ("collagen gain"); NULL if none does. */
const struct cx_outcome_entry *cx_record_find(const struct cx_record *r, const char *words);

#endif
