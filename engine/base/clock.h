/* clock.h - wall time, for progress and estimates only: no result ever depends on it. */
#ifndef CX_BASE_CLOCK_H
#define CX_BASE_CLOCK_H

/* Seconds of the monotonic clock. */
double cx_clock_seconds(void);

#endif
