/* errors.c - how sure a number is: intervals of an ensemble, error bars of a certified run, and how those were found
 * (declared in story.h). */
#include "report/story.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

bool cx_story_has_spread(const struct cx_record *r) {
    for (int i = 0; i < r->o.outcome_count; i++)
        if (r->o.outcome[i].spread.there) return true;
    return false;
}

void cx_story_spread(struct cx_text *p, const struct cx_outcome_entry *o) {
    const struct cx_outcome_spread *s = &o->spread;
    char low[CX_WORD], high[CX_WORD], level[CX_WORD], unit[CX_WORD];
    if (!s->there || !isfinite(s->low) || !isfinite(s->high)) return;
    cx_number_text(s->low, low);
    cx_number_text(s->high, high);
    if (strcmp(low, high) == 0 && s->high > s->low) { /* three digits do not tell them apart */
        snprintf(low, sizeof low, "%.4g", s->low);
        snprintf(high, sizeof high, "%.4g", s->high);
    }
    cx_number_text(100 * s->level, level);
    cx_unit_text(o->unit, unit);
    cx_text_add(p, "<span class=spread><b>%s – %s</b>%s", low, high, *unit ? "\u00a0" : "");
    cx_page_text(p, unit);
    cx_text_add(p, ", %s\u00a0%% of %d draws</span>", level, s->draws);
}

void cx_story_spread_means(struct cx_text *p, const struct cx_record *r) {
    if (!cx_story_has_spread(r)) return;
    cx_text_add(p, "<p class='note means'>The intervals hold one thing: how far the fitted values "
                   "may lie apart by the data that they were fitted to. They do not hold errors of "
                   "the model itself, the parameters that were not fitted, or the differences "
                   "between people.</p>\n");
}

/* An error is known to two digits at most. */
static double two_digits(double error) {
    const double unit = error > 0 ? pow(10, floor(log10(error)) - 1) : 1;
    return round(error / unit) * unit;
}

void cx_story_bars(struct cx_text *p, const struct cx_outcome_entry *o) {
    const double error[] = {o->time_error, o->grid_error};
    char number[CX_WORD];
    int n = 0;
    for (int k = 0; o->certified && k < 2; k++) {
        if (!isfinite(error[k])) continue;
        cx_number_text(two_digits(error[k]), number);
        cx_text_add(p, "%s±\u00a0%s %s", n++ ? ", " : "<span class=spread>", number,
                    k ? "grid" : "time step");
    }
    if (n) cx_text_add(p, "</span>");
}

/* A dash where the error is not known. */
static void put_bar(struct cx_text *p, double error) {
    char number[CX_WORD];
    cx_number_text(error, number);
    cx_text_add(p, "<td class=num>%s%s</td>", isfinite(error) ? "±\u00a0" : "", number);
}

/* One outcome; the unit is that of all three numbers. */
static void put_row(struct cx_text *p, const struct cx_outcome_entry *o) {
    char number[CX_WORD], unit[CX_WORD];
    cx_number_text(o->value, number);
    cx_unit_text(o->unit, unit);
    cx_text_add(p, "<tr><th scope=row>");
    cx_story_name(p, o->name);
    cx_text_add(p, "</th><td class=num>%s</td>", number);
    put_bar(p, o->time_error);
    put_bar(p, o->grid_error);
    cx_text_add(p, "<td>");
    cx_page_text(p, unit);
    cx_text_add(p, "</td></tr>\n");
}

/* What was repeated, and at which cost; or why it was not. */
static void put_part(struct cx_text *p, const struct cx_certificate *c,
                     enum cx_certificate_kind kind) {
    const struct cx_certificate_part *part = &c->part[kind];
    char setting[CX_WORD], cost[CX_WORD];
    cx_number_text(part->setting, setting);
    cx_number_text(cx_effort_size(&part->effort) / cx_effort_size(&c->run), cost);
    cx_text_add(p, "<div class=wide><dt>%s</dt><dd>", kind == CX_CERTIFY_TIME ? "Time" : "Grid");
    if (!part->made)
        cx_page_text(p, part->why_not);
    else if (kind == CX_CERTIFY_TIME)
        cx_text_add(p, "repeated with tolerance %s, at %s times the work of the run", setting,
                    cost);
    else
        cx_text_add(p, "repeated with cells %s times as wide, at %s times the work of the run",
                    setting, cost);
    cx_text_add(p, "</dd></div>\n");
}

void cx_story_errors(struct cx_text *p, const struct cx_record *r) {
    if (!r->certified) return;
    cx_text_add(p,
                "<section id=errors><h2>Error bars</h2><p class=lead>What the time steps and the "
                "cells of this run may have cost each number, from two repeats of it. They say "
                "nothing about whether the model is right. A dash means: not known.</p><dl "
                "class=facts>\n");
    put_part(p, &r->certificate, CX_CERTIFY_TIME);
    put_part(p, &r->certificate, CX_CERTIFY_GRID);
    cx_text_add(p, "</dl><div class=scroll tabindex=0><table><thead><tr><th scope=col>Outcome<th "
                   "scope=col class=num>Value<th scope=col class=num>Time<th scope=col "
                   "class=num>Grid<th scope=col>Unit</tr></thead><tbody>\n");
    for (int i = 0; i < r->o.outcome_count; i++)
        if (r->o.outcome[i].certified) put_row(p, &r->o.outcome[i]);
    cx_text_add(p, "</tbody></table></div></section>\n");
}
