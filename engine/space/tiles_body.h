/* tiles_body.h - rows of cells turned into lanes that lie side by side, and back, for one precision (`real`).
 * Knows numbers, not models. */
#ifndef CX_SPACE_TILES_BODY_H
#define CX_SPACE_TILES_BODY_H

#include "space/lines_body.h"

#include <stddef.h>
#include <string.h>

enum { CX_TURN = 8 }; /* rows and columns that are turned in registers */
/* Eight numbers side by side; the compiler maps them onto whatever registers there are, with the same bits. */
typedef real cx_eight __attribute__((vector_size(8 * sizeof(real))));

/* Turns 8 x 8 values: eight[r][c] becomes eight[c][r]. */
CX_POINT void turn(cx_eight r[8]) {
    cx_eight a[8], b[8];
    for (int i = 0; i < 8; i += 2) {
        a[i] = __builtin_shufflevector(r[i], r[i + 1], 0, 8, 1, 9, 4, 12, 5, 13);
        a[i + 1] = __builtin_shufflevector(r[i], r[i + 1], 2, 10, 3, 11, 6, 14, 7, 15);
    }
    for (int i = 0; i < 8; i += 4)
        for (int j = 0; j < 2; j++) {
            b[i + 2 * j] =
                __builtin_shufflevector(a[i + j], a[i + j + 2], 0, 1, 8, 9, 4, 5, 12, 13);
            b[i + 2 * j + 1] =
                __builtin_shufflevector(a[i + j], a[i + j + 2], 2, 3, 10, 11, 6, 7, 14, 15);
        }
    for (int i = 0; i < 4; i++) {
        const cx_eight low = __builtin_shufflevector(b[i], b[i + 4], 0, 1, 2, 3, 8, 9, 10, 11);
        const cx_eight high = __builtin_shufflevector(b[i], b[i + 4], 4, 5, 6, 7, 12, 13, 14, 15);
        r[i] = low;
        r[i + 4] = high;
    }
}

/* Cell i of line l at i CX_TILE + l. */
struct CX_SUFFIX(cx_tile) {
    real *at;
    int n, lanes;
};
#define TILE struct CX_SUFFIX(cx_tile)

/* Rows and columns in eights, the last eight overlapping the ones before. */
CX_POINT int last_eight(int at, int n) { return at + CX_TURN <= n ? at : n - CX_TURN; }
CX_CLONES static void load_eights(real *const *rows, const TILE *t) {
    cx_eight r[CX_TURN];
    for (int l = 0; l < t->lanes; l += CX_TURN)
        for (int i = 0; i < t->n; i += CX_TURN) {
            const int lane = last_eight(l, t->lanes), at = last_eight(i, t->n);
            for (int m = 0; m < CX_TURN; m++) memcpy(&r[m], rows[lane + m] + at, sizeof r[m]);
            turn(r);
            real *to = t->at + (size_t)at * CX_TILE + lane;
            for (int m = 0; m < CX_TURN; m++) memcpy(to + (size_t)m * CX_TILE, &r[m], sizeof r[m]);
        }
}
CX_CLONES static void store_eights(const TILE *t, real *const *rows) {
    cx_eight r[CX_TURN];
    for (int l = 0; l < t->lanes; l += CX_TURN)
        for (int i = 0; i < t->n; i += CX_TURN) {
            const int lane = last_eight(l, t->lanes), at = last_eight(i, t->n);
            const real *from = t->at + (size_t)at * CX_TILE + lane;
            for (int m = 0; m < CX_TURN; m++)
                memcpy(&r[m], from + (size_t)m * CX_TILE, sizeof r[m]);
            turn(r);
            for (int m = 0; m < CX_TURN; m++) memcpy(rows[lane + m] + at, &r[m], sizeof r[m]);
        }
}

/* Lanes behind the last become 0 where there is less than a piece. */
CX_POINT void clear_lanes(const TILE *t) {
    for (int i = 0; i < t->n; i++)
        for (int l = t->lanes; l < CX_PIECE; l++) t->at[(size_t)i * CX_TILE + (size_t)l] = 0;
}

/* Cell i of line l = rows[l][i]; empty lanes of the first piece become 0. */
static void load_tile(real *const *rows, const TILE *t) {
    clear_lanes(t);
    if (t->n >= CX_TURN && t->lanes >= CX_TURN) {
        load_eights(rows, t);
        return;
    }
    for (int l = 0; l < t->lanes; l++)
        for (int i = 0; i < t->n; i++) t->at[(size_t)i * CX_TILE + (size_t)l] = rows[l][i];
}
static void store_tile(const TILE *t, real *const *rows) {
    if (t->n >= CX_TURN && t->lanes >= CX_TURN) {
        store_eights(t, rows);
        return;
    }
    for (int l = 0; l < t->lanes; l++)
        for (int i = 0; i < t->n; i++) rows[l][i] = t->at[(size_t)i * CX_TILE + (size_t)l];
}

/* `lanes` values side by side, in eights as above. */
CX_POINT void copy_lanes(const real *restrict from, int lanes, real *restrict to) {
    if (lanes < CX_TURN) {
        for (int l = 0; l < lanes; l++) to[l] = from[l];
        return;
    }
    for (int l = 0; l < lanes; l += CX_TURN) {
        const int at = last_eight(l, lanes);
        memcpy(to + at, from + at, CX_TURN * sizeof *to);
    }
}
/* Lanes whose cells are `stride` apart, into a tile and back. */
CX_CLONES static void lanes_to_tile(const real *from, size_t stride, const TILE *t) {
    for (int i = 0; i < t->n; i++)
        copy_lanes(from + (size_t)i * stride, t->lanes, t->at + (size_t)i * CX_TILE);
}
CX_CLONES static void tile_to_lanes(const TILE *t, real *to, size_t stride) {
    for (int i = 0; i < t->n; i++)
        copy_lanes(t->at + (size_t)i * CX_TILE, t->lanes, to + (size_t)i * stride);
}

#endif
