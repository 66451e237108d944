#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "photos.h"

/* What a stranger sends as a photo. What is kept of it is never longer, still what it was taken
 * for and, but for HEIC, whose numbers lead anywhere, cleaned already. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *type = photo_type(data, size);
    uint8_t *bytes = malloc(size + 1), *again = malloc(size + 1);
    size_t len = size;
    MUST(bytes != NULL && again != NULL);
    memcpy(bytes, data, size);
    if (type != NULL && photo_clean(type, bytes, &len)) {
        size_t twice = len;
        MUST(len <= size);
        memcpy(again, bytes, len);
        if (strcmp(type, "image/heic") != 0) {
            MUST(photo_clean(type, again, &twice) && twice == len);
            MUST(memcmp(again, bytes, len) == 0);
        }
    }
    free(bytes);
    free(again);
    return 0;
}
