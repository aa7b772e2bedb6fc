/* verb_movie.c - a field as it changes: animated WebP built in, MP4 where ffmpeg is. */
#include "app/movie_ffmpeg.h"
#include "app/verbs.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const struct cx_option options[] = {
    CX_TAKES("field", 0, field, "NAME", "what moves: cicatrix plot --list DIR"),
    CX_TAKES("output", 'o', output, "FILE", ".webp, or .mp4 with ffmpeg (default: NAME.webp)"),
    CX_TAKES("plane", 0, plane, "PLACE", "of the section: \"y = 0.5 mm\" or \"x = 0.5 mm\""),
    CX_TAKES("depth", 0, depth, "DEPTH", "from above at this depth instead of a section"),
    CX_FLAG("even", 0, even, "equal steps of time (default: early days take longer)"),
    CX_TAKES("seconds", 0, seconds, "N", "how long it takes (default: 8)"),
    CX_TAKES("width", 0, width, "WIDTH", "of the picture (default: \"110 mm\")"),
    CX_TAKES("dpi", 0, dpi, "N", "pixels per inch (default: 150)"),
    {0},
};

const struct cx_usage cx_usage_movie = {
    .words = "DIR --field NAME [-o FILE.webp]",
    .examples = "cicatrix movie outputs/quickstart --field collagen_3 -o collagen.webp\n"
                "cicatrix movie outputs/quickstart --field il1 --even --seconds 12\n"
                "cicatrix movie outputs/block --field il1 --depth \"0.2 mm\" -o il1.mp4",
    .options = options,
    .least = 1,
    .most = 1,
};

/* Where the frames go. */
struct reel {
    struct cx_app *app;
    const char *path;
    struct cx_webp *webp; /* or: */
    struct cx_ffmpeg ffmpeg;
    bool open; /* a redrawn line waits for its end */
};

static bool ends_in(const char *path, const char *ending) {
    const size_t n = strlen(path), m = strlen(ending);
    return n > m && strcmp(path + n - m, ending) == 0;
}

/* A log needs no line per frame. */
static void tell(struct reel *r, const struct cx_movie_frame *f) {
    if (r->app->ask.quiet || !r->app->redraws) return;
    fprintf(r->app->talk, "\rframe %d of %d  day %.3g\033[K", f->number + 1, f->count, f->day);
    fflush(r->app->talk);
    r->open = true;
}

static enum cx_status put(void *reel, const struct cx_movie_frame *f, struct cx_error *e) {
    struct reel *r = reel;
    CX_TRY(r->webp ? cx_webp_put(r->webp, f, e) : cx_ffmpeg_put(&r->ffmpeg, f, e));
    tell(r, f);
    return CX_OK;
}

/* The file is there as a whole or not at all. */
static enum cx_status finish(struct reel *r, enum cx_status status, double seconds,
                             struct cx_error *e) {
    if (r->open) fputc('\n', r->app->talk);
    if (!r->webp) {
        const enum cx_status ended = cx_ffmpeg_end(&r->ffmpeg, !status, status ? NULL : e);
        return status ? status : ended;
    }
    const enum cx_status ended = cx_webp_close(r->webp, (int)lround(1000 * seconds),
                                               status ? NULL : r->path, status ? NULL : e);
    return status ? status : ended;
}

/* Ctrl-C ends it between two frames. */
static enum cx_status film(struct reel *r, const struct cx_plot_source *s,
                           const struct cx_movie_ask *ask, struct cx_error *e) {
    const struct cx_movie_sink to = {put, r, cx_signals_run()};
    if (ends_in(r->path, ".webp")) CX_TRY(cx_webp_open(&r->webp, e));
    r->ffmpeg = (struct cx_ffmpeg){.path = r->path, .per_second = ask->per_second};
    const enum cx_status status = cx_movie_play(s, ask, &to, e);
    return finish(r, status, ask->seconds, e);
}

static enum cx_status read_ask(const struct cx_app *a, struct cx_movie_ask *ask,
                               struct cx_error *e) {
    struct cx_plot_ask *f = &ask->figure;
    int seconds = 8;
    *f = (struct cx_plot_ask){.plane_um = NAN, .depth_um = NAN, .width_mm = 110, .dpi = 150};
    if (!a->ask.field) {
        cx_fail(e, CX_USAGE, CX_E_VALUE, "which field? --field is missing");
        cx_hint(e, "cicatrix plot --list %.200s", a->ask.words.at[0]);
        return CX_USAGE;
    }
    if (a->ask.seconds) CX_TRY(cx_option_count("seconds", a->ask.seconds, &seconds, e));
    if (seconds > 120)
        return cx_fail(e, CX_USAGE, CX_E_VALUE, "--seconds is at most 120, not %d", seconds);
    f->kind = a->ask.depth ? CX_PLOT_MAP : CX_PLOT_SECTION;
    f->names = 1;
    f->name = &a->ask.field;
    ask->even = a->ask.even;
    ask->seconds = seconds;
    ask->per_second = 12;
    CX_TRY(cx_option_place(a, f, e));
    return cx_option_size(a, &f->width_mm, &f->dpi, e);
}

static enum cx_status make(struct reel *r, const struct cx_movie_ask *ask, struct cx_error *e) {
    struct cx_plot_source *s = calloc(1, sizeof *s);
    if (!s) return cx_fail(e, CX_STORAGE, 61, "no memory for a movie");
    enum cx_status status = cx_plot_open(s, r->app->ask.words.at[0], e);
    if (!status) {
        status = film(r, s, ask, e);
        cx_plot_close(s);
    }
    free(s);
    return status;
}

enum cx_status cx_verb_movie(struct cx_app *a, struct cx_error *e) {
    struct cx_movie_ask ask;
    char path[128];
    CX_TRY(read_ask(a, &ask, e));
    snprintf(path, sizeof path, "%.100s.webp", a->ask.field);
    struct reel r = {.app = a, .path = a->ask.output ? a->ask.output : path};
    if (!ends_in(r.path, ".webp") && !ends_in(r.path, ".mp4"))
        return cx_fail(e, CX_USAGE, 140, "%.200s: a movie can be .webp or .mp4", r.path);
    CX_TRY(make(&r, &ask, e));
    json_t *answer = cx_json_answer();
    cx_app_file(a, answer, "movie", r.path);
    return cx_app_close(a, answer, e);
}
