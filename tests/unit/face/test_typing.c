/* Whatever is typed, pasted or scanned into whatever field (promise S1): the face stays
 * where it was, and the field holds the letters that it takes, in order. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <SDL2/SDL.h>
#include <cmocka.h>

#include "base/log.h"
#include "base/text.h"
#include "form/answers.h"
#include "kiosk.h"
#include "ui/keyboard.h"

enum { CODES = 0x110000, BETWEEN = 40 /* ms between two letters of a person */ };

static struct kiosk kiosk;
static const char *catalogue_folder;

static struct flow *
flow(void)
{
    return &kiosk.face->flow;
}

static int
set_up(void **state)
{
    (void)state;
    kiosk_open(&kiosk, catalogue_folder, true);
    kiosk_greet(&kiosk);
    return 0;
}

static int
tear_down(void **state)
{
    (void)state;
    kiosk_close(&kiosk);
    return 0;
}

/* --- what each field takes, said once more ------------------------------------------- */

enum takes { DIGITS, PHONE, CODE, LETTERS };

static const struct question questions[] = {
    {.type = QUESTION_TEXT, .repeat = -1, .name = "text"},
    {.type = QUESTION_NAME, .repeat = -1, .name = "name"},
    {.type = QUESTION_ADDRESS, .repeat = -1, .name = "address"},
    {.type = QUESTION_KELURAHAN, .repeat = -1, .name = "kelurahan"},
    {.type = QUESTION_NIK, .repeat = -1, .name = "nik"},
    {.type = QUESTION_KK, .repeat = -1, .name = "kk"},
    {.type = QUESTION_NUMBER, .repeat = -1, .name = "number"},
    {.type = QUESTION_MONEY, .repeat = -1, .name = "money"},
    {.type = QUESTION_PHONE, .repeat = -1, .name = "phone"},
    {.type = QUESTION_DATE, .repeat = -1, .name = "date"},
    {.type = QUESTION_TIME, .repeat = -1, .name = "time"},
    {.type = QUESTION_RT, .repeat = -1, .name = "rt"},
    {.type = QUESTION_TEXT, .repeat = -1, .name = "email", .max_length = 120, .email = true},
};
enum { QUESTIONS = sizeof questions / sizeof *questions };
static const struct service form = {.id = "all",
                                    .code = "ALL",
                                    .kind = SERVICE_FORM,
                                    .questions = questions,
                                    .question_count = QUESTIONS};

static const struct where {
    const char *name;
    enum place place;
    int question;
    enum takes takes;
    size_t max;
} fields[] = {
    {"text", PLACE_QUESTION, 0, LETTERS, 500},
    {"name", PLACE_QUESTION, 1, LETTERS, 80},
    {"address", PLACE_QUESTION, 2, LETTERS, 500},
    {"search of a list", PLACE_QUESTION, 3, LETTERS, 40},
    {"nik", PLACE_QUESTION, 4, DIGITS, 16},
    {"kk", PLACE_QUESTION, 5, DIGITS, 16},
    {"number", PLACE_QUESTION, 6, DIGITS, 15},
    {"money", PLACE_QUESTION, 7, DIGITS, 15},
    {"phone", PLACE_QUESTION, 8, PHONE, 16},
    {"date", PLACE_QUESTION, 9, DIGITS, 8},
    {"time", PLACE_QUESTION, 10, DIGITS, 4},
    {"rt", PLACE_QUESTION, 11, DIGITS, 3},
    {"e-mail", PLACE_QUESTION, 12, LETTERS, 120},
    {"search of an office", PLACE_OFFICE, -1, LETTERS, 40},
    {"tracking code", PLACE_STATUS_CODE, -1, CODE, 9},
    {"second fact", PLACE_STATUS_FACT, -1, DIGITS, 4},
};
enum { FIELDS = sizeof fields / sizeof *fields };

static void
go(const struct where *where)
{
    flow()->place = where->place;
    flow()->service = where->question >= 0 ? &form : NULL;
    flow()->spot = (struct spot){where->question, 0};
    flow()->visit_began = flow()->now;
    effects_step(kiosk.face, (struct flow_event){.kind = FLOW_CLEAR, .now = kiosk_now});
    assert_non_null(flow_field(flow()));
    assert_string_equal(flow_field(flow()), "");
}

/* Ranges that no field takes: what is no letter, what cannot be seen, what turns a line
 * round, what no font has and what is no character at all. */
static const struct {
    uint32_t from, to;
} never[] = {
    {0x0000, 0x001F}, {0x007F, 0x009F}, {0x00AD, 0x00AD},   {0x061C, 0x061C},   {0x115F, 0x1160},
    {0x180E, 0x180E}, {0x200B, 0x200F}, {0x2028, 0x202E},   {0x2060, 0x206F},   {0x3164, 0x3164},
    {0xD800, 0xDFFF}, {0xE000, 0xF8FF}, {0xFDD0, 0xFDEF},   {0xFEFF, 0xFEFF},   {0xFFA0, 0xFFA0},
    {0xFFF0, 0xFFFB}, {0xFFFE, 0xFFFF}, {0x1FFFE, 0x1FFFF}, {0x2FFFE, 0x2FFFF}, {0xE0000, 0x10FFFF},
};

static bool
takes(enum takes kind, uint32_t code, bool first)
{
    bool digit = code >= '0' && code <= '9';
    switch (kind) {
    case DIGITS:
        return digit;
    case PHONE:
        return digit || (code == '+' && first);
    case CODE:
        return digit || code == '-' || (code >= 'A' && code <= 'Z') || (code >= 'a' && code <= 'z');
    default:
        break;
    }
    for (size_t i = 0; i < sizeof never / sizeof *never; i++) {
        if (code >= never[i].from && code <= never[i].to) {
            return false;
        }
    }
    return (code & 0xFFFE) != 0xFFFE;
}

/* --- every code point ------------------------------------------------------------------ */

static void
every_code_point_into_every_field(void **state)
{
    (void)state;
    for (size_t i = 0; i < FIELDS; i++) {
        go(&fields[i]);
        const char *text = flow_field(flow());
        for (int64_t code = -2; code < CODES + 2; code++) {
            struct flow_event event = {
                .kind = FLOW_TYPE, .arg = code, .now = kiosk_now, .today = "2026-11-23"};
            flow_step(flow(), &event);
            char wanted[5] = "";
            bool good = code > 0 && code < CODES && takes(fields[i].takes, (uint32_t)code, true);
            size_t len = good ? utf8_encode((uint32_t)code, wanted) : 0;
            if (strcmp(text, wanted) != 0 || flow()->caret != len) {
                fail_msg("%s: U+%04X became \"%s\"", fields[i].name, (unsigned)code, text);
            }
            if (len > 0) {
                event.kind = FLOW_ERASE;
                flow_step(flow(), &event);
                assert_true(text[0] == '\0' && flow()->caret == 0);
            }
        }
        assert_int_equal(flow()->place, fields[i].place);
        assert_int_equal(flow()->cover, COVER_NONE);
    }
}

static void
push(const char *bytes, size_t len)
{
    SDL_Event event = {.text = {.type = SDL_TEXTINPUT}};
    memcpy(event.text.text, bytes, len);
    assert_int_equal(SDL_PushEvent(&event), 1);
}

/* The same through SDL and the scanner's patience: three letters an event, slowly. */
static void
every_code_point_from_a_keyboard(void **state)
{
    (void)state;
    static char wanted[4096];
    go(&fields[0]);
    kiosk_step = BETWEEN; // each event comes a little after the last one
    for (uint32_t code = 1; code < CODES;) {
        struct text typed = text_over(wanted, sizeof wanted);
        size_t letters = 0, events = 0;
        while (letters < 300 && events < 5000 && code < CODES) {
            char bytes[16];
            size_t len = 0;
            for (int k = 0; k < 3 && code < CODES; k++, code++) {
                if (takes(LETTERS, code, false)) {
                    text_add_code(&typed, code);
                    letters++;
                }
                len += utf8_encode(code, bytes + len);
            }
            if (len > 0) {
                push(bytes, len);
                events++;
            }
        }
        input_drain(kiosk.face);
        input_tick(kiosk.face); // what was held back as the beginning of a scan
        if (strcmp(flow()->draft, wanted) != 0) {
            fail_msg("before U+%04X: the field differs from what was typed", (unsigned)code);
        }
        effects_step(kiosk.face, (struct flow_event){.kind = FLOW_CLEAR, .now = kiosk_now});
    }
    assert_int_equal(flow()->place, PLACE_QUESTION);
}

/* --- 64 KB ------------------------------------------------------------------------------ */

enum { FLOOD = 64 * 1024 };

static const char *const floods[] = {
    "6472036307900012", "Warung Bu Siti ", "\xC3\xA9\xC3\xA8", "\xF0\x9F\x98\x80", "<script>%s%n",
    "\xCC\x81",         "7K3F-9QXM",       "' OR 1=1; --",     "+62812",
};

/* What the field must hold after all of it was typed. */
static void
expect_typed(const struct where *where, const char *flood, size_t size, char *wanted, size_t room)
{
    struct text out = text_over(wanted, room);
    size_t count = 0, len, period = strlen(flood);
    for (size_t at = 0; at < size; at += len) {
        uint32_t code = utf8_at(flood + at % period, &len);
        size_t before = out.len;
        if (count < where->max && takes(where->takes, code, out.len == 0) &&
            out.len + len < ANSWER_BYTES) {
            text_add_code(&out, code);
            count += out.len > before;
        }
    }
}

static void
flood_field(const struct where *where, const char *flood, int64_t gap)
{
    size_t len, period = strlen(flood);
    char letters[16] = "";
    kiosk_step = gap;
    for (size_t at = 0, held = 0; at < FLOOD; at += len) {
        utf8_at(flood + at % period, &len);
        memcpy(letters + held, flood + at % period, len);
        held += len;
        if (gap > 0 || held >= 8) { // typed letter by letter, or pasted in pieces
            push(letters, held);
            held = 0;
        }
        if (at % 4096 < len) {
            input_drain(kiosk.face);
        }
    }
    input_drain(kiosk.face);
    kiosk_step = 0;
    kiosk_now += 1000;
    input_tick(kiosk.face);
    frame_draw(kiosk.face);
    assert_int_equal(flow()->place, where->place);
    assert_int_equal(flow()->cover, COVER_NONE);
}

static void
sixty_four_kilobytes_typed(void **state)
{
    (void)state;
    char wanted[2 * ANSWER_BYTES];
    for (size_t i = 0; i < FIELDS; i++) {
        size_t k = i % (sizeof floods / sizeof *floods);
        for (size_t round = 0; round < 2; round++, k = (k + 4) % (sizeof floods / sizeof *floods)) {
            go(&fields[i]);
            flood_field(&fields[i], floods[k], BETWEEN);
            expect_typed(&fields[i], floods[k], FLOOD, wanted, sizeof wanted);
            if (strcmp(flow_field(flow()), wanted) != 0) {
                fail_msg("%s, \"%s\": holds \"%.80s\", not \"%.80s\"", fields[i].name, floods[k],
                         flow_field(flow()), wanted);
            }
            assert_int_equal(flow()->caret, strlen(wanted));
        }
    }
}

/* Faster than people: a scan. One that is far too long is no code of anything, and a
 * scan never types into a field. */
static void
sixty_four_kilobytes_at_once(void **state)
{
    (void)state;
    for (size_t i = 0; i < FIELDS; i++) {
        for (size_t k = 0; k < sizeof floods / sizeof *floods; k++) {
            go(&fields[i]);
            flood_field(&fields[i], floods[k], 0);
            assert_string_equal(flow_field(flow()), "");
            if (k == i % 3) { // and it types on as before
                const char *next = fields[i].takes == LETTERS ? "abc" : "123";
                for (const char *at = next; *at; at++) {
                    push(at, 1);
                    input_drain(kiosk.face);
                    kiosk_now += 80;
                    input_tick(kiosk.face);
                }
                assert_string_equal(flow_field(flow()), next);
            }
        }
    }
}

/* Letters, erasing and carets in any order against a model of a line of text. */
static void
any_editing_keeps_the_text(void **state)
{
    (void)state;
    for (unsigned seed = 1; seed <= 120; seed++) {
        srand(seed);
        const struct where *where = &fields[seed % FIELDS];
        uint32_t model[600];
        size_t count = 0, caret = 0;
        go(where);
        for (int i = 0; i < 400; i++) {
            static const uint32_t letters[] = {'1', '2', 'a',  'Z',     ' ',
                                               '-', '+', 0xE9, 0x1F600, '\''};
            struct flow_event event = {.now = kiosk_now, .today = "2026-11-23"};
            switch (rand() % 8) {
            case 0:
                event.kind = FLOW_ERASE;
                if (caret > 0) {
                    memmove(model + caret - 1, model + caret, (count - caret) * sizeof *model);
                    caret--;
                    count--;
                }
                break;
            case 1:
                event.kind = FLOW_CARET_LEFT;
                caret -= caret > 0;
                break;
            case 2:
                event.kind = FLOW_CARET_RIGHT;
                caret += caret < count;
                break;
            case 3:
                event.kind = FLOW_CARET;
                event.arg = rand() % 40 - 5;
                caret = event.arg < 0 ? 0 : (size_t)event.arg < count ? (size_t)event.arg : count;
                break;
            default:
                event.kind = FLOW_TYPE;
                event.arg = letters[rand() % 10];
                bool plus = event.arg != '+' || where->takes != PHONE ||
                            (caret == 0 && (count == 0 || model[0] != '+'));
                if (count < where->max && plus &&
                    takes(where->takes, (uint32_t)event.arg, caret == 0)) {
                    memmove(model + caret + 1, model + caret, (count - caret) * sizeof *model);
                    model[caret++] = (uint32_t)event.arg;
                    count++;
                }
            }
            flow_step(flow(), &event);
            char wanted[2400];
            struct text out = text_over(wanted, sizeof wanted);
            size_t at = 0;
            for (size_t k = 0; k < count; k++) {
                at = k == caret ? out.len : at;
                text_add_code(&out, model[k]);
            }
            at = caret == count ? out.len : at;
            if (strcmp(flow_field(flow()), wanted) != 0 || flow()->caret != at) {
                fail_msg("seed %u, %s: \"%s\", not \"%s\"", seed, where->name, flow_field(flow()),
                         wanted);
            }
        }
        frame_draw(kiosk.face);
    }
}

/* --- keyboards ---------------------------------------------------------------------------- */

static bool
has_key(uint32_t code)
{
    for (size_t i = 0; i < kiosk.face->ui.count; i++) {
        const struct node *node = &kiosk.face->ui.nodes[i];
        if (node->action == FLOW_TYPE && node->arg == (int64_t)code) {
            return true;
        }
    }
    return false;
}

static void
each_question_has_its_keyboard(void **state)
{
    (void)state;
    for (size_t i = 0; i < FIELDS; i++) {
        go(&fields[i]);
        frame_draw(kiosk.face);
        bool searches = strncmp(fields[i].name, "search", 6) == 0;
        for (char digit = '0'; digit <= '9'; digit++) {
            assert_int_equal(has_key((uint32_t)digit), !searches);
        }
        // A search is small letters and blanks, a name begins with a capital, a code is capitals,
        // an e-mail address begins small and has its sign among the letters.
        bool mail = strcmp(fields[i].name, "e-mail") == 0;
        assert_int_equal(has_key('Q'), fields[i].takes == CODE ||
                                           (fields[i].takes == LETTERS && !searches && !mail));
        assert_int_equal(has_key('q'), searches || mail);
        assert_int_equal(has_key('\''), fields[i].takes == LETTERS && !searches && !mail);
        assert_int_equal(has_key('@'), mail);
        assert_int_equal(has_key(' '), fields[i].takes == LETTERS);
        bool erase = false;
        for (size_t k = 0; k < kiosk.face->ui.count; k++) {
            erase |= kiosk.face->ui.nodes[k].action == FLOW_ERASE;
        }
        assert_true(erase);
        if (fields[i].takes == LETTERS) {
            kiosk_press(&kiosk, FLOW_LAYER, LAYER_SYMBOLS);
            assert_true(searches || (has_key(mail ? 0xE9 : 0xC9) && has_key('-') && has_key('/')));
            kiosk_press(&kiosk, FLOW_LAYER, LAYER_ABC | LAYER_CAPS);
            assert_int_equal(has_key(mail ? 'A' : 'a'), !searches);
            kiosk_press(&kiosk, FLOW_LAYER, 0);
        }
        assert_int_equal(flow()->place, fields[i].place);
    }
}

int
main(int argc, char **argv)
{
    catalogue_folder = argc > 1 ? argv[1] : "assets/catalogue";
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_code_point_into_every_field, set_up, tear_down),
        cmocka_unit_test_setup_teardown(every_code_point_from_a_keyboard, set_up, tear_down),
        cmocka_unit_test_setup_teardown(sixty_four_kilobytes_typed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(sixty_four_kilobytes_at_once, set_up, tear_down),
        cmocka_unit_test_setup_teardown(any_editing_keeps_the_text, set_up, tear_down),
        cmocka_unit_test_setup_teardown(each_question_has_its_keyboard, set_up, tear_down),
    };
    log_init("test");
    return seal_init() ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
