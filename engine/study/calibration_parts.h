/* calibration_parts.h - what the files that read a calibration share; nobody else needs it. */
#ifndef CX_STUDY_CALIBRATION_PARTS_H
#define CX_STUDY_CALIBRATION_PARTS_H

#include "study/calibration.h"
#include "study/parts.h"

struct cx_calibration_reader {
    struct cx_study_reader r; /* first: the reader of studies is handed around */
    struct cx_calibration *c;
};
static inline struct cx_calibration *cx_calibration_of(struct cx_study_reader *r) {
    return ((struct cx_calibration_reader *)r)->c;
}

bool cx_calibration_scalar(struct cx_study_reader *r, const struct cx_yaml *node, const char *path);
/* False after a finding: no map, or a key that is none of `keys` (NULL ends them). */
bool cx_calibration_keys(struct cx_study_reader *r, const struct cx_yaml *map, const char *where,
                         const char *const *keys);

/* calibration_read.c: sections */
void cx_calibration_base(struct cx_study_reader *r, const struct cx_yaml *node);
void cx_calibration_fit(struct cx_study_reader *r, const struct cx_yaml *node);
void cx_calibration_data(struct cx_study_reader *r, const struct cx_yaml *node);
void cx_calibration_whole(struct cx_study_reader *r);

#endif
