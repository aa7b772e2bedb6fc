/* text.c - see text.h */
#include "base/text.h"

#include <ctype.h>
#include <locale.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Makes room for `more` further bytes and the end mark. */
static bool grow(struct cx_text *t, size_t more) {
    if (t->n + more < t->room) return true;
    const size_t room = 2 * (t->n + more) + 256;
    char *at = realloc(t->at, room);
    if (!at) return false;
    t->at = at;
    t->room = room;
    return true;
}

/* Most texts fit where they are printed first; the others are printed again once there is room. */
void cx_text_add(struct cx_text *t, const char *fmt, ...) {
    va_list ap, again;
    const size_t left = t->room - t->n;
    va_start(ap, fmt);
    va_copy(again, ap);
    const int n = vsnprintf(left ? t->at + t->n : NULL, left, fmt, ap);
    va_end(ap);
    const bool fits = n >= 0 && (size_t)n < left, grown = !fits && n >= 0 && grow(t, (size_t)n);
    if (grown) vsnprintf(t->at + t->n, t->room - t->n, fmt, again);
    if (fits || grown)
        t->n += (size_t)n;
    else
        t->starved = true;
    if (t->at) t->at[t->n] = 0;
    va_end(again);
}

char *cx_text_take(struct cx_text *t) {
    if (!t->at) cx_text_add(t, "%s", "");
    char *at = t->at;
    if (t->starved) {
        free(at);
        at = NULL;
    }
    *t = (struct cx_text){0};
    return at;
}

bool cx_text_copy(char *to, size_t room, const char *from) {
    const int n = snprintf(to, room, "%s", from);
    return n >= 0 && (size_t)n < room;
}

/* A library must not trust that nobody called setlocale(): a decimal comma would cut 1.5 to 1. */
static locale_t c_locale_enter(locale_t *c) {
    *c = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    return uselocale(*c);
}

static void c_locale_leave(locale_t before, locale_t c) {
    uselocale(before);
    if (c) freelocale(c);
}

static const char *skip_digits(const char *p) {
    while (isdigit((unsigned char)*p)) p++;
    return p;
}

/* End of "[+-]digits[.digits][e[+-]digits]", or NULL. */
static const char *number_end(const char *p) {
    if (*p == '+' || *p == '-') p++;
    const char *whole = p;
    p = skip_digits(p);
    bool digits = p > whole;
    if (*p == '.') {
        const char *part = p + 1;
        p = skip_digits(part);
        digits = digits || p > part;
    }
    if (!digits) return NULL;
    if (*p != 'e' && *p != 'E') return p;
    const char *power = p + 1 + (p[1] == '+' || p[1] == '-');
    const char *end = skip_digits(power);
    return end > power ? end : p;
}

bool cx_number_read(const char *text, const char **rest, double *value) {
    char digits[128];
    const char *end = number_end(text);
    if (!end || (size_t)(end - text) >= sizeof digits) return false;
    memcpy(digits, text, (size_t)(end - text));
    digits[end - text] = 0;
    locale_t c, before = c_locale_enter(&c);
    *value = strtod(digits, NULL);
    c_locale_leave(before, c);
    *rest = end;
    return true;
}

void cx_number_write(double value, char out[32]) {
    char text[32] = "";
    locale_t c, before = c_locale_enter(&c);
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(text, sizeof text, "%.*g", digits, value);
        if (strtod(text, NULL) == value) break;
    }
    c_locale_leave(before, c);
    memcpy(out, text, sizeof text);
}

/* Bytes of the UTF-8 character at p, 0 if it is broken.  left: bytes until the end. */
static size_t utf8_length(const unsigned char *p, size_t left) {
    static const struct {
        unsigned char mask, lead;
        unsigned least;
    } form[] = {{0x80, 0x00, 0}, {0xe0, 0xc0, 0x80}, {0xf0, 0xe0, 0x800}, {0xf8, 0xf0, 0x10000}};
    for (size_t n = 1; n <= 4; n++) {
        if ((p[0] & form[n - 1].mask) != form[n - 1].lead) continue;
        if (n > left) return 0;
        unsigned code = p[0] & (unsigned char)~form[n - 1].mask;
        for (size_t i = 1; i < n; i++) {
            if ((p[i] & 0xc0) != 0x80) return 0;
            code = code << 6 | (p[i] & 0x3fu);
        }
        const bool surrogate = code >= 0xd800 && code <= 0xdfff;
        return code < form[n - 1].least || code > 0x10ffff || surrogate ? 0 : n;
    }
    return 0;
}

ptrdiff_t cx_utf8_fault(const char *text, size_t n) {
    const unsigned char *p = (const unsigned char *)text;
    for (size_t i = 0; i < n;) {
        const bool control = (p[i] < 0x20 && !strchr("\t\n\r", p[i])) || p[i] == 0x7f || !p[i];
        const size_t length = control ? 0 : utf8_length(p + i, n - i);
        if (!length) return (ptrdiff_t)i;
        i += length;
    }
    return -1;
}

static int least(int a, int b) { return a < b ? a : b; }

int cx_name_distance(const char *a, const char *b) {
    enum { MOST = 64 };
    int rows[3][MOST]; /* last three rows of the table of distances between beginnings */
    const int na = (int)strnlen(a, MOST - 1), nb = (int)strnlen(b, MOST - 1);
    for (int j = 0; j <= nb; j++) rows[0][j] = j;
    for (int i = 1; i <= na; i++) {
        int *now = rows[i % 3], *up = rows[(i + 2) % 3], *up2 = rows[(i + 1) % 3];
        now[0] = i;
        for (int j = 1; j <= nb; j++) {
            const int swap = tolower((unsigned char)a[i - 1]) != tolower((unsigned char)b[j - 1]);
            now[j] = least(least(up[j], now[j - 1]) + 1, up[j - 1] + swap);
            const bool crossed = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            if (crossed) now[j] = least(now[j], up2[j - 2] + 1);
        }
    }
    return rows[na % 3][nb];
}

void cx_nearest_offer(struct cx_nearest *n, const char *name) {
    const bool equal = strcmp(n->wanted, name) == 0;
    if (n->exact && !equal) return;
    const int distance = equal ? 0 : cx_name_distance(n->wanted, name);
    if (n->name && distance >= n->distance) return;
    n->name = name;
    n->distance = distance;
}

const char *cx_nearest_name(const struct cx_nearest *n) {
    if (!n->name) return NULL;
    const int longest =
        (int)(strlen(n->wanted) > strlen(n->name) ? strlen(n->wanted) : strlen(n->name));
    return n->distance <= 1 + longest / 4 ? n->name : NULL;
}
