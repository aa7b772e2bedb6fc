/* yaml.c - see yaml.h.  The parsing itself is libfyaml's; this file keeps the tree small and the
 * input harmless. */
#include "config/tree.h"

#include <libfyaml.h>
#include <stdlib.h>
#include <string.h>

enum { DEPTH_MOST = 8, NODES_MOST = 20000, SCALAR_MOST = 4096 };

/* What is under way while events come in. */
struct reading {
    struct cx_yaml_pool *pool;
    const struct cx_yaml_sink *sink;
    struct cx_yaml *open[DEPTH_MOST + 1]; /* maps and lists not yet closed */
    int depth;
    struct cx_yaml *root, *key; /* key: waits for its value */
    int line, column, documents;
    bool stop;
};

static void tell(struct reading *r, int line, int column, struct cx_error *e) {
    e->line = line;
    e->column = column;
    r->sink->report(r->sink->user, e);
}

static void halt(struct reading *r, int code, const char *text, const char *hint) {
    struct cx_error e;
    cx_fail(&e, CX_CONFIG, code, "%s", text);
    cx_hint(&e, "%s", hint);
    tell(r, r->line, r->column, &e);
    r->stop = true;
}

static void no_memory(struct reading *r) {
    struct cx_error e;
    cx_fail(&e, CX_STORAGE, 61, "no memory left to read the configuration");
    tell(r, r->line, r->column, &e);
    r->stop = true;
}

static struct cx_yaml *make_node(struct reading *r, enum cx_yaml_kind kind, struct fy_token *text) {
    if (++r->pool->nodes > NODES_MOST) {
        halt(r, 14, "the file has more than 20000 entries", "split it, or write times as patterns");
        return NULL;
    }
    size_t n = 0;
    const char *from = text ? fy_token_get_text(text, &n) : "";
    if (from && n > SCALAR_MOST) {
        halt(r, 14, "a text of more than 4096 bytes", "shorten it");
        return NULL;
    }
    struct cx_yaml *node = from ? cx_yaml_node(r->pool, from, n) : NULL;
    if (!node) {
        no_memory(r);
        return NULL;
    }
    node->kind = kind;
    const enum fy_scalar_style style = text ? fy_token_scalar_style(text) : FYSS_PLAIN;
    const bool quotes = style == FYSS_SINGLE_QUOTED || style == FYSS_DOUBLE_QUOTED;
    node->quoted = style != FYSS_PLAIN;
    node->line = r->line;
    node->column = r->column - (quotes && r->column > 1); /* the library points behind the quote */
    return node;
}

static void check_duplicate(struct reading *r, const struct cx_yaml *map,
                            const struct cx_yaml *key) {
    for (const struct cx_yaml *c = map->first; c; c = c->next) {
        if (c->hash != key->hash || strcmp(c->key, key->text) != 0) continue;
        struct cx_error e;
        cx_fail(&e, CX_CONFIG, 16, "'%.100s' is given twice", key->text);
        cx_hint(&e, "the first one is in line %d: keep one of them", c->key_line);
        tell(r, key->line, key->column, &e);
        return;
    }
}

/* Takes a node into the list or map that is open, or as the root. */
static void place(struct reading *r, struct cx_yaml *node) {
    struct cx_yaml *in = r->depth ? r->open[r->depth - 1] : NULL;
    if (!in) {
        r->root = node;
        return;
    }
    if (in->kind == CX_YAML_MAP && !r->key) {
        if (node->kind != CX_YAML_SCALAR)
            halt(r, 15, "a list or map is used as a key", "keys are plain words");
        node->hash = cx_yaml_hash(node->text);
        check_duplicate(r, in, node);
        r->key = node;
        return;
    }
    if (r->key) cx_yaml_name(node, r->key);
    r->key = NULL;
    cx_yaml_append(in, node);
}

static void open_node(struct reading *r, enum cx_yaml_kind kind) {
    struct cx_yaml *node = make_node(r, kind, NULL);
    if (!node) return;
    if (r->depth == DEPTH_MOST) {
        halt(r, 14, "more than 8 levels of nesting", "no setting is nested that deeply");
        return;
    }
    place(r, node);
    r->open[r->depth++] = node;
}

static void refuse_extras(struct reading *r, struct fy_event *event) {
    if (event->type == FYET_ALIAS)
        halt(r, 15, "aliases (*name) are not allowed", "write the value out");
    else if (fy_event_get_anchor_token(event))
        halt(r, 15, "anchors (&name) are not allowed", "write the value out where it is used");
    else if (fy_event_get_tag_token(event))
        halt(r, 15, "tags (!name) are not allowed", "put text that starts with '!' in quotes");
}

static void start_document(struct reading *r, struct fy_event *event) {
    const struct fy_document_state *state = event->document_start.document_state;
    if (r->documents++)
        halt(r, 15, "a second document starts here", "one file holds one scenario: remove '---'");
    else if (state && (fy_document_state_version_explicit((struct fy_document_state *)state) ||
                       fy_document_state_tags_explicit((struct fy_document_state *)state)))
        halt(r, 15, "directives (%...) are not allowed", "remove the line that starts with '%'");
}

static void take_event(struct reading *r, struct fy_event *event) {
    const struct fy_mark *at = fy_event_start_mark(event);
    if (at) {
        r->line = at->line + 1;
        r->column = at->column + 1;
    }
    refuse_extras(r, event);
    if (r->stop) return;
    struct cx_yaml *node = NULL;
    switch (event->type) {
    case FYET_DOCUMENT_START: start_document(r, event); break;
    case FYET_MAPPING_START: open_node(r, CX_YAML_MAP); break;
    case FYET_SEQUENCE_START: open_node(r, CX_YAML_LIST); break;
    case FYET_MAPPING_END:
    case FYET_SEQUENCE_END: r->depth--; break;
    case FYET_SCALAR:
        node = make_node(r, CX_YAML_SCALAR, event->scalar.value);
        if (node) place(r, node);
        break;
    default: break;
    }
}

/* The library's own words for a syntax error, with its place. */
static bool tell_syntax(struct reading *r, struct fy_diag *diag) {
    void *at = NULL;
    struct fy_diag_error *d = diag ? fy_diag_errors_iterate(diag, &at) : NULL;
    if (!d) return false;
    struct cx_error e;
    cx_fail(&e, CX_CONFIG, 10, "not valid YAML: %.300s", d->msg ? d->msg : "the parser gave up");
    cx_hint(&e, "check indentation (spaces, no tabs), brackets, quotes and ': ' after each key");
    tell(r, d->line > 0 ? d->line : r->line, d->column > 0 ? d->column : 1, &e);
    return true;
}

static void run_parser(struct reading *r, struct fy_parser *parser, struct fy_diag *diag) {
    bool ended = false;
    struct fy_event *event;
    while (!r->stop && (event = fy_parser_parse(parser))) {
        ended = event->type == FYET_STREAM_END;
        take_event(r, event);
        fy_parser_event_free(parser, event);
    }
    if (r->stop) return;
    const bool told = tell_syntax(r, diag);
    if (!told && !ended)
        halt(r, 10, "not valid YAML: the text ends too early", "close what is open");
    r->stop = told || !ended;
}

struct cx_yaml *cx_yaml_parse(struct cx_yaml_pool *pool, const char *text, size_t n,
                              const struct cx_yaml_sink *sink) {
    struct reading r = {.pool = pool, .sink = sink, .line = 1, .column = 1};
    struct fy_diag_cfg quiet;
    fy_diag_cfg_default(&quiet);
    quiet.fp = NULL;
    struct fy_diag *diag = fy_diag_create(&quiet);
    if (diag) fy_diag_set_collect_errors(diag, true);
    const struct fy_parse_cfg cfg = {.flags = FYPCF_QUIET | FYPCF_COLLECT_DIAG | FYPCF_JSON_NONE |
                                              FYPCF_DEFAULT_VERSION_1_2 |
                                              FYPCF_ALLOW_DUPLICATE_KEYS,
                                     .diag = diag};
    struct fy_parser *parser = fy_parser_create(&cfg);
    if (parser && fy_parser_set_string(parser, text, n) == 0)
        run_parser(&r, parser, diag);
    else
        no_memory(&r);
    fy_parser_destroy(parser);
    fy_diag_destroy(diag);
    if (r.stop) return NULL;
    return r.root ? r.root : make_node(&r, CX_YAML_SCALAR, NULL);
}
