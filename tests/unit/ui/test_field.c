/* The field: grouped as people read it, its caret in view and where it is touched. */
#include "ui/field.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/log.h"
#include "base/text.h"
#include "frame.h"
#include "ui/label.h"

enum { FIELD = 44, TOUCHED = 9 };

static struct rect box; /* of the field that was drawn last */

static const struct node *
draw(int panel, int enlarge, struct field field)
{
    frame(panel, enlarge);
    field.id = FIELD;
    field.label = "label";
    field.lines = field.lines > 0 ? field.lines : 1;
    field.caret_action = TOUCHED;
    box = (struct rect){50, 300, panels[panel].width - 100, field_height(&ui, field.lines)};
    return field_draw(&ui, box, &field);
}

/* What stands in the field: the lines of text, with '|' between them. */
static const char *
shown(void)
{
    static char text[4096];
    struct text out = text_over(text, sizeof text);
    for (size_t i = 0; i < draw_count(list); i++) {
        const struct draw *item = draw_at(list, i);
        if (item->kind == DRAW_TEXT) {
            text_add(&out, out.len > 0 ? "|" : "");
            text_add(&out, item->text);
        }
    }
    return text;
}

/* The caret is drawn last, narrow and in the primary colour. */
static struct rect
caret(void)
{
    const struct draw *item = draw_at(list, draw_count(list) - 1);
    assert_int_equal(item->kind, DRAW_FILL);
    assert_int_equal(item->colour, theme_day.colour[INK_PRIMARY]);
    return item->rect;
}

static void
numbers_are_grouped_as_people_read_them(void **state)
{
    (void)state;
    static const struct {
        enum field_group group;
        const char *text, *before, *blank, *shown;
    } rows[] = {
        {FIELD_FOURS, "6472036307900012", NULL, NULL, "6472 0363 0790 0012"},
        {FIELD_FOURS, "64720", NULL, NULL, "6472 0"},
        {FIELD_FOURS, "6472", NULL, NULL, "6472"},
        {FIELD_PHONE, "081234568488", NULL, NULL, "0812-3456-8488"},
        {FIELD_PHONE, "0812", NULL, NULL, "0812"},
        {FIELD_PHONE, "+6281234", NULL, NULL, "+628-1234"},
        {FIELD_MONEY, "1250000", "Rp", NULL, "Rp 1.250.000"},
        {FIELD_MONEY, "125", "Rp", NULL, "Rp 125"},
        {FIELD_MONEY, "1000", "Rp", NULL, "Rp 1.000"},
        {FIELD_MONEY, "", "Rp", NULL, "Rp "},
        {FIELD_DATE, "", NULL, "HHBBTTTT", "HH/BB/TTTT"},
        {FIELD_DATE, "1", NULL, "HHBBTTTT", "1H/BB/TTTT"},
        {FIELD_DATE, "0511", NULL, "HHBBTTTT", "05/11/TTTT"},
        {FIELD_DATE, "05111990", NULL, "HHBBTTTT", "05/11/1990"},
        {FIELD_NUMBER, "12345", NULL, NULL, "12345"},
        {FIELD_NUMBER, "007", "RT", NULL, "RT 007"},
        {FIELD_CODE, "7K3F9QXM", NULL, NULL, "7K3F-9QXM"},
        {FIELD_CODE, "7K3F-9QXM", NULL, NULL, "7K3F-9QXM"},
        {FIELD_TEXT, "Nur 'Ainun é", NULL, NULL, "Nur 'Ainun é"},
        {FIELD_TEXT, "", NULL, "Ketik untuk mencari", "Ketik untuk mencari"},
        {FIELD_TEXT, "", NULL, NULL, ""},
        {FIELD_TEXT, "x", NULL, "Ketik untuk mencari", "x"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct node *node = draw(PORTRAIT, 0,
                                       (struct field){.text = rows[i].text,
                                                      .caret = strlen(rows[i].text),
                                                      .group = rows[i].group,
                                                      .before = rows[i].before,
                                                      .blank = rows[i].blank});
        // Blanks at the end of a line are not drawn.
        char wanted[64];
        text_copy(wanted, sizeof wanted, rows[i].shown);
        while (wanted[0] != '\0' && wanted[strlen(wanted) - 1] == ' ') {
            wanted[strlen(wanted) - 1] = '\0';
        }
        assert_string_equal(shown(), wanted);
        assert_string_equal(node->value, rows[i].text); // for the ear and the tests: as typed
        assert_true(node->flags & NODE_SECRET);
        assert_int_equal(node->role, ROLE_FIELD);
    }
}

/* A "1" takes the room of an "8": what is typed next, or instead, moves nothing. */
static void
digits_do_not_jump(void **state)
{
    (void)state;
    static const struct {
        enum field_group group;
        const char *narrow, *wide;
    } rows[] = {
        {FIELD_FOURS, "1111111111111111", "8888888888888888"},
        {FIELD_PHONE, "111111111111", "888888888888"},
        {FIELD_DATE, "11111111", "88888888"},
    };
    for (size_t i = 0; i < 2 * sizeof rows / sizeof *rows; i++) {
        const char *narrow = rows[i / 2].narrow, *wide = rows[i / 2].wide;
        int enlarge = i % 2 ? 2 : 0;
        for (size_t at = 0; at <= strlen(wide); at++) {
            struct field field = {.text = narrow, .caret = at, .group = rows[i / 2].group};
            draw(PORTRAIT, enlarge, field);
            int x = caret().x;
            field.text = wide;
            draw(PORTRAIT, enlarge, field);
            assert_int_equal(caret().x, x);
        }
    }
}

static void
the_caret_stands_before_its_letter(void **state)
{
    (void)state;
    static const struct {
        enum field_group group;
        const char *text, *before, *blank;
    } rows[] = {
        {FIELD_FOURS, "6472036307900012", NULL, NULL},
        {FIELD_PHONE, "081234568488", NULL, NULL},
        {FIELD_MONEY, "125000000", "Rp", NULL},
        {FIELD_DATE, "05111990", NULL, "HHBBTTTT"},
        {FIELD_DATE, "0511", NULL, "HHBBTTTT"},
        {FIELD_CODE, "7K3F9QXM", NULL, NULL},
        {FIELD_NUMBER, "007", "RT", NULL},
        {FIELD_TEXT, "Nur 'Aini Zahré", NULL, NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        int last = -1;
        for (size_t at = 0, len; at <= strlen(rows[i].text); at += len > 0 ? len : 1) {
            draw(PORTRAIT, 0,
                 (struct field){.text = rows[i].text,
                                .caret = at,
                                .group = rows[i].group,
                                .before = rows[i].before,
                                .blank = rows[i].blank});
            struct rect here = caret();
            if (here.x <= last) {
                fail_msg("row %zu: the caret before byte %zu stands at %d, not after %d", i, at,
                         here.x, last);
            }
            last = here.x;
            utf8_at(rows[i].text + at, &len);
        }
    }
}

static void
a_touch_puts_the_caret_at_every_code_point(void **state)
{
    (void)state;
    static const struct {
        enum field_group group;
        int lines;
        const char *text, *before, *blank;
    } rows[] = {
        {FIELD_FOURS, 1, "6472036307900012", NULL, NULL},
        {FIELD_PHONE, 1, "081234568488", NULL, NULL},
        {FIELD_MONEY, 1, "125000000", "Rp", NULL},
        {FIELD_DATE, 1, "0511", NULL, "HHBBTTTT"},
        {FIELD_CODE, 1, "7K3F9QXM", NULL, NULL},
        {FIELD_NUMBER, 1, "007", "RT", NULL},
        {FIELD_TEXT, 1, "Nur 'Aïni Zahré", NULL, NULL},
        {FIELD_TEXT, 3, "Jalan Pangeran Antasari gang Kenanga nomor 12 belakang masjid", NULL,
         NULL},
        {FIELD_TEXT, 2, "Donaudampfschifffahrtselektrizitätenhauptbetriebswerk", NULL, NULL},
    };
    for (int panel = 0; panel < PANELS; panel++) {
        for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
            const char *text = rows[i].text;
            int64_t index = 0;
            for (size_t at = 0, len; at <= strlen(text); at += len > 0 ? len : 1, index++) {
                utf8_at(text + at, &len);
                struct field field = {.text = text,
                                      .caret = at,
                                      .group = rows[i].group,
                                      .before = rows[i].before,
                                      .blank = rows[i].blank,
                                      .lines = rows[i].lines};
                draw(panel, 0, field);
                struct rect here = caret();
                if (field_place(&ui, here.x, here.y + here.h / 2) != index) {
                    fail_msg("panel %d, row %zu: code point %d, touched: %d", panel, i, (int)index,
                             (int)field_place(&ui, here.x, here.y + here.h / 2));
                }
            }
        }
    }
}

static void
a_touch_beside_the_text_is_its_end_or_beginning(void **state)
{
    (void)state;
    draw(PORTRAIT, 0, (struct field){.text = "6472", .group = FIELD_FOURS});
    assert_int_equal(field_place(&ui, box.x, box.y), 0);
    assert_int_equal(field_place(&ui, box.x + box.w - 1, box.y + box.h - 1), 4);
    draw(PORTRAIT, 0, (struct field){.text = "", .blank = "Ketik untuk mencari"});
    assert_int_equal(field_place(&ui, box.x + 300, box.y + 20), 0);
    draw(PORTRAIT, 0, (struct field){.text = "", .group = FIELD_DATE, .blank = "HHBBTTTT"});
    assert_int_equal(field_place(&ui, box.x + box.w - 1, box.y + 20), 0);
    frame(PORTRAIT, 0); // a screen without a field
    assert_int_equal(field_place(&ui, 100, 100), 0);
}

/* Every caret of long texts in every field, seeded: it is inside the box, on a line that
 * is drawn, and the letters around it are among those drawn. */
static void
the_caret_is_always_in_view(void **state)
{
    (void)state;
    static const char *const pieces[] = {"a",   "i", "WWWW", " ", "  ", "é",         "gang ",
                                         "12.", "—", "mmm",  "'", ",",  "Samarinda", "ñ"};
    for (unsigned seed = 1; seed <= 60; seed++) {
        char text[1500];
        struct text out = text_over(text, sizeof text);
        srand(seed);
        for (int i = rand() % 120; i > 0; i--) {
            text_add(&out, pieces[rand() % 14]);
        }
        int panel = rand() % PANELS, enlarge = rand() % 3, lines = 1 + rand() % 3;
        for (int round = 0; round < 12; round++) {
            size_t at = 0, len;
            for (int i = rand() % (1 + (int)utf8_count(text)); i > 0; i--) {
                utf8_at(text + at, &len);
                at += len;
            }
            draw(panel, enlarge, (struct field){.text = text, .caret = at, .lines = lines});
            struct rect here = caret(), common = rect_clip(here, box);
            assert_memory_equal(&common, &here, sizeof here);
            size_t drawn = 0;
            for (size_t i = 0; i < draw_count(list); i++) {
                const struct draw *item = draw_at(list, i);
                drawn += item->kind == DRAW_TEXT && here.y >= item->rect.y &&
                         here.y < item->rect.y + item->rect.h;
                if (item->kind == DRAW_TEXT) {
                    assert_true(item->rect.y + item->rect.h <= box.y + box.h);
                }
            }
            bool blank_line = strspn(text, " ") == strlen(text);
            if (drawn == 0 && !blank_line && (at == 0 || text[at - 1] != ' ')) {
                fail_msg("seed %u: nothing is drawn where the caret stands", seed);
            }
            assert_int_equal(ui_node(&ui, FIELD)->clipped, false);
        }
    }
}

static void
a_long_text_shows_as_many_lines_as_there_is_room_for(void **state)
{
    (void)state;
    const char *text = "Jalan Pangeran Antasari gang Kenanga nomor dua belas di belakang masjid "
                       "raya dekat warung makan Bu Siti yang bercat hijau sebelah kanan jalan";
    for (int lines = 1; lines <= 3; lines++) {
        for (size_t caret_at = 0; caret_at <= strlen(text); caret_at += strlen(text)) {
            draw(PORTRAIT, 1, (struct field){.text = text, .caret = caret_at, .lines = lines});
            int drawn = 0;
            for (size_t i = 0; i < draw_count(list); i++) {
                drawn += draw_at(list, i)->kind == DRAW_TEXT;
            }
            assert_int_equal(drawn, lines);
        }
    }
}

static void
a_wrong_field_says_so_by_its_edge(void **state)
{
    (void)state;
    for (int wrong = 0; wrong < 2; wrong++) {
        bool danger = false;
        draw(PORTRAIT, 0, (struct field){.text = "64", .caret = 2, .wrong = wrong != 0});
        for (size_t i = 0; i < draw_count(list); i++) {
            danger |= draw_at(list, i)->kind == DRAW_FRAME &&
                      draw_at(list, i)->colour == theme_day.colour[INK_DANGER];
        }
        assert_int_equal(danger, wrong);
    }
}

static void
a_placeholder_is_not_taken_for_an_answer(void **state)
{
    (void)state;
    draw(PORTRAIT, 0, (struct field){.text = "", .blank = "misalnya Budi"});
    const struct draw *words = NULL;
    for (size_t i = 0; i < draw_count(list); i++) {
        if (draw_at(list, i)->kind == DRAW_TEXT) {
            words = draw_at(list, i);
        }
    }
    assert_non_null(words);
    assert_int_equal(words->colour, theme_day.colour[INK_SOFT]);
    assert_true(caret().x < words->rect.x);
    assert_string_equal(ui_node(&ui, FIELD)->value, "");
}

static void
heights_hold_their_lines(void **state)
{
    (void)state;
    for (int panel = 0; panel < PANELS; panel++) {
        for (int enlarge = 0; enlarge < 3; enlarge++) {
            frame(panel, enlarge);
            int line = type_line_height(type, TYPE_REGULAR, ui_type(&ui, SIZE_FIELD));
            for (int lines = 1; lines <= 4; lines++) {
                assert_true(field_height(&ui, lines) >= lines * line);
                assert_true(field_height(&ui, lines) >= ui_target(&ui));
            }
        }
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_grouped_as_people_read_them),
        cmocka_unit_test(digits_do_not_jump),
        cmocka_unit_test(the_caret_stands_before_its_letter),
        cmocka_unit_test(a_touch_puts_the_caret_at_every_code_point),
        cmocka_unit_test(a_touch_beside_the_text_is_its_end_or_beginning),
        cmocka_unit_test(the_caret_is_always_in_view),
        cmocka_unit_test(a_long_text_shows_as_many_lines_as_there_is_room_for),
        cmocka_unit_test(a_wrong_field_says_so_by_its_edge),
        cmocka_unit_test(a_placeholder_is_not_taken_for_an_answer),
        cmocka_unit_test(heights_hold_their_lines),
    };
    log_init("test");
    return cmocka_run_group_tests(tests, frame_open, frame_close);
}
