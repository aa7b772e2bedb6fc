/* study_report.c - the page of a study, from its study.nc and runs.csv only (declared in report.h). */
#include "report/report.h"

#include "base/file.h"
#include "report/indices.h"
#include "report/optimization.h"
#include "report/study_plot.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* How much is shown: a page of a study of a thousand runs is still a page. */
enum { SHOWN_OUTCOMES = 6, SHOWN_FACTORS = 6, BEST = 12, FAILURES = 100, PARETO_MOST = 5000 };

/* What the page shows first: outcomes with a goal, then the others; factors by their effect on the first of them. */
struct order {
    int outcomes, outcome[SHOWN_OUTCOMES];
    int factors, factor[SHOWN_FACTORS];
    int goals;
};

static struct order make_order(const struct cx_study_page *s) {
    struct order o = {0};
    for (int goal = 1; goal >= 0; goal--)
        for (int i = 0; i < s->outcomes && o.outcomes < SHOWN_OUTCOMES; i++) {
            if ((s->outcome[i].goal[0] != 0) != goal) continue;
            o.outcome[o.outcomes++] = i;
            o.goals += goal;
        }
    for (int j = 0; j < s->factors && o.outcomes; j++) {
        const double effect = cx_study_effect(s, o.outcome[0], j);
        int k = o.factors < SHOWN_FACTORS ? o.factors++ : SHOWN_FACTORS - 1;
        if (k == SHOWN_FACTORS - 1 && j >= SHOWN_FACTORS &&
            !(effect > cx_study_effect(s, o.outcome[0], o.factor[k])))
            continue;
        for (; k > 0 && effect > cx_study_effect(s, o.outcome[0], o.factor[k - 1]); k--)
            o.factor[k] = o.factor[k - 1];
        o.factor[k] = j;
    }
    return o;
}

/* ---- summary --------------------------------------------------------------------------------- */

/* Best value of one goal and where. */
static int best_of(const struct cx_study_page *s, int outcome) {
    const struct cx_study_column *o = &s->outcome[outcome];
    const bool least = strcmp(o->goal, "min") == 0;
    int best = -1;
    for (int i = 0; i < s->points; i++)
        if (isfinite(o->at[i]) &&
            (best < 0 || (least ? o->at[i] < o->at[best] : o->at[i] > o->at[best])))
            best = i;
    return best;
}

/* All factors of a point in words: "needle length 1.5 mm, pattern density 250 1/cm2". */
static void put_point(struct cx_text *p, const struct cx_study_page *s, int point) {
    char word[CX_WORD];
    for (int j = 0; j < s->factors; j++) {
        cx_text_add(p, "%s", j ? ", " : "");
        cx_study_put_name(p, s->factor[j].name);
        cx_study_value_text(&s->factor[j], s->factor[j].at[point], word);
        cx_text_add(p, " ");
        cx_page_text(p, word);
    }
}

/* The answer first: where each goal is best, and what matters most. */
static void put_finding(struct cx_text *p, const struct cx_study_page *s, const struct order *o) {
    cx_text_add(p, "<p class=finding>");
    const bool searched = cx_report_optimum_finding(p, s->folder);
    for (int i = 0; i < o->goals && i < 3 && !searched; i++) {
        const struct cx_study_column *c = &s->outcome[o->outcome[i]];
        const int best = best_of(s, o->outcome[i]);
        if (best < 0) continue;
        cx_text_add(p, "%s ", strcmp(c->goal, "min") == 0 ? "Least" : "Most");
        cx_study_put_name(p, c->name);
        cx_text_add(p, ": <b>");
        cx_study_put_quantity(p, c->at[best], c->unit);
        cx_text_add(p, "</b> at ");
        if (s->factors <= 4) put_point(p, s, best);
        if (s->factors > 4) cx_text_add(p, "point %d", best);
        cx_text_add(p, ". ");
    }
    if (o->factors && o->outcomes) {
        cx_text_add(p, "Of what was varied, <b>");
        cx_study_put_name(p, s->factor[o->factor[0]].name);
        cx_text_add(p, "</b> moves ");
        cx_study_put_name(p, s->outcome[o->outcome[0]].name);
        cx_text_add(p, " most.");
    }
    cx_text_add(p, "</p>\n");
}

/* How sure: what repeats say about chance, and what nothing here says. */
static void put_trust(struct cx_text *p, const struct cx_study_page *s) {
    if (s->repeats > 1)
        cx_text_add(p,
                    "<p class=about>Each point was run with up to %d seeds; ± is one standard "
                    "deviation between them. ",
                    s->repeats);
    else
        cx_text_add(p, "<p class=about>Each point was run once: the spread by chance, where a "
                       "pattern is random, is not known (repeats). ");
    cx_text_add(p, "Uncertain parameters and the model itself are not in these numbers.</p>\n<p "
                   "class=context>Context of use: none given. Not for clinical decisions.</p>\n");
}

static void put_head(struct cx_text *p, const struct cx_study_page *s, const struct order *o) {
    const char *title = *s->title ? s->title : "Study";
    cx_text_add(p, "<!doctype html>\n<html lang=en><head><meta charset=utf-8><meta name=viewport "
                   "content='width=device-width,initial-scale=1'><meta name=generator "
                   "content='Cicatrix'><title>");
    cx_page_text(p, title);
    cx_text_add(p, "</title>\n");
    cx_page_style(p);
    cx_text_add(p, "</head><body><a class=skip href='#summary'>Skip to the summary</a>\n<header "
                   "id=summary><div><div class=eyebrow>Cicatrix study report</div><h1>");
    cx_page_text(p, title);
    cx_text_add(p, "</h1>\n<p class=sub>Model ");
    cx_page_text(p, s->model);
    cx_text_add(p, " · ");
    cx_page_text(p, s->method);
    cx_text_add(p, " of %d points over %d factors · %d runs, %d of them ok</p>\n", s->points,
                s->factors, s->runs, s->runs - s->failures);
    put_finding(p, s, o);
    put_trust(p, s);
    cx_text_add(p, "</div></header>\n");
}

/* Only parts that are there are listed. */
static void put_contents(struct cx_text *p, const struct cx_study_page *s, const struct order *o) {
    const struct {
        const char *id, *name;
        bool there;
    } all[] = {{"optimum", "Optimisation", cx_report_optimized(s->folder)},
               {"best", "Best designs", o->goals > 0 && !cx_report_optimized(s->folder)},
               {"trade", "Trade-offs", o->goals > 1 && !cx_report_optimized(s->folder)},
               {"sensitivity", "Sensitivity", cx_indices_there(s->folder)},
               {"effects", "Main effects", true},
               {"surfaces", "Surfaces", o->factors > 1},
               {"interactions", "Interactions", o->factors > 1},
               {"failures", "Not ok", s->failures > 0},
               {"varied", "What was varied", true}};
    cx_text_add(p, "<nav aria-label=Contents><div>");
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (all[i].there) cx_text_add(p, "<a href='#%s'>%s</a>", all[i].id, all[i].name);
    cx_text_add(p, "</div></nav>\n<main>\n");
}

/* ---- best designs ---------------------------------------------------------------------------- */

/* Points that nothing beats, the first goal's best first; returns their number. */
static int find_best(const struct cx_study_page *s, const struct order *o, int best[BEST]) {
    const struct cx_study_column *first = &s->outcome[o->outcome[0]];
    const double sign = strcmp(first->goal, "min") == 0 ? -1 : 1;
    int n = 0;
    for (int i = 0; i < s->points && s->points <= PARETO_MOST; i++) {
        if (!cx_study_is_best(s, i)) continue;
        int k = n < BEST ? n++ : BEST - 1;
        if (k == BEST - 1 && n == BEST && !(sign * first->at[i] > sign * first->at[best[k]]) &&
            i > BEST)
            continue;
        for (; k > 0 && sign * first->at[i] > sign * first->at[best[k - 1]]; k--)
            best[k] = best[k - 1];
        best[k] = i;
    }
    return n;
}

/* Factors, then goals with their spread over repeats. */
static void put_best_row(struct cx_text *p, const struct cx_study_page *s, const struct order *o,
                         int point) {
    char word[CX_WORD];
    cx_text_add(p, "<tr><th scope=row>%d</th>", point);
    for (int j = 0; j < s->factors; j++) {
        cx_study_value_text(&s->factor[j], s->factor[j].at[point], word);
        cx_text_add(p, "<td>");
        cx_page_text(p, word);
        cx_text_add(p, "</td>");
    }
    for (int i = 0; i < o->goals; i++) {
        const struct cx_study_column *c = &s->outcome[o->outcome[i]];
        cx_text_add(p, "<td class=num>");
        cx_study_put_quantity(p, c->at[point], c->unit);
        if (isfinite(c->sd[point])) {
            cx_number_text(c->sd[point], word);
            cx_text_add(p, " ± %s", word);
        }
        cx_text_add(p, "</td>");
    }
    cx_text_add(p, "</tr>\n");
}

static void put_best(struct cx_text *p, const struct cx_study_page *s, const struct order *o) {
    int best[BEST];
    if (!o->goals) return;
    const int n = find_best(s, o, best);
    cx_text_add(p,
                "<section id=best><h2>Best designs</h2><p class=lead>%s</p>"
                "<div class=scroll tabindex=0><table><thead><tr><th scope=col>Point",
                s->points > PARETO_MOST ? "Too many points to compare each with each."
                                        : "Designs that no other one beats in all goals at once; "
                                          "at most twelve are listed.");
    for (int j = 0; j < s->factors; j++) {
        cx_text_add(p, "<th scope=col>");
        cx_study_put_name(p, s->factor[j].name);
    }
    for (int i = 0; i < o->goals; i++) {
        cx_text_add(p, "<th scope=col class=num>");
        cx_study_put_name(p, s->outcome[o->outcome[i]].name);
        cx_text_add(p, " (%s)", s->outcome[o->outcome[i]].goal);
    }
    cx_text_add(p, "</tr></thead><tbody>\n");
    for (int i = 0; i < n; i++) put_best_row(p, s, o, best[i]);
    cx_text_add(p, "</tbody></table></div></section>\n");
}

/* Each further goal against the first one. */
static void put_trade(struct cx_text *p, const struct cx_study_page *s, const struct order *o) {
    if (o->goals < 2 || s->points > PARETO_MOST) return;
    cx_text_add(p, "<section id=trade><h2>Trade-offs</h2><p class=lead>Full discs: nothing beats "
                   "them in all goals at once.</p><div class='group charts'>\n");
    for (int i = 1; i < o->goals; i++) cx_study_plot_trade(p, s, o->outcome[i], o->outcome[0]);
    cx_text_add(p, "</div></section>\n");
}

/* ---- what it depends on ---------------------------------------------------------------------- */

/* Each outcome over each factor, alone. */
static void put_effects(struct cx_text *p, const struct cx_study_page *s, const struct order *o) {
    cx_text_add(p, "<section id=effects><h2>Main effects</h2><p class=lead>Every point is a disc; "
                   "the line is the mean over all points with that value. The factors stand in "
                   "the order of their effect on the first outcome.</p>\n");
    for (int i = 0; i < o->outcomes; i++) {
        const struct cx_study_column *c = &s->outcome[o->outcome[i]];
        cx_text_add(p, "<div class=group><div class=grouphead><h3>");
        cx_study_put_name(p, c->name);
        cx_text_add(p, "</h3><span class=muted>");
        cx_page_text(p, c->doc);
        cx_text_add(p, "</span></div><div class=charts>\n");
        for (int j = 0; j < o->factors; j++)
            cx_study_plot_effect(p, s, o->outcome[i], o->factor[j]);
        cx_text_add(p, "</div></div>\n");
    }
    cx_text_add(p, "</section>\n");
}

/* Two factors at a time: colours for all methods, lines where values repeat. */
static void put_pairs(struct cx_text *p, const struct cx_study_page *s, const struct order *o) {
    if (o->factors < 2) return;
    const struct cx_study_column *a = &s->factor[o->factor[0]], *b = &s->factor[o->factor[1]];
    cx_text_add(p, "<section id=surfaces><h2>Surfaces</h2><p class=lead>Over the two factors with "
                   "the largest effects; where more were varied, means over the others.</p><div "
                   "class=charts>\n");
    for (int i = 0; i < o->outcomes; i++)
        cx_study_plot_surface(p, s,
                              &(struct cx_study_pair){o->outcome[i], o->factor[0], o->factor[1]});
    cx_text_add(p,
                "</div></section>\n<section id=interactions><h2>Interactions</h2><p class=lead>");
    if (!a->levels || !b->levels) {
        cx_text_add(p, "Sampled values do not repeat: interactions are drawn for grids and "
                       "lists of values.</p></section>\n");
        return;
    }
    cx_text_add(
        p, "Parallel lines: the two factors act independently.</p><div class='group charts'>\n");
    for (int i = 0; i < o->outcomes; i++)
        cx_study_plot_interaction(
            p, s, &(struct cx_study_pair){o->outcome[i], o->factor[0], o->factor[1]});
    cx_text_add(p, "</div></section>\n");
}

/* ---- failures and what was varied ------------------------------------------------------------ */

/* Nothing that went wrong is left out of the count; the list is cut after a hundred. */
static void put_failures(struct cx_text *p, const struct cx_study_page *s) {
    if (!s->failures) return;
    cx_text_add(p,
                "<section id=failures><h2>Runs that are not ok</h2><p class=lead>%d of %d. They "
                "are in none of the pictures.</p><div class=scroll tabindex=0><table><thead><tr>"
                "<th scope=col>Run<th scope=col>Status<th scope=col>Reason<th scope=col>Point"
                "</tr></thead><tbody>\n",
                s->failures, s->runs);
    for (int i = 0; i < s->failures && i < FAILURES; i++) {
        const struct cx_study_failure *f = &s->failure[i];
        cx_text_add(p, "<tr><th scope=row>%d</th><td>", f->run);
        cx_page_text(p, f->status);
        cx_text_add(p, "</td><td>");
        cx_page_text(p, f->message);
        cx_text_add(p, "</td><td>");
        if (f->point >= 0 && s->factors <= 6) put_point(p, s, f->point);
        cx_text_add(p, "</td></tr>\n");
    }
    cx_text_add(p, "</tbody></table></div></section>\n");
}

static void put_varied(struct cx_text *p, const struct cx_study_page *s, const struct order *o) {
    cx_text_add(p, "<section id=varied><h2>What was varied</h2><div class=scroll tabindex=0><table>"
                   "<thead><tr><th scope=col>Setting<th scope=col>Meaning<th scope=col "
                   "class=num>Lowest<th scope=col class=num>Highest<th scope=col class=num>"
                   "Effect on the first outcome</tr></thead><tbody>\n");
    for (int j = 0; j < s->factors; j++) {
        const struct cx_study_column *f = &s->factor[j];
        char lo[CX_WORD], hi[CX_WORD];
        double range[2] = {INFINITY, -INFINITY};
        for (int i = 0; i < s->points; i++) {
            range[0] = fmin(range[0], f->at[i]);
            range[1] = fmax(range[1], f->at[i]);
        }
        cx_study_value_text(f, range[0], lo);
        cx_study_value_text(f, range[1], hi);
        cx_text_add(p, "<tr><th scope=row><code>");
        cx_page_text(p, f->name);
        cx_text_add(p, "</code></th><td>");
        cx_page_text(p, f->doc);
        cx_text_add(p, "</td><td class=num>");
        cx_page_text(p, lo);
        cx_text_add(p, "</td><td class=num>");
        cx_page_text(p, hi);
        cx_text_add(p, "</td><td class=num>");
        if (o->outcomes)
            cx_study_put_quantity(p, cx_study_effect(s, o->outcome[0], j),
                                  s->outcome[o->outcome[0]].unit);
        cx_text_add(p, "</td></tr>\n");
    }
    cx_text_add(p, "</tbody></table></div></section>\n");
}

static void put_sections(struct cx_text *p, const struct cx_study_page *s) {
    const struct order o = make_order(s);
    put_head(p, s, &o);
    put_contents(p, s, &o);
    if (!cx_report_optimum(p, s->folder)) { /* which knows the limits too */
        put_best(p, s, &o);
        put_trade(p, s, &o);
    }
    cx_indices_put(p, s->folder);
    put_effects(p, s, &o);
    put_pairs(p, s, &o);
    put_failures(p, s);
    put_varied(p, s, &o);
    cx_text_add(p, "</main><footer><div>Cicatrix ");
    cx_page_text(p, s->version);
    cx_text_add(p, ". All numbers are in runs.csv and study.nc beside this page. A simulation is "
                   "no measurement.</div></footer></body></html>\n");
}

static enum cx_status put_page(struct cx_text *p, const void *folder, struct cx_error *e) {
    struct cx_study_page s;
    CX_TRY(cx_study_page_read(folder, &s, e));
    put_sections(p, &s);
    cx_study_page_free(&s);
    return CX_OK;
}

enum cx_status cx_report_study(const char *folder, struct cx_error *e) {
    const struct cx_page page = {folder, "report.html", "report", put_page, folder};
    return cx_page_write(&page, NULL, e);
}
