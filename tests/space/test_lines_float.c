/* Lines in float: every road to their solution gives the same bits, and the equations hold. */
#define CX_REAL_FLOAT 1
#include "lines_cases.h"

int main(void) { return lines_cases(); }
