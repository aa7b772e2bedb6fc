/* The page: made from the files only, offline, escaped, described, themed, and small. */
#include "report/fonts_for_tests.h"
#include "report/page_for_tests.h"

static const struct cx_outcome_entry outcome[] = {
    {"collagen_total_gain",
     "percent",
     "Change of <collagen>.",
     "direction: a & b",
     12.34,
     false,
     0,
     0,
     {0, 0, 0, 0, false}},
    {"erythema_days",
     "day",
     "Days of redness.",
     "not compared with any measurement",
     3,
     false,
     0,
     0,
     {0, 0, 0, 0, false}},
    {"tewl_recovery_hours",
     "h",
     "Hours until the leak is gone.",
     "x",
     0.5,
     false,
     0,
     0,
     {0, 0, 0, 0, false}},
    {"scar_index", "percent", "Scar-like share.", "y", 0.0004, false, 0, 0, {0, 0, 0, 0, false}},
    {"closure_day", "day", "First day closed.", "z", NAN, false, 0, 0, {0, 0, 0, 0, false}}};
static const struct cx_observed_entry observed[] = {
    {"collagen_total_gain", "percent", "collagen <i>stain</i>", "Somebody 2015", "", 28, 10, 5, 20,
     12.34, CX_AGREES_YES},
    {"erythema_days", "day", "redness", "Else 2016", "up", NAN, NAN, NAN, NAN, 3, CX_AGREES_NO},
    {"erythema", "percent", "redness by colour", "Third 2017", "", 7, 0.3, 0.2, 0.4, 0.001,
     CX_AGREES_UNKNOWN}};
static const struct cx_numerics_entry numerics[] = {{"steps", 1234}, {"memory_bytes", 14400000}};
static const struct cx_outcomes outcomes = {"small", "demo",  "feed",   5,        3,
                                            2,       outcome, observed, numerics, NULL};
static const char config[] =
    "cicatrix: 1\ndescription: \"A <small> run.\"\ntreatment: {sessions: [0 day, 14 day]}\n";

static const struct page_for_tests patch = {
    "patch", {6, 4, 8}, 8, "A <script>alert(1)</script> & \"title\"", config, &outcomes, false};

static void it_tells_the_finding_in_words(void) {
    char *page = page_make(&patch);
    CHECK(strstr(page, "the dermal collagen has grown by <b>12.3\u00a0%</b> by day 28."));
    CHECK(strstr(page, "The redness lasts <b>3\u00a0days</b>"));
    CHECK(strstr(page, "the barrier of the skin recovers in <b>30\u00a0min</b>"));
    CHECK(strstr(page, "Of 2 published measurements that can be judged, 1 agrees."));
    CHECK(strstr(page, "Context of use: none given. Not for clinical decisions."));
    CHECK(strstr(page, "&lt;\u20090.01<span>%</span>"));
    CHECK(strstr(page, "A &lt;small&gt; run."));
    CHECK(strstr(page, "28 days · 2 sessions"));
    free(page);
}

static void a_duration_that_the_run_cut_short_is_said_to_be_longer(void) {
    struct cx_outcome_entry red = {
        "erythema_days", "day", "Days of redness.", "", 14, false, 0, 0, {0, 0, 0, 0, false}};
    const struct cx_outcomes cut = {"small", "demo", "", 1, 0, 0, &red, NULL, NULL, NULL};
    struct page_for_tests p = patch;
    p.outcomes = &cut;
    char *page = page_make(&p);
    CHECK(strstr(page, "The redness lasts <b>more than 14\u00a0days</b>"));
    CHECK(strstr(page, "This run carries no published measurement"));
    free(page);
}

/* Beside the key numbers and in the table; without an ensemble and a certificate nothing is said of them. */
static void intervals_error_bars_and_evidence_stand_with_the_numbers(void) {
    struct cx_outcome_entry row[] = {
        {"collagen_total_gain",
         "percent",
         "Change.",
         "direction: one",
         12.34,
         true,
         0.02345,
         NAN,
         {5.5, 20.5, 0.9, 40, true}},
        {"scar_index", "percent", "Share.", "", 3, false, 0, 0, {NAN, NAN, 0.9, 1, true}}};
    const struct cx_outcomes o = {"small", "demo", "", 2, 0, 0, row, NULL, NULL, NULL};
    struct page_for_tests p = patch;
    p.outcomes = &o;
    char *page = page_make(&p);
    const char *spread =
        "<span class=spread><b>5.5 – 20.5</b>\u00a0%, 90\u00a0% of 40 draws</span>";
    CHECK(strstr(page,
                 "by <b>12.3\u00a0%</b> (5.5\u00a0% to 20.5\u00a0% in 90\u00a0% of 40 draws) by"));
    CHECK_MSG(page_count(page, spread) == 2, "%d", page_count(page, spread)); /* card and table */
    CHECK(page_count(page, "<span class=spread>±\u00a0") == 1); /* no certificate: no column */
    CHECK(strstr(page, "±\u00a00.023 time step</span>"));
    CHECK_MSG(page_count(page, "The intervals hold one thing") == 2, "%d",
              page_count(page, "The intervals hold one thing"));
    CHECK(strstr(page, "<p class=basis><span>Compared with</span> direction: one</p>"));
    CHECK(strstr(page, "<p class=basis><span>Compared with</span> not compared") == NULL);
    CHECK(page_count(page, "class=spread") == 3);
    free(page);
    page = page_make(&patch);
    CHECK(!strstr(page, "class=spread") && !strstr(page, "The intervals hold"));
    CHECK(strstr(page, "<p class=basis><span>Compared with</span> no measurement</p>"));
    free(page);
}

static void everything_foreign_is_escaped(void) {
    char *page = page_make(&patch);
    CHECK(!strstr(page, "<script>alert"));
    CHECK(page_count(page, "<script") ==
          page_count(page, "<script type='application/json' ") + page_count(page, "<script>"));
    CHECK(page_count(page, "<script>") == 1 && page_count(page, "</script>") > 2);
    CHECK(page_count(page, "A &lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;title&quot;") == 2);
    CHECK(strstr(page, "Change of &lt;collagen&gt;."));
    CHECK(strstr(page, "direction: a &amp; b"));
    CHECK(strstr(page, "collagen &lt;i&gt;stain&lt;/i&gt;"));
    CHECK(strstr(page, "cytokine &lt;b&gt;"));
    CHECK(strstr(page, "description: &quot;A &lt;small&gt; run.&quot;"));
    free(page);
}

/* The one script is named by its digest: nothing that a file brings can run, and nothing can be sent. */
static void only_its_own_script_may_run(void) {
    char *page = page_make(&patch);
    const char *policy = strstr(page, "http-equiv=Content-Security-Policy");
    CHECK(policy && policy < strstr(page, "<style>") && policy < strstr(page, "<script"));
    CHECK(strstr(page, "default-src 'none';") && strstr(page, "script-src 'sha256-"));
    CHECK(!strstr(page, "'unsafe-eval'") && !strstr(page, "script-src 'unsafe-inline'"));
    CHECK(strstr(page, "Copyright (c) 2022 Leon Sorokin"));
    free(page);
}

static void the_numbers_behind_the_script_are_escaped(void) {
    char *page = page_make(&patch);
    CHECK(strstr(page, "\"doc\":\"cytokine \\u003cb\\u003e\""));
    CHECK(page_count(page, "\"data\":\"") == PAGE_FIELDS);
    CHECK(page_count(page, "class=chart-data") == 3);
    CHECK(strstr(page, "id=phases") && strstr(page, "<path class=half d='M"));
    free(page);
}

/* Stages and literature count from one wound: a session, or a wound of another kind at time 0. */
static void stages_count_from_the_only_wound(void) {
    static const struct {
        const char *config;
        bool shown;
    } all[] = {
        {"treatment: {sessions: [2 day]}\n", true},
        {"treatment: {sessions: [0 day, 14 day]}\n", false},
        {"treatment: {sessions: []}\nwound: {type: punch}\n", true},
        {"treatment: {sessions: [0 day]}\nwound: {type: punch}\n", false},
        {"treatment: {sessions: []}\nwound: {type: none}\n", false},
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        struct page_for_tests p = patch;
        p.config = all[i].config;
        char *page = page_make(&p);
        CHECK_MSG((strstr(page, "<rect class='stage") != NULL) == all[i].shown, "%s", p.config);
        CHECK_MSG((strstr(page, "agreement is no test") != NULL) == all[i].shown, "%s", p.config);
        free(page);
    }
}

static void what_cannot_be_turned_has_no_viewer(void) {
    struct page_for_tests p = patch;
    p.geometry = "column";
    p.shape[0] = p.shape[1] = 1;
    char *page = page_make(&p);
    CHECK(!strstr(page, "id=vw-data") && !strstr(page, "<a href='#viewer'"));
    CHECK(strstr(page, "class=chart-data"));
    free(page);
}

/* Every address in the page is inside it: a fragment or data. */
static void it_loads_nothing_from_elsewhere(void) {
    static const char *const attributes[] = {" src='", " href='", " srcset='", "url("};
    char *page = page_make(&patch);
    int seen = 0;
    for (size_t a = 0; a < sizeof attributes / sizeof *attributes; a++)
        for (const char *at = page; (at = strstr(at, attributes[a]));) {
            at += strlen(attributes[a]);
            CHECK_MSG(*at == '#' || strncmp(at, "data:", 5) == 0, "%s%.40s", attributes[a], at);
            seen++;
        }
    CHECK_MSG(seen > 20, "%d addresses", seen);
    CHECK(!strstr(page, "http:") && !strstr(page, "https:") && !strstr(page, "@import") &&
          !strstr(page, "<link"));
    CHECK(page_count(page, " src=") == page_count(page, " src='") &&
          page_count(page, " href=") == page_count(page, " href='"));
    free(page);
}

static void every_picture_is_described(void) {
    char *page = page_make(&patch);
    for (const char *at = page; (at = strstr(at, "<img ")); at++) {
        const char *end = strchr(at, '>'), *alt = strstr(at, "alt='");
        CHECK(alt && alt < end && alt[5] != '\'');
    }
    CHECK(page_count(page, "<img ") == 1);
    for (const char *at = page; (at = strstr(at, "<svg ")); at++) {
        const char *end = strchr(at, '>'), *label = strstr(at, "aria-label="),
                   *hidden = strstr(at, "aria-hidden=");
        CHECK_MSG((label && label < end) || (hidden && hidden < end), "%.80s", at);
    }
    CHECK(page_count(page, "<svg class=sec") == PAGE_FIELDS * 5);
    CHECK(page_count(page, "data:image/png;base64,iVBOR") == PAGE_FIELDS * 5 + 2);
    free(page);
}

static void it_has_both_themes_and_print(void) {
    char *page = page_make(&patch);
    CHECK(page_count(page, "@media (prefers-color-scheme:dark)") == 1);
    CHECK(page_count(page, "@media print{:root{") == 1);
    CHECK(strstr(page, "media='screen and (prefers-color-scheme:dark)'"));
    CHECK(strstr(page, "<html lang=en>") && strstr(page, "name=viewport"));
    free(page);
}

static void tables_show_outcomes_and_measurements(void) {
    char *page = page_make(&patch);
    CHECK(strstr(page, "collagen total gain</th><td class=num>12.3</td><td>%</td>"));
    CHECK(strstr(page, "closure day</th><td class=num>–</td>"));
    CHECK(page_count(page, "✓&nbsp;agrees") == 1 && page_count(page, "✗&nbsp;differs") == 1);
    CHECK(page_count(page, "not judged") == 1);
    CHECK(strstr(page, "<span class=window>5 – 20</span>") && strstr(page, "↑ rises"));
    CHECK(page_count(page, "<svg class=gauge") == 2);
    CHECK(strstr(page, "<dt>steps</dt><dd>1234</dd>") && strstr(page, "<dd>14.4\u00a0MB</dd>"));
    CHECK(strstr(page, "<code>0.1.0</code>") && strstr(page, "<code>abc1234</code>") &&
          strstr(page, "<code>feed</code>"));
    free(page);
}

static void courses_are_drawn_and_can_be_downloaded(void) {
    char *page = page_make(&patch);
    CHECK(strstr(page, "<h3>Matrix</h3>") && strstr(page, "<h3>Cells and vessels</h3>"));
    CHECK(strstr(page, "<h3>Inflammation</h3>") &&
          strstr(page, "download='Inflammation.csv' href='data:text/csv;base64,"));
    CHECK(strstr(page, "Did not change: oxygen."));
    CHECK_MSG(page_count(page, "<g class='dot c") == 1, "%d", page_count(page, "<g class='dot c"));
    CHECK(page_count(page, "<g class=mark><path") == 3); /* two sessions */
    free(page);
}

static void each_geometry_has_its_pictures(void) {
    struct page_for_tests p = patch;
    p.geometry = "axisymmetric";
    p.shape[1] = 1;
    p.needles = 1;
    char *page = page_make(&p);
    CHECK(page_count(page, "<svg class=sec") == PAGE_FIELDS * 5);
    free(page);
    p.geometry = "slice";
    page = page_make(&p);
    CHECK(page_count(page, "<svg class=sec") == PAGE_FIELDS * 5);
    free(page);
    p.geometry = "column";
    p.shape[0] = 1;
    page = page_make(&p);
    CHECK(page_count(page, "<svg class=sec") == 0 && strstr(page, "Depth and time"));
    CHECK(page_count(page, "by depth and time\"") == PAGE_FIELDS);
    free(page);
}

static void a_run_without_outcomes_and_needles_still_has_a_page(void) {
    struct page_for_tests p = patch;
    p.needles = 0;
    p.outcomes = NULL;
    p.config = NULL;
    char *page = page_make(&p);
    CHECK(strstr(page, "The run has not ended yet") && !strstr(page, "id=outcomes") &&
          !strstr(page, "id=pattern"));
    CHECK(strstr(page, "cicatrix: 1"));
    free(page);
}

static void a_run_that_has_only_begun_has_a_page(void) {
    struct page_for_tests p = patch;
    p.outcomes = NULL;
    p.begun = true;
    char *page = page_make(&p);
    CHECK(strstr(page, "The run has not ended yet") && !strstr(page, "id=pictures"));
    CHECK(strstr(page, "id=pattern"));
    free(page);
}

static void a_folder_without_a_result_is_an_error(void) {
    const struct scratch place = scratch_make();
    struct cx_error e = {0};
    CHECK(cx_report_write(place.folder, NULL, &e) == CX_STORAGE);
    CHECK(strstr(e.text, "run.nc") != NULL);
    scratch_clear(&place);
}

int main(void) {
    RUN(it_tells_the_finding_in_words);
    RUN(a_duration_that_the_run_cut_short_is_said_to_be_longer);
    RUN(intervals_error_bars_and_evidence_stand_with_the_numbers);
    RUN(everything_foreign_is_escaped);
    RUN(only_its_own_script_may_run);
    RUN(the_numbers_behind_the_script_are_escaped);
    RUN(stages_count_from_the_only_wound);
    RUN(what_cannot_be_turned_has_no_viewer);
    RUN(it_loads_nothing_from_elsewhere);
    RUN(every_picture_is_described);
    RUN(it_has_both_themes_and_print);
    RUN(tables_show_outcomes_and_measurements);
    RUN(courses_are_drawn_and_can_be_downloaded);
    RUN(each_geometry_has_its_pictures);
    RUN(a_run_without_outcomes_and_needles_still_has_a_page);
    RUN(a_run_that_has_only_begun_has_a_page);
    RUN(a_folder_without_a_result_is_an_error);
    return check_done();
}
