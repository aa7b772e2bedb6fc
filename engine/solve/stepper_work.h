/* stepper_work.h - arrays of one stepper and its smallest loops, for one precision (`real`).
 * Knows arrays; the order of the step is in stepper_body.h. */
#ifndef CX_SOLVE_STEPPER_WORK_H
#define CX_SOLVE_STEPPER_WORK_H

#include "solve/stepper_kind.h"
#include "solve/sums.h"
#include "space/lines_body.h"
#include "space/tiles_body.h"

#include <math.h>
#include <string.h>

/* Tiles of one thread, for the lines of any axis: see sweeps_body.h. */
enum cx_tile {
    CX_TILE_X,
    CX_TILE_Y,
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
    int group; /* planes that are swept along x and y while the second cache holds them */
    int mover[CX_SPECIES_MAX];
    int *block_from;   /* [blocks + 1], rows */
    size_t (*near)[8]; /* [rows], first cells of the rows around: see find_neighbours() */
    bool column;       /* many cells along z only */
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
    size_t scratch_room, tile_room, longest;
    /* Arrays that the reactions of a stage touch first, first and second stage. */
    const real *cold[2][4 * CX_SPECIES_MAX];
    int colds[2];
    bool seeks_even; /* enough cells that lines without divisions pay */
    bool large;      /* more than the caches of a core hold, so that they are asked for early */
    real *
        even; /* [species][blocks], 1/h: the loss of all cells of a block, or NaN where they differ */
};

#define WORK struct CX_SUFFIX(cx_work)

/* What a thread has at hand during a stage. */
struct CX_SUFFIX(cx_desk) {
    int field; /* the one that is swept, or -1 */
    bool even; /* it has the same loss everywhere */
    struct CX_SUFFIX(cx_factors) factors[3];
    real *tiles, *rows; /* rows: padded copies */
};
#define DESK struct CX_SUFFIX(cx_desk)

/* w = max(0, w + h k): at the start of a step w is u, rounded. */
CX_CLONES static void cx_stage(const real *restrict k, real h, real *restrict w, size_t n) {
#pragma omp simd
    for (size_t i = 0; i < n; i++) {
        const real x = w[i] + h * k[i];
        w[i] = x > 0 ? x : 0;
    }
}

/* ---- the end of a step ------------------------------------------------------------------------------------------
 * The second stage brings the new state; the old one moves, bit by bit, into the memory of the increments that nobody
 * needs any more, so that a rejected step leaves no trace. */

/* One species along cells that lie side by side.  unit: a power of 2 that brings its values near 1; even: the loss of all
 * cells, or NaN where they differ. */
struct CX_SUFFIX(cx_settle) {
    double h;
    real gh, unit, even;
    const real *weight, *loss;
    double *u;
    real *k1, *k2, *w;
};
/* Weighted sums in lanes: error^2 (cut included), value^2, what was cut, value, all times `unit`. */
struct CX_SUFFIX(cx_sums) {
    cx_eight error, square, cut, value;
};
/* Cells settled at a time, whole lanes: a few short loops over numbers in the first cache.  One long loop is slower, since
 * more of its instructions wait for each other than a processor can look ahead. */
enum { CX_RUN = 128 };
struct CX_SUFFIX(cx_run) {
    double old[CX_RUN];
    real both[CX_RUN], off[CX_RUN], made[CX_RUN], cut[CX_RUN];
};

/* Old values of n cells in the bytes of k1 and, with float stages, k2: in eights, half of them in each; the last cells one
 * by one, their low words in k1 and their high words in k2. */
CX_POINT void keep(const double *old, real *k1, real *k2, size_t n) {
    enum { FIRST = CX_LANES * sizeof(real), REST = CX_LANES * sizeof(double) - FIRST };
    size_t i = 0;
    for (; i + CX_LANES <= n; i += CX_LANES) {
        memcpy(k1 + i, old + i, FIRST);
        memcpy(k2 + i, (const char *)(old + i) + FIRST, REST);
    }
    for (; i < n; i++) {
        memcpy(k1 + i, old + i, sizeof *k1);
        memcpy(k2 + i, (const char *)(old + i) + sizeof *k1, sizeof *old - sizeof *k1);
    }
}
/* The reverse of keep(). */
CX_POINT void recall(const real *k1, const real *k2, double *old, size_t n) {
    enum { FIRST = CX_LANES * sizeof(real), REST = CX_LANES * sizeof(double) - FIRST };
    size_t i = 0;
    for (; i + CX_LANES <= n; i += CX_LANES) {
        memcpy(old + i, k1 + i, FIRST);
        memcpy((char *)(old + i) + FIRST, k2 + i, REST);
    }
    for (; i < n; i++) {
        memcpy(old + i, k1 + i, sizeof *k1);
        memcpy((char *)(old + i) + sizeof *k1, k2 + i, sizeof *old - sizeof *k1);
    }
}

static const double gamma_ros2 = 0.29289321881345254; /* 1 - 1/sqrt 2 */

/* What a step adds per h, a k1 + b k2, and the estimate of its error.  a = 3/2 - s/2, b = 1/2 - (1/2 - g) s, where s goes
 * from 0 to 1 with z = g h loss as (z/(1 + z))^3: ROS2 where s is small, so of order 2, and where a field is used up fast
 * h (k1 + g k2), which follows what drives it to second order instead of leading it by 0.7 of its change in a step.  The
 * estimate, the distance to u + h k1, is divided by 1 + z [as in Hosea and Shampine 1996, Appl Numer Math 20:21-37]. */
struct CX_SUFFIX(cx_weights) {
    real a, b, filter;
};
CX_POINT struct CX_SUFFIX(cx_weights) weights_of(real gh, real loss, real size) {
    const real late = R(0.5) - (real)gamma_ros2, z = gh * loss, r = 1 / (1 + z), y = z * r,
               share = y * y * y;
    return (struct CX_SUFFIX(cx_weights)){R(1.5) - R(0.5) * share, R(0.5) - late * share, r * size};
}
CX_POINT void weigh_stages(const struct CX_SUFFIX(cx_settle) * s, size_t n, const bool even,
                           struct CX_SUFFIX(cx_run) * run) {
    const real gh = s->gh, size = (real)s->h * s->unit;
    const real *restrict loss = s->loss, *restrict k1 = s->k1, *restrict k2 = s->k2;
    real *restrict both = run->both, *restrict off = run->off;
    const struct CX_SUFFIX(cx_weights) same = weights_of(gh, s->even, size);
#pragma omp simd
    for (size_t i = 0; i < n; i++) {
        const struct CX_SUFFIX(cx_weights) w = even ? same : weights_of(gh, loss[i], size);
        both[i] = w.a * k1[i] + w.b * k2[i];
        off[i] = (both[i] - k1[i]) * w.filter;
    }
}

/* u = max(0, u + h both), w the same for the stages. */
CX_POINT void add_stages(const struct CX_SUFFIX(cx_settle) * s, size_t n,
                         struct CX_SUFFIX(cx_run) * run) {
    const double h = s->h;
    const real unit = s->unit;
    double *restrict u = s->u, *restrict old = run->old;
    real *restrict w = s->w, *restrict made = run->made, *restrict cut = run->cut;
    const real *restrict both = run->both;
#pragma omp simd
    for (size_t i = 0; i < n; i++) {
        const double before = u[i], wanted = before + h * (double)both[i];
        old[i] = before;
        u[i] = wanted > 0 ? wanted : 0;
        cut[i] = (real)wanted;
    }
#pragma omp simd
    for (size_t i = 0; i < n; i++) {
        const real wanted = cut[i], kept = wanted > 0 ? wanted : 0;
        w[i] = kept;
        made[i] = kept * unit;
        cut[i] = (kept - wanted) * unit;
    }
}

CX_POINT void add_eight(const real *weight, const struct CX_SUFFIX(cx_run) * run, size_t i,
                        struct CX_SUFFIX(cx_sums) * sum) {
    cx_eight e, m, v, share;
    memcpy(&e, run->off + i, sizeof e);
    memcpy(&m, run->cut + i, sizeof m);
    memcpy(&v, run->made + i, sizeof v);
    memcpy(&share, weight, sizeof share);
    sum->error += share * (e * e + m * m);
    sum->square += share * (v * v);
    sum->cut += share * m;
    sum->value += share * v;
}

/* n cells, at most CX_RUN.  The last lanes that no cell fills weigh nothing. */
static void settle_run(const struct CX_SUFFIX(cx_settle) * s, size_t n,
                       struct CX_SUFFIX(cx_sums) * sum) {
    struct CX_SUFFIX(cx_run) run;
    if (!isnan(s->even))
        weigh_stages(s, n, true, &run);
    else
        weigh_stages(s, n, false, &run);
    add_stages(s, n, &run);
    struct CX_SUFFIX(cx_sums) part = *sum;
    size_t i = 0;
    for (; i + CX_LANES <= n; i += CX_LANES) add_eight(s->weight + i, &run, i, &part);
    if (i < n) {
        real weight[CX_LANES] = {0};
        memcpy(weight, s->weight + i, (n - i) * sizeof *weight);
        memset(run.off + n, 0, (CX_LANES - n % CX_LANES) * sizeof *run.off);
        memset(run.cut + n, 0, (CX_LANES - n % CX_LANES) * sizeof *run.cut);
        memset(run.made + n, 0, (CX_LANES - n % CX_LANES) * sizeof *run.made);
        add_eight(weight, &run, i, &part);
    }
    *sum = part;
    keep(run.old, s->k1, s->k2, n);
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
