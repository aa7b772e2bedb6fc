/* digest.h - SHA-256 of text and files, as lower-case hex.  Knows no science. */
#ifndef CX_BASE_DIGEST_H
#define CX_BASE_DIGEST_H

#include <stdbool.h>
#include <stddef.h>

void cx_digest_bytes(const void *bytes, size_t n, char hex[65]);
/* False (and hex empty) if the file cannot be read to its end. */
bool cx_digest_file(const char *path, char hex[65]);

#endif
