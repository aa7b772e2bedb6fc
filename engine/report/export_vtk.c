/* export_vtk.c - VTK XML: rectilinear grids (.vtr) and the list of them over time (.pvd); declared in export.h.  Arrays
 * are base64 with a 64-bit length before the bytes, little-endian as the machine is. */
#include "base/base64.h"
#include "base/file.h"
#include "base/text.h"
#include "report/export.h"
#include "report/page.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void put_bytes(struct cx_text *t, const void *values, size_t n) {
    const uint64_t length = n;
    char *joined = malloc(sizeof length + n), *text = NULL;
    if (joined) {
        memcpy(joined, &length, sizeof length);
        memcpy(joined + sizeof length, values, n);
        text = cx_base64(joined, sizeof length + n);
    }
    if (text)
        cx_text_add(t, "%s", text);
    else
        t->starved = true;
    free(text);
    free(joined);
}

/* Planes between the cells along x, y, z; um. */
static void put_planes(const struct cx_export *x, struct cx_text *t) {
    static const char *const names[] = {"x_um", "y_um", "z_um"};
    cx_text_add(t, "<Coordinates>\n");
    for (int d = 0; d < 3; d++) {
        const size_t n = (size_t)(x->to[d] - x->from[d]) + 1;
        cx_text_add(t, "<DataArray type=\"Float64\" Name=\"%s\" format=\"binary\">", names[d]);
        put_bytes(t, x->r->edge[d] + x->from[d], n * sizeof(double));
        cx_text_add(t, "</DataArray>\n");
    }
    cx_text_add(t, "</Coordinates>\n");
}

static enum cx_status put_field(const struct cx_export *x, int frame, int field, struct cx_text *t,
                                struct cx_error *e) {
    const size_t n = cx_export_cells(x);
    float *values = malloc(n * sizeof *values);
    if (!values) return cx_fail(e, CX_STORAGE, 61, "no memory for a field");
    const enum cx_status status = cx_export_read(x, frame, field, values, e);
    if (!status) {
        cx_text_add(t, "<DataArray type=\"Float32\" Name=\"");
        cx_page_text(t, x->r->field[field]);
        cx_text_add(t, "\" format=\"binary\">"); /* readers want the bytes right behind the tag */
        put_bytes(t, values, n * sizeof *values);
        cx_text_add(t, "\n<InformationKey name=\"UNITS_LABEL\" location=\"vtkDataArray\">");
        cx_page_text(t, x->r->field_unit[field]);
        cx_text_add(t, "</InformationKey></DataArray>\n");
    }
    free(values);
    return status;
}

/* The extent counts planes; the time stands where ParaView looks for it. */
static enum cx_status put_grid(const struct cx_export *x, int frame, struct cx_text *t,
                               struct cx_error *e) {
    char extent[80];
    snprintf(extent, sizeof extent, "0 %d 0 %d 0 %d", x->to[0] - x->from[0], x->to[1] - x->from[1],
             x->to[2] - x->from[2]);
    cx_text_add(t,
                "<?xml version=\"1.0\"?>\n<VTKFile type=\"RectilinearGrid\" version=\"1.0\" "
                "byte_order=\"LittleEndian\" header_type=\"UInt64\">\n<RectilinearGrid "
                "WholeExtent=\"%s\">\n<FieldData><DataArray type=\"Float64\" Name=\"TimeValue\" "
                "NumberOfTuples=\"1\" format=\"ascii\">%.17g</DataArray></FieldData>\n"
                "<Piece Extent=\"%s\">\n<CellData>\n",
                extent, x->r->time_day[frame], extent);
    for (int f = 0; f < x->fields; f++) CX_TRY(put_field(x, frame, x->field[f], t, e));
    cx_text_add(t, "</CellData>\n");
    put_planes(x, t);
    cx_text_add(t, "</Piece>\n</RectilinearGrid>\n</VTKFile>\n");
    return t->starved ? cx_fail(e, CX_STORAGE, 61, "no memory for a grid") : CX_OK;
}

static enum cx_status write_grid(const struct cx_export *x, int frame, const char *path,
                                 struct cx_error *e) {
    struct cx_text t = {0};
    enum cx_status status = put_grid(x, frame, &t, e);
    if (!status) status = cx_file_write(path, t.at, t.n, e);
    free(t.at);
    return status;
}

enum cx_status cx_export_vtr(const struct cx_export *x, struct cx_error *e) {
    if (x->frames == 1) return write_grid(x, x->frame[0], x->path, e);
    cx_fail(e, CX_USAGE, 140, "a grid (.vtr) holds one time, not %d", x->frames);
    cx_hint(e, "choose one with --time, or write .pvd for all of them");
    return CX_USAGE;
}

/* "run.pvd" -> "run_0003.vtr"; the list names them without their folder. */
static enum cx_status put_member(const struct cx_export *x, int i, struct cx_text *list,
                                 struct cx_error *e) {
    char path[700];
    const int stem = (int)(strlen(x->path) - strlen(".pvd"));
    snprintf(path, sizeof path, "%.*s_%04d.vtr", stem, x->path, i);
    CX_TRY(write_grid(x, x->frame[i], path, e));
    const char *slash = strrchr(path, '/');
    cx_text_add(list, "<DataSet timestep=\"%.17g\" file=\"", x->r->time_day[x->frame[i]]);
    cx_page_text(list, slash ? slash + 1 : path);
    cx_text_add(list, "\"/>\n");
    return CX_OK;
}

/* The list comes last: once it is there, all that it names is there. */
enum cx_status cx_export_pvd(const struct cx_export *x, struct cx_error *e) {
    struct cx_text t = {0};
    enum cx_status status = CX_OK;
    if (strlen(x->path) > 600) return cx_fail(e, CX_USAGE, 140, "the name of the file is too long");
    cx_text_add(&t, "<?xml version=\"1.0\"?>\n<VTKFile type=\"Collection\" version=\"1.0\" "
                    "byte_order=\"LittleEndian\">\n<Collection>\n");
    for (int i = 0; i < x->frames && !status; i++) status = put_member(x, i, &t, e);
    cx_text_add(&t, "</Collection>\n</VTKFile>\n");
    if (!status && t.starved) status = cx_fail(e, CX_STORAGE, 61, "no memory for a list");
    if (!status) status = cx_file_write(x->path, t.at, t.n, e);
    free(t.at);
    return status;
}
