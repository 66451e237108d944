/* What the screens show besides the visit, the names of places, and the lines for tests. */
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/json.h"
#include "base/log.h"
#include "base/settings.h"
#include "face/facts.h"
#include "face/names.h"
#include "face/nodes.h"
#include "flow/flow.h"
#include "type/type.h"
#include "screens/parts.h"
#include "ui/button.h"
#include "ui/field.h"
#include "wire/face_messages.h"

static const char *catalogue_folder;
static struct catalogue *catalogue;
static struct settings settings = {
    .kiosk = {.id = "6472021001-1", .office = "6472021001"},
    .city = {.name = "Samarinda", .logo = "S"},
    .portal = {.name = "Santer", .public_url = "https://santer.example"},
};

static void
before_the_desk_speaks_little_is_known(void **state)
{
    (void)state;
    static struct facts facts;
    facts_init(&facts, &settings, catalogue, true);
    assert_string_equal(facts.office_name, "Kelurahan Sungai Keledang"); // from the catalogue
    assert_int_equal(facts.view.waiting, -1);
    assert_int_equal(facts.view.wait_minutes, -1);
    assert_false(facts.view.online);
    assert_string_equal(facts.fault_code, "D1");
    assert_string_equal(facts.view.portal_url, "https://santer.example");
}

static void
what_the_desk_says_is_what_is_shown(void **state)
{
    (void)state;
    static struct facts facts;
    facts_init(&facts, &settings, catalogue, true);
    struct desk_hello hello = {.office_name = "Kelurahan Baqa",
                               .hours = "Senin 08.00-16.00",
                               .utc_offset = 540,
                               .days_off = "2026-12-25",
                               .serves = "6472021001"};
    facts_hello(&facts, &hello);
    assert_string_equal(facts.view.office_name, "Kelurahan Baqa");
    assert_int_equal(facts.utc_offset, 540);
    assert_string_equal(facts.view.days_off, "2026-12-25");
    assert_string_equal(facts.serves, "6472021001");
    hello = (struct desk_hello){
        .office_name = "", .hours = "", .days_off = "", .serves = "", .utc_offset = 100000};
    facts_hello(&facts, &hello); // no name, no such zone: what was known stays
    assert_string_equal(facts.view.office_name, "Kelurahan Baqa");
    assert_int_equal(facts.utc_offset, 540);
    struct desk_status status = {.intake = INTAKE_OPEN,
                                 .printer = PRINTER_NEAR_END,
                                 .waiting = 6,
                                 .wait_minutes = 12,
                                 .online = true,
                                 .digital_day = true,
                                 .notice = "Loket tutup pukul 14.00",
                                 .serving = "A-012 B-003",
                                 .tickets_closed_until = "08.00"};
    facts_status(&facts, &status);
    assert_string_equal(facts.view.notice, "Loket tutup pukul 14.00");
    assert_string_equal(facts.view.serving, "A-012 B-003");
    assert_string_equal(facts.view.closed_until, "08.00");
    assert_true(facts.view.online && facts.view.digital_day && facts.view.waiting == 6);
    assert_string_equal(facts.view.fault_code, "");
    assert_string_equal(facts.view.days_off, "");
    assert_int_equal(facts.view.minute, -1);
    facts_clock(&facts, INT64_C(1795500000000), LANGUAGE_ID); // 2026-11-24 06:00 UTC
    assert_int_equal(facts.view.minute, 15 * 60);             // by the office's clock
    status.clock_uncertain = true;
    facts_status(&facts, &status);
    facts_clock(&facts, INT64_C(1795500000000), LANGUAGE_ID);
    assert_int_equal(facts.view.minute, -1); // nothing is called open by it
    facts_desk_gone(&facts);
    assert_string_equal(facts.view.notice, "");
    assert_string_equal(facts.view.serving, "");
    assert_int_equal(facts.view.waiting, -1);
    assert_string_equal(facts.view.office_name, "Kelurahan Baqa");
}

static void
a_fault_has_two_letters_for_the_telephone(void **state)
{
    (void)state;
    static const struct {
        int intake;
        bool enrolled;
        const char *code;
        int shown;
    } rows[] = {
        {INTAKE_OPEN, true, "", INTAKE_OPEN},       {INTAKE_CHECKING, true, "", INTAKE_CHECKING},
        {INTAKE_FULL, true, "S1", INTAKE_FULL},     {INTAKE_BROKEN, true, "S2", INTAKE_BROKEN},
        {INTAKE_PAUSED, true, "S3", INTAKE_PAUSED}, {INTAKE_PAUSED, false, "K1", INTAKE_PAUSED},
        {INTAKE_OPEN, false, "K1", INTAKE_PAUSED}, // forms stay closed without the key
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        static struct facts facts;
        facts_init(&facts, &settings, catalogue, rows[i].enrolled);
        struct desk_status status = {
            .intake = rows[i].intake, .notice = "", .serving = "", .tickets_closed_until = ""};
        facts_status(&facts, &status);
        assert_string_equal(facts.fault_code, rows[i].code);
        assert_int_equal(facts.view.intake, rows[i].shown);
    }
}

static void
long_words_are_cut_between_letters(void **state)
{
    (void)state;
    static struct facts facts;
    char words[600] = "";
    for (size_t i = 0; i + 2 < sizeof words; i += 2) {
        memcpy(words + i, "\xC3\xA9", 3);
    }
    for (size_t shift = 0; shift < 2; shift++) {
        struct desk_hello hello = {
            .office_name = words + 2 * shift, .hours = words, .days_off = words, .serves = words};
        struct desk_status status = {
            .notice = words, .serving = words, .tickets_closed_until = words};
        facts_init(&facts, &settings, catalogue, true);
        facts_hello(&facts, &hello);
        facts_status(&facts, &status);
        const char *all[] = {facts.office_name, facts.hours, facts.notice, facts.serving,
                             facts.closed_until};
        for (size_t i = 0; i < 5; i++) {
            assert_int_equal(strlen(all[i]) % 2, 0);
            assert_true(strlen(all[i]) > 0);
        }
    }
}

static void
the_date_line_is_in_the_language_of_the_visit(void **state)
{
    (void)state;
    static struct facts facts;
    facts_init(&facts, &settings, catalogue, true);
    static const struct {
        int64_t wall;
        int offset;
        enum language language;
        const char *line, *today;
    } rows[] = {
        {1795398060000, 480, LANGUAGE_ID, "Senin, 23 November 2026 · 09.41 WITA", "2026-11-23"},
        {1795398060000, 480, LANGUAGE_EN, "Monday, 23 November 2026 · 09:41 WITA", "2026-11-23"},
        {1795398060000, 540, LANGUAGE_ID, "Senin, 23 November 2026 · 10.41 WIT", "2026-11-23"},
        {1795398060000, 420, LANGUAGE_ID, "Senin, 23 November 2026 · 08.41 WIB", "2026-11-23"},
        {1795398060000, 0, LANGUAGE_ID, "Senin, 23 November 2026 · 01.41", "2026-11-23"},
        {1795398060000, -120, LANGUAGE_JV, "Minggu, 22 November 2026 · 23.41", "2026-11-22"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        facts.utc_offset = rows[i].offset;
        assert_true(facts_clock(&facts, rows[i].wall, rows[i].language));
        assert_string_equal(facts.view.date_line, rows[i].line);
        assert_string_equal(facts.view.today, rows[i].today);
        assert_false(facts_clock(&facts, rows[i].wall + 59000, rows[i].language));
    }
    // A clock that is quite wrong still gives a line and a day.
    static const int64_t odd[] = {0, -1, INT64_MIN / 4, 253402300799000, INT64_MAX / 4};
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
        facts_clock(&facts, odd[i], LANGUAGE_ID);
        assert_true(facts.date_line[0] != '\0');
        assert_int_equal(strlen(facts.today), 10);
    }
}

static void
every_place_and_cover_has_a_name_of_its_own(void **state)
{
    (void)state;
    for (int i = 0; i < PLACE_COUNT; i++) {
        const char *name = name_of_place((enum place)i);
        assert_true(name != NULL && name[0] != '\0');
        for (int k = 0; k < i; k++) {
            assert_string_not_equal(name, name_of_place((enum place)k));
        }
    }
    for (int i = 0; i < COVER_COUNT; i++) {
        const char *name = name_of_cover((enum cover)i);
        assert_true(name != NULL && name[0] != '\0');
        for (int k = 0; k < i; k++) {
            assert_string_not_equal(name, name_of_cover((enum cover)k));
        }
    }
}

/* --- the lines for tests ------------------------------------------------------------- */

static struct ui ui;

static void
a_screen(struct draw_list *list, struct type *type, const char *typed)
{
    static const struct panel panel = {1080, 1920, 4.03, 0};
    ui_begin(&ui, &panel, &theme_day, 0, type, list);
    button_draw(&ui, (struct rect){10, 20, 300, 80},
                &(struct button){.id = 12, .label = "Lanjut \"ya\"", .action = 5});
    field_draw(&ui, (struct rect){10, 200, 600, 90},
               &(struct field){.id = 44, .label = "NIK", .text = typed, .lines = 1});
}

/* The latest whole line in the pipe. */
static struct json *
last_line(int fd)
{
    static char all[1 << 20];
    ssize_t got = read(fd, all, sizeof all - 1);
    assert_true(got > 0);
    all[got] = '\0';
    assert_int_equal(all[got - 1], '\n');
    all[got - 1] = '\0';
    char *line = strrchr(all, '\n');
    line = line != NULL ? line + 1 : all;
    int at;
    const char *reason;
    struct json *json = json_parse(line, strlen(line), &at, &reason);
    assert_non_null(json);
    return json;
}

static void
a_frame_is_a_line_of_json(void **state)
{
    (void)state;
    static struct flow flow = {.place = PLACE_QUESTION, .cover = COVER_HELP};
    struct draw_list *list = draw_list_create();
    struct type *type = type_create(NULL);
    struct nodes nodes;
    int pipes[2];
    assert_int_equal(pipe(pipes), 0);
    fcntl(pipes[0], F_SETFL, O_NONBLOCK);
    assert_true(nodes_open(&nodes, pipes[1]));
    a_screen(list, type, "6472");
    nodes_frame(&nodes, &ui, &flow);
    struct json *json = last_line(pipes[0]);
    assert_string_equal(json_text(json_get(json_root(json), "place"), ""), "question");
    assert_string_equal(json_text(json_get(json_root(json), "cover"), ""), "help");
    const struct json_value *all = json_get(json_root(json), "nodes");
    assert_int_equal(json_count(all), 2);
    assert_string_equal(json_text(json_get(json_at(all, 0), "label"), ""), "Lanjut \"ya\"");
    assert_string_equal(json_text(json_get(json_at(all, 0), "role"), ""), "button");
    assert_string_equal(json_text(json_get(json_at(all, 1), "value"), ""), "6472");
    json_destroy(json);
    // Nobody reads for a while: frames are missed, the latest is not, and nothing waits.
    char typed[20] = "";
    for (int i = 0; i < 3000; i++) {
        snprintf(typed, sizeof typed, "%d", i);
        a_screen(list, type, typed);
        nodes_frame(&nodes, &ui, &flow);
    }
    assert_true(nodes_pending(&nodes));
    static char away[1 << 20];
    while (nodes_pending(&nodes)) {
        while (read(pipes[0], away, sizeof away) > 0) {
            continue;
        }
        nodes_flush(&nodes, &ui, &flow);
    }
    // The end of the latest line alone, or all of it: its value is the last one typed.
    nodes_frame(&nodes, &ui, &flow);
    json = last_line(pipes[0]);
    all = json_get(json_root(json), "nodes");
    assert_string_equal(json_text(json_get(json_at(all, 1), "value"), ""), "2999");
    json_destroy(json);
    // What was said is not kept.
    for (size_t i = 0; i < nodes.len; i++) {
        assert_int_equal(nodes.line[i], 0);
    }
    close(pipes[0]); // the reader goes: off, and no signal
    signal(SIGPIPE, SIG_IGN);
    nodes_frame(&nodes, &ui, &flow);
    assert_int_equal(nodes.fd, -1);
    assert_false(nodes_pending(&nodes));
    nodes_close(&nodes);
    close(pipes[1]);
    draw_list_destroy(list);
    type_destroy(type);
}

static void
no_descriptor_is_no_start(void **state)
{
    (void)state;
    struct nodes nodes;
    assert_true(nodes_open(&nodes, -1)); // not asked for
    assert_false(nodes_pending(&nodes));
    nodes_close(&nodes);
    assert_false(nodes_open(&nodes, 987));
}

/* The days in another language, and nothing cut, however an office writes its hours. */
static void
the_longest_hours_are_whole(void **state)
{
    (void)state;
    static struct facts facts;
    char hours[sizeof facts.hours] = "Senin", words[HOURS_WORDS];
    size_t len = strlen(hours);
    for (; len + 4 < sizeof hours; len += 4) {
        memcpy(hours + len, "\xf0\x9f\x98\x80", 5);
    }
    facts_init(&facts, &settings, catalogue, true);
    struct desk_hello hello = {
        .days_off = "", .serves = "", .office_name = "", .hours = hours, .utc_offset = 480};
    facts_hello(&facts, &hello);
    assert_string_equal(facts.view.hours, hours);
    words_hours(facts.view.hours, LANGUAGE_ID, words, sizeof words);
    assert_string_equal(words, hours);
    words_hours(facts.view.hours, LANGUAGE_ID, words, 11); // too small: cut between letters
    assert_string_equal(words, "Senin\xf0\x9f\x98\x80");
}

int
main(int argc, char **argv)
{
    struct fault fault = {""};
    catalogue_folder = argc > 1 ? argv[1] : "assets/catalogue";
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(before_the_desk_speaks_little_is_known),
        cmocka_unit_test(what_the_desk_says_is_what_is_shown),
        cmocka_unit_test(a_fault_has_two_letters_for_the_telephone),
        cmocka_unit_test(long_words_are_cut_between_letters),
        cmocka_unit_test(the_date_line_is_in_the_language_of_the_visit),
        cmocka_unit_test(the_longest_hours_are_whole),
        cmocka_unit_test(every_place_and_cover_has_a_name_of_its_own),
        cmocka_unit_test(a_frame_is_a_line_of_json),
        cmocka_unit_test(no_descriptor_is_no_start),
    };
    log_init("test");
    catalogue = catalogue_load_folder(catalogue_folder, &fault);
    int failed = catalogue != NULL ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
    catalogue_destroy(catalogue);
    return failed;
}
