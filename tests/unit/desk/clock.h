/* A test's hands on the clocks of its process: whatever asks the system is told this. */
#pragma once
#include <stdatomic.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static atomic_llong wall_shift_ms, monotonic_shift_ms;

int
clock_gettime(clockid_t clock, struct timespec *time)
{
    int result = (int)syscall(SYS_clock_gettime, clock, time);
    long long shift = clock == CLOCK_REALTIME    ? atomic_load(&wall_shift_ms)
                      : clock == CLOCK_MONOTONIC ? atomic_load(&monotonic_shift_ms)
                                                 : 0;
    long long nanoseconds = time->tv_nsec + (shift % 1000) * 1000000;
    time->tv_sec += shift / 1000 + (nanoseconds >= 1000000000) - (nanoseconds < 0);
    time->tv_nsec = (nanoseconds + 1000000000) % 1000000000;
    return result;
}
