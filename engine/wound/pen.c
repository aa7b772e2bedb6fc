/* pen.c - cartridges: a disc of needles stamped while the hand moves (pen), or pressed once per
 * pass (stamp).
 *
 * The needles of a cartridge are spread evenly over its disc (sunflower order; makers' layouts are
 * not published). Pen: along a lane a stroke every hand_speed / stroke_rate; lanes every `lane`;
 * directions 0, 90, 45, 135 degrees pass by pass; every lane is held at its own random turn and
 * starts at its own random phase. Stamp: the hand comes back to the same spot within one needle
 * spacing, at any turn. */
#include "wound/layout.h"

#include <math.h>

#define GOLDEN_ANGLE 2.39996322972865332
static const double pi = 3.14159265358979323846;

/* Where and how a cartridge comes down. */
struct press {
    double x, y, turn;
    int pass;
    int64_t first; /* number of its first needle within the pass */
};

static enum cx_status press(const struct cx_layout *l, const struct press *p) {
    const int n = (int)l->s->pattern.needles;
    const double radius = 0.5 * l->s->pattern.cartridge;
    const struct cx_field_of_view *a = &l->area;
    for (int i = 0; i < n; i++) {
        const double r = radius * sqrt((i + 0.5) / n), angle = p->turn + i * GOLDEN_ANGLE;
        const double x = p->x + r * cos(angle), y = p->y + r * sin(angle);
        if (x < a->x0 || x >= a->x1 || y < a->y0 || y >= a->y1) continue;
        CX_TRY(cx_layout_place(l, x, y, p->pass, p->first + i));
    }
    return CX_OK;
}

enum cx_status cx_layout_stamp(const struct cx_layout *l, int pass) {
    const struct cx_field_of_view *v = l->view;
    const double spacing = l->s->pattern.cartridge / sqrt((double)l->s->pattern.needles);
    gsl_rng *rng = cx_layout_stream(l, pass);
    struct press p = {.pass = pass};
    p.turn = 2.0 * pi * gsl_rng_uniform(rng);
    p.x = 0.5 * (v->x0 + v->x1) + (gsl_rng_uniform(rng) - 0.5) * spacing;
    p.y = 0.5 * (v->y0 + v->y1) + (gsl_rng_uniform(rng) - 0.5) * spacing;
    return press(l, &p);
}

/* One lane, `across` um from the middle of the view; its random numbers come from the stream of
 * (pass, lane). */
struct lane {
    double across, phase, turn, half;
    int pass, number;
};

static enum cx_status lane_strokes(const struct cx_layout *l, const struct lane *lane) {
    const struct cx_field_of_view *a = &l->area;
    const double step = 1000.0 * l->s->pattern.hand_speed / l->s->pattern.stroke_rate;
    const double co = cos(cx_layout_direction(lane->pass)),
                 si = sin(cx_layout_direction(lane->pass));
    const int n = (int)ceil(lane->half / step) + 1, needles = (int)l->s->pattern.needles;
    for (int i = -n; i <= n; i++) {
        const double u = (i + lane->phase) * step, w = lane->across;
        const struct press p = {.x = 0.5 * (a->x0 + a->x1) + co * u - si * w,
                                .y = 0.5 * (a->y0 + a->y1) + si * u + co * w,
                                .turn = lane->turn,
                                .pass = lane->pass,
                                .first = ((int64_t)lane->number * (2 * n + 1) + i + n) * needles};
        CX_TRY(press(l, &p));
    }
    return CX_OK;
}

enum cx_status cx_layout_pen(const struct cx_layout *l, int pass) {
    const struct cx_field_of_view *a = &l->area;
    const double half = 0.5 * (hypot(a->x1 - a->x0, a->y1 - a->y0) + l->s->pattern.cartridge);
    const int lanes = (int)ceil(half / l->s->pattern.lane) + 1;
    const double start = gsl_rng_uniform(cx_layout_stream(l, pass));
    for (int j = -lanes; j <= lanes; j++) {
        const int number = j + lanes;
        gsl_rng *rng = cx_layout_lane(l, pass, number);
        const double phase = gsl_rng_uniform(rng), turn = 2.0 * pi * gsl_rng_uniform(rng);
        const struct lane lane = {
            (j + start) * l->s->pattern.lane, phase, turn, half, pass, number};
        CX_TRY(lane_strokes(l, &lane));
    }
    return CX_OK;
}
