/* write.h - values back to text that reads to the same bits. */
#ifndef CX_CONFIG_WRITE_H
#define CX_CONFIG_WRITE_H

#include "base/text.h"
#include "config/config.h"
#include "config/table.h"

/* "1500 um", "[0 h, 24 h]", "\"text\"", "auto" ... in the row's unit. */
void cx_write_value(struct cx_text *t, const struct cx_row *row, const struct cx_scenario *s);
/* "0.4 1/h"; "0.4" where the unit is "1" or "". */
void cx_write_number(struct cx_text *t, double value, const char *unit);
/* In double quotes, with escapes. */
void cx_write_quoted(struct cx_text *t, const char *text);

#endif
