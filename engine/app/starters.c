/* starters.c - see starters.h. */
#include "app/starters.h"

#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int by_name(const void *a, const void *b) { return strcmp(a, b); }

/* Sorted, since folders have no order. */
enum cx_status cx_starters_read(struct cx_starters *s, struct cx_error *e) {
    s->n = 0;
    DIR *list = opendir(s->folder);
    if (!list) return cx_fail_system(e, 7, errno, "read", s->folder);
    for (struct dirent *row; s->n < CX_STARTERS_MOST && (row = readdir(list));) {
        const size_t length = strlen(row->d_name);
        if (length < 5 || length > 67 || strcmp(row->d_name + length - 4, ".yml") != 0) continue;
        snprintf(s->name[s->n++], sizeof *s->name, "%.*s", (int)length - 4, row->d_name);
    }
    closedir(list);
    qsort(s->name, (size_t)s->n, sizeof *s->name, by_name);
    return CX_OK;
}

void cx_starter_path(const struct cx_starters *s, int i, char path[640]) {
    snprintf(path, 640, "%.511s/%s.yml", s->folder, s->name[i]);
}

void cx_starter_title(const struct cx_starters *s, int i, char title[200]) {
    char path[640], line[400];
    title[0] = 0;
    cx_starter_path(s, i, path);
    FILE *from = fopen(path, "r");
    while (from && !title[0] && fgets(line, sizeof line, from)) {
        if (strncmp(line, "title:", 6) != 0) continue;
        const char *text = line + 6 + strspn(line + 6, " \"'");
        snprintf(title, 200, "%.*s", (int)strcspn(text, "\"\n"), text);
    }
    if (from) fclose(from);
}

void cx_starter_comment(const struct cx_starters *s, int i, char comment[1200]) {
    char path[640], line[400];
    size_t n = 0;
    comment[0] = 0;
    cx_starter_path(s, i, path);
    FILE *from = fopen(path, "r");
    while (from && fgets(line, sizeof line, from) && line[0] == '#') {
        const char *text = line + 1 + strspn(line + 1, " ");
        if (text - line > 2 || n > 1200 - sizeof line) continue;
        n += (size_t)snprintf(comment + n, 1200 - n, "%s%.*s", n ? " " : "",
                              (int)strcspn(text, "\n"), text);
    }
    if (from) fclose(from);
    while (n && !strchr(".?!", comment[n - 1])) comment[--n] = 0; /* what led to the commands */
}
