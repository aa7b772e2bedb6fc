/* quantity.c - "1.5 mm" and "every 7 day until 56 day" to numbers.  Knows units, not settings. */
#include "base/text.h"
#include "base/units.h"
#include "config/config.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TIMES_MOST = 100000 };

static const char *skip_space(const char *p) {
    while (*p == ' ' || *p == '\t') p++;
    return p;
}

/* Length of p without the blanks at its end. */
static size_t trimmed(const char *p, size_t n) {
    while (n && (p[n - 1] == ' ' || p[n - 1] == '\t')) n--;
    return n;
}

static enum cx_status fail_number(const char *text, const char *unit, struct cx_error *e) {
    char meaning[96];
    cx_fail(e, CX_CONFIG, 20, "'%.60s' is not a plain decimal number", text);
    cx_hint(e, "expects %s", cx_unit_meaning(unit, meaning));
    return CX_CONFIG;
}

static enum cx_status fail_comma(const char *text, struct cx_error *e) {
    cx_fail(e, CX_CONFIG, 20, "'%.60s' has a comma inside the number", text);
    cx_hint(e, "write a decimal point: 1.5, not 1,5");
    return CX_CONFIG;
}

static enum cx_status fail_unit(const char *text, const char *found, const char *unit,
                                struct cx_error *e) {
    char meaning[96];
    const char *near = cx_unit_nearest(found);
    cx_fail(e, CX_CONFIG, 22, "unknown unit '%.40s' in '%.60s'", found, text);
    if (near && isfinite(cx_unit_factor(near, unit)))
        cx_hint(e, "did you mean '%s'?", near);
    else
        cx_hint(e, "expects %s", cx_unit_meaning(unit, meaning));
    return CX_CONFIG;
}

/* What the unit of a number turned out to be. */
static enum cx_status fail_fit(enum cx_unit_fit fit, const char *text, const char *found,
                               const char *unit, struct cx_error *e) {
    char meaning[96];
    switch (fit) {
    case CX_UNIT_FITS: return CX_OK;
    case CX_UNIT_UNKNOWN: return fail_unit(text, found, unit, e);
    case CX_UNIT_OTHER:
        cx_fail(e, CX_CONFIG, 23, "'%.60s' has the wrong dimension: expects %s", text,
                cx_unit_meaning(unit, meaning));
        cx_hint(e, "use a unit that converts to %.40s",
                *unit && strcmp(unit, "1") != 0 ? unit : "a number");
        return CX_CONFIG;
    case CX_UNIT_NO_TABLE:
        cx_fail(e, CX_STORAGE, 25, "the unit database of UDUNITS-2 cannot be read");
        cx_hint(e, "install the package libudunits2-data, or set UDUNITS2_XML_PATH");
        return CX_STORAGE;
    default: return cx_fail(e, CX_CONFIG, 22, "the table's own unit '%.40s' is unknown", unit);
    }
}

static enum cx_status fail_bare(const char *text, const char *unit, struct cx_error *e) {
    char meaning[96];
    cx_fail(e, CX_CONFIG, 21, "'%.60s' has no unit: expects %s", text,
            cx_unit_meaning(unit, meaning));
    cx_hint(e, "write '%.60s %.40s' if that is what is meant", text, unit);
    return CX_CONFIG;
}

enum cx_status cx_quantity_read(const char *text, const char *unit, double *value,
                                struct cx_error *e) {
    const char *rest, *start = skip_space(text);
    double number;
    if (!cx_number_read(start, &rest, &number)) return fail_number(text, unit, e);
    if (*rest == ',') return fail_comma(text, e);
    if (!isfinite(number)) return cx_fail(e, CX_CONFIG, 24, "'%.60s' is too large a number", text);
    rest = skip_space(rest);
    char found[64];
    const size_t n = trimmed(rest, strlen(rest));
    if (n >= sizeof found) return fail_number(text, unit, e);
    memcpy(found, rest, n);
    found[n] = 0;
    const bool pure = !*unit || strcmp(unit, "1") == 0;
    if (!n && !pure) return fail_bare(text, unit, e);
    struct cx_conversion c = {1, 0, 1};
    const enum cx_unit_fit fit =
        n ? cx_unit_conversion(found, pure ? "1" : unit, &c) : CX_UNIT_FITS;
    if (fit != CX_UNIT_FITS) return fail_fit(fit, text, found, unit, e);
    *value = cx_convert(&c, number);
    if (!isfinite(*value)) return cx_fail(e, CX_CONFIG, 24, "'%.60s' is too large a number", text);
    return CX_OK;
}

static enum cx_status fail_pattern(const char *entry, struct cx_error *e) {
    cx_fail(e, CX_CONFIG, 26, "'%.80s' is not a time or a pattern of times", entry);
    cx_hint(e, "write '6 h', 'every 7 day' or 'every 7 day from 7 day until 56 day'");
    return CX_CONFIG;
}

static enum cx_status append(struct cx_times *t, double h, struct cx_error *e) {
    if (t->n >= TIMES_MOST) {
        cx_fail(e, CX_CONFIG, 26, "more than %d times", TIMES_MOST);
        cx_hint(e, "use a longer interval");
        return CX_CONFIG;
    }
    if ((t->n & (t->n - 1)) == 0) { /* room doubles at each power of two */
        double *at = realloc(t->at, (size_t)(t->n ? 2 * t->n : 1) * sizeof *at);
        if (!at) return cx_fail(e, CX_STORAGE, 61, "no memory left for a list of times");
        t->at = at;
    }
    t->at[t->n++] = h;
    return CX_OK;
}

/* every STEP from FROM until UNTIL; both ends included, the last one within rounding. */
static enum cx_status append_pattern(const double every[3], struct cx_times *t,
                                     struct cx_error *e) {
    const double step = every[0], from = every[1], until = every[2];
    if (!(step > 0)) return cx_fail(e, CX_CONFIG, 26, "the interval of 'every' must be above 0");
    const double count = floor((until - from) / step * (1 + 1e-12) + 1e-9);
    if (count > TIMES_MOST) {
        cx_fail(e, CX_CONFIG, 26, "the pattern makes more than %d times", TIMES_MOST);
        cx_hint(e, "use a longer interval");
        return CX_CONFIG;
    }
    for (double k = 0; k <= count; k++) CX_TRY(append(t, from + k * step, e));
    return CX_OK;
}

/* Where the word stands alone in p, or NULL. */
static char *find_word(char *p, const char *word) {
    const size_t n = strlen(word);
    for (char *at = strstr(p, word); at; at = strstr(at + 1, word)) {
        const bool starts = at == p || isspace((unsigned char)at[-1]);
        if (starts && isspace((unsigned char)at[n])) return at;
    }
    return NULL;
}

/* `entry` is cut into its parts in place. */
static enum cx_status read_pattern(char *entry, double end, struct cx_times *t,
                                   struct cx_error *e) {
    char whole[128];
    cx_text_copy(whole, sizeof whole, entry);
    char *part[3] = {entry + strlen("every"), find_word(entry, "from"), find_word(entry, "until")};
    double every[3] = {0, 0, end};
    static const size_t skip[3] = {0, sizeof "from" - 1, sizeof "until" - 1};
    for (int i = 1; i < 3; i++)
        if (part[i]) *part[i] = 0;
    for (int i = 0; i < 3; i++) {
        if (!part[i]) continue;
        const char *text = skip_space(part[i] + skip[i]);
        if (!*text || find_word(part[i] + skip[i], "every")) return fail_pattern(whole, e);
        CX_TRY(cx_quantity_read(text, "h", &every[i], e));
    }
    return append_pattern(every, t, e);
}

static enum cx_status read_entry(char *entry, double end, struct cx_times *t, struct cx_error *e) {
    if (!*entry) return fail_pattern(entry, e);
    const bool pattern = strncmp(entry, "every", 5) == 0 && isspace((unsigned char)entry[5]);
    if (pattern) return read_pattern(entry, end, t, e);
    double h = 0;
    if (isalpha((unsigned char)*entry)) return fail_pattern(entry, e);
    CX_TRY(cx_quantity_read(entry, "h", &h, e));
    return append(t, h, e);
}

enum cx_status cx_times_read(const char *text, double end, struct cx_times *t, struct cx_error *e) {
    for (const char *p = text;; p++) {
        char entry[128];
        p = skip_space(p);
        const size_t n = strcspn(p, ","), used = trimmed(p, n);
        if (used >= sizeof entry) return fail_pattern(text, e);
        memcpy(entry, p, used);
        entry[used] = 0;
        CX_TRY(read_entry(entry, end, t, e));
        p += n;
        if (!*p) return CX_OK;
    }
}
