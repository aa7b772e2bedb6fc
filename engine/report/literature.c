/* literature.c - see literature.h. */
#include "report/literature.h"

#include "base/text.h"
#include "report/assets.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

static void keep_first(void *user, const struct cx_error *e) {
    struct cx_error *first = user;
    if (!first->status) *first = *e;
}

enum cx_status cx_literature_open(struct cx_literature *l, struct cx_error *e) {
    struct cx_error first = {0};
    *l = (struct cx_literature){0};
    struct cx_yaml *root =
        cx_yaml_parse(&l->pool, cx_report_timing_text, strlen(cx_report_timing_text),
                      &(struct cx_yaml_sink){keep_first, &first});
    l->list = root && !first.status ? cx_yaml_child(root, "sources") : NULL;
    if (l->list && l->list->count <= CX_SOURCES_MAX) return CX_OK;
    cx_literature_close(l);
    return cx_fail(e, CX_STORAGE, 61, "the windows of the literature cannot be read: %.200s",
                   first.text);
}

void cx_literature_close(struct cx_literature *l) {
    cx_yaml_free(&l->pool);
    *l = (struct cx_literature){0};
}

static const char *word_of(const struct cx_yaml *map, const char *key) {
    const struct cx_yaml *node = cx_yaml_child(map, key);
    return node && node->kind == CX_YAML_SCALAR ? node->text : "";
}

/* hours: [from, to]; false if they are not two numbers. */
static bool days_of(const struct cx_yaml *window, double day[2]) {
    const struct cx_yaml *hours = cx_yaml_child(window, "hours");
    const struct cx_yaml *node = hours ? hours->first : NULL;
    for (int i = 0; i < 2; i++, node = node->next) {
        const char *rest = "";
        if (!node || !cx_number_read(node->text, &rest, &day[i]) || *rest) return false;
        day[i] /= 24;
    }
    return true;
}

/* The number that its source has or gets. */
static int number_of(struct cx_literature *l, const struct cx_yaml *source) {
    for (int i = 0; i < l->shown; i++)
        if (l->source[i] == source) return i + 1;
    l->source[l->shown++] = source;
    return l->shown;
}

/* "largest at 18 h", "first seen 20 min to 30 min", "gone within 24 h" */
static void put_when(struct cx_text *p, const struct cx_yaml *window, const double day[2]) {
    static const char *const words[][2] = {{"largest", "largest"},
                                           {"first", "first seen"},
                                           {"seen", "seen"},
                                           {"gone", "gone"},
                                           {"done", ""}};
    char from[CX_WORD], to[CX_WORD];
    cx_day_text(day[0], from);
    cx_day_text(day[1], to);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (*words[i][1] && strcmp(words[i][0], word_of(window, "mark")) == 0)
            cx_text_add(p, "%s ", words[i][1]);
    if (day[0] <= 0)
        cx_text_add(p, "by %s at the latest", to);
    else if (day[1] <= day[0])
        cx_text_add(p, "at %s", to);
    else
        cx_text_add(p, "%s to %s", from, to);
}

static void put_window(struct cx_text *p, const struct cx_yaml *window) {
    double day[2] = {0, 0};
    cx_page_text(p, word_of(window, "what"));
    cx_text_add(p, ": ");
    if (days_of(window, day)) put_when(p, window, day);
}

/* A moment is drawn wide enough to be seen. */
static void put_bar(struct cx_text *p, struct cx_literature *l, const struct cx_yaml *const at[2],
                    const struct cx_literature_row *row, int lane) {
    double day[2];
    if (!days_of(at[1], day)) return;
    const double left = cx_scale_at(&row->time, fmax(row->start + day[0], row->time.lo));
    const double right = cx_scale_at(&row->time, fmin(row->start + day[1], row->time.hi));
    if (row->start + day[0] > row->time.hi || row->start + day[1] < row->time.lo) return;
    const double middle = (left + right) / 2, half = fmax(2.5, (right - left) / 2);
    const double y = row->top + (lane + 0.5) * row->lane;
    cx_text_add(p, "<g class='seen%s%s'><title>",
                strcmp(word_of(at[0], "subject"), "human") == 0 ? "" : " animal",
                day[0] > 0 ? "" : " by");
    put_window(p, at[1]);
    cx_text_add(p, " – %s, ", word_of(at[0], "subject"));
    cx_page_text(p, word_of(at[0], "wound"));
    cx_text_add(p, "</title><rect x=%.1f y=%.1f width=%.1f height=%.1f />", middle - half, row->top,
                2 * half, row->height);
    cx_text_add(p, "<path d='M%.1f %.1fH%.1f%s'/><text x=%.1f y=%.1f>%d</text></g>", middle - half,
                y, middle + half, day[0] > 0 ? "" : "m0 -3v6", middle + half + 3, y + 3,
                number_of(l, at[0]));
}

void cx_literature_bars(struct cx_text *p, struct cx_literature *l,
                        const struct cx_literature_row *row) {
    int lane = 0;
    for (const struct cx_yaml *source = l->list->first; source; source = source->next) {
        const struct cx_yaml *windows = cx_yaml_child(source, "windows");
        for (const struct cx_yaml *w = windows ? windows->first : NULL; w; w = w->next)
            if (strcmp(word_of(w, "row"), row->series) == 0)
                put_bar(p, l, (const struct cx_yaml *const[2]){source, w}, row, lane++);
    }
}

/* What the data served for, so that agreement is not taken for more than it is. */
static const char *role_text(const char *role) {
    static const char *const texts[][2] = {
        {"fit", "fitted to: no test of the model"},
        {"plausibility", "not fitted; only an order is known"},
        {"prediction", "not fitted"},
        {"none", "not fitted, not judged"},
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (strcmp(role, texts[i][0]) == 0) return texts[i][1];
    return role;
}

static void put_source(struct cx_text *p, int number, const struct cx_yaml *s) {
    const struct cx_yaml *windows = cx_yaml_child(s, "windows");
    cx_text_add(p, "<tr><td class=num>%d</td><th scope=row>", number);
    cx_page_text(p, word_of(s, "cite"));
    cx_text_add(p, "<span class=key>");
    cx_page_text(p, word_of(s, "id"));
    cx_text_add(p, "</span></th><td>");
    for (const struct cx_yaml *w = windows ? windows->first : NULL; w; w = w->next) {
        put_window(p, w);
        cx_text_add(p, "%s", w->next ? "<br>" : "");
    }
    cx_text_add(p, "</td><td>");
    cx_page_text(p, word_of(s, "subject"));
    cx_text_add(p, "<span class=key>");
    cx_page_text(p, word_of(s, "wound"));
    cx_text_add(p, "</span></td><td>");
    cx_page_text(p, word_of(s, "status"));
    cx_text_add(p, "<span class=key>%s</span></td></tr>\n", role_text(word_of(s, "role")));
}

static void put_key(struct cx_text *p, const char *class, const char *name) {
    cx_text_add(p,
                "<svg viewBox='0 0 26 10' width=26 height=10 aria-hidden=true><g class='seen%s'>"
                "<path d='M2 5H24'/></g></svg>%s",
                class, name);
}

void cx_literature_sources(struct cx_text *p, const struct cx_literature *l) {
    if (!l->shown) return;
    cx_text_add(p, "<p class='note keys'>");
    put_key(p, "", "people");
    put_key(p, " animal", "animals");
    cx_text_add(p, ". The numbered bars tell when others saw it. They are shown for orientation: "
                   "the wounds, places and species differ from what is simulated here, and where "
                   "the times of the model were chosen by them, agreement is no test.</p>\n");
    cx_text_add(p,
                "<details class=sources><summary>Sources of the %d numbers</summary><div "
                "class=scroll tabindex=0><table><thead><tr><th scope=col class=num>No.<th "
                "scope=col>Source<th scope=col>What was seen, and when<th scope=col>Who, and which "
                "wound<th scope=col>Status, and role in the model microneedling</tr></thead>"
                "<tbody>\n",
                l->shown);
    for (int i = 0; i < l->shown; i++) put_source(p, i + 1, l->source[i]);
    cx_text_add(p, "</tbody></table></div></details>\n");
}
