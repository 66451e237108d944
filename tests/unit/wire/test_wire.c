#include <setjmp.h>
#include <stdalign.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "wire/ctl_messages.h"
#include "wire/face_messages.h"
#include "wire/hall_messages.h"
#include "wire/voice_messages.h"

enum { SOME = 24 }; // bytes put into a text or bytes field, unless its limit is lower

struct slot {
    alignas(max_align_t) uint8_t bytes[WIRE_MESSAGE_MAX];
};

static const wire_table *const tables[] = {&face_to_desk, &desk_to_face,    &ctl_to_desk,
                                           &desk_to_ctl,  &screen_to_voice, &voice_to_screen,
                                           &hall_to_desk, &desk_to_hall};
enum { TABLES = sizeof tables / sizeof tables[0] };

static char letters[4 * 1024 * 1024 + 1];

static void
set(struct slot *slot, const struct wire_field *field, const void *value, size_t size)
{
    memcpy(slot->bytes + field->offset, value, size);
}

/* Fill a message of any type: variable fields with `len` bytes at most. */
static void
fill(struct slot *slot, const struct wire_type *type, size_t len)
{
    memset(slot, 0, sizeof *slot);
    for (const struct wire_field *field = type->fields; field->kind != WIRE_END; field++) {
        size_t fits = field->max < len ? field->max : len;
        const char *text = letters + sizeof letters - 1 - fits;
        struct wire_bytes bytes = {(const uint8_t *)letters, (uint32_t)fits};
        int32_t small = field->max > 0 ? (int32_t)field->max : INT32_MIN;
        int64_t large = INT64_MIN + 5;
        bool flag = true;
        switch (field->kind) {
        case WIRE_BOOL:
            set(slot, field, &flag, sizeof flag);
            break;
        case WIRE_I32:
            set(slot, field, &small, sizeof small);
            break;
        case WIRE_I64:
            set(slot, field, &large, sizeof large);
            break;
        case WIRE_TEXT:
            set(slot, field, &text, sizeof text);
            break;
        case WIRE_BYTES:
            set(slot, field, &bytes, sizeof bytes);
            break;
        case WIRE_END:
            break;
        }
    }
}

static void
assert_same(const struct wire_type *type, const struct slot *a, const struct slot *b)
{
    for (const struct wire_field *field = type->fields; field->kind != WIRE_END; field++) {
        const void *left = a->bytes + field->offset, *right = b->bytes + field->offset;
        if (field->kind == WIRE_TEXT) {
            assert_string_equal(*(char *const *)left, *(char *const *)right);
        } else if (field->kind == WIRE_BYTES) {
            const struct wire_bytes *x = left, *y = right;
            assert_int_equal(x->len, y->len);
            if (x->len > 0) {
                assert_memory_equal(x->data, y->data, x->len);
            }
        } else {
            size_t size = field->kind == WIRE_BOOL ? sizeof(bool) : field->kind == WIRE_I32 ? 4 : 8;
            assert_memory_equal(left, right, size);
        }
    }
}

static void
every_type_comes_back_as_it_went(void **state)
{
    (void)state;
    static const size_t lengths[] = {0, 1, SOME, sizeof letters - 1};
    uint8_t *frame = malloc(WIRE_FRAME_MAX);
    for (size_t t = 0; t < TABLES; t++) {
        for (wire_table type = *tables[t]; *type != NULL; type++) {
            for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
                struct slot sent, got;
                fill(&sent, *type, lengths[i]);
                size_t size = wire_encode(*type, &sent, frame, WIRE_FRAME_MAX);
                assert_true(size >= 6);
                assert_int_equal(size, wire_size(*type, &sent));
                assert_ptr_equal(wire_decode(*tables[t], frame + 4, size - 4, &got), *type);
                assert_same(*type, &sent, &got);
            }
        }
    }
    free(frame);
}

/* Each copy is as long as what it holds, so that a sanitizer sees one byte too far. */
static const struct wire_type *
decode_copy(wire_table table, const uint8_t *frame, size_t len)
{
    struct slot got;
    uint8_t *copy = malloc(len > 0 ? len : 1);
    memcpy(copy, frame, len);
    const struct wire_type *type = wire_decode(table, copy, len, &got);
    free(copy);
    return type;
}

static void
every_truncation_and_addition_is_refused(void **state)
{
    (void)state;
    uint8_t frame[4096];
    for (size_t t = 0; t < TABLES; t++) {
        for (wire_table type = *tables[t]; *type != NULL; type++) {
            struct slot sent;
            fill(&sent, *type, SOME);
            size_t size = wire_encode(*type, &sent, frame, sizeof frame);
            assert_true(size > 0 && size < sizeof frame);
            for (size_t len = 0; len < size - 4; len++) {
                assert_null(decode_copy(*tables[t], frame + 4, len));
            }
            assert_non_null(decode_copy(*tables[t], frame + 4, size - 4));
            frame[size] = 0;
            assert_null(decode_copy(*tables[t], frame + 4, size - 3));
        }
    }
}

static void
no_type_is_heard_on_another_socket(void **state)
{
    (void)state;
    uint8_t frame[4096];
    for (size_t from = 0; from < TABLES; from++) {
        for (wire_table type = *tables[from]; *type != NULL; type++) {
            struct slot sent;
            fill(&sent, *type, SOME);
            size_t size = wire_encode(*type, &sent, frame, sizeof frame);
            for (size_t to = 0; to < TABLES; to++) {
                const struct wire_type *heard = decode_copy(*tables[to], frame + 4, size - 4);
                assert_ptr_equal(heard, to == from ? *type : NULL);
            }
        }
    }
}

static void
a_frame_is_these_bytes(void **state)
{
    (void)state;
    static const uint8_t bytes[] = {
        18, 0, 0, 0,                      // length of what follows
        5,  0,                            // face_help
        2,  1, 0, 0, 0,   0,   0,   0x80, // request
        4,  0, 0, 0, 'h', 'o', 'm', 'e',  // screen
    };
    struct face_help help = {.request = INT64_MIN + 0x102, .screen = "home"};
    uint8_t frame[64];
    assert_int_equal(wire_encode(&face_help_type, &help, frame, sizeof frame), sizeof bytes);
    assert_memory_equal(frame, bytes, sizeof bytes);
    assert_int_equal(wire_encode(&face_help_type, &help, frame, sizeof bytes - 1), 0);
    help.screen = NULL;
    assert_int_equal(wire_encode(&face_help_type, &help, frame, sizeof frame), 18);
}

static void
what_breaks_a_limit_is_not_sent(void **state)
{
    (void)state;
    uint8_t frame[4096];
    for (size_t t = 0; t < TABLES; t++) {
        for (wire_table type = *tables[t]; *type != NULL; type++) {
            for (const struct wire_field *field = (*type)->fields; field->kind != WIRE_END;
                 field++) {
                struct slot sent;
                fill(&sent, *type, SOME);
                const char *text = letters + sizeof letters - 1 - (field->max + 1);
                struct wire_bytes bytes = {(const uint8_t *)letters, field->max + 1};
                int32_t values[] = {(int32_t)field->max + 1, -1};
                if (field->kind == WIRE_TEXT) {
                    set(&sent, field, &text, sizeof text);
                    assert_int_equal(wire_encode(*type, &sent, frame, sizeof frame), 0);
                    text = "\xc3(";
                    set(&sent, field, &text, sizeof text);
                    assert_int_equal(wire_encode(*type, &sent, frame, sizeof frame), 0);
                } else if (field->kind == WIRE_BYTES) {
                    set(&sent, field, &bytes, sizeof bytes);
                    assert_int_equal(wire_size(*type, &sent), 0);
                } else if (field->kind == WIRE_I32 && field->max > 0) {
                    for (int i = 0; i < 2; i++) {
                        set(&sent, field, &values[i], sizeof values[i]);
                        assert_int_equal(wire_encode(*type, &sent, frame, sizeof frame), 0);
                    }
                }
            }
        }
    }
}

static void
what_breaks_a_limit_is_not_heard(void **state)
{
    (void)state;
    static const struct {
        const char *why;
        uint8_t len;
        uint8_t frame[40];
    } rows[] = {
        {"nothing", 0, {0}},
        {"half a type", 1, {5}},
        {"unknown type", 2, {99, 0}},
        {"no fields", 2, {5, 0}},
        {"text with NUL", 16, {5, 0, 1, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 'a', 0}},
        {"text not UTF-8", 16, {5, 0, 1, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0xc0, 0x80}},
        {"half a letter", 15, {5, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0xc3}},
        {"text beyond the frame", 16, {5, 0, 1, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 'a', 'b'}},
        {"length near 2^32", 16, {5, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 'a', 'b'}},
        {"text above its limit", 16, {5, 0, 1, 0, 0, 0, 0, 0, 0, 0, 32, 0, 0, 0, 'a', 'b'}},
        {"flag neither 0 nor 1", 17, {1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 'A', 2, 0}},
        {"outcome above its enum", 10, {6, 0, 4, 0, 0, 0, 1, 0, 0, 0}},
        {"outcome below 0", 10, {6, 0, 0xff, 0xff, 0xff, 0xff, 1, 0, 0, 0}},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (decode_copy(face_to_desk, rows[i].frame, rows[i].len) != NULL) {
            fail_msg("heard: %s", rows[i].why);
        }
    }
}

static void
numbers_and_limits_are_sane(void **state)
{
    (void)state;
    bool seen[1000] = {false};
    for (size_t t = 0; t < TABLES; t++) {
        for (wire_table type = *tables[t]; *type != NULL; type++) {
            assert_true((*type)->id < 1000);
            assert_false(seen[(*type)->id]);
            seen[(*type)->id] = true;
            for (const struct wire_field *field = (*type)->fields; field->kind != WIRE_END;
                 field++) {
                bool varies = field->kind == WIRE_TEXT || field->kind == WIRE_BYTES;
                assert_true(!varies || (field->max > 0 && field->max < WIRE_FRAME_MAX));
            }
        }
    }
}

int
main(void)
{
    memset(letters, 'k', sizeof letters - 1);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_type_comes_back_as_it_went),
        cmocka_unit_test(every_truncation_and_addition_is_refused),
        cmocka_unit_test(no_type_is_heard_on_another_socket),
        cmocka_unit_test(a_frame_is_these_bytes),
        cmocka_unit_test(what_breaks_a_limit_is_not_sent),
        cmocka_unit_test(what_breaks_a_limit_is_not_heard),
        cmocka_unit_test(numbers_and_limits_are_sane),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
