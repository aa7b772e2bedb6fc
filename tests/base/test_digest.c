/* SHA-256 of text and files, against the standard's own examples. */
#include "base/digest.h"

#include "check.h"

#include <stdlib.h>
#include <unistd.h>

static void digests_are_the_published_ones(void) {
    char hex[65];
    cx_digest_bytes("abc", 3, hex);
    CHECK_STR(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    cx_digest_bytes("", 0, hex);
    CHECK_STR(hex, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

static void files_give_the_digest_of_their_bytes(void) {
    char path[] = "/tmp/cicatrix-digest-XXXXXX", file[65], bytes[65];
    const int fd = mkstemp(path);
    CHECK(fd >= 0 && write(fd, "abc", 3) == 3);
    close(fd);
    CHECK(cx_digest_file(path, file));
    cx_digest_bytes("abc", 3, bytes);
    CHECK_STR(file, bytes);
    unlink(path);
    CHECK(!cx_digest_file(path, file));
    CHECK_STR(file, "");
    CHECK(!cx_digest_file("/", file));
}

int main(void) {
    RUN(digests_are_the_published_ones);
    RUN(files_give_the_digest_of_their_bytes);
    return check_done();
}
