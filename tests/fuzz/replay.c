/* Runs a target over each file of a folder: as it is, cut at many places, and
 * bent in ways that are the same in every run. One TAP case a file; a crash
 * ends the report early, which counts as failed. */
#include <dirent.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"

enum { CUTS = 64, BENDS = 64 };

static int
is_input(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

/* A copy of exactly that size, so that a sanitizer sees one byte too far. */
static void
run(const uint8_t *data, size_t size)
{
    uint8_t *copy = malloc(size);
    if (size > 0 && copy != NULL) {
        memcpy(copy, data, size);
    }
    LLVMFuzzerTestOneInput(copy, size);
    free(copy);
}

static void
run_cut(const uint8_t *data, size_t size)
{
    size_t step = size / CUTS + 1;
    for (size_t len = 0; len < size; len += step) {
        run(data, len);
    }
}

static uint32_t
next_random(uint32_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 17;
    *state ^= *state << 5;
    return *state;
}

static void
run_bent(uint8_t *data, size_t size)
{
    uint32_t state = 0x9e3779b9u ^ (uint32_t)size;
    for (int i = 0; i < BENDS && size > 0; i++) {
        uint8_t *at = data + next_random(&state) % size;
        uint8_t kept = *at;
        *at = i % 2 == 0 ? (uint8_t)(kept ^ 1u << next_random(&state) % 8)
                         : (uint8_t)next_random(&state);
        run(data, size);
        *at = kept;
    }
}

static bool
replay(const char *folder, const char *name)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        return false;
    }
    static uint8_t data[4 * 1024 * 1024];
    size_t size = fread(data, 1, sizeof data, file);
    bool whole = feof(file) && !ferror(file);
    fclose(file);
    run(data, size);
    run_cut(data, size);
    run_bent(data, size);
    return whole;
}

int
main(int argc, char **argv)
{
    struct dirent **names = NULL;
    int count = argc == 2 ? scandir(argv[1], &names, is_input, alphasort) : -1;
    if (count <= 0) {
        printf("1..1\nnot ok 1 - no corpus in %s\n", argc == 2 ? argv[1] : "?");
        return 1;
    }
    printf("1..%d\n", count);
    bool good = true;
    for (int i = 0; i < count; i++) {
        bool whole = replay(argv[1], names[i]->d_name);
        printf("%s %d - %s\n", whole ? "ok" : "not ok", i + 1, names[i]->d_name);
        fflush(stdout);
        good &= whole;
        free(names[i]);
    }
    free(names);
    return good ? 0 : 1;
}
