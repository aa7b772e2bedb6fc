/* profile.c - see profile.h.  Thread timers and program counters are not part of POSIX: Linux on x86-64 or AArch64. */
#define _GNU_SOURCE
#include "profile.h"

#include <dlfcn.h>
#include <omp.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <time.h>
#include <ucontext.h>
#include <unistd.h>

enum { SAMPLES = 200000, THREADS = 256 };
extern const char __executable_start, etext;

/* A signal handler can reach nothing but statics. */
static uintptr_t sample[SAMPLES];
static atomic_int taken;
static timer_t timer[THREADS];
static int timers;

static void see(int number, siginfo_t *info, void *context) {
    (void)number, (void)info;
    const ucontext_t *at = context;
    const int i = atomic_fetch_add(&taken, 1);
    if (i >= SAMPLES) return;
#if defined(__x86_64__)
    sample[i] = (uintptr_t)at->uc_mcontext.gregs[REG_RIP];
#elif defined(__aarch64__)
    sample[i] = (uintptr_t)at->uc_mcontext.pc;
#else
    sample[i] = 0;
#endif
}

static bool start_timer(timer_t *t) {
    struct sigevent event = {.sigev_notify = SIGEV_THREAD_ID, .sigev_signo = SIGPROF};
    event._sigev_un._tid = (pid_t)syscall(SYS_gettid);
    const struct itimerspec every = {{0, 1000000}, {0, 1000000}};
    return timer_create(CLOCK_THREAD_CPUTIME_ID, &event, t) == 0 &&
           timer_settime(*t, 0, &every, NULL) == 0;
}

bool profile_start(int threads) {
    struct sigaction action = {.sa_flags = SA_SIGINFO | SA_RESTART};
    action.sa_sigaction = see;
    if (threads > THREADS || sigaction(SIGPROF, &action, NULL) != 0) return false;
    atomic_int started = 0;
#pragma omp parallel num_threads(threads)
    atomic_fetch_add(&started, start_timer(&timer[omp_get_thread_num()]));
    timers = threads;
    return started == threads;
}

bool profile_stop(const char *file) {
    for (int t = 0; t < timers; t++) timer_delete(timer[t]);
    const int all = atomic_load(&taken), n = all < SAMPLES ? all : SAMPLES;
    FILE *f = fopen(file, "w");
    if (!f) return false;
    const uintptr_t from = (uintptr_t)&__executable_start, to = (uintptr_t)&etext;
    for (int i = 0; i < n; i++) {
        Dl_info info;
        if (sample[i] >= from && sample[i] < to)
            fprintf(f, "%zx\n", (size_t)(sample[i] - from));
        else if (dladdr((const void *)sample[i], &info) && info.dli_fname)
            fprintf(f, "%s %s\n", info.dli_fname, info.dli_sname ? info.dli_sname : "?");
        else
            fprintf(f, "? ?\n");
    }
    return fclose(f) == 0;
}
