/* The face at work, its desk played by the test: what it shows, what it keeps, what it lets
 * go of, and that no desk can bring it down. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <SDL2/SDL.h>
#include <cmocka.h>

#include "../base/sanitized.h"
#include "../bundle_of.h"
#include "base/log.h"
#include "base/settings.h"
#include "base/text.h"
#include "form/answers.h"
#include "kiosk.h"
#include "wire/face_messages.h"
#include "wire/link.h"

static struct kiosk kiosk;
static const char *catalogue_folder;

static int
set_up(void **state)
{
    (void)state;
    kiosk_open(&kiosk, catalogue_folder, true);
    return 0;
}

static int
tear_down(void **state)
{
    (void)state;
    kiosk_close(&kiosk);
    return 0;
}

static struct flow *
flow(void)
{
    return &kiosk.face->flow;
}

/* --- the desk comes and goes ------------------------------------------------------ */

static void
a_desk_greets_first(void **state)
{
    (void)state;
    kiosk_dial(&kiosk);
    kiosk_status(&kiosk, INTAKE_OPEN); // before its hello
    assert_false(flow()->desk_up);
    assert_int_equal(kiosk.face->facts.view.waiting, -1);
    struct desk_hello hello = {.protocol = FACE_PROTOCOL + 1, .office_name = "Kelurahan Lain"};
    kiosk_say(&kiosk, &desk_hello_type, &hello); // another version: not served
    assert_false(flow()->desk_up);
    assert_string_not_equal(kiosk.face->facts.office_name, "Kelurahan Lain");
    hello.protocol = FACE_PROTOCOL;
    kiosk_say(&kiosk, &desk_hello_type, &hello);
    assert_true(flow()->desk_up);
    assert_string_equal(kiosk.face->facts.office_name, "Kelurahan Lain");
}

static void
a_desk_that_dials_again_is_the_desk(void **state)
{
    (void)state;
    kiosk_greet(&kiosk);
    kiosk_fill(&kiosk, "sku");
    enum place place = flow()->place;
    struct link *first = kiosk.desk;
    kiosk.desk = NULL;
    kiosk_greet(&kiosk);
    assert_true(flow()->desk_up);
    assert_int_equal(flow()->place, place); // nothing of the visit is lost
    link_destroy(first);
    kiosk_turn(&kiosk);
    assert_true(flow()->desk_up);
    link_destroy(kiosk.desk);
    kiosk.desk = NULL;
    kiosk_turn(&kiosk);
    assert_false(flow()->desk_up);
    assert_int_equal(flow()->place, place);
    kiosk_press(&kiosk, FLOW_CANCEL, 0);
    kiosk_press(&kiosk, FLOW_CANCEL_YES, 0);
    kiosk_wait(&kiosk, FLOW_DESK_GRACE + 1);
    assert_int_equal(flow()->place, PLACE_OUT_OF_SERVICE);
    kiosk_greet(&kiosk);
    assert_int_equal(flow()->place, PLACE_HOME);
}

/* --- what a visit adds to the day's numbers ---------------------------------------- */

static void
a_visits_numbers_are_said_once(void **state)
{
    (void)state;
    static const struct tally zero;
    static uint8_t message[WIRE_MESSAGE_MAX];
    const struct face_tally *said = (const struct face_tally *)message;
    const struct wire_type *type;
    int heard = 0;
    kiosk_greet(&kiosk);
    kiosk_fill(&kiosk, "sku");
    kiosk_press(&kiosk, FLOW_CANCEL, 0);
    kiosk_press(&kiosk, FLOW_CANCEL_YES, 0);
    while ((type = kiosk_hear(&kiosk, message)) != NULL) {
        if (type == &face_tally_type) {
            heard++;
            assert_non_null(strstr(said->counts, "visit/cancelled left/review set/language/id "));
            assert_non_null(strstr(said->counts, " seen/sku/nik"));
            assert_null(strstr(said->counts, "6472")); // no answer
        }
    }
    assert_int_equal(heard, 1);
    assert_memory_equal(&kiosk.face->private->tally, &zero, offsetof(struct tally, before));
    for (size_t i = 0; i < sizeof kiosk.face->private->counts; i++) {
        assert_int_equal(kiosk.face->private->counts[i], 0);
    }
}

/* What the face says of letters until nothing more comes; -1: nothing. */
static int
letters_said(void)
{
    static _Alignas(max_align_t) uint8_t message[WIRE_MESSAGE_MAX];
    const struct wire_type *type;
    int said = -1;
    bool asked = false;
    while ((type = kiosk_hear(&kiosk, message)) != NULL) {
        asked = asked || type == &face_checklist_type;
        if (type == &face_letters_type) {
            assert_false(asked); // before what is printed so
            said = ((const struct face_letters *)(const void *)message)->size;
        }
    }
    assert_true(asked);
    return said;
}

/* The letters of a visit's slips are its screen's: said once, and again when they are others; the
 * desk takes them back by itself when the visit ends, and a new desk knows nothing of them. */
static void
paper_has_the_letters_of_the_screen(void **state)
{
    (void)state;
    static const struct {
        int size, said;
    } steps[] = {{0, -1}, {2, 2}, {2, -1}, {1, 1}, {0, 0}};
    kiosk_greet(&kiosk);
    kiosk_press(&kiosk, FLOW_SERVICE, 0);
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        kiosk_press(&kiosk, FLOW_SIZE, steps[i].size);
        kiosk_press(&kiosk, FLOW_CHECKLIST, 0);
        assert_int_equal(letters_said(), steps[i].said);
        struct desk_print_state failed = {flow()->list.request, PRINT_FAILED,
                                          PRINTER_PAPER_OUT}; // so that it may be asked again
        kiosk_say(&kiosk, &desk_print_state_type, &failed);
    }
    kiosk_press(&kiosk, FLOW_SIZE, 2);
    kiosk_press(&kiosk, FLOW_CHECKLIST, 0);
    assert_int_equal(letters_said(), 2);
    kiosk_fill(&kiosk, "sku");
    kiosk_press(&kiosk, FLOW_CANCEL, 0);
    kiosk_press(&kiosk, FLOW_CANCEL_YES, 0);
    assert_int_equal(flow()->size, 0);
    assert_int_equal(kiosk.face->letters, 0);
}

/* --- a desk that says nonsense ----------------------------------------------------- */

static void
raw(const void *bytes, size_t len)
{
    ssize_t put = write(link_fd(kiosk.desk), bytes, len);
    assert_true(put >= 0 || len == 0);
    kiosk_turn(&kiosk);
}

static void
assert_alive(void)
{
    kiosk_greet(&kiosk);
    assert_true(flow()->desk_up);
    assert_true(kiosk.face->ui.count > 0);
}

static void
garbage_does_not_bring_it_down(void **state)
{
    (void)state;
    static uint8_t bytes[70000];
    for (unsigned seed = 1; seed <= 60; seed++) {
        srand(seed);
        if (seed % 2) {
            kiosk_greet(&kiosk);
        } else {
            kiosk_dial(&kiosk);
        }
        size_t len = (size_t)rand() % (seed % 5 ? 400 : sizeof bytes);
        for (size_t i = 0; i < len; i++) {
            bytes[i] = (uint8_t)(rand() % 3 ? rand() % 12 : rand());
        }
        if (seed % 3 == 0 && len > 6) { // a length that fits, a type that may be one
            uint32_t size = (uint32_t)(len - 4) % 4096;
            memcpy(bytes, &size, 4);
            bytes[4] = (uint8_t)(rand() % 20);
            bytes[5] = 0;
        }
        raw(bytes, len);
    }
    static const uint8_t huge[] = {0xff, 0xff, 0xff, 0xff, 1, 0, 0}, empty[] = {0, 0, 0, 0};
    kiosk_greet(&kiosk);
    raw(huge, sizeof huge);
    assert_false(flow()->desk_up); // hung up
    kiosk_greet(&kiosk);
    raw(empty, sizeof empty);
    assert_false(flow()->desk_up);
    assert_alive();
}

/* What the face itself would say, said to it. */
static void
messages_of_the_other_direction_hang_up(void **state)
{
    (void)state;
    static const struct wire_type *const own[] = {
        &face_ticket_request_type, &face_submit_type,    &face_reprint_type, &face_lookup_type,
        &face_help_type,           &face_visit_end_type, &face_letters_type};
    for (size_t i = 0; i < sizeof own / sizeof *own; i++) {
        char nothing[WIRE_MESSAGE_MAX] = "";
        uint8_t frame[512];
        kiosk_greet(&kiosk);
        size_t len = wire_encode(own[i], nothing, frame, sizeof frame);
        assert_true(len > 0);
        raw(frame, len);
        assert_false(flow()->desk_up);
    }
    assert_alive();
}

static int32_t
wild(void)
{
    static const int32_t values[] = {0, 1, 2, 3, 4, 5, 7, 8, 99, 1000000, INT32_MAX, INT32_MIN, -1};
    return values[rand() % 13];
}

static const char *
wild_text(void)
{
    static const char *const values[] = {
        "", "A-017", "%s%n%d", "6472021001", "\n\t", "Kelurahan \xC3\xA9 \xE2\x80\xAE", "sku"};
    return values[rand() % 7];
}

/* Every message that a desk may send, with any number in it, at every place: answers
 * nobody asked for, results that do not exist. */
static void
wild_messages_do_not_bring_it_down(void **state)
{
    (void)state;
    kiosk_greet(&kiosk);
    for (unsigned seed = 1; seed <= 300; seed++) {
        srand(seed);
        int64_t request = rand() % 3 ? flow()->request : wild();
        uint8_t bytes[100] = {0};
        struct desk_hello hello = {.protocol = FACE_PROTOCOL,
                                   .office_name = wild_text(),
                                   .hours = wild_text(),
                                   .utc_offset = wild(),
                                   .portal_key = {bytes, (uint32_t)rand() % 33}};
        struct desk_status status = {.intake = wild(),
                                     .printer = wild(),
                                     .waiting = wild(),
                                     .wait_minutes = wild(),
                                     .outbox = wild(),
                                     .offline_since = wild(),
                                     .tickets_open = rand() % 2 != 0,
                                     .digital_day = rand() % 2 != 0,
                                     .tickets_closed_until = wild_text(),
                                     .notice = wild_text(),
                                     .serving = wild_text()};
        struct desk_ticket_answer ticket = {request, wild(), wild(), wild_text(), wild(), wild()};
        struct desk_submit_answer submit = {request, wild(), wild(), wild_text(),
                                            wild(),  wild(), wild()};
        struct desk_print_state print = {request, wild(), wild()};
        struct desk_lookup_answer lookup = {request, wild(), {bytes, (uint32_t)rand() % 100}};
        struct desk_help_answer help = {request, rand() % 2 != 0};
        struct desk_delivered delivered = {wild_text()};
        struct desk_bundle bundle = {{bytes, (uint32_t)rand() % 100}};
        const struct {
            const struct wire_type *type;
            const void *message;
        } all[] = {{&desk_hello_type, &hello},          {&desk_status_type, &status},
                   {&desk_ticket_answer_type, &ticket}, {&desk_submit_answer_type, &submit},
                   {&desk_print_state_type, &print},    {&desk_lookup_answer_type, &lookup},
                   {&desk_help_answer_type, &help},     {&desk_delivered_type, &delivered},
                   {&desk_bundle_type, &bundle}};
        size_t i = (size_t)rand() % 9;
        uint8_t frame[2048];
        // Numbers that the table itself refuses never reach the flow.
        size_t len = wire_encode(all[i].type, all[i].message, frame, sizeof frame);
        if (len > 0) {
            raw(frame, len);
        }
        if (!flow()->desk_up) {
            kiosk_greet(&kiosk);
        }
        static const enum flow_event_kind walk[] = {
            FLOW_QUEUES, FLOW_QUEUE, FLOW_STATUS, FLOW_SERVICE, FLOW_NEXT,
            FLOW_BACK,   FLOW_HOME,  FLOW_COVER,  FLOW_CHOOSE,  FLOW_CANCEL_YES};
        kiosk_press(&kiosk, walk[rand() % 10], rand() % 3);
        kiosk_now += rand() % 3000;
    }
    assert_alive();
}

/* --- what a visit leaves ------------------------------------------------------------ */

enum { FRAGMENT = 8, PIECE = 1 << 20 };

/* Does any FRAGMENT of the text begin at `at`? The text is kept turned round, so that it is
 * not found in this very function. */
static bool
is_fragment(const char *at, const char *turned, size_t len)
{
    for (size_t from = 0; from + FRAGMENT <= len; from++) {
        size_t k = 0;
        while (k < FRAGMENT && at[k] == turned[len - 1 - from - k]) {
            k++;
        }
        if (k == FRAGMENT) {
            return true;
        }
    }
    return false;
}

/* Where a fragment of it still stands in memory that can be written to; 0: nowhere. */
static unsigned long
found_in_memory(const char *turned, size_t len, char *where, size_t size)
{
    FILE *maps = fopen("/proc/self/maps", "r"), *memory = fopen("/proc/self/mem", "rb");
    char line[512], *piece = malloc(PIECE);
    unsigned long hit = 0, from, to;
    assert_true(maps && memory && piece);
    setvbuf(memory, NULL, _IONBF, 0);
    while (hit == 0 && fgets(line, sizeof line, maps)) {
        char mode[5];
        if (sscanf(line, "%lx-%lx %4s", &from, &to, mode) != 3 || mode[0] != 'r' ||
            mode[1] != 'w') {
            continue;
        }
        for (unsigned long at = from; at < to && hit == 0; at += PIECE - FRAGMENT) {
            size_t wanted = to - at < PIECE ? to - at : PIECE;
            bool own = (unsigned long)piece >= at && (unsigned long)piece < at + wanted;
            if (own || fseek(memory, (long)at, SEEK_SET) != 0) {
                continue;
            }
            size_t got = fread(piece, 1, wanted, memory);
            for (size_t i = 0; i + FRAGMENT <= got && hit == 0; i++) {
                bool digit = piece[i] >= '0' && piece[i] <= '9';
                hit = digit && is_fragment(piece + i, turned, len) ? at + i : 0;
            }
        }
        text_copy(where, size, line);
    }
    memset(piece, 0, PIECE);
    free(piece);
    fclose(memory);
    fclose(maps);
    return hit;
}

static void
the_visits_memory_is_zero_after_its_end(void **state)
{
    (void)state;
    static const enum flow_event_kind ends[] = {FLOW_CANCEL_YES, FLOW_NEW_VISITOR, FLOW_TICK};
    for (size_t i = 0; i < 3; i++) {
        kiosk_greet(&kiosk);
        kiosk_fill(&kiosk, "sku");
        kiosk_press(&kiosk, FLOW_SIZE, 2);
        kiosk_press(&kiosk, FLOW_LANGUAGE, LANGUAGE_EN);
        char nik[17];
        text_copy(nik, sizeof nik, answers_get(flow()->answers, "nik"));
        assert_int_equal(strlen(nik), 16);
        int question = 0;
        while (flow()->service->questions[question].type != QUESTION_NIK) {
            question++;
        }
        kiosk_press(&kiosk, FLOW_EDIT, question); // in full on the screen
        char turned[17] = "", where[512];
        for (size_t k = 0; k < 16; k++) {
            turned[k] = nik[15 - k];
        }
        memset(nik, 0, sizeof nik);
        assert_true(SANITIZED || found_in_memory(turned, 16, where, sizeof where) != 0); // still on
        if (ends[i] == FLOW_CANCEL_YES) {
            kiosk_press(&kiosk, FLOW_CANCEL, 0);
            kiosk_press(&kiosk, FLOW_CANCEL_YES, 0);
        } else {
            kiosk_wait(&kiosk, 1000L * kiosk.settings->times.idle + 10);
            assert_int_equal(flow()->cover, COVER_IDLE);
            if (ends[i] == FLOW_NEW_VISITOR) {
                kiosk_press(&kiosk, FLOW_NEW_VISITOR, 0);
            } else {
                kiosk_wait(&kiosk, 1000L * kiosk.settings->times.idle_warning + 10);
            }
        }
        assert_int_equal(flow()->place, PLACE_HOME);
        // The whole of the visit's memory, from its first allocation on.
        const char *arena = (const char *)flow()->answers;
        for (size_t k = 0; k < FACE_MEMORY; k++) {
            assert_int_equal(arena[k], 0);
        }
        const char *private = (const char *)kiosk.face->private;
        for (size_t k = 0; k < sizeof *kiosk.face->private; k++) {
            assert_int_equal(private[k], 0);
        }
        assert_true(flow()->size == 0 && flow()->language == LANGUAGE_ID && !flow()->contrast);
        // And all the rest of the process: not eight digits of it.
        unsigned long at = SANITIZED ? 0 : found_in_memory(turned, 16, where, sizeof where);
        if (at != 0) {
            fail_msg("digits of the NIK stand at %lx in %s", at, where);
        }
    }
}

/* --- catalogues ---------------------------------------------------------------------- */

/* The project's catalogue under another version, signed; the caller frees it. */
static uint8_t *
make_bundle(int version, const uint8_t secret_key[SIGN_SECRET], size_t *len)
{
    char *bundle = malloc(BUNDLE_BYTES), own[60];
    snprintf(own, sizeof own, "  \"version\": %d,\n  \"notice\"", version);
    *len = bundle_of(catalogue_folder, version, secret_key, "  \"version\": 1,\n  \"notice\"", own,
                     bundle);
    return (uint8_t *)bundle;
}

static void
say_bundle(int version, const uint8_t secret_key[SIGN_SECRET])
{
    size_t len;
    uint8_t *bytes = make_bundle(version, secret_key, &len);
    struct desk_bundle bundle = {{bytes, (uint32_t)len}};
    kiosk_say(&kiosk, &desk_bundle_type, &bundle);
    free(bytes);
}

static void
a_catalogue_is_adopted_between_visits_only(void **state)
{
    (void)state;
    int first = catalogue_version(flow()->catalogue);
    kiosk_greet(&kiosk);
    say_bundle(first + 1, kiosk.sign_secret); // nobody is here: at once
    assert_int_equal(catalogue_version(flow()->catalogue), first + 1);
    kiosk_fill(&kiosk, "sku");
    say_bundle(first + 2, kiosk.sign_secret);
    say_bundle(first + 3, kiosk.sign_secret); // the newest that waits
    assert_int_equal(catalogue_version(flow()->catalogue), first + 1);
    assert_int_equal(flow()->place, PLACE_REVIEW);
    kiosk_press(&kiosk, FLOW_EDIT, 0); // its strings are still those of the visit
    kiosk_press(&kiosk, FLOW_BACK, 0);
    kiosk_press(&kiosk, FLOW_CANCEL, 0);
    assert_int_equal(catalogue_version(flow()->catalogue), first + 1);
    kiosk_press(&kiosk, FLOW_CANCEL_YES, 0);
    assert_int_equal(catalogue_version(flow()->catalogue), first + 3);
    assert_null(kiosk.face->waiting);
    kiosk_fill(&kiosk, "aduan"); // and it serves
}

static void
a_bundle_that_the_portal_did_not_sign_is_refused(void **state)
{
    (void)state;
    uint8_t public_key[SIGN_PUBLIC], other[SIGN_SECRET];
    int first = catalogue_version(flow()->catalogue);
    sign_keypair(public_key, other);
    kiosk_greet(&kiosk);
    say_bundle(first + 1, other);
    assert_int_equal(catalogue_version(flow()->catalogue), first);
    say_bundle(first, kiosk.sign_secret); // not newer
    say_bundle(first - 1, kiosk.sign_secret);
    assert_int_equal(catalogue_version(flow()->catalogue), first);
    size_t len;
    uint8_t *bytes = make_bundle(first + 1, kiosk.sign_secret, &len);
    for (int i = 0; i < 40; i++) { // one changed letter, anywhere
        size_t at = (size_t)(i < 20 ? i : rand()) % len;
        bytes[at] ^= 1;
        struct desk_bundle bundle = {{bytes, (uint32_t)len}};
        kiosk_say(&kiosk, &desk_bundle_type, &bundle);
        bytes[at] ^= 1;
        assert_int_equal(catalogue_version(flow()->catalogue), first);
    }
    struct desk_bundle cut = {{bytes, (uint32_t)len / 2}};
    kiosk_say(&kiosk, &desk_bundle_type, &cut);
    assert_int_equal(catalogue_version(flow()->catalogue), first);
    free(bytes);
    say_bundle(first + 1, kiosk.sign_secret);
    assert_int_equal(catalogue_version(flow()->catalogue), first + 1);
}

/* --- touches and the window ------------------------------------------------------------ */

static void
a_lost_window_is_no_touch(void **state)
{
    (void)state;
    kiosk_greet(&kiosk);
    kiosk_wait(&kiosk, 1000L * kiosk.settings->times.rest + 10);
    assert_int_equal(flow()->place, PLACE_RESTING);
    SDL_Event lost = {.window = {.type = SDL_WINDOWEVENT, .event = SDL_WINDOWEVENT_FOCUS_LOST}};
    SDL_PushEvent(&lost);
    kiosk_turn(&kiosk);
    assert_int_equal(flow()->place, PLACE_RESTING); // nobody touched it
    SDL_Event touch = {.tfinger = {.type = SDL_FINGERDOWN, .fingerId = 1, .x = 0.5f, .y = 0.5f}};
    SDL_PushEvent(&touch);
    kiosk_turn(&kiosk);
    assert_int_equal(flow()->place, PLACE_HOME);
}

/* A finger on the field of a form, through SDL, screen and flow. */
static void
a_touch_puts_the_caret_into_the_field(void **state)
{
    (void)state;
    kiosk_greet(&kiosk);
    kiosk_fill(&kiosk, "sku");
    int index = 0;
    while (flow()->service->questions[index].type != QUESTION_NIK) {
        index++;
    }
    kiosk_press(&kiosk, FLOW_EDIT, index);
    assert_int_equal(flow()->caret, 16);
    const struct node *field = NULL;
    for (size_t i = 0; i < kiosk.face->ui.count; i++) {
        field = kiosk.face->ui.nodes[i].role == ROLE_FIELD ? &kiosk.face->ui.nodes[i] : field;
    }
    assert_non_null(field);
    SDL_Event touch = {.tfinger = {.type = SDL_FINGERDOWN,
                                   .fingerId = 1,
                                   .x = (float)(field->rect.x + 1) / 540,
                                   .y = (float)(field->rect.y + 8) / 960}};
    SDL_PushEvent(&touch);
    touch.type = SDL_FINGERUP;
    SDL_PushEvent(&touch);
    kiosk_turn(&kiosk);
    assert_int_equal(flow()->caret, 0);
}

int
main(int argc, char **argv)
{
    catalogue_folder = argc > 1 ? argv[1] : "assets/catalogue";
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_desk_greets_first, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_desk_that_dials_again_is_the_desk, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_visits_numbers_are_said_once, set_up, tear_down),
        cmocka_unit_test_setup_teardown(paper_has_the_letters_of_the_screen, set_up, tear_down),
        cmocka_unit_test_setup_teardown(garbage_does_not_bring_it_down, set_up, tear_down),
        cmocka_unit_test_setup_teardown(messages_of_the_other_direction_hang_up, set_up, tear_down),
        cmocka_unit_test_setup_teardown(wild_messages_do_not_bring_it_down, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_visits_memory_is_zero_after_its_end, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_catalogue_is_adopted_between_visits_only, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_bundle_that_the_portal_did_not_sign_is_refused, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_lost_window_is_no_touch, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_touch_puts_the_caret_into_the_field, set_up, tear_down),
    };
    log_init("test");
    return seal_init() ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
