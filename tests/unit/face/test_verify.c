#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "face/verify.h"
#include "seal/token.h"

/* A catalogue with one known kiosk and two trusted hosts, on top of the least there can be. */
static struct catalogue *catalogue;
static uint8_t secret_key[SIGN_SECRET], strange_key[SIGN_SECRET];

#define WORDS "{\"id\":\"a\",\"en\":\"a\"}"

static void
load(const uint8_t public_key[SIGN_PUBLIC])
{
    static const char head[] =
        "{\"version\":1,\"notice\":{\"version\":\"1\",\"text\":" WORDS
        "},\"groups\":[{\"id\":\"g\","
        "\"icon\":\"i\",\"title\":" WORDS ",\"summary\":" WORDS "}],\"queues\":[{\"letter\":\"A\","
        "\"icon\":\"i\",\"title\":" WORDS ",\"summary\":" WORDS "}],\"choices\":[\"c\"],"
        "\"document_hosts\":[\"samarindakota.go.id\",\"bssn.go.id\"],\"services\":[\"s\"]}";
    static const char kelurahan[] =
        "{\"kelurahan\":[{\"code\":\"6472021001\",\"name\":\"Sungai Keledang\",\"kecamatan\":"
        "\"Samarinda Seberang\",\"postal\":\"75131\"}]}";
    static const char choices[] =
        "{\"choices\":[{\"name\":\"a\",\"label\":" WORDS "},{\"name\":\"b\",\"label\":"
        "{\"id\":\"b\",\"en\":\"b\"}}]}";
    static const char service[] =
        "{\"code\":\"S\",\"version\":1,\"kind\":\"queue\",\"group\":\"g\",\"queue\":\"A\","
        "\"title\":" WORDS ",\"summary\":" WORDS ",\"requirements\":[" WORDS
        "],\"procedure\":" WORDS ",\"time\":" WORDS ",\"product\":" WORDS ",\"cost\":" WORDS
        ",\"complaints\":" WORDS ",\"ready\":" WORDS ",\"offline\":" WORDS
        ",\"after_submit\":{\"next\":\"counter_now\","
        "\"steps\":[{\"title\":" WORDS "}]}}";
    char hex[2 * SIGN_PUBLIC + 1], keys[200];
    hex_of(public_key, SIGN_PUBLIC, hex);
    snprintf(keys, sizeof keys,
             "{\"kiosks\":[{\"number\":17,\"kiosk\":\"6472021001-1\",\"key\":\"%s\"}]}", hex);
    struct catalogue_file files[] = {
        {"catalogue.json", head, sizeof head - 1},
        {"kelurahan.json", kelurahan, sizeof kelurahan - 1},
        {"keys.json", keys, strlen(keys)},
        {"choices/c.json", choices, sizeof choices - 1},
        {"services/s.json", service, sizeof service - 1},
    };
    struct fault fault;
    catalogue = catalogue_load(files, sizeof files / sizeof *files, &fault);
    if (catalogue == NULL) {
        fail_msg("%s", fault.text);
    }
}

static void
slip(uint32_t kiosk, const uint8_t key[SIGN_SECRET], char *out, size_t size)
{
    char text[TOKEN_TEXT];
    struct token token = {.kind = TOKEN_TICKET, .kiosk = kiosk, .day = 2519, .code = "A-017"};
    assert_true(token_write(&token, key, text));
    snprintf(out, size, "https://santer.samarindakota.go.id/t/#%s", text);
}

static void
slips_of_ours(void **state)
{
    (void)state;
    char scan[200];
    slip(17, secret_key, scan, sizeof scan);
    struct flow_verified found = verify_scan(scan, catalogue);
    assert_int_equal(found.verdict, VERDICT_TRUE);
    assert_true(found.ticket);
    assert_string_equal(found.code, "A-017");
    assert_string_equal(found.kiosk, "6472021001-1");
    assert_string_equal(found.day, "2026-11-24");
    assert_int_equal(verify_scan(strchr(scan, '#') + 1, catalogue).verdict, VERDICT_TRUE);
    slip(18, secret_key, scan, sizeof scan);
    assert_int_equal(verify_scan(scan, catalogue).verdict, VERDICT_UNKNOWN);
    slip(17, strange_key, scan, sizeof scan);
    found = verify_scan(scan, catalogue);
    assert_int_equal(found.verdict, VERDICT_FALSE);
    assert_string_equal(found.code, ""); // nothing of it is shown as if it were true
}

static void
any_changed_letter_is_no_slip_of_ours(void **state)
{
    (void)state;
    char scan[200];
    slip(17, secret_key, scan, sizeof scan);
    size_t start = (size_t)(strchr(scan, '#') + 1 - scan), len = strlen(scan);
    for (size_t i = start; i < len; i++) {
        char old = scan[i];
        scan[i] = old == 'A' ? 'B' : 'A';
        enum verdict verdict = verify_scan(scan, catalogue).verdict;
        assert_true(verdict != VERDICT_TRUE);
        scan[i] = old;
    }
    scan[len - 1] = '\0';
    assert_true(verify_scan(scan, catalogue).verdict != VERDICT_TRUE);
}

static void
hosts(void **state)
{
    (void)state;
    static const struct {
        const char *scan;
        enum verdict verdict;
        const char *host;
    } rows[] = {
        {"https://tte.samarindakota.go.id/v/123?x=1", VERDICT_HOST, "tte.samarindakota.go.id"},
        {"https://samarindakota.go.id", VERDICT_HOST, "samarindakota.go.id"},
        {"HTTPS://TTE.BSSN.GO.ID/x", VERDICT_HOST, "tte.bssn.go.id"},
        {"https://xsamarindakota.go.id/", VERDICT_FOREIGN, "xsamarindakota.go.id"},
        {"https://samarindakota.go.id.evil.example/", VERDICT_FOREIGN,
         "samarindakota.go.id.evil.example"},
        {"https://disdukcapilsamarinda.org/x", VERDICT_FOREIGN, "disdukcapilsamarinda.org"},
        {"https://samarindakota.go.id@evil.example/", VERDICT_NONE, ""},
        {"https://samarindakota.go.id:444/", VERDICT_NONE, ""},
        {"https://evil.example\\.samarindakota.go.id/", VERDICT_FOREIGN, "evil.example"},
        {"https://sаmarindakota.go.id/", VERDICT_NONE, ""}, // a Cyrillic а
        {"http://samarindakota.go.id/", VERDICT_NONE, ""},
        {"https:///x", VERDICT_NONE, ""},
        {"javascript:alert(1)", VERDICT_NONE, ""},
        {"6472031708900001", VERDICT_NONE, ""},
        {"", VERDICT_NONE, ""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct flow_verified found = verify_scan(rows[i].scan, catalogue);
        if (found.verdict != rows[i].verdict || strcmp(found.host, rows[i].host) != 0) {
            fail_msg("'%s': %d, '%s'", rows[i].scan, (int)found.verdict, found.host);
        }
        assert_true((found.link[0] != '\0') == (found.verdict == VERDICT_HOST));
    }
    char longest[600] = "https://samarindakota.go.id/";
    memset(longest + strlen(longest), 'x', 500); // more than a QR on the screen may hold
    assert_int_equal(verify_scan(longest, catalogue).verdict, VERDICT_FOREIGN);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(slips_of_ours),
        cmocka_unit_test(any_changed_letter_is_no_slip_of_ours),
        cmocka_unit_test(hosts),
    };
    uint8_t public_key[SIGN_PUBLIC], other[SIGN_PUBLIC];
    assert_true(seal_init());
    sign_keypair(public_key, secret_key);
    sign_keypair(other, strange_key);
    load(public_key);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    catalogue_destroy(catalogue);
    return failed;
}
