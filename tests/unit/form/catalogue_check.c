/* The loaders for schema.py, which holds the authors' JSON Schema against them.
 *   catalogue_check FOLDER NAME...
 * takes the set of files FOLDER/NAME. Each line of the input, "NAME PATH", is that set
 * with one file replaced ("office PATH", "city PATH": an office, all offices); each line of the
 * output is "ok" or the fault. */
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

/* An office over the least that a city's file may be, or the city's under the least office. */
static void
check_office(const char *name, const char *bytes, size_t len, struct fault *fault)
{
    static const char least_city[] = "{\"hours\":\"h\",\"week\":{}}";
    static const char least_own[] = "{\"code\":\"6472021001\",\"name\":\"n\"}";
    const struct office_file file = {name, bytes, len};
    const struct office_file city = {"least", least_city, sizeof least_city - 1};
    const struct office_file own = {"least", least_own, sizeof least_own - 1};
    bool of_city = strcmp(name, "city") == 0;
    office_destroy(office_load(of_city ? &own : &file, of_city ? &file : &city, NULL, fault));
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
        if (strcmp(name, "office") == 0 || strcmp(name, "city") == 0) {
            check_office(name, bytes, len, &fault);
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
