/* path.c - files that a config names: only below its own folder, so that a shared config cannot
 * reach anything else. */
#include "config/reader.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

void cx_path_below(char out[512], const char *folder, const char *path) {
    snprintf(out, 512, "%.250s/%.255s", *folder ? folder : ".", path);
}

static bool climbs(const char *path) {
    for (const char *p = path; *p;) {
        const size_t n = strcspn(p, "/");
        if (n == 2 && p[0] == '.' && p[1] == '.') return true;
        p += n + (p[n] == '/');
    }
    return false;
}

static enum cx_status fail_outside(const char *path, const char *why, struct cx_error *e) {
    cx_fail(e, CX_CONFIG, 38, "'%.120s' %s", path, why);
    cx_hint(e, "put the file beside the configuration and name it relative to it");
    return CX_CONFIG;
}

/* Symbolic links may not lead out of the folder. */
static bool stays_inside(const char *folder, const char *full) {
    char *base = realpath(folder, NULL), *target = realpath(full, NULL);
    const size_t n = base ? strlen(base) : 0;
    const bool root = n == 1;
    const bool inside =
        base && target && strncmp(base, target, n) == 0 && (root || target[n] == '/');
    free(base);
    free(target);
    return inside;
}

enum cx_status cx_path_check(const char *folder, const char *path, struct cx_error *e) {
    if (path[0] == '/' || path[0] == '~') return fail_outside(path, "is an absolute path", e);
    if (climbs(path)) return fail_outside(path, "climbs out of the folder with '..'", e);
    char full[512];
    struct stat info;
    cx_path_below(full, folder, path);
    if (stat(full, &info) != 0)
        return fail_outside(path, "does not exist beside the configuration", e);
    if (!S_ISREG(info.st_mode)) return fail_outside(path, "is not a regular file", e);
    if (!stays_inside(*folder ? folder : ".", full))
        return fail_outside(path, "is a link that leaves the folder of the configuration", e);
    return CX_OK;
}
