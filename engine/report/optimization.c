/* optimization.c - see optimization.h */
#include "report/optimization.h"

#include "base/file.h"
#include "base/json.h"
#include "report/study_plot.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { GOALS_MOST = 4, ROWS_MOST = 60, BAR = 64 };

/* What the section is about. */
struct optimum {
    json_t *root;
    const json_t *wishes, *front;
    size_t goals;
    const json_t *goal[GOALS_MOST]; /* entries of wishes */
};

static int count_of(const struct optimum *o, const char *key) {
    return (int)json_integer_value(json_object_get(o->root, key));
}

/* Of the outcome that a wish is about. */
static double value_of(const json_t *design, const json_t *wish) {
    return cx_json_get_number(json_object_get(design, "outcomes"),
                              cx_json_get_text(wish, "outcome"));
}

static void put_quantity(struct cx_text *p, double value, const json_t *wish) {
    cx_study_put_quantity(p, value, cx_json_get_text(wish, "unit"));
}

/* ---- how it was found, and the limits -------------------------------------------------------- */

/* How far the search went, and what that is worth. */
static void put_search(struct cx_text *p, const struct optimum *o) {
    const char *ended = cx_json_get_text(o->root, "ended");
    cx_text_add(p,
                "<p class=lead>%d designs in %d generations (NSGA-II, population %d, seed %d): "
                "<b>%zu</b> that no other one beats, %d that break a limit, %d that failed and "
                "count as beaten. ",
                count_of(o, "evaluations"), count_of(o, "generations"), count_of(o, "population"),
                count_of(o, "seed"), json_array_size(o->front), count_of(o, "breaking_limits"),
                count_of(o, "failed"));
    if (strcmp(ended, "stalled") == 0)
        cx_text_add(p,
                    "It ended because the front gained less than a thousandth over %d "
                    "generations.",
                    count_of(o, "patience"));
    else if (strcmp(ended, "exhausted") == 0)
        cx_text_add(p, "It ended because no design was left to try.");
    else
        cx_text_add(p, "It ended after the generations it was given; more of them may find more.");
    cx_text_add(p,
                " A search of this kind finds good designs and proves none to be the best.</p>\n");
}

/* Lowest and highest value of an outcome on the front. */
static void range_of(const struct optimum *o, const json_t *wish, double range[2]) {
    range[0] = INFINITY;
    range[1] = -INFINITY;
    for (size_t i = 0; i < json_array_size(o->front); i++) {
        const double x = value_of(json_array_get(o->front, i), wish);
        range[0] = fmin(range[0], x);
        range[1] = fmax(range[1], x);
    }
}

/* One limit, and where the front lies against it; without a front: where the nearest design lies. */
static void put_limit(struct cx_text *p, const struct optimum *o, const json_t *wish) {
    const double least = cx_json_get_number(wish, "at_least"),
                 most = cx_json_get_number(wish, "at_most");
    const json_t *nearest = json_object_get(o->root, "nearest");
    double range[2];
    if (isnan(least) && isnan(most)) return;
    range_of(o, wish, range);
    if (!json_array_size(o->front)) range[0] = range[1] = value_of(nearest, wish);
    const bool kept = !(range[0] < least) && !(range[1] > most);
    cx_text_add(p, "<tr><th scope=row>");
    cx_study_put_name(p, cx_json_get_text(wish, "outcome"));
    cx_text_add(p, "</th><td>");
    if (!isnan(least)) cx_text_add(p, "at least ");
    if (!isnan(least)) put_quantity(p, least, wish);
    if (!isnan(least) && !isnan(most)) cx_text_add(p, ", ");
    if (!isnan(most)) cx_text_add(p, "at most ");
    if (!isnan(most)) put_quantity(p, most, wish);
    cx_text_add(p, "</td><td class=num>");
    put_quantity(p, range[0], wish);
    cx_text_add(p, " to ");
    put_quantity(p, range[1], wish);
    cx_text_add(p, "</td><td class=%s>%s</td></tr>\n", kept ? "yes" : "no",
                kept ? "kept" : "broken");
}

/* Says so where there are no limits, or where nothing keeps them. */
static void put_limits(struct cx_text *p, const struct optimum *o) {
    bool any = false;
    for (size_t i = 0; i < json_array_size(o->wishes); i++) {
        const json_t *w = json_array_get(o->wishes, i);
        any = any || !isnan(cx_json_get_number(w, "at_least")) ||
              !isnan(cx_json_get_number(w, "at_most"));
    }
    if (!any) {
        cx_text_add(p, "<p class=about>No limits were set.</p>\n");
        return;
    }
    if (!json_array_size(o->front))
        cx_text_add(p, "<p class=about><b>No design keeps all limits.</b> The list shows the one "
                       "that breaks them least.</p>\n");
    cx_text_add(p,
                "<div class=scroll tabindex=0><table><thead><tr><th scope=col>Limit of<th "
                "scope=col>Wanted<th scope=col class=num>%s<th scope=col></tr></thead><tbody>\n",
                json_array_size(o->front) ? "On the front" : "Nearest design");
    for (size_t i = 0; i < json_array_size(o->wishes); i++)
        put_limit(p, o, json_array_get(o->wishes, i));
    cx_text_add(p, "</tbody></table></div><br>\n");
}

/* ---- designs --------------------------------------------------------------------------------- */

/* "needle length 1.5 mm, pattern density 250 1/cm2" */
static void put_settings(struct cx_text *p, const json_t *design) {
    const char *name;
    json_t *value;
    bool first = true;
    json_object_foreach(json_object_get(design, "settings"), name, value) {
        cx_text_add(p, "%s", first ? "" : ", ");
        cx_study_put_name(p, name);
        cx_text_add(p, " <b>");
        cx_page_text(p, json_string_value(value));
        cx_text_add(p, "</b>");
        first = false;
    }
}

/* What is given up: each goal that is not at its best, beside that best. */
static void put_price(struct cx_text *p, const struct optimum *o, const json_t *design) {
    bool any = false;
    for (size_t j = 0; j < o->goals; j++) {
        double range[2];
        const bool most = strcmp(cx_json_get_text(o->goal[j], "goal"), "max") == 0;
        const double x = value_of(design, o->goal[j]);
        range_of(o, o->goal[j], range);
        const double best = most ? range[1] : range[0];
        if (x == best) continue;
        cx_text_add(p, "%s", any ? "; " : "");
        cx_study_put_name(p, cx_json_get_text(o->goal[j], "outcome"));
        cx_text_add(p, " ");
        put_quantity(p, x, o->goal[j]);
        cx_text_add(p, " instead of ");
        put_quantity(p, best, o->goal[j]);
        any = true;
    }
    if (!any) cx_text_add(p, "nothing: best in every goal");
}

/* "best erythema days" */
static void put_names(struct cx_text *p, const json_t *design) {
    char words[400];
    snprintf(words, sizeof words, "%s", cx_json_get_text(design, "names"));
    for (char *c = words; *c; c++)
        if (*c == '_') *c = ' ';
    cx_page_text(p, words);
}

/* The few designs that have a name. */
static void put_named(struct cx_text *p, const struct optimum *o) {
    cx_text_add(p, "<div class=scroll tabindex=0><table><thead><tr><th scope=col>Design<th "
                   "scope=col>Settings<th scope=col>What it costs</tr></thead><tbody>\n");
    for (size_t i = 0; i < json_array_size(o->front); i++) {
        const json_t *d = json_array_get(o->front, i);
        if (!*cx_json_get_text(d, "names")) continue;
        cx_text_add(p, "<tr><th scope=row>%zu ", i + 1);
        put_names(p, d);
        cx_text_add(p, "</th><td>");
        put_settings(p, d);
        cx_text_add(p, "</td><td>");
        put_price(p, o, d);
        cx_text_add(p, "</td></tr>\n");
    }
    cx_text_add(p, "</tbody></table></div>\n");
    if (o->goals > 1)
        cx_text_add(p, "<p class=note>Best compromise: the design nearest to a point that is the "
                       "best in every goal at once, each goal measured from 0, its best on the "
                       "front, to 1, its worst there.</p>\n");
}

/* A value, and how far it is from the best (empty) to the worst of the front (full). */
static void put_goal(struct cx_text *p, const struct optimum *o, const json_t *d, size_t j) {
    const double cost =
        cx_json_get_number(json_object_get(d, "cost"), cx_json_get_text(o->goal[j], "outcome"));
    cx_text_add(p, "<td class=num>");
    put_quantity(p, value_of(d, o->goal[j]), o->goal[j]);
    if (o->goals > 2 && isfinite(cost))
        cx_text_add(p,
                    "<svg width=%d height=6 role=img aria-label='%.0f %% of the way to the worst'>"
                    "<rect width=%d height=6 fill='var(--grid)'/><rect width=%.1f height=6 "
                    "fill='var(--accent)'/></svg>",
                    BAR, 100 * cost, BAR, BAR * cost);
    cx_text_add(p, "</td>");
}

/* More than two goals have no picture: the list is open and has bars. */
static void put_list(struct cx_text *p, const struct optimum *o) {
    const size_t n = json_array_size(o->front);
    cx_text_add(p,
                "<details%s><summary>All %zu designs of the front</summary><table><thead><tr><th "
                "scope=col>Design<th scope=col>Settings",
                o->goals > 2 ? " open" : "", n);
    for (size_t j = 0; j < o->goals; j++) {
        cx_text_add(p, "<th scope=col class=num>");
        cx_study_put_name(p, cx_json_get_text(o->goal[j], "outcome"));
        cx_text_add(p, " (%s)", cx_json_get_text(o->goal[j], "goal"));
    }
    cx_text_add(p, "</tr></thead><tbody>\n");
    for (size_t i = 0; i < n && i < ROWS_MOST; i++) {
        const json_t *d = json_array_get(o->front, i);
        cx_text_add(p, "<tr><th scope=row>%zu</th><td>", i + 1);
        put_settings(p, d);
        cx_text_add(p, "</td>");
        for (size_t j = 0; j < o->goals; j++) put_goal(p, o, d, j);
        cx_text_add(p, "</tr>\n");
    }
    cx_text_add(p, "</tbody></table>%s</details>\n",
                n > ROWS_MOST ? "The rest is in front.csv." : "");
}

/* How much of the box the front covers, generation by generation. */
static void put_history(struct cx_text *p, const struct optimum *o) {
    const json_t *all = json_object_get(o->root, "history");
    cx_text_add(p, "<p class=note>Share of the space between best and worst that the front covers, "
                   "by generation:");
    for (size_t i = 0; i < json_array_size(all); i++)
        cx_text_add(p, "%s %.3f", i ? "," : "",
                    cx_json_get_number(json_array_get(all, i), "volume"));
    cx_text_add(p, ".</p>\n");
}

/* ---- the whole ------------------------------------------------------------------------------- */

static void path_of(const char *folder, char path[1024]) {
    snprintf(path, 1024, "%.1000s/optimization.json", folder);
}

bool cx_report_optimized(const char *folder) {
    char path[1024];
    path_of(folder, path);
    return cx_file_exists(path);
}

/* False where the file is damaged: the page goes without the section. */
static bool open_optimum(const char *folder, struct optimum *o) {
    char path[1024];
    path_of(folder, path);
    *o = (struct optimum){.root = json_load_file(path, JSON_REJECT_DUPLICATES, NULL)};
    if (!o->root) return false;
    o->wishes = json_object_get(o->root, "wishes");
    o->front = json_object_get(o->root, "front");
    for (size_t i = 0; i < json_array_size(o->wishes) && o->goals < GOALS_MOST; i++)
        if (*cx_json_get_text(json_array_get(o->wishes, i), "goal"))
            o->goal[o->goals++] = json_array_get(o->wishes, i);
    return true;
}

/* The compromise of several goals, the best of one. */
static const json_t *favourite(const struct optimum *o) {
    for (size_t i = 0; i < json_array_size(o->front); i++) {
        const json_t *d = json_array_get(o->front, i);
        if (strstr(cx_json_get_text(d, "names"), o->goals > 1 ? "best compromise" : "best"))
            return d;
    }
    return NULL;
}

bool cx_report_optimum_finding(struct cx_text *p, const char *folder) {
    struct optimum o;
    if (!cx_report_optimized(folder) || !open_optimum(folder, &o)) return false;
    const json_t *d = favourite(&o);
    cx_text_add(p, "%s",
                !d            ? "No design keeps all limits. "
                : o.goals > 1 ? "Best compromise: "
                              : "Best: ");
    for (size_t j = 0; d && j < o.goals; j++) {
        cx_text_add(p, "%s", j ? ", " : "");
        cx_study_put_name(p, cx_json_get_text(o.goal[j], "outcome"));
        cx_text_add(p, " <b>");
        put_quantity(p, value_of(d, o.goal[j]), o.goal[j]);
        cx_text_add(p, "</b>");
    }
    if (d) {
        cx_text_add(p, " at ");
        put_settings(p, d);
        cx_text_add(p, ". ");
    }
    json_decref(o.root);
    return true;
}

bool cx_report_optimum(struct cx_text *p, const char *folder) {
    struct optimum o;
    if (!cx_report_optimized(folder) || !open_optimum(folder, &o)) return false;
    const bool found = json_array_size(o.front) > 0;
    const json_t *nearest = json_object_get(o.root, "nearest");
    cx_text_add(p, "<section id=optimum><h2>Optimisation</h2>");
    put_search(p, &o);
    put_limits(p, &o);
    if (found) put_named(p, &o);
    if (!found && json_is_object(nearest)) {
        cx_text_add(p, "<p class=about>Nearest: ");
        put_settings(p, nearest);
        cx_text_add(p, ".</p>\n");
    }
    if (o.goals == 2) {
        cx_text_add(p, "<div class='group charts'>");
        cx_report_front(p, o.root, o.goal);
        cx_text_add(p, "</div>\n");
    }
    if (found) put_list(p, &o);
    put_history(p, &o);
    cx_text_add(p, "</section>\n");
    json_decref(o.root);
    return true;
}
