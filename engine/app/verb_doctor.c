/* verb_doctor.c - what this program is made of and what this machine offers; a problem gives
 * exit code 1 or 5. */
#include "app/verbs.h"
#include "base/file.h"
#include "run/engine.h"
#include "version.h"

#include <cairo.h>
#include <expat.h>
#include <gsl/gsl_version.h>
#include <hdf5.h>
#include <libfyaml.h>
#include <math.h>
#include <nettle/version.h>
#include <omp.h>
#include <png.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

const struct cx_usage cx_usage_doctor = {
    .words = "",
    .examples = "cicatrix doctor\ncicatrix doctor --json",
    .least = 0,
    .most = 0,
};

struct finding {
    struct cx_app *app;
    json_t *answer;
    enum cx_status status;
};

/* One row of the table; good: false makes the doctor unhappy. */
static void tell(struct finding *f, const char *name, const char *value, bool good) {
    if (!f->app->ask.json) {
        fprintf(f->app->out, "%-18s %s%s\n", name, value, good ? "" : "   <-- a problem");
    }
    json_object_set_new(f->answer, name, cx_json_text(value));
    if (!good && !f->status) f->status = CX_INTERNAL;
}

/* gcc gives its bare version number there, clang its name as well. */
static const char *compiler(char text[80]) {
    const char *version = __VERSION__;
    snprintf(text, 80, "%s%s", version[0] >= '0' && version[0] <= '9' ? "gcc " : "", version);
    return text;
}

/* As loaded, not as compiled against: the two may differ. */
static void tell_libraries(struct finding *f) {
    char text[80];
    unsigned major = 0, minor = 0, release = 0;
    const bool hdf5 = H5get_libversion(&major, &minor, &release) >= 0;
    snprintf(text, sizeof text, "%u.%u.%u", major, minor, release);
    tell(f, "hdf5", text, hdf5);
    tell(f, "gsl", gsl_version, true);
    const struct fy_version *yaml = fy_version_default();
    snprintf(text, sizeof text, "%s (YAML %d.%d)", fy_library_version(), yaml->major, yaml->minor);
    tell(f, "libfyaml", text, true);
    tell(f, "cairo", cairo_version_string(), true);
    tell(f, "jansson", jansson_version_str(), true);
    const XML_Expat_Version expat = XML_ExpatVersionInfo();
    snprintf(text, sizeof text, "%d.%d.%d", expat.major, expat.minor, expat.micro);
    tell(f, "expat", text, true);
    snprintf(text, sizeof text, "%d.%d", nettle_version_major(), nettle_version_minor());
    tell(f, "nettle", text, true);
    tell(f, "zlib", zlibVersion(), true);
    tell(f, "libpng", png_get_libpng_ver(NULL), true);
    double millimetre = 0;
    struct cx_error e = {0};
    const bool units = cx_quantity_read("1 mm", "um", &millimetre, &e) == CX_OK;
    const bool right = units && fabs(millimetre - 1000) < 1e-9;
    tell(f, "udunits_database", right ? "loads" : "does not load: install libudunits2-data", right);
}

/* What a run may use if nothing limits it. */
static void tell_machine(struct finding *f) {
    char text[80], size[24];
    const long page = sysconf(_SC_PAGESIZE), pages = sysconf(_SC_PHYS_PAGES);
    snprintf(text, sizeof text, "%ld", sysconf(_SC_NPROCESSORS_ONLN));
    tell(f, "cpus", text, true);
    snprintf(text, sizeof text, "%d", omp_get_max_threads());
    tell(f, "openmp_threads", text, true);
    cx_text_bytes((double)page * (double)pages, size);
    tell(f, "memory", size, true);
}

/* A folder where nothing can be written is a problem of the disk, not of the program. */
static void tell_places(struct finding *f) {
    char size[24] = "unknown", folder[512];
    int64_t room = 0;
    struct cx_error e = {0};
    const bool known = cx_folder_room(".", &room, &e) == CX_OK;
    const bool writable = access(".", W_OK) == 0;
    if (known) cx_text_bytes((double)room, size);
    if (!(known && room > 0 && writable)) f->status = CX_STORAGE;
    tell(f, "disk_free_here", size, known && room > 0);
    tell(f, "folder_here", writable ? "can be written" : "cannot be written", writable);
    const bool gallery = cx_place_gallery(folder, &e) == CX_OK;
    tell(f, "gallery", gallery ? folder : "not found (`new` needs it): set CICATRIX_CONFIGS", true);
}

enum cx_status cx_verb_doctor(struct cx_app *a, struct cx_error *e) {
    char text[80];
    struct finding f = {.app = a, .answer = cx_json_answer()};
    tell(&f, "cicatrix", CX_VERSION, true);
    tell(&f, "commit", cx_engine_commit(), true);
    tell(&f, "compiler", compiler(text), true);
    tell_libraries(&f);
    tell_machine(&f);
    tell_places(&f);
    snprintf(text, sizeof text, "%d", cx_models().n);
    tell(&f, "models", text, cx_models().n > 0);
    json_object_set_new(f.answer, "healthy", json_boolean(!f.status));
    cx_app_flush(a);
    if (!f.status) cx_app_next(a, f.answer, "cicatrix new --list");
    CX_TRY(cx_app_close(a, f.answer, e));
    if (!f.status) return CX_OK;
    return cx_fail(e, f.status, CX_E_HEALTH, "something is missing: see the marked rows");
}
