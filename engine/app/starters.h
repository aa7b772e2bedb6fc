/* starters.h - the scenarios and studies of a folder, and what each says of itself at its head. */
#ifndef CX_APP_STARTERS_H
#define CX_APP_STARTERS_H

#include "base/error.h"

enum { CX_STARTERS_MOST = 256 };
struct cx_starters {
    char folder[512]; /* set by the caller */
    int n;
    char name[CX_STARTERS_MOST][64]; /* of the files, without .yml; sorted */
};
/* Every .yml of the folder. */
enum cx_status cx_starters_read(struct cx_starters *s, struct cx_error *e);
void cx_starter_path(const struct cx_starters *s, int i, char path[640]);
/* Text of the first line that begins with "title:"; "" if there is none. */
void cx_starter_title(const struct cx_starters *s, int i, char title[200]);
/* The comment before the first setting, without its commands (lines set in further); "" if there is none. */
void cx_starter_comment(const struct cx_starters *s, int i, char comment[1200]);

#endif
