/* yaml.h - a strict subset of YAML as a small tree in which every node knows its place.  Knows no
 * settings.
 *
 * Refused, each with its place: anchors, aliases, tags, directives, several documents, keys that
 * are not plain words, duplicate keys, more than 8 levels, more than 20000 nodes, scalars over
 * 4096 bytes. */
#ifndef CX_CONFIG_YAML_H
#define CX_CONFIG_YAML_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>

enum cx_yaml_kind { CX_YAML_SCALAR, CX_YAML_MAP, CX_YAML_LIST };

struct cx_yaml {
    enum cx_yaml_kind kind;
    bool quoted;      /* '7' in quotes is text */
    const char *file; /* NULL: the file that is being read; else "--set" */
    const char *key;  /* NULL unless the node is a value of a map */
    unsigned hash;    /* of the key */
    const char *text; /* scalar; "" for nothing */
    int line, column; /* of the value, from 1 */
    int key_line, key_column;
    int count; /* children */
    struct cx_yaml *parent, *first, *last, *next;
};

/* Owns every node and string: one free for all. */
struct cx_yaml_pool {
    struct cx_yaml_block *newest;
    int nodes;
};
void cx_yaml_free(struct cx_yaml_pool *pool);

/* Told of every finding; errors carry line and column. */
struct cx_yaml_sink {
    void (*report)(void *user, const struct cx_error *e);
    void *user;
};

/* Parses n bytes.  NULL after a finding that ends the reading; findings such as duplicate keys do
 * not end it. An empty document gives an empty scalar. */
struct cx_yaml *cx_yaml_parse(struct cx_yaml_pool *pool, const char *text, size_t n,
                              const struct cx_yaml_sink *sink);

struct cx_yaml *cx_yaml_child(const struct cx_yaml *map, const char *key); /* NULL if absent */
/* Node at "device.needle.length", NULL if absent. */
struct cx_yaml *cx_yaml_at(struct cx_yaml *root, const char *path);
/* The deepest node that exists along the path: where a finding about the path is shown. */
struct cx_yaml *cx_yaml_toward(struct cx_yaml *root, const char *path);
/* Turns `left: periodic` into `left: {kind: periodic}`.  False if memory ran out. */
bool cx_yaml_wrap(struct cx_yaml_pool *pool, struct cx_yaml *node, const char *key);
/* Puts `value` at `path`, in place of what was there; scalars and lists in the way become maps.
 * False if memory ran out or the path is empty, too long or malformed. */
bool cx_yaml_put(struct cx_yaml_pool *pool, struct cx_yaml *root, const char *path,
                 struct cx_yaml *value);
/* Nothing: "key:" without a value. */
bool cx_yaml_is_nothing(const struct cx_yaml *node);
const char *cx_yaml_kind_name(const struct cx_yaml *node); /* "a list" ... */

#endif
