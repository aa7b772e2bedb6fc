/* reuse.h - may a run that lies in a folder be used again instead of being made once more?  One rule for all who keep runs:
 * certificates, studies, stories and galleries.  Yes if
 *   - this very engine made it (engine.h);
 *   - from the same configuration: its digest, and where pictures count, every setting, whatever the comments say;
 *   - to its end;
 *   - and the files that were asked for are there and unharmed. */
#ifndef CX_RUN_REUSE_H
#define CX_RUN_REUSE_H

#include "run/run.h"

#define CX_REUSES(X)                                                                               \
    X(WHOLE, "it is there already")                                                                \
    X(ABSENT, "no finished run is there")                                                          \
    X(ENGINE, "another engine made the one that is there")                                         \
    X(CONFIG, "the one that is there has other settings, or is of another version")                \
    X(SHORT, "the one that is there did not get to its end")                                       \
    X(HARMED, "files of the one that is there are missing or damaged")
enum cx_reuse {
#define CX_REUSE_ENUM(id, word) CX_REUSE_##id,
    CX_REUSES(CX_REUSE_ENUM)
#undef CX_REUSE_ENUM
        CX_REUSE_COUNT
};
const char *cx_reuse_word(enum cx_reuse r);

struct cx_reuse_asked {
    const char *folder;
    const char *digest;      /* cx_config_digest() with CX_VERSION; "" is nobody's */
    const char *config;      /* cx_config_effective(); NULL: an equal digest is enough */
    const char *engine;      /* who made it, as whoever keeps it noted; NULL: run.nc tells */
    enum cx_run_files files; /* what has to be there; CX_FILES_ALL: with all pictures */
    double end_h;            /* simulated time; 0: whoever keeps it noted that it came to its end */
    int frames;              /* pictures, with an end_h */
};
enum cx_reuse cx_reuse(const struct cx_reuse_asked *a);
/* The same of a whole scenario with its pictures, of which nobody keeps a record. */
enum cx_reuse cx_reuse_scenario(const char *folder, const struct cx_scenario *s);

/* Does config.yml of the folder say the same as this effective configuration?  A stopped run may go on then. */
bool cx_reuse_config(const char *folder, const char *config);

/* Makes the run of o->folder: goes on from the checkpoint there, or begins anew if there is none that this engine wrote for
 * this configuration. */
enum cx_status cx_run_on(const struct cx_scenario *s, const struct cx_run_options *o,
                         struct cx_run_summary *out, struct cx_error *e);
/* Removes what an attempt that was cut short, or an older run, may have left there. */
void cx_run_folder_clean(const char *folder);

#endif
