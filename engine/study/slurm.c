/* slurm.c - what a study file says about the cluster, and how many runs share a task; see slurm.h */
#include "study/slurm.h"

#include "study/parts.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { CPUS_MOST = 4096, ARRAY_LIMIT = 1000, ARRAY_MOST = 1000000 };
static const double task_s = 1200, least_limit_s = 1800, round_s = 600;

/* ---- the block of the study file ------------------------------------------------------------- */

/* Names go into a comment line of a script: letters, digits and a few signs. */
static void read_name(struct cx_study_reader *r, const struct cx_yaml *c, char name[64]) {
    struct cx_error e;
    char path[48];
    const size_t n = strspn(c->text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                     "0123456789_-.,:@+/");
    if (n > 0 && n < 64 && !c->text[n]) {
        memcpy(name, c->text, n + 1);
        return;
    }
    cx_fail(&e, CX_CONFIG, 118, "'%.70s' is not a name that the scheduler knows", c->text);
    cx_hint(&e, "`sinfo` lists the partitions, `sacctmgr show associations` the accounts");
    snprintf(path, sizeof path, "slurm.%.40s", c->key);
    cx_study_refuse(r, path, c, &e);
}

static void read_time(struct cx_study_reader *r, const struct cx_yaml *c) {
    static const double range[2] = {180, 366 * 86400.0}; /* the signal comes 2 min before the end */
    struct cx_error e;
    double *value = &r->s->slurm.time_s;
    enum cx_status status = cx_quantity_read(c->text, "s", value, &e);
    if (status == CX_OK) status = cx_range_check(*value, range, "s", &e);
    if (status) cx_study_refuse(r, "slurm.time", c, &e);
}

static void read_count(struct cx_study_reader *r, const struct cx_yaml *c, int most, int *out) {
    const double range[2] = {1, most};
    int64_t count = 0;
    if (cx_study_count(r, c, range, &count)) *out = (int)count;
}

static void read_one(struct cx_study_reader *r, const struct cx_yaml *c) {
    static const char *const known[] = {"partition", "account",     "time",
                                        "cpus",      "array_limit", "tasks"};
    enum { KNOWN = sizeof known / sizeof *known };
    struct cx_slurm *to = &r->s->slurm;
    struct cx_nearest near = {.wanted = c->key};
    int which = 0;
    while (which < KNOWN && strcmp(known[which], c->key) != 0)
        cx_nearest_offer(&near, known[which++]);
    if (which < KNOWN && (c->kind != CX_YAML_SCALAR || cx_yaml_is_nothing(c))) {
        cx_reader_kind(&r->r, c, c->key, "a single value");
        return;
    }
    switch (which) {
    case 0: read_name(r, c, to->partition); return;
    case 1: read_name(r, c, to->account); return;
    case 2: read_time(r, c); return;
    case 3: read_count(r, c, CPUS_MOST, &to->cpus); return;
    case 4: read_count(r, c, ARRAY_MOST, &to->array_limit); return;
    case 5: read_count(r, c, ARRAY_MOST, &to->tasks); return;
    default: cx_unknown_key(&r->r, c, "slurm", &near);
    }
}

void cx_slurm_read(struct cx_study_reader *r, const struct cx_yaml *node) {
    if (!node || cx_yaml_is_nothing(node)) return;
    if (node->kind != CX_YAML_MAP) {
        cx_reader_kind(&r->r, node, "slurm",
                       "a map with partition, account, time, cpus, array_limit, tasks");
        return;
    }
    for (const struct cx_yaml *c = node->first; c; c = c->next) read_one(r, c);
}

/* ---- packing --------------------------------------------------------------------------------- */

static int common_divisor(int a, int b) { return b ? common_divisor(b, a % b) : a; }

/* Tasks take every n-th run.  An n that divides the number of runs would give each task the same value of some factor,
 * and one of them all the expensive runs. */
static int spread(int tasks, int runs, int most) {
    int n = tasks;
    while (n > 1 && n < most && common_divisor(n, runs) > 1) n++;
    return common_divisor(n, runs) > 1 ? tasks : n;
}

/* Time to ask for: thrice the forecast, twice the longest run, on the safe side of half an hour. */
static double limit_of(const struct cx_slurm_plan *p, const struct cx_forecast *f) {
    const double longest = 2 * f->run_seconds[2] / p->threads;
    const double need = fmax(least_limit_s, fmax(3 * p->task_seconds, longest));
    return round_s * ceil(need / round_s);
}

/* `left` runs of `mean` core-seconds each. */
static int tasks_of(const struct cx_slurm *c, int cpus, int left, double mean, int runs) {
    if (c->tasks > 0) return c->tasks < left ? c->tasks : left;
    const double wish = c->time_s > 0 ? fmin(task_s, c->time_s / 3) : task_s;
    const int limit = c->array_limit > 0 ? c->array_limit : ARRAY_LIMIT;
    const int most = limit < left ? limit : left;
    const int each = (int)fmin(fmax(1, floor(wish * cpus / mean)), left);
    const int tasks = (left + each - 1) / each;
    return tasks < most ? spread(tasks, runs, most) : most;
}

enum cx_status cx_slurm_plan(const struct cx_study *s, const struct cx_forecast *f,
                             struct cx_slurm_plan *p, struct cx_error *e) {
    const double mean = f->run_seconds[1];
    const int left = mean > 0 ? (int)lround(f->core_seconds / mean) : 0;
    *p = (struct cx_slurm_plan){.cpus = s->slurm.cpus > 0 ? s->slurm.cpus : 1};
    if (left <= 0) {
        cx_fail(e, CX_CONFIG, 118, "no runs are left to be made");
        cx_hint(e, "`cicatrix sweep collect %.200s` writes the tables", s->file);
        return CX_CONFIG;
    }
    p->tasks = tasks_of(&s->slurm, p->cpus, left, mean, f->runs);
    p->runs_per_task = (left + p->tasks - 1) / p->tasks;
    p->workers = p->runs_per_task < p->cpus ? p->runs_per_task : p->cpus;
    p->threads = p->cpus / p->workers;
    const int rounds = (p->runs_per_task + p->workers - 1) / p->workers;
    p->task_seconds = rounds * mean / p->threads;
    p->limit_seconds = s->slurm.time_s > 0 ? s->slurm.time_s : limit_of(p, f);
    return CX_OK;
}
