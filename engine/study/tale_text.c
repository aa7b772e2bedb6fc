/* tale_text.c - captions and claims: cut into pieces, kept free of numbers and comparisons that nothing backs, and tried
 * with their units before anything runs; see tale.h */
#include "config/yaml.h"
#include "study/tale_parts.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

/* ---- pieces ---------------------------------------------------------------------------------- */

/* "value | when": the format behind the last bar. */
static enum cx_status cut_format(struct cx_tale_piece *p, struct cx_error *e) {
    static const char *const formats[] = {"when", "number"};
    const char *bar = memchr(p->formula.text, '|', (size_t)p->formula.n);
    char word[16] = "";
    p->format[0] = 0;
    if (!bar) return CX_OK;
    snprintf(word, sizeof word, "%.*s", (int)(p->formula.text + p->formula.n - bar - 1), bar + 1);
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (strstr(word, formats[i])) snprintf(p->format, sizeof p->format, "%s", formats[i]);
    p->formula.n = (int)(bar - p->formula.text);
    if (*p->format) return CX_OK;
    cx_fail(e, CX_CONFIG, 152, "there is no format '%s'", word);
    cx_hint(e, "write {peak_day(NAME) | when} for 'day 5', {NAME | number} to leave the unit out");
    return CX_CONFIG;
}

enum cx_status cx_tale_piece(const char *caption, int *at, struct cx_tale_piece *p, bool *more,
                             struct cx_error *e) {
    const char *from = caption + *at;
    *p = (struct cx_tale_piece){.plain = from, .plains = (int)strcspn(from, "{")};
    *more = *from != 0;
    *at += p->plains;
    if (!from[p->plains]) return CX_OK;
    const char *open = from + p->plains + 1, *close = strpbrk(open, "{}");
    if (!close || *close == '{') {
        cx_fail(e, CX_CONFIG, 152, "a brace is not closed: '%.60s'", open - 1);
        cx_hint(e, "write {collagen_total_gain}");
        return CX_CONFIG;
    }
    p->formula = (struct cx_formula_text){.text = open, .n = (int)(close - open)};
    *at += (int)(close - open) + 2;
    return cut_format(p, e);
}

enum cx_status cx_tale_formula(const char *text, struct cx_tale_piece *p, struct cx_error *e) {
    *p = (struct cx_tale_piece){.plain = text, .formula = {text, (int)strlen(text), 0}};
    return cut_format(p, e);
}

/* ---- what a caption may not say of its own accord -------------------------------------------- */

/* Lower-case word at `c`, of letters only. */
static size_t word_at(const char *c, char word[24]) {
    size_t n = 0;
    while (isalpha((unsigned char)c[n])) n++;
    for (size_t i = 0; i < n && i < 23; i++) word[i] = (char)tolower((unsigned char)c[i]);
    word[n < 23 ? n : 23] = 0;
    return n;
}

/* First word that only a claim can back; NULL where there is none. */
static const char *bold_word(const char *caption) {
    static const char *const bold[] = {
        "most",    "more",    "less",    "fewer",     "least",  "twice",    "double", "half",
        "triple",  "longer",  "shorter", "earlier",   "later",  "faster",   "slower", "higher",
        "lower",   "larger",  "smaller", "deeper",    "weaker", "stronger", "nearly", "almost",
        "largest", "longest", "highest", "strongest", "thrice", "same",     "never",  "always"};
    char word[24];
    for (const char *c = caption; *c;) {
        if (*c == '{') c += strcspn(c, "}");
        const size_t n = word_at(c, word);
        for (size_t i = 0; i < sizeof bold / sizeof *bold && n; i++)
            if (strcmp(word, bold[i]) == 0) return c;
        c += n ? n : *c != 0;
    }
    return NULL;
}

/* First number that is typed rather than taken from a run; NULL: none. */
static const char *typed_number(const char *caption) {
    bool inside = false; /* of a word such as TGF-b1 */
    for (const char *c = caption; *c; c++) {
        if (*c == '{') c += strcspn(c, "}");
        if (!*c) return NULL;
        if (isdigit((unsigned char)*c) && !inside) return c;
        inside = isalnum((unsigned char)*c) || (unsigned char)*c >= 0x80 || (*c == '-' && inside);
    }
    return NULL;
}

/* ---- tried with their units ------------------------------------------------------------------ */

/* How often the word of n bytes stands in the first `until` bytes. */
static int count_before(const char *text, int until, const char *word, size_t n) {
    int count = 0;
    for (int i = 0; i < until && text[i]; i++) count += strncmp(text + i, word, n) == 0;
    return count;
}

/* A text that was folded over several lines is found again by the word at the offset. */
static const char *find_word(const struct cx_tale_text *text, int offset, const char *source) {
    const char *word = text->at + offset;
    const size_t n = strcspn(word, " \n");
    for (int i = 1; source && i < text->line; i++) {
        source = strchr(source, '\n');
        source += source != NULL;
    }
    int skipped = n ? count_before(text->at, offset, word, n) : 0;
    for (; n && source && *source; source++)
        if (strncmp(source, word, n) == 0 && skipped-- == 0) return source;
    return NULL;
}

/* Columns count characters, offsets bytes. */
static int characters(const char *from, const char *to) {
    int n = 0;
    for (; from < to; from++) n += ((unsigned char)*from & 0xc0) != 0x80;
    return n;
}

void cx_tale_place(const struct cx_tale *t, const struct cx_tale_text *text, int offset,
                   const char *source, struct cx_error *e) {
    const char *found = text->plain ? NULL : find_word(text, offset, source);
    cx_text_copy(e->file, sizeof e->file, t->file);
    e->line = text->line;
    e->column = text->column;
    if (text->plain) e->column += characters(text->at, text->at + offset);
    if (!found) return;
    e->line = 1;
    for (const char *line = source; (line = strchr(line, '\n')) && line < found; line++) e->line++;
    const char *start = found;
    while (start > source && start[-1] != '\n') start--;
    e->column = 1 + characters(start, found);
}

static void quiet(void *user, const struct cx_error *e) {
    (void)user; /* the text is our own */
    (void)e;
}

/* What a setting of a variant is, from its effective configuration. */
enum cx_status cx_tale_setting(const struct cx_tale *t, int variant, const char *path,
                               struct cx_amount *out, struct cx_error *e) {
    struct cx_yaml_pool pool = {0};
    const char *text = t->variant[variant].config;
    const struct cx_yaml_sink sink = {quiet, NULL};
    struct cx_yaml *root = text ? cx_yaml_parse(&pool, text, strlen(text), &sink) : NULL;
    const struct cx_yaml *node = root ? cx_yaml_at(root, path) : NULL;
    enum cx_status status = CX_OK;
    if (!node) {
        status = cx_fail(e, CX_CONFIG, 30, "no setting is called '%.90s'", path);
        cx_hint(e, "write the whole path, such as device.needle.length; `cicatrix explain`");
    } else if (node->kind != CX_YAML_SCALAR ||
               !cx_quantity_split(node->text, &out->value, out->unit)) {
        status = cx_fail(e, CX_CONFIG, 152, "'%.90s' is '%.60s', not a number", path, node->text);
        cx_hint(e, "a caption can take a setting that is a single number");
    }
    cx_yaml_free(&pool);
    return status;
}

static const char *series_unit(const struct cx_model *m, const char *name) {
    for (int i = 0; i < m->series_count; i++)
        if (strcmp(m->series[i].name, name) == 0) return m->series[i].unit;
    return "1";
}

static const char *outcome_unit(const struct cx_model *m, const char *name) {
    for (int i = 0; i < m->outcome_count; i++)
        if (strcmp(m->outcomes[i].name, name) == 0) return m->outcomes[i].unit;
    return "1";
}

/* A formula before the run: settings are known, all else has a unit only. */
struct rehearsal {
    const struct cx_tale *t;
    int variant;
};
static enum cx_status rehearse(const void *user, const struct cx_formula_node *n,
                               struct cx_amount *out, struct cx_error *e) {
    const struct rehearsal *h = user;
    const struct cx_model *m = h->t->model;
    const int variant = n->variant < 0 ? h->variant : n->variant;
    if (n->kind == CX_TERM_SETTING) return cx_tale_setting(h->t, variant, n->name, out, e);
    const char *unit = n->kind == CX_TERM_OUTCOME    ? outcome_unit(m, n->name)
                       : n->kind == CX_TERM_PEAK_DAY ? "day"
                                                     : series_unit(m, n->name);
    out->value = NAN;
    cx_text_copy(out->unit, sizeof out->unit, *unit ? unit : "1");
    return n->kind == CX_TERM_AT && 24 * n->number > h->t->variant[variant].scenario.time.end
               ? cx_fail(e, CX_CONFIG, 152, "day %g is behind time.end", n->number)
               : CX_OK;
}

/* One formula of a text; `want`: a claim, or a value. */
static void try_formula(struct cx_study_reader *r, const struct cx_tale_text *text,
                        struct cx_formula_text *part, struct rehearsal *h, bool want) {
    const char *room[CX_TALE_VARIANTS];
    const struct cx_formula_source source = {rehearse, h};
    struct cx_formula_names names = cx_tale_names(h->t, room);
    struct cx_formula f;
    struct cx_amount value[2];
    struct cx_error e;
    enum cx_status status = cx_formula_read(part, &names, &f, &e);
    const int wrong = status ? part->at : 0;
    if (!status) status = cx_formula_value(&f, &source, value, &e);
    if (!status && cx_formula_is_claim(&f) != want) {
        status = cx_fail(&e, CX_CONFIG, 152, "'%.*s' %s", part->n < 200 ? part->n : 200, part->text,
                         want ? "compares nothing" : "is a comparison, not a value");
        cx_hint(&e, want ? "write for example deep.erythema_days > 2 * erythema_days"
                         : "comparisons stand under claims:");
    }
    if (!status) return;
    cx_tale_place(h->t, text, (int)(part->text - text->at) + wrong, r->r.source, &e);
    const struct cx_yaml at = {.line = e.line, .column = e.column};
    cx_reader_report(&r->r, &at, CX_AT_VALUE, &e);
}

static void refuse_at(struct cx_study_reader *r, const struct cx_tale_text *text, int offset,
                      struct cx_error *e) {
    cx_tale_place(cx_tale_of(r), text, offset, r->r.source, e);
    const struct cx_yaml at = {.line = e->line, .column = e->column};
    cx_reader_report(&r->r, &at, CX_AT_VALUE, e);
}

static void check_caption(struct cx_study_reader *r, const struct cx_tale_text *text,
                          struct rehearsal *h) {
    struct cx_tale_piece p;
    struct cx_error e;
    bool more = true;
    for (int at = 0; more && text->at;) {
        const int from = at;
        if (cx_tale_piece(text->at, &at, &p, &more, &e) != CX_OK) {
            refuse_at(r, text, from + p.plains, &e);
            return;
        }
        if (more && p.formula.text) try_formula(r, text, &p.formula, h, false);
    }
    const char *typed = text->at ? typed_number(text->at) : NULL;
    if (!typed) return;
    cx_fail(&e, CX_CONFIG, 151, "the number '%.*s' is typed into the text",
            (int)strcspn(typed, " ,;:!?\n{"), typed);
    cx_hint(&e, "take it from the run, as {erythema_days} or {setting(skin.age)}; or say it in "
                "words");
    refuse_at(r, text, (int)(typed - text->at), &e);
}

static void check_step(struct cx_study_reader *r, const struct cx_tale_step *s) {
    const struct cx_tale_text *texts[] = {&s->title, &s->text};
    struct rehearsal h = {cx_tale_of(r), s->variant};
    struct cx_error e;
    for (int i = 0; i < 2; i++) {
        const char *bold = texts[i]->at ? bold_word(texts[i]->at) : NULL;
        check_caption(r, texts[i], &h);
        if (!bold || s->claims) continue;
        cx_fail(&e, CX_CONFIG, 151, "'%.*s' is said, but the step claims nothing",
                (int)strcspn(bold, " ,.;:!?\n"), bold);
        cx_hint(&e, "back it, for example claims: [deep.erythema_days > erythema_days]");
        refuse_at(r, texts[i], (int)(bold - texts[i]->at), &e);
    }
    for (int i = 0; i < s->claims; i++) {
        struct cx_formula_text part = {s->claim[i].at, (int)strlen(s->claim[i].at), 0};
        try_formula(r, &s->claim[i], &part, &h, true);
    }
    for (int i = 0; i < s->numbers; i++) {
        const struct cx_tale_text *text = &s->number[i].formula;
        struct cx_tale_piece p;
        if (cx_tale_formula(text->at, &p, &e) != CX_OK)
            refuse_at(r, text, 0, &e);
        else
            try_formula(r, text, &p.formula, &h, false);
    }
}

void cx_tale_check(struct cx_study_reader *r) {
    const struct cx_tale *t = cx_tale_of(r);
    for (int i = 0; i < t->steps; i++) check_step(r, &t->step[i]);
    struct rehearsal h = {t, 0};
    check_caption(r, &t->end, &h);
}
