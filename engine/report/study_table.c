/* study_table.c - runs.csv and the attributes of study.nc into one struct; see study_table.h */
#include "report/study_table.h"

#include "base/file.h"
#include "base/text.h"
#include "watch/guard.h"
#include "watch/result_hdf5.h"

#include <csv.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FILE_MOST = 512 << 20, COLUMNS_MOST = 512, AHEAD = 4 };

/* ---- the table of texts ---------------------------------------------------------------------- */

struct sheet {
    int columns, cells;
    size_t room;
    char **cell; /* row by row, the first row is the header */
    bool starved, ragged;
    int in_row;
};

static void on_cell(void *bytes, size_t n, void *user) {
    struct sheet *t = user;
    if ((size_t)t->cells == t->room) {
        const size_t room = t->room ? 2 * t->room : 1024;
        void *at = realloc(t->cell, room * sizeof *t->cell);
        if (!at) t->starved = true;
        if (!at) return;
        t->cell = at;
        t->room = room;
    }
    char *kept = strndup(bytes ? bytes : "", n);
    if (!kept) t->starved = true;
    if (!kept) return;
    t->cell[t->cells++] = kept;
    t->in_row++;
}

static void on_row(int end, void *user) {
    struct sheet *t = user;
    (void)end;
    if (!t->columns) t->columns = t->in_row;
    if (t->in_row != t->columns) t->ragged = true;
    t->in_row = 0;
}

static void sheet_free(struct sheet *t) {
    for (int i = 0; i < t->cells; i++) free(t->cell[i]);
    free(t->cell);
}

static const char *cell(const struct sheet *t, int row, int column) {
    return t->cell[(row + 1) * t->columns + column];
}

static enum cx_status not_a_table(const char *path, const char *why, struct cx_error *e) {
    cx_fail(e, CX_STORAGE, 76, "%.200s is not a table of runs: %s", path, why);
    cx_hint(e, "`cicatrix sweep collect` writes it anew");
    return CX_STORAGE;
}

static enum cx_status sheet_read(const char *path, struct sheet *t, struct cx_error *e) {
    unsigned char *bytes = NULL;
    size_t n = 0;
    struct csv_parser p;
    CX_TRY(cx_file_read(path, FILE_MOST, &bytes, &n, e));
    bool good = csv_init(&p, CSV_APPEND_NULL) == 0;
    if (good) {
        good = csv_parse(&p, bytes, n, on_cell, on_row, t) == n &&
               csv_fini(&p, on_cell, on_row, t) == 0;
        csv_free(&p);
    }
    free(bytes);
    if (t->starved) return cx_fail(e, CX_STORAGE, 61, "no memory for the table of runs");
    const bool whole = good && !t->ragged && t->columns > AHEAD && t->columns < COLUMNS_MOST;
    if (!whole || strcmp(t->cell[0], "run") != 0 || strcmp(t->cell[1], "point") != 0)
        return not_a_table(path, "its lines do not fit its header", e);
    return CX_OK;
}

/* ---- columns --------------------------------------------------------------------------------- */

/* "device.needle.length [mm]" */
static void name_column(struct cx_study_column *c, const char *header) {
    const char *open = strstr(header, " [");
    const int n = open ? (int)(open - header) : (int)strlen(header);
    snprintf(c->name, sizeof c->name, "%.*s", n, header);
    if (open) snprintf(c->unit, sizeof c->unit, "%.*s", (int)strcspn(open + 2, "]"), open + 2);
}

static bool column_room(struct cx_study_column *c, int points) {
    c->at = calloc((size_t)points + 1, sizeof *c->at);
    c->sd = calloc((size_t)points + 1, sizeof *c->sd);
    return c->at && c->sd;
}

static int find_level(struct cx_study_column *c, double x) {
    for (int i = 0; i < c->levels; i++)
        if (c->level[i] == x) return i;
    return -1;
}

/* Distinct values in order, as long as they are few. */
static void find_levels(struct cx_study_column *c, int points) {
    for (int i = 0; i < points; i++) {
        if (find_level(c, c->at[i]) >= 0) continue;
        if (c->levels == CX_LEVELS_MOST) {
            c->levels = 0;
            return;
        }
        int k = c->levels++;
        for (; k > 0 && c->level[k - 1] > c->at[i]; k--) c->level[k] = c->level[k - 1];
        c->level[k] = c->at[i];
    }
}

/* NaN where the cell is empty or no number. */
static double number_of(const char *text) {
    const char *rest;
    double x = NAN;
    return cx_number_read(text, &rest, &x) && !*rest ? x : NAN;
}

/* A whole number below `most`, else -1. */
static int index_of(const char *text, int most) {
    const double x = number_of(text);
    return x >= 0 && x < most && x == floor(x) ? (int)x : -1;
}

/* A word becomes the number of its first appearance; those beyond the most are taken together. */
static double word_number(struct cx_study_column *c, const char *text) {
    for (int i = 0; i < CX_LEVELS_MOST; i++) {
        if (c->word[i][0] && strcmp(c->word[i], text) != 0) continue;
        cx_text_copy(c->word[i], sizeof c->word[i], text);
        return i;
    }
    return CX_LEVELS_MOST - 1;
}

static void read_factor(const struct sheet *t, int column, struct cx_study_page *s,
                        struct cx_study_column *c) {
    for (int r = 0; r < s->runs; r++) c->words = c->words || isnan(number_of(cell(t, r, column)));
    for (int r = 0; r < s->runs; r++) {
        const int point = index_of(cell(t, r, 1), s->points);
        const char *text = cell(t, r, column);
        if (point >= 0) c->at[point] = c->words ? word_number(c, text) : number_of(text);
    }
    find_levels(c, s->points);
}

/* Mean and standard deviation over the repeats of each point, whose runs follow each other. */
static void read_outcome(const struct sheet *t, int column, const struct cx_study_page *s,
                         struct cx_study_column *c) {
    for (int i = 0; i < s->points; i++) c->at[i] = c->sd[i] = NAN;
    for (int r = 0; r < s->runs;) {
        const int point = index_of(cell(t, r, 1), s->points);
        double n = 0, mean = 0, square = 0;
        for (; r < s->runs && index_of(cell(t, r, 1), s->points) == point; r++) {
            const double x = number_of(cell(t, r, column));
            if (!isfinite(x)) continue;
            const double off = x - mean;
            mean += off / ++n;
            square += off * (x - mean);
        }
        if (point < 0 || n < 1) continue;
        c->at[point] = mean;
        if (n > 1) c->sd[point] = sqrt(square / (n - 1));
    }
}

/* Every run that is not ok, also those that were not started. */
static void read_failures(const struct sheet *t, int status, struct cx_study_page *s) {
    for (int r = 0; r < s->runs; r++) {
        if (strcmp(cell(t, r, status), "ok") == 0) continue;
        struct cx_study_failure *f = &s->failure[s->failures++];
        f->run = r;
        f->point = index_of(cell(t, r, 1), s->points);
        cx_text_copy(f->status, sizeof f->status, cell(t, r, status));
        cx_text_copy(f->message, sizeof f->message, cell(t, r, t->columns - 1));
    }
}

/* Points and repeats are told by their numbers. */
static void count(const struct sheet *t, struct cx_study_page *s) {
    s->runs = t->cells / t->columns - 1;
    for (int r = 0; r < s->runs; r++) {
        const int point = index_of(cell(t, r, 1), s->runs),
                  repeat = index_of(cell(t, r, 2), s->runs);
        if (point >= s->points) s->points = point + 1;
        if (repeat >= s->repeats) s->repeats = repeat + 1;
    }
}

static enum cx_status take_columns(const struct sheet *t, int status, struct cx_study_page *s,
                                   struct cx_error *e) {
    s->factors = status - AHEAD;
    s->outcomes = t->columns - status - 3; /* digest and message come last */
    s->factor = calloc((size_t)s->factors + 1, sizeof *s->factor);
    s->outcome = calloc((size_t)s->outcomes + 1, sizeof *s->outcome);
    s->failure = calloc((size_t)s->runs + 1, sizeof *s->failure);
    bool room = s->factor && s->outcome && s->failure;
    for (int j = 0; room && j < s->factors; j++) room = column_room(&s->factor[j], s->points);
    for (int i = 0; room && i < s->outcomes; i++) room = column_room(&s->outcome[i], s->points);
    if (!room) return cx_fail(e, CX_STORAGE, 61, "no memory for the table of runs");
    for (int j = 0; j < s->factors; j++) {
        name_column(&s->factor[j], t->cell[AHEAD + j]);
        read_factor(t, AHEAD + j, s, &s->factor[j]);
    }
    for (int i = 0; i < s->outcomes; i++) {
        name_column(&s->outcome[i], t->cell[status + 1 + i]);
        read_outcome(t, status + 1 + i, s, &s->outcome[i]);
    }
    read_failures(t, status, s);
    return CX_OK;
}

static enum cx_status read_csv(const char *path, struct cx_study_page *s, struct cx_error *e) {
    struct sheet t = {0};
    enum cx_status status = sheet_read(path, &t, e);
    int column = 0;
    for (int i = AHEAD; status == CX_OK && i < t.columns; i++)
        if (strcmp(t.cell[i], "status") == 0) column = i;
    if (status == CX_OK && (!column || column + 3 > t.columns))
        status = not_a_table(path, "it has no column 'status'", e);
    if (status == CX_OK) {
        count(&t, s);
        status = take_columns(&t, column, s, e);
    }
    sheet_free(&t);
    return status;
}

/* ---- words from study.nc, in a child: the file may be damaged -------------------------------- */

struct words {
    char title[256], method[32], model[64], source[256], version[32];
    struct {
        char doc[320], goal[8];
    } column[COLUMNS_MOST];
};
struct errand {
    const char *path;
    const struct cx_study_page *s;
    struct words *to; /* shared */
};

/* Only texts of a fixed length that fits, as our own writer makes them. */
static void take_text(hid_t at, const char *name, char *out, size_t room) {
    const hid_t a = H5Aexists(at, name) > 0 ? H5Aopen(at, name, H5P_DEFAULT) : -1;
    const hid_t type = a < 0 ? -1 : H5Aget_type(a);
    if (type >= 0 && H5Tget_class(type) == H5T_STRING && !H5Tis_variable_str(type) &&
        H5Tget_size(type) < room)
        if (H5Aread(a, type, out) < 0) out[0] = 0;
    if (type >= 0) H5Tclose(type);
    if (a >= 0) H5Aclose(a);
}

static void take_column(struct cx_h5 *h, const struct cx_study_column *c, char *doc, char *goal) {
    const hid_t set =
        H5Lexists(h->file, c->name, H5P_DEFAULT) > 0 ? H5Dopen2(h->file, c->name, H5P_DEFAULT) : -1;
    if (set < 0) return;
    take_text(set, "long_name", doc, 320);
    take_text(set, "goal", goal, 8);
    H5Dclose(set);
}

static enum cx_status read_words(void *arg, struct cx_error *e) {
    struct errand *x = arg;
    struct words *w = x->to;
    struct cx_h5 h = cx_h5_read(x->path, e);
    const hid_t root = cx_h5_ok(&h) ? H5Gopen2(h.file, "/", H5P_DEFAULT) : -1;
    if (root >= 0) {
        take_text(root, "title", w->title, sizeof w->title);
        take_text(root, "method", w->method, sizeof w->method);
        take_text(root, "model", w->model, sizeof w->model);
        take_text(root, "source", w->source, sizeof w->source);
        take_text(root, "cicatrix_version", w->version, sizeof w->version);
        for (int j = 0; j < x->s->factors; j++)
            take_column(&h, &x->s->factor[j], w->column[j].doc, w->column[j].goal);
        for (int i = 0; i < x->s->outcomes; i++) {
            const int at = x->s->factors + i;
            take_column(&h, &x->s->outcome[i], w->column[at].doc, w->column[at].goal);
        }
        H5Gclose(root);
    }
    return cx_h5_close(&h);
}

static void keep_words(const struct words *w, struct cx_study_page *s) {
    cx_text_copy(s->title, sizeof s->title, w->title);
    cx_text_copy(s->method, sizeof s->method, w->method);
    cx_text_copy(s->model, sizeof s->model, w->model);
    cx_text_copy(s->source, sizeof s->source, w->source);
    cx_text_copy(s->version, sizeof s->version, w->version);
    for (int i = 0; i < s->factors + s->outcomes; i++) {
        struct cx_study_column *c = i < s->factors ? &s->factor[i] : &s->outcome[i - s->factors];
        cx_text_copy(c->doc, sizeof c->doc, w->column[i].doc);
        cx_text_copy(c->goal, sizeof c->goal, w->column[i].goal);
    }
}

static enum cx_status read_nc(const char *path, struct cx_study_page *s, struct cx_error *e) {
    struct cx_shared memory;
    CX_TRY(cx_shared_map(&memory, sizeof(struct words) + 64, e));
    struct errand x = {path, s, cx_shared_take(&memory, 1, sizeof(struct words))};
    const enum cx_status status = cx_guard_run(read_words, &x, path, e);
    if (status == CX_OK) keep_words(x.to, s);
    cx_shared_unmap(&memory);
    return status;
}

enum cx_status cx_study_page_read(const char *folder, struct cx_study_page *s, struct cx_error *e) {
    char path[1024];
    *s = (struct cx_study_page){0};
    snprintf(s->folder, sizeof s->folder, "%.1000s", folder);
    snprintf(path, sizeof path, "%.1000s/runs.csv", folder);
    enum cx_status status = read_csv(path, s, e);
    snprintf(path, sizeof path, "%.1000s/study.nc", folder);
    if (status == CX_OK) status = read_nc(path, s, e);
    if (status != CX_OK) cx_study_page_free(s);
    return status;
}

void cx_study_page_free(struct cx_study_page *s) {
    for (int j = 0; s->factor && j < s->factors; j++) {
        free(s->factor[j].at);
        free(s->factor[j].sd);
    }
    for (int i = 0; s->outcome && i < s->outcomes; i++) {
        free(s->outcome[i].at);
        free(s->outcome[i].sd);
    }
    free(s->factor);
    free(s->outcome);
    free(s->failure);
    *s = (struct cx_study_page){0};
}
