/* step_f64.c - the stepper in double throughout, for verification. */
#include "solve/stepper_body.h"
