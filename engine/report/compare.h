/* compare.h - two runs side by side: outcomes, series at common times, fields at common times.  Knows results
 * and pages. */
#ifndef CX_REPORT_COMPARE_H
#define CX_REPORT_COMPARE_H

#include "report/page.h"
#include "report/plot.h"

enum { CX_COMPARE_NAME = 64 };

/* An outcome; NaN where a run has none or did not reach it. */
struct cx_compared_outcome {
    char name[CX_COMPARE_NAME], unit[32];
    bool in[2];
    double value[2], difference; /* second minus first */
    double
        relative; /* |difference| / larger size; 0 when both lack a value, infinite when one does */
};
/* A series at the times that both runs hold. */
struct cx_compared_series {
    char name[CX_COMPARE_NAME], unit[32];
    int number[2];          /* in each result */
    int times;              /* how many are common; 0: none */
    double difference, day; /* largest, and when */
    double value[2];        /* there */
    double relative;        /* of the largest size of the two over all common times */
};
/* A field on one grid at the stored times that both runs hold. */
struct cx_compared_field {
    char name[CX_COMPARE_NAME], unit[32];
    int number[2], times;
    double difference, day, place_um[3]; /* largest, when and where */
    double
        rms; /* L2: root of the mean square difference over the block by volume, of the worst time */
    double relative,
        relative_rms; /* of the largest size, and of the root mean square, of the two */
};

struct cx_comparison {
    struct cx_plot_source run[2];
    int outcomes, series, fields;
    struct cx_compared_outcome *outcome;
    struct cx_compared_series *one; /* [series] */
    struct cx_compared_field *field;
    char why_no_fields[200]; /* "": they were compared */
};
/* Reads both folders.  Errors: those of the readers. */
enum cx_status cx_compare(struct cx_comparison *c, const char *first, const char *second,
                          struct cx_error *e);
void cx_comparison_free(struct cx_comparison *c);
/* The steps of it, each in its file. */
enum cx_status cx_compare_outcomes(struct cx_comparison *c, struct cx_error *e);
enum cx_status cx_compare_series(struct cx_comparison *c, struct cx_error *e);
enum cx_status cx_compare_fields(struct cx_comparison *c, struct cx_error *e);
/* How many outcomes, series and fields differ by a larger share than this. */
int cx_compare_beyond(const struct cx_comparison *c, double tolerance);
/* |a - b| / larger size; see cx_compared_outcome. */
double cx_compare_share(double a, double b);

/* Three sections of a page, #compared, #compared-curves and #compared-fields; `names`: what A and B are called. */
enum cx_status cx_compare_put(struct cx_text *p, const struct cx_comparison *c,
                              const char *const names[2], struct cx_error *e);
/* Writes FOLDER/compare.html. */
enum cx_status cx_compare_page(const struct cx_comparison *c, const char *const names[2],
                               const char *folder, struct cx_error *e);

#endif
