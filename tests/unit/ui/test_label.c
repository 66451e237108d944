/* Wrapping: no letter is lost or shown twice, and what does not fit says so. */
#include "ui/label.h"

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

enum { LONGEST = 3000 };

/* All that was drawn, without blanks. */
static void
drawn(char *out)
{
    size_t len = 0;
    for (size_t i = 0; i < draw_count(list); i++) {
        if (draw_at(list, i)->kind == DRAW_TEXT) {
            for (const char *at = draw_at(list, i)->text; *at; at++) {
                if (*at != ' ') {
                    out[len++] = *at;
                }
            }
        }
    }
    out[len] = '\0';
}

static void
without_blanks(const char *text, char *out)
{
    for (; *text; text++) {
        if (*text != ' ' && *text != '\n') {
            *out++ = *text;
        }
    }
    *out = '\0';
}

static void
random_text(char *text, size_t size)
{
    static const char *const pieces[] = {"a",  "Surat", "keterangan", "usaha", " ",  " ",
                                         "  ", " ",     "é",          "\n",    "12", "—",
                                         "ii", "WM",    ".",          ", "};
    struct text out = text_over(text, size);
    for (int i = rand() % 120; i > 0; i--) {
        text_add(&out, pieces[rand() % 16]);
    }
}

static void
no_letter_is_lost_or_doubled(void **state)
{
    (void)state;
    char text[LONGEST], seen[LONGEST], wanted[LONGEST];
    for (unsigned seed = 1; seed <= 400; seed++) {
        srand(seed);
        random_text(text, sizeof text);
        int panel = rand() % PANELS, width = 40 + rand() % 1000;
        struct label style = {.size = (enum type_size)(rand() % 5),
                              .weight = (enum weight)(rand() % 3),
                              .typed = rand() % 2 == 0,
                              .align = (enum align)(rand() % 2),
                              .middle = rand() % 2 == 0};
        frame(panel, rand() % 3);
        int height = label_height(&ui, &style, width, text);
        struct rect box = {20, 30, width, height};
        bool clipped = false;
        assert_int_equal(label_paint(&ui, &style, box, text, &clipped), height);
        drawn(seen);
        without_blanks(text, wanted);
        if (strcmp(seen, wanted) != 0) {
            fail_msg("seed %u: \"%s\" became \"%s\"", seed, wanted, seen);
        }
        int bottom = 0;
        for (size_t i = 0; i < draw_count(list); i++) {
            const struct draw *line = draw_at(list, i);
            assert_true(line->rect.y >= bottom); // lines one below the other
            bottom = line->rect.y + line->rect.h;
            // A line is no wider than the box, but for a single letter that is; the face
            // rounds by less than the painter lets letters lean.
            if (line->rect.w > width + line->size / 6 && utf8_count(line->text) > 1) {
                fail_msg("seed %u: \"%s\" is %d wide, not %d", seed, line->text, line->rect.w,
                         width);
            }
        }
        if (!style.middle && height > 0) {
            assert_true(draw_count(list) == 0 || bottom <= box.y + box.h);
        }
    }
}

static void
pieces_of_a_text_are_the_text(void **state)
{
    (void)state;
    char text[LONGEST], piece[LONGEST];
    for (unsigned seed = 1; seed <= 400; seed++) {
        srand(seed);
        random_text(text, sizeof text);
        int width = 60 + rand() % 900, room = rand() % 300;
        struct label style = {.size = (enum type_size)(rand() % 4)};
        frame(rand() % PANELS, 0);
        int line = type_line_height(type, TYPE_REGULAR, ui_type(&ui, style.size));
        for (const char *at = text; *at;) {
            size_t len = label_split(&ui, &style, width, room, at);
            assert_in_range(len, 1, strlen(at)); // it always goes on
            memcpy(piece, at, len);
            piece[len] = '\0';
            assert_true(utf8_valid(piece, len));
            assert_true(label_height(&ui, &style, width, piece) <= ui_max(room, line));
            at += len;
        }
    }
}

static void
clipping_is_told(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int width, lines_high, lines;
        bool typed, clipped;
    } rows[] = {
        {"Lanjut", 400, 1, 0, false, false},
        {"", 400, 1, 0, false, false},
        {"Lanjut", 20, 1, 0, false, true},                  // a word that had to be broken
        {"Surat keterangan usaha", 130, 3, 0, false, true}, // "keterangan" is wider
        {"Surat keterangan usaha", 300, 2, 0, false, false},
        {"Surat keterangan usaha", 300, 1, 0, false, true}, // the second line has no room
        {"Surat keterangan usaha", 300, 2, 1, false, true}, // and may not be there
        {"Lanjut", 400, 0, 0, false, true},                 // a box lower than a line
        {"satu\ndua", 400, 2, 0, false, false},
        {"satu\ndua", 400, 1, 0, false, true},
        {"Donaudampfschifffahrt", 120, 9, 0, true, false}, // what was typed breaks anywhere
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct label style = {.size = SIZE_BODY, .lines = rows[i].lines, .typed = rows[i].typed};
        bool clipped = false;
        frame(PORTRAIT, 0);
        int line = type_line_height(type, TYPE_REGULAR, ui_type(&ui, SIZE_BODY));
        struct rect box = {0, 0, rows[i].width, rows[i].lines_high * line};
        label_paint(&ui, &style, box, rows[i].text, &clipped);
        if (clipped != rows[i].clipped) {
            fail_msg("row %zu: %s", i, clipped ? "clipped" : "not clipped");
        }
        frame(PORTRAIT, 0);
        label_draw(&ui, 5, &style, box, rows[i].text);
        assert_int_equal(ui_node(&ui, 5)->clipped, rows[i].clipped);
        assert_string_equal(ui_node(&ui, 5)->label, rows[i].text);
        clipped = true; // and it stays said
        label_paint(&ui, &style, box, "x", &clipped);
        assert_true(clipped);
    }
}

static void
fitting_makes_letters_smaller_but_never_too_small(void **state)
{
    (void)state;
    srand(11);
    for (int round = 0; round < 300; round++) {
        char text[200];
        random_text(text, sizeof text);
        frame(rand() % PANELS, rand() % 3);
        struct label style = {.size = (enum type_size)(rand() % 5), .lines = rand() % 3};
        int width = 50 + rand() % 700, height = 20 + rand() % 300;
        int wished = ui_type(&ui, style.size), least = ui_type(&ui, SIZE_NOTE);
        style.px = label_fit(&ui, &style, width, height, text);
        assert_in_range(style.px, least, wished);
        bool clipped = false;
        label_paint(&ui, &style, (struct rect){0, 0, width, height}, text, &clipped);
        assert_true(!clipped || style.px == least); // it fits, unless nothing would
        if (style.px < wished) {                    // the wished size would not have
            style.px = 0;
            clipped = false;
            label_paint(&ui, &style, (struct rect){0, 0, width, height}, text, &clipped);
            int lines = label_height(&ui, &style, width, text);
            assert_true(clipped || lines > height);
        }
    }
}

static void
a_label_stands_where_it_should(void **state)
{
    (void)state;
    bool clipped = false;
    struct rect box = {100, 200, 600, 300};
    struct label style = {.px = 240, .align = ALIGN_CENTRE, .middle = true};
    frame(PORTRAIT, 0);
    label_paint(&ui, &style, box, "A-1", &clipped);
    const struct draw *line = draw_at(list, 0);
    assert_in_range(line->rect.x - box.x, (box.w - line->rect.w) / 2 - 1,
                    (box.w - line->rect.w) / 2 + 1);
    // Capitals, not the line box, are in the middle.
    int ascent = type_ascent(type, TYPE_REGULAR, line->size);
    int cap = type_cap_height(type, TYPE_REGULAR, line->size);
    int top = line->rect.y + ascent - cap - box.y, below = box.y + box.h - line->rect.y - ascent;
    assert_in_range(top - below + 4, 0, 8);
    assert_int_equal(label_width(&ui, &style, "A-1"), line->rect.w);
    assert_int_equal(label_height(&ui, &style, 100, ""), 0);
    frame(PORTRAIT, 0);
    label_draw(&ui, 1, &label_heading, box, "Judul");
    label_draw(&ui, 2, &label_body, box, "Isi");
    assert_int_equal(ui_node(&ui, 1)->role, ROLE_HEADING);
    assert_int_equal(ui_node(&ui, 2)->role, ROLE_TEXT);
    assert_int_equal(ui_node(&ui, 2)->flags & NODE_SECRET, 0);
    style.typed = true;
    label_draw(&ui, 3, &style, box, "6472");
    assert_true(ui_node(&ui, 3)->flags & NODE_SECRET);
}

/* The lines that a text is drawn in, in a box as wide as `as` is. */
static const char *
lines_of(const struct label *style, const char *as, const char *text)
{
    static char lines[400];
    struct text out = text_over(lines, sizeof lines);
    bool clipped = false;
    frame(PORTRAIT, 0);
    int width = label_width(&ui, style, as) + 1;
    struct rect box = {0, 0, width, label_height(&ui, style, width, text)};
    label_paint(&ui, style, box, text, &clipped);
    assert_false(clipped);
    for (size_t i = 0; i < draw_count(list); i++) {
        text_add(&out, i > 0 ? "|" : "");
        text_add(&out, draw_at(list, i)->text);
    }
    return lines;
}

static void
lines_break_where_a_reader_would(void **state)
{
    (void)state;
    static const struct {
        const char *as, *text, *lines;
    } rows[] = {
        // Between two facts, without the dot; but not where the second fits no line.
        {"6 orang menunggu · sekitar", "6 orang menunggu · sekitar 12 menit",
         "6 orang menunggu|sekitar 12 menit"},
        {"A · sekitar dua belas", "A · sekitar dua belas atau tiga belas menit lagi",
         "A · sekitar dua belas|atau tiga belas|menit lagi"},
        // No word alone in the last line; but never a shorter line above a longer one.
        {"Lain kali: pindai untuk membuka", "Lain kali: pindai untuk membuka Santer",
         "Lain kali: pindai untuk|membuka Santer"},
        {"Kue camilannya,", "Kue camilannya, es", "Kue camilannya,|es"},
        {"Take a queue", "Take a queue number", "Take a queue|number"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_string_equal(lines_of(&label_body, rows[i].as, rows[i].text), rows[i].lines);
    }
    struct label typed = label_body; // as it was typed: the field counts its bytes
    typed.typed = true;
    assert_string_equal(lines_of(&typed, rows[2].as, rows[2].text),
                        "Lain kali: pindai untuk membuka|Santer");
}

/* Letters of no width make a line of any length: it is cut between letters, never
 * within one. */
static void
a_line_of_marks_stays_text(void **state)
{
    (void)state;
    char text[2048] = "";
    struct text out = text_over(text, sizeof text);
    bool clipped = false;
    text_add(&out, "a");
    while (!out.cut) {
        text_add_code(&out, 0x0301);
    }
    struct label style = {.size = SIZE_FIELD, .typed = true};
    for (int shift = 0; shift < 4; shift++) {
        frame(PORTRAIT, 0);
        label_paint(&ui, &style, (struct rect){0, 0, 900, 900}, text + (shift ? shift - 1 : 0),
                    &clipped);
        assert_true(draw_count(list) >= 1);
        for (size_t i = 0; shift != 3 && i < draw_count(list); i++) {
            const char *line = draw_at(list, i)->text;
            assert_true(utf8_valid(line, strlen(line)));
        }
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_letter_is_lost_or_doubled),
        cmocka_unit_test(pieces_of_a_text_are_the_text),
        cmocka_unit_test(clipping_is_told),
        cmocka_unit_test(fitting_makes_letters_smaller_but_never_too_small),
        cmocka_unit_test(a_label_stands_where_it_should),
        cmocka_unit_test(lines_break_where_a_reader_would),
        cmocka_unit_test(a_line_of_marks_stays_text),
    };
    log_init("test");
    return cmocka_run_group_tests(tests, frame_open, frame_close);
}
