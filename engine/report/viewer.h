/* viewer.h - the part of a page that a reader turns, cuts and moves through time: its controls and its data.  The script
 * of the page (assets/) shows it; without one it stays hidden and the still pictures tell the story.
 * Knows views, volumes and pages. */
#ifndef CX_REPORT_VIEWER_H
#define CX_REPORT_VIEWER_H

#include "report/page.h"
#include "report/view.h"
#include "report/volume.h"

/* Has the run something to turn or cut? */
bool cx_viewer_has(const struct cx_view *v);
/* Nothing for a point, a column or a row.  Errors: those of the readers, E061. */
enum cx_status cx_viewer_put(struct cx_text *p, const struct cx_view *v, struct cx_error *e);

/* Its parts, for pages that show several volumes in one picture: the controls, and one volume as a JSON object; range:
 * of the colours of each field of the view, NULL: what the field holds. */
void cx_viewer_controls(struct cx_text *p);
enum cx_status cx_viewer_volume(struct cx_text *p, const struct cx_volume *w,
                                const double (*range)[2], struct cx_error *e);

/* The numbers of a chart, for the script that makes it interactive; goes right behind the drawing of the chart. */
void cx_viewer_chart(struct cx_text *p, const struct cx_chart *c);

/* "Content-Security-Policy": the page's own script by its SHA-256, nothing from elsewhere; and that script.  Banded: charts
 * have bands; other pages do not carry that part. */
void cx_viewer_policy(struct cx_text *p, bool banded);
void cx_viewer_sheet(struct cx_text *p);
void cx_viewer_script(struct cx_text *p, bool banded);

#endif
