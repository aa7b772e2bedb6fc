/* png.c - see png.h.
 * Level 4 packs as small as cairo's writer does, which tries five filters on every row, in a third of its time.  Numbers
 * of colours of a smooth field differ little from those above them (filter "up"); to flat drawings filters only do harm. */
#include "report/png.h"

#include <math.h>
#include <png.h>
#include <stdlib.h>
#include <string.h>

enum { LEVEL = 4, DEPTH = 8 };

void cx_blob_free(struct cx_blob *b) {
    free(b->at);
    *b = (struct cx_blob){0};
}

bool cx_blob_add(struct cx_blob *b, const void *data, size_t n) {
    if (b->n + n > b->room) {
        const size_t room = 2 * (b->n + n);
        unsigned char *at = realloc(b->at, room);
        if (!at) return false;
        b->at = at;
        b->room = room;
    }
    memcpy(b->at + b->n, data, n);
    b->n += n;
    return true;
}

/* The library hands the bytes over piece by piece; if there is no room, it jumps back to write_all(). */
static void keep(png_structp png, png_bytep data, size_t n) {
    if (!cx_blob_add(png_get_io_ptr(png), data, n)) png_error(png, "no memory");
}
static void keep_no_more(png_structp png) { (void)png; }

static void put_head(png_structp png, png_infop info, const struct cx_png *p) {
    const png_uint_32 per_metre = (png_uint_32)lround(p->dpi / 0.0254);
    png_color colours[CX_PNG_COLOURS];
    png_set_compression_level(png, LEVEL);
    png_set_filter(png, PNG_FILTER_TYPE_BASE, p->colours ? PNG_FILTER_UP : PNG_FILTER_NONE);
    png_set_IHDR(png, info, (png_uint_32)p->width, (png_uint_32)p->height, DEPTH,
                 p->colours ? PNG_COLOR_TYPE_PALETTE : PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE,
                 PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    if (p->dpi > 0) png_set_pHYs(png, info, per_metre, per_metre, PNG_RESOLUTION_METER);
    for (int i = 0; p->colours && i < CX_PNG_COLOURS; i++)
        colours[i] =
            (png_color){(png_byte)(p->colours[i] >> 16), (png_byte)(p->colours[i] >> 8 & 0xff),
                        (png_byte)(p->colours[i] & 0xff)};
    if (p->colours) png_set_PLTE(png, info, colours, CX_PNG_COLOURS);
    png_write_info(png, info);
}

static void rgb_of(const unsigned char *pixels, int width, png_byte *out) {
    uint32_t rgb;
    for (int x = 0; x < width; x++, pixels += sizeof rgb, out += 3) {
        memcpy(&rgb, pixels, sizeof rgb);
        out[0] = (png_byte)(rgb >> 16 & 0xff);
        out[1] = (png_byte)(rgb >> 8 & 0xff);
        out[2] = (png_byte)(rgb & 0xff);
    }
}

/* row: room for one of three bytes per pixel.  Nothing that changes here is asked for after a jump. */
static bool write_all(png_structp png, png_infop info, const struct cx_png *p, png_byte *row) {
    const unsigned char *pixels = p->pixels;
    if (setjmp(png_jmpbuf(png))) return false;
    put_head(png, info, p);
    for (int y = 0; y < p->height; y++) {
        const unsigned char *at = pixels + p->stride * (size_t)y;
        if (!p->colours) rgb_of(at, p->width, row);
        png_write_row(png, p->colours ? at : row);
    }
    png_write_end(png, info);
    return true;
}

enum cx_status cx_png_make(const struct cx_png *p, struct cx_blob *out, struct cx_error *e) {
    *out = (struct cx_blob){0};
    png_byte *row = malloc(3 * (size_t)p->width);
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
    png_infop info = png ? png_create_info_struct(png) : NULL;
    bool fine = row && info;
    if (fine) {
        png_set_write_fn(png, out, keep, keep_no_more);
        fine = write_all(png, info, p, row);
    }
    png_destroy_write_struct(&png, &info);
    free(row);
    if (fine) return CX_OK;
    cx_blob_free(out);
    return cx_fail(e, CX_STORAGE, 61, "no memory for a picture of %d x %d", p->width, p->height);
}
