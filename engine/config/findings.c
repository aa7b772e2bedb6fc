/* findings.c - all that is wrong with a file, kept, ordered and shown with the line and a caret. */
#include "config/reader.h"

#include <stdlib.h>
#include <string.h>

/* Heap copy of line number `line` of `source`, NULL if there is none. */
static char *line_of(const char *source, int line) {
    if (!source || line < 1) return NULL;
    for (; line > 1; line--) {
        source = strchr(source, '\n');
        if (!source) return NULL;
        source++;
    }
    return strndup(source, strcspn(source, "\r\n"));
}

static bool make_room(struct cx_findings *f) {
    if (f->n < f->room) return true;
    const int room = f->room ? 2 * f->room : 8;
    struct cx_error *at = realloc(f->at, (size_t)room * sizeof *at);
    if (at) f->at = at;
    char **line = at ? realloc(f->line, (size_t)room * sizeof *line) : NULL;
    if (!line) return false;
    f->line = line;
    f->room = room;
    return true;
}

void cx_findings_add(struct cx_findings *f, const struct cx_error *e, const char *source) {
    if (!make_room(f)) return; /* the status still says that there was a finding */
    f->at[f->n] = *e;
    f->line[f->n] = line_of(source, e->line);
    f->n++;
}

static bool before(const struct cx_error *a, const struct cx_error *b) {
    return a->line != b->line ? a->line < b->line : a->column < b->column;
}

void cx_findings_sort(struct cx_findings *f, int from) {
    for (int i = from + 1; i < f->n; i++) {
        const struct cx_error e = f->at[i];
        char *line = f->line[i];
        int j = i;
        for (; j > from && before(&e, &f->at[j - 1]); j--) {
            f->at[j] = f->at[j - 1];
            f->line[j] = f->line[j - 1];
        }
        f->at[j] = e;
        f->line[j] = line;
    }
}

void cx_findings_free(struct cx_findings *f) {
    for (int i = 0; i < f->n; i++) free(f->line[i]);
    free(f->line);
    free(f->at);
    *f = (struct cx_findings){0};
}

/* Colours of the terminal; all empty when none are wanted. */
struct ink {
    const char *bold, *red, *blue, *green, *off;
};

static void print_head(const struct cx_error *e, const struct ink *k, FILE *to) {
    fprintf(to, "%s", k->bold);
    if (*e->file) fprintf(to, "%s:", e->file);
    if (e->line > 0) fprintf(to, "%d:%d:", e->line, e->column);
    fprintf(to, "%s%s%serror", *e->file ? " " : "", k->off, k->red);
    if (e->code) fprintf(to, " E%03d", e->code);
    fprintf(to, ":%s %s%s%s\n", k->off, k->bold, e->text, k->off);
}

/* Columns count characters; the caret is moved by as many blanks, tabs kept. */
static void print_caret(const char *line, int column, const struct ink *k, FILE *to) {
    enum { SHOWN = 160 };
    fprintf(to, "   %s|%s %.*s%s\n   %s|%s ", k->blue, k->off, SHOWN, line,
            strlen(line) > SHOWN ? "..." : "", k->blue, k->off);
    int left = column - 1;
    for (const char *p = line; *p && left > 0 && p - line < SHOWN; p++) {
        if (((unsigned char)*p & 0xc0) == 0x80) continue; /* not the first byte of a character */
        fputc(*p == '\t' ? '\t' : ' ', to);
        left--;
    }
    fprintf(to, "%s^%s\n", k->green, k->off);
}

void cx_findings_print(const struct cx_findings *f, FILE *to, bool colour) {
    static const struct ink plain = {"", "", "", "", ""};
    static const struct ink bright = {"\033[1m", "\033[1;31m", "\033[34m", "\033[1;32m", "\033[0m"};
    const struct ink *k = colour ? &bright : &plain;
    for (int i = 0; i < f->n; i++) {
        const struct cx_error *e = &f->at[i];
        print_head(e, k, to);
        if (f->line[i]) print_caret(f->line[i], e->column, k, to);
        if (*e->hint) fprintf(to, "   %shelp:%s %s\n", k->green, k->off, e->hint);
    }
}
