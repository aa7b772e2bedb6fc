/* lines_cases.h - lines solved along every road that the solver knows, for one precision (`real`): the equations hold, all
 * roads give the same bits, and mirrored lines mirrored bits. */
#ifndef CX_TESTS_SPACE_LINES_CASES_H
#define CX_TESTS_SPACE_LINES_CASES_H

#include "check.h"
#include "space/tiles_body.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { LONGEST = 41, ROOM = LONGEST * CX_TILE };

/* Room of one set of lines; large, so it lives outside the stack. */
struct bench {
    real lo[ROOM], up[ROOM], loss[ROOM], r[ROOM], x[ROOM], y[ROOM], c[ROOM], z[ROOM];
    real factor[3][LONGEST];
    struct CX_SUFFIX(cx_factors) factors;
};

static real share(unsigned *seed) {
    *seed = *seed * 1664525u + 1013904223u;
    return (real)(*seed >> 8) / (real)(1 << 24);
}

/* Lines that are all alike: rate 3, sides that hold the ends, one loss; right-hand sides differ. */
static LINES even_lines(struct bench *b, int n, int width, bool periodic, bool scaled) {
    unsigned seed = (unsigned)(n * 64 + width);
    LINES s = {.n = n,
               .width = width,
               .kind = CX_LINES_EVEN,
               .periodic = periodic,
               .scaled = scaled,
               .stride = CX_TILE,
               .apart = CX_TILE,
               .gh = R(0.25),
               .lo = b->lo,
               .up = b->up,
               .loss = b->loss,
               .r = b->r,
               .x = b->x,
               .y = b->y,
               .c = b->c,
               .z = b->z,
               .factors = &b->factors};
    b->factors = (struct CX_SUFFIX(cx_factors)){
        .before = b->factor[0], .inverse = b->factor[1], .behind = b->factor[2]};
    for (int i = 0; i < n; i++) {
        b->lo[i] = i || periodic ? 1 + share(&seed) : 0;
        b->up[i] = i < n - 1 || periodic ? 1 + share(&seed) : 0;
    }
    for (int l = 0; l < width; l++) {
        s.rate[l] = 3;
        s.first[l] = R(0.5);
        s.last[l] = R(0.125);
    }
    for (int i = 0; i < ROOM; i++) {
        b->loss[i] = R(0.7);
        b->r[i] = share(&seed);
    }
    return s;
}

/* Largest distance between the two sides of the equations of line l, in units of what rounds. */
static double mismatch(const LINES *s, const struct bench *b, int l) {
    double worst = 0;
    const int n = s->n;
    for (int i = 0; i < n; i++) {
        const double lo = (double)b->lo[i] * 3, up = (double)b->up[i] * 3;
        const double d = 1 + 0.25 * (double)b->loss[0],
                     side = (i == 0 ? 0.5 : 0) + (i == n - 1 ? 0.125 : 0);
        const double left = (double)s->x[((i + n - 1) % n) * CX_TILE + l],
                     right = (double)s->x[((i + 1) % n) * CX_TILE + l],
                     here = (double)s->x[i * CX_TILE + l], r = (double)b->r[i * CX_TILE + l];
        const double off =
            (d + lo + up + side) * here - lo * left - up * right - (s->scaled ? d * r : r);
        worst = fmax(worst, fabs(off));
    }
    return worst / (sizeof(real) == sizeof(float) ? 6e-8 : 1.1e-16);
}

/* The same lines as one of the kinds that know less about them; its solutions in `out`. */
static void solve_as(enum cx_lines_kind kind, const LINES *even, struct bench *b, real *out) {
    LINES s = *even;
    s.kind = kind;
    s.x = out;
    static struct bench own;
    if (kind == CX_LINES_OWN) {
        for (int i = 0; i < s.n; i++)
            for (int l = 0; l < s.width; l++) {
                own.lo[i * CX_TILE + l] = b->lo[i];
                own.up[i * CX_TILE + l] = b->up[i];
            }
        s.lo = own.lo;
        s.up = own.up;
    }
    solve_lines(&s);
}

static bool same(const LINES *s, const real *a, const real *b) {
    bool all = true;
    for (int i = 0; i < s->n; i++)
        all &= memcmp(a + i * CX_TILE, b + i * CX_TILE, (size_t)s->width * sizeof *a) == 0;
    return all;
}

static void kinds_agree(struct bench *b, int n, bool periodic, bool scaled) {
    static real out[ROOM];
    for (int width = CX_PIECE; width <= CX_TILE; width += 3) {
        const LINES s = even_lines(b, n, width, periodic, scaled);
        CHECK(all_alike(&s));
        solve_lines(&s);
        for (int l = 0; l < width; l++) CHECK(mismatch(&s, b, l) < 64);
        for (enum cx_lines_kind kind = CX_LINES_OWN; kind < CX_LINES_EVEN; kind++) {
            solve_as(kind, &s, b, out);
            CHECK(same(&s, s.x, out));
        }
    }
}

/* Lines whose cells and rates differ: alone in a piece, in one that overlaps, in the memory of the right-hand side. */
static void places_agree(struct bench *b, int n, bool periodic) {
    static real out[ROOM];
    LINES s = even_lines(b, n, CX_TILE, periodic, true);
    unsigned seed = (unsigned)n;
    s.kind = CX_LINES_RATED;
    for (int l = 0; l < CX_TILE; l++) s.rate[l] = 4 * share(&seed);
    for (int i = 0; i < ROOM; i++) b->loss[i] = share(&seed);
    solve_lines(&s);
    memcpy(out, b->x, sizeof out);
    for (s.width = CX_PIECE; s.width < CX_TILE; s.width++) {
        solve_lines(&s);
        CHECK(same(&s, s.x, out));
    }
    s.x = b->r;
    solve_lines(&s);
    CHECK(same(&s, s.x, out));
}

/* The lines of b seen from their other end, in `other`. */
static LINES mirrored(const LINES *s, const struct bench *b, struct bench *other) {
    LINES m = *s;
    for (int i = 0; i < s->n; i++) {
        const int j = s->n - 1 - i;
        other->lo[i] = b->up[j];
        other->up[i] = b->lo[j];
        memcpy(other->r + i * CX_TILE, b->r + j * CX_TILE, CX_TILE * sizeof(real));
        memcpy(other->loss + i * CX_TILE, b->loss + j * CX_TILE, CX_TILE * sizeof(real));
    }
    memcpy(m.first, s->last, sizeof m.first);
    memcpy(m.last, s->first, sizeof m.last);
    m.lo = other->lo;
    m.up = other->up;
    m.r = other->r;
    m.loss = other->loss;
    m.x = other->x;
    return m;
}
static void mirrors_agree(struct bench *b, int n, enum cx_lines_kind kind) {
    static struct bench other;
    LINES s = even_lines(b, n, CX_TILE, false, true);
    unsigned seed = (unsigned)n;
    s.kind = kind;
    for (int i = 0; kind == CX_LINES_RATED && i < ROOM; i++) b->loss[i] = share(&seed);
    const LINES m = mirrored(&s, b, &other);
    solve_lines(&s);
    solve_lines(&m);
    for (int i = 0; i < n; i++)
        CHECK(memcmp(s.x + i * CX_TILE, m.x + (n - 1 - i) * CX_TILE, CX_TILE * sizeof(real)) == 0);
}

/* Rows become a tile and rows again. */
static void rows_return(struct bench *b, int n, int lanes) {
    static real rows_of[CX_TILE][LONGEST];
    real *rows[CX_TILE];
    even_lines(b, n, lanes, false, false);
    for (int l = 0; l < CX_TILE; l++) rows[l] = rows_of[l];
    store_tile(&(TILE){b->r, n, lanes}, rows);
    for (int l = 0; l < lanes; l++)
        for (int i = 0; i < n; i++) CHECK(rows[l][i] == b->r[i * CX_TILE + l]);
    load_tile(rows, &(TILE){b->z, n, lanes});
    for (int i = 0; i < n; i++)
        CHECK(memcmp(b->z + i * CX_TILE, b->r + i * CX_TILE, (size_t)lanes * sizeof(real)) == 0);
}

/* Tiles share lines out: none is left, none is solved twice, and none but the only one has less than a piece. */
static void tiles_share(int lines) {
    for (int t = 0; t < cx_tiles(lines); t++) {
        if (lines > 1000 && t > 2 && t < cx_tiles(lines) - 2) continue; /* the ends of many */
        const int width = cx_tile_from(lines, t + 1) - cx_tile_from(lines, t);
        CHECK(width <= CX_TILE && (width >= CX_PIECE || cx_tiles(lines) == 1));
    }
    CHECK(cx_tile_from(lines, 0) == 0 && cx_tile_from(lines, cx_tiles(lines)) == lines);
}

/* Lanes go to a tile and come back, and what pads them is 0. */
static void lanes_return(int n, int lanes) {
    enum { STRIDE = 61 };
    static real field[LONGEST * STRIDE], back[LONGEST * STRIDE], tile[ROOM];
    for (int i = 0; i < LONGEST * STRIDE; i++) field[i] = (real)(i + 1);
    memset(back, 0, sizeof back);
    const TILE t = {tile, n, lanes};
    clear_lanes(&t);
    lanes_to_tile(field, STRIDE, &t);
    tile_to_lanes(&t, back, STRIDE);
    for (int i = 0; i < n; i++) {
        for (int l = 0; l < STRIDE; l++)
            CHECK(back[i * STRIDE + l] == (l < lanes ? field[i * STRIDE + l] : 0));
        for (int l = lanes; l < CX_PIECE; l++) CHECK(tile[i * CX_TILE + l] == 0);
    }
}

static int lines_cases(void) {
    struct bench *b = calloc(1, sizeof *b);
    CHECK(b);
    if (!b) return check_done();
    const int lengths[] = {1, 2, 3, 7, 8, 9, 13, 16, 17, 34, LONGEST};
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        const int n = lengths[i];
        for (int way = 0; way < 4; way++)
            if (n > 2 || way < 2) kinds_agree(b, n, way / 2, way % 2);
        for (int periodic = 0; periodic <= (n > 2); periodic++) places_agree(b, n, periodic);
        mirrors_agree(b, n, CX_LINES_RATED);
        mirrors_agree(b, n, CX_LINES_EVEN);
        for (int lanes = 1; lanes <= CX_TILE; lanes++) rows_return(b, n, lanes);
        for (int lanes = 1; lanes <= 20 && lanes <= CX_TILE; lanes++) lanes_return(n, lanes);
    }
    for (int lines = 1; lines < 500; lines++) tiles_share(lines);
    tiles_share(2000 * 2000);
    free(b);
    return check_done();
}

#endif
