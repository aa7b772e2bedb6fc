/* movie.h - a field as it changes: frames between the stored times, handed to whoever encodes them; animated WebP is built
 * in.  Knows figures and pixels. */
#ifndef CX_REPORT_MOVIE_H
#define CX_REPORT_MOVIE_H

#include "report/plot.h"

#include <signal.h>

struct cx_movie_ask {
    struct cx_plot_ask figure; /* SECTION or MAP, one name; width_mm and dpi give the pixels */
    bool even; /* equal steps of time; else early days get as much room as late weeks */
    double seconds;
    int per_second;
};

/* 0xAARRGGBB, opaque, without gaps between rows. */
struct cx_movie_frame {
    int number, count, width, height;
    int at_ms; /* since the start */
    double day;
    const uint32_t *pixel;
};
/* Gets each frame in order; an error ends the movie. */
struct cx_movie_sink {
    enum cx_status (*put)(void *user, const struct cx_movie_frame *f, struct cx_error *e);
    void *user;
    const volatile sig_atomic_t *stop; /* not 0: ends with CX_INTERRUPTED; may be NULL */
};
enum cx_status cx_movie_play(const struct cx_plot_source *s, const struct cx_movie_ask *ask,
                             const struct cx_movie_sink *to, struct cx_error *e);
/* The time that share 0..1 of the movie shows. */
double cx_movie_day(const struct cx_result *r, bool even, double share);

/* An animated WebP in memory. */
struct cx_webp;
enum cx_status cx_webp_open(struct cx_webp **w, struct cx_error *e);
enum cx_status cx_webp_put(struct cx_webp *w, const struct cx_movie_frame *f, struct cx_error *e);
/* Writes `path` as a whole or not at all; NULL drops it. */
enum cx_status cx_webp_close(struct cx_webp *w, int end_ms, const char *path, struct cx_error *e);

#endif
