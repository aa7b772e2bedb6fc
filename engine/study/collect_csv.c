/* collect_csv.c - runs.csv: one line per run; see collect.h */
#include "base/file.h"
#include "study/collect.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void cx_csv_text(struct cx_text *t, const char *text) {
    if (!strpbrk(text, ",\"\n\r")) {
        cx_text_add(t, "%s", text);
        return;
    }
    cx_text_add(t, "\"");
    for (; *text; text++) cx_text_add(t, *text == '"' ? "\"\"" : "%c", *text);
    cx_text_add(t, "\"");
}

void cx_csv_name(struct cx_text *t, const char *name, const char *unit) {
    char whole[160];
    const bool pure = !*unit || strcmp(unit, "1") == 0;
    snprintf(whole, sizeof whole, "%s%s%s%s", name, pure ? "" : " [", pure ? "" : unit,
             pure ? "" : "]");
    cx_csv_text(t, whole);
}

void cx_csv_number(struct cx_text *t, double x) {
    char number[32] = "";
    if (isfinite(x)) cx_number_write(x, number);
    cx_text_add(t, "%s", number);
}

static void add_header(struct cx_text *t, const struct cx_study *s) {
    cx_text_add(t, "run,point,repeat,seed");
    for (int j = 0; j < s->factor_count; j++) {
        cx_text_add(t, ",");
        cx_csv_name(t, s->factor[j].path, s->factor[j].words ? "" : s->factor[j].unit);
    }
    cx_text_add(t, ",status");
    for (int i = 0; i < s->outcome_count; i++) {
        cx_text_add(t, ",");
        cx_csv_name(t, s->outcome[i].name, s->outcome[i].unit);
    }
    cx_text_add(t, ",digest,message\n");
}

static void add_run(struct cx_text *t, const struct cx_collection *c, int number) {
    const struct cx_study *s = c->study;
    const struct cx_study_run *run = &c->table->run[number];
    const double *x = cx_design_row(c->design, run->point);
    cx_text_add(t, "%d,%d,%d,%" PRId64, number, run->point, run->repeat, run->seed);
    for (int j = 0; j < s->factor_count; j++) {
        char word[192];
        cx_text_add(t, ",");
        if (s->factor[j].words) {
            cx_factor_text(&s->factor[j], x[j], word);
            cx_csv_text(t, word);
        } else {
            cx_csv_number(t, x[j]);
        }
    }
    cx_text_add(t, ",%s", cx_run_status_word(run->status));
    for (int i = 0; i < s->outcome_count; i++) {
        cx_text_add(t, ",");
        cx_csv_number(t, cx_study_row(c->table, number)[i]);
    }
    cx_text_add(t, ",%s,", run->digest);
    cx_csv_text(t, run->message);
    cx_text_add(t, "\n");
}

enum cx_status cx_collect_csv(const struct cx_collection *c, const char *path, struct cx_error *e) {
    struct cx_text t = {0};
    add_header(&t, c->study);
    for (int i = 0; i < c->table->runs; i++) add_run(&t, c, i);
    const size_t n = t.n;
    char *text = cx_text_take(&t);
    if (!text) return cx_fail(e, CX_STORAGE, 61, "no memory for the table of runs");
    const enum cx_status status = cx_file_write(path, text, n, e);
    free(text);
    return status;
}

enum cx_status cx_collect_write(const struct cx_collection *c, struct cx_error *e) {
    char path[600];
    CX_TRY(cx_folder_create(c->study->folder, e));
    snprintf(path, sizeof path, "%.500s/runs.csv", c->study->folder);
    CX_TRY(cx_collect_csv(c, path, e));
    snprintf(path, sizeof path, "%.500s/study.nc", c->study->folder);
    return cx_collect_nc(c, path, e);
}
