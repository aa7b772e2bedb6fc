/* nsga.h - a search for the front of several goals within limits: NSGA-II (Deb and others 2002, 10.1109/4235.996017)
 * with constraint domination, simulated binary crossover and polynomial mutation, for real, whole and unordered values.
 *
 * Own code, because Debian 12 has no C library for several goals: NLopt and GSL minimise one, libpagmo and the like are
 * C++.  Random numbers and sorting are GSL's.
 *
 * The search works in the unit cube and never asks for a point twice.  Everything follows from the seed and from what
 * the points gave: a search that is repeated over remembered values is the same search. */
#ifndef CX_STUDY_NSGA_H
#define CX_STUDY_NSGA_H

#include "base/error.h"

#include <stdbool.h>
#include <stdint.h>

enum { CX_GENES_MOST = 64 };

/* What a batch of points gave; the callback fills the arrays. */
struct cx_nsga_batch {
    int n;             /* points */
    const double *u;   /* [n][k] in the unit cube */
    double *goal;      /* [n][m], the smaller the better */
    double *violation; /* [n], as in front.h */
};

struct cx_nsga {
    int k, m; /* variables, goals */
    int population, generations;
    uint64_t seed;
    int slots[CX_GENES_MOST];  /* values that a variable can take, evenly over 0 .. 1; 0: any */
    bool words[CX_GENES_MOST]; /* its values have no order */
    /* Values of one generation; an error ends the search. */
    enum cx_status (*evaluate)(void *user, struct cx_nsga_batch *b, struct cx_error *e);
    bool (*enough)(void *user); /* asked after each generation; NULL: go on */
    void (*settle)(void *user,
                   double *u); /* moves a point to one that can be asked for; NULL: all can */
    void *user;
};

/* *exhausted: it ended because there was no further point.  Errors: those of `evaluate`, E061. */
enum cx_status cx_nsga_search(const struct cx_nsga *p, bool *exhausted, struct cx_error *e);

#endif
