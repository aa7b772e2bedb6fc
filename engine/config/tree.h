/* tree.h - what the parser of yaml.c needs to build the tree of yaml.h; nobody else. */
#ifndef CX_CONFIG_TREE_H
#define CX_CONFIG_TREE_H

#include "config/yaml.h"

/* A scalar with a copy of n bytes of text; NULL if memory ran out. */
struct cx_yaml *cx_yaml_node(struct cx_yaml_pool *pool, const char *text, size_t n);
void cx_yaml_name(struct cx_yaml *node,
                  const struct cx_yaml *key); /* `key` becomes the node's key */
void cx_yaml_append(struct cx_yaml *in, struct cx_yaml *node);
unsigned cx_yaml_hash(const char *text);

#endif
