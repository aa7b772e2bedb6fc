/* output.c - how the program talks: results on stdout (text or one JSON object), everything else
 * on stderr. */
#include "app/app.h"

#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* --color wins over NO_COLOR, which wins over what the terminal can do. */
void cx_app_look(struct cx_app *a) {
    const char *when = a->ask.colour ? a->ask.colour : "auto";
    const char *terminal = getenv("TERM"), *no_colour = getenv("NO_COLOR");
    const bool able = isatty(fileno(a->talk)) && terminal && strcmp(terminal, "dumb") != 0;
    a->redraws = able;
    a->paint = able && !(no_colour && no_colour[0]);
    if (strcmp(when, "always") == 0) a->paint = true;
    if (strcmp(when, "never") == 0) a->paint = false;
}

/* The cause of the first failed write is kept: later calls of stdio no longer know it. */
void cx_app_flush(struct cx_app *a) {
    errno = 0;
    const bool failed = ferror(a->out) != 0;
    if (fflush(a->out) == 0 && !failed) return;
    if (!a->lost) a->lost = errno ? errno : EIO;
}

void cx_app_say(const struct cx_app *a, const char *fmt, ...) {
    if (a->ask.quiet) return;
    va_list list;
    va_start(list, fmt);
    vfprintf(a->talk, fmt, list);
    va_end(list);
    fputc('\n', a->talk);
}

/* Talk for people who wonder; -q wins over -v. */
void cx_app_detail(const struct cx_app *a, const char *fmt, ...) {
    if (!a->ask.verbose || a->ask.quiet) return;
    va_list list;
    va_start(list, fmt);
    vfprintf(a->talk, fmt, list);
    va_end(list);
    fputc('\n', a->talk);
}

void cx_app_next(const struct cx_app *a, json_t *answer, const char *fmt, ...) {
    char text[700];
    if (a->lost) return;
    va_list list;
    va_start(list, fmt);
    vsnprintf(text, sizeof text, fmt, list);
    va_end(list);
    if (a->ask.json && answer) {
        json_object_set_new(answer, "next", cx_json_text(text));
    } else {
        cx_app_say(a, "next: %s", text);
    }
}

/* "file:line:column: error E031: text", then the way out. */
void cx_app_error(const struct cx_app *a, const struct cx_error *e) {
    const char *red = a->paint ? "\033[1;31m" : "", *bold = a->paint ? "\033[1m" : "";
    const char *plain = a->paint ? "\033[0m" : "";
    if (e->file[0] && e->line) fprintf(a->talk, "%s:%d:%d: ", e->file, e->line, e->column);
    if (e->file[0] && !e->line) fprintf(a->talk, "%s: ", e->file);
    fprintf(a->talk, "%serror", red);
    if (e->code) fprintf(a->talk, " E%03d", e->code);
    fprintf(a->talk, ":%s %s\n", plain, e->text);
    if (e->hint[0]) fprintf(a->talk, "%shelp:%s %s\n", bold, plain, e->hint);
}

/* schema_version comes first in every answer: 1 until a key changes its meaning. */
json_t *cx_json_answer(void) {
    json_t *answer = json_object();
    json_object_set_new(answer, "schema_version", json_integer(1));
    return answer;
}

/* File names may hold any bytes; JSON may not. */
json_t *cx_json_text(const char *text) {
    json_t *made = json_string(text);
    if (made) return made;
    char *plain = strdup(text);
    for (char *c = plain; c && *c; c++) {
        if ((unsigned char)*c >= 0x80) *c = '?';
    }
    made = plain ? json_string(plain) : NULL;
    free(plain);
    return made ? made : json_null();
}

json_t *cx_json_error(const struct cx_error *e) {
    char code[16] = "";
    if (e->code) snprintf(code, sizeof code, "E%03d", e->code);
    json_t *row = json_object();
    json_object_set_new(row, "file", cx_json_text(e->file));
    json_object_set_new(row, "line", json_integer(e->line));
    json_object_set_new(row, "column", json_integer(e->column));
    json_object_set_new(row, "code", cx_json_text(code));
    json_object_set_new(row, "text", cx_json_text(e->text));
    json_object_set_new(row, "hint", cx_json_text(e->hint));
    return row;
}

json_t *cx_json_findings(const struct cx_findings *f) {
    json_t *list = json_array();
    for (int i = 0; i < f->n; i++) json_array_append_new(list, cx_json_error(&f->at[i]));
    return list;
}

enum cx_status cx_app_answer(struct cx_app *a, json_t *answer, struct cx_error *e) {
    const int failed = json_dumpf(answer, a->out, JSON_INDENT(2));
    json_decref(answer);
    a->answered = true;
    fputc('\n', a->out);
    cx_app_flush(a);
    if (failed && !a->lost) a->lost = EIO;
    if (!a->lost) return CX_OK;
    return cx_fail(e, CX_STORAGE, CX_E_STDOUT, "the results could not be written: %s",
                   strerror(a->lost));
}

enum cx_status cx_app_close(struct cx_app *a, json_t *answer, struct cx_error *e) {
    cx_app_flush(a);
    if (a->ask.json) return cx_app_answer(a, answer, e);
    json_decref(answer);
    return CX_OK;
}

void cx_app_file(struct cx_app *a, json_t *answer, const char *key, const char *path) {
    json_object_set_new(answer, key, cx_json_text(path));
    if (!a->ask.json) fprintf(a->out, "%s\n", path);
    cx_app_flush(a);
}

/* Three digits: these are estimates. */
void cx_text_bytes(double bytes, char text[24]) {
    const char *const unit[] = {"B", "kB", "MB", "GB", "TB", "PB"};
    int i = 0;
    while (bytes >= 999.5 && i < 5) {
        bytes /= 1000;
        i++;
    }
    snprintf(text, 24, "%.3g %s", bytes, unit[i]);
}

void cx_text_seconds(double seconds, char text[32]) {
    if (!(seconds >= 0 && seconds < 1e9)) {
        snprintf(text, 32, "unknown");
    } else if (seconds < 60) {
        snprintf(text, 32, "%.2g s", seconds);
    } else if (seconds < 5400) {
        snprintf(text, 32, "%d min %02d s", (int)(seconds / 60), (int)fmod(seconds, 60));
    } else {
        snprintf(text, 32, "%.1f h", seconds / 3600);
    }
}
