/* main.c - the table of contents of the program: reads the verb, lets it act, prints its error,
 * leaves with its code. */
#include "app/verbs.h"
#include "run/engine.h"
#include "version.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

// clang-format off
static const struct cx_verb verbs[] = {
    {"new", cx_verb_new, "a commented starter folder from the gallery", &cx_usage_new},
    {"check", cx_verb_check, "all errors at once, cost, advice; runs nothing", &cx_usage_check},
    {"run", cx_verb_run, "simulate one scenario", &cx_usage_run},
    {"resume", cx_verb_resume, "go on as if never stopped", &cx_usage_resume},
    {"pattern", cx_verb_pattern, "needle pattern: figures and picture", &cx_usage_pattern},
    {"sweep", cx_verb_sweep, "many runs: plan, run, status, retry, extend", &cx_usage_sweep},
    {"sensitivity", cx_verb_sensitivity, "what matters: Morris and Sobol indices of a study", &cx_usage_sensitivity},
    {"optimize", cx_verb_optimize, "designs that nothing beats, for goals within limits", &cx_usage_optimize},
    {"calibrate", cx_verb_calibrate, "settings fitted to data, with intervals", &cx_usage_calibrate},
    {"story", cx_verb_story, "captioned steps on one page, every claim checked", &cx_usage_story},
    {"report", cx_verb_report, "write report.html of a results folder", &cx_usage_report},
    {"compare", cx_verb_compare, "two runs side by side: outcomes, curves, fields", &cx_usage_compare},
    {"plot", cx_verb_plot, "one figure for print: PNG, SVG or PDF", &cx_usage_plot},
    {"movie", cx_verb_movie, "a field as it changes: animated WebP, or MP4", &cx_usage_movie},
    {"export", cx_verb_export, "results for other programs: CSV, VTK, NumPy, JSON", &cx_usage_export},
    {"gallery", cx_verb_gallery, "every scenario of a folder, simulated and shown on one page", &cx_usage_gallery},
    {"models", cx_verb_models, "the models there are", &cx_usage_models},
    {"describe", cx_verb_describe, "a model: parameters, units, sources", &cx_usage_describe},
    {"explain", cx_verb_explain, "a setting, error code, parameter or outcome", &cx_usage_explain},
    {"schema", cx_verb_schema, "JSON Schema of a scenario, for editors", &cx_usage_schema},
    {"verify", cx_verb_verify, "run again and compare bit for bit", &cx_usage_verify},
    {"doctor", cx_verb_doctor, "versions, machine, what is missing", &cx_usage_doctor},
    {"cite", cx_verb_cite, "BibTeX of what a run used", &cx_usage_cite},
    {"help", cx_verb_help, "examples and options of a verb", &cx_usage_help},
    {0},
};
// clang-format on

/* Before anything else: must work where nothing else does. */
static enum cx_status version(struct cx_app *a, struct cx_error *e) {
    if (!a->ask.json) {
        fprintf(a->out, "cicatrix %s\n", CX_VERSION);
        return CX_OK;
    }
    json_t *answer = cx_json_answer();
    json_object_set_new(answer, "version", cx_json_text(CX_VERSION));
    json_object_set_new(answer, "commit", cx_json_text(cx_engine_commit()));
    return cx_app_answer(a, answer, e);
}

/* Verbs may rely on having the words that their usage names. */
static enum cx_status count_words(const struct cx_app *a, struct cx_error *e) {
    const struct cx_usage *u = a->verb->usage;
    const int n = a->ask.words.n;
    if (n >= u->least && n <= u->most) return CX_OK;
    cx_fail(e, CX_USAGE, CX_E_WORDS, "too %s words: it is used as '%s %s'",
            n < u->least ? "few" : "many", a->verb->name, u->words);
    cx_hint(e, "cicatrix help %s", a->verb->name);
    return CX_USAGE;
}

static enum cx_status check_common(struct cx_app *a, struct cx_error *e) {
    const char *when = a->ask.colour;
    cx_app_look(a);
    if (!when || !strcmp(when, "auto") || !strcmp(when, "always") || !strcmp(when, "never")) {
        return CX_OK;
    }
    return cx_fail(e, CX_USAGE, CX_E_VALUE, "--color is auto, always or never, not '%s'", when);
}

/* Options may stand before the verb; everything behind it is read with the verb's own table. */
static enum cx_status act(struct cx_app *a, int argc, char **argv, struct cx_error *e) {
    struct cx_reading r = {.argc = argc, .from = 1, .argv = argv, .stop = true};
    CX_TRY(cx_options_read(&r, &a->ask, e));
    if (a->ask.words.n) {
        CX_TRY(cx_app_find_verb(a, a->ask.words.at[0], &a->verb, e));
        a->ask.words.n = 0;
        r = (struct cx_reading){.argc = argc, .from = r.next, .argv = argv};
        r.options = a->verb->usage->options;
        CX_TRY(cx_options_read(&r, &a->ask, e));
    }
    CX_TRY(check_common(a, e));
    if (a->ask.version) return version(a, e);
    if (!a->verb && !a->ask.help) {
        cx_help_all(a, a->talk);
        return CX_USAGE;
    }
    if (!a->verb || a->ask.help) {
        a->ask.words.at[0] = a->verb ? a->verb->name : "";
        a->ask.words.n = a->verb != NULL;
        return cx_verb_help(a, e);
    }
    CX_TRY(count_words(a, e));
    return a->verb->act(a, e);
}

/* Goes into the history of the results: how the run was started, without machine paths. */
static char *command_line(int argc, char **argv) {
    size_t room = 1;
    for (int i = 0; i < argc; i++) room += strlen(argv[i]) + 1;
    char *text = calloc(room, 1);
    for (int i = 0, at = 0; text && i < argc; i++) {
        const char *word = i ? argv[i] : "cicatrix"; /* not where it is installed */
        at += snprintf(text + at, room - (size_t)at, "%s%s", i ? " " : "", word);
    }
    return text;
}

/* A full disk or a closed pipe shows at the latest here.  A reader that closed the pipe wants no
 * message. */
static enum cx_status close_results(struct cx_app *a, enum cx_status status, struct cx_error *e) {
    cx_app_flush(a);
    if (!a->lost || (status != CX_OK && status != CX_STORAGE)) return status;
    *e = (struct cx_error){0};
    if (a->lost == EPIPE) return CX_STORAGE;
    return cx_fail(e, CX_STORAGE, CX_E_STDOUT, "the results could not be written: %s",
                   strerror(a->lost));
}

/* The one place that prints an error and knows exit codes. */
static int leave(struct cx_app *a, enum cx_status status, struct cx_error *e) {
    struct cx_error unheard = {0};
    cx_app_look(a); /* the command line may have been wrong before the colours were decided */
    if (status && e->text[0] && a->ask.json && !a->answered) {
        json_t *answer = cx_json_answer();
        json_object_set_new(answer, "error", cx_json_error(e));
        (void)cx_app_answer(a, answer, &unheard);
    }
    status = close_results(a, status, e);
    if (status && e->text[0]) cx_app_error(a, e);
    return cx_status_exit(status);
}

int main(int argc, char **argv) {
    struct cx_error e = {0};
    const size_t room = (size_t)argc + 1;
    struct cx_app a = {.verbs = verbs, .out = stdout, .talk = stderr};
    a.ask.words.at = calloc(room, sizeof *a.ask.words.at);
    a.ask.set.at = calloc(room, sizeof *a.ask.set.at);
    char *command = command_line(argc, argv);
    a.command = command;
    cx_signals_writes();
    enum cx_status status = CX_INTERNAL;
    if (a.ask.words.at && a.ask.set.at && command) status = act(&a, argc, argv, &e);
    const int code = leave(&a, status, &e);
    free(a.ask.words.at);
    free(a.ask.set.at);
    free(command);
    return code;
}
