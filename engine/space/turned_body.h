/* turned_body.h - tridiagonal solves along rows that are all alike, for one precision (`real`): even lines of lines_body.h
 * whose cells lie side by side.  Rows are turned on their way into the elimination and out of it, eight cells of eight rows
 * at a time; without divisions that takes less than a tile.  Where there are not whole eights the last ones overlap: the
 * same numbers are made twice. */
#ifndef CX_SPACE_TURNED_BODY_H
#define CX_SPACE_TURNED_BODY_H

#include "space/tiles_body.h"

enum { CX_GROUPS = CX_TILE / CX_TURN };

/* Eight neighbouring lines, and what goes from cell to cell. */
struct CX_SUFFIX(cx_group) {
    int lane;
    real y[CX_TURN];     /* of the cell before */
    real x[CX_TURN];     /* of the cell behind */
    real again[CX_TURN]; /* x of cell number 8, where the overlapping eight begin anew */
};

/* Eight cells of a group, without the first `known`, by the operations of eliminate_by(). */
CX_POINT void eliminate_eight(const LINES *s, int at, int known, const cx_eight *r,
                              struct CX_SUFFIX(cx_group) * g) {
    const struct CX_SUFFIX(cx_factors) *f = s->factors;
    cx_eight y;
    memcpy(&y, g->y, sizeof y);
    for (int m = known; m < CX_TURN; m++) {
        const int i = at + m;
        y = (r[m] + f->a[i] * y) * f->inverse[i];
        memcpy(s->y + (size_t)i * CX_TILE + g->lane, &y, sizeof y);
    }
    memcpy(g->y, &y, sizeof y);
}
/* Eight cells of a group, the last first. */
CX_POINT void solve_eight(const LINES *s, int at, cx_eight *r, struct CX_SUFFIX(cx_group) * g) {
    cx_eight x;
    memcpy(&x, g->x, sizeof x);
    for (int m = CX_TURN - 1; m >= 0; m--) {
        const int i = at + m;
        memcpy(&r[m], s->y + (size_t)i * CX_TILE + g->lane, sizeof r[m]);
        if (i < s->n - 1) r[m] += s->factors->c[i] * x;
        x = r[m];
        if (i == CX_TURN) memcpy(g->again, &x, sizeof x);
    }
    memcpy(g->x, &x, sizeof x);
}

CX_POINT void rows_forwards(const LINES *s, real *const *rows, int lanes,
                            struct CX_SUFFIX(cx_group) * groups) {
    cx_eight r[CX_TURN];
    for (int i = 0; i < s->n; i += CX_TURN) {
        const int at = last_eight(i, s->n);
        for (int l = 0; l < lanes; l += CX_TURN) {
            struct CX_SUFFIX(cx_group) *g = &groups[l / CX_TURN];
            for (int m = 0; m < CX_TURN; m++) memcpy(&r[m], rows[g->lane + m] + at, sizeof r[m]);
            turn(r);
            eliminate_eight(s, at, i - at, r, g);
        }
    }
}
/* Solutions go into the rows; the same cells of the rows behind these are asked for. */
CX_POINT void rows_backwards(const LINES *s, real *const *rows, int lanes,
                             struct CX_SUFFIX(cx_group) * groups) {
    const size_t ahead = (size_t)lanes * (size_t)s->n;
    cx_eight r[CX_TURN];
    for (int end = s->n; end > 0; end -= CX_TURN) {
        const int at = end > CX_TURN ? end - CX_TURN : 0;
        for (int l = 0; l < lanes; l += CX_TURN) {
            struct CX_SUFFIX(cx_group) *g = &groups[l / CX_TURN];
            if (end < CX_TURN) memcpy(g->x, g->again, sizeof g->x);
            solve_eight(s, at, r, g);
            turn(r);
            for (int m = 0; m < CX_TURN; m++) {
                real *to = rows[g->lane + m] + at;
                memcpy(to, &r[m], sizeof r[m]);
                __builtin_prefetch(to + ahead, 1, 2);
            }
        }
    }
}

/* `lanes` rows that lie one behind the other: in, right-hand sides; out, solutions.  n and lanes are at least 8; of the
 * lines only n, y and factors are used: they are not periodic, and not scaled. */
CX_CLONES static void solve_rows(const LINES *s, real *const *rows, int lanes) {
    struct CX_SUFFIX(cx_group) groups[CX_GROUPS];
    for (int l = 0; l < lanes; l += CX_TURN)
        groups[l / CX_TURN] = (struct CX_SUFFIX(cx_group)){.lane = last_eight(l, lanes)};
    rows_forwards(s, rows, lanes, groups);
    rows_backwards(s, rows, lanes, groups);
}

#endif
