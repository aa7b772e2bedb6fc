/* Text: numbers go out and come back to the same bits, UTF-8 is checked, mistyped names find their
 * way home. */
#include "base/text.h"

#include "check.h"

#include <stdint.h>
#include <stdlib.h>

static void text_grows(void) {
    struct cx_text t = {0};
    for (int i = 0; i < 1000; i++) cx_text_add(&t, "%d,", i);
    CHECK(t.n == 3890);
    char *s = cx_text_take(&t);
    CHECK(strncmp(s, "0,1,2,", 6) == 0 && strcmp(s + 3886, "999,") == 0);
    free(s);
    s = cx_text_take(&t);
    CHECK_STR(s, "");
    free(s);
}

static void copies_say_when_they_cut(void) {
    char to[4];
    CHECK(cx_text_copy(to, sizeof to, "abc"));
    CHECK(!cx_text_copy(to, sizeof to, "abcd"));
    CHECK_STR(to, "abc");
}

static void number_is(const char *text, double value, const char *rest) {
    double v = 0;
    const char *after = "";
    CHECK_MSG(cx_number_read(text, &after, &v), "%s", text);
    CHECK_MSG(v == value && strcmp(after, rest) == 0, "%s -> %g '%s'", text, v, after);
}

static void numbers_end_where_they_end(void) {
    number_is("1.5 mm", 1.5, " mm");
    number_is("-.5e-3x", -0.5e-3, "x");
    number_is("3e", 3, "e");
    number_is("3eV", 3, "eV");
    number_is("2.", 2, "");
    number_is("1,5", 1, ",5");
    number_is("0x10", 0, "x10");
    double v;
    const char *rest;
    CHECK(!cx_number_read("nan", &rest, &v) && !cx_number_read("inf", &rest, &v));
    CHECK(!cx_number_read(".", &rest, &v) && !cx_number_read("", &rest, &v) &&
          !cx_number_read("e5", &rest, &v));
}

static void numbers_return_to_the_same_bits(void) {
    uint64_t bits = 88172645463325252u;
    for (int i = 0; i < 20000; i++) {
        bits ^= bits << 13;
        bits ^= bits >> 7;
        bits ^= bits << 17;
        double x, y = 0;
        memcpy(&x, &bits, sizeof x);
        if (!isfinite(x)) continue;
        char text[32];
        const char *rest;
        cx_number_write(x, text);
        CHECK(cx_number_read(text, &rest, &y) && memcmp(&x, &y, sizeof x) == 0);
    }
    char text[32];
    cx_number_write(0.1, text);
    CHECK_STR(text, "0.1");
}

static void broken_utf8_is_found(void) {
    CHECK(cx_utf8_fault("plain\ttext\r\n", 12) == -1);
    CHECK(cx_utf8_fault("\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80", 9) == -1);
    CHECK(cx_utf8_fault("ab\0c", 4) == 2);
    CHECK(cx_utf8_fault("a\x1b", 2) == 1);
    CHECK(cx_utf8_fault("a\xff", 2) == 1);
    CHECK(cx_utf8_fault("\xc3", 1) == 0);
    CHECK(cx_utf8_fault("\xc0\x80", 2) == 0);     /* overlong */
    CHECK(cx_utf8_fault("\xed\xa0\x80", 3) == 0); /* surrogate */
    CHECK(cx_utf8_fault("\xf4\x90\x80\x80", 4) == 0);
}

static void distances_count_edits(void) {
    CHECK(cx_name_distance("length", "length") == 0);
    CHECK(cx_name_distance("lenght", "length") == 1); /* a swap */
    CHECK(cx_name_distance("dimater", "diameter") == 2);
    CHECK(cx_name_distance("", "abc") == 3);
    CHECK(cx_name_distance("Cheek", "cheek") == 0); /* case is not what people get wrong */
}

static void the_nearest_name_is_near(void) {
    static const char *const names[] = {"length", "diameter", "shape"};
    struct cx_nearest near = {.wanted = "diametre"}, far = {.wanted = "penetration"};
    struct cx_nearest exact = {.wanted = "lengt", .exact = true};
    for (int i = 0; i < 3; i++) {
        cx_nearest_offer(&near, names[i]);
        cx_nearest_offer(&far, names[i]);
        cx_nearest_offer(&exact, names[i]);
    }
    CHECK_STR(cx_nearest_name(&near), "diameter");
    CHECK(cx_nearest_name(&far) == NULL && cx_nearest_name(&exact) == NULL);
}

int main(void) {
    RUN(text_grows);
    RUN(copies_say_when_they_cut);
    RUN(numbers_end_where_they_end);
    RUN(numbers_return_to_the_same_bits);
    RUN(broken_utf8_is_found);
    RUN(distances_count_edits);
    RUN(the_nearest_name_is_near);
    return check_done();
}
