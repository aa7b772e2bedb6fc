/* tale_page.c - the page of a story (see tale.h): one picture that the steps drive, captions that can be read in order
 * without a script too, and the data of all variants. */
#include "report/tale.h"

#include "report/assets.h"
#include "report/viewer.h"
#include "version.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static const double raw_bytes = 1.1e7; /* all voxels of all variants before they are packed */

/* Head ------------------------------------------------------------------------------------------------------------- */
static void put_head(struct cx_text *p, const struct cx_told *t) {
    cx_text_add(p, "<!doctype html>\n<html lang=en class=tale><head><meta charset=utf-8>");
    cx_viewer_policy(p, false);
    cx_text_add(p, "<meta name=viewport content='width=device-width,initial-scale=1'>"
                   "<meta name=generator content='Cicatrix'><title>");
    cx_page_text(p, t->tale->title);
    cx_text_add(p, "</title>\n");
    cx_page_style(p);
    cx_viewer_sheet(p);
    cx_text_add(p, "<style>%s</style>\n", cx_tale_sheet_text);
    cx_text_add(p, "</head><body><a class=skip href='#tale'>Skip to the story</a>\n"
                   "<header><div><div class=eyebrow>A story told by a simulation</div><h1>");
    cx_page_text(p, t->tale->title);
    cx_text_add(p, "</h1>");
    if (*t->tale->about) {
        cx_text_add(p, "<p class=about>");
        cx_page_text(p, t->tale->about);
        cx_text_add(p, "</p>");
    }
    cx_text_add(p, "</div></header>\n<main id=tale>\n");
}

/* Steps ------------------------------------------------------------------------------------------------------------ */
static void put_buttons(struct cx_text *p, const struct cx_told *t, const struct cx_tale_step *s) {
    int which[CX_TALE_VARIANTS];
    const int n = cx_told_variants(s, which);
    if (n < 2) return;
    cx_text_add(p, "<div class=tale-if role=group aria-label='What if'><span>What if?</span>");
    for (int i = 0; i < n; i++) {
        cx_text_add(p, "<button type=button data-variant=%d aria-pressed=%s>", which[i],
                    i ? "false" : "true");
        cx_page_text(p, t->tale->variant[which[i]].label);
        cx_text_add(p, "</button>");
    }
    cx_text_add(p, "</div>\n");
}

static enum cx_status put_numbers(struct cx_text *p, const struct cx_told *t,
                                  const struct cx_tale_step *s, struct cx_error *e) {
    int which[CX_TALE_VARIANTS];
    const int n = cx_told_variants(s, which);
    char word[CX_WORD];
    if (!s->numbers) return CX_OK;
    cx_text_add(p, "<div class='tale-numbers%s' tabindex=0><table><thead><tr><td></td>",
                n > 3 ? " many" : "");
    for (int i = 0; i < n; i++) {
        cx_text_add(p, "<th scope=col class=num data-variant=%d>", which[i]);
        cx_page_text(p, t->tale->variant[which[i]].label);
        cx_text_add(p, "</th>");
    }
    cx_text_add(p, "</tr></thead><tbody>");
    for (int k = 0; k < s->numbers; k++) {
        cx_text_add(p, "<tr><th scope=row>");
        cx_page_text(p, s->number[k].label);
        cx_text_add(p, "</th>");
        for (int i = 0; i < n; i++) {
            const struct cx_asking a = {t, which[i], s->day};
            CX_TRY(cx_told_value(&a, s->number[k].formula.at, word, e));
            cx_text_add(p, "<td class=num data-variant=%d>", which[i]);
            cx_page_text(p, word);
            cx_text_add(p, "</td>");
        }
        cx_text_add(p, "</tr>");
    }
    cx_text_add(p, "</tbody></table></div>\n");
    return CX_OK;
}

/* Whoever doubts can look: each claim with both numbers. */
static enum cx_status put_claims(struct cx_text *p, const struct cx_told *t,
                                 const struct cx_tale_step *s, struct cx_error *e) {
    if (!s->claims) return CX_OK;
    cx_text_add(p,
                "<details class=tale-checked><summary>%d statement%s checked against the runs"
                "</summary><ul>",
                s->claims, s->claims == 1 ? "" : "s");
    for (int i = 0; i < s->claims; i++) {
        cx_text_add(p, "<li>");
        CX_TRY(cx_told_claim(p, t, s, i, e));
    }
    cx_text_add(p, "</ul></details>\n");
    return CX_OK;
}

static enum cx_status put_step(struct cx_text *p, const struct cx_told *t, int number,
                               struct cx_error *e) {
    const struct cx_tale_step *s = &t->tale->step[number];
    char when[CX_WORD];
    cx_day_text(s->day, when);
    cx_text_add(p,
                "<article class=tale-step id=step-%d aria-labelledby=title-%d tabindex=-1><div "
                "class=eyebrow>Step %d of %d · %s</div><h2 id=title-%d>",
                number + 1, number + 1, number + 1, t->tale->steps, when, number + 1);
    CX_TRY(cx_told_caption(p, t, s, s->title.at, e));
    cx_text_add(p, "</h2><p class=tale-text>");
    CX_TRY(cx_told_caption(p, t, s, s->text.at, e));
    cx_text_add(p, "</p>\n");
    put_buttons(p, t, s);
    CX_TRY(put_numbers(p, t, s, e));
    CX_TRY(cx_told_charts(p, t, s, e));
    CX_TRY(put_claims(p, t, s, e));
    cx_text_add(p, "</article>\n");
    return CX_OK;
}

static enum cx_status put_steps(struct cx_text *p, const struct cx_told *t, struct cx_error *e) {
    cx_text_add(p, "<div class=tale-words>\n");
    for (int i = 0; i < t->tale->steps; i++) CX_TRY(put_step(p, t, i, e));
    cx_text_add(p, "<nav class=tale-walk aria-label=Steps hidden><button type=button id=tale-back>"
                   "Back</button><ol id=tale-dots>");
    for (int i = 0; i < t->tale->steps; i++)
        cx_text_add(p, "<li><button type=button aria-label='Step %d'></button></li>", i + 1);
    cx_text_add(p, "</ol><button type=button id=tale-next>Next</button></nav></div>\n");
    return CX_OK;
}

/* Data ------------------------------------------------------------------------------------------------------------- */
/* All variants are seen through one window: as deep as the deepest needle needs. */
static double common_depth(const struct cx_told *t) {
    double deepest = 0, whole = 0;
    for (int i = 0; i < t->tale->variants; i++) {
        const struct cx_plot_source *run = &t->run[i];
        whole = fmax(whole, run->view.depth_um);
        if (run->result.needles) deepest = fmax(deepest, run->view.depth_um);
    }
    return deepest > 0 ? deepest : whole;
}

/* What the page shows of each variant, and the colours that all of them share. */
struct stage {
    struct cx_view view[CX_TALE_VARIANTS];
    struct cx_volume volume[CX_TALE_VARIANTS];
    double range[CX_VIEW_FIELDS][2];
};

static enum cx_status set_stage(struct stage *g, const struct cx_told *t, struct cx_error *e) {
    const double depth = common_depth(t);
    for (int i = 0; i < t->tale->variants; i++) {
        struct cx_view *v = &g->view[i];
        *v = t->run[i].view;
        v->depth_um = fmin(depth, -v->r->edge[CX_Z][0]);
        for (int s = 0; s < t->tale->steps; s++) cx_view_take(v, t->tale->step[s].field);
        if (!cx_volume_plan_within(&g->volume[i], v, raw_bytes / t->tale->variants))
            return cx_fail(e, CX_CONFIG, 150,
                           "the runs have nothing to turn or cut: a story needs a patch, a slice "
                           "or a disc");
    }
    return CX_OK;
}

static enum cx_status find_colours(struct stage *g, const struct cx_told *t, struct cx_error *e) {
    for (int f = 0; f < g->view[0].fields; f++) {
        g->range[f][0] = INFINITY;
        g->range[f][1] = -INFINITY;
        for (int i = 0; i < t->tale->variants; i++) {
            struct cx_packed packed;
            CX_TRY(cx_volume_pack(&g->volume[i], g->view[i].field[f].field, &packed, e));
            free(packed.bytes);
            g->range[f][0] = fmin(g->range[f][0], packed.low);
            g->range[f][1] = fmax(g->range[f][1], packed.flat ? packed.low : packed.high);
        }
        if (!(g->range[f][1] > g->range[f][0])) g->range[f][1] = g->range[f][0] + 1;
    }
    return CX_OK;
}

static void put_three(struct cx_text *p, const char *name, const double at[3]) {
    if (isnan(at[0])) return;
    cx_text_add(p, ",\"%s\":[%g,%g,%g]", name, at[0], at[1], at[2]);
}

static void put_plot(struct cx_text *p, const struct cx_told *t) {
    cx_text_add(p, "\"steps\":[");
    for (int i = 0; i < t->tale->steps; i++) {
        const struct cx_tale_step *s = &t->tale->step[i];
        cx_text_add(p, "%s{\"variant\":%d,\"day\":%.9g,\"field\":", i ? "," : "", s->variant,
                    s->day);
        cx_page_json(p, s->field);
        cx_text_add(p, ",\"view\":\"%s\",\"shows\":", cx_tale_view_word(s->view));
        cx_page_json(p, s->shows);
        put_three(p, "cut", s->cut);
        put_three(p, "camera", s->camera);
        cx_text_add(p, "}");
    }
    cx_text_add(p, "],\"names\":[");
    for (int i = 0; i < t->tale->variants; i++) {
        if (i) cx_text_add(p, ",");
        cx_page_json(p, t->tale->variant[i].label);
    }
    cx_text_add(p, "]");
}

static enum cx_status put_data(struct cx_text *p, const struct cx_told *t, struct cx_error *e) {
    struct stage *g = calloc(1, sizeof *g);
    if (!g) return cx_fail(e, CX_STORAGE, 61, "no memory for the pictures of the story");
    enum cx_status status = set_stage(g, t, e);
    if (!status) status = find_colours(g, t, e);
    cx_text_add(p, "<script type='application/json' id=tale-data>{");
    put_plot(p, t);
    cx_text_add(p, ",\"volumes\":[");
    for (int i = 0; i < t->tale->variants && !status; i++) {
        if (i) cx_text_add(p, ",");
        status = cx_viewer_volume(p, &g->volume[i], (const double(*)[2])g->range, e);
    }
    cx_text_add(p, "]}</script>\n");
    free(g);
    return status;
}

/* All -------------------------------------------------------------------------------------------------------------- */
static enum cx_status put_end(struct cx_text *p, const struct cx_told *t, int claims,
                              struct cx_error *e) {
    cx_text_add(p, "<aside class=tale-end aria-label=Limits><h2>What this story is, and what it is "
                   "not</h2><p>");
    if (t->tale->end.at) CX_TRY(cx_told_caption(p, t, NULL, t->tale->end.at, e));
    cx_text_add(p,
                " This is a model, not medical advice, and no measurement of a person. Each bold "
                "number was read from the runs, and %d statements were checked against them when "
                "the page was made.</p></aside>\n",
                claims);
    return CX_OK;
}

static enum cx_status put_page(struct cx_text *p, const void *told, struct cx_error *e) {
    const struct cx_told *t = told;
    int claims = 0;
    for (int i = 0; i < t->tale->steps; i++) claims += t->tale->step[i].claims;
    put_head(p, t);
    cx_text_add(p, "<div class=tale-stage><section id=viewer class=vw hidden "
                   "aria-label='Picture of the skin'><p id=tale-shown role=status></p>\n");
    cx_viewer_controls(p);
    cx_text_add(p, "<button type=button id=tale-free aria-pressed=false>Explore by hand</button>"
                   "</section></div>\n");
    CX_TRY(put_steps(p, t, e));
    cx_text_add(p, "</main>\n");
    CX_TRY(put_end(p, t, claims, e));
    CX_TRY(put_data(p, t, e));
    cx_text_add(p,
                "<footer><div>Made by Cicatrix %s from %d run%s of the model %s; it loads nothing "
                "from elsewhere. Live charts: uPlot, MIT licence.</div></footer>\n",
                CX_VERSION, t->tale->variants, t->tale->variants == 1 ? "" : "s",
                t->tale->model->name);
    cx_viewer_script(p, false);
    cx_text_add(p, "</body></html>\n");
    return CX_OK;
}

enum cx_status cx_told_page(const struct cx_told *t, const char *folder, size_t *bytes,
                            struct cx_error *e) {
    const struct cx_page page = {folder, "story.html", "story", put_page, t};
    return cx_page_write(&page, bytes, e);
}
