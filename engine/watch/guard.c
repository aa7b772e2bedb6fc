/* guard.c - see guard.h */
#define _DEFAULT_SOURCE
#include "watch/guard.h"

#include <errno.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum { ALIGN = 16 };
enum { WALL_SECONDS = 120, CPU_SECONDS = 30 }; /* reading one picture takes well under a second */

/* What the child leaves for its parent.  `finished` is last: without it the rest does not count. */
struct verdict {
    enum cx_status status;
    struct cx_error error;
    volatile int finished;
};

enum cx_status cx_shared_map(struct cx_shared *s, size_t bytes, struct cx_error *e) {
    bytes = bytes / ALIGN * ALIGN + ALIGN;
    void *p = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE,
                   -1, 0);
    *s = (struct cx_shared){0};
    if (p == MAP_FAILED)
        return cx_fail(e, CX_STORAGE, 61, "the system refused %.1f MiB of memory",
                       (double)bytes / 1048576);
    *s = (struct cx_shared){.at = p, .bytes = bytes};
    return CX_OK;
}

void *cx_shared_take(struct cx_shared *s, size_t count, size_t size) {
    const size_t left = s->bytes - s->used;
    if (size && count > left / size) return NULL;
    const size_t cost = (count * size + ALIGN - 1) / ALIGN * ALIGN;
    if (cost > left) return NULL;
    void *p = s->at + s->used;
    s->used += cost;
    return p;
}

void cx_shared_unmap(struct cx_shared *s) {
    if (s->at) munmap(s->at, s->bytes);
    *s = (struct cx_shared){0};
}

/* The child must die of what would be handled in the parent, and must not outlast its use. */
static void child_limits(void) {
    static const int plain[] = {SIGALRM, SIGXCPU, SIGTERM, SIGINT,
                                SIGSEGV, SIGBUS,  SIGFPE,  SIGABRT};
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++) signal(plain[i], SIG_DFL);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    const struct rlimit no_core = {0, 0}, cpu = {CPU_SECONDS, CPU_SECONDS};
    setrlimit(RLIMIT_CORE, &no_core);
    setrlimit(RLIMIT_CPU, &cpu);
    alarm(WALL_SECONDS);
}

static enum cx_status judge(const struct verdict *v, int how, const char *path,
                            struct cx_error *e) {
    if (v->finished) {
        if (v->status != CX_OK && e) *e = v->error;
        return v->status;
    }
    const int sig = how >= 0 && WIFSIGNALED(how) ? WTERMSIG(how) : 0;
    if (sig == SIGALRM || sig == SIGXCPU || sig == SIGKILL)
        cx_fail(e, CX_STORAGE, 73, "reading %.280s does not end: the file is damaged", path);
    else
        cx_fail(e, CX_STORAGE, 73,
                "reading %.280s makes the HDF5 library crash (signal %d): the "
                "file is damaged",
                path, sig);
    cx_hint(e, "take a copy of the file from a backup, or run the scenario again");
    return CX_STORAGE;
}

static enum cx_status run_child(cx_guarded_work *work, void *arg, const char *path,
                                struct verdict *v, struct cx_error *e) {
    const pid_t child = fork();
    if (child < 0)
        return cx_fail(e, CX_STORAGE, 61, "no process could be started to read %.280s: %s", path,
                       strerror(errno));
    if (child == 0) {
        child_limits();
        v->status = work(arg, &v->error);
        v->finished = 1;
        _exit(0);
    }
    int how = -1;
    while (waitpid(child, &how, 0) < 0)
        if (errno != EINTR) break;
    return judge(v, how, path, e);
}

enum cx_status cx_guard_run(cx_guarded_work *work, void *arg, const char *path,
                            struct cx_error *e) {
    struct cx_shared s;
    CX_TRY(cx_shared_map(&s, sizeof(struct verdict), e));
    struct verdict *v = cx_shared_take(&s, 1, sizeof *v);
    const enum cx_status status = run_child(work, arg, path, v, e);
    cx_shared_unmap(&s);
    return status;
}
