/* movie_ffmpeg.c - see movie_ffmpeg.h. */
#include "app/movie_ffmpeg.h"

#include "app/app.h"
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { NOT_THERE = 127 };

/* Talks to nobody: frames come through stdin, the file is named. */
static void become(const struct cx_ffmpeg *p, const char *size, const char *rate) {
    const char *const words[] = {
        "ffmpeg",  "-loglevel", "quiet",     "-y", "-f",  "rawvideo", "-pix_fmt", "bgra",
        "-s",      size,        "-r",        rate, "-i",  "-",        "-an",      "-pix_fmt",
        "yuv420p", "-movflags", "faststart", "-f", "mp4", p->tmp,     NULL};
    char *copy[sizeof words / sizeof *words];
    memcpy(copy, words, sizeof words);
    execvp("ffmpeg", copy);
    _exit(NOT_THERE);
}

static enum cx_status start(struct cx_ffmpeg *p, const struct cx_movie_frame *f,
                            struct cx_error *e) {
    int ends[2];
    char size[32], rate[16];
    snprintf(size, sizeof size, "%dx%d", f->width, f->height);
    snprintf(rate, sizeof rate, "%d", p->per_second);
    snprintf(p->tmp, sizeof p->tmp, "%.590s.tmp", p->path);
    if (pipe(ends)) return cx_fail_system(e, 71, errno, "make a pipe for", p->path);
    p->child = fork();
    if (p->child == 0) {
        setpgid(0, 0); /* Ctrl-C is ours: we end it */
        const int nowhere = open("/dev/null", O_WRONLY);
        dup2(ends[0], 0);
        dup2(nowhere, 1);
        dup2(nowhere, 2);
        close(ends[0]);
        close(ends[1]);
        become(p, size, rate);
    }
    close(ends[0]);
    p->pipe = ends[1];
    if (p->child > 0) return CX_OK;
    close(p->pipe);
    p->child = 0;
    return cx_fail_system(e, 71, errno, "start ffmpeg for", p->path);
}

/* The exit code tells the two apart. */
static enum cx_status no_ffmpeg(const struct cx_ffmpeg *p, int how, struct cx_error *e) {
    const bool absent = WIFEXITED(how) && WEXITSTATUS(how) == NOT_THERE;
    cx_fail(e, CX_STORAGE, 71, absent ? "%.200s: ffmpeg is not installed" : "%.200s: ffmpeg failed",
            p->path);
    cx_hint(e, "a file that ends in .webp needs no other program");
    return CX_STORAGE;
}

/* Whoever reads the other end may be gone: then its end says why. */
enum cx_status cx_ffmpeg_put(void *ffmpeg, const struct cx_movie_frame *f, struct cx_error *e) {
    struct cx_ffmpeg *p = ffmpeg;
    const char *at = (const char *)f->pixel;
    size_t left = (size_t)f->width * (size_t)f->height * 4;
    if (!p->child) CX_TRY(start(p, f, e));
    while (left) {
        const ssize_t n = write(p->pipe, at, left);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return cx_ffmpeg_end(p, true, e);
        at += n;
        left -= (size_t)n;
    }
    return CX_OK;
}

enum cx_status cx_ffmpeg_end(struct cx_ffmpeg *p, bool keep, struct cx_error *e) {
    int how = 0;
    if (!p->child) return CX_OK;
    close(p->pipe);
    if (!keep) kill(p->child, SIGKILL);
    while (waitpid(p->child, &how, 0) < 0 && errno == EINTR) continue;
    p->child = 0;
    if (keep && WIFEXITED(how) && WEXITSTATUS(how) == 0) return cx_file_rename(p->tmp, p->path, e);
    struct cx_error unheard;
    cx_file_remove(p->tmp, &unheard);
    return keep ? no_ffmpeg(p, how, e) : CX_OK;
}
