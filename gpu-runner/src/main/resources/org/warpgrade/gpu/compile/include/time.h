// Time. The day and the hour are the same in every run, so that a program that seeds its random numbers with them computes the
// same again; clock and clock_gettime go on with the program. NVRTC itself declares clock.
#ifndef WARPGRADE_TIME_H
#define WARPGRADE_TIME_H

#include <warpgrade/library.h>
#include <sys/types.h>

#define CLOCKS_PER_SEC 1000000
#define CLOCK_REALTIME 0
#define CLOCK_MONOTONIC 1
#define CLOCK_PROCESS_CPUTIME_ID 2
#define TIME_UTC 1

typedef int clockid_t;

struct timespec {
    time_t tv_sec;
    long tv_nsec;
};

WARPGRADE_LIBRARY time_t time(time_t* seconds) {
    time_t now = 1767225600; // 2026-01-01
    if (seconds) *seconds = now;
    return now;
}
WARPGRADE_LIBRARY double difftime(time_t end, time_t begin) { return (double)(end - begin); }
WARPGRADE_LIBRARY int clock_gettime(clockid_t, timespec* now) {
    long long nanos = clock64();
    now->tv_sec = time((time_t*)0) + nanos / 1000000000;
    now->tv_nsec = nanos % 1000000000;
    return 0;
}
WARPGRADE_LIBRARY int timespec_get(timespec* now, int base) {
    clock_gettime(CLOCK_REALTIME, now);
    return base;
}

#endif
