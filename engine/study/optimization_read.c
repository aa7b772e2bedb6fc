/* optimization_read.c - the part of a study file that says how to search: optimize: {population: 24, generations: 12}. */
#include "study/parts.h"

#include <stddef.h>
#include <string.h>

/* Defaults: 24 x 12 runs of a second or two are some minutes on a small machine, and enough for two goals over a handful
 * of settings. */
static const struct field {
    const char *key;
    double range[2];
    int64_t fallback;
} fields[] = {{"population", {4, 2000}, 24},
              {"generations", {1, 10000}, 12},
              {"patience", {0, 10000}, 4},
              {"seed", {0, 4294967295.0}, 1}};
enum { FIELDS = sizeof fields / sizeof *fields };

static int find(struct cx_study_reader *r, const struct cx_yaml *node) {
    struct cx_nearest near = {.wanted = node->key};
    for (int i = 0; i < FIELDS; i++) {
        if (strcmp(node->key, fields[i].key) == 0) return i;
        cx_nearest_offer(&near, fields[i].key);
    }
    cx_unknown_key(&r->r, node, "optimize", &near);
    return -1;
}

static void check_size(struct cx_study_reader *r, const struct cx_yaml *node) {
    enum { MOST = 1000000 };
    struct cx_error e;
    const struct cx_optimize *o = &r->s->optimize;
    const double runs = (double)o->population * o->generations * r->s->repeats;
    if (runs <= MOST) return;
    cx_fail(&e, CX_CONFIG, 104, "the optimisation may take %.6g runs, at most %d can be handled",
            runs, MOST);
    cx_hint(&e, "use a smaller population or fewer generations or repeats");
    cx_study_refuse(r, "optimize", node, &e);
}

void cx_optimize_read(struct cx_study_reader *r, const struct cx_yaml *node) {
    struct cx_study *s = r->s;
    int64_t value[FIELDS];
    const bool there = node && !cx_yaml_is_nothing(node);
    for (int i = 0; i < FIELDS; i++) value[i] = fields[i].fallback;
    if (there && node->kind != CX_YAML_MAP) {
        cx_reader_kind(&r->r, node, "optimize", "a map with population, generations, seed");
        return;
    }
    for (const struct cx_yaml *c = there ? node->first : NULL; c; c = c->next) {
        const int i = find(r, c);
        if (i >= 0) cx_study_count(r, c, fields[i].range, &value[i]);
    }
    s->optimize = (struct cx_optimize){.population = (int)value[0],
                                       .generations = (int)value[1],
                                       .patience = (int)value[2],
                                       .seed = (uint64_t)value[3]};
    if (!node) return;
    check_size(r, node);
    if (cx_yaml_child(r->r.root, "method")) return;
    s->method = CX_LHS; /* a sweep of the same file samples what the search would go through */
    s->n = s->optimize.population;
}
