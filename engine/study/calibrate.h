/* calibrate.h - the whole of a calibration: fit, errors, profiles, posterior, warnings, files. */
#ifndef CX_STUDY_CALIBRATE_H
#define CX_STUDY_CALIBRATE_H

#include "study/crew.h"
#include "study/likelihood.h"
#include "study/posterior.h"

enum { CX_WARNINGS_MOST = 64 };
/* One fitted setting, in its unit. */
struct cx_estimate {
    double value, se;         /* se: linearised; infinite if the data say nothing */
    double low, high;         /* of the interval: by profile if there is one, else from se */
    bool open_low, open_high; /* the interval ends at the bound */
    bool identified;
};
struct cx_calibrated {
    struct cx_fit fit;
    struct cx_estimate at[CX_FIT_MOST];
    int profiles;
    struct cx_profile_curve profile[CX_FIT_MOST];
    struct cx_posterior posterior;
    double *fitted; /* [n], in the units of the data */
    int warnings;
    char warning[CX_WARNINGS_MOST][400];
    long runs, failed;
    double run_seconds; /* of one run on average */
};
/* Errors: CX_NUMERIC E132 and those of the runs at the start; CX_STOPPED, CX_INTERRUPTED.  cx_calibrated_free(). */
enum cx_status cx_calibrate(const struct cx_calibration *c, struct cx_crew *crew,
                            struct cx_calibrated *out, struct cx_error *e);
void cx_calibrated_free(struct cx_calibrated *out);

/* calibrate_write.c: calibration.json (all of it), calibration.csv (value, error, interval, correlation), fit.csv (data,
 * fitted, residual), profile_NAME.csv, ensemble.csv (draws; also a list of points for a study). */
enum cx_status cx_calibrate_write(const struct cx_calibration *c, const struct cx_calibrated *r,
                                  struct cx_error *e);

#endif
