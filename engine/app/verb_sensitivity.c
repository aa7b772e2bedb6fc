/* verb_sensitivity.c - which of the varied things matters: runs a study of method morris or saltelli to its end and
 * computes indices with intervals. */
#include "app/sweep.h"
#include "app/verbs.h"
#include "report/report.h"
#include "study/sensitivity.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { SHOWN_OUTCOMES = 6, SHOWN_FACTORS = 12, SHOWN_PAIRS = 5 };

static const struct cx_option options[] = {
    CX_TAKES("output", 'o', output, "DIR", "folder of the study (default: outputs/NAME)"),
    CX_REPEATS("set", 0, set, "PATH=VALUE", "change the study file, e.g. method.morris.r=40"),
    CX_TAKES("workers", 0, workers, "N", "runs at once (default: one per core)"),
    CX_TAKES("threads", 0, threads, "N", "threads of each run (default: what cores are left)"),
    CX_TAKES("progress", 0, progress, "HOW", "auto, line, plain, json (lines on stderr) or none"),
    {0},
};

const struct cx_usage cx_usage_sensitivity = {
    .words = "FILE [-o DIR] [--set PATH=VALUE]...",
    .examples = "cicatrix sweep plan configs/sensitivity_depth.yml    what it will cost\n"
                "cicatrix sensitivity configs/sensitivity_depth.yml   again after an interruption\n"
                "cicatrix sensitivity study.yml --set method.morris.r=40",
    .options = options,
    .least = 1,
    .most = 1,
};

/* What one call has made so far. */
struct findings {
    struct cx_app *app;
    struct cx_sweep *sweep;
    struct cx_sensitivity indices;
    json_t *answer;
};

static const char *blocks_word(const struct cx_sensitivity *s) {
    return s->study->method == CX_MORRIS ? "trajectories" : "blocks";
}

/* ---- the list for people --------------------------------------------------------------------- */

static void print_interval(FILE *to, const struct cx_interval *i) {
    if (isfinite(i->value))
        fprintf(to, " %10.4g [%.3g, %.3g]", i->value, i->low, i->high);
    else
        fprintf(to, "    unknown");
}

/* What ranks comes first; sigma and mu, or first order, behind it. */
static void print_factor(FILE *to, const struct cx_sensitivity *s, int outcome, int j) {
    const struct cx_interval *at = cx_index_of(s, outcome, j);
    fprintf(to, "  %-32s", s->study->factor[j].path);
    print_interval(to, &at[cx_index_main(s)]);
    for (int m = 0; m < s->each && isfinite(at[m].value); m++)
        if (m != cx_index_main(s)) fprintf(to, "  %s %.4g", cx_index_word(s, m), at[m].value);
    fprintf(to, "\n");
}

/* The largest pairs. */
static void print_pairs(FILE *to, const struct cx_sensitivity *s, int outcome) {
    const struct cx_interval *at = cx_index_pairs(s, outcome);
    for (int i = 0, shown = 0; s->second && i < s->factors; i++)
        for (int j = i + 1; j < s->factors && shown < SHOWN_PAIRS; j++) {
            const struct cx_interval *x = &at[cx_pair_place(s->factors, i, j)];
            if (!(x->low > 0)) continue; /* could be chance */
            fprintf(to, "  together: %s and %s", s->study->factor[i].path,
                    s->study->factor[j].path);
            print_interval(to, x);
            fprintf(to, "\n");
            shown++;
        }
}

static void print_outcome(FILE *to, const struct cx_sensitivity *s, int outcome, int *order) {
    const struct cx_study_outcome *o = &s->study->outcome[outcome];
    const bool morris = s->study->method == CX_MORRIS;
    const char *unit = !morris || strcmp(o->unit, "1") == 0 ? "" : o->unit;
    fprintf(to, "%s: %s%s%s [95 %% interval], from %d %s\n", o->name,
            cx_index_word(s, cx_index_main(s)), *unit ? " in " : "", unit,
            s->outcome[outcome].blocks, blocks_word(s));
    cx_sensitivity_rank(s, outcome, order);
    for (int j = 0; j < s->factors && j < SHOWN_FACTORS; j++)
        print_factor(to, s, outcome, order[j]);
    print_pairs(to, s, outcome);
}

static void print_indices(const struct cx_app *a, const struct cx_sensitivity *s) {
    int *order = calloc((size_t)s->factors + 1, sizeof *order);
    if (!order) return;
    for (int i = 0; i < s->outcomes && i < SHOWN_OUTCOMES; i++) print_outcome(a->out, s, i, order);
    if (s->outcomes > SHOWN_OUTCOMES)
        fprintf(a->out, "and %d outcomes more in sensitivity.csv\n", s->outcomes - SHOWN_OUTCOMES);
    free(order);
}

/* ---- files and words ------------------------------------------------------------------------- */

static void say_runs(const struct findings *f) {
    const struct cx_study_table *t = &f->sweep->table;
    char counts[200];
    int cached = 0;
    for (int i = 0; i < t->runs; i++) cached += t->run[i].cached;
    cx_sweep_counts_text(t->count, counts, sizeof counts);
    cx_app_say(f->app, "%d runs: %s; %d were there already; results in %s", t->runs, counts, cached,
               f->sweep->study.folder);
    json_object_set_new(f->answer, "study", cx_json_text(f->sweep->study.name));
    json_object_set_new(f->answer, "folder", cx_json_text(f->sweep->study.folder));
    json_object_set_new(f->answer, "runs", json_integer(t->runs));
    json_object_set_new(f->answer, "cached", json_integer(cached));
    json_object_set_new(f->answer, "counts", cx_sweep_counts_json(t->count));
}

/* Indices go into the page, so they are written before it. */
static enum cx_status make_results(struct findings *f, struct cx_error *e) {
    const struct cx_collection all = {&f->sweep->study, &f->sweep->design, &f->sweep->table};
    const char *folder = f->sweep->study.folder;
    char path[600];
    CX_TRY(cx_collect_write(&all, e));
    CX_TRY(cx_sensitivity_make(&all, &f->indices, e));
    CX_TRY(cx_sensitivity_write(&f->indices, e));
    CX_TRY(cx_report_study(folder, e));
    snprintf(path, sizeof path, "%.500s/report.html", folder);
    json_object_set_new(f->answer, "report", cx_json_text(path));
    snprintf(path, sizeof path, "%.500s/sensitivity.json", folder);
    json_t *indices = json_load_file(path, 0, NULL);
    json_object_set_new(f->answer, "sensitivity", indices ? indices : json_null());
    return CX_OK;
}

/* Told last: the indices of what is whole are there. */
static enum cx_status judge(const struct findings *f, struct cx_error *e) {
    const struct cx_sensitivity *s = &f->indices;
    if (s->bad_runs == 0) return CX_OK;
    cx_fail(e, CX_PARTIAL, 0, "%d of %d runs are not ok: %d of %d %s were left out", s->bad_runs,
            s->runs, s->failed, s->blocks, blocks_word(s));
    cx_hint(e,
            "indices then speak for the region that can be run; runs.csv says which and why, "
            "`cicatrix sweep retry %.120s` repeats them",
            f->sweep->study.file);
    return CX_PARTIAL;
}

static void say_next(const struct findings *f, bool whole) {
    const struct cx_app *a = f->app;
    if (whole)
        cx_app_next(a, f->answer, "open %s/report.html", f->sweep->study.folder);
    else
        cx_app_next(a, f->answer, "cicatrix sensitivity %s%s%s", f->sweep->study.file,
                    a->ask.output ? " -o " : "", a->ask.output ? a->ask.output : "");
}

/* Stopped: the runs that are there stay, the same command goes on with the others. */
static enum cx_status finish(struct findings *f, enum cx_status status, struct cx_error *e) {
    struct cx_error told = {0};
    say_runs(f);
    if (!status) status = make_results(f, e);
    const bool whole = f->indices.outcome != NULL;
    if (whole && !f->app->ask.json) print_indices(f->app, &f->indices);
    if (!status) status = judge(f, e);
    cx_app_flush(f->app);
    say_next(f, whole);
    if (!f->app->ask.json) return status;
    if (status && e->text[0]) json_object_set_new(f->answer, "error", cx_json_error(e));
    const enum cx_status answered = cx_app_answer(f->app, json_incref(f->answer), &told);
    if (status || !answered) return status;
    *e = told;
    return answered;
}

static enum cx_status work(struct cx_app *a, struct cx_sweep *w, struct cx_error *e) {
    struct cx_meter meter = {.app = a};
    struct findings f = {.app = a, .sweep = w};
    CX_TRY(cx_sensitivity_check(&w->study, e));
    CX_TRY(cx_meter_check(a, e));
    w->options.progress = cx_sweep_see;
    w->options.user = &meter;
    w->options.stop = cx_signals_run();
    enum cx_status status = cx_study_evaluate(&w->study, &w->design, &w->options, &w->table, e);
    cx_meter_end(&meter);
    if (status && status != CX_STOPPED && status != CX_INTERRUPTED) return status;
    f.answer = cx_json_answer();
    status = finish(&f, status, e);
    json_decref(f.answer);
    cx_sensitivity_free(&f.indices);
    return status;
}

enum cx_status cx_verb_sensitivity(struct cx_app *a, struct cx_error *e) {
    struct cx_sweep w;
    CX_TRY(cx_sweep_open(a, a->ask.words.at[0], &w, e));
    const enum cx_status done = work(a, &w, e);
    cx_sweep_close(&w);
    return done;
}
