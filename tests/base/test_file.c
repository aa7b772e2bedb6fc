/* A file is the old one or the new one; every refusal has its number and its reason. */
#include "base/file.h"
#include "check.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[] = "/tmp/cicatrix-file-XXXXXX";

static const char *at(const char *name) {
    static char path[200];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static void content_is(const char *path, const char *text) {
    unsigned char *bytes;
    size_t n;
    struct cx_error e;
    CHECK(cx_file_read(path, 1000, &bytes, &n, &e) == CX_OK);
    if (!bytes) return;
    CHECK(n == strlen(text));
    CHECK_STR((const char *)bytes, text);
    free(bytes);
}

static void a_write_replaces_all(void) {
    struct cx_error e;
    const char *path = at("text");
    CHECK(!cx_file_exists(path));
    CHECK(cx_file_write(path, "first, longer", 13, &e) == CX_OK);
    content_is(path, "first, longer");
    CHECK(cx_file_write(path, "second", 6, &e) == CX_OK);
    content_is(path, "second");
    CHECK(cx_file_size(path) == 6);
    CHECK(!cx_file_exists(at("text.tmp")));
}

static void a_dropped_write_changes_nothing(void) {
    struct cx_error e;
    struct cx_writer w;
    CHECK(cx_writer_open(&w, at("text"), &e) == CX_OK);
    CHECK(cx_writer_put(&w, "half", 4, &e) == CX_OK);
    cx_writer_drop(&w);
    content_is(at("text"), "second");
    CHECK(!cx_file_exists(at("text.tmp")));
}

/* SIGXFSZ must be ignored for the limit to be an error and not an end. */
static void no_room_is_said_and_changes_nothing(void) {
    struct cx_error e;
    struct rlimit old, little = {1000, 0};
    char large[5000];
    memset(large, 'x', sizeof large);
    signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &old);
    little.rlim_max = old.rlim_max;
    setrlimit(RLIMIT_FSIZE, &little);
    CHECK(cx_file_write(at("text"), large, sizeof large, &e) == CX_STORAGE);
    setrlimit(RLIMIT_FSIZE, &old);
    CHECK(e.code == 72);
    CHECK(strstr(e.text, "text") && e.hint[0]);
    content_is(at("text"), "second");
    CHECK(!cx_file_exists(at("text.tmp")));
}

static void what_cannot_be_read_is_refused(void) {
    struct cx_error e;
    unsigned char *bytes = NULL;
    size_t n;
    CHECK(cx_file_read(at("absent"), 10, &bytes, &n, &e) == CX_STORAGE && e.code == 74);
    CHECK(!bytes && n == 0);
    CHECK(cx_file_read(at("text"), 5, &bytes, &n, &e) == CX_STORAGE && e.code == 74);
    CHECK(strstr(e.text, "larger"));
    CHECK(cx_file_read(folder, 5000, &bytes, &n, &e) == CX_STORAGE && e.code == 74);
    CHECK(mkfifo(at("pipe"), 0600) == 0);
    CHECK(cx_file_read(at("pipe"), 5000, &bytes, &n, &e) == CX_STORAGE && e.code == 74);
    CHECK(cx_file_remove(at("pipe"), &e) == CX_OK);
    CHECK(cx_file_remove(at("pipe"), &e) == CX_OK);
}

static void a_link_is_not_followed_when_writing(void) {
    struct cx_error e;
    char target[200];
    snprintf(target, sizeof target, "%s", at("target"));
    CHECK(cx_file_write(target, "safe", 4, &e) == CX_OK);
    CHECK(symlink(target, at("trap.tmp")) == 0);
    CHECK(cx_file_write(at("trap"), "evil", 4, &e) == CX_STORAGE);
    content_is(target, "safe");
    CHECK(cx_file_remove(at("trap.tmp"), &e) == CX_OK);
    CHECK(cx_file_remove(target, &e) == CX_OK);
}

static void folders(void) {
    struct cx_error e;
    int64_t bytes = 0;
    CHECK(cx_folder_create(at("a/b/c"), &e) == CX_OK);
    CHECK(cx_folder_create(at("a/b/c"), &e) == CX_OK);
    CHECK(cx_folder_create(at("text"), &e) == CX_STORAGE && e.code == 75);
    CHECK(cx_folder_create(at("text/below"), &e) == CX_STORAGE && e.code == 75);
    CHECK(cx_folder_create("", &e) == CX_STORAGE && e.code == 75);
    CHECK(cx_folder_room(folder, &bytes, &e) == CX_OK && bytes > 0);
    CHECK(cx_folder_room(at("absent"), &bytes, &e) == CX_STORAGE && e.code == 74);
    rmdir(at("a/b/c"));
    rmdir(at("a/b"));
    rmdir(at("a"));
}

int main(void) {
    if (!mkdtemp(folder)) return 1;
    RUN(a_write_replaces_all);
    RUN(a_dropped_write_changes_nothing);
    RUN(no_room_is_said_and_changes_nothing);
    RUN(what_cannot_be_read_is_refused);
    RUN(a_link_is_not_followed_when_writing);
    RUN(folders);
    remove(at("text"));
    rmdir(folder);
    return check_done();
}
