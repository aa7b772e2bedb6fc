/* words.c - see words.h. */
#include "report/words.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const superscript[] = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};

/* Appends `more` to the word as far as there is room; never cuts inside a UTF-8 character. */
static void append(char out[CX_WORD], const char *more) {
    const size_t have = strlen(out), add = strlen(more);
    if (have + add < CX_WORD) memcpy(out + have, more, add + 1);
}
static void append_char(char out[CX_WORD], char c) { append(out, (const char[]){c, '\0'}); }

/* "×10⁻⁷": text, so that it works in a drawing and in a table alike. */
static void append_power(char out[CX_WORD], int power) {
    char digits[16];
    snprintf(digits, sizeof digits, "%d", abs(power));
    append(out, "×10");
    if (power < 0) append(out, "⁻");
    for (const char *d = digits; *d; d++) append(out, superscript[*d - '0']);
}

/* Digits of |value| with a thin space before every third one when there are five or more before the point. */
static void append_grouped(char out[CX_WORD], const char *digits) {
    const size_t whole = strcspn(digits, ".");
    for (size_t i = 0; digits[i]; i++) {
        if (whole > 4 && i && i < whole && (whole - i) % 3 == 0) append(out, "\u202f");
        append_char(out, digits[i]);
    }
}

/* "2.50" -> "2.5", "3.00" -> "3". */
static void trim_zeros(char *digits) {
    if (!strchr(digits, '.')) return;
    char *end = digits + strlen(digits) - 1;
    while (*end == '0') *end-- = '\0';
    if (*end == '.') *end = '\0';
}

void cx_number_text(double value, char out[CX_WORD]) {
    char digits[64];
    out[0] = '\0';
    if (isnan(value)) {
        append(out, "–");
        return;
    }
    if (value < 0) append(out, "−");
    if (isinf(value)) {
        append(out, "∞");
        return;
    }
    const double size = fabs(value);
    if (size == 0) {
        append(out, "0");
        return;
    }
    int power = (int)floor(log10(size));
    const bool scientific = size < 9.995e-4 || size >= 1e6;
    const double shown = scientific ? size / pow(10, power) : size;
    const int decimals = scientific ? 2 : power < 2 ? 2 - power : 0;
    snprintf(digits, sizeof digits, "%.*f", decimals, shown);
    trim_zeros(digits);
    append_grouped(out, digits);
    if (scientific) append_power(out, power);
}

/* Units ------------------------------------------------------------------------------------------------------------ */
static const struct {
    const char *word, *shown;
} unit_words[] = {
    {"um", "µm"}, {"ug", "µg"},     {"uL", "µL"},    {"umol", "µmol"},
    {"uM", "µM"}, {"percent", "%"}, {"degree", "°"}, {"ohm", "Ω"},
};

/* Letters of a unit up to a digit or sign, in the spelling of print. */
static void append_unit_word(char out[CX_WORD], const char *word, size_t n) {
    for (size_t i = 0; i < sizeof unit_words / sizeof *unit_words; i++) {
        if (strlen(unit_words[i].word) != n || strncmp(unit_words[i].word, word, n) != 0) continue;
        append(out, unit_words[i].shown);
        return;
    }
    for (size_t i = 0; i < n; i++) append_char(out, word[i]);
}

static bool is_plain(const char *unit) { return !*unit || strcmp(unit, "1") == 0; }

void cx_unit_text(const char *unit, char out[CX_WORD]) {
    out[0] = '\0';
    if (!unit || is_plain(unit)) return;
    bool after_letter = false;
    for (const char *c = unit; *c;) {
        const size_t letters = strspn(c, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_");
        if (letters)
            append_unit_word(out, c, letters);
        else if (after_letter && isdigit((unsigned char)*c))
            append(out, superscript[*c - '0']);
        else if (after_letter && *c == '-' && isdigit((unsigned char)c[1]))
            append(out, "⁻");
        else if (*c != '^')
            append_char(out, *c);
        after_letter = letters || (after_letter && (*c == '-' || *c == '^'));
        c += letters ? letters : 1;
    }
}

/* Names ------------------------------------------------------------------------------------------------------------ */
static const struct {
    const char *word, *shown;
} name_words[] = {
    {"tgfb1", "TGF-β1"},
    {"tgfb3", "TGF-β3"},
    {"tgfb", "TGF-β"},
    {"tgf", "TGF"},
    {"il1", "IL-1"},
    {"il10", "IL-10"},
    {"il6", "IL-6"},
    {"tnf", "TNF"},
    {"pdgf", "PDGF"},
    {"vegf", "VEGF"},
    {"kgf", "KGF"},
    {"mmp", "MMP"},
    {"timp", "TIMP"},
    {"m1", "M1"},
    {"m2", "M2"},
    {"tewl", "TEWL"},
    {"collagen_1", "collagen I"},
    {"collagen_3", "collagen III"},
    {"collagen1", "collagen I"},
    {"collagen3", "collagen III"},
    {"iii_to_i", "III : I ratio"},
};

/* The longest known word at c that ends at an underscore or the end. */
static int known_word(const char *c) {
    int best = -1;
    for (int i = 0; i < (int)(sizeof name_words / sizeof *name_words); i++) {
        const size_t n = strlen(name_words[i].word);
        const bool ends = strncmp(c, name_words[i].word, n) == 0 && (c[n] == '_' || c[n] == '\0');
        if (ends && (best < 0 || n > strlen(name_words[best].word))) best = i;
    }
    return best;
}

void cx_name_text(const char *name, char out[CX_WORD]) {
    out[0] = '\0';
    for (const char *c = name ? name : ""; *c;) {
        const int known = known_word(c);
        const size_t n = known >= 0 ? strlen(name_words[known].word) : strcspn(c, "_");
        if (known >= 0) append(out, name_words[known].shown);
        for (size_t i = 0; known < 0 && i < n; i++) append_char(out, c[i]);
        c += n;
        if (*c == '_') {
            append(out, " ");
            c++;
        }
    }
}

void cx_day_text(double day, char out[CX_WORD]) {
    char number[CX_WORD];
    const double hours = day * 24;
    if (isnan(day)) {
        snprintf(out, CX_WORD, "–");
        return;
    }
    if (fabs(day) < 1e-9) {
        snprintf(out, CX_WORD, "day 0");
        return;
    }
    if (hours < 0.995) {
        cx_number_text(hours * 60, number);
        snprintf(out, CX_WORD, "%.40s min", number);
    } else if (day < 0.995) {
        cx_number_text(hours, number);
        snprintf(out, CX_WORD, "%.40s h", number);
    } else {
        cx_number_text(day, number);
        snprintf(out, CX_WORD, "day %.40s", number);
    }
}
