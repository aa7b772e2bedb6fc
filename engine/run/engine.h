/* engine.h - who makes a result: the version and the very source of this program.  Equal names, equal code. */
#ifndef CX_RUN_ENGINE_H
#define CX_RUN_ENGINE_H

#include <stdbool.h>

enum { CX_ENGINE_NAME = 64 };

/* "COMMIT", "COMMIT-dirty-DIGEST" of a changed source, "unknown-DIGEST" outside a repository. */
const char *cx_engine_commit(void);
/* "VERSION COMMIT", shorter than CX_ENGINE_NAME. */
const char *cx_engine(void);
bool cx_engine_is(const char *engine);

#endif
