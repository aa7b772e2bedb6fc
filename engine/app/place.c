/* place.c - files and folders: where the shipped examples are, copies, and a scratch folder for
 * a run thrown away. */
#include "app/app.h"
#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool is_folder(const char *path) {
    struct stat about;
    return stat(path, &about) == 0 && S_ISDIR(about.st_mode);
}

/* Folder of the executable, "" if the system does not tell. */
static void own_folder(char folder[PATH_MAX]) {
    const ssize_t n = readlink("/proc/self/exe", folder, PATH_MAX - 1);
    folder[n > 0 ? n : 0] = 0;
    char *slash = strrchr(folder, '/');
    if (slash) *slash = 0;
}

/* In order: what the environment names, the installed share folder, the source tree around the
 * build folder. */
enum cx_status cx_place_gallery(char folder[512], struct cx_error *e) {
    const char *const beside[] = {"/../share/cicatrix/configs", "/../configs"};
    const char *named = getenv("CICATRIX_CONFIGS");
    if (named && named[0]) {
        if (strlen(named) < 512 && is_folder(named)) {
            snprintf(folder, 512, "%.511s", named);
            return CX_OK;
        }
        cx_fail(e, CX_STORAGE, CX_E_PLACE, "CICATRIX_CONFIGS is no folder: %.300s", named);
        cx_hint(e, "set it to the folder of the example scenarios, or unset it");
        return CX_STORAGE;
    }
    char own[PATH_MAX];
    own_folder(own);
    for (size_t i = 0; i < sizeof beside / sizeof *beside; i++) {
        const int n = snprintf(folder, 512, "%.480s%s", own, beside[i]);
        if (n < 512 && own[0] && is_folder(folder)) return CX_OK;
    }
    cx_fail(e, CX_STORAGE, CX_E_PLACE, "the folder of the example scenarios was not found");
    cx_hint(e, "set CICATRIX_CONFIGS to the folder configs/ of the program");
    return CX_STORAGE;
}

/* The check and the write are two steps: it guards against mistakes, not against attackers. */
enum cx_status cx_place_write(const char *path, const char *text, struct cx_error *e) {
    if (!cx_file_exists(path)) return cx_file_write(path, text, strlen(text), e);
    cx_fail(e, CX_STORAGE, CX_E_PLACE, "'%.300s' is already there", path);
    cx_hint(e, "nothing is overwritten: name another folder");
    return CX_STORAGE;
}

/* A needle list may be large, so the limit is generous. */
enum cx_status cx_place_copy(const char *from, const char *to, struct cx_error *e) {
    unsigned char *bytes = NULL;
    size_t n = 0;
    if (cx_file_exists(to)) return cx_place_write(to, "", e);
    CX_TRY(cx_file_read(from, (size_t)1 << 30, &bytes, &n, e));
    const enum cx_status status = cx_file_write(to, bytes, n, e);
    free(bytes);
    return status;
}

/* Results can be large: whoever sets TMPDIR knows where there is room. */
enum cx_status cx_place_scratch(char folder[512], struct cx_error *e) {
    const char *base = getenv("TMPDIR");
    if (!base || !base[0]) base = "/tmp";
    const int n = snprintf(folder, 512, "%s/cicatrix-XXXXXX", base);
    if (n < 512 && mkdtemp(folder)) return CX_OK;
    cx_fail(e, CX_STORAGE, CX_E_PLACE, "cannot make a folder in '%.300s': %s", base,
            strerror(errno));
    cx_hint(e, "set TMPDIR to a folder with room");
    return CX_STORAGE;
}

/* Plain files only: never follows a folder or a link out of the one it was given. */
void cx_place_remove(const char *folder) {
    DIR *list = opendir(folder);
    for (struct dirent *row; list && (row = readdir(list));) {
        if (row->d_name[0] == '.' && (!row->d_name[1] || row->d_name[1] == '.')) continue;
        unlinkat(dirfd(list), row->d_name, 0);
    }
    if (list) closedir(list);
    rmdir(folder);
}
