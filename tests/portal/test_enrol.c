/* Enrolment against a liar: whatever answers in the portal's place, the kiosk keeps what it
 * is, and the next true answer enrols it. Usage: test_enrol SCRIPTS. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/clock.h"
#include "base/files.h"
#include "base/json.h"
#include "base/text.h"
#include "liar.h"
#include "portal/enrol.h"
#include "road.h"

#define KIOSK "6472021001-1"

enum { ANSWER = 32 * 1024, WHOLE = 3 };

static struct road_test road;
static struct liar *liar;
static const char *scripts;
static char identity_path[128], pending_path[128];

static enum enrol_result
try(char *error, struct identity *identity)
{
    road_point_at(&road, liar_port(liar));
    struct enrol_options options = {.url = road.url,
                                    .ca = road.ca,
                                    .code = "7K3F-9QXM",
                                    .state_dir = road.folder,
                                    .connect_seconds = 1,
                                    .whole_seconds = WHOLE};
    return enrol(&options, identity, error);
}

/* The certificate of that key and name, as JSON holds it. */
static void
certificate_for(const char *key_file, const char *name, char *out, size_t size)
{
    char path[128];
    size_t len;
    snprintf(path, sizeof path, "%s/made.pem", road.folder);
    road_run("openssl req -x509 -new -key %s -days 30 -subj /CN=%s -out %s 2>/dev/null", key_file,
             name, path);
    char *pem = files_read(path, ANSWER, &len);
    struct text text = text_over(out, size);
    assert_non_null(pem);
    json_write_text(&text, pem);
    free(pem);
}

/* An answer with this status, kiosk, number and certificate. */
static void
write_answer(char *out, int status, const char *kiosk, const char *number, const char *certificate)
{
    static const char zeros[] = "0000000000000000000000000000000000000000000000000000000000000000";
    char body[ANSWER / 2];
    int len = snprintf(body, sizeof body,
                       "{\"kiosk\":\"%s\",\"number\":%s,\"certificate\":%s,\"seal_key\":\"%s\","
                       "\"sign_key\":\"%s\"}",
                       kiosk, number, certificate, zeros, zeros);
    snprintf(out, ANSWER,
             "HTTP/1.1 %d X\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s",
             status, len, body);
}

static void
say(enum liar_manner manner, const char *bytes)
{
    liar_script(liar, (struct liar_script){.manner = manner, .bytes = bytes, .len = strlen(bytes)});
}

/* Refused within the time for it, and nothing of the kiosk has changed. */
static void
changes_nothing(const char *name, enum enrol_result wanted)
{
    char error[48] = "";
    struct identity identity = {.number = 77};
    size_t before = 0, after = 0;
    char *pending = files_read(pending_path, ANSWER, &before);
    int64_t began = clock_monotonic();
    enum enrol_result result = try(error, &identity);
    print_message("# %s: %d %s\n", name, (int)result, error);
    assert_int_equal(result, wanted);
    assert_true(clock_monotonic() - began < (WHOLE + 4) * 1000);
    assert_int_equal(identity.number, 77);
    assert_string_not_equal(error, "");
    assert_int_equal(access(identity_path, F_OK), -1);
    char *same = files_read(pending_path, ANSWER, &after); // the same request the next time
    assert_non_null(same);
    assert_true(pending == NULL || (before == after && memcmp(pending, same, before) == 0));
    free(pending);
    free(same);
}

static void
lies_enrol_nobody(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        enum liar_manner manner;
        enum enrol_result result;
        const char *bytes;
    } rows[] = {
        {"a page", LIAR_ANSWERS, ENROL_ANSWER,
         "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 13\r\n\r\n<html></html>"},
        {"a page that was created", LIAR_ANSWERS, ENROL_ANSWER,
         "HTTP/1.1 201 OK\r\nContent-Type: text/html\r\nContent-Length: 13\r\n\r\n<html></html>"},
        {"nothing", LIAR_ANSWERS, ENROL_ANSWER,
         "HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n"},
        {"another shape", LIAR_ANSWERS, ENROL_ANSWER,
         "HTTP/1.1 201 Created\r\nContent-Length: 6\r\n\r\n[1,{}]"},
        {"away from here", LIAR_ANSWERS, ENROL_ANSWER,
         "HTTP/1.1 307 Away\r\nLocation: https://elsewhere.example/\r\nContent-Length: 0\r\n\r\n"},
        {"cut short", LIAR_ANSWERS, ENROL_OFFLINE,
         "HTTP/1.1 201 Created\r\nContent-Length: 900\r\n\r\n{\"kiosk\":\"" KIOSK "\",\"num"},
        {"a length beyond all limits", LIAR_ANSWERS, ENROL_OFFLINE,
         "HTTP/1.1 201 Created\r\nContent-Length: 99999999999\r\n\r\n{"},
        {"packed", LIAR_ANSWERS, ENROL_ANSWER,
         "HTTP/1.1 201 Created\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\n\x1f\x8b\x08"},
        {"a body without an end", LIAR_ENDLESS_BODY, ENROL_OFFLINE,
         "HTTP/1.1 201 Created\r\n\r\n{\"kiosk\":\""},
        {"headers without an end", LIAR_ENDLESS_HEADER, ENROL_OFFLINE, "HTTP/1.1 201 Created\r\n"},
        {"a byte a second", LIAR_DRIPS, ENROL_OFFLINE, "HTTP/1.1 201 Created\r\n\r\n{}"},
        {"silence", LIAR_IS_SILENT, ENROL_OFFLINE, ""},
        {"no TLS", LIAR_TALKS_PLAIN, ENROL_OFFLINE, "HTTP/1.1 201 Created\r\n\r\n{}"},
        {"the code is used", LIAR_ANSWERS, ENROL_CODE,
         "HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n"},
        {"too many", LIAR_ANSWERS, ENROL_LIMITED,
         "HTTP/1.1 429 Later\r\nContent-Length: 0\r\nRetry-After: 9\r\n\r\n"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        say(rows[i].manner, rows[i].bytes);
        changes_nothing(rows[i].name, rows[i].result);
    }
}

/* Good JSON, and one thing of it cannot be. */
static void
a_wrong_answer_is_not_kept(void **state)
{
    (void)state;
    char answer[ANSWER], own[ANSWER / 4], other[ANSWER / 4], named[ANSWER / 4], error[48] = "";
    char deep[9000] = "", key[128];
    struct identity identity = {0};
    say(LIAR_ANSWERS, "HTTP/1.1 500 X\r\nContent-Length: 0\r\n\r\n");
    changes_nothing("the keys are made", ENROL_ANSWER);
    snprintf(key, sizeof key, "%s/server.key", road.folder);
    certificate_for(pending_path, KIOSK, own, sizeof own);
    certificate_for(pending_path, "6472021001-2", named, sizeof named);
    certificate_for(key, KIOSK, other, sizeof other);
    memset(deep, '[', sizeof deep - 1);
    const struct {
        const char *name, *kiosk, *number, *certificate;
    } rows[] = {
        {"a certificate for another key", KIOSK, "1", other},
        {"a certificate for another name", KIOSK, "1", named},
        {"no certificate", KIOSK, "1", "\"\""},
        {"a certificate that is none", KIOSK, "1",
         "\"-----BEGIN CERTIFICATE-----\\nAAAA\\n-----END CERTIFICATE-----\\n\""},
        {"no number", KIOSK, "0", own},
        {"a number that no token can hold", KIOSK, "4000000001", own},
        {"a number that is none", KIOSK, "1e3000", own},
        {"a name of two lines", KIOSK "\\nx", "1", own},
        {"no name", "", "1", own},
        {"a name too long", KIOSK KIOSK KIOSK, "1", own},
        {"a number too deep", KIOSK, deep, own},
        {"a second number", KIOSK, "1,\"number\":2", own},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        write_answer(answer, 201, rows[i].kiosk, rows[i].number, rows[i].certificate);
        say(LIAR_ANSWERS, answer);
        changes_nothing(rows[i].name, ENROL_ANSWER);
    }
    write_answer(answer, 201, KIOSK, "9", own); // the truth: without it the rest proves nothing
    say(LIAR_ANSWERS, answer);
    assert_int_equal(try(error, &identity), ENROL_DONE);
    assert_int_equal(identity.number, 9);
    assert_int_equal(access(pending_path, F_OK), -1);
    assert_true(identity_load(identity_path, &identity));
    unlink(identity_path);
}

/* The code goes to nobody whose certificate is not the portal's. */
static void
bad_certificates_get_no_code(void **state)
{
    (void)state;
    static const char *const names[] = {"expired",           "not-yet-valid", "wrong-host",
                                        "unknown-authority", "self-signed",   "client-usage"};
    struct liar *honest = liar;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char certificate[128], key[128];
        snprintf(certificate, sizeof certificate, "%s/bad/%s.pem", road.folder, names[i]);
        snprintf(key, sizeof key, "%s/bad/%s.key", road.folder, names[i]);
        liar = liar_start(certificate, key, false);
        assert_non_null(liar);
        say(LIAR_ANSWERS, "HTTP/1.1 201 Created\r\nContent-Length: 2\r\n\r\n{}");
        changes_nothing(names[i], ENROL_OFFLINE);
        assert_int_equal(liar_requests(liar), 0);
        liar_stop(liar);
    }
    liar = honest;
}

static int
open_all(void **state)
{
    (void)state;
    char certificate[128], key[128];
    road_open(&road, scripts);
    road_run("%s/bad-certificates %s", scripts, road.folder);
    snprintf(identity_path, sizeof identity_path, "%s/identity.pem", road.folder);
    snprintf(pending_path, sizeof pending_path, "%s/identity.new", road.folder);
    snprintf(certificate, sizeof certificate, "%s/server.pem", road.folder);
    snprintf(key, sizeof key, "%s/server.key", road.folder);
    liar = liar_start(certificate, key, false);
    assert_non_null(liar);
    return 0;
}

static int
close_all(void **state)
{
    (void)state;
    liar_stop(liar);
    road_close(&road);
    return 0;
}

int
main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lies_enrol_nobody),
        cmocka_unit_test(a_wrong_answer_is_not_kept),
        cmocka_unit_test(bad_certificates_get_no_code),
    };
    scripts = argc > 1 ? argv[1] : ".";
    return cmocka_run_group_tests(tests, open_all, close_all);
}
