/* A page as data, cut into pages: nothing is lost between them, nothing lies outside,
 * nothing lies over something else. Most of it by random pages with a seed. */
#include "ui/blocks.h"

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

enum { TEXTS = 64 * 1024, WORDS = 6000 };

static struct block blocks[320];
static size_t count;
static struct layout layout;
static char texts[TEXTS]; /* the words of the blocks; each is there once: "q17" */
static size_t used;
static int words;

/* So many new words; the last one ends the text. */
static const char *
new_text(int many)
{
    static const char *const tails[] = {"", "", "", "abcdef", "-mmmm", "é"};
    char *text = texts + used;
    struct text out = text_over(text, sizeof texts - used);
    for (int i = 0; i < many; i++) {
        text_addf(&out, "%sq%d%s", i > 0 ? rand() % 12 ? " " : "\n" : "", words++,
                  tails[rand() % 6]);
    }
    assert_false(out.cut);
    used += out.len + 1;
    return text;
}

static struct block *
add(enum block_kind kind)
{
    struct block *block = &blocks[count];
    *block = (struct block){.kind = kind, .id = 1000 + 10 * (uint32_t)count};
    count++;
    return block;
}

static void
clear(void)
{
    count = used = 0;
    words = 0;
}

/* Long texts are words; everything else is kept to what a page can hold whole. */
static void
add_random(void)
{
    enum block_kind kind = (enum block_kind)(rand() % (BLOCK_GAP + 1));
    struct block *block = add(kind);
    block->card = rand() % 3 == 0 && count > 1 ? blocks[count - 2].card : rand() % 4;
    switch (kind) {
    case BLOCK_HEADING:
    case BLOCK_TITLE:
        block->text = new_text(1 + rand() % 6);
        break;
    case BLOCK_TEXT:
    case BLOCK_SOFT:
    case BLOCK_NOTE:
    case BLOCK_BULLET:
        block->text = new_text(rand() % 10 ? 1 + rand() % 40 : 120);
        break;
    case BLOCK_STEP:
        block->number = (int)count;
        block->title = new_text(1 + rand() % 4);
        block->text = rand() % 2 ? new_text(1 + rand() % 8) : NULL;
        break;
    case BLOCK_NOTICE:
    case BLOCK_ALERT:
    case BLOCK_GOOD:
    case BLOCK_CHECK:
        block->title = rand() % 2 ? new_text(1 + rand() % 4) : NULL;
        block->text = block->title == NULL || rand() % 2 ? new_text(1 + rand() % 8) : NULL;
        break;
    case BLOCK_ROW:
        block->title = new_text(1);
        block->text = new_text(1 + rand() % 3);
        if (rand() % 2) {
            block->buttons[0] = (struct button){
                .id = block->id + 1, .kind = BUTTON_QUIET, .label = new_text(1), .action = 1};
        }
        break;
    case BLOCK_BUTTON:
        block->buttons[0] =
            (struct button){.id = block->id, .label = new_text(1 + rand() % 2), .action = 1};
        break;
    case BLOCK_TILE:
    case BLOCK_PICK:
        block->icon = kind == BLOCK_TILE && rand() % 2 ? "document" : NULL;
        block->title = new_text(1 + rand() % 3);
        block->text = rand() % 2 ? new_text(1 + rand() % 4) : NULL;
        block->primary = rand() % 8 == 0;
        block->selected = rand() % 2 == 0;
        block->action = 1;
        break;
    case BLOCK_NUMBER:
        block->text = new_text(1);
        break;
    case BLOCK_CODE:
        block->title = new_text(1);
        block->text = new_text(1);
        block->detail = new_text(2);
        block->icon = "https://santer.example/t/#1";
        break;
    case BLOCK_GAP:
        break;
    }
}

/* Cards are runs of neighbours with one number, as screens make them. */
static void
random_page(unsigned seed)
{
    srand(seed);
    clear();
    for (int i = 1 + rand() % 30; i > 0; i--) {
        add_random();
    }
}

static int pager;
static struct rect body;

static void
make(int panel, int enlarge)
{
    frame(panel, enlarge);
    int margin = ui_margin(&ui);
    body = (struct rect){margin, panels[panel].height / 6, panels[panel].width - 2 * margin,
                         panels[panel].height * 6 / 10};
    pager = ui_target(&ui) + ui_mm(&ui, 1) + ui_gap(&ui);
    layout_make(&layout, &ui, body, pager, blocks, count);
}

static void
every_block_is_on_some_page_in_its_order(void **state)
{
    (void)state;
    for (unsigned seed = 1; seed <= 60; seed++) {
        random_page(seed);
        make((int)seed % PANELS, (int)(seed / 4) % 3);
        size_t next = 0, to = 0;
        int page = 0;
        for (size_t i = 0; i < layout.count; i++) {
            const struct block_piece *piece = &layout.pieces[i];
            const struct block *block = &blocks[piece->block];
            bool begins = to == 0;
            assert_int_equal(piece->block, begins ? next : next - 1);
            next += begins;
            assert_true(piece->page == page || piece->page == page + 1); // no page is empty
            page = piece->page;
            if (block->kind <= BLOCK_BULLET) {
                assert_int_equal(piece->from, to); // goes on where it left off
                to = piece->to < strlen(block->text) ? piece->to : 0;
            }
        }
        assert_int_equal(next, count);
        assert_int_equal(to, 0);
        assert_int_equal(layout.pages, page + 1);
    }
}

static void
nothing_lies_outside_or_over_another(void **state)
{
    (void)state;
    for (unsigned seed = 1; seed <= 60; seed++) {
        random_page(seed);
        make((int)seed % PANELS, (int)(seed / 4) % 3);
        struct rect room = body;
        room.h -= layout.pages > 1 ? pager : 0;
        for (size_t i = 0; i < layout.count; i++) {
            const struct block_piece *piece = &layout.pieces[i];
            struct rect on = rect_clip(piece->rect, room);
            if (memcmp(&on, &piece->rect, sizeof on) != 0 && piece->rect.h > 0) {
                fail_msg("seed %u: block %d (kind %d) at y %d, height %d, lies outside of %d + %d",
                         seed, (int)piece->block, (int)blocks[piece->block].kind, piece->rect.y,
                         piece->rect.h, room.y, room.h);
            }
            for (size_t k = 0; k < i; k++) {
                if (layout.pieces[k].page == piece->page &&
                    rect_overlaps(layout.pieces[k].rect, piece->rect)) {
                    fail_msg("seed %u: block %d lies over block %d", seed, (int)piece->block,
                             (int)layout.pieces[k].block);
                }
            }
        }
    }
}

/* How often each word was drawn; a word is "q" and its number. */
static void
count_words(int *seen)
{
    for (size_t i = 0; i < draw_count(list); i++) {
        const struct draw *item = draw_at(list, i);
        for (const char *at = item->kind == DRAW_TEXT ? item->text : ""; *at;) {
            int number;
            if (sscanf(at, "q%d", &number) == 1 && number < WORDS) {
                seen[number]++;
            }
            at += strcspn(at, " ");
            at += *at == ' ';
        }
    }
}

static void
every_word_is_drawn_once(void **state)
{
    (void)state;
    static int seen[WORDS];
    for (unsigned seed = 1; seed <= 50; seed++) {
        random_page(seed);
        make((int)seed % PANELS, (int)(seed / 4) % 3);
        memset(seen, 0, sizeof seen);
        for (int page = 0; page < layout.pages; page++) {
            frame((int)seed % PANELS, (int)(seed / 4) % 3);
            layout_draw(&ui, &layout, page);
            count_words(seen);
            for (size_t i = 0; i < ui.count; i++) {
                if (ui.nodes[i].clipped) {
                    fail_msg("seed %u, page %d: \"%.60s\" is clipped", seed, page,
                             ui.nodes[i].label);
                }
            }
        }
        for (int i = 0; i < words; i++) {
            if (seen[i] != 1) {
                fail_msg("seed %u: word %d was drawn %d times", seed, i, seen[i]);
            }
        }
    }
}

/* The white grounds of cards: each on the page, none over another. */
static void
cards_are_apart(void **state)
{
    (void)state;
    for (unsigned seed = 1; seed <= 50; seed++) {
        random_page(seed);
        make((int)seed % PANELS, (int)(seed / 4) % 3);
        struct rect room = body;
        room.h -= layout.pages > 1 ? pager : 0;
        for (int page = 0; page < layout.pages; page++) {
            struct rect cards[BLOCK_PIECES];
            size_t cards_count = 0;
            frame((int)seed % PANELS, (int)(seed / 4) % 3);
            layout_draw(&ui, &layout, page);
            for (size_t i = 0; i + 1 < draw_count(list); i += 2) {
                const struct draw *ground = draw_at(list, i), *edge = ground + 1;
                if (ground->kind != DRAW_FILL || edge->kind != DRAW_FRAME ||
                    edge->colour != theme_day.colour[INK_LINE]) {
                    break; // the grounds come first
                }
                cards[cards_count++] = ground->rect;
            }
            for (size_t i = 0; i < cards_count; i++) {
                struct rect on = rect_clip(cards[i], room);
                if (memcmp(&on, &cards[i], sizeof on) != 0) {
                    fail_msg("seed %u, page %d: a card at %d, height %d, leaves %d + %d", seed,
                             page, cards[i].y, cards[i].h, room.y, room.h);
                }
                for (size_t k = 0; k < i; k++) {
                    assert_false(rect_overlaps(cards[i], cards[k]));
                }
            }
        }
    }
}

static void
a_page_that_fits_has_no_pager(void **state)
{
    (void)state;
    clear();
    add(BLOCK_HEADING)->text = "Judul";
    add(BLOCK_TEXT)->text = "Isi";
    make(PORTRAIT, 0);
    assert_int_equal(layout.pages, 1);
    assert_int_equal(layout.count, 2);
    assert_int_equal(layout_height(&layout),
                     layout.pieces[1].rect.y + layout.pieces[1].rect.h - body.y);
    layout_make(&layout, &ui, body, pager, blocks, 0);
    assert_int_equal(layout.pages, 1);
    assert_int_equal(layout_height(&layout), 0);
    // So much that it fits exactly, and one line more.
    int line = type_line_height(type, TYPE_REGULAR, ui_type(&ui, SIZE_BODY));
    layout_make(&layout, &ui, body, pager, blocks, 2);
    struct rect exact = body;
    exact.h = layout_height(&layout);
    layout_make(&layout, &ui, exact, line, blocks, 2);
    assert_int_equal(layout.pages, 1);
    exact.h--;
    layout_make(&layout, &ui, exact, line, blocks, 2);
    assert_int_equal(layout.pages, 2);
}

static void
a_title_stays_with_its_text(void **state)
{
    (void)state;
    for (int lines = 0; lines < 60; lines++) {
        clear();
        for (int i = 0; i < lines; i++) {
            add(BLOCK_TEXT)->text = "x";
        }
        size_t title = count;
        add(BLOCK_TITLE)->text = "Persyaratan";
        add(BLOCK_BULLET)->text = "KTP";
        make(PORTRAIT, 1);
        assert_int_equal(layout.pieces[title].page, layout.pieces[title + 1].page);
    }
}

/* Nor is it left at the foot of a page by a text that would rather begin the next. */
static void
a_title_stays_with_a_long_text(void **state)
{
    (void)state;
    for (int card = 0; card < 2; card++) {
        for (int long_text = 1; long_text < 60; long_text += 6) {
            for (int lines = 0; lines < 12; lines++) {
                clear();
                for (int i = 0; i < lines; i++) {
                    add(BLOCK_TEXT)->text = "x";
                }
                size_t title = count;
                add(BLOCK_TITLE)->text = "Pengaduan dan saran";
                add(BLOCK_TEXT)->text = new_text(long_text);
                blocks[title].card = blocks[title + 1].card = card;
                make(SMALL, 2);
                assert_int_equal(layout.pieces[title].page, layout.pieces[title + 1].page);
            }
        }
    }
}

/* Tiles in columns are higher than one over the whole width: the row counts. */
static void
a_title_stays_with_its_tiles(void **state)
{
    (void)state;
    for (int lines = 0; lines < 60; lines++) {
        clear();
        for (int i = 0; i < lines; i++) {
            add(BLOCK_TEXT)->text = "x";
        }
        size_t title = count;
        add(BLOCK_TITLE)->text = "Rumah";
        add(BLOCK_TILE)->title = "Surat Domisili";
        add(BLOCK_TILE)->title = "Surat Keterangan Belum Punya Rumah Sendiri";
        make(PORTRAIT, 0);
        assert_int_equal(layout.pieces[title].page, layout.pieces[title + 1].page);
    }
}

/* So many lines above, then what is added by the caller. */
static size_t
below_lines(int lines)
{
    clear();
    for (int i = 0; i < lines; i++) {
        add(BLOCK_TEXT)->text = "x";
    }
    return count;
}

/* Nor by the row of an answer, alone or with its long answer below its key. */
static void
a_title_stays_with_its_row(void **state)
{
    (void)state;
    for (int answer = 0; answer < 60; answer += 12) {
        for (int lines = 0; lines < 60; lines++) {
            size_t title = below_lines(lines);
            add(BLOCK_TITLE)->text = "Ahli waris 2";
            struct block *row = add(BLOCK_ROW);
            row->title = "Alamat";
            row->text = answer > 0 ? "" : "Jl. Mawar 7";
            row->buttons[0] = (struct button){
                .id = row->id + 1, .kind = BUTTON_QUIET, .label = "Ubah", .action = 1};
            if (answer > 0) {
                add(BLOCK_TEXT)->text = new_text(answer);
            }
            for (size_t i = title; i < count; i++) {
                blocks[i].card = 1;
            }
            make(PORTRAIT, 0);
            assert_int_equal(layout.pieces[title].page, layout.pieces[title + 1].page);
            if (answer > 0) {
                assert_int_equal(layout.pieces[title + 1].page, layout.pieces[title + 2].page);
            }
        }
    }
}

/* "Nomor antrean Anda" and the number are one thing: rather a smaller number than one alone, and
 * no smaller one than can be read from afar. */
static void
a_number_stays_with_its_line(void **state)
{
    (void)state;
    for (int card = 0; card < 2; card++) {
        for (int enlarge = 0; enlarge < 3; enlarge++) {
            for (int lines = 0; lines < 60; lines++) {
                size_t line = below_lines(lines);
                add(BLOCK_SOFT)->text = "Nomor antrean Anda";
                add(BLOCK_NUMBER)->text = "B-008";
                blocks[line].card = blocks[line + 1].card = card;
                make(PORTRAIT, enlarge);
                assert_int_equal(layout.pieces[line].page, layout.pieces[line + 1].page);
                assert_true(layout.pieces[line + 1].rect.h >= number_least(&ui));
            }
        }
    }
}

static void
tiles_stand_in_columns(void **state)
{
    (void)state;
    static const int most[PANELS] = {2, 3, 3, 2};
    for (int panel = 0; panel < PANELS; panel++) {
        for (int columns = 0; columns <= 3; columns++) {
            clear();
            for (int i = 0; i < 6; i++) {
                struct block *block = add(BLOCK_TILE);
                block->title = i == 2 ? new_text(12) : "Surat";
                block->columns = columns;
                block->action = 1;
            }
            make(panel, 0);
            int across = 1;
            while (layout.pieces[across].rect.y == layout.pieces[0].rect.y &&
                   layout.pieces[across].rect.x > layout.pieces[across - 1].rect.x) {
                across++;
            }
            assert_in_range(across, 1, columns > 0 ? columns : most[panel]);
            for (size_t i = 0; i < layout.count; i++) { // a row is one height, all one width
                const struct block_piece *first = &layout.pieces[i - i % (size_t)across];
                assert_int_equal(layout.pieces[i].rect.w, layout.pieces[0].rect.w);
                assert_int_equal(layout.pieces[i].rect.h, first->rect.h);
                assert_int_equal(layout.pieces[i].rect.y, first->rect.y);
            }
        }
        clear(); // large letters: fewer columns
        add(BLOCK_TILE)->title = "Surat";
        add(BLOCK_TILE)->title = "Surat";
        make(panel, 2);
        if (panel == PORTRAIT) {
            assert_true(layout.pieces[1].rect.y > layout.pieces[0].rect.y);
        }
    }
}

/* The last row of a menu reaches the edge; a list of names keeps its columns. */
static void
a_menu_has_no_hole(void **state)
{
    (void)state;
    for (int panel = 0; panel < PANELS; panel++) {
        for (int menu = 0; menu < 2; menu++) {
            for (int many = 1; many <= 7; many++) {
                clear();
                for (int i = 0; i < many; i++) {
                    struct block *block = add(BLOCK_TILE);
                    block->title = "Surat";
                    block->menu = menu == 1;
                    block->columns = 2;
                }
                make(panel, 0);
                struct rect first = layout.pieces[0].rect, last = layout.pieces[many - 1].rect;
                bool alone = many % 2 == 1;
                int width = menu && alone ? layout.rect.w : (layout.rect.w - ui_gap(&ui)) / 2;
                assert_int_equal(last.w, width);
                assert_true(last.y + last.h <= layout.rect.y + layout.rect.h);
                assert_int_equal(layout.pieces[0].air, layout.pieces[many - 1].air);
                assert_in_range(layout.pieces[0].air, 1, first.h / 2); // there is room to grow
            }
        }
    }
}

/* A text longer than a page of words is made of. */
/* A display that reports next to nothing: a page all the same, and no crash. */
static void
a_panel_of_one_pixel_has_its_page(void **state)
{
    (void)state;
    static const struct panel dot = {1, 1, 1 / 268.0, 0};
    clear();
    add(BLOCK_TILE)->title = "Surat";
    add(BLOCK_TILE)->title = "KTP";
    ui_begin(&ui, &dot, &theme_day, 0, type, list);
    layout_make(&layout, &ui, (struct rect){0, 0, 1, 1}, 1, blocks, count);
    assert_int_equal(layout.count, 2);
}

static void
a_very_long_text_is_whole(void **state)
{
    (void)state;
    static int seen[WORDS];
    for (int shift = 0; shift < 9; shift++) { // wherever a piece may end in a word
        srand(4);
        clear();
        char *text = texts;
        memset(text, 'x', sizeof texts);
        text[shift] = ' ';
        used = (size_t)shift + 1;
        new_text(700);
        assert_true(strlen(text) > 4096 + 512);
        add(BLOCK_TEXT)->text = text;
        make(LARGE, shift % 3);
        for (int round = 0; round < 2; round++) {
            memset(seen, 0, sizeof seen);
            for (int page = 0; page < layout.pages; page++) {
                frame(LARGE, shift % 3);
                layout_draw(&ui, &layout, page);
                count_words(seen);
            }
            for (int i = 0; i < words; i++) {
                assert_int_equal(seen[i], 1);
            }
            body.h *= 20; // also on one endless page
            frame(LARGE, shift % 3);
            layout_make(&layout, &ui, body, pager, blocks, count);
        }
    }
}

static void
a_row_holds_its_buttons(void **state)
{
    (void)state;
    for (int panel = 0; panel < PANELS; panel++) {
        for (int enlarge = 0; enlarge < 3; enlarge++) {
            clear();
            for (int buttons = 0; buttons <= 2; buttons++) {
                struct block *row = add(BLOCK_ROW);
                row->title = "NIK";
                row->text = "6472 .... 0012";
                row->card = 1;
                for (int i = 0; i < buttons; i++) {
                    row->buttons[i] = (struct button){.id = row->id + 1 + (uint32_t)i,
                                                      .kind = BUTTON_QUIET,
                                                      .label = i ? "Ubah" : "Tahan: lihat",
                                                      .action = 1};
                }
            }
            make(panel, enlarge);
            for (int page = 0; page < layout.pages; page++) {
                frame(panel, enlarge);
                layout_draw(&ui, &layout, page);
                for (size_t i = 0; i < ui.count; i++) {
                    assert_false(ui.nodes[i].clipped);
                    assert_true(ui.nodes[i].action == 0 || ui.nodes[i].rect.h >= ui_target(&ui));
                    struct rect row = layout.pieces[(ui.nodes[i].id - 1000) / 10].rect;
                    struct rect on = rect_clip(ui.nodes[i].rect, row);
                    assert_memory_equal(&on, &ui.nodes[i].rect, sizeof on);
                }
            }
        }
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_block_is_on_some_page_in_its_order),
        cmocka_unit_test(nothing_lies_outside_or_over_another),
        cmocka_unit_test(every_word_is_drawn_once),
        cmocka_unit_test(cards_are_apart),
        cmocka_unit_test(a_page_that_fits_has_no_pager),
        cmocka_unit_test(a_title_stays_with_its_text),
        cmocka_unit_test(a_title_stays_with_a_long_text),
        cmocka_unit_test(a_title_stays_with_its_tiles),
        cmocka_unit_test(a_title_stays_with_its_row),
        cmocka_unit_test(a_number_stays_with_its_line),
        cmocka_unit_test(tiles_stand_in_columns),
        cmocka_unit_test(a_menu_has_no_hole),
        cmocka_unit_test(a_panel_of_one_pixel_has_its_page),
        cmocka_unit_test(a_very_long_text_is_whole),
        cmocka_unit_test(a_row_holds_its_buttons),
    };
    log_init("test");
    return cmocka_run_group_tests(tests, frame_open, frame_close);
}
