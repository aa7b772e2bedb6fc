/* verb_export.c - results for other programs, from the files of a run only, also while it goes on. */
#include "app/listing.h"
#include "app/verbs.h"
#include "base/text.h"
#include "report/export.h"
#include "report/plot.h"
#include "wound/pattern.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const struct cx_option options[] = {
    CX_TAKES("to", 0, output, "FILE",
             "fields .csv .vtr .pvd .npy; needles .csv .json .svg .dxf; others .csv .json"),
    CX_TAKES("output", 'o', output, "FILE", "the same"),
    CX_TAKES("field", 0, field, "NAMES", "one, several with commas, or all (default: all)"),
    CX_TAKES("time", 0, at, "TIMES", "\"7 day\", \"0 day, 7 day\", all or last (default: all)"),
    CX_TAKES("section", 0, plane, "PLACE", "only the cells in \"y = 0.5 mm\" or \"x = 0.5 mm\""),
    CX_TAKES("depth", 0, depth, "DEPTH", "only the cells at this depth"),
    CX_TAKES("session", 0, session, "N", "of needles: which session, from 1 on (default: 1)"),
    CX_FLAG("list", 0, list, "what there is"),
    {0},
};

const struct cx_usage cx_usage_export = {
    .words = "DIR [fields | series | outcomes | needles] --to FILE | --list DIR",
    .examples =
        "cicatrix export --list outputs/quickstart\n"
        "cicatrix export outputs/quickstart --field collagen_3 --time last --to c3.csv\n"
        "cicatrix export outputs/quickstart --to quickstart.pvd    all times, for ParaView\n"
        "cicatrix export outputs/quickstart --time \"7 day\" --to day7.vtr\n"
        "cicatrix export outputs/quickstart --field il1 --to il1.npy    (time, z, y, x)\n"
        "cicatrix export outputs/quickstart --field il1 --section \"y = 1 mm\" --to cut.csv\n"
        "cicatrix export outputs/quickstart series --to series.json\n"
        "cicatrix export outputs/quickstart outcomes --to outcomes.csv\n"
        "cicatrix export outputs/quickstart needles --to needles.dxf",
    .options = options,
    .least = 1,
    .most = 2,
};

/* What is chosen of a result. */
struct choice {
    struct cx_export x;
    int *field, *frame;
};

/* ---- fields ---------------------------------------------------------------------------------- */

/* The nearest name is most often the one that was meant. */
static enum cx_status no_field(const struct cx_result *r, const char *name, struct cx_error *e) {
    struct cx_nearest near = {.wanted = name};
    for (int f = 0; f < r->fields; f++) cx_nearest_offer(&near, r->field[f]);
    cx_fail(e, CX_USAGE, 140, "the result stores no field '%.60s'", name);
    if (cx_nearest_name(&near))
        cx_hint(e, "did you mean '%s'?", cx_nearest_name(&near));
    else
        cx_hint(e, "cicatrix export --list DIR shows what there is");
    return CX_USAGE;
}

/* "il1, collagen_3"; each field once, in the order asked for. */
static enum cx_status choose_fields(struct choice *c, const char *names, struct cx_error *e) {
    const struct cx_result *r = c->x.r;
    const bool all = !names || strcmp(names, "all") == 0;
    for (int f = 0; all && f < r->fields; f++) c->field[c->x.fields++] = f;
    while (!all && *names) {
        char name[64];
        const size_t n = strcspn(names, ", ");
        snprintf(name, sizeof name, "%.*s", (int)n, names);
        names += n;
        names += strspn(names, ", ");
        const int f = cx_result_find(r, name);
        if (f < 0) return no_field(r, name, e);
        bool there = false;
        for (int i = 0; i < c->x.fields; i++) there |= c->field[i] == f;
        if (!there) c->field[c->x.fields++] = f;
    }
    if (c->x.fields) return CX_OK;
    return cx_fail(e, CX_USAGE, 140, "the result stores no fields");
}

/* Stored times only: values between them would be nobody's result. */
static enum cx_status find_frame(const struct cx_result *r, double day, int *frame,
                                 struct cx_error *e) {
    int best = 0;
    for (int f = 1; f < r->frames; f++)
        if (fabs(r->time_day[f] - day) < fabs(r->time_day[best] - day)) best = f;
    *frame = best;
    if (fabs(r->time_day[best] - day) <= 1e-6 * fmax(1, fabs(day))) return CX_OK;
    cx_fail(e, CX_USAGE, 140, "day %.6g was not stored; the nearest is day %.6g", day,
            r->time_day[best]);
    cx_hint(e, "cicatrix export --list DIR shows the stored times; output.at sets them");
    return CX_USAGE;
}

/* all, last, or times as --at of plot takes them; each stored time once, ascending. */
static enum cx_status choose_times(struct choice *c, const char *text, struct cx_error *e) {
    const struct cx_result *r = c->x.r;
    double day[64];
    int n = 0;
    if (!r->frames) return cx_fail(e, CX_USAGE, 140, "the result stores no time yet");
    if (!text || strcmp(text, "all") == 0) {
        for (int f = 0; f < r->frames; f++) c->frame[c->x.frames++] = f;
    } else if (strcmp(text, "last") == 0) {
        c->frame[c->x.frames++] = r->frames - 1;
    } else {
        CX_TRY(cx_option_days(text, 64, day, &n, e));
    }
    for (int i = 0; i < n; i++) {
        int f = 0;
        CX_TRY(find_frame(r, day[i], &f, e));
        if (!c->x.frames || c->frame[c->x.frames - 1] < f) c->frame[c->x.frames++] = f;
    }
    return CX_OK;
}

/* The cells of one plane along one axis. */
static enum cx_status cut(struct choice *c, int axis, double um, struct cx_error *e) {
    static const char *const names[] = {"x", "y", "z"};
    const double *edge = c->x.r->edge[axis];
    const int n = c->x.r->shape[axis];
    int cell = 0;
    while (cell < n - 1 && um > edge[cell + 1]) cell++;
    c->x.from[axis] = cell;
    c->x.to[axis] = cell + 1;
    if (um >= edge[0] && um <= edge[n]) return CX_OK;
    return cx_fail(e, CX_USAGE, 140,
                   "%s = %.4g um is outside the block, which goes from %.4g to %.4g", names[axis],
                   um, edge[0], edge[n]);
}

/* The whole block unless a plane or a depth is asked for; both together leave a line. */
static enum cx_status choose_cells(const struct cx_app *a, struct choice *c, struct cx_error *e) {
    struct cx_plot_ask ask = {.plane_um = NAN, .depth_um = NAN};
    CX_TRY(cx_option_place(a, &ask, e));
    for (int d = 0; d < 3; d++) c->x.to[d] = c->x.r->shape[d];
    if (!isnan(ask.plane_um)) CX_TRY(cut(c, ask.along_y ? CX_X : CX_Y, ask.plane_um, e));
    return isnan(ask.depth_um) ? CX_OK : cut(c, CX_Z, -ask.depth_um, e);
}

/* Everything is chosen and checked before the first byte is written. */
static enum cx_status export_fields(struct cx_app *a, const struct cx_result *r,
                                    struct cx_error *e) {
    struct choice c = {.x = {.r = r, .path = a->ask.output}};
    const size_t frames = (size_t)r->frames + 64;
    c.x.field = c.field = calloc((size_t)r->fields + 1, sizeof *c.field);
    c.x.frame = c.frame = calloc(frames, sizeof *c.frame);
    if (!c.field || !c.frame) {
        free(c.field);
        free(c.frame);
        return cx_fail(e, CX_STORAGE, 61, "no memory to choose from %d fields", r->fields);
    }
    enum cx_status status = choose_fields(&c, a->ask.field, e);
    if (!status) status = choose_times(&c, a->ask.at, e);
    if (!status) status = choose_cells(a, &c, e);
    if (!status) status = cx_export_fields(&c.x, e);
    if (!status)
        cx_app_detail(a, "%d fields, %d times, %zu cells", c.x.fields, c.x.frames,
                      cx_export_cells(&c.x));
    free(c.field);
    free(c.frame);
    return status;
}

/* ---- the rest -------------------------------------------------------------------------------- */

/* The fine history that was sampled as the run went on, not only the stored times. */
static enum cx_status export_series(struct cx_app *a, const struct cx_result *r,
                                    struct cx_error *e) {
    int series = -1;
    const char *name = a->ask.field;
    if (name && strcmp(name, "all") != 0) {
        series = cx_result_find_series(r, name);
        if (series < 0) return cx_fail(e, CX_USAGE, 140, "the result has no series '%.60s'", name);
    }
    return cx_export_series(r, series, a->ask.output, e);
}

/* From outcomes.json: a run that is still going on has none. */
static enum cx_status export_outcomes(struct cx_app *a, const struct cx_result *r,
                                      struct cx_error *e) {
    char path[1024];
    struct cx_outcomes o = {0};
    (void)r;
    snprintf(path, sizeof path, "%.1000s/outcomes.json", a->ask.words.at[0]);
    CX_TRY(cx_outcomes_read(path, &o, e));
    const enum cx_status status = cx_export_outcomes(&o, a->ask.output, e);
    cx_outcomes_free(&o);
    return status;
}

/* The needles of one session as they went in. */
static enum cx_status export_needles(struct cx_app *a, const struct cx_result *r,
                                     struct cx_error *e) {
    const double rad = acos(-1.0) / 180;
    int session = 1;
    struct cx_needles list = {.at = calloc((size_t)r->needles + 1, sizeof *list.at)};
    if (!list.at) return cx_fail(e, CX_STORAGE, 61, "no memory for %d needles", r->needles);
    enum cx_status status = CX_OK;
    if (a->ask.session) status = cx_option_count("session", a->ask.session, &session, e);
    for (int i = 0; i < r->needles; i++) {
        const struct cx_needle_record *w = &r->needle[i];
        if (w->session != session - 1) continue;
        list.at[list.n++] = (struct cx_needle){.x = w->x_um,
                                               .y = w->y_um,
                                               .depth = w->depth_um,
                                               .diameter = w->diameter_um,
                                               .tilt = w->tilt_degree * rad};
    }
    if (!status && !list.n)
        status = cx_fail(e, CX_USAGE, 140, "the run has no needles in session %d", session);
    if (!status) status = cx_list_write(a, &list, a->ask.output, e);
    free(list.at);
    return status;
}

/* For people as text, for programs as one object: these have all series by name. */
static enum cx_status list(struct cx_app *a, const struct cx_result *r, struct cx_error *e) {
    const struct cx_listing fields = cx_listing_fields(r, "fields:\n"),
                            series = cx_listing_series(r, NULL), days = cx_listing_days(r);
    const int *n = r->shape;
    json_t *answer = cx_json_answer();
    json_object_set_new(answer, "shape", json_pack("[i, i, i]", n[0], n[1], n[2]));
    if (!a->ask.json) fprintf(a->out, "cells: %d x %d x %d, %s\n", n[0], n[1], n[2], r->geometry);
    cx_app_list(a, answer, &fields);
    cx_app_list(a, answer, &series);
    cx_app_list(a, answer, &days);
    json_object_set_new(answer, "needles", json_integer(r->needles));
    if (!a->ask.json)
        fprintf(a->out, "series: %d, of %d rows\nneedles: %d\n", r->series, r->history_length,
                r->needles);
    return cx_app_close(a, answer, e);
}

/* ---- the verb -------------------------------------------------------------------------------- */

typedef enum cx_status part(struct cx_app *a, const struct cx_result *r, struct cx_error *e);
static const struct {
    const char *word;
    part *act;
} parts[] = {
    {"fields", export_fields},
    {"series", export_series},
    {"outcomes", export_outcomes},
    {"needles", export_needles},
};
enum { PARTS = sizeof parts / sizeof *parts };

/* Fields are what most people come for, so the word may be left out. */
static enum cx_status choose_part(const struct cx_app *a, part **act, struct cx_error *e) {
    const char *word = a->ask.words.n > 1 ? a->ask.words.at[1] : "fields";
    struct cx_nearest near = {.wanted = word};
    for (int i = 0; i < PARTS; i++) {
        *act = parts[i].act;
        if (strcmp(parts[i].word, word) == 0) return CX_OK;
        cx_nearest_offer(&near, parts[i].word);
    }
    cx_fail(e, CX_USAGE, CX_E_VALUE, "a result has no '%.60s' to export", word);
    cx_hint(e, "%s%s", cx_nearest_name(&near) ? "did you mean " : "see cicatrix help export",
            cx_nearest_name(&near) ? cx_nearest_name(&near) : "");
    return CX_USAGE;
}

/* The name of the file is the result of this verb. */
static enum cx_status tell(struct cx_app *a, struct cx_error *e) {
    json_t *answer = cx_json_answer();
    cx_app_file(a, answer, "file", a->ask.output);
    return cx_app_close(a, answer, e);
}

enum cx_status cx_verb_export(struct cx_app *a, struct cx_error *e) {
    struct cx_result r;
    part *act = NULL;
    char path[1024];
    if (!a->ask.list) CX_TRY(choose_part(a, &act, e));
    if (!a->ask.list && !a->ask.output) {
        cx_fail(e, CX_USAGE, CX_E_VALUE, "where to? --to is missing");
        cx_hint(e, "--to FILE.csv, .vtr, .pvd or .npy; `cicatrix help export` shows examples");
        return CX_USAGE;
    }
    snprintf(path, sizeof path, "%.1000s/run.nc", a->ask.words.at[0]);
    CX_TRY(cx_result_open(path, &r, e));
    const enum cx_status status = a->ask.list ? list(a, &r, e) : act(a, &r, e);
    cx_result_close(&r);
    return status || a->ask.list ? status : tell(a, e);
}
