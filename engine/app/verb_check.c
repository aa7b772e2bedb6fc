/* verb_check.c - all errors of all files, then what each run would cost and what its pattern
 * does; runs nothing. */
#include "app/advice.h"
#include "app/sweep.h"
#include "app/verbs.h"
#include "study/tale.h"

#include <stdlib.h>
#include <string.h>

static const struct cx_option options[] = {
    CX_REPEATS("set", 0, set, "PATH=VALUE", "change one setting or parameter; may be repeated"),
    CX_TAKES("threads", 0, threads, "N", "threads that the estimate is for"),
    {0},
};

const struct cx_usage cx_usage_check = {
    .words = "FILE...",
    .examples = "cicatrix check configs/quickstart.yml\ncicatrix check configs/*.yml\n"
                "cicatrix check configs/stories/*.yml\n"
                "cicatrix check skin.yml --set \"domain.cell=20 um\"",
    .options = options,
    .least = 1,
    .most = 100000,
};

/* One file on its way through. */
struct checked {
    const char *path;
    struct cx_scenario scenario;
    bool is_study, is_tale;
    struct cx_sweep sweep; /* of a study */
    struct cx_forecast forecast;
    struct cx_tale tale; /* of a story */
    double tale_seconds;
    enum cx_status status;
    struct cx_plan plan;
    struct cx_punctures punctures;
    struct cx_advice advice[CX_ADVICE_MAX];
    int advices;
};

static int claims_of(const struct cx_tale *t) {
    int n = 0;
    for (int i = 0; i < t->steps; i++) n += t->step[i].claims;
    return n;
}

static void print_tale(const struct cx_app *a, const struct checked *c) {
    char time[32];
    cx_text_seconds(c->tale_seconds, time);
    fprintf(a->out, "%s: no errors\n", c->path);
    fprintf(a->out, "  story      %d steps, %d claims, which the runs will judge\n", c->tale.steps,
            claims_of(&c->tale));
    fprintf(a->out, "  runs       %d\n  run time   about %s in all\n", c->tale.variants, time);
}

static json_t *tale_json(const struct checked *c) {
    return json_pack("{s:i, s:i, s:i, s:o}", "steps", c->tale.steps, "claims", claims_of(&c->tale),
                     "runs", c->tale.variants, "seconds", cx_json_number(c->tale_seconds));
}

/* The cost card: every number of the plan, then what the design rules say. */
static void print_card(const struct cx_app *a, const struct checked *c) {
    const struct cx_plan *p = &c->plan;
    char memory[24], disk[24], time[32];
    if (c->is_study || c->is_tale) {
        if (c->is_study)
            cx_sweep_print_forecast(a, &c->sweep.study, &c->forecast);
        else
            print_tale(a, c);
        return;
    }
    cx_text_bytes((double)p->memory_bytes, memory);
    cx_text_bytes((double)p->disk_bytes, disk);
    cx_text_seconds(p->seconds, time);
    fprintf(a->out, "%s: no errors\n", c->path);
    fprintf(a->out, "  cells      %lld (%d x %d x %d)\n", (long long)p->cells, p->shape[0],
            p->shape[1], p->shape[2]);
    fprintf(a->out, "  fields     %d, %d of them move\n", p->species, p->moving);
    fprintf(a->out, "  time       %.4g days, %d sessions, %d pictures\n", p->days, p->sessions,
            p->frames);
    fprintf(a->out, "  steps      about %.0f\n", p->steps);
    fprintf(a->out, "  memory     %s\n  disk       %s\n", memory, disk);
    fprintf(a->out, "  run time   about %s on %d threads of this machine\n", time, p->threads);
    for (int i = 0; i < c->advices; i++) {
        fprintf(a->out, "  advice     %s; %s\n", c->advice[i].text, c->advice[i].hint);
    }
}

/* Plain numbers in bytes and seconds. */
static json_t *plan_json(const struct cx_plan *p) {
    json_t *row = json_object(), *shape = json_array();
    for (int i = 0; i < 3; i++) json_array_append_new(shape, json_integer(p->shape[i]));
    json_object_set_new(row, "shape", shape);
    json_object_set_new(row, "cells", json_integer(p->cells));
    json_object_set_new(row, "fields", json_integer(p->species));
    json_object_set_new(row, "moving", json_integer(p->moving));
    json_object_set_new(row, "days", cx_json_number(p->days));
    json_object_set_new(row, "sessions", json_integer(p->sessions));
    json_object_set_new(row, "frames", json_integer(p->frames));
    json_object_set_new(row, "steps", cx_json_number(p->steps));
    json_object_set_new(row, "memory_bytes", json_integer(p->memory_bytes));
    json_object_set_new(row, "disk_bytes", json_integer(p->disk_bytes));
    json_object_set_new(row, "seconds", cx_json_number(p->seconds));
    json_object_set_new(row, "threads", json_integer(p->threads));
    return row;
}

/* A file that is not valid has no plan. */
static json_t *card_json(const struct checked *c) {
    json_t *row = json_object(), *advice = json_array();
    json_object_set_new(row, "file", cx_json_text(c->path));
    json_object_set_new(row, "valid", json_boolean(!c->status));
    if (c->status) {
        json_decref(advice);
        return row;
    }
    if (c->is_study || c->is_tale) {
        json_decref(advice);
        json_object_set_new(row, c->is_study ? "study" : "story",
                            c->is_study ? cx_sweep_forecast_json(&c->sweep.study, &c->forecast)
                                        : tale_json(c));
        return row;
    }
    for (int i = 0; i < c->advices; i++) {
        json_t *each = json_object();
        json_object_set_new(each, "rule", cx_json_text(c->advice[i].rule));
        json_object_set_new(each, "text", cx_json_text(c->advice[i].text));
        json_object_set_new(each, "hint", cx_json_text(c->advice[i].hint));
        json_array_append_new(advice, each);
    }
    json_object_set_new(row, "plan", plan_json(&c->plan));
    json_object_set_new(row, "advice", advice);
    return row;
}

static enum cx_status estimate_tale(struct checked *c, struct cx_error *e) {
    for (int i = 0; i < c->tale.variants; i++) {
        CX_TRY(cx_plan_make(&c->tale.variant[i].scenario, true, &c->plan, e));
        c->tale_seconds += c->plan.seconds;
    }
    return CX_OK;
}

/* What is over the limits or cannot be laid is one more error of the file. */
static enum cx_status estimate(struct checked *c, struct cx_error *e) {
    struct cx_sweep *w = &c->sweep;
    if (c->is_tale) return estimate_tale(c, e);
    if (c->is_study) {
        CX_TRY(cx_design_make(&w->study, &w->design, e));
        CX_TRY(cx_study_forecast(&w->study, &w->design, &w->options, &c->forecast, e));
        if (c->forecast.invalid < c->forecast.points) return CX_OK;
        return cx_fail(e, CX_CONFIG, 106, "no point of the study is a valid scenario: %.200s",
                       c->forecast.why);
    }
    CX_TRY(cx_plan_make(&c->scenario, true, &c->plan, e));
    if (c->scenario.treatment.sessions.n == 0) return CX_OK;
    CX_TRY(cx_app_punctures(&c->scenario, 0, &c->punctures, e));
    c->advices = cx_advice_make(&c->scenario, &c->punctures.metrics, c->advice);
    cx_app_punctures_free(&c->punctures);
    return CX_OK;
}

/* With several files the exit code is that of a wrong config, if there is one. */
static enum cx_status worse(enum cx_status a, enum cx_status b) {
    return a == CX_OK || b == CX_CONFIG ? (b ? b : a) : a;
}

/* Loads all files first, so that all findings come together. */
static enum cx_status load_all(struct cx_app *a, struct checked *all, const struct cx_typed *o,
                               struct cx_findings *found) {
    const struct cx_model_list models = cx_models();
    const struct cx_overrides given = {o->at, o->n};
    enum cx_status status = CX_OK;
    for (int i = 0; i < a->ask.words.n; i++) {
        struct checked *c = &all[i];
        c->path = a->ask.words.at[i];
        c->is_study = cx_study_is(c->path);
        c->is_tale = cx_tale_is(c->path);
        if (c->is_tale)
            c->status = cx_tale_load(c->path, &given, &models, &c->tale, found);
        else if (c->is_study)
            c->status = cx_study_load(c->path, &given, &models, &c->sweep.study, found);
        else
            c->status = cx_config_load(c->path, &given, &models, &c->scenario, found);
        status = worse(status, c->status);
    }
    return status;
}

/* Good files get their card even if others are wrong. */
static enum cx_status cards(struct cx_app *a, struct checked *all, json_t *findings,
                            json_t *files) {
    enum cx_status status = CX_OK;
    for (int i = 0; i < a->ask.words.n; i++) {
        struct cx_error e = {0};
        if (all[i].status == CX_OK) {
            all[i].status = estimate(&all[i], &e);
            if (all[i].status && !e.file[0]) snprintf(e.file, sizeof e.file, "%.255s", all[i].path);
            if (all[i].status) json_array_append_new(findings, cx_json_error(&e));
            if (all[i].status && !a->ask.json) cx_app_error(a, &e);
            if (!all[i].status && !a->ask.json) print_card(a, &all[i]);
            status = worse(status, all[i].status);
        }
        json_array_append_new(files, card_json(&all[i]));
    }
    return status;
}

static enum cx_status check_all(struct cx_app *a, struct checked *all, const struct cx_typed *o,
                                struct cx_error *e) {
    struct cx_findings found = {0};
    enum cx_status status = load_all(a, all, o, &found);
    json_t *answer = cx_json_answer(), *files = json_array();
    json_t *findings = cx_json_findings(&found);
    if (!a->ask.json) cx_findings_print(&found, a->talk, a->paint);
    cx_findings_free(&found);
    status = worse(status, cards(a, all, findings, files));
    json_object_set_new(answer, "findings", findings);
    json_object_set_new(answer, "files", files);
    cx_app_flush(a);
    if (!status)
        cx_app_next(a, answer, "cicatrix %s %s",
                    all[0].is_study  ? "sweep run"
                    : all[0].is_tale ? "story"
                                     : "run",
                    all[0].path);
    if (!a->ask.json) {
        json_decref(answer);
        return status;
    }
    const enum cx_status told = cx_app_answer(a, answer, e);
    return status ? status : told;
}

enum cx_status cx_verb_check(struct cx_app *a, struct cx_error *e) {
    struct cx_typed o;
    CX_TRY(cx_typed_read(&a->ask, &o, e));
    struct checked *all = calloc((size_t)a->ask.words.n, sizeof *all);
    enum cx_status status = cx_fail(e, CX_INTERNAL, 0, "no memory for the scenarios");
    if (all) {
        *e = (struct cx_error){0};
        status = check_all(a, all, &o, e);
        for (int i = 0; i < a->ask.words.n; i++) {
            cx_scenario_free(&all[i].scenario);
            cx_sweep_close(&all[i].sweep);
            cx_tale_free(&all[i].tale);
        }
    }
    free(all);
    cx_typed_free(&o);
    return status;
}
