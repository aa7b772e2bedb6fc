/* smooth.h - exp, log10 and tanh in plain arithmetic, for the rates of models.
 * Why not those of libm: a loop that calls them does not vectorise, and their last bit differs from one libm to the next.
 * Here every compiler and processor gives the same bits.  Relative error below 4 units in the last place
 * (tests/base/test_smooth.c).  No branches; arguments are clamped instead of overflowing:
 *   exp    to what a normal number can hold;  tanh is +-1 from |x| = 20 (float: 10) on;
 *   log10  takes x <= 0 for the smallest normal number (double -307.65, float -37.93). */
#ifndef CX_BASE_SMOOTH_H
#define CX_BASE_SMOOTH_H

#include <stdint.h>
#include <string.h>

#define CX_SMOOTH static inline __attribute__((always_inline, unused))

/* ---- double ------------------------------------------------------------------------------------------------------ */

CX_SMOOTH uint64_t cx_bits_f64(double x) {
    uint64_t b;
    memcpy(&b, &x, sizeof b);
    return b;
}
CX_SMOOTH double cx_from_bits_f64(uint64_t b) {
    double x;
    memcpy(&x, &b, sizeof x);
    return x;
}
/* x = n ln 2 + r with |r| <= ln 2 / 2: *power = 2^n, result exp(r) - 1.  Adding 1.5 x 2^52 rounds to a whole number. */
CX_SMOOTH double cx_split_f64(double x, double *power) {
    const double shifted = x * 1.4426950408889634074 + 0x1.8p52, n = shifted - 0x1.8p52;
    const double r =
        x - n * 0x1.62e42fefa3800p-1 - n * 0x1.ef35793c76730p-45; /* ln 2 in two parts */
    *power = cx_from_bits_f64((cx_bits_f64(shifted) + 1023u) << 52);
    double p = 1.0 / 6227020800.0;
    p = p * r + 1.0 / 479001600.0;
    p = p * r + 1.0 / 39916800.0;
    p = p * r + 1.0 / 3628800.0;
    p = p * r + 1.0 / 362880.0;
    p = p * r + 1.0 / 40320.0;
    p = p * r + 1.0 / 5040.0;
    p = p * r + 1.0 / 720.0;
    p = p * r + 1.0 / 120.0;
    p = p * r + 1.0 / 24.0;
    p = p * r + 1.0 / 6.0;
    p = p * r + 0.5;
    return r + r * r * p;
}
CX_SMOOTH double cx_exp_f64(double x) {
    double power;
    x = x < -708.0 ? -708.0 : x;
    x = x > 709.0 ? 709.0 : x;
    const double rest = cx_split_f64(x, &power);
    return power + power * rest;
}
CX_SMOOTH double cx_tanh_f64(double x) {
    double power, a = x < 0 ? -x : x;
    a = a > 20.0 ? 20.0 : a;
    const double rest = cx_split_f64(2 * a, &power);
    const double grown = power - 1 + power * rest; /* exp(2a) - 1, without cancellation at a = 0 */
    const double t = grown / (grown + 2);
    return x < 0 ? -t : t;
}
CX_SMOOTH double cx_log10_f64(double x) {
    const uint64_t b = cx_bits_f64(x < 0x1p-1022 ? 0x1p-1022 : x);
    /* exponent without a conversion from integers, which does not vectorise everywhere */
    double e = cx_from_bits_f64((b >> 52) | 0x4330000000000000u) - (0x1p52 + 1023);
    double m = cx_from_bits_f64((b & 0x000fffffffffffffu) | 0x3ff0000000000000u);
    e = m > 1.4142135623730951 ? e + 1 : e;
    m = m > 1.4142135623730951 ? m * 0.5 : m;
    const double s = (m - 1) / (m + 1), z = s * s; /* ln m = 2 atanh s */
    double p = 1.0 / 23;
    p = p * z + 1.0 / 21;
    p = p * z + 1.0 / 19;
    p = p * z + 1.0 / 17;
    p = p * z + 1.0 / 15;
    p = p * z + 1.0 / 13;
    p = p * z + 1.0 / 11;
    p = p * z + 1.0 / 9;
    p = p * z + 1.0 / 7;
    p = p * z + 1.0 / 5;
    p = p * z + 1.0 / 3;
    const double ln = 2 * (s + s * z * p);
    return e * 0x1.34413509f7800p-2 + (e * 0x1.fef311f12b358p-46 + ln * 0.43429448190325182765);
}

/* ---- float ------------------------------------------------------------------------------------------------------- */

CX_SMOOTH uint32_t cx_bits_f32(float x) {
    uint32_t b;
    memcpy(&b, &x, sizeof b);
    return b;
}
CX_SMOOTH float cx_from_bits_f32(uint32_t b) {
    float x;
    memcpy(&x, &b, sizeof x);
    return x;
}
CX_SMOOTH float cx_split_f32(float x, float *power) {
    const float shifted = x * 1.44269504f + 0x1.8p23f, n = shifted - 0x1.8p23f;
    const float r = x - n * 0x1.62e4p-1f - n * 0x1.7f7d1cp-20f;
    *power = cx_from_bits_f32((cx_bits_f32(shifted) + 127u) << 23);
    float p = 1.0f / 5040.0f;
    p = p * r + 1.0f / 720.0f;
    p = p * r + 1.0f / 120.0f;
    p = p * r + 1.0f / 24.0f;
    p = p * r + 1.0f / 6.0f;
    p = p * r + 0.5f;
    return r + r * r * p;
}
CX_SMOOTH float cx_exp_f32(float x) {
    float power;
    x = x < -87.0f ? -87.0f : x;
    x = x > 88.0f ? 88.0f : x;
    const float rest = cx_split_f32(x, &power);
    return power + power * rest;
}
CX_SMOOTH float cx_tanh_f32(float x) {
    float power, a = x < 0 ? -x : x;
    a = a > 10.0f ? 10.0f : a;
    const float rest = cx_split_f32(2 * a, &power);
    const float grown = power - 1 + power * rest;
    const float t = grown / (grown + 2);
    return x < 0 ? -t : t;
}
CX_SMOOTH float cx_log10_f32(float x) {
    const uint32_t b = cx_bits_f32(x < 0x1p-126f ? 0x1p-126f : x);
    float e = cx_from_bits_f32((b >> 23) | 0x4b000000u) - (0x1p23f + 127);
    float m = cx_from_bits_f32((b & 0x007fffffu) | 0x3f800000u);
    e = m > 1.41421356f ? e + 1 : e;
    m = m > 1.41421356f ? m * 0.5f : m;
    const float s = (m - 1) / (m + 1), z = s * s;
    float p = 1.0f / 9;
    p = p * z + 1.0f / 7;
    p = p * z + 1.0f / 5;
    p = p * z + 1.0f / 3;
    const float ln = 2 * (s + s * z * p);
    return e * 0x1.344p-2f + (e * 0x1.3509f8p-18f + ln * 0.434294482f);
}

#endif
