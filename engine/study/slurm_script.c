/* slurm_script.c - the text of the batch scripts; see slurm.h.  Plain bash with comments: it is meant to be edited. */
#include "base/file.h"
#include "base/text.h"
#include "study/slurm.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- words for the shell --------------------------------------------------------------------- */

static bool has_control(const char *word) {
    for (; *word; word++)
        if (iscntrl((unsigned char)*word)) return true;
    return false;
}

/* As it is where nothing in it means anything to a shell, else in single quotes. */
static void add_quoted(struct cx_text *t, const char *word) {
    const size_t plain = strspn(word, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                      "0123456789_-.,:@+/=%");
    if (*word && !word[plain]) {
        cx_text_add(t, "%s", word);
        return;
    }
    cx_text_add(t, "'");
    for (; *word; word++) cx_text_add(t, *word == '\'' ? "'\\''" : "%c", *word);
    cx_text_add(t, "'");
}

/* Days-hours:minutes:seconds. */
static void add_time(struct cx_text *t, double seconds) {
    const long s = (long)seconds;
    cx_text_add(t, "%ld-%02ld:%02ld:%02ld", s / 86400, s / 3600 % 24, s / 60 % 60, s % 60);
}

/* ---- parts of a script ----------------------------------------------------------------------- */

/* An option of sbatch; what the study does not say stays a comment to be filled in. */
static void add_option(struct cx_text *t, const char *name, const char *value) {
    cx_text_add(t, *value ? "#SBATCH --%s=%s\n" : "##SBATCH --%s=NAME\n", name, value);
}

/* Paths may hold blanks, and a percent sign means something to sbatch. */
static void add_path(struct cx_text *t, const char *name, const char *path, const char *file) {
    cx_text_add(t, "#SBATCH --%s=\"", name);
    for (; *path; path++) cx_text_add(t, *path == '%' ? "%%%%" : "%c", *path);
    cx_text_add(t, "%s\"\n", file);
}

static void add_common(struct cx_text *t, const struct cx_slurm_order *o, const char *log) {
    add_option(t, "partition", o->study->slurm.partition);
    add_option(t, "account", o->study->slurm.account);
    cx_text_add(t, "#SBATCH --nodes=1\n#SBATCH --ntasks=1\n#SBATCH --open-mode=append\n");
    cx_text_add(t, "#SBATCH --chdir=\"%s\"\n", o->directory);
    add_path(t, "output", o->study->folder, log);
    cx_text_add(t, "\ncicatrix=${CICATRIX:-");
    add_quoted(t, o->program);
    cx_text_add(t, "}\nexport OMP_WAIT_POLICY=passive\n");
}

/* FILE -o FOLDER --set ..., as the study was opened. */
static void add_study(struct cx_text *t, const struct cx_slurm_order *o) {
    add_quoted(t, o->study->file);
    cx_text_add(t, " -o ");
    add_quoted(t, o->study->folder);
    for (int i = 0; i < o->set_count; i++) {
        cx_text_add(t, " --set ");
        add_quoted(t, o->set[i]);
    }
}

static void add_submission(struct cx_text *t, const char *runs, const char *collect) {
    cx_text_add(t, "sbatch --dependency=afterany:$(sbatch --parsable ");
    add_quoted(t, runs);
    cx_text_add(t, ") ");
    add_quoted(t, collect);
}

/* ---- the array of runs ----------------------------------------------------------------------- */

static void add_runs_head(struct cx_text *t, const struct cx_slurm_order *o, const char *line) {
    const struct cx_slurm_plan *p = &o->plan;
    cx_text_add(
        t,
        "#!/bin/bash\n"
        "# Runs of the study %s, packed into %d tasks of up to %d runs.\n"
        "# Made by `cicatrix sweep slurm`.  Edit it, or say partition, account, time, cpus, "
        "array_limit\n"
        "# in the block `slurm:` of the study file (or --set slurm.time=\"4 h\") and make it "
        "again.\n"
        "#\n"
        "# Submit this and the job that collects, from the folder that --chdir names:\n"
        "#   %s\n"
        "# Submitting again is safe at any time when no task is at work: finished runs are "
        "skipped.\n"
        "#\n",
        o->study->name, p->tasks, p->runs_per_task, line);
    cx_text_add(t, "#SBATCH --job-name=cicatrix-%s\n", o->study->name);
    cx_text_add(t,
                "# Task K makes the runs whose number leaves K - 1 when divided by %d; keep the 1 "
                "and the %d.  "
                "1-%d%%20: at most 20 at once.\n"
                "#SBATCH --array=1-%d\n#SBATCH --cpus-per-task=%d\n",
                p->tasks, p->tasks, p->tasks, p->tasks, p->cpus);
    cx_text_add(t,
                "# A task needs about %.3g min by the forecast; one that needs more goes on after "
                "a requeue.\n#SBATCH --time=",
                p->task_seconds / 60);
    add_time(t, p->limit_seconds);
    cx_text_add(t, "\n##SBATCH --mem-per-cpu=%.0fM   # where the site does not give enough\n",
                64 + o->memory_bytes / 1e6);
    cx_text_add(t, "# Two minutes before the limit this script hears TERM, the runs leave with "
                   "checkpoints.\n"
                   "#SBATCH --signal=B:TERM@120\n#SBATCH --requeue\n");
}

static void add_runs_body(struct cx_text *t, const struct cx_slurm_order *o) {
    const struct cx_slurm_plan *p = &o->plan;
    cx_text_add(t, "\"$cicatrix\" sweep run ");
    add_study(t, o);
    cx_text_add(t, " \\\n  --part \"$SLURM_ARRAY_TASK_ID/%d\" --workers %d --threads %d &\n",
                p->tasks, p->workers, p->threads);
    cx_text_add(t, "worker=$!\n"
                   "told=yes\n"
                   "trap 'told=yes; kill -TERM \"$worker\"' TERM\n"
                   "while [ -n \"$told\" ]; do   # a signal ends `wait` early\n"
                   "  told=\n"
                   "  wait \"$worker\"\n"
                   "  code=$?\n"
                   "done\n"
                   "trap - TERM\n\n");
    cx_text_add(
        t, "# 75: left with checkpoints.  Above 128: killed; three tries.  A job that is being "
           "cancelled is no longer RUNNING.\n"
           "most=0\n"
           "if [ \"$code\" -eq 75 ]; then most=100; elif [ \"$code\" -gt 128 ]; then most=3; fi\n"
           "if [ \"${SLURM_RESTART_COUNT:-0}\" -lt \"$most\" ] &&\n"
           "   [ \"$(squeue --noheader --jobs=\"$SLURM_JOB_ID\" --format=%%T)\" = RUNNING ]; then\n"
           "  echo \"left with code $code: back to the queue\"\n"
           "  scontrol requeue \"$SLURM_JOB_ID\"\n"
           "  sleep 60   # ended by the scheduler\n"
           "fi\n"
           "exit \"$code\"\n");
}

static char *runs_text(const struct cx_slurm_order *o, const char *line) {
    struct cx_text t = {0};
    add_runs_head(&t, o, line);
    add_common(&t, o, "/slurm/runs.%a.log");
    cx_text_add(&t, "\n");
    add_runs_body(&t, o);
    return cx_text_take(&t);
}

static char *collect_text(const struct cx_slurm_order *o) {
    struct cx_text t = {0};
    cx_text_add(&t,
                "#!/bin/bash\n"
                "# Tables and report of the study %s, whatever became of its runs.\n"
                "#SBATCH --job-name=cicatrix-%s-collect\n"
                "#SBATCH --cpus-per-task=1\n#SBATCH --time=0-00:30:00\n#SBATCH --requeue\n",
                o->study->name, o->study->name);
    add_common(&t, o, "/slurm/collect.log");
    cx_text_add(&t, "\nexec \"$cicatrix\" sweep collect ");
    add_study(&t, o);
    cx_text_add(&t, "\n");
    return cx_text_take(&t);
}

/* ---- the files ------------------------------------------------------------------------------- */

static enum cx_status check_words(const struct cx_slurm_order *o, struct cx_error *e) {
    bool bad = has_control(o->study->file) || has_control(o->study->folder) ||
               has_control(o->program) || has_control(o->directory);
    for (int i = 0; i < o->set_count; i++) bad = bad || has_control(o->set[i]);
    bad = bad || strpbrk(o->study->folder, "\"\\") || strpbrk(o->directory, "\"\\");
    if (!bad) return CX_OK;
    cx_fail(e, CX_CONFIG, 118, "a path or --set has a sign that cannot stand in a batch script");
    cx_hint(e, "no line ends, and no double quotes or backslashes in the folder's path");
    return CX_CONFIG;
}

/* Writes and drops the text; NULL: memory ran out while it was made. */
static enum cx_status put(const char *path, char *text, struct cx_error *e) {
    if (!text) return cx_fail(e, CX_STORAGE, 61, "no memory for a batch script");
    const enum cx_status status = cx_file_write(path, text, strlen(text), e);
    free(text);
    return status;
}

enum cx_status cx_slurm_write(const struct cx_slurm_order *o, char **line, struct cx_error *e) {
    char folder[540], runs[580], collect[580];
    struct cx_text t = {0};
    *line = NULL;
    CX_TRY(check_words(o, e));
    snprintf(folder, sizeof folder, "%.511s/slurm", o->study->folder);
    snprintf(runs, sizeof runs, "%s/runs.sbatch", folder);
    snprintf(collect, sizeof collect, "%s/collect.sbatch", folder);
    CX_TRY(cx_folder_create(folder, e));
    add_submission(&t, runs, collect);
    *line = cx_text_take(&t);
    if (!*line) return cx_fail(e, CX_STORAGE, 61, "no memory for a batch script");
    enum cx_status status = put(runs, runs_text(o, *line), e);
    if (status == CX_OK) status = put(collect, collect_text(o), e);
    if (status == CX_OK) return CX_OK;
    free(*line);
    *line = NULL;
    return status;
}
