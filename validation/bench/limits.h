/* limits.h - what this machine can do at most: memory at a given working set, arithmetic in vector registers. */
#ifndef CX_BENCH_LIMITS_H
#define CX_BENCH_LIMITS_H

/* 1e9 bytes per second that the program asks for (what a cache fetches in order to write is not counted). */
struct bandwidth {
    double triad;  /* a = b + s c: 24 bytes per element */
    double update; /* a = s a: 16 bytes per element */
};
/* 1e9 per second: multiplications and additions that are not fused, and divisions. */
struct arithmetic {
    double operations, divisions;
};

/* Best of several passes over arrays of `bytes` in all. */
struct bandwidth limits_bandwidth(int threads, double bytes);
struct arithmetic limits_arithmetic(int threads);
struct arithmetic limits_arithmetic_double(int threads);

#endif
