/* front.h - which of many points nothing beats: domination with limits, ranks, crowding, and the volume that a front
 * covers.  Pure numbers: all goals are to be small, all arrays are rows of points. */
#ifndef CX_STUDY_FRONT_H
#define CX_STUDY_FRONT_H

#include <stdbool.h>

struct cx_front_points {
    int n, m;           /* points, goals */
    const double *goal; /* [n][m], the smaller the better */
    const double *
        violation; /* [n] by how much limits are broken; 0: none, INFINITY: the point has no value */
};

/* Does a beat b?  Within the limits: no worse in every goal and better in one.  What keeps the limits beats what does
 * not; of two that do not, the one that breaks them less. */
bool cx_front_beats(const struct cx_front_points *p, int a, int b);

/* rank: [n]; 0 for points that nothing beats, 1 for those that only rank 0 beats, and so on. */
void cx_front_ranks(const struct cx_front_points *p, int *rank);
/* crowd: [n]; how far apart the neighbours of the same rank lie, summed over the goals as shares of their range; INFINITY
 * at the ends of a front.  False if memory ran out. */
bool cx_front_crowding(const struct cx_front_points *p, const int *rank, double *crowd);

/* Joins points from .. n - 1 to a front of `count` points (indices, room for n); returns the new count.  Only points
 * within the limits come in; indices ascend. */
int cx_front_join(const struct cx_front_points *p, int from, int *front, int count);

/* Volume between n points [n][m] and the corner `worst`: what the points dominate.  Exact, by slices (hypervolume by
 * slicing objectives); effort grows like n^(m - 1).  NaN if memory ran out. */
double cx_front_volume(const double *goal, int n, int m, const double *worst);

#endif
