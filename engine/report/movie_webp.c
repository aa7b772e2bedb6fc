/* movie_webp.c - animated WebP through libwebp and libwebpmux (declared in movie.h). */
#include "report/movie.h"

#include "base/file.h"

#include <stdlib.h>
#include <string.h>
#include <webp/encode.h>
#include <webp/mux.h>

struct cx_webp {
    WebPAnimEncoder *encoder; /* made with the first frame, which tells the size */
    WebPConfig config;
};

enum cx_status cx_webp_open(struct cx_webp **w, struct cx_error *e) {
    *w = calloc(1, sizeof **w);
    if (!*w) return cx_fail(e, CX_STORAGE, 61, "no memory for an animation");
    if (!WebPConfigInit(&(*w)->config)) {
        free(*w);
        return cx_fail(e, CX_INTERNAL, 0, "libwebp does not fit its headers");
    }
    (*w)->config.quality = 85;
    (*w)->config.method = 2; /* twice as fast as the default, files a tenth larger */
    return CX_OK;
}

static bool begin(struct cx_webp *w, const struct cx_movie_frame *f) {
    WebPAnimEncoderOptions options;
    if (!WebPAnimEncoderOptionsInit(&options)) return false;
    options.allow_mixed = 1; /* each frame as the smaller of lossy and lossless */
    options.kmax = 0;        /* no key frames besides the first */
    w->encoder = WebPAnimEncoderNew(f->width, f->height, &options);
    return w->encoder != NULL;
}

enum cx_status cx_webp_put(struct cx_webp *w, const struct cx_movie_frame *f, struct cx_error *e) {
    WebPPicture picture;
    if (!w->encoder && !begin(w, f))
        return cx_fail(e, CX_STORAGE, 61, "no memory for an animation of %d x %d", f->width,
                       f->height);
    if (!WebPPictureInit(&picture)) return cx_fail(e, CX_INTERNAL, 0, "libwebp cannot start");
    picture.use_argb = 1;
    picture.width = f->width;
    picture.height = f->height;
    bool done = WebPPictureAlloc(&picture);
    for (int y = 0; y < f->height && done; y++)
        memcpy(picture.argb + (size_t)y * (size_t)picture.argb_stride,
               f->pixel + (size_t)y * (size_t)f->width, (size_t)f->width * sizeof *f->pixel);
    done = done && WebPAnimEncoderAdd(w->encoder, &picture, f->at_ms, &w->config);
    WebPPictureFree(&picture);
    if (done) return CX_OK;
    return cx_fail(e, CX_STORAGE, 61, "frame %d cannot be encoded: %s", f->number + 1,
                   WebPAnimEncoderGetError(w->encoder));
}

static enum cx_status finish(struct cx_webp *w, int end_ms, const char *path, struct cx_error *e) {
    WebPData data;
    WebPDataInit(&data);
    const bool done = w->encoder && WebPAnimEncoderAdd(w->encoder, NULL, end_ms, NULL) &&
                      WebPAnimEncoderAssemble(w->encoder, &data);
    const enum cx_status status =
        done ? cx_file_write(path, data.bytes, data.size, e)
             : cx_fail(e, CX_STORAGE, 61, "the animation cannot be put together: %s",
                       w->encoder ? WebPAnimEncoderGetError(w->encoder) : "no frame");
    WebPDataClear(&data);
    return status;
}

enum cx_status cx_webp_close(struct cx_webp *w, int end_ms, const char *path, struct cx_error *e) {
    const enum cx_status status = path ? finish(w, end_ms, path, e) : CX_OK;
    if (w->encoder) WebPAnimEncoderDelete(w->encoder);
    free(w);
    return status;
}
