#include <setjmp.h>
#include <signal.h>
#include <stdalign.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/arena.h"
#include "base/secret.h"
#include "sanitized.h"

/* --- memory that forgets -------------------------------------------------------- */

static bool
all_zero(const uint8_t *bytes, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        if (bytes[i] != 0) {
            return false;
        }
    }
    return true;
}

static void
a_wipe_zeroes_everything(void **state)
{
    (void)state;
    struct secret *secret = secret_create(100 * 1000);
    uint8_t *kept = secret_alloc(secret, 60 * 1000);
    assert_non_null(kept);
    assert_true(all_zero(kept, 60 * 1000));
    memset(kept, 0x5a, 60 * 1000);
    kept[60 * 1000 + 9] = 1; // beyond what was given out, still inside
    secret_wipe(secret);
    assert_int_equal(secret_used(secret), 0);
    assert_true(all_zero(kept, 60 * 1000 + 10)); // the region is mapped until destroyed
    assert_ptr_equal(secret_alloc(secret, 1), kept);
    secret_destroy(secret);
    secret_destroy(NULL);
}

static void
a_full_region_gives_no_more(void **state)
{
    (void)state;
    static const size_t sizes[] = {1, 7, 16, 17, 0, 1000};
    struct secret *secret = secret_create(4096);
    size_t before = 0;
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        uint8_t *block = secret_alloc(secret, sizes[i]);
        assert_non_null(block);
        assert_int_equal((uintptr_t)block % alignof(max_align_t), 0);
        assert_true(secret_used(secret) >= before + sizes[i]);
        before = secret_used(secret);
    }
    assert_null(secret_alloc(secret, 1024 * 1024));
    assert_null(secret_alloc(secret, SIZE_MAX));
    assert_null(secret_alloc(secret, SIZE_MAX - 8));
    assert_int_equal(secret_used(secret), before); // a refusal takes nothing
    secret_destroy(secret);
    assert_null(secret_create(SIZE_MAX));
    assert_null(secret_create(SIZE_MAX - 4096));
}

/* How a child ends that writes one byte at an offset of a region of its own. */
static int
signal_of_write(ptrdiff_t offset)
{
    pid_t child = fork();
    if (child == 0) {
        struct rlimit none = {0, 0};
        setrlimit(RLIMIT_CORE, &none);
        signal(SIGSEGV, SIG_DFL); // a sanitizer would turn it into an exit
        signal(SIGBUS, SIG_DFL);
        struct secret *secret = secret_create(4096);
        volatile uint8_t *block = secret_alloc(secret, 4096);
        block[offset] = 1;
        _exit(0);
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

static void
guard_pages_stop_an_overrun(void **state)
{
    (void)state;
    assert_int_equal(signal_of_write(0), 0);
    assert_int_equal(signal_of_write(4095), 0);
    assert_int_equal(signal_of_write(4096), SIGSEGV);
    assert_int_equal(signal_of_write(-1), SIGSEGV);
}

static void
a_fork_has_no_copy(void **state)
{
    (void)state;
    struct secret *secret = secret_create(4096);
    volatile uint8_t *block = secret_alloc(secret, 4096);
    block[0] = 1;
    pid_t child = fork();
    if (child == 0) {
        struct rlimit none = {0, 0};
        setrlimit(RLIMIT_CORE, &none);
        signal(SIGSEGV, SIG_DFL);
        _exit(block[0]);
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGSEGV);
    secret_destroy(secret);
}

/* The VmFlags of the mapping around an address, as /proc tells them. */
static void
flags_of(const void *address, char *flags, size_t size)
{
    FILE *maps = fopen("/proc/self/smaps", "r");
    char line[512];
    bool inside = false;
    flags[0] = '\0';
    while (fgets(line, sizeof line, maps) != NULL) {
        unsigned long begin, end;
        if (sscanf(line, "%lx-%lx ", &begin, &end) == 2) {
            inside = (uintptr_t)address >= begin && (uintptr_t)address < end;
        } else if (inside && strncmp(line, "VmFlags:", 8) == 0) {
            snprintf(flags, size, "%s", line + 8);
        }
    }
    fclose(maps);
}

static void
the_kernel_keeps_it_out_of_dumps_and_swap(void **state)
{
    (void)state;
    struct secret *secret = secret_create(4096);
    char flags[512];
    flags_of(secret_alloc(secret, 16), flags, sizeof flags);
    assert_non_null(strstr(flags, " dd"));                  // not dumped
    assert_true(SANITIZED || strstr(flags, " lo") != NULL); // locked
    assert_non_null(strstr(flags, " dc"));                  // not copied on fork
    secret_destroy(secret);
}

static void
what_cannot_be_locked_is_refused(void **state)
{
    (void)state;
    pid_t child = fork();
    if (child == 0) {
        struct rlimit none = {0, 0};
        setrlimit(RLIMIT_MEMLOCK, &none);
        if (setuid(65534) != 0 && getuid() == 0) {
            _exit(2);
        }
        _exit(secret_create(4096) == NULL || SANITIZED ? 0 : 1);
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
}

/* --- arena ------------------------------------------------------------------------ */

static void
an_arena_gives_aligned_zeroes_that_do_not_overlap(void **state)
{
    (void)state;
    struct arena *arena = arena_create();
    for (int round = 0; round < 3; round++) {
        uint8_t *blocks[200];
        for (size_t i = 0; i < 200; i++) {
            size_t size = i * i % 3001; // some larger than a block has left
            blocks[i] = arena_alloc(arena, size);
            assert_int_equal((uintptr_t)blocks[i] % alignof(max_align_t), 0);
            assert_true(all_zero(blocks[i], size));
            memset(blocks[i], (int)i, size);
        }
        for (size_t i = 0; i < 200; i++) {
            for (size_t b = 0; b < i * i % 3001; b++) {
                assert_int_equal(blocks[i][b], (uint8_t)i);
            }
        }
        assert_true(all_zero(arena_alloc(arena, 1024 * 1024), 1024 * 1024));
        arena_reset(arena);
    }
    arena_destroy(arena);
    arena_destroy(NULL);
}

static void
an_arena_copies_text(void **state)
{
    (void)state;
    struct arena *arena = arena_create();
    char text[] = "Sungai Keledang";
    char *copy = arena_text(arena, text);
    text[0] = 'X';
    assert_string_equal(copy, "Sungai Keledang");
    assert_string_equal(arena_text(arena, ""), "");
    assert_null(arena_text(arena, NULL));
    arena_destroy(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_wipe_zeroes_everything),
        cmocka_unit_test(a_full_region_gives_no_more),
        cmocka_unit_test(guard_pages_stop_an_overrun),
        cmocka_unit_test(a_fork_has_no_copy),
        cmocka_unit_test(the_kernel_keeps_it_out_of_dumps_and_swap),
        cmocka_unit_test(what_cannot_be_locked_is_refused),
        cmocka_unit_test(an_arena_gives_aligned_zeroes_that_do_not_overlap),
        cmocka_unit_test(an_arena_copies_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
