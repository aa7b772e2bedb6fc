/* pattern.c - the table of patterns and what happens to every stroke, whichever pattern it belongs
 * to. */
#include "wound/layout.h"

#include <gsl/gsl_randist.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MOST_NEEDLES 5000000
#define OWN_STREAM (-1)
static const double pi = 3.14159265358979323846;
static const double half_root_3 =
    0.86602540378443864676; /* row distance / pitch of a hexagonal lattice */

static cx_layout_pass *const layouts[CX_PATTERN_COUNT] = {
    [CX_SINGLE] = cx_layout_single,   [CX_SQUARE] = cx_layout_square, [CX_HEX] = cx_layout_hex,
    [CX_POISSON] = cx_layout_poisson, [CX_ROLLER] = cx_layout_roller, [CX_PEN] = cx_layout_pen,
    [CX_STAMP] = cx_layout_stamp,
};

void cx_needles_free(struct cx_needles *n) {
    free(n->at);
    *n = (struct cx_needles){0};
}

static enum cx_status too_many(struct cx_error *e) {
    cx_fail(e, CX_CONFIG, 55, "the pattern has more than %d needles", MOST_NEEDLES);
    cx_hint(e, "lower the density or the passes, or simulate a smaller block");
    return CX_CONFIG;
}

enum cx_status cx_needles_add(struct cx_needles *n, const struct cx_needle *one,
                              struct cx_error *e) {
    if (n->n == MOST_NEEDLES) return too_many(e);
    if (n->n == n->room) {
        const int room = n->room ? 2 * n->room : 256;
        struct cx_needle *at = realloc(n->at, (size_t)room * sizeof *at);
        if (!at) return cx_fail(e, CX_STORAGE, 61, "no memory for %d needles", room);
        n->at = at;
        n->room = room;
    }
    n->at[n->n++] = *one;
    return CX_OK;
}

/* One round of splitmix64: spreads neighbouring numbers over all bits. */
static uint64_t mixed(uint64_t x) {
    x += 0x9e3779b97f4a7c15u;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
    return x ^ (x >> 31);
}

static gsl_rng *stream(const struct cx_layout *l, int pass, int64_t place) {
    uint64_t key = mixed((uint64_t)l->s->run.seed);
    key = mixed(key ^ (uint64_t)(int64_t)l->session);
    key = mixed(key ^ (uint64_t)(int64_t)pass);
    key = mixed(key ^ (uint64_t)(int64_t)place);
    gsl_rng_set(l->rng, (unsigned long)(key >> 32));
    return l->rng;
}

gsl_rng *cx_layout_stream(const struct cx_layout *l, int pass) {
    return stream(l, pass, OWN_STREAM);
}

gsl_rng *cx_layout_lane(const struct cx_layout *l, int pass, int lane) {
    return stream(l, pass, OWN_STREAM - 1 - lane);
}

double cx_layout_direction(int pass) {
    static const double turn[] = {0.0, 0.5, 0.25, 0.75};
    return pi * turn[pass % 4];
}

static double wrapped(double at, double from, double to) {
    const double in = fmod(at - from, to - from);
    return from + (in < 0.0 ? in + (to - from) : in);
}

/* Lateral reach of a needle: half its width with the halo, its lean and its drag, um. */
static double reach(const struct cx_scenario *s, const struct cx_needle *n) {
    return 0.5 * n->diameter + s->device.halo + (n->depth + s->device.halo) * tan(n->tilt) +
           n->drag;
}

static bool touches(const struct cx_field_of_view *v, const struct cx_needle *n, double rim) {
    return n->x >= v->x0 - rim && n->x < v->x1 + rim && n->y >= v->y0 - rim && n->y < v->y1 + rim;
}

static enum cx_status keep(const struct cx_layout *l, struct cx_needle *n) {
    const struct cx_field_of_view *v = l->view;
    if (v->periodic) {
        n->x = wrapped(n->x, v->x0, v->x1);
        n->y = wrapped(n->y, v->y0, v->y1);
    }
    return touches(v, n, reach(l->s, n)) ? cx_needles_add(l->out, n, l->e) : CX_OK;
}

/* The hand's part: every number is drawn whether or not it is used, so that streams stay in step.
 * A tilted needle reaches less deep; one that draws a depth below 0 did not pierce; none gets
 * deeper than it is long. */
static struct cx_needle blurred(const struct cx_layout *l, const struct cx_needle *mean,
                                gsl_rng *rng) {
    const struct cx_spread_settings *hand = &l->s->spread;
    const double steepest = 75.0 * pi / 180.0;
    struct cx_needle n = *mean;
    n.x += gsl_ran_gaussian(rng, 1.0) * hand->jitter;
    n.y += gsl_ran_gaussian(rng, 1.0) * hand->jitter;
    const double along = n.depth * (1.0 + gsl_ran_gaussian(rng, 1.0) * hand->depth);
    const double lean = n.tilt + gsl_ran_gaussian(rng, 1.0) * hand->tilt * pi / 180.0;
    n.tilt = fmin(fabs(lean), steepest);
    n.depth = fmin(along, fmax(l->s->needle.length, n.depth)) * cos(n.tilt);
    n.azimuth = gsl_rng_uniform(rng) * 2.0 * pi;
    n.drag = gsl_ran_exponential(rng, 1.0) * hand->drag;
    return n;
}

enum cx_status cx_layout_stroke(const struct cx_layout *l, const struct cx_needle *needle, int pass,
                                int64_t place) {
    gsl_rng *rng = stream(l, pass, place);
    const bool missed = gsl_rng_uniform(rng) < l->s->spread.missed;
    const bool doubled = gsl_rng_uniform(rng) < l->s->spread.doubled;
    for (int hit = 0; hit < (missed ? 0 : 1 + doubled); hit++) {
        struct cx_needle n = blurred(l, needle, rng);
        n.session = l->session;
        n.pass = pass;
        if (n.depth > 0.0) CX_TRY(keep(l, &n));
    }
    return CX_OK;
}

struct cx_needle cx_layout_needle(const struct cx_scenario *s) {
    /* a square base of side d has the cross-section of a disc of diameter 2 d / sqrt(pi) */
    const double round = s->needle.shape == CX_PYRAMID ? 2.0 / sqrt(pi) : 1.0;
    return (struct cx_needle){.depth = s->device.penetration * s->needle.length,
                              .diameter = round * s->needle.diameter,
                              .tilt = s->needle.tilt * pi / 180.0};
}

enum cx_status cx_layout_place(const struct cx_layout *l, double x, double y, int pass,
                               int64_t place) {
    struct cx_needle n = cx_layout_needle(l->s);
    n.x = x;
    n.y = y;
    return cx_layout_stroke(l, &n, pass, place);
}

/* Rim around an open view from which needles still reach in: four standard deviations of
 * everything. */
static struct cx_field_of_view widened(const struct cx_scenario *s,
                                       const struct cx_field_of_view *v) {
    struct cx_needle n = cx_layout_needle(s);
    n.depth = fmax(n.depth, s->needle.length);
    n.tilt = fmin(n.tilt + 4.0 * s->spread.tilt * pi / 180.0, 75.0 * pi / 180.0);
    n.drag = 4.0 * s->spread.drag;
    const double rim = v->periodic ? 0.0 : reach(s, &n) + 4.0 * s->spread.jitter;
    return (struct cx_field_of_view){v->x0 - rim, v->y0 - rim, v->x1 + rim, v->y1 + rim,
                                     v->periodic};
}

static enum cx_status spacing_check(const struct cx_scenario *s, struct cx_error *e) {
    const bool pitch = !isnan(s->pattern.pitch), density = !isnan(s->pattern.density);
    const int type = s->pattern.type;
    if (pitch && density) {
        cx_fail(e, CX_CONFIG, 50, "both device.pattern.pitch and device.pattern.density are given");
        cx_hint(e, "give one of them; the other follows");
        return CX_CONFIG;
    }
    if ((pitch || density) && type != CX_SQUARE && type != CX_HEX && type != CX_POISSON) {
        cx_fail(e, CX_CONFIG, 51, "this pattern has no device.pattern.%s",
                pitch ? "pitch" : "density");
        cx_hint(e, "roller, pen and stamp follow from needles, rows, drum, cartridge, stroke_rate, "
                   "hand_speed and lane; single and file have none");
        return CX_CONFIG;
    }
    return CX_OK;
}

static enum cx_status depth_check(const struct cx_scenario *s, const struct cx_needles *n,
                                  struct cx_error *e) {
    if (s->domain.size.n == 0) return CX_OK;
    const double block = s->domain.size.at[s->domain.size.n - 1];
    for (int i = 0; i < n->n; i++)
        if (n->at[i].depth > block) {
            cx_fail(e, CX_CONFIG, 54, "needle %d reaches %.4g um, the block is only %.4g um deep",
                    i + 1, n->at[i].depth, block);
            cx_hint(e, "make the depth of domain.size larger, or leave domain.size out");
            return CX_CONFIG;
        }
    return CX_OK;
}

static enum cx_status laid(const struct cx_layout *l) {
    const double area = (l->area.x1 - l->area.x0) * (l->area.y1 - l->area.y0);
    if (l->s->pattern.type == CX_FILE) return cx_layout_file(l);
    if (area / cx_pattern_area(l->s) > MOST_NEEDLES) return too_many(l->e);
    for (int pass = 0; pass < l->s->treatment.passes; pass++)
        CX_TRY(layouts[l->s->pattern.type](l, pass));
    return CX_OK;
}

/* Area per needle and pass of the patterns that follow from the device, um2. */
static double device_area(const struct cx_pattern_settings *p) {
    const double n = (double)p->needles;
    switch (p->type) {
    case CX_ROLLER: return pi * p->drum / (double)p->rows * p->drum_width / n;
    case CX_PEN: return 1000.0 * p->hand_speed / p->stroke_rate * p->lane / n;
    case CX_STAMP: return 0.25 * pi * p->cartridge * p->cartridge / n;
    default: return 0.0;
    }
}

/* Discs thrown until few more fit leave about 0.66 per square of the least distance. */
static double lattice_area(const struct cx_scenario *s) {
    if (isnan(s->pattern.pitch)) return pow(cx_layout_pitch(s, 1.0), 2.0);
    const double cell = s->pattern.type == CX_HEX       ? half_root_3
                        : s->pattern.type == CX_POISSON ? 1.0 / 0.66
                                                        : 1.0;
    return s->pattern.pitch * s->pattern.pitch * cell;
}

double cx_pattern_area(const struct cx_scenario *s) {
    const int type = s->pattern.type;
    const bool even = type == CX_SQUARE || type == CX_HEX || type == CX_POISSON;
    if (type == CX_SINGLE || type == CX_FILE) return pi * 1e6;
    const double pass = even ? lattice_area(s) : device_area(&s->pattern);
    return pass / (double)s->treatment.passes;
}

void cx_pattern_period(const struct cx_scenario *s, double period[2]) {
    const double cell = s->pattern.type == CX_HEX ? half_root_3 : 1.0,
                 pitch = cx_layout_pitch(s, cell);
    const bool lattice = s->pattern.type == CX_SQUARE || s->pattern.type == CX_HEX;
    period[0] = lattice ? pitch : 0.0;
    period[1] = lattice ? (s->pattern.type == CX_HEX ? 2.0 * half_root_3 : 1.0) * pitch : 0.0;
}

enum cx_status cx_pattern_make(const struct cx_scenario *s, const struct cx_field_of_view *view,
                               int session, struct cx_needles *out, struct cx_error *e) {
    struct cx_layout l = {s, view, widened(s, view), session, NULL, out, e};
    *out = (struct cx_needles){0};
    CX_TRY(spacing_check(s, e));
    l.rng = gsl_rng_alloc(gsl_rng_mt19937);
    if (!l.rng) return cx_fail(e, CX_STORAGE, 61, "no memory for a random generator");
    enum cx_status status = laid(&l);
    gsl_rng_free(l.rng);
    if (status == CX_OK) status = depth_check(s, out, e);
    if (status != CX_OK) cx_needles_free(out);
    return status;
}
