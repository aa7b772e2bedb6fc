/* help.c - what help prints, made of the verb table and the option tables; examples come first. */
#include "app/app.h"
#include "base/text.h"

#include <string.h>

/* The first page: five commands that lead from nothing to a result, then the table of verbs. */
void cx_help_all(const struct cx_app *a, FILE *to) {
    fprintf(to, "Cicatrix: healing and collagen response of needled skin.\n\n"
                "Examples:\n"
                "  cicatrix new --list                      what there is to start from\n"
                "  cicatrix new quickstart my_skin          a folder with a commented scenario\n"
                "  cicatrix check my_skin/quickstart.yml    errors, cost, advice; runs nothing\n"
                "  cicatrix run my_skin/quickstart.yml      simulate it\n"
                "  cicatrix explain device.needle.length    one setting, error or outcome\n\n"
                "Verbs:\n");
    for (const struct cx_verb *v = a->verbs; v->name; v++) {
        fprintf(to, "  %-11s %s\n", v->name, v->line);
    }
    fprintf(to, "\n`cicatrix help VERB` tells more about one of them.\n"
                "Exit: 0 done, 1 internal fault, 2 usage, 3 config, 4 numerical failure, 5 file or "
                "disk,\n"
                "      8 comparison out of tolerance, 75 stopped, 130 interrupted (both with a "
                "checkpoint).\n");
}

/* "-o, --output DIR", then what it does; options without a letter keep the column. */
static void print_options(const struct cx_option *o, FILE *to) {
    for (; o && o->name; o++) {
        char left[64], letter[8] = "    ";
        if (o->letter) snprintf(letter, sizeof letter, "-%c, ", o->letter);
        snprintf(left, sizeof left, "%s--%s%s%s", letter, o->name, o->value ? " " : "",
                 o->value ? o->value : "");
        fprintf(to, "  %-26s %s\n", left, o->doc);
    }
}

/* Examples are one command a line; each is set in by two spaces. */
static void print_examples(const char *text, FILE *to) {
    while (*text) {
        const int length = (int)strcspn(text, "\n");
        fprintf(to, "  %.*s\n", length, text);
        text += length + (text[length] == '\n');
    }
}

void cx_help_verb(const struct cx_verb *v, FILE *to) {
    fprintf(to, "Examples:\n");
    print_examples(v->usage->examples, to);
    fprintf(to, "\nUsage: cicatrix %s%s%s\n\n%s\n", v->name, v->usage->words[0] ? " " : "",
            v->usage->words, v->line);
    if (v->usage->options) {
        fprintf(to, "\nOptions:\n");
        print_options(v->usage->options, to);
    }
    fprintf(to, "\nEvery verb:\n");
    print_options(cx_common_options, to);
}

/* Man pages and completions are made of this. */
static json_t *options_json(const struct cx_option *o) {
    json_t *list = json_array();
    for (; o && o->name; o++) {
        json_t *row = json_object();
        json_object_set_new(row, "name", cx_json_text(o->name));
        if (o->letter) json_object_set_new(row, "letter", cx_json_text((char[]){o->letter, 0}));
        if (o->value) json_object_set_new(row, "value", cx_json_text(o->value));
        json_object_set_new(row, "doc", cx_json_text(o->doc));
        json_array_append_new(list, row);
    }
    return list;
}

static json_t *verb_json(const struct cx_verb *v) {
    json_t *row = json_object();
    json_object_set_new(row, "name", cx_json_text(v->name));
    json_object_set_new(row, "doc", cx_json_text(v->line));
    json_object_set_new(row, "usage", cx_json_text(v->usage->words));
    json_object_set_new(row, "examples", cx_json_text(v->usage->examples));
    json_object_set_new(row, "options", options_json(v->usage->options));
    return row;
}

json_t *cx_help_json(const struct cx_app *a, const struct cx_verb *v) {
    json_t *answer = cx_json_answer();
    json_t *verbs = json_array();
    if (v) json_array_append_new(verbs, verb_json(v));
    for (const struct cx_verb *each = a->verbs; !v && each->name; each++) {
        json_array_append_new(verbs, verb_json(each));
    }
    json_object_set_new(answer, "verbs", verbs);
    json_object_set_new(answer, "options", options_json(cx_common_options));
    return answer;
}

/* The table ends in an empty row; a wrong word costs one pass over it. */
enum cx_status cx_app_find_verb(const struct cx_app *a, const char *name, const struct cx_verb **v,
                                struct cx_error *e) {
    struct cx_nearest n = {.wanted = name};
    for (*v = a->verbs; (*v)->name; (*v)++) {
        if (strcmp((*v)->name, name) == 0) return CX_OK;
        cx_nearest_offer(&n, (*v)->name);
    }
    *v = NULL;
    const char *near = cx_nearest_name(&n);
    cx_fail(e, CX_USAGE, CX_E_VERB, "there is no verb '%.60s'", name);
    if (near) {
        cx_hint(e, "did you mean 'cicatrix %s'?", near);
    } else {
        cx_hint(e, "'cicatrix help' lists the verbs");
    }
    return CX_USAGE;
}
