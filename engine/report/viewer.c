/* viewer.c - controls and data of the turning picture (see viewer.h). */
#include "report/viewer.h"

#include "base/base64.h"
#include "report/volume.h"

#include <stdlib.h>

/* Base64 text of all fields together; further fields stay with the still pictures. */
enum { BUDGET = 2500000, NEEDLES = 400 };

static void put_numbers(struct cx_text *p, const char *name, const double *at, int n) {
    cx_text_add(p, ",\"%s\":[", name);
    for (int i = 0; i < n; i++) {
        if (i) cx_text_add(p, ",");
        cx_page_json_number(p, at[i]);
    }
    cx_text_add(p, "]");
}

static void put_days(struct cx_text *p, const struct cx_volume *w) {
    double day[CX_VOLUME_FRAMES];
    char word[CX_WORD];
    for (int f = 0; f < w->frames; f++) day[f] = w->v->r->time_day[w->frame[f]];
    put_numbers(p, "days", day, w->frames);
    cx_text_add(p, ",\"when\":[");
    for (int f = 0; f < w->frames; f++) {
        cx_day_text(day[f], word);
        if (f) cx_text_add(p, ",");
        cx_page_json(p, word);
    }
    cx_text_add(p, "]");
}

/* [x, y, depth, diameter, tilt, azimuth in um and degree, day of its session] */
static void put_needles(struct cx_text *p, const struct cx_view *v) {
    cx_text_add(p, ",\"needles\":[");
    for (int i = 0; i < v->r->needles && i < NEEDLES; i++) {
        const struct cx_needle_record *n = &v->r->needle[i];
        const double day = n->session < v->sessions ? v->session_day[n->session] : 0;
        const double flat = v->radial ? 0 : 1;
        cx_text_add(p, "%s[%.5g,%.5g,%.5g,%.5g,%.4g,%.4g,%.5g]", i ? "," : "", flat * n->x_um,
                    flat * n->y_um, n->depth_um, n->diameter_um, flat * n->tilt_degree,
                    n->azimuth_degree, day);
        if (v->radial) break; /* a disc has one needle, on its axis */
    }
    cx_text_add(p, "]");
}

static void put_layers(struct cx_text *p, const struct cx_view *v) {
    cx_text_add(p, ",\"layers\":[");
    for (int b = 0; b < v->bands; b++) {
        cx_text_add(p, "%s{\"to\":%.6g,\"name\":", b ? "," : "", v->band[b].bottom_um);
        cx_page_json(p, v->band[b].name);
        cx_text_add(p, "}");
    }
    cx_text_add(p, "]");
}

static void put_maps(struct cx_text *p) {
    static const char *const names[CX_MAP_COUNT] = {"viridis", "cividis", "inferno"};
    cx_text_add(p, ",\"maps\":{");
    for (int m = 0; m < CX_MAP_COUNT; m++) {
        cx_text_add(p, "%s\"%s\":[", m ? "," : "", names[m]);
        for (int i = 0; i < CX_MAP_ANCHORS; i++)
            cx_text_add(p, "%s%u", i ? "," : "",
                        (unsigned)cx_colour((enum cx_map)m, i / (CX_MAP_ANCHORS - 1.0)));
        cx_text_add(p, "]");
    }
    cx_text_add(p, "}");
}

static void put_field(struct cx_text *p, const struct cx_view *v, const struct cx_shown *s,
                      const struct cx_packed *packed) {
    char *text = cx_base64(packed->bytes, packed->n);
    cx_text_add(p, "{\"key\":");
    cx_page_json(p, v->r->field[s->field]);
    cx_text_add(p, ",\"name\":");
    cx_page_json(p, s->name);
    cx_text_add(p, ",\"doc\":");
    cx_page_json(p, s->doc);
    cx_text_add(p, ",\"unit\":");
    cx_page_json(p, *s->unit ? s->unit : "relative");
    cx_text_add(p, ",\"map\":%d,\"low\":%.6g,\"high\":%.6g,\"data\":\"%s\"}", (int)s->map,
                packed->low, packed->high, text ? text : "");
    if (!text) p->starved = true;
    free(text);
}

/* Fields stand in the order of healing; those for which the budget has no room are left to the pictures. */
static enum cx_status put_fields(struct cx_text *p, const struct cx_volume *w,
                                 const double (*range)[2], struct cx_error *e) {
    struct cx_volume own = *w;
    size_t used = 0;
    enum cx_status status = CX_OK;
    cx_text_add(p, ",\"fields\":[");
    for (int f = 0; f < w->v->fields && !status; f++) {
        struct cx_packed packed;
        if (range) {
            own.low = range[f][0];
            own.high = range[f][1];
        }
        status = cx_volume_pack(&own, w->v->field[f].field, &packed, e);
        const size_t cost = packed.n / 3 * 4 + 4;
        if (!status && used + cost <= BUDGET) {
            cx_text_add(p, "%s", used ? "," : "");
            put_field(p, w->v, &w->v->field[f], &packed);
            used += cost;
        }
        free(packed.bytes);
    }
    cx_text_add(p, "]");
    return status;
}

enum cx_status cx_viewer_volume(struct cx_text *p, const struct cx_volume *w,
                                const double (*range)[2], struct cx_error *e) {
    const double shape[3] = {w->shape[0], w->shape[1], w->shape[2]};
    cx_text_add(p, "{\"kind\":");
    cx_page_json(p, w->v->r->geometry);
    put_numbers(p, "shape", shape, 3);
    put_numbers(p, "from", w->from, 3);
    put_numbers(p, "to", w->to, 3);
    put_days(p, w);
    put_numbers(p, "sessions", w->v->session_day, w->v->sessions);
    put_needles(p, w->v);
    put_layers(p, w->v);
    put_maps(p);
    const enum cx_status status = put_fields(p, w, range, e);
    cx_text_add(p, "}");
    return status;
}

/* Labels and controls stand in the markup, so that they can be reached and read aloud; the script fills the menus. */
static const char controls[] =
    "<div class=vw-bar><label>Field <select id=vw-field></select></label>"
    "<label>View <select id=vw-mode></select></label>"
    "<label>Colours <select id=vw-map></select></label></div>\n"
    "<div class=vw-bar><button type=button id=vw-play aria-pressed=false>Play</button>"
    "<label class=vw-wide>Time <input type=range id=vw-time min=0 value=0 step=1></label>"
    "<output id=vw-when for=vw-time></output></div>\n"
    "<div class=vw-stage><div class=vw-frame><canvas id=vw-solid class=vw-pic tabindex=0 role=img "
    "aria-label='Block of tissue. Arrow keys turn it, plus and minus change its size.'></canvas>"
    "<canvas id=vw-flat class=vw-pic role=img aria-label='Section of the tissue' hidden></canvas>"
    "<canvas id=vw-over aria-hidden=true></canvas></div>"
    "<div class=vw-side><fieldset id=vw-cuts><legend>Cut away</legend>"
    "<label id=vw-lx>from the right <input type=range id=vw-x min=0 max=100 value=0></label>"
    "<label id=vw-ly>from the front <input type=range id=vw-y min=0 max=100 value=0></label>"
    "<label id=vw-lz>from the top <input type=range id=vw-z min=0 max=100 value=0></label>"
    "</fieldset><label id=vw-ln><input type=checkbox id=vw-needles checked> Needles</label>"
    "<div class=vw-scale><canvas id=vw-bar width=256 height=12 aria-hidden=true></canvas>"
    "<div class=vw-ends><span id=vw-low></span><span id=vw-high></span></div>"
    "<p id=vw-doc class=note></p></div>"
    "<p id=vw-say class=note role=status></p></div></div>\n";

void cx_viewer_controls(struct cx_text *p) {
    cx_text_add(p, "<div class=vw-card>%s</div>\n", controls);
}

bool cx_viewer_has(const struct cx_view *v) {
    struct cx_volume w;
    return cx_volume_plan(&w, v);
}

enum cx_status cx_viewer_put(struct cx_text *p, const struct cx_view *v, struct cx_error *e) {
    struct cx_volume w;
    if (!cx_volume_plan(&w, v)) return CX_OK;
    cx_text_add(p,
                "<section id=viewer class=vw hidden><h2>Look inside</h2><p class=lead>%s Values "
                "are kept in 256 steps on %d × %d × %d points; the numbers of the run are in its "
                "files.</p>\n",
                w.shape[1] > 1 ? "Turn the block, cut it, move through time."
                               : "Move through time; point at a place to read its value.",
                w.shape[0], w.shape[1], w.shape[2]);
    cx_viewer_controls(p);
    cx_text_add(p, "<script type='application/json' id=vw-data>");
    CX_TRY(cx_viewer_volume(p, &w, NULL, e));
    cx_text_add(p, "</script>\n</section>\n");
    return CX_OK;
}
