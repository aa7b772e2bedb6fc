/* channel.c - see channel.h */
#include "wound/channel.h"

#include "wound/outline.h"

#include <math.h>

#define CRUSHED_SHARE 0.25 /* of the displaced tissue on each side; assumed, see injury.h */
static const double pi = 3.14159265358979323846;

double cx_channel_destroyed_scale(const struct cx_scenario *s) {
    const double open = s->device.recoil;
    return s->needle.shape == CX_CORING ? 1.0 : open + CRUSHED_SHARE * (1.0 - open);
}

static void node(struct cx_channel *c, double depth, double radius) {
    c->depth[c->nodes] = depth;
    c->radius[c->nodes++] = radius;
}

/* Cone: from the full radius at the surface to the tip radius at depth.  Cylinder: its conical tip
 * is as long as the needle is wide (assumed: a bevel of about 27 degrees to each side).  Coring
 * tube: blunt. */
static void profile(const struct cx_scenario *s, const struct cx_needle *n, struct cx_channel *c) {
    const double wide = 0.5 * n->diameter, tip = fmin(s->needle.tip_radius, wide);
    node(c, 0.0, wide);
    if (s->needle.shape == CX_CYLINDER && n->depth > n->diameter)
        node(c, n->depth - n->diameter, wide);
    node(c, n->depth, s->needle.shape == CX_CORING ? wide : tip);
}

struct cx_channel cx_channel_of(const struct cx_scenario *s, const struct cx_needle *n,
                                double scale, double grow) {
    struct cx_channel c = {.x = n->x,
                           .y = n->y,
                           .lean_x = tan(n->tilt) * cos(n->azimuth),
                           .lean_y = tan(n->tilt) * sin(n->azimuth),
                           .drag_x = n->drag * cos(n->azimuth),
                           .drag_y = n->drag * sin(n->azimuth)};
    profile(s, n, &c);
    for (int i = 0; i < c.nodes; i++) c.radius[i] = c.radius[i] * scale + grow;
    if (grow > 0.0) node(&c, n->depth + grow, c.radius[c.nodes - 1]);
    return c;
}

struct cx_channel cx_channel_shaft(double x, double y, double radius, double depth) {
    return (struct cx_channel){
        .x = x, .y = y, .nodes = 2, .depth = {0.0, depth}, .radius = {radius, radius}};
}

double cx_channel_bottom(const struct cx_channel *c) { return c->depth[c->nodes - 1]; }

/* Piece number i (between nodes i and i+1), cut to top..bottom; false if nothing is left. */
static bool piece(const struct cx_channel *c, int i, double top, double bottom,
                  struct cx_piece *p) {
    const double height = c->depth[i + 1] - c->depth[i];
    const double taper = height > 0.0 ? (c->radius[i + 1] - c->radius[i]) / height : 0.0;
    *p = (struct cx_piece){.x = c->x,
                           .y = c->y,
                           .lean_x = c->lean_x,
                           .lean_y = c->lean_y,
                           .drag_x = c->drag_x,
                           .drag_y = c->drag_y,
                           .r = c->radius[i] - taper * c->depth[i],
                           .taper = taper,
                           .top = fmax(top, c->depth[i]),
                           .bottom = fmin(bottom, c->depth[i + 1])};
    return p->bottom > p->top;
}

static double piece_area(const struct cx_piece *p, double z) {
    const double r = p->r + p->taper * z;
    return pi * r * r + 2.0 * r * hypot(p->drag_x, p->drag_y);
}

/* Exact: the area is a parabola in depth (Simpson). */
static double piece_volume(const struct cx_piece *p, double top, double bottom) {
    const double middle = 0.5 * (top + bottom);
    return (bottom - top) / 6.0 *
           (piece_area(p, top) + 4.0 * piece_area(p, middle) + piece_area(p, bottom));
}

double cx_channel_volume(const struct cx_channel *c, double top, double bottom) {
    double sum = 0.0;
    struct cx_piece p;
    for (int i = 0; i + 1 < c->nodes; i++)
        if (piece(c, i, top, bottom, &p)) sum += piece_volume(&p, p.top, p.bottom);
    return sum;
}

double cx_channel_radius(const struct cx_channel *c, double depth) {
    for (int i = 0; i + 1 < c->nodes; i++) {
        const double height = c->depth[i + 1] - c->depth[i];
        if (depth > c->depth[i + 1] || height <= 0.0) continue;
        return c->radius[i] + (c->radius[i + 1] - c->radius[i]) * (depth - c->depth[i]) / height;
    }
    return 0.0;
}

double cx_channel_area(const struct cx_channel *c, double depth) {
    const double r = cx_channel_radius(c, depth);
    return pi * r * r + 2.0 * r * hypot(c->drag_x, c->drag_y);
}

/* Radii never grow with depth, centres move linearly: the two ends bound everything between them.
 */
bool cx_channel_bounds(const struct cx_channel *c, double top, double bottom, struct cx_box *b) {
    const double to = fmin(bottom, cx_channel_bottom(c)), from = fmax(top, 0.0);
    const double r = cx_channel_radius(c, from);
    if (!(to > from) || r <= 0.0) return false;
    const double x[2] = {c->x + c->lean_x * from, c->x + c->lean_x * to};
    const double y[2] = {c->y + c->lean_y * from, c->y + c->lean_y * to};
    *b = (struct cx_box){.x0 = fmin(x[0], x[1]) + fmin(0.0, c->drag_x) - r,
                         .x1 = fmax(x[0], x[1]) + fmax(0.0, c->drag_x) + r,
                         .y0 = fmin(y[0], y[1]) + fmin(0.0, c->drag_y) - r,
                         .y1 = fmax(y[0], y[1]) + fmax(0.0, c->drag_y) + r,
                         .top = from,
                         .bottom = to};
    return true;
}

/* Gauss-Legendre with 8 points in t, where z = a + (b - a) t t (3 - 2 t): near a point of touch the
 * section grows like s^1.5, which this turns into t^3, so that eight points are enough on every
 * stretch. */
enum { GAUSS = 8 };
static const double gauss_at[GAUSS] = {
    0.01985507175123188, 0.10166676129318664, 0.23723379504183551, 0.40828267875217510,
    0.59171732124782490, 0.76276620495816449, 0.89833323870681336, 0.98014492824876812};
static const double gauss_weight[GAUSS] = {
    0.05061426814518813, 0.11119051722668724, 0.15685332293894364, 0.18134189168918099,
    0.18134189168918099, 0.15685332293894364, 0.11119051722668724, 0.05061426814518813};

typedef double section(const struct cx_piece *p, const struct cx_box *b, double z);

static double stretch(const struct cx_piece *p, const struct cx_box *b, section *of, double from,
                      double to) {
    double sum = 0.0;
    for (int i = 0; i < GAUSS; i++) {
        const double t = gauss_at[i], z = from + (to - from) * t * t * (3.0 - 2.0 * t);
        sum += gauss_weight[i] * 6.0 * t * (1.0 - t) * of(p, b, z);
    }
    return sum * (to - from);
}

static double integral(const struct cx_piece *p, const struct cx_box *b, section *of) {
    struct cx_cuts cuts;
    double sum = 0.0;
    cx_piece_cuts(p, b, &cuts);
    for (int i = 0; i + 1 < cuts.n; i++)
        if (cuts.at[i + 1] > cuts.at[i]) sum += stretch(p, b, of, cuts.at[i], cuts.at[i + 1]);
    return sum;
}

static bool straight(const struct cx_piece *p) {
    return p->taper == 0.0 && p->lean_x == 0.0 && p->lean_y == 0.0;
}

/* A section that covers the rectangle at both ends covers it in between: distances to a moving
 * convex outline are convex in depth and the radius is linear. */
static double piece_in_box(const struct cx_piece *p, const struct cx_box *b) {
    const double height = p->bottom - p->top;
    if (cx_piece_covers(p, b, p->top) && cx_piece_covers(p, b, p->bottom))
        return height * (b->x1 - b->x0) * (b->y1 - b->y0);
    if (straight(p)) return height * cx_piece_in_rectangle(p, b, p->top);
    return integral(p, b, cx_piece_in_rectangle);
}

double cx_channel_in_box(const struct cx_channel *c, const struct cx_box *b) {
    double sum = 0.0;
    struct cx_piece p;
    for (int i = 0; i + 1 < c->nodes; i++)
        if (piece(c, i, b->top, b->bottom, &p)) sum += piece_in_box(&p, b);
    return sum;
}

double cx_channel_in_strip(const struct cx_channel *c, const struct cx_box *b) {
    const struct cx_box line = {b->x0, b->x1, b->y0, b->y0, b->top, b->bottom};
    double sum = 0.0;
    struct cx_piece p;
    for (int i = 0; i + 1 < c->nodes; i++) {
        if (!piece(c, i, b->top, b->bottom, &p)) continue;
        sum += straight(&p) ? (p.bottom - p.top) * cx_piece_on_line(&p, &line, p.top)
                            : integral(&p, &line, cx_piece_on_line);
    }
    return sum;
}

/* Depth at which the section of the piece is as large as the disc of radius rho: pi r^2 + 2 r L =
 * pi rho^2. */
static double depth_of_disc(const struct cx_piece *p, double rho) {
    const double half = hypot(p->drag_x, p->drag_y) / pi;
    const double r = rho * rho / (half + sqrt(half * half + rho * rho));
    return p->taper == 0.0 ? p->top : (r - p->r) / p->taper;
}

/* The section shrinks with depth: down to the depth where it fits into the disc the disc is full.
 */
static double piece_in_cylinder(const struct cx_piece *p, double rho) {
    const double disc = pi * rho * rho;
    if (piece_area(p, p->bottom) >= disc) return disc * (p->bottom - p->top);
    if (piece_area(p, p->top) <= disc) return piece_volume(p, p->top, p->bottom);
    const double z = fmin(fmax(depth_of_disc(p, rho), p->top), p->bottom);
    return disc * (z - p->top) + piece_volume(p, z, p->bottom);
}

double cx_channel_in_cylinder(const struct cx_channel *c, double rho, double top, double bottom) {
    double sum = 0.0;
    struct cx_piece p;
    for (int i = 0; i + 1 < c->nodes && rho > 0.0; i++)
        if (piece(c, i, top, bottom, &p)) sum += piece_in_cylinder(&p, rho);
    return sum;
}
