/* pool.c - starts children while there is work and room, listens to them, ends those over their time; see pool.h */
#include "study/pool.h"

#include "base/clock.h"
#include "base/text.h"
#include "run/engine.h"

#include <errno.h>
#include <math.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>

static const double patience_s = 60; /* for a child that was asked to leave */

/* ---- results --------------------------------------------------------------------------------- */

static void settle_one(struct cx_pool *p, int number, const struct cx_run_record *r) {
    struct cx_study_table *t = p->table;
    struct cx_study_run *run = &t->run[number];
    t->count[run->status]--;
    t->count[r->status]++;
    run->status = r->status;
    run->attempts = r->attempts;
    run->seconds = r->seconds;
    run->memory_bytes = r->memory_bytes;
    cx_text_copy(run->message, sizeof run->message, r->message);
    for (int i = 0; i < t->outcomes; i++)
        cx_study_row(t, number)[i] =
            r->status == CX_RUN_OK ? cx_run_record_value(r, p->study->outcome[i].name) : NAN;
}

void cx_pool_settle(struct cx_pool *p, int run, const struct cx_run_record *r) {
    for (int i = run; i >= 0; i = p->same[i]) settle_one(p, i, r);
}

void cx_pool_tell(struct cx_pool *p, bool last) {
    const struct cx_study_table *t = p->table;
    const double now = cx_clock_seconds(), spent = now - p->began;
    if (!p->options->progress || (!last && now - p->told < 0.2)) return;
    p->told = now;
    struct cx_study_progress s = {
        .total = t->runs, .running = p->running, .seconds = spent, .eta_seconds = -1, .last = last};
    for (int i = 0; i < t->runs; i++) s.cached += t->run[i].cached;
    for (int i = 0; i < CX_RUN_STATUS_COUNT; i++) s.count[i] = t->count[i];
    s.done = t->runs - t->count[CX_RUN_MISSING] - t->count[CX_RUN_INTERRUPTED];
    const int left = p->queued - p->made;
    if (p->made > 0 && left >= 0 && !p->options->ranks) s.eta_seconds = spent * left / p->made;
    p->options->progress(&s, p->options->user);
}

/* ---- one child ------------------------------------------------------------------------------- */

static void start(struct cx_pool *p, int run, int attempt) {
    const struct cx_study_run *r = &p->table->run[run];
    struct cx_child *c = &p->child[p->running];
    struct cx_errand_order order = {.x = cx_design_row(p->design, r->point),
                                    .repeat = r->repeat,
                                    .attempt = attempt,
                                    .threads = p->share.threads};
    *c = (struct cx_child){.run = run, .attempt = attempt};
    p->status = cx_child_start(p->study, cx_study_child, &order, c, &p->error);
    if (p->status == CX_OK) p->running++;
}

/* A record for a child that could not write its own. */
static void write_for(struct cx_pool *p, const struct cx_child *c, const struct cx_child_end *end) {
    const struct cx_study_run *run = &p->table->run[c->run];
    struct cx_run_record r = {.status = end->status,
                              .seed = run->seed,
                              .attempts = c->attempt,
                              .seconds = cx_clock_seconds() - c->started,
                              .memory_bytes = NAN,
                              .keep = p->study->keep};
    cx_text_copy(r.digest, sizeof r.digest, run->digest);
    cx_text_copy(r.engine, sizeof r.engine, cx_engine());
    cx_text_copy(r.message, sizeof r.message, end->error.text);
    p->status = cx_run_record_write(p->study->folder, &r, &p->error);
    cx_pool_settle(p, c->run, &r);
}

static void take_record(struct cx_pool *p, const struct cx_child *c) {
    struct cx_run_record r;
    cx_run_record_read(p->study->folder, p->table->run[c->run].digest, &r);
    cx_pool_settle(p, c->run, &r);
    cx_run_record_free(&r);
}

static bool worth_another(const struct cx_pool *p, const struct cx_child *c,
                          enum cx_run_status status) {
    const bool luck =
        status == CX_RUN_CRASHED || status == CX_RUN_TIMEOUT || status == CX_RUN_MEMORY;
    return luck && c->attempt <= p->study->retries && !p->asked && p->status == CX_OK;
}

static void end_of(struct cx_pool *p, int place, bool timeout) {
    struct cx_child c = p->child[place];
    struct cx_child_end end;
    cx_child_reap(&c, &end);
    p->child[place] = p->child[--p->running];
    const bool died = end.status == CX_RUN_CRASHED;
    if (timeout && died) {
        end.status = CX_RUN_TIMEOUT;
        cx_fail(&end.error, CX_INTERNAL, 0, "longer than limits.time = %g s", p->study->time_s);
    }
    if (died && p->asked) end.status = CX_RUN_INTERRUPTED; /* it did not leave in time */
    if (end.status == CX_RUN_INTERRUPTED && end.error.status == CX_STORAGE) {
        p->status = CX_STORAGE;
        p->error = end.error;
    }
    if (worth_another(p, &c, end.status)) {
        start(p, c.run, c.attempt + 1);
        return;
    }
    p->made++;
    if (end.status == CX_RUN_CRASHED || end.status == CX_RUN_TIMEOUT)
        write_for(p, &c, &end);
    else
        take_record(p, &c);
    cx_pool_tell(p, false);
}

/* ---- all of them ----------------------------------------------------------------------------- */

static void ask_all(struct cx_pool *p) {
    if (p->asked || !p->options->stop) return;
    const int number = *p->options->stop;
    if (number != SIGTERM && number != SIGINT) return;
    p->asked = number;
    p->asked_at = cx_clock_seconds();
    for (int i = 0; i < p->running; i++) cx_child_ask(&p->child[i]);
}

static bool over_time(const struct cx_pool *p, const struct cx_child *c, double now) {
    if (p->asked) return now - p->asked_at > patience_s;
    return p->study->time_s > 0 && now - c->started > p->study->time_s;
}

/* Milliseconds until somebody has to look: a fifth of a second, or the nearest limit. */
static int wait_ms(const struct cx_pool *p) {
    const double now = cx_clock_seconds();
    double wait = p->options->ranks ? 0.005 : 0.2; /* others wait for an answer */
    for (int i = 0; i < p->running && p->study->time_s > 0; i++)
        wait = fmin(wait, p->child[i].started + p->study->time_s - now);
    return wait > 0 ? (int)ceil(1000 * wait) : 0;
}

/* Waits until a child says something, a limit is near, or a fifth of a second has gone. */
static void listen_to_all(struct cx_pool *p) {
    struct pollfd ends[CX_WORKERS_MOST];
    for (int i = 0; i < p->running; i++) ends[i] = (struct pollfd){p->child[i].pipe, POLLIN, 0};
    if (poll(ends, (nfds_t)p->running, wait_ms(p)) < 0 && errno != EINTR) return;
    const double now = cx_clock_seconds();
    for (int i = p->running - 1; i >= 0; i--) {
        const bool late = over_time(p, &p->child[i], now);
        if (late && !(ends[i].revents & (POLLIN | POLLHUP))) cx_child_kill(&p->child[i]);
        if (late || ends[i].revents) end_of(p, i, late);
    }
}

/* The next run to start, or a negative number: none now; if nothing is running, none any more. */
static int take(struct cx_pool *p) {
    if (p->options->ranks) return cx_ranks_take(p->options->ranks, p->running == 0);
    return p->next < p->queued ? p->queue[p->next++] : -1;
}

void cx_pool_work(struct cx_pool *p) {
    for (;;) {
        int run = 0;
        ask_all(p);
        if (p->options->ranks) cx_ranks_serve(p->options->ranks);
        while (run >= 0 && !p->asked && p->status == CX_OK && p->running < p->share.workers)
            if ((run = take(p)) >= 0) start(p, run, 1);
        if (!p->running) return;
        listen_to_all(p);
        cx_pool_tell(p, false);
    }
}
