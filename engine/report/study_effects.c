/* study_effects.c - what follows from the table of a study: means over levels, effects, best points (declared in
 * study_table.h). */
#include "report/study_table.h"

#include <math.h>
#include <string.h>

double cx_study_level_mean(const struct cx_study_page *s, int outcome, int factor, int level) {
    const struct cx_study_column *o = &s->outcome[outcome], *f = &s->factor[factor];
    double sum = 0, n = 0;
    for (int i = 0; i < s->points; i++) {
        if (f->at[i] != f->level[level] || !isfinite(o->at[i])) continue;
        sum += o->at[i];
        n++;
    }
    return n > 0 ? sum / n : NAN;
}

/* Without levels: difference of the means of the upper and the lower half. */
static double halves(const struct cx_study_page *s, int outcome, int factor) {
    const struct cx_study_column *o = &s->outcome[outcome], *f = &s->factor[factor];
    double sum[2] = {0}, n[2] = {0}, lo = INFINITY, hi = -INFINITY;
    for (int i = 0; i < s->points; i++) {
        lo = fmin(lo, f->at[i]);
        hi = fmax(hi, f->at[i]);
    }
    for (int i = 0; i < s->points; i++) {
        const int half = f->at[i] > 0.5 * (lo + hi);
        if (!isfinite(o->at[i])) continue;
        sum[half] += o->at[i];
        n[half]++;
    }
    return n[0] > 0 && n[1] > 0 ? fabs(sum[1] / n[1] - sum[0] / n[0]) : NAN;
}

double cx_study_effect(const struct cx_study_page *s, int outcome, int factor) {
    const struct cx_study_column *f = &s->factor[factor];
    double lo = INFINITY, hi = -INFINITY;
    if (!f->levels) return halves(s, outcome, factor);
    for (int k = 0; k < f->levels; k++) {
        const double mean = cx_study_level_mean(s, outcome, factor, k);
        lo = fmin(lo, mean); /* fmin leaves NaN out */
        hi = fmax(hi, mean);
    }
    return hi >= lo ? hi - lo : NAN;
}

/* How much better b is than a in this goal. */
static double gain(const struct cx_study_column *o, int a, int b) {
    const double more = o->at[b] - o->at[a];
    return strcmp(o->goal, "min") == 0 ? -more : more;
}

static bool beats(const struct cx_study_page *s, int a, int b) {
    bool better = false;
    for (int i = 0; i < s->outcomes; i++) {
        const struct cx_study_column *o = &s->outcome[i];
        if (!o->goal[0]) continue;
        const double more = gain(o, b, a);
        if (!(more >= 0)) return false;
        better = better || more > 0;
    }
    return better;
}

bool cx_study_is_best(const struct cx_study_page *s, int point) {
    bool goals = false;
    for (int i = 0; i < s->outcomes; i++) {
        if (!s->outcome[i].goal[0]) continue;
        goals = true;
        if (!isfinite(s->outcome[i].at[point])) return false;
    }
    for (int a = 0; goals && a < s->points; a++)
        if (beats(s, a, point)) return false;
    return goals;
}
