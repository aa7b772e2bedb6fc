/* digest.c - the identity of a result: equal digests mean equal bits in the result. */
#include "base/digest.h"

#include "config/write.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Titles, pictures, threads and limits change what is kept or how fast, never the numbers. */
static bool changes_result(const struct cx_group *g, const struct cx_row *row) {
    if (!*g->path) return strcmp(row->name, "model") == 0;
    if (strcmp(g->path, "output") == 0) return false;
    if (strcmp(g->path, "run") == 0) return strcmp(row->name, "seed") == 0;
    return true;
}

/* A file counts by its content, not by its name. */
static void add_file(struct cx_text *t, const struct cx_scenario *s, const char *file) {
    char path[600], hex[65];
    if (!*file) return;
    snprintf(path, sizeof path, "%s/%s", *s->folder ? s->folder : ".", file);
    cx_text_add(t, "%s", cx_digest_file(path, hex) ? hex : "missing");
}

static void add_group(struct cx_text *t, const struct cx_scenario *s, const struct cx_group *g) {
    for (int i = 0; i < g->count; i++) {
        const struct cx_row *row = &g->rows[i];
        if (!changes_result(g, row)) continue;
        cx_text_add(t, "%s.%s=", g->path, row->name);
        if (row->kind == CX_KIND_PATH)
            add_file(t, s, cx_row_value(s, row));
        else
            cx_write_value(t, row, s);
        cx_text_add(t, "\n");
    }
}

static void add_parameters(struct cx_text *t, const struct cx_scenario *s) {
    for (int i = 0; i < s->model->param_count; i++) {
        cx_text_add(t, "parameters.%s=", s->model->params[i].name);
        cx_write_number(t, s->parameter[i], s->model->params[i].unit);
        cx_text_add(t, "\n");
    }
}

static void add_changes(struct cx_text *t, const struct cx_scenario *s) {
    for (int i = 0; i < s->change_count; i++) {
        const struct cx_change *c = &s->change[i];
        const double number[] = {c->at, c->until, c->value};
        cx_text_add(t, "changes.%s=", s->model->params[c->parameter].name);
        for (int k = 0; k < 3; k++) {
            cx_text_add(t, k ? " " : "");
            cx_write_number(t, number[k], "1");
        }
        cx_text_add(t, "\n");
    }
}

void cx_config_digest(const struct cx_scenario *s, const char *engine_version, char hex[65]) {
    struct cx_text t = {0};
    struct cx_group groups[CX_GROUP_MOST];
    const int n = cx_groups(groups);
    cx_text_add(&t, "engine=%s\n", engine_version);
    for (int g = 0; g < n; g++) add_group(&t, s, &groups[g]);
    if (s->model) {
        add_parameters(&t, s);
        add_changes(&t, s);
    }
    const size_t length = t.n;
    char *text = cx_text_take(&t);
    if (text)
        cx_digest_bytes(text, length, hex);
    else
        hex[0] = 0; /* no memory: no identity rather than a wrong one */
    free(text);
}
