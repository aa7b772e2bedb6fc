/* Needle lists: CSV and JSON, with units; a mistake is told with its file, line and column. */
#include "check.h"
#include "scenario_for_tests.h"
#include "wound/pattern.h"

#include <stdlib.h>
#include <unistd.h>

static const struct cx_field_of_view view = {0, 0, 2000, 2000, false};
static char folder[] = "/tmp/cicatrix-needles-XXXXXX";

static struct cx_scenario listed(const char *name, const char *content) {
    struct cx_scenario s = scenario_for_tests();
    char path[300];
    s.pattern.type = CX_FILE;
    snprintf(s.folder, sizeof s.folder, "%s", folder);
    snprintf(s.pattern.file, sizeof s.pattern.file, "%s", name);
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *f = fopen(path, "wb");
    CHECK(f && fputs(content, f) >= 0 && fclose(f) == 0);
    return s;
}

static struct cx_needles taken(const struct cx_scenario *s) {
    struct cx_needles n;
    struct cx_error e = {0};
    CHECK_MSG(cx_pattern_make(s, &view, 0, &n, &e) == CX_OK, "%s", e.text);
    return n;
}

static void csv_with_header_and_units(void) {
    const struct cx_scenario s =
        listed("a.csv", "# made by hand\n\"depth (mm)\", x, y [mm] ,tilt\r\n"
                        "0.8,100,0.25,0\r\n\r\n1.2,1500,1.75,60\n");
    struct cx_needles n = taken(&s);
    CHECK(n.n == 2);
    CHECK_NEAR(n.at[0].x, 100.0, 1e-9);
    CHECK_NEAR(n.at[0].y, 250.0, 1e-9);
    CHECK_NEAR(n.at[0].depth, 800.0, 1e-9);
    CHECK_NEAR(n.at[0].diameter, 250.0, 1e-9); /* not listed: the device's */
    CHECK_NEAR(n.at[1].tilt, 1.0471975511965976, 1e-9);
    CHECK_NEAR(n.at[1].depth, 600.0, 1e-9); /* 1.2 mm along a needle that leans by 60 degrees */
    cx_needles_free(&n);
}

static void csv_without_header(void) {
    const struct cx_scenario s = listed("b.csv", "100,200,300,150,10\n400,500\n600,700,,90");
    struct cx_needles n = taken(&s);
    CHECK(n.n == 3);
    CHECK_NEAR(n.at[0].diameter, 150.0, 1e-9);
    CHECK_NEAR(n.at[1].depth, 1050.0, 1e-9);
    CHECK_NEAR(n.at[2].diameter, 90.0, 1e-9);
    CHECK_NEAR(n.at[2].y, 700.0, 1e-9);
    cx_needles_free(&n);
}

static void json_list(void) {
    const struct cx_scenario s = listed(
        "c.json", "[{\"x\": 100, \"y\": \"0.2 mm\", \"depth\": 300},\n {\"y\": 5, \"x\": 6}]");
    struct cx_needles n = taken(&s);
    CHECK(n.n == 2);
    CHECK_NEAR(n.at[0].y, 200.0, 1e-9);
    CHECK_NEAR(n.at[0].depth, 300.0, 1e-9);
    CHECK_NEAR(n.at[1].x, 6.0, 1e-9);
    cx_needles_free(&n);
}

static void passes_go_over_the_list_again(void) {
    struct cx_scenario s = listed("d.csv", "100,200\n300,400\n");
    s.treatment.passes = 3;
    struct cx_needles n = taken(&s);
    CHECK(n.n == 6 && n.at[5].pass == 2 && n.at[5].x == 300.0);
    cx_needles_free(&n);
}

static void refused(const char *name, const char *content, int line, int column, const char *word) {
    const struct cx_scenario s = listed(name, content);
    struct cx_needles n;
    struct cx_error e = {0};
    CHECK(cx_pattern_make(&s, &view, 0, &n, &e) == CX_CONFIG);
    CHECK_MSG(e.code == 53, "E%03d: %s", e.code, e.text);
    CHECK_MSG(e.line == line && e.column == column, "%d:%d: %s", e.line, e.column, e.text);
    CHECK_MSG(strstr(e.text, word), "%s", e.text);
    CHECK_STR(e.file, name);
}

static void mistakes_are_told_with_their_place(void) {
    refused("bad.csv", "x,y\n1,2\n3,four\n", 3, 3, "four");
    refused("bad.csv", "x,y\n1,2\n3\n", 3, 1, "no y");
    refused("bad.csv", "x,y,deepth\n1,2,3\n", 1, 5, "deepth");
    refused("bad.csv", "x,y (kg)\n1,2\n", 1, 3, "kg");
    refused("bad.csv", "1,2,99999\n", 1, 5, "depth");
    refused("bad.csv", "1,2,nan\n", 1, 5, "nan");
    refused("bad.csv", "x,y\n1,2,3\n", 2, 5, "2 columns");
    refused("bad.csv", "x,y\n", 1, 1, "empty");
    refused("bad.csv", "", 1, 1, "empty");
    refused("bad.csv", "1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1\n", 1, 11, "5 columns");
    refused("bad.json", "[{\"x\": 1,\n \"y\" 2}]", 2, 6, "JSON");
    refused("bad.json", "{\"x\": 1}", 1, 1, "list");
    refused("bad.json", "[{\"x\": 1, \"y\": true}]", 0, 0, "needle 1");
    refused("bad.json", "[{\"x\": 1, \"y\": \"3 s\"}]", 0, 0, "needle 1, y");
    refused("bad.json", "[{\"x\": 1, \"why\": 3}]", 0, 0, "why");
    refused("bad.json", "[3]", 0, 0, "entry 1");
}

static void a_missing_file_is_a_storage_error(void) {
    struct cx_scenario s = listed("here.csv", "1,2\n");
    struct cx_needles n;
    struct cx_error e = {0};
    snprintf(s.pattern.file, sizeof s.pattern.file, "%s", "not-here.csv");
    CHECK(cx_pattern_make(&s, &view, 0, &n, &e) == CX_STORAGE && e.code == 52);
    CHECK(strstr(e.text, "not-here.csv"));
    s.pattern.file[0] = '\0';
    CHECK(cx_pattern_make(&s, &view, 0, &n, &e) == CX_CONFIG && e.code == 52);
}

static void tidy(void) {
    const char *names[] = {"a.csv", "b.csv", "c.json", "d.csv", "bad.csv", "bad.json", "here.csv"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char path[300];
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        remove(path);
    }
    CHECK(rmdir(folder) == 0);
}

int main(void) {
    CHECK(mkdtemp(folder));
    RUN(csv_with_header_and_units);
    RUN(csv_without_header);
    RUN(json_list);
    RUN(passes_go_over_the_list_again);
    RUN(mistakes_are_told_with_their_place);
    RUN(a_missing_file_is_a_storage_error);
    RUN(tidy);
    return check_done();
}
