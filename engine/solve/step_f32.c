/* step_f32.c - the stepper with float stages (state in double): the one used for results. */
#define CX_REAL_FLOAT 1
#include "solve/stepper_body.h"
