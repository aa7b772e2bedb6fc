/* fonts_for_tests.h - fontconfig keeps some hundred bytes until the process ends and drops the last pointer to them; the
 * leak checker is told, so that leaks of our own are still found.  Include it in one file of a test that draws text. */
#ifndef CX_TESTS_REPORT_FONTS_H
#define CX_TESTS_REPORT_FONTS_H

__attribute__((visibility("default"))) const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void) { return "leak:libfontconfig"; }

#endif
