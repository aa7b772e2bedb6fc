/* control.c - see control.h.  The estimate is of first order, so the step goes with the root of the error. */
#include "solve/control.h"

#include <math.h>

static const double safety = 0.9, growth = 2, shrink = 0.2;

void cx_control_restart(struct cx_control *c) { c->h = c->first; }

double cx_control_step(const struct cx_control *c, double left) {
    const double h = c->h < c->most ? c->h : c->most;
    if (h >= left * (1 - 1e-9)) return left;
    return h > left / 2 ? left / 2 : h;
}

void cx_control_accepted(struct cx_control *c, double h, double error) {
    double factor = safety / sqrt(error + 1e-12);
    if (factor > growth) factor = growth;
    const double wanted = h * factor;
    /* a step that was cut to land says nothing against the longer one the controller had in mind */
    if (wanted < c->h || h >= 0.99 * (c->h < c->most ? c->h : c->most)) c->h = wanted;
}

void cx_control_rejected(struct cx_control *c, double h, double error) {
    const double factor = isfinite(error) ? safety / sqrt(error) : shrink;
    c->h = h * (factor > shrink ? factor : shrink);
}
