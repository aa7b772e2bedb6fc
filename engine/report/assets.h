/* assets.h - scripts, style sheets and literature of assets/, put into the program when it is built (embed.cmake there). */
#ifndef CX_REPORT_ASSETS_H
#define CX_REPORT_ASSETS_H

/* Each ends with a zero. */
extern const char cx_report_script_text[];
extern const char cx_bands_script_text[]; /* goes before it on a page with bands */
extern const char cx_report_sheet_text[];
extern const char cx_tale_sheet_text[]; /* of a story, beside that of a report */
extern const char cx_report_timing_text[];
extern const char cx_gallery_script_text[];
extern const char cx_gallery_sheet_text[];

#endif
