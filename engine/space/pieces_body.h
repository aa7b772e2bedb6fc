/* pieces_body.h - numbers side by side, worked on in pieces that fill a register, for one precision (`real`).  Where they
 * are not whole pieces the last one overlaps the one before: the same is made twice, which takes less than a remainder. */
#ifndef CX_SPACE_PIECES_BODY_H
#define CX_SPACE_PIECES_BODY_H

#include "base/cpu.h"
#include "model.h"

#include <string.h>

/* Numbers in a piece, as many as fill a register: wider ones are taken apart badly.  The bits do not depend on it. */
enum { CX_PIECE = CX_REGISTER / sizeof(real) };
typedef real cx_piece __attribute__((vector_size(CX_PIECE * sizeof(real))));
CX_POINT void load(const real *from, cx_piece *to) { memcpy(to, from, sizeof *to); }
CX_POINT void store(const cx_piece *from, real *to) { memcpy(to, from, sizeof *from); }

struct cx_cells {
    int from, count;
};
CX_POINT struct cx_cells cells_from(int at, int count, int all) {
    return (struct cx_cells){at + count < all ? at : all - count, count};
}
/* Does WORK for every `piece` of n cells; fewer than a piece in halves, fewer than a half at once. */
#define CX_IN_PIECES(n, WORK)                                                                      \
    do {                                                                                           \
        const int all = (n), half = CX_PIECE / 2;                                                  \
        if (all >= CX_PIECE)                                                                       \
            for (int at = 0; at < all; at += CX_PIECE) {                                           \
                const struct cx_cells piece = cells_from(at, CX_PIECE, all);                       \
                WORK;                                                                              \
            }                                                                                      \
        else if (all >= half)                                                                      \
            for (int at = 0; at < all; at += half) {                                               \
                const struct cx_cells piece = cells_from(at, half, all);                           \
                WORK;                                                                              \
            }                                                                                      \
        else {                                                                                     \
            const struct cx_cells piece = {0, all};                                                \
            WORK;                                                                                  \
        }                                                                                          \
    } while (0)

#endif
