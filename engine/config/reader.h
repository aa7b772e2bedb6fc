/* reader.h - what the files that turn YAML into a scenario share: the tree, the scenario so far,
 * the findings. */
#ifndef CX_CONFIG_READER_H
#define CX_CONFIG_READER_H

#include "base/text.h"
#include "config/config.h"
#include "config/table.h"
#include "config/yaml.h"

struct cx_reader {
    const char *file; /* as given */
    char *source;     /* its text, for the caret lines */
    struct cx_yaml_pool pool;
    struct cx_yaml *root;
    const struct cx_model_list *models;
    struct cx_scenario *s;
    struct cx_findings *findings;
    int start;             /* findings of earlier files */
    enum cx_status status; /* the worst so far */
};

/* read.c: what other files of settings (studies) share with scenarios.  Opens r->file and parses it into r->root, a map;
 * false after a finding.  Close sorts the findings. */
bool cx_reader_open(struct cx_reader *r);
void cx_reader_override(struct cx_reader *r, const struct cx_override *o);
void cx_reader_close(struct cx_reader *r);

/* findings.c: keeps a copy of *e and of the line it points at (`source` may be NULL). */
void cx_findings_add(struct cx_findings *f, const struct cx_error *e, const char *source);
/* Orders those from number `from` on by line and column. */
void cx_findings_sort(struct cx_findings *f, int from);

/* place.c */
enum cx_place { CX_AT_VALUE, CX_AT_KEY };
/* Fills file, line and column of *e from the node and keeps it. */
void cx_reader_report(struct cx_reader *r, const struct cx_yaml *node, enum cx_place place,
                      struct cx_error *e);
/* Puts "path: " in front of the text of *e. */
void cx_error_about(struct cx_error *e, const char *path);
/* Records where the value of `path` came from; node NULL: the default, whose text is `fallback`. */
void cx_reader_origin(struct cx_reader *r, const char *path, const struct cx_yaml *node,
                      const char *fallback);
/* A node that is not what was wanted: "expects a list, found a map". */
void cx_reader_kind(struct cx_reader *r, const struct cx_yaml *node, const char *path,
                    const char *wanted);

/* value.c: reads one setting into the scenario; node NULL: its default. */
void cx_value_read(struct cx_reader *r, const char *path, const struct cx_row *row,
                   const struct cx_yaml *node);
/* E033 unless lo <= value <= hi (lo > hi: any). */
enum cx_status cx_range_check(double value, const double range[2], const char *unit,
                              struct cx_error *e);

/* lists.c: the kinds that hold several values. */
struct cx_slot {
    const char *path;
    const struct cx_row *row;
    const struct cx_yaml *node; /* never NULL; defaults get a node of their own */
    void *field;
};
bool cx_vector_fill(struct cx_reader *r, const struct cx_slot *slot);
bool cx_times_fill(struct cx_reader *r, const struct cx_slot *slot);
bool cx_names_fill(struct cx_reader *r, const struct cx_slot *slot);

/* path.c: a file below the config's folder; E038. */
enum cx_status cx_path_check(const char *folder, const char *path, struct cx_error *e);
/* folder + "/" + path */
void cx_path_below(char out[512], const char *folder, const char *path);

/* groups.c: every setting of every group, unknown keys. */
void cx_groups_read(struct cx_reader *r);
/* `left: periodic` becomes `left: {kind: periodic}` all over the tree. */
void cx_shorthands_open(struct cx_reader *r);
/* E030 for a key that nothing knows; `near` has been offered what would be right there. */
void cx_unknown_key(struct cx_reader *r, const struct cx_yaml *key, const char *where,
                    const struct cx_nearest *near);

/* parameters.c: what depends on the chosen model. */
void cx_model_read(struct cx_reader *r);
void cx_parameters_read(struct cx_reader *r);
/* Row of the parameter that the node's key names; -1 after a finding. */
int cx_parameter_find(struct cx_reader *r, const struct cx_yaml *node);
/* The node's value in the unit of row i, inside its range; false after a finding.  group: what the message names. */
bool cx_parameter_value(struct cx_reader *r, const char *group, int i, const struct cx_yaml *node,
                        double *value);
void cx_field_names_check(struct cx_reader *r);

/* changes.c: parameters that change during the run. */
void cx_changes_read(struct cx_reader *r);

/* evidence.c: what others measured, and what our tests expect. */
void cx_observed_read(struct cx_reader *r);
void cx_expect_read(struct cx_reader *r);

/* check.c: what concerns several settings. */
void cx_scenario_check(struct cx_reader *r);

#endif
