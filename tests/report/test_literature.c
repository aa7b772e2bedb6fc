/* The windows of the literature: the embedded file can be read whole, its bars lie where their hours are, and only the
 * sources that have a bar are listed, each under one number. */
#include "check.h"
#include "report/literature.h"

#include <stdlib.h>
#include <string.h>

static const struct cx_scale hours_log = {1.0 / 48, 28, 100, 1000, true};

static void bars(struct cx_text *p, struct cx_literature *l, const char *series, double start) {
    cx_literature_bars(p, l, &(struct cx_literature_row){series, hours_log, start, 10, 28, 7});
}

static const char *text_of(const struct cx_yaml *map, const char *key) {
    const struct cx_yaml *node = cx_yaml_child(map, key);
    return node && node->kind == CX_YAML_SCALAR ? node->text : "";
}

static bool is_one_of(const char *word, const char *const *of, int n) {
    for (int i = 0; i < n; i++)
        if (strcmp(word, of[i]) == 0) return true;
    return false;
}

static void every_source_is_whole(void) {
    static const char *const status[] = {"measured", "review"};
    static const char *const role[] = {"fit", "prediction", "plausibility", "none"};
    static const char *const mark[] = {"largest", "seen", "first", "gone", "done"};
    static const char *const keys[] = {"cite", "id", "subject", "wound", "data"};
    struct cx_literature l;
    struct cx_error e = {0};
    CHECK_MSG(cx_literature_open(&l, &e) == CX_OK, "%s", e.text);
    CHECK(l.list && l.list->count > 10);
    for (const struct cx_yaml *s = l.list ? l.list->first : NULL; s; s = s->next) {
        for (int k = 0; k < 5; k++)
            CHECK_MSG(*text_of(s, keys[k]), "%s of the source in line %d", keys[k], s->line);
        CHECK_MSG(is_one_of(text_of(s, "status"), status, 2), "status, line %d", s->line);
        CHECK_MSG(is_one_of(text_of(s, "role"), role, 4), "role, line %d", s->line);
        const struct cx_yaml *w = cx_yaml_child(s, "windows");
        CHECK_MSG(w && w->count, "line %d", s->line);
        for (w = w ? w->first : NULL; w; w = w->next) {
            CHECK_MSG(*text_of(w, "row") && *text_of(w, "what"), "line %d", w->line);
            CHECK_MSG(is_one_of(text_of(w, "mark"), mark, 5), "mark, line %d", w->line);
        }
    }
    cx_literature_close(&l);
}

/* Neutrophils of people are most on day 1: the bar stands there, also when the only session comes later. */
static void bars_stand_at_their_hours(void) {
    for (double start = 0; start < 3; start += 2) {
        struct cx_literature l;
        struct cx_error e = {0};
        struct cx_text p = {0};
        char wanted[64];
        CHECK_MSG(cx_literature_open(&l, &e) == CX_OK, "%s", e.text);
        bars(&p, &l, "neutrophils", start);
        const double x = cx_scale_at(&hours_log, start + 1);
        snprintf(wanted, sizeof wanted, "<path d='M%.1f 13.5H%.1f'/>", x - 2.5, x + 2.5);
        CHECK_MSG(strstr(p.at, wanted), "no %s in %s", wanted, p.at);
        CHECK(strstr(p.at, "neutrophils: largest at day 1 – human, "));
        CHECK(strstr(p.at, "class='seen animal'"));
        free(p.at);
        cx_literature_close(&l);
    }
}

static void only_what_was_drawn_is_listed(void) {
    struct cx_literature l;
    struct cx_error e = {0};
    struct cx_text p = {0};
    CHECK_MSG(cx_literature_open(&l, &e) == CX_OK, "%s", e.text);
    bars(&p, &l, "sauce", 0);
    cx_literature_sources(&p, &l);
    CHECK(p.n == 0 && l.shown == 0);
    bars(&p, &l, "collagen_3", 0);
    CHECK(l.shown == 2);
    bars(&p, &l, "collagen_1_new", 0); /* of the same two */
    CHECK(l.shown == 2);
    cx_literature_sources(&p, &l);
    CHECK(strstr(p.at, "Sources of the 2 numbers") && strstr(p.at, "PMID 360747"));
    CHECK(strstr(p.at, "agreement is no test") && strstr(p.at, "fitted to: no test of the model"));
    CHECK(!strstr(p.at, "Kalluri"));
    free(p.at);
    cx_literature_close(&l);
}

int main(void) {
    RUN(every_source_is_whole);
    RUN(bars_stand_at_their_hours);
    RUN(only_what_was_drawn_is_listed);
    return check_done();
}
