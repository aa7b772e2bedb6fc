/* gallery_picture.c - the picture of a card (declared in gallery.h): sections or views from above at a few times, as many
 * side by side as fill the card best, all in the colours of one scale; a curve for blocks that cannot be cut. */
#include "base/file.h"
#include "report/gallery.h"
#include "report/plot.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <webp/encode.h>

/* Pixels: twice what the narrowest card shows. */
enum { WIDE = 720, TALL = 432, GAP = 6, MOST = 5 };
static const uint32_t night = 0x10161c;

/* What a scenario says it is about, and the field that shows it: the first that fits wins, one without a word always
 * fits. */
static const struct subject {
    const char *word, *field;
    enum cx_map map;
} subjects[] = {
    {"alignment", "alignment", CX_VIRIDIS},
    {"myofibroblasts", "myofibroblasts", CX_VIRIDIS},
    {"abnormal elastin", "elastin_abnormal", CX_INFERNO},
    {"elastic fibres", "elastin", CX_VIRIDIS},
    {"water loss", "channel", CX_CIVIDIS},
    {"channels that dry", "channel", CX_CIVIDIS},
    {"signals and cells", "m2", CX_INFERNO},
    {"macrophages", "m2", CX_VIRIDIS},
    {"", "collagen_1_new", CX_CIVIDIS},
    {"", "collagen", CX_CIVIDIS},
};

/* The panels of one picture. */
struct strip {
    const struct cx_plot_source *source;
    struct cx_lens lens;
    struct cx_plot_cut cut;
    enum cx_map map;
    double low, high;
    int across, down; /* how many panels */
    double day[MOST];
    cairo_t *to;
};

static bool says(const char *text, const char *word) {
    const size_t n = strlen(word);
    if (!n) return true;
    for (; *text; text++)
        if (strncasecmp(text, word, n) == 0) return true;
    return false;
}

static const char *field_for(const struct cx_gallery_entry *a, const struct cx_result *r,
                             enum cx_map *map) {
    for (size_t i = 0; i < sizeof subjects / sizeof *subjects; i++) {
        const struct subject *s = &subjects[i];
        if (!says(a->title, s->word) && !says(a->about, s->word)) continue;
        if (cx_result_find(r, s->field) < 0) continue;
        *map = s->map;
        return s->field;
    }
    *map = CX_VIRIDIS;
    return r->field[0];
}

/* Punctures that fall at random are seen from above. */
static enum cx_plot_kind kind_for(const struct cx_gallery_entry *a, const struct cx_result *r) {
    const int type = a->scenario ? a->scenario->pattern.type : CX_SINGLE;
    const bool random = type == CX_POISSON || type == CX_ROLLER || type == CX_PEN ||
                        type == CX_STAMP || type == CX_FILE;
    return random && r->shape[0] > 1 && r->shape[1] > 1 ? CX_PLOT_MAP : CX_PLOT_SECTION;
}

/* Side lengths of a panel that keeps its shape, and the share of the picture that all cover. */
static double covered(const struct strip *s, int across, int down, double size[2]) {
    const struct cx_panel *p = &s->cut.panel;
    const double w = p->right - p->left, h = p->bottom - p->top;
    const double room[2] = {(WIDE - (across - 1) * GAP) / (double)across,
                            (TALL - (down - 1) * GAP) / (double)down};
    const double zoom = fmin(room[0] / w, room[1] / h);
    size[0] = w * zoom;
    size[1] = h * zoom;
    return across * down * size[0] * size[1];
}

/* As few panels as cover nearly the most. */
static void lay_out(struct strip *s) {
    double best = 0, size[2];
    const int most = s->source->result.frames < MOST ? s->source->result.frames : MOST;
    s->across = s->down = 1;
    for (int n = 1; n <= most; n++)
        for (int down = 1; down <= n; down++) {
            if (n % down) continue;
            const double now = covered(s, n / down, down, size);
            if (now < 1.1 * best) continue;
            best = now;
            s->across = n / down;
            s->down = down;
        }
}

static double pace(double day) { return log(0.5 + fmax(0, day)); }

/* Early days matter as much as late weeks: even on log(half a day + time) over the frames first..last; a single panel
 * lies in the later half. */
static void choose_days(struct strip *s, int first, int last) {
    const double *day = s->source->result.time_day;
    const int n = s->across * s->down;
    const double begin = pace(day[first]), end = pace(day[last]);
    for (int i = 0, from = first; i < n; i++) {
        const double share = n > 1 ? i / (n - 1.0) : 0.6, want = begin + (end - begin) * share;
        int best = from;
        for (int f = from; f <= last - (n - 1 - i); f++)
            if (fabs(pace(day[f]) - want) < fabs(pace(day[best]) - want)) best = f;
        s->day[i] = day[best];
        from = best + 1;
    }
}

/* The stored times at which there is something to see: from the first to the last whose contrast is a fair part of the
 * largest; the start of a run is left out where enough others are there. */
static enum cx_status window(struct strip *s, int *first, int *last, struct cx_error *e) {
    const struct cx_result *r = &s->source->result;
    double *contrast = calloc((size_t)r->frames, sizeof *contrast), most = 0;
    if (!contrast) return cx_fail(e, CX_STORAGE, 61, "no memory for the gallery");
    enum cx_status status = CX_OK;
    for (int f = 0; f < r->frames && !status; f++) {
        double low = NAN, high = NAN;
        status = cx_lens_turn(&s->lens, r->time_day[f], e);
        if (!status) cx_cut_range(&s->cut.cut, &low, &high);
        contrast[f] = high - low;
        most = fmax(most, contrast[f]);
    }
    const int need = s->across * s->down;
    *first = r->frames > need ? 1 : 0;
    *last = r->frames - 1;
    while (*last > *first + need - 1 && contrast[*last] < 0.2 * most) --*last;
    while (*first < *last - need + 1 && contrast[*first] < 0.2 * most) ++*first;
    if (*last == *first + need - 1 && contrast[0] >= 0.2 * most && *first == 1) {
        *first = 0; /* it is over so soon that the start must be shown */
        *last = need - 1;
    }
    free(contrast);
    return status;
}

static enum cx_status find_range(struct strip *s, struct cx_error *e) {
    s->low = s->high = NAN;
    for (int i = 0; i < s->across * s->down; i++) {
        CX_TRY(cx_lens_turn(&s->lens, s->day[i], e));
        cx_cut_range(&s->cut.cut, &s->low, &s->high);
    }
    cx_range_round(&s->low, &s->high);
    return CX_OK;
}

/* Axes and words of the figure lie outside the panel and are clipped away; the time is written into it. */
static enum cx_status put_panel(struct strip *s, int i, struct cx_error *e) {
    const struct cx_panel *p = &s->cut.panel;
    double size[2];
    char when[CX_WORD];
    covered(s, s->across, s->down, size);
    const double zoom = size[0] / (p->right - p->left);
    const double width = s->across * size[0] + (s->across - 1) * GAP,
                 height = s->down * size[1] + (s->down - 1) * GAP;
    const int column = i % s->across, row = i / s->across;
    const double left = (WIDE - width) / 2 + column * (size[0] + GAP),
                 top = (TALL - height) / 2 + row * (size[1] + GAP);
    s->cut.low = s->low;
    s->cut.high = s->high;
    s->cut.dpi = 72 * zoom;
    CX_TRY(cx_lens_turn(&s->lens, s->day[i], e));
    cairo_save(s->to);
    cairo_rectangle(s->to, left, top, size[0], size[1]);
    cairo_clip(s->to);
    cairo_translate(s->to, left, top);
    cairo_save(s->to);
    cairo_scale(s->to, zoom, zoom);
    cairo_translate(s->to, -p->left, -p->top);
    const enum cx_status status = cx_plot_cut_draw(s->to, &s->cut, s->day[i], e);
    cairo_restore(s->to);
    cx_day_text(s->day[i], when);
    for (int pass = 0; pass < 2; pass++)
        cx_canvas_text(s->to, 12 - pass, size[1] - 14 - pass, when,
                       &(struct cx_lettering){22, 0, pass ? 0xffffff : night, true});
    cairo_restore(s->to);
    return status;
}

/* Letters as large as those of the times. */
static void put_scale(struct strip *s) {
    const double zoom = 1.8;
    double size[2];
    covered(s, s->across, s->down, size);
    const double um = (s->cut.cut.right - s->cut.cut.left) / size[0];
    const double left = (WIDE - s->across * size[0] - (s->across - 1) * GAP) / 2,
                 top = (TALL - s->down * size[1] - (s->down - 1) * GAP) / 2;
    const double width = fmin(size[0], 480) / zoom, inset = size[0] < 200 ? 28 : 12;
    cairo_scale(s->to, zoom, zoom);
    cx_canvas_scale_bar(s->to, &(struct cx_scale_bar){(left + inset) / zoom, (top + 36) / zoom,
                                                      width, um * zoom, 0xffffff});
}

static enum cx_status encode(struct cx_text *p, cairo_surface_t *surface, struct cx_error *e) {
    uint8_t *bytes = NULL;
    cairo_surface_flush(surface);
    const size_t n = WebPEncodeBGRA(cairo_image_surface_get_data(surface), WIDE, TALL,
                                    cairo_image_surface_get_stride(surface), 82, &bytes);
    if (n) cx_page_data(p, "image/webp", bytes, n);
    WebPFree(bytes);
    return n ? CX_OK : cx_fail(e, CX_STORAGE, 61, "a picture of the gallery cannot be encoded");
}

static enum cx_status draw(struct strip *s, struct cx_text *p, struct cx_error *e) {
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, WIDE, TALL);
    s->to = cairo_create(surface);
    cx_canvas_colour(s->to, night, 1);
    cairo_paint(s->to);
    enum cx_status status = CX_OK;
    for (int i = 0; i < s->across * s->down && !status; i++) status = put_panel(s, i, e);
    put_scale(s);
    if (!status && cairo_status(s->to) != CAIRO_STATUS_SUCCESS)
        status = cx_fail(e, CX_STORAGE, 61, "no memory for a picture of the gallery");
    cairo_destroy(s->to);
    if (!status) status = encode(p, surface, e);
    cairo_surface_destroy(surface);
    return status;
}

/* What the model calls the field, up to the first sign: "repair macrophages"; where that is long, its name. */
static void subject_text(const struct strip *s, char out[CX_WORD]) {
    const struct cx_result *r = &s->source->result;
    const char *doc = r->field_doc[s->lens.field];
    const size_t n = strcspn(doc, ",;:(");
    if (n > 2 && n < 30)
        snprintf(out, CX_WORD, "%.*s", (int)n - (doc[n - 1] == ' '), doc);
    else
        cx_name_text(r->field[s->lens.field], out);
}

/* Name, colours from low to high, their limits with the unit. */
static void put_caption(struct cx_text *p, const struct strip *s, bool above) {
    char name[CX_WORD], unit[CX_WORD], low[CX_WORD], high[CX_WORD];
    const int field = s->lens.field;
    subject_text(s, name);
    cx_unit_text(s->source->result.field_unit[field], unit);
    cx_number_text(s->low, low);
    cx_number_text(s->high, high);
    cx_text_add(p, "<figcaption><span class=what>");
    cx_page_text(p, name);
    cx_text_add(p,
                ", %s</span><span class=ramp><span>%s</span><i style='background:"
                "linear-gradient(90deg",
                above ? "from above" : "section", low);
    for (int i = 0; i < CX_MAP_ANCHORS; i++)
        cx_text_add(p, ",#%06x", (unsigned)cx_colour(s->map, i / (CX_MAP_ANCHORS - 1.0)));
    cx_text_add(p, ")'></i><span>%s ", high);
    cx_page_text(p, *unit ? unit : "relative");
    cx_text_add(p, "</span></span></figcaption>");
}

static void put_alt(struct cx_text *p, const struct strip *s, bool above) {
    char word[CX_WORD];
    subject_text(s, word);
    cx_text_add(p, "' alt=\"%s of ", above ? "View from above" : "Vertical section");
    cx_page_text(p, word);
    for (int i = 0; i < s->across * s->down; i++) {
        cx_day_text(s->day[i], word);
        cx_text_add(p, "%s%s", i ? ", " : " at ", word);
    }
    cx_text_add(p, "\" width=%d height=%d loading=lazy decoding=async>", WIDE, TALL);
}

static enum cx_status put_strip(struct strip *s, struct cx_text *p, const struct cx_plot_ask *ask,
                                struct cx_error *e) {
    const bool above = ask->kind == CX_PLOT_MAP;
    int first = 0, last = 0;
    CX_TRY(cx_lens_turn(&s->lens, s->source->result.time_day[0], e));
    CX_TRY(cx_plot_cut_make(&s->cut, s->source, ask, &s->lens, e));
    s->cut.map = s->map;
    lay_out(s);
    CX_TRY(window(s, &first, &last, e));
    choose_days(s, first, last);
    CX_TRY(find_range(s, e));
    cx_text_add(p, "<figure><img src='");
    CX_TRY(draw(s, p, e));
    put_alt(p, s, above);
    put_caption(p, s, above);
    cx_text_add(p, "</figure>\n");
    return CX_OK;
}

/* A column, a row or a point: the profile or the course as `plot` draws it. */
static enum cx_status put_curve(struct cx_text *p, const struct cx_plot_source *s,
                                const char *folder, const struct cx_plot_ask *asked,
                                struct cx_error *e) {
    struct cx_plot_ask ask = *asked;
    char path[700];
    unsigned char *bytes = NULL;
    size_t n = 0;
    const char *name = ask.name[0];
    ask.kind = s->view.column || s->view.row ? CX_PLOT_PROFILE : CX_PLOT_COURSE;
    if (ask.kind == CX_PLOT_COURSE) name = s->result.series_name[0];
    ask.name = &name;
    ask.dpi = 190;
    ask.width_mm = 96;
    snprintf(path, sizeof path, "%.680s/gallery.png", folder);
    ask.path = path;
    CX_TRY(cx_plot_write(s, &ask, e));
    CX_TRY(cx_file_read(path, 1 << 22, &bytes, &n, e));
    cx_text_add(p, "<figure class=curve><img src='");
    cx_page_data(p, "image/png", bytes, n);
    free(bytes);
    cx_text_add(p, "' alt=\"%s of ", ask.kind == CX_PLOT_PROFILE ? "Profile" : "Course");
    cx_page_text(p, name);
    cx_text_add(p, "\" loading=lazy></figure>\n");
    return cx_file_remove(path, e);
}

enum cx_status cx_gallery_picture(struct cx_text *p, const struct cx_gallery_entry *a,
                                  const struct cx_plot_source *s, const char *folder,
                                  struct cx_error *e) {
    const struct cx_result *r = &s->result;
    struct strip strip = {.source = s};
    if (!r->frames || !r->fields) return cx_fail(e, CX_STORAGE, 73, "the run stored no pictures");
    const char *name = field_for(a, r, &strip.map);
    struct cx_plot_ask ask = {.kind = kind_for(a, r), .names = 1, .name = &name};
    ask.plane_um = NAN;
    ask.depth_um = NAN;
    ask.width_mm = 120;
    ask.dpi = 150;
    if (ask.kind == CX_PLOT_MAP) ask.depth_um = fmin(200, -r->center[CX_Z][0]);
    if (r->shape[0] < 2 || r->shape[2] < 2) return put_curve(p, s, folder, &ask, e);
    CX_TRY(cx_lens_open(&strip.lens, r, name, e));
    const enum cx_status status = put_strip(&strip, p, &ask, e);
    cx_lens_close(&strip.lens);
    return status;
}
