/* result_journal.h - a storage driver under HDF5 that changes a file wholly or not at all.
 *
 * Why: HDF5 writes its index in place, in no safe order; a kill at the wrong moment costs earlier pictures (measured: 1 of
 * 60 kills left an unreadable file, others lost pictures).  So what is new goes behind the old end of the file, where
 * nothing points yet; what changes old bytes waits in memory.  Commit: new bytes to disk, then the waiting ones to
 * "<path>.journal" (atomically), then into the file, then the journal goes.  Whoever opens the file next and finds a
 * journal finishes the work (writers) or reads through it (readers).  A full disk changes nothing at all.
 * Knows bytes, not what they mean. */
#ifndef CX_WATCH_RESULT_JOURNAL_H
#define CX_WATCH_RESULT_JOURNAL_H

#include "base/error.h"

#include <hdf5.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct cx_patch {
    uint64_t at, bytes;
    unsigned char *data;
};
struct cx_journal {
    char path[600];
    int fd, code; /* code: number of the errors */
    int cause;    /* first errno of a write; HDF5 is not told, or it would keep the file for ever */
    bool writable, lent, closed; /* lent: HDF5 has it; closed: HDF5 has given it back */
    uint64_t safe, end, eoa; /* bytes before the change, bytes now, bytes that HDF5 has allocated */
    size_t count, room;
    struct cx_patch *patch; /* in order: later ones win */
    hid_t
        driver; /* HDF5 1.10 reads the driver's class after its last user has gone: kept until the file is closed */
};
enum cx_journal_mode { CX_JOURNAL_READ, CX_JOURNAL_GROW, CX_JOURNAL_FRESH };

/* Errors: E071 or E072 when writing, E073 when reading. */
enum cx_status cx_journal_open(const char *path, enum cx_journal_mode mode, struct cx_journal **j,
                               struct cx_error *e);
/* File-access list for H5Fopen, H5Fcreate; the caller closes it, and calls cx_journal_release() once the file is closed.
 * -1 on failure. */
hid_t cx_journal_access(struct cx_journal *j);
void cx_journal_release(struct cx_journal *j);
/* After H5Fflush: makes the change durable, and what comes next is another one.  After a failure: cx_journal_abandon(). */
enum cx_status cx_journal_settle(struct cx_journal *j, struct cx_error *e);
/* After H5Fclose: the same.  On failure the file is as before.  Frees j. */
enum cx_status cx_journal_commit(struct cx_journal *j, struct cx_error *e);
/* The file stays as it was when it was last settled.  Frees j. */
void cx_journal_abandon(struct cx_journal *j);

#endif
