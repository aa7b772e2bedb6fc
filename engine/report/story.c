/* story.c - the finding and the key numbers (see story.h). */
#include "report/story.h"

#include "report/words.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

enum { CARDS = 8, FEWEST = 4 };

/* What a card is called, and the words that the name of its outcome must hold, with a second choice. */
static const struct {
    const char *label, *words, *other;
} keys[] = {
    {"Collagen gain", "collagen_total gain", "collagen gain"},
    {"Days of redness", "erythema day", "redness day"},
    {"Barrier recovery", "tewl recover", "barrier recover"},
    {"Scar index", "scar_index", "scar"},
    {"Skin closed again", "epithel", "closure"},
    {"Elastin change", "elastin_total", "elast gain"},
    {"Chance of dark marks", "pigmentation_chance", "pigment chance"},
    {"Chance of infection", "infection_chance", "infect"},
    {"Breaking strength", "strength", "strength"},
};

/* Models differ in what they call a thing: the first of two ways to say it that is there. */
static const struct cx_outcome_entry *find_any(const struct cx_record *r, const char *a,
                                               const char *b) {
    const struct cx_outcome_entry *f = cx_record_find(r, a);
    return f ? f : cx_record_find(r, b);
}

static bool is_known(const struct cx_outcome_entry *f) { return f && isfinite(f->value); }

/* Below a hundredth of a percent digits would only pretend to be known. */
static void amount_text(double value, const char *unit, char out[CX_WORD]) {
    const bool tiny = strcmp(unit, "percent") == 0 && value != 0 && fabs(value) < 0.01;
    if (tiny)
        snprintf(out, CX_WORD, "%s", value > 0 ? "<\u20090.01" : ">\u2009−0.01");
    else
        cx_number_text(value, out);
}

/* "12 %" or "3.2 days"; a space that does not break before the unit. */
static void put_amount(struct cx_text *p, double value, const char *unit) {
    char number[CX_WORD], shown[CX_WORD];
    amount_text(value, unit, number);
    cx_unit_text(unit, shown);
    if (strcmp(shown, "day") == 0) snprintf(shown, sizeof shown, value == 1 ? "day" : "days");
    cx_page_text(p, number);
    cx_text_add(p, "%s", *shown ? "\u00a0" : "");
    cx_page_text(p, shown);
}

bool cx_story_is_cut(const struct cx_record *r, const struct cx_outcome_entry *f, double last_day) {
    const double day = strcmp(f->unit, "h") == 0 ? f->value / 24 : f->value;
    const double from = r->sessions ? r->session_day[r->sessions - 1] : 0;
    const bool time = strcmp(f->unit, "h") == 0 || strcmp(f->unit, "day") == 0;
    return time && last_day > from && day >= (last_day - from) * (1 - 1e-6);
}

/* "(9 % to 15 % in 90 % of 40 draws)" of an ensemble. */
static void say_spread(struct cx_text *p, const struct cx_outcome_entry *f) {
    const struct cx_outcome_spread *s = &f->spread;
    if (!s->there || !isfinite(s->low) || !isfinite(s->high)) return;
    cx_text_add(p, " (");
    put_amount(p, s->low, f->unit);
    cx_text_add(p, " to ");
    put_amount(p, s->high, f->unit);
    cx_text_add(p, " in %.3g\u00a0%% of %d draws)", 100 * s->level, s->draws);
}

/* Direction in words, amount without its sign: "has grown by 12 %". */
static void say_collagen(struct cx_text *p, const struct cx_outcome_entry *f, double last_day) {
    char day[CX_WORD];
    if (!is_known(f)) return;
    cx_day_text(last_day, day);
    cx_text_add(p, "In this simulation the dermal collagen ");
    if (fabs(f->value) < 0.05) {
        cx_text_add(p, "is unchanged by %s. ", day);
        return;
    }
    cx_text_add(p, "has %s by <b>", f->value > 0 ? "grown" : "shrunk");
    put_amount(p, fabs(f->value), f->unit);
    cx_text_add(p, "</b>");
    say_spread(p, f);
    cx_text_add(p, " by %s. ", day);
}

static void put_time(struct cx_text *p, const struct cx_record *r, const struct cx_outcome_entry *f,
                     double last_day) {
    const bool minutes = strcmp(f->unit, "h") == 0 && f->value < 1;
    if (cx_story_is_cut(r, f, last_day)) cx_text_add(p, "more than ");
    put_amount(p, minutes ? f->value * 60 : f->value, minutes ? "min" : f->unit);
}

/* What a person sees of it: redness, and the time until the skin is tight again. */
static void say_downtime(struct cx_text *p, const struct cx_record *r, double last_day) {
    const struct cx_outcome_entry *red = find_any(r, "erythema day", "redness day");
    const struct cx_outcome_entry *barrier = find_any(r, "tewl recover", "barrier recover");
    if (is_known(red) && red->value == 0) {
        cx_text_add(p, "The skin is not red for any length of time%s",
                    is_known(barrier) ? "" : ". ");
    } else if (is_known(red)) {
        cx_text_add(p, "The redness lasts <b>");
        put_time(p, r, red, last_day);
        cx_text_add(p, "</b>");
        say_spread(p, red);
        cx_text_add(p, "%s", is_known(barrier) ? "" : ". ");
    }
    if (!is_known(barrier)) return;
    cx_text_add(p, "%s barrier of the skin recovers in <b>", is_known(red) ? " and the" : "The");
    put_time(p, r, barrier, last_day);
    cx_text_add(p, "</b>");
    say_spread(p, barrier);
    cx_text_add(p, ". ");
}

/* How far the run can be held against measurements, as plainly as the finding itself. */
static void say_evidence(struct cx_text *p, const struct cx_record *r) {
    int judged = 0, agree = 0;
    for (int i = 0; i < r->o.observed_count; i++) {
        judged += r->o.observed[i].agrees >= 0;
        agree += r->o.observed[i].agrees == 1;
    }
    if (judged)
        cx_text_add(p, "Of %d published measurement%s that can be judged, %d agree%s.", judged,
                    judged == 1 ? "" : "s", agree, agree == 1 ? "s" : "");
    else if (r->o.observed_count)
        cx_text_add(p, "Published measurements stand beside it, without a spread to judge by.");
    else
        cx_text_add(p, "This run carries no published measurement to compare itself with.");
}

/* A model with none of the usual outcomes is told by its first two. */
static void say_first(struct cx_text *p, const struct cx_record *r) {
    char name[CX_WORD];
    for (int i = 0, said = 0; i < r->o.outcome_count && said < 2; i++) {
        if (!isfinite(r->o.outcome[i].value)) continue;
        cx_name_text(r->o.outcome[i].name, name);
        cx_text_add(p, "%s", said++ ? "The " : "In this simulation the ");
        cx_page_text(p, name);
        cx_text_add(p, " is <b>");
        put_amount(p, r->o.outcome[i].value, r->o.outcome[i].unit);
        cx_text_add(p, "</b>");
        say_spread(p, &r->o.outcome[i]);
        cx_text_add(p, ". ");
    }
}

void cx_story_finding(struct cx_text *p, const struct cx_record *r, double last_day) {
    const struct cx_outcome_entry *collagen = find_any(r, "collagen_total gain", "collagen gain");
    const struct cx_outcome_entry *red = find_any(r, "erythema day", "redness day");
    const struct cx_outcome_entry *barrier = find_any(r, "tewl recover", "barrier recover");
    cx_text_add(p, "<p class=finding>");
    if (!r->o.outcome_count)
        cx_text_add(p, "The run has not ended yet: it has no outcomes. ");
    else if (!is_known(collagen) && !is_known(red) && !is_known(barrier))
        say_first(p, r);
    say_collagen(p, collagen, last_day);
    say_downtime(p, r, last_day);
    if (r->o.outcome_count) say_evidence(p, r);
    cx_text_add(p, "</p>\n");
}

/* Cards ------------------------------------------------------------------------------------------------------------ */
struct cards {
    int n;
    const struct cx_outcome_entry *at[CARDS];
    char label[CARDS][CX_WORD];
};

static bool is_new(const struct cards *c, const struct cx_outcome_entry *f) {
    for (int i = 0; i < c->n; i++)
        if (c->at[i] == f) return false;
    return true;
}

/* An outcome that was not reached, or has a card, gets none. */
static void add_card(struct cards *c, const struct cx_outcome_entry *f, const char *label) {
    if (!is_known(f) || c->n == CARDS || !is_new(c, f)) return;
    snprintf(c->label[c->n], sizeof *c->label, "%s", label);
    c->at[c->n++] = f;
}

static void put_card(struct cx_text *p, const struct cx_outcome_entry *f, const char *label) {
    char number[CX_WORD], unit[CX_WORD];
    amount_text(f->value, f->unit, number);
    cx_unit_text(f->unit, unit);
    cx_text_add(p, "<div class=card><div class=label>");
    cx_page_text(p, label);
    cx_text_add(p, "</div><div class=value>");
    cx_page_text(p, number);
    cx_text_add(p, "<span>");
    cx_page_text(p, unit);
    cx_text_add(p, "</span></div>");
    cx_story_spread(p, f);
    cx_story_bars(p, f);
    cx_text_add(p, "<p>");
    cx_page_text(p, f->definition);
    cx_text_add(p, "</p><p class=basis><span>Compared with</span> ");
    cx_page_text(p, cx_story_evidence(f));
    cx_text_add(p, "</p></div>\n");
}

/* The usual ones in their order; a model that has few of them is told by its first outcomes. */
static void choose(struct cards *c, const struct cx_record *r) {
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        add_card(c, find_any(r, keys[i].words, keys[i].other), keys[i].label);
    for (int i = 0; i < r->o.outcome_count && c->n < FEWEST; i++) {
        char name[CX_WORD];
        cx_name_text(r->o.outcome[i].name, name);
        add_card(c, &r->o.outcome[i], name);
    }
}

void cx_story_cards(struct cx_text *p, const struct cx_record *r) {
    struct cards c = {0};
    choose(&c, r);
    cx_text_add(p, "<div class=cards>\n");
    for (int i = 0; i < c.n; i++) put_card(p, c.at[i], c.label[i]);
    cx_text_add(p, "</div>\n");
    cx_story_spread_means(p, r);
}

void cx_story_keys(struct cx_text *p, const struct cx_record *r, int most) {
    struct cards c = {0};
    choose(&c, r);
    for (int i = 0; i < c.n && i < most; i++) {
        cx_text_add(p, "<div><dt>");
        cx_page_text(p, c.label[i]);
        cx_text_add(p, "</dt><dd>");
        put_amount(p, c.at[i]->value, c.at[i]->unit);
        cx_text_add(p, "</dd></div>");
    }
}
