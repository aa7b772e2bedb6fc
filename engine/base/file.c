/* file.c - see file.h */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

bool cx_cause_is_room(int cause) { return cause == ENOSPC || cause == EDQUOT || cause == EFBIG; }

enum cx_status cx_fail_system(struct cx_error *e, int code, int cause, const char *doing,
                              const char *path) {
    char said[128];
    if (strerror_r(cause, said, sizeof said)) snprintf(said, sizeof said, "error %d", cause);
    if (cx_cause_is_room(cause)) code = 72;
    cx_fail(e, CX_STORAGE, code, "cannot %s %.280s: %s", doing, path, said);
    if (code == 72)
        cx_hint(e, "free space (or raise the quota or file-size limit), then `cicatrix resume`; "
                   "fewer output.fields or a rarer output.at need less");
    return CX_STORAGE;
}

/* Folder part of a path: "a/b" -> "a", "b" -> ".". */
static void folder_of(const char *path, char out[600]) {
    snprintf(out, 600, "%s", path);
    char *slash = strrchr(out, '/');
    if (!slash)
        snprintf(out, 600, ".");
    else
        slash[slash == out] = '\0';
}

static enum cx_status sync_folder(const char *path, struct cx_error *e) {
    const int fd = open(path, O_RDONLY | O_CLOEXEC | O_DIRECTORY);
    if (fd < 0) return cx_fail_system(e, 71, errno, "open", path);
    const int cause = fsync(fd) ? errno : 0;
    close(fd);
    /* some file systems have no fsync for folders and say EINVAL: nothing more can be done there */
    if (!cause || cause == EINVAL) return CX_OK;
    return cx_fail_system(e, 71, cause, "make durable", path);
}

enum cx_status cx_file_rename(const char *from, const char *to, struct cx_error *e) {
    if (rename(from, to)) return cx_fail_system(e, 71, errno, "rename to", to);
    char folder[600];
    folder_of(to, folder);
    return sync_folder(folder, e);
}

enum cx_status cx_writer_open(struct cx_writer *w, const char *path, struct cx_error *e) {
    w->fd = -1;
    if (strlen(path) >= sizeof w->path)
        return cx_fail(e, CX_STORAGE, 71, "the path %.80s... is too long", path);
    snprintf(w->path, sizeof w->path, "%s", path);
    snprintf(w->tmp, sizeof w->tmp, "%s.tmp", path);
    w->fd = open(w->tmp, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0666);
    return w->fd < 0 ? cx_fail_system(e, 71, errno, "create", w->tmp) : CX_OK;
}

void cx_writer_drop(struct cx_writer *w) {
    if (w->fd < 0) return;
    close(w->fd);
    unlink(w->tmp);
    w->fd = -1;
}

enum cx_status cx_writer_put(struct cx_writer *w, const void *bytes, size_t n, struct cx_error *e) {
    const unsigned char *from = bytes;
    while (n > 0) {
        const ssize_t done = write(w->fd, from, n);
        if (done < 0 && errno == EINTR) continue;
        if (done < 0) {
            const int cause = errno;
            cx_writer_drop(w);
            return cx_fail_system(e, 71, cause, "write", w->path);
        }
        from += done;
        n -= (size_t)done;
    }
    return CX_OK;
}

enum cx_status cx_writer_commit(struct cx_writer *w, struct cx_error *e) {
    int cause = fsync(w->fd) ? errno : 0;
    if (close(w->fd) && !cause) cause = errno;
    w->fd = -1;
    if (cause) {
        unlink(w->tmp);
        return cx_fail_system(e, 71, cause, "write", w->path);
    }
    return cx_file_rename(w->tmp, w->path, e);
}

enum cx_status cx_file_write(const char *path, const void *bytes, size_t n, struct cx_error *e) {
    struct cx_writer w;
    CX_TRY(cx_writer_open(&w, path, e));
    CX_TRY(cx_writer_put(&w, bytes, n, e));
    return cx_writer_commit(&w, e);
}

/* Fills [n] from fd; false with errno when the file ends early or cannot be read. */
static bool read_all(int fd, unsigned char *to, size_t n) {
    while (n > 0) {
        const ssize_t got = read(fd, to, n);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return false;
        if (got == 0) {
            errno = EIO; /* shorter than it said: somebody cut it meanwhile */
            return false;
        }
        to += got;
        n -= (size_t)got;
    }
    return true;
}

static enum cx_status read_open(int fd, const char *path, size_t limit, unsigned char **bytes,
                                struct cx_error *e) {
    struct stat st;
    if (fstat(fd, &st)) return cx_fail_system(e, 74, errno, "read", path);
    if (!S_ISREG(st.st_mode)) return cx_fail(e, CX_STORAGE, 74, "%.280s is not a file", path);
    if ((uintmax_t)st.st_size > limit)
        return cx_fail(e, CX_STORAGE, 74,
                       "%.280s is larger (%lld bytes) than what is accepted (%zu)", path,
                       (long long)st.st_size, limit);
    const size_t n = (size_t)st.st_size;
    *bytes = malloc(n + 1);
    if (!*bytes)
        return cx_fail(e, CX_STORAGE, 61, "no memory for the %zu bytes of %.280s", n, path);
    (*bytes)[n] = 0;
    if (read_all(fd, *bytes, n)) return CX_OK;
    const int cause = errno;
    free(*bytes);
    *bytes = NULL;
    return cx_fail_system(e, 74, cause, "read", path);
}

enum cx_status cx_file_read(const char *path, size_t limit, unsigned char **bytes, size_t *n,
                            struct cx_error *e) {
    *bytes = NULL;
    *n = 0;
    const int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK); /* a pipe must not hold us up */
    if (fd < 0) return cx_fail_system(e, 74, errno, "open", path);
    const enum cx_status s = read_open(fd, path, limit, bytes, e);
    if (s == CX_OK) {
        const off_t end = lseek(fd, 0, SEEK_CUR);
        *n = end < 0 ? 0 : (size_t)end;
    }
    close(fd);
    return s;
}

bool cx_file_exists(const char *path) {
    struct stat st;
    return lstat(path, &st) == 0;
}

int64_t cx_file_size(const char *path) {
    struct stat st;
    return stat(path, &st) == 0 ? (int64_t)st.st_size : -1;
}

enum cx_status cx_file_remove(const char *path, struct cx_error *e) {
    if (unlink(path) == 0 || errno == ENOENT) return CX_OK;
    return cx_fail_system(e, 71, errno, "remove", path);
}

enum cx_status cx_folder_create(const char *path, struct cx_error *e) {
    char part[600];
    if (strlen(path) >= sizeof part || !*path)
        return cx_fail(e, CX_STORAGE, 75, "\"%.80s\" cannot be the name of a folder", path);
    snprintf(part, sizeof part, "%s", path);
    for (char *p = part + 1; *p; p++) {
        if (*p != '/') continue;
        *p = '\0';
        if (mkdir(part, 0777) && errno != EEXIST)
            return cx_fail_system(e, 75, errno, "create folder", part);
        *p = '/';
    }
    if (mkdir(part, 0777) && errno != EEXIST)
        return cx_fail_system(e, 75, errno, "create folder", part);
    struct stat st;
    if (stat(part, &st) == 0 && S_ISDIR(st.st_mode)) return CX_OK;
    return cx_fail(e, CX_STORAGE, 75, "%.280s is there already and is not a folder", path);
}

enum cx_status cx_folder_room(const char *path, int64_t *bytes, struct cx_error *e) {
    struct statvfs v;
    *bytes = 0;
    if (statvfs(path, &v)) return cx_fail_system(e, 74, errno, "ask for the free space of", path);
    *bytes = (int64_t)((double)v.f_bavail * (double)v.f_frsize);
    return CX_OK;
}
