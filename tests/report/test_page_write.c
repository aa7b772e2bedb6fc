/* A page is written as a whole or not at all: one that fails or grows too large leaves the older one as it was. */
#include "check.h"
#include "report/page.h"

#include <stdlib.h>
#include <unistd.h>

/* What the page of a test is made of. */
struct leaf {
    int lines;
    enum cx_status end;
};

static enum cx_status put(struct cx_text *p, const void *of, struct cx_error *e) {
    const struct leaf *l = of;
    for (int i = 0; i < l->lines; i++) cx_text_add(p, "%-999d\n", i);
    return l->end ? cx_fail(e, l->end, 73, "nothing to show") : CX_OK;
}

static enum cx_status write_leaf(const char *folder, const struct leaf *l, size_t *bytes,
                                 struct cx_error *e) {
    const struct cx_page page = {folder, "leaf.html", "leaf", put, l};
    *e = (struct cx_error){0};
    return cx_page_write(&page, bytes, e);
}

static long size_of(const char *folder) {
    char path[128];
    snprintf(path, sizeof path, "%s/leaf.html", folder);
    FILE *f = fopen(path, "r");
    const long n = f && fseek(f, 0, SEEK_END) == 0 ? ftell(f) : -1;
    if (f) fclose(f);
    return n;
}

static void an_older_page_stays(void) {
    char folder[] = "/tmp/cicatrix-page-XXXXXX", path[64];
    struct cx_error e;
    size_t bytes = 0;
    CHECK(mkdtemp(folder) != NULL);
    CHECK(write_leaf(folder, &(struct leaf){.lines = 3}, &bytes, &e) == CX_OK);
    CHECK(bytes == 3000 && size_of(folder) == 3000);
    CHECK(write_leaf(folder, &(struct leaf){.lines = 5000}, NULL, &e) == CX_OK);
    CHECK(size_of(folder) == 5000000);
    CHECK(write_leaf(folder, &(struct leaf){.lines = 5001}, &bytes, &e) == CX_STORAGE);
    CHECK(e.code == 77 && strstr(e.text, "the leaf would have 5001000 bytes"));
    CHECK(bytes == 5001000 && size_of(folder) == 5000000);
    CHECK(write_leaf(folder, &(struct leaf){1, CX_CONFIG}, NULL, &e) == CX_CONFIG && e.code == 73);
    CHECK(size_of(folder) == 5000000);
    snprintf(path, sizeof path, "%s/leaf.html", folder);
    CHECK(unlink(path) == 0 && rmdir(folder) == 0);
}

static void a_place_that_cannot_be_is_refused(void) {
    char folder[1100];
    struct cx_error e;
    memset(folder, 'x', sizeof folder - 1);
    folder[sizeof folder - 1] = 0;
    CHECK(write_leaf(folder, &(struct leaf){.lines = 1}, NULL, &e) == CX_STORAGE && e.code == 74);
    CHECK(write_leaf("/proc/none", &(struct leaf){.lines = 1}, NULL, &e) == CX_STORAGE);
}

int main(void) {
    RUN(an_older_page_stays);
    RUN(a_place_that_cannot_be_is_refused);
    return check_done();
}
