#include "base/secret.h"

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/log.h"

enum { UNIT = 16 };

struct secret {
    uint8_t *map; // guard page, region, guard page
    size_t map_size;
    uint8_t *data;
    size_t size, used;
};

static bool
fence_and_lock(struct secret *secret)
{
    return mprotect(secret->data, secret->size, PROT_READ | PROT_WRITE) == 0 &&
           mlock(secret->data, secret->size) == 0 &&
           madvise(secret->data, secret->size, MADV_DONTDUMP) == 0 &&
           madvise(secret->data, secret->size, MADV_DONTFORK) == 0;
}

struct secret *
secret_create(size_t size)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    struct secret *secret = size < SIZE_MAX / 2 ? calloc(1, sizeof *secret) : NULL;
    if (secret == NULL) {
        log_error("secret memory: %s", strerror(ENOMEM));
        return NULL;
    }
    secret->size = (size + page - 1) / page * page;
    secret->map_size = secret->size + 2 * page;
    secret->map = mmap(NULL, secret->map_size, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (secret->map == MAP_FAILED) {
        log_error("secret memory: %s", strerror(errno));
        free(secret);
        return NULL;
    }
    secret->data = secret->map + page;
    if (!fence_and_lock(secret)) {
        log_error("secret memory cannot be locked: %s (is LimitMEMLOCK too low?)", strerror(errno));
        munmap(secret->map, secret->map_size);
        free(secret);
        return NULL;
    }
    return secret;
}

void
secret_destroy(struct secret *secret)
{
    if (secret != NULL) {
        secret_zero(secret->data, secret->size);
        munmap(secret->map, secret->map_size);
        free(secret);
    }
}

void *
secret_alloc(struct secret *secret, size_t size)
{
    if (size > secret->size - secret->used) {
        return NULL;
    }
    void *memory = secret->data + secret->used;
    secret->used += (size + UNIT - 1) / UNIT * UNIT;
    if (secret->used > secret->size) {
        secret->used = secret->size;
    }
    return memory; // zero since the map or the last wipe
}

size_t
secret_used(const struct secret *secret)
{
    return secret->used;
}

void
secret_wipe(struct secret *secret)
{
    secret_zero(secret->data, secret->size);
    secret->used = 0;
}

void
secret_zero(void *data, size_t size)
{
    explicit_bzero(data, size);
}
