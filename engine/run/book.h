/* book.h - what a run writes while it goes on: frames, checkpoints, log, and at the end the outcomes.
 * Watching never changes a step: frames are read off between the ends of the step that passes them. */
#ifndef CX_RUN_BOOK_H
#define CX_RUN_BOOK_H

#include "run/run.h"
#include "run/sim.h"
#include "run/state.h"
#include "watch/result.h"

struct cx_book {
    const struct cx_scenario *scenario;
    enum cx_run_files files;
    char folder[512], nc[600], digest[65];
    char history[4000]; /* the command, cut to what readers accept */
    struct cx_result_head head;
    struct cx_named *name; /* [fields + series + statics] */
    int *species;          /* [fields], number of the species */
    double **map;          /* [statics][cells] */
    struct cx_pages pages;
    struct cx_result_writer *writer; /* of frames; NULL before the first and after the last one */
    struct cx_sim *sim;
    double share; /* where between the ends of the last step the frame lies; 1: the state itself */
    double kept_at;        /* wall clock of the last checkpoint, s */
    enum cx_status status; /* first failure while watching */
    struct cx_error error;
};

/* A new results folder with an empty run.nc, needles and config.yml.  Errors: E070 holds a run already, E071.. */
enum cx_status cx_book_open(struct cx_book *b, const struct cx_run_options *o, struct cx_sim *sim,
                            struct cx_error *e);
/* The book of a stopped run: loads the state, drops frames that the checkpoint does not know. */
enum cx_status cx_book_reopen(struct cx_book *b, const struct cx_run_options *o, struct cx_sim *sim,
                              struct cx_error *e);
void cx_book_close(struct cx_book *b);
/* cx_step_seen: writes the frames that lie within the step. */
void cx_book_step(const struct cx_sim *sim, double from_h, double to_h, void *book);
/* Frames due at the present time, after the events there. */
enum cx_status cx_book_present(struct cx_book *b, struct cx_error *e);
enum cx_status cx_book_checkpoint(struct cx_book *b, struct cx_error *e);
/* series.csv, /history, outcomes.json; fills the summary. */
enum cx_status cx_book_finish(struct cx_book *b, struct cx_run_summary *out, struct cx_error *e);
/* One line into log.txt with the day and the wall time. */
void cx_book_log(struct cx_book *b, const char *fmt, ...) CX_PRINTF(2, 3);

#endif
