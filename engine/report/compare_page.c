/* compare_page.c - two runs side by side, as a page of their own or as sections of a report: outcomes, curves of both,
 * pictures of the differences (declared in compare.h). */
#include "report/compare.h"

#include "report/page.h"
#include "report/raster.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WIDEST = 300, TALLEST = 320 };
static const double same = 1e-9; /* relative: nothing that an eye could see */

static void put_name(struct cx_text *p, const char *name) {
    char word[CX_WORD];
    cx_name_text(name, word);
    cx_page_text(p, word);
}

static void put_number(struct cx_text *p, double value) {
    char word[CX_WORD];
    cx_number_text(value, word);
    cx_text_add(p, "<td class=num>%s</td>", word);
}

/* Which folder A and B are stands once, at the first section. */
static void put_outcomes(struct cx_text *p, const struct cx_comparison *c,
                         const char *const names[2]) {
    char unit[CX_WORD];
    cx_text_add(p, "<section id=compared><h2>Side by side: outcomes</h2><p class=lead><b>A</b> ");
    cx_page_text(p, names[0]);
    cx_text_add(p, " · <b>B</b> ");
    cx_page_text(p, names[1]);
    cx_text_add(p,
                ". Relative: the difference as a share of the larger of the two.</p>"
                "<div class=scroll tabindex=0><table><thead><tr><th scope=col>Outcome<th scope=col "
                "class=num>A<th scope=col class=num>B<th scope=col class=num>B − A<th scope=col "
                "class=num>Relative<th "
                "scope=col>Unit</tr></thead><tbody>\n");
    for (int i = 0; i < c->outcomes; i++) {
        const struct cx_compared_outcome *o = &c->outcome[i];
        cx_unit_text(o->unit, unit);
        cx_text_add(p, "<tr><th scope=row>");
        put_name(p, o->name);
        cx_text_add(p, "</th>");
        put_number(p, o->value[0]);
        put_number(p, o->value[1]);
        put_number(p, o->difference);
        put_number(p, o->relative);
        cx_text_add(p, "<td>%s</td></tr>\n", unit);
    }
    cx_text_add(p, "</tbody></table></div></section>\n");
}

/* Curves ----------------------------------------------------------------------------------------------------------- */
/* One series of one run as its own column; NULL without memory. */
static double *column_of(const struct cx_result *r, int series, struct cx_line *line) {
    const bool fine = r->history_length > 1;
    const double *from = fine ? r->history_value : r->frame_series;
    line->n = fine ? r->history_length : r->frames;
    line->x = fine ? r->history_day : r->time_day;
    double *value = malloc(((size_t)line->n + 1) * sizeof *value);
    for (int i = 0; value && i < line->n; i++)
        value[i] = from[(size_t)i * (size_t)r->series + (size_t)series];
    line->y = value;
    return value;
}

static enum cx_status put_curve(struct cx_text *p, const struct cx_comparison *c,
                                const struct cx_compared_series *s, struct cx_error *e) {
    struct cx_chart chart = {.lines = 2};
    double *value[2];
    cx_unit_text(s->unit, chart.unit);
    if (!*chart.unit) snprintf(chart.unit, sizeof chart.unit, "relative");
    snprintf(chart.alt, sizeof chart.alt, "%s of both runs over time", s->name);
    for (int r = 0; r < 2; r++) {
        struct cx_line *line = &chart.line[r];
        value[r] = column_of(&c->run[r].result, s->number[r], line);
        snprintf(line->label, sizeof line->label, "%s", r ? "B" : "A");
        if (line->n) chart.to_day = fmax(chart.to_day, line->x[line->n - 1]);
    }
    if (!(chart.to_day > 0)) chart.to_day = 1;
    chart.untreated = !c->run[0].view.sessions;
    if (value[0] && value[1]) {
        cx_text_add(p, "<div><h3>");
        put_name(p, s->name);
        cx_text_add(p, "</h3>");
        cx_chart_put(p, &chart);
        cx_text_add(p, "</div>");
    }
    const bool starved = !value[0] || !value[1];
    free(value[0]);
    free(value[1]);
    return starved ? cx_fail(e, CX_STORAGE, 61, "no memory for a page") : CX_OK;
}

static enum cx_status put_curves(struct cx_text *p, const struct cx_comparison *c,
                                 struct cx_error *e) {
    int alike = 0;
    cx_text_add(p, "<section id=compared-curves><h2>Side by side: curves</h2><p class=lead>"
                   "Both runs, where they differ.</p><div class=group><div class=charts>\n");
    for (int i = 0; i < c->series; i++) {
        if (c->one[i].relative > same || !c->one[i].times)
            CX_TRY(put_curve(p, c, &c->one[i], e));
        else
            alike++;
    }
    cx_text_add(p,
                "</div><p class=note>%d of %d series are the same in both.</p></div></section>\n",
                alike, c->series);
    return CX_OK;
}

/* Pictures --------------------------------------------------------------------------------------------------------- */
/* One plane of both runs at one time. */
struct twins {
    struct cx_lens lens[2];
    struct cx_cut cut[2];
    bool flat; /* there is a plane to show; else a profile */
};

static double second_minus_first(const void *what, double across, double down) {
    const struct twins *t = what;
    return cx_cut_at(&t->cut[1], across, down) - cx_cut_at(&t->cut[0], across, down);
}

/* What a picture shows: one of the two runs, or the difference. */
struct picture {
    struct cx_raster raster;
    const char *title;
};

static enum cx_status put_picture(struct cx_text *p, const struct cx_cut *cut, struct picture *q,
                                  struct cx_error *e) {
    const double across = cut->right - cut->left, down = fabs(cut->bottom - cut->top);
    const double per_um = fmin(WIDEST / across, TALLEST / down);
    char low[CX_WORD], high[CX_WORD];
    struct cx_blob png = {0};
    q->raster.width = (int)ceil(across * per_um);
    q->raster.height = (int)ceil(down * per_um);
    CX_TRY(cx_raster_png(&q->raster, &png, e));
    cx_number_text(q->raster.low, low);
    cx_number_text(q->raster.high, high);
    cx_text_add(p, "<figure><img width=%d height=%d alt='%s' src='", q->raster.width,
                q->raster.height, q->title);
    cx_page_data(p, "image/png", png.at, png.n);
    cx_text_add(p, "'><figcaption>%s<br>colours from %s to %s</figcaption></figure>", q->title, low,
                high);
    cx_blob_free(&png);
    return CX_OK;
}

/* A and B in the same colours; the difference with white for none. */
static enum cx_status put_planes(struct cx_text *p, struct twins *t, double largest,
                                 struct cx_error *e) {
    static const char *const titles[] = {"A", "B"};
    double low = NAN, high = NAN;
    for (int r = 0; r < 2; r++) cx_cut_range(&t->cut[r], &low, &high);
    cx_range_round(&low, &high);
    for (int r = 0; r < 2; r++) {
        struct picture q = {{.map = CX_VIRIDIS, .low = low, .high = high, .at = cx_cut_at},
                            titles[r]};
        q.raster.what = &t->cut[r];
        CX_TRY(put_picture(p, &t->cut[r], &q, e));
    }
    struct picture q = {{.map = CX_BLUE_RED, .at = second_minus_first, .what = t}, "B − A"};
    q.raster.high = largest > 0 ? largest : 1;
    q.raster.low = -q.raster.high;
    return put_picture(p, &t->cut[0], &q, e);
}

static enum cx_status put_profiles(struct cx_text *p, const struct cx_comparison *c,
                                   const struct twins *t, struct cx_error *e) {
    const struct cx_view *v = &c->run[0].view;
    const int n = cx_view_places(v);
    struct cx_profile chart = {.depth_um = v->depth_um, .place = cx_view_place_name(v)};
    double *room = malloc((size_t)n * 3 * sizeof *room);
    if (!room) return cx_fail(e, CX_STORAGE, 61, "no memory for a profile");
    for (int k = 0; k < n; k++) {
        room[k] = cx_view_place(v, k);
        for (int r = 0; r < 2; r++) room[(r + 1) * n + k] = cx_lens_mean(&t->lens[r], k);
    }
    snprintf(chart.alt, sizeof chart.alt, "both runs against %s", chart.place);
    cx_unit_text(c->run[0].result.field_unit[t->lens[0].field], chart.unit);
    if (!*chart.unit) snprintf(chart.unit, sizeof chart.unit, "relative");
    chart.lines = 2;
    chart.bands = v->bands;
    chart.band = v->band;
    for (int r = 0; r < 2; r++) {
        chart.line[r] =
            (struct cx_line){.x = room + (size_t)(r + 1) * (size_t)n, .y = room, .n = n};
        snprintf(chart.line[r].label, sizeof chart.line[r].label, "%s", r ? "B" : "A");
    }
    cx_text_add(p, "<div class=profile>");
    cx_profile_put(p, &chart);
    cx_text_add(p, "</div>");
    free(room);
    return CX_OK;
}

/* The plane in which the difference is largest. */
static enum cx_status aim(struct twins *t, const struct cx_comparison *c,
                          const struct cx_compared_field *f, struct cx_error *e) {
    struct cx_plot_ask ask = {.kind = CX_PLOT_SECTION, .plane_um = f->place_um[1], .depth_um = NAN};
    struct cx_plot_cut cut;
    ask.width_mm = 85;
    for (int r = 0; r < 2; r++) {
        CX_TRY(cx_lens_turn(&t->lens[r], f->day, e));
        if (!t->flat) continue;
        CX_TRY(cx_plot_cut_make(&cut, &c->run[0], &ask, &t->lens[r], e));
        t->cut[r] = cut.cut;
    }
    return CX_OK;
}

static enum cx_status put_field(struct cx_text *p, const struct cx_comparison *c,
                                const struct cx_compared_field *f, struct cx_error *e) {
    const int *n = c->run[0].result.shape;
    struct twins t = {.flat = n[0] > 1 && n[2] > 1};
    char when[CX_WORD], largest[CX_WORD], unit[CX_WORD];
    CX_TRY(cx_lens_open(&t.lens[0], &c->run[0].result, f->name, e));
    enum cx_status status = cx_lens_open(&t.lens[1], &c->run[1].result, f->name, e);
    if (!status) status = aim(&t, c, f, e);
    cx_day_text(f->day, when);
    cx_number_text(f->difference, largest);
    cx_unit_text(f->unit, unit);
    cx_text_add(p, "<div class=strip><div class=striphead><h3>");
    put_name(p, f->name);
    cx_text_add(p, "</h3><span class=u>%s, where it differs most: by %s %s</span></div>", when,
                largest, unit);
    cx_text_add(p, "<div class=pics tabindex=0>");
    if (!status) status = t.flat ? put_planes(p, &t, f->difference, e) : put_profiles(p, c, &t, e);
    cx_text_add(p, "</div></div>\n");
    for (int r = 0; r < 2; r++) cx_lens_close(&t.lens[r]);
    return status;
}

static enum cx_status put_fields(struct cx_text *p, const struct cx_comparison *c,
                                 struct cx_error *e) {
    const int *n = c->run[0].result.shape;
    int alike = 0;
    cx_text_add(p, "<section id=compared-fields><h2>Side by side: fields</h2>");
    if (*c->why_no_fields) {
        cx_text_add(p, "<p class=lead>Not compared: ");
        cx_page_text(p, c->why_no_fields);
        cx_text_add(p, ".</p></section>\n");
        return CX_OK;
    }
    cx_text_add(p, "<p class=lead>At the time and in the plane of the largest difference.</p>\n");
    for (int i = 0; i < c->fields; i++) {
        if (c->field[i].relative > same && n[0] * n[2] > 1)
            CX_TRY(put_field(p, c, &c->field[i], e));
        else
            alike += c->field[i].relative <= same;
    }
    cx_text_add(p, "<p class=note>%d of %d fields are the same in both.</p></section>\n", alike,
                c->fields);
    return CX_OK;
}

enum cx_status cx_compare_put(struct cx_text *p, const struct cx_comparison *c,
                              const char *const names[2], struct cx_error *e) {
    put_outcomes(p, c, names);
    CX_TRY(put_curves(p, c, e));
    return put_fields(p, c, e);
}

static void put_head(struct cx_text *p) {
    cx_text_add(p, "<!doctype html>\n<html lang=en><head><meta charset=utf-8><meta name=viewport "
                   "content='width=device-width,initial-scale=1'><meta name=generator "
                   "content='Cicatrix'><title>Two runs side by side</title>\n");
    cx_page_style(p);
    cx_text_add(p, "</head><body><header><div><div class=eyebrow>Cicatrix comparison</div><h1>Two "
                   "runs side by side</h1></div></header>\n<main>\n");
}

/* What the page shows. */
struct both {
    const struct cx_comparison *c;
    const char *const *names; /* [2] */
};

static enum cx_status put_page(struct cx_text *p, const void *both, struct cx_error *e) {
    const struct both *b = both;
    put_head(p);
    CX_TRY(cx_compare_put(p, b->c, b->names, e));
    cx_text_add(p, "</main>\n<footer><div>Made by Cicatrix from the files of both runs.</div>"
                   "</footer></body></html>\n");
    return CX_OK;
}

enum cx_status cx_compare_page(const struct cx_comparison *c, const char *const names[2],
                               const char *folder, struct cx_error *e) {
    const struct both both = {c, names};
    const struct cx_page page = {folder, "compare.html", "comparison", put_page, &both};
    return cx_page_write(&page, NULL, e);
}
