/* lists.c - settings that hold several values: vectors, times, names.  A single value is a list of
 * one. */
#include "config/reader.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static void refuse(struct cx_reader *r, const struct cx_slot *slot, const struct cx_yaml *at,
                   struct cx_error *e) {
    cx_error_about(e, slot->path);
    cx_reader_report(r, at, CX_AT_VALUE, e);
}

/* Calls `take` for the scalar itself or for every entry of the list; goes on after a bad one. */
static bool each(struct cx_reader *r, const struct cx_slot *slot,
                 bool (*take)(struct cx_reader *, const struct cx_slot *, const struct cx_yaml *)) {
    if (slot->node->kind == CX_YAML_SCALAR) return take(r, slot, slot->node);
    if (slot->node->kind == CX_YAML_MAP) {
        cx_reader_kind(r, slot->node, slot->path, "a list or a single value");
        return false;
    }
    bool good = true;
    for (const struct cx_yaml *c = slot->node->first; c; c = c->next) {
        const bool single = c->kind == CX_YAML_SCALAR;
        if (!single) cx_reader_kind(r, c, slot->path, "single values in its list");
        good = single && take(r, slot, c) && good;
    }
    return good;
}

static bool take_component(struct cx_reader *r, const struct cx_slot *slot,
                           const struct cx_yaml *c) {
    struct cx_vector *v = slot->field;
    const double range[2] = {slot->row->lo, slot->row->hi};
    struct cx_error e;
    double value = 0;
    if (v->n == 3)
        cx_fail(&e, CX_CONFIG, 32, "more than three numbers");
    else if (cx_quantity_read(c->text, slot->row->unit, &value, &e) == CX_OK &&
             cx_range_check(value, range, slot->row->unit, &e) == CX_OK) {
        v->at[v->n++] = value;
        return true;
    }
    refuse(r, slot, c, &e);
    return false;
}

bool cx_vector_fill(struct cx_reader *r, const struct cx_slot *slot) {
    struct cx_vector *v = slot->field;
    *v = (struct cx_vector){0};
    const bool scalar = slot->node->kind == CX_YAML_SCALAR;
    if (scalar && (!*slot->node->text || strcmp(slot->node->text, "auto") == 0)) return true;
    return each(r, slot, take_component);
}

static bool take_times(struct cx_reader *r, const struct cx_slot *slot, const struct cx_yaml *c) {
    struct cx_times *t = slot->field;
    const int before = t->n;
    const double range[2] = {slot->row->lo, slot->row->hi};
    struct cx_error e;
    enum cx_status status = cx_times_read(c->text, r->s->time.end, t, &e);
    for (int i = before; i < t->n && status == CX_OK; i++)
        status = cx_range_check(t->at[i], range, slot->row->unit, &e);
    if (status) refuse(r, slot, c, &e);
    return status == CX_OK;
}

bool cx_times_fill(struct cx_reader *r, const struct cx_slot *slot) {
    return each(r, slot, take_times);
}

static bool is_name(const char *p, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (!isalnum((unsigned char)p[i]) && p[i] != '_' && p[i] != '-') return false;
    return n > 0 && n < 64;
}

static bool append_name(struct cx_names *names, const char *p, size_t n, struct cx_error *e) {
    if (!is_name(p, n)) {
        cx_fail(e, CX_CONFIG, 37, "'%.*s' is not a name", n < 64 ? (int)n : 64, p);
        cx_hint(e, "names have letters, digits, '_' and '-', at most 63");
        return false;
    }
    void *at = realloc(names->at, (size_t)(names->n + 1) * sizeof *names->at);
    if (!at) {
        cx_fail(e, CX_STORAGE, 61, "no memory left for a list of names");
        return false;
    }
    names->at = at;
    memset(names->at[names->n], 0, sizeof *names->at);
    memcpy(names->at[names->n++], p, n);
    return true;
}

/* One name, or several with commas between them. */
static bool take_names(struct cx_reader *r, const struct cx_slot *slot, const struct cx_yaml *c) {
    for (const char *p = c->text;; p++) {
        p += strspn(p, " ");
        const size_t all = strcspn(p, ",");
        size_t n = all;
        while (n && p[n - 1] == ' ') n--;
        struct cx_error e;
        if (!append_name(slot->field, p, n, &e)) {
            refuse(r, slot, c, &e);
            return false;
        }
        p += all;
        if (!*p) return true;
    }
}

bool cx_names_fill(struct cx_reader *r, const struct cx_slot *slot) {
    if (slot->node->kind == CX_YAML_SCALAR && !*slot->node->text) return true;
    return each(r, slot, take_names);
}
