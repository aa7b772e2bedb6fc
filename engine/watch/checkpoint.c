/* checkpoint.c - see checkpoint.h.  Sizes are compared with what is left of the file before anything is believed. */
#include "watch/checkpoint.h"
#include "base/file.h"

#include <nettle/sha2.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum {
    VERSION = 1,
    ALIGN = 64,
    HEAD = 32, /* bytes before the header text */
    SECTION_HEAD = 64,
    NAME = 32,
    SECTIONS_MAX = 4096,
    HEADER_MAX = 16 << 20
};
static const char magic[8] = {'C', 'I', 'C', 'A', 'T', 'R', 'I', 'X'};
static const size_t file_max = (size_t)64 << 30;

static void put_number(unsigned char *to, uint64_t value, int bytes) {
    for (int i = 0; i < bytes; i++) to[i] = (unsigned char)(value >> (8 * i) & 0xff);
}

static uint64_t get_number(const unsigned char *from, int bytes) {
    uint64_t value = 0;
    for (int i = bytes - 1; i >= 0; i--) value = value << 8 | from[i];
    return value;
}

static size_t padding(size_t n) { return (ALIGN - n % ALIGN) % ALIGN; }

static uint32_t crc_of(const void *data, size_t n) {
    return (uint32_t)crc32_z(crc32_z(0, NULL, 0), data, n);
}

/* ---- writing ---- */

struct out {
    struct cx_writer file;
    struct sha256_ctx digest;
};

static enum cx_status put(struct out *o, const void *data, size_t n, struct cx_error *e) {
    sha256_update(&o->digest, n, data);
    return cx_writer_put(&o->file, data, n, e);
}

static enum cx_status put_padded(struct out *o, const void *data, size_t n, struct cx_error *e) {
    static const unsigned char zero[ALIGN];
    if (n > 0) CX_TRY(put(o, data, n, e));
    return put(o, zero, padding(n), e);
}

static enum cx_status put_section(struct out *o, const struct cx_section *s, struct cx_error *e) {
    unsigned char head[SECTION_HEAD] = {0};
    memcpy(head, s->name, strnlen(s->name, NAME - 1));
    put_number(head + NAME, s->bytes, 8);
    put_number(head + NAME + 8, crc_of(s->data, s->bytes), 4);
    CX_TRY(put(o, head, sizeof head, e));
    return put_padded(o, s->data, s->bytes, e);
}

static enum cx_status put_header(struct out *o, uint64_t serial, const char *header, int count,
                                 struct cx_error *e) {
    const size_t n = strlen(header), text_end = HEAD + n;
    unsigned char head[HEAD] = {0};
    static const unsigned char zero[ALIGN];
    memcpy(head, magic, sizeof magic);
    put_number(head + 8, VERSION, 4);
    put_number(head + 12, n, 4);
    put_number(head + 16, serial, 8);
    put_number(head + 24, (uint64_t)count, 4);
    CX_TRY(put(o, head, sizeof head, e));
    CX_TRY(put(o, header, n, e));
    return put(o, zero, padding(text_end), e);
}

enum cx_status cx_checkpoint_write(const char *dir, const struct cx_checkpoint *c,
                                   struct cx_error *e) {
    char path[600];
    if (strlen(dir) + 16 > sizeof path || strlen(c->header) > HEADER_MAX || c->count > SECTIONS_MAX)
        return cx_fail(e, CX_STORAGE, 71, "the checkpoint in %.80s would be too large", dir);
    snprintf(path, sizeof path, "%s/checkpoint.%c", dir, c->serial % 2 ? 'b' : 'a');
    struct out o;
    sha256_init(&o.digest);
    CX_TRY(cx_writer_open(&o.file, path, e));
    CX_TRY(put_header(&o, c->serial, c->header, c->count, e));
    for (int i = 0; i < c->count; i++) CX_TRY(put_section(&o, &c->section[i], e));
    unsigned char digest[SHA256_DIGEST_SIZE];
    sha256_digest(&o.digest, sizeof digest, digest);
    CX_TRY(cx_writer_put(&o.file, digest, sizeof digest, e));
    return cx_writer_commit(&o.file, e);
}

/* ---- reading ---- */

struct in {
    const unsigned char *bytes;
    size_t n, at; /* n: without the digest */
};

static enum cx_status damaged(struct cx_error *e, const char *why) {
    cx_fail(e, CX_STORAGE, 82, "the checkpoint is damaged: %s", why);
    return CX_STORAGE;
}

static bool all_zero(const unsigned char *p, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (p[i]) return false;
    return true;
}

/* Steps over n bytes and their padding; false if the file ends before or the padding is not zero. */
static bool step(struct in *f, size_t n) {
    const size_t left = f->n - f->at;
    if (n > left) return false;
    const size_t pad = padding(f->at + n);
    if (pad > left - n || !all_zero(f->bytes + f->at + n, pad)) return false;
    f->at += n + pad;
    return true;
}

static enum cx_status check_frame(const unsigned char *bytes, size_t n, struct cx_error *e) {
    if (n < HEAD + SHA256_DIGEST_SIZE) return damaged(e, "it is too short");
    if (memcmp(bytes, magic, sizeof magic) != 0)
        return cx_fail(e, CX_STORAGE, 82, "this is not a checkpoint");
    const uint64_t version = get_number(bytes + 8, 4);
    if (version != VERSION)
        return cx_fail(e, CX_STORAGE, 82, "the checkpoint has version %llu; this program reads %d",
                       (unsigned long long)version, VERSION);
    struct sha256_ctx c;
    unsigned char digest[SHA256_DIGEST_SIZE];
    sha256_init(&c);
    sha256_update(&c, n - sizeof digest, bytes);
    sha256_digest(&c, sizeof digest, digest);
    if (memcmp(digest, bytes + n - sizeof digest, sizeof digest) != 0)
        return damaged(e, "its SHA-256 does not match (cut short or altered)");
    return CX_OK;
}

static enum cx_status parse_head(struct in *f, struct cx_checkpoint *c, struct cx_error *e) {
    const size_t text = (size_t)get_number(f->bytes + 12, 4);
    const uint64_t count = get_number(f->bytes + 24, 4);
    c->serial = get_number(f->bytes + 16, 8);
    if (!all_zero(f->bytes + 28, 4)) return damaged(e, "its reserved bytes are in use");
    if (count > SECTIONS_MAX || text > HEADER_MAX) return damaged(e, "its head is out of range");
    if (text > f->n - HEAD || !step(f, HEAD + text))
        return damaged(e, "its header text is longer than the file");
    if (memchr(f->bytes + HEAD, 0, text)) return damaged(e, "its header text holds a zero byte");
    c->header = malloc(text + 1);
    c->section = calloc((size_t)count + 1, sizeof *c->section);
    if (!c->header || !c->section) {
        cx_fail(e, CX_STORAGE, 61, "no memory for a checkpoint");
        return CX_STORAGE;
    }
    memcpy(c->header, f->bytes + HEAD, text);
    c->header[text] = '\0';
    c->count = (int)count;
    return CX_OK;
}

static enum cx_status parse_section(struct in *f, struct cx_section *s, struct cx_error *e) {
    const unsigned char *head = f->bytes + f->at;
    if (f->n - f->at < SECTION_HEAD) return damaged(e, "a section is missing");
    const size_t name = strnlen((const char *)head, NAME);
    if (name == 0 || name == NAME || !all_zero(head + name, NAME - name) ||
        !all_zero(head + NAME + 12, SECTION_HEAD - NAME - 12))
        return damaged(e, "the head of a section is out of order");
    const uint64_t bytes = get_number(head + NAME, 8);
    f->at += SECTION_HEAD;
    memcpy(s->name, head, NAME);
    s->data = f->bytes + f->at;
    if (bytes > f->n - f->at || !step(f, (size_t)bytes))
        return damaged(e, "a section is longer than the file");
    s->bytes = (size_t)bytes;
    if (crc_of(s->data, s->bytes) != (uint32_t)get_number(head + NAME + 8, 4))
        return damaged(e, "the CRC-32 of a section does not match");
    return CX_OK;
}

static enum cx_status parse_all(struct in *f, struct cx_checkpoint *c, struct cx_error *e) {
    CX_TRY(parse_head(f, c, e));
    const int count = c->count;
    for (c->count = 0; c->count < count; c->count++) {
        struct cx_section *s = &c->section[c->count];
        CX_TRY(parse_section(f, s, e));
        if (cx_checkpoint_find(c, s->name)) return damaged(e, "two sections have the same name");
    }
    if (f->at != f->n) return damaged(e, "something follows its last section");
    return CX_OK;
}

enum cx_status cx_checkpoint_parse(const unsigned char *bytes, size_t n, struct cx_checkpoint *c,
                                   struct cx_error *e) {
    memset(c, 0, sizeof *c);
    CX_TRY(check_frame(bytes, n, e));
    struct in f = {.bytes = bytes, .n = n - SHA256_DIGEST_SIZE};
    const enum cx_status s = parse_all(&f, c, e);
    if (s != CX_OK) cx_checkpoint_free(c);
    return s;
}

static enum cx_status read_one(const char *path, struct cx_checkpoint *c, struct cx_error *e) {
    unsigned char *block;
    size_t n;
    memset(c, 0, sizeof *c);
    CX_TRY(cx_file_read(path, file_max, &block, &n, e));
    const enum cx_status s = cx_checkpoint_parse(block, n, c, e);
    if (s != CX_OK) {
        free(block);
        return s;
    }
    c->block = block;
    c->bytes = n;
    snprintf(c->path, sizeof c->path, "%s", path);
    return CX_OK;
}

static enum cx_status neither(const char *dir, const bool there[2], const struct cx_error why[2],
                              struct cx_error *e) {
    if (!there[0] && !there[1]) {
        cx_fail(e, CX_STORAGE, 80, "there is no checkpoint in %.280s", dir);
        cx_hint(e,
                "start with `cicatrix run`; checkpoints appear as checkpoint.a and checkpoint.b");
        return CX_STORAGE;
    }
    cx_fail(e, CX_STORAGE, 81, "no checkpoint in %.150s can be used: a: %.150s; b: %.150s", dir,
            there[0] ? why[0].text : "absent", there[1] ? why[1].text : "absent");
    cx_hint(e, "run the scenario again from config.yml in that folder");
    return CX_STORAGE;
}

enum cx_status cx_checkpoint_read(const char *dir, struct cx_checkpoint *c, struct cx_error *e) {
    struct cx_checkpoint each[2];
    struct cx_error why[2] = {{0}, {0}};
    bool there[2], good[2];
    memset(c, 0, sizeof *c);
    for (int i = 0; i < 2; i++) {
        char path[600];
        if (snprintf(path, sizeof path, "%s/checkpoint.%c", dir, "ab"[i]) >= (int)sizeof path)
            return cx_fail(e, CX_STORAGE, 80, "the path %.80s... is too long", dir);
        there[i] = cx_file_exists(path);
        good[i] = there[i] && read_one(path, &each[i], &why[i]) == CX_OK;
    }
    if (!good[0] && !good[1]) return neither(dir, there, why, e);
    const int take = !good[0] || (good[1] && each[1].serial > each[0].serial);
    *c = each[take];
    snprintf(c->skipped, sizeof c->skipped, "%.250s", there[!take] ? why[!take].text : "");
    if (good[!take]) cx_checkpoint_free(&each[!take]);
    return CX_OK;
}

const struct cx_section *cx_checkpoint_find(const struct cx_checkpoint *c, const char *name) {
    for (int i = 0; i < c->count; i++)
        if (strcmp(c->section[i].name, name) == 0) return &c->section[i];
    return NULL;
}

void cx_checkpoint_free(struct cx_checkpoint *c) {
    free(c->header);
    free(c->section);
    free(c->block);
    memset(c, 0, sizeof *c);
}
