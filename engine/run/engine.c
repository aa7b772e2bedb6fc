/* engine.c - see engine.h */
#include "run/engine.h"

#include "commit.h"
#include "version.h"

#include <string.h>

const char *cx_engine_commit(void) { return CX_COMMIT; }
const char *cx_engine(void) { return CX_VERSION " " CX_COMMIT; }

bool cx_engine_is(const char *engine) { return strcmp(engine, cx_engine()) == 0; }
