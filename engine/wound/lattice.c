/* lattice.c - single needles, square and hexagonal lattices, Poisson discs.
 *
 * Open view: exact pitch, centred on the view.  Periodic view: the counts nearest to the pitch that
 * tile the view, so the pitch is stretched to view / count.  Several passes: with operator jitter
 * each pass has a random offset (and, in an open view, a random turn: a turned lattice does not
 * tile); without, pass p is shifted by p times the shares of the two-dimensional golden ratio,
 * which fills the gaps as evenly as any fixed rule can. */
#include "wound/layout.h"
#include "wound/near.h"

#include <math.h>
#include <stdlib.h>

#define USUAL_PER_CM2 250.0 /* 15 rolls, 10.4103/0974-2077.58529 */
#define UM2_PER_CM2 1e8
static const double pi = 3.14159265358979323846;
static const double half_root_3 = 0.86602540378443864676;

double cx_layout_pitch(const struct cx_scenario *s, double cell) {
    if (!isnan(s->pattern.pitch)) return s->pattern.pitch;
    const double density = isnan(s->pattern.density) ? USUAL_PER_CM2 : s->pattern.density;
    return sqrt(UM2_PER_CM2 / (density * cell));
}

enum cx_status cx_layout_single(const struct cx_layout *l, int pass) {
    const struct cx_field_of_view *v = l->view;
    return cx_layout_place(l, 0.5 * (v->x0 + v->x1), 0.5 * (v->y0 + v->y1), pass, 0);
}

/* Rows of needles: steps along x and y, every other row shifted by `stagger` steps. */
struct lattice {
    double dx, dy, stagger;
    double offset_x, offset_y, turn; /* shares of a step, rad */
};

static void pass_shift(const struct cx_layout *l, int pass, struct lattice *t) {
    if (l->s->treatment.passes > 1 && l->s->spread.jitter > 0.0) {
        gsl_rng *rng = cx_layout_stream(l, pass);
        t->offset_x = gsl_rng_uniform(rng);
        t->offset_y = gsl_rng_uniform(rng);
        t->turn = l->view->periodic ? 0.0 : 2.0 * pi * gsl_rng_uniform(rng);
    } else {
        t->offset_x = fmod(0.75487766624669276 * pass, 1.0);
        t->offset_y = fmod(0.56984029099805327 * pass, 1.0);
    }
}

static enum cx_status tile(const struct cx_layout *l, const struct lattice *t, int pass) {
    const struct cx_field_of_view *v = l->view;
    const int nx = (int)lround((v->x1 - v->x0) / t->dx), ny = (int)lround((v->y1 - v->y0) / t->dy);
    for (int j = 0; j < ny; j++)
        for (int i = 0; i < nx; i++) {
            const double x = v->x0 + (i + 0.5 + t->offset_x + (j % 2 ? t->stagger : 0.0)) * t->dx;
            const double y = v->y0 + (j + 0.5 + t->offset_y) * t->dy;
            CX_TRY(cx_layout_place(l, x, y, pass, (int64_t)j * nx + i));
        }
    return CX_OK;
}

/* Steps from the middle: whole or half ones, so that a view of n pitches holds n needles and cuts
 * none. */
static double centred(double length, double step) {
    return fmod(round(length / step), 2.0) == 0.0 ? 0.5 : 0.0;
}

static enum cx_status spread_out(const struct cx_layout *l, const struct lattice *t, int pass) {
    const struct cx_field_of_view *v = l->view, *a = &l->area;
    const double mid_x = 0.5 * (v->x0 + v->x1), mid_y = 0.5 * (v->y0 + v->y1);
    const double first_x = centred(v->x1 - v->x0, t->dx), first_y = centred(v->y1 - v->y0, t->dy);
    const double half = 0.5 * hypot(a->x1 - a->x0, a->y1 - a->y0);
    const double co = cos(t->turn), si = sin(t->turn);
    const int nx = (int)ceil(half / t->dx) + 2, ny = (int)ceil(half / t->dy) + 2;
    for (int j = -ny; j <= ny; j++)
        for (int i = -nx; i <= nx; i++) {
            const double u = (i + first_x + t->offset_x + (j & 1 ? t->stagger : 0.0)) * t->dx;
            const double w = (j + first_y + t->offset_y) * t->dy;
            const double x = mid_x + co * u - si * w, y = mid_y + si * u + co * w;
            if (x < a->x0 || x > a->x1 || y < a->y0 || y > a->y1) continue;
            CX_TRY(cx_layout_place(l, x, y, pass, (int64_t)(j + ny) * (2 * nx + 1) + i + nx));
        }
    return CX_OK;
}

/* rows: the lattice repeats along y after this many rows. */
static enum cx_status lattice_pass(const struct cx_layout *l, struct lattice t, int rows,
                                   int pass) {
    const struct cx_field_of_view *v = l->view;
    pass_shift(l, pass, &t);
    if (!v->periodic) return spread_out(l, &t, pass);
    const double nx = fmax(1.0, round((v->x1 - v->x0) / t.dx));
    const double ny = rows * fmax(1.0, round((v->y1 - v->y0) / (rows * t.dy)));
    t.dx = (v->x1 - v->x0) / nx;
    t.dy = (v->y1 - v->y0) / ny;
    return tile(l, &t, pass);
}

enum cx_status cx_layout_square(const struct cx_layout *l, int pass) {
    const double pitch = cx_layout_pitch(l->s, 1.0);
    return lattice_pass(l, (struct lattice){.dx = pitch, .dy = pitch}, 1, pass);
}

enum cx_status cx_layout_hex(const struct cx_layout *l, int pass) {
    const double pitch = cx_layout_pitch(l->s, half_root_3);
    return lattice_pass(l, (struct lattice){.dx = pitch, .dy = half_root_3 * pitch, .stagger = 0.5},
                        2, pass);
}

/* Darts that keep their distance.  A density is met by count, at 0.7 of the mean spacing (38 % of
 * the plane in discs, well below the 55 % at which random discs jam); a least distance is filled
 * until 500 darts per disc have been thrown. */
enum cx_status cx_layout_poisson(const struct cx_layout *l, int pass) {
    const struct cx_field_of_view *a = &l->area;
    const double area = (a->x1 - a->x0) * (a->y1 - a->y0);
    const bool packed = !isnan(l->s->pattern.pitch);
    const double pitch = cx_layout_pitch(l->s, 1.0), least = packed ? pitch : 0.7 * pitch;
    const double wanted = packed ? INFINITY : fmax(1.0, round(area / (pitch * pitch)));
    const double darts = 500.0 * fmax(1.0, area / (least * least));
    gsl_rng *rng = cx_layout_stream(l, pass);
    struct cx_near near;
    CX_TRY(cx_near_create(&near, a, least, l->e));
    enum cx_status status = CX_OK;
    for (double dart = 0.0; dart < darts && near.n < wanted && status == CX_OK; dart++) {
        const double x = a->x0 + gsl_rng_uniform(rng) * (a->x1 - a->x0);
        const double y = a->y0 + gsl_rng_uniform(rng) * (a->y1 - a->y0);
        if (cx_near_distance(&near, x, y, least, -1) >= least)
            status = cx_near_add(&near, &(struct cx_near_disc){.x = x, .y = y}, l->e);
    }
    for (int i = 0; i < near.n && status == CX_OK; i++)
        status = cx_layout_place(l, near.at[i].x, near.at[i].y, pass, i);
    cx_near_free(&near);
    return status;
}
