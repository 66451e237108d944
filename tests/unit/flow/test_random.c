/* Visitors who press everything, at random, 100,000 times each: what must hold holds
 * after each step. Every second one in a catalogue with rows, FOLDER.
 * `test_random FOLDER SEED` begins with another seed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/secret.h"
#include "base/text.h"
#include "flow/turn.h"
#include "office.h"

enum { VISITORS = 8, STEPS = 100000 };

static uint64_t first_seed = 20261123, seed;
static int visited[PLACE_COUNT], covered[COVER_COUNT];
static int in_rows, most_rows, removed, errands;
static const char *folder; // of a catalogue with rows

static uint32_t
chance(uint32_t below)
{
    seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(seed >> 33) % below;
}

static bool
offers(const struct flow *flow, enum flow_event_kind kind)
{
    return place_offers(flow, &(struct flow_event){.kind = kind});
}

/* There is always something to press that leads out, or a deadline that does. */
static bool
has_a_way_back(const struct flow *flow)
{
    if (flow->cover == COVER_IDLE) {
        return offers(flow, FLOW_STILL_HERE) && offers(flow, FLOW_NEW_VISITOR);
    }
    if (flow->cover != COVER_NONE) {
        return offers(flow, FLOW_BACK);
    }
    if (flow->waiting_for != 0) {
        return flow_deadline(flow) < flow->now + OFFICE_PATIENCE + 1;
    }
    return flow->place == PLACE_HOME || flow->place == PLACE_RESTING ||
           flow->place == PLACE_OUT_OF_SERVICE || offers(flow, FLOW_BACK) ||
           offers(flow, FLOW_DONE) || offers(flow, FLOW_CANCEL);
}

static void
field_is_sound(const struct flow *flow)
{
    const char *field = flow_field(flow);
    if (field != NULL) {
        size_t len = strlen(field);
        assert_true(len < FLOW_DRAFT);
        assert_true(utf8_valid(field, len));
        assert_true(flow->caret <= len);
        assert_true(((unsigned char)field[flow->caret] & 0xC0) != 0x80); // between letters
    }
}

/* One stands where something is asked; a row is one of those there are; no answer is left from a
 * row that is gone. */
static void
rows_are_sound(const struct flow *flow)
{
    if (flow->place != PLACE_QUESTION) {
        return;
    }
    char key[SPOT_KEY];
    assert_true(spot_is_asked(flow->service, flow->spot, flow->answers, office_today));
    assert_true(!flow->in_row || flow->spot.row > 0);
    assert_true(flow->removing == 0 || flow->spot.row == 0);
    in_rows += flow->spot.row > 0;
    for (size_t i = 0; i < flow->service->question_count; i++) {
        const struct question *question = &flow->service->questions[i];
        if (question->repeat >= 0) {
            int rows = spot_rows(&flow->service->questions[question->repeat], flow->answers);
            most_rows = rows > most_rows ? rows : most_rows;
            assert_null(answers_get(flow->answers, spot_key(question->name, rows + 1, key)));
            assert_null(answers_get(flow->drafts, spot_key(question->name, rows + 1, key)));
        }
    }
}

static void
holds(const struct office *office)
{
    const struct flow *flow = &office->flow;
    bool home = flow->place == PLACE_HOME || flow->place == PLACE_RESTING ||
                flow->place == PLACE_OUT_OF_SERVICE;
    visited[flow->place]++;
    covered[flow->cover]++;
    assert_in_range(flow->place, 0, PLACE_COUNT - 1);
    assert_in_range(flow->cover, 0, COVER_COUNT - 1);
    assert_true(has_a_way_back(flow));
    assert_true(flow->visit_began != 0 || home);
    if (flow->visit_began == 0 && flow->cover == COVER_NONE) {
        assert_true(office_is_clean(office));
    }
    assert_true(flow->reveal == -1 || (flow->place == PLACE_REVIEW && flow->cover == 0));
    assert_true(flow->page >= 0 && flow->cover_page >= 0);
    assert_true(office->last.count <= FLOW_EFFECTS);
    assert_true(flow->place != PLACE_REVIEW || flow->service != NULL);
    assert_true(secret_used(office->memory) <= OFFICE_MEMORY);
    if (!home && flow->cover != COVER_IDLE) { // a visit never sleeps for ever
        assert_true(flow_deadline(flow) <= office->now + OFFICE_IDLE);
    }
    field_is_sound(flow);
    rows_are_sound(flow);
}

/* The portal, about land tax: what was asked, mostly. */
static void
bill_says(struct office *office, int64_t request)
{
    struct bill_answer answer = office_owed;
    bool code = office->flow.waiting.arg == ASK_PAY, poll = office->flow.place == PLACE_PAY;
    if (poll) {
        office_poll(office, (enum bill_state)chance(BILL_FAILED + 1));
        return;
    }
    if (code) {
        answer = office_code;
        answer.amount += chance(8) == 0;
    } else if (chance(2) == 0 || office->flow.waiting.arg == ASK_PAID) {
        answer = (struct bill_answer){.state = (enum bill_state)chance(BILL_FAILED + 1)};
    }
    office_step(office, (struct flow_event){.kind = FLOW_BILL_ANSWER, .bill = {request, &answer}});
}

/* The portal, about a booking. */
static void
booking_says(struct office *office, int64_t request)
{
    struct booking_answer answer = office_booked;
    answer.state = (enum booking_state)chance(BOOKING_FAILED + 1);
    answer.letter[0] = (char)('A' + chance(4)); // the last two are unknown here
    office_step(office,
                (struct flow_event){.kind = FLOW_BOOKING_ANSWER, .booking = {request, &answer}});
}

static void
desk_says(struct office *office)
{
    const struct flow *flow = &office->flow;
    int64_t request = chance(4) == 0 ? (int64_t)chance(20) : flow->waiting_for;
    switch (chance(10)) {
    case 9: // not the desk: the scanner, where a code is being checked
        office_verified(office, (enum verdict)chance(6));
        break;
    case 0:
        office_desk(office, FLOW_DESK_DOWN);
        break;
    case 1:
    case 2:
        office_desk(office, FLOW_DESK_UP);
        office_status(office, chance(4) == 0 ? (int)chance(5) : INTAKE_OPEN);
        break;
    case 3:
    case 4:
        office_step(office, (struct flow_event){.kind = FLOW_TICKET_ANSWER,
                                                .ticket = {request, (int)chance(5), "A-017"}});
        break;
    case 5:
        office_step(office, (struct flow_event){.kind = FLOW_SUBMIT_ANSWER,
                                                .submit = {request, (int)chance(3) / 2, "A-018"}});
        break;
    case 6:
        office_print(office, flow->ticket.request, (int)chance(4));
        break;
    case 7:
        if (flow->waiting.arg == ASK_BOOKING && chance(4) > 0) {
            booking_says(office, request);
            break;
        }
        if (flow->place == PLACE_PHOTOS) {
            office_photos(office, (enum photos_state)chance(PHOTOS_BROKEN + 1), (int)chance(7));
            break;
        }
        if (chance(2)) {
            bill_says(office, request);
            break;
        }
        office_step(office, (struct flow_event){.kind = FLOW_STATUS_ANSWER,
                                                .status = {request, STATUS_READY, "sku"}});
        break;
    default:
        office_press(office, chance(2) ? FLOW_CATALOGUE : FLOW_DELIVERED, 0);
        break;
    }
}

/* At the land tax most type a number that may be one, and want to pay. */
static void
go_on_at_bill(struct office *office)
{
    switch (office->flow.place) {
    case PLACE_BILL_NOP:
        office_press(office, FLOW_CLEAR, 0);
        office_type(office, "647202100100100010");
        office_press(office, chance(6) == 0 ? FLOW_PAY_CHECK : FLOW_NEXT, 0);
        break;
    case PLACE_BILL_YEAR:
        office_press(office, FLOW_BILL_YEAR, (int64_t)chance(6));
        break;
    case PLACE_BILL:
        office_press(office, FLOW_PAY, 0);
        break;
    default:
        office_press(office, FLOW_CLEAR, 0);
        office_type(office, "7K3F9QX3");
        office_press(office, FLOW_NEXT, 0);
        break;
    }
}

/* At a list of rows: some add one, some take one away, the rest is content. */
static void
go_on_at_rows(struct office *office, const struct question *repeat)
{
    int rows = spot_rows(repeat, office->flow.answers), row = 1 + (int)chance(4);
    switch (chance(6)) {
    case 0:
    case 1:
        office_press(office, FLOW_ROW_ADD, 0);
        break;
    case 2:
        office_press(office, FLOW_ROW_REMOVE, row);
        office_press(office, FLOW_ROW_REMOVE, row);
        removed += spot_rows(repeat, office->flow.answers) < rows;
        break;
    case 3:
        office_press(office, FLOW_ROW_EDIT, row);
        break;
    default:
        office_press(office, FLOW_NEXT, 0);
        break;
    }
}

/* Some visitors know what they want: else the review would never be seen. */
static void
go_on_well(struct office *office)
{
    const struct question *repeat = rows_now(&office->flow);
    if (repeat != NULL) {
        go_on_at_rows(office, repeat);
    } else if (office->flow.place == PLACE_DONE && chance(2) == 0) {
        office_press(office, FLOW_ANOTHER, 0);
        errands += office->flow.place == PLACE_GROUP;
    } else if (office->flow.place == PLACE_DONE && chance(3) == 0) {
        strcpy(office->flow.pass, office_pass);
        office_press(office, FLOW_PHOTOS, 0);
    } else if (office->flow.place == PLACE_PHOTOS) {
        office_press(office, chance(2) ? FLOW_BACK : FLOW_DONE, 0);
    } else if (office->flow.place == PLACE_DONE) { // the paper is out: some are asked then
        office_print(office, office->flow.ticket.request, PRINT_DONE);
        office_press(office, FLOW_DONE, 0);
    } else if (office->flow.place == PLACE_QUESTION && office->flow.cover == COVER_NONE &&
               office->flow.waiting_for == 0) {
        office_answer(office);
    } else if (office->flow.place == PLACE_REVIEW) {
        office_press(office, office->flow.agreed ? FLOW_NEXT : FLOW_AGREE, 0);
    } else if (office->flow.place >= PLACE_BILL_NOP && office->flow.place <= PLACE_PAY_CHECK) {
        go_on_at_bill(office);
    } else if (office->flow.place == PLACE_STATUS_CODE ||
               office->flow.place == PLACE_BOOKING_CODE) {
        office_scan(office, "7K3F9QX3");
    } else {
        office_press(office, FLOW_NEXT, 0);
    }
}

static void
resident_presses(struct office *office)
{
    static const char *const scans[] = {"6472031708900001", "7K3F9QX3", "x", ""};
    uint32_t kind = FLOW_GROUP + chance(FLOW_SCAN - FLOW_GROUP + 1);
    if (kind == FLOW_SCAN) {
        office_scan(office, scans[chance(4)]);
    } else if (kind == FLOW_TYPE) {
        office_press(office, FLOW_TYPE, chance(2) ? '0' + chance(10) : chance(0x11FFFF));
    } else {
        bool ends = kind == FLOW_CANCEL_YES || kind == FLOW_NEW_VISITOR || kind == FLOW_HOME;
        if (!ends || chance(4) == 0) {
            office_press(office, (enum flow_event_kind)kind, (int64_t)chance(16) - 3);
        }
    }
}

static void
one_step(struct office *office)
{
    uint32_t what = chance(100);
    if (what < 45) {
        resident_presses(office);
    } else if (what < 80) {
        go_on_well(office);
    } else if (what < 95) {
        desk_says(office);
    } else if (what < 99) {
        office_wait(office, chance(2000));
    } else {
        office_wait(office, chance(200000));
    }
}

static void
a_random_walk_breaks_nothing(void **state)
{
    struct office office;
    (void)state;
    for (uint64_t visitor = 0; visitor < VISITORS; visitor++) {
        seed = first_seed + visitor;
        print_message("# seed %llu\n", (unsigned long long)seed);
        if (visitor % 2 == 0) {
            office_open(&office);
        } else {
            office_open_at(&office, folder);
        }
        for (int i = 0; i < STEPS; i++) {
            one_step(&office);
            holds(&office);
        }
        office_close(&office);
    }
    for (int place = 0; place < PLACE_COUNT; place++) {
        print_message("# place %d: %d steps\n", place, visited[place]);
        if (visited[place] == 0) {
            fail_msg("place %d was never seen", place);
        }
    }
    for (int cover = 0; cover < COVER_COUNT; cover++) {
        assert_true(covered[cover] > 0);
    }
    print_message("# rows: %d steps in one, at most %d of them, %d removed, %d errands more\n",
                  in_rows, most_rows, removed, errands);
    assert_true(in_rows > 0 && most_rows > 2 && removed > 0 && errands > 0);
}

int
main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_random_walk_breaks_nothing)};
    assert_true(argc > 1);
    folder = argv[1];
    if (argc > 2) {
        first_seed = strtoull(argv[2], NULL, 10);
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
