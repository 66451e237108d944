/* The loaders for schema.py, which holds the authors' JSON Schema against them.
 *   catalogue_check FOLDER NAME...
 * takes the set of files FOLDER/NAME. Each line of the input, "NAME PATH", is that set
 * with one file replaced ("office PATH": an office); each line of the output is "ok" or
 * the fault. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/fault.h"
#include "base/files.h"
#include "form/catalogue.h"
#include "queue/queue.h"

enum { FILES = 320, LINE = 1024, FILE_BYTES = 1 << 20 };

struct set {
    struct catalogue_file files[FILES];
    size_t count;
};

static char *
read_whole(const char *path, size_t *len)
{
    char *bytes = files_read(path, FILE_BYTES, len);
    if (bytes == NULL) {
        fprintf(stderr, "%s: cannot be read\n", path);
        exit(2);
    }
    return bytes;
}

static void
check_office(const char *bytes, size_t len, struct fault *fault)
{
    office_destroy(office_load(bytes, len, "office", fault));
}

static void
check_catalogue(struct set set, const char *name, const char *bytes, size_t len,
                struct fault *fault)
{
    for (size_t i = 0; i < set.count; i++) {
        if (strcmp(set.files[i].name, name) == 0) {
            set.files[i].bytes = bytes;
            set.files[i].len = len;
        }
    }
    catalogue_destroy(catalogue_load(set.files, set.count, fault));
}

int
main(int argc, char **argv)
{
    struct set set = {.count = 0};
    char line[LINE], name[64], path[LINE - 64];
    for (int i = 2; i < argc && set.count < FILES; i++) {
        struct catalogue_file *file = &set.files[set.count++];
        snprintf(path, sizeof path, "%s/%s", argv[1], argv[i]);
        file->name = argv[i];
        file->bytes = read_whole(path, &file->len);
    }
    while (fgets(line, sizeof line, stdin) != NULL && sscanf(line, "%63s %959s", name, path) == 2) {
        struct fault fault = {""};
        size_t len;
        char *bytes = read_whole(path, &len);
        if (strcmp(name, "office") == 0) {
            check_office(bytes, len, &fault);
        } else {
            check_catalogue(set, name, bytes, len, &fault);
        }
        puts(fault.text[0] != '\0' ? fault.text : "ok");
        free(bytes);
    }
    for (size_t i = 0; i < set.count; i++) {
        free((char *)set.files[i].bytes);
    }
    return 0;
}
