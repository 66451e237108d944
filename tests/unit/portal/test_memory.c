/* OpenSSL's memory: a refusal that passes is not seen, one that does not ends the program. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>
#include <openssl/crypto.h>

#include "portal/memory.h"

static int refusals;

void *__real_realloc(void *memory, size_t size);
void *__wrap_realloc(void *memory, size_t size);

void *
__wrap_realloc(void *memory, size_t size)
{
    return refusals > 0 && refusals-- > 0 ? NULL : __real_realloc(memory, size);
}

static void
a_refusal_that_passes(void **state)
{
    (void)state;
    refusals = 2;
    char *bytes = OPENSSL_malloc(8);
    assert_non_null(bytes);
    assert_int_equal(refusals, 0);
    memcpy(bytes, "waiting", 8);
    refusals = 2;
    bytes = OPENSSL_realloc(bytes, 4096);
    assert_non_null(bytes);
    assert_int_equal(refusals, 0);
    assert_string_equal(bytes, "waiting");
    OPENSSL_free(bytes);
}

/* Nothing is asked for, nothing is given: no refusal. */
static void
no_bytes(void **state)
{
    (void)state;
    assert_null(OPENSSL_malloc(0));
    assert_null(OPENSSL_realloc(OPENSSL_malloc(8), 0));
}

static void
a_refusal_that_stays(void **state)
{
    (void)state;
    int status = 0;
    pid_t child = fork();
    if (child == 0) {
        close(STDERR_FILENO);
        refusals = 1000;
        OPENSSL_malloc(8);
        _exit(0);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_refusal_that_passes),
        cmocka_unit_test(no_bytes),
        cmocka_unit_test(a_refusal_that_stays),
    };
    if (!memory_insist()) {
        return 1;
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
