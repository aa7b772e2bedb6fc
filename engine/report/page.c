/* page.c - see page.h. */
#include "report/page.h"

#include "base/base64.h"
#include "base/file.h"

#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { PAGE_LIMIT = 5 * 1000 * 1000 }; /* bytes: what a mail or a browser takes */

static const char *entity(unsigned char c) {
    switch (c) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return "&quot;";
    case '\'': return "&#39;";
    default: return c < 32 && c != '\n' && c != '\t' ? " " : NULL;
    }
}

void cx_page_text(struct cx_text *p, const char *raw) {
    const char *c = raw ? raw : "";
    while (*c) {
        int plain = 0; /* a run that needs no escape goes in one piece */
        while (c[plain] && plain < 4096 && !entity((unsigned char)c[plain])) plain++;
        if (plain)
            cx_text_add(p, "%.*s", plain, c);
        else
            cx_text_add(p, "%s", entity((unsigned char)*c));
        c += plain ? plain : 1;
    }
}

void cx_page_data(struct cx_text *p, const char *type, const void *data, size_t n) {
    char *text = cx_base64(data, n);
    if (text)
        cx_text_add(p, "data:%s;base64,%s", type, text);
    else
        p->starved = true;
    free(text);
}

/* The signs of markup are escaped as well: no text can close the element that the JSON stands in. */
void cx_page_json(struct cx_text *p, const char *raw) {
    cx_text_add(p, "\"");
    for (const char *c = raw ? raw : ""; *c; c++) {
        const unsigned char byte = (unsigned char)*c;
        if (byte < 32 || byte == 127 || *c == '<' || *c == '>' || *c == '&' || *c == '"' ||
            *c == '\\' || *c == '\'')
            cx_text_add(p, "\\u%04x", byte);
        else
            cx_text_add(p, "%c", *c);
    }
    cx_text_add(p, "\"");
}

void cx_page_json_number(struct cx_text *p, double value) {
    if (isfinite(value))
        cx_text_add(p, "%.6g", value);
    else
        cx_text_add(p, "null");
}

static enum cx_status keep(const struct cx_page *page, const struct cx_text *p,
                           struct cx_error *e) {
    char path[1024];
    if (p->starved)
        return cx_fail(e, CX_STORAGE, 61, "no memory for the page of the %s", page->what);
    if (p->n > PAGE_LIMIT)
        return cx_fail(e, CX_STORAGE, 77, "the %s would have %zu bytes, above the limit of %d",
                       page->what, p->n, PAGE_LIMIT);
    const int n = snprintf(path, sizeof path, "%s/%s", page->folder, page->file);
    if (n >= (int)sizeof path)
        return cx_fail(e, CX_STORAGE, 74, "the path of the folder is too long");
    return cx_file_write(path, p->at, p->n, e);
}

enum cx_status cx_page_write(const struct cx_page *page, size_t *bytes, struct cx_error *e) {
    struct cx_text p = {0};
    const locale_t plain = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    const locale_t before = uselocale(plain);
    enum cx_status status = page->put(&p, page->of, e);
    if (status == CX_OK) status = keep(page, &p, e);
    if (bytes) *bytes = p.n;
    free(p.at);
    uselocale(before);
    freelocale(plain);
    return status;
}
