/* A damaged run.nc is refused with a reason, or what is read from it is what was written: no crash, no hang, no wrong
 * number.  Mutants of a small file, 1 or 16 bytes of them random; cut files; files that are something else; a run that
 * was killed while it wrote. */
#include "base/file.h"
#include "check.h"
#include "watch/sample.h"
#include "watch/scratch.h"

#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>

enum { MUTANTS = 300, FRAMES = 3 };

static struct scratch place;
static const int small[3] = {3, 2, 4};

struct tally {
    int refused, crashed, hung, wrong, right;
};

/* Every value of every field against the formula. */
static int wrong_values(const struct cx_result *r, struct tally *t, int *refused) {
    float values[24];
    int wrong = 0;
    struct cx_error e = {0};
    for (int frame = 0; frame < r->frames; frame++) {
        for (int f = 0; f < r->fields; f++) {
            if (cx_result_field(r, frame, f, values, &e) != CX_OK) {
                t->crashed += strstr(e.text, "crash") != NULL;
                t->hung += strstr(e.text, "does not end") != NULL;
                ++*refused;
                continue;
            }
            for (int c = 0; c < 24; c++) {
                const int cell[3] = {c % 3, c / 3 % 2, c / 6};
                wrong += values[c] != (float)sample_value(f, frame, cell);
            }
        }
    }
    return wrong;
}

static int wrong_series(const struct cx_result *r) {
    int wrong = 0;
    for (int t = 0; t < r->frames; t++) {
        wrong += r->time_day[t] != sample_days[t];
        for (int s = 0; s < r->series; s++)
            wrong += r->frame_series[t * r->series + s] != s + t / 4.0;
    }
    return wrong;
}

static void look(const char *path, struct tally *t) {
    struct cx_result r;
    struct cx_error e = {0};
    if (cx_result_open(path, &r, &e) != CX_OK) {
        CHECK_MSG((e.code == 73 || e.code == 74) && e.text[0], "code %d: %s", e.code, e.text);
        t->refused++;
        t->crashed += strstr(e.text, "crash") != NULL;
        t->hung += strstr(e.text, "does not end") != NULL;
        return;
    }
    int refused = 0;
    const bool same = r.shape[0] == small[0] && r.shape[1] == small[1] && r.shape[2] == small[2] &&
                      r.frames <= FRAMES;
    const int wrong = same ? wrong_values(&r, t, &refused) + wrong_series(&r) : 1;
    t->wrong += wrong != 0;
    if (!wrong && refused) t->refused++;
    if (!wrong && !refused) t->right++;
    cx_result_close(&r);
}

static bool make(const char *path) {
    struct sample s;
    struct cx_error e = {0};
    if (!sample_make(&s, small, "patch")) return false;
    remove(path);
    const enum cx_status status = sample_write(&s, path, FRAMES, &e);
    CHECK_MSG(status == CX_OK, "%s", e.text);
    sample_free(&s);
    return status == CX_OK;
}

/* Without the waiting for the disk that cx_file_write() does. */
static void put(const char *path, const unsigned char *bytes, size_t n) {
    FILE *f = fopen(path, "wb");
    CHECK(f && fwrite(bytes, 1, n, f) == n);
    if (f) CHECK(fclose(f) == 0);
}

static int mutant_count(void) {
    const char *wanted = getenv("CX_MUTANTS");
    return wanted && atoi(wanted) > 0 ? atoi(wanted) : MUTANTS;
}

static void mutants(void) {
    char room[400], other[400];
    const char *path = scratch_path(&place, "good.nc", room);
    const char *bad = scratch_path(&place, "bad.nc", other);
    unsigned char *bytes;
    size_t n;
    if (!make(path) || cx_file_read(path, 1 << 24, &bytes, &n, NULL) != CX_OK) return;
    unsigned char *copy = malloc(n);
    struct tally t = {0};
    uint64_t random = 2024;
    const int count = mutant_count();
    for (int m = 0; m < count; m++) {
        memcpy(copy, bytes, n);
        for (int i = 0; i < (m % 2 ? 16 : 1); i++)
            copy[scratch_random(&random) % n] = (unsigned char)scratch_random(&random);
        put(bad, copy, n);
        look(bad, &t);
    }
    printf("  %zu bytes, %d mutants: %d right, %d refused, %d wrong, %d crashed a child, %d hung\n",
           n, count, t.right, t.refused, t.wrong, t.crashed, t.hung);
    CHECK(t.hung == 0);
    CHECK_MSG(t.wrong == 0, "%d mutants were read with wrong numbers", t.wrong);
    free(copy);
    free(bytes);
}

static void cuts(void) {
    char room[400], other[400];
    const char *path = scratch_path(&place, "good.nc", room);
    const char *bad = scratch_path(&place, "bad.nc", other);
    unsigned char *bytes;
    size_t n;
    struct tally t = {0};
    if (cx_file_read(path, 1 << 24, &bytes, &n, NULL) != CX_OK) return;
    for (size_t cut = 0; cut < 100; cut++) {
        put(bad, bytes, n * cut / 100);
        look(bad, &t);
    }
    CHECK_MSG(t.refused == 100, "%d of 100 cut files were refused", t.refused);
    CHECK(t.wrong == 0 && t.hung == 0);
    free(bytes);
}

static void what_is_something_else(void) {
    char room[400];
    struct cx_result r;
    struct cx_error e = {0};
    const char *path = scratch_path(&place, "text.nc", room);
    CHECK(cx_file_write(path, "time_day\n0\n", 11, NULL) == CX_OK);
    CHECK(cx_result_open(path, &r, &e) == CX_STORAGE && e.code == 73);
    CHECK(cx_result_open(place.folder, &r, &e) == CX_STORAGE && e.code == 74);
    CHECK(cx_result_open("absent.nc", &r, &e) == CX_STORAGE && e.code == 74);
    CHECK(strstr(e.text, "absent.nc") != NULL);
    CHECK(cx_result_truncate(path, 0, &e) == CX_STORAGE && e.code == 73);
}

static int writes_left; /* of a child that dies at the last of them; 0: it does not */

/* In the place of the system's, for the engine too: death at a chosen write, on any machine the same. */
ssize_t pwrite(int fd, const void *from, size_t n, off_t at) {
    if (writes_left > 0 && --writes_left == 0) raise(SIGKILL);
    return lseek(fd, at, SEEK_SET) == at ? write(fd, from, n) : -1;
}

/* The child tells the number of pictures that are safe; what it told must be there afterwards. */
static void write_until_killed(const char *path, int from, int told) {
    struct sample s;
    struct cx_result_writer *w = NULL;
    if (!sample_make(&s, small, "patch")) _exit(1);
    if (cx_result_writer_open(path, &s.head, &w, NULL) != CX_OK) _exit(1);
    for (int t = from;; t++) {
        if (sample_add(&s, w, t, NULL) != CX_OK) _exit(1);
        if (write(told, &t, sizeof t) != sizeof t) _exit(1);
    }
}

/* Number of the last picture that the child told to be safe: it dies at its own write number `writes`, or, if that is 0,
 * some time after its first picture. */
static int killed_after(const char *path, int from, int writes, uint64_t wait_ns) {
    int told[2], last = from - 1, t;
    if (pipe(told)) return -1;
    fflush(stdout);
    const pid_t child = fork();
    if (child == 0) {
        writes_left = writes;
        write_until_killed(path, from, told[1]);
    }
    close(told[1]);
    if (writes == 0) {
        if (read(told[0], &t, sizeof t) == sizeof t) last = t;
        nanosleep(&(struct timespec){0, (long)wait_ns}, NULL);
        kill(child, SIGKILL);
    }
    waitpid(child, NULL, 0);
    while (read(told[0], &t, sizeof t) == sizeof t) last = t;
    close(told[0]);
    return last;
}

/* Pictures 0 .. last that are not there or not as written; a dozen of them is looked at. */
static int lost_pictures(const struct cx_result *r, int last) {
    float values[24];
    int lost = r->frames < last + 1;
    for (int i = last; i >= 0; i -= last / 12 + 1) {
        const int f = i % r->fields;
        lost += cx_result_field(r, i, f, values, NULL) != CX_OK ||
                values[0] != (float)sample_value(f, i, (int[]){0, 0, 0});
    }
    return lost;
}

/* Every second kill comes at a random moment, the others before the first, second, third ... write, so that some leave a
 * commit half done.  Whatever the child had told is there, and the file goes on growing. */
static void killed_while_writing(void) {
    enum { KILLS = 60, KILLS_PER_FILE = 10 };
    int unreadable = 0, lost = 0, pictures = 0, left = 0;
    uint64_t random = 5;
    char room[400], other[400];
    const char *path = scratch_path(&place, "killed.nc", room);
    const char *journal = scratch_path(&place, "killed.nc.journal", other);
    for (int k = 0; k < KILLS; k++) {
        struct cx_result r;
        struct cx_error e = {0};
        if (k % KILLS_PER_FILE == 0 && !make(path)) return;
        if (cx_result_open(path, &r, NULL) != CX_OK) return;
        const int from = r.frames;
        cx_result_close(&r);
        CHECK(cx_result_truncate(path, from, NULL) == CX_OK);
        const int writes = k % 2 ? k / 2 + 1 : 0;
        const int last = killed_after(path, from, writes, scratch_random(&random) % 15000000);
        left += cx_file_exists(journal);
        pictures += last + 1 - from;
        const enum cx_status status = cx_result_open(path, &r, &e);
        unreadable += status != CX_OK;
        if (status == CX_OK)
            lost += lost_pictures(&r, last);
        else
            printf("  %s\n", e.text);
        if (status == CX_OK)
            cx_result_close(&r);
        else if (!make(path))
            return;
    }
    printf(
        "  %d pictures, %d kills, %d of them in a commit: %d files unreadable, %d pictures lost\n",
        pictures, KILLS, left, unreadable, lost);
    CHECK(left > 0);
    CHECK(unreadable == 0);
    CHECK(lost == 0);
}

int main(void) {
    place = scratch_make();
    RUN(mutants);
    RUN(cuts);
    RUN(what_is_something_else);
    RUN(killed_while_writing);
    scratch_clear(&place);
    return check_done();
}
