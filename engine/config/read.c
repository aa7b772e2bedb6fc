/* read.c - from a file name to a checked scenario: the contents page of this folder. */
#include "base/file.h"
#include "config/reader.h"

#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { FILE_MOST = 1 << 20 };

static void fail_file(struct cx_reader *r, enum cx_status status, int code, const char *why) {
    struct cx_error e;
    cx_fail(&e, status, code, "cannot use '%.180s' as a configuration: %s", r->file, why);
    if (code == 13)
        cx_hint(&e,
                "a configuration is YAML text in UTF-8, not a result file, an image or an archive");
    if (code == 12) cx_hint(&e, "put long lists of needles into a CSV file");
    cx_reader_report(r, NULL, CX_AT_VALUE, &e);
}

/* NUL and bytes that are no UTF-8 are shown with their place. */
static bool is_text(struct cx_reader *r, size_t n) {
    const ptrdiff_t fault = cx_utf8_fault(r->source, n);
    if (fault < 0) return true;
    struct cx_yaml at = {.line = 1, .column = 1};
    for (ptrdiff_t i = 0; i < fault; i++) {
        const bool ends = r->source[i] == '\n';
        at.line += ends;
        at.column = ends ? 1 : at.column + 1;
    }
    struct cx_error e;
    cx_fail(&e, CX_CONFIG, 13, "not a text file: byte 0x%02x is %s",
            (unsigned char)r->source[fault],
            (unsigned char)r->source[fault] < 0x80 ? "a control character" : "not UTF-8");
    cx_hint(&e, "a configuration is YAML text in UTF-8, not a result file, an image or an archive");
    free(r->source); /* a line of bytes helps nobody */
    r->source = NULL;
    cx_reader_report(r, &at, CX_AT_VALUE, &e);
    return false;
}

static bool read_source(struct cx_reader *r, size_t *n) {
    struct stat info;
    struct cx_error e;
    unsigned char *bytes = NULL;
    const bool there = stat(r->file, &info) == 0;
    if (!there)
        fail_file(r, CX_STORAGE, 11, strerror(errno));
    else if (S_ISDIR(info.st_mode))
        fail_file(r, CX_STORAGE, 11, "it is a folder");
    else if (!S_ISREG(info.st_mode))
        fail_file(r, CX_STORAGE, 11, "it is not a regular file");
    else if (info.st_size > FILE_MOST)
        fail_file(r, CX_CONFIG, 12, "it is larger than 1 MiB");
    else if (cx_file_read(r->file, FILE_MOST, &bytes, n, &e) != CX_OK)
        fail_file(r, CX_STORAGE, 11, e.text);
    r->source = (char *)bytes;
    return bytes && is_text(r, *n);
}

/* Names of folders are made of letters, digits, '-', '.' and '_'. */
static void set_name(struct cx_scenario *s, const char *name, size_t length) {
    memset(s->name, 0, sizeof s->name);
    for (size_t i = 0; i < length && i < sizeof s->name - 1; i++) {
        const unsigned char c = (unsigned char)name[i];
        s->name[i] = (char)(isalnum(c) || c == '-' || c == '.' ? c : '_');
    }
    if (s->name[0] == '.') s->name[0] = '_';
}

/* "configs/pilot one.yml" -> folder "configs", name "pilot_one". */
static bool name_scenario(struct cx_reader *r) {
    struct cx_scenario *s = r->s;
    if (!cx_text_copy(s->file, sizeof s->file, r->file)) {
        fail_file(r, CX_STORAGE, 11, "its path is longer than 255 bytes");
        return false;
    }
    const char *slash = strrchr(s->file, '/'), *name = slash ? slash + 1 : s->file;
    cx_text_copy(s->folder, sizeof s->folder, slash == s->file ? "/" : slash ? s->file : ".");
    if (slash > s->file) s->folder[slash - s->file] = 0;
    const char *dot = strrchr(name, '.');
    const bool yaml = dot && dot > name && (!strcmp(dot, ".yml") || !strcmp(dot, ".yaml"));
    const size_t length = yaml ? (size_t)(dot - name) : strlen(name);
    set_name(s, name, length);
    return true;
}

/* The name that was given wins over the file's: results keep it when their config.yml is read
 * again. */
static void settle_name(struct cx_scenario *s) {
    if (s->root.name[0]) set_name(s, s->root.name, strlen(s->root.name));
    cx_text_copy(s->root.name, sizeof s->root.name, s->name);
}

/* The reached share of the nominal length depends on the device first of all; the evidence runs from 0.2 (hand-held
 * roller on a compliant rat) to 1 (motor pen on a face), so it is always shown in the effective config. */
static void settle_device(struct cx_scenario *s) {
    if (!isnan(s->device.penetration)) return;
    switch (s->pattern.type) {
    case CX_PEN: s->device.penetration = 1; break;
    case CX_ROLLER: s->device.penetration = 0.6; break;
    default: s->device.penetration = 0.7;
    }
}

/* A point has no layers, and a block without skin no sessions unless they are listed. */
static void settle_layout(struct cx_reader *r) {
    struct cx_scenario *s = r->s;
    const struct cx_yaml *given = cx_yaml_at(r->root, "domain.layout");
    struct cx_error e;
    if (s->domain.geometry == CX_ONE_POINT && s->domain.layout == CX_LAYERED && given) {
        cx_fail(&e, CX_CONFIG, 43, "a point has no layers: its layout is uniform");
        cx_hint(&e, "leave domain.layout out, or use geometry: column");
        cx_reader_report(r, given, CX_AT_VALUE, &e);
    }
    if (s->domain.geometry == CX_ONE_POINT) s->domain.layout = CX_UNIFORM;
    if (s->domain.layout != CX_UNIFORM || cx_yaml_at(r->root, "treatment.sessions")) return;
    s->treatment.sessions.n = 0;
}

static void report_file(void *user, const struct cx_error *e) {
    const struct cx_yaml at = {.line = e->line, .column = e->column};
    struct cx_error copy = *e;
    cx_reader_report(user, &at, CX_AT_VALUE, &copy);
}

static bool parse_source(struct cx_reader *r, size_t n) {
    const struct cx_yaml_sink sink = {report_file, r};
    r->root = cx_yaml_parse(&r->pool, r->source, n, &sink);
    if (!r->root) return false;
    if (r->root->kind == CX_YAML_MAP) return true;
    struct cx_error e;
    const bool nothing = cx_yaml_is_nothing(r->root);
    cx_fail(&e, CX_CONFIG, nothing ? 17 : 18, "%s",
            nothing ? "the file says nothing" : "the file is not a map of settings (key: value)");
    cx_hint(&e, "start with 'cicatrix: 1'; `cicatrix new --list` shows templates");
    cx_reader_report(r, r->root, CX_AT_VALUE, &e);
    return false;
}

/* One override while it is parsed. */
struct overriding {
    struct cx_reader *r;
    const struct cx_override *o;
    struct cx_yaml at;
};

static void report_override(void *user, const struct cx_error *e) {
    struct overriding *v = user;
    struct cx_error copy = *e;
    cx_error_about(&copy, v->o->path);
    cx_reader_report(v->r, &v->at, CX_AT_VALUE, &copy);
}

/* The nodes of an override have no line; they name where it came from. */
static void mark_origin(struct cx_yaml *node, const char *from) {
    node->file = from;
    node->line = node->column = node->key_line = node->key_column = 0;
    for (struct cx_yaml *c = node->first; c; c = c->next) mark_origin(c, from);
}

void cx_reader_override(struct cx_reader *r, const struct cx_override *o) {
    const char *from = o->from ? o->from : "--set";
    struct overriding v = {r, o, {.file = from}};
    const struct cx_yaml_sink sink = {report_override, &v};
    struct cx_error e;
    const size_t n = strlen(o->value);
    if (cx_utf8_fault(o->value, n) >= 0) {
        cx_fail(&e, CX_CONFIG, 13, "the value is not UTF-8 text");
        report_override(&v, &e);
        return;
    }
    struct cx_yaml *value = cx_yaml_parse(&r->pool, o->value, n, &sink);
    if (!value) return;
    mark_origin(value, from);
    if (cx_yaml_put(&r->pool, r->root, o->path, value)) return;
    cx_fail(&e, CX_CONFIG, 30, "not the path of a setting");
    cx_hint(&e, "write it like device.needle.length=1.5 mm");
    report_override(&v, &e);
}

bool cx_reader_open(struct cx_reader *r) {
    size_t n = 0;
    return read_source(r, &n) && parse_source(r, n);
}

void cx_reader_close(struct cx_reader *r) {
    cx_findings_sort(r->findings, r->start);
    cx_yaml_free(&r->pool);
    free(r->source);
    r->source = NULL;
}

static void read_all(struct cx_reader *r, const struct cx_overrides *o) {
    if (!name_scenario(r) || !cx_reader_open(r)) return;
    cx_shorthands_open(r);
    for (int i = 0; o && i < o->n; i++) cx_reader_override(r, &o->at[i]);
    cx_shorthands_open(r); /* an override may be a shorthand too */
    cx_groups_read(r);
    settle_name(r->s);
    settle_device(r->s);
    settle_layout(r);
    cx_model_read(r);
    if (r->s->model) {
        cx_parameters_read(r);
        cx_changes_read(r);
        cx_observed_read(r);
        cx_expect_read(r);
        cx_field_names_check(r);
    }
    cx_scenario_check(r);
}

enum cx_status cx_config_load(const char *path, const struct cx_overrides *o,
                              const struct cx_model_list *models, struct cx_scenario *s,
                              struct cx_findings *f) {
    memset(s, 0, sizeof *s);
    struct cx_reader r = {.file = path, .models = models, .s = s, .findings = f, .start = f->n};
    read_all(&r, o);
    cx_reader_close(&r);
    if (r.status != CX_OK) cx_scenario_free(s);
    return r.status;
}

void cx_scenario_free(struct cx_scenario *s) {
    struct cx_group groups[CX_GROUP_MOST];
    const int n = cx_groups(groups);
    for (int g = 0; g < n; g++) {
        for (int i = 0; i < groups[g].count; i++) {
            const struct cx_row *row = &groups[g].rows[i];
            void *field = cx_row_field(s, row);
            if (row->kind == CX_KIND_TIMES) free(((struct cx_times *)field)->at);
            if (row->kind == CX_KIND_NAMES) free(((struct cx_names *)field)->at);
        }
    }
    free(s->parameter);
    free(s->change);
    free(s->observed);
    free(s->expect);
    free(s->origin);
    memset(s, 0, sizeof *s);
}
