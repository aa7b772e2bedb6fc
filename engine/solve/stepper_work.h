/* stepper_work.h - arrays of one stepper and its smallest loops, for one precision (`real`).
 * Knows arrays; the order of the step is in stepper_body.h. */
#ifndef CX_SOLVE_STEPPER_WORK_H
#define CX_SOLVE_STEPPER_WORK_H

#include "solve/stepper_kind.h"
#include "solve/sums.h"
#include "space/lines_body.h"

#include <string.h>

/* Tiles of one thread, each [longest axis][CX_TILE]: see sweeps_body.h. */
enum cx_tile {
    CX_TILE_X,
    CX_TILE_LOSS,
    CX_TILE_D,
    CX_TILE_C,
    CX_TILE_LO,
    CX_TILE_UP,
    CX_TILE_Z,
    CX_TILES
};

struct CX_SUFFIX(cx_work) {
    const struct cx_system *system;
    const struct CX_SUFFIX(cx_kernels) * kernels;
    int shape[3], blocks, strips, movers;
    int mover[CX_SPECIES_MAX];
    int *block_from; /* [blocks + 1], rows */
    int (*near)[8];  /* [rows], rows around: see around() */
    bool movement_varies, open_sides, open_side[3][2];
    real *w[CX_SPECIES_MAX];                       /* [cells], what the rates see */
    real *k1[CX_SPECIES_MAX], *k2[CX_SPECIES_MAX]; /* [cells], stage increments per h */
    real **k;                                      /* k1 or k2, the ones of the present stage */
    real *loss[CX_SPECIES_MAX];                    /* [cells], 1/h */
    real *D[CX_SPECIES_MAX], *phi[CX_SPECIES_MAX]; /* [cells], um2/h; NULL where not needed */
    real *in[CX_INPUT_MAX];
    real *p, *low[3], *high[3]; /* [n], 1/um2, couplings along an axis */
    /* [nz]: couplings along z times D of the faces, 1/h, or where D varies times 0/1; the 0/1 of all that move */
    real *z_low[CX_SPECIES_MAX], *z_high[CX_SPECIES_MAX], *z_open_low[CX_SPECIES_MAX],
        *z_open_high[CX_SPECIES_MAX];
    double volume, h, gh;
    real *weight;              /* [cells], share of a cell in the volume of the block */
    double *sum;               /* [species][blocks][4], see cx_sums */
    real unit[CX_SPECIES_MAX]; /* powers of 2, about 1 / scale of the species */
    real *scratch, *made;
    size_t scratch_room, tile_room;
};

#define WORK struct CX_SUFFIX(cx_work)

/* w = max(0, u + h k). */
CX_CLONES static void cx_stage(const double *restrict u, const real *restrict k, real h,
                               real *restrict w, size_t n) {
#pragma omp simd
    for (size_t i = 0; i < n; i++) {
        const real x = (real)u[i] + h * k[i];
        w[i] = x > 0 ? x : 0;
    }
}

/* ---- the end of a step ------------------------------------------------------------------------------------------
 * The second stage brings the new state; the old one moves, bit by bit, into the memory of the increments that nobody
 * needs any more (halves of it in k1 and k2), so that a rejected step leaves no trace. */

/* One species along cells that lie side by side.  unit: a power of 2 that brings its values near 1. */
struct CX_SUFFIX(cx_settle) {
    double h;
    real gh, unit;
    const real *weight, *loss;
    double *u;
    real *k1, *k2, *w;
};
/* Weighted sums in lanes: error^2 (cut included), value^2, what was cut, value, all times `unit`. */
struct CX_SUFFIX(cx_sums) {
    cx_eight error, square, cut, value;
};
enum { CX_RUN = 64 }; /* cells settled at a time, whole lanes */

/* Puts the halves of an old value, or of four, into the memory of k1 and k2. */
CX_POINT void keep_one(const double *old, real *k1, real *k2) {
    if (sizeof(real) == sizeof(double)) {
        memcpy(k1, old, sizeof *old);
        return;
    }
    uint64_t bits;
    memcpy(&bits, old, sizeof bits);
    const uint32_t low = (uint32_t)bits, high = (uint32_t)(bits >> 32);
    memcpy(k1, &low, sizeof low);
    memcpy(k2, &high, sizeof high);
}
typedef uint32_t cx_words __attribute__((vector_size(32)));
typedef uint32_t cx_halves __attribute__((vector_size(16)));
CX_POINT void keep_four(const double *old, real *k1, real *k2) {
    if (sizeof(real) == sizeof(double)) {
        memcpy(k1, old, 4 * sizeof *old);
        return;
    }
    cx_words bits;
    memcpy(&bits, old, sizeof bits);
    const cx_halves low = __builtin_shufflevector(bits, bits, 0, 2, 4, 6),
                    high = __builtin_shufflevector(bits, bits, 1, 3, 5, 7);
    memcpy(k1, &low, sizeof low);
    memcpy(k2, &high, sizeof high);
}
CX_POINT void keep(const double *old, real *k1, real *k2, size_t n) {
    size_t i = 0;
    for (; i + 4 <= n; i += 4) keep_four(old + i, k1 + i, k2 + i);
    for (; i < n; i++) keep_one(old + i, k1 + i, k2 + i);
}
CX_POINT double cx_kept(const real *k1, const real *k2) {
    double old;
    if (sizeof(real) == sizeof(double)) {
        memcpy(&old, k1, sizeof old);
        return old;
    }
    uint32_t low, high;
    memcpy(&low, k1, sizeof low);
    memcpy(&high, k2, sizeof high);
    const uint64_t bits = (uint64_t)high << 32 | low;
    memcpy(&old, &bits, sizeof old);
    return old;
}

static const double gamma_ros2 = 0.29289321881345254; /* 1 - 1/sqrt 2 */

/* u = max(0, u + h (a k1 + b k2)), w the same for the stages.  a = 3/2 - s/2, b = 1/2 - (1/2 - g) s, where s goes from
 * 0 to 1 with z = g h loss as (z/(1 + z))^3: ROS2 where s is small, so of order 2, and where a field is used up fast
 * h (k1 + g k2), which follows what drives it to second order instead of leading it by 0.7 of its change in a step.  The
 * estimate, the distance to u + h k1, is divided by 1 + z [as in Hosea and Shampine 1996, Appl Numer Math 20:21-37]. */
CX_POINT void settle_values(const struct CX_SUFFIX(cx_settle) * s, double *restrict old,
                            real *restrict off, real *restrict cut, size_t n) {
    const double h = s->h;
    const real gh = s->gh, late = R(0.5) - (real)gamma_ros2;
    const real *restrict loss = s->loss, *restrict k1 = s->k1, *restrict k2 = s->k2;
    double *restrict u = s->u;
    real *restrict w = s->w;
#pragma omp simd
    for (size_t i = 0; i < n; i++) {
        const real z = gh * loss[i], r = 1 / (1 + z), y = z * r, share = y * y * y;
        const real both = (R(1.5) - R(0.5) * share) * k1[i] + (R(0.5) - late * share) * k2[i];
        const double before = u[i], wanted = before + h * (double)both;
        const double made = wanted > 0 ? wanted : 0;
        old[i] = before;
        u[i] = made;
        w[i] = (real)made;
        cut[i] = (real)(made - wanted);
        off[i] = (both - k1[i]) * r;
    }
}

CX_POINT void add_eight(const struct CX_SUFFIX(cx_settle) * s, const real *off, const real *cut,
                        size_t i, struct CX_SUFFIX(cx_sums) * sum) {
    cx_eight e, m, v, weight;
    memcpy(&e, off + i, sizeof e);
    memcpy(&m, cut + i, sizeof m);
    memcpy(&v, s->w + i, sizeof v);
    memcpy(&weight, s->weight + i, sizeof weight);
    e *= (real)s->h * s->unit;
    m *= s->unit;
    v *= s->unit;
    sum->error += weight * (e * e + m * m);
    sum->square += weight * (v * v);
    sum->cut += weight * m;
    sum->value += weight * v;
}

/* The last cells of a run, fewer than eight: the same lanes, empty ones of weight 0. */
static void add_rest(const struct CX_SUFFIX(cx_settle) * s, const real *off, const real *cut,
                     size_t n, struct CX_SUFFIX(cx_sums) * sum) {
    real e[CX_LANES] = {0}, m[CX_LANES] = {0}, v[CX_LANES] = {0}, weight[CX_LANES] = {0};
    memcpy(e, off, n * sizeof *e);
    memcpy(m, cut, n * sizeof *m);
    memcpy(v, s->w, n * sizeof *v);
    memcpy(weight, s->weight, n * sizeof *weight);
    const struct CX_SUFFIX(cx_settle) rest = {.h = s->h, .unit = s->unit, .weight = weight, .w = v};
    add_eight(&rest, e, m, 0, sum);
}

/* n cells, at most CX_RUN. */
static void settle_run(const struct CX_SUFFIX(cx_settle) * s, size_t n,
                       struct CX_SUFFIX(cx_sums) * sum) {
    double old[CX_RUN];
    real off[CX_RUN], cut[CX_RUN];
    settle_values(s, old, off, cut, n);
    struct CX_SUFFIX(cx_sums) part = *sum;
    size_t i = 0;
    for (; i + CX_LANES <= n; i += CX_LANES) add_eight(s, off, cut, i, &part);
    if (i < n) {
        const struct CX_SUFFIX(cx_settle)
            rest = {.h = s->h, .unit = s->unit, .weight = s->weight + i, .w = s->w + i};
        add_rest(&rest, off + i, cut + i, n - i, &part);
    }
    *sum = part;
    keep(old, s->k1, s->k2, n);
}

/* Lanes in pairs, in double. */
CX_POINT double add_lanes(const cx_eight *lanes) {
    real v[CX_LANES];
    memcpy(v, lanes, sizeof v);
    double four[4];
    for (int i = 0; i < 4; i++) four[i] = (double)v[i] + (double)v[i + 4];
    return (four[0] + four[2]) + (four[1] + four[3]);
}
static void cx_settle_sum(const struct CX_SUFFIX(cx_sums) * sum, double *out) {
    out[0] = add_lanes(&sum->error);
    out[1] = add_lanes(&sum->square);
    out[2] = add_lanes(&sum->cut);
    out[3] = add_lanes(&sum->value);
}

#endif
