/* story.h - the finding in plain words, the key numbers, and the tables of a report.  Knows records and pages. */
#ifndef CX_REPORT_STORY_H
#define CX_REPORT_STORY_H

#include "report/page.h"
#include "report/record.h"
#include "report/words.h"

/* A name as people call it. */
void cx_story_name(struct cx_text *p, const char *name);
/* Two or three sentences made from the outcomes; `last_day`: how far the run went. */
void cx_story_finding(struct cx_text *p, const struct cx_record *r, double last_day);
void cx_story_cards(struct cx_text *p, const struct cx_record *r);
/* Measured beside simulated; nothing when nothing was measured. */
void cx_story_compared(struct cx_text *p, const struct cx_record *r);
void cx_story_outcomes(struct cx_text *p, const struct cx_record *r);
/* Nothing without a certificate. */
void cx_story_errors(struct cx_text *p, const struct cx_record *r);
void cx_story_numerics(struct cx_text *p, const struct cx_record *r);

#endif
