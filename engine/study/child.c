/* child.c - a forked process with limits and a pipe for its last words; see child.h */
#include "study/child.h"

#include "base/clock.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

/* Asked for from outside; a child keeps them waiting and looks between steps. */
static void leaving_signals(sigset_t *set) {
    sigemptyset(set);
    sigaddset(set, SIGTERM);
    sigaddset(set, SIGINT);
    sigaddset(set, SIGHUP);
}

/* Bytes of address space that the program takes before the run begins. */
static double own_bytes(void) {
    char line[128] = "";
    FILE *f = fopen("/proc/self/statm", "r");
    if (!f) return 0;
    const unsigned long pages = fgets(line, sizeof line, f) ? strtoul(line, NULL, 10) : 0;
    fclose(f);
    return (double)pages * (double)sysconf(_SC_PAGESIZE);
}

static void set_limits(const struct cx_study *s) {
    const struct rlimit none = {0, 0};
    setrlimit(RLIMIT_CORE, &none);
    if (!(s->memory_bytes > 0)) return;
    const rlim_t bytes = (rlim_t)(own_bytes() + s->memory_bytes);
    const struct rlimit memory = {bytes, bytes};
    setrlimit(RLIMIT_AS, &memory);
}

/* The child's life.  It dies with its parent: a killed study leaves nobody who would write into its folder later. */
static void live(const struct cx_study *s, cx_child_work *work, void *task, int out) {
    struct cx_child_end end = {0};
    set_limits(s);
    work(s, task, &end);
    const char *from = (const char *)&end;
    ssize_t sent = write(out, from, sizeof end); /* shorter than PIPE_BUF: as a whole */
    _exit(sent == (ssize_t)sizeof end ? 0 : 1);
}

enum cx_status cx_child_start(const struct cx_study *s, cx_child_work *work, void *task,
                              struct cx_child *c, struct cx_error *e) {
    int ends[2];
    sigset_t held, before;
    if (pipe(ends)) return cx_fail(e, CX_STORAGE, 61, "no pipe for a run: %s", strerror(errno));
    leaving_signals(&held);
    sigprocmask(SIG_BLOCK, &held, &before);
    const pid_t parent = getpid();
    c->started = cx_clock_seconds();
    c->pid = fork();
    if (c->pid == 0) {
        close(ends[0]);
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (getppid() != parent) _exit(1);
        live(s, work, task, ends[1]);
    }
    sigprocmask(SIG_SETMASK, &before, NULL);
    close(ends[1]);
    c->pipe = ends[0];
    if (c->pid > 0) return CX_OK;
    close(ends[0]);
    cx_fail(e, CX_STORAGE, 61, "no process for a run: %s", strerror(errno));
    cx_hint(e, "start fewer at once with --workers");
    return CX_STORAGE;
}

int cx_child_asked(void) {
    const struct timespec now = {0, 0};
    sigset_t held;
    leaving_signals(&held);
    sigdelset(&held, SIGINT); /* the parent hears it too, and decides */
    const int number = sigtimedwait(&held, NULL, &now);
    return number > 0 ? SIGTERM : 0;
}

void cx_child_kill(struct cx_child *c) { kill(c->pid, SIGKILL); }
void cx_child_ask(struct cx_child *c) { kill(c->pid, SIGTERM); }

static void say_death(int how, struct cx_child_end *end) {
    end->status = CX_RUN_CRASHED;
    if (!WIFSIGNALED(how)) {
        cx_fail(&end->error, CX_INTERNAL, 0, "the process left with code %d",
                WIFEXITED(how) ? WEXITSTATUS(how) : -1);
        return;
    }
    const int number = WTERMSIG(how);
    cx_fail(&end->error, CX_INTERNAL, 0, "killed by signal %d (%s)%s", number, strsignal(number),
            number == SIGKILL ? ": perhaps the machine ran out of memory" : "");
}

/* All that the child wrote; fewer bytes than a whole word mean that it died. */
static bool read_word(int fd, struct cx_child_end *end) {
    char *to = (char *)end;
    size_t n = 0;
    while (n < sizeof *end) {
        const ssize_t got = read(fd, to + n, sizeof *end - n);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) break;
        n += (size_t)got;
    }
    return n == sizeof *end;
}

void cx_child_reap(struct cx_child *c, struct cx_child_end *end) {
    int how = 0;
    const bool told = read_word(c->pipe, end);
    close(c->pipe);
    while (waitpid(c->pid, &how, 0) < 0 && errno == EINTR) {}
    if (told) return;
    *end = (struct cx_child_end){0};
    say_death(how, end);
}
