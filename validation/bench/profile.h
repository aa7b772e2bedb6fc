/* profile.h - where the processor is, up to a thousand times per second of each thread (as often as the system's clock
 * ticks): no instrumentation in the code that is timed, and no names of it that could go stale. */
#ifndef CX_BENCH_PROFILE_H
#define CX_BENCH_PROFILE_H

#include <stdbool.h>

/* Starts a timer in each of the `threads` threads of the team. */
bool profile_start(int threads);
/* Stops them and writes one line per sample: an offset in this program, or the name of a function of a library. */
bool profile_stop(const char *file);

#endif
