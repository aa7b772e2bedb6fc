/* flush.h - numbers below the smallest normal one count as 0 while the solver works.
 * Why: far from a needle the increments of a step die out exponentially, and processors are ten times slower on such
 * denormal numbers.  They are set to 0 by every build on the processors named here, so the bits stay the same. */
#ifndef CX_BASE_FLUSH_H
#define CX_BASE_FLUSH_H

#if defined(__x86_64__)
#include <immintrin.h>
/* The mode before, for cx_flush_end(). */
static inline unsigned cx_flush_begin(void) {
    const unsigned before = _mm_getcsr();
    _mm_setcsr(before | 0x8040u); /* flush results and operands */
    return before;
}
static inline void cx_flush_end(unsigned before) { _mm_setcsr(before); }
#else
static inline unsigned cx_flush_begin(void) { return 0; }
static inline void cx_flush_end(unsigned before) { (void)before; }
#endif

#endif
