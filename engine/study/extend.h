/* extend.h - more values for a study that has begun: kept in its folder, so that every later command sees the same
 * study. */
#ifndef CX_STUDY_EXTEND_H
#define CX_STUDY_EXTEND_H

#include "study/study.h"

/* Overrides of a study file that earlier extensions left in its folder; cx_extension_free(). */
struct cx_extension {
    int n;
    struct cx_override *at;
    char **text;
};
/* None if the folder has none.  Errors: CX_STORAGE E074. */
enum cx_status cx_extension_read(const char *folder, struct cx_extension *x, struct cx_error *e);
enum cx_status cx_extension_write(const char *folder, const struct cx_extension *x,
                                  struct cx_error *e);
void cx_extension_free(struct cx_extension *x);

/* One change more: "vary.PATH" joins the listed values of both studies into one list, everything else is as typed.  `old`
 * is the study so far, `wished` the study with the change. */
enum cx_status cx_extension_add(struct cx_extension *x, const struct cx_override *change,
                                const struct cx_study *old, const struct cx_study *wished,
                                struct cx_error *e);

#endif
