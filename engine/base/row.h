/* row.h - one row declares a setting or a parameter: the row makes the field, default, range check, help, docs, schema,
 * HDF5 attribute and sweep key.  Engine units everywhere: lengths in um, times in h, everything else as written. */
#ifndef CX_BASE_ROW_H
#define CX_BASE_ROW_H

#include <stddef.h>

/* One allowed word of a choice.  Arrays of it end in {0}. */
struct cx_choice {
    const char *word;
    int value;
    const char *doc;
};

enum cx_kind {
    CX_KIND_NUMBER, /* double with unit; "1" for a pure number       field: double */
    CX_KIND_COUNT,  /* whole number                                  field: int64_t */
    CX_KIND_FLAG,   /* true or false                                 field: bool */
    CX_KIND_CHOICE, /* one of `choices`                              field: int */
    CX_KIND_TEXT,   /* free text                                     field: char[256] */
    CX_KIND_PATH,   /* file below the folder of the config           field: char[256] */
    CX_KIND_VECTOR, /* up to three numbers with the same unit        field: struct cx_vector */
    CX_KIND_TIMES,  /* times and "every 7 day" patterns              field: struct cx_times */
    CX_KIND_NAMES,  /* list of words                                 field: struct cx_names */
};

/* clang-format off */
struct cx_vector { int n; double at[3]; };
struct cx_times { int n; double *at; };          /* h, ascending, heap owned by the scenario */
struct cx_names { int n; char (*at)[64]; };      /* heap owned by the scenario */
/* clang-format on */

struct cx_row {
    const char *name; /* last part of the path, e.g. "age" */
    enum cx_kind kind;
    const char *unit; /* unit in which lo, hi and the default are written; "" if none */
    const struct cx_choice *choices;
    const char *fallback; /* default as one would type it, "" = empty */
    double lo, hi;        /* allowed range in `unit`; lo > hi = no range */
    const char *doc;      /* meaning, one line */
    const char *source;   /* DOI, or "assumed: why", or "setting" */
    size_t offset;        /* into the struct that the table makes */
};

/* Field type that a kind makes. */
#define CX_FIELD_NUMBER(name) double name;
#define CX_FIELD_COUNT(name) int64_t name;
#define CX_FIELD_FLAG(name) bool name;
#define CX_FIELD_CHOICE(name) int name;
#define CX_FIELD_TEXT(name) char name[256];
#define CX_FIELD_PATH(name) char name[256];
#define CX_FIELD_VECTOR(name) struct cx_vector name;
#define CX_FIELD_TIMES(name) struct cx_times name;
#define CX_FIELD_NAMES(name) struct cx_names name;

#endif
