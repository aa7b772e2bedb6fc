/* Pages of blocks without skin: a point has curves only, a row of cells pictures along it, none of them layers. */
#include "report/report.h"
#include "run/lab.h"

static const char dish[] = "cicatrix: 1\n"
                           "model: template\n"
                           "wound: {type: punch, diameter: 0.4 mm, depth: 12 um}\n"
                           "time: {end: 2 day}\n"
                           "output: {at: [0 day, 1 day, 2 day]}\n";

/* The page of `dish` in another block; heap. */
static char *page_of(const char *domain) {
    struct lab l;
    struct cx_run_summary out;
    struct cx_error e = {0};
    const char *const set[] = {domain, NULL};
    char folder[100], path[120], *page = calloc(1 << 20, 1);
    if (!lab_open(&l, dish, set)) return page;
    snprintf(folder, sizeof folder, "%s/run", l.folder);
    snprintf(path, sizeof path, "%s/report.html", folder);
    CHECK_MSG(cx_run(&l.scenario, &(struct cx_run_options){.folder = folder}, &out, &e) == CX_OK,
              "%s", e.text);
    cx_run_summary_free(&out);
    CHECK_MSG(cx_report_write(folder, NULL, &e) == CX_OK, "%s", e.text);
    FILE *f = fopen(path, "r");
    CHECK(f && fread(page, 1, (1 << 20) - 1, f) > 1000);
    if (f) fclose(f);
    lab_close(&l);
    return page;
}

static bool says(const char *page, const char *what) { return strstr(page, what) != NULL; }

/* What no block without skin shows. */
static void check_no_skin(const char *page) {
    CHECK(says(page, "<h2>Time courses</h2>") && says(page, "time, days"));
    CHECK(!says(page, "first session") && !says(page, "limits of the layers"));
    CHECK(!says(page, "hypodermis") && !says(page, "id=pattern") && !says(page, " nan"));
}

static void a_point_has_curves_only(void) {
    char *page = page_of("domain={geometry: point}");
    check_no_skin(page);
    CHECK(!says(page, "id=pictures") && !says(page, "id=depth") && !says(page, "'#depth'"));
    free(page);
}

static void a_row_is_drawn_along_itself(void) {
    char *page = page_of("domain={geometry: slice, layout: uniform, size: [1 mm, 25 um]}");
    check_no_skin(page);
    CHECK(says(page, "<h2>Place and time</h2>") && says(page, "The left side is at the top"));
    CHECK(says(page, "<h2>By x</h2>") && says(page, "x, mm") && says(page, ">By place<"));
    CHECK(!says(page, "depth, mm") && !says(page, "Vertical sections"));
    free(page);
    page = page_of("domain={geometry: axisymmetric, layout: uniform, size: [1 mm, 25 um]}");
    check_no_skin(page);
    CHECK(says(page, "The axis is at the top") && says(page, "<h2>By radius</h2>"));
    CHECK(says(page, "radius, mm") && says(page, "cells by radius and time"));
    free(page);
}

static void deep_blocks_are_drawn_as_before(void) {
    char *page = page_of("domain={geometry: column, layout: uniform, size: 1 mm}");
    check_no_skin(page);
    CHECK(says(page, "<h2>Depth and time</h2>") && says(page, "<h2>By depth</h2>"));
    free(page);
    page = page_of("domain={geometry: slice, layout: uniform, size: [1 mm, 0.5 mm]}");
    check_no_skin(page);
    CHECK(says(page, "<h2>Vertical sections</h2>") && !says(page, "Cut through a needle"));
    free(page);
}

int main(void) {
    RUN(a_point_has_curves_only);
    RUN(a_row_is_drawn_along_itself);
    RUN(deep_blocks_are_drawn_as_before);
    return check_done();
}
