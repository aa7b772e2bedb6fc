/* calibration.h - a calibration: which settings of a scenario are fitted, inside which bounds, to which measured data.
 * Read with all its errors at once; nothing here runs anything.
 *
 *   cicatrix-calibration: 1
 *   base: scenario.yml                              # beside this file
 *   set: {solver.tolerance: 1e-4}                   # changes of the base for all data
 *   fit:
 *     parameters.motility: {from: 10 um2/h, to: 1e4 um2/h, start: 500 um2/h, scale: log}
 *   data:
 *     profiles: {file: profiles.csv, observe: field density along depth}
 *     closure: {file: closure.csv, observe: outcome closure_day, set: {model settings of this data set}, sigma: 0.2 day}
 *   method: least_squares                           # or global, derivative_free, or {global: {points: 400}}
 *   level: 0.9                                      # of every interval
 *   profile: true                                   # profile likelihood of every fitted value
 *   posterior: {draws: 400, steps: 250}             # of each of 4 chains; method: auto | metropolis | linearised
 *   seed: 1
 *
 * A data file is a CSV table with the columns `time [day]` (series, fields), `depth [um]`, `x [um]` or `y [um]` (fields
 * along an axis), `value [unit]`, and `sigma [unit]` unless the data set gives one sigma, or none is known: then all data
 * must have one unit and their spread is taken from the residuals. */
#ifndef CX_STUDY_CALIBRATION_H
#define CX_STUDY_CALIBRATION_H

#include "study/fit.h"
#include "study/observe.h"
#include "study/study.h"

struct cx_datum {
    double t_h, place_um; /* 0 where the table has no such column */
    double value, sigma;  /* in the unit of what is observed; sigma 0: not known */
};
struct cx_data_set {
    char name[64], file[512]; /* file: as it is opened */
    struct cx_observable see;
    const char *what, *unit; /* of the model's row */
    int condition;           /* which runs show it */
    bool timed, placed;
    double sigma; /* of all data; 0: of each, or not known */
    int n, first; /* first: number of its first residual */
    struct cx_datum *at;
    int line, column;
};

enum cx_fit_method { CX_FIT_LOCAL, CX_FIT_GLOBAL, CX_FIT_FREE, CX_FIT_METHODS };
enum cx_draw_method { CX_DRAW_AUTO, CX_DRAW_METROPOLIS, CX_DRAW_LINEARISED, CX_DRAW_METHODS };

/* Owned by cx_calibration_free(). */
struct cx_calibration {
    struct cx_study study;      /* name, base, `set` and fitted factors; limits */
    int conditions;             /* data sets with the same changes share their runs */
    struct cx_study *condition; /* the study with those changes; factors are those of `study` */
    int sets, n;                /* n: data in all */
    struct cx_data_set *set;
    bool scaled; /* sigma is known */
    bool
        dear; /* two or three dimensions: `auto` draws no chains.  Not by wall time, which would change results */
    double start[CX_FIT_MOST]; /* u */
    enum cx_fit_method method;
    int points; /* of a search */
    double level, step;
    bool profile;
    enum cx_draw_method draw;
    int draws, steps; /* steps: of each chain, raised to draws / 4; as many before them to settle */
};

bool cx_calibration_is(const char *path);
enum cx_status cx_calibration_load(const char *path, const struct cx_overrides *o,
                                   const struct cx_model_list *models, struct cx_calibration *c,
                                   struct cx_findings *f);
void cx_calibration_free(struct cx_calibration *c);
const char *cx_fit_method_word(enum cx_fit_method m);

/* calibration_data.c: the table of a data set whose observable is known.  Errors: CX_CONFIG E131 with line and column of
 * the table in the text, CX_STORAGE E07x. */
enum cx_status cx_data_read(struct cx_data_set *d, struct cx_error *e);

#endif
