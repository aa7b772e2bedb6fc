/* signals.c - signals become a flag that a run reads between two steps; writes that cannot be done
 * become errors.
 *
 * A handler has no argument of its own, so the flag is the one variable of the program that
 * lives outside a function. */
#include "app/app.h"

#include <string.h>
#include <unistd.h>

static volatile sig_atomic_t stop_flag, interrupts;

/* USR1: checkpoint and go on.  A stop that was asked for before is not forgotten. */
static void on_checkpoint(int number) {
    (void)number;
    if (!stop_flag) stop_flag = SIGUSR1;
}

static void on_leave(int number) {
    (void)number;
    stop_flag = SIGTERM;
}

/* The second one does not wait for a step that hangs; what is on disk stays valid. */
static void on_interrupt(int number) {
    (void)number;
    if (interrupts) _exit(130);
    interrupts = 1;
    stop_flag = SIGINT;
}

/* SA_RESTART: a signal must not make a write to a result file fail. */
static void listen_to(int number, void (*handler)(int)) {
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = handler;
    sigemptyset(&action.sa_mask);
    action.sa_flags = SA_RESTART;
    sigaction(number, &action, NULL);
}

void cx_signals_writes(void) {
    listen_to(SIGPIPE, SIG_IGN);
    listen_to(SIGXFSZ, SIG_IGN);
}

volatile sig_atomic_t *cx_signals_run(void) {
    struct sigaction before;
    listen_to(SIGUSR1, on_checkpoint);
    listen_to(SIGTERM, on_leave);
    listen_to(SIGXCPU, on_leave);
    listen_to(SIGINT, on_interrupt);
    /* nohup asked for this one to be ignored */
    const bool known = sigaction(SIGHUP, NULL, &before) == 0;
    if (!known || before.sa_handler != SIG_IGN) listen_to(SIGHUP, on_leave);
    return &stop_flag;
}
