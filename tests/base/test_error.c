/* An error keeps its cause, its number and its way out; every status has its documented exit code. */
#include "base/arena.h"
#include "base/error.h"
#include "check.h"

#include <stdint.h>

static void failing_keeps_cause_and_hint(void) {
    struct cx_error e;
    CHECK(cx_fail(&e, CX_CONFIG, 31, "unknown key '%s'", "dimater") == CX_CONFIG);
    cx_hint(&e, "did you mean '%s'?", "diameter");
    CHECK_STR(e.text, "unknown key 'dimater'");
    CHECK_STR(e.hint, "did you mean 'diameter'?");
    CHECK(e.code == 31);
}

static void exit_codes_are_the_documented_ones(void) {
    const int code[] = {0, 1, 2, 3, 4, 5, 6, 8, 75, 130};
    for (int s = 0; s < CX_STATUS_COUNT; s++) CHECK(cx_status_exit((enum cx_status)s) == code[s]);
}

static void arena_hands_out_aligned_zeroed_staggered_memory(void) {
    struct cx_arena a;
    struct cx_error e;
    CHECK(cx_arena_reserve(&a, 2 * cx_arena_cost(1 << 16), &e) == CX_OK);
    unsigned char *p = cx_arena_take(&a, 1 << 16), *q = cx_arena_take(&a, 1 << 16);
    CHECK((uintptr_t)p % 64 == 0 && (uintptr_t)q % 64 == 0);
    CHECK((q - p) % 4096 != 0);
    for (int i = 0; i < 1 << 16; i += 997) CHECK(p[i] == 0);
    cx_arena_free(&a);
}

int main(void) {
    RUN(failing_keeps_cause_and_hint);
    RUN(exit_codes_are_the_documented_ones);
    RUN(arena_hands_out_aligned_zeroed_staggered_memory);
    return check_done();
}
