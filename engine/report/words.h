/* words.h - numbers, units and names as people read them, and the ticks of an axis.  UTF-8.  Knows no results. */
#ifndef CX_REPORT_WORDS_H
#define CX_REPORT_WORDS_H

#include <stdbool.h>

enum { CX_WORD = 96, CX_TICKS_MAX = 16 };

/* Three significant digits, true minus, thin spaces from 10 000, powers of ten outside 0.001 .. 1 000 000, a dash for
 * NaN. */
void cx_number_text(double value, char out[CX_WORD]);
/* "um2" -> "µm²", "percent" -> "%", "1" -> "". */
void cx_unit_text(const char *unit, char out[CX_WORD]);
/* "tgfb1_mean" -> "TGF-β1 mean", "collagen_3" -> "collagen III". */
void cx_name_text(const char *name, char out[CX_WORD]);
/* Days as a person says them: "30 min", "6 h", "day 3". */
void cx_day_text(double day, char out[CX_WORD]);

struct cx_ticks {
    int n;
    double at[CX_TICKS_MAX];
    double step;
};
/* About `want` round numbers inside lo..hi; lo < hi. */
struct cx_ticks cx_ticks_linear(double lo, double hi, int want);
/* Days on a linear axis: steps of 1, 2, 7, 14, 28 days and so on. */
struct cx_ticks cx_ticks_days(double lo, double hi, int want);
/* Times that have a name (1 h, 6 h, 1 d, 1 wk ...) inside lo..hi, both in day, for a logarithmic axis. */
struct cx_ticks cx_ticks_log_days(double lo, double hi);
/* What a time axis is called; `untreated`: no session to count from. */
const char *cx_time_words(bool log, bool untreated);
/* As many decimals as the step needs. */
void cx_tick_text(double value, double step, char out[CX_WORD]);
/* Short name of a tick of cx_ticks_log_days(). */
void cx_log_day_text(double day, char out[CX_WORD]);

#endif
