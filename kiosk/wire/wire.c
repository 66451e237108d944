#include "wire/wire.h"

#include <string.h>

#include "base/text.h"

enum { LENGTH_WORD = 4, HEAD = LENGTH_WORD + 2 };

static void
put(uint8_t *out, uint64_t value, size_t bytes)
{
    for (size_t i = 0; i < bytes; i++) {
        out[i] = (uint8_t)(value >> (8 * i));
    }
}

static uint64_t
get(const uint8_t *in, size_t bytes)
{
    uint64_t value = 0;
    for (size_t i = bytes; i-- > 0;) {
        value = value << 8 | in[i];
    }
    return value;
}

static bool
int_allowed(const struct wire_field *field, int32_t value)
{
    return field->max == 0 || (value >= 0 && (uint32_t)value <= field->max);
}

static bool
text_allowed(const struct wire_field *field, const char *text, size_t len)
{
    return len <= field->max && memchr(text, '\0', len) == NULL && utf8_valid(text, len);
}

/* --- encoding ---------------------------------------------------------------- */

/* The variable part of a field: nothing for numbers. */
static struct wire_bytes
payload_of(const struct wire_field *field, const void *at)
{
    struct wire_bytes bytes = {NULL, 0};
    if (field->kind == WIRE_BYTES) {
        memcpy(&bytes, at, sizeof bytes);
    } else if (field->kind == WIRE_TEXT) {
        const char *text;
        memcpy(&text, at, sizeof text);
        size_t len = text != NULL ? strlen(text) : 0;
        bytes.data = (const uint8_t *)text;
        bytes.len = len < UINT32_MAX ? (uint32_t)len : UINT32_MAX;
    }
    return bytes;
}

static bool
field_size(const struct wire_field *field, const void *at, size_t *size)
{
    struct wire_bytes bytes = payload_of(field, at);
    switch (field->kind) {
    case WIRE_BOOL:
        *size = 1;
        return true;
    case WIRE_I32: {
        int32_t value;
        memcpy(&value, at, sizeof value);
        *size = 4;
        return int_allowed(field, value);
    }
    case WIRE_I64:
        *size = 8;
        return true;
    case WIRE_TEXT:
        *size = 4 + (size_t)bytes.len;
        return bytes.len == 0 || text_allowed(field, (const char *)bytes.data, bytes.len);
    case WIRE_BYTES:
        *size = 4 + (size_t)bytes.len;
        return bytes.len <= field->max;
    case WIRE_END:
        break;
    }
    return false;
}

size_t
wire_size(const struct wire_type *type, const void *message)
{
    size_t total = HEAD;
    for (const struct wire_field *field = type->fields; field->kind != WIRE_END; field++) {
        size_t size;
        if (!field_size(field, (const uint8_t *)message + field->offset, &size) ||
            size > WIRE_FRAME_MAX - total) {
            return 0;
        }
        total += size;
    }
    return total;
}

static uint8_t *
put_field(const struct wire_field *field, const void *at, uint8_t *out)
{
    if (field->kind == WIRE_BOOL) {
        bool value;
        memcpy(&value, at, sizeof value);
        *out = value;
        return out + 1;
    }
    if (field->kind == WIRE_I32) {
        int32_t value;
        memcpy(&value, at, sizeof value);
        put(out, (uint32_t)value, 4);
        return out + 4;
    }
    if (field->kind == WIRE_I64) {
        int64_t value;
        memcpy(&value, at, sizeof value);
        put(out, (uint64_t)value, 8);
        return out + 8;
    }
    struct wire_bytes bytes = payload_of(field, at);
    put(out, bytes.len, 4);
    if (bytes.len > 0) {
        memcpy(out + 4, bytes.data, bytes.len);
    }
    return out + 4 + bytes.len;
}

size_t
wire_encode(const struct wire_type *type, const void *message, uint8_t *out, size_t size)
{
    size_t total = wire_size(type, message);
    if (total == 0 || total > size) {
        return 0;
    }
    put(out, total - LENGTH_WORD, 4);
    put(out + LENGTH_WORD, type->id, 2);
    uint8_t *at = out + HEAD;
    for (const struct wire_field *field = type->fields; field->kind != WIRE_END; field++) {
        at = put_field(field, (const uint8_t *)message + field->offset, at);
    }
    return total;
}

/* --- decoding ---------------------------------------------------------------- */

struct reader {
    uint8_t *at;
    size_t left;
};

/* The next `len` bytes, or NULL. */
static uint8_t *
take(struct reader *reader, size_t len)
{
    if (len > reader->left) {
        return NULL;
    }
    uint8_t *at = reader->at;
    reader->at += len;
    reader->left -= len;
    return at;
}

static bool
take_number(struct reader *reader, size_t bytes, uint64_t *value)
{
    const uint8_t *at = take(reader, bytes);
    if (at != NULL) {
        *value = get(at, bytes);
    }
    return at != NULL;
}

static bool
get_text(const struct wire_field *field, uint8_t *at, size_t len, void *member)
{
    if (!text_allowed(field, (const char *)at, len)) {
        return false;
    }
    // Its length word has been read: the text moves onto that word's last byte.
    char *text = memmove(at - 1, at, len);
    text[len] = '\0';
    const char *pointer = text;
    memcpy(member, &pointer, sizeof pointer);
    return true;
}

static bool
get_payload(struct reader *reader, const struct wire_field *field, void *member)
{
    uint64_t len;
    if (!take_number(reader, 4, &len) || len > field->max) {
        return false;
    }
    uint8_t *at = take(reader, (size_t)len);
    if (at == NULL) {
        return false;
    }
    if (field->kind == WIRE_TEXT) {
        return get_text(field, at, (size_t)len, member);
    }
    struct wire_bytes bytes = {at, (uint32_t)len};
    memcpy(member, &bytes, sizeof bytes);
    return true;
}

static bool
get_number(struct reader *reader, const struct wire_field *field, void *member)
{
    uint64_t raw;
    size_t size = field->kind == WIRE_BOOL ? 1 : field->kind == WIRE_I32 ? 4 : 8;
    if (!take_number(reader, size, &raw)) {
        return false;
    }
    if (field->kind == WIRE_BOOL) {
        bool value = raw == 1;
        memcpy(member, &value, sizeof value);
        return raw <= 1;
    }
    if (field->kind == WIRE_I32) {
        int32_t value = (int32_t)(uint32_t)raw;
        memcpy(member, &value, sizeof value);
        return int_allowed(field, value);
    }
    int64_t value = (int64_t)raw;
    memcpy(member, &value, sizeof value);
    return true;
}

static const struct wire_type *
type_of(wire_table table, uint64_t id)
{
    for (; *table != NULL; table++) {
        if ((*table)->id == id) {
            return *table;
        }
    }
    return NULL;
}

const struct wire_type *
wire_decode(wire_table table, uint8_t *frame, size_t len, void *message)
{
    struct reader reader = {frame, len};
    uint64_t id;
    if (!take_number(&reader, 2, &id)) {
        return NULL;
    }
    const struct wire_type *type = type_of(table, id);
    if (type == NULL) {
        return NULL;
    }
    memset(message, 0, WIRE_MESSAGE_MAX);
    for (const struct wire_field *field = type->fields; field->kind != WIRE_END; field++) {
        void *member = (uint8_t *)message + field->offset;
        bool varies = field->kind == WIRE_TEXT || field->kind == WIRE_BYTES;
        bool good =
            varies ? get_payload(&reader, field, member) : get_number(&reader, field, member);
        if (!good) {
            return NULL;
        }
    }
    return reader.left == 0 ? type : NULL;
}
