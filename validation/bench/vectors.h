/* vectors.h - the vector operations of SUNDIALS, compiled with the flags of the engine.
 * Why: Debian's binary of SUNDIALS 6.4.1 was built without optimisation, and would lose for that reason alone. */
#ifndef CX_BENCH_VECTORS_H
#define CX_BENCH_VECTORS_H

#include <sundials/sundials_nvector.h>

/* Gives a serial vector, and what is cloned from it, the faster operations. */
void vectors_optimise(N_Vector v);

#endif
