/* verb_plot.c - single figures for print, and the list of what a result can show. */
#include "app/listing.h"
#include "app/verbs.h"
#include "report/plot.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const struct cx_option options[] = {
    CX_TAKES("output", 'o', output, "FILE", ".png, .svg or .pdf (default: KIND_NAME.png)"),
    CX_TAKES("at", 0, at, "TIMES", "\"7 day\", a profile: \"0 day, 3 day\" (default: the last)"),
    CX_TAKES("plane", 0, plane, "PLACE",
             "of a section or a 3d cut: \"y = 0.5 mm\" or \"x = 0.5 mm\""),
    CX_TAKES("depth", 0, depth, "DEPTH", "of a map (default: the uppermost cells)"),
    CX_FLAG("whole", 0, whole, "3d: without the corner that is cut away"),
    CX_FLAG("log", 0, log, "a course on a logarithmic clock"),
    CX_TAKES("width", 0, width, "WIDTH", "of the figure (default: \"85 mm\", pattern: \"120 mm\")"),
    CX_TAKES("dpi", 0, dpi, "N", "pixels per inch of a PNG (default: 300)"),
    CX_FLAG("list", 0, list, "what there is to draw"),
    {0},
};

const struct cx_usage cx_usage_plot = {
    .words = "DIR KIND [NAME...] [-o FILE] | --list DIR",
    .examples = "cicatrix plot --list outputs/quickstart\n"
                "cicatrix plot outputs/quickstart section collagen_3 --at \"7 day\" -o fig1.pdf\n"
                "cicatrix plot outputs/quickstart profile collagen_3 --at \"0 day, 7 day\"\n"
                "cicatrix plot outputs/quickstart course collagen_total --width \"180 mm\"\n"
                "cicatrix plot outputs/block map collagen_3 --depth \"0.2 mm\" --dpi 600\n"
                "cicatrix plot outputs/quickstart 3d collagen_3 --at \"7 day\" -o block.pdf\n"
                "cicatrix plot outputs/quickstart pattern -o pattern.svg",
    .options = options,
    .least = 1,
    .most = 2 + CX_LINES_MAX,
};

/* Listing ---------------------------------------------------------------------------------------- */
static json_t *kind_row(const void *of, int i) {
    (void)of;
    return cx_json_text(cx_plot_word((enum cx_plot_kind)i));
}

static void kind_line(FILE *to, const void *of, int i) {
    (void)of;
    fprintf(to, "  %-10s %s\n", cx_plot_word((enum cx_plot_kind)i),
            cx_plot_doc((enum cx_plot_kind)i));
}

/* In the words that the verb takes back. */
static enum cx_status list(struct cx_app *a, struct cx_error *e) {
    struct cx_result r;
    char path[1024];
    snprintf(path, sizeof path, "%.1000s/run.nc", a->ask.words.at[0]);
    CX_TRY(cx_result_open(path, &r, e));
    const struct cx_listing listed[] = {
        {"kinds", "kinds:\n", "", CX_PLOT_KINDS, NULL, kind_row, kind_line},
        cx_listing_fields(&r, "fields (section, profile, map, 3d; movie):\n"),
        cx_listing_series(&r, "series (course):\n"),
        cx_listing_days(&r),
    };
    json_t *answer = cx_json_answer();
    for (size_t i = 0; i < sizeof listed / sizeof *listed; i++) cx_app_list(a, answer, &listed[i]);
    cx_result_close(&r);
    return cx_app_close(a, answer, e);
}

/* Options ---------------------------------------------------------------------------------------- */
/* A wrong quantity on the command line is a matter of usage, not of a config. */
static enum cx_status length_of(const char *option, const char *text, const char *unit,
                                double *value, struct cx_error *e) {
    if (cx_quantity_read(text, unit, value, e) == CX_OK) return CX_OK;
    if (!e->hint[0]) cx_hint(e, "write --%s \"0.5 mm\"", option);
    return e->status = CX_USAGE;
}

/* "y = 0.5 mm": the plane stands there, so the section runs along the other axis. */
static enum cx_status read_plane(const char *text, struct cx_plot_ask *ask, struct cx_error *e) {
    const char *value = strchr(text, '=');
    if (!value || (text[0] != 'x' && text[0] != 'y')) {
        cx_fail(e, CX_USAGE, CX_E_VALUE, "--plane cannot be '%.60s'", text);
        cx_hint(e, "write --plane \"y = 0.5 mm\"");
        return CX_USAGE;
    }
    ask->along_y = text[0] == 'x';
    value += 1 + strspn(value + 1, " ");
    return length_of("plane", value, "um", &ask->plane_um, e);
}

enum cx_status cx_option_days(const char *text, int most, double *day, int *n, struct cx_error *e) {
    struct cx_times t = {0};
    enum cx_status status = cx_times_read(text, 0, &t, e);
    if (status) {
        if (!e->hint[0]) cx_hint(e, "write --at \"3 day\"");
        status = e->status = CX_USAGE;
    } else if (t.n > most) {
        status = cx_fail(e, CX_USAGE, CX_E_VALUE, "--at may have %d times, not %d", most, t.n);
    }
    for (int i = 0; i < t.n && !status; i++) day[i] = t.at[i] / 24;
    *n = status ? 0 : t.n;
    free(t.at);
    return status;
}

enum cx_status cx_option_place(const struct cx_app *a, struct cx_plot_ask *ask,
                               struct cx_error *e) {
    if (a->ask.plane) CX_TRY(read_plane(a->ask.plane, ask, e));
    return a->ask.depth ? length_of("depth", a->ask.depth, "um", &ask->depth_um, e) : CX_OK;
}

enum cx_status cx_option_size(const struct cx_app *a, double *width_mm, double *dpi,
                              struct cx_error *e) {
    int n = 0;
    if (a->ask.width) CX_TRY(length_of("width", a->ask.width, "mm", width_mm, e));
    if (!(*width_mm >= 30 && *width_mm <= 1000))
        return cx_fail(e, CX_USAGE, CX_E_VALUE, "--width is from 30 mm to 1 m, not %.4g mm",
                       *width_mm);
    if (!a->ask.dpi) return CX_OK;
    CX_TRY(cx_option_count("dpi", a->ask.dpi, &n, e));
    *dpi = n;
    if (n >= 36 && n <= 2400 && n / 25.4 * *width_mm <= 20000) return CX_OK;
    return cx_fail(e, CX_USAGE, CX_E_VALUE, "--dpi %d at %.4g mm: 36 to 2400, at most 20000 pixels",
                   n, *width_mm);
}

static enum cx_status read_ask(const struct cx_app *a, struct cx_plot_ask *ask,
                               struct cx_error *e) {
    const struct cx_words *w = &a->ask.words;
    *ask = (struct cx_plot_ask){.plane_um = NAN, .depth_um = NAN, .dpi = 300};
    if (w->n < 2) {
        cx_fail(e, CX_USAGE, CX_E_WORDS, "which figure?");
        cx_hint(e, "cicatrix plot --list %.200s", w->at[0]);
        return CX_USAGE;
    }
    CX_TRY(cx_plot_kind_of(w->at[1], &ask->kind, e));
    ask->width_mm = ask->kind == CX_PLOT_PATTERN ? 120 : 85;
    ask->names = w->n - 2;
    ask->name = w->at + 2;
    ask->log_days = a->ask.log;
    ask->whole = a->ask.whole;
    if (a->ask.at) CX_TRY(cx_option_days(a->ask.at, CX_LINES_MAX, ask->day, &ask->days, e));
    CX_TRY(cx_option_place(a, ask, e));
    return cx_option_size(a, &ask->width_mm, &ask->dpi, e);
}

/* The ending of the file is checked before anything is read. */
static enum cx_status draw(struct cx_app *a, const struct cx_plot_ask *ask, struct cx_error *e) {
    struct cx_plot_source *s = calloc(1, sizeof *s);
    enum cx_sheet_kind unused;
    if (!s) return cx_fail(e, CX_STORAGE, 61, "no memory for a figure");
    enum cx_status status = cx_sheet_kind_of(ask->path, &unused, e);
    if (!status) status = cx_plot_open(s, a->ask.words.at[0], e);
    if (!status) {
        status = cx_plot_write(s, ask, e);
        cx_plot_close(s);
    }
    free(s);
    return status;
}

/* Unnamed files are called by what they show. */
enum cx_status cx_verb_plot(struct cx_app *a, struct cx_error *e) {
    struct cx_plot_ask ask;
    char path[256];
    if (a->ask.list) return list(a, e);
    CX_TRY(read_ask(a, &ask, e));
    snprintf(path, sizeof path, "%.60s%s%.120s.png", cx_plot_word(ask.kind), ask.names ? "_" : "",
             ask.names ? ask.name[0] : "");
    ask.path = a->ask.output ? a->ask.output : path;
    CX_TRY(draw(a, &ask, e));
    json_t *answer = cx_json_answer();
    cx_app_file(a, answer, "picture", ask.path);
    return cx_app_close(a, answer, e);
}
