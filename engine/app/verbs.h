/* verbs.h - what each verb_*.c gives to the table of main.c: a function and how it is used. */
#ifndef CX_APP_VERBS_H
#define CX_APP_VERBS_H

#include "app/app.h"

extern const struct cx_usage cx_usage_new, cx_usage_check, cx_usage_run, cx_usage_resume,
    cx_usage_pattern, cx_usage_report, cx_usage_models, cx_usage_describe, cx_usage_explain,
    cx_usage_schema, cx_usage_verify, cx_usage_doctor, cx_usage_cite, cx_usage_help, cx_usage_sweep,
    cx_usage_optimize, cx_usage_sensitivity;

extern const struct cx_usage cx_usage_compare, cx_usage_plot, cx_usage_movie;

enum cx_status cx_verb_new(struct cx_app *a, struct cx_error *e);
enum cx_status cx_verb_check(struct cx_app *a, struct cx_error *e);
enum cx_status cx_verb_run(struct cx_app *a, struct cx_error *e);
enum cx_status cx_verb_resume(struct cx_app *a, struct cx_error *e);
enum cx_status cx_verb_pattern(struct cx_app *a, struct cx_error *e);
enum cx_status cx_verb_report(struct cx_app *a, struct cx_error *e);
enum cx_status cx_verb_compare(struct cx_app *a, struct cx_error *e);
enum cx_status cx_verb_plot(struct cx_app *a, struct cx_error *e);
enum cx_status cx_verb_movie(struct cx_app *a, struct cx_error *e);
enum cx_status cx_verb_models(struct cx_app *a, struct cx_error *e);
enum cx_status cx_verb_describe(struct cx_app *a, struct cx_error *e);
enum cx_status cx_verb_explain(struct cx_app *a, struct cx_error *e);
enum cx_status cx_verb_schema(struct cx_app *a, struct cx_error *e);
enum cx_status cx_verb_verify(struct cx_app *a, struct cx_error *e);
enum cx_status cx_verb_doctor(struct cx_app *a, struct cx_error *e);
enum cx_status cx_verb_cite(struct cx_app *a, struct cx_error *e);
enum cx_status cx_verb_sweep(struct cx_app *a, struct cx_error *e);
enum cx_status cx_verb_sensitivity(struct cx_app *a, struct cx_error *e);
enum cx_status cx_verb_optimize(struct cx_app *a, struct cx_error *e);
enum cx_status cx_verb_help(struct cx_app *a, struct cx_error *e);

extern const struct cx_usage cx_usage_calibrate, cx_usage_gallery, cx_usage_export;
enum cx_status cx_verb_gallery(struct cx_app *a, struct cx_error *e);
enum cx_status cx_verb_export(struct cx_app *a, struct cx_error *e);
extern const struct cx_usage cx_usage_story;
enum cx_status cx_verb_story(struct cx_app *a, struct cx_error *e);
enum cx_status cx_verb_calibrate(struct cx_app *a, struct cx_error *e);

#endif
