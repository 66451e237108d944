/* Pages that are typed into: the keyboard, what is wrong, and where no question of a form is
 * asked the whole page. */
#include <string.h>

#include "base/text.h"
#include "screens/parts.h"

/* The question on screen; NULL: another screen is typed into. */
static const struct question *
asked(const struct flow *flow)
{
    return flow->place == PLACE_QUESTION ? &flow->service->questions[flow->spot.question] : NULL;
}

static bool
asks_email(const struct flow *flow)
{
    return asked(flow) != NULL && asked(flow)->email;
}

/* A short text names something: each word begins with a capital. A long one tells a
 * story: only its sentences do. */
static bool
wants_capital(const struct flow *flow)
{
    enum { STORY = 200 };
    const char *text = flow_field(flow);
    if (text == NULL || flow_searches(flow) || asks_email(flow)) {
        return false;
    }
    size_t end = flow->caret;
    while (end > 0 && text[end - 1] == ' ') {
        end--;
    }
    const struct question *question = asked(flow);
    bool story =
        question != NULL && question->type == QUESTION_TEXT && question->max_length > STORY;
    return end == 0 || (end < flow->caret && (!story || strchr(".?!", text[end - 1]) != NULL));
}

/* The flow keeps bits that it cannot read. */
_Static_assert((int)FLOW_LAYER_KEPT == (int)LAYER_ABC && (int)FLOW_LAYERS > (int)LAYER_OPEN,
               "key_layer");

static struct keyboard_use
keys_in_use(const struct flow *flow)
{
    return (struct keyboard_use){.layer = flow->layer,
                                 .capital = wants_capital(flow),
                                 .mail = asks_email(flow),
                                 .type = FLOW_TYPE,
                                 .erase = FLOW_ERASE,
                                 .left = FLOW_CARET_LEFT,
                                 .right = FLOW_CARET_RIGHT,
                                 .set_layer = FLOW_LAYER,
                                 .erase_word = _("Hapus"),
                                 .space_word = _("spasi"),
                                 .left_word = _("Ke kiri"),
                                 .right_word = _("Ke kanan"),
                                 .caps_word = _("Huruf besar kecil")};
}

void
keys_draw(struct screen *screen, struct rect *body, const struct keyboard *keyboard)
{
    struct ui *ui = screen->ui;
    struct keyboard_use use = keys_in_use(screen->flow);
    if (ui_wide(ui)) {
        struct rect pad = rect_cut_right(body, keyboard_width(ui, keyboard));
        rect_cut_right(body, ui_gap(ui));
        keyboard_draw(ui, pad, keyboard, &use);
        return;
    }
    // The keyboard reaches from edge to edge and down to the buttons.
    int pad = ui_mm(ui, 9);
    struct rect keys = rect_cut_bottom(body, keyboard_height(ui, keyboard) - pad);
    keys.h += pad;
    keys.x = 0;
    keys.w = ui->panel->width;
    rect_cut_bottom(body, ui_mm(ui, 3));
    keyboard_draw(ui, keys, keyboard, &use);
}

void
heading_draw(struct screen *screen, struct rect *body, const char *text)
{
    struct ui *ui = screen->ui;
    struct label heading = label_heading;
    if (ui_slim(ui) && label_width(ui, &heading, text) > body->w) {
        heading.px = ui_type(ui, SIZE_FIELD);
    }
    int height = label_height(ui, &heading, body->w, text);
    label_draw(ui, ID_HEADING, &heading, rect_cut_top(body, height), text);
    rect_cut_top(body, ui_mm(ui, ui_wide(ui) ? 2 : 5));
}

/* Large letters on a wide panel: what is asked runs across it, above field and keyboard. */
static bool
head_runs_across(const struct ui *ui)
{
    return ui_wide(ui) && ui->enlarge > 0;
}

void
head_and_keys(struct screen *screen, struct rect *body, screen_head *head,
              const struct keyboard *keyboard)
{
    bool above = head_runs_across(screen->ui);
    if (above && head != NULL) {
        head(screen, body);
    }
    if (keyboard != NULL) {
        keys_draw(screen, body, keyboard);
    }
    if (!above && head != NULL) {
        head(screen, body);
    }
}

/* What is wrong, or only worth another look: that one does not stop anybody. */
static struct notice
wrong_notice(const struct flow *flow, const char *words)
{
    bool warning = flow->check.warning;
    return (struct notice){.id = ID_WRONG,
                           .kind = warning ? NOTICE_CHECK : NOTICE_DANGER,
                           .title = warning ? _("Periksa lagi") : NULL,
                           .text = words};
}

int
wrong_height(const struct screen *screen, int width, const char *words)
{
    const struct ui *ui = screen->ui;
    struct notice notice = wrong_notice(screen->flow, words);
    return words[0] != '\0' ? notice_height(ui, &notice, width) + ui_mm(ui, 3) : 0;
}

void
wrong_draw(struct screen *screen, struct rect *body, const char *words)
{
    struct notice notice = wrong_notice(screen->flow, words);
    notice.tight = notice_height(screen->ui, &notice, body->w) > body->h;
    if (notice_height(screen->ui, &notice, body->w) > body->h) {
        notice.title = NULL; // the eye says it too
    }
    int height = notice_height(screen->ui, &notice, body->w);
    notice_draw(screen->ui, rect_cut_top(body, height), &notice);
    rect_cut_top(body, ui_mm(screen->ui, 3));
}

void
typed_draw(struct screen *screen, const struct typed *typed)
{
    struct ui *ui = screen->ui;
    struct actions actions = {.back = chrome_back(),
                              .other = typed->other,
                              .primary = chrome_next(_("Lanjut"), FLOW_NEXT)};
    struct field field = {.id = ID_FIELD,
                          .label = typed->label,
                          .text = flow_field(screen->flow),
                          .caret = screen->flow->caret,
                          .blank = typed->example,
                          .group = typed->group,
                          .lines = typed->lines,
                          .wrong = screen->flow->check.problem != PROBLEM_NONE,
                          .caret_action = FLOW_CARET};
    struct rect body = chrome_draw(screen, &actions);
    bool above = head_runs_across(ui);
    if (above) {
        heading_draw(screen, &body, typed->heading);
    }
    keys_draw(screen, &body, typed->keyboard);
    if (!above) {
        heading_draw(screen, &body, typed->heading);
    }
    int hint = label_height(ui, &label_soft, body.w, typed->hint);
    int height = field_height(ui, field.lines);
    if (typed->problem[0] == '\0' && hint + height < body.h) {
        label_draw(ui, ID_HINT, &label_soft, rect_cut_top(&body, hint), typed->hint);
        rect_cut_top(&body, ui_mm(ui, 4));
    }
    field_draw(ui, rect_cut_top(&body, height), &field);
    rect_cut_top(&body, ui_mm(ui, 4));
    if (typed->problem[0] != '\0') {
        wrong_draw(screen, &body, typed->problem);
    }
}

void
typed_code_draw(struct screen *screen, const char *heading, const char *label, const char *hint,
                const char *mismatch)
{
    const struct flow *flow = screen->flow;
    char problem[240], example[40];
    if (mismatch != NULL && flow->check.problem == PROBLEM_CHOICE) {
        text_copy(problem, sizeof problem, mismatch);
    } else {
        words_problem(&flow->check, NULL, flow->language, problem, sizeof problem);
    }
    typed_draw(screen,
               &(struct typed){.heading = heading,
                               .label = label,
                               .group = FIELD_CODE,
                               .lines = 1,
                               .example = words_example("7K3F-9QXM", example, sizeof example),
                               .keyboard = &keyboard_codes,
                               .hint = hint,
                               .problem = problem});
}
