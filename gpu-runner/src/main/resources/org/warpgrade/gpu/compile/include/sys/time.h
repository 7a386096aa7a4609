// The time of day in microseconds: see time.h.
#ifndef WARPGRADE_SYS_TIME_H
#define WARPGRADE_SYS_TIME_H

#include <warpgrade/library.h>
#include <time.h>

struct timeval {
    time_t tv_sec;
    long tv_usec;
};

WARPGRADE_LIBRARY int gettimeofday(timeval* now, void*) {
    timespec precise;
    clock_gettime(CLOCK_REALTIME, &precise);
    now->tv_sec = precise.tv_sec;
    now->tv_usec = precise.tv_nsec / 1000;
    return 0;
}

#endif
