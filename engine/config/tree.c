/* tree.c - the nodes of yaml.h: made from a pool, found by path, replaced by overrides. */
#include "config/tree.h"

#include <stdlib.h>
#include <string.h>

struct cx_yaml_block {
    struct cx_yaml_block *next;
    size_t used, room;
};

/* 16-byte aligned zeroed memory that lives as long as the pool. */
static void *take(struct cx_yaml_pool *pool, size_t n) {
    n = (n + 15) / 16 * 16;
    struct cx_yaml_block *b = pool->newest;
    if (!b || b->used + n > b->room) {
        const size_t room = n > 16000 ? n : 16000;
        b = calloc(1, sizeof *b + 16 + room);
        if (!b) return NULL;
        b->next = pool->newest;
        b->room = room;
        pool->newest = b;
    }
    const size_t head = (sizeof *b + 15) / 16 * 16;
    void *p = (char *)b + head + b->used;
    b->used += n;
    return p;
}

void cx_yaml_free(struct cx_yaml_pool *pool) {
    for (struct cx_yaml_block *b = pool->newest, *next; b; b = next) {
        next = b->next;
        free(b);
    }
    *pool = (struct cx_yaml_pool){0};
}

struct cx_yaml *cx_yaml_node(struct cx_yaml_pool *pool, const char *text, size_t n) {
    struct cx_yaml *node = take(pool, sizeof *node);
    char *copy = node ? take(pool, n + 1) : NULL;
    if (!copy) return NULL;
    memcpy(copy, text, n);
    node->text = copy;
    return node;
}

unsigned cx_yaml_hash(const char *text) {
    unsigned h = 2166136261u; /* FNV-1a */
    for (; *text; text++) h = (h ^ (unsigned char)*text) * 16777619u;
    return h;
}

void cx_yaml_name(struct cx_yaml *node, const struct cx_yaml *key) {
    node->key = key->text;
    node->hash = cx_yaml_hash(key->text);
    node->key_line = key->line;
    node->key_column = key->column;
}

void cx_yaml_append(struct cx_yaml *in, struct cx_yaml *node) {
    node->parent = in;
    node->next = NULL;
    if (in->last)
        in->last->next = node;
    else
        in->first = node;
    in->last = node;
    in->count++;
}

static struct cx_yaml *child_n(const struct cx_yaml *map, const char *key, size_t n) {
    if (map->kind != CX_YAML_MAP) return NULL;
    for (struct cx_yaml *c = map->first; c; c = c->next)
        if (strncmp(c->key, key, n) == 0 && !c->key[n]) return c;
    return NULL;
}

struct cx_yaml *cx_yaml_child(const struct cx_yaml *map, const char *key) {
    return child_n(map, key, strlen(key));
}

/* Walks as far as the path exists; *rest is what is left of it. */
static struct cx_yaml *walk(struct cx_yaml *root, const char *path, const char **rest) {
    struct cx_yaml *node = root;
    while (*path) {
        const size_t n = strcspn(path, ".");
        struct cx_yaml *c = child_n(node, path, n);
        if (!c) break;
        node = c;
        path += n + (path[n] == '.');
    }
    *rest = path;
    return node;
}

struct cx_yaml *cx_yaml_at(struct cx_yaml *root, const char *path) {
    const char *rest;
    struct cx_yaml *node = walk(root, path, &rest);
    return *rest ? NULL : node;
}

struct cx_yaml *cx_yaml_toward(struct cx_yaml *root, const char *path) {
    const char *rest;
    return walk(root, path, &rest);
}

/* A node of `kind` whose key is the first n bytes of `word`, placed like `like`. */
static struct cx_yaml *named_node(struct cx_yaml_pool *pool, const char *word, size_t n,
                                  const struct cx_yaml *like) {
    struct cx_yaml *key = cx_yaml_node(pool, word, n),
                   *node = key ? cx_yaml_node(pool, "", 0) : NULL;
    if (!node) return NULL;
    key->line = like->line;
    key->column = like->column;
    cx_yaml_name(node, key);
    node->kind = CX_YAML_MAP;
    node->file = like->file;
    node->line = like->line;
    node->column = like->column;
    return node;
}

/* What a node says, moved: `to` keeps its key and its place among its siblings. */
static void take_value(struct cx_yaml *to, const struct cx_yaml *from) {
    to->kind = from->kind;
    to->quoted = from->quoted;
    to->file = from->file;
    to->text = from->text;
    to->line = from->line;
    to->column = from->column;
    to->count = from->count;
    to->first = from->first;
    to->last = from->last;
    for (struct cx_yaml *c = to->first; c; c = c->next) c->parent = to;
}

bool cx_yaml_wrap(struct cx_yaml_pool *pool, struct cx_yaml *node, const char *key) {
    struct cx_yaml *held = named_node(pool, key, strlen(key), node);
    if (!held) return false;
    take_value(held, node);
    node->kind = CX_YAML_MAP;
    node->text = "";
    node->count = 0;
    node->first = node->last = NULL;
    cx_yaml_append(node, held);
    return true;
}

/* A scalar or list in the way of an override gives way to an empty map. */
static void open_map(struct cx_yaml *node) {
    if (node->kind == CX_YAML_MAP) return;
    node->kind = CX_YAML_MAP;
    node->text = "";
    node->count = 0;
    node->first = node->last = NULL;
}

static bool well_formed(const char *path) {
    const size_t n = strlen(path);
    return n && n < 200 && path[0] != '.' && path[n - 1] != '.' && !strstr(path, "..");
}

bool cx_yaml_put(struct cx_yaml_pool *pool, struct cx_yaml *root, const char *path,
                 struct cx_yaml *value) {
    if (!well_formed(path)) return false;
    const char *rest;
    struct cx_yaml *node = walk(root, path, &rest);
    while (*rest) {
        const size_t n = strcspn(rest, ".");
        struct cx_yaml *c = named_node(pool, rest, n, value);
        if (!c) return false;
        open_map(node);
        cx_yaml_append(node, c);
        node = c;
        rest += n + (rest[n] == '.');
    }
    take_value(node, value);
    node->key_line = value->line;
    node->key_column = value->column;
    return true;
}

bool cx_yaml_is_nothing(const struct cx_yaml *node) {
    if (node->kind != CX_YAML_SCALAR || node->quoted) return false;
    return !*node->text || strcmp(node->text, "~") == 0 || strcmp(node->text, "null") == 0;
}

const char *cx_yaml_kind_name(const struct cx_yaml *node) {
    if (node->kind == CX_YAML_MAP) return "a map";
    if (node->kind == CX_YAML_LIST) return "a list";
    return cx_yaml_is_nothing(node) ? "nothing" : "a single value";
}
