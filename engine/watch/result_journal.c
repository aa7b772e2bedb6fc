/* result_journal.c - see result_journal.h.
 * journal file: magic 8 | patches u64 | final size u64 | per patch: at u64, bytes u64, data | SHA-256 of all before */
#include "watch/result_journal.h"
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <nettle/sha2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { HEAD = 24, PATCH_HEAD = 16, PATCHES_MAX = 10000000 };
static const char magic[8] = {'C', 'X', 'J', 'O', 'U', 'R', 'N', '1'};
static const uint64_t bytes_max = (uint64_t)1 << 62;

/* ---- bytes ---- */

static bool write_at(int fd, uint64_t at, const unsigned char *from, uint64_t n) {
    while (n > 0) {
        const ssize_t done = pwrite(fd, from, (size_t)n, (off_t)at);
        if (done < 0 && errno != EINTR) return false;
        if (done < 0) continue;
        at += (uint64_t)done;
        from += done;
        n -= (uint64_t)done;
    }
    return true;
}

/* Behind the end of the file there are zeros, as HDF5 expects. */
static bool read_at(int fd, uint64_t at, unsigned char *to, uint64_t n) {
    while (n > 0) {
        const ssize_t got = pread(fd, to, (size_t)n, (off_t)at);
        if (got < 0 && errno != EINTR) return false;
        if (got < 0) continue;
        if (got == 0) {
            memset(to, 0, (size_t)n);
            return true;
        }
        at += (uint64_t)got;
        to += got;
        n -= (uint64_t)got;
    }
    return true;
}

static bool keep_patch(struct cx_journal *j, uint64_t at, const void *from, uint64_t n) {
    if (j->count == j->room) {
        const size_t room = j->room ? 2 * j->room : 64;
        struct cx_patch *more = realloc(j->patch, room * sizeof *more);
        if (!more) return false;
        j->patch = more;
        j->room = room;
    }
    unsigned char *copy = malloc((size_t)n + 1);
    if (!copy) return false;
    memcpy(copy, from, (size_t)n);
    j->patch[j->count++] = (struct cx_patch){at, n, copy};
    return true;
}

static void drop_patches(struct cx_journal *j) {
    for (size_t i = 0; i < j->count; i++) free(j->patch[i].data);
    free(j->patch);
    j->patch = NULL;
    j->count = j->room = 0;
}

/* The part of a patch that lies in [at, at + n) over what was read from there. */
static void overlay(const struct cx_patch *p, uint64_t at, unsigned char *to, uint64_t n) {
    const uint64_t from = p->at > at ? p->at : at;
    const uint64_t patch_end = p->at + p->bytes, read_end = at + n;
    const uint64_t until = patch_end < read_end ? patch_end : read_end;
    if (from < until) memcpy(to + (from - at), p->data + (from - p->at), (size_t)(until - from));
}

/* ---- the driver: HDF5 calls these ---- */

struct driver {
    H5FD_t base;
    struct cx_journal *journal;
}; /* HDF5 owns `base` */
struct info {
    struct cx_journal *journal;
};

static struct cx_journal *journal_of(const H5FD_t *file) {
    return ((const struct driver *)(const void *)file)->journal;
}

static H5FD_t *driver_open(const char *name, unsigned flags, hid_t access, haddr_t most) {
    (void)name, (void)flags, (void)most;
    const struct info *info = H5Pget_driver_info(access);
    struct driver *d = info ? calloc(1, sizeof *d) : NULL;
    if (!d) return NULL;
    d->journal = info->journal;
    d->journal->lent = true;
    return &d->base;
}

static herr_t driver_close(H5FD_t *file) {
    journal_of(file)->closed = true;
    free(file);
    return 0;
}

static herr_t driver_query(const H5FD_t *file, unsigned long *flags) {
    (void)file;
    if (flags)
        *flags = H5FD_FEAT_AGGREGATE_METADATA | H5FD_FEAT_ACCUMULATE_METADATA |
                 H5FD_FEAT_DATA_SIEVE | H5FD_FEAT_AGGREGATE_SMALLDATA |
                 H5FD_FEAT_DEFAULT_VFD_COMPATIBLE;
    return 0;
}

static haddr_t driver_eoa(const H5FD_t *file, H5FD_mem_t type) {
    (void)type;
    return journal_of(file)->eoa;
}

static herr_t driver_set_eoa(H5FD_t *file, H5FD_mem_t type, haddr_t eoa) {
    (void)type;
    journal_of(file)->eoa = eoa;
    return 0;
}

static haddr_t driver_eof(const H5FD_t *file, H5FD_mem_t type) {
    (void)type;
    return journal_of(file)->end;
}

static herr_t driver_read(H5FD_t *file, H5FD_mem_t type, hid_t transfer, haddr_t at, size_t n,
                          void *to) {
    (void)type, (void)transfer;
    const struct cx_journal *j = journal_of(file);
    if (j->fd < 0 || at > bytes_max || n > bytes_max || !read_at(j->fd, at, to, n)) return -1;
    for (size_t i = 0; i < j->count; i++) overlay(&j->patch[i], at, to, n);
    return 0;
}

static herr_t driver_write(H5FD_t *file, H5FD_mem_t type, hid_t transfer, haddr_t at, size_t n,
                           const void *bytes) {
    (void)type, (void)transfer;
    struct cx_journal *j = journal_of(file);
    const unsigned char *from = bytes;
    if (j->fd < 0 || !j->writable || at > bytes_max || n > bytes_max) return -1;
    const uint64_t old = at >= j->safe ? 0 : j->safe - at < n ? j->safe - at : n;
    if (old > 0 && !keep_patch(j, at, from, old) && !j->cause) j->cause = ENOMEM;
    if (!j->cause && n > old && !write_at(j->fd, at + old, from + old, n - old)) j->cause = errno;
    if (at + n > j->end) j->end = at + n;
    return 0;
}

/* The cut itself waits for the commit, it may take old bytes away. */
static herr_t driver_truncate(H5FD_t *file, hid_t transfer, hbool_t closing) {
    (void)transfer, (void)closing;
    journal_of(file)->end = journal_of(file)->eoa;
    return 0;
}

static const H5FD_class_t driver_class = {
    .name = "cicatrix_journal",
    .maxaddr = (haddr_t)1 << 62,
    .fc_degree = H5F_CLOSE_STRONG,
    .fapl_size = sizeof(struct info),
    .open = driver_open,
    .close = driver_close,
    .query = driver_query,
    .get_eoa = driver_eoa,
    .set_eoa = driver_set_eoa,
    .get_eof = driver_eof,
    .read = driver_read,
    .write = driver_write,
    .truncate = driver_truncate,
    .fl_map = H5FD_FLMAP_DICHOTOMY,
};

hid_t cx_journal_access(struct cx_journal *j) {
    const struct info info = {j};
    const hid_t access = H5Pcreate(H5P_FILE_ACCESS);
    j->driver = H5FDregister(&driver_class);
    herr_t r = j->driver < 0 || access < 0 ? -1 : H5Pset_driver(access, j->driver, &info);
    if (r >= 0) r = H5Pset_fclose_degree(access, H5F_CLOSE_STRONG);
    if (r >= 0) return access;
    if (access >= 0) H5Pclose(access);
    return -1;
}

void cx_journal_release(struct cx_journal *j) {
    if (j->driver > 0) H5FDunregister(j->driver);
    j->driver = 0;
}

/* ---- the journal file ---- */

static void name_of(const struct cx_journal *j, char out[616]) {
    snprintf(out, 616, "%s.journal", j->path);
}

static void put_number(unsigned char *to, uint64_t value) {
    for (int i = 0; i < 8; i++) to[i] = (unsigned char)(value >> (8 * i) & 0xff);
}

static uint64_t get_number(const unsigned char *from) {
    uint64_t value = 0;
    for (int i = 7; i >= 0; i--) value = value << 8 | from[i];
    return value;
}

static void digest_of(const unsigned char *bytes, size_t n, unsigned char out[SHA256_DIGEST_SIZE]) {
    struct sha256_ctx c;
    sha256_init(&c);
    sha256_update(&c, n, bytes);
    sha256_digest(&c, SHA256_DIGEST_SIZE, out);
}

static enum cx_status save(const struct cx_journal *j, struct cx_error *e) {
    char name[616];
    size_t n = HEAD;
    for (size_t i = 0; i < j->count; i++) n += PATCH_HEAD + (size_t)j->patch[i].bytes;
    unsigned char *all = malloc(n + SHA256_DIGEST_SIZE), *to = all;
    if (!all) return cx_fail(e, CX_STORAGE, 61, "no memory to write %.280s", j->path);
    memcpy(to, magic, sizeof magic);
    put_number(to + 8, j->count);
    put_number(to + 16, j->end);
    to += HEAD;
    for (size_t i = 0; i < j->count; i++) {
        put_number(to, j->patch[i].at);
        put_number(to + 8, j->patch[i].bytes);
        memcpy(to + PATCH_HEAD, j->patch[i].data, (size_t)j->patch[i].bytes);
        to += PATCH_HEAD + j->patch[i].bytes;
    }
    digest_of(all, n, to);
    name_of(j, name);
    const enum cx_status s = cx_file_write(name, all, n + SHA256_DIGEST_SIZE, e);
    free(all);
    return s;
}

/* false: not a journal, or no memory for it */
static bool parse(struct cx_journal *j, const unsigned char *bytes, size_t n) {
    unsigned char digest[SHA256_DIGEST_SIZE];
    if (n < HEAD + sizeof digest || memcmp(bytes, magic, sizeof magic) != 0) return false;
    n -= sizeof digest;
    digest_of(bytes, n, digest);
    if (memcmp(digest, bytes + n, sizeof digest) != 0) return false;
    const uint64_t count = get_number(bytes + 8);
    if (count > PATCHES_MAX) return false;
    size_t at = HEAD;
    for (uint64_t i = 0; i < count; i++) {
        if (n - at < PATCH_HEAD) return false;
        const uint64_t where = get_number(bytes + at), size = get_number(bytes + at + 8);
        at += PATCH_HEAD;
        if (size > n - at || where > bytes_max) return false;
        if (!keep_patch(j, where, bytes + at, size)) return false;
        at += (size_t)size;
    }
    j->end = get_number(bytes + 16);
    return at == n && j->end <= bytes_max;
}

/* Fills the patches from a journal that somebody left.  A damaged one counts as none: it never had its final name. */
static enum cx_status load(struct cx_journal *j, struct cx_error *e) {
    char name[616];
    unsigned char *bytes;
    size_t n;
    const uint64_t end = j->end;
    name_of(j, name);
    if (!cx_file_exists(name)) return CX_OK;
    if (cx_file_read(name, (size_t)1 << 34, &bytes, &n, e) != CX_OK)
        return cx_file_exists(name) ? CX_STORAGE : CX_OK; /* its writer has just finished */
    if (!parse(j, bytes, n)) {
        drop_patches(j);
        j->end = end;
    }
    free(bytes);
    return CX_OK;
}

/* ---- changes ---- */

/* Repeating it does no harm: that is what makes the commit safe. */
static enum cx_status apply(struct cx_journal *j, struct cx_error *e) {
    char name[616];
    for (size_t i = 0; i < j->count; i++)
        if (!write_at(j->fd, j->patch[i].at, j->patch[i].data, j->patch[i].bytes))
            return cx_fail_system(e, 71, errno, "write", j->path);
    if (ftruncate(j->fd, (off_t)j->end) || fsync(j->fd))
        return cx_fail_system(e, 71, errno, "write", j->path);
    name_of(j, name);
    return cx_file_remove(name, e);
}

static enum cx_status open_file(struct cx_journal *j, int flags, struct cx_error *e) {
    struct stat st;
    j->fd = open(j->path, flags | O_CLOEXEC, 0666);
    if (j->fd < 0) return cx_fail_system(e, j->code, errno, "open", j->path);
    if (fstat(j->fd, &st)) return cx_fail_system(e, j->code, errno, "open", j->path);
    j->end = (uint64_t)st.st_size;
    return CX_OK;
}

static enum cx_status prepare(struct cx_journal *j, enum cx_journal_mode mode, struct cx_error *e) {
    static const int flags[] = {[CX_JOURNAL_READ] = O_RDONLY,
                                [CX_JOURNAL_GROW] = O_RDWR,
                                [CX_JOURNAL_FRESH] = O_RDWR | O_CREAT | O_TRUNC | O_NOFOLLOW};
    char name[616];
    name_of(j, name);
    CX_TRY(open_file(j, flags[mode], e));
    if (mode == CX_JOURNAL_FRESH) return cx_file_remove(name, e);
    CX_TRY(load(j, e));
    if (mode == CX_JOURNAL_GROW && j->count > 0) {
        CX_TRY(apply(j, e));
        drop_patches(j);
    }
    return CX_OK;
}

enum cx_status cx_journal_open(const char *path, enum cx_journal_mode mode, struct cx_journal **out,
                               struct cx_error *e) {
    *out = NULL;
    struct cx_journal *j = calloc(1, sizeof *j);
    if (!j) return cx_fail(e, CX_STORAGE, 61, "no memory to open %.280s", path);
    j->fd = -1;
    j->code = mode == CX_JOURNAL_READ ? 73 : 71;
    enum cx_status s = CX_OK;
    if ((size_t)snprintf(j->path, sizeof j->path, "%s", path) >= sizeof j->path)
        s = cx_fail(e, CX_STORAGE, j->code, "the path %.80s... is too long", path);
    if (s == CX_OK) s = prepare(j, mode, e);
    j->writable = mode != CX_JOURNAL_READ;
    j->safe = j->end;
    if (s == CX_OK)
        *out = j;
    else
        cx_journal_abandon(j);
    return s;
}

/* Where HDF5 still holds on to it, a small rest stays: its calls must find something to fail on. */
static void release(struct cx_journal *j) {
    if (j->fd >= 0) close(j->fd);
    j->fd = -1;
    drop_patches(j);
    if (!j->lent || j->closed) free(j);
}

void cx_journal_abandon(struct cx_journal *j) {
    if (!j) return;
    /* what lies behind the old end is of no use; if it cannot be cut it does no harm either */
    if (j->writable && j->fd >= 0 && ftruncate(j->fd, (off_t)j->safe)) j->cause = errno;
    release(j);
}

/* New bytes must be on the disk before anything points to them. */
static enum cx_status keep(struct cx_journal *j, struct cx_error *e) {
    if (!j->cause && fsync(j->fd)) j->cause = errno;
    if (j->cause) return cx_fail_system(e, 71, j->cause, "write", j->path);
    return j->count > 0 ? save(j, e) : CX_OK;
}

/* Once kept, the change counts: if applying it fails, the journal stays and the next to open the file goes on. */
enum cx_status cx_journal_settle(struct cx_journal *j, struct cx_error *e) {
    CX_TRY(keep(j, e));
    j->safe = j->end;
    CX_TRY(apply(j, e));
    drop_patches(j);
    return CX_OK;
}

enum cx_status cx_journal_commit(struct cx_journal *j, struct cx_error *e) {
    const enum cx_status s = j->writable ? cx_journal_settle(j, e) : CX_OK;
    if (s == CX_OK)
        release(j);
    else
        cx_journal_abandon(j);
    return s;
}
