/* Pictures as numbers: rounded within the bound that the file states, and read many at once. */
#define _DEFAULT_SOURCE
#include "check.h"
#include "watch/sample.h"
#include "watch/scratch.h"

static struct scratch place;
static const int small[3] = {6, 5, 4};

static void rounding_keeps_its_bound(void) {
    char room[400];
    struct sample s;
    struct cx_result r;
    float values[120];
    const char *path = scratch_path(&place, "rounded.nc", room);
    if (!sample_make(&s, small, "patch")) return;
    s.head.mantissa_bits = 9;
    sample_fill(&s, 0);
    for (int i = 0; i < 100; i++) s.field[0][i] = sin(i * 1.7) * pow(10, i % 30 - 15);
    s.field[0][100] = NAN;
    s.field[0][101] = INFINITY;
    s.field[0][102] = 3.4e38;
    s.field[0][103] = 1 + ldexp(1, -10); /* a tie: to even */
    const struct cx_frame f = {.fields = (const double *const *)s.field,
                               .series = (double[]){0, 0}};
    struct cx_result_writer *w = NULL;
    CHECK(cx_result_create(path, &s.head, NULL) == CX_OK);
    CHECK(cx_result_writer_open(path, &s.head, &w, NULL) == CX_OK);
    CHECK(cx_result_writer_append(w, &f, NULL) == CX_OK);
    CHECK(cx_result_writer_close(w, NULL) == CX_OK);
    CHECK(cx_result_open(path, &r, NULL) == CX_OK);
    CHECK(cx_result_field(&r, 0, 0, values, NULL) == CX_OK);
    const double bound = ldexp(1, -10) + ldexp(1, -24);
    for (int i = 0; i < 100; i++) CHECK_NEAR(values[i], s.field[0][i], bound * fabs(s.field[0][i]));
    CHECK(isnan(values[100]) && isinf(values[101]) && isfinite(values[102]));
    CHECK(values[103] == 1);
    cx_result_close(&r);
    sample_free(&s);
}

/* What came in, in which order. */
struct taken {
    const struct sample *s;
    const struct cx_pick *pick;
    int n, wrong, fails_at;
};

static enum cx_status take(void *user, int i, const float *values, struct cx_error *e) {
    struct taken *t = user;
    const struct cx_pick *p = &t->pick[i];
    const size_t last = t->s->grid.cells - 1;
    const int *n = t->s->grid.shape, corner[3] = {n[0] - 1, n[1] - 1, n[2] - 1};
    if (i == t->fails_at) return cx_fail(e, CX_STORAGE, 61, "the taker has no room");
    const double want = p->frame == CX_PICK_MAP ? t->s->map[p->number][last]
                                                : sample_value(p->number, p->frame, corner);
    t->wrong += i != t->n++ || values[last] != (float)want;
    return CX_OK;
}

/* Fields, maps, repeats and jumps in the order asked for; more of them than one child reads. */
static void many_come_in_order(void) {
    enum { MANY = 40, FRAMES = 2, SIDE = 80 };
    char room[400];
    struct sample s;
    struct cx_result r;
    struct cx_error e = {0};
    struct cx_pick pick[MANY];
    const char *path = scratch_path(&place, "many.nc", room);
    if (!sample_make(&s, (int[]){SIDE, SIDE, SIDE / 4}, "patch")) return;
    CHECK_MSG(sample_write(&s, path, FRAMES, &e) == CX_OK, "%s", e.text);
    CHECK_MSG(cx_result_open(path, &r, &e) == CX_OK, "%s", e.text);
    for (int i = 0; i < MANY; i++)
        pick[i] = i % 5 == 3 ? (struct cx_pick){i % SAMPLE_STATICS, CX_PICK_MAP}
                             : (struct cx_pick){i / 2 % SAMPLE_FIELDS, i % FRAMES};
    struct taken t = {&s, pick, 0, 0, -1};
    const struct cx_picks all = {pick, MANY, take, &t};
    CHECK_MSG(cx_result_pick(&r, &all, &e) == CX_OK, "%s", e.text);
    CHECK(t.n == MANY && t.wrong == 0);
    t = (struct taken){&s, pick, 0, 0, 7};
    CHECK(cx_result_pick(&r, &all, &e) == CX_STORAGE && e.code == 61 && t.n == 7);
    cx_result_close(&r);
    sample_free(&s);
}

/* Nothing is read when one of them is not there, and the sentence says which. */
static void what_is_not_there(void) {
    static const struct cx_pick absent[] = {
        {0, 1}, {SAMPLE_FIELDS, 0}, {-1, 0}, {0, -2}, {SAMPLE_STATICS, CX_PICK_MAP}};
    char room[400];
    struct sample s;
    struct cx_result r;
    struct cx_error e = {0};
    const char *path = scratch_path(&place, "absent.nc", room);
    if (!sample_make(&s, small, "patch")) return;
    CHECK(sample_write(&s, path, 1, &e) == CX_OK);
    CHECK(cx_result_open(path, &r, &e) == CX_OK);
    for (size_t i = 0; i < sizeof absent / sizeof *absent; i++) {
        const struct cx_pick pick[2] = {{0, 0}, absent[i]};
        struct taken t = {&s, pick, 0, 0, -1};
        CHECK(cx_result_pick(&r, &(struct cx_picks){pick, 2, take, &t}, &e) == CX_STORAGE);
        CHECK(e.code == 73 && t.n == 0 && strstr(e.text, "absent.nc has no ") != NULL);
    }
    cx_result_close(&r);
    sample_free(&s);
}

int main(void) {
    place = scratch_make();
    RUN(rounding_keeps_its_bound);
    RUN(many_come_in_order);
    RUN(what_is_not_there);
    scratch_clear(&place);
    return check_done();
}
