/* The courier against a liar: bytes no library sends, certificates no one may
 * trust, hosts that are not there. Usage: test_roads SCRIPTS. */
#include <arpa/inet.h>
#include <setjmp.h>
#include <stdatomic.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/clock.h"
#include "liar.h"
#include "names.h"
#include "road.h"

static struct road_test road;
static struct liar *liar;
static const char *scripts;
static const uint8_t envelope[] = "ANJ1 not really sealed, the liar does not look";
static char honest[1024], receipt_json[512];

static struct courier_job
submission(void)
{
    struct courier_job job = {
        .kind = COURIER_SUBMISSION, .tag = 42, .seq = 7, .body = envelope, .len = sizeof envelope};
    memcpy(job.id, "0190b0a0-1111-7222-8333-444455556666", 37);
    return job;
}

static void
write_honest(void)
{
    struct courier_job job = submission();
    struct receipt receipt = {.verdict = RECEIPT_ACCEPTED, .kiosk = "6472021001-1", .seq = 7};
    char hash[2 * HASH + 1], signature[96];
    memcpy(receipt.id, job.id, sizeof receipt.id);
    hash_of(envelope, sizeof envelope, receipt.sha256);
    receipt_sign(&receipt, road.sign_secret);
    hex_of(receipt.sha256, HASH, hash);
    base64_of(receipt.signature, SIGNATURE, signature);
    snprintf(receipt_json, sizeof receipt_json,
             "{\"verdict\":\"accepted\",\"id\":\"%s\",\"sha256\":\"%s\",\"kiosk\":\"6472021001-1\","
             "\"seq\":7,\"signature\":\"%s\"}",
             receipt.id, hash, signature);
    snprintf(honest, sizeof honest,
             "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %zu\r\n\r\n%s",
             strlen(receipt_json), receipt_json);
}

static struct courier_result
tell(enum liar_manner manner, const char *bytes)
{
    struct courier_job job = submission();
    liar_script(liar, (struct liar_script){.manner = manner, .bytes = bytes, .len = strlen(bytes)});
    road_point_at(&road, liar_port(liar));
    return road_try(&road, &job, 10);
}

/* Without it the rest would prove nothing. */
static void
the_truth_is_believed(void **state)
{
    (void)state;
    struct courier_result result = tell(LIAR_ANSWERS, honest);
    assert_int_equal(result.outcome, COURIER_DELIVERED);
    assert_string_equal(result.error, "");
    assert_null(result.body);
}

static void
one_connection_for_many(void **state)
{
    (void)state;
    struct courier_job job = submission();
    struct courier *courier = NULL;
    int before = liar_requests(liar);
    liar_script(liar, (struct liar_script){.bytes = honest, .len = strlen(honest), .keep = true});
    road_point_at(&road, liar_port(liar));
    courier = courier_start(&road.options);
    for (int i = 0; i < 20; i++) {
        // The liar serves one connection at a time: a second one would hang here.
        assert_int_equal(road_send(courier, &job, 5).outcome, COURIER_DELIVERED);
    }
    assert_int_equal(liar_requests(liar) - before, 20);
    courier_stop(courier);
}

struct lie_row {
    const char *name;
    enum liar_manner manner;
    const char *bytes;
    enum courier_outcome outcome;
    const char *error; // NULL: any
};

#define HTML "<html><title>Login</title></html>"
#define JSON_200 "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"

static const struct lie_row lies[] = {
    {"nothing at all", LIAR_ANSWERS, "", COURIER_RETRY, "closed"},
    {"hangs up at once", LIAR_HANGS_UP, "", COURIER_RETRY, "closed"},
    {"resets", LIAR_RESETS, "", COURIER_RETRY, "closed"},
    {"never answers", LIAR_IS_SILENT, "", COURIER_OFFLINE, "timeout"},
    {"never shakes hands", LIAR_NEVER_SHAKES, "", COURIER_OFFLINE, "timeout"},
    {"plain HTTP on the port", LIAR_TALKS_PLAIN, "HTTP/1.1 200 OK\r\n\r\n", COURIER_OFFLINE, NULL},
    {"200 with HTML", LIAR_ANSWERS, "HTTP/1.1 200 OK\r\nContent-Length: 33\r\n\r\n" HTML,
     COURIER_RETRY, "receipt: shape"},
    {"200 without a body", LIAR_ANSWERS, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
     COURIER_RETRY, "receipt: shape"},
    {"200 before any request", LIAR_SPEAKS_FIRST, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}",
     COURIER_RETRY, NULL},
    {"204", LIAR_ANSWERS, "HTTP/1.1 204 No Content\r\n\r\n", COURIER_RETRY, "http 204"},
    {"a redirect to plain HTTP", LIAR_ANSWERS,
     "HTTP/1.1 307 Go\r\nLocation: http://127.0.0.1:9/\r\nContent-Length: 0\r\n\r\n", COURIER_RETRY,
     "http 307"},
    {"a body shorter than announced", LIAR_ANSWERS, JSON_200 "Content-Length: 900\r\n\r\n{\"v",
     COURIER_RETRY, "cut short"},
    {"chunks that end too early", LIAR_ANSWERS,
     JSON_200 "Transfer-Encoding: chunked\r\n\r\n5\r\n{\"ver\r\n", COURIER_RETRY, NULL},
    {"chunks of nonsense", LIAR_ANSWERS, JSON_200 "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n",
     COURIER_RETRY, NULL},
    {"two lengths", LIAR_ANSWERS, JSON_200 "Content-Length: 5\r\nContent-Length: 2\r\n\r\n{}",
     COURIER_RETRY, NULL},
    {"a negative length", LIAR_ANSWERS, JSON_200 "Content-Length: -1\r\n\r\n{}", COURIER_RETRY,
     NULL},
    {"gzip", LIAR_ANSWERS,
     JSON_200 "Content-Encoding: gzip\r\nContent-Length: 4\r\n\r\n\x1f\x8b\x08\x08", COURIER_RETRY,
     "receipt: shape"},
    {"a deflate bomb's head", LIAR_ENDLESS_BODY, JSON_200 "Content-Encoding: gzip\r\n\r\n\x1f\x8b",
     COURIER_RETRY, "answer: too long"},
    {"an endless body", LIAR_ENDLESS_BODY, JSON_200 "\r\n", COURIER_RETRY, "answer: too long"},
    {"endless headers", LIAR_ENDLESS_HEADER, JSON_200, COURIER_RETRY, "answer: too long"},
    {"endless interim answers", LIAR_ENDLESS_HEADER, "HTTP/1.1 100 Continue\r\n", COURIER_RETRY,
     "answer: too long"},
    {"HTTP/0.9", LIAR_ANSWERS, "<html>hello</html>", COURIER_RETRY, "not http"},
    {"a version nobody has", LIAR_ANSWERS, "HTTP/7.3 200 OK\r\nContent-Length: 2\r\n\r\n{}",
     COURIER_RETRY, NULL},
    {"a greeting of another protocol", LIAR_ANSWERS, "220 mail.example ESMTP\r\n", COURIER_RETRY,
     "not http"},
    {"one byte a second", LIAR_DRIPS, JSON_200 "\r\n{}", COURIER_OFFLINE, "timeout"},
    {"101", LIAR_ANSWERS, "HTTP/1.1 101 Switching\r\nUpgrade: h2c\r\n\r\n", COURIER_RETRY, NULL},
    {"401", LIAR_ANSWERS, "HTTP/1.1 401 No\r\nContent-Length: 0\r\n\r\n", COURIER_STOPPED,
     "http 401"},
    {"asks for a password", LIAR_ANSWERS,
     "HTTP/1.1 407 Pay\r\nProxy-Authenticate: Basic\r\nContent-Length: 0\r\n\r\n", COURIER_RETRY,
     "http 407"},
    {"503 with a wait", LIAR_ANSWERS,
     "HTTP/1.1 503 Busy\r\nRetry-After: 77\r\nContent-Length: 0\r\n\r\n", COURIER_OFFLINE,
     "http 503"},
};

static void
lies_move_nothing(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof lies / sizeof *lies; i++) {
        print_message("# %s\n", lies[i].name);
        int64_t before = clock_monotonic();
        struct courier_result result = tell(lies[i].manner, lies[i].bytes);
        assert_true(clock_monotonic() - before < 5000);
        if (result.outcome != lies[i].outcome) {
            fail_msg("%s: outcome %d, %s", lies[i].name, result.outcome, result.error);
        }
        assert_true(result.error[0] != '\0');
        if (lies[i].error) {
            assert_string_equal(result.error, lies[i].error);
        }
        assert_int_equal(result.retry_after, strcmp(result.error, "http 503") == 0 ? 77 : 0);
        free(result.body);
    }
}

static void
cut_at_every_byte(void **state)
{
    (void)state;
    char part[1024];
    for (size_t len = 0; len < strlen(honest); len += len < 40 ? 1 : 23) {
        memcpy(part, honest, len);
        part[len] = 0;
        assert_int_not_equal(tell(LIAR_ANSWERS, part).outcome, COURIER_DELIVERED);
    }
}

struct bad_row {
    const char *name, *error;
};

static const struct bad_row bad[] = {
    {"expired", "tls: expired"},
    {"not-yet-valid", "tls: not yet valid"},
    {"wrong-host", "tls: wrong host"},
    {"name-without-san", "tls: wrong host"},
    {"dns-for-address", "tls: wrong host"},
    {"wildcard", "tls: wrong host"},
    {"client-usage", "tls: wrong usage"},
    {"unknown-critical", "tls: unknown extension"},
    {"self-signed", "tls: self-signed"},
    {"forged", "tls: unknown authority"},
    {"unknown-authority", "tls: unknown authority"},
    {"missing-middle", "tls: unknown authority"},
    {"leaf-as-authority", "tls: issuer is no authority"},
    {"outside-constraints", "tls: name not permitted"},
    {"weak-key", "tls: weak key"},
    {"weak-hash", "tls: weak hash"},
    {"old-tls", "tls: old version"},
};

/* The liar would give the true receipt: only the certificate is in the way. */
static void
bad_certificates(void **state)
{
    (void)state;
    char certificate[160], key[160];
    struct courier_job job = submission();
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        bool old = strcmp(bad[i].name, "old-tls") == 0;
        snprintf(certificate, sizeof certificate, "%s/%s%s.pem", road.folder, old ? "" : "bad/",
                 old ? "server" : bad[i].name);
        snprintf(key, sizeof key, "%s/%s%s.key", road.folder, old ? "" : "bad/",
                 old ? "server" : bad[i].name);
        struct liar *other = liar_start(certificate, key, old);
        assert_non_null(other);
        liar_script(other, (struct liar_script){.bytes = honest, .len = strlen(honest)});
        road_point_at(&road, liar_port(other));
        struct courier_result result = road_try(&road, &job, 5);
        print_message("# %s: %s\n", bad[i].name, result.error);
        assert_int_equal(result.outcome, COURIER_OFFLINE);
        assert_string_equal(result.error, bad[i].error);
        assert_int_equal(liar_requests(other), 0); // not a byte of the request went out
        liar_stop(other);
    }
}

static void
nobody_there(void **state)
{
    (void)state;
    struct courier_job job = submission();
    road_point_at(&road, 9);
    struct courier_result result = road_try(&road, &job, 5);
    assert_int_equal(result.outcome, COURIER_OFFLINE);
    assert_string_equal(result.error, "connect");
    snprintf(road.url, sizeof road.url, "https://portal.invalid");
    result = road_try(&road, &job, 15);
    assert_int_equal(result.outcome, COURIER_OFFLINE);
    assert_true(strcmp(result.error, "dns") == 0 || strcmp(result.error, "timeout") == 0);
    snprintf(road.url, sizeof road.url, "http://127.0.0.1:80");
    result = road_try(&road, &job, 5);
    assert_int_equal(result.outcome, COURIER_RETRY);
    assert_string_equal(result.error, "request");
}

/* A backlog that is full: the connection is never accepted. */
static void
a_black_hole(void **state)
{
    (void)state;
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t len = sizeof at;
    int listener = socket(AF_INET, SOCK_STREAM, 0), fillers[4];
    assert_int_equal(bind(listener, (struct sockaddr *)&at, len), 0);
    assert_int_equal(listen(listener, 0), 0);
    assert_int_equal(getsockname(listener, (struct sockaddr *)&at, &len), 0);
    for (int i = 0; i < 4; i++) {
        fillers[i] = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
        if (connect(fillers[i], (struct sockaddr *)&at, len) == 0) {
            print_message("# filler %d went in\n", i);
        }
    }
    struct courier_job job = submission();
    road_point_at(&road, ntohs(at.sin_port));
    int64_t before = clock_monotonic();
    struct courier_result result = road_try(&road, &job, 5);
    assert_int_equal(result.outcome, COURIER_OFFLINE);
    assert_string_equal(result.error, "timeout");
    assert_true(clock_monotonic() - before < 3000);
    for (int i = 0; i < 4; i++) {
        close(fillers[i]);
    }
    close(listener);
}

/* --- a dead name server ------------------------------------------------------------ */

/* It takes every question and never says a word. */
static int
silent_name_server(void)
{
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t len = sizeof at;
    struct timeval patience = {.tv_sec = 5};
    int server = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    assert_int_equal(bind(server, (struct sockaddr *)&at, len), 0);
    assert_int_equal(getsockname(server, (struct sockaddr *)&at, &len), 0);
    assert_int_equal(setsockopt(server, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience), 0);
    names_port = ntohs(at.sin_port);
    return server;
}

/* Does a question for that host come? */
static bool
is_asked_for(int server, const char *host)
{
    char question[512];
    ssize_t len;
    while ((len = recv(server, question, sizeof question, 0)) > 0) {
        if (memmem(question, (size_t)len, host, strlen(host))) {
            return true;
        }
    }
    return false;
}

/* Promise D5: getaddrinfo() sits there for many seconds; the courier does not, and neither does
 * whoever stops it. */
static void
a_silent_name_server(void **state)
{
    (void)state;
    struct courier_job job = submission();
    int server = silent_name_server();
    snprintf(road.url, sizeof road.url, "https://first.example");
    int64_t before = clock_monotonic();
    struct courier_result result = road_try(&road, &job, 9);
    assert_true(clock_monotonic() - before < 4000); // 1 s to connect; the resolver takes 10
    assert_int_equal(result.outcome, COURIER_OFFLINE);
    assert_string_equal(result.error, "timeout");
    assert_true(is_asked_for(server, "first"));
    snprintf(road.url, sizeof road.url, "https://second.example");
    struct courier *courier = courier_start(&road.options);
    assert_true(courier_take(courier, &job));
    assert_true(is_asked_for(server, "second"));
    before = clock_monotonic();
    courier_stop(courier);
    assert_true(clock_monotonic() - before < 1000);
    names_port = 0;
    close(server);
}

/* Two lanes: a resident's look-up does not wait for a submission that hangs. */
static void
lanes(void **state)
{
    (void)state;
    struct courier_job job = submission();
    struct courier_job look = {.kind = COURIER_LOOKUP, .tag = 5, .body = envelope, .len = 4};
    struct courier_result result;
    liar_script(liar, (struct liar_script){.manner = LIAR_IS_SILENT});
    road_point_at(&road, liar_port(liar));
    struct courier *courier = courier_start(&road.options);
    assert_true(courier_take(courier, &job));
    assert_false(courier_take(courier, &job)); // that lane is busy
    assert_true(courier_take(courier, &look));
    assert_false(courier_take(courier, &look));
    assert_false(courier_result(courier, &result));
    int64_t before = clock_monotonic();
    courier_stop(courier); // in the middle of both
    assert_true(clock_monotonic() - before < 1000);
}

/* Proxies and authorities of the machine must not matter. */
static void
the_environment_does_not_matter(void **state)
{
    (void)state;
    static const char *const names[] = {"https_proxy", "HTTPS_PROXY", "ALL_PROXY", "all_proxy"};
    char stranger[160];
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        setenv(names[i], "http://127.0.0.1:9", 1);
    }
    assert_int_equal(tell(LIAR_ANSWERS, honest).outcome, COURIER_DELIVERED);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        unsetenv(names[i]);
    }
    // An authority that the machine trusts, as an office's intercepting proxy would have.
    snprintf(stranger, sizeof stranger, "%s/bad/stranger.pem", road.folder);
    setenv("SSL_CERT_FILE", stranger, 1);
    setenv("CURL_CA_BUNDLE", stranger, 1);
    char certificate[160], key[160];
    snprintf(certificate, sizeof certificate, "%s/bad/unknown-authority.pem", road.folder);
    snprintf(key, sizeof key, "%s/bad/unknown-authority.key", road.folder);
    struct liar *other = liar_start(certificate, key, false);
    struct courier_job job = submission();
    liar_script(other, (struct liar_script){.bytes = honest, .len = strlen(honest)});
    road_point_at(&road, liar_port(other));
    assert_string_equal(road_try(&road, &job, 5).error, "tls: unknown authority");
    liar_stop(other);
    unsetenv("SSL_CERT_FILE");
    unsetenv("CURL_CA_BUNDLE");
}

/* Where curl would write the keys of every connection; it looks once, at its start. */
static char keys_file[160];

static void
no_key_of_a_connection_is_written(void **state)
{
    (void)state;
    assert_int_equal(tell(LIAR_ANSWERS, honest).outcome, COURIER_DELIVERED);
    assert_int_equal(access(keys_file, F_OK), -1);
}

static int
open_all(void **state)
{
    (void)state;
    char certificate[128], key[128];
    road_open(&road, scripts);
    snprintf(keys_file, sizeof keys_file, "%s/keys", road.folder);
    setenv("SSLKEYLOGFILE", keys_file, 1);
    road_run("%s/bad-certificates %s", scripts, road.folder);
    snprintf(certificate, sizeof certificate, "%s/server.pem", road.folder);
    snprintf(key, sizeof key, "%s/server.key", road.folder);
    liar = liar_start(certificate, key, false);
    assert_non_null(liar);
    write_honest();
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
        cmocka_unit_test(the_truth_is_believed),
        cmocka_unit_test(one_connection_for_many),
        cmocka_unit_test(lies_move_nothing),
        cmocka_unit_test(cut_at_every_byte),
        cmocka_unit_test(bad_certificates),
        cmocka_unit_test(nobody_there),
        cmocka_unit_test(a_black_hole),
        cmocka_unit_test(a_silent_name_server),
        cmocka_unit_test(lanes),
        cmocka_unit_test(the_environment_does_not_matter),
        cmocka_unit_test(no_key_of_a_connection_is_written),
    };
    scripts = argc > 1 ? argv[1] : ".";
    return cmocka_run_group_tests(tests, open_all, close_all);
}
