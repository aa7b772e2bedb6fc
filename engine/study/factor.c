/* factor.c - one thing that is varied: its range or values with units, read, checked, and turned into text again. */
#include "study/parts.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { VALUES_MOST = 100000 };

/* ---- reading --------------------------------------------------------------------------------- */

static bool no_memory(struct cx_study_reader *r, const struct cx_yaml *node) {
    struct cx_error e;
    cx_fail(&e, CX_STORAGE, 61, "no memory left for the values of a factor");
    cx_reader_report(&r->r, node, CX_AT_VALUE, &e);
    return false;
}

struct cx_factor *cx_study_factor_add(struct cx_study_reader *r, const char *path,
                                      const struct cx_yaml *node) {
    struct cx_study *s = r->s;
    struct cx_factor *f = NULL;
    const int known = cx_study_factor(s, path);
    if (known >= 0) {
        f = &s->factor[known];
        free(f->value);
        free(f->word);
    } else {
        void *at = realloc(s->factor, (size_t)(s->factor_count + 1) * sizeof *s->factor);
        if (!at) {
            no_memory(r, node);
            return NULL;
        }
        s->factor = at;
        f = &s->factor[s->factor_count++];
    }
    *f = (struct cx_factor){.line = node->line, .column = node->column};
    cx_text_copy(f->path, sizeof f->path, path);
    return f;
}

/* Room for one more value; doubles at each power of two. */
static bool grow(struct cx_factor *f) {
    if (f->count >= VALUES_MOST) return false;
    if (f->count & (f->count - 1)) return true;
    const size_t room = f->count ? 2 * (size_t)f->count : 1;
    void *at = f->words ? realloc(f->word, room * sizeof *f->word)
                        : realloc(f->value, room * sizeof *f->value);
    if (!at) return false;
    if (f->words)
        f->word = at;
    else
        f->value = at;
    return true;
}

static bool take_word(struct cx_study_reader *r, struct cx_factor *f, const struct cx_yaml *node) {
    struct cx_error e;
    if (!grow(f)) return no_memory(r, node);
    const bool bare = node->kind == CX_YAML_SCALAR; /* as typed, without its quotes */
    char *to = f->word[f->count];
    if (bare ? cx_text_copy(to, sizeof *f->word, node->text)
             : cx_yaml_say(node, to, sizeof *f->word)) {
        f->count++;
        return true;
    }
    cx_fail(&e, CX_CONFIG, 102, "a value is longer than 127 bytes");
    cx_hint(&e, "write times as patterns, such as every 28 day until 24 week");
    cx_study_refuse(r, f->path, node, &e);
    return false;
}

/* The number in the factor's unit, which the first one sets, inside the range of the setting. */
static bool read_number(struct cx_study_reader *r, struct cx_factor *f, const struct cx_yaml *node,
                        double *x) {
    struct cx_target t;
    struct cx_error e;
    char unit[32];
    double inside;
    const char *text = node->kind == CX_YAML_SCALAR ? node->text : "";
    cx_target_find(r, f->path, &t);
    const double none[2] = {1, 0},
                 range[2] = {t.param ? t.param->lo : t.row->lo, t.param ? t.param->hi : t.row->hi};
    const char *own = cx_target_unit(&t);
    enum cx_status status = CX_OK;
    if (!*f->as) { /* a template says itself what the number means; the scenario's checks come with the points */
        status = cx_quantity_read(text, own, &inside, &e);
        if (status == CX_OK) status = cx_range_check(inside, range, own, &e);
    }
    if (status == CX_OK && !*f->unit && cx_quantity_split(text, x, unit))
        memcpy(f->unit, unit, sizeof f->unit);
    if (status == CX_OK) status = cx_quantity_read(text, *f->unit ? f->unit : own, x, &e);
    if (status == CX_OK && f->whole && *x != floor(*x))
        status = cx_fail(&e, CX_CONFIG, 20, "'%.60s' is not a whole number", text);
    if (status == CX_OK) status = cx_range_check(*x, none, own, &e);
    if (status == CX_OK) return true;
    cx_study_refuse(r, f->path, node, &e);
    return false;
}

bool cx_factor_take(struct cx_study_reader *r, struct cx_factor *f, const struct cx_yaml *node) {
    double x = 0;
    if (f->words) return take_word(r, f, node);
    if (!read_number(r, f, node, &x)) return false;
    if (!grow(f)) return no_memory(r, node);
    f->value[f->count++] = x;
    return true;
}

void cx_factor_span(struct cx_factor *f) {
    for (int i = 0; i < f->count && !f->words; i++) {
        if (i == 0 || f->value[i] < f->from) f->from = f->value[i];
        if (i == 0 || f->value[i] > f->to) f->to = f->value[i];
    }
    if (f->words) f->to = f->count - 1;
}

static bool refuse(struct cx_study_reader *r, const struct cx_factor *f, const struct cx_yaml *node,
                   const char *why) {
    struct cx_error e;
    cx_fail(&e, CX_CONFIG, 102, "%s", why);
    cx_hint(&e, "write {from: 0.5 mm, to: 2 mm, steps: 4} or [0.5 mm, 1 mm]");
    cx_study_refuse(r, f->path, node, &e);
    return false;
}

/* Grid values are rounded to 12 digits, so that 0.1 x 3 is the 0.3 that somebody else typed. */
static double rounded(double x) {
    char text[40];
    snprintf(text, sizeof text, "%.11e", x);
    const char *rest;
    cx_number_read(text, &rest, &x);
    return x;
}

static double at_share(const struct cx_factor *f, double u) {
    if (u <= 0) return f->from;
    if (u >= 1) return f->to;
    if (f->log) return f->from * exp(u * log(f->to / f->from));
    return f->from + u * (f->to - f->from);
}

static bool make_steps(struct cx_study_reader *r, struct cx_factor *f, const struct cx_yaml *node) {
    static const double allowed[2] = {2, VALUES_MOST};
    int64_t steps = 0;
    if (!node) return true;
    if (!cx_study_count(r, node, allowed, &steps)) return false;
    if (f->whole && (double)steps > f->to - f->from + 1)
        return refuse(r, f, node, "more steps than there are whole numbers in the range");
    for (int64_t i = 0; i < steps; i++) {
        if (!grow(f)) return no_memory(r, node);
        const double x = rounded(at_share(f, (double)i / (double)(steps - 1)));
        f->value[f->count++] = f->whole ? round(x) : x;
    }
    return true;
}

/* Keys of a range, and which of them must be there. */
static bool known_keys(struct cx_study_reader *r, const struct cx_factor *f,
                       const struct cx_yaml *map) {
    static const char *const keys[] = {"from", "to", "steps", "scale", "as", "values"};
    bool good = true;
    for (const struct cx_yaml *c = map->first; c; c = c->next) {
        struct cx_nearest equal = {.wanted = c->key, .exact = true}, near = {.wanted = c->key};
        for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
            cx_nearest_offer(&equal, keys[i]);
            cx_nearest_offer(&near, keys[i]);
        }
        if (equal.name) continue;
        cx_unknown_key(&r->r, c, f->path, &near);
        good = false;
    }
    return good;
}

static bool read_scale(struct cx_study_reader *r, struct cx_factor *f, const struct cx_yaml *map) {
    const struct cx_yaml *scale = cx_yaml_child(map, "scale");
    if (!scale || strcmp(scale->text, "linear") == 0) return true;
    f->log = strcmp(scale->text, "log") == 0;
    return f->log || refuse(r, f, scale, "scale is linear or log");
}

static bool read_template(struct cx_study_reader *r, struct cx_factor *f,
                          const struct cx_yaml *map) {
    const struct cx_yaml *as = cx_yaml_child(map, "as");
    if (!as) return true;
    const char *hole = strstr(as->text, "{}");
    if (hole && !strstr(hole + 1, "{}") && cx_text_copy(f->as, sizeof f->as, as->text)) {
        f->words = false;
        return true;
    }
    return refuse(r, f, as, "'as' is a text with {} once where the number goes, at most 159 bytes");
}

static bool read_ends(struct cx_study_reader *r, struct cx_factor *f, const struct cx_yaml *map) {
    const struct cx_yaml *from = cx_yaml_child(map, "from"), *to = cx_yaml_child(map, "to");
    if (!from || !to) return refuse(r, f, map, "a range needs 'from' and 'to'");
    if (f->words)
        return refuse(r, f, map, "this setting has no numbers to range over: list its values");
    const bool good = read_number(r, f, from, &f->from);
    if (!read_number(r, f, to, &f->to) || !good) return false;
    if (!(f->from < f->to)) return refuse(r, f, map, "the range must go upward: from below to");
    if (f->log && !(f->from > 0)) return refuse(r, f, map, "a log scale must start above 0");
    f->range = make_steps(r, f, cx_yaml_child(map, "steps"));
    return f->range;
}

static bool read_values(struct cx_study_reader *r, struct cx_factor *f,
                        const struct cx_yaml *list) {
    bool good = true;
    if (list->kind != CX_YAML_LIST || !list->first)
        return refuse(r, f, list, "expects values in brackets, or a range");
    for (const struct cx_yaml *c = list->first; c; c = c->next)
        good = cx_factor_take(r, f, c) && good;
    cx_factor_span(f);
    return good;
}

static void read_map(struct cx_study_reader *r, struct cx_factor *f, const struct cx_yaml *map) {
    const struct cx_yaml *values = cx_yaml_child(map, "values");
    if (!known_keys(r, f, map) || !read_scale(r, f, map) || !read_template(r, f, map)) return;
    if (values)
        read_values(r, f, values);
    else
        read_ends(r, f, map);
}

/* The engine reads words and lists itself: each is tried in the base scenario. */
static void try_words(struct cx_study_reader *r, const struct cx_factor *f,
                      const struct cx_yaml *list) {
    const struct cx_yaml *node = list->kind == CX_YAML_LIST ? list->first : NULL;
    for (int i = 0; f->words && r->has_base && node && i < f->count; i++, node = node->next) {
        struct cx_findings found = {0};
        struct cx_scenario s;
        const struct cx_override o = {f->path, f->word[i], "--set"};
        const enum cx_status status =
            cx_config_load(r->s->base, &(struct cx_overrides){&o, 1}, &r->s->models, &s, &found);
        for (int k = 0; k < found.n; k++) /* what concerns several settings shows with the points */
            if (found.at[k].code < 40 && strcmp(found.at[k].file, "--set") == 0)
                cx_reader_report(&r->r, node, CX_AT_VALUE, &found.at[k]);
        cx_findings_free(&found);
        if (status == CX_OK) cx_scenario_free(&s);
    }
}

static bool may_vary(struct cx_study_reader *r, const char *path, const struct cx_yaml *node) {
    static const char *const fixed[] = {"cicatrix", "name", "title", "description", "model"};
    struct cx_error e;
    bool refused = strncmp(path, "output.", 7) == 0 || strncmp(path, "run.", 4) == 0;
    for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++)
        refused = refused || strcmp(path, fixed[i]) == 0;
    if (!refused) return true;
    cx_fail(&e, CX_CONFIG, 102, "'%.95s' does not change a result, or changes all of it", path);
    cx_hint(&e, strcmp(path, "run.seed") ? "vary settings of skin, device, treatment or parameters"
                                         : "write repeats: N for N seeds per point");
    cx_reader_report(&r->r, node, CX_AT_KEY, &e);
    return false;
}

void cx_factor_read(struct cx_study_reader *r, const char *path, const struct cx_yaml *node) {
    struct cx_target t;
    if (!cx_target_find(r, path, &t)) {
        cx_target_unknown(r, path, node);
        return;
    }
    if (!may_vary(r, path, node)) return;
    struct cx_factor *f = cx_study_factor_add(r, path, node);
    if (!f) return;
    f->words = !cx_target_is_number(&t);
    f->whole = !t.param && t.row->kind == CX_KIND_COUNT;
    if (node->kind == CX_YAML_MAP)
        read_map(r, f, node);
    else if (read_values(r, f, node))
        try_words(r, f, node);
    if (!*f->unit) memcpy(f->unit, "1", 2);
}

/* ---- values ---------------------------------------------------------------------------------- */

void cx_factor_text(const struct cx_factor *f, double x, char out[192]) {
    char number[32], value[80];
    if (f->words) {
        const int i = x < 0 ? 0 : x > f->count - 1 ? f->count - 1 : (int)x;
        snprintf(out, 192, "%s", f->word[i]);
        return;
    }
    cx_number_write(x, number);
    const bool pure = strcmp(f->unit, "1") == 0;
    snprintf(value, sizeof value, "%s%s%s", number, pure ? "" : " ", pure ? "" : f->unit);
    const char *hole = strstr(f->as, "{}");
    if (hole)
        snprintf(out, 192, "%.*s%s%s", (int)(hole - f->as), f->as, value, hole + 2);
    else
        snprintf(out, 192, "%s", value);
}

double cx_factor_from_unit(const struct cx_factor *f, double u) {
    const int slot = (int)fmin(fmax(floor(u * f->count), 0), f->count - 1);
    if (f->words) return slot;
    if (!f->range) return f->value[slot];
    if (f->whole) return f->from + fmin(floor(u * (f->to - f->from + 1)), f->to - f->from);
    return at_share(f, u);
}

double cx_factor_to_unit(const struct cx_factor *f, double x) {
    if (f->words) return (x + 0.5) / f->count;
    if (f->range && f->whole) return (x - f->from + 0.5) / (f->to - f->from + 1);
    if (f->range && f->log) return log(x / f->from) / log(f->to / f->from);
    if (f->range) return (x - f->from) / (f->to - f->from);
    int nearest = 0;
    for (int i = 1; i < f->count; i++)
        if (fabs(f->value[i] - x) < fabs(f->value[nearest] - x)) nearest = i;
    return (nearest + 0.5) / f->count;
}
