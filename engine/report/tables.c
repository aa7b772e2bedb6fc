/* tables.c - the tables of a report (declared in story.h). */
#include "report/story.h"

#include "report/chart.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

static void put_quantity(struct cx_text *p, double value, const char *unit) {
    char number[CX_WORD], shown[CX_WORD];
    cx_number_text(value, number);
    cx_unit_text(unit, shown);
    cx_text_add(p, "%s%s", number, *shown ? "\u00a0" : "");
    cx_page_text(p, shown);
}

void cx_story_name(struct cx_text *p, const char *name) {
    char shown[CX_WORD];
    cx_name_text(name, shown);
    cx_page_text(p, shown);
}

/* Beside each other --------------------------------------------------------------------------------------------------- */
/* A number with its range, or a direction where the source gives no number. */
static void put_observed_value(struct cx_text *p, const struct cx_observed_entry *c) {
    char low[CX_WORD], high[CX_WORD];
    static const struct {
        const char *sign, *shown;
    } signs[] = {
        {"up", "↑ rises"},
        {"down", "↓ falls"},
        {"same", "→ stays"},
    };
    if (isfinite(c->value)) put_quantity(p, c->value, c->unit);
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (!isfinite(c->value) && strcmp(c->sign, signs[i].sign) == 0)
            cx_text_add(p, "%s", signs[i].shown);
    if (!isfinite(c->low) || !isfinite(c->high)) return;
    cx_number_text(c->low, low);
    cx_number_text(c->high, high);
    cx_text_add(p, "<span class=window>%s – %s</span>", low, high);
}

struct window {
    double low, high, least, most;
    bool there;
};

/* What a gauge must hold; not there when one of the numbers is missing. */
static struct window window_of(const struct cx_observed_entry *c) {
    struct window w = {isfinite(c->low) ? c->low : c->value, isfinite(c->high) ? c->high : c->value,
                       0, 0, false};
    w.least = fmin(fmin(w.low, w.high), c->simulated);
    w.most = fmax(fmax(w.low, w.high), c->simulated);
    w.there = isfinite(c->simulated) && isfinite(w.low) && isfinite(w.high) && w.most > w.least;
    return w;
}

/* Window as a bar, observed as a tick, simulated as a disc, on one scale. */
static void put_gauge(struct cx_text *p, const struct cx_observed_entry *c) {
    const struct window w = window_of(c);
    if (!w.there) return;
    const double air = 0.12 * (w.most - w.least);
    const struct cx_scale at = {w.least - air, w.most + air, 4, 136, false};
    cx_text_add(p,
                "<svg class=gauge viewBox='0 0 140 20' width=140 height=20 aria-hidden=true><path "
                "class=rail d='M4 "
                "10H136'/><path class=win d='M%.1f 10H%.1f'/>",
                cx_scale_at(&at, w.low) - 0.5, cx_scale_at(&at, w.high) + 0.5);
    if (isfinite(c->value))
        cx_text_add(p, "<path class=obs d='M%.1f 4V16'/>", cx_scale_at(&at, c->value));
    cx_text_add(p, "<circle class=sim cx=%.1f cy=10 r=4.5 /></svg>",
                cx_scale_at(&at, c->simulated));
}

static void put_compared(struct cx_text *p, const struct cx_observed_entry *c, bool gauges) {
    static const char *const verdict[] = {
        "<span class=muted>not judged</span>",
        "<span class=no>✗&nbsp;differs</span>",
        "<span class=yes>✓&nbsp;agrees</span>",
    };
    char day[CX_WORD];
    cx_day_text(c->at_day, day);
    cx_text_add(p, "<tr><th scope=row>");
    if (*c->label)
        cx_page_text(p, c->label);
    else
        cx_story_name(p, c->outcome);
    cx_text_add(p, "<span class=key>");
    cx_story_name(p, c->outcome);
    cx_text_add(p, " · %s</span></th><td>", isnan(c->at_day) ? "at the end" : day);
    put_observed_value(p, c);
    cx_text_add(p, "</td><td>");
    put_quantity(p, c->simulated, c->unit);
    if (gauges) cx_text_add(p, "</td><td>");
    if (gauges) put_gauge(p, c);
    cx_text_add(p, "</td><td>%s</td><td class=source>", verdict[c->agrees + 1]);
    cx_page_text(p, c->source);
    cx_text_add(p, "</td></tr>\n");
}

void cx_story_compared(struct cx_text *p, const struct cx_record *r) {
    bool gauges = false;
    for (int i = 0; i < r->o.observed_count; i++) gauges |= window_of(&r->o.observed[i]).there;
    if (!r->o.observed_count) return;
    cx_text_add(p,
                "<section id=measured><h2>Measured and simulated</h2><p class=lead>What others "
                "measured, beside what "
                "this run gives. A measured value is never used by the run itself.%s</p><div "
                "class=scroll tabindex=0>"
                "<table class=compared><thead><tr><th scope=col>Quantity<th scope=col>Measured<th "
                "scope=col>Simulated%s"
                "<th scope=col>Verdict<th scope=col>Source</tr></thead><tbody>\n",
                gauges ? " Bar: measured range; line: measured value; disc: simulated." : "",
                gauges ? "<th scope=col>Side by side" : "");
    for (int i = 0; i < r->o.observed_count; i++) put_compared(p, &r->o.observed[i], gauges);
    cx_text_add(p, "</tbody></table></div></section>\n");
}

/* Outcomes ----------------------------------------------------------------------------------------------------------- */
const char *cx_story_evidence(const struct cx_outcome_entry *f) {
    static const char none[] = "not compared with any measurement";
    return !*f->evidence || strcmp(f->evidence, none) == 0 ? "no measurement" : f->evidence;
}

/* Columns that only some runs have. */
struct columns {
    bool spread, bars;
};

static void put_outcome(struct cx_text *p, const struct cx_outcome_entry *f, struct columns c) {
    char number[CX_WORD], unit[CX_WORD];
    cx_number_text(f->value, number);
    cx_unit_text(f->unit, unit);
    cx_text_add(p, "<tr><th scope=row>");
    cx_story_name(p, f->name);
    cx_text_add(p, "</th><td class=num>%s</td><td>", number);
    cx_page_text(p, unit);
    if (c.spread) cx_text_add(p, "</td><td>");
    if (c.spread) cx_story_spread(p, f);
    if (c.bars) cx_text_add(p, "</td><td>");
    if (c.bars) cx_story_bars(p, f);
    cx_text_add(p, "</td><td>");
    cx_page_text(p, f->definition);
    cx_text_add(p, "</td><td class=source>");
    cx_page_text(p, cx_story_evidence(f));
    cx_text_add(p, "</td></tr>\n");
}

void cx_story_outcomes(struct cx_text *p, const struct cx_record *r) {
    const struct columns c = {cx_story_has_spread(r), r->certified};
    if (!r->o.outcome_count) return;
    cx_text_add(p, "<section id=outcomes><h2>All outcomes</h2><p class=lead>One number each, with "
                   "its definition and with what it was compared. A dash means that it was not "
                   "reached.</p>");
    cx_story_spread_means(p, r);
    cx_text_add(p,
                "<div class=scroll tabindex=0><table><thead><tr><th scope=col>Outcome<th scope=col "
                "class=num>Value<th scope=col>Unit%s%s<th scope=col>Definition<th scope=col>"
                "Compared with</tr></thead><tbody>\n",
                c.spread ? "<th scope=col>Interval of the ensemble" : "",
                c.bars ? "<th scope=col>Numerical error" : "");
    for (int i = 0; i < r->o.outcome_count; i++) put_outcome(p, &r->o.outcome[i], c);
    cx_text_add(p, "</tbody></table></div></section>\n");
}

void cx_story_numerics(struct cx_text *p, const struct cx_record *r) {
    char number[CX_WORD];
    if (!r->o.numerics_count) return;
    cx_text_add(p, "<section id=numerics><h2>Numerics</h2><p class=lead>What the computer did for "
                   "it.</p><dl class=facts>\n");
    for (int i = 0; i < r->o.numerics_count; i++) {
        const char *name = r->o.numerics[i].name;
        const bool bytes = strcmp(name, "memory_bytes") == 0;
        cx_number_text(bytes ? r->o.numerics[i].value / 1e6 : r->o.numerics[i].value, number);
        cx_text_add(p, "<div><dt>");
        cx_story_name(p, bytes ? "memory" : name);
        cx_text_add(p, "</dt><dd>%s%s</dd></div>\n", number, bytes ? "\u00a0MB" : "");
    }
    cx_text_add(p, "</dl></section>\n");
}
