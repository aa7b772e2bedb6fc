/* page.h - pieces of an HTML page in a growing text: foreign text is escaped here, pictures and tables are embedded
 * here.  Markup of our own goes straight through cx_text_add(): never pass foreign text to it.
 * Knows HTML, not results. */
#ifndef CX_REPORT_PAGE_H
#define CX_REPORT_PAGE_H

#include "base/error.h"
#include "base/text.h"

#include <stddef.h>

/* Foreign text, safe between tags and inside a quoted attribute. */
void cx_page_text(struct cx_text *p, const char *raw);
/* "data:TYPE;base64,..." of n bytes.  A lack of memory sticks to the page. */
void cx_page_data(struct cx_text *p, const char *type, const void *data, size_t n);

/* Foreign text as a JSON string with its quotes; safe inside a script element too. */
void cx_page_json(struct cx_text *p, const char *raw);
/* A number as JSON; one that is not finite is null. */
void cx_page_json_number(struct cx_text *p, double value);

/* "Content-Security-Policy": one script by its SHA-256, nothing from elsewhere (interactive.c). */
void cx_page_policy(struct cx_text *p, const char *script);

/* The style sheet: both themes, narrow screens, print. */
void cx_page_style(struct cx_text *p);

/* A page as a whole. */
struct cx_page {
    const char *folder, *file; /* "gallery.html" in the folder */
    const char *what;          /* it is called in messages: "gallery" */
    /* Reads what the page needs from `of` and fills it.  Numbers are in the C locale meanwhile: a decimal comma would break
     * every drawing. */
    enum cx_status (*put)(struct cx_text *p, const void *of, struct cx_error *e);
    const void *of;
};
/* All or nothing: an older page stays until the new one is whole.  *bytes: its size; may be NULL.
 * Errors: those of put; E061, E071.., E074 the path is too long, E077 the page is too large. */
enum cx_status cx_page_write(const struct cx_page *page, size_t *bytes, struct cx_error *e);

#endif
