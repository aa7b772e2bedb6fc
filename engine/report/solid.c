/* solid.c - see solid.h: which faces there are, and where they lie on the page. */
#include "report/solid.h"

#include <math.h>

static const double pi = 3.14159265358979323846;
static const double turn = 32,
                    rise = 26; /* degree: of the eye, about the axis and above the skin */
enum { ARC = 24 };

void cx_solid_spot(const struct cx_solid *b, const double p[3], double at[2]) {
    const double a = turn * pi / 180, h = rise * pi / 180;
    const double across = p[0] * cos(a) + p[1] * sin(a);
    const double up = (p[1] * cos(a) - p[0] * sin(a)) * sin(h) + p[2] * cos(h);
    at[0] = b->left + b->zoom * across;
    at[1] = b->top - b->zoom * up;
}

bool cx_solid_gone(const struct cx_solid *b, double x, double y) {
    return !b->whole && x > b->cut[0] && y < b->cut[1];
}

/* Shape ------------------------------------------------------------------------------------------------------------ */
static void add_foot(struct cx_solid *b, double x, double y, bool sharp) {
    b->foot[b->feet][0] = x;
    b->foot[b->feet][1] = y;
    b->sharp[b->feet++] = sharp;
}

static void add_back(struct cx_solid *b, double x, double y) {
    b->back[b->behind][0] = x;
    b->back[b->behind++][1] = y;
}

/* The cells behind an upright face are those on its side of the third axis. */
static void add_face(struct cx_solid *b, const double from[2], const double to[2], int cell) {
    const bool along_x = from[1] == to[1];
    struct cx_solid_face *f = &b->face[b->faces++];
    *f = (struct cx_solid_face){{from[0], from[1]}, {to[0], to[1]}, {.lens = b->lens}};
    f->cut.across = along_x || b->round ? CX_X : CX_Y;
    f->cut.down = CX_Z;
    f->cut.number = cell;
    f->cut.left = along_x ? from[0] : from[1];
    f->cut.right = along_x ? to[0] : to[1];
    f->cut.top = b->high[CX_Z];
    f->cut.bottom = b->low[CX_Z];
}

/* The cell that holds a place, the nearest one outside. */
static int cell_at(const struct cx_result *r, int axis, double um) {
    int cell = 0;
    while (cell < r->shape[axis] - 1 && r->edge[axis][cell + 1] <= um) cell++;
    return cell;
}

/* Feet of the block: its front corner or, when that is cut away, the three edges of the gap. */
static void shape_block(struct cx_solid *b) {
    const struct cx_result *r = b->lens->r;
    const double *low = b->low, *high = b->high, *cut = b->cut;
    add_foot(b, low[0], low[1], true);
    if (b->whole) {
        add_foot(b, high[0], low[1], true);
    } else {
        add_foot(b, cut[0], low[1], true);
        add_foot(b, cut[0], cut[1], true);
        add_foot(b, high[0], cut[1], true);
    }
    add_foot(b, high[0], high[1], true);
    add_back(b, low[0], high[1]);
    for (int i = 0; i + 1 < b->feet; i++) {
        const double *from = b->foot[i], *to = b->foot[i + 1];
        const int third = from[1] == to[1] ? CX_Y : CX_X;
        add_face(b, from, to, cell_at(r, third, third == CX_Y ? from[1] : from[0]));
    }
}

/* Feet on the wall of the disc between two angles, degree. */
static void add_arc(struct cx_solid *b, double from, double to, bool back) {
    for (int i = 0; i <= ARC; i++) {
        const double angle = (from + (to - from) * i / ARC) * pi / 180;
        const double x = b->high[CX_X] * cos(angle), y = b->high[CX_X] * sin(angle);
        if (back)
            add_back(b, x, y);
        else
            add_foot(b, x, y, i == 0 || i == ARC);
    }
}

/* The wall is seen from 90 degrees left to 90 degrees right of the eye, but for the quarter that is cut away. */
static void shape_disc(struct cx_solid *b) {
    const double radius = b->high[CX_X], axis[2] = {0, 0};
    if (b->whole) {
        add_arc(b, turn - 180, turn, false);
    } else {
        add_arc(b, turn - 180, -90, false);
        add_foot(b, 0, 0, true);
        add_arc(b, 0, turn, false);
        add_face(b, (const double[2]){0, -radius}, axis, 0);
        add_face(b, axis, (const double[2]){radius, 0}, 0);
    }
    add_arc(b, turn, turn + 180, true);
}

/* Size ------------------------------------------------------------------------------------------------------------- */
/* A slice is drawn with a thickness, or it would be seen from the edge.  Discs and slices are looked at from as near as
 * their needles ask for; the wound of a disc without needles may reach to its rim. */
static void take_size(struct cx_solid *b, const struct cx_view *v) {
    const struct cx_result *r = v->r;
    b->round = v->radial;
    b->same_along_y = !v->radial && r->shape[CX_Y] == 1;
    const bool near = (b->round || b->same_along_y) && r->needles > 0;
    b->high[CX_X] = near ? v->right_um : r->edge[CX_X][r->shape[CX_X]];
    b->low[CX_X] = near ? v->left_um : b->round ? -b->high[CX_X] : r->edge[CX_X][0];
    b->low[CX_Y] = b->round ? -b->high[CX_X] : b->same_along_y ? 0 : r->edge[CX_Y][0];
    b->high[CX_Y] = b->round          ? b->high[CX_X]
                    : b->same_along_y ? 0.4 * (b->high[CX_X] - b->low[CX_X])
                                      : r->edge[CX_Y][r->shape[CX_Y]];
    b->low[CX_Z] = -v->depth_um;
    b->high[CX_Z] = 0;
}

/* Through the needle, so that its track is seen on both faces of the gap. */
static enum cx_status take_cut(struct cx_solid *b, const struct cx_solid_ask *ask,
                               struct cx_error *e) {
    static const char *const names[] = {"x", "y"};
    const struct cx_result *r = b->lens->r;
    const int needle = cx_view_needle(ask->view);
    b->whole = ask->whole || b->same_along_y;
    for (int d = 0; d < 2 && !b->whole; d++) {
        const double middle = (b->low[d] + b->high[d]) / 2;
        const double at = needle < 0 ? middle : d ? r->needle[needle].y_um : r->needle[needle].x_um;
        b->cut[d] = !isnan(ask->plane[d]) ? ask->plane[d] : b->round ? 0 : at;
        if (b->round && b->cut[d] != 0)
            return cx_fail(e, CX_USAGE, 140, "a disc is cut at its axis, not at %s = %.4g um",
                           names[d], b->cut[d]);
        if (!(b->cut[d] > b->low[d] && b->cut[d] < b->high[d]))
            return cx_fail(e, CX_USAGE, 140,
                           "%s = %.4g um is outside the block, which goes from "
                           "%.4g to %.4g",
                           names[d], b->cut[d], b->low[d], b->high[d]);
    }
    return CX_OK;
}

enum cx_status cx_solid_make(struct cx_solid *b, const struct cx_lens *lens,
                             const struct cx_solid_ask *ask, struct cx_error *e) {
    const struct cx_result *r = lens->r;
    *b = (struct cx_solid){.lens = lens, .zoom = 1};
    if (r->shape[CX_X] < 2 || r->shape[CX_Z] < 2) {
        cx_fail(e, CX_USAGE, 140, "a %s is no solid to look at", r->geometry);
        cx_hint(e, "cicatrix plot DIR profile FIELD");
        return CX_USAGE;
    }
    take_size(b, ask->view);
    CX_TRY(take_cut(b, ask, e));
    if (b->round)
        shape_disc(b);
    else
        shape_block(b);
    return CX_OK;
}

/* On the page ------------------------------------------------------------------------------------------------------ */
static void hold(double box[4], const double at[2]) {
    box[0] = fmin(box[0], at[0]);
    box[1] = fmax(box[1], at[0]);
    box[2] = fmin(box[2], at[1]);
    box[3] = fmax(box[3], at[1]);
}

static void hold_feet(const struct cx_solid *b, const double (*foot)[2], int n, double box[4]) {
    for (int i = 0; i < n; i++)
        for (int d = 0; d < 2; d++) {
            double at[2];
            cx_solid_spot(b, (const double[3]){foot[i][0], foot[i][1], d ? b->high[2] : b->low[2]},
                          at);
            hold(box, at);
        }
}

/* The gap counts as if it were filled: a cut or whole figure has the same size. */
void cx_solid_bounds(const struct cx_solid *b, double box[4]) {
    const double corner[1][2] = {{b->high[CX_X], b->low[CX_Y]}};
    box[0] = box[2] = HUGE_VAL;
    box[1] = box[3] = -HUGE_VAL;
    hold_feet(b, b->foot, b->feet, box);
    hold_feet(b, b->back, b->behind, box);
    if (!b->round) {
        hold_feet(b, corner, 1, box);
        return;
    }
    for (int i = 0; i <= ARC; i++) { /* the wall in front */
        const double angle = (turn - 180 + 180.0 * i / ARC) * pi / 180, radius = b->high[CX_X];
        const double foot[1][2] = {{radius * cos(angle), radius * sin(angle)}};
        hold_feet(b, foot, 1, box);
    }
}

void cx_solid_range(const struct cx_solid *b, double *low, double *high) {
    struct cx_cut c = {.lens = b->lens, .across = CX_X, .down = b->round ? CX_Z : CX_Y};
    for (int f = 0; f < b->faces; f++) cx_cut_range(&b->face[f].cut, low, high);
    c.left = b->round ? 0 : b->low[CX_X];
    c.right = b->high[CX_X];
    c.top = b->high[b->round ? CX_Z : CX_Y];
    c.bottom = b->low[b->round ? CX_Z : CX_Y];
    c.number = b->round ? 0 : b->lens->r->shape[CX_Z] - 1;
    if (b->same_along_y) c.top = b->lens->r->edge[CX_Y][1];
    cx_cut_range(&c, low, high);
}
