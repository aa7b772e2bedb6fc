/* study.h - a study: one base scenario, what is varied in it, how, and what is looked at.  Read from a study file with
 * all its errors at once; nothing here runs anything.
 *
 *   cicatrix-study: 1
 *   base: scenario.yml                             # beside the study file
 *   set: {time.end: 8 week}                        # changes of the base that all runs share
 *   vary:
 *     device.needle.length: {from: 0.5 mm, to: 2.5 mm, steps: 5}      # also scale: log
 *     device.pattern.pitch: [0.4 mm, 0.6 mm, 0.9 mm]                  # values; also words, lists, times
 *     treatment.sessions: {from: 2 week, to: 8 week, steps: 4, as: "every {} until 24 week"}
 *   method: grid      # or {list: runs.csv} {lhs: {n: 64}} {sobol: {n: 256}} {morris: {r: 20}} {saltelli: {n: 512}}
 *   repeats: 4                                     # seeds per point, for random patterns
 *   outcomes: [collagen_total_gain, scar_index]    # columns of the tables; absent: all of the model
 *   goals: {collagen_total_gain: max, scar_index: min}
 *   constraints: {erythema_days: "<= 2 day"}       # for optimize; also [">= 1 day", "<= 2 day"]
 *   optimize: {population: 24, generations: 12, seed: 1, patience: 4}   # see optimization.h
 *   limits: {time: 20 min, memory: 2 GB, retries: 1}
 *   keep: series                                   # outcomes | series | fields
 *   slurm: {partition: short, cpus: 4}             # for a cluster; see slurm.h */
#ifndef CX_STUDY_STUDY_H
#define CX_STUDY_STUDY_H

#include "config/config.h"

#include <stdbool.h>
#include <stdint.h>

/* One thing that is varied: a setting ("device.needle.length") or a parameter ("parameters.tgfb1_decay"). */
struct cx_factor {
    char path[96];
    char unit
        [32]; /* of every number below, as typed first in the study file; "1" for pure numbers */
    char as[160];      /* text of the value with {} where the number goes; "" : just the number */
    bool words;        /* values are texts: a point holds the index of one, 0 .. count - 1 */
    bool whole;        /* values are whole numbers */
    bool log;          /* steps and samples are even in the logarithm */
    bool range;        /* from and to were given; else only the listed values */
    double from, to;   /* of a range; the smallest and largest value of a list of numbers */
    int count;         /* steps of a range, values of a list; 0: a range without steps */
    double *value;     /* [count], unless words */
    char (*word)[128]; /* [count], if words */
    int line, column;  /* in the study file */
};

enum cx_method { CX_GRID, CX_LIST, CX_LHS, CX_SOBOL, CX_MORRIS, CX_SALTELLI, CX_METHOD_COUNT };
enum cx_goal { CX_NO_GOAL, CX_MOST, CX_LEAST };
enum cx_keep { CX_KEEP_OUTCOMES, CX_KEEP_SERIES, CX_KEEP_FIELDS };

struct cx_study_outcome {
    char name[64];
    const char *unit, *definition; /* of the model's table */
    enum cx_goal goal;
    double least, most; /* constraints, in `unit`; -INFINITY, INFINITY: none */
};

/* How an optimisation searches; filled with defaults where the study file is silent. */
struct cx_optimize {
    int population, generations; /* points of a generation; generations at most */
    int patience;                /* generations without gain after which it ends; 0: never */
    uint64_t seed;
};

/* What a cluster is asked for; 0 or "": not said. */
struct cx_slurm {
    char partition[64], account[64];
    double time_s;         /* wall time of one task */
    int cpus, array_limit; /* cores of a task; most tasks of one array */
    int tasks;             /* exactly as many, whatever the forecast */
};

/* Owned by cx_study_free(). */
struct cx_study {
    char name[64], title[256];
    char file[256];   /* the study file */
    char base[512];   /* the scenario file, below the folder of the study file */
    char folder[512]; /* of the results; set by the caller, outputs/NAME unless told otherwise */
    const struct cx_model *model;
    struct cx_model_list models;
    int factor_count;
    struct cx_factor *factor;
    int set_count; /* overrides that all runs share: `set`, then what the caller was given */
    struct cx_override *set;
    enum cx_method method;
    int64_t n;      /* lhs, sobol, saltelli: n; morris: r */
    int levels;     /* morris */
    bool second;    /* saltelli: with the rows for indices of pairs */
    char list[512]; /* of `list`: the CSV file */
    uint64_t seed;  /* of the design, not of the runs */
    int repeats;
    int64_t base_seed; /* run.seed of the base; repeat r of every point has base_seed + r */
    int outcome_count;
    struct cx_study_outcome *outcome;
    double time_s;       /* wall time per run; 0: no limit */
    double memory_bytes; /* per run, beyond the program itself; 0: no limit */
    int retries;         /* after a crash, time-out or lack of memory */
    enum cx_keep keep;
    struct cx_slurm slurm;
    struct cx_optimize optimize;
};

/* Is this file a study rather than a scenario?  False also for what cannot be read. */
bool cx_study_is(const char *path);
/* Has the map in this file such a key at its top?  It tells the kinds of files apart. */
bool cx_file_has_key(const char *path, const char *key);
/* Reads the study file, applies overrides to it ("vary.device.pattern.pitch", "limits.time"), reads the base scenario,
 * checks every value against the tables.  On any finding *s stays empty: CX_CONFIG, or CX_STORAGE if a file cannot be
 * read. */
enum cx_status cx_study_load(const char *path, const struct cx_overrides *o,
                             const struct cx_model_list *models, struct cx_study *s,
                             struct cx_findings *f);
void cx_study_free(struct cx_study *s);

const char *cx_method_word(enum cx_method m); /* "grid" */
/* Index of a factor or outcome, -1 if there is none. */
int cx_study_factor(const struct cx_study *s, const char *path);
int cx_study_outcome(const struct cx_study *s, const char *name);

/* The text that stands for value x of a point: "1.5 mm", "hex", "every 28 day until 24 week". */
void cx_factor_text(const struct cx_factor *f, double x, char out[192]);
/* Value at share u, 0 <= u < 1, of the factor's range or list, and back: what samplers and optimisers work in. */
double cx_factor_from_unit(const struct cx_factor *f, double u);
double cx_factor_to_unit(const struct cx_factor *f, double x);

/* The effective scenario of one point (x: [factor_count]) and repeat, through the same reading and checks as a scenario
 * file.  On failure *e has the first finding.  cx_scenario_free(). */
enum cx_status cx_study_scenario(const struct cx_study *s, const double *x, int repeat,
                                 struct cx_scenario *out, struct cx_error *e);

#endif
