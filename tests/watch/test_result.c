/* run.nc comes back as written, grows, can be cut and goes on, and a full disk costs no earlier picture.
 * With a folder as argument it only leaves samples there, for the test of the foreign readers. */
#define _DEFAULT_SOURCE
#include "base/file.h"
#include "check.h"
#include "watch/sample.h"
#include "watch/scratch.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>

static struct scratch place;
static const int small[3] = {6, 5, 4};

static void content_is(const char *path, const struct sample *s, int frames) {
    struct cx_error e = {0};
    struct cx_result r;
    CHECK_MSG(cx_result_open(path, &r, &e) == CX_OK, "%s", e.text);
    if (!r.memory.at) return;
    float *values = malloc(s->grid.cells * sizeof *values);
    int wrong = 0;
    CHECK(r.frames == frames && r.fields == SAMPLE_FIELDS && r.series == SAMPLE_SERIES);
    for (int t = 0; t < r.frames; t++) {
        CHECK(r.time_day[t] == (t < SAMPLE_FRAMES ? sample_days[t] : t));
        for (int i = 0; i < r.series; i++) wrong += r.frame_series[t * r.series + i] != i + t / 4.0;
        for (int f = 0; f < r.fields; f++) {
            CHECK_MSG(cx_result_field(&r, t, f, values, &e) == CX_OK, "%s", e.text);
            for (int k = 0; k < r.shape[2]; k++)
                for (int j = 0; j < r.shape[1]; j++)
                    for (int i = 0; i < r.shape[0]; i++)
                        wrong += values[cx_grid_at(&s->grid, i, j, k)] !=
                                 (float)sample_value(f, t, (int[]){i, j, k});
        }
    }
    CHECK_MSG(wrong == 0, "%d wrong values", wrong);
    free(values);
    cx_result_close(&r);
    CHECK(r.memory.at == NULL);
}

static void heads_are(const struct cx_result *r, const struct sample *s) {
    CHECK_STR(r->title, s->head.title);
    CHECK_STR(r->geometry, s->head.geometry);
    CHECK_STR(r->version, "0.1.0");
    CHECK_STR(r->commit, "");
    CHECK_STR(r->model, "demo");
    CHECK_STR(r->history, "written by a test");
    CHECK_STR(r->config, s->head.config);
    for (int f = 0; f < r->fields; f++) {
        CHECK_STR(r->field[f], sample_fields[f].name);
        CHECK_STR(r->field_unit[f], sample_fields[f].unit);
        CHECK_STR(r->field_doc[f], sample_fields[f].doc);
    }
    for (int i = 0; i < r->series; i++) {
        CHECK_STR(r->series_name[i], sample_series[i].name);
        CHECK_STR(r->series_unit[i], sample_series[i].unit);
    }
    for (int d = 0; d < 3; d++) {
        CHECK(r->shape[d] == s->grid.shape[d]);
        for (int i = 0; i <= r->shape[d]; i++) CHECK(r->edge[d][i] == s->grid.axis[d].edge[i]);
        for (int i = 0; i < r->shape[d]; i++) CHECK(r->center[d][i] == s->grid.axis[d].center[i]);
    }
    CHECK(cx_result_find(r, "tgfb1") == 1 && cx_result_find(r, "tgfb") == -1);
    CHECK(cx_result_find_series(r, "tgfb1_max") == 1 && cx_result_find_series(r, "time") == -1);
}

static void tables_are(const struct cx_result *r) {
    CHECK(r->needles == 2 && r->history_length == SAMPLE_STEPS && r->statics == SAMPLE_STATICS);
    CHECK(r->needle[0].layer_um[2] == 130 && r->needle[0].pass == 1 && r->needle[0].session == 0);
    CHECK(r->needle[1].x_um == 512.5 && r->needle[1].volume_um3 == 9e6 &&
          r->needle[1].session == 1);
    CHECK(r->needle[0].tilt_degree == 5 && r->needle[0].azimuth_degree == 90);
    for (int i = 0; i < r->history_length; i++) {
        CHECK(r->history_day[i] == i / 2.0);
        CHECK(r->history_value[i * r->series + 1] == 1000.0 + i);
    }
}

static void every_geometry_comes_back(void) {
    static const struct {
        const char *name;
        int shape[3];
    } all[] = {{"patch", {6, 5, 4}},
               {"slice", {7, 1, 4}},
               {"axisymmetric", {8, 1, 5}},
               {"column", {1, 1, 9}}};
    for (size_t g = 0; g < sizeof all / sizeof *all; g++) {
        char room[400];
        struct sample s;
        struct cx_error e = {0};
        struct cx_result r;
        const char *path = scratch_path(&place, all[g].name, room);
        if (!sample_make(&s, all[g].shape, all[g].name)) return;
        CHECK_MSG(sample_write(&s, path, SAMPLE_FRAMES, &e) == CX_OK, "%s", e.text);
        content_is(path, &s, SAMPLE_FRAMES);
        CHECK(cx_result_open(path, &r, &e) == CX_OK);
        heads_are(&r, &s);
        tables_are(&r);
        float map[256];
        CHECK(cx_result_static(&r, 0, map, &e) == CX_OK && map[3] == 3.0f / 256);
        CHECK(cx_result_static(&r, 2, map, &e) == CX_STORAGE);
        CHECK(cx_result_field(&r, SAMPLE_FRAMES, 0, map, &e) == CX_STORAGE && e.code == 73);
        cx_result_close(&r);
        sample_free(&s);
    }
}

static void what_is_there_is_kept(void) {
    char room[400];
    struct sample s;
    struct cx_error e;
    if (!sample_make(&s, small, "patch")) return;
    CHECK(cx_result_create(scratch_path(&place, "patch", room), &s.head, &e) == CX_STORAGE);
    CHECK(e.code == 70 && e.hint[0]);
    content_is(room, &s, SAMPLE_FRAMES);
    sample_free(&s);
}

/* Resume: what was behind the checkpoint goes, what follows is written again; many frames, so that every index of the
 * file has been split by then. */
static void cut_and_go_on_is_the_same(void) {
    enum { FRAMES = 90, LATER = 70, KEEP = 61 };
    char room[400], other[400];
    struct sample s;
    struct cx_error e = {0};
    const char *straight = scratch_path(&place, "straight.nc", room);
    const char *resumed = scratch_path(&place, "resumed.nc", other);
    if (!sample_make(&s, (int[]){3, 1, 2}, "slice")) return;
    CHECK(sample_write(&s, straight, FRAMES, &e) == CX_OK);
    CHECK(sample_write(&s, resumed, LATER, &e) == CX_OK);
    CHECK_MSG(cx_result_truncate(resumed, KEEP, &e) == CX_OK, "%s", e.text);
    content_is(resumed, &s, KEEP);
    for (int t = KEEP; t < FRAMES; t++) CHECK(sample_append(&s, resumed, t, &e) == CX_OK);
    CHECK(sample_history(&s, resumed, &e) == CX_OK);
    content_is(straight, &s, FRAMES);
    content_is(resumed, &s, FRAMES);
    CHECK(cx_result_truncate(resumed, FRAMES + 1, &e) == CX_STORAGE && e.code == 73);
    CHECK(cx_result_truncate(resumed, 0, &e) == CX_OK);
    content_is(resumed, &s, 0);
    sample_free(&s);
}

/* Resumed runs write their tables again, shorter or longer. */
static void tables_are_replaced(void) {
    char room[400];
    struct sample s;
    struct cx_result r;
    struct cx_needle_record many[700];
    const char *path = scratch_path(&place, "tables.nc", room);
    if (!sample_make(&s, small, "patch")) return;
    memset(many, 0, sizeof many);
    for (int i = 0; i < 700; i++) many[i].pass = i;
    CHECK(cx_result_create(path, &s.head, NULL) == CX_OK);
    CHECK(cx_result_needles(path, many, 700, NULL) == CX_OK);
    CHECK(cx_result_open(path, &r, NULL) == CX_OK && r.needles == 700 && r.needle[699].pass == 699);
    CHECK(r.frames == 0 && r.history_length == 0);
    cx_result_close(&r);
    CHECK(sample_needles(path, NULL) == CX_OK && sample_history(&s, path, NULL) == CX_OK);
    CHECK(cx_result_open(path, &r, NULL) == CX_OK);
    tables_are(&r);
    cx_result_close(&r);
    sample_free(&s);
}

/* Longer than HDF5's limit for one message of a header. */
static void a_long_config_fits(void) {
    char room[400];
    struct sample s;
    struct cx_result r;
    struct cx_error e = {0};
    enum { LONG = 300000 };
    char *config = malloc(LONG + 1);
    memset(config, 'c', LONG);
    config[LONG] = '\0';
    const char *path = scratch_path(&place, "config.nc", room);
    if (!sample_make(&s, small, "patch")) return;
    s.head.config = config;
    CHECK_MSG(sample_write(&s, path, 2, &e) == CX_OK, "%s", e.text);
    CHECK_MSG(cx_result_open(path, &r, &e) == CX_OK, "%s", e.text);
    CHECK(r.config && strcmp(r.config, config) == 0);
    cx_result_close(&r);
    free(config);
    sample_free(&s);
}

static enum cx_status add_limited(struct sample *s, struct cx_result_writer *w, int t, rlim_t bytes,
                                  struct cx_error *e) {
    struct rlimit old, little;
    signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &old);
    little = old;
    little.rlim_cur = bytes;
    setrlimit(RLIMIT_FSIZE, &little);
    const enum cx_status status = sample_add(s, w, t, e);
    setrlimit(RLIMIT_FSIZE, &old);
    return status;
}

/* The first or, with an earlier picture by the same writer, the second one finds no room. */
static void limit_after(int earlier) {
    char room[400];
    struct sample s;
    struct cx_error e = {0};
    struct cx_result_writer *w = NULL;
    const int frames = 2 + earlier;
    const char *path = scratch_path(&place, earlier ? "second.nc" : "limited.nc", room);
    if (!sample_make(&s, small, "patch")) return;
    CHECK(sample_write(&s, path, 2, &e) == CX_OK);
    CHECK(cx_result_writer_open(path, &s.head, &w, &e) == CX_OK);
    if (earlier) CHECK(sample_add(&s, w, 2, &e) == CX_OK);
    const int64_t before = cx_file_size(path);
    CHECK(add_limited(&s, w, frames, (rlim_t)before, &e) == CX_STORAGE);
    CHECK_MSG(e.code == 72 && e.hint[0], "%d: %s", e.code, e.text);
    CHECK(cx_result_writer_close(w, NULL) == CX_STORAGE);
    CHECK(cx_file_size(path) == before);
    content_is(path, &s, frames);
    CHECK(sample_append(&s, path, frames, &e) == CX_OK);
    content_is(path, &s, frames + 1);
    CHECK_MSG(cx_file_size(path) < before + 65536, "the reserve was not given back: %lld",
              (long long)cx_file_size(path));
    sample_free(&s);
}

static void a_limit_costs_no_earlier_picture(void) {
    limit_after(0);
    limit_after(1);
}

/* In a child, since HDF5 keeps a file that it could not finish.  The new file must not stay under its final name. */
static void a_full_disk_leaves_no_half_file(void) {
    char room[400], tmp[400];
    const char *path = scratch_path(&place, "never.nc", room);
    fflush(stdout);
    const pid_t child = fork();
    if (child == 0) {
        struct sample s;
        struct cx_error e = {0};
        signal(SIGXFSZ, SIG_IGN);
        setrlimit(RLIMIT_FSIZE, &(struct rlimit){4096, RLIM_INFINITY});
        if (!sample_make(&s, small, "patch")) _exit(3);
        const enum cx_status status = cx_result_create(path, &s.head, &e);
        sample_free(&s);
        exit(status == CX_STORAGE && e.code == 72
                 ? 0
                 : 2); /* the handlers of exit are part of the test */
    }
    int how = -1;
    waitpid(child, &how, 0);
    CHECK_MSG(WIFEXITED(how) && WEXITSTATUS(how) == 0, "status %x", (unsigned)how);
    CHECK(!cx_file_exists(path));
    CHECK(!cx_file_exists(scratch_path(&place, "never.nc.tmp", tmp)));
}

/* A real full disk, where we may mount one. */
static void a_full_file_system(void) {
    char room[400], path[440];
    struct sample s;
    struct cx_error e = {0};
    const char *folder = scratch_path(&place, "tiny", room);
    if (mkdir(folder, 0700) || mount("tmpfs", folder, "tmpfs", 0, "size=2m")) {
        printf("  not tried: no file system of 2 MiB can be mounted here\n");
        rmdir(folder);
        return;
    }
    snprintf(path, sizeof path, "%s/run.nc", folder);
    int frames = 0;
    if (!sample_make(&s, (int[]){32, 32, 16}, "patch")) return;
    CHECK_MSG(cx_result_create(path, &s.head, &e) == CX_OK, "%s", e.text);
    struct cx_result_writer *w = NULL;
    CHECK(cx_result_writer_open(path, &s.head, &w, &e) == CX_OK);
    while (frames < 500 && sample_add(&s, w, frames, &e) == CX_OK) frames++;
    CHECK(cx_result_writer_close(w, NULL) == CX_STORAGE);
    printf("  full after %d pictures: %s\n", frames, e.text);
    CHECK(frames > 3 && frames < 500);
    CHECK(e.code == 72 && e.hint[0]);
    content_is(path, &s, frames);
    sample_free(&s);
    CHECK(umount(folder) == 0);
    rmdir(folder);
}

/* Writes pictures until nobody looks: the pipe has no other end.  Its last word is how many. */
static void write_while_watched(struct sample *s, const char *path, int looked, int told) {
    int frames = 0;
    char word;
    fcntl(looked, F_SETFL, O_NONBLOCK);
    struct cx_result_writer *w = NULL;
    if (cx_result_writer_open(path, &s->head, &w, NULL) != CX_OK) _exit(1);
    while (read(looked, &word, 1) != 0) {
        if (sample_add(s, w, frames++, NULL) != CX_OK) _exit(1);
        nanosleep(&(struct timespec){0, 2000000}, NULL); /* spares the disk */
    }
    _exit(write(told, &frames, sizeof frames) == sizeof frames ? 0 : 2);
}

struct looks {
    int made, refused, back, last; /* last: pictures seen */
    struct cx_error e;
};

static void look_once(const char *path, struct looks *k) {
    struct cx_result r;
    k->made++;
    if (cx_result_open(path, &r, &k->e) != CX_OK) {
        k->refused++;
        return;
    }
    k->back += r.frames < k->last;
    k->last = r.frames;
    cx_result_close(&r);
}

/* Somebody looks at a run that is writing: often, and until the file has grown before his eyes. */
static void a_live_file_can_be_read(void) {
    enum { LOOKS = 100, PICTURES = 10 };
    char room[400];
    struct sample s;
    struct looks k = {0};
    int looked[2], told[2], how = -1, frames = 0;
    const char *path = scratch_path(&place, "live.nc", room);
    if (!sample_make(&s, small, "patch") || pipe(looked) || pipe(told)) return;
    CHECK(cx_result_create(path, &s.head, NULL) == CX_OK);
    fflush(stdout);
    const pid_t child = fork();
    if (child == 0) {
        close(looked[1]);
        write_while_watched(&s, path, looked[0], told[1]);
    }
    close(told[1]);
    while (waitpid(child, &how, WNOHANG) == 0 && (k.made < LOOKS || k.last < PICTURES))
        look_once(path, &k);
    CHECK(k.made >= LOOKS && k.last >= PICTURES); /* or the writer ended by itself */
    close(looked[0]);
    close(looked[1]);
    CHECK(read(told[0], &frames, sizeof frames) == sizeof frames && close(told[0]) == 0);
    CHECK(waitpid(child, &how, 0) == child && WIFEXITED(how) && WEXITSTATUS(how) == 0);
    printf("  %d looks at %d pictures, %d refused, %d went back\n", k.made, frames, k.refused,
           k.back);
    CHECK_MSG(k.refused == 0 && k.back == 0 && frames >= k.last, "%s", k.e.text);
    content_is(path, &s, frames);
    sample_free(&s);
}

/* Samples for other readers: FOLDER/patch.nc, FOLDER/axisymmetric.nc, FOLDER/column.nc. */
static int leave_samples(const char *folder) {
    static const struct {
        const char *name;
        int shape[3];
    } all[] = {{"patch", {6, 5, 4}},
               {"axisymmetric", {8, 1, 5}},
               {"column", {1, 1, 9}},
               {"slice", {7, 1, 4}}};
    for (size_t g = 0; g < sizeof all / sizeof *all; g++) {
        char path[600];
        struct sample s;
        struct cx_error e = {0};
        snprintf(path, sizeof path, "%s/%s.nc", folder, all[g].name);
        if (!sample_make(&s, all[g].shape, all[g].name)) return 1;
        if (sample_write(&s, path, SAMPLE_FRAMES, &e) != CX_OK) {
            fprintf(stderr, "%s\n", e.text);
            return 1;
        }
        sample_free(&s);
    }
    return 0;
}

int main(int argc, char **argv) {
    if (argc > 1) return leave_samples(argv[1]);
    place = scratch_make();
    RUN(every_geometry_comes_back);
    RUN(what_is_there_is_kept);
    RUN(cut_and_go_on_is_the_same);
    RUN(tables_are_replaced);
    RUN(a_long_config_fits);
    RUN(a_limit_costs_no_earlier_picture);
    RUN(a_full_disk_leaves_no_half_file);
    RUN(a_full_file_system);
    RUN(a_live_file_can_be_read);
    scratch_clear(&place);
    return check_done();
}
