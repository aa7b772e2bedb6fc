/* outline.c - see outline.h.  Areas come from clipping the rectangle to a convex polygon and
 * summing, edge by edge, the signed part of the disc between the edge and the centre. */
#include "wound/outline.h"

#include <math.h>

struct point {
    double x, y;
};
struct polygon {
    int n;
    struct point at[12];
};

static double cross(struct point a, struct point b) { return a.x * b.y - a.y * b.x; }
static double dot(struct point a, struct point b) { return a.x * b.x + a.y * b.y; }
static struct point minus(struct point a, struct point b) {
    return (struct point){a.x - b.x, a.y - b.y};
}
static struct point along(struct point a, struct point d, double t) {
    return (struct point){a.x + t * d.x, a.y + t * d.y};
}

static struct point centre(const struct cx_piece *p, double z) {
    return (struct point){p->x + p->lean_x * z, p->y + p->lean_y * z};
}
static struct point drag(const struct cx_piece *p) { return (struct point){p->drag_x, p->drag_y}; }
static double radius(const struct cx_piece *p, double z) { return p->r + p->taper * z; }

static double sector(struct point a, struct point b, double r) {
    return 0.5 * r * r * atan2(cross(a, b), dot(a, b));
}

/* Signed area of the triangle (0, a, b) within the disc of radius r around 0. */
static double edge_area(struct point a, struct point b, double r) {
    const struct point d = minus(b, a);
    const double dd = dot(d, d), ad = dot(a, d), c = dot(a, a) - r * r;
    const double under = ad * ad - dd * c;
    if (dd == 0.0) return 0.0;
    if (under <= 0.0) return sector(a, b, r);
    const double root = sqrt(under), in = (-ad - root) / dd, out = (-ad + root) / dd;
    if (out <= 0.0 || in >= 1.0) return sector(a, b, r);
    const struct point from = in > 0.0 ? along(a, d, in) : a, to = out < 1.0 ? along(a, d, out) : b;
    double area = 0.5 * cross(from, to);
    if (in > 0.0) area += sector(a, from, r);
    if (out < 1.0) area += sector(to, b, r);
    return area;
}

static double disc_area(const struct polygon *g, struct point c, double r) {
    double area = 0.0;
    for (int i = 0; i < g->n; i++)
        area += edge_area(minus(g->at[i], c), minus(g->at[(i + 1) % g->n], c), r);
    return area;
}

static double polygon_area(const struct polygon *g) {
    double area = 0.0;
    for (int i = 2; i < g->n; i++)
        area += 0.5 * cross(minus(g->at[i - 1], g->at[0]), minus(g->at[i], g->at[0]));
    return area;
}

/* Keeps the part where normal . q <= limit. */
static struct polygon clipped(const struct polygon *g, struct point normal, double limit) {
    struct polygon kept = {0};
    for (int i = 0; i < g->n; i++) {
        const struct point a = g->at[i], b = g->at[(i + 1) % g->n];
        const double da = dot(normal, a) - limit, db = dot(normal, b) - limit;
        if (da <= 0.0) kept.at[kept.n++] = a;
        if ((da < 0.0 && db > 0.0) || (da > 0.0 && db < 0.0))
            kept.at[kept.n++] = along(a, minus(b, a), da / (da - db));
    }
    return kept;
}

static struct polygon rectangle(const struct cx_box *b) {
    return (struct polygon){4, {{b->x0, b->y0}, {b->x1, b->y0}, {b->x1, b->y1}, {b->x0, b->y1}}};
}

/* Stadium = half disc before the drag + strip + half disc after it. */
static double swept_area(const struct polygon *g, struct point c, struct point d, double r) {
    const double length = sqrt(dot(d, d));
    const struct point u = {d.x / length, d.y / length}, v = {-u.y, u.x};
    const struct point back = {-u.x, -u.y}, right = {-v.x, -v.y};
    const double start = dot(u, c), end = start + length, side = dot(v, c);
    const struct polygon before = clipped(g, u, start), after = clipped(g, back, -end);
    struct polygon strip = clipped(g, back, -start);
    strip = clipped(&strip, u, end);
    strip = clipped(&strip, v, side + r);
    strip = clipped(&strip, right, r - side);
    return disc_area(&before, c, r) + polygon_area(&strip) + disc_area(&after, along(c, d, 1.0), r);
}

double cx_piece_in_rectangle(const struct cx_piece *p, const struct cx_box *b, double z) {
    const struct polygon g = rectangle(b);
    const double r = radius(p, z);
    const struct point d = drag(p);
    if (r <= 0.0) return 0.0;
    return d.x == 0.0 && d.y == 0.0 ? disc_area(&g, centre(p, z), r)
                                    : swept_area(&g, centre(p, z), d, r);
}

/* Squared distance from q to the segment that the centre sweeps. */
static double distance2(struct point q, struct point c, struct point d) {
    const struct point to = minus(q, c);
    const double dd = dot(d, d), t = dd > 0.0 ? fmin(1.0, fmax(0.0, dot(to, d) / dd)) : 0.0;
    const struct point left = along(to, d, -t);
    return dot(left, left);
}

bool cx_piece_covers(const struct cx_piece *p, const struct cx_box *b, double z) {
    const struct polygon g = rectangle(b);
    const double r = radius(p, z);
    for (int i = 0; i < 4; i++)
        if (distance2(g.at[i], centre(p, z), drag(p)) > r * r) return false;
    return true;
}

struct reach {
    double from, to;
};

static void reach_disc(struct reach *h, struct point c, double r, double y) {
    const double dy = y - c.y, half2 = r * r - dy * dy;
    if (half2 < 0.0) return;
    h->from = fmin(h->from, c.x - sqrt(half2));
    h->to = fmax(h->to, c.x + sqrt(half2));
}

/* Where the line y crosses the side of the strip that runs from a along d. */
static void reach_side(struct reach *h, struct point a, struct point d, double y) {
    const double t = d.y == 0.0 ? -1.0 : (y - a.y) / d.y;
    if (t < 0.0 || t > 1.0) return;
    h->from = fmin(h->from, a.x + t * d.x);
    h->to = fmax(h->to, a.x + t * d.x);
}

double cx_piece_on_line(const struct cx_piece *p, const struct cx_box *b, double z) {
    const double r = radius(p, z), length = hypot(p->drag_x, p->drag_y);
    const struct point c = centre(p, z), d = drag(p);
    struct reach h = {INFINITY, -INFINITY};
    if (r <= 0.0) return 0.0;
    reach_disc(&h, c, r, b->y0);
    if (length > 0.0) {
        const struct point v = {-d.y / length, d.x / length};
        reach_disc(&h, along(c, d, 1.0), r, b->y0);
        reach_side(&h, along(c, v, r), d, b->y0);
        reach_side(&h, along(c, v, -r), d, b->y0);
    }
    return fmax(0.0, fmin(h.to, b->x1) - fmax(h.from, b->x0));
}

/* Adds the root of a + b z, if it lies between the ends. */
static void cut_line(struct cx_cuts *cuts, const struct cx_piece *p, double a, double b) {
    const double z = -a / b;
    if (z > p->top && z < p->bottom && cuts->n < CX_CUTS) cuts->at[cuts->n++] = z;
}

/* Depths at which the disc around c passes through q: |q - c - lean z| = r + taper z. */
static void cut_point(struct cx_cuts *cuts, const struct cx_piece *p, struct point c,
                      struct point q) {
    const struct point w = minus(q, c), lean = {p->lean_x, p->lean_y};
    const double a = dot(lean, lean) - p->taper * p->taper;
    const double half = -dot(w, lean) - p->r * p->taper, k = dot(w, w) - p->r * p->r;
    const double under = half * half - a * k;
    if (a == 0.0) {
        cut_line(cuts, p, k, 2.0 * half);
    } else if (under >= 0.0) {
        cut_line(cuts, p, half + sqrt(under), a);
        cut_line(cuts, p, half - sqrt(under), a);
    }
}

/* Depths at which the disc around c touches the four sides. */
static void cut_sides(struct cx_cuts *cuts, const struct cx_piece *p, struct point c,
                      const struct cx_box *b) {
    for (int sign = -1; sign <= 1; sign += 2) {
        const double r = sign * p->r, taper = sign * p->taper;
        cut_line(cuts, p, c.x + r - b->x0, p->lean_x + taper);
        cut_line(cuts, p, c.x + r - b->x1, p->lean_x + taper);
        cut_line(cuts, p, c.y + r - b->y0, p->lean_y + taper);
        if (b->y1 > b->y0) cut_line(cuts, p, c.y + r - b->y1, p->lean_y + taper);
    }
}

/* Depths at which q passes the sides and the ends of the strip. */
static void cut_strip(struct cx_cuts *cuts, const struct cx_piece *p, struct point q) {
    const double length = hypot(p->drag_x, p->drag_y);
    const struct point u = {p->drag_x / length, p->drag_y / length}, v = {-u.y, u.x};
    const struct point w = minus(q, (struct point){p->x, p->y}), lean = {p->lean_x, p->lean_y};
    cut_line(cuts, p, dot(v, w) - p->r, -dot(v, lean) - p->taper);
    cut_line(cuts, p, dot(v, w) + p->r, -dot(v, lean) + p->taper);
    cut_line(cuts, p, dot(u, w), -dot(u, lean));
    cut_line(cuts, p, dot(u, w) - length, -dot(u, lean));
}

/* Depths at which the ends of the two sides of the strip cross the line y. */
static void cut_side_ends(struct cx_cuts *cuts, const struct cx_piece *p, double y) {
    const double v = p->drag_x / hypot(p->drag_x, p->drag_y);
    for (int sign = -1; sign <= 1; sign += 2) {
        const double slope = p->lean_y + sign * v * p->taper;
        cut_line(cuts, p, p->y + sign * v * p->r - y, slope);
        cut_line(cuts, p, p->y + p->drag_y + sign * v * p->r - y, slope);
    }
}

static void sort(struct cx_cuts *cuts) {
    for (int i = 1; i < cuts->n; i++) {
        const double moved = cuts->at[i];
        int j = i;
        for (; j > 0 && cuts->at[j - 1] > moved; j--) cuts->at[j] = cuts->at[j - 1];
        cuts->at[j] = moved;
    }
}

void cx_piece_cuts(const struct cx_piece *p, const struct cx_box *b, struct cx_cuts *cuts) {
    const struct polygon g = rectangle(b);
    const struct point c = {p->x, p->y}, d = drag(p);
    const bool dragged = d.x != 0.0 || d.y != 0.0;
    *cuts = (struct cx_cuts){.n = 2, .at = {p->top, p->bottom}};
    for (int end = 0; end <= dragged; end++) cut_sides(cuts, p, along(c, d, end), b);
    for (int i = 0; i < (b->y1 > b->y0 ? 4 : 2); i++) {
        for (int end = 0; end <= dragged; end++) cut_point(cuts, p, along(c, d, end), g.at[i]);
        if (dragged) cut_strip(cuts, p, g.at[i]);
    }
    if (dragged && b->y1 == b->y0) cut_side_ends(cuts, p, b->y0);
    sort(cuts);
}
