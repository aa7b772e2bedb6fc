/* check.h - the smallest harness that says what failed and where.  One executable per file; exit 0 = all passed. */
#ifndef CX_TESTS_CHECK_H
#define CX_TESTS_CHECK_H

#include <math.h>
#include <stdio.h>
#include <string.h>

static int check_failed, check_made;

#define CHECK_MSG(cond, ...)                                                                       \
    do {                                                                                           \
        check_made++;                                                                              \
        if (!(cond)) {                                                                             \
            check_failed++;                                                                        \
            printf("%s:%d: failed: %s: ", __FILE__, __LINE__, #cond);                              \
            printf(__VA_ARGS__);                                                                   \
            printf("\n");                                                                          \
        }                                                                                          \
    } while (0)
#define CHECK(cond) CHECK_MSG(cond, "%s", __func__)
#define CHECK_NEAR(a, b, tol)                                                                      \
    do {                                                                                           \
        const double check_a_ = (a), check_b_ = (b);                                               \
        CHECK_MSG(fabs(check_a_ - check_b_) <= (tol), "%.17g is not within %g of %.17g", check_a_, \
                  (double)(tol), check_b_);                                                        \
    } while (0)
#define CHECK_STR(a, b) CHECK_MSG(strcmp((a), (b)) == 0, "\"%s\" is not \"%s\"", (a), (b))
#define RUN(test)                                                                                  \
    do {                                                                                           \
        const int check_before_ = check_failed;                                                    \
        test();                                                                                    \
        printf("%s %s\n", check_failed == check_before_ ? "ok  " : "FAIL", #test);                 \
    } while (0)

static inline int check_done(void) {
    printf("%d checks, %d failed\n", check_made, check_failed);
    return check_failed || !check_made;
}

#endif
