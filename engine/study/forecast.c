/* forecast.c - what a study will cost, from probes in child processes and from its finished runs; see forecast.h */
#include "study/forecast.h"

#include "base/text.h"
#include "run/assembly.h"
#include "run/run.h"
#include "run/sim.h"
#include "study/pool.h"

#include <math.h>
#include <omp.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PROBES = 5 };

/* ---- how many at once ------------------------------------------------------------------------ */

/* Bytes that the system would still give; infinite if it does not say. */
static double available_bytes(void) {
    static const char name[] = "MemAvailable:"; /* a whole number and "kB" follow */
    char line[128];
    double kb = INFINITY;
    FILE *f = fopen("/proc/meminfo", "r");
    while (f && fgets(line, sizeof line, f))
        if (strncmp(line, name, sizeof name - 1) == 0)
            kb = (double)strtoll(line + sizeof name - 1, NULL, 10);
    if (f) fclose(f);
    return 1024 * kb;
}

struct cx_share cx_study_share(const struct cx_study_options *o, int runs, double memory_bytes) {
    enum { BESIDE = 64 << 20 }; /* bytes of a process besides its fields */
    const int cores = omp_get_num_procs();
    double workers = o->workers > 0 ? o->workers : cores;
    if (o->workers <= 0) workers = fmin(workers, 0.8 * available_bytes() / (memory_bytes + BESIDE));
    workers = fmax(1, fmin(fmin(floor(workers), runs), CX_WORKERS_MOST));
    const struct cx_share share = {(int)workers,
                                   o->threads > 0 ? o->threads : cores / (int)workers};
    return share.threads > 0 ? share : (struct cx_share){share.workers, 1};
}

/* ---- probes ---------------------------------------------------------------------------------- */

struct probe {
    const double *x;
};

/* Same punctures whatever the seed?  Then repeats repeat nothing but work. */
static bool same_punctures(const struct cx_study *s, const double *x) {
    struct cx_scenario scenario[2];
    struct cx_sim sim[2];
    struct cx_error e;
    for (int i = 0; i < 2; i++)
        if (cx_study_scenario(s, x, i, &scenario[i], &e) ||
            cx_sim_create(&scenario[i], 1, true, &sim[i], &e))
            return false; /* the child ends here: nothing to give back */
    bool same = sim[0].needle_count == sim[1].needle_count;
    for (int i = 0; same && i < sim[0].needle_count; i++) {
        const struct cx_needle_record *a = &sim[0].needle[i], *b = &sim[1].needle[i];
        same = a->x_um == b->x_um && a->y_um == b->y_um && a->depth_um == b->depth_um &&
               a->tilt_degree == b->tilt_degree;
    }
    return same;
}

/* Rows of series.csv have about 19 bytes a number. */
static double table_bytes(const struct cx_study *s, const struct cx_plan *p) {
    enum { BESIDE = 56 << 10 }; /* config.yml, outcomes.json, record.json */
    const double series =
        s->keep == CX_KEEP_OUTCOMES ? 0 : 19.0 * s->model->series_count * p->samples;
    return BESIDE + series + (s->keep == CX_KEEP_FIELDS ? (double)p->disk_bytes : 0);
}

/* number: seconds, memory, disk; 1 if repeats are all alike. */
static void work(const struct cx_study *s, void *task, struct cx_child_end *end) {
    const struct probe *p = task;
    struct cx_scenario scenario;
    struct cx_plan plan;
    end->status = CX_RUN_FAILED;
    if (cx_study_scenario(s, p->x, 0, &scenario, &end->error) != CX_OK) return;
    scenario.run.threads = 1;
    if (s->keep != CX_KEEP_FIELDS) scenario.output.at.n = 0; /* no pictures */
    if (cx_plan_make(&scenario, true, &plan, &end->error) != CX_OK) return;
    end->number[0] = plan.seconds;
    end->number[1] = (double)plan.memory_bytes;
    end->number[2] = table_bytes(s, &plan);
    end->number[3] = s->repeats > 1 && same_punctures(s, p->x);
    end->status = CX_RUN_OK;
}

static enum cx_status probe(const struct cx_study *s, const double *x, struct cx_forecast *f,
                            struct cx_error *e) {
    struct probe task = {.x = x};
    struct cx_child c = {0};
    struct cx_child_end end;
    CX_TRY(cx_child_start(s, work, &task, &c, e));
    cx_child_reap(&c, &end);
    if (end.status != CX_RUN_OK) return CX_OK; /* a point that cannot run costs nothing */
    f->probes++;
    f->run_seconds[0] = f->probes == 1 ? end.number[0] : fmin(f->run_seconds[0], end.number[0]);
    f->run_seconds[1] += end.number[0];
    f->run_seconds[2] = fmax(f->run_seconds[2], end.number[0]);
    f->memory_bytes = fmax(f->memory_bytes, end.number[1]);
    f->disk_bytes = fmax(f->disk_bytes, end.number[2]);
    f->fixed_seed = f->fixed_seed || end.number[3] > 0;
    return CX_OK;
}

/* Rows from the first to the last, evenly: of a grid the lowest and the highest corner are among them. */
static enum cx_status probe_some(const struct cx_study *s, const struct cx_design *d,
                                 struct cx_forecast *f, struct cx_error *e) {
    int before = -1;
    for (int i = 0; i < PROBES; i++) {
        const int row = (int)((double)i / (PROBES - 1) * (d->n - 1));
        if (row != before) CX_TRY(probe(s, cx_design_row(d, row), f, e));
        before = row;
    }
    if (f->probes) f->run_seconds[1] /= f->probes;
    return CX_OK;
}

/* ---- the forecast ---------------------------------------------------------------------------- */

static void take_table(const struct cx_study_table *t, struct cx_forecast *f) {
    f->points = t->points;
    f->runs = t->runs;
    f->distinct = t->distinct;
    for (int i = 0; i < t->runs; i++) {
        const struct cx_study_run *r = &t->run[i];
        const bool bad_point = !*r->digest;
        f->finished += !bad_point && r->status != CX_RUN_MISSING && r->status != CX_RUN_INTERRUPTED;
        f->invalid += bad_point && r->repeat == 0;
        if (bad_point && !*f->why) cx_text_copy(f->why, sizeof f->why, r->message);
    }
}

/* Finished runs know better than probes what a run takes. */
static void take_measured(const struct cx_study_table *t, struct cx_forecast *f) {
    double sum = 0;
    for (int i = 0; i < t->runs; i++) {
        const struct cx_study_run *r = &t->run[i];
        if (r->status != CX_RUN_OK || !(r->seconds > 0)) continue;
        f->run_seconds[0] = f->measured ? fmin(f->run_seconds[0], r->seconds) : r->seconds;
        f->run_seconds[2] = f->measured ? fmax(f->run_seconds[2], r->seconds) : r->seconds;
        sum += r->seconds;
        f->measured++;
    }
    if (f->measured) f->run_seconds[1] = sum / f->measured;
}

/* Computations that are still to be made. */
static int left_of(const struct cx_study_table *t) {
    int left = 0;
    for (int i = 0; i < t->runs; i++) {
        const enum cx_run_status status = t->run[i].status;
        left +=
            t->run[i].same_as == i && (status == CX_RUN_MISSING || status == CX_RUN_INTERRUPTED);
    }
    return left;
}

enum cx_status cx_study_forecast(const struct cx_study *s, const struct cx_design *d,
                                 const struct cx_study_options *o, struct cx_forecast *f,
                                 struct cx_error *e) {
    const struct cx_study_options only_look = {.look = true};
    struct cx_study_table t = {0};
    *f = (struct cx_forecast){0};
    enum cx_status status = cx_study_evaluate(s, d, &only_look, &t, e);
    if (status == CX_OK) {
        take_table(&t, f);
        status = probe_some(s, d, f, e);
    }
    if (status == CX_OK) {
        take_measured(&t, f);
        const int left = left_of(&t);
        const struct cx_share share = cx_study_share(o, left, f->memory_bytes);
        f->workers = share.workers;
        f->threads = share.threads;
        f->core_seconds = left > 0 ? left * f->run_seconds[1] : 0;
        f->wall_seconds = f->core_seconds / (share.workers * share.threads);
        f->disk_bytes *= t.distinct;
    }
    cx_study_table_free(&t);
    return status;
}
