/* One question a screen: the field and its keyboard, or the choices. The error stands
 * beside the field and says what to do; what was typed stays. */
#include <stdio.h>
#include <string.h>

#include "base/secret.h"
#include "base/text.h"
#include "form/chosen.h"
#include "screens/parts.h"

/* How a question is typed. */
struct way {
    const struct keyboard *keyboard;
    enum field_group group;
    const char *before, *blank;
    int lines;
};

static struct way
way_of(const struct question *question, const struct flow *flow)
{
    const struct keyboard *letters = keyboard_letters(flow->layer);
    switch (question->type) {
    case QUESTION_NIK:
    case QUESTION_KK:
        return (struct way){&keyboard_digits, FIELD_FOURS, NULL, NULL, 1};
    case QUESTION_PHONE:
        return (struct way){&keyboard_digits, FIELD_PHONE, NULL, NULL, 1};
    case QUESTION_MONEY:
        return (struct way){&keyboard_digits, FIELD_MONEY, "Rp", NULL, 1};
    case QUESTION_NUMBER:
        return (struct way){&keyboard_digits, FIELD_NUMBER, NULL, NULL, 1};
    case QUESTION_RT:
        return (struct way){&keyboard_digits, FIELD_NUMBER, "RT", NULL, 1};
    case QUESTION_DATE:
        return (struct way){&keyboard_digits, FIELD_DATE, NULL, _("HHBBTTTT"), 1};
    case QUESTION_TIME:
        return (struct way){&keyboard_digits, FIELD_TIME, NULL, _("JJMM"), 1};
    case QUESTION_ADDRESS:
        return (struct way){letters, FIELD_TEXT, NULL, NULL, 2};
    case QUESTION_TEXT:
        return (struct way){letters, FIELD_TEXT, NULL, NULL, question->max_length > 60 ? 3 : 1};
    default:
        return (struct way){letters, FIELD_TEXT, NULL, NULL, 1};
    }
}

static bool
is_picked(const struct question *question)
{
    switch (question->type) {
    case QUESTION_ONE:
    case QUESTION_MANY:
    case QUESTION_YES_NO:
    case QUESTION_KELURAHAN:
    case QUESTION_ACKNOWLEDGE:
    case QUESTION_CONSENT:
    case QUESTION_REPEAT:
        return true;
    default:
        return false;
    }
}

static void
question_head(struct screen *screen, struct rect *body)
{
    struct ui *ui = screen->ui;
    const struct flow *flow = screen->flow;
    const struct question *question = &flow->service->questions[flow->spot.question];
    char part[160], where[240];
    int position, total;
    flow_progress(flow, screen->facts->today, &position, &total);
    words_part(flow, flow->spot, part, sizeof part);
    snprintf(where, sizeof where, _("%s · %d dari %d pertanyaan"), part, position, total);
    if (!ui_wide(ui)) {
        progress_draw(ui, rect_cut_top(body, progress_height(ui)), position, total);
        rect_cut_top(body, ui_mm(ui, 5));
    }
    struct label soft = label_soft;
    if (label_width(ui, &soft, where) > body->w) {
        snprintf(where, sizeof where, _("%d dari %d pertanyaan"), position, total);
    }
    int height = label_height(ui, &soft, body->w, where);
    if (ui->enlarge < 2 || !ui_wide(ui)) {
        label_draw(ui, ID_WHERE, &soft, rect_cut_top(body, height), where);
        rect_cut_top(body, ui_mm(ui, 3));
    }
    char label[400];
    struct text text = text_over(label, sizeof label);
    text_add(&text, words_in(&question->label, flow->language));
    if (!question->required) {
        text_add(&text, " ");
        text_add(&text, _("(opsional)"));
    }
    heading_draw(screen, body, label);
}

/* The hint in place where it fits, else a button that opens it on a page of its own. */
static void
hint(struct screen *screen, struct rect *body, const char *words, int needed_below)
{
    struct ui *ui = screen->ui;
    if (words[0] == '\0') {
        return;
    }
    int height = label_height(ui, &label_soft, body->w, words);
    if (height + needed_below <= body->h) {
        label_draw(ui, ID_HINT, &label_soft, rect_cut_top(body, height), words);
        rect_cut_top(body, ui_mm(ui, 4));
    }
}

/* "Sudah 14 dari 16 angka." */
static void
counting(struct screen *screen, struct rect *body, const struct question *question)
{
    char words[80];
    size_t have = utf8_count(screen->flow->draft);
    if (question->type != QUESTION_NIK && question->type != QUESTION_KK) {
        return;
    }
    snprintf(words, sizeof words, _("Sudah %zu dari %d angka."), have, 16);
    int height = label_height(screen->ui, &label_note, body->w, words);
    if (height <= body->h) {
        label_draw(screen->ui, ID_COUNT, &label_note, rect_cut_top(body, height), words);
        rect_cut_top(body, ui_mm(screen->ui, 3));
    }
}

/* Buttons below the field: no NIK at hand, nothing to answer, what the hint says. */
static void
ways_out(struct screen *screen, struct rect *body, const struct question *question, bool hint_shown)
{
    struct ui *ui = screen->ui;
    struct button buttons[2];
    int count = 0;
    if (question->type == QUESTION_NIK || question->type == QUESTION_KK) {
        buttons[count++] =
            (struct button){.id = ID_UNKNOWN,
                            .kind = BUTTON_SECONDARY,
                            .label = question->type == QUESTION_NIK ? _("Saya tidak tahu NIK")
                                                                    : _("Saya tidak tahu nomor KK"),
                            .action = FLOW_UNKNOWN};
    } else if (!question->required) {
        buttons[count++] = (struct button){
            .id = ID_SKIP, .kind = BUTTON_SECONDARY, .label = _("Lewati"), .action = FLOW_SKIP};
    }
    if (!hint_shown) {
        buttons[count++] = (struct button){.id = ID_MORE,
                                           .kind = BUTTON_SECONDARY,
                                           .label = _("Petunjuk"),
                                           .action = FLOW_COVER,
                                           .arg = COVER_HINT};
    }
    for (int i = 0; i < count; i++) {
        int width = ui_min(ui_max(button_width(ui, &buttons[i]), ui_mm(ui, 60)), body->w);
        int least = ui_max(ui_target(ui), button_height(ui, &buttons[i], width));
        int height = ui_max(least, ui_min(ui_wide_button(ui), body->h / (count - i)));
        if (height > body->h) {
            return; // the counter's way out is in Bantuan too
        }
        struct rect row = rect_cut_top(body, height);
        row.w = width;
        button_draw(ui, row, &buttons[i]);
        rect_cut_top(body, ui_mm(ui, 3));
    }
}

static void
typed_question(struct screen *screen, struct rect body, const struct question *question)
{
    struct ui *ui = screen->ui;
    const struct flow *flow = screen->flow;
    struct way way = way_of(question, flow);
    char problem[240], example[240];
    const char *hint_words = words_in(&question->hint, flow->language);
    head_and_keys(screen, &body, question_head, way.keyboard);
    words_problem(&flow->check, question, flow->language, problem, sizeof problem);
    int below = ui_mm(ui, 4) + wrong_height(screen, body.w, problem);
    while (way.lines > 1 && (field_height(ui, way.lines) > body.h / 2 ||
                             field_height(ui, way.lines) + below > body.h)) {
        way.lines--;
    }
    int field = field_height(ui, way.lines), before = body.h;
    hint(screen, &body, hint_words, field + below);
    bool hint_shown = hint_words[0] == '\0' || body.h != before;
    struct field box = {.id = ID_FIELD,
                        .label = words_in(&question->label, flow->language),
                        .text = flow->draft,
                        .caret = flow->caret,
                        .group = way.group,
                        .before = way.before,
                        .blank = way.blank != NULL
                                     ? way.blank
                                     : words_example(words_in(&question->example, flow->language),
                                                     example, sizeof example),
                        .lines = way.lines,
                        .wrong = problem[0] != '\0' && !flow->check.warning,
                        .caret_action = FLOW_CARET};
    field_draw(ui, rect_cut_top(&body, field), &box);
    rect_cut_top(&body, ui_mm(ui, 4));
    if (problem[0] != '\0') {
        wrong_draw(screen, &body, problem);
    } else {
        counting(screen, &body, question);
    }
    ways_out(screen, &body, question, hint_shown);
}

/* --- choices ----------------------------------------------------------------- */

static void
add_pick(struct page *page, const char *label, const char *detail, bool many, bool selected,
         int action, int64_t arg)
{
    struct block *pick = page_add(page, BLOCK_PICK);
    pick->title = label;
    pick->text = detail;
    pick->many = many;
    pick->selected = selected;
    pick->action = action;
    pick->arg = arg;
}

void
kelurahan_picks(const struct flow *flow, struct page *page, const char *selected, int action)
{
    const struct kelurahan *list;
    size_t count = catalogue_kelurahan(flow->catalogue, &list);
    for (size_t i = 0; i < count && !page_is_full(page); i++) {
        bool own = flow_serves(flow, list[i].code);
        bool here = strcmp(list[i].code, selected) == 0;
        bool found = flow->search[0] != '\0' && text_contains_folded(list[i].name, flow->search);
        if (flow->search[0] == '\0' ? own || here : found) {
            add_pick(page, list[i].name, list[i].kecamatan, false, here, action, (int64_t)i);
        }
    }
}

/* In the words of the visit, or in the Indonesian ones: papers carry those. */
static bool
is_found(const struct flow *flow, const struct choice *choice)
{
    const char *label = words_in(&choice->label, flow->language);
    const char *indonesian = words_in(&choice->label, LANGUAGE_ID);
    return text_contains_folded(label, flow->search) ||
           text_contains_folded(indonesian, flow->search);
}

static void
choice_picks(const struct screen *screen, struct page *page, const struct question *question)
{
    const struct flow *flow = screen->flow;
    bool many = question->type == QUESTION_MANY, searching = flow_searches(flow);
    const struct choices *choices = question->choices;
    for (size_t i = 0; i < choices->count && !page_is_full(page); i++) {
        const struct choice *choice = &choices->list[i];
        const char *label = words_in(&choice->label, flow->language);
        bool chosen = chosen_has(flow->draft, choice->name);
        bool shown = !searching || chosen ||
                     (flow->search[0] == '\0' ? choice->common : is_found(flow, choice));
        if (shown) {
            add_pick(page, label, NULL, many, chosen, FLOW_CHOOSE, (int64_t)i);
        }
    }
}

/* What is pressed in answer to a question that is not typed. */
static void
answer_picks(const struct screen *screen, struct page *page, const struct question *question,
             struct row_words rows[ROWS_MAX])
{
    const struct flow *flow = screen->flow;
    bool yes = strcmp(flow->draft, "yes") == 0, no = strcmp(flow->draft, "no") == 0;
    page_text(page, BLOCK_TEXT, words_in(&question->text, flow->language));
    switch (question->type) {
    case QUESTION_KELURAHAN:
        kelurahan_picks(flow, page, flow->draft, FLOW_CHOOSE);
        break;
    case QUESTION_YES_NO:
        add_pick(page, _("Ya"), NULL, false, yes, FLOW_CHOOSE, 0);
        add_pick(page, _("Tidak"), NULL, false, no, FLOW_CHOOSE, 1);
        break;
    case QUESTION_CONSENT:
        add_pick(page, _("Ya, saya setuju"), NULL, false, yes, FLOW_CHOOSE, 0);
        add_pick(page, _("Tidak"), NULL, false, no, FLOW_CHOOSE, 1);
        break;
    case QUESTION_ACKNOWLEDGE:
        add_pick(page, _("Saya menyatakan benar dan setuju"), NULL, true, yes, FLOW_CHOOSE, 0);
        page_last(page)->columns = 1;
        break;
    case QUESTION_REPEAT:
        rows_blocks(screen, page, rows);
        break;
    default:
        choice_picks(screen, page, question);
        break;
    }
}

static void
said_on_page(const struct flow *flow, struct page *page, const char *problem,
             const char *hint_words)
{
    if (problem[0] == '\0') {
        page_text(page, BLOCK_SOFT, hint_words);
    } else if (flow->check.warning) {
        page_notice(page, BLOCK_CHECK, _("Periksa lagi"), problem);
    } else {
        page_text(page, BLOCK_ALERT, problem);
    }
}

/* What is wrong, else the hint: above the answers, or, where there is little room for both, on
 * their first page. */
static void
said_above(struct screen *screen, struct rect *body, struct page *page, const char *problem,
           const char *hint_words)
{
    struct ui *ui = screen->ui;
    bool wrong = problem[0] != '\0', searching = flow_searches(screen->flow);
    int height = wrong ? wrong_height(screen, body->w, problem)
                       : label_height(ui, &label_soft, body->w, hint_words);
    int needed = pager_height(ui) + 7 * ui_type(ui, SIZE_BODY); // a row and what turns pages
    if (!searching && height + needed > body->h) {
        said_on_page(screen->flow, page, problem, hint_words);
    } else if (wrong) {
        wrong_draw(screen, body, problem);
    } else {
        hint(screen, body, hint_words, searching ? body->h * 3 / 4 : needed);
    }
}

static void
picked_question(struct screen *screen, struct rect body, const struct question *question)
{
    static struct block blocks[PAGE_MANY];  // one screen is drawn at a time
    static struct row_words rows[ROWS_MAX]; // zeroed below
    struct page page = {.many = blocks};
    const struct flow *flow = screen->flow;
    bool searching = flow_searches(flow);
    char problem[240];
    if (searching) {
        search_head(screen, &body, question_head);
    } else {
        question_head(screen, &body);
    }
    words_problem(&flow->check, question, flow->language, problem, sizeof problem);
    said_above(screen, &body, &page, problem, words_in(&question->hint, flow->language));
    answer_picks(screen, &page, question, rows);
    if (searching) {
        search_list(screen, body, &page);
    } else {
        page_draw(screen, body, &page, flow->page);
    }
    secret_zero(rows, sizeof rows);
}

void
screen_question(struct screen *screen)
{
    const struct flow *flow = screen->flow;
    const struct question *question = &flow->service->questions[flow->spot.question];
    struct actions actions = {
        .back = chrome_back(),
        .other = chrome_cancel(),
        // a warning ends with "sentuh Lanjut", also where an answer is changed
        .primary = chrome_next(flow->editing && !flow->check.warning ? _("Simpan") : _("Lanjut"),
                               FLOW_NEXT)};
    struct rect body = chrome_draw(screen, &actions);
    if (is_picked(question)) {
        picked_question(screen, body, question);
    } else {
        typed_question(screen, body, question);
    }
}
