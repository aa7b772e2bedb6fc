/* certificate_json.c - see certificate_json.h */
#include "watch/certificate_json.h"

#include "base/file.h"
#include "base/json.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

enum { SCHEMA = 1, FILE_MAX = 16 << 20 };
static const char *const kind_name[CX_CERTIFY_KINDS] = {"time", "grid"};

/* ---- writing: a NULL from jansson makes the whole NULL ---- */

static json_t *effort_json(const struct cx_effort *w) {
    return json_pack("{s:f, s:f, s:f}", "cells", w->cells, "steps", w->steps, "cell_steps",
                     cx_effort_size(w));
}

static json_t *part_json(const struct cx_certificate *c, const struct cx_certificate_part *p) {
    const double run = cx_effort_size(&c->run);
    return json_pack("{s:b, s:s, s:o, s:o, s:f, s:f, s:f, s:o}", "made", p->made, "why_not",
                     p->why_not, "setting", cx_json_number(p->setting), "factor",
                     cx_json_number(p->factor), "cells", p->effort.cells, "steps", p->effort.steps,
                     "cell_steps", cx_effort_size(&p->effort), "cost",
                     cx_json_number(cx_effort_size(&p->effort) / (run > 0 ? run : 1)));
}

static json_t *outcomes_json(const struct cx_outcomes *o, const double *const *repeated) {
    json_t *all = json_object();
    for (int i = 0; i < o->outcome_count; i++) {
        const struct cx_outcome_entry *row = &o->outcome[i];
        json_t *each = json_pack(
            "{s:o, s:s, s:{s:o, s:o}, s:{s:o, s:o}}", "value", cx_json_number(row->value), "unit",
            row->unit, "repeated", "time", cx_json_number(repeated[CX_CERTIFY_TIME][i]), "grid",
            cx_json_number(repeated[CX_CERTIFY_GRID][i]), "error", "time",
            cx_json_number(row->time_error), "grid", cx_json_number(row->grid_error));
        if (json_object_set_new(all, row->name, each) == 0) continue;
        json_decref(all);
        return NULL;
    }
    return all;
}

enum cx_status cx_certificate_write(const char *path, const struct cx_certificate *c,
                                    const struct cx_outcomes *o, const double *const *repeated,
                                    struct cx_error *e) {
    json_t *root =
        json_pack("{s:i, s:s, s:s, s:o, s:o, s:o, s:o}", "schema_version", SCHEMA, "scenario",
                  c->scenario, "digest", c->digest, "run", effort_json(&c->run), "time",
                  part_json(c, &c->part[CX_CERTIFY_TIME]), "grid",
                  part_json(c, &c->part[CX_CERTIFY_GRID]), "outcomes", outcomes_json(o, repeated));
    char *dump = root ? json_dumps(root, JSON_INDENT(2) | JSON_REAL_PRECISION(17)) : NULL;
    json_decref(root);
    if (!dump)
        return cx_fail(e, CX_STORAGE, 76,
                       "%.280s cannot be made: a text in it is not UTF-8, or memory is short",
                       path);
    const enum cx_status status = cx_file_write(path, dump, strlen(dump), e);
    free(dump);
    return status;
}

/* ---- reading ---- */

static void get_text(const json_t *at, const char *name, char *to, size_t room) {
    cx_text_copy(to, room, cx_json_get_text(at, name));
}

static struct cx_effort get_effort(const json_t *at) {
    return (struct cx_effort){cx_json_get_number(at, "cells"), cx_json_get_number(at, "steps")};
}

static void take(const json_t *root, struct cx_certificate *c) {
    *c = (struct cx_certificate){.run = get_effort(json_object_get(root, "run"))};
    get_text(root, "scenario", c->scenario, sizeof c->scenario);
    get_text(root, "digest", c->digest, sizeof c->digest);
    for (int k = 0; k < CX_CERTIFY_KINDS; k++) {
        const json_t *from = json_object_get(root, kind_name[k]);
        struct cx_certificate_part *p = &c->part[k];
        p->made = json_is_true(json_object_get(from, "made"));
        p->setting = cx_json_get_number(from, "setting");
        p->factor = cx_json_get_number(from, "factor");
        p->effort = get_effort(from);
        get_text(from, "why_not", p->why_not, sizeof p->why_not);
    }
}

enum cx_status cx_certificate_read(const char *path, struct cx_certificate *c, struct cx_error *e) {
    unsigned char *bytes;
    size_t n;
    json_error_t why;
    CX_TRY(cx_file_read(path, FILE_MAX, &bytes, &n, e));
    json_t *root = json_loadb((const char *)bytes, n, JSON_REJECT_DUPLICATES, &why);
    free(bytes);
    const json_t *version = json_object_get(root, "schema_version");
    const bool known = json_is_integer(version) && json_integer_value(version) == SCHEMA;
    if (known) take(root, c);
    json_decref(root);
    if (known) return CX_OK;
    return cx_fail(e, CX_STORAGE, 76, "%.200s is not a certificate: %.200s", path,
                   root ? "its schema_version is not one that this program knows" : why.text);
}
