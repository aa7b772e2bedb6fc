/* verb_sweep.c - many runs from one base scenario: plan, run, status, retry, extend, collect, slurm. */
#include "app/sweep.h"
#include "app/verbs.h"
#include "base/text.h"
#include "report/report.h"

#include <string.h>

static const struct cx_option options[] = {
    CX_TAKES("output", 'o', output, "DIR", "folder of the study (default: outputs/NAME)"),
    CX_REPEATS("set", 0, set, "PATH=VALUE", "change the study file, e.g. method.lhs.n=32"),
    CX_TAKES("workers", 0, workers, "N", "runs at once (default: one per core)"),
    CX_TAKES("threads", 0, threads, "N", "threads of each run (default: what cores are left)"),
    CX_TAKES("part", 0, part, "K/N", "only the K-th of N parts; several processes share a folder"),
    CX_FLAG("submit", 0, submit, "slurm: also hand the scripts to sbatch"),
    CX_TAKES("progress", 0, progress, "HOW", "auto, line, plain, json (lines on stderr) or none"),
    {0},
};

const struct cx_usage cx_usage_sweep = {
    .words = "plan|run|status|retry|extend|collect|slurm FILE [-o DIR] [--set PATH=VALUE]...",
    .examples = "cicatrix sweep plan configs/depth_density.yml\n"
                "cicatrix sweep run configs/depth_density.yml\n"
                "cicatrix sweep status configs/depth_density.yml\n"
                "cicatrix sweep extend study.yml --set \"vary.device.needle.length=[3 mm]\"\n"
                "cicatrix sweep slurm study.yml --set slurm.partition=short\n"
                "mpirun -n 64 cicatrix sweep run study.yml\n"
                "cicatrix sweep retry study.yml --set \"limits.time=1 h\"",
    .options = options,
    .least = 2,
    .most = 2,
};

typedef enum cx_status act(struct cx_app *a, struct cx_sweep *w, struct cx_error *e);

static json_t *answer_of(const struct cx_sweep *w) {
    json_t *answer = cx_json_answer();
    json_object_set_new(answer, "study", cx_json_text(w->study.name));
    json_object_set_new(answer, "folder", cx_json_text(w->study.folder));
    return answer;
}

static void next_sweep(const struct cx_app *a, json_t *answer, const struct cx_sweep *w,
                       const char *word) {
    cx_app_next(a, answer, "cicatrix sweep %s %s%s%s", word, w->study.file,
                a->ask.output ? " -o " : "", a->ask.output ? a->ask.output : "");
}

/* ---- plan ------------------------------------------------------------------------------------ */

static enum cx_status plan(struct cx_app *a, struct cx_sweep *w, struct cx_error *e) {
    struct cx_forecast f;
    CX_TRY(cx_study_forecast(&w->study, &w->design, &w->options, &f, e));
    if (f.points && f.invalid == f.points) {
        cx_fail(e, CX_CONFIG, 106, "no point of the study is a valid scenario: %.200s", f.why);
        return CX_CONFIG;
    }
    json_t *answer = answer_of(w);
    json_object_set_new(answer, "plan", cx_sweep_forecast_json(&w->study, &f));
    if (!a->ask.json) cx_sweep_print_forecast(a, &w->study, &f);
    cx_app_flush(a);
    next_sweep(a, answer, w, "run");
    return cx_app_close(a, answer, e);
}

/* ---- tables and pages ------------------------------------------------------------------------ */

static void print_outcomes(const struct cx_app *a, const struct cx_sweep *w) {
    const struct cx_study_table *t = &w->table;
    enum { SHOWN = 12 };
    for (int i = 0; i < t->outcomes && i < SHOWN; i++) {
        double lo = 0, hi = 0;
        int n = 0;
        for (int k = 0; k < t->runs; k++) {
            const double x = cx_study_row(t, k)[i];
            if (!(x == x)) continue;
            lo = n == 0 || x < lo ? x : lo;
            hi = n == 0 || x > hi ? x : hi;
            n++;
        }
        const char *unit = strcmp(w->study.outcome[i].unit, "1") ? w->study.outcome[i].unit : "";
        fprintf(a->out, "%-28s %10.4g to %10.4g %s\n", w->study.outcome[i].name, lo, hi, unit);
    }
    if (t->outcomes > SHOWN)
        fprintf(a->out, "and %d outcomes more in runs.csv\n", t->outcomes - SHOWN);
}

static enum cx_status write_tables(const struct cx_sweep *w, json_t *answer, struct cx_error *e) {
    const struct cx_collection all = {&w->study, &w->design, &w->table};
    char path[600];
    CX_TRY(cx_collect_write(&all, e));
    if (w->table.count[CX_RUN_OK] == 0) return CX_OK; /* nothing to draw */
    CX_TRY(cx_report_study(w->study.folder, e));
    snprintf(path, sizeof path, "%.500s/report.html", w->study.folder);
    json_object_set_new(answer, "report", cx_json_text(path));
    return CX_OK;
}

static const char *first_bad(const struct cx_study_table *t) {
    for (int i = 0; i < t->runs; i++)
        if (cx_run_status_bad(t->run[i].status)) return t->run[i].message;
    return "";
}

/* Failed runs are told last: the tables are there. */
static enum cx_status judge(const struct cx_sweep *w, struct cx_error *e) {
    const int bad = cx_study_table_bad(&w->table);
    if (!bad) return CX_OK;
    cx_fail(e, CX_PARTIAL, 0, "%d of %d runs did not finish: %.300s", bad, w->table.runs,
            first_bad(&w->table));
    cx_hint(e, "runs.csv says which and why; `cicatrix sweep retry %.200s` repeats them",
            w->study.file);
    return CX_PARTIAL;
}

static void say_counts(struct cx_app *a, const struct cx_sweep *w, json_t *answer) {
    char counts[200];
    int cached = 0;
    for (int i = 0; i < w->table.runs; i++) cached += w->table.run[i].cached;
    cx_sweep_counts_text(w->table.count, counts, sizeof counts);
    cx_app_say(a, "%d runs: %s; %d were there already; tables in %s", w->table.runs, counts, cached,
               w->study.folder);
    json_object_set_new(answer, "runs", json_integer(w->table.runs));
    json_object_set_new(answer, "cached", json_integer(cached));
    json_object_set_new(answer, "counts", cx_sweep_counts_json(w->table.count));
}

/* What is left after runs were made or gathered: also after a stop, everything that is there. */
static enum cx_status finish(struct cx_app *a, const struct cx_sweep *w, enum cx_status status,
                             struct cx_error *e) {
    const bool left = status == CX_STOPPED || status == CX_INTERRUPTED;
    if (status && !left) return status;
    struct cx_error lost = {0};
    json_t *answer = answer_of(w);
    const enum cx_status written = w->options.parts > 1 ? CX_OK : write_tables(w, answer, &lost);
    say_counts(a, w, answer);
    if (!left && !a->ask.json) print_outcomes(a, w);
    cx_app_flush(a);
    if (left || w->table.count[CX_RUN_MISSING] || w->table.count[CX_RUN_INTERRUPTED])
        next_sweep(a, answer, w, "run");
    else if (cx_study_table_bad(&w->table))
        next_sweep(a, answer, w, "retry");
    else
        cx_app_next(a, answer, "open %s/report.html", w->study.folder);
    if (written != CX_OK) *e = lost;
    if (!status) status = written != CX_OK ? written : judge(w, e);
    if (status && e->text[0] && a->ask.json) json_object_set_new(answer, "error", cx_json_error(e));
    const enum cx_status told = cx_app_close(a, answer, &lost);
    if (told && !status) *e = lost;
    return status ? status : told;
}

/* ---- run, retry, collect, status ------------------------------------------------------------- */

static enum cx_status run(struct cx_app *a, struct cx_sweep *w, struct cx_error *e) {
    struct cx_meter meter = {.app = a};
    struct cx_ranks ranks = {.size = 1};
    const bool together = cx_ranks_around() > 1;
    CX_TRY(cx_meter_check(a, e));
    w->options.progress = cx_sweep_see;
    w->options.user = &meter;
    if (together) CX_TRY(cx_sweep_join(w, &ranks, e));
    w->options.stop = cx_signals_run();
    enum cx_status status = cx_study_evaluate(&w->study, &w->design, &w->options, &w->table, e);
    cx_meter_end(&meter);
    if (together) status = cx_sweep_part(w, &ranks, status, e);
    if (ranks.rank > 0) return CX_OK; /* rank 0 tells */
    return finish(a, w, status, e);
}

static enum cx_status retry(struct cx_app *a, struct cx_sweep *w, struct cx_error *e) {
    w->options.retry = true;
    return run(a, w, e);
}

static enum cx_status collect(struct cx_app *a, struct cx_sweep *w, struct cx_error *e) {
    w->options.look = true;
    const enum cx_status status =
        cx_study_evaluate(&w->study, &w->design, &w->options, &w->table, e);
    return finish(a, w, status, e);
}

static void print_bad(const struct cx_app *a, const struct cx_study_table *t) {
    enum { SHOWN = 20 };
    int shown = 0;
    for (int i = 0; i < t->runs && shown < SHOWN; i++) {
        const struct cx_study_run *r = &t->run[i];
        if (!cx_run_status_bad(r->status)) continue;
        fprintf(a->out, "  run %d  %s: %s\n", i, cx_run_status_word(r->status), r->message);
        shown++;
    }
}

static enum cx_status status(struct cx_app *a, struct cx_sweep *w, struct cx_error *e) {
    char counts[200];
    w->options.look = true;
    CX_TRY(cx_study_evaluate(&w->study, &w->design, &w->options, &w->table, e));
    const int worker = cx_study_worker(&w->study);
    const int open = w->table.count[CX_RUN_MISSING] + w->table.count[CX_RUN_INTERRUPTED];
    cx_sweep_counts_text(w->table.count, counts, sizeof counts);
    json_t *answer = answer_of(w);
    json_object_set_new(answer, "runs", json_integer(w->table.runs));
    json_object_set_new(answer, "counts", cx_sweep_counts_json(w->table.count));
    json_object_set_new(answer, "process", worker ? json_integer(worker) : json_null());
    if (!a->ask.json) {
        fprintf(a->out, "%s: %d runs: %s\n", w->study.folder, w->table.runs, counts);
        if (worker)
            fprintf(a->out,
                    "  process %d is working on it; what it has begun counts as interrupted\n",
                    worker);
        print_bad(a, &w->table);
    }
    cx_app_flush(a);
    if (open && !worker) next_sweep(a, answer, w, "run");
    if (!open) cx_app_next(a, answer, "open %s/report.html", w->study.folder);
    return cx_app_close(a, answer, e);
}

/* ---- extend ---------------------------------------------------------------------------------- */

/* Joins each --set with what the study is without it; w->study is the study with all of them. */
static enum cx_status note(const struct cx_app *a, struct cx_sweep *w, const struct cx_study *old,
                           struct cx_error *e) {
    struct cx_extension x;
    struct cx_typed o;
    CX_TRY(cx_extension_read(old->folder, &x, e));
    enum cx_status done = cx_typed_read(&a->ask, &o, e);
    if (!done) {
        for (int i = 0; !done && i < o.n; i++)
            done = cx_extension_add(&x, &o.at[i], old, &w->study, e);
        if (!done) done = cx_extension_write(old->folder, &x, e);
        cx_typed_free(&o);
    }
    cx_extension_free(&x);
    return done;
}

static enum cx_status extend(struct cx_app *a, struct cx_sweep *w, struct cx_error *e) {
    struct cx_sweep old;
    const struct cx_words set = a->ask.set;
    const char *threads = a->ask.threads;
    if (set.n == 0) return run(a, w, e); /* the file has been edited */
    a->ask.set.n = 0;
    CX_TRY(cx_sweep_open(a, a->ask.words.at[1], &old, e));
    a->ask.set = set;
    a->ask.threads = NULL;
    enum cx_status done = note(a, w, &old.study, e);
    a->ask.threads = threads;
    cx_sweep_close(&old);
    if (done) return done;
    struct cx_sweep joined;
    a->ask.set.n = 0; /* the folder remembers them now */
    CX_TRY(cx_sweep_open(a, a->ask.words.at[1], &joined, e));
    a->ask.set = set;
    done = run(a, &joined, e);
    cx_sweep_close(&joined);
    return done;
}

static const struct deed {
    const char *word;
    act *act;
} deeds[] = {{"plan", plan},     {"run", run},         {"status", status},       {"retry", retry},
             {"extend", extend}, {"collect", collect}, {"slurm", cx_sweep_slurm}};
enum { DEEDS = sizeof deeds / sizeof *deeds };

static act *find(const char *word, struct cx_error *e) {
    struct cx_nearest near = {.wanted = word};
    for (int i = 0; i < DEEDS; i++) {
        if (strcmp(deeds[i].word, word) == 0) return deeds[i].act;
        cx_nearest_offer(&near, deeds[i].word);
    }
    const char *best = cx_nearest_name(&near);
    cx_fail(e, CX_USAGE, CX_E_NAME,
            "'%.60s' is not one of plan, run, status, retry, extend, collect, slurm", word);
    cx_hint(e, best ? "did you mean '%s'?" : "cicatrix help sweep%s", best ? best : "");
    return NULL;
}

enum cx_status cx_verb_sweep(struct cx_app *a, struct cx_error *e) {
    struct cx_sweep w;
    act *deed = find(a->ask.words.at[0], e);
    if (!deed) return CX_USAGE;
    CX_TRY(cx_sweep_open(a, a->ask.words.at[1], &w, e));
    enum cx_status done = cx_sweep_alone(&w, a->ask.words.at[0], e);
    if (!done) done = deed(a, &w, e);
    cx_sweep_close(&w);
    return done;
}
