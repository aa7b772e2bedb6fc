/* digest.c - see digest.h */
#include "base/digest.h"

#include <nettle/sha2.h>
#include <stdio.h>

static void finish(struct sha256_ctx *sha, char hex[65]) {
    unsigned char raw[SHA256_DIGEST_SIZE];
    sha256_digest(sha, sizeof raw, raw);
    for (size_t i = 0; i < sizeof raw; i++) snprintf(hex + 2 * i, 3, "%02x", raw[i]);
}

void cx_digest_bytes(const void *bytes, size_t n, char hex[65]) {
    struct sha256_ctx sha;
    sha256_init(&sha);
    sha256_update(&sha, n, bytes);
    finish(&sha, hex);
}

bool cx_digest_file(const char *path, char hex[65]) {
    hex[0] = 0;
    FILE *f = fopen(path, "rb");
    if (!f) return false;
    struct sha256_ctx sha;
    sha256_init(&sha);
    unsigned char block[65536];
    for (size_t n; (n = fread(block, 1, sizeof block, f)) > 0;) sha256_update(&sha, n, block);
    const bool whole = !ferror(f);
    fclose(f);
    if (whole) finish(&sha, hex);
    return whole;
}
