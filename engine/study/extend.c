/* extend.c - see extend.h.  The file DIR/extended.txt has one "path=value" a line. */
#include "study/extend.h"

#include "base/file.h"
#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FILE_MOST = 1 << 20 };

static enum cx_status no_memory(struct cx_error *e) {
    return cx_fail(e, CX_STORAGE, 61, "no memory for the extensions of a study");
}

/* text: "path=value", owned from here on. */
static enum cx_status keep(struct cx_extension *x, char *text, struct cx_error *e) {
    char *equals = text ? strchr(text, '=') : NULL;
    void *at = realloc(x->at, (size_t)(x->n + 1) * sizeof *x->at);
    if (at) x->at = at;
    void *lines = realloc(x->text, (size_t)(x->n + 1) * sizeof *x->text);
    if (lines) x->text = lines;
    if (!at || !lines || !equals) {
        free(text);
        return no_memory(e);
    }
    *equals = 0;
    x->text[x->n] = text;
    x->at[x->n++] = (struct cx_override){text, equals + 1, "extended.txt"};
    return CX_OK;
}

enum cx_status cx_extension_read(const char *folder, struct cx_extension *x, struct cx_error *e) {
    char path[600];
    unsigned char *bytes = NULL;
    size_t n = 0;
    *x = (struct cx_extension){0};
    snprintf(path, sizeof path, "%.500s/extended.txt", folder);
    if (!cx_file_exists(path)) return CX_OK;
    CX_TRY(cx_file_read(path, FILE_MOST, &bytes, &n, e));
    enum cx_status status = CX_OK;
    for (char *line = (char *)bytes; status == CX_OK && *line;) {
        const size_t length = strcspn(line, "\n");
        if (length && memchr(line, '=', length)) status = keep(x, strndup(line, length), e);
        line += length + (line[length] == '\n');
    }
    free(bytes);
    if (status != CX_OK) cx_extension_free(x);
    return status;
}

enum cx_status cx_extension_write(const char *folder, const struct cx_extension *x,
                                  struct cx_error *e) {
    char path[600];
    struct cx_text t = {0};
    snprintf(path, sizeof path, "%.500s/extended.txt", folder);
    CX_TRY(cx_folder_create(folder, e));
    for (int i = 0; i < x->n; i++) cx_text_add(&t, "%s=%s\n", x->at[i].path, x->at[i].value);
    const size_t n = t.n;
    char *text = cx_text_take(&t);
    const enum cx_status status = text ? cx_file_write(path, text, n, e) : no_memory(e);
    free(text);
    return status;
}

void cx_extension_free(struct cx_extension *x) {
    for (int i = 0; i < x->n; i++) free(x->text[i]);
    free(x->text);
    free(x->at);
    *x = (struct cx_extension){0};
}

/* A value as it would be typed into a list; words may have commas. */
static void add_value(struct cx_text *t, const struct cx_factor *f, double x) {
    char value[192];
    struct cx_factor plain = *f;
    plain.as[0] = 0;
    cx_factor_text(&plain, x, value);
    const bool quote = f->words && value[0] != '[' && value[0] != '"';
    cx_text_add(t, "%s%s%s%s", t->n && t->at[t->n - 1] != '[' ? ", " : "", quote ? "\"" : "", value,
                quote ? "\"" : "");
}

/* Next value above `than` in both lists; false when there is none. */
static bool next_number(const struct cx_factor *const f[2], double than, bool first, double *out) {
    bool found = false;
    for (int k = 0; k < 2; k++) {
        for (int i = 0; i < f[k]->count; i++) {
            const double x = f[k]->value[i];
            if ((!first && x <= than) || (found && x >= *out)) continue;
            *out = x;
            found = true;
        }
    }
    return found;
}

static void add_numbers(struct cx_text *t, const struct cx_factor *const f[2]) {
    double x = 0, than = 0;
    for (bool first = true; next_number(f, than, first, &x); first = false) {
        add_value(t, f[0], x);
        than = x;
    }
}

static void add_words(struct cx_text *t, const struct cx_factor *const f[2]) {
    for (int k = 0; k < 2; k++)
        for (int i = 0; i < f[k]->count; i++) {
            bool there = false;
            for (int j = 0; k && j < f[0]->count; j++)
                there = there || strcmp(f[0]->word[j], f[1]->word[i]) == 0;
            if (!there) add_value(t, f[k], i);
        }
}

static bool can_join(const struct cx_factor *const f[2]) {
    return f[0]->count && f[1]->count && f[0]->words == f[1]->words &&
           strcmp(f[0]->unit, f[1]->unit) == 0 && strcmp(f[0]->as, f[1]->as) == 0;
}

enum cx_status cx_extension_add(struct cx_extension *x, const struct cx_override *change,
                                const struct cx_study *old, const struct cx_study *wished,
                                struct cx_error *e) {
    const bool vary = strncmp(change->path, "vary.", 5) == 0;
    const int i = vary ? cx_study_factor(old, change->path + 5) : -1;
    const int j = vary ? cx_study_factor(wished, change->path + 5) : -1;
    struct cx_text t = {0};
    cx_text_add(&t, "%s=", change->path);
    if (i >= 0 && j >= 0) {
        const struct cx_factor *const f[2] = {&old->factor[i], &wished->factor[j]};
        if (can_join(f)) {
            cx_text_add(&t, *f[0]->as ? "{as: \"%s\", values: [" : "%s[", f[0]->as);
            if (f[0]->words)
                add_words(&t, f);
            else
                add_numbers(&t, f);
            cx_text_add(&t, "%s", *f[0]->as ? "]}" : "]");
            return keep(x, cx_text_take(&t), e);
        }
    }
    cx_text_add(&t, "%s", change->value);
    return keep(x, cx_text_take(&t), e);
}
