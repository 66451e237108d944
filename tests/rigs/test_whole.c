/* The desk's threads at once: forms, numbers, paper, copies and look-ups by the face, four
 * kinds of command by a technician, a portal that answers, lies and hangs up. What counts
 * is at the end: each form once, each number once; and what ThreadSanitizer says.
 * Usage: test_whole SOURCE SCRIPTS PROGRAM CATALOGUE. */
#include "unit/desk/stand.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "portal/office.h"
#include "unit/print/peer.h"

enum { VISITS = 100 };

static struct stand stand;
static struct office office;
static struct peer *peer;
static char **arguments;
static atomic_bool over;
static atomic_int commands;

static void
ignore(void *context, const struct wire_type *type, const void *message)
{
    (void)context;
    (void)type;
    (void)message;
}

static void *
technician(void *context)
{
    (void)context;
    char nothing = 0;
    struct ctl_outbox_ask page = {.limit = 20};
    struct ctl_unprinted_ask unprinted = {.limit = 20};
    while (!atomic_load(&over)) {
        stand_ctl(&stand, &ctl_status_ask_type, &nothing, ignore, NULL);
        stand_ctl(&stand, &ctl_outbox_ask_type, &page, ignore, NULL);
        stand_ctl(&stand, &ctl_unprinted_ask_type, &unprinted, ignore, NULL);
        stand_ctl(&stand, &ctl_send_now_type, &nothing, ignore, NULL);
        stand_ctl(&stand, &ctl_test_print_type, &nothing, ignore, NULL);
        atomic_fetch_add(&commands, 5);
    }
    return NULL;
}

static void
form(void)
{
    char id[37], code[10];
    size_t len = 0;
    uint8_t *envelope = office_submission(&office, id, code, &len);
    struct face_submit submit = {.request = ++stand.request,
                                 .id = id,
                                 .code = code,
                                 .service = "sku",
                                 .language = "id",
                                 .envelope = {envelope, (uint32_t)len}};
    stand_say(&stand, &face_submit_type, &submit);
    const struct desk_submit_answer *answer = stand_hear(&stand, &desk_submit_answer_type, 20000);
    assert_non_null(answer);
    assert_int_equal(answer->result, SUBMIT_SAVED);
    free(envelope);
}

static void
visit(int n)
{
    char number[16];
    uint8_t query[200] = {1};
    form();
    struct face_lookup ask = {.request = ++stand.request, .query = {query, sizeof query}};
    stand_say(&stand, &face_lookup_type, &ask);
    struct face_reprint again = {.request = ++stand.request, .first_request = stand.request - 2};
    stand_say(&stand, &face_reprint_type, &again);
    if (n < 3) {
        assert_int_equal(stand_ticket(&stand, "B", true, number).result, TICKET_ISSUED);
    }
    struct face_visit_end end = {.outcome = VISIT_DONE, .seconds = n};
    stand_say(&stand, &face_visit_end_type, &end);
}

static void
everything_at_once(void **state)
{
    (void)state;
    static const char *const moods[] = {"500 1", "lost 1", "close 1", "html 2"};
    pthread_t thread;
    assert_int_equal(pthread_create(&thread, NULL, technician, NULL), 0);
    for (int n = 0; n < VISITS; n++) {
        if (n % 10 == 5) {
            free(office_say(&office, "lie %s", moods[n / 10 % 4]));
        }
        visit(n);
    }
    int64_t until = clock_monotonic() + 60000;
    while (stand_status(&stand).outbox > 0) { // the technician sends at once
        assert_true(clock_monotonic() < until);
        usleep(100 * 1000);
    }
    atomic_store(&over, true);
    pthread_join(thread, NULL);
    size_t len = 0;
    free(peer_bytes(peer, &len));
    struct ctl_status status = stand_status(&stand);
    print_message("# %d visits, %d commands, %zu bytes of paper\n", VISITS, atomic_load(&commands),
                  len);
    assert_int_equal(status.last_seq, VISITS);
    assert_int_equal(status.quarantined, 0);
    assert_int_equal(status.visits_today, VISITS);
    assert_int_equal(office_rows(&office), VISITS);
    assert_true(atomic_load(&commands) > 50 && len > 1000);
}

static int
set_up(void **state)
{
    (void)state;
    static const struct script good = {
        .answers = {0x12, 0x12, 0x12, 0x12}, .confirms = true, .clears = true};
    office_open(&office, arguments + 1);
    office_enrol(&office, "6472021001-1", 1);
    peer = peer_start(PEER_TCP, &good);
    stand_make(
        &stand, arguments[0],
        &(struct stand_world){.more = office_settings(&office), .printer = peer_address(peer)});
    road_run("cp %s %s/state/identity.pem", office.identity_path, stand.folder);
    stand_open(&stand);
    return 0;
}

static int
tear_down(void **state)
{
    (void)state;
    stand_close(&stand);
    peer_stop(peer);
    office_close(&office);
    return 0;
}

int
main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(everything_at_once, set_up, tear_down),
    };
    if (argc != 5) {
        fputs("test_whole SOURCE SCRIPTS PROGRAM CATALOGUE\n", stderr);
        return 2;
    }
    arguments = argv + 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
