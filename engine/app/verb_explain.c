/* verb_explain.c - one name explained: a setting, an error code, a parameter, a series or an
 * outcome. */
#include "app/verbs.h"

#include <stdlib.h>
#include <string.h>

const struct cx_usage cx_usage_explain = {
    .words = "NAME",
    .examples = "cicatrix explain device.needle.length\ncicatrix explain E021\n"
                "cicatrix explain E003 --json",
    .least = 1,
    .most = 1,
};

/* The codes that the command line itself gives. */
static const struct {
    int code;
    const char *text;
} own_codes[] = {
    {CX_E_VERB, "The first word is no verb of this program.  `cicatrix help` lists them."},
    {CX_E_OPTION, "The verb has no such option.  `cicatrix help VERB` lists those that it has."},
    {CX_E_VALUE, "An option lacks its value, takes none, or cannot have that one."},
    {CX_E_WORDS, "Too few or too many files, folders or names for the verb."},
    {CX_E_NAME, "There is no model, template, setting or outcome of that name."},
    {CX_E_STDOUT, "The results could not be written to stdout: a full disk or a limit."},
    {CX_E_PLACE, "A file or folder is missing, cannot be read, or would be overwritten."},
    {CX_E_DIFFER,
     "`verify` ran the scenario again and the results are not the same bit for bit.\n"
     "Another version of the program or of its libraries may be the cause.\n"
     "`compare --tolerance` found numbers that differ by a larger share than allowed."},
    {CX_E_HEALTH, "`doctor` found something that keeps the program from working as it should."},
};

/* Options that need more words than the help has. */
static const struct {
    const char *name, *text;
} own_options[] = {
    {"certify",
     "Repeats a finished run twice and gives every outcome two error bars, in its own unit.\n"
     "  time   with a seventh of solver.tolerance, about 3 times the steps of the run; the bar is\n"
     "         1.5 x 7/6 of the difference, because the error of a run goes with its tolerance\n"
     "  grid   with cells twice as wide along every axis, a fraction of the cost; the bar is\n"
     "         1.25/(r - 1) of the difference, r the ratio of the cells: Richardson's error for\n"
     "         order 1, which is 3.75 times the error of a scheme of order 2\n"
     "No bar is a smaller share of its value than the median of all outcomes, since a difference\n"
     "can vanish by chance.  validation/tolerance/bars.md measures how often the bars hold.\n"
     "An error that is null is not known: one cell has no grid, or an outcome is reached in one\n"
     "of the two runs only.  The bars are in outcomes.json (\"error\"), certificate.json, the\n"
     "report and the list that the run prints.  They say nothing about whether the model is "
     "right.\n"
     "A run that was stopped on the way goes on with `cicatrix resume DIR`; `cicatrix resume DIR\n"
     "--certify` gives error bars to a run that was made without."},
};

/* What the help says of an option, with the verbs that take it. */
static bool explain_option(const struct cx_app *a, const char *name, FILE *to) {
    bool known = false;
    for (const struct cx_verb *v = a->verbs; v->name; v++)
        for (const struct cx_option *o = v->usage->options; o && o->name; o++) {
            if (strcmp(o->name, name) != 0) continue;
            known = true;
            fprintf(to, "cicatrix %s --%s%s%s: %s\n", v->name, o->name, o->value ? " " : "",
                    o->value ? o->value : "", o->doc);
        }
    for (size_t i = 0; known && i < sizeof own_options / sizeof *own_options; i++)
        if (strcmp(own_options[i].name, name) == 0) fprintf(to, "%s\n", own_options[i].text);
    return known;
}

/* The configuration room explains all other codes. */
static bool explain_own(const char *name, FILE *to) {
    for (size_t i = 0; i < sizeof own_codes / sizeof *own_codes; i++) {
        char code[16];
        snprintf(code, sizeof code, "E%03d", own_codes[i].code);
        if (strcmp(code, name) != 0) continue;
        fprintf(to, "%s: error of the command line.\n%s\n", code, own_codes[i].text);
        return true;
    }
    return false;
}

/* The text is made in memory, since --json puts it into a string. */
enum cx_status cx_verb_explain(struct cx_app *a, struct cx_error *e) {
    const char *name = a->ask.words.at[0];
    const struct cx_model_list models = cx_models();
    char near[128] = "", *text = NULL;
    size_t length = 0;
    FILE *to = open_memstream(&text, &length);
    if (!to) return cx_fail(e, CX_INTERNAL, 0, "no memory for the explanation");
    const bool known = explain_own(name, to) || cx_config_explain(name, &models, to, near) ||
                       explain_option(a, name, to);
    fclose(to);
    enum cx_status status = CX_OK;
    if (!known) {
        status = cx_fail(e, CX_USAGE, CX_E_NAME, "nothing here is called '%.100s'", name);
        if (near[0]) cx_hint(e, "did you mean '%s'?", near);
    } else if (a->ask.json) {
        json_t *answer = cx_json_answer();
        json_object_set_new(answer, "name", cx_json_text(name));
        json_object_set_new(answer, "text", cx_json_text(text));
        status = cx_app_answer(a, answer, e);
    } else {
        fputs(text, a->out);
    }
    free(text);
    return status;
}
