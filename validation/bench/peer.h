/* peer.h - what the drivers of other integrators share: arguments, limits of time, solutions and the line of JSON.
 *   PROGRAM METHOD PROBLEM N RTOL ATOL LIMIT FILE
 * LIMIT: seconds of processor time, after which a driver gives up and says how far it came. */
#ifndef CX_BENCH_PEER_H
#define CX_BENCH_PEER_H

#include "problem.h"

#include <stdio.h>

struct peer {
    struct problem problem;
    const char *method;
    double rtol, atol, limit;
    FILE *file;
    double started, saving; /* s of processor time */
    long calls;             /* of the right-hand side */
};

/* False, with a message on stderr, if the arguments are not valid. */
bool peer_open(struct peer *p, int argc, char **argv);
/* Whether the processor time is used up. */
bool peer_late(const struct peer *p);
/* Appends u [fields][cells] to the file; writing does not count as time. */
void peer_save(struct peer *p, const double *u);
/* Prints the result, `linear`: iterations of the linear solver; closes. */
void peer_close(struct peer *p, double t, long steps, long linear);

#endif
