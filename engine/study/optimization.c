/* optimization.c - see optimization.h */
#include "study/optimization.h"

#include "base/text.h"
#include "study/front.h"
#include "study/nsga.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const double STALL = 1e-3;

/* What one search needs beside its result. */
struct work {
    struct cx_optimization *o;
    const struct cx_study_options *options;
    enum cx_status status; /* of writing the files: ends the search */
    struct cx_error error;
};

const char *cx_optimum_word(enum cx_optimum o) {
    static const char *const words[] = {"running", "all generations", "stalled", "exhausted"};
    return words[o];
}

/* ---- points ---------------------------------------------------------------------------------- */

/* Ranges are searched in round steps of a thousandth or finer, so that values can be read, typed and found again. */
static double round_value(const struct cx_factor *f, double x) {
    if (!f->range || f->whole || f->words) return x;
    const double span = f->log ? x : f->to - f->from;
    const double step = pow(10, floor(log10(span)) - 3);
    const char *rest;
    char text[40];
    snprintf(text, sizeof text, "%.11e", round(x / step) * step);
    cx_number_read(text, &rest, &x);
    return fmin(fmax(x, f->from), f->to);
}

static double factor_value(const struct cx_factor *f, double u) {
    return round_value(f, cx_factor_from_unit(f, u));
}

static void settle(void *user, double *u) {
    const struct work *w = user;
    for (int j = 0; j < w->o->study->factor_count; j++) {
        const struct cx_factor *f = &w->o->study->factor[j];
        u[j] = cx_factor_to_unit(f, factor_value(f, u[j]));
    }
}

/* ---- values ---------------------------------------------------------------------------------- */

/* How far a value is outside its limits, as a share of the limit (of one unit where the limit is 0). */
static double broken(const struct cx_study_outcome *o, double x) {
    if (x > o->most) return (x - o->most) / (o->most != 0 ? fabs(o->most) : 1);
    if (x < o->least) return (o->least - x) / (o->least != 0 ? fabs(o->least) : 1);
    return 0;
}

static void judge(struct cx_optimization *o, int i) {
    const struct cx_study *s = o->study;
    const double *value = cx_optimization_value(o, i);
    double *small = o->small + (size_t)i * (size_t)o->goals;
    bool whole = true;
    o->violation[i] = 0;
    for (int k = 0; k < s->outcome_count; k++) {
        const struct cx_study_outcome *q = &s->outcome[k];
        const bool matters = q->goal != CX_NO_GOAL || isfinite(q->least) || isfinite(q->most);
        whole = whole && (!matters || isfinite(value[k]));
        if (isfinite(value[k])) o->violation[i] += broken(q, value[k]);
    }
    for (int j = 0; j < o->goals; j++) {
        const double x = value[o->goal[j]];
        small[j] = !whole ? 0 : s->outcome[o->goal[j]].goal == CX_MOST ? -x : x;
    }
    if (!whole) o->violation[i] = INFINITY;
}

/* Means over the repeats of one point of a batch. */
static void gather(struct cx_optimization *o, const struct cx_study_table *t, int from, int i) {
    double *value = cx_optimization_value(o, from + i);
    o->failed[from + i] = false;
    for (int k = 0; k < t->outcomes; k++) value[k] = 0;
    for (int r = 0; r < t->repeats; r++) {
        const int run = i * t->repeats + r;
        o->failed[from + i] = o->failed[from + i] || cx_run_status_bad(t->run[run].status);
        for (int k = 0; k < t->outcomes; k++) value[k] += cx_study_row(t, run)[k] / t->repeats;
    }
    memcpy(o->digest[from + i], t->run[(size_t)i * (size_t)t->repeats].digest, sizeof *o->digest);
    judge(o, from + i);
}

static bool count_generation(struct cx_optimization *o) {
    if (!o->generation) return false;
    const struct cx_generation *last = o->generations ? &o->generation[o->generations - 1] : NULL;
    struct cx_generation *g = &o->generation[o->generations];
    const struct cx_front_points all = {o->points.n, o->goals, o->small, o->violation};
    const int from = last ? last->points : 0;
    *g = last ? *last : (struct cx_generation){0};
    g->points = o->points.n;
    for (int i = from; i < o->points.n; i++) {
        g->failed += o->failed[i];
        g->breaking += !o->failed[i] && o->violation[i] > 0;
    }
    g->front = malloc(((size_t)o->points.n + 1) * sizeof *g->front);
    g->front_count = 0;
    if (!g->front) return false;
    for (int i = 0; last && i < last->front_count; i++) g->front[i] = last->front[i];
    g->front_count = cx_front_join(&all, from, g->front, last ? last->front_count : 0);
    void *fitted = realloc(g->front, ((size_t)g->front_count + 1) * sizeof *g->front);
    if (fitted) g->front = fitted;
    o->generations++;
    return true;
}

/* One generation: its points behind those that are known. */
static enum cx_status evaluate(void *user, struct cx_nsga_batch *b, struct cx_error *e) {
    struct work *w = user;
    struct cx_optimization *o = w->o;
    const struct cx_study *s = o->study;
    const int from = o->points.n, k = s->factor_count;
    const size_t goals = (size_t)o->goals;
    struct cx_study_table t = {0};
    CX_TRY(w->status != CX_OK ? (*e = w->error, w->status) : CX_OK);
    for (int i = 0; i < b->n; i++)
        for (int j = 0; j < k; j++)
            cx_design_row(&o->points, from + i)[j] =
                factor_value(&s->factor[j], b->u[(size_t)i * (size_t)k + (size_t)j]);
    const struct cx_design some = {.n = b->n, .k = k, .at = cx_design_row(&o->points, from)};
    enum cx_status status = cx_study_evaluate(s, &some, w->options, &t, e);
    if (status == CX_OK) {
        for (int i = 0; i < b->n; i++) gather(o, &t, from, i);
        memcpy(b->goal, o->small + (size_t)from * goals, (size_t)b->n * goals * sizeof *b->goal);
        memcpy(b->violation, o->violation + from, (size_t)b->n * sizeof *b->violation);
        o->points.n += b->n;
        if (!count_generation(o)) status = cx_fail(e, CX_STORAGE, 61, "no memory for the front");
    }
    cx_study_table_free(&t);
    return status;
}

/* ---- the front ------------------------------------------------------------------------------- */

double cx_optimization_volume(const struct cx_optimization *o, int generation) {
    const struct cx_generation *g = &o->generation[generation];
    const size_t m = (size_t)o->goals;
    double lo[CX_GOALS_MOST] = {0}, hi[CX_GOALS_MOST] = {0}, worst[CX_GOALS_MOST], box = 1;
    for (size_t j = 0; j < m; j++) {
        lo[j] = INFINITY;
        hi[j] = -INFINITY;
        worst[j] = 1.1;
        box *= worst[j];
        for (int i = 0; i < o->points.n; i++) {
            if (o->violation[i] > 0) continue;
            lo[j] = fmin(lo[j], o->small[(size_t)i * m + j]);
            hi[j] = fmax(hi[j], o->small[(size_t)i * m + j]);
        }
    }
    double *at = malloc(((size_t)g->front_count * m + 1) * sizeof *at);
    if (!at) return NAN;
    for (size_t i = 0; i < (size_t)g->front_count * m; i++) {
        const size_t j = i % m;
        const double x = o->small[(size_t)g->front[i / m] * m + j];
        at[i] = hi[j] > lo[j] ? (x - lo[j]) / (hi[j] - lo[j]) : 0;
    }
    const double volume = cx_front_volume(at, g->front_count, o->goals, worst) / box;
    free(at);
    return volume;
}

double cx_optimization_cost(const struct cx_optimization *o, int i, int j) {
    const size_t m = (size_t)o->goals;
    double lo = INFINITY, hi = -INFINITY;
    for (int k = 0; k < o->count; k++) {
        const double x = o->small[(size_t)o->front[k] * m + (size_t)j];
        lo = fmin(lo, x);
        hi = fmax(hi, x);
    }
    return hi > lo ? (o->small[(size_t)i * m + (size_t)j] - lo) / (hi - lo) : 0;
}

static bool is_before(const struct cx_optimization *o, int a, int b) {
    const double *x = o->small + (size_t)a * (size_t)o->goals;
    const double *y = o->small + (size_t)b * (size_t)o->goals;
    for (int j = 0; j < o->goals; j++)
        if (x[j] != y[j]) return x[j] < y[j];
    return a < b;
}

static void name_designs(struct cx_optimization *o) {
    double nearest = INFINITY;
    o->compromise = -1;
    for (int j = 0; j < o->goals; j++) o->best[j] = -1;
    for (int k = 0; k < o->count; k++) {
        double far = 0;
        for (int j = 0; j < o->goals; j++) {
            const double cost = cx_optimization_cost(o, o->front[k], j);
            far += cost * cost;
            if (cost <= 0 && o->best[j] < 0) o->best[j] = k;
        }
        if (!(far < nearest)) continue;
        nearest = far;
        o->compromise = k;
    }
    o->nearest = -1;
    for (int i = 0; i < o->points.n && !o->count; i++)
        if (isfinite(o->violation[i]) &&
            (o->nearest < 0 || o->violation[i] < o->violation[o->nearest]))
            o->nearest = i;
}

static void take_front(struct cx_optimization *o) {
    const struct cx_generation *g = &o->generation[o->generations - 1];
    o->count = g->front_count;
    for (int i = 0; i < o->count; i++) {
        int k = i;
        for (; k > 0 && is_before(o, g->front[i], o->front[k - 1]); k--)
            o->front[k] = o->front[k - 1];
        o->front[k] = g->front[i];
    }
    name_designs(o);
}

/* The front of a generation is among the points of the last one: both are measured in the same box. */
static bool stalls(const struct cx_optimization *o) {
    const int now = o->generations - 1, then = now - o->study->optimize.patience;
    if (then == now || then < 0 || !o->generation[then].front_count) return false;
    const double volume = cx_optimization_volume(o, now);
    return volume - cx_optimization_volume(o, then) <= STALL * volume;
}

static bool enough(void *user) {
    struct work *w = user;
    struct cx_optimization *o = w->o;
    take_front(o);
    if (o->generations >= o->study->optimize.generations)
        o->ended = CX_ALL_GENERATIONS;
    else if (stalls(o))
        o->ended = CX_STALLED;
    w->status = cx_optimization_write(o, &w->error);
    if (o->after) o->after(o, o->user);
    return o->ended != CX_RUNNING;
}

/* ---- the whole ------------------------------------------------------------------------------- */

static enum cx_status find_goals(struct cx_optimization *o, struct cx_error *e) {
    const struct cx_study *s = o->study;
    int n = 0;
    for (int i = 0; i < s->outcome_count; i++) {
        if (s->outcome[i].goal == CX_NO_GOAL) continue;
        if (n < CX_GOALS_MOST) o->goal[n] = i;
        n++;
    }
    o->goals = n;
    if (n >= 1 && n <= CX_GOALS_MOST && s->factor_count <= CX_GENES_MOST) return CX_OK;
    if (s->factor_count > CX_GENES_MOST)
        return cx_fail(e, CX_CONFIG, 120, "%d settings are varied, at most %d can be searched",
                       s->factor_count, CX_GENES_MOST);
    cx_fail(e, CX_CONFIG, 120, "the study has %d goals, an optimisation needs 1 to %d", n,
            CX_GOALS_MOST);
    cx_hint(e, n ? "make some of them limits: constraints: {NAME: \"<= VALUE\"}"
                 : "add for example goals: {collagen_total_gain: max, erythema_days: min}");
    return CX_CONFIG;
}

static enum cx_status make_room(struct cx_optimization *o, struct cx_error *e) {
    const struct cx_study *s = o->study;
    o->room = s->optimize.population * s->optimize.generations;
    CX_TRY(cx_design_create(o->room, s->factor_count, &o->points, e));
    const size_t n = (size_t)o->room;
    o->points.n = 0;
    o->value = calloc(n * (size_t)s->outcome_count, sizeof *o->value);
    o->small = calloc(n * (size_t)o->goals, sizeof *o->small);
    o->violation = calloc(n, sizeof *o->violation);
    o->failed = calloc(n, sizeof *o->failed);
    o->digest = calloc(n, sizeof *o->digest);
    o->front = calloc(n, sizeof *o->front);
    o->generation = calloc((size_t)s->optimize.generations, sizeof *o->generation);
    if (o->value && o->small && o->violation && o->failed && o->digest && o->front && o->generation)
        return CX_OK;
    return cx_fail(e, CX_STORAGE, 61, "no memory for %d points", o->room);
}

static void describe(const struct cx_study *s, struct cx_nsga *p) {
    for (int j = 0; j < s->factor_count; j++) {
        const struct cx_factor *f = &s->factor[j];
        p->words[j] = f->words;
        p->slots[j] = f->words || !f->range ? f->count : f->whole ? (int)(f->to - f->from) + 1 : 0;
    }
}

enum cx_status cx_optimize(const struct cx_study *s, const struct cx_study_options *options,
                           struct cx_optimization *o, struct cx_error *e) {
    *o = (struct cx_optimization){
        .study = s, .after = o->after, .user = o->user, .nearest = -1, .compromise = -1};
    struct work w = {.o = o, .options = options};
    bool exhausted = false;
    CX_TRY(find_goals(o, e));
    CX_TRY(make_room(o, e));
    struct cx_nsga search = {.k = s->factor_count,
                             .m = o->goals,
                             .population = s->optimize.population,
                             .generations = s->optimize.generations,
                             .seed = s->optimize.seed,
                             .evaluate = evaluate,
                             .enough = enough,
                             .settle = settle,
                             .user = &w};
    describe(s, &search);
    CX_TRY(cx_nsga_search(&search, &exhausted, e));
    if (w.status != CX_OK) *e = w.error;
    CX_TRY(w.status);
    if (!exhausted) return CX_OK;
    o->ended = CX_EXHAUSTED;
    return cx_optimization_write(o, e);
}

void cx_optimization_free(struct cx_optimization *o) {
    for (int i = 0; i < o->generations; i++) free(o->generation[i].front);
    free(o->generation);
    free(o->value);
    free(o->small);
    free(o->violation);
    free(o->failed);
    free(o->digest);
    free(o->front);
    cx_design_free(&o->points);
    *o = (struct cx_optimization){0};
}
