/* What opens over a place and closes to it: settings, help, notices, the two prompts. */
#include <stdio.h>

#include "screens/parts.h"

static struct block *
pick(struct page *page, const char *label, const char *detail, bool selected, int action,
     int64_t arg)
{
    struct block *block = page_add(page, BLOCK_PICK);
    block->title = label;
    block->text = detail;
    block->selected = selected;
    block->columns = 1;
    block->action = action;
    block->arg = arg;
    return block;
}

static void
draw_cover(struct screen *screen, const struct page *page)
{
    struct actions actions = {.primary = chrome_close()};
    struct rect body = chrome_draw(screen, &actions);
    page_draw(screen, body, page, screen->flow->cover_page);
}

void
screen_language(struct screen *screen)
{
    // Each in its own words: who needs it does not read the others. More follow.
    static const struct {
        enum language language;
        const char *name;
    } offered[] = {{LANGUAGE_ID, "Bahasa Indonesia"}, {LANGUAGE_EN, "English"}};
    struct page page = {.count = 0};
    page_text(&page, BLOCK_HEADING, _("Pilih bahasa"));
    for (size_t i = 0; i < sizeof offered / sizeof offered[0]; i++) {
        pick(&page, offered[i].name, NULL, screen->flow->language == offered[i].language,
             FLOW_LANGUAGE, offered[i].language);
    }
    draw_cover(screen, &page);
}

void
screen_size(struct screen *screen)
{
    struct page page = {.count = 0};
    const struct flow *flow = screen->flow;
    page_text(&page, BLOCK_HEADING, _("Ukuran huruf"));
    pick(&page, _("Biasa"), NULL, flow->size == 0, FLOW_SIZE, 0);
    pick(&page, _("Besar"), NULL, flow->size == 1, FLOW_SIZE, 1);
    pick(&page, _("Paling besar"), NULL, flow->size == 2, FLOW_SIZE, 2);
    struct block *contrast = pick(&page, _("Kontras tinggi"), _("Huruf terang di atas hitam"),
                                  flow->contrast, FLOW_CONTRAST, !flow->contrast);
    contrast->many = true;
    draw_cover(screen, &page);
}

void
screen_sound(struct screen *screen)
{
    struct page page = {.count = 0};
    int volume = screen->flow->volume;
    page_text(&page, BLOCK_HEADING, _("Suara"));
    pick(&page, _("Tanpa suara"), NULL, volume == 0, FLOW_VOLUME, 0);
    pick(&page, _("Pelan"), NULL, volume == 1, FLOW_VOLUME, 1);
    pick(&page, _("Sedang"), NULL, volume == 2, FLOW_VOLUME, 2);
    pick(&page, _("Keras"), NULL, volume == 3, FLOW_VOLUME, 3);
    draw_cover(screen, &page);
}

void
screen_help(struct screen *screen)
{
    struct page page = {.count = 0};
    const struct flow *flow = screen->flow;
    page_text(&page, BLOCK_HEADING, _("Butuh bantuan?"));
    if (flow->ticket_result == TICKET_ASK_STAFF && flow->place == PLACE_QUEUES) {
        page_text(&page, BLOCK_TEXT,
                  _("Beberapa nomor baru saja diambil di sini. Untuk nomor berikutnya, "
                    "silakan ke petugas."));
    }
    switch (flow->help) {
    case HELP_ASKING:
        page_notice(&page, BLOCK_NOTICE, NULL, _("Memanggil petugas ..."));
        break;
    case HELP_TOLD:
        page_notice(&page, BLOCK_GOOD, NULL, _("Petugas sudah diberi tahu. Mohon tunggu di sini."));
        break;
    case HELP_NOT_TOLD:
        page_notice(&page, BLOCK_NOTICE, NULL,
                    _("Panggilan belum sampai ke petugas. Silakan langsung ke loket."));
        break;
    default: {
        struct block *call = page_add(&page, BLOCK_BUTTON);
        call->buttons[0] = (struct button){.id = call->id + 3,
                                           .kind = BUTTON_SECONDARY,
                                           .label = _("Panggil petugas"),
                                           .action = FLOW_CALL_STAFF};
        break;
    }
    }
    page_text(&page, BLOCK_TITLE, _("Telepon 112, gratis"));
    page_text(&page, BLOCK_TEXT,
              _("Bantuan layanan digital, 24 jam. Nomor yang sama untuk keadaan darurat."));
    if (screen->facts->fault_code[0] != '\0') {
        page_text(&page, BLOCK_NOTE, screen->facts->fault_code);
    }
    draw_cover(screen, &page);
}

void
screen_notice(struct screen *screen)
{
    struct page page = {.count = 0};
    const struct words *notice = catalogue_notice(screen->flow->catalogue);
    page_text(&page, BLOCK_HEADING, _("Pemberitahuan data pribadi"));
    page_text(&page, BLOCK_TEXT, words_in(notice, screen->flow->language));
    draw_cover(screen, &page);
}

void
screen_hint(struct screen *screen)
{
    struct page page = {.count = 0};
    const struct flow *flow = screen->flow;
    bool asked = flow->service != NULL && flow->question >= 0;
    const struct question *question = asked ? &flow->service->questions[flow->question] : NULL;
    page_text(&page, BLOCK_HEADING, _("Petunjuk"));
    if (question != NULL) {
        page_text(&page, BLOCK_TEXT, words_in(&question->label, flow->language));
        page_text(&page, BLOCK_TEXT, words_in(&question->hint, flow->language));
        page_text(&page, BLOCK_SOFT, words_in(&question->example, flow->language));
    }
    draw_cover(screen, &page);
}

void
screen_cancel(struct screen *screen)
{
    struct page page = {.count = 0};
    struct actions actions = {.back = {.id = ID_BACK,
                                       .kind = BUTTON_SECONDARY,
                                       .label = _("Ya, batalkan"),
                                       .action = FLOW_CANCEL_YES},
                              .primary = {.id = ID_PRIMARY,
                                          .kind = BUTTON_PRIMARY,
                                          .label = _("Lanjutkan isian saya"),
                                          .action = FLOW_COVER,
                                          .arg = COVER_NONE}};
    struct rect body = chrome_draw(screen, &actions);
    page_text(&page, BLOCK_HEADING, _("Batalkan isian?"));
    page_text(&page, BLOCK_TEXT, _("Yang sudah diisi akan dihapus dan belum dikirim."));
    page_draw(screen, body, &page, 0);
}

/* The answers below are not drawn: the next person sees only this. */
void
screen_idle(struct screen *screen)
{
    struct ui *ui = screen->ui;
    char seconds[12];
    struct button stay = {.id = ID_PRIMARY,
                          .kind = BUTTON_PRIMARY,
                          .label = _("Lanjutkan isian saya"),
                          .action = FLOW_STILL_HERE};
    struct button leave = {.id = ID_OTHER,
                           .kind = BUTTON_SECONDARY,
                           .label = _("Saya pengunjung baru: mulai dari awal"),
                           .action = FLOW_NEW_VISITOR};
    struct rect body = chrome_draw(screen, NULL);
    struct label heading = label_heading, soft = label_body;
    heading.align = soft.align = ALIGN_CENTRE;
    snprintf(seconds, sizeof seconds, "%d", flow_countdown(screen->flow));
    int primary = ui_max(ui_primary(ui), button_height(ui, &stay, body.w));
    int second = ui_max(ui_target(ui), button_height(ui, &leave, body.w));
    const char *question = _("Anda masih di sini?");
    const char *why =
        _("Demi menjaga data Anda, layar ini dikosongkan. Isian belum dikirim. Detik lagi:");
    struct rect buttons = rect_cut_bottom(&body, primary + second + ui_gap(ui));
    if (!ui_wide(ui)) {
        rect_cut_bottom(&body, body.h / 8);
        rect_cut_top(&body, body.h / 8);
        buttons.y = body.y + body.h;
    }
    label_draw(ui, ID_HEADING, &heading,
               rect_cut_top(&body, label_height(ui, &heading, body.w, question)), question);
    rect_cut_top(&body, ui_mm(ui, 4));
    label_draw(ui, ID_HINT, &soft, rect_cut_top(&body, label_height(ui, &soft, body.w, why)), why);
    rect_cut_bottom(&body, ui_mm(ui, 4));
    int height = ui_min(body.h, ui_mm(ui, 50));
    number_draw(ui, ID_NUMBER, rect_cut_top(&body, height), seconds);
    button_draw(ui, rect_cut_top(&buttons, primary), &stay);
    rect_cut_top(&buttons, ui_gap(ui));
    button_draw(ui, rect_cut_top(&buttons, second), &leave);
}
