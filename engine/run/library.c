/* library.c - what cicatrix.h promises, in terms of config/ and run/.  Knows no more than they do: a program that links
 * the library takes the same path as the command line. */
#include "cicatrix.h"
#include "config/config.h"
#include "run/engine.h"
#include "run/run.h"
#include "version.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct cicatrix_scenario {
    char *path;
    int count, room;
    struct cx_override *set; /* [room], the first `count` used; path and value are heap strings */
    char *findings;          /* text of the last check, or NULL */
    struct cx_error first;   /* its first finding */
    bool checked;            /* `scenario` is filled and fits path and set */
    struct cx_scenario scenario;
};

struct cicatrix_result {
    struct cx_run_summary run; /* owns what the other two point to */
    struct cicatrix_summary summary;
    struct cicatrix_outcome *outcome; /* [run.outcome_count] */
};

static enum cicatrix_status status_of(enum cx_status s) {
    return (enum cicatrix_status)cx_status_exit(s);
}

static enum cicatrix_status tell(const struct cx_error *from, enum cx_status status,
                                 struct cicatrix_error *to) {
    if (to) {
        memset(to, 0, sizeof *to);
        to->status = status_of(status);
        to->code = from->code;
        to->line = from->line;
        to->column = from->column;
        snprintf(to->file, sizeof to->file, "%s", from->file);
        snprintf(to->text, sizeof to->text, "%s", from->text);
        snprintf(to->hint, sizeof to->hint, "%s", from->hint);
    }
    return status_of(status);
}

static enum cicatrix_status refuse(enum cx_status status, const char *why,
                                   struct cicatrix_error *to) {
    struct cx_error e;
    return tell(&e, cx_fail(&e, status, 0, "%s", why), to);
}

const char *cicatrix_version(void) { return CX_VERSION; }
const char *cicatrix_commit(void) { return cx_engine_commit(); }

int cicatrix_model_count(void) { return cx_models().n; }

static const struct cx_model *model_number(int number) {
    const struct cx_model_list all = cx_models();
    return number >= 0 && number < all.n ? all.at[number] : NULL;
}

const char *cicatrix_model_name(int number) {
    const struct cx_model *m = model_number(number);
    return m ? m->name : NULL;
}

const char *cicatrix_model_title(int number) {
    const struct cx_model *m = model_number(number);
    return m ? m->title : NULL;
}

/* ---- a scenario ---- */

struct cicatrix_scenario *cicatrix_scenario_create(const char *path) {
    struct cicatrix_scenario *s = path ? calloc(1, sizeof *s) : NULL;
    if (s) s->path = strdup(path);
    if (s && !s->path) {
        free(s);
        return NULL;
    }
    return s;
}

/* Forgets what was read; the next check reads again. */
static void forget(struct cicatrix_scenario *s) {
    if (s->checked) cx_scenario_free(&s->scenario);
    s->checked = false;
    free(s->findings);
    s->findings = NULL;
}

void cicatrix_scenario_free(struct cicatrix_scenario *s) {
    if (!s) return;
    forget(s);
    for (int i = 0; i < s->count; i++) {
        free((char *)s->set[i].path);
        free((char *)s->set[i].value);
    }
    free(s->set);
    free(s->path);
    free(s);
}

/* The override of `path`: the one that is there, or a new one without a value; NULL when memory is refused. */
static struct cx_override *override_of(struct cicatrix_scenario *s, const char *path) {
    for (int i = 0; i < s->count; i++) {
        if (strcmp(s->set[i].path, path) == 0) return &s->set[i];
    }
    if (s->count == s->room) {
        const int room = s->room ? 2 * s->room : 8;
        struct cx_override *more = realloc(s->set, (size_t)room * sizeof *more);
        if (!more) return NULL;
        s->set = more;
        s->room = room;
    }
    char *copy = strdup(path);
    if (!copy) return NULL;
    s->set[s->count] = (struct cx_override){.path = copy, .from = "cicatrix_scenario_set"};
    return &s->set[s->count++];
}

enum cicatrix_status cicatrix_scenario_set(struct cicatrix_scenario *s, const char *path,
                                           const char *value) {
    if (!s || !path || !value) return CICATRIX_USAGE;
    char *copy = strdup(value);
    struct cx_override *o = copy ? override_of(s, path) : NULL;
    if (!o) {
        free(copy);
        return CICATRIX_STORAGE;
    }
    free((char *)o->value);
    o->value = copy;
    forget(s);
    return CICATRIX_OK;
}

/* Keeps the findings as text; without memory for the text the first finding still tells the cause. */
static void keep(struct cicatrix_scenario *s, const struct cx_findings *f) {
    size_t bytes = 0;
    if (f->n > 0) s->first = f->at[0];
    FILE *to = open_memstream(&s->findings, &bytes);
    if (!to) return;
    cx_findings_print(f, to, false);
    fclose(to);
}

enum cicatrix_status cicatrix_scenario_check(struct cicatrix_scenario *s) {
    if (!s) return CICATRIX_USAGE;
    if (s->checked) return CICATRIX_OK;
    forget(s);
    const struct cx_model_list models = cx_models();
    struct cx_findings f = {0};
    const enum cx_status status = cx_config_load(s->path, &(struct cx_overrides){s->set, s->count},
                                                 &models, &s->scenario, &f);
    s->first = (struct cx_error){.status = status};
    keep(s, &f);
    cx_findings_free(&f);
    s->checked = status == CX_OK;
    return status_of(status);
}

const char *cicatrix_scenario_findings(const struct cicatrix_scenario *s) {
    return s && s->findings ? s->findings : "";
}

/* The scenario, read and valid; else the reason in *e. */
static enum cicatrix_status ready(struct cicatrix_scenario *s, struct cicatrix_error *e) {
    if (!s) return refuse(CX_USAGE, "there is no scenario", e);
    return cicatrix_scenario_check(s) ? tell(&s->first, s->first.status, e) : CICATRIX_OK;
}

enum cicatrix_status cicatrix_scenario_plan(struct cicatrix_scenario *s, struct cicatrix_plan *plan,
                                            struct cicatrix_error *e) {
    if (!plan) return refuse(CX_USAGE, "there is no place for the plan", e);
    enum cicatrix_status status = ready(s, e);
    if (status) return status;
    struct cx_error why = {0};
    struct cx_plan p = {0};
    const enum cx_status made = cx_plan_make(&s->scenario, true, &p, &why);
    *plan = (struct cicatrix_plan){.cells = p.cells,
                                   .shape = {p.shape[0], p.shape[1], p.shape[2]},
                                   .species = p.species,
                                   .steps = p.steps,
                                   .memory_bytes = p.memory_bytes,
                                   .disk_bytes = p.disk_bytes,
                                   .frames = p.frames,
                                   .sessions = p.sessions,
                                   .seconds = p.seconds,
                                   .days = p.days};
    return tell(&why, made, e);
}

/* ---- a run ---- */

/* Between the caller's progress function, which answers "stop", and the engine, which reads a flag. */
struct listener {
    const struct cicatrix_options *o;
    volatile sig_atomic_t stop;
};

static void hear(const struct cx_progress *p, void *user) {
    struct listener *l = user;
    const struct cicatrix_progress seen = {.day = p->day,
                                           .end_day = p->end_day,
                                           .fraction = p->fraction,
                                           .step_h = p->step_h,
                                           .seconds = p->seconds,
                                           .left = p->eta_seconds,
                                           .step = p->step};
    if (l->o->progress(&seen, l->o->user)) l->stop = SIGTERM;
}

static struct cx_run_options options_of(struct listener *l) {
    return (struct cx_run_options){.folder = l->o->folder,
                                   .replace = l->o->replace != 0,
                                   .until_h = 24 * l->o->until_day,
                                   .progress = l->o->progress ? hear : NULL,
                                   .user = l,
                                   .stop = &l->stop,
                                   .report_command = "libcicatrix"};
}

/* Fills what the result shows from what it owns; false when memory is refused. */
static bool show(struct cicatrix_result *r) {
    const struct cx_run_summary *run = &r->run;
    r->summary = (struct cicatrix_summary){.folder = run->folder,
                                           .digest = run->digest,
                                           .steps = run->steps,
                                           .rejected = run->rejected,
                                           .seconds = run->seconds,
                                           .end_day = run->end_day,
                                           .frames = run->frames};
    r->outcome = calloc((size_t)run->outcome_count + 1, sizeof *r->outcome);
    for (int i = 0; r->outcome && i < run->outcome_count; i++) {
        const struct cx_outcome *o = &run->outcome[i];
        r->outcome[i] =
            (struct cicatrix_outcome){o->name, o->unit, o->definition, o->evidence, o->value};
    }
    return r->outcome;
}

/* The common end of run and resume: hands the result over, or frees it and says why. */
static enum cicatrix_status hand_over(struct cicatrix_result *r, const struct cx_error *why,
                                      enum cx_status status, struct cicatrix_result **to,
                                      struct cicatrix_error *e) {
    const bool kept = (status == CX_OK || status == CX_STOPPED) && to;
    if (kept && show(r)) {
        *to = r;
    } else {
        cicatrix_result_free(r);
        if (kept) return refuse(CX_STORAGE, "no memory for the outcomes; the files hold them", e);
    }
    return tell(why, status, e);
}

/* A scenario to run, or NULL to resume the folder. */
static enum cicatrix_status go(const struct cx_scenario *s, const struct cicatrix_options *o,
                               struct cicatrix_result **r, struct cicatrix_error *e) {
    struct cicatrix_result *made = calloc(1, sizeof *made);
    if (!made) return refuse(CX_STORAGE, "no memory for the result", e);
    struct listener l = {.o = o};
    const struct cx_run_options options = options_of(&l);
    struct cx_error why = {0};
    const enum cx_status status =
        s ? cx_run(s, &options, &made->run, &why) : cx_resume(&options, &made->run, &why);
    return hand_over(made, &why, status, r, e);
}

enum cicatrix_status cicatrix_run(struct cicatrix_scenario *s, const struct cicatrix_options *o,
                                  struct cicatrix_result **r, struct cicatrix_error *e) {
    if (r) *r = NULL;
    if (!o || !o->folder) return refuse(CX_USAGE, "the options name no results folder", e);
    const enum cicatrix_status status = ready(s, e);
    return status ? status : go(&s->scenario, o, r, e);
}

enum cicatrix_status cicatrix_resume(const struct cicatrix_options *o, struct cicatrix_result **r,
                                     struct cicatrix_error *e) {
    if (r) *r = NULL;
    if (!o || !o->folder) return refuse(CX_USAGE, "the options name no results folder", e);
    return go(NULL, o, r, e);
}

int cicatrix_result_count(const struct cicatrix_result *r) { return r ? r->run.outcome_count : 0; }

const struct cicatrix_outcome *cicatrix_result_outcome(const struct cicatrix_result *r,
                                                       int number) {
    return number >= 0 && number < cicatrix_result_count(r) ? &r->outcome[number] : NULL;
}

const struct cicatrix_outcome *cicatrix_result_find(const struct cicatrix_result *r,
                                                    const char *name) {
    for (int i = 0; name && i < cicatrix_result_count(r); i++) {
        if (strcmp(r->outcome[i].name, name) == 0) return &r->outcome[i];
    }
    return NULL;
}

const struct cicatrix_summary *cicatrix_result_summary(const struct cicatrix_result *r) {
    return r ? &r->summary : NULL;
}

void cicatrix_result_free(struct cicatrix_result *r) {
    if (!r) return;
    cx_run_summary_free(&r->run);
    free(r->outcome);
    free(r);
}
