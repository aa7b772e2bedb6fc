/* sums.h - sums whose bits depend on the numbers only: fixed lanes inside a row, rows added in order. */
#ifndef CX_SOLVE_SUMS_H
#define CX_SOLVE_SUMS_H

#include <string.h>

enum { CX_LANES = 8 };
/* Four numbers side by side; the compiler maps them onto whatever registers there are, with the same bits. */
typedef double cx_quad __attribute__((vector_size(4 * sizeof(double))));

/* sum over [n] (a multiple of CX_LANES) of weight x value, in eight lanes that are then added pairwise. */
static inline __attribute__((always_inline)) double cx_lanes_dot(const double *weight,
                                                                 const double *value, int n) {
    cx_quad low = {0}, high = {0};
    for (int i = 0; i < n; i += CX_LANES) {
        cx_quad w, v;
        memcpy(&w, weight + i, sizeof w);
        memcpy(&v, value + i, sizeof v);
        low += w * v;
        memcpy(&w, weight + i + 4, sizeof w);
        memcpy(&v, value + i + 4, sizeof v);
        high += w * v;
    }
    const cx_quad s = low + high;
    return (s[0] + s[2]) + (s[1] + s[3]);
}

#endif
