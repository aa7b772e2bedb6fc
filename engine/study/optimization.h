/* optimization.h - the designs of a study that nothing beats: its goals and constraints searched with NSGA-II over
 * everything that it varies.
 *
 * Each generation is one cx_study_evaluate(): points in processes of their own, known by their digests.  The search
 * follows from optimize.seed and the outcomes alone, so that a search that was killed is repeated over what is there
 * already, for nothing, and goes on where it was; raising optimize.generations goes on likewise.
 *
 * A point without a value (not a valid scenario, crashed, too slow, an outcome never reached) is beaten by every point
 * that has one, and counted.  The front is taken from all points ever evaluated, not only from the last generation. */
#ifndef CX_STUDY_OPTIMIZATION_H
#define CX_STUDY_OPTIMIZATION_H

#include "study/evaluate.h"

enum { CX_GOALS_MOST = 4 };
enum cx_optimum {
    CX_RUNNING,
    CX_ALL_GENERATIONS,
    CX_STALLED,  /* the front gained less than a thousandth over `patience` generations */
    CX_EXHAUSTED /* there was no further point to ask for */
};

/* Counts up to and with a generation. */
struct cx_generation {
    int points, failed, breaking; /* breaking: break a limit, or never reach an outcome */
    int front_count, *front;      /* points, ascending */
};

struct cx_optimization {
    const struct cx_study *study;
    int goals, goal[CX_GOALS_MOST]; /* outcomes of the study */
    struct cx_design points;        /* n: evaluated so far */
    int room;
    double *value;      /* [points][outcomes] mean over the repeats; NaN if any of them has none */
    double *small;      /* [points][goals] what the search makes small */
    double *violation;  /* [points] sum of the broken limits, each as a share of the limit */
    bool *failed;       /* [points] a repeat with a failure status */
    char (*digest)[65]; /* [points] of the first repeat */
    int generations;
    struct cx_generation *generation;
    enum cx_optimum ended;
    int count, *front;                   /* the front, best of the first goal first */
    int best[CX_GOALS_MOST], compromise; /* places in `front`; -1 if it is empty */
    int nearest; /* without a front: the point that breaks the limits least, -1 if none has values */
    void (*after)(const struct cx_optimization *o, void *user); /* each generation */
    void *user;
};

/* o->after and o->user may be set before, all else is filled here; cx_optimization_free() in any case.  The files of
 * the folder are written after each generation.  Errors: CX_CONFIG E120; those of cx_study_evaluate(), which after
 * CX_STOPPED and CX_INTERRUPTED leave what was known. */
enum cx_status cx_optimize(const struct cx_study *s, const struct cx_study_options *options,
                           struct cx_optimization *o, struct cx_error *e);
void cx_optimization_free(struct cx_optimization *o);
const char *cx_optimum_word(enum cx_optimum o); /* "stalled" */

/* Share of the box of all values within the limits (a tenth larger at its worst corner) that the front of a generation
 * covers, 0 .. 1. */
double cx_optimization_volume(const struct cx_optimization *o, int generation);
/* Goal j of point i on a scale from 0 (the best of the front) to 1 (the worst of it). */
double cx_optimization_cost(const struct cx_optimization *o, int i, int j);

/* front.csv (designs of the front: names, settings, outcomes, digest), history.csv (one line per generation) and
 * optimization.json (all of it) in the study's folder.  The same search makes the same bytes. */
enum cx_status cx_optimization_write(const struct cx_optimization *o, struct cx_error *e);

static inline double *cx_optimization_value(const struct cx_optimization *o, int i) {
    return o->value + (size_t)i * (size_t)o->study->outcome_count;
}

#endif
