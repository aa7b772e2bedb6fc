/* value.c - one setting: the text of a node into the field of a row. */
#include "config/reader.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum cx_status cx_range_check(double value, const double range[2], const char *unit,
                              struct cx_error *e) {
    if (range[0] > range[1] || (value >= range[0] && value <= range[1])) return CX_OK;
    const char *shown = strcmp(unit, "1") == 0 ? "" : unit;
    cx_fail(e, CX_CONFIG, 33, "%.6g %s%sis out of range", value, shown, *shown ? " " : "");
    cx_hint(e, "allowed is %.6g to %.6g%s%s", range[0], range[1], *shown ? " " : "", shown);
    return CX_CONFIG;
}

static bool refuse(struct cx_reader *r, const struct cx_slot *slot, struct cx_error *e) {
    cx_error_about(e, slot->path);
    cx_reader_report(r, slot->node, CX_AT_VALUE, e);
    return false;
}

static bool fill_number(struct cx_reader *r, const struct cx_slot *slot) {
    const struct cx_row *row = slot->row;
    double *value = slot->field;
    struct cx_error e;
    if (strcmp(row->fallback, "auto") == 0 && strcmp(slot->node->text, "auto") == 0) {
        *value = NAN;
        return true;
    }
    const double range[2] = {row->lo, row->hi};
    if (cx_quantity_read(slot->node->text, row->unit, value, &e)) return refuse(r, slot, &e);
    if (cx_range_check(*value, range, row->unit, &e)) return refuse(r, slot, &e);
    return true;
}

static bool fill_count(struct cx_reader *r, const struct cx_slot *slot) {
    const struct cx_row *row = slot->row;
    struct cx_error e;
    const char *rest;
    double value;
    const bool whole = cx_number_read(slot->node->text, &rest, &value) && !*rest &&
                       value == floor(value) && fabs(value) < 9007199254740992.0;
    if (!whole) {
        cx_fail(&e, CX_CONFIG, 20, "'%.60s' is not a whole number", slot->node->text);
        cx_hint(&e, "expects a whole number such as %s", row->fallback);
        return refuse(r, slot, &e);
    }
    const double range[2] = {row->lo, row->hi};
    if (cx_range_check(value, range, "1", &e)) return refuse(r, slot, &e);
    *(int64_t *)slot->field = (int64_t)value;
    return true;
}

static bool fill_flag(struct cx_reader *r, const struct cx_slot *slot) {
    const char *text = slot->node->text;
    const bool yes = strcmp(text, "true") == 0;
    if (yes || strcmp(text, "false") == 0) {
        *(bool *)slot->field = yes;
        return true;
    }
    struct cx_error e;
    cx_fail(&e, CX_CONFIG, 34, "'%.60s' is neither true nor false", text);
    cx_hint(&e, "write true or false");
    return refuse(r, slot, &e);
}

/* "a, b, c" */
static void say_words(char *out, size_t room, const struct cx_choice *c) {
    size_t n = 0;
    for (out[0] = 0; c->word && n < room; c++)
        n += (size_t)snprintf(out + n, room - n, "%s%s", n ? ", " : "", c->word);
}

static bool fill_choice(struct cx_reader *r, const struct cx_slot *slot) {
    const char *text = slot->node->text;
    for (const struct cx_choice *c = slot->row->choices; c->word; c++) {
        if (strcmp(c->word, text) != 0) continue;
        *(int *)slot->field = c->value;
        return true;
    }
    struct cx_nearest near = {.wanted = text};
    for (const struct cx_choice *c = slot->row->choices; c->word; c++)
        cx_nearest_offer(&near, c->word);
    struct cx_error e;
    char words[240];
    say_words(words, sizeof words, slot->row->choices);
    cx_fail(&e, CX_CONFIG, 34, "'%.60s' is not one of the choices: %s", text, words);
    const char *best = cx_nearest_name(&near);
    if (best) cx_hint(&e, "did you mean '%s'?", best);
    return refuse(r, slot, &e);
}

/* Line ends inside become blanks, blanks at the ends go. */
static void flatten(char *text) {
    size_t n = 0;
    const char *p = text + strspn(text, " \t\r\n");
    for (; *p; p++) text[n++] = *p == '\n' || *p == '\r' || *p == '\t' ? ' ' : *p;
    while (n && text[n - 1] == ' ') n--;
    text[n] = 0;
}

/* Control characters and separators that would be read back as line ends or not at all. */
static bool printable(const char *text) {
    if (cx_utf8_fault(text, strlen(text)) >= 0 || strstr(text, "\xef\xbb\xbf")) return false;
    if (strstr(text, "\xe2\x80\xa8") || strstr(text, "\xe2\x80\xa9")) return false;
    for (const unsigned char *p = (const unsigned char *)text; *p; p++)
        if ((p[0] == 0xc2 && p[1] < 0xa0) || (p[0] == 0xef && p[1] == 0xbf && p[2] >= 0xbe))
            return false;
    return true;
}

static bool fill_text(struct cx_reader *r, const struct cx_slot *slot) {
    struct cx_error e;
    if (!printable(slot->node->text)) {
        cx_fail(&e, CX_CONFIG, 37, "the text has characters that cannot be printed");
        cx_hint(&e, "retype it without control characters");
        return refuse(r, slot, &e);
    }
    if (!cx_text_copy(slot->field, 256, slot->node->text)) {
        ((char *)slot->field)[0] = 0;
        cx_fail(&e, CX_CONFIG, 37, "the text has %zu bytes, allowed are 255",
                strlen(slot->node->text));
        cx_hint(&e, "shorten it; a comment can say more");
        return refuse(r, slot, &e);
    }
    flatten(slot->field);
    return true;
}

static bool fill_path(struct cx_reader *r, const struct cx_slot *slot) {
    char *path = slot->field;
    struct cx_error e;
    if (!fill_text(r, slot)) return false;
    if (!*path || cx_path_check(r->s->folder, path, &e) == CX_OK) return true;
    path[0] = 0;
    return refuse(r, slot, &e);
}

static bool fill(struct cx_reader *r, const struct cx_slot *slot) {
    static bool (*const single[])(struct cx_reader *, const struct cx_slot *) = {
        [CX_KIND_NUMBER] = fill_number, [CX_KIND_COUNT] = fill_count, [CX_KIND_FLAG] = fill_flag,
        [CX_KIND_CHOICE] = fill_choice, [CX_KIND_TEXT] = fill_text,   [CX_KIND_PATH] = fill_path};
    switch (slot->row->kind) {
    case CX_KIND_VECTOR: return cx_vector_fill(r, slot);
    case CX_KIND_TIMES: return cx_times_fill(r, slot);
    case CX_KIND_NAMES: return cx_names_fill(r, slot);
    default: break;
    }
    if (slot->node->kind == CX_YAML_SCALAR) return single[slot->row->kind](r, slot);
    cx_reader_kind(r, slot->node, slot->path, "a single value");
    return false;
}

/* After a finding the default stands in, so that the checks across settings can go on. */
static void stand_in(struct cx_reader *r, const struct cx_slot *failed,
                     const struct cx_yaml *standard) {
    struct cx_slot slot = *failed;
    const bool lists = slot.row->kind == CX_KIND_TIMES || slot.row->kind == CX_KIND_NAMES;
    slot.node = standard;
    if (!lists) fill(r, &slot); /* lists keep their good entries */
}

void cx_value_read(struct cx_reader *r, const char *path, const struct cx_row *row,
                   const struct cx_yaml *node) {
    const struct cx_yaml standard = {.kind = CX_YAML_SCALAR, .quoted = true, .text = row->fallback};
    const bool text = row->kind == CX_KIND_TEXT || row->kind == CX_KIND_PATH;
    if (node && cx_yaml_is_nothing(node) && !text) {
        cx_reader_kind(r, node, path, "a value");
        node = NULL;
    }
    const struct cx_slot slot = {path, row, node ? node : &standard, cx_row_field(r->s, row)};
    if (!fill(r, &slot) && node) stand_in(r, &slot, &standard);
    cx_reader_origin(r, path, node, row->fallback);
}
