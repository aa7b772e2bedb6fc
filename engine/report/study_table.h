/* study_table.h - a study as its files say: points, factors and outcomes of runs.csv, words about them from study.nc.
 * Knows tables and names, not how they were made. */
#ifndef CX_REPORT_STUDY_TABLE_H
#define CX_REPORT_STUDY_TABLE_H

#include "base/error.h"

#include <stdbool.h>

enum { CX_LEVELS_MOST = 24 };

/* One factor or outcome. */
struct cx_study_column {
    char name[96], unit[32], doc[320], goal[8]; /* goal: "max", "min" or "" */
    double *
        at; /* [points]; outcomes: mean over the repeats that are ok, NaN if none is; words: their number */
    double *sd; /* [points], outcomes: standard deviation over repeats; NaN below two */
    int levels; /* distinct values; 0: more than CX_LEVELS_MOST */
    double level[CX_LEVELS_MOST];  /* ascending */
    char word[CX_LEVELS_MOST][96]; /* of the levels, for factors whose values are words */
    bool words;
};
struct cx_study_failure {
    int run, point;
    char status[16], message[256];
};
/* Owned by cx_study_page_free(). */
struct cx_study_page {
    char folder[1024]; /* where the files are */
    char title[256], method[32], model[64], source[256], version[32];
    int runs, points, repeats; /* repeats: the most that any point has */
    int factors, outcomes;
    struct cx_study_column *factor, *outcome;
    int failures;
    struct cx_study_failure *failure; /* every run that is not ok, in order */
};
/* Errors: CX_STORAGE E074 cannot be read, E076 not such a table, E073 a damaged study.nc, E061. */
enum cx_status cx_study_page_read(const char *folder, struct cx_study_page *s, struct cx_error *e);
void cx_study_page_free(struct cx_study_page *s);

/* Mean of an outcome over the points whose factor has this level, and the range of the means over all levels. */
double cx_study_level_mean(const struct cx_study_page *s, int outcome, int factor, int level);
double cx_study_effect(const struct cx_study_page *s, int outcome, int factor);
/* Is no other point better or equal in every goal and better in one?  False where a goal has no value. */
bool cx_study_is_best(const struct cx_study_page *s, int point);

#endif
