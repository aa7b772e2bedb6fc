/* lines_body.h - tridiagonal solves along many lines at once, vectorised across the lines, for one precision (`real`).
 * Knows numbers, not models.
 *
 * Every line solves (d[i] + lo[i] + up[i]) x[i] - lo[i] x[i-1] - up[i] x[i+1] = r[i] with d = 1 + gh loss, the loss of
 * each cell, by Gaussian elimination from both ends at once, which meets in the middle: half as long a chain of numbers
 * that wait for each other as from one end, one division for two cells, and a mirrored line has the mirrored bits.
 * Periodic lines by Sherman and Morrison's correction. */
#ifndef CX_SPACE_LINES_BODY_H
#define CX_SPACE_LINES_BODY_H

#include "space/pieces_body.h"

#include <stddef.h>
#include <stdint.h>

/* Lines solved side by side: a few pieces. */
enum { CX_PIECES = 3, CX_TILE = CX_PIECE * CX_PIECES };
/* Room for a tile, the same for registers of every width: a run reports its memory. */
enum { CX_TILE_ROOM = CX_PIECES * 64 / sizeof(real) };

/* `lines` side by side fall into this many tiles of nearly equal width; tile t begins with line cx_tile_from(). */
static inline int cx_pieces(int lines) { return (lines + CX_PIECE - 1) / CX_PIECE; }
static inline int cx_tiles(int lines) { return (cx_pieces(lines) + CX_PIECES - 1) / CX_PIECES; }
static inline int cx_tile_from(int lines, int tile) {
    const int64_t from = (int64_t)cx_pieces(lines) * tile / cx_tiles(lines) * CX_PIECE;
    return from < lines ? (int)from : lines;
}

/* Lines whose cells differ in everything; in nothing but the rates of whole lines and the losses of cells; in nothing. */
enum cx_lines_kind { CX_LINES_OWN, CX_LINES_RATED, CX_LINES_EVEN };

/* What elimination makes of lines that are all alike: [n] numbers instead of n per line. */
struct CX_SUFFIX(cx_factors) {
    bool known;
    real rate, first, last; /* of the lines they belong to */
    real d;
    real
        middle; /* what divides where the two ends meet: one over it for two cells, itself for one */
    /* [n], room.  Seen from the nearer end: the coupling to the cell before, one over what is left of the diagonal, and
     * what the cell behind contributes; in the middle cell the couplings to both sides. */
    real *before, *inverse, *behind;
};

/* CX_PIECE to CX_TILE lines, `width` of them, of n cells; cell i of line l is at i stride + l of r and x and at i apart + l
 * of loss.  Couplings: lo[i CX_TILE + l] rate[l] for OWN, else lo[i] rate[l]; lo[0] and up[n-1] are not 0 where the line is
 * periodic.  EVEN: loss[0] is that of all cells. */
struct CX_SUFFIX(cx_lines) {
    int n, width;
    enum cx_lines_kind kind;
    bool periodic;
    bool
        scaled; /* the right-hand side is d r instead of r: not the first line in a product of factors */
    bool far;    /* cells of a line lie pages apart, and are fetched ahead */
    size_t then; /* so far behind each cell lies one that is needed after these lines, or 0 */
    size_t stride, apart;
    real gh;
    const real *lo, *up, *loss;
    const real *r;                          /* right-hand side */
    real *x;                                /* solution, may be r */
    real *y;                                /* [n][CX_TILE], room */
    real *c;                                /* [n][CX_TILE], room */
    real *z;                                /* [n][CX_TILE], room; periodic lines only */
    struct CX_SUFFIX(cx_factors) * factors; /* room for those of the lines, or what they were */
    real rate[CX_TILE], first[CX_TILE],
        last[CX_TILE]; /* first, last: what a side adds to the end cells */
};
#define LINES struct CX_SUFFIX(cx_lines)

/* ---- cells that are asked for before they are needed ------------------------------------------------------------- */

enum { CX_AHEAD = 10 /* cells */, CX_CACHE_LINE = 64 /* bytes */ };
CX_POINT void fetch(const real *at, int width) {
    for (int l = 0; l < width; l += (int)(CX_CACHE_LINE / sizeof(real)))
        __builtin_prefetch(at + l, 1, 2);
}
CX_POINT void fetch_pair(const LINES *s, const real *field, size_t stride, int i) {
    fetch(field + (size_t)i * stride, s->width);
    fetch(field + (size_t)(s->n - 1 - i) * stride, s->width);
}
CX_POINT void fetch_inwards(const LINES *s, const real *field, size_t stride, int i) {
    if (s->far && i + CX_AHEAD < s->n / 2) fetch_pair(s, field, stride, i + CX_AHEAD);
    if (s->then) fetch_pair(s, field + s->then, stride, i);
}

/* ---- elimination: what goes from cell to cell stays in registers ------------------------------------------------- */

/* What the compiler knows beforehand. */
struct cx_way {
    enum cx_lines_kind kind;
    bool scaled;
    int pieces;
};

/* Where piece p of a row of cells begins. */
CX_POINT int lane_of(const LINES *s, int p) {
    return cells_from(p * CX_PIECE, CX_PIECE, s->width).from;
}

/* The equation of cell i in the lines of piece p: couplings to both sides, diagonal, right-hand side. */
enum cx_term { CX_LO, CX_UP, CX_DIAGONAL, CX_RIGHT, CX_TERMS };
CX_POINT void equation_of(const LINES *s, int i, int p, const struct cx_way way, cx_piece *term) {
    const int lane = lane_of(s, p);
    cx_piece rate, loss;
    load(s->rate + lane, &rate);
    load(s->loss + (size_t)i * s->apart + lane, &loss);
    load(s->r + (size_t)i * s->stride + lane, &term[CX_RIGHT]);
    if (way.kind == CX_LINES_OWN) {
        load(s->lo + (size_t)i * CX_TILE + lane, &term[CX_LO]);
        load(s->up + (size_t)i * CX_TILE + lane, &term[CX_UP]);
        term[CX_LO] *= rate;
        term[CX_UP] *= rate;
    } else {
        term[CX_LO] = s->lo[i] * rate;
        term[CX_UP] = s->up[i] * rate;
    }
    const cx_piece d = 1 + s->gh * loss;
    term[CX_DIAGONAL] = d + (term[CX_LO] + term[CX_UP]);
    if (way.scaled) term[CX_RIGHT] *= d;
}

/* What has been eliminated so far from both ends of the lines of a piece: the last y of each, and what the cell behind
 * contributes to it. */
enum cx_reached { CX_Y_FRONT, CX_Y_BACK, CX_C_FRONT, CX_C_BACK, CX_REACHED };

/* Cell i and its mirror image. */
CX_POINT void eliminate_pair(const LINES *s, int i, int p, const struct cx_way way,
                             cx_piece *reached) {
    const int j = s->n - 1 - i, lane = lane_of(s, p), room = p * CX_PIECE;
    cx_piece front[CX_TERMS], back[CX_TERMS], side;
    equation_of(s, i, p, way, front);
    equation_of(s, j, p, way, back);
    if (i == 0) {
        load(s->first + lane, &side);
        front[CX_DIAGONAL] += side;
        load(s->last + lane, &side);
        back[CX_DIAGONAL] += side;
    }
    const cx_piece f = front[CX_DIAGONAL] - front[CX_LO] * reached[CX_C_FRONT],
                   b = back[CX_DIAGONAL] - back[CX_UP] * reached[CX_C_BACK], both = 1 / (f * b),
                   f_inverse = b * both, b_inverse = f * both;
    reached[CX_Y_FRONT] = (front[CX_RIGHT] + front[CX_LO] * reached[CX_Y_FRONT]) * f_inverse;
    reached[CX_Y_BACK] = (back[CX_RIGHT] + back[CX_UP] * reached[CX_Y_BACK]) * b_inverse;
    reached[CX_C_FRONT] = front[CX_UP] * f_inverse;
    reached[CX_C_BACK] = back[CX_LO] * b_inverse;
    store(&reached[CX_Y_FRONT], s->y + (size_t)i * CX_TILE + room);
    store(&reached[CX_Y_BACK], s->y + (size_t)j * CX_TILE + room);
    store(&reached[CX_C_FRONT], s->c + (size_t)i * CX_TILE + room);
    store(&reached[CX_C_BACK], s->c + (size_t)j * CX_TILE + room);
}
/* The same for lines that are all alike. */
CX_POINT void eliminate_even_pair(const LINES *s, int i, int p, const struct cx_way way,
                                  cx_piece *reached) {
    const struct CX_SUFFIX(cx_factors) *f = s->factors;
    const int j = s->n - 1 - i, lane = lane_of(s, p), room = p * CX_PIECE;
    cx_piece front, back;
    load(s->r + (size_t)i * s->stride + lane, &front);
    load(s->r + (size_t)j * s->stride + lane, &back);
    if (way.scaled) {
        front *= f->d;
        back *= f->d;
    }
    reached[CX_Y_FRONT] = (front + f->before[i] * reached[CX_Y_FRONT]) * f->inverse[i];
    reached[CX_Y_BACK] = (back + f->before[j] * reached[CX_Y_BACK]) * f->inverse[j];
    store(&reached[CX_Y_FRONT], s->y + (size_t)i * CX_TILE + room);
    store(&reached[CX_Y_BACK], s->y + (size_t)j * CX_TILE + room);
}

/* The middle cell, seen from both sides. */
CX_POINT void meet_in_cell(const LINES *s, int p, const struct cx_way way, cx_piece *reached) {
    const int m = s->n / 2, lane = lane_of(s, p);
    cx_piece here[CX_TERMS], first, last;
    equation_of(s, m, p, way, here);
    if (m == 0) {
        load(s->first + lane, &first);
        load(s->last + lane, &last);
        here[CX_DIAGONAL] += first + last;
    }
    reached[CX_Y_FRONT] = reached[CX_Y_BACK] =
        (here[CX_RIGHT] + (here[CX_LO] * reached[CX_Y_FRONT] + here[CX_UP] * reached[CX_Y_BACK])) /
        (here[CX_DIAGONAL] -
         (here[CX_LO] * reached[CX_C_FRONT] + here[CX_UP] * reached[CX_C_BACK]));
}
CX_POINT void meet_in_even_cell(const LINES *s, int p, const struct cx_way way, cx_piece *reached) {
    const struct CX_SUFFIX(cx_factors) *f = s->factors;
    const int m = s->n / 2;
    cx_piece here;
    load(s->r + (size_t)m * s->stride + lane_of(s, p), &here);
    if (way.scaled) here *= f->d;
    reached[CX_Y_FRONT] = reached[CX_Y_BACK] =
        (here + (f->before[m] * reached[CX_Y_FRONT] + f->behind[m] * reached[CX_Y_BACK])) /
        f->middle;
}
/* The two middle cells, each seen from its side. */
CX_POINT void meet_between(const LINES *s, const struct cx_way way, cx_piece *reached) {
    const struct CX_SUFFIX(cx_factors) *f = s->factors;
    const int m = s->n / 2;
    const cx_piece front = reached[CX_Y_FRONT], back = reached[CX_Y_BACK];
    if (way.kind == CX_LINES_EVEN) {
        reached[CX_Y_FRONT] = (front + f->behind[m - 1] * back) * f->middle;
        reached[CX_Y_BACK] = (back + f->behind[m] * front) * f->middle;
        return;
    }
    const cx_piece inverse = 1 / (1 - reached[CX_C_FRONT] * reached[CX_C_BACK]);
    reached[CX_Y_FRONT] = (front + reached[CX_C_FRONT] * back) * inverse;
    reached[CX_Y_BACK] = (back + reached[CX_C_BACK] * front) * inverse;
}
CX_POINT void meet(const LINES *s, int p, const struct cx_way way, cx_piece *reached) {
    if (s->n % 2 == 0)
        meet_between(s, way, reached);
    else if (way.kind == CX_LINES_EVEN)
        meet_in_even_cell(s, p, way, reached);
    else
        meet_in_cell(s, p, way, reached);
}
/* Only now, since pieces overlap and the solution may take the place of the right-hand side. */
CX_POINT void store_middle(const LINES *s, int p, const cx_piece *reached) {
    store(&reached[CX_Y_FRONT], s->x + (size_t)((s->n - 1) / 2) * s->stride + lane_of(s, p));
    store(&reached[CX_Y_BACK], s->x + (size_t)(s->n / 2) * s->stride + lane_of(s, p));
}

/* Cell i and its mirror image follow from their neighbours nearer the middle. */
CX_POINT void follow_pair(const LINES *s, int i, int p, const struct cx_way way,
                          cx_piece *reached) {
    const struct CX_SUFFIX(cx_factors) *even = s->factors;
    const int j = s->n - 1 - i, lane = lane_of(s, p), room = p * CX_PIECE;
    cx_piece front, back, front_c, back_c;
    load(s->y + (size_t)i * CX_TILE + room, &front);
    load(s->y + (size_t)j * CX_TILE + room, &back);
    if (way.kind == CX_LINES_EVEN) {
        reached[CX_Y_FRONT] = front + even->behind[i] * reached[CX_Y_FRONT];
        reached[CX_Y_BACK] = back + even->behind[j] * reached[CX_Y_BACK];
    } else {
        load(s->c + (size_t)i * CX_TILE + room, &front_c);
        load(s->c + (size_t)j * CX_TILE + room, &back_c);
        reached[CX_Y_FRONT] = front + front_c * reached[CX_Y_FRONT];
        reached[CX_Y_BACK] = back + back_c * reached[CX_Y_BACK];
    }
    store(&reached[CX_Y_FRONT], s->x + (size_t)i * s->stride + lane);
    store(&reached[CX_Y_BACK], s->x + (size_t)j * s->stride + lane);
}

CX_POINT void eliminate(const LINES *s, const struct cx_way way) {
    const bool even = way.kind == CX_LINES_EVEN;
    cx_piece reached[CX_PIECES][CX_REACHED] = {0};
    for (int i = 0; i < s->n / 2; i++) {
        fetch_inwards(s, s->r, s->stride, i);
        if (!even) fetch_inwards(s, s->loss, s->apart, i);
#pragma GCC unroll 3
        for (int p = 0; p < way.pieces; p++)
            (even ? eliminate_even_pair : eliminate_pair)(s, i, p, way, reached[p]);
    }
#pragma GCC unroll 3
    for (int p = 0; p < way.pieces; p++) meet(s, p, way, reached[p]);
#pragma GCC unroll 3
    for (int p = 0; p < way.pieces; p++) store_middle(s, p, reached[p]);
    for (int i = (s->n - 1) / 2 - 1; i >= 0; i--) {
        if (s->far && i >= CX_AHEAD) fetch_pair(s, s->x, s->stride, i - CX_AHEAD);
#pragma GCC unroll 3
        for (int p = 0; p < way.pieces; p++) follow_pair(s, i, p, way, reached[p]);
    }
}
CX_POINT void eliminate_pieces(const LINES *s, const enum cx_lines_kind kind, const bool scaled) {
    if (s->width <= CX_PIECE)
        eliminate(s, (struct cx_way){kind, scaled, 1});
    else if (s->width <= 2 * CX_PIECE)
        eliminate(s, (struct cx_way){kind, scaled, 2});
    else
        eliminate(s, (struct cx_way){kind, scaled, CX_PIECES});
}
CX_CLONES static void eliminate_own(const LINES *s) {
    if (s->scaled)
        eliminate_pieces(s, CX_LINES_OWN, true);
    else
        eliminate_pieces(s, CX_LINES_OWN, false);
}
CX_CLONES static void eliminate_rated(const LINES *s) {
    if (s->scaled)
        eliminate_pieces(s, CX_LINES_RATED, true);
    else
        eliminate_pieces(s, CX_LINES_RATED, false);
}
CX_CLONES static void eliminate_even(const LINES *s) {
    if (s->scaled)
        eliminate_pieces(s, CX_LINES_EVEN, true);
    else
        eliminate_pieces(s, CX_LINES_EVEN, false);
}

/* ---- lines that are all alike: the same operations on numbers of one line ----------------------------------------- */

static void factorise_pair(const LINES *s, int i, struct CX_SUFFIX(cx_factors) * f) {
    const int j = s->n - 1 - i;
    const real f_up = s->up[i] * f->rate, b_lo = s->lo[j] * f->rate;
    f->before[i] = s->lo[i] * f->rate;
    f->before[j] = s->up[j] * f->rate;
    const real f_whole = f->d + (f->before[i] + f_up), b_whole = f->d + (b_lo + f->before[j]);
    const real front = i == 0 ? f_whole + f->first : f_whole - f->before[i] * f->behind[i - 1],
               back = i == 0 ? b_whole + f->last : b_whole - f->before[j] * f->behind[j + 1];
    const real both = 1 / (front * back);
    f->inverse[i] = back * both;
    f->inverse[j] = front * both;
    f->behind[i] = f_up * f->inverse[i];
    f->behind[j] = b_lo * f->inverse[j];
}
static void factorise(const LINES *s, struct CX_SUFFIX(cx_factors) * f) {
    const int m = s->n / 2;
    f->known = true;
    f->rate = s->rate[0];
    f->first = s->first[0];
    f->last = s->last[0];
    f->d = 1 + s->gh * s->loss[0];
    for (int i = 0; i < m; i++) factorise_pair(s, i, f);
    if (s->n % 2 == 0) {
        f->middle = 1 / (1 - f->behind[m - 1] * f->behind[m]);
        return;
    }
    f->before[m] = s->lo[m] * f->rate;
    f->behind[m] = s->up[m] * f->rate;
    const real whole = f->d + (f->before[m] + f->behind[m]);
    f->middle = m == 0
                    ? whole + (f->first + f->last)
                    : whole - (f->before[m] * f->behind[m - 1] + f->behind[m] * f->behind[m + 1]);
}

static bool all_alike(const LINES *s) {
    bool alike = true;
    for (int l = 1; l < s->width; l++)
        alike &= s->rate[l] == s->rate[0] && s->first[l] == s->first[0] && s->last[l] == s->last[0];
    return alike;
}

/* The factors of even lines, made anew where they were those of others. */
static void find_factors(const LINES *s) {
    struct CX_SUFFIX(cx_factors) *f = s->factors;
    if (!f->known || f->rate != s->rate[0] || f->first != s->first[0] || f->last != s->last[0])
        factorise(s, f);
}

/* ---- all lines ------------------------------------------------------------------------------------------------ */

static void eliminate_lines(const LINES *s) {
    switch (s->kind) {
    case CX_LINES_OWN: eliminate_own(s); break;
    case CX_LINES_RATED: eliminate_rated(s); break;
    case CX_LINES_EVEN:
        find_factors(s);
        eliminate_even(s);
        break;
    }
}

static real lower(const LINES *s, int i, int l) {
    return s->lo[s->kind == CX_LINES_OWN ? (size_t)i * CX_TILE + (size_t)l : (size_t)i] *
           s->rate[l];
}
static real upper(const LINES *s, int i, int l) {
    return s->up[s->kind == CX_LINES_OWN ? (size_t)i * CX_TILE + (size_t)l : (size_t)i] *
           s->rate[l];
}

/* T = A - u v^T with u = (-lo[0], 0.., -up[n-1]), v = (1, 0.., 1): T x = r, T z = u, then x -= z (v x)/(1 + v z). */
static void solve_rings(const LINES *s) {
    LINES t = *s;
    const int end = s->n - 1;
    real *z = s->z, *z_end = s->z + (size_t)end * CX_TILE;
    memset(z, 0, (size_t)s->n * CX_TILE * sizeof *z);
    for (int l = 0; l < s->width; l++) {
        z[l] = -lower(s, 0, l);
        z_end[l] = -upper(s, end, l);
        t.first[l] -= z[l];
        t.last[l] -= z_end[l];
    }
    eliminate_lines(&t);
    t.r = t.x = z;
    t.stride = CX_TILE;
    t.far = false;
    t.then = 0;
    t.scaled = false;
    eliminate_lines(&t);
    real share[CX_TILE];
    for (int l = 0; l < s->width; l++)
        share[l] = (s->x[l] + s->x[(size_t)end * s->stride + (size_t)l]) / (1 + (z[l] + z_end[l]));
    for (int i = 0; i < s->n; i++) {
        real *restrict x = s->x + (size_t)i * s->stride;
        const real *restrict zi = z + (size_t)i * CX_TILE;
        for (int l = 0; l < s->width; l++) x[l] -= share[l] * zi[l];
    }
}

static void solve_lines(const LINES *s) {
    if (s->periodic && s->n > 2)
        solve_rings(s);
    else
        eliminate_lines(s);
}

#endif
