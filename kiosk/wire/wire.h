/* Messages between our programs on Unix sockets. A frame is u32 length (of what
 * follows), u16 type, then the fields in table order, little-endian: text and
 * bytes as u32 length + data. A message is a plain struct described by a table,
 * so that encode, decode, their limits and their fuzzing are written once. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum wire_kind { WIRE_END, WIRE_BOOL, WIRE_I32, WIRE_I64, WIRE_TEXT, WIRE_BYTES };

struct wire_bytes {
    const uint8_t *data;
    uint32_t len;
};

struct wire_field {
    enum wire_kind kind;
    uint16_t offset; /* in the struct: bool, int32_t, int64_t, const char *, struct wire_bytes */
    uint32_t
        max; /* text: bytes without the NUL; bytes: bytes; i32: greatest, none below 0 (0: any) */
};

struct wire_type {
    uint16_t id;
    const char *name;
    const struct wire_field *fields; /* ends with WIRE_END */
};

/* All types of one direction of one socket: the face cannot even name a
 * message that is not in its table. Ends with a NULL. */
typedef const struct wire_type *const *wire_table;

enum { WIRE_FRAME_MAX = 4 * 1024 * 1024, WIRE_MESSAGE_MAX = 512 };

/* What a message takes as a frame; 0 if a limit is broken. Absent text is empty
 * text; a type without fields needs no message. */
size_t wire_size(const struct wire_type *type, const void *message);
/* One frame into `out`; its length, or 0 if it does not fit or a limit is broken. */
size_t wire_encode(const struct wire_type *type, const void *message, uint8_t *out, size_t size);

/* Fill `message` (WIRE_MESSAGE_MAX bytes) from a frame without its length word.
 * Texts and bytes point into the frame. NULL when malformed: unknown type, a limit
 * broken, text with NUL or invalid UTF-8, bytes left over. Never reads outside.
 * The frame is written to: each text moves one byte down to make room for its NUL. */
const struct wire_type *wire_decode(wire_table table, uint8_t *frame, size_t len, void *message);
