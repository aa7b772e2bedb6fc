/* gallery_run.h - one run of a gallery: finished ones with the same settings and program are kept, stopped ones go on,
 * anything else begins anew.  Each run's folder remembers in gallery.json what it holds. */
#ifndef CX_APP_GALLERY_RUN_H
#define CX_APP_GALLERY_RUN_H

#include "run/reuse.h"

enum cx_gallery_state { CX_GALLERY_NEW, CX_GALLERY_STOPPED, CX_GALLERY_DONE };
struct cx_gallery_run {
    const struct cx_scenario *scenario;
    char folder[640];
    enum cx_reuse found; /* there before */
    double seconds;      /* wall time of the run, over all its parts */
    int threads;
};
/* Names the folder, reads what is there. */
enum cx_gallery_state cx_gallery_look(struct cx_gallery_run *r, const char *folder,
                                      const struct cx_scenario *s);
/* Runs it to its end and writes its report; `o` gives progress and stop. */
enum cx_status cx_gallery_go(struct cx_gallery_run *r, enum cx_gallery_state state,
                             const struct cx_run_options *o, struct cx_error *e);

#endif
