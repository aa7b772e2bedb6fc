/* step_f64.c - the stepper in double throughout, for verification. */
#define CX_STEPPER_KIND cx_stepper_kind_f64
#include "solve/stepper_body.h"
