/* near.h - inside the wound room: discs on a rectangle of skin, sorted into buckets so that the
 * nearest is found without looking at all of them.  Knows periodic views. */
#ifndef CX_WOUND_NEAR_H
#define CX_WOUND_NEAR_H

#include "wound/pattern.h"

struct cx_near_disc {
    double x, y, radius; /* um */
    int next;            /* in the same bucket, -1: last */
};
struct cx_near {
    int n, room, nx, ny;
    int *head; /* [nx*ny] first disc of a bucket, -1: none */
    struct cx_near_disc *at;
    struct cx_field_of_view view;
    double widest; /* largest radius so far */
};

/* Buckets about `size` um wide.  Discs outside the view go to the nearest bucket. */
enum cx_status cx_near_create(struct cx_near *near, const struct cx_field_of_view *view,
                              double size, struct cx_error *e);
/* Errors: E055 too many, E061 no memory. */
enum cx_status cx_near_add(struct cx_near *near, const struct cx_near_disc *disc,
                           struct cx_error *e);
/* Distance from x, y to the rim of the nearest disc but number `skip` (-1: none is skipped);
 * negative inside it. Looks no further than `within` um: then, or without discs, infinite or any
 * value >= within. */
double cx_near_distance(const struct cx_near *near, double x, double y, double within, int skip);
void cx_near_free(struct cx_near *near);

#endif
