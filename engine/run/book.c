/* book.c - see book.h */
#include "run/book.h"

#include "base/clock.h"
#include "base/file.h"
#include "config/table.h"
#include "run/certify.h"
#include "run/engine.h"
#include "version.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const char *const map_names[] = {"corneum",   "epidermis",  "papillary",
                                        "reticular", "hypodermis", "lesion"};
enum { MAPS = sizeof map_names / sizeof *map_names };

static const struct cx_model *model_of(const struct cx_book *b) { return b->scenario->model; }
static bool has_pages(const struct cx_book *b) { return b->files == CX_FILES_ALL; }

/* ---- names of what is stored ---------------------------------------------------------------------- */

static int species_named(const struct cx_model *m, const char *name) {
    for (int q = 0; q < m->species_count; q++)
        if (strcmp(m->species[q].name, name) == 0) return q;
    return -1;
}

static void choose_fields(struct cx_book *b) {
    const struct cx_model *m = model_of(b);
    const struct cx_names *asked = &b->scenario->output.fields;
    const int n = asked->n ? asked->n : m->species_count;
    for (int i = 0; i < n; i++) {
        const int q = asked->n ? species_named(m, asked->at[i]) : i;
        if (q < 0) continue;
        b->species[b->head.field_count] = q;
        b->name[b->head.field_count++] =
            (struct cx_named){m->species[q].name, m->species[q].unit, m->species[q].doc};
    }
}

static void name_series(struct cx_book *b) {
    const struct cx_model *m = model_of(b);
    struct cx_named *series = b->name + b->head.field_count, *maps = series + m->series_count;
    for (int i = 0; i < m->series_count; i++)
        series[i] = (struct cx_named){m->series[i].name, m->series[i].unit, m->series[i].doc};
    for (int i = 0; i < MAPS; i++)
        maps[i] = (struct cx_named){map_names[i], "1", "share of the cell"};
    b->head.fields = b->name;
    b->head.series = series;
    b->head.series_count = m->series_count;
    b->head.statics = maps;
    b->head.static_count = b->scenario->domain.layout == CX_UNIFORM ? 0 : MAPS;
    b->head.static_data = (const double *const *)b->map;
}

static enum cx_status give_room(struct cx_book *b, struct cx_error *e) {
    const size_t cells = b->sim->assembly.grid.cells;
    const struct cx_model *m = model_of(b);
    b->name = calloc((size_t)(m->species_count + m->series_count) + MAPS, sizeof *b->name);
    b->species = calloc((size_t)m->species_count, sizeof *b->species);
    b->map = calloc(MAPS, sizeof *b->map);
    if (!b->name || !b->species || !b->map)
        return cx_fail(e, CX_STORAGE, 61, "no memory for the results");
    for (int i = 0; i < MAPS; i++) {
        b->map[i] = calloc(cells, sizeof(double));
        if (!b->map[i]) return cx_fail(e, CX_STORAGE, 61, "no memory for the maps");
        cx_skin_map(b->scenario, &b->sim->assembly.grid, map_names[i], b->map[i]);
    }
    return CX_OK;
}

static enum cx_status prepare(struct cx_book *b, const struct cx_run_options *o, struct cx_sim *sim,
                              struct cx_error *e) {
    *b = (struct cx_book){
        .scenario = sim->scenario, .sim = sim, .files = o->files, .kept_at = cx_clock_seconds()};
    snprintf(b->folder, sizeof b->folder, "%s", o->folder);
    snprintf(b->nc, sizeof b->nc, "%s/run.nc", o->folder);
    cx_config_digest(sim->scenario, CX_VERSION, b->digest);
    CX_TRY(give_room(b, e));
    choose_fields(b);
    name_series(b);
    b->head.grid = &sim->assembly.grid;
    b->head.geometry = cx_choice_word(cx_geometries, sim->scenario->domain.geometry);
    b->head.title = sim->scenario->root.title;
    snprintf(b->history, sizeof b->history, "%s",
             o->report_command ? o->report_command : "cicatrix run");
    b->head.history = b->history;
    b->head.references = sim->scenario->model->cite;
    b->head.version = CX_VERSION;
    b->head.commit = cx_engine_commit();
    b->head.model = sim->scenario->model->name;
    b->head.digest = b->digest;
    b->head.mantissa_bits = (int)sim->scenario->output.precision;
    return CX_OK;
}

void cx_book_close(struct cx_book *b) {
    (void)cx_result_writer_close(b->writer, NULL); /* open only after a failure, which is told */
    for (int i = 0; b->map && i < MAPS; i++) free(b->map[i]);
    free(b->map);
    free(b->species);
    free(b->name);
    *b = (struct cx_book){0};
}

void cx_book_log(struct cx_book *b, const char *fmt, ...) {
    char path[600], text[400];
    snprintf(path, sizeof path, "%s/log.txt", b->folder);
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    FILE *f = fopen(
        path, "a"); /* the log is a courtesy: a full disk is found by the writers of results */
    if (!f) return;
    fprintf(f, "day %9.4f  step %6lld  %s\n", b->sim->clock.t_h / 24, (long long)b->sim->clock.step,
            text);
    fclose(f);
}

/* ---- opening -------------------------------------------------------------------------------------- */

/* An earlier run is moved to the first free FOLDER.N: nothing is lost by --force. */
static enum cx_status move_aside(const char *folder, struct cx_error *e) {
    for (int n = 1; n < 10000; n++) {
        char aside[600];
        snprintf(aside, sizeof aside, "%.500s.%d", folder, n);
        if (!cx_file_exists(aside)) return cx_file_rename(folder, aside, e);
    }
    return cx_fail(e, CX_STORAGE, 70, "'%s' has 9999 older runs beside it", folder);
}

static enum cx_status claim_folder(const struct cx_run_options *o, struct cx_error *e) {
    char nc[600];
    snprintf(nc, sizeof nc, "%s/run.nc", o->folder);
    if (o->files != CX_FILES_ALL || !cx_file_exists(nc)) return cx_folder_create(o->folder, e);
    if (o->replace) {
        CX_TRY(move_aside(o->folder, e));
        return cx_folder_create(o->folder, e);
    }
    cx_fail(e, CX_STORAGE, 70, "'%s' already holds a run", o->folder);
    cx_hint(e,
            "choose another folder with -o, go on with 'cicatrix resume %s', or --force (the old "
            "run is kept as %s.1)",
            o->folder, o->folder);
    return CX_STORAGE;
}

/* Files that the scenario names go with it, so that the folder's config.yml can be run again. */
static enum cx_status bring_file(const struct cx_book *b, const char *name, struct cx_error *e) {
    enum { MOST = 1 << 30 };
    char from[600], to[800];
    unsigned char *bytes = NULL;
    size_t n = 0;
    if (!name[0]) return CX_OK;
    snprintf(from, sizeof from, "%s/%s", b->scenario->folder, name);
    snprintf(to, sizeof to, "%s/%s", b->folder, name);
    CX_TRY(cx_file_read(from, MOST, &bytes, &n, e));
    char *slash = strrchr(to, '/');
    *slash = 0;
    enum cx_status status = cx_folder_create(to, e);
    *slash = '/';
    if (status == CX_OK) status = cx_file_write(to, bytes, n, e);
    free(bytes);
    return status;
}

static enum cx_status write_config(struct cx_book *b, struct cx_error *e) {
    char path[600], *text = cx_config_effective(b->scenario);
    if (!text) return cx_fail(e, CX_STORAGE, 61, "no memory for config.yml");
    snprintf(path, sizeof path, "%s/config.yml", b->folder);
    b->head.config = text;
    enum cx_status status = cx_file_write(path, text, strlen(text), e);
    if (status == CX_OK && has_pages(b)) status = cx_result_create(b->nc, &b->head, e);
    b->head.config = NULL;
    free(text);
    return status;
}

enum cx_status cx_book_open(struct cx_book *b, const struct cx_run_options *o, struct cx_sim *sim,
                            struct cx_error *e) {
    CX_TRY(prepare(b, o, sim, e));
    CX_TRY(claim_folder(o, e));
    if (o->certify) CX_TRY(cx_certify_want(o->folder, e));
    CX_TRY(write_config(b, e));
    CX_TRY(bring_file(b, b->scenario->pattern.file, e));
    CX_TRY(bring_file(b, b->scenario->initial.file, e));
    if (has_pages(b)) CX_TRY(cx_result_needles(b->nc, sim->needle, sim->needle_count, e));
    cx_book_log(b, "started: %s, %zu cells, %d species, digest %.12s", b->head.model,
                b->head.grid->cells, model_of(b)->species_count, b->digest);
    return cx_book_present(b, e);
}

enum cx_status cx_book_reopen(struct cx_book *b, const struct cx_run_options *o, struct cx_sim *sim,
                              struct cx_error *e) {
    CX_TRY(prepare(b, o, sim, e));
    const struct cx_state_of any = {b->digest, NULL}, own = {o->digest, cx_engine()};
    CX_TRY(cx_state_load(sim, &b->pages, b->folder, o->digest ? &own : &any, e));
    if (has_pages(b)) CX_TRY(cx_result_truncate(b->nc, b->pages.frames, e));
    cx_book_log(b, "resumed from checkpoint %llu", (unsigned long long)b->pages.serial);
    b->pages.serial++;
    return CX_OK;
}

/* ---- frames --------------------------------------------------------------------------------------- */

static void fetch(void *book, int field, double *out) {
    struct cx_book *b = book;
    const int q = b->species[field];
    if (b->share < 1)
        cx_stepper_between(b->sim->assembly.stepper, b->share, q, out);
    else
        memcpy(out, b->sim->assembly.system.u[q], b->head.grid->cells * sizeof *out);
}

/* Series at time t: between the last sample and one of the present state that history does not keep. */
static void series_at(const struct cx_book *b, double t, double *row) {
    const struct cx_sim *sim = b->sim;
    const struct cx_history *h = &sim->history;
    const double *last = h->value + (size_t)(h->n - 1) * (size_t)h->series;
    cx_sampler_take(&sim->sampler, sim->assembly.stepper, row);
    const double span = sim->clock.t_h - sim->clock.sampled_h,
                 share = span > 0 ? (t - sim->clock.sampled_h) / span : 1;
    for (int i = 0; i < h->series; i++)
        row[i] = last[i] + (share > 0 ? share : 0) * (row[i] - last[i]);
}

static enum cx_status write_frame(struct cx_book *b, double t, double share, struct cx_error *e) {
    double row[CX_SERIES_MAX];
    b->share = share;
    series_at(b, t, row);
    const struct cx_frame frame = {.time_day = t / 24, .fetch = fetch, .user = b, .series = row};
    if (!b->writer) CX_TRY(cx_result_writer_open(b->nc, &b->head, &b->writer, e));
    CX_TRY(cx_result_writer_append(b->writer, &frame, e));
    b->pages.frames++;
    b->pages.next_output++;
    return CX_OK;
}

static double next_output(const struct cx_book *b) {
    const struct cx_times *at = &b->scenario->output.at;
    return has_pages(b) && b->pages.next_output < at->n ? at->at[b->pages.next_output] : INFINITY;
}

void cx_book_step(const struct cx_sim *sim, double from, double to, void *book) {
    struct cx_book *b = book;
    const double event = sim->timeline.at[sim->clock.event].t;
    const bool ends_in_event = to >= event && to < sim->scenario->time.end;
    while (b->status == CX_OK && (next_output(b) < to || (next_output(b) == to && !ends_in_event)))
        b->status =
            write_frame(b, next_output(b), (next_output(b) - from) / (to - from), &b->error);
}

enum cx_status cx_book_present(struct cx_book *b, struct cx_error *e) {
    while (next_output(b) <= b->sim->clock.t_h) CX_TRY(write_frame(b, next_output(b), 1, e));
    return CX_OK;
}

enum cx_status cx_book_checkpoint(struct cx_book *b, struct cx_error *e) {
    const struct cx_state_of of = {b->digest, cx_engine()};
    CX_TRY(cx_state_save(b->sim, &b->pages, b->folder, &of, e));
    cx_book_log(b, "checkpoint %llu", (unsigned long long)b->pages.serial);
    b->pages.serial++;
    b->kept_at = cx_clock_seconds();
    return CX_OK;
}
