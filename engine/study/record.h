/* record.h - one run of a study, finished one way or another: a small file runs/DIGEST/record.json that says everything
 * about it, written as a whole or not at all.  Whoever executes the run writes it, on whatever machine; whoever
 * collects only reads. */
#ifndef CX_STUDY_RECORD_H
#define CX_STUDY_RECORD_H

#include "run/run.h"
#include "study/study.h"

/* word, is it a failure, what it means */
#define CX_RUN_STATUSES(X)                                                                         \
    X(MISSING, "missing", 0, "not started yet")                                                    \
    X(OK, "ok", 0, "finished")                                                                     \
    X(FAILED, "failed", 1, "the scenario is not valid or its numbers left their range")            \
    X(CRASHED, "crashed", 1, "the process of the run died")                                        \
    X(TIMEOUT, "timeout", 1, "it took longer than limits.time")                                    \
    X(MEMORY, "memory", 1, "it needed more than limits.memory, or the machine had no more")        \
    X(INTERRUPTED, "interrupted", 0,                                                               \
      "started and stopped from outside; goes on with the next sweep run")
enum cx_run_status {
#define CX_RUN_STATUS_ENUM(id, word, failure, doc) CX_RUN_##id,
    CX_RUN_STATUSES(CX_RUN_STATUS_ENUM)
#undef CX_RUN_STATUS_ENUM
        CX_RUN_STATUS_COUNT
};
const char *cx_run_status_word(enum cx_run_status s);
bool cx_run_status_bad(enum cx_run_status s);
enum cx_run_files cx_keep_files(enum cx_keep keep);

struct cx_run_record {
    enum cx_run_status status;
    char digest[65], engine[64]; /* engine: version and commit that made it */
    int64_t seed;
    int attempts;
    double seconds;      /* wall time of the last attempt */
    double memory_bytes; /* largest resident size */
    enum cx_keep keep;   /* what lies beside the record */
    char message[256];   /* why it is not ok, "" otherwise */
    int outcome_count;   /* all outcomes of the model, whatever the study's tables show */
    char (*name)[64];
    double *value; /* NaN: not reached within the simulated time */
};

/* "FOLDER/runs/DIGEST" */
void cx_run_record_folder(const char *study_folder, const char *digest, char out[640]);
enum cx_status cx_run_record_write(const char *study_folder, const struct cx_run_record *r,
                                   struct cx_error *e);
/* status: missing if there is no folder, interrupted if there is one without a record.  A record that cannot be read is
 * interrupted too: the run is repeated.  cx_run_record_free(). */
void cx_run_record_read(const char *study_folder, const char *digest, struct cx_run_record *r);
void cx_run_record_free(struct cx_run_record *r);
double cx_run_record_value(const struct cx_run_record *r, const char *outcome); /* NaN if absent */

#endif
