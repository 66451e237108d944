/* What a printer says: no bytes, however cut, may hang or upset the reader. */
#include <string.h>

#include "fuzz.h"
#include "print/status.h"

struct heard {
    uint32_t sum;
    size_t replies;
    struct printer_status status;
};

static struct heard
hear(const uint8_t *data, size_t size, size_t step)
{
    struct status_parser parser = {0};
    struct heard heard = {0};
    for (size_t at = 0; at < size;) {
        size_t len = size - at < step ? size - at : step;
        size_t taken = status_push(&parser, data + at, len);
        MUST(taken > 0 && parser.count <= sizeof parser.held);
        at += taken;
        struct reply reply;
        while (status_next(&parser, &reply) != REPLY_NONE) {
            status_apply(&heard.status, &reply, (int)(heard.replies % 6));
            for (size_t i = 0; i < sizeof reply.bytes; i++) {
                heard.sum = heard.sum * 31 + reply.bytes[i];
            }
            heard.sum = heard.sum * 31 + (uint32_t)reply.kind;
            heard.replies++;
        }
        MUST(parser.count < 7); // only the start of one reply is kept
    }
    while (parser.count > 0) {
        status_give_up(&parser);
    }
    return heard;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct heard whole = hear(data, size, 64);
    MUST(whole.replies <= size);
    for (size_t step = 1; step < 8; step += 3) {
        struct heard pieces = hear(data, size, step);
        MUST(pieces.sum == whole.sum && pieces.replies == whole.replies);
        MUST(status_state(&pieces.status) == status_state(&whole.status));
    }
    return 0;
}
