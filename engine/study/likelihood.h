/* likelihood.h - profile likelihood: the least cost when one unknown is held, over that unknown.  Its width is the interval
 * that also holds where the problem is not linear; a side on which it never rises enough is one the data leave open. */
#ifndef CX_STUDY_LIKELIHOOD_H
#define CX_STUDY_LIKELIHOOD_H

#include "study/fit.h"

enum { CX_PROFILE_MOST = 40 };
struct cx_profile_curve {
    int n;
    double u[CX_PROFILE_MOST];    /* ascending; the minimum among them */
    double rise[CX_PROFILE_MOST]; /* (cost - least cost) / variance */
    double need;                  /* rise at the ends of the interval */
    double low, high;             /* of the interval, u; the bound where it is open */
    bool open_low, open_high;
    bool lower; /* a lower cost than that of the fit was found: *best */
    double best[CX_FIT_MOST];
};
/* Unknown `which` of a fit that is judged. */
struct cx_profile_wish {
    int which;
    double level;
};
enum cx_status cx_profile_curve_make(const struct cx_problem *pb, const struct cx_fit *f,
                                     const struct cx_profile_wish *wish, struct cx_profile_curve *c,
                                     struct cx_error *e);

#endif
