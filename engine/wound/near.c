/* near.c - see near.h */
#include "wound/near.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MOST_DISCS 5000000
#define MOST_BUCKETS 1024 /* per side */

static int buckets(double length, double size) {
    return (int)fmax(1.0, fmin(MOST_BUCKETS, floor(length / size)));
}

enum cx_status cx_near_create(struct cx_near *near, const struct cx_field_of_view *view,
                              double size, struct cx_error *e) {
    *near = (struct cx_near){.view = *view};
    near->nx = buckets(view->x1 - view->x0, size);
    near->ny = buckets(view->y1 - view->y0, size);
    const size_t n = (size_t)near->nx * (size_t)near->ny;
    near->head = malloc(n * sizeof *near->head);
    if (!near->head) return cx_fail(e, CX_STORAGE, 61, "no memory for %zu buckets of needles", n);
    for (size_t i = 0; i < n; i++) near->head[i] = -1;
    return CX_OK;
}

void cx_near_free(struct cx_near *near) {
    free(near->head);
    free(near->at);
    *near = (struct cx_near){0};
}

static int bucket(double at, double from, double to, int n) {
    const double share = (at - from) / (to - from) * n;
    return share <= 0.0 ? 0 : share >= n ? n - 1 : (int)share;
}

static int bucket_x(const struct cx_near *near, double x) {
    return bucket(x, near->view.x0, near->view.x1, near->nx);
}

static int bucket_y(const struct cx_near *near, double y) {
    return bucket(y, near->view.y0, near->view.y1, near->ny);
}

enum cx_status cx_near_add(struct cx_near *near, const struct cx_near_disc *disc,
                           struct cx_error *e) {
    if (near->n == MOST_DISCS)
        return cx_fail(e, CX_CONFIG, 55, "the pattern has more than %d needles", MOST_DISCS);
    if (near->n == near->room) {
        const int room = near->room ? 2 * near->room : 256;
        struct cx_near_disc *at = realloc(near->at, (size_t)room * sizeof *at);
        if (!at) return cx_fail(e, CX_STORAGE, 61, "no memory for %d needles", room);
        near->at = at;
        near->room = room;
    }
    int *head = &near->head[bucket_x(near, disc->x) + near->nx * bucket_y(near, disc->y)];
    near->at[near->n] = *disc;
    near->at[near->n].next = *head;
    near->widest = fmax(near->widest, disc->radius);
    *head = near->n++;
    return CX_OK;
}

static double shortest(double d, double period, bool periodic) {
    return periodic ? d - period * round(d / period) : d;
}

/* Nearest rim in bucket i, j; buckets past the end are wrapped (periodic) or empty. */
static double in_bucket(const struct cx_near *near, int i, int j, const double at[2], int skip) {
    const struct cx_field_of_view *v = &near->view;
    const bool outside = i < 0 || i >= near->nx || j < 0 || j >= near->ny;
    if (outside && !v->periodic) return INFINITY;
    const int wi = ((i % near->nx) + near->nx) % near->nx,
              wj = ((j % near->ny) + near->ny) % near->ny;
    double best = INFINITY;
    for (int d = near->head[wi + near->nx * wj]; d >= 0; d = near->at[d].next) {
        const double dx = shortest(near->at[d].x - at[0], v->x1 - v->x0, v->periodic);
        const double dy = shortest(near->at[d].y - at[1], v->y1 - v->y0, v->periodic);
        if (d != skip) best = fmin(best, hypot(dx, dy) - near->at[d].radius);
    }
    return best;
}

/* Nearest rim among the buckets exactly `ring` steps away. */
static double in_ring(const struct cx_near *near, int ring, const double at[2], int skip) {
    const int i = bucket_x(near, at[0]), j = bucket_y(near, at[1]);
    double best = INFINITY;
    for (int k = -ring; k <= ring; k++) {
        best = fmin(best, in_bucket(near, i + k, j - ring, at, skip));
        if (ring > 0) best = fmin(best, in_bucket(near, i + k, j + ring, at, skip));
        if (k == -ring || k == ring) continue;
        best = fmin(best, in_bucket(near, i - ring, j + k, at, skip));
        best = fmin(best, in_bucket(near, i + ring, j + k, at, skip));
    }
    return best;
}

double cx_near_distance(const struct cx_near *near, double x, double y, double within, int skip) {
    if (near->nx < 1 || near->ny < 1) return INFINITY; /* not created: without discs */
    const double at[2] = {x, y};
    const double dx = (near->view.x1 - near->view.x0) / near->nx;
    const double dy = (near->view.y1 - near->view.y0) / near->ny;
    const int last = near->nx > near->ny ? near->nx : near->ny;
    double best = INFINITY;
    /* what lies in a later ring is at least `ring` bucket sides away, less its own radius */
    for (int ring = 0; ring <= last; ring++) {
        const double nearest_left = (ring - 1) * fmin(dx, dy) - near->widest;
        if (nearest_left >= best || nearest_left >= within) break;
        best = fmin(best, in_ring(near, ring, at, skip));
    }
    return best;
}
