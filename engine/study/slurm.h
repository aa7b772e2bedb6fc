/* slurm.h - a study as batch jobs of the Slurm scheduler: an array of tasks that each make a part of the runs, and a job
 * that collects.  Writes scripts; submits nothing.
 *
 *   slurm: {partition: short, account: skin, time: 2 h, cpus: 4, array_limit: 1000}   # of the study file, all optional
 *   slurm: {tasks: 100}                                            # exactly so many, whatever the forecast
 *
 * A task makes the runs whose number leaves its own number as remainder (cx_study_options.part), so that tasks need no
 * knowledge of each other; one that is started again goes on where it was. */
#ifndef CX_STUDY_SLURM_H
#define CX_STUDY_SLURM_H

#include "study/forecast.h"

/* How the runs that are left are packed. */
struct cx_slurm_plan {
    int tasks, runs_per_task;   /* of the array; runs of the fullest task */
    int cpus, workers, threads; /* cores of a task; runs at once in it, threads of each */
    double task_seconds;        /* of one task by the forecast */
    double limit_seconds;       /* wall time asked for */
};
/* Many short runs share a task so that it lasts about 20 minutes, long ones have one each.
 * Errors: CX_CONFIG E118 nothing left to run. */
enum cx_status cx_slurm_plan(const struct cx_study *s, const struct cx_forecast *f,
                             struct cx_slurm_plan *p, struct cx_error *e);

/* What the scripts call. */
struct cx_slurm_order {
    const struct cx_study *study;
    struct cx_slurm_plan plan;
    double memory_bytes;    /* of one run; said in a comment */
    const char *program;    /* path of this program */
    const char *directory;  /* where the paths of the study start */
    const char *const *set; /* [set_count] "path=value" of the command line */
    int set_count;
};
/* FOLDER/slurm/runs.sbatch and FOLDER/slurm/collect.sbatch; *line is the shell command that submits both, heap owned by
 * the caller.  The same order makes the same bytes.  Errors: CX_CONFIG E118, CX_STORAGE E07x, E061. */
enum cx_status cx_slurm_write(const struct cx_slurm_order *o, char **line, struct cx_error *e);

#endif
