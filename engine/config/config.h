/* config.h - YAML in, checked and unit-converted scenario out; the tables also make help, docs and
 * the JSON Schema. */
#ifndef CX_CONFIG_CONFIG_H
#define CX_CONFIG_CONFIG_H

#include "base/error.h"
#include "base/units.h"
#include "config/scenario.h"
#include "model.h"

#include <stdio.h>

/* All findings of one or more files, in order of file and line. */
struct cx_findings {
    int n, room;
    struct cx_error *at;
    char **line; /* text of the offending line for the caret, or NULL */
};
void cx_findings_free(struct cx_findings *f);
/* "file:line:column: error E031: text" + source line + caret + "help: hint", coloured if asked. */
void cx_findings_print(const struct cx_findings *f, FILE *to, bool colour);

/* One `--set path=value`, or an override of a study. */
struct cx_override {
    const char *path, *value, *from;
};

/* All of them; later ones win. */
struct cx_overrides {
    const struct cx_override *at;
    int n;
};

/* Which models there are (the registry lives in run/; config only needs to look one up). */
struct cx_model_list {
    const struct cx_model *const *at;
    int n;
};

/* Reads `path`, applies overrides, checks everything (also across settings: pitch and density,
 * sessions in order and apart, needle inside the block ...).  On any finding returns CX_CONFIG
 * (CX_STORAGE if the file cannot be read) and leaves *s empty; otherwise *s owns its lists. */
enum cx_status cx_config_load(const char *path, const struct cx_overrides *o,
                              const struct cx_model_list *models, struct cx_scenario *s,
                              struct cx_findings *f);
void cx_scenario_free(struct cx_scenario *s);

/* Effective config as YAML: every value with its unit, in comments origin, default and source.
 * Loading it again gives the same scenario.  Returns a heap string. */
char *cx_config_effective(const struct cx_scenario *s);
/* Digest of everything that can change the result (not: title, output cadence, threads, limits):
 * hex SHA-256. */
void cx_config_digest(const struct cx_scenario *s, const char *engine_version, char hex[65]);
/* JSON Schema (draft 2020-12) of a scenario, heap string. */
char *cx_config_schema(const struct cx_model_list *models);
/* Explains a setting path, error code (E031), parameter, series or outcome; false if unknown, then
 * `near` has the nearest name. */
bool cx_config_explain(const char *name, const struct cx_model_list *models, FILE *to,
                       char near[128]);

/* "1.5 mm" -> number in `unit` through UDUNITS-2.  Bare numbers pass only where `unit` is "1" or
 * "".  Errors E020 not a number, E021 no unit, E022 unknown unit (nearest named), E023 wrong
 * dimension, E024 not finite. */
enum cx_status cx_quantity_read(const char *text, const char *unit, double *value,
                                struct cx_error *e);
/* Appends the times of "0 h, 1 day, every 7 day [from 7 day] [until 56 day]" to *t, in h, in the
 * order written.  A pattern without `from` starts at 0, one without `until` closes at `end` (h);
 * both ends belong to it.  Errors: those of cx_quantity_read, E026 a pattern that cannot be read
 * or makes too many times. */
enum cx_status cx_times_read(const char *text, double end, struct cx_times *t, struct cx_error *e);

#endif
