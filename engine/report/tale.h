/* tale.h - a story told: its captions filled with the numbers of its runs, its claims judged by them, and the page that
 * shows it (study/tale.h says what a story is).  Knows results and pages. */
#ifndef CX_REPORT_TALE_H
#define CX_REPORT_TALE_H

#include "report/page.h"
#include "report/plot.h"
#include "study/tale.h"

/* A story and the results of its variants.  Owned by cx_told_close(). */
struct cx_told {
    const struct cx_tale *tale;
    struct cx_plot_source *run; /* [tale->variants] */
};
/* folder: of the results of each variant.  Errors: those of the readers. */
enum cx_status cx_told_open(struct cx_told *t, const struct cx_tale *tale,
                            const char *const folder[], struct cx_error *e);
void cx_told_close(struct cx_told *t);

/* Every claim, and every value that a caption needs: what does not hold, or was never reached, becomes a finding (E154)
 * with its place and both numbers.  *claims: how many there are. */
enum cx_status cx_told_judge(const struct cx_told *t, int *claims, struct cx_findings *f);

/* Who asks for a value: without another name it is of this variant, without another time of this day. */
struct cx_asking {
    const struct cx_told *told;
    int variant;
    double day;
};
/* A formula as people read it: "17 %", "3.3 days", "day 5". */
enum cx_status cx_told_value(const struct cx_asking *a, const char *formula, char out[CX_WORD],
                             struct cx_error *e);
/* A caption with its numbers; numbers stand in <b>. */
enum cx_status cx_told_caption(struct cx_text *p, const struct cx_told *t,
                               const struct cx_tale_step *step, const char *caption,
                               struct cx_error *e);
/* One claim of a step in words: "fibroblast_peak > 1.2: 1.5 against 1.2". */
enum cx_status cx_told_claim(struct cx_text *p, const struct cx_told *t,
                             const struct cx_tale_step *step, int number, struct cx_error *e);
/* A value of a series between two moments of the run, linear; NaN outside. */
double cx_told_series(const struct cx_result *r, int series, double day);

/* The charts of a step; those of one variant only are marked with its number. */
enum cx_status cx_told_charts(struct cx_text *p, const struct cx_told *t,
                              const struct cx_tale_step *step, struct cx_error *e);
/* Variants of a step without repeats, the one of its caption first; returns how many. */
int cx_told_variants(const struct cx_tale_step *step, int out[CX_TALE_VARIANTS]);

/* Writes FOLDER/story.html, one offline file of at most 5 MB; *bytes: its size.  Errors: those of the readers, E061, E071,
 * E072, E077 too large. */
enum cx_status cx_told_page(const struct cx_told *t, const char *folder, size_t *bytes,
                            struct cx_error *e);

#endif
