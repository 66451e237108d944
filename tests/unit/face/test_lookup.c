/* What a portal may say that it should not: words that break lines or turn them around, codes,
 * days and times that are none, numbers beyond everything. Nothing of it reaches a screen. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"
#include "face/lookup.h"

static struct lookup lookup;
static uint8_t envelope[LOOKUP_PLAIN + ENVELOPE_OVERHEAD];

/* The portal's answer to that question, sealed; its length. */
static size_t
say(enum ask ask, const char *json)
{
    lookup = (struct lookup){.request = 1, .ask = ask};
    seal_keypair(lookup.public_key, lookup.secret_key);
    assert_true(seal_envelope(lookup.public_key, (const uint8_t *)json, strlen(json), envelope));
    return strlen(json) + ENVELOPE_OVERHEAD;
}

static struct flow_found
status(const char *json)
{
    return lookup_read(&lookup, 480, envelope, say(ASK_STATUS, json));
}

static struct bill_answer
bill(enum ask ask, const char *json)
{
    struct bill_answer answer;
    lookup_read_bill(&lookup, 480, envelope, say(ask, json), &answer);
    return answer;
}

static struct booking_answer
booking(const char *json)
{
    struct booking_answer answer;
    lookup_read_booking(&lookup, envelope, say(ASK_BOOKING, json), &answer);
    return answer;
}

static void
words_are_one_line_that_is_seen_whole(void **state)
{
    (void)state;
    struct flow_found found =
        status("{\"status\":\"mend\",\"service\":\"sku\",\"reason\":\"\\nKTP\\r\\n\\tburam "
               "\\u202eLUNAS\\u202c"
               "\\u0007\\u2028<b>x</"
               "b>\",\"mend\":[{\"question\":\"nik\",\"reason\":\"a\\u0000b\\u001b[2Jc\"}]}");
    assert_int_equal(found.status, STATUS_FAILED); // a zero inside is no JSON of ours
    found = status("{\"status\":\"mend\",\"service\":\"sku\",\"reason\":\"\\nKTP\\r\\n\\tburam "
                   "\\u202eLUNAS\\u202c"
                   "\\u0007\\u2028<b>x</"
                   "b>\",\"mend\":[{\"question\":\"nik\",\"reason\":\"a\\u001b[2Jc\\u200b\"}]}");
    assert_string_equal(found.reason, "KTP buram LUNAS <b>x</b>");
    assert_string_equal(found.mend[0].reason, "a [2Jc");
    struct bill_answer owed =
        bill(ASK_BILL, "{\"state\":\"open\",\"amount\":5,\"owner\":\"B\\u202e***\\nX\",\"place\":7,"
                       "\"due\":\"2026-02-30\"}");
    assert_string_equal(owed.owner, "B*** X");
    assert_string_equal(owed.place, "");
    assert_string_equal(owed.due, "");
}

static void
codes_days_and_times_have_their_shape(void **state)
{
    (void)state;
    static const char *const references[] = {"7k3f-9qx3", "7K3F9QX3",        "7K3F-9QX4",
                                             "<b>",       "7K3F-9QX3 LUNAS", "\\n",
                                             "",          "7K3F-9QX3\\u202e"};
    char json[400];
    for (size_t i = 0; i < sizeof references / sizeof *references; i++) {
        snprintf(json, sizeof json, "{\"state\":\"waiting\",\"amount\":5,\"reference\":\"%s\"}",
                 references[i]);
        assert_string_equal(bill(ASK_PAY, json).reference, "");
    }
    assert_string_equal(
        bill(ASK_PAY, "{\"state\":\"waiting\",\"reference\":\"7K3F-9QX3\"}").reference,
        "7K3F-9QX3");
    static const struct {
        const char *key, *value;
    } wrong[] = {{"time", "24:00"},     {"time", "10:60"},
                 {"time", "ab:cd"},     {"time", "10:0"},
                 {"from", "\\n1:00"},   {"day", "2026-02-29"},
                 {"day", "2026-13-01"}, {"day", "26-1-1"},
                 {"letter", "<b>"},     {"letter", "a"},
                 {"letter", ""},        {"letter", "ABC"},
                 {"office", ""},        {"office", "\\n"},
                 {"id", "x"},           {"id", "0190B0A0-1111-7222-8333-444455556666"}};
    static const char *const fields[][2] = {{"state", "due"},
                                            {"id", "0190b0a0-1111-7222-8333-444455556666"},
                                            {"letter", "A"},
                                            {"day", "2026-11-24"},
                                            {"time", "10:00"},
                                            {"from", "09:45"},
                                            {"office", "Sungai Keledang"}};
    for (size_t i = 0; i <= sizeof wrong / sizeof *wrong; i++) {
        struct text out = text_over(json, sizeof json);
        bool good = i == sizeof wrong / sizeof *wrong;
        for (size_t k = 0; k < sizeof fields / sizeof *fields; k++) {
            bool this = !good && strcmp(fields[k][0], wrong[i].key) == 0;
            text_addf(&out, "%c\"%s\":\"%s\"", k == 0 ? '{' : ',', fields[k][0],
                      this ? wrong[i].value : fields[k][1]);
        }
        text_add(&out, "}");
        struct booking_answer answer = booking(json);
        if (answer.state != (good ? BOOKING_DUE : BOOKING_FAILED)) {
            fail_msg("%s", json);
        }
        assert_string_equal(answer.time, good ? "10.00" : "");
    }
    struct booking_answer done =
        booking("{\"state\":\"done\",\"letter\":\"A\",\"day\":\"2026-11-24\",\"time\":\"10:00\","
                "\"from\":\"09:45\",\"office\":\"X\",\"number\":\"A-012<b>\"}");
    assert_string_equal(done.number, "");
}

/* Every value of every key, and what is shown of it. */
static const char *const keys[] = {
    "status", "service", "since", "reason", "mend",    "state",   "owner",     "place", "nop",
    "amount", "fine",    "due",   "year",   "seconds", "qris",    "reference", "id",    "letter",
    "day",    "time",    "from",  "office", "number",  "paid_at", "count",     "most"};
static const char *const values[] = {"null",
                                     "true",
                                     "-1",
                                     "0",
                                     "0.5",
                                     "1e9",
                                     "9007199254740992",
                                     "-9007199254740992",
                                     "1e308",
                                     "[]",
                                     "{}",
                                     "[[]]",
                                     "[{\"question\":[],\"reason\":{}}]",
                                     "\"\"",
                                     "\"\\u001b[2J\"",
                                     "\"\\u202eabc\\u202c\"",
                                     "\"<script>alert(1)</script>\"",
                                     "\"\\ufeff\\u200b\"",
                                     "\"\\ud83d\\ude00\"",
                                     "\"open\"",
                                     "\"paid\"",
                                     "\"waiting\"",
                                     "\"mend\"",
                                     "\"due\"",
                                     "\"done\"",
                                     "\"2026-11-24\"",
                                     "\"10:00\"",
                                     "1795500000000",
                                     "125000",
                                     "\"A\""};
enum { KEYS = sizeof keys / sizeof *keys, VALUES = sizeof values / sizeof *values, ROUNDS = 1500 };

static void
is_fit_to_show(const char *text, const char *json)
{
    for (size_t len; *text != '\0'; text += len) {
        uint32_t code = utf8_at(text, &len);
        if (utf8_is_hidden(code)) {
            fail_msg("U+%04X is shown of %s", (unsigned)code, json);
        }
    }
}

static void
check_all(const char *json)
{
    struct photos_answer photos;
    struct flow_found found = status(json);
    const char *const of_status[] = {found.reason, found.service, found.since};
    for (size_t i = 0; i < 3; i++) {
        is_fit_to_show(of_status[i], json);
    }
    for (int i = 0; i < found.mends; i++) {
        is_fit_to_show(found.mend[i].reason, json);
    }
    for (int ask = ASK_BILL; ask <= ASK_PAID; ask++) {
        struct bill_answer answer = bill((enum ask)ask, json);
        const char *const of_bill[] = {answer.owner,     answer.place,  answer.nop,
                                       answer.reference, answer.moment, answer.due};
        for (size_t i = 0; i < sizeof of_bill / sizeof *of_bill; i++) {
            is_fit_to_show(of_bill[i], json);
        }
        assert_true(answer.amount >= 0 && answer.fine >= 0 && answer.seconds >= 0);
    }
    struct booking_answer place = booking(json);
    const char *const of_booking[] = {place.letter, place.office, place.day,
                                      place.time,   place.from,   place.number};
    for (size_t i = 0; i < sizeof of_booking / sizeof *of_booking; i++) {
        is_fit_to_show(of_booking[i], json);
    }
    lookup_read_photos(&lookup, envelope, say(ASK_PHOTOS, json), &photos);
    assert_true(photos.count >= 0 && photos.count <= photos.most && photos.most <= PHOTOS_MOST);
}

static void
whatever_it_says_can_be_shown(void **state)
{
    (void)state;
    uint32_t seed = 20261124;
    for (int round = 0; round < ROUNDS; round++) {
        char json[2000];
        struct text out = text_over(json, sizeof json);
        size_t begin = round % KEYS, count = 1 + round % 9;
        for (size_t i = 0; i < count; i++) {
            seed = seed * 1664525 + 1013904223;
            text_addf(&out, "%c\"%s\":%s", i == 0 ? '{' : ',', keys[(begin + i) % KEYS],
                      values[(seed >> 16) % VALUES]);
        }
        text_add(&out, "}");
        check_all(json);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_one_line_that_is_seen_whole),
        cmocka_unit_test(codes_days_and_times_have_their_shape),
        cmocka_unit_test(whatever_it_says_can_be_shown),
    };
    if (!seal_init()) {
        return 1;
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
