/* step_f32.c - the stepper with float stages (state in double): the one used for results. */
#define CX_REAL_FLOAT 1
#define CX_STEPPER_KIND cx_stepper_kind_f32
#include "solve/stepper_body.h"
