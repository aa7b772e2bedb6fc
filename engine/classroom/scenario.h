/* scenario.h - the scenario of the page, resolved when the program was built: configs/classroom.yml as a table of numbers.
 * A browser has no YAML reader and no units; the native program reads the file and writes the table (embed_main.c). */
#ifndef CX_CLASSROOM_SCENARIO_H
#define CX_CLASSROOM_SCENARIO_H

#include "config/scenario.h"

/* The scenario as it was loaded, without title, lists of times and names of fields, which a page does not need. */
void cx_class_scenario(struct cx_scenario *s);
/* Its parameters, as many as its model has. */
const double *cx_class_parameters(void);

#endif
