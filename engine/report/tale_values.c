/* tale_values.c - what the captions and claims of a story get from its runs (see tale.h). */
#include "report/tale.h"

#include "base/file.h"
#include "config/reader.h"
#include "report/story.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Runs ------------------------------------------------------------------------------------------------------------- */
enum cx_status cx_told_open(struct cx_told *t, const struct cx_tale *tale,
                            const char *const folder[], struct cx_error *e) {
    *t = (struct cx_told){.tale = tale};
    t->run = calloc((size_t)tale->variants, sizeof *t->run);
    if (!t->run) return cx_fail(e, CX_STORAGE, 61, "no memory for the runs of the story");
    for (int i = 0; i < tale->variants; i++) CX_TRY(cx_plot_open(&t->run[i], folder[i], e));
    return CX_OK;
}

void cx_told_close(struct cx_told *t) {
    for (int i = 0; t->run && i < t->tale->variants; i++) cx_plot_close(&t->run[i]);
    free(t->run);
    t->run = NULL;
}

/* Values of a series ----------------------------------------------------------------------------------------------- */
static double history_at(const struct cx_result *r, int series, int i) {
    return r->history_value[(size_t)i * (size_t)r->series + (size_t)series];
}

double cx_told_series(const struct cx_result *r, int series, double day) {
    const double *at = r->history_day;
    const int n = r->history_length;
    const double slack = 1e-9 * (1 + fabs(day));
    if (n < 1 || day < at[0] - slack || day > at[n - 1] + slack) return NAN;
    int i = 0;
    while (i < n - 2 && at[i + 1] < day) i++;
    if (n == 1) return history_at(r, series, 0);
    const double span = at[i + 1] - at[i], share = span > 0 ? (day - at[i]) / span : 1;
    const double low = history_at(r, series, i), high = history_at(r, series, i + 1);
    return low + fmin(fmax(share, 0), 1) * (high - low);
}

/* Number of the sample with the largest (or smallest) value; -1: no number at all. */
static int extreme(const struct cx_result *r, int series, double sign) {
    int best = -1;
    for (int i = 0; i < r->history_length; i++) {
        const double v = sign * history_at(r, series, i);
        if (isfinite(v) && (best < 0 || v > sign * history_at(r, series, best))) best = i;
    }
    return best;
}

static double sample_of(const struct cx_result *r, const struct cx_formula_node *n, int series,
                        double day) {
    const int last = r->history_length - 1;
    const int most = extreme(r, series, n->kind == CX_TERM_LOWEST ? -1 : 1);
    switch (n->kind) {
    case CX_TERM_AT: return cx_told_series(r, series, isnan(n->number) ? day : n->number);
    case CX_TERM_START: return last >= 0 ? history_at(r, series, 0) : NAN;
    case CX_TERM_END: return last >= 0 ? history_at(r, series, last) : NAN;
    case CX_TERM_PEAK_DAY: /* what still rises at the end has no peak yet */
        return most >= 0 && most < last ? r->history_day[most] : NAN;
    default: return most >= 0 ? history_at(r, series, most) : NAN;
    }
}

static double last_day(const struct cx_result *r) {
    return r->history_length ? r->history_day[r->history_length - 1] : 0;
}

/* Answers to formulas ---------------------------------------------------------------------------------------------- */
static enum cx_status answer(const void *user, const struct cx_formula_node *n,
                             struct cx_amount *out, struct cx_error *e) {
    const struct cx_asking *a = user;
    const int variant = n->variant < 0 ? a->variant : n->variant;
    const struct cx_plot_source *run = &a->told->run[variant];
    if (n->kind == CX_TERM_SETTING) return cx_tale_setting(a->told->tale, variant, n->name, out, e);
    if (n->kind == CX_TERM_OUTCOME) {
        const struct cx_outcome_entry *o = cx_outcomes_find(&run->record.o, n->name);
        if (!o) return cx_fail(e, CX_CONFIG, 36, "the run has no outcome '%s'", n->name);
        /* a time that the run ended before is not known, whatever the file says */
        out->value = cx_story_is_cut(&run->record, o, last_day(&run->result)) ? NAN : o->value;
        cx_text_copy(out->unit, sizeof out->unit, *o->unit ? o->unit : "1");
        return CX_OK;
    }
    const int series = cx_result_find_series(&run->result, n->name);
    if (series < 0) return cx_fail(e, CX_CONFIG, 36, "the run has no series '%s'", n->name);
    const char *unit = n->kind == CX_TERM_PEAK_DAY ? "day" : run->result.series_unit[series];
    out->value = sample_of(&run->result, n, series, a->day);
    cx_text_copy(out->unit, sizeof out->unit, *unit ? unit : "1");
    return CX_OK;
}

static enum cx_status work_out(const struct cx_asking *a, struct cx_formula_text *text,
                               struct cx_formula *f, struct cx_amount value[2],
                               struct cx_error *e) {
    const char *room[CX_TALE_VARIANTS];
    struct cx_formula_names names = cx_tale_names(a->told->tale, room);
    const struct cx_formula_source source = {answer, a};
    CX_TRY(cx_formula_read(text, &names, f, e));
    return cx_formula_value(f, &source, value, e);
}

/* Numbers as people read them -------------------------------------------------------------------------------------- */
/* Whole from 10 on, two digits below: a caption is no table. */
static double rounded(double value) {
    const double size = fabs(value);
    if (!(size > 0) || size >= 9.95) return round(value);
    const double step = pow(10, floor(log10(size)) - 1);
    return round(value / step) * step;
}

/* Lengths in mm, times in what a clock or a calendar would say. */
static void usual_unit(struct cx_amount *a) {
    static const struct {
        const char *from, *to;
        double least, below, by;
    } ways[] = {{"um", "mm", 100, INFINITY, 1e-3},
                {"day", "h", 1e-9, 1.5, 24},
                {"h", "day", 72, INFINITY, 1.0 / 24},
                {"h", "min", 1e-9, 1, 60}};
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        const double size = fabs(a->value);
        if (strcmp(a->unit, ways[i].from) != 0 || size < ways[i].least || size >= ways[i].below)
            continue;
        a->value *= ways[i].by;
        cx_text_copy(a->unit, sizeof a->unit, ways[i].to);
    }
}

/* "days", "%"; a plain number has none. */
static void unit_words(const char *unit, bool one, char out[CX_WORD]) {
    static const char *const names[][2] = {
        {"day", "day"}, {"h", "hour"}, {"min", "minute"}, {"year", "year"}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(unit, names[i][0]) == 0) {
            snprintf(out, CX_WORD, "%s%s", names[i][1], one ? "" : "s");
            return;
        }
    cx_unit_text(unit, out);
}

static void amount_text(struct cx_amount a, const char *format, char out[CX_WORD]) {
    char number[CX_WORD], unit[CX_WORD];
    if (!isfinite(a.value)) {
        snprintf(out, CX_WORD, "not reached");
        return;
    }
    if (strcmp(format, "when") == 0) {
        const double day = strcmp(a.unit, "h") == 0 ? a.value / 24 : a.value;
        cx_day_text(day < 1.5 ? rounded(24 * day) / 24 : rounded(day), out);
        return;
    }
    usual_unit(&a);
    a.value = rounded(a.value);
    cx_number_text(a.value, number);
    unit_words(a.unit, a.value == 1, unit);
    const bool bare = !*unit || strcmp(format, "number") == 0;
    snprintf(out, CX_WORD, "%.60s%s%.20s", number, bare ? "" : "\u00a0", bare ? "" : unit);
}

enum cx_status cx_told_value(const struct cx_asking *a, const char *formula, char out[CX_WORD],
                             struct cx_error *e) {
    struct cx_tale_piece p;
    struct cx_formula f;
    struct cx_amount value[2];
    CX_TRY(cx_tale_formula(formula, &p, e));
    CX_TRY(work_out(a, &p.formula, &f, value, e));
    amount_text(value[0], p.format, out);
    return CX_OK;
}

enum cx_status cx_told_caption(struct cx_text *p, const struct cx_told *t,
                               const struct cx_tale_step *step, const char *caption,
                               struct cx_error *e) {
    const struct cx_asking a = {t, step ? step->variant : 0, step ? step->day : 0};
    struct cx_tale_piece piece;
    bool more = true;
    for (int at = 0; more;) {
        char *plain, word[CX_WORD], formula[256];
        CX_TRY(cx_tale_piece(caption, &at, &piece, &more, e));
        plain = strndup(piece.plain, (size_t)piece.plains);
        cx_page_text(p, plain);
        free(plain);
        if (!more || !piece.formula.text) continue;
        const int end = at - 1; /* of the closing brace */
        snprintf(formula, sizeof formula, "%.*s", (int)(caption + end - piece.formula.text),
                 piece.formula.text);
        CX_TRY(cx_told_value(&a, formula, word, e));
        cx_text_add(p, "<b>");
        cx_page_text(p, word);
        cx_text_add(p, "</b>");
    }
    return CX_OK;
}

enum cx_status cx_told_claim(struct cx_text *p, const struct cx_told *t,
                             const struct cx_tale_step *step, int number, struct cx_error *e) {
    struct cx_asking a = {t, step->variant, step->day};
    const char *claim = step->claim[number].at;
    struct cx_formula_text text = {claim, (int)strlen(claim), 0};
    struct cx_formula f;
    struct cx_amount side[2];
    char word[2][CX_WORD], unit[CX_WORD];
    CX_TRY(work_out(&a, &text, &f, side, e));
    for (int i = 0; i < 2; i++) cx_number_text(side[i].value, word[i]);
    cx_unit_text(side[0].unit, unit);
    cx_text_add(p, "<code>");
    cx_page_text(p, claim);
    cx_text_add(p, "</code> ");
    cx_page_text(p, word[0]);
    cx_text_add(p, " against ");
    cx_page_text(p, word[1]);
    cx_text_add(p, "%s", *unit ? "\u00a0" : "");
    cx_page_text(p, unit);
    return CX_OK;
}

/* Claims ----------------------------------------------------------------------------------------------------------- */
/* Findings with the lines of the story file under them. */
struct court {
    const struct cx_told *told;
    char *source;
    struct cx_findings *found;
    enum cx_status status;
};

static void object(struct court *c, const struct cx_tale_text *text, int offset,
                   struct cx_error *e) {
    cx_tale_place(c->told->tale, text, offset, c->source, e);
    cx_findings_add(c->found, e, c->source);
    c->status = CX_CONFIG;
}

static void judge_claim(struct court *c, struct cx_asking *a, const struct cx_tale_text *claim) {
    struct cx_formula_text text = {claim->at, (int)strlen(claim->at), 0};
    struct cx_formula f;
    struct cx_amount side[2];
    struct cx_error e = {0};
    if (work_out(a, &text, &f, side, &e) != CX_OK) {
        object(c, claim, 0, &e);
        return;
    }
    if (cx_formula_holds(&f, side)) return;
    const char *unit = strcmp(side[0].unit, "1") == 0 ? "" : side[0].unit;
    cx_fail(&e, CX_CONFIG, 154,
            "the claim '%.180s' does not hold: %.6g %s on the left, %.6g %s on "
            "the right",
            claim->at, side[0].value, unit, side[1].value, unit);
    cx_hint(&e, "the runs decide: change the claim and the text that rests on it, or the scenario");
    object(c, claim, 0, &e);
}

/* A caption may not speak of what never happened. */
static void judge_caption(struct court *c, struct cx_asking *a,
                          const struct cx_tale_text *caption) {
    struct cx_tale_piece p;
    struct cx_error e = {0};
    bool more = caption->at != NULL;
    for (int at = 0; more;) {
        struct cx_formula f;
        struct cx_amount value[2];
        if (cx_tale_piece(caption->at, &at, &p, &more, &e) != CX_OK) return;
        if (!more || !p.formula.text) continue;
        const enum cx_status status = work_out(a, &p.formula, &f, value, &e);
        if (status == CX_OK && isfinite(value[0].value)) continue;
        if (status == CX_OK) {
            cx_fail(&e, CX_CONFIG, 154, "'%.*s' was never reached in the run",
                    p.formula.n < 200 ? p.formula.n : 200, p.formula.text);
            cx_hint(&e, "take it out of the text, or let time.end be later");
        }
        object(c, caption, (int)(p.formula.text - caption->at), &e);
    }
}

enum cx_status cx_told_judge(const struct cx_told *t, int *claims, struct cx_findings *f) {
    enum { MOST = 1 << 20 };
    struct court c = {.told = t, .found = f};
    struct cx_error unheard;
    size_t n = 0;
    const int before = f->n;
    if (cx_file_read(t->tale->file, MOST, (unsigned char **)&c.source, &n, &unheard) != CX_OK)
        c.source = NULL; /* the findings come without their lines */
    *claims = 0;
    for (int i = 0; i < t->tale->steps; i++) {
        const struct cx_tale_step *s = &t->tale->step[i];
        struct cx_asking a = {t, s->variant, s->day};
        judge_caption(&c, &a, &s->title);
        judge_caption(&c, &a, &s->text);
        for (int k = 0; k < s->claims; k++) judge_claim(&c, &a, &s->claim[k]);
        *claims += s->claims;
    }
    struct cx_asking a = {t, 0, 0};
    judge_caption(&c, &a, &t->tale->end);
    cx_findings_sort(f, before);
    free(c.source);
    return c.status;
}
