/* verb_verify.c - runs a results folder's own config again and compares every field and series
 * bit for bit. */
#include "app/verbs.h"
#include "version.h"
#include "watch/result.h"

#include <math.h>
#include <nettle/sha2.h>
#include <stdlib.h>
#include <string.h>

static const struct cx_option options[] = {
    CX_TAKES("threads", 0, threads, "N", "threads; never changes a result"),
    CX_TAKES("progress", 0, progress, "HOW", "auto, line, plain, json (lines on stderr) or none"),
    {0},
};

const struct cx_usage cx_usage_verify = {
    .words = "DIR",
    .examples = "cicatrix verify outputs/quickstart\n"
                "cicatrix verify outputs/quickstart --threads 1",
    .options = options,
    .least = 1,
    .most = 1,
};

/* Two results, what they share, and how the comparison goes. */
struct pair {
    struct cx_app *app;
    struct cx_result first, again;
    int frames; /* of the first: it may have been stopped earlier */
    json_t *rows;
    int compared, different;
};

/* One thing to compare: two arrays of n numbers each, fed in pieces. */
struct digest {
    struct sha256_ctx first, again;
    double largest; /* difference */
};

static void digest_start(struct digest *d) {
    sha256_init(&d->first);
    sha256_init(&d->again);
    d->largest = 0;
}

/* Ends the digest: the context starts afresh. */
static void hex(struct sha256_ctx *c, char text[65]) {
    uint8_t bytes[SHA256_DIGEST_SIZE];
    sha256_digest(c, sizeof bytes, bytes);
    for (size_t i = 0; i < sizeof bytes; i++) snprintf(text + 2 * i, 3, "%02x", bytes[i]);
}

/* One row: the digest tells whether, the largest difference how much. */
static void conclude(struct pair *p, const char *name, struct digest *d) {
    char first[65], again[65];
    hex(&d->first, first);
    hex(&d->again, again);
    const bool same = strcmp(first, again) == 0;
    p->compared++;
    p->different += !same;
    json_t *row = json_object();
    json_object_set_new(row, "name", cx_json_text(name));
    json_object_set_new(row, "same", json_boolean(same));
    json_object_set_new(row, "sha256", cx_json_text(first));
    json_object_set_new(row, "sha256_again", cx_json_text(again));
    json_object_set_new(row, "largest_difference", cx_json_number(d->largest));
    json_array_append_new(p->rows, row);
    if (p->app->ask.json) return;
    fprintf(p->app->out, "%-28s %.16s  %s", name, first, same ? "same" : "DIFFERENT");
    if (!same) fprintf(p->app->out, ", by up to %.3g", d->largest);
    fprintf(p->app->out, "\n");
}

static void feed(struct digest *d, const float *first, const float *again, size_t n) {
    sha256_update(&d->first, n * sizeof *first, (const uint8_t *)first);
    sha256_update(&d->again, n * sizeof *again, (const uint8_t *)again);
    for (size_t i = 0; i < n; i++) {
        d->largest = fmax(d->largest, fabs((double)first[i] - (double)again[i]));
    }
}

/* A field of all frames; a and b: room for one frame each, [cells] */
static enum cx_status compare_field(struct pair *p, int number, float *a, float *b,
                                    struct cx_error *e) {
    const char *name = p->first.field[number];
    const int *shape = p->first.shape, other = cx_result_find(&p->again, name);
    const size_t cells = (size_t)shape[0] * (size_t)shape[1] * (size_t)shape[2];
    struct digest d;
    digest_start(&d);
    for (int i = 0; i < p->frames; i++) {
        CX_TRY(cx_result_field(&p->first, i, number, a, e));
        CX_TRY(cx_result_field(&p->again, i, other, b, e));
        feed(&d, a, b, cells);
    }
    conclude(p, name, &d);
    return CX_OK;
}

/* Two frames in memory at a time, however many there are. */
static enum cx_status compare_fields(struct pair *p, struct cx_error *e) {
    const int *shape = p->first.shape;
    const size_t cells = (size_t)shape[0] * (size_t)shape[1] * (size_t)shape[2];
    float *a = malloc(cells * sizeof *a), *b = malloc(cells * sizeof *b);
    enum cx_status status = CX_OK;
    if (!a || !b) status = cx_fail(e, CX_INTERNAL, 0, "no memory for two frames");
    for (int i = 0; i < p->first.fields && !status; i++) status = compare_field(p, i, a, b, e);
    free(a);
    free(b);
    return status;
}

/* A list of numbers of both; the rerun of a run that was stopped goes on behind its end. */
struct numbers {
    const char *name;
    const double *first, *again;
    int first_rows, again_rows;
    int columns;
};

static void compare_numbers(struct pair *p, const struct numbers *x) {
    const size_t columns = (size_t)x->columns, mine = columns * (size_t)x->first_rows;
    const int rows = x->first_rows < x->again_rows ? x->first_rows : x->again_rows;
    const size_t shared = columns * (size_t)rows;
    struct digest d;
    digest_start(&d);
    if (mine) sha256_update(&d.first, mine * sizeof(double), (const uint8_t *)x->first);
    if (shared) sha256_update(&d.again, shared * sizeof(double), (const uint8_t *)x->again);
    for (size_t i = 0; i < shared; i++) {
        d.largest = fmax(d.largest, fabs(x->first[i] - x->again[i]));
    }
    conclude(p, x->name, &d);
}

static void compare_series(struct pair *p) {
    const struct cx_result *a = &p->first, *b = &p->again;
    const struct numbers all[] = {
        {"time", a->time_day, b->time_day, a->frames, b->frames, 1},
        {"series", a->frame_series, b->frame_series, a->frames, b->frames, a->series},
        {"history_time", a->history_day, b->history_day, a->history_length, b->history_length, 1},
        {"history", a->history_value, b->history_value, a->history_length, b->history_length,
         a->series},
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) compare_numbers(p, &all[i]);
}

/* Without the same things on the same grid there is nothing to compare number by number. */
static enum cx_status same_shape(const struct pair *p, struct cx_error *e) {
    const struct cx_result *a = &p->first, *b = &p->again;
    const bool grid = memcmp(a->shape, b->shape, sizeof a->shape) == 0;
    bool names = a->fields == b->fields && a->series == b->series;
    for (int i = 0; i < a->fields && names; i++) names = cx_result_find(b, a->field[i]) >= 0;
    if (grid && names) return CX_OK;
    return cx_fail(e, CX_TOLERANCE, CX_E_DIFFER, "the run made again has another %s",
                   grid ? "list of fields or series" : "grid");
}

static enum cx_status compare(struct pair *p, struct cx_error *e) {
    CX_TRY(same_shape(p, e));
    p->frames = p->first.frames < p->again.frames ? p->first.frames : p->again.frames;
    CX_TRY(compare_fields(p, e));
    compare_series(p);
    if (p->different == 0) return CX_OK;
    cx_fail(e, CX_TOLERANCE, CX_E_DIFFER, "%d of %d are not the same bit for bit", p->different,
            p->compared);
    cx_hint(e, "the run was made by version %.60s, this is " CX_VERSION, p->first.version);
    return CX_TOLERANCE;
}

/* The effective config holds every value that the first run used. */
static enum cx_status run_again(struct cx_app *a, const char *dir, const char *scratch,
                                struct cx_error *e) {
    char path[640];
    struct cx_scenario s = {0};
    struct cx_run_summary made = {0};
    struct cx_meter meter = {.app = a};
    snprintf(path, sizeof path, "%.600s/config.yml", dir);
    CX_TRY(cx_app_load(a, path, &s, e));
    const struct cx_run_options o = {.folder = scratch,
                                     .progress = cx_meter_see,
                                     .user = &meter,
                                     .stop = cx_signals_run(),
                                     .report_command = a->command};
    const enum cx_status status = cx_run(&s, &o, &made, e);
    cx_meter_end(&meter);
    cx_run_summary_free(&made);
    cx_scenario_free(&s);
    return status;
}

static enum cx_status open_both(struct pair *p, const char *dir, const char *scratch,
                                struct cx_error *e) {
    char path[640];
    snprintf(path, sizeof path, "%.600s/run.nc", scratch);
    CX_TRY(run_again(p->app, dir, scratch, e));
    CX_TRY(cx_result_open(path, &p->again, e));
    return compare(p, e);
}

static enum cx_status answer(struct pair *p, enum cx_status status, struct cx_error *e) {
    struct cx_app *a = p->app;
    if (a->ask.json && !a->answered && (!status || status == CX_TOLERANCE)) {
        json_t *object = cx_json_answer();
        json_object_set(object, "rows", p->rows);
        json_object_set_new(object, "same", json_boolean(!status));
        json_object_set_new(object, "frames", json_integer(p->frames));
        if (status) json_object_set_new(object, "error", cx_json_error(e));
        struct cx_error lost = {0};
        const enum cx_status told = cx_app_answer(a, object, &lost);
        if (told && !status) *e = lost;
        if (!status) status = told;
    }
    cx_app_flush(a);
    if (!status) cx_app_say(a, "all %d are the same bit for bit", p->compared);
    return status;
}

/* The folder is only read; the second run lives in a scratch folder that is removed. */
enum cx_status cx_verb_verify(struct cx_app *a, struct cx_error *e) {
    const char *dir = a->ask.words.at[0];
    char path[640], scratch[512], folder[560];
    struct pair p = {.app = a};
    CX_TRY(cx_meter_check(a, e));
    snprintf(path, sizeof path, "%.600s/run.nc", dir);
    CX_TRY(cx_result_open(path, &p.first, e));
    p.rows = json_array();
    enum cx_status status = cx_place_scratch(scratch, e);
    if (!status) {
        snprintf(folder, sizeof folder, "%s/run", scratch);
        status = open_both(&p, dir, folder, e);
        cx_result_close(&p.again);
        cx_place_remove(folder);
        cx_place_remove(scratch);
    }
    cx_result_close(&p.first);
    status = answer(&p, status, e);
    json_decref(p.rows);
    return status;
}
