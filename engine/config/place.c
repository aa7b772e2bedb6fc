/* place.c - from a node of the tree to a finding or an origin. */
#include "config/reader.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void cx_reader_report(struct cx_reader *r, const struct cx_yaml *node, enum cx_place place,
                      struct cx_error *e) {
    const bool key = place == CX_AT_KEY && node && node->key;
    cx_text_copy(e->file, sizeof e->file, node && node->file ? node->file : r->file);
    if (node) {
        e->line = key ? node->key_line : node->line;
        e->column = key ? node->key_column : node->column;
    }
    cx_findings_add(r->findings, e, node && node->file ? NULL : r->source);
    if (r->status != CX_STORAGE) r->status = e->status;
}

void cx_error_about(struct cx_error *e, const char *path) {
    char text[sizeof e->text];
    cx_text_copy(text, sizeof text, e->text);
    snprintf(e->text, sizeof e->text, "%.90s: %.400s", path, text);
}

void cx_reader_kind(struct cx_reader *r, const struct cx_yaml *node, const char *path,
                    const char *wanted) {
    struct cx_error e;
    cx_fail(&e, CX_CONFIG, 32, "%.90s expects %s, found %s", *path ? path : "the file", wanted,
            cx_yaml_kind_name(node));
    cx_hint(&e, "see `cicatrix explain %.90s`", *path ? path : "E032");
    cx_reader_report(r, node, node->kind == CX_YAML_SCALAR ? CX_AT_VALUE : CX_AT_KEY, &e);
}

/* "[6 h, 1 day]" as typed; cut where the room ends. */
static void say_value(char *out, size_t room, const struct cx_yaml *node) {
    if (node->kind == CX_YAML_SCALAR) {
        cx_text_copy(out, room, node->text);
        return;
    }
    size_t n = (size_t)snprintf(out, room, node->first ? "[" : "[]");
    for (const struct cx_yaml *c = node->first; c && n < room; c = c->next) {
        const char *comma = c->next ? ", " : "]";
        n += (size_t)snprintf(out + n, room - n, "%s%s", c->text, comma);
    }
}

static bool origin_room(struct cx_scenario *s) {
    if (s->origin_count & (s->origin_count - 1))
        return true; /* room doubles at each power of two */
    const size_t room = s->origin_count ? 2 * (size_t)s->origin_count : 1;
    struct cx_origin *at = realloc(s->origin, room * sizeof *at);
    if (at) s->origin = at;
    return at != NULL;
}

void cx_reader_origin(struct cx_reader *r, const char *path, const struct cx_yaml *node,
                      const char *fallback) {
    struct cx_scenario *s = r->s;
    if (!origin_room(s)) {
        struct cx_error e;
        cx_fail(&e, CX_STORAGE, 61, "no memory left for the origins of the settings");
        cx_reader_report(r, NULL, CX_AT_VALUE, &e);
        return;
    }
    struct cx_origin *o = &s->origin[s->origin_count++];
    *o = (struct cx_origin){0};
    cx_text_copy(o->path, sizeof o->path, path);
    if (!node) {
        cx_text_copy(o->value, sizeof o->value, fallback);
        cx_text_copy(o->from, sizeof o->from, "default");
        return;
    }
    say_value(o->value, sizeof o->value, node);
    const char *slash = strrchr(r->file, '/');
    const char *file =
        r->file[0] == '/' && slash ? slash + 1 : r->file; /* no machine paths in results */
    if (node->file)
        cx_text_copy(o->from, sizeof o->from, node->file);
    else
        snprintf(o->from, sizeof o->from, "%.250s:%d:%d", file, node->line, node->column);
}
