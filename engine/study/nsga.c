/* nsga.c - see nsga.h */
#include "study/nsga.h"

#include "study/front.h"

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Nine pairs in ten are crossed.  The indices say how near children stay to their parents: 10 instead of the usual 15
 * and 20, because a simulation allows few points (three problems of 144 points, 40 seeds each: 0.3 to 3 % more volume). */
static const double CROSSED = 0.9, CROSS_INDEX = 10, MUTATE_INDEX = 10;
enum { TRIES = 20 };

/* Parents in the first rows, their children behind them. */
struct herd {
    const struct cx_nsga *p;
    gsl_rng *g;
    int n, parents;
    double *u, *goal, *violation; /* rows of the herd, room for twice the population */
    double *crowd, *other;        /* other: rows on their way through the selection */
    int *rank, *order;
    int seen;
    double *past; /* every point ever asked for */
};

static double *row(const struct herd *h, int i) { return h->u + (size_t)i * (size_t)h->p->k; }

/* ---- points that are new --------------------------------------------------------------------- */

static void settle(const struct herd *h, double *u) {
    for (int j = 0; j < h->p->k; j++) {
        const int slots = h->p->slots[j];
        if (slots) u[j] = (fmin(floor(u[j] * slots), slots - 1) + 0.5) / slots;
    }
    if (h->p->settle) h->p->settle(h->p->user, u);
}

static bool is_new(const struct herd *h, const double *u) {
    const int k = h->p->k;
    for (int i = 0; i < h->seen; i++) {
        const double *x = h->past + (size_t)i * (size_t)k;
        int same = 0;
        while (same < k && fabs(x[same] - u[same]) < 1e-9) same++;
        if (same == k) return false;
    }
    return true;
}

/* Takes the point into the herd unless it has been asked for before. */
static bool take(struct herd *h, double *u) {
    const size_t k = (size_t)h->p->k;
    settle(h, u);
    if (!is_new(h, u)) return false;
    memcpy(row(h, h->n++), u, k * sizeof *u);
    memcpy(h->past + (size_t)h->seen++ * k, u, k * sizeof *u);
    return true;
}

static bool take_random(struct herd *h) {
    double u[CX_GENES_MOST];
    for (int t = 0; t < TRIES; t++) {
        for (int j = 0; j < h->p->k; j++) u[j] = gsl_rng_uniform(h->g);
        if (take(h, u)) return true;
    }
    return false;
}

/* One point in each of as many equal slices of every variable; where values are few and points alike, fewer points. */
static void begin(struct herd *h) {
    const int n = h->p->population;
    double u[CX_GENES_MOST];
    for (int j = 0; j < h->p->k; j++) {
        double *column = h->other + (size_t)j * (size_t)n;
        for (int i = 0; i < n; i++) column[i] = (i + gsl_rng_uniform(h->g)) / n;
        gsl_ran_shuffle(h->g, column, (size_t)n, sizeof *column);
    }
    for (int i = 0; i < n; i++) {
        for (int j = 0; j < h->p->k; j++) u[j] = h->other[(size_t)j * (size_t)n + (size_t)i];
        if (!take(h, u)) take_random(h);
    }
}

/* ---- children -------------------------------------------------------------------------------- */

/* The better of two parents drawn at random. */
static const double *choose(const struct herd *h) {
    const int a = (int)gsl_rng_uniform_int(h->g, (unsigned long)h->parents);
    const int b = (int)gsl_rng_uniform_int(h->g, (unsigned long)h->parents);
    const bool second =
        h->rank[b] < h->rank[a] || (h->rank[b] == h->rank[a] && h->crowd[b] > h->crowd[a]);
    return row(h, second ? b : a);
}

/* Spread of the children around the parents, cut at the wall that is `gap` beyond the nearer parent. */
static double spread(double r, double gap, double apart) {
    const double power = 1 / (CROSS_INDEX + 1);
    const double alpha = 2 - pow(1 + 2 * gap / apart, -(CROSS_INDEX + 1));
    return r <= 1 / alpha ? pow(r * alpha, power) : pow(1 / (2 - r * alpha), power);
}

/* One of the two children of simulated binary crossover. */
static double cross_number(struct herd *h, double a, double b) {
    const double lo = fmin(a, b), hi = fmax(a, b), apart = hi - lo;
    const double r = gsl_rng_uniform(h->g);
    if (gsl_rng_uniform(h->g) < 0.5) return 0.5 * (lo + hi - spread(r, lo, apart) * apart);
    return 0.5 * (lo + hi + spread(r, 1 - hi, apart) * apart);
}

static void cross(struct herd *h, const double *a, const double *b, double *child) {
    const bool crossed = gsl_rng_uniform(h->g) < CROSSED;
    for (int j = 0; j < h->p->k; j++) {
        child[j] = a[j];
        if (!crossed || gsl_rng_uniform(h->g) < 0.5 || fabs(a[j] - b[j]) < 1e-9) continue;
        child[j] = h->p->words[j] ? b[j] : cross_number(h, a[j], b[j]);
    }
}

static double mutate_number(struct herd *h, double x) {
    const double r = gsl_rng_uniform(h->g), power = MUTATE_INDEX + 1;
    if (r < 0.5) {
        const double y = 2 * r + (1 - 2 * r) * pow(1 - x, power);
        return x + pow(y, 1 / power) - 1;
    }
    const double y = 2 * (1 - r) + (2 * r - 1) * pow(x, power);
    return x + 1 - pow(y, 1 / power);
}

/* To another value: any for words, the next one where a small step would change nothing. */
static double mutate_slot(struct herd *h, int j, double x) {
    const int slots = h->p->slots[j], here = (int)fmin(floor(x * slots), slots - 1);
    if (slots < 2) return x;
    if (h->p->words[j]) {
        const int other = (int)gsl_rng_uniform_int(h->g, (unsigned long)slots - 1);
        return (other + (other >= here) + 0.5) / slots;
    }
    int to = (int)fmin(floor(mutate_number(h, x) * slots), slots - 1);
    if (to == here) to += gsl_rng_uniform(h->g) < 0.5 ? -1 : 1;
    if (to < 0) to = 1;
    if (to >= slots) to = slots - 2;
    return (to + 0.5) / slots;
}

/* On average one variable of each child, more where children keep being known already. */
static void mutate(struct herd *h, int eager, double *child) {
    for (int j = 0; j < h->p->k; j++) {
        if (gsl_rng_uniform(h->g) >= (1.0 + eager) / h->p->k) continue;
        child[j] = h->p->slots[j] ? mutate_slot(h, j, child[j]) : mutate_number(h, child[j]);
    }
    for (int j = 0; j < h->p->k; j++) child[j] = fmin(fmax(child[j], 0), 1);
}

static bool breed(struct herd *h) {
    double child[CX_GENES_MOST] = {0};
    for (int t = 0; t < TRIES; t++) {
        const double *a = choose(h), *b = choose(h);
        cross(h, a, b, child);
        mutate(h, t / 4, child);
        if (take(h, child)) return true;
    }
    return take_random(h);
}

/* ---- selection ------------------------------------------------------------------------------- */

static bool comes_first(const struct herd *h, int a, int b) {
    if (h->rank[a] != h->rank[b]) return h->rank[a] < h->rank[b];
    if (h->crowd[a] != h->crowd[b]) return h->crowd[a] > h->crowd[b];
    return a < b;
}

/* The first `keep` rows of an array become those of the order. */
static void reorder(struct herd *h, double *rows, int width, int keep) {
    const size_t w = (size_t)width;
    for (int i = 0; i < keep; i++)
        memcpy(h->other + (size_t)i * w, rows + (size_t)h->order[i] * w, w * sizeof *rows);
    memcpy(rows, h->other, (size_t)keep * w * sizeof *rows);
}

static bool judge(struct herd *h) {
    const struct cx_front_points all = {h->n, h->p->m, h->goal, h->violation};
    cx_front_ranks(&all, h->rank);
    return cx_front_crowding(&all, h->rank, h->crowd);
}

/* The best of parents and children become the parents. */
static bool survive(struct herd *h) {
    if (!judge(h)) return false;
    for (int i = 0; i < h->n; i++) {
        int k = i;
        for (; k > 0 && comes_first(h, i, h->order[k - 1]); k--) h->order[k] = h->order[k - 1];
        h->order[k] = i;
    }
    const int keep = h->n < h->p->population ? h->n : h->p->population;
    reorder(h, h->u, h->p->k, keep);
    reorder(h, h->goal, h->p->m, keep);
    reorder(h, h->violation, 1, keep);
    h->n = h->parents = keep;
    return judge(h);
}

/* ---- the whole ------------------------------------------------------------------------------- */

static enum cx_status ask(struct herd *h, struct cx_error *e) {
    const size_t from = (size_t)h->parents;
    struct cx_nsga_batch b = {.n = h->n - h->parents,
                              .u = row(h, h->parents),
                              .goal = h->goal + from * (size_t)h->p->m,
                              .violation = h->violation + from};
    CX_TRY(h->p->evaluate(h->p->user, &b, e));
    if (!survive(h)) return cx_fail(e, CX_STORAGE, 61, "no memory to compare the points");
    return CX_OK;
}

static enum cx_status search(struct herd *h, bool *exhausted, struct cx_error *e) {
    *exhausted = false;
    begin(h);
    for (int generation = 1;; generation++) {
        CX_TRY(ask(h, e));
        if (h->p->enough && h->p->enough(h->p->user)) return CX_OK;
        if (generation >= h->p->generations) return CX_OK;
        for (int i = 0; i < h->p->population; i++) breed(h);
        *exhausted = h->n == h->parents;
        if (*exhausted) return CX_OK;
    }
}

static bool make_room(struct herd *h) {
    const size_t n = 2 * (size_t)h->p->population, k = (size_t)h->p->k, m = (size_t)h->p->m;
    const size_t wide = k > m ? k : m;
    h->u = calloc(n * k, sizeof *h->u);
    h->goal = calloc(n * m, sizeof *h->goal);
    h->violation = calloc(n, sizeof *h->violation);
    h->crowd = calloc(n, sizeof *h->crowd);
    h->other = calloc(n * wide, sizeof *h->other);
    h->rank = calloc(n, sizeof *h->rank);
    h->order = calloc(n, sizeof *h->order);
    h->past = calloc((size_t)h->p->population * (size_t)h->p->generations * k, sizeof *h->past);
    h->g = gsl_rng_alloc(gsl_rng_mt19937);
    if (h->g) gsl_rng_set(h->g, (unsigned long)h->p->seed + 1);
    return h->u && h->goal && h->violation && h->crowd && h->other && h->rank && h->order &&
           h->past && h->g;
}

enum cx_status cx_nsga_search(const struct cx_nsga *p, bool *exhausted, struct cx_error *e) {
    struct herd h = {.p = p};
    const enum cx_status status =
        make_room(&h) ? search(&h, exhausted, e)
                      : cx_fail(e, CX_STORAGE, 61, "no memory for %d points", 2 * p->population);
    if (h.g) gsl_rng_free(h.g);
    free(h.u);
    free(h.goal);
    free(h.violation);
    free(h.crowd);
    free(h.other);
    free(h.rank);
    free(h.order);
    free(h.past);
    return status;
}
