/* vectors.c - see vectors.h. */
#include "vectors.h"

#include "model.h"

#include <math.h>
#include <nvector/nvector_serial.h>

CX_CLONES static void sum(size_t n, double a, const double *x, double b, const double *y,
                          double *z) {
#pragma omp simd
    for (size_t i = 0; i < n; i++) z[i] = a * x[i] + b * y[i];
}
CX_CLONES static void scale(size_t n, double a, const double *x, double *z) {
#pragma omp simd
    for (size_t i = 0; i < n; i++) z[i] = a * x[i];
}
CX_CLONES static double dot(size_t n, const double *restrict x, const double *restrict y) {
    double all = 0;
#pragma omp simd reduction(+ : all)
    for (size_t i = 0; i < n; i++) all += x[i] * y[i];
    return all;
}
CX_CLONES static double weighted(size_t n, const double *restrict x, const double *restrict w) {
    double all = 0;
#pragma omp simd reduction(+ : all)
    for (size_t i = 0; i < n; i++) all += x[i] * w[i] * x[i] * w[i];
    return all;
}
CX_CLONES static void add(size_t n, double a, const double *x, double *z) {
#pragma omp simd
    for (size_t i = 0; i < n; i++) z[i] += a * x[i];
}
CX_CLONES static void invert(size_t n, const double *x, double *z) {
#pragma omp simd
    for (size_t i = 0; i < n; i++) z[i] = 1 / x[i];
}
CX_CLONES static void absolute(size_t n, const double *x, double *z) {
#pragma omp simd
    for (size_t i = 0; i < n; i++) z[i] = fabs(x[i]);
}
CX_CLONES static void raise(size_t n, const double *x, double b, double *z) {
#pragma omp simd
    for (size_t i = 0; i < n; i++) z[i] = x[i] + b;
}
CX_CLONES static void multiply(size_t n, const double *x, const double *y, double *z) {
#pragma omp simd
    for (size_t i = 0; i < n; i++) z[i] = x[i] * y[i];
}

static size_t length(N_Vector v) { return (size_t)NV_LENGTH_S(v); }

static void linear_sum(sunrealtype a, N_Vector x, sunrealtype b, N_Vector y, N_Vector z) {
    sum(length(x), a, NV_DATA_S(x), b, NV_DATA_S(y), NV_DATA_S(z));
}
static void scaled(sunrealtype a, N_Vector x, N_Vector z) {
    scale(length(x), a, NV_DATA_S(x), NV_DATA_S(z));
}
static sunrealtype dot_product(N_Vector x, N_Vector y) {
    return dot(length(x), NV_DATA_S(x), NV_DATA_S(y));
}
static sunrealtype norm(N_Vector x, N_Vector w) {
    return sqrt(weighted(length(x), NV_DATA_S(x), NV_DATA_S(w)) / (double)length(x));
}
static void inverse(N_Vector x, N_Vector z) { invert(length(x), NV_DATA_S(x), NV_DATA_S(z)); }
static void magnitude(N_Vector x, N_Vector z) { absolute(length(x), NV_DATA_S(x), NV_DATA_S(z)); }
static void shifted(N_Vector x, sunrealtype b, N_Vector z) {
    raise(length(x), NV_DATA_S(x), b, NV_DATA_S(z));
}
static void product(N_Vector x, N_Vector y, N_Vector z) {
    multiply(length(x), NV_DATA_S(x), NV_DATA_S(y), NV_DATA_S(z));
}
/* In strips that stay in the cache.  z may be x[0]. */
static int combination(int terms, sunrealtype *c, N_Vector *x, N_Vector z) {
    const size_t n = length(z), strip = 2048;
    for (size_t from = 0; from < n; from += strip) {
        const size_t some = n - from < strip ? n - from : strip;
        scale(some, c[0], NV_DATA_S(x[0]) + from, NV_DATA_S(z) + from);
        for (int t = 1; t < terms; t++)
            add(some, c[t], NV_DATA_S(x[t]) + from, NV_DATA_S(z) + from);
    }
    return 0;
}

void vectors_optimise(N_Vector v) {
    v->ops->nvlinearsum = linear_sum;
    v->ops->nvscale = scaled;
    v->ops->nvdotprod = dot_product;
    v->ops->nvwrmsnorm = norm;
    v->ops->nvinv = inverse;
    v->ops->nvabs = magnitude;
    v->ops->nvaddconst = shifted;
    v->ops->nvprod = product;
    v->ops->nvlinearcombination = combination;
}
