/* story.h - the finding in plain words, the key numbers, and the tables of a report.  Knows records and pages. */
#ifndef CX_REPORT_STORY_H
#define CX_REPORT_STORY_H

#include "report/page.h"
#include "report/record.h"
#include "report/words.h"

/* A name as people call it. */
void cx_story_name(struct cx_text *p, const char *name);
/* Has the run ended before the time that this outcome measures from the last session? */
bool cx_story_is_cut(const struct cx_record *r, const struct cx_outcome_entry *f, double last_day);
/* Two or three sentences made from the outcomes; `last_day`: how far the run went. */
void cx_story_finding(struct cx_text *p, const struct cx_record *r, double last_day);
void cx_story_cards(struct cx_text *p, const struct cx_record *r);
/* The first `most` key numbers as rows of a definition list. */
void cx_story_keys(struct cx_text *p, const struct cx_record *r, int most);
/* Measured beside simulated; nothing when nothing was measured. */
void cx_story_compared(struct cx_text *p, const struct cx_record *r);
/* What an outcome was compared with: its evidence label, to stand behind "compared with". */
const char *cx_story_evidence(const struct cx_outcome_entry *f);
void cx_story_outcomes(struct cx_text *p, const struct cx_record *r);
/* Did an ensemble give intervals?  The interval of one outcome ("5 - 20 %, 90 % of 40 draws"), and what intervals hold
 * and do not hold; nothing without an ensemble. */
bool cx_story_has_spread(const struct cx_record *r);
void cx_story_spread(struct cx_text *p, const struct cx_outcome_entry *o);
void cx_story_spread_means(struct cx_text *p, const struct cx_record *r);
/* Numerical errors of one outcome ("+- 0.1 time step, +- 0.3 grid"); nothing without a certificate, as the section. */
void cx_story_bars(struct cx_text *p, const struct cx_outcome_entry *o);
void cx_story_errors(struct cx_text *p, const struct cx_record *r);
void cx_story_numerics(struct cx_text *p, const struct cx_record *r);

#endif
