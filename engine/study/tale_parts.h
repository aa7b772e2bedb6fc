/* tale_parts.h - what the files that read a story share; nobody else needs it. */
#ifndef CX_STUDY_TALE_PARTS_H
#define CX_STUDY_TALE_PARTS_H

#include "study/calibration_parts.h"
#include "study/tale.h"

struct cx_tale_reader {
    struct cx_study_reader r; /* first: the reader of studies is handed around */
    struct cx_tale *t;
    const struct cx_yaml *time[CX_TALE_STEPS]; /* where the times of the steps stand */
};
static inline struct cx_tale_reader *cx_tale_reader_of(struct cx_study_reader *r) {
    return (struct cx_tale_reader *)r;
}
static inline struct cx_tale *cx_tale_of(struct cx_study_reader *r) {
    return cx_tale_reader_of(r)->t;
}

/* Keeps a scalar with its place; false after a finding. */
bool cx_tale_keep(struct cx_study_reader *r, const struct cx_yaml *node, struct cx_tale_text *to);
/* E150 at a node with a way out. */
void cx_tale_refuse(struct cx_study_reader *r, const struct cx_yaml *node, const char *what,
                    const char *hint);

/* tale_steps.c */
void cx_tale_steps_read(struct cx_study_reader *r, const struct cx_yaml *node);

/* tale_text.c: every caption, number and claim is read and its units are tried before anything runs. */
void cx_tale_check(struct cx_study_reader *r);

#endif
