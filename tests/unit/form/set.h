/* A catalogue's files in memory, and the same with one piece of text in one of them replaced. */
#pragma once
#include "help.h"

#include "../catalogue_names.h"

#include "base/files.h"

enum { FILES = CATALOGUE_NAMES + 4 };

struct set {
    struct catalogue_file files[FILES];
    size_t count;
};

static inline void
set_read_file(struct set *set, const char *folder, const char *name)
{
    char path[1200];
    size_t len;
    assert_true(set->count < FILES);
    snprintf(path, sizeof path, "%s/%s", folder, name);
    char *bytes = files_read(path, 1 << 20, &len);
    assert_non_null(bytes);
    set->files[set->count++] = (struct catalogue_file){strdup(name), bytes, len};
}

/* Every file below the folder that a catalogue may have. */
static inline struct set
set_read(const char *folder)
{
    static char names[CATALOGUE_NAMES][CATALOGUE_NAME];
    struct set set = {.count = 0};
    size_t count = catalogue_names(folder, names);
    for (size_t i = 0; i < count; i++) {
        set_read_file(&set, folder, names[i]);
    }
    return set;
}

static inline void
set_free(struct set *set)
{
    for (size_t i = 0; i < set->count; i++) {
        free((char *)set->files[i].name);
        free((char *)set->files[i].bytes);
    }
}

struct mutation {
    const char *file, *old, *new;
    const char *fault; /* what it begins with, after file and line */
};

/* The set with one piece of one file replaced, and the line where that stands. The caller frees
 * the bytes that come back. */
static inline char *
set_mutate(const struct set *original, const struct mutation *mutation, struct set *set, int *line)
{
    *line = 1;
    *set = *original;
    for (size_t i = 0; i < set->count; i++) {
        struct catalogue_file *file = &set->files[i];
        if (strcmp(file->name, mutation->file) != 0) {
            continue;
        }
        const char *at = strstr(file->bytes, mutation->old);
        if (at == NULL) {
            fail_msg("%s has no %s", mutation->file, mutation->old);
            return NULL;
        }
        for (const char *p = file->bytes; p < at; p++) {
            *line += *p == '\n';
        }
        size_t before = (size_t)(at - file->bytes), put = strlen(mutation->new);
        size_t rest = file->len - before - strlen(mutation->old);
        char *bytes = malloc(before + put + rest + 1);
        memcpy(bytes, file->bytes, before);
        memcpy(bytes + before, mutation->new, put);
        memcpy(bytes + before + put, at + strlen(mutation->old), rest + 1);
        file->bytes = bytes;
        file->len = before + put + rest;
        return bytes;
    }
    fail_msg("no file %s", mutation->file);
    return NULL;
}

/* "file:line: " and then what the row says; 0 stands for a fault of the whole set. */
static inline bool
set_is_named(const struct mutation *mutation, const char *fault, int line)
{
    size_t name = strlen(mutation->file);
    if (mutation->fault == NULL) {
        return fault[0] != '\0';
    }
    if (strncmp(fault, mutation->file, name) != 0 || fault[name] != ':') {
        return false;
    }
    char *rest;
    long said = strtol(fault + name + 1, &rest, 10);
    bool near = said == 0 || labs(said - line) < 64; // or the object around it, or its twin
    return near && strncmp(rest, ": ", 2) == 0 &&
           strncmp(rest + 2, mutation->fault, strlen(mutation->fault)) == 0;
}

/* Each row is refused, by file, line and reason. */
static inline void
set_refuses(const struct set *original, const struct mutation *mutations, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct mutation *mutation = &mutations[i];
        struct set set;
        struct fault fault = {""};
        int line;
        char *bytes = set_mutate(original, mutation, &set, &line);
        struct catalogue *catalogue = catalogue_load(set.files, set.count, &fault);
        if (catalogue != NULL || !set_is_named(mutation, fault.text, line)) {
            fail_msg("%s, %s: '%s'", mutation->file, mutation->new, fault.text);
        }
        free(bytes);
    }
}
