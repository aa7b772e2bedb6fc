/* cicatrix.h - the public C interface of libcicatrix: load a scenario, change it, check it, see what it will cost, run
 * it, read what came out.  This file needs no other header of the engine.
 *
 *   struct cicatrix_scenario *s = cicatrix_scenario_create("scenario.yml");
 *   struct cicatrix_result *r = NULL;
 *   struct cicatrix_error e;
 *   cicatrix_scenario_set(s, "device.needle.length", "1 mm");
 *   if (cicatrix_scenario_check(s)) fputs(cicatrix_scenario_findings(s), stderr);
 *   else if (cicatrix_run(s, &(struct cicatrix_options){.folder = "outputs/a"}, &r, &e)) fputs(e.text, stderr);
 *   else printf("%g\n", cicatrix_result_find(r, "collagen_total_gain")->value);
 *   cicatrix_result_free(r);
 *   cicatrix_scenario_free(s);
 *
 * Functions that can fail return a cicatrix_status, 0 when all went well; the numbers are the exit codes of the program.
 * Nothing here prints or ends the process.  Two threads may use two scenarios at the same time, not one.
 * Text is UTF-8.  A pointer that a function hands out belongs to the handle it was asked of. */
#ifndef CICATRIX_H
#define CICATRIX_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define CICATRIX_API __attribute__((visibility("default")))

enum cicatrix_status {
    CICATRIX_OK = 0,
    CICATRIX_INTERNAL = 1,     /* a fault of the engine */
    CICATRIX_USAGE = 2,        /* a function was called in a way it does not allow */
    CICATRIX_CONFIG = 3,       /* the scenario is not valid */
    CICATRIX_NUMERIC = 4,      /* the numbers left their range; the state was saved */
    CICATRIX_STORAGE = 5,      /* a file, the disk or memory failed */
    CICATRIX_STOPPED = 75,     /* stopped as asked, with a checkpoint */
    CICATRIX_INTERRUPTED = 130 /* interrupted, with a checkpoint */
};

/* What went wrong, where, and what to do.  `code` is the documented number (31: E031), 0 if there is none; line and
 * column are 0, file and hint are "" where there is no such thing. */
struct cicatrix_error {
    enum cicatrix_status status;
    int code, line, column;
    char file[256], text[512], hint[320];
};

/* "0.1.0", and the commit that the library was built from (engine/run/engine.h says how it reads). */
CICATRIX_API const char *cicatrix_version(void);
CICATRIX_API const char *cicatrix_commit(void);

/* Models that are built in; number: 0 to count - 1, else NULL is returned. */
CICATRIX_API int cicatrix_model_count(void);
CICATRIX_API const char *cicatrix_model_name(int number);
CICATRIX_API const char *cicatrix_model_title(int number);

/* ---- a scenario ---- */
struct cicatrix_scenario;

/* Remembers the path of a scenario file; nothing is read yet.  NULL if path is NULL or memory is refused. */
CICATRIX_API struct cicatrix_scenario *cicatrix_scenario_create(const char *path);
CICATRIX_API void cicatrix_scenario_free(struct cicatrix_scenario *s); /* NULL is allowed */

/* Overrides one setting or parameter, as --set does: ("device.needle.length", "1 mm").  Dimensional values carry their
 * unit.  The last word on a path wins; it is checked by the next check, plan or run.
 * Errors: CICATRIX_USAGE for a NULL, CICATRIX_STORAGE when memory is refused. */
CICATRIX_API enum cicatrix_status cicatrix_scenario_set(struct cicatrix_scenario *s,
                                                        const char *path, const char *value);

/* Reads the file, applies the overrides and checks everything in one pass.
 * Errors: CICATRIX_CONFIG, CICATRIX_STORAGE if the file cannot be read; the findings say all of it. */
CICATRIX_API enum cicatrix_status cicatrix_scenario_check(struct cicatrix_scenario *s);

/* All findings of the last check, one after the other, as the program prints them; "" if there was none.
 * Valid until the next call with this scenario. */
CICATRIX_API const char *cicatrix_scenario_findings(const struct cicatrix_scenario *s);

/* What a run will cost. */
struct cicatrix_plan {
    int64_t cells;        /* of the grid */
    int shape[3];         /* cells along x, y, z */
    int species;          /* fields that are solved for */
    double steps;         /* expected time steps */
    int64_t memory_bytes; /* while it runs */
    int64_t disk_bytes;   /* of the results folder */
    int frames, sessions; /* stored pictures; treatment sessions */
    double seconds;       /* expected wall time on this machine */
    double days;          /* simulated time, day */
};
/* Checks if that was not done yet, then measures this machine for well under a second.
 * Errors: those of check; CICATRIX_CONFIG when the run would exceed run.memory or run.disk.  e may be NULL. */
CICATRIX_API enum cicatrix_status cicatrix_scenario_plan(struct cicatrix_scenario *s,
                                                         struct cicatrix_plan *plan,
                                                         struct cicatrix_error *e);

/* ---- a run ---- */
struct cicatrix_progress {
    double day, end_day;  /* simulated time since the first session, day */
    double fraction;      /* done, 0 to 1 */
    double step_h;        /* present time step, h */
    double seconds, left; /* wall time so far, and expected to be left, s */
    int64_t step;         /* accepted time steps */
};

/* Zero means: no such wish. */
struct cicatrix_options {
    const char *folder; /* results folder; needed.  cicatrix_run() creates it */
    int replace; /* 1: results that are already there are replaced once the new run has started */
    double until_day; /* stop there with a checkpoint, day; 0: the scenario's end */
    /* Called between steps at most about ten times a second, from the thread that runs.  Any other return value than 0
     * stops the run with a checkpoint. */
    int (*progress)(const struct cicatrix_progress *p, void *user);
    void *user; /* handed to progress */
};

struct cicatrix_result;

/* Runs a scenario (checked first if that was not done yet) and writes run.nc, outcomes.json, series.csv, config.yml and
 * checkpoints into the folder; the threads are those of run.threads.  *r is set with CICATRIX_OK and CICATRIX_STOPPED,
 * else NULL.  e may be NULL.
 * Errors: CICATRIX_USAGE without a folder; those of check and plan; CICATRIX_STORAGE if the folder already holds a run or
 * cannot be written; CICATRIX_NUMERIC; CICATRIX_STOPPED after a stop, to be continued by cicatrix_resume(). */
CICATRIX_API enum cicatrix_status cicatrix_run(struct cicatrix_scenario *s,
                                               const struct cicatrix_options *o,
                                               struct cicatrix_result **r,
                                               struct cicatrix_error *e);

/* Goes on from the newest checkpoint in o->folder, bit for bit as if the run had never stopped.  Errors: as for
 * cicatrix_run(); CICATRIX_STORAGE if there is no valid checkpoint. */
CICATRIX_API enum cicatrix_status cicatrix_resume(const struct cicatrix_options *o,
                                                  struct cicatrix_result **r,
                                                  struct cicatrix_error *e);

/* One number that a run is about. */
struct cicatrix_outcome {
    const char *name, *unit, *definition;
    const char *evidence; /* what it was compared with */
    double value;         /* in `unit`; NaN where it never happened */
};
/* How it went. */
struct cicatrix_summary {
    const char *folder, *digest; /* results folder; SHA-256 of all that can change the result */
    int64_t steps, rejected;     /* time steps accepted, and tried again with a shorter one */
    double seconds;              /* wall time, s */
    double end_day;              /* simulated time reached, day */
    int frames;                  /* stored pictures */
};

CICATRIX_API int cicatrix_result_count(const struct cicatrix_result *r); /* of outcomes */
/* number: 0 to count - 1, else NULL. */
CICATRIX_API const struct cicatrix_outcome *cicatrix_result_outcome(const struct cicatrix_result *r,
                                                                    int number);
/* NULL if the model has no outcome of that name. */
CICATRIX_API const struct cicatrix_outcome *cicatrix_result_find(const struct cicatrix_result *r,
                                                                 const char *name);
CICATRIX_API const struct cicatrix_summary *
cicatrix_result_summary(const struct cicatrix_result *r);
CICATRIX_API void cicatrix_result_free(struct cicatrix_result *r); /* NULL is allowed */

#ifdef __cplusplus
}
#endif

#endif
