#include <fcntl.h>
#include <setjmp.h>
#include <stdalign.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
#include <cmocka.h>

#include "wire/face_messages.h"
#include "wire/link.h"

struct slot {
    alignas(max_align_t) uint8_t bytes[WIRE_MESSAGE_MAX];
};

struct pair {
    struct link *face, *desk;
};

static int
make_pair(void **state)
{
    int fds[2];
    struct pair *pair = calloc(1, sizeof *pair);
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, fds) != 0) {
        return -1;
    }
    pair->face = link_create(fds[0], desk_to_face);
    pair->desk = link_create(fds[1], face_to_desk);
    *state = pair;
    return 0;
}

static int
drop_pair(void **state)
{
    struct pair *pair = *state;
    link_destroy(pair->face);
    link_destroy(pair->desk);
    free(pair);
    return 0;
}

static void
messages_arrive_in_order(void **state)
{
    struct pair *pair = *state;
    for (int64_t i = 0; i < 100; i++) {
        struct face_help help = {.request = i, .screen = "home"};
        assert_true(link_send(pair->face, &face_help_type, &help));
    }
    assert_true(link_wants_write(pair->face));
    assert_true(link_flush(pair->face));
    assert_false(link_wants_write(pair->face));
    assert_true(link_fill(pair->desk));
    struct slot slot;
    bool broken;
    for (int64_t i = 0; i < 100; i++) {
        assert_ptr_equal(link_next(pair->desk, &slot, &broken), &face_help_type);
        const struct face_help *help = (const void *)&slot;
        assert_int_equal(help->request, i);
        assert_string_equal(help->screen, "home");
    }
    assert_null(link_next(pair->desk, &slot, &broken));
    assert_false(broken);
}

static void
a_frame_may_come_byte_by_byte(void **state)
{
    struct pair *pair = *state;
    uint8_t frame[64];
    struct face_help help = {.request = 7, .screen = "review"};
    size_t size = wire_encode(&face_help_type, &help, frame, sizeof frame);
    struct slot slot;
    bool broken;
    for (size_t i = 0; i < size; i++) {
        assert_null(link_next(pair->desk, &slot, &broken));
        assert_int_equal(write(link_fd(pair->face), frame + i, 1), 1);
        assert_true(link_fill(pair->desk));
    }
    assert_ptr_equal(link_next(pair->desk, &slot, &broken), &face_help_type);
}

static void
the_largest_bundle_goes_through(void **state)
{
    struct pair *pair = *state;
    size_t len = 3 * 1024 * 1024;
    uint8_t *bytes = malloc(len);
    for (size_t i = 0; i < len; i++) {
        bytes[i] = (uint8_t)(i * 31 + i / 251);
    }
    struct desk_bundle bundle = {{bytes, (uint32_t)len}};
    assert_true(link_send(pair->desk, &desk_bundle_type, &bundle));
    assert_false(link_send(pair->desk, &desk_bundle_type, &bundle)); // beyond the buffer
    struct desk_delivered after = {"x"};
    assert_true(link_send(pair->desk, &desk_delivered_type, &after));
    struct slot slot;
    bool broken;
    const struct wire_type *type = NULL;
    while (type == NULL) {
        assert_true(link_flush(pair->desk));
        assert_true(link_fill(pair->face));
        type = link_next(pair->face, &slot, &broken);
        assert_false(broken);
    }
    const struct desk_bundle *got = (const void *)&slot;
    assert_int_equal(got->bundle.len, len);
    assert_memory_equal(got->bundle.data, bytes, len);
    assert_true(link_flush(pair->desk));
    assert_true(link_fill(pair->face));
    assert_ptr_equal(link_next(pair->face, &slot, &broken), &desk_delivered_type);
    free(bytes);
}

static void
nonsense_breaks_the_link_for_good(void **state)
{
    (void)state;
    static const uint8_t rows[][8] = {
        {0xff, 0xff, 0xff, 0xff, 1, 0}, // longer than any frame
        {0xfd, 0xff, 0x3f, 0, 1, 0},    // by one byte
        {0, 0, 0, 0},                   // no type
        {2, 0, 0, 0, 101, 0},           // a message of the other direction
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        int fds[2];
        assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, fds), 0);
        struct link *link = link_create(fds[0], face_to_desk);
        assert_int_equal(write(fds[1], rows[i], sizeof rows[i]), sizeof rows[i]);
        assert_true(link_fill(link));
        struct slot slot;
        bool broken = false;
        assert_null(link_next(link, &slot, &broken));
        assert_true(broken);
        assert_null(link_next(link, &slot, &broken));
        assert_true(broken);
        close(fds[1]);
        link_destroy(link);
    }
}

static void
last_words_are_heard_before_the_end(void **state)
{
    struct pair *pair = *state;
    struct face_visit_end end = {VISIT_DONE, 61};
    assert_true(link_send(pair->face, &face_visit_end_type, &end));
    assert_true(link_flush(pair->face));
    shutdown(link_fd(pair->face), SHUT_RDWR);
    struct slot slot;
    bool broken;
    assert_true(link_fill(pair->desk));
    assert_ptr_equal(link_next(pair->desk, &slot, &broken), &face_visit_end_type);
    assert_false(link_fill(pair->desk));
    struct desk_delivered delivered = {"x"};
    assert_true(link_send(pair->desk, &desk_delivered_type, &delivered));
    assert_false(link_flush(pair->desk)); // and no signal kills us
}

static void
a_peer_that_floods_is_read_in_turns(void **state)
{
    struct pair *pair = *state;
    static uint8_t flood[64 * 1024];
    int fd = link_fd(pair->face);
    int size = 8 * 1024 * 1024;
    setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &size, sizeof size);
    flood[0] = 0xfc, flood[1] = 0xff, flood[2] = 0x3f; // one frame of 4 MiB
    size_t sent = 0;
    for (int i = 0; i < 400; i++) {
        ssize_t put = write(fd, flood, sizeof flood);
        sent += put > 0 ? (size_t)put : 0;
        memset(flood, 0, 4);
        assert_true(link_fill(pair->desk));
    }
    assert_true(sent > WIRE_FRAME_MAX);
    struct slot slot;
    bool broken;
    assert_null(link_next(pair->desk, &slot, &broken));
    assert_true(broken); // whole, and no message
}

static void
a_message_is_gone_from_memory_once_the_next_was_asked_for(void **state)
{
    struct pair *pair = *state;
    struct face_submit submit = {.id = "i",
                                 .code = "c",
                                 .service = "s",
                                 .language = "id",
                                 .envelope = {(const uint8_t *)"PLANTED-BYTES", 13}};
    struct face_help help = {.request = 1, .screen = "home"};
    assert_true(link_send(pair->face, &face_submit_type, &submit));
    assert_true(link_send(pair->face, &face_help_type, &help));
    assert_true(link_flush(pair->face));
    assert_true(link_fill(pair->desk));
    struct slot slot;
    bool broken;
    assert_ptr_equal(link_next(pair->desk, &slot, &broken), &face_submit_type);
    const uint8_t *kept = ((const struct face_submit *)(const void *)&slot)->envelope.data;
    assert_memory_equal(kept, "PLANTED-BYTES", 13);
    assert_ptr_equal(link_next(pair->desk, &slot, &broken), &face_help_type);
    for (size_t i = 0; i < 13; i++) {
        assert_int_equal(kept[i], 0); // the buffer itself is still there
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(messages_arrive_in_order, make_pair, drop_pair),
        cmocka_unit_test_setup_teardown(a_frame_may_come_byte_by_byte, make_pair, drop_pair),
        cmocka_unit_test_setup_teardown(the_largest_bundle_goes_through, make_pair, drop_pair),
        cmocka_unit_test(nonsense_breaks_the_link_for_good),
        cmocka_unit_test_setup_teardown(last_words_are_heard_before_the_end, make_pair, drop_pair),
        cmocka_unit_test_setup_teardown(a_peer_that_floods_is_read_in_turns, make_pair, drop_pair),
        cmocka_unit_test_setup_teardown(a_message_is_gone_from_memory_once_the_next_was_asked_for,
                                        make_pair, drop_pair),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
