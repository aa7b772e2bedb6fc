/* execute.c - one run of a study: the same cx_run() as of `cicatrix run`, with fewer files, and a record at its end. */
#include "base/clock.h"
#include "base/file.h"
#include "base/text.h"
#include "run/assembly.h"
#include "run/engine.h"
#include "run/reuse.h"
#include "study/child.h"
#include "study/evaluate.h"
#include "version.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

/* One run on its way. */
struct errand {
    const struct cx_study *study;
    const struct cx_scenario *scenario;
    struct cx_run_options options;
    char folder[640];
    volatile sig_atomic_t own_stop;
    struct cx_run_record record;
};

/* Called between steps: a child's signals wait until somebody looks. */
static void look(const struct cx_progress *p, void *user) {
    struct errand *x = user;
    const int asked = cx_child_asked();
    (void)p;
    if (asked) x->own_stop = asked;
}

static void drop(const char *folder, const char *name) {
    char path[700];
    struct cx_error unheard;
    snprintf(path, sizeof path, "%.640s/%s", folder, name);
    cx_file_remove(path, &unheard);
}

/* Bytes that the run is going to need, before it takes them: a clear answer instead of a refused allocation. */
static enum cx_status check_memory(const struct errand *x, struct cx_error *e) {
    struct cx_plan plan;
    CX_TRY(cx_plan_make(x->scenario, false, &plan, e));
    if (!(x->study->memory_bytes > 0) || (double)plan.memory_bytes <= x->study->memory_bytes)
        return CX_OK;
    return cx_fail(e, CX_STORAGE, 61, "needs %.3g GB, limits.memory is %.3g GB",
                   (double)plan.memory_bytes / 1e9, x->study->memory_bytes / 1e9);
}

static enum cx_status simulate(struct errand *x, struct cx_run_summary *made, struct cx_error *e) {
    CX_TRY(check_memory(x, e));
    return cx_run_on(x->scenario, &x->options, made, e);
}

static void name_outcomes(struct cx_run_record *r, const struct cx_run_summary *made) {
    r->name = calloc((size_t)made->outcome_count + 1, sizeof *r->name);
    r->value = calloc((size_t)made->outcome_count + 1, sizeof *r->value);
    for (int i = 0; r->name && r->value && i < made->outcome_count; i++) {
        snprintf(r->name[i], sizeof *r->name, "%s", made->outcome[i].name);
        r->value[i] = made->outcome[i].value;
        r->outcome_count++;
    }
}

static enum cx_run_status judge(enum cx_status status, const struct cx_error *e) {
    if (status == CX_OK) return CX_RUN_OK;
    if (status == CX_STOPPED || status == CX_INTERRUPTED) return CX_RUN_INTERRUPTED;
    return e->code == 61 ? CX_RUN_MEMORY : CX_RUN_FAILED;
}

static double resident_bytes(void) {
    struct rusage u;
    return getrusage(RUSAGE_SELF, &u) == 0 ? 1024.0 * (double)u.ru_maxrss : 0;
}

static void prepare(struct errand *x, int attempt) {
    struct cx_run_record *r = &x->record;
    cx_config_digest(x->scenario, CX_VERSION, r->digest);
    cx_run_record_folder(x->study->folder, r->digest, x->folder);
    snprintf(r->engine, sizeof r->engine, "%s", cx_engine());
    r->seed = x->scenario->run.seed;
    r->attempts = attempt;
    r->keep = x->study->keep;
    x->options.folder = x->folder;
    x->options.files = cx_keep_files(x->study->keep);
    x->options.report_command = "cicatrix sweep run";
}

/* A run that ended has its record; one that was stopped keeps its checkpoint, and no record says that it is done. */
static enum cx_status finish(struct errand *x, struct cx_error *e) {
    struct cx_error lost;
    if (x->record.status == CX_RUN_INTERRUPTED) return CX_OK;
    if (x->record.status != CX_RUN_OK)
        cx_text_copy(x->record.message, sizeof x->record.message, e->text);
    x->record.memory_bytes = resident_bytes();
    const enum cx_status status = cx_run_record_write(x->study->folder, &x->record, &lost);
    if (status != CX_OK) *e = lost;
    if (status != CX_OK || x->record.status != CX_RUN_OK || x->study->keep == CX_KEEP_FIELDS)
        return status;
    drop(x->folder, "checkpoint.a");
    drop(x->folder, "checkpoint.b");
    drop(x->folder, "log.txt");
    return CX_OK;
}

/* A full disk is nobody's run's fault: no record, and the study hears of it. */
static bool is_storage(enum cx_status status, const struct cx_error *e) {
    return status == CX_STORAGE && e->code != 61;
}

static enum cx_run_status execute(struct errand *x, int attempt, struct cx_error *e) {
    const double from = cx_clock_seconds();
    struct cx_run_summary made = {0};
    prepare(x, attempt);
    enum cx_status status = simulate(x, &made, e);
    x->record.status = judge(status, e);
    x->record.seconds = cx_clock_seconds() - from;
    if (status == CX_OK) name_outcomes(&x->record, &made);
    cx_run_summary_free(&made);
    if (!is_storage(status, e)) status = finish(x, e);
    const enum cx_run_status end = x->record.status;
    cx_run_record_free(&x->record);
    if (is_storage(status, e)) return CX_RUN_INTERRUPTED;
    if (end == CX_RUN_OK || end == CX_RUN_INTERRUPTED) *e = (struct cx_error){0};
    return end;
}

enum cx_run_status cx_study_execute(const struct cx_study *s, const struct cx_scenario *scenario,
                                    int attempt, volatile sig_atomic_t *stop) {
    struct cx_error e = {0};
    struct errand x = {.study = s, .scenario = scenario};
    x.options.stop = stop;
    return execute(&x, attempt, &e);
}

void cx_study_child(const struct cx_study *s, void *task, struct cx_child_end *end) {
    const struct cx_errand_order *order = task;
    struct cx_scenario scenario;
    struct errand x = {.study = s, .scenario = &scenario};
    x.options.progress = look;
    x.options.user = &x;
    x.options.stop = &x.own_stop;
    end->status = CX_RUN_FAILED;
    if (cx_study_scenario(s, order->x, order->repeat, &scenario, &end->error) != CX_OK) return;
    scenario.run.threads = 0; /* as many as are of use, within what the study gives */
    const int useful = cx_assembly_threads(&scenario);
    scenario.run.threads = useful < order->threads ? useful : order->threads;
    end->status = execute(&x, order->attempt, &end->error);
    cx_scenario_free(&scenario);
}
