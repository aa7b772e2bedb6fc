/* write.c - see write.h */
#include "config/write.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

void cx_write_number(struct cx_text *t, double value, const char *unit) {
    char number[32];
    if (isnan(value)) {
        cx_text_add(t, "auto");
        return;
    }
    cx_number_write(value, number);
    const bool pure = !*unit || strcmp(unit, "1") == 0;
    cx_text_add(t, "%s%s%s", number, pure ? "" : " ", pure ? "" : unit);
}

/* Bytes of a character that YAML would not keep as it is: C1 controls, line separators, byte order
 * marks. */
static int delicate(const unsigned char *p, unsigned *code) {
    if (p[0] < 0x20 || p[0] == 0x7f) {
        *code = p[0];
        return 1;
    }
    if (p[0] == 0xc2 && p[1] >= 0x80 && p[1] <= 0xa0) {
        *code = p[1];
        return 2;
    }
    const bool three = (p[0] == 0xe2 && p[1] == 0x80) || (p[0] == 0xef && p[1] >= 0xbb);
    if (!three || !p[1] || !p[2]) return 0;
    *code = (unsigned)(p[0] & 0x0f) << 12 | (unsigned)(p[1] & 0x3f) << 6 | (p[2] & 0x3fu);
    return 3;
}

void cx_write_quoted(struct cx_text *t, const char *text) {
    cx_text_add(t, "\"");
    for (const unsigned char *p = (const unsigned char *)text; *p;) {
        unsigned code;
        const int n = delicate(p, &code);
        if (n)
            cx_text_add(t, "\\u%04x", code);
        else
            cx_text_add(t, *p == '"' || *p == '\\' ? "\\%c" : "%c", *p);
        p += n ? n : 1;
    }
    cx_text_add(t, "\"");
}

static void write_numbers(struct cx_text *t, const double *at, int n, const char *unit) {
    cx_text_add(t, "[");
    for (int i = 0; i < n; i++) {
        cx_text_add(t, "%s", i ? ", " : "");
        cx_write_number(t, at[i], unit);
    }
    cx_text_add(t, "]");
}

static void write_names(struct cx_text *t, const struct cx_names *names) {
    cx_text_add(t, "[");
    for (int i = 0; i < names->n; i++) {
        cx_text_add(t, "%s", i ? ", " : "");
        cx_write_quoted(t, names->at[i]);
    }
    cx_text_add(t, "]");
}

void cx_write_value(struct cx_text *t, const struct cx_row *row, const struct cx_scenario *s) {
    const void *field = cx_row_value(s, row);
    const struct cx_vector *v = field;
    const struct cx_times *times = field;
    switch (row->kind) {
    case CX_KIND_NUMBER: cx_write_number(t, *(const double *)field, row->unit); break;
    case CX_KIND_COUNT: cx_text_add(t, "%" PRId64, *(const int64_t *)field); break;
    case CX_KIND_FLAG: cx_text_add(t, *(const bool *)field ? "true" : "false"); break;
    case CX_KIND_CHOICE:
        cx_text_add(t, "%s", cx_choice_word(row->choices, *(const int *)field));
        break;
    case CX_KIND_TEXT:
    case CX_KIND_PATH: cx_write_quoted(t, field); break;
    case CX_KIND_VECTOR:
        if (v->n)
            write_numbers(t, v->at, v->n, row->unit);
        else
            cx_text_add(t, "auto");
        break;
    case CX_KIND_TIMES: write_numbers(t, times->at, times->n, row->unit); break;
    case CX_KIND_NAMES: write_names(t, field); break;
    }
}
