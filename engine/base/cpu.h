/* cpu.h - what this processor can do, asked once at run time. */
#ifndef CX_BASE_CPU_H
#define CX_BASE_CPU_H

/* Code that is compiled several times, from what every processor of the family runs to the widest registers. */
enum cx_cpu { CX_CPU_PLAIN, CX_CPU_WIDE, CX_CPU_WIDEST, CX_CPU_KINDS };

/* The widest that runs here: x86-64-v3 (AVX2) or -v4 (AVX-512).  Elsewhere than on x86-64 all kinds are the same code. */
static inline enum cx_cpu cx_cpu_kind(void) {
#if defined(__x86_64__)
    const int wide = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2") &&
                     __builtin_cpu_supports("fma");
    const int widest = wide && __builtin_cpu_supports("avx512f") &&
                       __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512cd") &&
                       __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
    return widest ? CX_CPU_WIDEST : wide ? CX_CPU_WIDE : CX_CPU_PLAIN;
#else
    return CX_CPU_PLAIN;
#endif
}

/* Bytes in the widest register that this code is compiled for; two of them where there are only narrow ones. */
#if defined(__AVX512F__)
enum { CX_REGISTER = 64 };
#else
enum { CX_REGISTER = 32 };
#endif

#endif
