/* indices_section.c - the section "Sensitivity" of a study's page; see indices.h */
#include "report/indices.h"
#include "report/study_plot.h"

#include <math.h>
#include <string.h>

enum { SHOWN_OUTCOMES = 6, SHOWN_PAIRS = 12, CELLS = 3 };

static void put_short(struct cx_text *p, const char *name) {
    char word[CX_WORD];
    cx_study_short_name(name, word);
    cx_page_text(p, word);
}

/* "0.31 [0.27, 0.36]" */
static void put_interval(struct cx_text *p, const double at[CX_INDEX_PARTS]) {
    char word[CX_INDEX_PARTS][CX_WORD];
    for (int i = 0; i < CX_INDEX_PARTS; i++) cx_number_text(at[i], word[i]);
    cx_text_add(p, "<td class=num>%s", word[CX_INDEX_VALUE]);
    if (isfinite(at[CX_INDEX_VALUE]))
        cx_text_add(p, " [%s, %s]", word[CX_INDEX_LOW], word[CX_INDEX_HIGH]);
    cx_text_add(p, "</td>");
}

static void put_lead(struct cx_text *p, const struct cx_index_page *s) {
    const char *morris =
        "Each effect is a change of the outcome over the whole range of one factor, the others "
        "held. μ* is its mean size: what to look at first. σ is its spread: high where the "
        "effect depends on the other factors or is curved. The sign is in μ.";
    const char *sobol =
        "Shares of the variance of the outcome over the varied ranges. First order: what a factor "
        "explains alone. Total: with all its interactions; a factor with a total near 0 may be "
        "fixed.";
    cx_text_add(p,
                "<p class=lead>%s Lines are 95 %% intervals by bootstrap over %d %s: chance of the "
                "sample, not doubt about the model. All of it holds for these ranges only.</p>\n",
                s->morris ? morris : sobol, s->blocks - s->left_out,
                s->morris ? "trajectories" : "blocks");
    if (s->left_out)
        cx_text_add(p,
                    "<p class=about>%d of %d %s have a run that is not ok and were left out as a "
                    "whole: the indices speak for the region that can be run.</p>\n",
                    s->left_out, s->blocks, s->morris ? "trajectories" : "blocks");
}

static void put_numbers(struct cx_text *p, const struct cx_index_page *s,
                        const struct cx_index_outcome *o) {
    static const char *const head[2][CELLS] = {{"μ", "μ*", "σ"}, {"First order", "Total", ""}};
    const int cells = s->morris ? CELLS : CELLS - 1;
    cx_text_add(p, "<details><summary>Numbers</summary><table><thead><tr><th scope=col>Factor");
    for (int m = 0; m < cells; m++)
        cx_text_add(p, "<th scope=col class=num>%s", head[!s->morris][m]);
    cx_text_add(p, "</tr></thead><tbody>\n");
    for (int j = 0; j < o->rows; j++) {
        cx_text_add(p, "<tr><th scope=row>");
        put_short(p, o->row[j].factor);
        cx_text_add(p, "</th>");
        for (int m = 0; m < cells; m++) put_interval(p, o->row[j].at[m]);
        cx_text_add(p, "</tr>\n");
    }
    cx_text_add(p, "</tbody></table></details>\n");
}

/* Only those that chance hardly explains. */
static void put_pairs(struct cx_text *p, const struct cx_index_outcome *o) {
    int shown = 0;
    if (!o->pairs) return;
    cx_text_add(p, "<table><thead><tr><th scope=col>Pair<th scope=col class=num>Share that only "
                   "both together explain</tr></thead><tbody>\n");
    for (int i = 0; i < o->pairs && shown < SHOWN_PAIRS; i++) {
        if (!(o->pair[i].at[0][CX_INDEX_LOW] > 0)) continue;
        cx_text_add(p, "<tr><th scope=row>");
        put_short(p, o->pair[i].factor);
        cx_text_add(p, " and ");
        put_short(p, o->pair[i].with);
        cx_text_add(p, "</th>");
        put_interval(p, o->pair[i].at[0]);
        cx_text_add(p, "</tr>\n");
        shown++;
    }
    cx_text_add(p, "</tbody></table><p class=about>%s; all %d are in sensitivity.csv.</p>\n",
                shown ? "Pairs whose interval lies above 0" : "No pair's interval lies above 0",
                o->pairs);
}

static bool is_known(const struct cx_index_outcome *o) {
    for (int j = 0; j < o->rows; j++)
        if (isfinite(o->row[j].at[1][CX_INDEX_VALUE])) return true;
    return false;
}

static void put_outcome(struct cx_text *p, const struct cx_index_page *s, int outcome) {
    const struct cx_index_outcome *o = &s->outcome[outcome];
    cx_text_add(p, "<div class=group><div class=grouphead><h3>");
    put_short(p, o->name);
    cx_text_add(p, "</h3><span class=muted>from %d %s</span></div>", o->blocks,
                s->morris ? "trajectories" : "blocks");
    if (!is_known(o)) {
        cx_text_add(p, "<p class=about>No indices: the outcome is the same everywhere, or was not "
                       "reached in enough runs.</p></div>\n");
        return;
    }
    cx_text_add(p, "<div class=charts>\n");
    cx_indices_plot_bars(p, s, outcome);
    if (s->morris) cx_indices_plot_spread(p, s, outcome);
    cx_text_add(p, "</div>\n");
    put_pairs(p, o);
    put_numbers(p, s, o);
    cx_text_add(p, "</div>\n");
}

void cx_indices_put(struct cx_text *p, const char *folder) {
    struct cx_index_page s;
    cx_index_page_read(folder, &s);
    if (s.there) cx_text_add(p, "<section id=sensitivity><h2>Sensitivity</h2>\n");
    if (s.there && s.old)
        cx_text_add(p, "<p class=about>sensitivity.json belongs to other runs than those of this "
                       "page: run <code>cicatrix sensitivity</code> again.</p>\n");
    if (s.there && !s.old) {
        put_lead(p, &s);
        for (int i = 0; i < s.outcomes && i < SHOWN_OUTCOMES; i++) put_outcome(p, &s, i);
        if (s.outcomes > SHOWN_OUTCOMES)
            cx_text_add(p, "<p class=about>%d outcomes more are in sensitivity.csv.</p>\n",
                        s.outcomes - SHOWN_OUTCOMES);
    }
    if (s.there) cx_text_add(p, "</section>\n");
    cx_index_page_free(&s);
}
