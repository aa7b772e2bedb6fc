/* png.h - pixels as PNG bytes, for pages: pictures of a map travel as numbers of colours, a third of the bytes.
 * Knows pixels, not what they show. */
#ifndef CX_REPORT_PNG_H
#define CX_REPORT_PNG_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Bytes of a picture, heap owned. */
struct cx_blob {
    unsigned char *at;
    size_t n, room;
};
/* false: no memory, and nothing is added. */
bool cx_blob_add(struct cx_blob *b, const void *data, size_t n);
void cx_blob_free(struct cx_blob *b);

enum { CX_PNG_COLOURS = 256 };
struct cx_png {
    int width, height;
    size_t stride;           /* bytes from row to row */
    const uint32_t *colours; /* [CX_PNG_COLOURS] of 0xRRGGBB, or NULL */
    const void *
        pixels; /* rows from the top: a byte each, its colour's number; without colours 0x..RRGGBB */
    double dpi; /* so that the picture has its size on a page; 0: not said */
};
/* Errors: E061 no memory. */
enum cx_status cx_png_make(const struct cx_png *p, struct cx_blob *out, struct cx_error *e);

#endif
