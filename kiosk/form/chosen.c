#include "form/chosen.h"

#include <string.h>

/* Steps to the next name and returns its length; 0 at the end. */
static size_t
next(const char **names)
{
    *names += strspn(*names, " ");
    return strcspn(*names, " ");
}

bool
chosen_has(const char *names, const char *name)
{
    size_t len = strlen(name);
    for (size_t piece; (piece = next(&names)) > 0; names += piece) {
        if (piece == len && memcmp(names, name, len) == 0) {
            return true;
        }
    }
    return false;
}

size_t
chosen_count(const char *names)
{
    size_t count = 0;
    for (size_t piece; (piece = next(&names)) > 0; names += piece) {
        count++;
    }
    return count;
}
