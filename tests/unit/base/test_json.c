#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/json.h"
#include "base/text.h"
#include "sanitized.h"

static struct json *
parse(const char *text)
{
    int line;
    const char *reason;
    struct json *json = json_parse(text, strlen(text), &line, &reason);
    if (json == NULL) {
        fail_msg("line %d: %s: %s", line, reason, text);
    }
    return json;
}

static void
values_are_read_by_kind(void **state)
{
    (void)state;
    struct json *json = parse("{\"text\":\"a\\u00e9\\ud83d\\ude00\\n\",\"whole\":-12,\"part\":1.5,"
                              "\"yes\":true,\"none\":null,\"list\":[1,[],{}],\"inner\":{\"k\":7}}");
    const struct json_value *root = json_root(json);
    int64_t number = 0;
    assert_int_equal(json_kind(root), JSON_OBJECT);
    assert_int_equal(json_count(root), 7);
    assert_string_equal(json_text(json_get(root, "text"), "?"), "aé😀\n");
    assert_true(json_int(json_get(root, "whole"), &number));
    assert_int_equal(number, -12);
    assert_false(json_int(json_get(root, "part"), &number));
    assert_int_equal(json_kind(json_get(root, "part")), JSON_NUMBER);
    assert_true(json_bool(json_get(root, "yes"), false));
    assert_int_equal(json_kind(json_get(root, "none")), JSON_NULL);
    assert_int_equal(json_count(json_get(root, "list")), 3);
    assert_int_equal(json_kind(json_at(json_get(root, "list"), 2)), JSON_OBJECT);
    assert_null(json_at(json_get(root, "list"), 3));
    assert_string_equal(json_key(json_at(root, 6)), "inner");
    assert_true(json_int(json_get(json_get(root, "inner"), "k"), &number));
    json_destroy(json);
}

static void
look_ups_chain_over_what_is_not_there(void **state)
{
    (void)state;
    struct json *json = parse("[\"x\"]");
    const struct json_value *text = json_at(json_root(json), 0);
    int64_t number = 5;
    assert_null(json_get(json_get(text, "a"), "b"));
    assert_int_equal(json_count(text), 0);
    assert_null(json_at(text, 0));
    assert_int_equal(json_kind(NULL), JSON_NULL);
    assert_string_equal(json_text(NULL, "fallback"), "fallback");
    assert_true(json_bool(text, true));
    assert_false(json_int(text, &number));
    assert_int_equal(number, 5);
    assert_null(json_key(NULL));
    assert_null(json_key(text));
    assert_int_equal(json_line(json, NULL), 0);
    json_destroy(json);
    json_destroy(NULL);
}

static void
whole_numbers_are_exact_or_refused(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool good;
        int64_t value;
    } rows[] = {
        {"0", true, 0},
        {"-0", true, 0},
        {"9007199254740992", true, 9007199254740992},
        {"-9007199254740992", true, -9007199254740992},
        {"1e3", true, 1000},
        {"9007199254740994", false, 0},
        {"1e19", false, 0},
        {"0.5", false, 0},
        {"\"1\"", false, 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct json *json = parse(rows[i].text);
        int64_t value = 0;
        assert_int_equal(json_int(json_root(json), &value), rows[i].good);
        assert_int_equal(value, rows[i].value);
        json_destroy(json);
    }
}

static void
a_value_knows_its_line(void **state)
{
    (void)state;
    struct json *json = parse("\n{\n \"a\": 1, \"b\": [\n  2,\n\n  {\"c\":\n 3}\n ],\n"
                              " \"text\": \"not \\n a line\", \"d\": 4 }\n");
    const struct json_value *root = json_root(json), *list = json_get(root, "b");
    assert_int_equal(json_line(json, root), 2);
    assert_int_equal(json_line(json, json_get(root, "a")), 3);
    assert_int_equal(json_line(json, list), 3);
    assert_int_equal(json_line(json, json_at(list, 0)), 4);
    assert_int_equal(json_line(json, json_at(list, 1)), 6);
    assert_int_equal(json_line(json, json_get(json_at(list, 1), "c")), 7);
    assert_int_equal(json_line(json, json_get(root, "d")), 9);
    json_destroy(json);
}

static const char not_a_value[] =
    "not a value; a text stands in quotes, else a number, true, false, { } or [ ]";

static void
what_is_no_json_is_named_by_line_and_reason(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int line;
        const char *reason;
    } rows[] = {
        {"", 1, "the file is empty"},
        {" \n ", 2, "the file is empty"},
        {"{\"a\":", 1, "the file ends, and a value is missing"},
        {"{\n\"a\":1,\n\"a\":2}", 3, "a key stands twice"},
        {"{\"a\":1,\n\"\\u0061\":2}", 2, "a key stands twice"},
        {"{\"b\":1,\"a\":2,\n\"b\":3,\"c\":4}", 2, "a key stands twice"},
        {"[{\"x\":{\"a\":1,\"b\":2,\n\"b\":3}}]", 2, "a key stands twice"},
        {"{}\n{}", 2, "something stands behind the value"},
        {"[1,\n]", 2, "a ',' too many before it, or something is missing"},
        {"[1 2]", 1, "a ',' is missing before this, or a ']'"},
        {"{\"a\":1\n\"b\":2}", 2, "a ',' is missing before this, or a '}'"},
        {"{\"a\" 1}", 1, "':' was expected"},
        {"{\"a\":1,}", 1, "a ',' too many before it, or something is missing"},
        {"{'a':1}", 1, "straight double quotes are needed: \"\""},
        {"{\"a\":\xe2\x80\x9cx\xe2\x80\x9d}", 1, "straight double quotes are needed: \"\""},
        {"{a:1}", 1, "a key in quotes was expected"},
        {"[1", 1, "the file ends, and a ']' is missing"},
        {"{\"a\":1", 1, "the file ends, and a '}' is missing"},
        {"\"open", 1, "unfinished string"},
        {"\"open\\", 1, "unfinished string"},
        {"\"a\nb\"", 1, "a text ends on its line; is a '\"' missing, or a new line too many?"},
        {"\"a\tb\"", 1, "a tab or another control character in a text; a space is meant?"},
        {"\"\\x\"", 1, "unknown escape"},
        {"\"\\u12g4\"", 1, "malformed \\u escape"},
        {"\"\\u0000\"", 1, "NUL in a string"},
        {"\"\\ud800\"", 1, "half a pair of \\u escapes"},
        {"\"\\ud800\\u0041\"", 1, "half a pair of \\u escapes"},
        {"\"\\udc00\"", 1, "half a pair of \\u escapes"},
        {"\"\xc0\x80\"", 1, "not UTF-8; save the file as UTF-8"},
        {"\"\xed\xa0\x80\"", 1, "not UTF-8; save the file as UTF-8"},
        {"{\"\xff\":1}", 1, "not UTF-8; save the file as UTF-8"},
        {"\xef\xbb\xbf{}", 1, "a byte order mark; save the file as UTF-8 without one"},
        {"01", 1, "a number begins with 0; a code stands in quotes"},
        {"+1", 1, not_a_value},
        {"-", 1, not_a_value},
        {"1.", 1, "malformed number"},
        {".5", 1, not_a_value},
        {"1e", 1, "malformed number"},
        {"1e999", 1, "number too large"},
        {"1111111111111111111111111111111111111111", 1, "number too long"},
        {"nul", 1, not_a_value},
        {"True", 1, not_a_value},
        {"NaN", 1, not_a_value},
        {"// note\n1", 1, "no comments here; a \"note\" may stand in every block"},
        {"{\"a\":1, # so\n}", 1, "no comments here; a \"note\" may stand in every block"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        int line = 0;
        const char *reason = NULL;
        size_t len = strlen(rows[i].text);
        char *copy = malloc(len + 1); // no byte behind the last
        memcpy(copy + 1, rows[i].text, len);
        struct json *json = json_parse(copy + 1, len, &line, &reason);
        if (json != NULL) {
            fail_msg("accepted: %s", rows[i].text);
        }
        assert_string_equal(reason, rows[i].reason);
        assert_int_equal(line, rows[i].line);
        free(copy);
    }
}

static void
a_nul_is_not_the_end(void **state)
{
    (void)state;
    int line;
    const char *reason;
    assert_null(json_parse("{}\0", 3, &line, &reason));
    assert_null(json_parse("\"a\0b\"", 5, &line, &reason));
    assert_null(json_parse(NULL, 0, &line, &reason));
}

static void
depth_has_an_end(void **state)
{
    (void)state;
    static char text[200 * 1000];
    int line;
    const char *reason;
    for (int depth = 1; depth <= 40; depth++) {
        memset(text, '[', (size_t)depth);
        memset(text + depth, ']', (size_t)depth);
        struct json *json = json_parse(text, 2 * (size_t)depth, &line, &reason);
        assert_int_equal(json != NULL, depth <= 33);
        json_destroy(json);
    }
    memset(text, '[', sizeof text);
    assert_null(json_parse(text, sizeof text, &line, &reason));
    assert_string_equal(reason, "nested too deeply");
}

static void
many_members_cost_no_square_of_them(void **state)
{
    (void)state;
    enum { MEMBERS = 60 * 1000 };
    size_t size = MEMBERS * 16;
    char *buffer = malloc(size);
    struct text text = text_over(buffer, size);
    for (int i = 0; i < MEMBERS; i++) {
        text_addf(&text, "%c\"%d\":0", i == 0 ? '{' : ',', i);
    }
    text_add(&text, "}");
    assert_false(text.cut);
    int line;
    const char *reason;
    struct json *json = json_parse(text.data, text.len, &line, &reason);
    assert_non_null(json); // by comparing each with each this takes a minute
    json_destroy(json);
    free(buffer);
}

static void
written_text_reads_the_same(void **state)
{
    (void)state;
    static const struct {
        const char *text, *written;
    } rows[] = {
        {"", "\"\""},
        {"Nurul \"Ul\" \\ O'Neil", "\"Nurul \\\"Ul\\\" \\\\ O'Neil\""},
        {"a\n\tb\x7f", "\"a\\u000a\\u0009b\\u007f\""},
        {"é–😀", "\"é–😀\""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char buffer[200];
        struct text text = text_over(buffer, sizeof buffer);
        json_write_text(&text, rows[i].text);
        assert_string_equal(buffer, rows[i].written);
        struct json *json = parse(buffer);
        assert_string_equal(json_text(json_root(json), "?"), rows[i].text);
        json_destroy(json);
    }
    char buffer[64];
    struct text text = text_over(buffer, sizeof buffer);
    json_write_text(&text, "a\xc3(b\xff"); // what is not UTF-8 is shown as such
    assert_true(utf8_valid(buffer, strlen(buffer)));
    struct json *json = parse(buffer);
    assert_string_equal(json_text(json_root(json), "?"), "a\xef\xbf\xbd(b\xef\xbf\xbd");
    json_destroy(json);
}

static void
a_document_is_zeroed_when_it_goes(void **state)
{
    (void)state;
    // The allocator's free lists keep freed blocks readable: look for the text there.
    struct json *json =
        parse("{\"nik\":\"6472021501900001-planted-long-enough-for-its-own-block\"}");
    const char *kept = json_text(json_get(json_root(json), "nik"), NULL);
    uintptr_t address = (uintptr_t)kept;
    json_destroy(json);
    for (size_t i = 16; i < 50 && !SANITIZED; i++) { // the first bytes are the free list's own
        assert_int_equal(((volatile const char *)address)[i], 0);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_are_read_by_kind),
        cmocka_unit_test(look_ups_chain_over_what_is_not_there),
        cmocka_unit_test(whole_numbers_are_exact_or_refused),
        cmocka_unit_test(a_value_knows_its_line),
        cmocka_unit_test(what_is_no_json_is_named_by_line_and_reason),
        cmocka_unit_test(a_nul_is_not_the_end),
        cmocka_unit_test(depth_has_an_end),
        cmocka_unit_test(many_members_cost_no_square_of_them),
        cmocka_unit_test(written_text_reads_the_same),
        cmocka_unit_test(a_document_is_zeroed_when_it_goes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
