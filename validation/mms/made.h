/* made.h - manufactured solutions: the sources that make u = base + T(t) shape(x) the solution of tests/models/made.
 * The shape is a product of one function per axis that meets the side exactly; the hill, which the climbing species climb,
 * is a sum of one function per axis whose slope is 0 at walls, since nothing drifts through a wall. */
#ifndef CX_VALIDATION_MADE_H
#define CX_VALIDATION_MADE_H

#include "validation/box.h"

extern const struct cx_model cx_model_made;

enum made_geometry { MADE_COLUMN, MADE_SLICE, MADE_AXISYMMETRIC, MADE_PATCH, MADE_GEOMETRIES };
enum { MADE_PLAIN, MADE_DENSE, MADE_CLIMBER, MADE_ROAMER, MADE_CLOCK };
enum {
    MADE_SHAPE,
    MADE_HILL,
    MADE_PLAIN1,
    MADE_DENSE1,
    MADE_DENSE2,
    MADE_CLIMBER0,
    MADE_CLIMBER1,
    MADE_ROAMER1,
    MADE_ROAMER2,
    MADE_INPUTS
};

struct made_case {
    enum made_geometry geometry;
    enum cx_side_kind side;
    bool graded;
    int n; /* cells along each axis */
    double decay;
    enum cx_precision precision;
    double tolerance;
};
struct made {
    struct made_case what;
    struct box_spec spec;
    double D, crowd, chi, base;
};

static const char *const made_geometry_name[] = {"column", "slice", "axisymmetric", "patch"};
static const char *const made_side_name[] = {"no_flux", "periodic", "fixed", "robin"};
static const char *const made_species_name[] = {"plain (MOVES)", "dense (VARIES)",
                                                "climber (TAXIS)", "roamer (ROAMS)"};

static inline bool made_has_axis(enum made_geometry g, int axis) {
    return axis == CX_Z || (axis == CX_X && g != MADE_COLUMN) || (axis == CX_Y && g == MADE_PATCH);
}

/* T(t) of the model. */
static inline double made_course(double t) { return 1 + t * (0.5 + t * (-0.3 + t * 0.4)); }

/* A function of one coordinate: value, slope, and what it brings to the Laplacian. */
struct made_wave {
    double value, slope, lap;
};
/* sin(k x + phase) */
static inline struct made_wave made_sine(double k, double phase, double x) {
    return (struct made_wave){sin(k * x + phase), k * cos(k * x + phase),
                              -k * k * sin(k * x + phase)};
}
/* cos(k r) of a radius: lap = f'' + f'/r */
static inline struct made_wave made_ring(double k, double r) {
    return (struct made_wave){cos(k * r), -k * sin(k * r),
                              -k * k * cos(k * r) - k * sin(k * r) / r};
}

/* Factor of the shape along one axis of length 1. */
static inline struct made_wave made_factor(const struct made *m, int axis, double x) {
    if (!made_has_axis(m->what.geometry, axis)) return (struct made_wave){1, 0, 0};
    const bool ring = axis == CX_X && m->spec.radial;
    switch (m->spec.side[axis]) {
    case CX_PERIODIC: return made_sine(2 * box_pi, 0.3, x);
    case CX_FIXED: return ring ? made_ring(box_pi / 2, x) : made_sine(box_pi, 0, x);
    case CX_ROBIN: return ring ? made_ring(1, x) : made_sine(2, box_pi / 2 - 1, x);
    default: return ring ? made_ring(box_pi, x) : made_sine(box_pi, box_pi / 2, x);
    }
}
/* Term of the hill along one axis. */
static inline struct made_wave made_term(const struct made *m, int axis, double x) {
    if (!made_has_axis(m->what.geometry, axis)) return (struct made_wave){0, 0, 0};
    if (m->spec.side[axis] == CX_PERIODIC) return made_sine(2 * box_pi, 1.1, x);
    return axis == CX_X && m->spec.radial ? made_ring(box_pi, x) : made_sine(box_pi, box_pi / 2, x);
}

/* What the sources are made of, at one point. */
struct made_point {
    double shape, lap, steep;     /* b, lap b, |grad b|^2 */
    double hill, hill_lap, along; /* H, lap H, grad b . grad H */
};
static inline struct made_point made_at(const struct made *m, const double x[3]) {
    struct made_wave f[3];
    struct made_point p = {.shape = 1};
    for (int d = 0; d < 3; d++) {
        f[d] = made_factor(m, d, x[d]);
        p.shape *= f[d].value;
    }
    for (int d = 0; d < 3; d++) {
        const double others = f[(d + 1) % 3].value * f[(d + 2) % 3].value;
        const struct made_wave h = made_term(m, d, x[d]);
        p.lap += f[d].lap * others;
        p.steep += f[d].slope * others * f[d].slope * others;
        p.along += f[d].slope * others * h.slope;
        p.hill += h.value;
        p.hill_lap += h.lap;
    }
    return p;
}

/* Maps of one cell: [MADE_INPUTS]. */
static inline void made_maps(const struct made *m, const struct made_point *p, double *map) {
    const double D = m->D, k = m->crowd, decay = m->what.decay, base = m->base;
    const double own = decay * p->shape, spread = D * (1 + k * base) * p->lap;
    const double crowding = D * k * (p->shape * p->lap + p->steep);
    const double drift = m->chi * (p->along + p->shape * p->hill_lap);
    map[MADE_SHAPE] = p->shape;
    map[MADE_HILL] = p->hill;
    map[MADE_PLAIN1] = own - D * p->lap;
    map[MADE_DENSE1] = own - spread;
    map[MADE_DENSE2] = -crowding;
    map[MADE_CLIMBER0] = decay * base + m->chi * base * p->hill_lap;
    map[MADE_CLIMBER1] = own - D * p->lap + drift;
    map[MADE_ROAMER1] = own - spread + m->chi * base * p->hill_lap;
    map[MADE_ROAMER2] = drift - crowding;
}

struct made_time {
    const struct made *made;
    double t;
};
static inline double made_exact(const double x[3], const void *user) {
    const struct made_time *at = user;
    return at->made->base + made_course(at->t) * made_at(at->made, x).shape;
}

static inline void made_spec(struct made *m) {
    const struct made_case *w = &m->what;
    struct box_spec *s = &m->spec;
    *s = (struct box_spec){.model = &cx_model_made,
                           .radial = w->geometry == MADE_AXISYMMETRIC,
                           .param = {m->D, m->crowd, m->chi, w->decay, w->decay * m->base},
                           .rest = m->base,
                           .share = m->base,
                           .tolerance = w->tolerance,
                           .precision = w->precision};
    for (int d = 0; d < 3; d++) {
        const bool ring = d == CX_X && s->radial;
        s->shape[d] = made_has_axis(w->geometry, d) ? w->n : 1;
        s->size[d] = 1;
        s->side[d] = ring && w->side == CX_PERIODIC ? CX_NO_FLUX : w->side;
        s->transfer[d] = m->D * (ring ? tan(1) : 2 * tan(1)); /* D k tan(k x half length) */
    }
    if (w->graded) s->grading = w->side == CX_PERIODIC ? BOX_WAVY : BOX_STRETCHED;
}

/* Opens a box with the exact state of t = 0 in it.  At a Robin side D must not depend on the density, or the exact wall
 * value would not meet it at all times. */
static inline void made_open(struct made *m, struct box *b, const struct made_case *what) {
    *m = (struct made){
        .what = *what, .D = 0.1, .crowd = what->side == CX_ROBIN ? 0 : 0.5, .chi = 0.1, .base = 2};
    made_spec(m);
    box_open(b, &m->spec);
    const struct made_time start = {m, 0};
    for (size_t at = 0; at < b->grid.cells; at++) {
        double x[3], map[MADE_INPUTS];
        box_center(b, at, x);
        const struct made_point p = made_at(m, x);
        made_maps(m, &p, map);
        for (int i = 0; i < MADE_INPUTS; i++) b->system.input[i][at] = map[i];
    }
    for (int q = MADE_PLAIN; q <= MADE_ROAMER; q++) box_fill(b, b->system.u[q], made_exact, &start);
    box_save(b);
}

/* Errors against the manufactured solution after `steps` steps to time `end`: [4 species]. */
static inline void made_errors(const struct made_case *what, double end, int steps,
                               struct box_error *out) {
    struct made m;
    struct box b;
    made_open(&m, &b, what);
    box_march(&b, end, steps);
    const struct made_time then = {&m, end};
    for (int q = MADE_PLAIN; q <= MADE_ROAMER; q++) out[q] = box_error(&b, q, made_exact, &then);
    box_close(&b);
}

/* Orders in time on one grid: errors against the same grid with `fine` steps, for steps[0..levels). */
static inline void made_time_errors(const struct made_case *what, double end, const int *steps,
                                    int levels, struct box_error (*out)[4]) {
    struct made m;
    struct box b;
    made_open(&m, &b, what);
    const size_t cells = b.grid.cells;
    double *truth = calloc(4 * cells, sizeof *truth);
    if (!truth) exit(1);
    box_march(&b, end, 8 * steps[levels - 1]);
    for (int q = 0; q < 4; q++)
        memcpy(truth + (size_t)q * cells, b.system.u[q], cells * sizeof(double));
    for (int level = 0; level < levels; level++) {
        box_restore(&b);
        box_march(&b, end, steps[level]);
        for (int q = 0; q < 4; q++)
            out[level][q] = box_distance(&b, b.system.u[q], truth + (size_t)q * cells);
    }
    free(truth);
    box_close(&b);
}

#endif
