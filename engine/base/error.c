/* error.c - see error.h */
#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const struct {
    const char *sentence;
    int exit;
} statuses[] = {
#define CX_STATUS_ROW(name, code, sentence) {sentence, code},
    CX_STATUSES(CX_STATUS_ROW)
#undef CX_STATUS_ROW
};

enum cx_status cx_fail(struct cx_error *e, enum cx_status status, int code, const char *fmt, ...) {
    if (!e) return status;
    memset(e, 0, sizeof *e);
    e->status = status;
    e->code = code;
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(e->text, sizeof e->text, fmt, ap);
    va_end(ap);
    return status;
}

void cx_hint(struct cx_error *e, const char *fmt, ...) {
    if (!e) return;
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(e->hint, sizeof e->hint, fmt, ap);
    va_end(ap);
}

int cx_status_exit(enum cx_status s) { return statuses[s].exit; }
const char *cx_status_sentence(enum cx_status s) { return statuses[s].sentence; }
