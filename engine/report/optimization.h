/* optimization.h - the part of a study's page about an optimisation: from optimization.json in the study's folder only.
 * The front, its named designs and what they cost, the limits and whether they are kept. */
#ifndef CX_REPORT_OPTIMIZATION_H
#define CX_REPORT_OPTIMIZATION_H

#include "report/page.h"

#include <jansson.h>
#include <stdbool.h>

/* Was this study optimised? */
bool cx_report_optimized(const char *folder);
/* The section, and the sentence that goes before all else; false and nothing where the folder holds no optimisation. */
bool cx_report_optimum(struct cx_text *p, const char *folder);
bool cx_report_optimum_finding(struct cx_text *p, const char *folder);

/* Two goals against each other: everything tried, the front as a line, its named designs with their numbers.
 * root: optimization.json; goal: the two entries of its "wishes". */
void cx_report_front(struct cx_text *p, const json_t *root, const json_t *const goal[2]);

#endif
