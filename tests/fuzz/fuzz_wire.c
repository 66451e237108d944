#include <stdalign.h>
#include <string.h>

#include "fuzz.h"
#include "wire/ctl_messages.h"
#include "wire/face_messages.h"
#include "wire/hall_messages.h"
#include "wire/voice_messages.h"

/* What is heard, said again, is the same frame: there is one form of a message. */
static void
check(wire_table table, const uint8_t *data, size_t size)
{
    alignas(max_align_t) uint8_t message[WIRE_MESSAGE_MAX];
    uint8_t *frame = malloc(size), *again = malloc(size + 4);
    if (size > 0) {
        memcpy(frame, data, size);
    }
    const struct wire_type *type = wire_decode(table, frame, size, message);
    if (type != NULL) {
        MUST(wire_encode(type, message, again, size + 4) == size + 4);
        MUST(memcmp(again + 4, data, size) == 0);
    }
    free(frame);
    free(again);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    check(face_to_desk, data, size);
    check(desk_to_face, data, size);
    check(ctl_to_desk, data, size);
    check(desk_to_ctl, data, size);
    check(screen_to_voice, data, size);
    check(voice_to_screen, data, size);
    check(hall_to_desk, data, size);
    check(desk_to_hall, data, size);
    return 0;
}
