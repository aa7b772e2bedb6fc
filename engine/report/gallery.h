/* gallery.h - one page that shows many scenarios side by side: picture, what it is about, key numbers, run time and the
 * command to repeat it.  Made from result files and scenarios; runs nothing. */
#ifndef CX_REPORT_GALLERY_H
#define CX_REPORT_GALLERY_H

#include "base/error.h"
#include "config/scenario.h"
#include "report/page.h"

#include <stdbool.h>

/* One card. */
struct cx_gallery_entry {
    char name[128];                     /* of the file; its results are in FOLDER/runs/NAME */
    char title[256];                    /* "": the name */
    char about[1200];                   /* what it shows, in the words of its file */
    char command[900];                  /* repeats it */
    char facts[200];                    /* of a study: how many runs of what; else "" */
    bool study;                         /* listed, not run */
    bool here;                          /* FOLDER/runs/NAME holds a finished run */
    double seconds;                     /* wall time of the run as it was measured */
    int threads;                        /* that it had */
    const struct cx_scenario *scenario; /* NULL: a study, or a file that is not valid */
    struct cx_error failure;            /* status CX_OK: none */
};

struct cx_gallery {
    const char *folder;  /* of the page */
    const char *command; /* remakes the page */
    const char *version, *commit;
    int n;
    const struct cx_gallery_entry *at;
};

/* Writes FOLDER/gallery.html as a whole or not at all.  A picture that cannot be drawn is left out, the card stays.
 * Errors: E061, E071, E072, E077 above 5 MB. */
enum cx_status cx_gallery_write(const struct cx_gallery *g, struct cx_error *e);

/* For the files of this page -------------------------------------------------------------------------------------- */
struct cx_plot_source;
/* <figure> with the picture of a run that fits its shape and its subject; `folder` holds the run. */
enum cx_status cx_gallery_picture(struct cx_text *p, const struct cx_gallery_entry *a,
                                  const struct cx_plot_source *s, const char *folder,
                                  struct cx_error *e);

/* A filter of the page: entries that belong together. */
struct cx_gallery_tag {
    const char *id, *label;
    bool (*holds)(const struct cx_gallery_entry *a);
};
/* Ends in {0}. */
extern const struct cx_gallery_tag cx_gallery_tags[];

#endif
