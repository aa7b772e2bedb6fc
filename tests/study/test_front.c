/* Ranks, crowding, volumes of fronts that can be worked out by hand, and searches whose fronts are known. */
#include "check.h"
#include "study/front.h"
#include "study/nsga.h"

#include <stdlib.h>

/* ---- front ----------------------------------------------------------------------------------- */

static void test_ranks(void) {
    const double goal[12] = {1, 4, 2, 2, 4, 1, 2, 3, 5, 5, 0, 0}, violation[6] = {0, 0, 0, 0, 0, 1};
    const struct cx_front_points p = {6, 2, goal, violation};
    int rank[6], front[6];
    cx_front_ranks(&p, rank);
    const int wanted[6] = {0, 0, 0, 1, 2, 3};
    CHECK(memcmp(rank, wanted, sizeof rank) == 0);
    CHECK_MSG(cx_front_beats(&p, 4, 5) && !cx_front_beats(&p, 5, 4),
              "a broken limit beats nothing");
    CHECK(!cx_front_beats(&p, 0, 1) && !cx_front_beats(&p, 0, 0));
    const struct cx_front_points first = {2, 2, goal + 6, violation};
    CHECK(cx_front_join(&first, 0, front, 0) == 1 && front[0] == 0);
    int n = cx_front_join(&(struct cx_front_points){3, 2, goal, violation}, 0, front, 0);
    n = cx_front_join(&p, 3, front, n);
    CHECK(n == 3 && front[0] == 0 && front[1] == 1 && front[2] == 2);
}

static void test_crowding(void) {
    const double goal[8] = {0, 4, 1, 2, 3, 1, 4, 0}, violation[4] = {0};
    const struct cx_front_points p = {4, 2, goal, violation};
    const int rank[4] = {0};
    double crowd[4];
    CHECK(cx_front_crowding(&p, rank, crowd));
    CHECK(isinf(crowd[0]) && isinf(crowd[3]));
    CHECK_NEAR(crowd[1], 3.0 / 4 + 3.0 / 4, 1e-12);
    CHECK_NEAR(crowd[2], 3.0 / 4 + 2.0 / 4, 1e-12);
}

static void test_volume(void) {
    const double worst[4] = {1, 1, 1, 1}, plane[4] = {0.2, 0.6, 0.5, 0.3};
    const double space[9] = {0.5, 0, 0, 0, 0.5, 0, 0, 0, 0.5}, four[4] = {0.5, 0.5, 0.5, 0.5};
    const double line[3] = {0.7, 0.4, 2};
    CHECK_NEAR(cx_front_volume(line, 3, 1, worst), 0.6, 1e-12);
    CHECK_NEAR(cx_front_volume(plane, 2, 2, worst), 0.8 * 0.4 + 0.5 * 0.3, 1e-12);
    /* three half cubes: 3/2 less the pairs 3/4, and their common corner 1/8 */
    CHECK_NEAR(cx_front_volume(space, 3, 3, worst), 1.5 - 0.75 + 0.125, 1e-12);
    CHECK_NEAR(cx_front_volume(four, 1, 4, worst), 1.0 / 16, 1e-12);
    CHECK(cx_front_volume(worst, 1, 4, worst) == 0 && cx_front_volume(plane, 0, 2, worst) == 0);
}

/* ---- searches -------------------------------------------------------------------------------- */

typedef void problem(const double *u, double *goal, double *violation);
struct search {
    struct cx_nsga plan;
    problem *problem;
    int points, batches;
    double *u, *goal, *violation; /* of all points, in order */
};

static enum cx_status look(void *user, struct cx_nsga_batch *b, struct cx_error *e) {
    struct search *s = user;
    const size_t k = (size_t)s->plan.k, m = (size_t)s->plan.m;
    (void)e;
    for (int i = 0; i < b->n; i++, s->points++) {
        const size_t row = (size_t)i, at = (size_t)s->points;
        s->problem(b->u + row * k, b->goal + row * m, b->violation + row);
        memcpy(s->u + at * k, b->u + row * k, k * sizeof *s->u);
        memcpy(s->goal + at * m, b->goal + row * m, m * sizeof *s->goal);
        s->violation[at] = b->violation[row];
    }
    s->batches++;
    return CX_OK;
}

static bool run(struct search *s) {
    struct cx_error e = {0};
    bool exhausted = false;
    const size_t n = (size_t)s->plan.population * (size_t)s->plan.generations;
    s->u = calloc(n * (size_t)s->plan.k, sizeof *s->u);
    s->goal = calloc(n * (size_t)s->plan.m, sizeof *s->goal);
    s->violation = calloc(n, sizeof *s->violation);
    s->plan.evaluate = look;
    s->plan.user = s;
    CHECK(cx_nsga_search(&s->plan, &exhausted, &e) == CX_OK);
    return exhausted;
}

static void drop(struct search *s) {
    free(s->u);
    free(s->goal);
    free(s->violation);
}

/* Volume of all that the search has seen. */
static double covered(const struct search *s, const double *worst) {
    const struct cx_front_points all = {s->points, s->plan.m, s->goal, s->violation};
    int *front = calloc((size_t)s->points, sizeof *front);
    const int n = cx_front_join(&all, 0, front, 0);
    const size_t m = (size_t)s->plan.m;
    double *at = calloc((size_t)n * m, sizeof *at);
    for (int i = 0; i < n; i++)
        memcpy(at + (size_t)i * m, s->goal + (size_t)front[i] * m, m * sizeof *at);
    const double volume = cx_front_volume(at, n, s->plan.m, worst);
    free(at);
    free(front);
    return volume;
}

static double zdt_ground(const double *u) {
    double g = 0;
    for (int j = 1; j < 30; j++) g += u[j];
    return 1 + 9 * g / 29;
}
static void zdt1(const double *u, double *goal, double *violation) {
    const double g = zdt_ground(u);
    goal[0] = u[0];
    goal[1] = g * (1 - sqrt(u[0] / g));
    *violation = 0;
}
static void zdt2(const double *u, double *goal, double *violation) {
    const double g = zdt_ground(u);
    goal[0] = u[0];
    goal[1] = g * (1 - u[0] * u[0] / (g * g));
    *violation = 0;
}

/* Zitzler, Deb, Thiele 2000: fronts 1 - sqrt(x) and 1 - x^2 over 0 .. 1; below them lie areas of 1/3 and 2/3.
 * Thirty variables, a population of 100 and 250 generations, as in the paper of NSGA-II. */
static void test_zdt(void) {
    const double worst[2] = {1.1, 1.1};
    problem *const all[2] = {zdt1, zdt2};
    const double below[2] = {1.0 / 3, 2.0 / 3};
    for (int i = 0; i < 2; i++) {
        struct search s = {
            .plan = {.k = 30, .m = 2, .population = 100, .generations = 250, .seed = 1},
            .problem = all[i]};
        CHECK(!run(&s) && s.points == 100 * 250);
        const double whole = 1.21 - below[i], found = covered(&s, worst);
        printf("  ZDT%d: %.5f of a volume of %.5f\n", i + 1, found, whole);
        CHECK_MSG(found <= whole + 1e-9 && found >= 0.99 * whole, "ZDT%d: %g of %g", i + 1, found,
                  whole);
        drop(&s);
    }
}

/* Binh and Korn 1997: two goals, two limits; front x = y in 0 .. 3, then x in 3 .. 5 with y = 3. */
static void bnh_goals(double x, double y, double *goal) {
    goal[0] = 4 * x * x + 4 * y * y;
    goal[1] = (x - 5) * (x - 5) + (y - 5) * (y - 5);
}
static void bnh(const double *u, double *goal, double *violation) {
    const double x = 5 * u[0], y = 3 * u[1];
    const double a = (x - 5) * (x - 5) + y * y - 25,
                 b = 7.7 - (x - 8) * (x - 8) - (y + 3) * (y + 3);
    bnh_goals(x, y, goal);
    *violation = fmax(a, 0) / 25 + fmax(b, 0) / 7.7;
}

static void test_limits(void) {
    enum { FINE = 4000 };
    static double known[2 * FINE];
    const double worst[2] = {140, 50};
    for (int i = 0; i < FINE; i++) {
        const double x = 5.0 * i / (FINE - 1);
        bnh_goals(x, x < 3 ? x : 3, known + 2 * i);
    }
    struct search s = {.plan = {.k = 2, .m = 2, .population = 40, .generations = 40, .seed = 3},
                       .problem = bnh};
    run(&s);
    const double whole = cx_front_volume(known, FINE, 2, worst), found = covered(&s, worst);
    printf("  BNH: %.1f of a volume of %.1f\n", found, whole);
    CHECK_MSG(found <= whole * (1 + 1e-3) && found >= 0.99 * whole, "BNH: %g of %g", found, whole);
    int broke = 0;
    for (int i = 0; i < s.points; i++) broke += s.violation[i] > 0;
    CHECK_MSG(broke > 0, "no point ever broke a limit: nothing was tested");
    drop(&s);
}

/* A real, a whole number of 0 .. 9 and a word of three; the least is at 0.3, 7 and the second word. */
static void mixed(const double *u, double *goal, double *violation) {
    const double whole = floor(10 * u[1]), word = floor(3 * u[2]);
    goal[0] = fabs(u[0] - 0.3) + fabs(whole - 7) + 3 * (word != 1);
    *violation = word == 2 ? INFINITY : 0; /* this word always fails */
    if (word == 2) goal[0] = 0;
}

static void test_mixed(void) {
    struct search s = {.plan = {.k = 3,
                                .m = 1,
                                .population = 20,
                                .generations = 30,
                                .seed = 2,
                                .slots = {0, 10, 3},
                                .words = {false, false, true}},
                       .problem = mixed};
    double best = INFINITY;
    int failed = 0;
    run(&s);
    for (int i = 0; i < s.points; i++) {
        const double *u = s.u + 3 * i;
        CHECK_NEAR(10 * u[1] - floor(10 * u[1]), 0.5, 1e-9);
        failed += isinf(s.violation[i]);
        if (s.violation[i] == 0) best = fmin(best, s.goal[i]);
    }
    CHECK_MSG(best < 0.01, "%g", best);
    CHECK_MSG(failed > 0 && failed < s.points / 4, "%d of %d points in what fails", failed,
              s.points);
    drop(&s);
}

/* No point twice; a small space is seen whole, then the search ends. */
static void test_exhausted(void) {
    struct search s = {.plan = {.k = 3,
                                .m = 1,
                                .population = 8,
                                .generations = 60,
                                .seed = 1,
                                .slots = {1, 4, 3},
                                .words = {false, false, true}},
                       .problem = mixed};
    CHECK(run(&s));
    CHECK_MSG(s.points == 12, "%d points of 12", s.points);
    drop(&s);
}

static void test_repeatable(void) {
    struct search a = {.plan = {.k = 2, .m = 2, .population = 12, .generations = 9, .seed = 5},
                       .problem = bnh};
    struct search b = a, other = a;
    other.plan.seed = 6;
    run(&a);
    run(&b);
    run(&other);
    CHECK(memcmp(a.u, b.u, (size_t)a.points * 2 * sizeof *a.u) == 0);
    CHECK(memcmp(a.u, other.u, (size_t)a.points * 2 * sizeof *a.u) != 0);
    drop(&a);
    drop(&b);
    drop(&other);
}

int main(void) {
    RUN(test_ranks);
    RUN(test_crowding);
    RUN(test_volume);
    RUN(test_zdt);
    RUN(test_limits);
    RUN(test_mixed);
    RUN(test_exhausted);
    RUN(test_repeatable);
    return check_done();
}
