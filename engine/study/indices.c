/* indices.c - see indices.h */
#include "study/indices.h"

#include <gsl/gsl_rng.h>
#include <math.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

/* The whole blocks of a design, and a draw of them. */
struct sample {
    const struct cx_blocks *of;
    int n, width; /* whole blocks; numbers of each */
    double
        *block; /* [n][width]: effects of the factors (morris), outcomes of the rows (saltelli) */
    int *pick;  /* [n] blocks of this draw */
};

int cx_blocks_rows(const struct cx_blocks *b) {
    if (b->move) return b->k + 1;
    return b->second ? 2 * b->k + 2 : b->k + 2;
}
int cx_indices_each(const struct cx_blocks *b) {
    return b->move ? (int)CX_MORRIS_INDICES : (int)CX_SOBOL_INDICES;
}
int cx_indices_all(const struct cx_blocks *b) {
    return b->k * cx_indices_each(b) + (b->second ? b->k * (b->k - 1) / 2 : 0);
}

static const double *drawn(const struct sample *s, int i) {
    return s->block + (size_t)s->pick[i] * (size_t)s->width;
}

/* ---- Morris ---------------------------------------------------------------------------------- */

/* Changes over the whole range of each factor. */
static void effects_of(const struct cx_blocks *b, int block, double *effect) {
    const double *y = b->y + (size_t)block * (size_t)(b->k + 1);
    const struct cx_move *move = b->move + (size_t)block * (size_t)b->k;
    for (int i = 0; i < b->k; i++) effect[move[i].factor] = (y[i + 1] - y[i]) / move[i].step;
}

static void morris(const struct sample *s, double *out) {
    for (int j = 0; j < s->of->k; j++) {
        double sum = 0, size = 0, square = 0;
        for (int i = 0; i < s->n; i++) {
            sum += drawn(s, i)[j];
            size += fabs(drawn(s, i)[j]);
        }
        const double mean = sum / s->n;
        for (int i = 0; i < s->n; i++) square += pow(drawn(s, i)[j] - mean, 2);
        out[j * CX_MORRIS_INDICES + CX_MU] = mean;
        out[j * CX_MORRIS_INDICES + CX_MU_STAR] = size / s->n;
        out[j * CX_MORRIS_INDICES + CX_SIGMA] = sqrt(square / (s->n - 1));
    }
}

/* ---- Sobol ----------------------------------------------------------------------------------- */

/* Mean and variance over all points of A and of B. */
static void moments(const struct sample *s, double *mean, double *variance) {
    const int last = s->width - 1;
    double sum = 0, square = 0;
    for (int i = 0; i < s->n; i++) sum += drawn(s, i)[0] + drawn(s, i)[last];
    *mean = sum / (2 * s->n);
    for (int i = 0; i < s->n; i++)
        square += pow(drawn(s, i)[0] - *mean, 2) + pow(drawn(s, i)[last] - *mean, 2);
    *variance = square / (2 * s->n);
}

/* Where there are rows "B with factor j from A", they say the same a second time with A and B exchanged. */
static void first_and_total(const struct sample *s, const double moment[2], int j, double *out) {
    const int k = s->of->k, last = s->width - 1, sides = s->of->second ? 2 : 1;
    double first = 0, total = 0;
    for (int i = 0; i < s->n; i++) {
        const double *y = drawn(s, i);
        for (int side = 0; side < sides; side++) {
            const double a = y[side ? last : 0], b = y[side ? 0 : last];
            const double mixed = y[1 + side * k + j];
            first += (b - moment[0]) * (mixed - a);
            total += 0.5 * (a - mixed) * (a - mixed);
        }
    }
    out[CX_FIRST] = first / (sides * s->n) / moment[1];
    out[CX_TOTAL] = total / (sides * s->n) / moment[1];
}

/* What both together explain, without what each explains alone. */
static double pair(const struct sample *s, const double moment[2], int p, int q) {
    const int k = s->of->k, last = s->width - 1;
    const double m = moment[0];
    double closed = 0;
    for (int i = 0; i < s->n; i++) {
        const double *y = drawn(s, i);
        closed += 0.5 * (y[1 + k + p] - m) * (y[1 + q] - m) +
                  0.5 * (y[1 + k + q] - m) * (y[1 + p] - m) - (y[0] - m) * (y[last] - m);
    }
    return closed / s->n / moment[1];
}

static void sobol(const struct sample *s, double *out) {
    const int k = s->of->k;
    double moment[2];
    moments(s, &moment[0], &moment[1]);
    if (!(moment[1] > 1e-24 * moment[0] * moment[0])) moment[1] = NAN; /* rounding is no effect */
    for (int j = 0; j < k; j++)
        first_and_total(s, moment, j, out + (ptrdiff_t)j * CX_SOBOL_INDICES);
    double *pairs = out + (ptrdiff_t)k * CX_SOBOL_INDICES;
    for (int p = 0; s->of->second && p < k; p++)
        for (int q = p + 1; q < k; q++)
            pairs[cx_pair_place(k, p, q)] = pair(s, moment, p, q) -
                                            out[p * CX_SOBOL_INDICES + CX_FIRST] -
                                            out[q * CX_SOBOL_INDICES + CX_FIRST];
}

/* ---- bootstrap ------------------------------------------------------------------------------- */

static void compute(const struct sample *s, double *out) {
    if (s->of->move)
        morris(s, out);
    else
        sobol(s, out);
}

static int ascending(const void *a, const void *b) {
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Between the values; n >= 1. */
static double percentile(const double *sorted, int n, double share) {
    const double at = share * (n - 1);
    const int i = (int)at < n - 1 ? (int)at : n - 1;
    return i == n - 1 ? sorted[i] : sorted[i] + (at - i) * (sorted[i + 1] - sorted[i]);
}

/* drawn: [draws] values of one index; a draw without any variance says nothing. */
static void take_ends(double *values, const struct cx_bootstrap *how, struct cx_interval *to) {
    int n = 0;
    for (int d = 0; d < how->draws; d++)
        if (isfinite(values[d])) values[n++] = values[d];
    to->low = to->high = NAN;
    if (n == 0 || !isfinite(to->value)) return;
    qsort(values, (size_t)n, sizeof *values, ascending);
    to->low = percentile(values, n, 0.5 - how->level / 2);
    to->high = percentile(values, n, 0.5 + how->level / 2);
}

/* values: [indices][draws], one: [indices] */
static void resample(struct sample *s, const struct cx_bootstrap *how, gsl_rng *g, double *values,
                     double *one) {
    const int all = cx_indices_all(s->of);
    for (int d = 0; d < how->draws; d++) {
        for (int i = 0; i < s->n; i++)
            s->pick[i] = (int)gsl_rng_uniform_int(g, (unsigned long)s->n);
        compute(s, one);
        for (int m = 0; m < all; m++) values[(size_t)m * (size_t)how->draws + (size_t)d] = one[m];
    }
}

static bool is_whole(const struct cx_blocks *b, int block) {
    const int rows = cx_blocks_rows(b);
    for (int i = 0; i < rows; i++)
        if (!isfinite(b->y[(size_t)block * (size_t)rows + (size_t)i])) return false;
    return true;
}

static void gather(struct sample *s) {
    const struct cx_blocks *b = s->of;
    for (int i = 0; i < b->n; i++) {
        if (!is_whole(b, i)) continue;
        double *to = s->block + (size_t)s->n * (size_t)s->width;
        if (b->move)
            effects_of(b, i, to);
        else
            memcpy(to, b->y + (size_t)i * (size_t)s->width, (size_t)s->width * sizeof *to);
        s->pick[s->n] = s->n;
        s->n++;
    }
}

static void make(struct sample *s, const struct cx_bootstrap *how, gsl_rng *g, double *room,
                 struct cx_interval *out) {
    const int all = cx_indices_all(s->of);
    double *one = room, *values = room + all;
    compute(s, one);
    for (int m = 0; m < all; m++) out[m].value = one[m];
    resample(s, how, g, values, one);
    for (int m = 0; m < all; m++) take_ends(values + (size_t)m * (size_t)how->draws, how, &out[m]);
}

enum cx_status cx_indices_make(const struct cx_blocks *b, const struct cx_bootstrap *how,
                               struct cx_interval *out, int *used, struct cx_error *e) {
    const size_t all = (size_t)cx_indices_all(b), n = (size_t)b->n;
    struct sample s = {.of = b, .width = b->move ? b->k : cx_blocks_rows(b)};
    for (size_t m = 0; m < all; m++) out[m] = (struct cx_interval){NAN, NAN, NAN};
    s.block = malloc((n * (size_t)s.width + 1) * sizeof *s.block);
    s.pick = malloc((n + 1) * sizeof *s.pick);
    double *room = malloc((all * ((size_t)how->draws + 1) + 1) * sizeof *room);
    gsl_rng *g = gsl_rng_alloc(gsl_rng_mt19937);
    const bool good = s.block && s.pick && room && g;
    if (good) {
        gsl_rng_set(g, (unsigned long)how->seed);
        gather(&s);
        if (s.n >= 2) make(&s, how, g, room, out);
    }
    *used = s.n;
    free(s.block);
    free(s.pick);
    free(room);
    gsl_rng_free(g);
    return good ? CX_OK : cx_fail(e, CX_STORAGE, 61, "no memory for %zu blocks", n);
}
