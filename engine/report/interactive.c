/* interactive.c - what makes a page live: the numbers of its charts, its script, and the policy that lets only this
 * script run (declared in viewer.h). */
#include "base/base64.h"
#include "base/digest.h"
#include "report/assets.h"
#include "report/viewer.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { POINTS = 240 };

/* Every so many steps, and the last one: a history of adaptive steps is dense where something happens. */
static bool is_kept(int i, int n) { return i % (n / POINTS + 1) == 0 || i == n - 1; }

static void put_column(struct cx_text *p, const double *at, int n) {
    bool first = true;
    cx_text_add(p, "[");
    for (int i = 0; i < n; i++) {
        if (!is_kept(i, n)) continue;
        if (!first) cx_text_add(p, ",");
        first = false;
        if (isfinite(at[i]))
            cx_text_add(p, "%.5g", at[i]);
        else
            cx_text_add(p, "null");
    }
    cx_text_add(p, "]");
}

static void put_band(struct cx_text *p, const struct cx_line *line) {
    if (!line->low) return;
    cx_text_add(p, ",\"low\":");
    put_column(p, line->low, line->n);
    cx_text_add(p, ",\"high\":");
    put_column(p, line->high, line->n);
}

/* What the bands hold, and what their two ends are called. */
static void put_band_words(struct cx_text *p, const struct cx_chart *c) {
    if (!c->band) return;
    cx_text_add(p, ",\"band\":");
    cx_page_json(p, c->band);
    for (int k = 0; k < 2; k++) {
        cx_text_add(p, "%s", k ? "," : ",\"ends\":[");
        cx_page_json(p, c->band_end[k]);
    }
    cx_text_add(p, "]");
}

static void put_lines(struct cx_text *p, const struct cx_chart *c) {
    cx_text_add(p, ",\"lines\":[");
    for (int l = 0; l < c->lines; l++) {
        cx_text_add(p, "%s{\"name\":", l ? "," : "");
        cx_page_json(p, c->line[l].label);
        cx_text_add(p, ",\"y\":");
        put_column(p, c->line[l].y, c->line[l].n);
        put_band(p, &c->line[l]);
        cx_text_add(p, "}");
    }
    cx_text_add(p, "]");
}

/* [line, day, value, low, high] */
static void put_dots(struct cx_text *p, const struct cx_chart *c) {
    cx_text_add(p, ",\"dots\":[");
    for (int d = 0; d < c->dots; d++) {
        const double at[] = {c->dot[d].line, c->dot[d].x, c->dot[d].y, c->dot[d].low,
                             c->dot[d].high};
        cx_text_add(p, "%s", d ? "," : "");
        put_column(p, at, 5);
    }
    cx_text_add(p, "],\"marks\":");
    put_column(p, c->mark, c->marks);
}

void cx_viewer_chart(struct cx_text *p, const struct cx_chart *c) {
    if (!c->lines) return;
    cx_text_add(p, "<script type='application/json' class=chart-data>{\"alt\":");
    cx_page_json(p, c->alt);
    cx_text_add(p, ",\"unit\":");
    cx_page_json(p, c->unit);
    cx_text_add(p, ",\"log\":%s,\"from\":%.6g,\"to\":%.6g,\"x\":", c->log_days ? "true" : "false",
                c->from_day, c->to_day);
    put_column(p, c->line[0].x, c->line[0].n);
    put_lines(p, c);
    put_band_words(p, c);
    put_dots(p, c);
    cx_text_add(p, "}</script>\n");
}

static int digit(char hex) { return hex <= '9' ? hex - '0' : hex - 'a' + 10; }

/* The page may run this one script, draw pictures that it carries, and reach nothing. */
void cx_page_policy(struct cx_text *p, const char *script) {
    char hex[65];
    unsigned char digest[32];
    cx_digest_bytes(script, strlen(script), hex);
    for (size_t i = 0; i < sizeof digest; i++)
        digest[i] = (unsigned char)(16 * digit(hex[2 * i]) + digit(hex[2 * i + 1]));
    char *text = cx_base64(digest, sizeof digest);
    cx_text_add(p,
                "<meta http-equiv=Content-Security-Policy content=\"default-src 'none'; "
                "script-src 'sha256-%s'; style-src 'unsafe-inline'; img-src data:; "
                "base-uri 'none'; form-action 'none'\">\n",
                text ? text : "");
    if (!text) p->starved = true;
    free(text);
}

void cx_viewer_policy(struct cx_text *p, bool banded) {
    struct cx_text whole = {0};
    cx_text_add(&whole, "%s%s", banded ? cx_bands_script_text : "", cx_report_script_text);
    if (whole.starved)
        p->starved = true;
    else
        cx_page_policy(p, whole.at);
    free(whole.at);
}

void cx_viewer_sheet(struct cx_text *p) {
    cx_text_add(p, "<style>%s</style>\n", cx_report_sheet_text);
}

void cx_viewer_script(struct cx_text *p, bool banded) {
    cx_text_add(p, "<script>%s%s</script>\n", banded ? cx_bands_script_text : "",
                cx_report_script_text);
}
