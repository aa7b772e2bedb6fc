/* twister.h - the random numbers of GSL, bit for bit, for a compiler that has no GSL: the generator MT19937 (Matsumoto and
 * Nishimura 1998, doi 10.1145/272991.272995) with GSL's seeding, uniform, Gaussian (polar method) and exponential numbers.
 * tests/classroom/test_twister.c holds it against GSL. */
#ifndef CX_CLASSROOM_TWISTER_H
#define CX_CLASSROOM_TWISTER_H

#include <math.h>
#include <stdint.h>

enum { CX_TWISTER_WORDS = 624, CX_TWISTER_SHIFT = 397 };
struct cx_twister {
    uint32_t word[CX_TWISTER_WORDS];
    int next;
};

static inline void cx_twister_seed(struct cx_twister *t, uint32_t seed) {
    t->word[0] = seed ? seed : 4357;
    for (uint32_t i = 1; i < CX_TWISTER_WORDS; i++)
        t->word[i] = 1812433253u * (t->word[i - 1] ^ (t->word[i - 1] >> 30)) + i;
    t->next = CX_TWISTER_WORDS;
}

static inline void cx_twister_refill(struct cx_twister *t) {
    uint32_t *w = t->word;
    for (int i = 0; i < CX_TWISTER_WORDS; i++) {
        const uint32_t y = (w[i] & 0x80000000u) | (w[(i + 1) % CX_TWISTER_WORDS] & 0x7fffffffu);
        w[i] = w[(i + CX_TWISTER_SHIFT) % CX_TWISTER_WORDS] ^ (y >> 1) ^ (y & 1 ? 0x9908b0dfu : 0);
    }
    t->next = 0;
}

static inline uint32_t cx_twister_word(struct cx_twister *t) {
    if (t->next == CX_TWISTER_WORDS) cx_twister_refill(t);
    uint32_t k = t->word[t->next++];
    k ^= k >> 11;
    k ^= (k << 7) & 0x9d2c5680u;
    k ^= (k << 15) & 0xefc60000u;
    return k ^ (k >> 18);
}

/* In [0, 1). */
static inline double cx_twister_uniform(struct cx_twister *t) {
    return cx_twister_word(t) / 4294967296.0;
}

/* In (0, 1). */
static inline double cx_twister_positive(struct cx_twister *t) {
    double x;
    do x = cx_twister_uniform(t);
    while (x == 0);
    return x;
}

static inline double cx_twister_gaussian(struct cx_twister *t, double sigma) {
    double x, y, r;
    do {
        x = -1 + 2 * cx_twister_positive(t);
        y = -1 + 2 * cx_twister_positive(t);
        r = x * x + y * y;
    } while (r > 1 || r == 0);
    return sigma * y * sqrt(-2 * log(r) / r);
}

static inline double cx_twister_exponential(struct cx_twister *t, double mean) {
    return -mean * log1p(-cx_twister_uniform(t));
}

#endif
