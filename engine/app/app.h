/* app.h - what the verbs of the command line share: the parsed command line, talk and results,
 * signals, progress.
 *
 * Results go to stdout, talk (progress, hints, errors, the next command) to stderr.  A verb
 * returns its status and fills the cx_error; only main.c prints it and turns it into the exit
 * code.  Nothing here prompts or opens a network. */
#ifndef CX_APP_APP_H
#define CX_APP_APP_H

#include "base/error.h"
#include "base/json.h"
#include "config/config.h"
#include "run/run.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* Codes of this folder; the other folders number theirs from E010 on. */
enum {
    CX_E_VERB = 1,   /* unknown verb */
    CX_E_OPTION = 2, /* unknown option */
    CX_E_VALUE = 3,  /* an option without its value, or with a wrong one */
    CX_E_WORDS = 4,  /* too few or too many words */
    CX_E_NAME = 5,   /* unknown model, template or name */
    CX_E_STDOUT = 6, /* results could not be written */
    CX_E_PLACE = 7,  /* a file or folder that a verb needs or must not overwrite */
    CX_E_DIFFER = 8, /* verify: the files differ */
    CX_E_HEALTH = 9  /* doctor: something is missing */
};

/* Pointers into argv. */
struct cx_words {
    int n;
    const char **at;
};

/* Everything a command line may ask for; the option tables say which verb takes what. */
struct cx_asked {
    bool help, version, json, quiet, verbose;
    bool submit, preview, force, certify, list, csv, json_needles, markdown;
    const char *colour, *progress, *output, *until, *threads, *session;
    const char *workers, *part, *ensemble, *against;
    const char *tolerance, *at, *plane, *depth, *width, *dpi, *field, *seconds; /* figures */
    bool log, even, whole;
    struct cx_words set;   /* each --set path=value */
    struct cx_words words; /* what is no option: FILE, DIR ... */
};

enum cx_option_kind { CX_OPTION_FLAG, CX_OPTION_TEXT, CX_OPTION_LIST };
struct cx_option {
    const char *name;
    char letter; /* 0: none */
    enum cx_option_kind kind;
    const char *value; /* what follows, in the words of the help: "DIR"; NULL for a flag */
    size_t offset;     /* into cx_asked */
    const char *doc;
};
#define CX_FLAG(name, letter, field, doc)                                                          \
    { name, letter, CX_OPTION_FLAG, NULL, offsetof(struct cx_asked, field), doc }
#define CX_TAKES(name, letter, field, value, doc)                                                  \
    { name, letter, CX_OPTION_TEXT, value, offsetof(struct cx_asked, field), doc }
#define CX_REPEATS(name, letter, field, value, doc)                                                \
    { name, letter, CX_OPTION_LIST, value, offsetof(struct cx_asked, field), doc }

/* How a verb is used; `options` ends in {0}, may be NULL. */
struct cx_usage {
    const char *words;    /* "FILE [-o DIR]" */
    const char *examples; /* one command a line */
    const struct cx_option *options;
    int least, most; /* how many words */
};

struct cx_app;
struct cx_verb {
    const char *name;
    enum cx_status (*act)(struct cx_app *a, struct cx_error *e);
    const char *line;
    const struct cx_usage *usage;
};

struct cx_app {
    const struct cx_verb *verbs; /* the table of main.c, ends in {0} */
    const struct cx_verb *verb;  /* the one that runs, or NULL */
    struct cx_asked ask;
    const char *command; /* the command line as it was typed, for the provenance */
    FILE *out, *talk;
    bool paint;    /* colours on talk */
    bool redraws;  /* talk is a terminal on which a line can be redrawn */
    bool answered; /* the one JSON object is out */
    int lost;      /* errno of the first failed write to out */
};

/* ---- options.c ----------------------------------------------------------------------------- */
extern const struct cx_option cx_common_options[];
/* Reads argv[from..argc) into *ask with the verb's table (may be NULL) and the common one.
 * stop: end at the first word, which is the verb; *next: where the reading ended. */
struct cx_reading {
    int argc, from, next;
    char **argv;
    const struct cx_option *options;
    bool stop;
};
enum cx_status cx_options_read(struct cx_reading *r, struct cx_asked *ask, struct cx_error *e);
/* --until, --session: *value in `unit`; the error names the option. */
enum cx_status cx_option_time(const char *option, const char *text, double *hours,
                              struct cx_error *e);
enum cx_status cx_option_count(const char *option, const char *text, int *value,
                               struct cx_error *e);

/* ---- help.c -------------------------------------------------------------------------------- */
void cx_help_all(const struct cx_app *a, FILE *to);
void cx_help_verb(const struct cx_verb *v, FILE *to);
json_t *cx_help_json(const struct cx_app *a, const struct cx_verb *v);
enum cx_status cx_app_find_verb(const struct cx_app *a, const char *name, const struct cx_verb **v,
                                struct cx_error *e);

/* ---- output.c ------------------------------------------------------------------------------ */
void cx_app_look(struct cx_app *a); /* decides on colours and redrawing */
void cx_app_flush(struct cx_app *a);
void cx_app_say(const struct cx_app *a, const char *fmt, ...) CX_PRINTF(2, 3);    /* not with -q */
void cx_app_detail(const struct cx_app *a, const char *fmt, ...) CX_PRINTF(2, 3); /* only with -v */
/* Names the next command: on talk, or as "next" of the object with --json. */
void cx_app_next(const struct cx_app *a, json_t *answer, const char *fmt, ...) CX_PRINTF(3, 4);
void cx_app_error(const struct cx_app *a, const struct cx_error *e);
json_t *cx_json_answer(void);           /* {"schema_version": 1} */
json_t *cx_json_text(const char *text); /* bytes that are no UTF-8 become '?' */
json_t *cx_json_error(const struct cx_error *e);
json_t *cx_json_findings(const struct cx_findings *f);
/* Prints the object and drops it. */
enum cx_status cx_app_answer(struct cx_app *a, json_t *answer, struct cx_error *e);
/* Prints it with --json, only drops it otherwise: what people read stands on stdout already. */
enum cx_status cx_app_close(struct cx_app *a, json_t *answer, struct cx_error *e);
/* A file that a verb made: under `key` of the answer, and on stdout unless --json is on. */
void cx_app_file(struct cx_app *a, json_t *answer, const char *key, const char *path);
/* "1.2 GB", "3 min 20 s" */
void cx_text_bytes(double bytes, char text[24]);
void cx_text_seconds(double seconds, char text[32]);

/* ---- load.c -------------------------------------------------------------------------------- */
/* Loads one scenario with --set, --threads and --preview; findings are printed (or answered),
 * the error stays empty. */
enum cx_status cx_app_load(struct cx_app *a, const char *path, struct cx_scenario *s,
                           struct cx_error *e);
/* Findings are the whole answer: printed or answered, *e stays empty. */
enum cx_status cx_app_tell_findings(struct cx_app *a, enum cx_status status, struct cx_findings *f,
                                    const char *path, struct cx_error *e);
/* What the command line changes; cx_typed_free(). */
struct cx_typed {
    int n;
    struct cx_override *at;
    char **text;
};
enum cx_status cx_typed_read(const struct cx_asked *ask, struct cx_typed *o, struct cx_error *e);
void cx_typed_free(struct cx_typed *o);

/* ---- list.c ------------------------------------------------------------------------------ */
/* A needle list (.csv, .json, .svg, .dxf) instead of a scenario. */
bool cx_list_is(const char *path);
typedef enum cx_status cx_scenario_use(struct cx_app *a, const struct cx_scenario *s,
                                       struct cx_error *e);
/* Makes a scenario of the list, lets `use` have it, removes it. */
enum cx_status cx_list_use(struct cx_app *a, const char *path, cx_scenario_use *use,
                           struct cx_error *e);
/* Writes needles in the kind that the ending of the path names; E140 for another one. */
struct cx_needles;
enum cx_status cx_list_write(const struct cx_app *a, const struct cx_needles *n, const char *path,
                             struct cx_error *e);

/* ---- place.c ------------------------------------------------------------------------------- */
/* The folder of the shipped examples; see the file. */
enum cx_status cx_place_gallery(char folder[512], struct cx_error *e);
/* Both refuse a target that is there already. */
enum cx_status cx_place_copy(const char *from, const char *to, struct cx_error *e);
enum cx_status cx_place_write(const char *path, const char *text, struct cx_error *e);
/* A fresh folder for a run that is thrown away, and its end with all plain files in it. */
enum cx_status cx_place_scratch(char folder[512], struct cx_error *e);
void cx_place_remove(const char *folder);

/* ---- signals.c ----------------------------------------------------------------------------- */
/* Full disks and closed pipes become errors of the write. */
void cx_signals_writes(void);
/* USR1, TERM, INT set the flag that cx_run_options.stop carries. */
volatile sig_atomic_t *cx_signals_run(void);

/* ---- progress.c ---------------------------------------------------------------------------- */
struct cx_meter {
    const struct cx_app *app;
    double shown;     /* seconds of the run at the last line */
    const char *part; /* repeat for the certificate that the last line was about */
    bool open;        /* a redrawn line waits for its end */
};
enum cx_status cx_meter_check(const struct cx_app *a,
                              struct cx_error *e); /* the word of --progress */
void cx_meter_see(const struct cx_progress *p, void *meter);
void cx_meter_end(struct cx_meter *m);

/* ---- verb_plot.c --------------------------------------------------------------------------- */
/* --at: times in day, at most `most`. */
enum cx_status cx_option_days(const char *text, int most, double *day, int *n, struct cx_error *e);
/* --plane and --depth. */
struct cx_plot_ask;
enum cx_status cx_option_place(const struct cx_app *a, struct cx_plot_ask *ask, struct cx_error *e);
/* --width and --dpi; both hold their defaults before. */
enum cx_status cx_option_size(const struct cx_app *a, double *width_mm, double *dpi,
                              struct cx_error *e);

/* ---- ending.c ------------------------------------------------------------------------------ */
/* What run and resume say at the end: outcomes, report, next command.  Returns the status to
 * leave with. */
struct cx_ending {
    enum cx_status status;
    const char *folder;
    struct cx_run_summary *summary;
    double until_h;    /* as asked for; <= 0: the whole time */
    json_t *intervals; /* of an ensemble, by outcome; NULL: none */
};
enum cx_status cx_app_ending(struct cx_app *a, const struct cx_ending *r, struct cx_error *e);

#endif
