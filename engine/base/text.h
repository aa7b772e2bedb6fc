/* text.h - text that grows, numbers in the C locale whatever the program's locale is, UTF-8, and
 * nearest names. Knows no science. */
#ifndef CX_BASE_TEXT_H
#define CX_BASE_TEXT_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>

/* A string that grows.  Start from {0}; free(at) when done.  `starved`: memory ran out, the text
 * is cut. */
struct cx_text {
    char *at;
    size_t n, room;
    bool starved;
};
void cx_text_add(struct cx_text *t, const char *fmt, ...) CX_PRINTF(2, 3);
/* The finished string, heap owned by the caller; NULL if memory ran out at any moment. */
char *cx_text_take(struct cx_text *t);

/* Copies with a limit and always ends the string; false if it did not fit. */
bool cx_text_copy(char *to, size_t room, const char *from);

/* Plain decimal number at the start of `text` (no hexadecimal, nan, infinity, comma); `*rest` is
 * what follows it. False if there is none.  Overflow gives an infinite value. */
bool cx_number_read(const char *text, const char **rest, double *value);
/* Shortest text that reads back to the same bits. */
void cx_number_write(double value, char out[32]);

/* First byte that is not valid UTF-8 or is 0 or a control character other than tab and line ends;
 * -1 if all is well. */
ptrdiff_t cx_utf8_fault(const char *text, size_t n);

/* Damerau-Levenshtein distance: insertions, deletions, replacements and swaps of neighbours; of
 * the first 63 bytes. */
int cx_name_distance(const char *a, const char *b);

/* The nearest of many names, one offered at a time.  Start from {.wanted = ...}; `exact` takes
 * equal names only. */
struct cx_nearest {
    const char *wanted, *name;
    int distance;
    bool exact;
};
void cx_nearest_offer(struct cx_nearest *n, const char *name);
/* The winner, or NULL if none is near enough to be meant. */
const char *cx_nearest_name(const struct cx_nearest *n);

#endif
