#include "face/scanner.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"

/* Letters of `keys`, `gap` ms apart, then silence; what came out, joined: "scan:..."
 * or "typed:...". A newline is Enter. */
static void
run(const char *keys, int gap, char *out, size_t size)
{
    struct scanner scanner = {0};
    int64_t now = 1000;
    struct text text = text_over(out, size);
    for (; *keys != '\0' || scanner.count > 0; now += gap) {
        enum scanned kind;
        if (*keys == '\0') {
            now = scanner_deadline(&scanner);
            kind = scanner_tick(&scanner, now);
        } else if (*keys == '\n') {
            kind = scanner_end(&scanner);
            keys++;
        } else {
            kind = scanner_tick(&scanner, now);
            if (kind == SCANNED_NOTHING) {
                kind = scanner_letter(&scanner, (unsigned char)*keys++, now);
            } else {
                now -= gap;
            }
        }
        if (kind != SCANNED_NOTHING) {
            text_add(&text, kind == SCANNED_SCAN ? "scan:" : "typed:");
            text_add(&text, scanner.out);
            text_add(&text, " ");
        }
    }
}

static void
bursts_are_scans_and_the_rest_is_typing(void **state)
{
    (void)state;
    static const struct {
        const char *keys;
        int gap;
        const char *out;
    } cases[] = {
        {"6472031708900001\n", 1, "scan:6472031708900001 "},
        {"6472031708900001", 6, "scan:6472031708900001 "}, // no Enter: silence ends it
        {"ABCD\n", 34, "scan:ABCD "},
        {"ABC\n", 1, "typed:ABC "}, // too short for a code
        {"ABCD", 35, "typed:A typed:B typed:C typed:D "},
        {"abcd", 90, "typed:a typed:b typed:c typed:d "},
        {"7K3F-9QXM\n", 2, "scan:7K3F-9QXM "},
        {"ABCD\nEFGH\n", 3, "scan:ABCD scan:EFGH "},
        {"ABCDE\x07"
         "F\n",
         1, ""}, // a control character spoils it
        {"ABCDE\x80"
         "F\n",
         1, ""}, // so does a letter that no code has
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char out[256];
        run(cases[i].keys, cases[i].gap, out, sizeof out);
        assert_string_equal(out, cases[i].out);
    }
}

static void
a_scan_after_typing_is_told_apart(void **state)
{
    (void)state;
    struct scanner scanner = {0};
    assert_int_equal(scanner_letter(&scanner, 'x', 1000), SCANNED_NOTHING);
    // 50 ms later a scanner starts: the x was typed.
    assert_int_equal(scanner_letter(&scanner, '1', 1050), SCANNED_TYPING);
    assert_string_equal(scanner.out, "x");
    for (int i = 0; i < 4; i++) {
        assert_int_equal(scanner_letter(&scanner, (uint32_t)('2' + i), 1051 + i), SCANNED_NOTHING);
    }
    assert_int_equal(scanner_end(&scanner), SCANNED_SCAN);
    assert_true(scanner.was_burst);
    assert_string_equal(scanner.out, "12345");
}

static void
a_scan_may_falter(void **state)
{
    (void)state;
    struct scanner scanner = {0};
    int64_t now = 1000;
    for (int i = 0; i < 16; i++) {
        now += i == 3 ? SCAN_GAP - 1 : i % 5 == 4 ? SCAN_SILENCE - 1 : 1;
        assert_int_equal(scanner_tick(&scanner, now), SCANNED_NOTHING);
        assert_int_equal(scanner_letter(&scanner, '6', now), SCANNED_NOTHING);
    }
    // Behind the silence something else begins.
    assert_int_equal(scanner_letter(&scanner, 'x', now + SCAN_SILENCE), SCANNED_SCAN);
    assert_string_equal(scanner.out, "6666666666666666");
    assert_int_equal(scanner_tick(&scanner, now + SCAN_SILENCE + SCAN_GAP), SCANNED_TYPING);
    assert_string_equal(scanner.out, "x");
}

static void
too_long_is_dropped_whole(void **state)
{
    (void)state;
    struct scanner scanner = {0};
    for (int i = 0; i < 64 * 1024; i++) {
        assert_int_equal(scanner_letter(&scanner, 'A', 1000), SCANNED_NOTHING);
    }
    assert_int_equal(scanner_end(&scanner), SCANNED_NOTHING);
    assert_true(scanner.was_burst);
    assert_string_equal(scanner.out, "");
    for (int i = 0; i < SCAN_MAX; i++) {
        assert_int_equal(scanner_letter(&scanner, 'B', 2000), SCANNED_NOTHING);
    }
    assert_int_equal(scanner_end(&scanner), SCANNED_SCAN);
    assert_int_equal(strlen(scanner.out), SCAN_MAX);
}

static void
it_runs_away(void **state)
{
    (void)state;
    struct scanner scanner = {0};
    for (int64_t now = 1; now <= SCAN_MAX; now++) {
        scanner_letter(&scanner, '7', now);
    }
    assert_false(scanner_runs_away(&scanner)); // as long as a code may be
    scanner_letter(&scanner, '7', SCAN_MAX + 1);
    assert_true(scanner_runs_away(&scanner));
    assert_int_equal(scanner_tick(&scanner, SCAN_MAX + 1 + SCAN_SILENCE), SCANNED_NOTHING);
    assert_false(scanner_runs_away(&scanner));
}

static void
nothing_stays_behind(void **state)
{
    (void)state;
    struct scanner scanner = {0}, empty = {0};
    assert_int_equal(scanner_deadline(&scanner), INT64_MAX);
    scanner_letter(&scanner, '6', 10);
    assert_int_equal(scanner_deadline(&scanner), 10 + SCAN_GAP);
    for (int i = 0; i < 20; i++) {
        scanner_letter(&scanner, '4', 11);
    }
    assert_int_equal(scanner_deadline(&scanner), 11 + SCAN_SILENCE);
    scanner_forget(&scanner);
    assert_memory_equal(&scanner, &empty, sizeof scanner);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bursts_are_scans_and_the_rest_is_typing),
        cmocka_unit_test(a_scan_after_typing_is_told_apart),
        cmocka_unit_test(a_scan_may_falter),
        cmocka_unit_test(too_long_is_dropped_whole),
        cmocka_unit_test(it_runs_away),
        cmocka_unit_test(nothing_stays_behind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
