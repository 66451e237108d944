#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/process.h"

/* One that were not taken would end this program here. */
static void
signals_that_end_come_as_a_descriptor(void **state)
{
    (void)state;
    static const int ending[] = {SIGTERM, SIGINT, SIGHUP};
    int signals = process_stop_signals();
    assert_true(signals >= 0);
    for (size_t i = 0; i < sizeof ending / sizeof *ending; i++) {
        struct signalfd_siginfo info = {0};
        assert_int_equal(kill(getpid(), ending[i]), 0);
        assert_int_equal(read(signals, &info, sizeof info), sizeof info);
        assert_int_equal(info.ssi_signo, ending[i]);
    }
    close(signals);
}

static void
a_peer_that_hung_up_raises_none(void **state)
{
    (void)state;
    int ends[2], signals = process_stop_signals();
    assert_int_equal(pipe(ends), 0);
    close(ends[0]);
    assert_int_equal(write(ends[1], "x", 1), -1);
    close(ends[1]);
    close(signals);
}

static void
no_core_is_written(void **state)
{
    (void)state;
    struct rlimit limit;
    process_forbid_cores();
    assert_int_equal(getrlimit(RLIMIT_CORE, &limit), 0);
    assert_int_equal(limit.rlim_max, 0);
    assert_int_equal(prctl(PR_GET_DUMPABLE), 0);
    prctl(PR_SET_DUMPABLE, 1); // the search for leaks looks into its own memory
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(signals_that_end_come_as_a_descriptor),
        cmocka_unit_test(a_peer_that_hung_up_raises_none),
        cmocka_unit_test(no_core_is_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
