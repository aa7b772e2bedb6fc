/* base64.h - bytes as text, for pictures and tables inside one HTML file.  Knows no science. */
#ifndef CX_BASE_BASE64_H
#define CX_BASE_BASE64_H

#include <stddef.h>

/* RFC 4648 text of n bytes, padded, without line breaks.  Heap string; NULL when memory is refused. */
char *cx_base64(const void *data, size_t n);

#endif
