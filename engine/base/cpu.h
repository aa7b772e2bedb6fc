/* cpu.h - what this processor can do, asked once at run time. */
#ifndef CX_BASE_CPU_H
#define CX_BASE_CPU_H

#include <stdbool.h>

/* Whether code compiled for x86-64-v3 (AVX2) runs here; elsewhere than on x86-64 there is no such code to avoid. */
static inline bool cx_cpu_wide(void) {
#if defined(__x86_64__)
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2") &&
           __builtin_cpu_supports("fma");
#else
    return true;
#endif
}

#endif
