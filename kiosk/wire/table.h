/* How the message tables are written: one line a field, in frame order. */
#pragma once
#include <stddef.h>
#include "wire/wire.h"

#define FLAG(message, member)                          \
    {                                                  \
        WIRE_BOOL, offsetof(struct message, member), 0 \
    }
#define SMALL(message, member, greatest)                     \
    {                                                        \
        WIRE_I32, offsetof(struct message, member), greatest \
    }
#define ANY_SMALL(message, member) SMALL(message, member, 0)
#define LARGE(message, member)                        \
    {                                                 \
        WIRE_I64, offsetof(struct message, member), 0 \
    }
#define TEXT(message, member, bytes)                       \
    {                                                      \
        WIRE_TEXT, offsetof(struct message, member), bytes \
    }
#define BYTES(message, member, bytes)                       \
    {                                                       \
        WIRE_BYTES, offsetof(struct message, member), bytes \
    }
#define FIELDS_END     \
    {                  \
        WIRE_END, 0, 0 \
    }

/* `message`_type from the fields that follow. */
#define WIRE_TYPE(number, message, ...)                                                   \
    static const struct wire_field message##_fields[] = {__VA_ARGS__, FIELDS_END};        \
    _Static_assert(sizeof(struct message) <= WIRE_MESSAGE_MAX, #message " is too large"); \
    const struct wire_type message##_type = {number, #message, message##_fields}
/* One that says all by its name. */
#define WIRE_SIGNAL(number, message)                                  \
    static const struct wire_field message##_fields[] = {FIELDS_END}; \
    const struct wire_type message##_type = {number, #message, message##_fields}
