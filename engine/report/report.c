/* report.c - puts the page together from the files of a run's folder (see report.h). */
#include "report/report.h"

#include "base/digest.h"
#include "base/file.h"
#include "report/bands.h"
#include "report/compare.h"
#include "report/courses.h"
#include "report/phases.h"
#include "report/plates.h"
#include "report/record.h"
#include "report/section.h"
#include "report/story.h"
#include "report/viewer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* All that the page is made from. */
struct material {
    const char *folder, *against; /* against: NULL for no other run */
    struct cx_result result;
    struct cx_record record;
    struct cx_bands bands;
    struct cx_view view;
    char run_file[1024];
};

/* Frames may be sparser than steps: the later of the two ends. */
static double last_day(const struct material *m) {
    const struct cx_result *r = &m->result;
    const double frame = r->frames ? r->time_day[r->frames - 1] : 0;
    const double step = r->history_length ? r->history_day[r->history_length - 1] : 0;
    return frame > step ? frame : step;
}

/* A run without a title is called by its scenario. */
static const char *title_of(const struct material *m) {
    const char *scenario = m->record.o.scenario;
    return *m->result.title ? m->result.title : scenario && *scenario ? scenario : "Simulation";
}

static void put_head(struct cx_text *p, const struct material *m) {
    cx_text_add(p, "<!doctype html>\n<html lang=en><head><meta charset=utf-8>");
    cx_viewer_policy(p, m->bands.file.rows > 0);
    cx_text_add(p, "<meta name=viewport content='width=device-width,initial-scale=1'><meta "
                   "name=generator content='Cicatrix'><title>");
    cx_page_text(p, title_of(m));
    cx_text_add(p, "</title>\n");
    cx_page_style(p);
    cx_viewer_sheet(p);
    cx_text_add(p, "</head><body><a class=skip href='#summary'>Skip to the summary</a>\n");
}

/* "microneedling · axisymmetric, 24 × 80 cells · 28 days" */
static void put_subtitle(struct cx_text *p, const struct material *m) {
    const struct cx_result *r = &m->result;
    char days[CX_WORD];
    cx_number_text(last_day(m), days);
    cx_text_add(p, "<p class=sub>Model ");
    cx_page_text(p, r->model);
    cx_text_add(p, " · ");
    cx_page_text(p, r->geometry);
    cx_text_add(p, ", %d", r->shape[0]);
    for (int d = 1; d < 3; d++)
        if (r->shape[d] > 1) cx_text_add(p, " × %d", r->shape[d]);
    cx_text_add(p, " cells · %s days", days);
    if (m->record.sessions)
        cx_text_add(p, " · %d session%s", m->record.sessions, m->record.sessions == 1 ? "" : "s");
    cx_text_add(p, "</p>\n");
}

static void put_about(struct cx_text *p, const struct material *m) {
    if (!*m->record.description) return;
    cx_text_add(p, "<p class=about>");
    cx_page_text(p, m->record.description);
    cx_text_add(p, "</p>\n");
}

static void put_summary(struct cx_text *p, const struct material *m) {
    cx_text_add(p,
                "<header id=summary><div><div class=eyebrow>Cicatrix simulation report</div><h1>");
    cx_page_text(p, title_of(m));
    cx_text_add(p, "</h1>\n");
    put_subtitle(p, m);
    put_about(p, m);
    cx_story_finding(p, &m->record, last_day(m));
    cx_text_add(p,
                "<p class=context>Context of use: none given. Not for clinical decisions.</p>\n");
    cx_story_cards(p, &m->record);
    cx_text_add(p, "</div></header>\n");
}

/* Only parts that are there are listed. */
static void put_contents(struct cx_text *p, const struct material *m) {
    const struct {
        const char *id, *name;
        bool there;
    } all[] = {
        {"summary", "Summary", true},
        {"measured", "Measured", m->record.o.observed_count > 0},
        {"viewer", "Look inside", cx_viewer_has(&m->view)},
        {"phases", "Phases", cx_phases_has(&m->view)},
        {"courses", "Time courses", m->result.series > 0},
        {"pictures", "Pictures", m->view.days > 0},
        {"depth", m->view.row ? "By place" : "By depth", m->view.days > 0},
        {"pattern", "Punctures", m->result.needles > 0},
        {"compared", "Side by side", m->against != NULL},
        {"outcomes", "Outcomes", m->record.o.outcome_count > 0},
        {"errors", "Error bars", m->record.certified},
        {"numerics", "Numerics", m->record.o.numerics_count > 0},
        {"provenance", "Provenance", true},
    };
    cx_text_add(p, "<nav aria-label=Contents><div>");
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (all[i].there) cx_text_add(p, "<a href='#%s'>%s</a>", all[i].id, all[i].name);
    cx_text_add(p, "</div></nav>\n<main>\n");
}

static enum cx_status put_courses(struct cx_text *p, const struct material *m, struct cx_error *e) {
    if (!m->result.series) return CX_OK;
    cx_text_add(p, "<section id=courses><h2>Time courses</h2><p class=lead>%s%s",
                m->result.history_length > 1
                    ? "Sampled as the run went on, thinned only where the eye sees no difference."
                    : "The values at the stored times.",
                m->record.sessions > 1 ? " Dotted lines mark the sessions." : "");
    if (m->bands.file.rows)
        cx_text_add(p,
                    " Shaded behind a curve: %s at each time. That is the spread of the fitted "
                    "values only, not errors of the model or differences between people.",
                    m->bands.words);
    cx_text_add(p, "</p>\n");
    CX_TRY(cx_courses_put(p, &m->view, &m->record, &m->bands, e));
    cx_text_add(p, "</section>\n");
    return CX_OK;
}

static enum cx_status put_pictures(struct cx_text *p, const struct material *m,
                                   struct cx_error *e) {
    const struct cx_view *v = &m->view;
    if (!v->days) return CX_OK;
    /* only what the block has is explained: needles, layers */
    const char *title = v->column ? "Depth and time"
                        : v->row  ? "Place and time"
                                  : "Vertical sections";
    cx_text_add(p, "<section id=pictures><h2>%s</h2><p class=lead>", title);
    if (v->row)
        cx_text_add(p, "The %s is at the top. ", v->radial ? "axis" : "left side");
    else
        cx_text_add(p, "%sThe surface is at the top. ",
                    m->result.needles ? "Cut through a needle. " : "");
    cx_text_add(p, "%s",
                v->column || v->row
                    ? "Colours are linear between cells and between stored times."
                    : "One colour scale per row; colours are linear between cell centres.");
    cx_text_add(p, "%s%s</p>\n", v->bands ? " Dashed lines are the limits of the layers." : "",
                m->result.needles && !v->column && !v->row ? " Outlines are the needles." : "");
    for (int f = 0; f < v->fields; f++)
        CX_TRY(v->column || v->row ? cx_heat_put(p, v, &v->field[f], e)
                                   : cx_section_put(p, v, &v->field[f], e));
    cx_text_add(p, "</section>\n");
    return cx_plate_profiles(p, v, e);
}

/* A line of the provenance; left out when nothing is known. */
static void put_origin(struct cx_text *p, const char *what, const char *value, bool wide) {
    if (!value || !*value) return;
    cx_text_add(p, "<div%s><dt>%s</dt><dd><code>", wide ? " class=wide" : "", what);
    cx_page_text(p, value);
    cx_text_add(p, "</code></dd></div>\n");
}

static void put_provenance(struct cx_text *p, const struct material *m) {
    char hash[65] = "";
    const char *config = m->record.config ? m->record.config : m->result.config;
    (void)cx_digest_file(m->run_file,
                         hash); /* leaves the line out when the file cannot be read again */
    cx_text_add(p, "<section id=provenance><h2>Provenance</h2><p class=lead>Where this page comes "
                   "from, and how to make it "
                   "again.</p><dl class=facts>\n");
    put_origin(p, "Cicatrix", m->result.version, false);
    put_origin(p, "Commit", m->result.commit, false);
    put_origin(p, "Model", m->result.model, false);
    put_origin(p, "Scenario", m->record.o.scenario, false);
    put_origin(p, "Run digest", m->record.o.digest, true);
    put_origin(p, "SHA-256 of run.nc", hash, true);
    put_origin(p, "History", m->result.history, true);
    put_origin(p, "To repeat", m->record.config ? "cicatrix run config.yml" : "", true);
    cx_text_add(p, "</dl>\n");
    if (config && *config) {
        cx_text_add(p, "<details><summary>Effective configuration, every value with its "
                       "unit</summary><pre tabindex=0>");
        cx_page_text(p, config);
        cx_text_add(p, "</pre></details>\n");
    }
    cx_text_add(p, "</section>\n");
}

/* What `compare` shows, with this run as A. */
static enum cx_status put_other(struct cx_text *p, const struct material *m, struct cx_error *e) {
    const char *const names[2] = {m->folder, m->against};
    if (!m->against) return CX_OK;
    struct cx_comparison *c = calloc(1, sizeof *c);
    if (!c) return cx_fail(e, CX_STORAGE, 61, "no memory for a comparison");
    enum cx_status status = cx_compare(c, names[0], names[1], e);
    if (!status) {
        status = cx_compare_put(p, c, names, e);
        cx_comparison_free(c);
    }
    free(c);
    return status;
}

static enum cx_status put_page(struct cx_text *p, const struct material *m, struct cx_error *e) {
    put_head(p, m);
    put_summary(p, m);
    put_contents(p, m);
    cx_story_compared(p, &m->record);
    CX_TRY(cx_viewer_put(p, &m->view, e));
    CX_TRY(cx_phases_put(p, &m->view, &m->record, e));
    CX_TRY(put_courses(p, m, e));
    CX_TRY(put_pictures(p, m, e));
    CX_TRY(cx_plate_pattern(p, &m->view, e));
    CX_TRY(put_other(p, m, e));
    cx_story_outcomes(p, &m->record);
    cx_story_errors(p, &m->record);
    cx_story_numerics(p, &m->record);
    put_provenance(p, m);
    cx_text_add(
        p, "</main><footer><div>Made by Cicatrix from the files of one run; it loads "
           "nothing from elsewhere. "
           "A simulation is no measurement. Live charts: uPlot, MIT licence.</div></footer>\n");
    cx_viewer_script(p, m->bands.file.rows > 0);
    cx_text_add(p, "</body></html>\n");
    return CX_OK;
}

/* Reads all files; the caller frees whatever came in, also after a failure. */
static enum cx_status gather(struct material *m, struct cx_error *e) {
    CX_TRY(cx_result_open(m->run_file, &m->result, e));
    CX_TRY(cx_record_read(&m->record, m->folder, last_day(m), e));
    CX_TRY(cx_bands_read(&m->bands, m->folder, &m->record, e));
    CX_TRY(cx_view_make(&m->view, &m->result, e));
    m->view.sessions = m->record.sessions;
    memcpy(m->view.session_day, m->record.session_day, sizeof m->view.session_day);
    return CX_OK;
}

/* What the page is asked for. */
struct asked {
    const char *folder, *against;
};

static enum cx_status gather_and_put(struct cx_text *p, const void *asked, struct cx_error *e) {
    const struct asked *a = asked;
    struct material *m = calloc(1, sizeof *m);
    if (!m) return cx_fail(e, CX_STORAGE, 61, "no memory for a report");
    m->folder = a->folder;
    m->against = a->against;
    snprintf(m->run_file, sizeof m->run_file, "%.1000s/run.nc", a->folder);
    enum cx_status status = gather(m, e);
    if (!status) status = put_page(p, m, e);
    cx_view_free(&m->view);
    cx_bands_free(&m->bands);
    cx_record_free(&m->record);
    cx_result_close(&m->result);
    free(m);
    return status;
}

enum cx_status cx_report_write(const char *folder, const char *against, struct cx_error *e) {
    const struct asked asked = {folder, against};
    const struct cx_page page = {folder, "report.html", "report", gather_and_put, &asked};
    const enum cx_status status = cx_page_write(&page, NULL, e);
    if (status != CX_OK && e->code == 77 && against)
        cx_hint(e, "cicatrix compare A B -o DIR writes a page of its own");
    return status;
}
