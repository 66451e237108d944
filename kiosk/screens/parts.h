/* What the screens share: the frame around every page, and the words that say what
 * went wrong. Only this folder includes it. A screen is one function in one file. */
#pragma once
#include <libintl.h>
#include "flow/flow.h"
#include "screens/screens.h"
#include "ui/blocks.h"
#include "ui/button.h"
#include "ui/field.h"
#include "ui/keyboard.h"
#include "ui/label.h"
#include "ui/notice.h"
#include "ui/ui.h"

#define _(text) gettext(text)

struct screen {
    struct ui *ui;
    const struct flow *flow;
    const struct screen_facts *facts;
};

enum {
    ID_LOGO = 1,
    ID_OFFICE,
    ID_DATE,
    ID_BACK = 10,
    ID_OTHER,
    ID_PRIMARY,
    ID_LANGUAGE = 20,
    ID_SIZE,
    ID_SOUND,
    ID_HELP,
    ID_PAGER = 30, /* and the two after it */
    ID_PROGRESS = 40,
    ID_WHERE,
    ID_HEADING,
    ID_HINT,
    ID_FIELD,
    ID_COUNT,
    ID_EXAMPLE,
    ID_WRONG,
    ID_UNKNOWN,
    ID_MORE,
    ID_SKIP,
    ID_NUMBER,
    ID_SHIELD,
    ID_SEARCH,
    ID_BLOCK = 1000 /* and ten for each block of a page */
};

/* --- chrome.c: band, header, bottom rows ----------------------------------------- */

/* The row above the lowest one: a label of NULL leaves a place empty. */
struct actions {
    struct button back, other, primary;
};
/* Everything around the page; the rectangle left for it, inside the margins. */
struct rect chrome_draw(struct screen *screen, const struct actions *actions);
/* The usual buttons. */
struct button chrome_back(void);   /* Kembali */
struct button chrome_cancel(void); /* Batal */
struct button chrome_next(const char *label, int action);
struct button chrome_close(void);     /* of a cover */
struct button chrome_keep(bool kept); /* Biarkan tampil, ticked once it is pressed */

/* --- page.c: blocks with a pager ---------------------------------------------------- */

/* PAGE_MANY: the review of the longest form that the loader takes, a heading above each answer
 * and every text a long one, or the longest list of choices. */
enum { PAGE_FEW = 144, PAGE_MANY = 704 };
struct page {
    size_t count;
    struct block *many; /* the caller's PAGE_MANY, where `few` may not do; else NULL */
    struct block few[PAGE_FEW];
};
/* The next block, its id given; the last one again when the page is full. */
struct block *page_add(struct page *page, enum block_kind kind);
struct block *page_last(struct page *page); /* the one that was added last */
bool page_is_full(const struct page *page); /* but for one more block */
void page_text(struct page *page, enum block_kind kind, const char *text); /* skips "" */
/* A heading that says at a glance what kind of news it is. */
void page_heading(struct page *page, const char *icon, const char *text);
void page_notice(struct page *page, enum block_kind kind, const char *title, const char *text);
void page_step(struct page *page, int number, const char *title, const char *text);
struct block *page_row(struct page *page, int card, const char *title, const char *text);
/* With a text it is one of a menu, else of a list. */
struct block *page_tile(struct page *page, const char *icon, const char *title, const char *text,
                        int action, int64_t arg);
/* Its first page alone; says that there is more. */
void page_draw_first(struct screen *screen, struct rect rect, const struct page *page);
/* Draws page `number` of it, with the row that turns pages where it takes more than one. */
void page_draw(struct screen *screen, struct rect rect, const struct page *page, int number);

/* --- words.c: sentences ----------------------------------------------------------- */

/* What is wrong and what to do, for the question that was answered (NULL: the
 * tracking code); "" when nothing is. */
void words_problem(const struct check *check, const struct question *question,
                   enum language language, char *out, size_t size);
/* "Contoh: 0812 3456 7890"; "" stays "". */
const char *words_example(const char *example, char *out, size_t size);
void words_printer(int printer, char *out, size_t size); /* why no paper came, for a resident */
void words_ahead(int ahead, int minutes, char *out, size_t size); /* "6 orang menunggu · ..." */
/* A stored answer as a resident reads it; masked unless `full`. */
void words_answer(const struct catalogue *catalogue, const struct question *question,
                  const char *value, enum language language, bool full, char *out, size_t size);
/* What the question at a spot belongs to: "Ahli waris 2", its section, else the service. */
void words_part(const struct flow *flow, struct spot spot, char *out, size_t size);
const char *words_filled(enum filled_by who); /* "Anda sendiri" */
/* "Senin–Kamis 08.00–16.00 ...", as the office writes it, with the days in the language: the
 * facts' line, and what longer names of its days take. */
enum { HOURS_WORDS = 640 };
void words_hours(const char *hours, enum language language, char *out, size_t size);
const char *words_weekday(int weekday);                   /* 0: "Minggu" */
void words_times(enum language language, char *text);     /* "08.00" as the language writes it */
void words_date(const char *iso, char *out, size_t size); /* "23 November 2026" */

/* rows.c: the list of a repeat's rows, each by its first answer. The caller zeroes the words
 * when they are drawn. */
struct row_words {
    char title[200], answer[1200];
};
void rows_blocks(const struct screen *screen, struct page *page, struct row_words words[ROWS_MAX]);

/* --- survey.c: shared with the poll -------------------------------------------------- */

/* The last page, with "Selesai"; `note` is NULL or stands softly below. */
void thanks_draw(struct screen *screen, const char *text, const char *note);

/* --- typed.c: what is typed ------------------------------------------------------------ */

/* Draws the keyboard and cuts it off the body: below it, or right of it on wide panels. */
void keys_draw(struct screen *screen, struct rect *body, const struct keyboard *keyboard);
void heading_draw(struct screen *screen, struct rect *body, const char *text);
/* What is wrong, below the field; its height with the gap, 0 of "". */
void wrong_draw(struct screen *screen, struct rect *body, const char *words);
int wrong_height(const struct screen *screen, int width, const char *words);
typedef void screen_head(struct screen *screen, struct rect *body);
/* The question and the keyboard (or NULL), one above the other or side by side. */
void head_and_keys(struct screen *screen, struct rect *body, screen_head *head,
                   const struct keyboard *keyboard);
/* A whole page: the field of the place (flow_field) with its keyboard, and what is wrong with it or
 * a hint. */
struct typed {
    const char *heading, *label;
    const char *example; /* NULL: none */
    enum field_group group;
    int lines;
    const struct keyboard *keyboard;
    const char *hint, *problem; /* "": nothing is wrong */
    struct button other;        /* label NULL: none */
};
void typed_draw(struct screen *screen, const struct typed *typed);
/* One that asks for a code of eight letters and digits; `mismatch` where its check letter does not
 * fit, NULL: as of a tracking code. */
void typed_code_draw(struct screen *screen, const char *heading, const char *label,
                     const char *hint, const char *mismatch);

/* --- question.c and others: shared with the other screens that choose ---------------------- */

/* When to come back after too many tries; minutes 0: unknown. */
const char *words_again(int minutes, char *out, size_t size);
/* search.c: a long list, with a field and a keyboard where they have room. */
bool search_is_typed(const struct screen *screen); /* is the keyboard there? */
void search_head(struct screen *screen, struct rect *body, screen_head *head);
void search_list(struct screen *screen, struct rect body, const struct page *page);
/* This office (of a kecamatan: its own kelurahan) and the chosen one, or all whose name holds what
 * is searched. */
void kelurahan_picks(const struct flow *flow, struct page *page, const char *selected, int action);

/* --- the screens -------------------------------------------------------------------- */

typedef void screen_draw(struct screen *screen);
screen_draw screen_home, screen_resting, screen_group, screen_service, screen_office,
    screen_question, screen_review, screen_working, screen_done, screen_photos, screen_queues,
    screen_ticket_again, screen_ticket, screen_ticket_failed, screen_status_code,
    screen_status_fact, screen_status, screen_info, screen_info_page, screen_verify,
    screen_verified, screen_bill_nop, screen_bill_year, screen_bill, screen_pay, screen_paid,
    screen_pay_trouble, screen_pay_check, screen_survey, screen_poll, screen_booking_code,
    screen_booking, screen_out_of_service, screen_sorry;
screen_draw screen_help, screen_language, screen_size, screen_sound, screen_notice, screen_hint,
    screen_cancel, screen_idle, screen_filled;
