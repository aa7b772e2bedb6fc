/* sensitivity.h - what a study of method morris or saltelli says about which factor matters: indices of every outcome.
 * Blocks (trajectories) with a run that failed are left out as a whole, and counted. */
#ifndef CX_STUDY_SENSITIVITY_H
#define CX_STUDY_SENSITIVITY_H

#include "study/collect.h"
#include "study/indices.h"

struct cx_outcome_indices {
    int blocks;      /* whole ones; fewer than the study's where the outcome was never reached */
    double mean, sd; /* over all points that have a value */
    struct cx_interval *at; /* [all]: `each` of every factor, then pairs; see indices.h */
};
/* Owned by cx_sensitivity_free(); the study and its design outlive it. */
struct cx_sensitivity {
    const struct cx_study *study;
    struct cx_bootstrap how;
    int blocks, rows;   /* of the design; points of each */
    int failed;         /* blocks with a run that is not ok */
    int runs, bad_runs; /* of the study; those that are not ok */
    int factors, each, all, outcomes;
    bool second;
    char runs_csv[65]; /* digest of the table that this belongs to; "" if there is none */
    struct cx_outcome_indices *outcome; /* [outcomes] in the order of the study's */
};

/* Has the study a design that indices can be computed of?  Errors: CX_CONFIG E103. */
enum cx_status cx_sensitivity_check(const struct cx_study *s, struct cx_error *e);
/* From the runs of the study; after cx_collect_write(), whose table it names.  Repeats of a point count as their mean.
 * Errors: E103, E107 no two blocks are whole, E061. */
enum cx_status cx_sensitivity_make(const struct cx_collection *all, struct cx_sensitivity *out,
                                   struct cx_error *e);
void cx_sensitivity_free(struct cx_sensitivity *s);

/* "mu", "mu_star", "sigma", or "first", "total" */
const char *cx_index_word(const struct cx_sensitivity *s, int index);
/* What ranks the factors: mu_star or total. */
static inline int cx_index_main(const struct cx_sensitivity *s) {
    return s->study->method == CX_MORRIS ? (int)CX_MU_STAR : (int)CX_TOTAL;
}
/* The indices of one factor, and those of the pairs. */
static inline const struct cx_interval *cx_index_of(const struct cx_sensitivity *s, int outcome,
                                                    int factor) {
    return s->outcome[outcome].at + (size_t)factor * (size_t)s->each;
}
static inline const struct cx_interval *cx_index_pairs(const struct cx_sensitivity *s,
                                                       int outcome) {
    return cx_index_of(s, outcome, s->factors);
}
/* Factors of an outcome, those that matter most first; order: [factors]. */
void cx_sensitivity_rank(const struct cx_sensitivity *s, int outcome, int *order);

/* sensitivity.json and sensitivity.csv in the study's folder; the same runs make the same bytes.  Errors: E061, E07x. */
enum cx_status cx_sensitivity_write(const struct cx_sensitivity *s, struct cx_error *e);

#endif
