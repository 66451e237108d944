#include "portal/memory.h"

#include <stdlib.h>
#include <time.h>

#include <openssl/crypto.h>

#include "base/log.h"

enum { TRIES = 20, PAUSE_MS = 50 };

/* `memory` as realloc() takes it, and never NULL but for no bytes at all. */
static void *
insist(void *memory, size_t size)
{
    const struct timespec pause = {.tv_nsec = PAUSE_MS * 1000000L};
    void *given = realloc(memory, size);
    for (int tries = 1; !given && tries < TRIES; tries++) {
        nanosleep(&pause, NULL);
        given = realloc(memory, size);
    }
    if (!given) {
        log_error("out of memory for OpenSSL (%zu bytes)", size);
        abort();
    }
    return given;
}

static void *
allocate(size_t size, const char *file, int line)
{
    (void)file;
    (void)line;
    return size > 0 ? insist(NULL, size) : NULL;
}

static void *
resize(void *memory, size_t size, const char *file, int line)
{
    (void)file;
    (void)line;
    if (size == 0) {
        free(memory);
        return NULL;
    }
    return insist(memory, size);
}

static void
give_back(void *memory, const char *file, int line)
{
    (void)file;
    (void)line;
    free(memory);
}

bool
memory_insist(void)
{
    bool taken = CRYPTO_set_mem_functions(allocate, resize, give_back) == 1;
    if (!taken) {
        log_error("OpenSSL was used before it got its memory from here");
    }
    return taken;
}
