/* step_f64_widest.c - step_f64.c again, compiled for AVX-512 (see CMakeLists.txt): the same bits, sooner. */
#define CX_NO_CLONES 1
#define CX_STEPPER_KIND cx_stepper_kind_f64_widest
#include "solve/stepper_body.h"
