/* plot.c - see plot.h: which kinds there are, what they are made of, and the punctures of a result. */
#include "report/plot.h"

#include "base/text.h"
#include "report/pattern_picture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *cx_plot_word(enum cx_plot_kind kind) {
    static const char *const words[] = {
#define CX_PLOT_TEXT(name, word, doc) word,
        CX_PLOTS(CX_PLOT_TEXT)
#undef CX_PLOT_TEXT
    };
    return words[kind];
}

const char *cx_plot_doc(enum cx_plot_kind kind) {
    static const char *const docs[] = {
#define CX_PLOT_TEXT(name, word, doc) doc,
        CX_PLOTS(CX_PLOT_TEXT)
#undef CX_PLOT_TEXT
    };
    return docs[kind];
}

enum cx_status cx_plot_kind_of(const char *word, enum cx_plot_kind *kind, struct cx_error *e) {
    struct cx_nearest near = {.wanted = word};
    for (int k = 0; k < CX_PLOT_KINDS; k++) {
        *kind = (enum cx_plot_kind)k;
        if (strcmp(cx_plot_word(*kind), word) == 0) return CX_OK;
        cx_nearest_offer(&near, cx_plot_word(*kind));
    }
    cx_fail(e, CX_USAGE, 140, "there is no figure '%.60s'", word);
    if (cx_nearest_name(&near))
        cx_hint(e, "did you mean '%s'?", cx_nearest_name(&near));
    else
        cx_hint(e, "there are section, profile, course, map, 3d and pattern");
    return CX_USAGE;
}

static double last_day(const struct cx_result *r) {
    const double frame = r->frames ? r->time_day[r->frames - 1] : 0;
    const double step = r->history_length ? r->history_day[r->history_length - 1] : 0;
    return frame > step ? frame : step;
}

static enum cx_status gather(struct cx_plot_source *s, const char *folder, struct cx_error *e) {
    CX_TRY(cx_record_read(&s->record, folder, last_day(&s->result), e));
    CX_TRY(cx_view_aim(&s->view, &s->result, e));
    s->view.sessions = s->record.sessions;
    for (int i = 0; i < s->record.sessions && i < CX_VIEW_SESSIONS; i++)
        s->view.session_day[i] = s->record.session_day[i];
    return CX_OK;
}

enum cx_status cx_plot_open(struct cx_plot_source *s, const char *folder, struct cx_error *e) {
    char path[1024];
    memset(s, 0, sizeof *s);
    snprintf(path, sizeof path, "%.1000s/run.nc", folder);
    CX_TRY(cx_result_open(path, &s->result, e));
    const enum cx_status status = gather(s, folder, e);
    if (status) cx_plot_close(s);
    return status;
}

void cx_plot_close(struct cx_plot_source *s) {
    cx_view_free(&s->view);
    cx_record_free(&s->record);
    cx_result_close(&s->result);
}

/* The needles of the first session, as they are stored. */
static int punctures_of(const struct cx_result *r, struct cx_puncture *at) {
    const double rad = 0.017453292519943295; /* one degree */
    int n = 0;
    for (int i = 0; i < r->needles; i++) {
        const struct cx_needle_record *w = &r->needle[i];
        if (w->session != r->needle[0].session) continue;
        at[n++] = (struct cx_puncture){w->x_um,
                                       w->y_um,
                                       w->depth_um,
                                       w->diameter_um,
                                       w->tilt_degree * rad,
                                       w->azimuth_degree * rad};
    }
    return n;
}

/* The picture is made for the screen; here it takes the width that was asked for. */
static enum cx_status draw_pattern(const struct cx_pattern_picture *p,
                                   const struct cx_plot_ask *ask, struct cx_error *e) {
    struct cx_sheet sheet = {.width = ask->width_mm / 25.4 * 72, .dpi = ask->dpi};
    const double zoom = sheet.width / CX_PATTERN_WIDTH;
    sheet.height = zoom * CX_PATTERN_HEIGHT;
    CX_TRY(cx_sheet_kind_of(ask->path, &sheet.kind, e));
    CX_TRY(cx_sheet_open(&sheet, e));
    cairo_scale(sheet.to, zoom, zoom);
    cx_pattern_draw(sheet.to, p, cx_theme_light());
    return cx_sheet_close(&sheet, ask->path, e);
}

enum cx_status cx_plot_pattern(const struct cx_plot_source *s, const struct cx_plot_ask *ask,
                               struct cx_error *e) {
    const struct cx_result *r = &s->result;
    if (!r->needles || s->view.column)
        return cx_fail(e, CX_USAGE, 140, "%s: there is no pattern to draw",
                       r->needles ? "a column shows one needle" : "the run had no needles");
    struct cx_puncture *at = malloc((size_t)r->needles * sizeof *at);
    if (!at) return cx_fail(e, CX_STORAGE, 61, "no memory to draw %d needles", r->needles);
    struct cx_pattern_picture p = {.x0 = r->edge[CX_X][0], .x1 = r->edge[CX_X][r->shape[0]]};
    p.y0 = r->edge[CX_Y][0];
    p.y1 = r->edge[CX_Y][r->shape[1]];
    if (s->view.radial) { /* the needle stands on the axis of a disc */
        p.x0 = p.y0 = -p.x1;
        p.y1 = p.x1;
    }
    p.n = punctures_of(r, at);
    p.at = at;
    for (int b = 0; b < s->view.bands && b < 5; b++) {
        p.limit_um[b] = s->view.band[b].bottom_um;
        p.layer[b] = s->view.band[b].name;
        p.layers = b + 1;
    }
    const enum cx_status status = draw_pattern(&p, ask, e);
    free(at);
    return status;
}

enum cx_status cx_plot_write(const struct cx_plot_source *s, const struct cx_plot_ask *ask,
                             struct cx_error *e) {
    switch (ask->kind) {
    case CX_PLOT_SECTION:
    case CX_PLOT_MAP: return cx_plot_section(s, ask, e);
    case CX_PLOT_PROFILE: return cx_plot_profile(s, ask, e);
    case CX_PLOT_COURSE: return cx_plot_course(s, ask, e);
    case CX_PLOT_SOLID: return cx_plot_solid(s, ask, e);
    default: return cx_plot_pattern(s, ask, e);
    }
}
