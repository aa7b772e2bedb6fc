/* listing.h - rows of a kind, as lines for people or as an array for programs; see listing.c. */
#ifndef CX_APP_LISTING_H
#define CX_APP_LISTING_H

#include "app/app.h"
#include "watch/result.h"

struct cx_listing {
    const char *key;         /* of the array */
    const char *head, *tail; /* what stands around the lines */
    int n;
    const void *of; /* what the rows are of */
    json_t *(*row)(const void *of, int i);
    void (*line)(FILE *to, const void *of, int i); /* NULL: only for programs */
};
/* Adds the array to the answer, which is dropped later unless --json asks for it; prints the lines unless it does. */
void cx_app_list(const struct cx_app *a, json_t *answer, const struct cx_listing *l);

/* The words that `plot` and `export` take back.  head NULL: only for programs. */
struct cx_listing cx_listing_fields(const struct cx_result *r, const char *head);
struct cx_listing cx_listing_series(const struct cx_result *r, const char *head);
struct cx_listing cx_listing_days(const struct cx_result *r);

#endif
