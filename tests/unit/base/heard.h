/* What a piece of code writes to standard error. */
#pragma once
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

struct heard {
    FILE *file;
    int saved;
};

static inline struct heard
heard_begin(void)
{
    struct heard heard = {tmpfile(), dup(STDERR_FILENO)};
    fflush(stderr);
    dup2(fileno(heard.file), STDERR_FILENO);
    return heard;
}

static inline void
heard_end(struct heard *heard, char *out, size_t size)
{
    fflush(stderr);
    dup2(heard->saved, STDERR_FILENO);
    close(heard->saved);
    rewind(heard->file);
    out[fread(out, 1, size - 1, heard->file)] = '\0';
    fclose(heard->file);
}
