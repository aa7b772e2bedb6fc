/* parts.h - what the files that read a study share; nobody else needs it. */
#ifndef CX_STUDY_PARTS_H
#define CX_STUDY_PARTS_H

#include "config/reader.h"
#include "study/study.h"

struct cx_study_reader {
    struct cx_reader r; /* of the study file; r.s stays NULL */
    struct cx_study *s;
    struct cx_scenario base; /* with `set` applied */
    bool has_base;
    struct cx_findings of_base;
};

/* Which setting or parameter a path names, and what may stand there. */
struct cx_target {
    const struct cx_row *row;         /* a setting, else NULL */
    const struct cx_param_row *param; /* a parameter of the model, else NULL */
};
/* False if there is none; parameters are unknown until the base is read. */
bool cx_target_find(const struct cx_study_reader *r, const char *path, struct cx_target *t);
const char *cx_target_unit(const struct cx_target *t);
bool cx_target_is_number(const struct cx_target *t); /* values are single numbers with a unit */
/* E030, E031 with the nearest name. */
void cx_target_unknown(struct cx_study_reader *r, const char *path, const struct cx_yaml *node);

/* Puts "path: " before the text and reports at the node. */
void cx_study_refuse(struct cx_study_reader *r, const char *path, const struct cx_yaml *node,
                     struct cx_error *e);
/* Whole number of a scalar between lo and hi; false after a finding. */
bool cx_study_count(struct cx_study_reader *r, const struct cx_yaml *node, const double range[2],
                    int64_t *out);
/* A node as YAML on one line: "[0 day, 28 day]". False if it does not fit. */
bool cx_yaml_say(const struct cx_yaml *node, char *out, size_t room);
/* "0.5 mm" -> 0.5 and "mm" ("1" where nothing follows); false if there is no number. */
bool cx_quantity_split(const char *text, double *number, char unit[32]);

/* opening.c */
void cx_study_name(struct cx_study *s); /* "configs/depth density.yml" -> "depth_density" */
void cx_study_set_read(struct cx_study_reader *r, const struct cx_yaml *node);
void cx_study_set_free(struct cx_study *s);
/* "FOLDER/name" of a file below the folder of the study file; false after a finding. */
bool cx_study_beside(struct cx_study_reader *r, const struct cx_yaml *node, char out[512]);
/* The scenario s->base with the changes s->set; false after findings. */
bool cx_study_base_load(struct cx_study_reader *r, struct cx_scenario *out);
/* The findings of the base follow those of the file. */
void cx_study_join(struct cx_findings *to, struct cx_findings *from);

/* Calls `leaf` for each setting below a map whose keys are paths, or parts of paths with maps below them. */
typedef void cx_leaf(struct cx_study_reader *r, const char *path, const struct cx_yaml *node);
void cx_study_leaves(struct cx_study_reader *r, const struct cx_yaml *map, cx_leaf *leaf);

/* A factor with room in the study; NULL after a finding.  A second one of the same path takes the place of the first. */
struct cx_factor *cx_study_factor_add(struct cx_study_reader *r, const char *path,
                                      const struct cx_yaml *node);
void cx_factor_read(struct cx_study_reader *r, const char *path,
                    const struct cx_yaml *node); /* a cx_leaf */
/* One value into the factor's list; the first one sets the unit. */
bool cx_factor_take(struct cx_study_reader *r, struct cx_factor *f, const struct cx_yaml *node);
/* Fills from and to of a list of numbers. */
void cx_factor_span(struct cx_factor *f);

/* outcomes.c */
void cx_outcomes_wanted(struct cx_study_reader *r, const struct cx_yaml *node);
void cx_goals_read(struct cx_study_reader *r, const struct cx_yaml *node);
void cx_constraints_read(struct cx_study_reader *r, const struct cx_yaml *node);
/* optimization_read.c; after the method, which becomes a sample as large as the population where there is none */
void cx_optimize_read(struct cx_study_reader *r, const struct cx_yaml *node);

/* slurm.c */
void cx_slurm_read(struct cx_study_reader *r, const struct cx_yaml *node);

void cx_method_read(struct cx_study_reader *r, const struct cx_yaml *node);
/* Factors from the columns of the file of method `list`. */
void cx_list_read(struct cx_study_reader *r, const struct cx_yaml *node);

#endif
