/* scratch.h - a folder of one's own for a test, and what to put where in it. */
#ifndef CX_TESTS_WATCH_SCRATCH_H
#define CX_TESTS_WATCH_SCRATCH_H

#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct scratch {
    char folder[200];
};

static inline struct scratch scratch_make(void) {
    struct scratch s;
    const char *tmp = getenv("TMPDIR");
    snprintf(s.folder, sizeof s.folder, "%s/cicatrix-test-XXXXXX", tmp && *tmp ? tmp : "/tmp");
    if (!mkdtemp(s.folder)) perror(s.folder);
    return s;
}

/* Path of a file in it; `room` is for the caller's use, 400 bytes. */
static inline const char *scratch_path(const struct scratch *s, const char *name, char room[400]) {
    snprintf(room, 400, "%s/%s", s->folder, name);
    return room;
}

/* Removes the files and the folder. */
static inline void scratch_clear(const struct scratch *s) {
    DIR *d = opendir(s->folder);
    for (struct dirent *f = d ? readdir(d) : NULL; f; f = readdir(d)) {
        char path[600];
        snprintf(path, sizeof path, "%s/%s", s->folder, f->d_name);
        if (f->d_name[0] != '.') unlink(path);
    }
    if (d) closedir(d);
    rmdir(s->folder);
}

/* Small generator of its own (splitmix64), so that every machine tries the same mutants. */
static inline uint64_t scratch_random(uint64_t *state) {
    uint64_t z = *state += 0x9e3779b97f4a7c15u;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}

#endif
