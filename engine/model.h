/* model.h - the only header a model includes.  A model is a few tables and a handful of pure functions of one point.
 *
 * The file of a model is compiled twice, with `real` = float and = double; the tables are taken from the double one.
 *
 *   #include "engine/model.h"
 *   #define PARAMS(X)   X(decay, "1/h", 0.4, 0.0, 10.0, "signal decay", "10.1000/doi")
 *                         name, unit, default, lowest, highest, meaning, source
 *   #define DERIVED(X)  X(make, "1/h", "decay x healthy level")                             name unit doc
 *   #define SPECIES(X)  X(signal, "1", MOVES, 1.0, "signal")                                name unit movement scale doc
 *   #define INPUTS(X)   X(dermis, "share of dermis")               maps painted by the engine, see wound/skin.h; may be
 *                                                                  empty, as DERIVED may
 *   #define MEASURES(X) X(total, "1", "sum of ...")                                         pointwise quantities to average
 *   CX_DECLARE      -> struct params (PARAMS then DERIVED), struct point (SPECIES), struct input, struct measure
 *   #define SERIES(X)   X("total_mean", "1", "total", "", CX_DERMIS, CX_MEAN, "...")         one scalar per time
 *   #define OUTCOMES(X) X("total_gain", "percent", "total_mean", CX_CHANGE, 0, "...", "...") one scalar per run
 *   CX_POINT void rates(const struct params *p, const struct point *u, const struct input *in,
 *                       struct point *gain, struct point *loss)            du/dt = gain - loss u;  gain, loss >= 0
 *   CX_POINT void movement(p, u, in, struct point *D, struct point *phi)
 *        D: um2/h;  phi: um2/h, the taxis potential: cells drift with velocity grad phi (sum of all attractants)
 *   CX_POINT void measure(p, u, in, struct measure *m)
 *   CX_POINT void derive(struct params *p, const struct cx_context *c)         fills the DERIVED ones at every event
 *   CX_POINT void healthy(const struct params *p, const struct input *in, const struct cx_context *c, struct point *u)
 *   CX_POINT void hurt(const struct params *p, const struct cx_hit *h, const struct input *in, struct point *u)
 *   CX_MODEL(name, "Title", "citation")
 * Every argument `gain`, `loss`, `D`, `phi`, `m`, `u` (of healthy) arrives zeroed.  Constants are written R(0.5).
 *
 * MOVEMENT: STILL (no transport, costs none), MOVES (D depends on the layer only), VARIES (D depends on the point),
 * TAXIS (D depends on the layer; drifts along phi), ROAMS (both vary).
 * Rules inside rates/movement/measure: no branches on real values but `x > 0 ? x : 0`, no pow, exp, fmax: they must
 * vectorise.  Hill functions, cx_exp, cx_log10, cx_tanh below.  A healthy point must give gain - loss u = 0 exactly: write
 * k*base and k, not their difference. */
#ifndef CX_MODEL_H
#define CX_MODEL_H

#include "base/error.h"
#include "base/smooth.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef CX_REAL_FLOAT
typedef float real;
#define CX_SUFFIX(x) x##_f32
#define CX_KERNELS_MEMBER f32 /* of struct cx_model */
#else
typedef double real;
#define CX_SUFFIX(x) x##_f64
#define CX_KERNELS_MEMBER f64
#endif

enum cx_movement { STILL, MOVES, VARIES, TAXIS, ROAMS };

/* Who and where: what `derive`, `healthy` may depend on besides the parameters. */
struct cx_context {
    double age_year, photodamage, perfusion, smoking, stress,
        pollution;                /* 0..1 but age and perfusion */
    int fitzpatrick;              /* 1..6 */
    int site, condition, topical; /* enums of config/scenario.h */
    bool rat;
    double occluded;     /* 1 while an occlusive film is on, else 0 */
    double topical_on;   /* 1 while the topical is applied, else 0 */
    double sun;          /* ultraviolet that reaches the skin, 0..1 (after protection) */
    double hygiene;      /* 0..1 */
    double lesion_age_h; /* age of the lesion */
};

/* What one injury does to one cell. */
struct cx_hit {
    double destroyed; /* share of the cell's volume cut or killed, 0..1 */
    double removed;   /* share taken away (coring, punch), part of `destroyed` */
    double halo;      /* share of stressed, living tissue, 0..1 - destroyed */
    double open;      /* share that stays open as a channel after recoil, 0..1 */
    double width_um;  /* width of the defect here */
    double bleed;     /* 0..1, share of the cell that fills with clot */
    double heat;      /* 0..1, share necrotic by heat (burn) */
};

struct cx_param_row {
    const char *name, *unit;
    double fallback, lo, hi;
    const char *doc, *source;
};
struct cx_derived_row {
    const char *name, *unit, *doc;
};
struct cx_species_row {
    const char *name, *unit;
    enum cx_movement movement;
    double scale; /* typical size, for the error norm */
    const char *doc;
};
struct cx_measure_row {
    const char *name, *unit, *doc;
};

/* Regions a series averages over; a uniform layout has all, surface and track only. */
#define CX_REGIONS(X)                                                                              \
    X(ALL, "all", "the whole block")                                                               \
    X(EPIDERMIS, "epidermis", "viable epidermis")                                                  \
    X(PAPILLARY, "papillary", "papillary dermis")                                                  \
    X(RETICULAR, "reticular", "reticular dermis")                                                  \
    X(DERMIS, "dermis", "whole dermis")                                                            \
    X(TREATED, "treated", "dermis down to the deepest puncture")                                   \
    X(TRACK, "track", "dermis, weighted by the share of each cell that was destroyed")             \
    X(SURFACE, "surface", "outermost cells")                                                       \
    X(CHANNEL, "channel", "stratum corneum and epidermis, weighted by the share that was destroyed")
enum cx_region {
#define CX_REGION_ENUM(id, word, doc) CX_##id,
    CX_REGIONS(CX_REGION_ENUM)
#undef CX_REGION_ENUM
        CX_REGION_COUNT
};
enum cx_reduce {
    CX_MEAN,
    CX_MAX,
    CX_MIN,
    CX_INTEGRAL /* mean x volume of the region per skin area, in um */
};

/* One scalar per time: reduce(measure) over a region; divided by the same of `over` if that is not "". */
struct cx_series_row {
    const char *name, *unit, *measure, *over;
    enum cx_region region;
    enum cx_reduce reduce;
    const char *doc;
};

/* One scalar per run, read off a series. */
enum cx_read {
    CX_AT_END,          /* value at the end                                       */
    CX_AT_START,        /* value just before the first injury                     */
    CX_CHANGE,          /* 100 x (end - start) / start, in percent                */
    CX_DIFFERENCE,      /* end - start                                            */
    CX_LARGEST,         /* largest value                                          */
    CX_SMALLEST,        /* smallest value                                         */
    CX_TIME_OF_LARGEST, /* day of the largest value, since the first session      */
    CX_TIME_OF_SMALLEST,
    CX_LAST_ABOVE,        /* last day above `level`; 0 if never                     */
    CX_FIRST_ABOVE,       /* first day above `level`; NaN if never                  */
    CX_LAST_ABOVE_SESSION /* days from the last session until it stays below `level` */
};
struct cx_outcome_row {
    const char *name, *unit, *series;
    enum cx_read read;
    double level;
    const char *definition; /* one sentence */
    const char *evidence;   /* what it was compared with, or "not compared with any measurement" */
};

/* One stage of a step for the cells [from, to): what stands still gets its increment k = f/(1 + gh loss), where f is F in
 * the first and F - 2 k1 in the second; what moves only has f added, because its transport, which is already in k, and its
 * factors are the solver's.  k1, k2, loss: [species]. */
struct cx_stage_f32 {
    const float *p, *const *u, *const *in;
    float *const *k1, *const *k2, *const *loss;
    float gh;
    size_t from, to;
};
struct cx_stage_f64 {
    const double *p, *const *u, *const *in;
    double *const *k1, *const *k2, *const *loss;
    double gh;
    size_t from, to;
};
/* Range kernels made by CX_MODEL; pointers are [species] or [input] arrays of cell arrays, and the range is
 * [from, to): seven arguments, because the loop over cells must see plain pointers. */
struct cx_kernels_f32 {
    void (*rates)(const float *p, const float *const *u, const float *const *in, float *const *f,
                  float *const *loss, size_t from, size_t to);
    void (*movement)(const float *p, const float *const *u, const float *const *in, float *const *D,
                     float *const *phi, size_t from, size_t to);
    void (*measure)(const float *p, const float *const *u, const float *const *in, float *const *m,
                    size_t from, size_t to);
    void (*first_stage)(const struct cx_stage_f32 *s);  /* k1; writes loss */
    void (*second_stage)(const struct cx_stage_f32 *s); /* k2; reads k1 and the loss of the first */
};
struct cx_kernels_f64 {
    void (*rates)(const double *p, const double *const *u, const double *const *in,
                  double *const *f, double *const *loss, size_t from, size_t to);
    void (*movement)(const double *p, const double *const *u, const double *const *in,
                     double *const *D, double *const *phi, size_t from, size_t to);
    void (*measure)(const double *p, const double *const *u, const double *const *in,
                    double *const *m, size_t from, size_t to);
    void (*first_stage)(const struct cx_stage_f64 *s);
    void (*second_stage)(const struct cx_stage_f64 *s);
};

enum { CX_SPECIES_MAX = 64, CX_MEASURE_MAX = 96, CX_SERIES_MAX = 128, CX_OUTCOME_MAX = 128 };

struct cx_model {
    const char *name, *title, *cite;
    int param_count, derived_count, species_count, input_count;
    int measure_count, series_count, outcome_count;
    const struct cx_param_row *params;
    const struct cx_derived_row *derived;
    const struct cx_species_row *species;
    const char *const *inputs;
    const struct cx_measure_row *measures;
    const struct cx_series_row *series;
    const struct cx_outcome_row *outcomes;
    /* p: [param_count + derived_count], u: [species_count], in: [input_count] */
    void (*derive)(double *p, const struct cx_context *c);
    void (*healthy)(const double *p, const double *in, const struct cx_context *c, double *u);
    void (*hurt)(const double *p, const struct cx_hit *h, const double *in, double *u);
    /* D [species_count] of one point, um2/h: the engine asks it layer by layer for MOVES and TAXIS species */
    void (*mobility)(const double *p, const double *u, const double *in, double *D);
    const struct cx_kernels_f32 *f32;
    const struct cx_kernels_f64 *f64;
};

/* Saturation, in the words of the field; x >= 0, K > 0. */
static inline real cx_hill1(real x, real K) { return x / (K + x); }
static inline real cx_hill2(real x, real K) { return x * x / (K * K + x * x); }
static inline real cx_hill4(real x, real K) {
    const real a = x * x, b = K * K;
    return a * a / (b * b + a * a);
}
static inline real cx_positive(real x) { return x > 0 ? x : 0; }
/* Smooth functions in plain arithmetic; limits and errors in base/smooth.h. */
static inline real cx_exp(real x) { return CX_SUFFIX(cx_exp)(x); }
static inline real cx_log10(real x) { return CX_SUFFIX(cx_log10)(x); }
static inline real cx_tanh(real x) { return CX_SUFFIX(cx_tanh)(x); }

#define R(x) ((real)(x))
#define CX_POINT static inline __attribute__((always_inline, unused))
/* A packaged baseline build carries copies of each hot loop for AVX2 and AVX-512; same bits, since contraction is off. */
#if defined(__GNUC__) && !defined(__clang__) && defined(__x86_64__) && !defined(CX_NO_CLONES)
#define CX_CLONES __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define CX_CLONES
#endif

/* clang-format off */
/* ---- expansions: only these use the tables ---------------------------------------------------------------------- */
#define CX_AS_FIELD(name, ...) real name;
#define CX_AS_INDEX(name, ...) at_##name,
#define CX_AS_LOAD(name, ...) .name = u[at_##name][i],
#define CX_AS_INPUT_INDEX(name, ...) in_##name,
#define CX_AS_INPUT_LOAD(name, ...) .name = in[in_##name][i],
#define CX_AS_MEASURE_INDEX(name, ...) measure_##name,
#define CX_AS_MEASURE_STORE(name, ...) m[measure_##name][i] = made.name;
#define CX_AS_NAME(name, ...) #name,
#define CX_AS_RATE(name, ...)                                                                      \
    f[at_##name][i] += gain.name - lost.name * here.name;                                          \
    loss[at_##name][i] = lost.name;
#define CX_AS_FIRST(name, unit, kind, ...)                                                         \
    {                                                                                              \
        const real F = gain.name - lost.name * here.name;                                          \
        k1[at_##name][i] = kind == STILL ? F / (1 + gh * lost.name) : k1[at_##name][i] + F;        \
        loss[at_##name][i] = lost.name;                                                            \
    }
#define CX_AS_SECOND(name, unit, kind, ...)                                                        \
    {                                                                                              \
        const real F = gain.name - lost.name * here.name;                                          \
        const real f = F - 2 * k1[at_##name][i];                                                   \
        k2[at_##name][i] =                                                                         \
            kind == STILL ? f / (1 + gh * loss[at_##name][i]) : k2[at_##name][i] + f;              \
    }
#define CX_AS_MOVE(name, unit, kind, ...)                                                          \
    if (kind == VARIES || kind == ROAMS) D[at_##name][i] = d.name;                                 \
    if (kind == TAXIS || kind == ROAMS) phi[at_##name][i] = climb.name;

#define CX_DECLARE                                                                                 \
    struct params { PARAMS(CX_AS_FIELD) DERIVED(CX_AS_FIELD) };                                    \
    struct point { SPECIES(CX_AS_FIELD) };                                                         \
    struct input { INPUTS(CX_AS_FIELD) real nothing; }; /* so that a model may ask for no map */   \
    struct measure { MEASURES(CX_AS_FIELD) };                                                      \
    enum { SPECIES(CX_AS_INDEX) species_total };                                                   \
    enum { INPUTS(CX_AS_INPUT_INDEX) input_total };                                                \
    enum { MEASURES(CX_AS_MEASURE_INDEX) measure_total };

#define CX_KERNELS                                                                                 \
    CX_CLONES static void rates_range(const real *p, const real *const *u, const real *const *in,  \
                                      real *const *f, real *const *loss, size_t from, size_t to) { \
        const struct params *k = (const struct params *)p;                                         \
        (void)in;                                                                                  \
        _Pragma("omp simd") for (size_t i = from; i < to; i++) {                                   \
            const struct point here = {SPECIES(CX_AS_LOAD)};                                       \
            const struct input there = {INPUTS(CX_AS_INPUT_LOAD).nothing = 0};                     \
            struct point gain = {0}, lost = {0};                                                   \
            rates(k, &here, &there, &gain, &lost);                                                 \
            SPECIES(CX_AS_RATE)                                                                    \
        }                                                                                          \
    }                                                                                              \
    CX_CLONES static void first_stage(const struct CX_SUFFIX(cx_stage) * s) {                      \
        const struct params *k = (const struct params *)s->p;                                      \
        const real *const *u = s->u, *const *in = s->in, gh = s->gh;                               \
        real *const *k1 = s->k1, *const *loss = s->loss;                                           \
        (void)in;                                                                                  \
        _Pragma("omp simd") for (size_t i = s->from; i < s->to; i++) {                             \
            const struct point here = {SPECIES(CX_AS_LOAD)};                                       \
            const struct input there = {INPUTS(CX_AS_INPUT_LOAD).nothing = 0};                     \
            struct point gain = {0}, lost = {0};                                                   \
            rates(k, &here, &there, &gain, &lost);                                                 \
            SPECIES(CX_AS_FIRST)                                                                   \
        }                                                                                          \
    }                                                                                              \
    CX_CLONES static void second_stage(const struct CX_SUFFIX(cx_stage) * s) {                     \
        const struct params *k = (const struct params *)s->p;                                      \
        const real *const *u = s->u, *const *in = s->in, gh = s->gh;                               \
        real *const *k1 = s->k1, *const *k2 = s->k2, *const *loss = s->loss;                       \
        (void)in;                                                                                  \
        _Pragma("omp simd") for (size_t i = s->from; i < s->to; i++) {                             \
            const struct point here = {SPECIES(CX_AS_LOAD)};                                       \
            const struct input there = {INPUTS(CX_AS_INPUT_LOAD).nothing = 0};                     \
            struct point gain = {0}, lost = {0};                                                   \
            rates(k, &here, &there, &gain, &lost);                                                 \
            SPECIES(CX_AS_SECOND)                                                                  \
        }                                                                                          \
    }                                                                                              \
    CX_CLONES static void movement_range(const real *p, const real *const *u,                      \
                                         const real *const *in, real *const *D, real *const *phi,  \
                                         size_t from, size_t to) {                                 \
        const struct params *k = (const struct params *)p;                                         \
        (void)in;                                                                                  \
        _Pragma("omp simd") for (size_t i = from; i < to; i++) {                                   \
            const struct point here = {SPECIES(CX_AS_LOAD)};                                       \
            const struct input there = {INPUTS(CX_AS_INPUT_LOAD).nothing = 0};                     \
            struct point d = {0}, climb = {0};                                                     \
            movement(k, &here, &there, &d, &climb);                                                \
            SPECIES(CX_AS_MOVE)                                                                    \
        }                                                                                          \
    }                                                                                              \
    CX_CLONES static void measure_range(const real *p, const real *const *u,                       \
                                        const real *const *in, real *const *m, size_t from,        \
                                        size_t to) {                                               \
        const struct params *k = (const struct params *)p;                                         \
        (void)in;                                                                                  \
        _Pragma("omp simd") for (size_t i = from; i < to; i++) {                                   \
            const struct point here = {SPECIES(CX_AS_LOAD)};                                       \
            const struct input there = {INPUTS(CX_AS_INPUT_LOAD).nothing = 0};                     \
            struct measure made = {0};                                                             \
            measure(k, &here, &there, &made);                                                      \
            MEASURES(CX_AS_MEASURE_STORE)                                                          \
        }                                                                                          \
    }

#define CX_AS_PARAM(name, unit, def, lo, hi, doc, source) {#name, unit, def, lo, hi, doc, source},
#define CX_AS_DERIVED(name, unit, doc) {#name, unit, doc},
#define CX_AS_SPECIES(name, unit, kind, scale, doc) {#name, unit, kind, scale, doc},
#define CX_AS_MEASURE(name, unit, doc) {#name, unit, doc},
#define CX_AS_SERIES(name, unit, measure, over, region, reduce, doc) {name, unit, measure, over, region, reduce, doc},
#define CX_AS_OUTCOME(name, unit, series, read, level, text, evidence) {name, unit, series, read, level, text, evidence},
#define CX_LENGTH(a) ((int)(sizeof(a) / sizeof *(a)))

#ifdef CX_REAL_FLOAT
#define CX_MODEL(id, title, cite)                                                                  \
    CX_KERNELS                                                                                     \
    extern const struct cx_kernels_f32 cx_kernels_f32_##id;                                        \
    const struct cx_kernels_f32 cx_kernels_f32_##id = {                                   \
        rates_range, movement_range, measure_range, first_stage, second_stage};
#else
#define CX_MODEL(id, title, cite)                                                                  \
    CX_KERNELS                                                                                     \
    static const struct cx_kernels_f64 kernels_f64 = {                                             \
        rates_range, movement_range, measure_range, first_stage, second_stage};                    \
    extern const struct cx_kernels_f32 cx_kernels_f32_##id;                                        \
    static const struct cx_param_row param_rows[] = {PARAMS(CX_AS_PARAM)};                         \
    static const struct cx_derived_row derived_rows[] = {DERIVED(CX_AS_DERIVED){0}};               \
    static const struct cx_species_row species_rows[] = {SPECIES(CX_AS_SPECIES)};                  \
    static const char *const input_names[] = {INPUTS(CX_AS_NAME) NULL};                            \
    static const struct cx_measure_row measure_rows[] = {MEASURES(CX_AS_MEASURE)};                 \
    static const struct cx_series_row series_rows[] = {SERIES(CX_AS_SERIES)};                      \
    static const struct cx_outcome_row outcome_rows[] = {OUTCOMES(CX_AS_OUTCOME)};                 \
    static void derive_all(double *p, const struct cx_context *c) { derive((struct params *)p, c); } \
    static void healthy_all(const double *p, const double *in, const struct cx_context *c,         \
                            double *u) {                                                           \
        healthy((const struct params *)p, (const struct input *)in, c, (struct point *)u);         \
    }                                                                                              \
    static void hurt_all(const double *p, const struct cx_hit *h, const double *in, double *u) {   \
        hurt((const struct params *)p, h, (const struct input *)in, (struct point *)u);            \
    }                                                                                              \
    static void mobility_all(const double *p, const double *u, const double *in, double *D) {      \
        struct point climb = {0};                                                                  \
        movement((const struct params *)p, (const struct point *)u, (const struct input *)in,      \
                 (struct point *)D, &climb);                                                       \
    }                                                                                              \
    extern const struct cx_model cx_model_##id;                                                    \
    const struct cx_model cx_model_##id = {                                                        \
        #id, title, cite, CX_LENGTH(param_rows), CX_LENGTH(derived_rows) - 1, species_total,           \
        input_total, measure_total, CX_LENGTH(series_rows), CX_LENGTH(outcome_rows), param_rows,   \
        derived_rows, species_rows, input_names, measure_rows, series_rows, outcome_rows,          \
        derive_all, healthy_all, hurt_all, mobility_all, &cx_kernels_f32_##id, &kernels_f64};
#endif
/* clang-format on */

#endif
