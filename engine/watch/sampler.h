/* sampler.h - reduces the pointwise measures of a model over regions to one row of series.
 *
 * A sample depends on the state only: rows are summed in fixed lanes and added in order, whatever the threads. */
#ifndef CX_WATCH_SAMPLER_H
#define CX_WATCH_SAMPLER_H

#include "solve/stepper.h"

struct cx_sampler {
    const struct cx_system *system;
    int probe_count, series_count;
    struct cx_probe {
        int measure;
        enum cx_region region;
        enum cx_reduce reduce;
    } * probe;
    int (*series_probe)[2]; /* [series][2]: numerator, and denominator or -1 */
    double *weight
        [CX_REGION_COUNT]; /* [cells], share of the cell that belongs to the region x its volume */
    double total[CX_REGION_COUNT]; /* sum of the weights */
    unsigned char *core
        [CX_REGION_COUNT]; /* [cells], 1 where the share is above half of the largest: max and min */
    unsigned char *touched[CX_REGION_COUNT]; /* [rows], 1 where the region has cells in the row */
    double surface;
    double *row_value;   /* [probe][rows] */
    double *row_measure; /* [threads][measures][nx] */
};

/* destroyed: [cells], the largest share that any session or wound destroys; deepest_um: depth of the deepest track.
 * Errors: CX_INTERNAL when a series names an unknown measure (the contract suite finds that first). */
enum cx_status cx_sampler_create(const struct cx_system *s, const double *destroyed,
                                 double deepest_um, struct cx_sampler *out, struct cx_error *e);
void cx_sampler_free(struct cx_sampler *s);
/* row: [series_count], in the units of the series. */
void cx_sampler_take(const struct cx_sampler *s, const struct cx_stepper *stepper, double *row);

#endif
