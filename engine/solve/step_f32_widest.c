/* step_f32_widest.c - step_f32.c again, compiled for AVX-512 (see CMakeLists.txt): the same bits, sooner. */
#define CX_REAL_FLOAT 1
#define CX_NO_CLONES 1
#define CX_STEPPER_KIND cx_stepper_kind_f32_widest
#include "solve/stepper_body.h"
