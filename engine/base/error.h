/* error.h - how a failure travels: the cause fills one cx_error, callers return the status, the app prints it.
 * Knows nothing of science.  See the codes below for what `cicatrix explain E031` prints. */
#ifndef CX_BASE_ERROR_H
#define CX_BASE_ERROR_H

/* name, exit status of the program, sentence */
#define CX_STATUSES(X)                                                                             \
    X(OK, 0, "done")                                                                               \
    X(INTERNAL, 1, "internal fault")                                                               \
    X(USAGE, 2, "the command line is not valid")                                                   \
    X(CONFIG, 3, "the configuration is not valid")                                                 \
    X(NUMERIC, 4, "the numbers left their range; the state was saved")                             \
    X(STORAGE, 5, "a file or the disk failed")                                                     \
    X(PARTIAL, 6, "some runs of a study failed")                                                   \
    X(TOLERANCE, 8, "the comparison is out of tolerance")                                          \
    X(STOPPED, 75, "stopped with a checkpoint")                                                    \
    X(INTERRUPTED, 130, "interrupted with a checkpoint")

enum cx_status {
#define CX_STATUS_ENUM(name, code, sentence) CX_##name,
    CX_STATUSES(CX_STATUS_ENUM)
#undef CX_STATUS_ENUM
        CX_STATUS_COUNT
};

/* What went wrong, where, and what to do.  `code` is the documented number (31 prints as E031), 0 if none.
 * file/line/column are empty/0 where there is no place in a file. */
struct cx_error {
    enum cx_status status;
    int code;
    int line, column;
    char file[256];
    char text[512];
    char hint[320];
};

#define CX_TRY(call)                                                                               \
    do {                                                                                           \
        enum cx_status cx_try_status_ = (call);                                                    \
        if (cx_try_status_ != CX_OK) return cx_try_status_;                                        \
    } while (0)

#define CX_PRINTF(fmt, first) __attribute__((format(printf, fmt, first)))

/* Fills *e (e may be NULL) and returns `status`, so that `return cx_fail(...)` is the whole cause. */
enum cx_status cx_fail(struct cx_error *e, enum cx_status status, int code, const char *fmt, ...)
    CX_PRINTF(4, 5);

/* Adds the way out ("use --force", "try 0.5 mm") to an error that cx_fail() has just filled. */
void cx_hint(struct cx_error *e, const char *fmt, ...) CX_PRINTF(2, 3);

int cx_status_exit(enum cx_status s);             /* process exit code */
const char *cx_status_sentence(enum cx_status s); /* "a file or the disk failed" */

#endif
