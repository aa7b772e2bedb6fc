/* solid_paint.c - the faces of a solid as pictures, and its lines (declared in solid.h). */
#include "report/solid.h"

#include <math.h>

enum { LARGEST = 3000 };

static void add_point(cairo_t *to, const struct cx_solid *b, const double foot[2], double z) {
    double at[2];
    cx_solid_spot(b, (const double[3]){foot[0], foot[1], z}, at);
    cairo_line_to(to, at[0], at[1]);
}

void cx_solid_ring(cairo_t *to, const struct cx_solid *b, double z) {
    cairo_new_sub_path(to);
    for (int i = 0; i < b->feet; i++) add_point(to, b, b->foot[i], z);
}

static void top_path(cairo_t *to, const struct cx_solid *b) {
    cx_solid_ring(to, b, b->high[CX_Z]);
    for (int i = 0; i < b->behind; i++) add_point(to, b, b->back[i], b->high[CX_Z]);
    cairo_close_path(to);
}

void cx_solid_face_path(cairo_t *to, const struct cx_solid *b, const struct cx_solid_face *f) {
    cairo_new_sub_path(to);
    add_point(to, b, f->from, b->high[CX_Z]);
    add_point(to, b, f->to, b->high[CX_Z]);
    add_point(to, b, f->to, b->low[CX_Z]);
    add_point(to, b, f->from, b->low[CX_Z]);
    cairo_close_path(to);
}

void cx_solid_outline(cairo_t *to, const struct cx_solid *b) {
    top_path(to, b);
    cx_solid_ring(to, b, b->low[CX_Z]);
    for (int i = 0; i < b->feet; i++) {
        if (!b->sharp[i]) continue;
        cairo_new_sub_path(to);
        add_point(to, b, b->foot[i], b->high[CX_Z]);
        add_point(to, b, b->foot[i], b->low[CX_Z]);
    }
}

/* Faces ------------------------------------------------------------------------------------------------------------ */
struct brush {
    cairo_t *to;
    const struct cx_solid *b;
    struct cx_raster raster; /* the map and its ends; at, what and size per face */
    double dpi;
};

/* A picture whose upper left, upper right and lower left corners lie there, inside the path; the path is used up. */
static enum cx_status paint(struct brush *w, const double corner[3][2], struct cx_error *e) {
    const double across[2] = {corner[1][0] - corner[0][0], corner[1][1] - corner[0][1]};
    const double down[2] = {corner[2][0] - corner[0][0], corner[2][1] - corner[0][1]};
    struct cx_raster *r = &w->raster;
    cairo_matrix_t place;
    r->width = (int)fmin(LARGEST, ceil(1 + hypot(across[0], across[1]) * w->dpi / 72));
    r->height = (int)fmin(LARGEST, ceil(1 + hypot(down[0], down[1]) * w->dpi / 72));
    cairo_surface_t *image = cx_raster_surface(r, e);
    if (!image) return CX_STORAGE;
    cairo_matrix_init(&place, across[0] / r->width, across[1] / r->width, down[0] / r->height,
                      down[1] / r->height, corner[0][0], corner[0][1]);
    cairo_save(w->to);
    cairo_clip(w->to);
    cairo_transform(w->to, &place);
    cairo_set_source_surface(w->to, image, 0, 0);
    cairo_pattern_set_filter(cairo_get_source(w->to), CAIRO_FILTER_GOOD);
    cairo_pattern_set_extend(cairo_get_source(w->to), CAIRO_EXTEND_PAD);
    cairo_paint(w->to);
    cairo_restore(w->to);
    cairo_surface_destroy(image);
    return CX_OK;
}

static enum cx_status paint_face(struct brush *w, const struct cx_solid_face *f,
                                 struct cx_error *e) {
    const struct cx_solid *b = w->b;
    const double top = b->high[CX_Z], bottom = b->low[CX_Z];
    double corner[3][2];
    cx_solid_spot(b, (const double[3]){f->from[0], f->from[1], top}, corner[0]);
    cx_solid_spot(b, (const double[3]){f->to[0], f->to[1], top}, corner[1]);
    cx_solid_spot(b, (const double[3]){f->from[0], f->from[1], bottom}, corner[2]);
    w->raster.at = cx_cut_at;
    w->raster.what = &f->cut;
    cx_solid_face_path(w->to, b, f);
    return paint(w, (const double(*)[2])corner, e);
}

/* Radius and depth of a disc as one cut, from the axis to the wall. */
static struct cx_cut cut_of_disc(const struct cx_solid *b) {
    return (struct cx_cut){.lens = b->lens,
                           .across = CX_X,
                           .down = CX_Z,
                           .right = b->high[CX_X],
                           .top = b->high[CX_Z],
                           .bottom = b->low[CX_Z]};
}

/* From above, the square around a disc: rings. */
static double top_of_disc(const void *what, double across, double down) {
    return cx_cut_at(what, fmin(1, hypot(2 * across - 1, 2 * down - 1)), 0);
}

static enum cx_status paint_top(struct brush *w, struct cx_error *e) {
    const struct cx_solid *b = w->b;
    const double *low = b->low, *high = b->high;
    struct cx_cut c = {.lens = b->lens, .across = CX_X, .down = CX_Y};
    double corner[3][2];
    c.number = b->lens->r->shape[CX_Z] - 1;
    c.left = low[CX_X];
    c.right = high[CX_X];
    c.top = high[CX_Y];
    c.bottom = low[CX_Y];
    if (b->round) c = cut_of_disc(b);
    w->raster.at = b->round ? top_of_disc : cx_cut_at;
    w->raster.what = &c;
    cx_solid_spot(b, (const double[3]){low[CX_X], high[CX_Y], high[CX_Z]}, corner[0]);
    cx_solid_spot(b, (const double[3]){high[CX_X], high[CX_Y], high[CX_Z]}, corner[1]);
    cx_solid_spot(b, (const double[3]){low[CX_X], low[CX_Y], high[CX_Z]}, corner[2]);
    top_path(w->to, b);
    return paint(w, (const double(*)[2])corner, e);
}

/* The wall of a disc in a frame on the page: its rim is half an ellipse, so the height below the rim tells the depth. */
struct wall {
    struct cx_cut cut;
    double rim, rise, depth; /* pt: of the middle, of its ends below it, of the whole wall */
    double top, height;      /* of the frame, pt */
};

static double wall_at(const void *what, double across, double down) {
    const struct wall *w = what;
    const double x = 2 * across - 1; /* shares of the half width */
    const double rim = w->rim + w->rise * sqrt(fmax(0, 1 - x * x));
    const double below = (w->top + down * w->height - rim) / w->depth;
    return cx_cut_at(&w->cut, 1, fmin(1, fmax(0, below)));
}

/* All of the wall that is seen: the feet but for the axis. */
static void wall_path(cairo_t *to, const struct cx_solid *b) {
    for (int first = 0, end; first < b->feet; first = end + 1) {
        for (end = first; end < b->feet && hypot(b->foot[end][0], b->foot[end][1]) > 0;) end++;
        cairo_new_sub_path(to);
        for (int i = first; i < end; i++) add_point(to, b, b->foot[i], b->high[CX_Z]);
        for (int i = end - 1; i >= first; i--) add_point(to, b, b->foot[i], b->low[CX_Z]);
        cairo_close_path(to);
    }
}

static enum cx_status paint_wall(struct brush *brush, struct cx_error *e) {
    const struct cx_solid *b = brush->b;
    double box[4], middle[2], deep[2], corner[3][2];
    cx_solid_bounds(b, box);
    cx_solid_spot(b, (const double[3]){0, 0, b->high[CX_Z]}, middle);
    cx_solid_spot(b, (const double[3]){0, 0, b->low[CX_Z]}, deep);
    struct wall w = {.cut = cut_of_disc(b), .rim = middle[1]};
    w.rise = middle[1] - box[2];
    w.depth = deep[1] - middle[1];
    w.top = box[2];
    w.height = box[3] - box[2];
    for (int i = 0; i < 3; i++) {
        corner[i][0] = i == 1 ? box[1] : box[0];
        corner[i][1] = i == 2 ? box[3] : box[2];
    }
    brush->raster.at = wall_at;
    brush->raster.what = &w;
    wall_path(brush->to, b);
    return paint(brush, (const double(*)[2])corner, e);
}

enum cx_status cx_solid_paint(cairo_t *to, const struct cx_solid *b, const struct cx_raster *shades,
                              double dpi, struct cx_error *e) {
    struct brush w = {to, b, *shades, dpi};
    cairo_new_path(to);
    CX_TRY(paint_top(&w, e));
    for (int f = 0; f < b->faces; f++) CX_TRY(paint_face(&w, &b->face[f], e));
    return b->round ? paint_wall(&w, e) : CX_OK;
}
