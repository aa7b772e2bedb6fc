/* crew.c - see crew.h */
#define _DEFAULT_SOURCE
#include "study/crew.h"

#include "base/clock.h"
#include "base/text.h"
#include "run/assembly.h"
#include "study/child.h"

#include <errno.h>
#include <math.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum { WORKERS_MOST = 256 };

/* One batch: job number = point x conditions + condition. */
struct batch {
    struct cx_crew *crew;
    const double *u;
    double *shared; /* [points][data] */
    int jobs, next, running;
    struct cx_child child[WORKERS_MOST];
};
struct job {
    const struct batch *batch;
    int number;
};

static int look_count(const struct cx_calibration *c, int condition) {
    int n = 0;
    for (int i = 0; i < c->sets; i++)
        if (c->set[i].condition == condition) n += c->set[i].n;
    return n;
}

static void make_looks(const struct cx_calibration *c, int condition, struct cx_look *look) {
    for (int i = 0; i < c->sets; i++)
        for (int k = 0; c->set[i].condition == condition && k < c->set[i].n; k++)
            *look++ = (struct cx_look){.see = c->set[i].see,
                                       .t_h = c->set[i].at[k].t_h,
                                       .place_um = c->set[i].at[k].place_um};
}

static void hand_over(const struct cx_calibration *c, int condition, const struct cx_look *look,
                      double *y) {
    for (int i = 0; i < c->sets; i++)
        for (int k = 0; c->set[i].condition == condition && k < c->set[i].n; k++)
            y[c->set[i].first + k] = (look++)->seen;
}

/* In the child. */
static void work(const struct cx_study *s, void *task, struct cx_child_end *end) {
    const struct job *job = task;
    const struct batch *b = job->batch;
    const struct cx_calibration *c = b->crew->calibration;
    const int condition = job->number % c->conditions, point = job->number / c->conditions;
    const int n = look_count(c, condition);
    double x[CX_FIT_MOST];
    struct cx_scenario scenario;
    const double from = cx_clock_seconds();
    end->status = CX_RUN_FAILED;
    for (int i = 0; i < s->factor_count; i++)
        x[i] = cx_factor_from_unit(&s->factor[i], b->u[point * s->factor_count + i]);
    if (cx_study_scenario(s, x, 0, &scenario, &end->error) != CX_OK) return;
    scenario.run.threads = 0;
    const int useful = cx_assembly_threads(&scenario);
    const int threads = useful < b->crew->threads ? useful : b->crew->threads;
    struct cx_look *look = calloc((size_t)n + 1, sizeof *look);
    if (look) make_looks(c, condition, look);
    if (look && cx_observe(&scenario, threads, look, n, &end->error) == CX_OK) {
        hand_over(c, condition, look, b->shared + (size_t)point * (size_t)c->n);
        end->status = CX_RUN_OK;
    }
    end->number[0] = cx_clock_seconds() - from;
    free(look);
    cx_scenario_free(&scenario);
}

static enum cx_status start(struct batch *b, struct cx_error *e) {
    const struct cx_calibration *c = b->crew->calibration;
    struct job job = {b, b->next};
    struct cx_child *child = &b->child[b->running];
    CX_TRY(cx_child_start(&c->condition[b->next % c->conditions], work, &job, child, e));
    child->run = b->next++;
    b->running++;
    return CX_OK;
}

static void reap(struct batch *b, int i) {
    struct cx_crew *crew = b->crew;
    struct cx_child_end end;
    cx_child_reap(&b->child[i], &end);
    crew->runs++;
    crew->run_seconds += end.number[0];
    if (end.status != CX_RUN_OK && crew->failed++ == 0)
        cx_text_copy(crew->why, sizeof crew->why, end.error.text);
    b->child[i] = b->child[--b->running];
}

static void end_all(struct batch *b) {
    for (int i = 0; i < b->running; i++) cx_child_kill(&b->child[i]);
    while (b->running) {
        struct cx_child_end end;
        cx_child_reap(&b->child[--b->running], &end);
    }
}

static void wait_for_some(struct batch *b) {
    struct pollfd at[WORKERS_MOST];
    const double limit = b->crew->calibration->study.time_s, now = cx_clock_seconds();
    for (int i = 0; i < b->running; i++) {
        at[i] = (struct pollfd){.fd = b->child[i].pipe, .events = POLLIN};
        if (limit > 0 && now - b->child[i].started > limit) cx_child_kill(&b->child[i]);
    }
    poll(at, (nfds_t)b->running, 200);
    for (int i = b->running - 1; i >= 0; i--)
        if (at[i].revents) reap(b, i);
}

static enum cx_status heed(const struct cx_crew *c, struct cx_error *e) {
    const int asked = c->stop ? *c->stop : 0;
    if (asked == SIGTERM)
        return cx_fail(e, CX_STOPPED, 0, "stopped by a signal; nothing was written");
    if (asked == SIGINT) return cx_fail(e, CX_INTERRUPTED, 0, "interrupted; nothing was written");
    return CX_OK;
}

static void tell(struct cx_crew *c) {
    const double now = cx_clock_seconds();
    if (!c->progress || now - c->told < 1) return;
    c->told = now;
    c->progress(c, c->user);
}

static enum cx_status run_batch(struct batch *b, struct cx_error *e) {
    const int workers = b->crew->workers < WORKERS_MOST ? b->crew->workers : WORKERS_MOST;
    enum cx_status status = CX_OK;
    while (status == CX_OK && (b->next < b->jobs || b->running)) {
        while (status == CX_OK && b->next < b->jobs && b->running < workers) status = start(b, e);
        if (status == CX_OK) wait_for_some(b);
        if (status == CX_OK) status = heed(b->crew, e);
        tell(b->crew);
    }
    end_all(b);
    return status;
}

enum cx_status cx_crew_observe(struct cx_crew *c, int points, const double *u, double *y,
                               struct cx_error *e) {
    const size_t numbers = (size_t)points * (size_t)c->calibration->n;
    struct batch b = {.crew = c, .u = u, .jobs = points * c->calibration->conditions};
    b.shared = mmap(NULL, numbers * sizeof *b.shared, PROT_READ | PROT_WRITE,
                    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (b.shared == MAP_FAILED)
        return cx_fail(e, CX_STORAGE, 61, "no shared memory: %s", strerror(errno));
    for (size_t i = 0; i < numbers; i++) b.shared[i] = NAN;
    const enum cx_status status = run_batch(&b, e);
    memcpy(y, b.shared, numbers * sizeof *y);
    munmap(b.shared, numbers * sizeof *b.shared);
    return status;
}

enum cx_status cx_crew_residuals(void *crew, int points, const double *u, double *r,
                                 struct cx_error *e) {
    struct cx_crew *w = crew;
    const struct cx_calibration *c = w->calibration;
    CX_TRY(cx_crew_observe(w, points, u, r, e));
    for (int p = 0; p < points; p++)
        for (int i = 0; i < c->sets; i++)
            for (int k = 0; k < c->set[i].n; k++) {
                const struct cx_datum *d = &c->set[i].at[k];
                double *at = &r[(size_t)p * (size_t)c->n + (size_t)(c->set[i].first + k)];
                *at = (*at - d->value) / (d->sigma > 0 ? d->sigma : 1);
            }
    return CX_OK;
}
