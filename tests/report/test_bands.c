/* Bands behind the curves: read back, put on the times of the curves, drawn and listed; without them the page stays as it
 * is. */
#include "report/bands.h"
#include "report/page_for_tests.h"

static const char config[] = "cicatrix: 1\ntreatment: {sessions: [0 day]}\n";
static const char bands[] = "time_day,fibroblasts_low,fibroblasts_high,erythema_low,erythema_high\n"
                            "0,0.5,1.5,1,1\n14,12,18,,\n28,20,40,0,0.5\n";
static struct cx_outcome_entry outcome = {"erythema_days",      "day", "Days.", "", 3, false, 0, 0,
                                          {2, 4, 0.9, 12, true}};
static const struct cx_outcomes outcomes = {"small", "demo",   "",   1,    0,
                                            0,       &outcome, NULL, NULL, NULL};
static const struct page_for_tests row = {"column", {1, 1, 8}, 0,    "Bands",
                                          config,   &outcomes, false};

static void put(const struct scratch *place, const char *text) {
    char room[400];
    struct cx_error e = {0};
    CHECK(cx_file_write(scratch_path(place, "series_bands.csv", room), text, strlen(text), &e) ==
          CX_OK);
}

/* The page of the folder as it is now, heap string. */
static char *page_of(const struct scratch *place) {
    char room[400];
    unsigned char *bytes = NULL;
    size_t n = 0;
    struct cx_error e = {0};
    CHECK_MSG(cx_report_write(place->folder, NULL, &e) == CX_OK, "%s", e.text);
    CHECK(cx_file_read(scratch_path(place, "report.html", room), 1 << 23, &bytes, &n, &e) == CX_OK);
    return (char *)bytes;
}

static void a_file_is_read_at_the_times_of_the_curves(void) {
    const struct scratch place = scratch_make();
    const struct cx_record record = {.o = outcomes};
    const double day[] = {-1, 0, 7, 14, 21, 28, 29};
    double low[7], high[7], gap[7];
    struct cx_bands b;
    struct cx_error e = {0};
    put(&place, bands);
    CHECK_MSG(cx_bands_read(&b, place.folder, &record, &e) == CX_OK, "%s", e.text);
    CHECK(b.file.rows == 3 && b.file.columns == 5);
    CHECK(strcmp(b.words, "5 to 95 % of the draws of the fitted values") == 0);
    CHECK(strcmp(b.low, "5 %") == 0 && strcmp(b.high, "95 %") == 0);
    CHECK(cx_bands_find(&b, "fibroblasts") == 1 && cx_bands_find(&b, "erythema") == 3);
    CHECK(cx_bands_find(&b, "fibro") == -1 && cx_bands_find(&b, "oxygen") == -1);
    cx_bands_course(&b, 1, day, 7, low);
    cx_bands_course(&b, 2, day, 7, high);
    cx_bands_course(&b, 3, day, 7, gap);
    CHECK(isnan(low[0]) && isnan(high[6]));
    CHECK(low[1] == 0.5 && low[2] == 6.25 && low[3] == 12 && high[4] == 29 && high[5] == 40);
    CHECK(gap[1] == 1 && isnan(gap[2]) && isnan(gap[3]) && isnan(gap[4]) && gap[5] == 0);
    cx_bands_free(&b);
    scratch_clear(&place);
}

static void a_damaged_file_is_an_error(void) {
    static const char *const wrong[] = {"", "time_day,a_low,a_high", "time_day,a_low,a_high\n"};
    const struct scratch place = scratch_make();
    const struct cx_record record = {.o = outcomes};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct cx_bands b;
        struct cx_error e = {0};
        put(&place, wrong[i]);
        CHECK(cx_bands_read(&b, place.folder, &record, &e) == CX_STORAGE && e.code == 73);
        CHECK(b.file.rows == 0 && !b.file.at && strstr(e.text, "series_bands.csv"));
    }
    scratch_clear(&place);
}

/* No file, and a file that an older run left: the same page, byte by byte. */
static void without_bands_nothing_changes(void) {
    const struct scratch place = scratch_make();
    struct page_for_tests p = row;
    struct cx_outcome_entry bare = outcome;
    struct cx_outcomes plain = outcomes;
    bare.spread = (struct cx_outcome_spread){0};
    plain.outcome = &bare;
    p.outcomes = &plain;
    page_prepare(&place, &p);
    char *none = page_of(&place);
    put(&place, bands);
    char *old = page_of(&place);
    CHECK(strcmp(none, old) == 0);
    CHECK(!strstr(none, "draws of the fitted") && !strstr(none, "\"low\":[") &&
          !strstr(none, "class='band"));
    CHECK(!strstr(none, "bands.js"));
    free(none);
    free(old);
    scratch_clear(&place);
}

static void with_bands_they_are_drawn_and_listed(void) {
    const struct scratch place = scratch_make();
    page_prepare(&place, &row);
    put(&place, bands);
    char *page = page_of(&place);
    CHECK(page_count(page, "<path class='band c") == 2);
    CHECK(page_count(page, "Shaded: 5 to 95 % of the draws of the fitted values</text>") == 2);
    CHECK(page_count(page, ",\"low\":[") == 2 && page_count(page, ",\"high\":[") == 2);
    CHECK(page_count(page, ",\"ends\":[\"5 %\",\"95 %\"]") == 2);
    CHECK(strstr(page, "the spread of the fitted values only"));
    CHECK(page_count(page, "bands.js") == 1 && page_count(page, "<script>") == 1);
    free(page);
    scratch_clear(&place);
}

int main(void) {
    RUN(a_file_is_read_at_the_times_of_the_curves);
    RUN(a_damaged_file_is_an_error);
    RUN(without_bands_nothing_changes);
    RUN(with_bands_they_are_drawn_and_listed);
    return check_done();
}
