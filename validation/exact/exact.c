/* exact.c - all problems with a known answer, printed as lines for validation/accuracy.py. */
#include "validation/exact/exact.h"

int main(void) {
    exact_fronts();
    exact_spreading();
    exact_steady();
    exact_growth();
    exact_taxis();
    return 0;
}
