/* front.c - see front.h */
#include "study/front.h"

#include <gsl/gsl_sort.h>
#include <math.h>
#include <stdlib.h>

/* ---- domination ------------------------------------------------------------------------------ */

bool cx_front_beats(const struct cx_front_points *p, int a, int b) {
    const double *x = p->goal + (size_t)a * (size_t)p->m, *y = p->goal + (size_t)b * (size_t)p->m;
    bool better = false;
    if (p->violation[a] > 0 || p->violation[b] > 0) return p->violation[a] < p->violation[b];
    for (int j = 0; j < p->m; j++) {
        if (x[j] > y[j]) return false;
        better = better || x[j] < y[j];
    }
    return better;
}

/* Is point i beaten by one whose rank is still open? */
static bool is_beaten(const struct cx_front_points *p, const int *rank, int i, int round) {
    for (int k = 0; k < p->n; k++)
        if ((rank[k] < 0 || rank[k] == round) && cx_front_beats(p, k, i)) return true;
    return false;
}

void cx_front_ranks(const struct cx_front_points *p, int *rank) {
    int left = p->n;
    for (int i = 0; i < p->n; i++) rank[i] = -1;
    for (int round = 0; left > 0; round++)
        for (int i = 0; i < p->n; i++) {
            if (rank[i] >= 0 || is_beaten(p, rank, i, round)) continue;
            rank[i] = round;
            left--;
        }
}

int cx_front_join(const struct cx_front_points *p, int from, int *front, int count) {
    for (int i = from; i < p->n; i++) {
        bool beaten = p->violation[i] > 0;
        for (int k = 0; k < count && !beaten; k++) beaten = cx_front_beats(p, front[k], i);
        if (beaten) continue;
        int kept = 0;
        for (int k = 0; k < count; k++)
            if (!cx_front_beats(p, i, front[k])) front[kept++] = front[k];
        front[kept] = i;
        count = kept + 1;
    }
    return count;
}

/* ---- crowding -------------------------------------------------------------------------------- */

/* Adds the share of one goal for the points of one rank; order: all points by that goal. */
static void crowd_goal(const struct cx_front_points *p, const size_t *order, int goal,
                       double *crowd) {
    const size_t m = (size_t)p->m, j = (size_t)goal, n = (size_t)p->n;
    if (n == 0) return;
    const double range = p->goal[order[n - 1] * m + j] - p->goal[order[0] * m + j];
    crowd[order[0]] = crowd[order[n - 1]] = INFINITY;
    for (size_t i = 1; i + 1 < n && range > 0 && isfinite(range); i++)
        crowd[order[i]] += (p->goal[order[i + 1] * m + j] - p->goal[order[i - 1] * m + j]) / range;
}

/* One rank by itself: its rows are gathered, then its crowding is spread to where they came from. */
struct gathered {
    double *goal, *crowd;
    size_t *order, *from;
};

static void crowd_rank(const struct cx_front_points *p, const int *rank, int which,
                       const struct gathered *g, double *crowd) {
    const size_t m = (size_t)p->m;
    struct cx_front_points some = {.m = p->m, .goal = g->goal};
    for (int i = 0; i < p->n; i++) {
        if (rank[i] != which) continue;
        const size_t row = (size_t)some.n++;
        g->from[row] = (size_t)i;
        g->crowd[row] = 0;
        for (size_t j = 0; j < m; j++) g->goal[row * m + j] = p->goal[(size_t)i * m + j];
    }
    for (size_t j = 0; j < m; j++) {
        gsl_sort_index(g->order, g->goal + j, m, (size_t)some.n);
        crowd_goal(&some, g->order, (int)j, g->crowd);
    }
    for (int i = 0; i < some.n; i++) crowd[g->from[i]] = g->crowd[i];
}

bool cx_front_crowding(const struct cx_front_points *p, const int *rank, double *crowd) {
    const size_t n = (size_t)p->n + 1;
    const struct gathered g = {malloc(n * (size_t)p->m * sizeof *g.goal),
                               malloc(n * sizeof *g.crowd), malloc(n * sizeof *g.order),
                               malloc(n * sizeof *g.from)};
    const bool good = g.goal && g.crowd && g.order && g.from;
    int last = -1;
    for (int i = 0; i < p->n; i++) last = rank[i] > last ? rank[i] : last;
    for (int which = 0; good && which <= last; which++) crowd_rank(p, rank, which, &g, crowd);
    free(g.goal);
    free(g.crowd);
    free(g.order);
    free(g.from);
    return good;
}

/* ---- volume ---------------------------------------------------------------------------------- */

/* Two goals: one sweep from the best first goal to the worst. */
static double area(const double *goal, const size_t *order, int n, const double *worst) {
    double sum = 0, top = worst[1];
    for (int i = 0; i < n; i++) {
        const double *x = goal + 2 * order[i];
        if (!(x[1] < top) || !(x[0] < worst[0])) continue;
        sum += (worst[0] - x[0]) * (top - x[1]);
        top = x[1];
    }
    return sum;
}

/* More goals: between two neighbouring values of the last goal lies a slice whose face all points below it cover.
 * face: room for the rows of one slice with one goal less. */
static double slices(const double *goal, const size_t *order, const int size[2],
                     const double *worst, double *face) {
    const size_t m = (size_t)size[1], last = m - 1;
    double sum = 0;
    for (int i = 0; i < size[0]; i++) {
        const double *x = goal + order[i] * m;
        for (size_t j = 0; j < last; j++) face[(size_t)i * last + j] = x[j];
        if (!(x[last] < worst[last])) break;
        const double next = i + 1 < size[0] ? goal[order[i + 1] * m + last] : worst[last];
        const double thick = fmin(next, worst[last]) - x[last];
        if (thick > 0) sum += thick * cx_front_volume(face, i + 1, (int)last, worst);
    }
    return sum;
}

double cx_front_volume(const double *goal, int n, int m, const double *worst) {
    double found = 0;
    if (m == 1) {
        for (int i = 0; i < n; i++) found = fmax(found, worst[0] - goal[i]);
        return found;
    }
    const size_t rows = (size_t)n, columns = (size_t)m;
    size_t *order = malloc((rows + 1) * sizeof *order);
    double *face = malloc((rows * columns + 1) * sizeof *face);
    if (order && face) {
        gsl_sort_index(order, goal + (m == 2 ? 0 : m - 1), columns, rows);
        found = m == 2 ? area(goal, order, n, worst)
                       : slices(goal, order, (const int[2]){n, m}, worst, face);
    }
    const bool good = order && face;
    free(order);
    free(face);
    return good ? found : NAN;
}
