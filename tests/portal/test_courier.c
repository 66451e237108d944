/* The courier and enrolment against the reference portal.
 * Usage: test_courier SCRIPTS PROGRAM CATALOGUE [DATABASE]. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/clock.h"
#include "base/files.h"
#include "base/json.h"
#include "office.h"
#include "portal/enrol.h"

enum { ANSWER = 2048 }; // of the contract

static struct office office;
static char **arguments;
static int64_t next_seq = 1;

static struct courier_job
job_of(const char *id, const uint8_t *envelope, size_t len)
{
    int64_t seq = next_seq++;
    struct courier_job job = {
        .kind = COURIER_SUBMISSION, .seq = seq, .tag = seq, .body = envelope, .len = len};
    snprintf(job.id, sizeof job.id, "%s", id);
    return job;
}

static void
enrolment_fails_without_harm(void **state)
{
    (void)state;
    char error[48], other_ca[160];
    size_t len = 0;
    uint8_t wrong[SIGN_PUBLIC] = {1};
    struct identity identity;
    char *before = files_read(office.identity_path, 65536, &len);
    assert_non_null(before);
    free(office_say(&office, "code 6472021001-1 1 GOOD-1"));
    struct enrol_options good = {.url = office.road.url,
                                 .ca = office.road.ca,
                                 .code = "GOOD-1",
                                 .state_dir = office.road.folder,
                                 .connect_seconds = 5,
                                 .whole_seconds = 20};
    struct enrol_options options = good;
    options.code = "no-such-code";
    assert_int_equal(enrol(&options, &identity, error), ENROL_CODE);
    assert_string_equal(error, "http 403");
    options = good;
    options.url = "https://127.0.0.1:9";
    assert_int_equal(enrol(&options, &identity, error), ENROL_OFFLINE);
    assert_string_equal(error, "connect");
    options = good;
    road_run("%s/make-ca %s/other", arguments[0], office.road.folder);
    snprintf(other_ca, sizeof other_ca, "%s/other/ca.pem", office.road.folder);
    options.ca = other_ca;
    assert_int_equal(enrol(&options, &identity, error), ENROL_OFFLINE);
    assert_memory_equal(error, "tls: ", 5);
    options = good;
    options.sign_key = wrong;
    assert_int_equal(enrol(&options, &identity, error), ENROL_KEYS);
    char *after = files_read(office.identity_path, 65536, &len);
    assert_string_equal(before, after);
    free(after);
    // The code was used by that last try, with keys that were kept: it is ours still.
    assert_int_equal(enrol(&good, &identity, error), ENROL_DONE);
    after = files_read(office.identity_path, 65536, &len);
    assert_string_not_equal(before, after);
    assert_int_equal(enrol(&good, &identity, error), ENROL_CODE); // once means once
    free(before);
    free(after);
}

static void
delivered_once(void **state)
{
    (void)state;
    char id[37], code[10];
    size_t len = 0;
    uint8_t *envelope = office_submission(&office, id, code, &len);
    struct courier_job job = job_of(id, envelope, len);
    struct courier *courier = courier_start(&office.road.options);
    int before = office_rows(&office);
    for (int i = 0; i < 5; i++) {
        struct courier_result result = road_send(courier, &job, 15);
        assert_string_equal(result.error, "");
        assert_int_equal(result.outcome, COURIER_DELIVERED);
        assert_true(llabs(result.portal_time - clock_wall()) < 5000);
    }
    courier_stop(courier);
    assert_true(office_holds(&office, id));
    assert_int_equal(office_rows(&office), before + 1);
    free(envelope);
}

static void
refused_for_good(void **state)
{
    (void)state;
    char id[37], code[10], other[37];
    size_t len = 0;
    uint8_t *envelope = office_submission(&office, id, code, &len);
    struct courier_job job = job_of(id, envelope, len);
    assert_int_equal(road_try(&office.road, &job, 15).outcome, COURIER_DELIVERED);
    job.seq++;
    struct courier_result result = road_try(&office.road, &job, 15);
    assert_int_equal(result.outcome, COURIER_REFUSED);
    assert_string_equal(result.error, "refused: conflict");
    uint8_t *second = office_submission(&office, other, code, &len);
    struct courier_job swapped = job_of(id, second, len); // under an id that is not inside
    snprintf(swapped.id, sizeof swapped.id, "0190b0a0-1111-7222-8333-444455556666");
    result = road_try(&office.road, &swapped, 15);
    assert_int_equal(result.outcome, COURIER_REFUSED);
    assert_string_equal(result.error, "refused: document");
    second[len - 1] ^= 1;
    struct courier_job broken = job_of(other, second, len);
    result = road_try(&office.road, &broken, 15);
    assert_int_equal(result.outcome, COURIER_REFUSED);
    assert_string_equal(result.error, "refused: envelope");
    free(envelope);
    free(second);
}

/* Whatever the portal says while it lies, the item stays; then it arrives once. */
static void
lies(void **state)
{
    (void)state;
    char *list = office_say(&office, "lies");
    int line = 0, seen = 0;
    const char *reason = NULL;
    struct json *json = json_parse(list, strlen(list), &line, &reason);
    const struct json_value *names = json_get(json_root(json), "lies");
    office.road.options.whole_seconds = 2; // for those that hang
    for (size_t i = 0; i < json_count(names); i++) {
        char id[37], code[10];
        size_t len = 0;
        const char *name = json_text(json_at(names, i), "");
        uint8_t *envelope = office_submission(&office, id, code, &len);
        struct courier_job job = job_of(id, envelope, len);
        int before = office_rows(&office);
        free(office_say(&office, "lie %s", name));
        struct courier_result result = road_try(&office.road, &job, 15);
        print_message("# %s: %s\n", name, result.error);
        assert_int_not_equal(result.outcome, COURIER_DELIVERED);
        assert_int_not_equal(result.outcome, COURIER_REFUSED);
        free(office_say(&office, "honest"));
        assert_int_equal(road_try(&office.road, &job, 15).outcome, COURIER_DELIVERED);
        assert_true(office_holds(&office, id));
        assert_int_equal(office_rows(&office), before + 1);
        free(envelope);
        seen++;
    }
    office.road.options.whole_seconds = 10;
    assert_true(seen >= 25);
    json_destroy(json);
    free(list);
}

static void
tickets_and_heartbeat(void **state)
{
    (void)state;
    static const char tickets[] =
        "{\"tickets\":[{\"uuid\":\"0190b0a0-1111-7222-8333-444455556677\",\"letter\":\"A\","
        "\"number\":17,\"day\":\"2026-11-24\",\"issued_at\":1795500000000,\"state\":\"waiting\","
        "\"print\":\"printed\",\"priority\":false}]}";
    static const char beat[] = "{\"software\":\"0.1.0\",\"outbox\":0}";
    struct courier_job jobs[] = {
        {.kind = COURIER_TICKETS,
         .tag = 1,
         .body = (const uint8_t *)tickets,
         .len = strlen(tickets)},
        {.kind = COURIER_HEARTBEAT, .tag = 2, .body = (const uint8_t *)beat, .len = strlen(beat)}};
    for (size_t i = 0; i < 2; i++) {
        struct courier_result result = road_try(&office.road, &jobs[i], 15);
        assert_int_equal(result.outcome, COURIER_DELIVERED);
        assert_null(result.body);
        jobs[i].len -= 1;
        assert_int_equal(road_try(&office.road, &jobs[i], 15).outcome, COURIER_RETRY);
    }
}

static void
a_bundle_comes_once(void **state)
{
    (void)state;
    struct courier_job job = {.kind = COURIER_BUNDLE, .tag = 3};
    struct courier_result result = road_try(&office.road, &job, 15);
    assert_int_equal(result.outcome, COURIER_DELIVERED);
    assert_true(result.len > 1000 && result.etag[0] == '"');
    memcpy(job.etag, result.etag, sizeof job.etag);
    free(result.body);
    result = road_try(&office.road, &job, 15);
    assert_int_equal(result.outcome, COURIER_UNCHANGED);
    assert_null(result.body);
}

static struct courier_result
look_up(const char *code, const char *fact, char answer[ANSWER + 1])
{
    uint8_t public_key[SEAL_KEY], secret_key[SEAL_KEY], query[512];
    char hex[2 * SEAL_KEY + 1], plain[256];
    seal_keypair(public_key, secret_key);
    hex_of(public_key, SEAL_KEY, hex);
    int len = snprintf(plain, sizeof plain,
                       "{\"kind\":\"status\",\"code\":\"%s\",\"fact\":\"%s\",\"reply_key\":\"%s\"}",
                       code, fact, hex);
    assert_true(seal_envelope(office.identity.portal_seal, (uint8_t *)plain, (size_t)len, query));
    struct courier_job job = {
        .kind = COURIER_LOOKUP, .tag = 4, .body = query, .len = (size_t)len + ENVELOPE_OVERHEAD};
    struct courier_result result = road_try(&office.road, &job, 15);
    if (result.body) {
        assert_int_equal(result.len, ANSWER + ENVELOPE_OVERHEAD);
        assert_true(
            open_envelope(public_key, secret_key, result.body, result.len, (uint8_t *)answer));
        answer[ANSWER] = '\0';
    }
    free(result.body);
    return result;
}

static void
a_status_there_and_back(void **state)
{
    (void)state;
    char id[37], code[10], answer[ANSWER + 1] = "";
    size_t len = 0;
    uint8_t *envelope = office_submission(&office, id, code, &len);
    struct courier_job job = job_of(id, envelope, len);
    assert_int_equal(road_try(&office.road, &job, 15).outcome, COURIER_DELIVERED);
    free(office_say(&office, "officer rt007 rt 6472021001 7 $argon2id$nobody-signs-in"));
    char *said = office_say(&office, "step %s agree rt007", code);
    assert_string_equal(said, "{\"done\":true}\n");
    free(said);
    assert_int_equal(look_up(code, "0001", answer).outcome, COURIER_DELIVERED);
    assert_non_null(strstr(answer, "\"status\":\"rt_agreed\""));
    assert_int_equal(look_up(code, "9999", answer).outcome, COURIER_DELIVERED);
    assert_non_null(strstr(answer, "not_found"));
    struct courier_result result = {0};
    for (int i = 0; i < 5; i++) {
        result = look_up(code, "9999", answer);
    }
    assert_int_equal(result.outcome, COURIER_RETRY);
    assert_string_equal(result.error, "http 429");
    assert_true(result.retry_after > 0);
    free(envelope);
}

/* Promise F8, with the time of the portal's own commits in it. */
static void
drained(void **state)
{
    (void)state;
    enum { COUNT = 300 };
    static uint8_t *envelopes[COUNT];
    static struct courier_job jobs[COUNT];
    for (int i = 0; i < COUNT; i++) {
        char id[37], code[10];
        size_t len = 0;
        envelopes[i] = office_submission(&office, id, code, &len);
        jobs[i] = job_of(id, envelopes[i], len);
    }
    struct courier *courier = courier_start(&office.road.options);
    int64_t began = clock_monotonic();
    for (int i = 0; i < COUNT; i++) {
        assert_int_equal(road_send(courier, &jobs[i], 15).outcome, COURIER_DELIVERED);
    }
    int64_t took = clock_monotonic() - began;
    courier_stop(courier);
    print_message("# %d submissions in %lld ms: %lld/s over one connection\n", COUNT,
                  (long long)took, (long long)COUNT * 1000 / (long long)(took + 1));
    for (int i = 0; i < COUNT; i++) {
        free(envelopes[i]);
    }
}

static void
barred(void **state)
{
    (void)state;
    char id[37], code[10];
    size_t len = 0;
    uint8_t *envelope = office_submission(&office, id, code, &len);
    struct courier_job job = job_of(id, envelope, len);
    free(office_say(&office, "revoke %s", office.identity.kiosk));
    struct courier_result result = road_try(&office.road, &job, 15);
    assert_int_equal(result.outcome, COURIER_STOPPED);
    assert_string_equal(result.error, "http 403");
    office_enrol(&office, office.identity.kiosk, 1);
    assert_int_equal(road_try(&office.road, &job, 15).outcome, COURIER_DELIVERED);
    free(envelope);
}

static int
open_all(void **state)
{
    (void)state;
    struct stat facts;
    office_open(&office, arguments);
    office_enrol(&office, "6472021001-1", 1);
    assert_int_equal(stat(office.identity_path, &facts), 0);
    assert_int_equal(facts.st_mode & 0777, 0600);
    return 0;
}

static int
close_all(void **state)
{
    (void)state;
    office_close(&office);
    return 0;
}

int
main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(enrolment_fails_without_harm),
        cmocka_unit_test(delivered_once),
        cmocka_unit_test(refused_for_good),
        cmocka_unit_test(lies),
        cmocka_unit_test(tickets_and_heartbeat),
        cmocka_unit_test(a_bundle_comes_once),
        cmocka_unit_test(a_status_there_and_back),
        cmocka_unit_test(drained),
        cmocka_unit_test(barred),
    };
    if (argc < 4) {
        fputs("test_courier SCRIPTS PROGRAM CATALOGUE [DATABASE]\n", stderr);
        return 2;
    }
    arguments = argv + 1;
    return cmocka_run_group_tests(tests, open_all, close_all);
}
