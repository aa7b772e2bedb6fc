/* Lines in double: every road to their solution gives the same bits, and the equations hold. */
#include "lines_cases.h"

int main(void) { return lines_cases(); }
