/* omp.h - what the engine asks OpenMP, answered for a compiler without it: there is one thread.  Found before the
 * compiler's own only when the page is built. */
#ifndef CX_WITHOUT_OMP_H
#define CX_WITHOUT_OMP_H

static inline int omp_get_thread_num(void) { return 0; }
static inline int omp_get_num_procs(void) { return 1; }

#endif
