/* points.h - random but repeatable people, tissues, parameters and states for any model, and its functions called on
 * them.  Nothing here knows a model by name.
 *
 * Ranges: parameters anywhere in [lo, hi] of their row (both ends often; log-uniform where the range spans two decades),
 * a state from 0 to ten times the typical size that its row declares (0 and the healthy value often). */
#ifndef CX_TESTS_CONTRACT_POINTS_H
#define CX_TESTS_CONTRACT_POINTS_H

#include "base/flush.h"
#include "check.h"
#include "run/run.h"
#include "solve/system.h"

#include <stdint.h>
#include <string.h>

enum { CELLS = 24, PARAMS_MOST = 1024, STATE_SPAN = 10 };

/* One parameter set and one person; CELLS points of tissue with their states; what the model makes of them. */
struct batch {
    const struct cx_model *model;
    struct cx_context person;
    double p[PARAMS_MOST]; /* PARAMS, then DERIVED */
    double in[CX_INPUT_MAX][CELLS], u[CX_SPECIES_MAX][CELLS];
    double f[CX_SPECIES_MAX][CELLS], loss[CX_SPECIES_MAX][CELLS]; /* f = gain - loss u */
    double D[CX_SPECIES_MAX][CELLS],
        phi[CX_SPECIES_MAX][CELLS]; /* only where the model writes them */
    double m[CX_MEASURE_MAX][CELLS];
};

/* ---- dice: splitmix64 [10.1145/2714064.2660195] ------------------------------------------------------------------ */

static inline double dice(uint64_t *d) {
    uint64_t z = *d += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return (double)((z ^ (z >> 31)) >> 11) * 0x1p-53;
}
static inline int dice_below(uint64_t *d, int n) { return (int)(dice(d) * n); }

/* lo <= hi; both ends an eighth of the time each. */
static inline double draw(uint64_t *d, double lo, double hi) {
    const double r = dice(d), x = dice(d);
    if (r < 0.125) return lo;
    if (r < 0.25) return hi;
    if (lo < 0 || hi <= 100 * lo) return lo + x * (hi - lo);
    const double low = lo > 0 ? lo : hi * 1e-6; /* from 0: the upper six decades */
    return fmin(low * pow(hi / low, x), hi);
}

/* ---- drawing a batch --------------------------------------------------------------------------------------------- */

static inline struct cx_context draw_person(uint64_t *d) {
    struct cx_context c = {.age_year = draw(d, 0, 110),
                           .photodamage = draw(d, 0, 1),
                           .perfusion = draw(d, 0.1, 3),
                           .smoking = draw(d, 0, 1),
                           .stress = draw(d, 0, 1),
                           .pollution = draw(d, 0, 1),
                           .fitzpatrick = 1 + dice_below(d, 6),
                           .site = dice_below(d, CX_SITE_COUNT),
                           .condition = dice_below(d, CX_CONDITION_COUNT),
                           .topical = dice_below(d, CX_TOPICAL_COUNT)};
    c.rat = c.site == CX_RAT_BACK;
    c.occluded = dice_below(d, 2);
    c.topical_on = dice_below(d, 2);
    c.sun = draw(d, 0, 1);
    c.hygiene = draw(d, 0, 1);
    c.lesion_age_h = draw(d, 0, 876000);
    return c;
}

/* A point lies in one layer, see wound/skin.h; below the dermis, or in a uniform block, it lies in none of these. */
static inline void draw_tissue(uint64_t *d, struct batch *b, int cell) {
    static const char *const layer[] = {"corneum", "epidermis", "papillary", "reticular",
                                        "hypodermis"};
    const int here = dice_below(d, 5);
    const double depth = draw(d, 1, 5000), lesion = draw(d, 0, 1), margin = draw(d, 0, 1);
    for (int i = 0; i < b->model->input_count; i++) {
        const char *name = b->model->inputs[i];
        double x = strcmp(name, layer[here]) == 0;
        if (strcmp(name, "dermis") == 0) x = here == 2 || here == 3;
        if (strcmp(name, "depth") == 0) x = depth;
        if (strcmp(name, "lesion") == 0) x = lesion;
        if (strcmp(name, "margin") == 0) x = margin;
        b->in[i][cell] = x;
    }
}

static inline void cell_inputs(const struct batch *b, int cell, double in[CX_INPUT_MAX]) {
    for (int i = 0; i < b->model->input_count; i++) in[i] = b->in[i][cell];
}

static inline void make_healthy(const struct batch *b, int cell, double u[CX_SPECIES_MAX]) {
    double in[CX_INPUT_MAX];
    cell_inputs(b, cell, in);
    memset(u, 0, CX_SPECIES_MAX * sizeof *u);
    b->model->healthy(b->p, in, &b->person, u);
}

static inline void draw_state(uint64_t *d, struct batch *b, int cell) {
    double rest[CX_SPECIES_MAX];
    make_healthy(b, cell, rest);
    for (int q = 0; q < b->model->species_count; q++) {
        const double r = dice(d), x = draw(d, 0, STATE_SPAN * b->model->species[q].scale);
        b->u[q][cell] = r < 0.25 ? 0 : r < 0.5 ? rest[q] : x;
    }
}

/* Derived parameters arrive poisoned: `derive` must fill each of them. */
static inline void batch_derive(struct batch *b) {
    for (int i = 0; i < b->model->derived_count; i++) b->p[b->model->param_count + i] = NAN;
    b->model->derive(b->p, &b->person);
}

static inline void batch_fill(struct batch *b, uint64_t *d) {
    batch_derive(b);
    for (int i = 0; i < CELLS; i++) {
        draw_tissue(d, b, i);
        draw_state(d, b, i);
    }
}

/* seed 0: the default parameters and an average person; else everything is random. */
static inline void batch_draw(struct batch *b, const struct cx_model *model, uint64_t seed) {
    uint64_t d = seed;
    memset(b, 0, sizeof *b);
    b->model = model;
    b->person = draw_person(&d);
    for (int i = 0; i < model->param_count; i++)
        b->p[i] =
            seed ? draw(&d, model->params[i].lo, model->params[i].hi) : model->params[i].fallback;
    if (!seed)
        b->person =
            (struct cx_context){.age_year = 35, .perfusion = 1, .fitzpatrick = 3, .hygiene = 0.9};
    batch_fill(b, &d);
}

/* ---- calling the model ------------------------------------------------------------------------------------------- */

/* f starts at 0; all that a kernel has to overwrite starts as NaN. */
static inline void batch_poison(struct batch *b) {
    memset(b->f, 0, sizeof b->f);
    for (int i = 0; i < CELLS; i++) {
        for (int q = 0; q < CX_SPECIES_MAX; q++) b->loss[q][i] = b->D[q][i] = b->phi[q][i] = NAN;
        for (int k = 0; k < CX_MEASURE_MAX; k++) b->m[k][i] = NAN;
    }
}

static inline bool writes_D(const struct cx_model *m, int q) {
    return m->species[q].movement == VARIES || m->species[q].movement == ROAMS;
}
static inline bool writes_phi(const struct cx_model *m, int q) {
    return m->species[q].movement == TAXIS || m->species[q].movement == ROAMS;
}

/* batch_run_f32, batch_run_f64: the cells [from, to) through the kernels of that precision, in the arithmetic that the
 * solver uses (denormal numbers count as 0).  Fields that the engine would not hand over are NULL here too. */
/* clang-format off */
#define BATCH_RUN(suffix, number)                                                                                       \
    struct lanes_##suffix {                                                                                             \
        number p[PARAMS_MOST], in[CX_INPUT_MAX][CELLS], m[CX_MEASURE_MAX][CELLS], u[CX_SPECIES_MAX][CELLS];             \
        number f[CX_SPECIES_MAX][CELLS], loss[CX_SPECIES_MAX][CELLS];                                                   \
        number D[CX_SPECIES_MAX][CELLS], phi[CX_SPECIES_MAX][CELLS];                                                    \
    };                                                                                                                  \
    static inline void lanes_load_##suffix(const struct batch *b, struct lanes_##suffix *l) {                           \
        for (int i = 0; i < PARAMS_MOST; i++) l->p[i] = (number)b->p[i];                                                \
        for (int i = 0; i < CELLS; i++) {                                                                               \
            for (int k = 0; k < CX_INPUT_MAX; k++) l->in[k][i] = (number)b->in[k][i];                                   \
            for (int k = 0; k < CX_MEASURE_MAX; k++) l->m[k][i] = (number)b->m[k][i];                                   \
            for (int q = 0; q < CX_SPECIES_MAX; q++) {                                                                  \
                l->u[q][i] = (number)b->u[q][i], l->f[q][i] = (number)b->f[q][i];                                       \
                l->loss[q][i] = (number)b->loss[q][i];                                                                  \
                l->D[q][i] = (number)b->D[q][i], l->phi[q][i] = (number)b->phi[q][i];                                   \
            }                                                                                                           \
        }                                                                                                               \
    }                                                                                                                   \
    static inline void lanes_store_##suffix(const struct lanes_##suffix *l, struct batch *b) {                          \
        for (int i = 0; i < CELLS; i++) {                                                                               \
            for (int k = 0; k < CX_MEASURE_MAX; k++) b->m[k][i] = (double)l->m[k][i];                                   \
            for (int q = 0; q < CX_SPECIES_MAX; q++) {                                                                  \
                b->f[q][i] = (double)l->f[q][i], b->loss[q][i] = (double)l->loss[q][i];                                 \
                b->D[q][i] = (double)l->D[q][i], b->phi[q][i] = (double)l->phi[q][i];                                   \
            }                                                                                                           \
        }                                                                                                               \
    }                                                                                                                   \
    static inline void batch_run_##suffix(struct batch *b, size_t from, size_t to) {                                    \
        static _Thread_local struct lanes_##suffix l;                                                                   \
        const number *u[CX_SPECIES_MAX], *in[CX_INPUT_MAX];                                                             \
        number *f[CX_SPECIES_MAX], *loss[CX_SPECIES_MAX], *D[CX_SPECIES_MAX], *phi[CX_SPECIES_MAX], *m[CX_MEASURE_MAX]; \
        lanes_load_##suffix(b, &l);                                                                                     \
        for (int k = 0; k < CX_INPUT_MAX; k++) in[k] = l.in[k];                                                         \
        for (int k = 0; k < CX_MEASURE_MAX; k++) m[k] = l.m[k];                                                         \
        for (int q = 0; q < b->model->species_count; q++) {                                                             \
            u[q] = l.u[q], f[q] = l.f[q], loss[q] = l.loss[q];                                                          \
            D[q] = writes_D(b->model, q) ? l.D[q] : NULL;                                                               \
            phi[q] = writes_phi(b->model, q) ? l.phi[q] : NULL;                                                         \
        }                                                                                                               \
        const unsigned mode = cx_flush_begin();                                                                         \
        b->model->suffix->rates(l.p, u, in, f, loss, from, to);                                                         \
        b->model->suffix->movement(l.p, u, in, D, phi, from, to);                                                       \
        b->model->suffix->measure(l.p, u, in, m, from, to);                                                             \
        cx_flush_end(mode);                                                                                             \
        lanes_store_##suffix(&l, b);                                                                                    \
    }
BATCH_RUN(f32, float)
BATCH_RUN(f64, double)
/* clang-format on */

/* Everything that the model makes of the batch, from poisoned arrays. */
static inline void batch_run(struct batch *b, bool single) {
    batch_poison(b);
    if (single)
        batch_run_f32(b, 0, CELLS);
    else
        batch_run_f64(b, 0, CELLS);
}

/* Parameters, inputs and states that float can hold, so that both precisions start from the same numbers. */
static inline void batch_round(struct batch *b) {
    for (int i = 0; i < PARAMS_MOST; i++) b->p[i] = (double)(float)b->p[i];
    for (int i = 0; i < CELLS; i++) {
        for (int k = 0; k < CX_INPUT_MAX; k++) b->in[k][i] = (double)(float)b->in[k][i];
        for (int q = 0; q < CX_SPECIES_MAX; q++) b->u[q][i] = (double)(float)b->u[q][i];
    }
}

/* ---- every output by number: f, loss, D, phi of each species, then the measures ---------------------------------- */

enum { OUTPUTS_MOST = 4 * CX_SPECIES_MAX + CX_MEASURE_MAX };

struct output {
    const char *kind, *name, *unit; /* unit: of a measure, or of what it is per h */
    const double *value;            /* [CELLS] */
};

/* False where the model does not make this output. */
static inline bool batch_output(const struct batch *b, int number, struct output *o) {
    static const char *const kind[] = {"gain - loss u of", "loss of", "D of", "phi of"};
    const int what = number / CX_SPECIES_MAX, q = number % CX_SPECIES_MAX,
              k = number - 4 * CX_SPECIES_MAX;
    const struct cx_model *m = b->model;
    if (what >= 4) {
        if (k >= m->measure_count) return false;
        *o = (struct output){"measure", m->measures[k].name, m->measures[k].unit, b->m[k]};
        return true;
    }
    if (q >= m->species_count || (what == 2 && !writes_D(m, q)) || (what == 3 && !writes_phi(m, q)))
        return false;
    const double *value[] = {b->f[q], b->loss[q], b->D[q], b->phi[q]};
    const char *unit[] = {m->species[q].unit, "1", "um2", "um2"}; /* per h */
    *o = (struct output){kind[what], m->species[q].name, unit[what], value[what]};
    return true;
}

#endif
