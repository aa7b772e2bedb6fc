/* evaluate.c - points in, outcomes out: identity of each run, what is there already, the rest to the pool. */
#include "study/evaluate.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/text.h"
#include "run/engine.h"
#include "run/reuse.h"
#include "study/pool.h"
#include "version.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- the folder belongs to one process at a time --------------------------------------------- */

static void lock_path(const struct cx_study *s, char path[600]) {
    snprintf(path, 600, "%.500s/study.lock", s->folder);
}

int cx_study_worker(const struct cx_study *s) {
    char path[600];
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    lock_path(s, path);
    const int fd = open(path, O_RDWR | O_CLOEXEC);
    if (fd < 0) return 0;
    const bool held = fcntl(fd, F_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
    close(fd);
    return held ? (int)lock.l_pid : 0;
}

/* Released by the end of the process, however it comes. */
static enum cx_status claim(const struct cx_study *s, int *fd, struct cx_error *e) {
    char path[600];
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    if (strlen(s->folder) > 400)
        return cx_fail(e, CX_STORAGE, 75, "the path of the study's folder is too long");
    CX_TRY(cx_folder_create(s->folder, e));
    lock_path(s, path);
    *fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (*fd < 0) return cx_fail_system(e, 71, errno, "create", path);
    if (fcntl(*fd, F_SETLK, &lock) == 0) return CX_OK;
    const int other = cx_study_worker(s);
    close(*fd);
    *fd = -1;
    cx_fail(e, CX_STORAGE, 101, "process %d is working on the study in %.200s", other, s->folder);
    cx_hint(e, "wait for it; `cicatrix sweep status` shows how far it is");
    return CX_STORAGE;
}

/* ---- identity -------------------------------------------------------------------------------- */

static enum cx_status make_table(const struct cx_study *s, const struct cx_design *d,
                                 struct cx_study_table *t, struct cx_error *e) {
    const double runs = (double)d->n * s->repeats;
    *t = (struct cx_study_table){.points = d->n, .repeats = s->repeats};
    if (runs > CX_POINTS_MOST)
        return cx_fail(e, CX_CONFIG, 104, "the study has %.6g runs, at most %d can be handled",
                       runs, CX_POINTS_MOST);
    t->runs = (int)runs;
    t->outcomes = s->outcome_count;
    t->run = calloc((size_t)t->runs + 1, sizeof *t->run);
    t->value = calloc((size_t)t->runs * (size_t)t->outcomes + 1, sizeof *t->value);
    if (!t->run || !t->value) return cx_fail(e, CX_STORAGE, 61, "no memory for %d runs", t->runs);
    for (int i = 0; i < t->runs * t->outcomes; i++) t->value[i] = NAN;
    t->count[CX_RUN_MISSING] = t->runs;
    return CX_OK;
}

/* A point that makes no scenario is a failed run with the reason; it has no digest and no record. */
static void identify(const struct cx_study *s, const struct cx_design *d,
                     struct cx_study_table *t) {
    for (int i = 0; i < t->runs; i++) {
        struct cx_study_run *run = &t->run[i];
        struct cx_scenario scenario;
        struct cx_error e;
        run->point = i / s->repeats;
        run->repeat = i % s->repeats;
        run->seed = s->base_seed + run->repeat;
        run->same_as = i;
        if (cx_study_scenario(s, cx_design_row(d, run->point), run->repeat, &scenario, &e) ==
            CX_OK) {
            cx_config_digest(&scenario, CX_VERSION, run->digest);
            cx_scenario_free(&scenario);
            continue;
        }
        run->status = CX_RUN_FAILED;
        cx_text_copy(run->message, sizeof run->message, e.text);
        t->count[CX_RUN_MISSING]--;
        t->count[CX_RUN_FAILED]++;
    }
}

static size_t hash_of(const char *digest) {
    size_t h = 0;
    for (; *digest; digest++) h = 31 * h + (unsigned char)*digest;
    return h;
}

/* Open addressing over digests, from the last run to the first: each hangs the ones behind it on itself. */
static void chain(struct cx_pool *p, int *slot, size_t room) {
    const struct cx_study_run *run = p->table->run;
    for (size_t i = 0; i < room; i++) slot[i] = -1;
    for (int i = p->table->runs - 1; i >= 0; i--) {
        size_t at = hash_of(run[i].digest) & (room - 1);
        p->same[i] = -1;
        if (!*run[i].digest) continue;
        while (slot[at] >= 0 && strcmp(run[slot[at]].digest, run[i].digest) != 0)
            at = (at + 1) & (room - 1);
        p->same[i] = slot[at];
        if (slot[at] >= 0) p->head[slot[at]] = false;
        slot[at] = i;
        p->head[i] = true;
    }
}

static enum cx_status find_same(struct cx_pool *p, struct cx_error *e) {
    const size_t runs = (size_t)p->table->runs;
    size_t room = 16;
    while (room < 2 * runs) room *= 2;
    int *slot = malloc(room * sizeof *slot);
    p->same = malloc((runs + 1) * sizeof *p->same);
    p->queue = malloc((runs + 1) * sizeof *p->queue);
    p->head = calloc(runs + 1, sizeof *p->head);
    const bool good = slot && p->same && p->queue && p->head;
    if (good) chain(p, slot, room);
    for (int i = 0; good && i < (int)runs; i++) {
        p->table->distinct += p->head[i];
        for (int k = i; p->head[i] && k >= 0; k = p->same[k]) p->table->run[k].same_as = i;
    }
    free(slot);
    return good ? CX_OK : cx_fail(e, CX_STORAGE, 61, "no memory for %zu runs", runs);
}

/* ---- what is there already ------------------------------------------------------------------- */

/* Who only looks is shown every record.  To go on, a record must be of this very engine and of as many files, and be borne
 * out by them; a failure has none, and is remembered until a retry. */
static bool usable(const struct cx_pool *p, const struct cx_run_record *r) {
    char folder[640];
    if (r->status == CX_RUN_MISSING || r->status == CX_RUN_INTERRUPTED) return true;
    if (p->options->look) return true;
    if (r->keep < p->study->keep) return false;
    if (r->status != CX_RUN_OK) return cx_engine_is(r->engine);
    cx_run_record_folder(p->study->folder, r->digest, folder);
    return cx_reuse(&(struct cx_reuse_asked){.folder = folder,
                                             .digest = r->digest,
                                             .engine = r->engine,
                                             .files = cx_keep_files(p->study->keep)}) ==
           CX_REUSE_WHOLE;
}

static void look_up(struct cx_pool *p, int run) {
    struct cx_run_record r;
    cx_run_record_read(p->study->folder, p->table->run[run].digest, &r);
    if (!usable(p, &r)) {
        cx_run_record_free(&r);
        r.status = CX_RUN_INTERRUPTED;
    }
    const bool again = p->options->retry && cx_run_status_bad(r.status);
    const bool settled = r.status != CX_RUN_MISSING && r.status != CX_RUN_INTERRUPTED && !again;
    cx_pool_settle(p, run, &r);
    for (int i = run; settled && i >= 0; i = p->same[i]) p->table->run[i].cached = true;
    cx_run_record_free(&r);
    const int parts = p->options->parts;
    if (!settled && !p->options->look && (parts < 2 || run % parts == p->options->part))
        p->queue[p->queued++] = run;
}

/* ---- the whole ------------------------------------------------------------------------------- */

static double bytes_of_first(const struct cx_pool *p) {
    struct cx_scenario s;
    struct cx_plan plan;
    struct cx_error e;
    if (!p->queued) return 0;
    const struct cx_study_run *run = &p->table->run[p->queue[0]];
    if (cx_study_scenario(p->study, cx_design_row(p->design, run->point), run->repeat, &s, &e))
        return 0;
    const bool known = cx_plan_make(&s, false, &plan, &e) == CX_OK;
    cx_scenario_free(&s);
    return known ? (double)plan.memory_bytes : 0;
}

static enum cx_status work(struct cx_pool *p, struct cx_error *e) {
    CX_TRY(find_same(p, e));
    for (int i = 0; i < p->table->runs; i++) /* in the order of the design */
        if (p->head[i]) look_up(p, i);
    p->share = cx_study_share(p->options, p->queued, bytes_of_first(p));
    p->began = cx_clock_seconds();
    if (p->options->ranks) cx_ranks_deal(p->options->ranks, p->queue, p->queued);
    cx_pool_work(p);
    cx_pool_tell(p, true);
    if (p->status != CX_OK) *e = p->error;
    CX_TRY(p->status);
    if (p->asked == SIGTERM) return cx_fail(e, CX_STOPPED, 0, "stopped by a signal");
    if (p->asked == SIGINT) return cx_fail(e, CX_INTERRUPTED, 0, "interrupted");
    return CX_OK;
}

enum cx_status cx_study_evaluate(const struct cx_study *s, const struct cx_design *d,
                                 const struct cx_study_options *o, struct cx_study_table *t,
                                 struct cx_error *e) {
    int fd = -1;
    CX_TRY(make_table(s, d, t, e));
    if (!o->look && !o->shared) CX_TRY(claim(s, &fd, e));
    identify(s, d, t);
    struct cx_pool *p = calloc(1, sizeof *p);
    enum cx_status status = CX_OK;
    if (p) {
        p->study = s;
        p->design = d;
        p->options = o;
        p->table = t;
        status = work(p, e);
        free(p->same);
        free(p->head);
        free(p->queue);
        free(p);
    } else {
        status = cx_fail(e, CX_STORAGE, 61, "no memory for the workers");
    }
    if (fd >= 0) close(fd);
    return status;
}

void cx_study_table_free(struct cx_study_table *t) {
    free(t->run);
    free(t->value);
    *t = (struct cx_study_table){0};
}

int cx_study_table_bad(const struct cx_study_table *t) {
    int n = 0;
    for (int i = 0; i < CX_RUN_STATUS_COUNT; i++)
        if (cx_run_status_bad((enum cx_run_status)i)) n += t->count[i];
    return n;
}
