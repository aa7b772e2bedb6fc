/* indices_read.c - sensitivity.json into one struct; see indices.h */
#include "report/indices.h"

#include "base/digest.h"
#include "base/file.h"
#include "base/json.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FILE_MOST = 64 << 20, ROWS_MOST = 100000 };

static const char *const words[2][CX_INDICES_MOST] = {{"mu", "mu_star", "sigma"},
                                                      {"first", "total", ""}};

static int count_of(const json_t *row, const char *name) {
    return (int)json_integer_value(json_object_get(row, name));
}

static void copy_text(const json_t *text, char *to, size_t room) {
    const char *found = json_string_value(text);
    snprintf(to, room, "%s", found ? found : "");
}

static void take_interval(const json_t *row, double to[CX_INDEX_PARTS]) {
    to[CX_INDEX_VALUE] = cx_json_get_number(row, "value");
    to[CX_INDEX_LOW] = cx_json_get_number(row, "low");
    to[CX_INDEX_HIGH] = cx_json_get_number(row, "high");
}

static int by_main(const void *a, const void *b) {
    const double x = ((const struct cx_index_row *)a)->at[1][CX_INDEX_VALUE];
    const double y = ((const struct cx_index_row *)b)->at[1][CX_INDEX_VALUE];
    if (isnan(x) || isnan(y)) return isnan(x) - isnan(y);
    return (y > x) - (y < x);
}

static int by_value(const void *a, const void *b) {
    const double x = ((const struct cx_index_row *)a)->at[0][CX_INDEX_VALUE];
    const double y = ((const struct cx_index_row *)b)->at[0][CX_INDEX_VALUE];
    if (isnan(x) || isnan(y)) return isnan(x) - isnan(y);
    return (y > x) - (y < x);
}

/* Both kinds have what ranks the factors in their second place: mu* and total. */
static struct cx_index_row *take_rows(const json_t *list, bool morris, int *n) {
    const size_t count = json_array_size(list);
    struct cx_index_row *all = count < ROWS_MOST ? calloc(count + 1, sizeof *all) : NULL;
    *n = all ? (int)count : 0;
    for (int i = 0; i < *n; i++) {
        const json_t *row = json_array_get(list, (size_t)i);
        copy_text(json_object_get(row, "factor"), all[i].factor, sizeof all[i].factor);
        for (int m = 0; m < CX_INDICES_MOST; m++)
            take_interval(json_object_get(row, words[!morris][m]), all[i].at[m]);
    }
    if (all) qsort(all, (size_t)*n, sizeof *all, by_main);
    return all;
}

static struct cx_index_row *take_pairs(const json_t *list, int *n) {
    const size_t count = json_array_size(list);
    struct cx_index_row *all = count < ROWS_MOST ? calloc(count + 1, sizeof *all) : NULL;
    *n = all ? (int)count : 0;
    for (int i = 0; i < *n; i++) {
        const json_t *row = json_array_get(list, (size_t)i);
        const json_t *names = json_object_get(row, "factors");
        copy_text(json_array_get(names, 0), all[i].factor, sizeof all[i].factor);
        copy_text(json_array_get(names, 1), all[i].with, sizeof all[i].with);
        take_interval(row, all[i].at[0]);
    }
    if (all) qsort(all, (size_t)*n, sizeof *all, by_value);
    return all;
}

static void take_outcomes(const json_t *list, struct cx_index_page *s) {
    const size_t count = json_array_size(list);
    s->outcome = count < ROWS_MOST ? calloc(count + 1, sizeof *s->outcome) : NULL;
    s->outcomes = s->outcome ? (int)count : 0;
    for (int i = 0; i < s->outcomes; i++) {
        struct cx_index_outcome *o = &s->outcome[i];
        const json_t *row = json_array_get(list, (size_t)i);
        copy_text(json_object_get(row, "name"), o->name, sizeof o->name);
        copy_text(json_object_get(row, "unit"), o->unit, sizeof o->unit);
        o->blocks = count_of(row, "blocks");
        o->row = take_rows(json_object_get(row, "indices"), s->morris, &o->rows);
        o->pair = take_pairs(json_object_get(row, "pairs"), &o->pairs);
    }
}

static bool is_of(const char *folder, const json_t *root) {
    char path[1024], hex[65];
    const char *wanted = json_string_value(json_object_get(root, "runs_csv_sha256"));
    snprintf(path, sizeof path, "%.1000s/runs.csv", folder);
    return wanted && cx_digest_file(path, hex) && strcmp(wanted, hex) == 0;
}

static json_t *load(const char *folder) {
    char path[1024];
    unsigned char *bytes = NULL;
    size_t n = 0;
    snprintf(path, sizeof path, "%.1000s/sensitivity.json", folder);
    if (cx_file_read(path, FILE_MOST, &bytes, &n, NULL) != CX_OK) return NULL;
    json_t *root = json_loadb((const char *)bytes, n, JSON_REJECT_DUPLICATES, NULL);
    free(bytes);
    return root;
}

/* A file that cannot be used is as good as none: the page must not depend on it. */
void cx_index_page_read(const char *folder, struct cx_index_page *s) {
    *s = (struct cx_index_page){0};
    json_t *root = load(folder);
    const char *method = json_string_value(json_object_get(root, "method"));
    if (method && count_of(root, "schema_version") == 1) {
        s->there = true;
        s->old = !is_of(folder, root);
        s->morris = strcmp(method, "morris") == 0;
        s->blocks = count_of(root, "blocks");
        s->left_out = count_of(root, "blocks_left_out");
        if (!s->old) take_outcomes(json_object_get(root, "outcomes"), s);
    }
    json_decref(root);
}

void cx_index_page_free(struct cx_index_page *s) {
    for (int i = 0; s->outcome && i < s->outcomes; i++) {
        free(s->outcome[i].row);
        free(s->outcome[i].pair);
    }
    free(s->outcome);
    *s = (struct cx_index_page){0};
}

bool cx_indices_there(const char *folder) {
    json_t *root = load(folder);
    const bool there = root && count_of(root, "schema_version") == 1 &&
                       json_is_string(json_object_get(root, "method"));
    json_decref(root);
    return there;
}
