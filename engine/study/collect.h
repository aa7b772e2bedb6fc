/* collect.h - the tables of a study: runs.csv and study.nc.  The same records make the same bytes, in whatever order and
 * on whatever machine they were made: nothing here depends on wall time. */
#ifndef CX_STUDY_COLLECT_H
#define CX_STUDY_COLLECT_H

#include "base/text.h"
#include "study/evaluate.h"

/* What both files are made of. */
struct cx_collection {
    const struct cx_study *study;
    const struct cx_design *design;
    const struct cx_study_table *table;
};
/* runs.csv: run, point, repeat, seed, one column per factor "path [unit]", status, one per outcome "name [unit]", digest,
 * message.  study.nc: for a grid the dimensions are the factors (and `repeat`), otherwise `run`; variables are the outcomes
 * with units, `status` with flag_meanings, `seed`.  Errors: CX_STORAGE E071.. */
enum cx_status cx_collect_write(const struct cx_collection *c, struct cx_error *e);
enum cx_status cx_collect_csv(const struct cx_collection *c, const char *path, struct cx_error *e);
enum cx_status cx_collect_nc(const struct cx_collection *c, const char *path, struct cx_error *e);

/* One cell of a CSV table: text quoted where it has to be; "name [unit]"; a number, empty unless finite. */
void cx_csv_text(struct cx_text *t, const char *text);
void cx_csv_name(struct cx_text *t, const char *name, const char *unit);
void cx_csv_number(struct cx_text *t, double x);

#endif
