/* progress.c - how far a run is: one redrawn line on a terminal, a plain line now and then in a
 * log, JSON for machines. */
#include "app/app.h"
#include "base/text.h"

#include <string.h>

enum { PLAIN_EVERY = 30 }; /* s */

/* auto: a line where it can be redrawn, otherwise lines that a log can hold. */
static const char *meter_mode(const struct cx_app *a) {
    if (a->ask.quiet) return "none";
    const char *asked = a->ask.progress ? a->ask.progress : "auto";
    if (strcmp(asked, "auto") != 0) return asked;
    return a->redraws ? "line" : "plain";
}

enum cx_status cx_meter_check(const struct cx_app *a, struct cx_error *e) {
    const char *const known[] = {"auto", "line", "plain", "json", "none"};
    if (!a->ask.progress) return CX_OK;
    struct cx_nearest n = {.wanted = a->ask.progress};
    for (int i = 0; i < 5; i++) {
        if (strcmp(known[i], a->ask.progress) == 0) return CX_OK;
        cx_nearest_offer(&n, known[i]);
    }
    const char *near = cx_nearest_name(&n);
    cx_fail(e, CX_USAGE, CX_E_VALUE, "--progress cannot be '%s'", a->ask.progress);
    cx_hint(e, "%s%s", near ? "did you mean " : "use auto, line, plain, json or none",
            near ? near : "");
    return CX_USAGE;
}

/* "day 12.3 of 84   14 %   2.1e+07 cell-steps/s   3 min 20 s left" */
static void meter_text(const struct cx_progress *p, char *text, size_t room) {
    char left[32];
    cx_text_seconds(p->eta_seconds, left);
    snprintf(text, room, "%s%sday %.4g of %.4g  %3.0f %%  %.2g cell-steps/s  %s left",
             p->part ? p->part : "", p->part ? ": " : "", p->day, p->end_day, 100 * p->fraction,
             p->cell_steps_per_second, left);
}

/* One object a line, flushed, so that a reader sees each at once. */
static void meter_json(const struct cx_app *a, const struct cx_progress *p) {
    json_t *row = cx_json_answer();
    json_object_set_new(row, "day", cx_json_number(p->day));
    json_object_set_new(row, "end_day", cx_json_number(p->end_day));
    json_object_set_new(row, "fraction", cx_json_number(p->fraction));
    json_object_set_new(row, "step", json_integer(p->step));
    json_object_set_new(row, "rejected", json_integer(p->rejected));
    json_object_set_new(row, "step_h", cx_json_number(p->step_h));
    json_object_set_new(row, "seconds", cx_json_number(p->seconds));
    json_object_set_new(row, "eta_seconds", cx_json_number(p->eta_seconds));
    json_object_set_new(row, "cell_steps_per_second", cx_json_number(p->cell_steps_per_second));
    json_object_set_new(row, "last", json_boolean(p->last));
    if (p->part) json_object_set_new(row, "part", cx_json_text(p->part));
    json_dumpf(row, a->talk, JSON_COMPACT | JSON_REAL_PRECISION(9));
    fputc('\n', a->talk);
    fflush(a->talk);
    json_decref(row);
}

void cx_meter_see(const struct cx_progress *p, void *user) {
    struct cx_meter *m = user;
    const char *mode = meter_mode(m->app);
    if (p->part != m->part) cx_meter_end(m);
    if (p->part != m->part) m->shown = 0;
    m->part = p->part;
    char text[160];
    meter_text(p, text, sizeof text);
    if (strcmp(mode, "json") == 0) {
        meter_json(m->app, p);
    } else if (strcmp(mode, "line") == 0) {
        fprintf(m->app->talk, "\r%s\033[K", text);
        fflush(m->app->talk);
        m->open = true;
    } else if (strcmp(mode, "plain") == 0 && p->seconds >= m->shown + PLAIN_EVERY) {
        fprintf(m->app->talk, "%s\n", text);
        fflush(m->app->talk);
        m->shown = p->seconds;
    }
}

void cx_meter_end(struct cx_meter *m) {
    if (m->open) fputc('\n', m->app->talk);
    m->open = false;
}
