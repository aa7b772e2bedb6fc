/* verb_optimize.c - the designs that nothing beats: searches what a study varies for its goals within its constraints. */
#include "app/sweep.h"
#include "app/verbs.h"
#include "report/report.h"
#include "study/optimization.h"

#include <math.h>
#include <string.h>

enum { SHOWN = 12 };

static const struct cx_option options[] = {
    CX_TAKES("output", 'o', output, "DIR", "folder of the study (default: outputs/NAME)"),
    CX_REPEATS("set", 0, set, "PATH=VALUE", "change the study file, e.g. optimize.generations=20"),
    CX_TAKES("workers", 0, workers, "N", "runs at once (default: one per core)"),
    CX_TAKES("threads", 0, threads, "N", "threads of each run (default: what cores are left)"),
    CX_TAKES("progress", 0, progress, "HOW", "auto, line, plain, json (lines on stderr) or none"),
    {0},
};

const struct cx_usage cx_usage_optimize = {
    .words = "FILE [-o DIR] [--set PATH=VALUE]...",
    .examples = "cicatrix optimize configs/best_design.yml    again after any interruption\n"
                "cicatrix optimize study.yml --set optimize.generations=20    goes on further\n"
                "cicatrix explain constraints",
    .options = options,
    .least = 1,
    .most = 1,
};

/* One call. */
struct task {
    struct cx_app *app;
    struct cx_sweep *sweep;
    struct cx_meter meter;
    struct cx_optimization search;
    json_t *answer;
};

/* ---- while it searches ----------------------------------------------------------------------- */

static void see_generation(const struct cx_optimization *o, void *user) {
    struct task *t = user;
    const struct cx_generation *g = &o->generation[o->generations - 1];
    const char *asked = t->app->ask.progress;
    if (asked && (strcmp(asked, "json") == 0 || strcmp(asked, "none") == 0)) return;
    cx_meter_end(&t->meter);
    cx_app_say(t->app,
               "generation %d of %d: %d points, %d failed, %d break a limit; front of %d, "
               "volume %.3f",
               o->generations, o->study->optimize.generations, g->points, g->failed, g->breaking,
               g->front_count, cx_optimization_volume(o, o->generations - 1));
}

/* ---- the front for people -------------------------------------------------------------------- */

static void print_values(const struct task *t, int point) {
    const struct cx_optimization *o = &t->search;
    const struct cx_study *s = o->study;
    for (int k = 0; k < s->outcome_count; k++) {
        const struct cx_study_outcome *q = &s->outcome[k];
        if (q->goal == CX_NO_GOAL && !isfinite(q->least) && !isfinite(q->most)) continue;
        fprintf(t->app->out, "  %s %.4g%s%s", q->name, cx_optimization_value(o, point)[k],
                strcmp(q->unit, "1") ? " " : "", strcmp(q->unit, "1") ? q->unit : "");
    }
    fprintf(t->app->out, "\n     ");
    for (int j = 0; j < s->factor_count; j++) {
        char text[192];
        cx_factor_text(&s->factor[j], cx_design_row(&o->points, point)[j], text);
        fprintf(t->app->out, " %s=%s", s->factor[j].path, text);
    }
    fprintf(t->app->out, "\n");
}

static void print_front(const struct task *t) {
    const struct cx_optimization *o = &t->search;
    for (int k = 0; k < o->count && k < SHOWN; k++) {
        fprintf(t->app->out, "%3d%s", k + 1, k == o->compromise && o->goals > 1 ? " *" : "  ");
        print_values(t, o->front[k]);
    }
    if (o->count > SHOWN)
        fprintf(t->app->out, "and %d designs more in front.csv\n", o->count - SHOWN);
    if (o->count && o->goals > 1)
        fprintf(t->app->out, "*  the best compromise: nearest to the best of every goal\n");
    if (!o->count && o->nearest >= 0) {
        fprintf(t->app->out, "nothing keeps all limits; nearest:\n    ");
        print_values(t, o->nearest);
    }
}

/* ---- files and words ------------------------------------------------------------------------- */

/* The points as a list of their own: the tables and the page of any study. */
static enum cx_status collect(struct task *t, struct cx_error *e) {
    const struct cx_optimization *o = &t->search;
    struct cx_study listed = *o->study;
    struct cx_study_options look = {.look = true};
    const struct cx_collection all = {&listed, &o->points, &t->sweep->table};
    char path[600];
    listed.method = CX_LIST;
    CX_TRY(cx_study_evaluate(&listed, &o->points, &look, &t->sweep->table, e));
    CX_TRY(cx_collect_write(&all, e));
    if (t->sweep->table.count[CX_RUN_OK] == 0) return CX_OK; /* nothing to draw */
    CX_TRY(cx_report_study(listed.folder, e));
    snprintf(path, sizeof path, "%.500s/report.html", listed.folder);
    json_object_set_new(t->answer, "report", cx_json_text(path));
    return CX_OK;
}

/* The same words as the file, without what only pictures need. */
static void answer_front(struct task *t) {
    static const char *const wanted[] = {"ended",           "generations", "evaluations", "failed",
                                         "breaking_limits", "front",       "nearest"};
    char path[600];
    snprintf(path, sizeof path, "%.500s/optimization.json", t->search.study->folder);
    json_t *root = json_load_file(path, 0, NULL);
    for (size_t i = 0; root && i < sizeof wanted / sizeof *wanted; i++)
        json_object_set(t->answer, wanted[i], json_object_get(root, wanted[i]));
    json_decref(root);
}

static void say_end(const struct task *t, bool left) {
    const struct cx_optimization *o = &t->search;
    const struct cx_generation *g = &o->generation[o->generations - 1];
    cx_app_say(t->app,
               "%s after %d generations: %d points, %d failed, %d break a limit; %d designs on the "
               "front; results in %s",
               left ? "stopped" : cx_optimum_word(o->ended), o->generations, g->points, g->failed,
               g->breaking, o->count, o->study->folder);
    if (!t->app->ask.json && !left) print_front(t);
    cx_app_flush(t->app);
}

/* What went wrong on the way is told last: the files are there. */
static enum cx_status judge(const struct task *t, struct cx_error *e) {
    const struct cx_optimization *o = &t->search;
    const int bad = cx_study_table_bad(&t->sweep->table);
    if (!o->count) {
        cx_fail(e, CX_TOLERANCE, 122, "none of %d designs keeps the limits", o->points.n);
        cx_hint(e, "see `nearest` in %.200s/optimization.json; relax a limit or vary more",
                o->study->folder);
        return CX_TOLERANCE;
    }
    if (!bad) return CX_OK;
    cx_fail(e, CX_PARTIAL, 0, "%d of %d runs did not finish; they count as beaten by all others",
            bad, t->sweep->table.runs);
    cx_hint(e, "runs.csv says which and why");
    return CX_PARTIAL;
}

static enum cx_status finish(struct task *t, enum cx_status status, struct cx_error *e) {
    const bool left = status == CX_STOPPED || status == CX_INTERRUPTED;
    if (status && !left) return status;
    struct cx_error lost = {0};
    enum cx_status made = CX_OK;
    if (t->search.generations) {
        made = collect(t, &lost);
        say_end(t, left);
        answer_front(t);
    }
    const char *folder = t->sweep->study.folder;
    if (left)
        cx_app_next(t->app, t->answer, "cicatrix optimize %s%s%s", t->sweep->study.file,
                    t->app->ask.output ? " -o " : "", t->app->ask.output ? t->app->ask.output : "");
    else
        cx_app_next(t->app, t->answer, "open %s/report.html", folder);
    if (!left && made) *e = lost;
    return left ? status : made ? made : judge(t, e);
}

static enum cx_status search(struct task *t, struct cx_error *e) {
    t->sweep->options.progress = cx_sweep_see;
    t->sweep->options.user = &t->meter;
    t->sweep->options.stop = cx_signals_run();
    t->search.after = see_generation;
    t->search.user = t;
    const enum cx_status status = cx_optimize(&t->sweep->study, &t->sweep->options, &t->search, e);
    cx_meter_end(&t->meter);
    return finish(t, status, e);
}

enum cx_status cx_verb_optimize(struct cx_app *a, struct cx_error *e) {
    struct cx_sweep w;
    struct cx_error lost = {0};
    CX_TRY(cx_sweep_open(a, a->ask.words.at[0], &w, e));
    struct task t = {.app = a, .sweep = &w, .meter = {.app = a}, .answer = cx_json_answer()};
    json_object_set_new(t.answer, "study", cx_json_text(w.study.name));
    json_object_set_new(t.answer, "folder", cx_json_text(w.study.folder));
    enum cx_status status = cx_meter_check(a, e);
    if (!status) status = search(&t, e);
    if (status && a->ask.json) json_object_set_new(t.answer, "error", cx_json_error(e));
    const bool known = a->ask.json && t.search.generations;
    const enum cx_status told = known ? cx_app_answer(a, t.answer, &lost) : CX_OK;
    if (!known) json_decref(t.answer);
    if (told && !status) *e = lost;
    cx_optimization_free(&t.search);
    cx_sweep_close(&w);
    return status ? status : told;
}
