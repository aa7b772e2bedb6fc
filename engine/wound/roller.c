/* roller.c - a drum with rows of needles rolls over the skin.
 *
 * Unrolled, the drum is a sheet: rows every pi x drum / rows along the way, needles every
 * drum_width / needles across it, every other row shifted by half a step (the usual build;
 * assumed).  Each pass goes in another direction, 0, 90, 45, 135 degrees in turn, and starts
 * anywhere.  24 needles in 8 rows on a drum of 20 x 20 mm leave 15.3 punctures per cm2 and pass:
 * 229 after 15 rolls, about 250 in 10.4103/0974-2077.58529. */
#include "wound/layout.h"

#include <math.h>

static const double pi = 3.14159265358979323846;

enum cx_status cx_layout_roller(const struct cx_layout *l, int pass) {
    const struct cx_field_of_view *a = &l->area;
    const double row = pi * l->s->pattern.drum / (double)l->s->pattern.rows;
    const double step = l->s->pattern.drum_width / (double)l->s->pattern.needles;
    const double co = cos(cx_layout_direction(pass)), si = sin(cx_layout_direction(pass));
    const double mid_x = 0.5 * (a->x0 + a->x1), mid_y = 0.5 * (a->y0 + a->y1);
    const double half = 0.5 * hypot(a->x1 - a->x0, a->y1 - a->y0);
    gsl_rng *rng = cx_layout_stream(l, pass);
    const double phase = gsl_rng_uniform(rng), side = gsl_rng_uniform(rng);
    const int along = (int)ceil(half / row) + 1, across = (int)ceil(half / step) + 1;
    for (int j = -along; j <= along; j++)
        for (int i = -across; i <= across; i++) {
            const double u = (j + phase) * row, w = (i + side + (j & 1 ? 0.5 : 0.0)) * step;
            const double x = mid_x + co * u - si * w, y = mid_y + si * u + co * w;
            if (x < a->x0 || x >= a->x1 || y < a->y0 || y >= a->y1) continue;
            CX_TRY(cx_layout_place(l, x, y, pass,
                                   (int64_t)(j + along) * (2 * across + 1) + i + across));
        }
    return CX_OK;
}
