/* options.c - the option parser: one table row per option makes the parsing, the help and the
 * nearest-word hint. */
#include "app/app.h"
#include "base/text.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

const struct cx_option cx_common_options[] = {
    CX_FLAG("help", 'h', help, "what the verb does, examples first"),
    CX_FLAG("json", 0, json, "one JSON object on stdout"),
    CX_FLAG("quiet", 'q', quiet, "no talk, only results and errors"),
    CX_FLAG("verbose", 'v', verbose, "more talk"),
    CX_TAKES("color", 0, colour, "WHEN", "auto, always or never (NO_COLOR is heard)"),
    CX_FLAG("version", 0, version, "version of the program"),
    {0},
};

/* Whole names only: an abbreviation would break as soon as a verb gets another option. */
static const struct cx_option *find_in(const struct cx_option *table, const char *name,
                                       size_t length) {
    for (; table && table->name; table++) {
        if (strlen(table->name) == length && strncmp(table->name, name, length) == 0) return table;
    }
    return NULL;
}

static const struct cx_option *find_letter(const struct cx_option *table, char letter) {
    for (; table && table->name; table++) {
        if (table->letter && table->letter == letter) return table;
    }
    return NULL;
}

/* Names of the verb and the common ones compete for the nearest. */
static enum cx_status unknown_option(const struct cx_reading *r, const char *name,
                                     struct cx_error *e) {
    char word[48];
    snprintf(word, sizeof word, "%.*s", (int)strcspn(name, "="), name);
    struct cx_nearest n = {.wanted = word};
    for (const struct cx_option *o = r->options; o && o->name; o++) cx_nearest_offer(&n, o->name);
    for (const struct cx_option *o = cx_common_options; o->name; o++) cx_nearest_offer(&n, o->name);
    const char *near = cx_nearest_name(&n);
    cx_fail(e, CX_USAGE, CX_E_OPTION, "there is no option '%s%s'", strlen(word) > 1 ? "--" : "-",
            word);
    if (near) {
        cx_hint(e, "did you mean '--%s'?", near);
    } else {
        cx_hint(e, "add --help to see the options");
    }
    return CX_USAGE;
}

static void add_word(struct cx_words *words, const char *word) { words->at[words->n++] = word; }

/* The last one of a repeated option wins, except for lists. */
static void store(const struct cx_option *o, struct cx_asked *ask, const char *value) {
    char *field = (char *)ask + o->offset;
    switch (o->kind) {
    case CX_OPTION_FLAG: *(bool *)(void *)field = true; return;
    case CX_OPTION_TEXT: *(const char **)(void *)field = value; return;
    case CX_OPTION_LIST: add_word((struct cx_words *)(void *)field, value); return;
    }
}

/* Value of an option: behind '=' or in the next word. */
static enum cx_status take_value(struct cx_reading *r, const struct cx_option *o, const char *given,
                                 const char **value, struct cx_error *e) {
    *value = given;
    if (o->kind == CX_OPTION_FLAG) {
        if (!given) return CX_OK;
        return cx_fail(e, CX_USAGE, CX_E_VALUE, "--%s takes no value", o->name);
    }
    if (!given && r->next < r->argc) *value = r->argv[r->next++];
    if (*value) return CX_OK;
    cx_fail(e, CX_USAGE, CX_E_VALUE, "--%s needs a value", o->name);
    cx_hint(e, "write --%s %s: %s", o->name, o->value, o->doc);
    return CX_USAGE;
}

/* "--name", "--name=value", "--name value" */
static enum cx_status read_long(struct cx_reading *r, const char *text, struct cx_asked *ask,
                                struct cx_error *e) {
    const size_t length = strcspn(text, "=");
    const struct cx_option *o = find_in(r->options, text, length);
    if (!o) o = find_in(cx_common_options, text, length);
    if (!o) return unknown_option(r, text, e);
    const char *value = NULL;
    CX_TRY(take_value(r, o, text[length] == '=' ? text + length + 1 : NULL, &value, e));
    store(o, ask, value);
    return CX_OK;
}

/* "-qv", "-oDIR", "-o DIR" */
static enum cx_status read_letters(struct cx_reading *r, const char *text, struct cx_asked *ask,
                                   struct cx_error *e) {
    for (; *text; text++) {
        const struct cx_option *o = find_letter(r->options, *text);
        if (!o) o = find_letter(cx_common_options, *text);
        if (!o) return unknown_option(r, (char[]){*text, 0}, e);
        const char *value = NULL;
        const bool glued = o->kind != CX_OPTION_FLAG && text[1];
        CX_TRY(take_value(r, o, glued ? text + 1 : NULL, &value, e));
        store(o, ask, value);
        if (glued) return CX_OK;
    }
    return CX_OK;
}

/* "-" alone is a word; behind "--" everything is. */
enum cx_status cx_options_read(struct cx_reading *r, struct cx_asked *ask, struct cx_error *e) {
    bool only_words = false;
    r->next = r->from;
    while (r->next < r->argc) {
        const char *text = r->argv[r->next++];
        if (only_words || text[0] != '-' || !text[1]) {
            add_word(&ask->words, text);
            if (r->stop) return CX_OK;
        } else if (strcmp(text, "--") == 0) {
            only_words = true;
        } else if (text[1] == '-') {
            CX_TRY(read_long(r, text + 2, ask, e));
        } else {
            CX_TRY(read_letters(r, text + 1, ask, e));
        }
    }
    return CX_OK;
}

/* A wrong quantity on the command line is a matter of usage, not of the config. */
enum cx_status cx_option_time(const char *option, const char *text, double *hours,
                              struct cx_error *e) {
    if (cx_quantity_read(text, "h", hours, e) != CX_OK) {
        if (!e->hint[0]) cx_hint(e, "write --%s \"14 day\"", option);
        return e->status = CX_USAGE;
    }
    if (*hours > 0) return CX_OK;
    return cx_fail(e, CX_USAGE, CX_E_VALUE, "--%s must be a time after 0, not '%s'", option, text);
}

enum cx_status cx_option_count(const char *option, const char *text, int *value,
                               struct cx_error *e) {
    char *end = NULL;
    errno = 0;
    const long n = strtol(text, &end, 10);
    const bool whole = end != text && !*end && !errno && n >= 1 && n <= 100000;
    *value = whole ? (int)n : 0;
    if (whole) return CX_OK;
    return cx_fail(e, CX_USAGE, CX_E_VALUE, "--%s needs a whole number from 1 on, not '%s'", option,
                   text);
}
