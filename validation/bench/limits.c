/* limits.c - see limits.h. */
#include "limits.h"

#include "base/clock.h"
#include "model.h"

#include <stdlib.h>
#include <time.h>

enum { PASSES = 7 };

struct arrays {
    double *a, *b, *c;
    size_t n; /* of each */
};

CX_CLONES static void triad(const struct arrays *x, size_t from, size_t to) {
    double *restrict a = x->a;
    const double *restrict b = x->b, *restrict c = x->c;
#pragma omp simd
    for (size_t i = from; i < to; i++) a[i] = b[i] + 3.0 * c[i];
}
CX_CLONES static void update(const struct arrays *x, size_t from, size_t to) {
    double *restrict a = x->a;
#pragma omp simd
    for (size_t i = from; i < to; i++) a[i] = 1.0000001 * a[i];
}

/* Processor time where one thread works: it is not disturbed by others. */
static double now(int threads) {
    struct timespec t;
    if (threads > 1 || clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t) != 0) return cx_clock_seconds();
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

typedef void work(const struct arrays *x, size_t from, size_t to);

/* Seconds of one call, best of several; each thread keeps its own part of the arrays. */
static double best(work *w, const struct arrays *x, int threads, int calls) {
    double least = 1e30;
    for (int pass = 0; pass < PASSES; pass++) {
        const double from = now(threads);
#pragma omp parallel for num_threads(threads) schedule(static, 1)
        for (int t = 0; t < threads; t++)
            for (int call = 0; call < calls; call++)
                w(x, x->n * (size_t)t / (size_t)threads, x->n * (size_t)(t + 1) / (size_t)threads);
        const double took = (now(threads) - from) / calls;
        least = took < least ? took : least;
    }
    return least;
}

struct bandwidth limits_bandwidth(int threads, double bytes) {
    const size_t room = (size_t)(bytes / 8) + 64;
    double *block = malloc(room * sizeof *block);
    if (!block) return (struct bandwidth){0, 0};
#pragma omp parallel for num_threads(threads) schedule(static)
    for (size_t i = 0; i < room; i++) block[i] = 1;
    const size_t third = room / 3;
    const struct arrays three = {block, block + third, block + 2 * third, third},
                        one = {block, NULL, NULL, room};
    const int calls = (int)(2e8 / bytes) + 1; /* some milliseconds at least */
    const struct bandwidth found = {24e-9 * (double)third / best(triad, &three, threads, calls),
                                    16e-9 * (double)room / best(update, &one, threads, calls)};
    free(block);
    return found;
}

/* Chains in registers: enough of them that neither latency nor memory counts. */
#define ARITHMETIC(name, type)                                                                     \
    CX_CLONES static void add_##name(type *restrict x, int rounds) {                               \
        type y[128];                                                                               \
        for (int q = 0; q < 128; q++) y[q] = x[q];                                                 \
        for (int i = 0; i < rounds; i++) {                                                         \
            _Pragma("omp simd") for (int q = 0; q < 128; q++) y[q] =                               \
                y[q] * (type)0.999 + (type)1e-3;                                                   \
        }                                                                                          \
        for (int q = 0; q < 128; q++) x[q] = y[q];                                                 \
    }                                                                                              \
    CX_CLONES static void divide_##name(type *restrict x, int rounds) {                            \
        type y[128];                                                                               \
        for (int q = 0; q < 128; q++) y[q] = x[q];                                                 \
        for (int i = 0; i < rounds; i++) {                                                         \
            _Pragma("omp simd") for (int q = 0; q < 128; q++) y[q] = 1 / (y[q] + 1);               \
        }                                                                                          \
        for (int q = 0; q < 128; q++) x[q] = y[q];                                                 \
    }                                                                                              \
    static double seconds_##name(void (*f)(type *restrict, int), int threads, int rounds) {        \
        double least = 1e30;                                                                       \
        for (int pass = 0; pass < PASSES; pass++) {                                                \
            const double from = now(threads);                                                      \
            _Pragma("omp parallel num_threads(threads)") {                                         \
                type x[128] = {0};                                                                 \
                f(x, rounds);                                                                      \
                volatile type keep = x[7];                                                         \
                (void)keep;                                                                        \
            }                                                                                      \
            const double took = now(threads) - from;                                               \
            least = took < least ? took : least;                                                   \
        }                                                                                          \
        return least;                                                                              \
    }
ARITHMETIC(f32, float)
ARITHMETIC(f64, double)

enum { ROUNDS = 200000 };

struct arithmetic limits_arithmetic(int threads) {
    const double many = 1e-9 * 128.0 * ROUNDS * threads;
    return (struct arithmetic){2 * many / seconds_f32(add_f32, threads, ROUNDS),
                               many / seconds_f32(divide_f32, threads, ROUNDS)};
}
struct arithmetic limits_arithmetic_double(int threads) {
    const double many = 1e-9 * 128.0 * ROUNDS * threads;
    return (struct arithmetic){2 * many / seconds_f64(add_f64, threads, ROUNDS),
                               many / seconds_f64(divide_f64, threads, ROUNDS)};
}
