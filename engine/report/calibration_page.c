/* calibration_page.c - the page of a calibration, from its calibration.json only (declared in report.h). */
#include "report/report.h"

#include "base/file.h"
#include "base/json.h"
#include "report/chart.h"
#include "report/study_plot.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    FILE_MOST = 64 << 20,
    WIDTH = 500,
    HEIGHT = 262,
    LEFT = 58,
    RIGHT = 470,
    TOP = 24,
    BOTTOM = 212,
    CURVES = 6 /* colours */
};

/* One picture: discs and lines of pairs of numbers. */
struct plot {
    struct cx_scale x, y;
    const char *across, *up; /* words below and above the axes */
};

static double number_at(const json_t *list, size_t i) {
    return cx_json_to_number(json_array_get(list, i));
}

/* ---- drawing --------------------------------------------------------------------------------- */

static struct plot frame_of(const double x[2], const double y[2]) {
    struct plot f = {{0, 1, LEFT, RIGHT, false}, {0, 1, BOTTOM, TOP, false}, "", ""};
    cx_scale_fit(&f.x, x[0], x[1]);
    cx_scale_fit(&f.y, y[0], y[1]);
    return f;
}

static void open_plot(struct cx_text *p, const struct plot *f, const char *alt) {
    char word[CX_WORD];
    const struct cx_ticks up = cx_ticks_linear(f->y.lo, f->y.hi, 5),
                          across = cx_ticks_linear(f->x.lo, f->x.hi, 6);
    cx_text_add(p, "<figure><svg class=chart viewBox='0 0 %d %d' role=img aria-label=\"", WIDTH,
                HEIGHT);
    cx_page_text(p, alt);
    cx_text_add(p, "\"><g class=grid>");
    for (int i = 0; i < up.n; i++) {
        const double y = cx_scale_at(&f->y, up.at[i]);
        cx_tick_text(up.at[i], up.step, word);
        cx_text_add(p, "<path d='M%d %.1fH%d'/><text x=%d y=%.1f text-anchor=end>%s</text>", LEFT,
                    y, RIGHT, LEFT - 7, y + 3.5, word);
    }
    cx_text_add(p, "</g><g class=axis><path d='M%d %dH%d'/>", LEFT, BOTTOM, RIGHT);
    for (int i = 0; i < across.n; i++) {
        const double x = cx_scale_at(&f->x, across.at[i]);
        cx_tick_text(across.at[i], across.step, word);
        cx_text_add(p, "<path d='M%.1f %dv4'/><text x=%.1f y=%d text-anchor=middle>%s</text>", x,
                    BOTTOM, x, BOTTOM + 16, word);
    }
    cx_text_add(p, "</g><text class=unit x=6 y=12>");
    cx_page_text(p, f->up);
    cx_text_add(p, "</text><text class=unit x=%d y=%d text-anchor=end>", RIGHT, HEIGHT - 18);
    cx_page_text(p, f->across);
    cx_text_add(p, "</text>");
}

static void put_disc(struct cx_text *p, const struct plot *f, const double at[2], int colour) {
    if (!isfinite(at[0]) || !isfinite(at[1])) return;
    cx_text_add(p, "<g class='dot c%d'><circle cx=%.1f cy=%.1f r=2.2 /></g>", colour,
                cx_scale_at(&f->x, at[0]), cx_scale_at(&f->y, at[1]));
}

static void close_plot(struct cx_text *p, const char *caption) {
    cx_text_add(p, "</svg><figcaption>");
    cx_page_text(p, caption);
    cx_text_add(p, "</figcaption></figure>\n");
}

/* ---- fit against data ------------------------------------------------------------------------ */

/* What runs across: the place where there is one, else the day, else the number of the datum. */
static double across(const json_t *d, size_t i) {
    const double place = number_at(json_object_get(d, "place_um"), i),
                 day = number_at(json_object_get(d, "day"), i);
    return isfinite(place) ? place : isfinite(day) ? day : (double)(i + 1);
}

static int curve_of(const json_t *d, size_t i, double days[CURVES], int *n) {
    const double day = number_at(json_object_get(d, "day"), i);
    if (!isfinite(number_at(json_object_get(d, "place_um"), i))) return 0;
    for (int k = 0; k < *n; k++)
        if (days[k] == day) return k;
    if (*n == CURVES) return CURVES - 1;
    days[*n] = day;
    return (*n)++;
}

/* One line per time of a profile, in the order of the table; a datum out of order begins a new piece. */
static void put_line(struct cx_text *p, const struct plot *f, const json_t *d, int colour) {
    const json_t *fitted = json_object_get(d, "fitted");
    double days[CURVES], last = NAN;
    int n = 0;
    cx_text_add(p, "<path class='l c%d' d='", colour);
    for (size_t i = 0; i < json_array_size(fitted); i++) {
        const double x = across(d, i), y = number_at(fitted, i);
        if (curve_of(d, i, days, &n) != colour || !isfinite(y)) continue;
        cx_text_add(p, "%s%.1f %.1f", x > last ? "L" : "M", cx_scale_at(&f->x, x),
                    cx_scale_at(&f->y, y));
        last = x;
    }
    cx_text_add(p, "'/>");
}

static void put_fit(struct cx_text *p, const char *name, const json_t *d) {
    const json_t *value = json_object_get(d, "value"), *fitted = json_object_get(d, "fitted");
    double x[2] = {NAN, NAN}, y[2] = {NAN, NAN}, days[CURVES];
    char up[200], caption[300];
    int n = 0;
    for (size_t i = 0; i < json_array_size(value); i++) {
        cx_scale_widen(across(d, i), &x[0], &x[1]);
        cx_scale_widen(number_at(value, i), &y[0], &y[1]);
        cx_scale_widen(number_at(fitted, i), &y[0], &y[1]);
    }
    struct plot f = frame_of(x, y);
    snprintf(up, sizeof up, "%.80s, %.60s", cx_json_get_text(d, "observed"),
             cx_json_get_text(d, "unit"));
    f.up = up;
    f.across = isfinite(number_at(json_object_get(d, "place_um"), 0)) ? "um"
               : isfinite(number_at(json_object_get(d, "day"), 0))    ? "day"
                                                                      : "datum";
    open_plot(p, &f, up);
    for (size_t i = 0; i < json_array_size(value); i++) {
        const double at[2] = {across(d, i), number_at(value, i)};
        put_disc(p, &f, at, curve_of(d, i, days, &n));
    }
    for (int k = 0; k < (n ? n : 1); k++) put_line(p, &f, d, k);
    snprintf(caption, sizeof caption, "%.100s: discs measured, lines fitted%s", name,
             n > 1 ? ", one colour a time" : "");
    close_plot(p, caption);
}

/* Residuals in sigma where it is known. */
static void put_residuals(struct cx_text *p, const char *name, const json_t *d) {
    const json_t *value = json_object_get(d, "value"), *fitted = json_object_get(d, "fitted"),
                 *sigma = json_object_get(d, "sigma");
    double x[2] = {NAN, NAN}, y[2] = {NAN, NAN};
    char caption[200];
    const bool known = isfinite(number_at(sigma, 0));
    for (int pass = 0; pass < 2; pass++) {
        struct plot f = frame_of(x, y);
        f.across = "measured value";
        f.up = known ? "fitted - measured, sigma" : "fitted - measured";
        if (pass) open_plot(p, &f, "residuals");
        for (size_t i = 0; i < json_array_size(value); i++) {
            const double size = known ? number_at(sigma, i) : 1;
            const double at[2] = {number_at(value, i),
                                  (number_at(fitted, i) - number_at(value, i)) / size};
            cx_scale_widen(at[0], &x[0], &x[1]);
            cx_scale_widen(at[1], &y[0], &y[1]);
            if (pass) put_disc(p, &f, at, 0);
        }
    }
    snprintf(caption, sizeof caption, "%.100s: residuals", name);
    close_plot(p, caption);
}

/* ---- profiles and values --------------------------------------------------------------------- */

static void put_profile(struct cx_text *p, const char *name, const json_t *v) {
    const json_t *c = json_object_get(v, "profile"), *value = json_object_get(c, "value"),
                 *rise = json_object_get(c, "rise");
    const double need = cx_json_get_number(c, "needed");
    double x[2] = {NAN, NAN}, y[2] = {0, 2.5 * need};
    char label[200], caption[200];
    if (!json_is_object(c)) return;
    for (size_t i = 0; i < json_array_size(value); i++)
        cx_scale_widen(number_at(value, i), &x[0], &x[1]);
    struct plot f = frame_of(x, y);
    snprintf(label, sizeof label, "%.100s, %.60s", name, cx_json_get_text(v, "unit"));
    f.across = label;
    f.up = "rise of the cost";
    open_plot(p, &f, label);
    cx_text_add(p, "<g class=mark><path d='M%d %.1fH%d'/></g><path class='l c0' d='", LEFT,
                cx_scale_at(&f.y, need), RIGHT);
    for (size_t i = 0, n = 0; i < json_array_size(value); i++) {
        const double at = number_at(rise, i);
        if (!isfinite(at)) continue;
        cx_text_add(p, "%s%.1f %.1f", n++ ? "L" : "M", cx_scale_at(&f.x, number_at(value, i)),
                    cx_scale_at(&f.y, fmin(at, 2.5 * need)));
    }
    cx_text_add(p, "'/>");
    snprintf(caption, sizeof caption, "%.100s: the interval lies below the thin line", name);
    close_plot(p, caption);
}

static void put_cell(struct cx_text *p, double x) {
    char word[CX_WORD];
    cx_number_text(x, word);
    cx_text_add(p, "<td class=num>%s</td>", isfinite(x) ? word : "–");
}

static void put_values(struct cx_text *p, json_t *values) {
    const char *name;
    json_t *v;
    cx_text_add(p, "<section id=values><h2>Values</h2><div class=scroll tabindex=0><table><thead>"
                   "<tr><th scope=col>Setting<th scope=col>Unit<th scope=col class=num>Value<th "
                   "scope=col class=num>Standard error<th scope=col class=num>Low<th scope=col "
                   "class=num>High<th scope=col>Identified</tr></thead><tbody>\n");
    json_object_foreach(values, name, v) {
        cx_text_add(p, "<tr><th scope=row><code>");
        cx_page_text(p, name);
        cx_text_add(p, "</code></th><td>");
        cx_page_text(p, cx_json_get_text(v, "unit"));
        cx_text_add(p, "</td>");
        put_cell(p, cx_json_get_number(v, "value"));
        put_cell(p, cx_json_get_number(v, "standard_error"));
        put_cell(p, cx_json_get_number(v, "low"));
        put_cell(p, cx_json_get_number(v, "high"));
        cx_text_add(p, "<td>%s</td></tr>\n",
                    json_is_true(json_object_get(v, "identified")) ? "yes" : "no");
    }
    cx_text_add(p, "</tbody></table></div></section>\n");
}

static void put_warnings(struct cx_text *p, const json_t *warnings) {
    if (json_array_size(warnings) == 0) return;
    cx_text_add(p, "<section id=warnings><h2>Warnings</h2><ul>\n");
    for (size_t i = 0; i < json_array_size(warnings); i++) {
        const char *text = json_string_value(json_array_get(warnings, i));
        cx_text_add(p, "<li>");
        cx_page_text(p, text ? text : "");
        cx_text_add(p, "</li>\n");
    }
    cx_text_add(p, "</ul></section>\n");
}

/* ---- the page -------------------------------------------------------------------------------- */

static void put_head(struct cx_text *p, const json_t *root) {
    const char *title = cx_json_get_text(root, "title");
    const char *known = json_is_true(json_object_get(root, "sigma_known"))
                            ? "Sigma of the data is given."
                            : "Sigma of the data is taken from the residuals.";
    if (!*title) title = cx_json_get_text(root, "calibration");
    cx_text_add(p, "<!doctype html>\n<html lang=en><head><meta charset=utf-8><meta name=viewport "
                   "content='width=device-width,initial-scale=1'><title>");
    cx_page_text(p, title);
    cx_text_add(p, "</title>\n");
    cx_page_style(p);
    cx_text_add(p, "</head><body><a class=skip href='#summary'>Skip to the summary</a>\n<header "
                   "id=summary><div><div class=eyebrow>Cicatrix calibration report</div><h1>");
    cx_page_text(p, title);
    cx_text_add(p, "</h1>\n<p class=sub>Model ");
    cx_page_text(p, cx_json_get_text(root, "model"));
    cx_text_add(p,
                " · %.0f data · %.0f values</p><p class=finding>%g %% intervals by %s. %s</p>"
                "<p class=context>Intervals hold if the model is right: its own faults are not in "
                "them. Not for clinical decisions.</p></div></header><main>\n",
                cx_json_get_number(root, "data_count"), cx_json_get_number(root, "value_count"),
                100 * cx_json_get_number(root, "level"),
                strcmp(cx_json_get_text(root, "interval"), "profile") == 0 ? "profile likelihood"
                                                                           : "linearised errors",
                known);
}

static void put_page(struct cx_text *p, const json_t *root) {
    json_t *values = json_object_get(root, "values"), *data = json_object_get(root, "data"), *at;
    const char *name;
    put_head(p, root);
    put_warnings(p, json_object_get(root, "warnings"));
    put_values(p, values);
    cx_text_add(p, "<section id=fit><h2>Fit and data</h2><div class='group charts'>\n");
    json_object_foreach(data, name, at) {
        put_fit(p, name, at);
        put_residuals(p, name, at);
    }
    cx_text_add(p, "</div></section><section id=profiles><h2>Profile likelihood</h2><div "
                   "class='group charts'>\n");
    json_object_foreach(values, name, at) put_profile(p, name, at);
    cx_text_add(p, "</div></section></main><footer><div>Cicatrix ");
    cx_page_text(p, cx_json_get_text(root, "version"));
    cx_text_add(p, ". All numbers are in calibration.json and the tables beside this page."
                   "</div></footer></body></html>\n");
}

/* A JSON object with the values of a calibration; json_decref(). */
static enum cx_status read_file(const char *folder, json_t **root, struct cx_error *e) {
    unsigned char *bytes = NULL;
    size_t n = 0;
    char path[1024];
    snprintf(path, sizeof path, "%.1000s/calibration.json", folder);
    CX_TRY(cx_file_read(path, FILE_MOST, &bytes, &n, e));
    *root = json_loadb((const char *)bytes, n, JSON_REJECT_DUPLICATES, NULL);
    free(bytes);
    if (json_is_object(json_object_get(*root, "values"))) return CX_OK;
    json_decref(*root);
    return cx_fail(e, CX_STORAGE, 73, "%.400s is not a calibration", path);
}

static enum cx_status read_and_put(struct cx_text *p, const void *folder, struct cx_error *e) {
    json_t *root = NULL;
    CX_TRY(read_file(folder, &root, e));
    put_page(p, root);
    json_decref(root);
    return CX_OK;
}

enum cx_status cx_report_calibration(const char *folder, struct cx_error *e) {
    const struct cx_page page = {folder, "report.html", "report", read_and_put, folder};
    return cx_page_write(&page, NULL, e);
}
