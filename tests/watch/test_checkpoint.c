/* A checkpoint comes back as written or is refused with a reason: every flipped bit, every cut, every kill. */
#include "base/file.h"
#include "check.h"
#include "watch/checkpoint.h"
#include "watch/scratch.h"

#include <nettle/sha2.h>
#include <signal.h>
#include <sys/wait.h>
#include <time.h>

static struct scratch place;

static enum cx_status write_one(uint64_t serial, const char *header, struct cx_error *e) {
    double values[20];
    for (int i = 0; i < 20; i++) values[i] = (double)serial + i / 7.0;
    struct cx_section s[] = {{"state", &serial, sizeof serial},
                             {"field.collagen", values, sizeof values},
                             {"empty", "", 0}};
    char text[256];
    snprintf(text, sizeof text, "%s", header);
    const struct cx_checkpoint c = {.serial = serial, .header = text, .section = s, .count = 3};
    return cx_checkpoint_write(place.folder, &c, e);
}

static void it_comes_back_as_written(void) {
    struct cx_error e = {0};
    struct cx_checkpoint c;
    CHECK(cx_checkpoint_read(place.folder, &c, &e) == CX_STORAGE && e.code == 80);
    CHECK(write_one(6, "model: demo\nstep: 6\n", &e) == CX_OK);
    CHECK_MSG(cx_checkpoint_read(place.folder, &c, &e) == CX_OK, "%s", e.text);
    CHECK(c.serial == 6 && c.count == 3);
    CHECK_STR(c.header, "model: demo\nstep: 6\n");
    CHECK_STR(c.skipped, "");
    CHECK(strstr(c.path, "checkpoint.a") != NULL);
    const struct cx_section *s = cx_checkpoint_find(&c, "field.collagen");
    CHECK(s && s->bytes == 20 * sizeof(double));
    CHECK(s && ((uintptr_t)s->data - (uintptr_t)c.block) % 64 == 0);
    for (int i = 0; s && i < 20; i++) CHECK(((const double *)s->data)[i] == 6 + i / 7.0);
    CHECK(cx_checkpoint_find(&c, "empty") && cx_checkpoint_find(&c, "empty")->bytes == 0);
    CHECK(cx_checkpoint_find(&c, "fiel") == NULL);
    cx_checkpoint_free(&c);
}

static void the_newest_is_taken(void) {
    struct cx_error e;
    struct cx_checkpoint c;
    for (uint64_t serial = 7; serial < 10; serial++) {
        CHECK(write_one(serial, "h: 1\n", &e) == CX_OK);
        CHECK(cx_checkpoint_read(place.folder, &c, &e) == CX_OK && c.serial == serial);
        cx_checkpoint_free(&c);
    }
}

static unsigned char *load(const char *name, size_t *n) {
    char room[400];
    unsigned char *bytes = NULL;
    CHECK(cx_file_read(scratch_path(&place, name, room), 1 << 20, &bytes, n, NULL) == CX_OK);
    return bytes;
}

static void store(const char *name, const unsigned char *bytes, size_t n) {
    char room[400];
    CHECK(cx_file_write(scratch_path(&place, name, room), bytes, n, NULL) == CX_OK);
}

static void refused(const unsigned char *bytes, size_t n, const char *what, size_t where) {
    struct cx_error e = {0};
    struct cx_checkpoint c;
    const enum cx_status s = cx_checkpoint_parse(bytes, n, &c, &e);
    CHECK_MSG(s == CX_STORAGE && e.code == 82 && e.text[0], "%s %zu is accepted", what, where);
    CHECK(c.header == NULL && c.section == NULL);
    if (s == CX_OK) cx_checkpoint_free(&c);
}

/* The copy is as long as the file, so that a sanitizer sees any read behind it. */
static void every_flip_and_every_cut_is_refused(void) {
    size_t n = 0;
    unsigned char *bytes = load("checkpoint.b", &n);
    if (!bytes) return;
    printf("  %zu bytes: %zu flips, %zu cuts\n", n, 8 * n, n);
    for (size_t bit = 0; bit < 8 * n; bit++) {
        bytes[bit / 8] ^= (unsigned char)(1u << bit % 8);
        refused(bytes, n, "flipped bit", bit);
        bytes[bit / 8] ^= (unsigned char)(1u << bit % 8);
    }
    for (size_t cut = 0; cut < n; cut++) {
        unsigned char *copy = malloc(cut ? cut : 1);
        memcpy(copy, bytes, cut);
        refused(copy, cut, "cut at", cut);
        free(copy);
    }
    free(bytes);
}

/* With a digest that fits again, the sizes in the file are what remains to be distrusted: whatever is accepted must lie
 * within the file. */
static void a_repaired_digest_opens_no_door(void) {
    size_t n = 0;
    unsigned char *bytes = load("checkpoint.b", &n);
    if (!bytes) return;
    int accepted = 0, outside = 0;
    for (size_t bit = 0; bit < 8 * (n - SHA256_DIGEST_SIZE); bit++) {
        struct cx_checkpoint c;
        struct sha256_ctx digest;
        bytes[bit / 8] ^= (unsigned char)(1u << bit % 8);
        sha256_init(&digest);
        sha256_update(&digest, n - SHA256_DIGEST_SIZE, bytes);
        sha256_digest(&digest, SHA256_DIGEST_SIZE, bytes + n - SHA256_DIGEST_SIZE);
        if (cx_checkpoint_parse(bytes, n, &c, NULL) == CX_OK) {
            accepted++;
            for (int i = 0; i < c.count; i++) {
                const size_t at = (size_t)((const unsigned char *)c.section[i].data - bytes);
                outside += at > n || c.section[i].bytes > n - at;
            }
            cx_checkpoint_free(&c);
        }
        bytes[bit / 8] ^= (unsigned char)(1u << bit % 8);
    }
    printf("  %d of %zu flips are another valid checkpoint\n", accepted, 8 * (n - 32));
    CHECK(outside == 0);
    /* only serial, header text and names are free to be something else; data is held by its CRC */
    CHECK(accepted > 0 && accepted < 8 * (8 + 12 + 3 * 32));
    free(bytes);
}

static void it_falls_back_to_the_other_one(void) {
    struct cx_error e;
    struct cx_checkpoint c;
    size_t n = 0;
    unsigned char *bytes = load("checkpoint.b", &n); /* serial 9; a holds 8 */
    if (!bytes) return;
    bytes[n / 2] ^= 1;
    store("checkpoint.b", bytes, n);
    CHECK(cx_checkpoint_read(place.folder, &c, &e) == CX_OK);
    CHECK(c.serial == 8);
    CHECK_MSG(strstr(c.skipped, "SHA-256") != NULL, "%s", c.skipped);
    cx_checkpoint_free(&c);
    store("checkpoint.a", bytes, n / 3);
    CHECK(cx_checkpoint_read(place.folder, &c, &e) == CX_STORAGE && e.code == 81);
    CHECK(strstr(e.text, "a: ") && strstr(e.text, "b: ") && e.hint[0]);
    free(bytes);
}

/* A child writes without a pause and is killed at a random moment: there is always one to go on from, and never one that
 * is older than what the child had reported as written. */
static void killed_at_any_moment(void) {
    int unreadable = 0, lost = 0;
    uint64_t random = 1, serial = 10;
    for (int kill_number = 0; kill_number < 100; kill_number++) {
        int told[2];
        if (pipe(told)) return;
        const pid_t child = fork();
        if (child == 0) {
            for (uint64_t s = serial;; s++) {
                if (write_one(s, "model: demo\n", NULL) != CX_OK) _exit(1);
                if (write(told[1], &s, sizeof s) != sizeof s) _exit(1);
            }
        }
        close(told[1]);
        uint64_t last = 0;
        if (read(told[0], &last, sizeof last) != sizeof last) last = 0;
        nanosleep(&(struct timespec){0, (long)(scratch_random(&random) % 8000000)}, NULL);
        kill(child, SIGKILL);
        waitpid(child, NULL, 0);
        while (read(told[0], &serial, sizeof serial) == sizeof serial) last = serial;
        close(told[0]);
        struct cx_checkpoint c;
        const enum cx_status s = cx_checkpoint_read(place.folder, &c, NULL);
        unreadable += s != CX_OK;
        if (s != CX_OK) continue;
        lost += c.serial < last;
        serial = c.serial + 1;
        cx_checkpoint_free(&c);
    }
    printf("  %llu checkpoints written, 100 kills, %d unreadable, %d lost\n",
           (unsigned long long)serial - 11, unreadable, lost);
    CHECK(unreadable == 0);
    CHECK(lost == 0);
}

int main(void) {
    place = scratch_make();
    RUN(it_comes_back_as_written);
    RUN(the_newest_is_taken);
    RUN(every_flip_and_every_cut_is_refused);
    RUN(a_repaired_digest_opens_no_door);
    RUN(it_falls_back_to_the_other_one);
    RUN(killed_at_any_moment);
    scratch_clear(&place);
    return check_done();
}
