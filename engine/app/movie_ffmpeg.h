/* movie_ffmpeg.h - MP4 through the program ffmpeg, where it is installed. */
#ifndef CX_APP_MOVIE_FFMPEG_H
#define CX_APP_MOVIE_FFMPEG_H

#include "report/movie.h"

#include <sys/types.h>

struct cx_ffmpeg {
    const char *path;
    char tmp[600]; /* what ffmpeg writes, until it is whole */
    int per_second, pipe;
    pid_t child; /* 0: not started */
};
/* Starts ffmpeg with the first frame. */
enum cx_status cx_ffmpeg_put(void *ffmpeg, const struct cx_movie_frame *f, struct cx_error *e);
/* Waits for it and renames the file; `keep` false drops what there is. */
enum cx_status cx_ffmpeg_end(struct cx_ffmpeg *p, bool keep, struct cx_error *e);

#endif
