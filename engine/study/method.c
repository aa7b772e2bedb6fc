/* method.c - the `method` of a study: its name and numbers. */
#include "study/parts.h"

#include <string.h>

/* word, key of its number, default, largest */
static const struct form {
    const char *word, *key;
    int64_t fallback, most;
} forms[CX_METHOD_COUNT] = {
    [CX_GRID] = {"grid", NULL, 0, 0},         [CX_LIST] = {"list", NULL, 0, 0},
    [CX_LHS] = {"lhs", "n", 64, 1000000},     [CX_SOBOL] = {"sobol", "n", 256, 1000000},
    [CX_MORRIS] = {"morris", "r", 20, 10000}, [CX_SALTELLI] = {"saltelli", "n", 512, 1000000},
};

const char *cx_method_word(enum cx_method m) { return forms[m].word; }

static bool find_method(struct cx_study_reader *r, const struct cx_yaml *node, const char *word) {
    struct cx_nearest near = {.wanted = word};
    for (int i = 0; i < CX_METHOD_COUNT; i++) {
        if (strcmp(forms[i].word, word) == 0) {
            r->s->method = (enum cx_method)i;
            return true;
        }
        cx_nearest_offer(&near, forms[i].word);
    }
    struct cx_error e;
    const char *best = cx_nearest_name(&near);
    cx_fail(&e, CX_CONFIG, 34,
            "method: '%.60s' is not one of grid, list, lhs, sobol, morris, saltelli", word);
    cx_hint(&e, best ? "did you mean '%s'?" : "for example: method: {lhs: {n: 64}}%s",
            best ? best : "");
    cx_reader_report(&r->r, node, node->kind == CX_YAML_SCALAR ? CX_AT_VALUE : CX_AT_KEY, &e);
    return false;
}

static void read_second(struct cx_study_reader *r, const struct cx_yaml *node) {
    struct cx_error e;
    const char *text = node->kind == CX_YAML_SCALAR ? node->text : "";
    r->s->second = strcmp(text, "true") == 0;
    if (r->s->second || strcmp(text, "false") == 0) return;
    cx_fail(&e, CX_CONFIG, 34, "second: expects true or false");
    cx_hint(&e, "true adds rows from which indices of pairs of factors follow");
    cx_reader_report(&r->r, node, CX_AT_VALUE, &e);
}

static void read_option(struct cx_study_reader *r, const struct form *form,
                        const struct cx_yaml *c) {
    static const double levels[2] = {2, 64};
    const double range[2] = {1, (double)form->most};
    int64_t value = 0;
    const bool morris = r->s->method == CX_MORRIS, saltelli = r->s->method == CX_SALTELLI;
    if (form->key && strcmp(c->key, form->key) == 0) {
        if (cx_study_count(r, c, range, &value)) r->s->n = value;
    } else if (morris && strcmp(c->key, "levels") == 0) {
        if (cx_study_count(r, c, levels, &value)) r->s->levels = (int)value & ~1;
    } else if (saltelli && strcmp(c->key, "second") == 0) {
        read_second(r, c);
    } else {
        struct cx_nearest near = {.wanted = c->key};
        if (form->key) cx_nearest_offer(&near, form->key);
        if (morris) cx_nearest_offer(&near, "levels");
        if (saltelli) cx_nearest_offer(&near, "second");
        cx_unknown_key(&r->r, c, form->word, &near);
    }
}

/* {lhs: {n: 64}} or {lhs: 64} */
static void read_numbers(struct cx_study_reader *r, const struct form *form,
                         const struct cx_yaml *node) {
    const double range[2] = {1, (double)form->most};
    int64_t value = 0;
    if (node->kind == CX_YAML_MAP)
        for (const struct cx_yaml *c = node->first; c; c = c->next) read_option(r, form, c);
    else if (!form->key)
        cx_reader_kind(&r->r, node, form->word, "nothing behind it");
    else if (cx_study_count(r, node, range, &value))
        r->s->n = value;
}

void cx_method_read(struct cx_study_reader *r, const struct cx_yaml *node) {
    r->s->levels = 4;
    if (!node || cx_yaml_is_nothing(node)) return;
    const bool map = node->kind == CX_YAML_MAP && node->count == 1;
    if (!map && node->kind != CX_YAML_SCALAR) {
        cx_reader_kind(&r->r, node, "method",
                       "one word, or one word with its numbers: {lhs: {n: 64}}");
        return;
    }
    const struct cx_yaml *named = map ? node->first : node;
    if (!find_method(r, named, map ? named->key : named->text)) return;
    const struct form *form = &forms[r->s->method];
    r->s->n = form->fallback;
    if (r->s->method == CX_LIST)
        cx_list_read(r, named);
    else if (map)
        read_numbers(r, form, named);
}
