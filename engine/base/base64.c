/* base64.c - see base64.h.  The encoder is Nettle's. */
#include "base/base64.h"

#include <nettle/base64.h>
#include <stdlib.h>

char *cx_base64(const void *data, size_t n) {
    const size_t length = BASE64_ENCODE_RAW_LENGTH(n);
    char *text = malloc(length + 1);
    if (!text) return NULL;
    base64_encode_raw(text, n, data);
    text[length] = '\0';
    return text;
}
