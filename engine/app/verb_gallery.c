/* verb_gallery.c - runs every scenario of a folder and shows them on one page. */
#include "app/gallery_run.h"
#include "app/starters.h"
#include "app/verbs.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/text.h"
#include "report/gallery.h"
#include "run/engine.h"
#include "study/calibration.h"
#include "study/design.h"
#include "version.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const struct cx_option options[] = {
    CX_TAKES("output", 'o', output, "DIR", "where runs and page go (default: outputs/gallery)"),
    CX_TAKES("threads", 0, threads, "N", "threads of each run (default: all cores)"),
    CX_TAKES("progress", 0, progress, "HOW", "auto, line, plain, json (lines on stderr) or none"),
    {0},
};

const struct cx_usage cx_usage_gallery = {
    .words = "[FOLDER] [-o DIR] [--threads N]",
    .examples = "cicatrix gallery\n"
                "cicatrix gallery configs -o outputs/gallery    again after any interruption\n"
                "cicatrix gallery my_scenarios -o outputs/mine",
    .options = options,
    .least = 0,
    .most = 1,
};

/* One file of the folder. */
struct item {
    struct cx_scenario scenario;
    struct cx_gallery_run run;
    enum cx_gallery_state state;
    double work; /* of what is still to run; compared with others only */
};
struct show {
    struct cx_app *app;
    struct cx_starters starters;
    char folder[512]; /* of the page */
    char shown[512];  /* the folder of the files, as commands take it */
    struct item *item;
    struct cx_gallery_entry *entry;
    struct cx_meter meter;
    volatile sig_atomic_t *stop;
    int now, reused, simulated;
    char label[160];                      /* of the run that is going on */
    double rest, done_work, done_seconds; /* work that waits; work and seconds that are done */
};

/* The way from a repository's root is the shortest that works for everybody. */
static void name_shown(struct show *w) {
    const char *folder = w->starters.folder, *slash = strrchr(folder, '/');
    const bool given = w->app->ask.words.n > 0;
    size_t n =
        (size_t)snprintf(w->shown, sizeof w->shown, "%s", given || !slash ? folder : slash + 1);
    while (n > 1 && w->shown[n - 1] == '/') w->shown[--n] = 0;
}

/* The first finding stands for all; its file is named as the user knows it. */
static void fail_entry(struct cx_gallery_entry *a, const struct cx_error *e, const char *file) {
    a->failure = *e;
    if (!a->failure.status) a->failure.status = CX_CONFIG;
    if (a->failure.file[0]) cx_text_copy(a->failure.file, sizeof a->failure.file, file);
}

/* Its command, how many runs it is, and what it varies: as much as a card has room for. */
static void describe_study(const struct cx_study *s, struct cx_gallery_entry *a, const char *file) {
    struct cx_design d;
    struct cx_error unheard;
    const char *verb = "sweep run";
    char runs[64] = "";
    if (s->method == CX_MORRIS || s->method == CX_SALTELLI) verb = "sensitivity";
    if (strstr(a->about, "optimisation")) verb = "optimize";
    snprintf(a->command, sizeof a->command, "cicatrix %s %s", verb, file);
    if (strcmp(verb, "optimize") != 0 && cx_design_make(s, &d, &unheard) == CX_OK) {
        snprintf(runs, sizeof runs, "%d runs, ", d.n * s->repeats);
        cx_design_free(&d);
    }
    size_t n =
        (size_t)snprintf(a->facts, sizeof a->facts, "%s%s of", runs, cx_method_word(s->method));
    if (!strcmp(verb, "optimize")) n = (size_t)snprintf(a->facts, sizeof a->facts, "search over");
    for (int i = 0; i < s->factor_count && n < sizeof a->facts - 100; i++) {
        const char *dot = strrchr(s->factor[i].path, '.');
        n += (size_t)snprintf(a->facts + n, sizeof a->facts - n, "%s %s", i ? "," : "",
                              dot ? dot + 1 : s->factor[i].path);
    }
}

/* A study that cannot be read is a failed entry, like a scenario. */
static void read_study(struct show *w, int i, const char *path, const char *file) {
    struct cx_gallery_entry *a = &w->entry[i];
    struct cx_study s;
    struct cx_findings found = {0};
    const struct cx_model_list models = cx_models();
    a->study = true;
    snprintf(a->command, sizeof a->command, "cicatrix sweep run %s", file);
    cx_starter_comment(&w->starters, i, a->about);
    if (cx_study_load(path, NULL, &models, &s, &found) == CX_OK) {
        describe_study(&s, a, file);
        cx_study_free(&s);
    } else {
        fail_entry(a, found.n ? &found.at[0] : &(struct cx_error){.text = "cannot be read"}, file);
    }
    cx_findings_free(&found);
}

/* A fit to data is listed as studies are; whether it is valid, its own verb tells. */
static void list_calibration(struct show *w, int i, const char *file) {
    struct cx_gallery_entry *a = &w->entry[i];
    a->study = true;
    snprintf(a->facts, sizeof a->facts, "fit to measured data");
    snprintf(a->command, sizeof a->command, "cicatrix calibrate %s", file);
    cx_starter_comment(&w->starters, i, a->about);
}

/* The scenario stays with its item until the page is written: filters and pictures look at it. */
static void read_scenario(struct show *w, int i, const char *path, const char *file) {
    struct cx_gallery_entry *a = &w->entry[i];
    struct cx_scenario *s = &w->item[i].scenario;
    struct cx_findings found = {0};
    struct cx_typed o = {0};
    const struct cx_model_list models = cx_models();
    enum cx_status status = cx_typed_read(&w->app->ask, &o, &a->failure);
    if (!status)
        status = cx_config_load(path, &(struct cx_overrides){o.at, o.n}, &models, s, &found);
    cx_typed_free(&o);
    snprintf(a->command, sizeof a->command, "cicatrix run %s", file);
    if (status == CX_OK) {
        a->scenario = s;
        cx_text_copy(a->title, sizeof a->title, s->root.title);
        cx_text_copy(a->about, sizeof a->about, s->root.description);
    } else if (found.n) {
        fail_entry(a, &found.at[0], file);
    }
    if (!*a->about) cx_starter_comment(&w->starters, i, a->about);
    cx_findings_free(&found);
}

/* What is there already, and how much work the rest is: cells, times the fine steps after each session and the long ones
 * between. */
static void plan(struct show *w, int i) {
    struct item *m = &w->item[i];
    struct cx_plan cost;
    struct cx_error unheard;
    if (!w->entry[i].scenario) return;
    m->state = cx_gallery_look(&m->run, w->folder, &m->scenario);
    if (m->state == CX_GALLERY_DONE) return;
    if (cx_plan_make(&m->scenario, false, &cost, &unheard) == CX_OK)
        m->work = (double)cost.cells * cost.species * (1 + cost.sessions + cost.days / 60);
    w->rest += m->work;
}

/* Nothing runs before all files were read, so that the time left is known from the start. */
static void read_all(struct show *w) {
    char path[640], file[640];
    for (int i = 0; i < w->starters.n && !*w->stop; i++) {
        struct cx_gallery_entry *a = &w->entry[i];
        cx_starter_path(&w->starters, i, path);
        snprintf(file, sizeof file, "%.500s/%s.yml", w->shown, w->starters.name[i]);
        snprintf(a->name, sizeof a->name, "%s", w->starters.name[i]);
        cx_starter_title(&w->starters, i, a->title);
        if (cx_study_is(path))
            read_study(w, i, path, file);
        else if (cx_calibration_is(path))
            list_calibration(w, i, file);
        else
            read_scenario(w, i, path, file);
        plan(w, i);
    }
}

/* The time left is that of all runs.  A run is believed about itself once it is on its way; the others are measured by
 * those that have ended, at first by the one that goes on. */
static void see(const struct cx_progress *p, void *user) {
    struct show *w = user;
    struct cx_progress mine = *p;
    const double work = w->item[w->now].work, whole = p->seconds + p->eta_seconds;
    const bool known = w->done_work > 0, moves = p->fraction > 0.02 && work > 0;
    const double pace = known ? w->done_seconds / w->done_work : moves ? whole / work : NAN;
    const double own = moves ? p->eta_seconds : fmax(0, work * pace - p->seconds);
    mine.part = w->label;
    mine.eta_seconds = own + fmax(0, w->rest) * pace;
    cx_meter_see(&mine, &w->meter);
}

/* A run that fails is told and remembered; only a stop ends the gallery. */
static enum cx_status run_one(struct show *w, int i, struct cx_error *e) {
    struct item *m = &w->item[i];
    struct cx_gallery_entry *a = &w->entry[i];
    const struct cx_run_options o = {
        .progress = see, .user = w, .stop = w->stop, .report_command = w->app->command};
    snprintf(w->label, sizeof w->label, "%d of %d, %s", w->now + 1, w->starters.n, a->name);
    cx_app_detail(w->app, "%s into %s: %s", w->label, m->run.folder, cx_reuse_word(m->run.found));
    w->rest -= m->work;
    const double from = cx_clock_seconds();
    const enum cx_status status = cx_gallery_go(&m->run, m->state, &o, e);
    cx_meter_end(&w->meter);
    w->done_work += m->work;
    w->done_seconds += cx_clock_seconds() - from;
    if (status == CX_STOPPED || status == CX_INTERRUPTED) return status;
    if (status) cx_app_say(w->app, "%s failed: %s", a->name, e->text);
    if (status) a->failure = *e;
    w->simulated += status == CX_OK;
    return CX_OK;
}

/* A signal between two runs; USR1 is for runs. */
static enum cx_status heed(const struct show *w, struct cx_error *e) {
    if (*w->stop == SIGTERM) return cx_fail(e, CX_STOPPED, 0, "stopped by a signal");
    if (*w->stop == SIGINT) return cx_fail(e, CX_INTERRUPTED, 0, "interrupted");
    return CX_OK;
}

/* A full disk fails every run that follows: better to say so once. */
static enum cx_status run_all(struct show *w, struct cx_error *e) {
    for (w->now = 0; w->now < w->starters.n; w->now++) {
        struct item *m = &w->item[w->now];
        struct cx_gallery_entry *a = &w->entry[w->now];
        CX_TRY(heed(w, e));
        if (!a->scenario) continue;
        if (m->state == CX_GALLERY_DONE)
            w->reused++;
        else
            CX_TRY(run_one(w, w->now, e));
        if (a->failure.code == 72) return *e = a->failure, CX_STORAGE;
        a->here = a->failure.status == CX_OK;
        a->seconds = m->run.seconds;
        a->threads = m->run.threads;
    }
    *e = (struct cx_error){0};
    return CX_OK;
}

/* What a machine needs of a card; the rest stands in the run's own files. */
static json_t *entry_json(const struct cx_gallery_entry *a) {
    json_t *row = json_object();
    json_object_set_new(row, "name", cx_json_text(a->name));
    json_object_set_new(row, "title", cx_json_text(a->title));
    json_object_set_new(row, "command", cx_json_text(a->command));
    json_object_set_new(row, "kind", cx_json_text(a->study ? "study" : "scenario"));
    if (a->here) json_object_set_new(row, "seconds", cx_json_number(a->seconds));
    if (a->here) json_object_set_new(row, "threads", json_integer(a->threads));
    if (a->failure.status) json_object_set_new(row, "error", cx_json_error(&a->failure));
    return row;
}

/* Failed entries give exit code 6, as failed runs of a study do. */
static enum cx_status tell(struct show *w, const char *page, struct cx_error *e) {
    int failed = 0;
    json_t *answer = cx_json_answer(), *list = json_array();
    for (int i = 0; i < w->starters.n; i++) {
        failed += w->entry[i].failure.status != CX_OK;
        json_array_append_new(list, entry_json(&w->entry[i]));
    }
    json_object_set_new(answer, "page", cx_json_text(page));
    json_object_set_new(answer, "bytes", json_integer(cx_file_size(page)));
    json_object_set_new(answer, "simulated", json_integer(w->simulated));
    json_object_set_new(answer, "reused", json_integer(w->reused));
    json_object_set_new(answer, "failed", json_integer(failed));
    json_object_set_new(answer, "entries", list);
    cx_app_say(w->app, "%d simulated, %d as they were, %d failed", w->simulated, w->reused, failed);
    if (!w->app->ask.json) fprintf(w->app->out, "%s\n", page);
    cx_app_flush(w->app);
    cx_app_next(w->app, answer, "open %s", page);
    CX_TRY(cx_app_close(w->app, answer, e));
    if (!failed) return CX_OK;
    return cx_fail(e, CX_PARTIAL, 0, "%d of %d entries failed; the page says why", failed,
                   w->starters.n);
}

/* The page is written once, at the end: an older one stays until then. */
static enum cx_status make(struct show *w, struct cx_error *e) {
    char page[640], command[1100];
    CX_TRY(cx_folder_create(w->folder, e));
    w->stop = cx_signals_run();
    read_all(w);
    const enum cx_status status = run_all(w, e);
    if (status == CX_STOPPED || status == CX_INTERRUPTED)
        cx_hint(e, "the same command goes on: cicatrix gallery %.120s -o %.120s", w->shown,
                w->folder);
    CX_TRY(status);
    snprintf(page, sizeof page, "%.500s/gallery.html", w->folder);
    snprintf(command, sizeof command, "cicatrix gallery %s", w->shown);
    const struct cx_gallery g = {.folder = w->folder,
                                 .command = command,
                                 .version = CX_VERSION,
                                 .commit = cx_engine_commit(),
                                 .n = w->starters.n,
                                 .at = w->entry};
    CX_TRY(cx_gallery_write(&g, e));
    return tell(w, page, e);
}

/* Where the scenarios come from and where the results go. */
static enum cx_status open_folder(struct show *w, struct cx_error *e) {
    const struct cx_asked *ask = &w->app->ask;
    snprintf(w->folder, sizeof w->folder, "%.500s", ask->output ? ask->output : "outputs/gallery");
    if (ask->words.n)
        snprintf(w->starters.folder, sizeof w->starters.folder, "%.511s", ask->words.at[0]);
    else
        CX_TRY(cx_place_gallery(w->starters.folder, e));
    CX_TRY(cx_starters_read(&w->starters, e));
    name_shown(w);
    if (w->starters.n) return CX_OK;
    return cx_fail(e, CX_USAGE, CX_E_PLACE, "'%.300s' holds no scenario (.yml)",
                   w->starters.folder);
}

static enum cx_status with_items(struct show *w, struct cx_error *e) {
    w->item = calloc((size_t)w->starters.n, sizeof *w->item);
    w->entry = calloc((size_t)w->starters.n, sizeof *w->entry);
    if (!w->item || !w->entry) return cx_fail(e, CX_STORAGE, 61, "no memory for a gallery");
    const enum cx_status status = make(w, e);
    for (int i = 0; i < w->starters.n; i++)
        if (w->entry[i].scenario) cx_scenario_free(&w->item[i].scenario);
    return status;
}

enum cx_status cx_verb_gallery(struct cx_app *a, struct cx_error *e) {
    int threads = 0;
    CX_TRY(cx_meter_check(a, e));
    if (a->ask.threads) CX_TRY(cx_option_count("threads", a->ask.threads, &threads, e));
    struct show *w = calloc(1, sizeof *w);
    if (!w) return cx_fail(e, CX_STORAGE, 61, "no memory for a gallery");
    w->app = a;
    w->meter.app = a;
    enum cx_status status = open_folder(w, e);
    if (!status) status = with_items(w, e);
    free(w->item);
    free(w->entry);
    free(w);
    return status;
}
