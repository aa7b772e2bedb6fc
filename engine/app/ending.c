/* ending.c - what a finished, stopped or failed run says: outcomes, the report, the next
 * command. */
#include "app/app.h"
#include "report/report.h"

#include <math.h>
#include <string.h>

static const char *ending_word(enum cx_status status) {
    switch (status) {
    case CX_OK: return "done";
    case CX_STOPPED: return "stopped";
    case CX_INTERRUPTED: return "interrupted";
    default: return "failed";
    }
}

/* Behind the value, in its unit. */
static void print_errors(const struct cx_app *a, const struct cx_outcome *o) {
    const double error[] = {o->time_error, o->grid_error};
    const char *const name[] = {"time", "grid"};
    for (int i = 0; i < 2; i++)
        if (isfinite(error[i])) fprintf(a->out, "  \u00b1%.2g %s", error[i], name[i]);
}

/* Behind the value: what the draws of a calibration say. */
static void print_interval(const struct cx_app *a, const json_t *intervals, const char *name) {
    const json_t *at = json_object_get(intervals, name), *low = json_object_get(at, "low"),
                 *high = json_object_get(at, "high");
    if (json_is_number(low) && json_is_number(high))
        fprintf(a->out, "  %g %%: %.4g to %.4g",
                100 * json_number_value(json_object_get(at, "level")), json_number_value(low),
                json_number_value(high));
}

/* A value that is not finite stands for something that never happened within the simulated time. */
static void print_outcomes(const struct cx_app *a, const struct cx_ending *end) {
    const struct cx_run_summary *r = end->summary;
    int widest = 0;
    for (int i = 0; i < r->outcome_count; i++) {
        const int width = (int)strlen(r->outcome[i].name);
        if (width > widest) widest = width;
    }
    for (int i = 0; i < r->outcome_count; i++) {
        const struct cx_outcome *o = &r->outcome[i];
        const char *unit = strcmp(o->unit, "1") == 0 ? "" : o->unit;
        if (isfinite(o->value)) {
            fprintf(a->out, "%-*s  %10.4g %s", widest, o->name, o->value, unit);
        } else {
            fprintf(a->out, "%-*s  %10s", widest, o->name, "never");
        }
        if (r->certified) print_errors(a, o);
        print_interval(a, end->intervals, o->name);
        fputc('\n', a->out);
    }
}

/* The same object as in outcomes.json. */
static json_t *outcomes_json(const struct cx_ending *end) {
    const struct cx_run_summary *r = end->summary;
    json_t *all = json_object();
    for (int i = 0; i < r->outcome_count; i++) {
        const struct cx_outcome *o = &r->outcome[i];
        json_t *row = json_object();
        json_object_set_new(row, "value", cx_json_number(o->value));
        json_object_set_new(row, "unit", cx_json_text(o->unit));
        json_object_set_new(row, "definition", cx_json_text(o->definition));
        json_object_set_new(row, "evidence", cx_json_text(o->evidence));
        if (r->certified)
            json_object_set_new(row, "error",
                                json_pack("{s:o, s:o}", "time", cx_json_number(o->time_error),
                                          "grid", cx_json_number(o->grid_error)));
        json_t *interval = json_object_get(end->intervals, o->name);
        if (interval) json_object_set(row, "interval", interval);
        json_object_set_new(all, o->name, row);
    }
    return all;
}

/* Also for a run that was stopped: then the outcomes are those so far. */
static json_t *ending_json(const struct cx_ending *end) {
    const struct cx_run_summary *r = end->summary;
    json_t *answer = cx_json_answer();
    json_object_set_new(answer, "status", cx_json_text(ending_word(end->status)));
    json_object_set_new(answer, "folder", cx_json_text(end->folder));
    json_object_set_new(answer, "digest", cx_json_text(r->digest));
    json_object_set_new(answer, "end_day", cx_json_number(r->end_day));
    json_object_set_new(answer, "frames", json_integer(r->frames));
    json_object_set_new(answer, "steps", json_integer(r->steps));
    json_object_set_new(answer, "rejected", json_integer(r->rejected));
    json_object_set_new(answer, "clipped", json_integer(r->clipped));
    json_object_set_new(answer, "clipped_share", cx_json_number(r->clipped_share));
    json_object_set_new(answer, "seconds", cx_json_number(r->seconds));
    json_object_set_new(answer, "outcomes", outcomes_json(end));
    return answer;
}

static void talk(const struct cx_app *a, const struct cx_ending *end) {
    const struct cx_run_summary *r = end->summary;
    char time[32];
    cx_text_seconds(r->seconds, time);
    if (end->status == CX_OK) {
        cx_app_say(a, "day %.4g after %s, %lld steps; results in %s", r->end_day, time,
                   (long long)r->steps, end->folder);
        cx_app_detail(a, "%lld rejected steps, %lld values set to 0 (at most %.2g of a field)",
                      (long long)r->rejected, (long long)r->clipped, r->clipped_share);
        cx_app_detail(a, "digest %s", r->digest);
    } else if (r->part) {
        cx_app_say(a, "%s in the repeat for the %s; the run itself is whole, in %s",
                   ending_word(end->status), r->part, end->folder);
    } else {
        cx_app_say(a, "%s at day %.4g with a checkpoint in %s", ending_word(end->status),
                   r->end_day, end->folder);
    }
}

/* The page is made of whatever frames there are; the run itself stays what it is if the page
 * cannot be written. */
static enum cx_status write_report(const struct cx_ending *end, json_t *answer,
                                   struct cx_error *e) {
    char path[600];
    snprintf(path, sizeof path, "%.500s/report.html", end->folder);
    CX_TRY(cx_report_write(end->folder, NULL, e));
    json_object_set_new(answer, "report", cx_json_text(path));
    return CX_OK;
}

/* A run that got as far as --until asked has done all of it; one that a signal stopped has not. */
static enum cx_status left_with(const struct cx_ending *end) {
    const double reached = end->summary->end_day * 24;
    return !end->summary->part && end->until_h > 0 && reached >= end->until_h * (1 - 1e-12)
               ? CX_OK
               : end->status;
}

static void name_next(const struct cx_app *a, const struct cx_ending *end, enum cx_status status,
                      json_t *answer) {
    if (end->status != CX_OK) {
        cx_app_next(a, answer, "cicatrix resume %s", end->folder);
    } else if (status == CX_OK) {
        cx_app_next(a, answer, "open %s/report.html", end->folder);
    }
}

/* Results go out before the next command is named, so that a log reads in the right order. */
enum cx_status cx_app_ending(struct cx_app *a, const struct cx_ending *end, struct cx_error *e) {
    const bool left = end->status == CX_STOPPED || end->status == CX_INTERRUPTED;
    if (end->status != CX_OK && !left) return end->status;
    if (left) *e = (struct cx_error){0};
    json_t *answer = ending_json(end);
    talk(a, end);
    if (!left && !a->ask.json) print_outcomes(a, end);
    cx_app_flush(a);
    const enum cx_status status = left ? left_with(end) : write_report(end, answer, e);
    name_next(a, end, status, answer);
    if (!a->ask.json) {
        json_decref(answer);
        return status;
    }
    if (status && !left) json_object_set_new(answer, "error", cx_json_error(e));
    struct cx_error lost = {0};
    const enum cx_status told = cx_app_answer(a, answer, &lost);
    if (told && !status) *e = lost;
    return status ? status : told;
}
