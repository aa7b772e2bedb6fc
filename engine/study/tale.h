/* tale.h - a story: captioned steps through the runs of one scenario and of its what-if variants, in which every number of
 * a text comes from a run and every comparison is a claim that is checked.  Read from a story file with all its errors at
 * once; nothing here runs anything but cx_tale_run().
 *
 *   cicatrix-story: 1
 *   title: Why depth matters
 *   about: One sentence below the title.
 *   base: skin.yml                                  # scenario beside the story file; it is the variant `base`
 *   label: Medium needle                            # what people call the base
 *   set: {time.end: 8 week}                         # changes that all runs share
 *   variants:
 *     shallow: {label: Short needle, set: {device.needle.length: 0.5 mm}}
 *   steps:
 *     - title: The needle goes in
 *       text: Its tip reaches {setting(device.needle.length)} deep.       # {formula}, see formula.h; also {formula | when}
 *       time: 6 h
 *       field: fibrin
 *       shows: Blood clot (fibrin)                  # what people call it
 *       variant: base                               # whose run is shown
 *       view: block                                 # block | glow | section
 *       cut: [0, 50, 0]                             # percent cut away from the right, the front, the top
 *       camera: [-35, 25, 1]                        # degrees around and above, size
 *       chart: [fibrin, {series: neutrophils, label: First helpers}]     # one series of all variants of the step, or
 *                                                   # several of the shown one
 *       numbers: {More collagen: collagen_total_gain}         # side by side for the variants of the step
 *       what_if: [shallow]                          # buttons
 *       claims: [collagen_total_gain > 2 * shallow.collagen_total_gain]
 *   end: What the model does not know.              # closes the page */
#ifndef CX_STUDY_TALE_H
#define CX_STUDY_TALE_H

#include "run/reuse.h"
#include "study/formula.h"

enum {
    CX_TALE_VARIANTS = 6,
    CX_TALE_STEPS = 16,
    CX_TALE_CLAIMS = 12,
    CX_TALE_NUMBERS = 6,
    CX_TALE_CHARTS = 5,
    CX_TALE_FIELDS = 6, /* different ones of a whole story: as many as a view has */
    CX_TALE_TIMES = 20
};

/* A text with its place in the story file; column of its first letter where the text stands on one line. */
struct cx_tale_text {
    char *at; /* NULL: none */
    int line, column;
    bool plain; /* columns within the text follow that of its first letter */
};
struct cx_tale_number {
    char label[96];
    struct cx_tale_text formula;
};

struct cx_tale_curve {
    char series[64], label[64]; /* label "": the name of the series */
};

#define CX_TALE_VIEWS(X) X("block", BLOCK) X("glow", GLOW) X("section", SECTION)
enum cx_tale_view {
#define CX_TALE_VIEW_ENUM(word, id) CX_TALE_##id,
    CX_TALE_VIEWS(CX_TALE_VIEW_ENUM)
#undef CX_TALE_VIEW_ENUM
        CX_TALE_VIEW_COUNT
};
const char *cx_tale_view_word(enum cx_tale_view v);

struct cx_tale_step {
    struct cx_tale_text title, text;
    int variant;
    double day;
    char field[64], shows[96];
    enum cx_tale_view view;
    double cut[3], camera[3]; /* NaN: that of the page */
    int charts, what_ifs, numbers, claims;
    struct cx_tale_curve chart[CX_TALE_CHARTS];
    int what_if[CX_TALE_VARIANTS];
    struct cx_tale_number number[CX_TALE_NUMBERS];
    struct cx_tale_text claim[CX_TALE_CLAIMS];
};

struct cx_tale_variant {
    char name[64], label[96];
    struct cx_scenario scenario; /* stores pictures at the times and of the fields of the steps */
    char *config;                /* effective, as text */
};

/* Owned by cx_tale_free(). */
struct cx_tale {
    char name[64], title[256], about[600];
    char file[256];   /* the story file */
    char folder[512]; /* of the results; set by the caller, outputs/NAME unless told otherwise */
    const struct cx_model *model;
    int variants, steps;
    struct cx_tale_variant variant[CX_TALE_VARIANTS];
    struct cx_tale_step *step; /* [CX_TALE_STEPS] */
    struct cx_tale_text end;
};

/* Is this file a story? */
bool cx_tale_is(const char *path);
/* On any finding *t stays empty: CX_CONFIG, or CX_STORAGE if a file cannot be read. */
enum cx_status cx_tale_load(const char *path, const struct cx_overrides *o,
                            const struct cx_model_list *models, struct cx_tale *t,
                            struct cx_findings *f);
void cx_tale_free(struct cx_tale *t);

/* The names that formulas of this story may use; `room` holds the names of the variants. */
struct cx_formula_names cx_tale_names(const struct cx_tale *t, const char *room[CX_TALE_VARIANTS]);

/* A caption in pieces: plain text, then a formula in braces with its format, and so on to the end. */
struct cx_tale_piece {
    const char *plain;
    int plains;                     /* bytes of it */
    struct cx_formula_text formula; /* text NULL: the caption ends with the plain text */
    char format[16];                /* "", "when", "number" */
};
/* First call: *at = 0.  False at the end.  E152 where a brace is not closed or a format is unknown. */
enum cx_status cx_tale_piece(const char *caption, int *at, struct cx_tale_piece *p, bool *more,
                             struct cx_error *e);
/* What a setting of a variant is; E030, E152. */
enum cx_status cx_tale_setting(const struct cx_tale *t, int variant, const char *path,
                               struct cx_amount *out, struct cx_error *e);
/* The formula of a number in a table, which may have a format too. */
enum cx_status cx_tale_formula(const char *text, struct cx_tale_piece *p, struct cx_error *e);
/* Fills file, line and column of *e from a text; `offset`: byte in it that is wrong; source: of the story file. */
void cx_tale_place(const struct cx_tale *t, const struct cx_tale_text *text, int offset,
                   const char *source, struct cx_error *e);

/* One variant into FOLDER/runs/NAME: taken as it is when the same scenario was finished there by the same program, gone on
 * with when it was stopped, else run anew.  options: progress, stop. */
struct cx_tale_made {
    char folder[640];
    enum cx_reuse found; /* there before; whole: used again */
    double seconds;
};
enum cx_status cx_tale_run(const struct cx_tale *t, int variant, const struct cx_run_options *o,
                           struct cx_tale_made *made, struct cx_error *e);

#endif
