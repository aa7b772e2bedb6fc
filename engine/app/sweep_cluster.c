/* sweep_cluster.c - studies on more than one machine: batch scripts for Slurm, ranks of mpirun. */
#include "app/sweep.h"
#include "base/file.h"
#include "study/slurm.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* ---- ranks ----------------------------------------------------------------------------------- */

enum cx_status cx_sweep_alone(const struct cx_sweep *w, const char *word, struct cx_error *e) {
    const int n = cx_ranks_around();
    const bool shares = strcmp(word, "run") == 0 || strcmp(word, "retry") == 0;
    if (n < 2 || (shares && w->options.parts < 2)) return CX_OK;
    cx_fail(e, CX_USAGE, 117, "mpirun started %d copies of `sweep %.20s`%s", n, word,
            shares ? " --part" : "");
    cx_hint(e, "only `sweep run` and `sweep retry` share their work between ranks, without --part");
    return CX_USAGE;
}

enum cx_status cx_sweep_join(struct cx_sweep *w, struct cx_ranks *r, struct cx_error *e) {
    CX_TRY(cx_ranks_open(r, e));
    if (w->options.workers == 0) w->options.workers = 1; /* mpirun -n says how many at once */
    if (w->options.threads == 0) w->options.threads = 1;
    w->options.ranks = r;
    if (r->rank == 0) return CX_OK;
    w->options.shared = true; /* rank 0 has claimed the folder */
    w->options.progress = NULL;
    return CX_OK;
}

/* What the other ranks made is in the folder; what was there before, the first look knew. */
static enum cx_status gather(struct cx_sweep *w, struct cx_error *e) {
    const struct cx_study_options look = {.look = true};
    struct cx_study_table before = w->table;
    w->table = (struct cx_study_table){0};
    const enum cx_status status = cx_study_evaluate(&w->study, &w->design, &look, &w->table, e);
    for (int i = 0; !status && i < w->table.runs; i++)
        w->table.run[i].cached = before.run[i].cached;
    cx_study_table_free(&before);
    return status;
}

enum cx_status cx_sweep_part(struct cx_sweep *w, struct cx_ranks *r, enum cx_status mine,
                             struct cx_error *e) {
    const enum cx_status all = cx_ranks_close(r, mine, e);
    w->options.ranks = NULL;
    if (r->rank > 0 || (all && all != CX_STOPPED && all != CX_INTERRUPTED)) return all;
    CX_TRY(gather(w, e));
    if (w->table.count[CX_RUN_MISSING] + w->table.count[CX_RUN_INTERRUPTED]) return all;
    *e = (struct cx_error){0}; /* a rank left early, the others made its share */
    return CX_OK;
}

/* ---- batch scripts --------------------------------------------------------------------------- */

/* Calls sbatch with one option and a script; the first line of its answer goes to `said`. */
static enum cx_status sbatch(const char *option, const char *script, char said[200],
                             struct cx_error *e) {
    int ends[2], how = 1;
    size_t n = 0;
    if (pipe(ends)) return cx_fail(e, CX_STORAGE, 118, "no pipe for sbatch: %s", strerror(errno));
    const pid_t pid = fork();
    if (pid == 0) {
        dup2(ends[1], STDOUT_FILENO);
        close(ends[0]);
        close(ends[1]);
        execlp("sbatch", "sbatch", option, script, (char *)NULL);
        _exit(127);
    }
    close(ends[1]);
    for (ssize_t got = 1; pid > 0 && got > 0 && n<199; n += got> 0 ? (size_t)got : 0)
        got = read(ends[0], said + n, 199 - n);
    close(ends[0]);
    while (pid > 0 && waitpid(pid, &how, 0) < 0 && errno == EINTR) {}
    said[n] = 0;
    said[strcspn(said, "\n")] = 0;
    if (pid > 0 && how == 0) return CX_OK;
    cx_fail(e, CX_STORAGE, 118, "sbatch did not take %.200s", script);
    cx_hint(e, WIFEXITED(how) && WEXITSTATUS(how) == 127
                   ? "it is not there: submit on a machine of the cluster"
                   : "its own message is above; the scripts can be edited and submitted by hand");
    return CX_STORAGE;
}

/* The array, then the job that waits for it: what the line of the scripts does. */
static enum cx_status submit(const struct cx_study *s, char said[200], struct cx_error *e) {
    char script[600], wait[256];
    snprintf(script, sizeof script, "%.511s/slurm/runs.sbatch", s->folder);
    CX_TRY(sbatch("--parsable", script, said, e));
    said[strcspn(said, ";")] = 0; /* "12;cluster" */
    snprintf(wait, sizeof wait, "--dependency=afterany:%s", said);
    snprintf(script, sizeof script, "%.511s/slurm/collect.sbatch", s->folder);
    return sbatch(wait, script, said, e);
}

static void print_plan(const struct cx_app *a, const struct cx_slurm_order *o, const char *line) {
    const struct cx_slurm_plan *p = &o->plan;
    char task[32], limit[32];
    cx_text_seconds(p->task_seconds, task);
    cx_text_seconds(p->limit_seconds, limit);
    fprintf(a->out, "%d tasks of up to %d runs, each about %s on %d cores (limit %s)\n", p->tasks,
            p->runs_per_task, task, p->cpus, limit);
    fprintf(a->out, "%s\n", line);
}

static json_t *plan_json(const struct cx_slurm_order *o, const char *line) {
    const struct cx_slurm_plan *p = &o->plan;
    json_t *row = json_object();
    json_object_set_new(row, "tasks", json_integer(p->tasks));
    json_object_set_new(row, "runs_per_task", json_integer(p->runs_per_task));
    json_object_set_new(row, "cpus", json_integer(p->cpus));
    json_object_set_new(row, "workers", json_integer(p->workers));
    json_object_set_new(row, "threads", json_integer(p->threads));
    json_object_set_new(row, "task_seconds", cx_json_number(p->task_seconds));
    json_object_set_new(row, "limit_seconds", cx_json_number(p->limit_seconds));
    json_object_set_new(row, "command", cx_json_text(line));
    return row;
}

/* Says what was written, hands it over if asked to. */
static enum cx_status tell(struct cx_app *a, const struct cx_slurm_order *o, const char *line,
                           struct cx_error *e) {
    char said[200];
    if (!a->ask.json) print_plan(a, o, line);
    cx_app_flush(a);
    if (a->ask.submit) CX_TRY(submit(o->study, said, e));
    json_t *answer = cx_json_answer();
    json_object_set_new(answer, "study", cx_json_text(o->study->name));
    json_object_set_new(answer, "folder", cx_json_text(o->study->folder));
    json_object_set_new(answer, "slurm", plan_json(o, line));
    if (a->ask.submit) json_object_set_new(answer, "submitted", cx_json_text(said));
    if (a->ask.submit) cx_app_say(a, "%s, after the array that it waits for", said);
    cx_app_next(a, answer, "cicatrix sweep status %s -o %s", o->study->file, o->study->folder);
    return cx_app_close(a, answer, e);
}

enum cx_status cx_sweep_slurm(struct cx_app *a, struct cx_sweep *w, struct cx_error *e) {
    struct cx_forecast f;
    struct cx_slurm_order o = {.study = &w->study, .set = a->ask.set.at};
    char program[1024] = "", directory[1024];
    char *line = NULL;
    o.set_count = a->ask.set.n;
    CX_TRY(cx_study_forecast(&w->study, &w->design, &w->options, &f, e));
    if (f.points && f.invalid == f.points)
        return cx_fail(e, CX_CONFIG, 106, "no point of the study is a valid scenario: %.200s",
                       f.why);
    CX_TRY(cx_slurm_plan(&w->study, &f, &o.plan, e));
    const ssize_t n = readlink("/proc/self/exe", program, sizeof program - 1);
    if (n <= 0 || n >= (ssize_t)sizeof program - 1 || !getcwd(directory, sizeof directory))
        return cx_fail_system(e, 74, n > 0 ? ENAMETOOLONG : errno, "find", "this program");
    o.program = program;
    o.directory = directory;
    o.memory_bytes = f.memory_bytes;
    CX_TRY(cx_slurm_write(&o, &line, e));
    const enum cx_status status = tell(a, &o, line, e);
    free(line);
    return status;
}
