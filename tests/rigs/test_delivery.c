/* A whole desk and the reference portal: what was saved is there once, whatever the portal
 * says meanwhile; what waits behind a bad item does not wait for it; nothing stays behind.
 * Usage: test_delivery SOURCE SCRIPTS PROGRAM CATALOGUE [DATABASE]. */
#include "unit/desk/stand.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/files.h"
#include "base/json.h"
#include "portal/office.h"
#include "unit/base/sanitized.h"
#include "unit/desk/clock.h"

static struct stand stand;
static struct office office;
static char **arguments;

/* --- help ------------------------------------------------------------------------- */

static void
enrol_desk(void)
{
    char nothing[] = "";
    struct ctl_enrol bad = {.url = nothing, .code = "NOT-A-CODE"};
    struct ctl_end end = stand_ctl(&stand, &ctl_enrol_type, &bad, NULL, NULL);
    assert_false(end.ok);
    assert_non_null(strstr(end.reason, "the code is unknown"));
    free(office_say(&office, "code 6472021001-1 1 DESK-CODE"));
    struct ctl_enrol good = {.url = nothing, .code = "DESK-CODE"};
    end = stand_ctl(&stand, &ctl_enrol_type, &good, NULL, NULL);
    assert_string_equal(end.reason, "");
    assert_true(end.ok);
    stand_greet(&stand); // the face learns of the keys by a new hello
    stand_await_intake(&stand, INTAKE_OPEN, 5000);
    assert_true(stand_status(&stand).enrolled);
}

static int
set_up(void **state)
{
    (void)state;
    office_open(&office, arguments + 1);
    office_enrol(&office, "6472021001-1", 1); // for the keys that seal
    stand_make(&stand, arguments[0], &(struct stand_world){.more = office_settings(&office)});
    stand_open(&stand);
    enrol_desk();
    return 0;
}

static int
tear_down(void **state)
{
    (void)state;
    stand_close(&stand);
    office_close(&office);
    atomic_store(&wall_shift_ms, 0);
    atomic_store(&monotonic_shift_ms, 0);
    return 0;
}

struct filed {
    char id[37], code[10];
    uint8_t *envelope;
    size_t len;
    int64_t seq;
};

/* A good form, saved. The envelope is the caller's. */
static struct filed
file_form(void)
{
    struct filed filed;
    filed.envelope = office_submission(&office, filed.id, filed.code, &filed.len);
    struct face_submit submit = {.request = ++stand.request,
                                 .id = filed.id,
                                 .code = filed.code,
                                 .service = "sku",
                                 .language = "id",
                                 .envelope = {filed.envelope, (uint32_t)filed.len}};
    stand_say(&stand, &face_submit_type, &submit);
    const struct desk_submit_answer *answer = stand_hear(&stand, &desk_submit_answer_type, 10000);
    assert_non_null(answer);
    assert_int_equal(answer->result, SUBMIT_SAVED);
    filed.seq = answer->seq;
    return filed;
}

static void
await_delivered(const char *id, int ms)
{
    const struct desk_delivered *delivered = stand_hear(&stand, &desk_delivered_type, ms);
    assert_non_null(delivered);
    assert_string_equal(delivered->id, id);
}

static int
count_in_dump(const char *list)
{
    int line = 0;
    const char *reason = NULL;
    char *dump = office_say(&office, "dump");
    struct json *json = json_parse(dump, strlen(dump), &line, &reason);
    assert_non_null(json);
    int count = (int)json_count(json_get(json_root(json), list));
    json_destroy(json);
    free(dump);
    return count;
}

/* Are those bytes anywhere in what the store keeps? */
static bool
in_store(const uint8_t *bytes, size_t len)
{
    static const char *const names[] = {"store.db", "store.db-wal"};
    bool found = false;
    for (int i = 0; i < 2; i++) {
        char path[128];
        size_t size = 0;
        snprintf(path, sizeof path, "%s/state/%s", stand.folder, names[i]);
        char *file = files_read(path, 64 * 1024 * 1024, &size);
        found = found || (file && memmem(file, size, bytes, len));
        free(file);
    }
    return found;
}

static void
pass(int64_t ms)
{
    struct face_help help = {.request = ++stand.request, .screen = "home"};
    atomic_fetch_add(&monotonic_shift_ms, ms);
    for (int i = 0; i < 2; i++) {
        stand_say(&stand, &face_help_type, &help);
        assert_non_null(stand_hear(&stand, &desk_help_answer_type, 5000));
    }
}

/* --- tests ------------------------------------------------------------------------ */

static void
saved_delivered_and_gone(void **state)
{
    (void)state;
    free(office_say(&office, "lie 503"));
    struct filed filed = file_form();
    assert_true(in_store(filed.envelope + 100, 64)); // the search finds what is there
    free(office_say(&office, "honest"));
    char nothing = 0;
    assert_true(stand_ctl(&stand, &ctl_send_now_type, &nothing, NULL, NULL).ok);
    await_delivered(filed.id, 10000);
    assert_true(office_holds(&office, filed.id));
    assert_int_equal(office_rows(&office), 1);
    stand_await_outbox(&stand, 0, 5000);
    pass(100);
    pass(2100); // promise P6
    assert_false(in_store(filed.envelope + 100, 64));
    free(filed.envelope);
}

/* Promise F3: with nothing to do the desk sleeps, also after it had something to do. */
static void
asleep_when_there_is_nothing(void **state)
{
    (void)state;
    struct filed filed = file_form();
    await_delivered(filed.id, 10000);
    stand_await_outbox(&stand, 0, 5000);
    usleep(300 * 1000); // heartbeat, tickets, bundle
    int64_t before = stand_cpu(&stand);
    usleep(1000 * 1000);
    int64_t used = stand_cpu(&stand) - before;
    print_message("# %lld ms of CPU in one second\n", (long long)used);
    assert_true(used < (SANITIZED ? 200 : 60));
    free(filed.envelope);
}

static void
one_bad_item_stops_no_other(void **state)
{
    (void)state;
    struct filed first = file_form();
    struct desk_submit_answer bad = stand_submit(&stand, 1); // nobody can open that one
    assert_int_equal(bad.result, SUBMIT_SAVED);
    struct filed last = file_form();
    int64_t until = clock_monotonic() + 10000;
    while (!(office_holds(&office, first.id) && office_holds(&office, last.id))) {
        assert_true(clock_monotonic() < until);
        usleep(50 * 1000);
    }
    struct ctl_status status = {0};
    while ((status = stand_status(&stand)).outbox > 0) {
        assert_true(clock_monotonic() < until);
        usleep(20 * 1000);
    }
    assert_int_equal(status.quarantined, 1);
    assert_int_equal(office_rows(&office), 2);
    assert_true(status.online);
    free(first.envelope);
    free(last.envelope);
}

/* The desk's own retries: told nonsense twice, it sends the same bytes again, once is enough. */
static void
lies_are_waited_out(void **state)
{
    (void)state;
    static const char *const kinds[] = {"500", "html", "lost", "signature", "wrong-id"};
    int rows = 0;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        print_message("# %s\n", kinds[i]);
        free(office_say(&office, "lie %s 2", kinds[i]));
        struct filed filed = file_form();
        int64_t until = clock_monotonic() + 60000;
        while (stand_status(&stand).outbox > 0) {
            assert_true(clock_monotonic() < until);
            usleep(100 * 1000);
            pass(2000); // of the waits between the tries
        }
        free(office_say(&office, "honest"));
        assert_int_equal(office_rows(&office), ++rows);
        free(filed.envelope);
    }
    assert_int_equal(stand_status(&stand).outbox, 0);
}

static void
add_tries(void *context, const struct wire_type *type, const void *message)
{
    *(int *)context +=
        type == &ctl_outbox_row_type ? ((const struct ctl_outbox_row *)message)->tries : 0;
}

static int
tries_so_far(void)
{
    int tries = 0;
    struct ctl_outbox_ask page = {.limit = CTL_PAGE};
    assert_true(stand_ctl(&stand, &ctl_outbox_ask_type, &page, add_tries, &tries).ok);
    return tries;
}

/* A portal that refuses every item by itself is not asked without a pause. */
static void
a_portal_that_fails_at_all_is_left_alone(void **state)
{
    (void)state;
    enum { FORMS = 80 }; // more than can be put off one by one
    free(office_say(&office, "lie 500"));
    for (int i = 1; i <= FORMS; i++) {
        assert_int_equal(stand_submit(&stand, i).result, SUBMIT_SAVED);
    }
    usleep(500 * 1000);
    int before = tries_so_far();
    usleep(1000 * 1000);
    int tries = tries_so_far() - before;
    print_message("# %d tries in one second\n", tries);
    assert_true(tries < 100);
    assert_int_equal(stand_status(&stand).outbox, FORMS);
    free(office_say(&office, "honest"));
}

static void
tickets_reach_the_mirror_after_a_fault(void **state)
{
    (void)state;
    char number[16];
    free(office_say(&office, "lie 500 2"));
    assert_int_equal(stand_ticket(&stand, "A", false, number).result, TICKET_ISSUED);
    int64_t until = clock_monotonic() + 60000;
    while (count_in_dump("tickets") == 0) { // without another ticket, without a person
        assert_true(clock_monotonic() < until);
        usleep(50 * 1000);
        pass(500);
    }
    free(office_say(&office, "honest"));
    assert_int_equal(count_in_dump("tickets"), 1);
}

static void
barred_stops_and_a_person_starts_again(void **state)
{
    (void)state;
    free(office_say(&office, "lie 403"));
    struct filed filed = file_form();
    int64_t until = clock_monotonic() + 5000;
    while (stand_status(&stand).online) {
        assert_true(clock_monotonic() < until);
        usleep(20 * 1000);
    }
    free(office_say(&office, "honest"));
    usleep(500 * 1000);
    assert_false(office_holds(&office, filed.id));
    char nothing = 0;
    assert_true(stand_ctl(&stand, &ctl_send_now_type, &nothing, NULL, NULL).ok);
    await_delivered(filed.id, 10000);
    free(filed.envelope);
}

/* Asks for the state of a request; the answer is for the holder of `secret_key`. */
static void
ask_status(int64_t request, const char *code, uint8_t public_key[SEAL_KEY],
           uint8_t secret_key[SEAL_KEY])
{
    uint8_t query[512];
    char hex[2 * SEAL_KEY + 1], text[256];
    seal_keypair(public_key, secret_key);
    hex_of(public_key, SEAL_KEY, hex);
    int len = snprintf(
        text, sizeof text,
        "{\"kind\":\"status\",\"code\":\"%s\",\"fact\":\"0001\",\"reply_key\":\"%s\"}", code, hex);
    assert_true(seal_envelope(office.identity.portal_seal, (uint8_t *)text, (size_t)len, query));
    struct face_lookup ask = {.request = request,
                              .query = {query, (uint32_t)len + ENVELOPE_OVERHEAD}};
    stand_say(&stand, &face_lookup_type, &ask);
}

/* The answer to that question is there, and opens with its key. */
static void
await_status(int64_t request, const uint8_t public_key[SEAL_KEY],
             const uint8_t secret_key[SEAL_KEY])
{
    uint8_t plain[4096];
    const struct desk_lookup_answer *answer = stand_hear(&stand, &desk_lookup_answer_type, 10000);
    assert_non_null(answer);
    assert_int_equal(answer->request, request);
    assert_int_equal(answer->result, LOOKUP_ANSWERED);
    assert_true(
        open_envelope(public_key, secret_key, answer->answer.data, answer->answer.len, plain));
}

static void
look_ups_are_relayed(void **state)
{
    (void)state;
    uint8_t public_key[SEAL_KEY], secret_key[SEAL_KEY];
    struct filed filed = file_form();
    await_delivered(filed.id, 10000);
    int64_t request = ++stand.request;
    ask_status(request, filed.code, public_key, secret_key);
    await_status(request, public_key, secret_key);
    // One too many, or one that the portal cannot answer: the road is as good as before.
    static const struct {
        const char *lie;
        int result;
    } faults[] = {{"429", LOOKUP_LIMITED}, {"500", LOOKUP_FAILED}, {"html", LOOKUP_FAILED}};
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
        free(office_say(&office, "lie %s", faults[i].lie));
        ask_status(request, filed.code, public_key, secret_key);
        const struct desk_lookup_answer *answer =
            stand_hear(&stand, &desk_lookup_answer_type, 10000);
        assert_non_null(answer);
        assert_int_equal(answer->result, faults[i].result);
        assert_int_equal(answer->wait_minutes, i == 0 ? 1 : 0); // it said Retry-After: 2 s
        assert_true(stand_status(&stand).online);
    }
    // Where nobody is reached that is what is said, and seen.
    free(office_say(&office, "lie 503"));
    ask_status(request, filed.code, public_key, secret_key);
    const struct desk_lookup_answer *answer = stand_hear(&stand, &desk_lookup_answer_type, 10000);
    assert_non_null(answer);
    assert_int_equal(answer->result, LOOKUP_OFFLINE);
    assert_false(stand_status(&stand).online);
    // Asked by a face that is gone: the next one hears nothing of it, not even under the same
    // number; and what it asks itself meanwhile is answered, it has not tried too often.
    free(office_say(&office, "lie slow"));
    ask_status(request, filed.code, public_key, secret_key);
    stand_greet(&stand);
    ask_status(request, filed.code, public_key, secret_key);
    ask_status(request, filed.code, public_key, secret_key); // of two the last one counts
    assert_null(stand_hear(&stand, &desk_lookup_answer_type, 300));
    free(office_say(&office, "honest"));
    await_status(request, public_key, secret_key);
    assert_null(stand_hear(&stand, &desk_lookup_answer_type, 300));
    free(filed.envelope);
}

static void
count_row(void *context, const struct wire_type *type, const void *message)
{
    (void)message;
    *(int *)context += type == &ctl_outbox_row_type;
}

static int
rows_listed(void)
{
    int count = 0;
    struct ctl_outbox_ask page = {.limit = 50};
    assert_true(stand_ctl(&stand, &ctl_outbox_ask_type, &page, count_row, &count).ok);
    return count;
}

/* Promise P6: metadata goes within 30 days, while the clock is known to be right. */
static void
old_metadata_goes(void **state)
{
    (void)state;
    atomic_store(&wall_shift_ms, -(long long)30 * 86400000);
    struct filed old = file_form();
    await_delivered(old.id, 10000);
    struct filed other = file_form();
    await_delivered(other.id, 10000);
    assert_int_equal(rows_listed(), 2);
    atomic_store(&wall_shift_ms, 0);
    stand_restart(&stand);
    stand_await_intake(&stand, INTAKE_OPEN, 5000);
    struct filed recent = file_form();
    await_delivered(recent.id, 10000);
    pass(100);
    assert_int_equal(rows_listed(), 1);
    // The sequence goes on, and the store is whole.
    stand_restart(&stand);
    stand_await_intake(&stand, INTAKE_OPEN, 5000);
    assert_int_equal(recent.seq, 3);
    assert_int_equal(stand_status(&stand).last_seq, 3);
    free(old.envelope);
    free(other.envelope);
    free(recent.envelope);
}

int
main(int argc, char **argv)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        CASE(saved_delivered_and_gone),
        CASE(asleep_when_there_is_nothing),
        CASE(one_bad_item_stops_no_other),
        CASE(lies_are_waited_out),
        CASE(a_portal_that_fails_at_all_is_left_alone),
        CASE(tickets_reach_the_mirror_after_a_fault),
        CASE(barred_stops_and_a_person_starts_again),
        CASE(look_ups_are_relayed),
        CASE(old_metadata_goes),
    };
    if (argc < 5) {
        fputs("test_delivery SOURCE SCRIPTS PROGRAM CATALOGUE [DATABASE]\n", stderr);
        return 2;
    }
    arguments = argv + 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
