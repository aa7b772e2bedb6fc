/* files.c - in a page there are no files: what would read one refuses, in place of wound/needle_file.c and run/initial.c,
 * which need libraries that are not made for browsers. */
#include <run/initial.h>
#include <wound/layout.h>

enum cx_status cx_layout_file(const struct cx_layout *l) {
    return cx_fail(l->e, CX_CONFIG, 52, "a page cannot read the needle list '%s'",
                   l->s->pattern.file);
}

enum cx_status cx_initial_apply(struct cx_assembly *a, struct cx_error *e) {
    const char *file = a->scenario->initial.file;
    return file[0] ? cx_fail(e, CX_CONFIG, 62, "a page cannot read the start '%s'", file) : CX_OK;
}
