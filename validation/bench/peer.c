/* peer.c - see peer.h. */
#include "peer.h"

#include <stdlib.h>
#include <sys/resource.h>

static double cpu_seconds(void) {
    struct rusage r;
    getrusage(RUSAGE_SELF, &r);
    return (double)(r.ru_utime.tv_sec + r.ru_stime.tv_sec) +
           1e-6 * (double)(r.ru_utime.tv_usec + r.ru_stime.tv_usec);
}

bool peer_open(struct peer *p, int argc, char **argv) {
    *p = (struct peer){0};
    const int n = argc >= 8 ? (int)strtol(argv[3], NULL, 10) : 0;
    if (n < 2 || !problem_make(argv[2], n, &p->problem)) {
        fprintf(stderr, "usage: %s METHOD PROBLEM N RTOL ATOL LIMIT FILE\n", argv[0]);
        return false;
    }
    p->method = argv[1];
    p->rtol = strtod(argv[4], NULL);
    p->atol = strtod(argv[5], NULL);
    p->limit = strtod(argv[6], NULL);
    p->file = fopen(argv[7], "wb");
    p->started = cpu_seconds();
    if (!p->file) fprintf(stderr, "%s cannot be written\n", argv[7]);
    return p->file != NULL;
}

bool peer_late(const struct peer *p) { return cpu_seconds() - p->started - p->saving > p->limit; }

void peer_save(struct peer *p, const double *u) {
    const double from = cpu_seconds();
    fwrite(u, sizeof *u, (size_t)p->problem.fields * p->problem.cells, p->file);
    p->saving += cpu_seconds() - from;
}

void peer_close(struct peer *p, double t, long steps, long linear) {
    const bool finished = t >= p->problem.out[PROBLEM_OUTPUTS - 1] * (1 - 1e-9);
    printf("{\"finished\": %s, \"t\": %.9g, \"steps\": %ld, \"calls\": %ld, \"linear\": %ld, ",
           finished ? "true" : "false", t, steps, p->calls, linear);
    printf("\"cpu\": %.6g}\n", cpu_seconds() - p->started - p->saving);
    fclose(p->file);
    problem_free(&p->problem);
}
