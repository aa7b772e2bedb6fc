/* list.c - the points of a study from a CSV file: the header names settings ("device.needle.length", or with the unit
 * of its column in brackets, "device.needle.length [mm]"), each line is a point. */
#include "base/file.h"
#include "study/parts.h"

#include <csv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FILE_MOST = 64 << 20, COLUMNS_MOST = 256 };

struct listing {
    struct cx_study_reader *r;
    struct cx_yaml
        at; /* the entry in the study file: its findings name the list and the line in their text */
    int line, column; /* of the list, from 1 and 0 */
    int columns;
    int factor[COLUMNS_MOST]; /* -1: not usable */
    char unit[COLUMNS_MOST][32];
    bool good;
};

static void refuse(struct listing *l, struct cx_error *e) {
    char text[sizeof e->text];
    const char *slash = strrchr(l->r->s->list, '/');
    cx_text_copy(text, sizeof text, e->text);
    snprintf(e->text, sizeof e->text, "%.100s line %d, column %d: %.300s",
             slash ? slash + 1 : l->r->s->list, l->line, l->column + 1, text);
    cx_reader_report(&l->r->r, &l->at, CX_AT_VALUE, e);
    l->good = false;
}

static void name_column(struct listing *l, const char *text) {
    char path[96];
    struct cx_target t;
    struct cx_error e;
    const size_t n = strcspn(text, " [");
    const char *open = strchr(text, '[');
    l->factor[l->column] = -1;
    l->columns = l->column + 1;
    snprintf(path, sizeof path, "%.*s", n < 95 ? (int)n : 95, text);
    if (open) snprintf(l->unit[l->column], 32, "%.*s", (int)strcspn(open + 1, "]") % 32, open + 1);
    if (!cx_target_find(l->r, path, &t)) {
        cx_fail(&e, CX_CONFIG, 105, "no setting is called '%.95s'", path);
        cx_hint(&e, "the first line names what is varied, such as device.needle.length");
        refuse(l, &e);
        return;
    }
    if (cx_study_factor(l->r->s, path) >= 0 && l->factor[0] >= 0) {
        for (int i = 0; i < l->column; i++)
            if (l->factor[i] == cx_study_factor(l->r->s, path)) {
                cx_fail(&e, CX_CONFIG, 105, "'%.95s' is there twice", path);
                refuse(l, &e);
                return;
            }
    }
    struct cx_factor *f = cx_study_factor_add(l->r, path, &l->at);
    if (!f) return;
    f->words = !cx_target_is_number(&t);
    f->whole = !t.param && t.row->kind == CX_KIND_COUNT;
    l->factor[l->column] = (int)(f - l->r->s->factor);
}

static void take_cell(struct listing *l, const char *text) {
    char value[256];
    if (l->column >= l->columns) {
        struct cx_error e;
        cx_fail(&e, CX_CONFIG, 105, "more fields than the first line has names");
        refuse(l, &e);
        return;
    }
    if (l->factor[l->column] < 0) return;
    snprintf(value, sizeof value, "%.200s%s%s", text, *l->unit[l->column] ? " " : "",
             l->unit[l->column]);
    const struct cx_yaml cell = {
        .kind = CX_YAML_SCALAR, .text = value, .line = l->at.line, .column = l->at.column};
    const int before = l->r->r.findings->n;
    if (cx_factor_take(l->r, &l->r->s->factor[l->factor[l->column]], &cell)) return;
    l->good = false;
    if (l->r->r.findings->n == before) return;
    struct cx_error *e = &l->r->r.findings->at[before];
    char said[sizeof e->text];
    cx_text_copy(said, sizeof said, e->text);
    snprintf(e->text, sizeof e->text, "line %d: %.440s", l->line, said);
}

static void on_field(void *bytes, size_t n, void *user) {
    struct listing *l = user;
    char text[256];
    snprintf(text, sizeof text, "%.*s", n < 255 ? (int)n : 255, bytes ? (char *)bytes : "");
    if (l->column >= COLUMNS_MOST) return;
    if (l->line == 1)
        name_column(l, text);
    else
        take_cell(l, text);
    l->column++;
}

static void on_row(int end, void *user) {
    struct listing *l = user;
    (void)end;
    if (l->column < l->columns && l->good) {
        struct cx_error e;
        cx_fail(&e, CX_CONFIG, 105, "%d fields, the first line names %d", l->column, l->columns);
        refuse(l, &e);
    }
    l->line++;
    l->column = 0;
}

static bool parse(struct listing *l, const unsigned char *bytes, size_t n) {
    struct csv_parser p;
    if (csv_init(&p, CSV_APPEND_NULL) != 0) return false;
    const bool whole =
        csv_parse(&p, bytes, n, on_field, on_row, l) == n && csv_fini(&p, on_field, on_row, l) == 0;
    csv_free(&p);
    return whole;
}

/* What is varied must be in the file: values cannot come from two places. */
static void check_columns(struct listing *l, int before) {
    struct cx_error e;
    for (int i = 0; i < before; i++) {
        bool column = false;
        for (int c = 0; c < l->columns; c++) column = column || l->factor[c] == i;
        if (column) continue;
        cx_fail(&e, CX_CONFIG, 105, "the list has no column '%s', which is varied",
                l->r->s->factor[i].path);
        cx_hint(&e, "with a list, its columns are what is varied: leave 'vary' out");
        cx_reader_report(&l->r->r, &l->at, CX_AT_VALUE, &e);
        return;
    }
}

static void read_file(struct listing *l) {
    struct cx_study *s = l->r->s;
    struct cx_error e;
    unsigned char *bytes = NULL;
    size_t n = 0;
    const int before = s->factor_count;
    if (cx_file_read(s->list, FILE_MOST, &bytes, &n, &e) != CX_OK) {
        cx_reader_report(&l->r->r, &l->at, CX_AT_VALUE, &e);
        return;
    }
    if (!parse(l, bytes, n)) {
        cx_fail(&e, CX_CONFIG, 105, "the list cannot be read as CSV");
        refuse(l, &e);
    }
    free(bytes);
    s->n = l->line - 2;
    if (l->good && s->n < 1) {
        cx_fail(&e, CX_CONFIG, 105, "the list has no points below its first line");
        cx_reader_report(&l->r->r, &l->at, CX_AT_VALUE, &e);
    }
    check_columns(l, before);
    for (int i = 0; i < s->factor_count; i++) {
        cx_factor_span(&s->factor[i]);
        if (!*s->factor[i].unit) memcpy(s->factor[i].unit, "1", 2);
    }
}

void cx_list_read(struct cx_study_reader *r, const struct cx_yaml *node) {
    struct cx_error e;
    char folder[300];
    if (node->kind != CX_YAML_SCALAR || !node->key) {
        cx_reader_kind(&r->r, node, "list", "the name of a CSV file: {list: runs.csv}");
        return;
    }
    const char *slash = strrchr(r->s->file, '/');
    snprintf(folder, sizeof folder, "%.*s", slash ? (int)(slash - r->s->file) : 1,
             slash ? r->s->file : ".");
    if (cx_path_check(*folder ? folder : "/", node->text, &e) != CX_OK) {
        cx_study_refuse(r, "method.list", node, &e);
        return;
    }
    cx_path_below(r->s->list, folder, node->text);
    struct listing *l = calloc(1, sizeof *l);
    if (!l) return;
    *l = (struct listing){.r = r, .at = *node, .line = 1, .good = true};
    if (r->has_base) read_file(l);
    free(l);
}
