/* plot.h - single figures for print, from the result files of a run.  Knows results and sheets, not pages. */
#ifndef CX_REPORT_PLOT_H
#define CX_REPORT_PLOT_H

#include "report/lens.h"
#include "report/raster.h"
#include "report/record.h"
#include "report/sheet.h"
#include "report/view.h"

/* kind, the word for it, what it draws */
#define CX_PLOTS(X)                                                                                \
    X(SECTION, "section", "a field in a vertical plane at one time: --at, --plane")                \
    X(PROFILE, "profile", "a field against depth at several times: --at")                          \
    X(COURSE, "course", "series against time, with what was measured: --log")                      \
    X(MAP, "map", "a field from above at one time and depth: --at, --depth")                       \
    X(SOLID, "3d", "a field on the block, seen at an angle, cut open: --at, --plane, --whole")     \
    X(PATTERN, "pattern", "the punctures, from above and from the side")

enum cx_plot_kind {
#define CX_PLOT_ENUM(name, word, doc) CX_PLOT_##name,
    CX_PLOTS(CX_PLOT_ENUM)
#undef CX_PLOT_ENUM
        CX_PLOT_KINDS
};
const char *cx_plot_word(enum cx_plot_kind kind);
const char *cx_plot_doc(enum cx_plot_kind kind);
/* E140 with the nearest word. */
enum cx_status cx_plot_kind_of(const char *word, enum cx_plot_kind *kind, struct cx_error *e);

struct cx_plot_ask {
    enum cx_plot_kind kind;
    int names; /* fields or series; a field is one, series are at most CX_LINES_MAX */
    const char *const *name;
    int days; /* 0: the last stored time, or a few */
    double day[CX_LINES_MAX];
    bool along_y;    /* the section runs along y */
    double plane_um; /* place of the section along the other axis; NaN: through a needle */
    bool whole;      /* 3d: nothing is cut away */
    double depth_um; /* of a map; NaN: the uppermost cells */
    bool log_days;
    double width_mm, dpi;
    const char *path;
};
/* What all figures are made of. */
struct cx_plot_source {
    struct cx_result result;
    struct cx_record record;
    struct cx_view view; /* where to look; no fields, no days */
};
enum cx_status cx_plot_open(struct cx_plot_source *s, const char *folder, struct cx_error *e);
void cx_plot_close(struct cx_plot_source *s);
/* Writes ask->path. */
enum cx_status cx_plot_write(const struct cx_plot_source *s, const struct cx_plot_ask *ask,
                             struct cx_error *e);

/* One picture of a cut with axes, layers, needles and colour bar: also a frame of an animation. */
struct cx_plot_cut {
    const struct cx_plot_source *source;
    struct cx_cut cut;
    enum cx_map map;
    double low, high;        /* of the colours */
    double width, height;    /* pt, of the whole figure */
    double dpi;              /* of the raster */
    char title[2 * CX_WORD]; /* above the picture, left */
    char when[2 * CX_WORD];  /* right */
    struct cx_panel panel;
};
/* Where the cut lies, and how large the figure becomes at ask->width_mm; low and high stay NaN. */
enum cx_status cx_plot_cut_make(struct cx_plot_cut *c, const struct cx_plot_source *s,
                                const struct cx_plot_ask *ask, const struct cx_lens *lens,
                                struct cx_error *e);
enum cx_status cx_plot_cut_draw(cairo_t *to, struct cx_plot_cut *c, double day, struct cx_error *e);

/* Colour bar with numbers and unit right of a panel; `shades`: map, low and high. */
enum cx_status cx_plot_bar(cairo_t *to, const struct cx_panel *beside,
                           const struct cx_raster *shades, const char *unit, struct cx_error *e);

/* The kinds, each in its plot_*.c. */
enum cx_status cx_plot_section(const struct cx_plot_source *s, const struct cx_plot_ask *ask,
                               struct cx_error *e);
enum cx_status cx_plot_profile(const struct cx_plot_source *s, const struct cx_plot_ask *ask,
                               struct cx_error *e);
enum cx_status cx_plot_course(const struct cx_plot_source *s, const struct cx_plot_ask *ask,
                              struct cx_error *e);
enum cx_status cx_plot_solid(const struct cx_plot_source *s, const struct cx_plot_ask *ask,
                             struct cx_error *e);
enum cx_status cx_plot_pattern(const struct cx_plot_source *s, const struct cx_plot_ask *ask,
                               struct cx_error *e);

#endif
