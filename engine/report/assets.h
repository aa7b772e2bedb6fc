/* assets.h - script and style sheet of assets/, put into the program when it is built (assets/embed.cmake). */
#ifndef CX_REPORT_ASSETS_H
#define CX_REPORT_ASSETS_H

/* Both end with a zero. */
extern const char cx_report_script_text[];
extern const char cx_report_sheet_text[];

#endif
