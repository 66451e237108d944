/* Counters at the desk: the test sits in the place of the hall, on the real socket. */
#include "stand.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "seal/password.h"
#include "wire/hall_messages.h"

static struct stand stand;
static const char *source;
static struct link *hall;
static int64_t request;

/* What the hall was told last of each number ("A-001"), by the order of their first mention. */
static struct {
    char number[16], code[16];
    int64_t id;
    int life, counter, aim, calls, print;
} seen[64];
static int seen_count, calls_heard, last_calls, officers;
static char counters_heard[128], day_heard[16];
static int64_t help_since;

static int
begin(void **state)
{
    (void)state;
    struct stand_world world = {.office = "walks/offices/open", .in_a_row = 50};
    stand_make(&stand, source, &world);
    stand_open(&stand);
    return 0;
}

static void
forget(void)
{
    memset(seen, 0, sizeof seen);
    seen_count = calls_heard = last_calls = officers = 0;
    counters_heard[0] = day_heard[0] = '\0';
}

static int
end(void **state)
{
    (void)state;
    link_destroy(hall);
    hall = NULL;
    stand_close(&stand);
    forget();
    return 0;
}

static void
note_ticket(const struct hall_ticket *ticket)
{
    int at = 0;
    while (at < seen_count && strcmp(seen[at].number, ticket->number) != 0) {
        at++;
    }
    seen_count += at == seen_count;
    snprintf(seen[at].number, sizeof seen[at].number, "%s", ticket->number);
    snprintf(seen[at].code, sizeof seen[at].code, "%s", ticket->code);
    seen[at].id = ticket->ticket;
    seen[at].life = ticket->life;
    seen[at].counter = ticket->counter;
    seen[at].aim = ticket->aim;
    seen[at].calls = ticket->calls;
    seen[at].print = ticket->print;
}

static void
note(const struct wire_type *type, const void *message)
{
    if (type == &hall_ticket_type) {
        note_ticket(message);
    } else if (type == &hall_call_type) {
        calls_heard++;
        last_calls += ((const struct hall_call *)message)->last;
    } else if (type == &hall_officer_type) {
        officers++;
    } else if (type == &hall_counter_type) {
        const struct hall_counter *counter = message;
        size_t len = strlen(counters_heard);
        snprintf(counters_heard + len, sizeof counters_heard - len, "%d:%s ", counter->number,
                 counter->series);
    } else if (type == &hall_office_type) {
        snprintf(day_heard, sizeof day_heard, "%s", ((const struct hall_office *)message)->day);
    } else if (type == &hall_help_type) {
        help_since = ((const struct hall_help *)message)->since;
    }
}

/* Everything up to the answer of `wanted`; without one, until nothing comes for a while. */
static struct hall_done
hear(int64_t wanted)
{
    static _Alignas(max_align_t) unsigned char message[WIRE_MESSAGE_MAX];
    int64_t until = clock_monotonic() + (wanted != 0 ? 5000 : 300);
    const struct wire_type *type;
    while ((type = stand_listen(hall, message, until)) != NULL) {
        note(type, message);
        if (type == &hall_done_type && ((struct hall_done *)message)->request == wanted) {
            return *(struct hall_done *)message;
        }
    }
    assert_int_equal(wanted, 0);
    return (struct hall_done){0};
}

static void
say(const struct wire_type *type, const void *message)
{
    assert_true(link_send(hall, type, message));
    assert_true(link_flush(hall));
}

static void
dial(void)
{
    forget();
    hall = stand_dial(&stand, "hall.sock", desk_to_hall);
    hear(0);
}

static void
take(const char *queue, const char *expected)
{
    char number[16];
    assert_int_equal(stand_ticket(&stand, queue, true, number).result, TICKET_ISSUED);
    assert_string_equal(number, expected);
}

static struct hall_done
next(int counter)
{
    struct hall_next message = {.request = ++request, .counter = counter};
    say(&hall_next_type, &message);
    return hear(request);
}

static int
place(const char *number)
{
    for (int i = 0; i < seen_count; i++) {
        if (strcmp(seen[i].number, number) == 0) {
            return i;
        }
    }
    fail_msg("the hall never heard of %s", number);
    return 0;
}

static int
act(int counter, enum hall_deed deed, const char *number, int aim)
{
    struct hall_do message = {.request = ++request,
                              .counter = counter,
                              .deed = deed,
                              .ticket = seen[place(number)].id,
                              .aim = aim};
    say(&hall_do_type, &message);
    return hear(request).result;
}

static void
the_hall_is_told_all_and_then_what_changes(void **state)
{
    (void)state;
    take("A", "A-001");
    take("B", "B-001");
    dial();
    assert_int_equal(strlen(day_heard), 10);
    assert_string_equal(counters_heard, "1:ABCDEP 2:BEP ");
    assert_int_equal(seen_count, 2);
    take("A", "A-002");
    hear(0);
    assert_int_equal(seen_count, 3);
    assert_int_equal(seen[place("A-002")].life, HALL_WAITING);
    // A new one takes the place of the old one and is told the same.
    struct link *old = hall;
    dial();
    link_destroy(old);
    assert_int_equal(seen_count, 3);
    assert_int_equal(next(1).result, HALL_DONE);
    assert_int_equal(seen[place("A-001")].life, HALL_CALLED);
    stand_restart(&stand);
    link_destroy(hall);
    dial();
    assert_int_equal(seen_count, 3);
    assert_int_equal(calls_heard, 1);
    assert_int_equal(seen[place("A-001")].counter, 1);
}

static void
each_counter_calls_its_series_in_turn(void **state)
{
    (void)state;
    take("A", "A-001");
    take("B", "B-001");
    take("A", "A-002");
    dial();
    struct hall_done done = next(2);
    assert_int_equal(done.result, HALL_DONE);
    assert_int_equal(done.ticket, seen[place("B-001")].id);
    assert_int_equal(next(2).result, HALL_TAKEN); // first say what becomes of B-001
    assert_int_equal(act(2, DEED_SERVED, "B-001", 0), HALL_DONE);
    assert_int_equal(next(2).result, HALL_NOBODY); // A is not its series
    assert_int_equal(next(1).ticket, seen[place("A-001")].id);
    assert_int_equal(act(2, DEED_SERVED, "A-001", 0), HALL_TAKEN); // it is at counter 1
    assert_int_equal(act(2, DEED_CALL, "A-001", 0), HALL_TAKEN);
    assert_int_equal(act(2, DEED_CALL, "A-002", 0), HALL_DONE); // by hand it may
    assert_int_equal(next(9).result, HALL_CLOSED);              // no such counter
    assert_int_equal(calls_heard, 3);
}

static void
what_becomes_of_a_number(void **state)
{
    (void)state;
    take("B", "B-001");
    take("B", "B-002");
    dial();
    assert_int_equal(next(1).result, HALL_DONE);
    assert_int_equal(act(1, DEED_AGAIN, "B-001", 0), HALL_DONE);
    assert_int_equal(last_calls, 0);
    assert_int_equal(act(1, DEED_AGAIN, "B-001", 0), HALL_DONE);
    assert_int_equal(last_calls, 1);
    assert_int_equal(act(1, DEED_AGAIN, "B-001", 0), HALL_OFTEN);
    assert_int_equal(act(1, DEED_TRANSFER, "B-001", 1), HALL_TAKEN); // to itself
    assert_int_equal(act(1, DEED_TRANSFER, "B-001", 7), HALL_TAKEN); // there is none
    assert_int_equal(act(1, DEED_TRANSFER, "B-001", 2), HALL_DONE);
    assert_int_equal(seen[place("B-001")].aim, 2);
    assert_int_equal(next(1).ticket, seen[place("B-002")].id); // B-001 waits for counter 2
    assert_int_equal(next(2).ticket, seen[place("B-001")].id);
    assert_int_equal(act(2, DEED_SKIP, "B-001", 0), HALL_DONE);
    assert_int_equal(seen[place("B-001")].life, HALL_SKIPPED);
    assert_int_equal(act(2, DEED_CALL, "B-001", 0), HALL_DONE);
    assert_int_equal(act(2, DEED_PARK, "B-001", 0), HALL_DONE);
    assert_int_equal(seen[place("B-001")].life, HALL_PARKED);
    assert_int_equal(next(2).result, HALL_NOBODY);
    assert_int_equal(act(1, DEED_ABSENT, "B-002", 0), HALL_DONE);
    assert_int_equal(act(1, DEED_CALL, "B-002", 0), HALL_TAKEN);
    assert_int_equal(act(1, DEED_REPRINT, "B-001", 0), HALL_PAPER); // no printer here
}

static void
void_numbers_are_never_called(void **state)
{
    (void)state;
    take("B", "B-001");
    take("B", "B-002");
    take("B", "B-003");
    dial();
    struct hall_void order = {
        .request = ++request, .letter = "B", .from = 1, .to = 2, .officer = "siti"};
    say(&hall_void_type, &order);
    assert_int_equal(hear(request).count, 2);
    assert_int_equal(seen[place("B-001")].life, HALL_VOID);
    assert_int_equal(next(1).ticket, seen[place("B-003")].id);
    order.request = ++request;
    order.letter = "";
    say(&hall_void_type, &order);
    assert_int_equal(hear(request).count, 0);
}

static void
help_is_heard_where_somebody_sits(void **state)
{
    (void)state;
    struct face_help help = {.request = 900, .screen = "home"};
    dial();
    stand_say(&stand, &face_help_type, &help);
    assert_false(
        ((const struct desk_help_answer *)stand_hear(&stand, &desk_help_answer_type, 5000))->told);
    struct hall_seat seat = {.counter = 1, .officer = "siti"};
    say(&hall_seat_type, &seat);
    hear(0);
    stand_say(&stand, &face_help_type, &help);
    assert_true(
        ((const struct desk_help_answer *)stand_hear(&stand, &desk_help_answer_type, 5000))->told);
    hear(0);
    assert_true(help_since > 0);
    struct hall_help_seen gone = {.officer = "siti"};
    say(&hall_help_seen_type, &gone);
    hear(0);
    assert_int_equal(help_since, 0);
}

/* The median of what was served, over those who sit there; nothing before that. */
static void
the_wait_is_estimated_from_what_was_served(void **state)
{
    (void)state;
    char number[16], expected[16];
    dial();
    struct hall_seat seat = {.counter = 1, .officer = "siti"};
    say(&hall_seat_type, &seat);
    for (int i = 1; i <= 4; i++) {
        assert_int_equal(stand_ticket(&stand, "A", true, number).wait_minutes, -1);
    }
    hear(0);
    for (int i = 1; i <= 3; i++) {
        snprintf(expected, sizeof expected, "A-%03d", i);
        assert_int_equal(next(1).ticket, seen[place(expected)].id);
        assert_int_equal(act(1, DEED_SERVED, expected, 0), HALL_DONE);
    }
    struct desk_ticket_answer answer = stand_ticket(&stand, "A", true, number);
    assert_int_equal(answer.ahead, 1);
    assert_int_equal(answer.wait_minutes, 1); // each took less than a minute, and counts as one
    seat.officer = "";
    say(&hall_seat_type, &seat);
    hear(0);
    assert_int_equal(stand_ticket(&stand, "A", true, number).wait_minutes, -1);
}

/* --- browsers and officers -------------------------------------------------------------- */

static uint8_t browser[HALL_BROWSER] = {7};

static int
pair(const char *code)
{
    struct hall_pair message = {.request = ++request,
                                .code = code,
                                .browser = {browser, sizeof browser},
                                .name = "Chrome di loket 1"};
    say(&hall_pair_type, &message);
    return hear(request).result;
}

static int
is_paired(void)
{
    struct hall_browser message = {.request = ++request, .browser = {browser, sizeof browser}};
    say(&hall_browser_type, &message);
    return hear(request).result;
}

static void
keep_code(void *context, const struct wire_type *type, const void *message)
{
    if (type == &ctl_pair_code_type) {
        snprintf(context, 16, "%s", ((const struct ctl_pair_code *)message)->code);
    }
}

static void
a_code_pairs_one_browser(void **state)
{
    (void)state;
    char code[16] = "";
    dial();
    assert_int_equal(pair("7K3F-9QXM"), HALL_WRONG);
    assert_int_equal(is_paired(), HALL_WRONG);
    assert_true(stand_ctl(&stand, &ctl_pair_ask_type, NULL, keep_code, code).ok);
    assert_int_equal(strlen(code), 9);
    assert_int_equal(pair(code), HALL_DONE);
    assert_int_equal(is_paired(), HALL_DONE);
    assert_int_equal(pair(code), HALL_WRONG); // once
    stand_restart(&stand);
    link_destroy(hall);
    dial();
    assert_int_equal(is_paired(), HALL_DONE);
    assert_true(stand_ctl(&stand, &ctl_unpair_type, NULL, NULL, NULL).ok);
    link_destroy(hall); // hung up on
    dial();
    assert_int_equal(is_paired(), HALL_WRONG);
    assert_true(stand_ctl(&stand, &ctl_pair_ask_type, NULL, keep_code, code).ok);
    for (int i = 0; i < 5; i++) {
        assert_int_equal(pair("7K3F-9QXM"), HALL_WRONG);
    }
    assert_int_equal(pair(code), HALL_WRONG); // guessed at too often
}

static struct hall_done
sign_in(const char *name, const uint8_t *key)
{
    struct hall_sign_in message = {.request = ++request, .officer = name, .key = {key, HALL_KEY}};
    say(&hall_sign_in_type, &message);
    return hear(request);
}

static void
five_wrong_pins_then_one_an_hour(void **state)
{
    (void)state;
    static const uint8_t salt[HALL_SALT] = {1};
    uint8_t right[HALL_KEY] = {2}, wrong[HALL_KEY] = {3};
    struct ctl_officer officer = {
        .name = "siti", .salt = {salt, sizeof salt}, .key = {right, sizeof right}};
    assert_true(stand_ctl(&stand, &ctl_officer_type, &officer, NULL, NULL).ok);
    officer.name = "Siti R";
    assert_false(stand_ctl(&stand, &ctl_officer_type, &officer, NULL, NULL).ok);
    dial();
    assert_int_equal(officers, 1);
    assert_int_equal(sign_in("siti", right).result, HALL_DONE);
    assert_int_equal(sign_in("budi", right).result, HALL_WRONG);
    for (int i = 0; i < 4; i++) {
        assert_int_equal(sign_in("siti", wrong).result, HALL_WRONG);
    }
    assert_int_equal(sign_in("siti", right).result, HALL_DONE); // and the tries are forgotten
    for (int i = 0; i < 5; i++) {
        assert_int_equal(sign_in("siti", wrong).result, HALL_WRONG);
    }
    stand_restart(&stand);
    link_destroy(hall);
    dial();
    struct hall_done done = sign_in("siti", right);
    assert_int_equal(done.result, HALL_LOCKED);
    assert_in_range(done.wait, 3500, 3600);
    officer.name = "siti"; // a new PIN lets in again
    assert_true(stand_ctl(&stand, &ctl_officer_type, &officer, NULL, NULL).ok);
    assert_int_equal(sign_in("siti", right).result, HALL_DONE);
    officer.key.len = officer.salt.len = 0; // gone
    assert_true(stand_ctl(&stand, &ctl_officer_type, &officer, NULL, NULL).ok);
    assert_int_equal(sign_in("siti", right).result, HALL_WRONG);
}

int
main(int argc, char **argv)
{
    source = argv[argc > 1];
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_hall_is_told_all_and_then_what_changes, begin, end),
        cmocka_unit_test_setup_teardown(each_counter_calls_its_series_in_turn, begin, end),
        cmocka_unit_test_setup_teardown(what_becomes_of_a_number, begin, end),
        cmocka_unit_test_setup_teardown(void_numbers_are_never_called, begin, end),
        cmocka_unit_test_setup_teardown(help_is_heard_where_somebody_sits, begin, end),
        cmocka_unit_test_setup_teardown(the_wait_is_estimated_from_what_was_served, begin, end),
        cmocka_unit_test_setup_teardown(a_code_pairs_one_browser, begin, end),
        cmocka_unit_test_setup_teardown(five_wrong_pins_then_one_an_hour, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
