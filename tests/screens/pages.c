#include <libintl.h>
#include <stdio.h>
#include <string.h>

#include "acts.h"
#include "lint.h"
#include "rules.h"
#include "unit/base/sanitized.h"

/* The button to press next has its lower right corner at one place on every screen. */
static void
check_primary_place(struct lint *lint)
{
    const struct flow *flow = &lint->stage.flow;
    struct rect *first = &lint->primary[lint->panel][flow->size][flow->language];
    if (flow->cover == COVER_IDLE) {
        return; // its two buttons stand in the middle, where the question is
    }
    for (size_t i = 0; i < lint->ui.count; i++) {
        const struct node *node = &lint->ui.nodes[i];
        if (!(node->flags & NODE_PRIMARY) || node->id >= 1000) {
            continue; // a tile of home
        }
        const struct rect *at = &node->rect;
        if (first->w == 0) {
            *first = *at;
        } else if (at->x + at->w != first->x + first->w || at->y + at->h != first->y + first->h) {
            char words[160];
            snprintf(words, sizeof words, "\"%.60s\" ends at %d,%d, on other screens at %d,%d",
                     node->label, at->x + at->w, at->y + at->h, first->x + first->w,
                     first->y + first->h);
            lint_say(lint, words);
        }
    }
}

static bool
has_colour(const struct ui *ui, enum ink ink)
{
    bool found = false;
    for (size_t i = 0; i < draw_count(ui->draw); i++) {
        found |= draw_at(ui->draw, i)->colour == ui->theme->colour[ink];
    }
    return found;
}

/* What stops a visitor looks like it; what only asks for another look does not. */
static void
check_warning(struct lint *lint)
{
    const struct flow *flow = &lint->stage.flow;
    bool warning = flow->check.warning;
    if (flow->cover != COVER_NONE || flow->place != PLACE_QUESTION || lint->page > 0 ||
        flow->check.problem == PROBLEM_NONE) {
        return;
    }
    if (has_colour(&lint->ui, INK_DANGER) == warning ||
        has_colour(&lint->ui, INK_CHECK) != warning) {
        lint_say(lint, warning ? "a warning that looks like an error"
                               : "an error that does not look like one");
    }
}

static bool
says(const struct ui *ui, const char *words)
{
    for (size_t i = 0; i < ui->count; i++) {
        const char *value = ui->nodes[i].value;
        if (strstr(ui->nodes[i].label, words) != NULL ||
            (value != NULL && strstr(value, words) != NULL)) {
            return true;
        }
    }
    return false;
}

/* A silent portal is no broken line, and what was not printed cannot be kept. */
static void
check_photos(struct lint *lint)
{
    const struct flow *flow = &lint->stage.flow;
    if (flow->cover != COVER_NONE || flow->place != PLACE_PHOTOS || lint->page > 0) {
        return;
    }
    bool broken = flow->photos.state == PHOTOS_BROKEN && !lint->stage.facts.online;
    bool says_so = says(&lint->ui, gettext("Jaringan kantor sedang terputus."));
    bool room = lint->panel == 0 && flow->size == 0; // for all of it
    if (says_so != broken && (says_so || room)) {
        lint_say(lint, says_so ? "says that the line is down" : "does not say that it is down");
    }
    if (flow->ticket.print == PRINT_FAILED &&
        (says(&lint->ui, gettext("QR ini ada juga di tanda terima.")) ||
         says(&lint->ui, gettext("Simpan tanda terima: QR di sana membuka halaman yang sama.")))) {
        lint_say(lint, "speaks of a receipt that was not printed");
    }
}

/* Who came to the end reads it on one page: what was saved, what there is to note, what is next.
 * Javanese takes a line more here and there. */
static void
check_done(struct lint *lint)
{
    const struct flow *flow = &lint->stage.flow;
    if (flow->cover == COVER_NONE && flow->place == PLACE_DONE && flow->size == 0 &&
        flow->language != LANGUAGE_JV &&
        lint->panels[lint->panel].height > lint->panels[lint->panel].width && lint->page == 1) {
        lint_say(lint, "takes a second page");
    }
}

/* Nobody turns a page for its last heading alone. */
static void
check_service(struct lint *lint)
{
    enum { FIRST_OF_PAGE = 1000 };
    const struct flow *flow = &lint->stage.flow;
    int parts = 0;
    for (size_t i = 0; i < lint->ui.count; i++) {
        parts += lint->ui.nodes[i].id >= FIRST_OF_PAGE;
    }
    if (flow->cover == COVER_NONE && flow->place == PLACE_SERVICE && lint->panel == 0 &&
        flow->size == 0 && flow->language == LANGUAGE_ID && flow->list.request == 0 &&
        lint->stage.facts.online && lint->page > 0 && parts <= 2) {
        lint_say(lint, "a page for one heading");
    }
}

/* One is to be pressed next: nothing else has its ground. */
static void
check_one_primary(struct lint *lint)
{
    const struct ui *ui = &lint->ui;
    int primary = 0;
    for (size_t i = 0; i < ui->count; i++) {
        bool looks = false;
        for (size_t k = 0; k < draw_count(ui->draw) && ui->nodes[i].action != 0; k++) {
            const struct draw *draw = draw_at(ui->draw, k);
            looks |= draw->kind == DRAW_FILL && draw->colour == ui->theme->colour[INK_PRIMARY] &&
                     memcmp(&draw->rect, &ui->nodes[i].rect, sizeof draw->rect) == 0;
        }
        primary += looks;
    }
    if (primary > 1) {
        lint_say(lint, "more than one button looks as if it were to be pressed next");
    }
}

/* Without paper, the number on the screen is all that a visitor has: on the first page. */
static void
check_number(struct lint *lint)
{
    const struct flow *flow = &lint->stage.flow;
    bool missing = flow->cover == COVER_NONE && flow->place == PLACE_TICKET_FAILED;
    for (size_t i = 0; i < lint->ui.count; i++) {
        missing = missing && strcmp(lint->ui.nodes[i].label, flow->ticket.number) != 0;
    }
    if (missing && lint->page == 0) {
        lint_say(lint, "the number is not on the first page");
    }
}

static unsigned
wanted(const struct flow *flow, int page)
{
    bool alone =
        flow->cover == COVER_NONE && (flow->place == PLACE_HOME || flow->place == PLACE_RESTING ||
                                      flow->place == PLACE_OUT_OF_SERVICE);
    bool prompt = flow->cover == COVER_IDLE; // two choices, nothing else
    bool help = flow->cover != COVER_HELP && !prompt &&
                !(flow->cover == COVER_NONE && flow->place == PLACE_RESTING);
    unsigned wants = (alone ? 0 : RULE_BACK) | (help ? RULE_HELP : 0);
    bool resting = flow->cover == COVER_NONE && flow->place == PLACE_RESTING;
    return wants | (page == 0 && !resting ? RULE_HEADING : 0);
}

/* Contrast changes colours, never a place (a theme is only colours): one panel of each
 * orientation shows it. Banjar and Javanese differ from Indonesian in the length of their words
 * alone: the two panels with the least room, at normal and largest size. Under a sanitizer,
 * which looks for other faults, fewer looks do. */
static bool
is_looked_at(int panel, enum language language, int size, bool contrast)
{
    bool few = SANITIZED || language > LANGUAGE_EN;
    return few ? panel < 2 && size != 1 && !contrast : !contrast || panel < 2;
}

/* The scenes that the catalogue makes grow with it, so that not each is seen in every look, but
 * each where there is least room: the largest letters on the smallest panel, in every language; and
 * what everybody reads of a service as most of them do.
 * Of the other looks each scene takes every EACH-th, the next scene those beside them, so that
 * together they have taken all. */
static bool
is_in_turn(const struct scene *scene, int panel, int size, bool contrast, int look)
{
    enum { EACH = 17, SLIM = 1 };
    bool worst = panel == SLIM && size == SIZES - 1 && !contrast;
    bool usual = scene->set == act_service && panel == 0 && size == 0 && !contrast;
    return scene->turn == 0 || worst || usual || look % EACH == scene->turn % EACH;
}

void
check_pages(struct lint *lint, const struct scene *scene)
{
    struct flow *flow = &lint->stage.flow;
    int number = 0; // of the look
    lint_set(lint, scene);
    for (lint->panel = 0; lint->panel < PANELS; lint->panel++) {
        for (int language = 0; language < LANGUAGE_COUNT; language++) {
            lint_speak(lint, (enum language)language);
            for (int look = 0; look < 2 * SIZES; look++) {
                flow->size = look / 2;
                flow->contrast = look % 2;
                if (!is_looked_at(lint->panel, flow->language, flow->size, flow->contrast) ||
                    !is_in_turn(scene, lint->panel, flow->size, flow->contrast, number++)) {
                    continue;
                }
                lint->looks++;
                lint->in_turn[lint->panel][language][flow->size][flow->contrast] |=
                    scene->turn != 0;
                for (bool more = lint_first_page(lint); more; more = lint_next_page(lint)) {
                    rules_check(&lint->ui, wanted(flow, lint->page), lint_say, lint);
                    check_primary_place(lint);
                    check_number(lint);
                    check_warning(lint);
                    check_photos(lint);
                    check_done(lint);
                    check_service(lint);
                    check_one_primary(lint);
                }
            }
        }
    }
}

bool
check_turns(struct lint *lint)
{
    bool all = true;
    for (int panel = 0; panel < PANELS; panel++) {
        for (int language = 0; language < LANGUAGE_COUNT; language++) {
            for (int look = 0; look < 2 * SIZES; look++) {
                all &= lint->in_turn[panel][language][look / 2][look % 2] ||
                       !is_looked_at(panel, (enum language)language, look / 2, look % 2);
            }
        }
    }
    return all;
}

void
check_states(struct lint *lint, const struct scene *scene)
{
    struct flow *flow = &lint->stage.flow;
    lint_set(lint, scene);
    lint_speak(lint, LANGUAGE_ID);
    lint->panel = lint->page = 0;
    for (int contrast = 0; contrast < 2; contrast++) {
        flow->contrast = contrast;
        lint_draw(lint);
        size_t count = lint->ui.count;
        for (size_t i = 0; i < count; i++) {
            uint32_t id = lint->ui.nodes[i].action != 0 ? lint->ui.nodes[i].id : 0;
            for (int focus = 0; id != 0 && focus < 2; focus++) {
                *(focus ? &lint->ui.focus : &lint->ui.down) = id;
                lint_draw(lint);
                rules_colours(&lint->ui, lint_say, lint);
                lint->ui.down = lint->ui.focus = 0;
                lint_draw(lint);
            }
        }
    }
}
