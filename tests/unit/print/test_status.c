#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "print/status.h"

struct stream {
    const char *what;
    uint8_t bytes[16];
    size_t len;
    enum reply_kind kinds[6]; /* ends with NONE */
    uint8_t last[4];
    size_t last_len;
};

static const struct stream streams[] = {
    {"answer to DLE EOT", {0x12}, 1, {REPLY_REALTIME}, {0x12}, 1},
    {"answers on end",
     {0x16, 0x32, 0x72},
     3,
     {REPLY_REALTIME, REPLY_REALTIME, REPLY_REALTIME},
     {0x72},
     1},
    {"automatic status", {0x18, 0x04, 0x0c, 0x0f}, 4, {REPLY_ASB}, {0x18, 0x04, 0x0c, 0x0f}, 4},
    {"automatic status, then an answer",
     {0x10, 0, 0, 0, 0x12},
     5,
     {REPLY_ASB, REPLY_REALTIME},
     {0x12},
     1},
    {"half an automatic status", {0x10, 0x00}, 2, {REPLY_NONE}, {0}, 0},
    {"automatic status broken by an answer", {0x10, 0x12}, 2, {REPLY_REALTIME}, {0x12}, 1},
    {"the job is out",
     {0x37, 0x22, 'A', '0', '1', '7', 0},
     7,
     {REPLY_JOB},
     {'A', '0', '1', '7'},
     4},
    {"a job reply with a bad serial",
     {0x37, 0x22, 'A', 0x01, 0x12},
     5,
     {REPLY_QUEUED, REPLY_QUEUED, REPLY_QUEUED, REPLY_REALTIME},
     {0x12},
     1},
    {"the buffer is empty", {0x37, 0x25, 0x00}, 3, {REPLY_CLEARED}, {0x37, 0x25, 0x00}, 3},
    {"paper sensor", {0x03}, 1, {REPLY_QUEUED}, {0x03}, 1},
    {"XON, XOFF and noise", {0x11, 0x13, 0xff, 0x92, 0x12}, 5, {REPLY_REALTIME}, {0x12}, 1},
    {"all of it noise", {0xff, 0xfe, 0x93}, 3, {REPLY_NONE}, {0}, 0},
};

static void
feed_in_steps(const struct stream *stream, size_t step)
{
    struct status_parser parser = {0};
    struct reply reply = {0}, last = {0};
    size_t found = 0;
    for (size_t at = 0; at < stream->len; at += step) {
        size_t len = stream->len - at < step ? stream->len - at : step;
        assert_int_equal(status_push(&parser, stream->bytes + at, len), len);
        while (status_next(&parser, &reply) != REPLY_NONE) {
            assert_int_equal(reply.kind, stream->kinds[found]);
            last = reply;
            found++;
        }
    }
    assert_int_equal(stream->kinds[found], REPLY_NONE);
    assert_memory_equal(last.bytes, stream->last, stream->last_len);
}

static void
test_streams_whole_and_in_pieces(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof streams / sizeof *streams; i++) {
        for (size_t step = 1; step <= streams[i].len; step++) {
            print_message("# %s, %zu at a time\n", streams[i].what, step);
            feed_in_steps(&streams[i], step);
        }
    }
}

static void
test_giving_up_frees_what_stood_behind(void **state)
{
    (void)state;
    static const uint8_t bytes[] = {0x10, 0x03};
    struct status_parser parser = {0};
    struct reply reply;
    status_push(&parser, bytes, sizeof bytes);
    assert_int_equal(status_next(&parser, &reply), REPLY_NONE);
    status_give_up(&parser);
    assert_int_equal(status_next(&parser, &reply), REPLY_QUEUED);
    assert_int_equal(reply.bytes[0], 0x03);
}

static void
test_full_parser_takes_no_more(void **state)
{
    (void)state;
    uint8_t many[100];
    memset(many, 0xff, sizeof many);
    struct status_parser parser = {0};
    struct reply reply;
    assert_int_equal(status_push(&parser, many, sizeof many), 64);
    assert_int_equal(status_push(&parser, many, sizeof many), 0);
    assert_int_equal(status_next(&parser, &reply), REPLY_NONE);
    assert_int_equal(parser.count, 0);
}

/* The four answers of one look, and what they mean. */
static void
test_looks(void **state)
{
    (void)state;
    static const struct {
        const char *what;
        uint8_t answers[4];
        enum spool_state state;
    } cases[] = {
        {"fine", {0x12, 0x12, 0x12, 0x12}, SPOOL_READY},
        {"drawer open is no matter", {0x16, 0x12, 0x12, 0x12}, SPOOL_READY},
        {"offline without a cause", {0x1a, 0x12, 0x12, 0x12}, SPOOL_OFFLINE},
        {"cover open", {0x1a, 0x16, 0x12, 0x12}, SPOOL_COVER_OPEN},
        {"cover open, no paper felt", {0x1a, 0x36, 0x12, 0x72}, SPOOL_COVER_OPEN},
        {"printing stopped for paper", {0x1a, 0x32, 0x12, 0x7e}, SPOOL_PAPER_OUT},
        {"only the roll sensor", {0x12, 0x12, 0x12, 0x72}, SPOOL_PAPER_OUT},
        {"roll nearly empty", {0x12, 0x12, 0x12, 0x1e}, SPOOL_NEAR_END},
        {"cutter jam", {0x1a, 0x52, 0x1a, 0x12}, SPOOL_CUTTER},
        {"cutter jam without the error bit", {0x1a, 0x12, 0x1a, 0x12}, SPOOL_CUTTER},
        {"unrecoverable", {0x1a, 0x52, 0x32, 0x12}, SPOOL_OFFLINE},
        {"head too hot", {0x1a, 0x52, 0x52, 0x12}, SPOOL_HOT},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct printer_status status = {0};
        for (int n = 1; n <= 4; n++) {
            struct reply reply = {REPLY_REALTIME, {cases[i].answers[n - 1]}};
            status_apply(&status, &reply, n);
        }
        print_message("# %s\n", cases[i].what);
        assert_int_equal(status_state(&status), cases[i].state);
    }
}

static void
test_automatic_status(void **state)
{
    (void)state;
    static const struct {
        uint8_t bytes[4];
        enum spool_state state;
    } cases[] = {
        {{0x10, 0x00, 0x00, 0x0f}, SPOOL_READY},      {{0x18, 0x00, 0x00, 0x0f}, SPOOL_OFFLINE},
        {{0x38, 0x00, 0x0c, 0x0f}, SPOOL_COVER_OPEN}, {{0x18, 0x00, 0x0f, 0x0f}, SPOOL_PAPER_OUT},
        {{0x10, 0x00, 0x03, 0x0f}, SPOOL_NEAR_END},   {{0x18, 0x08, 0x00, 0x0f}, SPOOL_CUTTER},
        {{0x18, 0x20, 0x00, 0x0f}, SPOOL_OFFLINE},    {{0x18, 0x40, 0x00, 0x0f}, SPOOL_HOT},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct printer_status status = {.paper_out = true};
        struct reply reply = {.kind = REPLY_ASB};
        memcpy(reply.bytes, cases[i].bytes, 4);
        status_apply(&status, &reply, 0);
        assert_int_equal(status_state(&status), cases[i].state);
    }
}

static void
test_stray_answers_change_nothing(void **state)
{
    (void)state;
    struct printer_status status = {0};
    struct reply reply = {REPLY_REALTIME, {0x7e}};
    status_apply(&status, &reply, 0);
    assert_int_equal(status_state(&status), SPOOL_READY);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_streams_whole_and_in_pieces),
        cmocka_unit_test(test_giving_up_frees_what_stood_behind),
        cmocka_unit_test(test_full_parser_takes_no_more),
        cmocka_unit_test(test_looks),
        cmocka_unit_test(test_automatic_status),
        cmocka_unit_test(test_stray_answers_change_nothing),
    };
    return cmocka_run_group_tests_name("print status", tests, NULL, NULL);
}
