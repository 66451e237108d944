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
    // Each in its own words: who needs it does not read the others.
    static const char *const names[LANGUAGE_COUNT] = {
        [LANGUAGE_ID] = "Bahasa Indonesia",
        [LANGUAGE_EN] = "English",
        [LANGUAGE_BJN] = "Basa Banjar",
        [LANGUAGE_JV] = "Basa Jawi",
    };
    struct page page = {.count = 0};
    page_text(&page, BLOCK_HEADING, _("Pilih bahasa"));
    for (int i = 0; i < LANGUAGE_COUNT; i++) {
        pick(&page, names[i], NULL, (int)screen->flow->language == i, FLOW_LANGUAGE, i);
    }
    draw_cover(screen, &page);
}

void
screen_size(struct screen *screen)
{
    struct page page = {.count = 0};
    const struct flow *flow = screen->flow;
    page_text(&page, BLOCK_HEADING, _("Ukuran huruf"));
    const char *const sizes[] = {_("Biasa"), _("Besar"), _("Paling besar")};
    int least = ui_type(screen->ui, SIZE_BODY);
    for (int i = 0; i < 3; i++) { // each in the letters that it brings, but none below the chosen
        pick(&page, sizes[i], NULL, flow->size == i, FLOW_SIZE, i)->px =
            ui_max(least, panel_type(screen->ui->panel, SIZE_BODY, i));
    }
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
screen_filled(struct screen *screen)
{
    struct page page = {.count = 0};
    const char *const details[FILLED_COUNT] = {
        [FILLED_COMPANION] = _("Keluarga, tetangga, atau ketua RT"),
        [FILLED_OFFICER] = _("Petugas kantor ini"),
    };
    page_text(&page, BLOCK_HEADING, _("Siapa yang mengisi formulir ini?"));
    page_text(&page, BLOCK_SOFT,
              _("Dicatat bersama permohonan. Nama yang membantu tidak dicatat."));
    for (int i = 0; i < FILLED_COUNT; i++) {
        pick(&page, words_filled((enum filled_by)i), details[i],
             screen->flow->filled_by == (enum filled_by)i, FLOW_FILLED, i);
    }
    draw_cover(screen, &page);
}

void
screen_help(struct screen *screen)
{
    struct page page = {.count = 0};
    char code[80];
    const struct flow *flow = screen->flow;
    struct actions actions = {.primary = chrome_close()};
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
    default:
        actions.back = chrome_close();
        actions.back.id = ID_BACK;
        actions.back.kind = BUTTON_SECONDARY;
        actions.primary = chrome_next(_("Panggil petugas"), FLOW_CALL_STAFF);
        break;
    }
    struct block *line = page_add(&page, BLOCK_TITLE), *number = page_add(&page, BLOCK_TITLE);
    line->text = _("Telepon gratis, 24 jam");
    number->text = "112";
    number->px = ui_type(screen->ui, SIZE_HEADING) * 3 / 2;
    page_text(&page, BLOCK_TEXT, _("Untuk bantuan layanan digital dan untuk keadaan darurat."));
    for (struct block *block = line; block <= page_last(&page); block++) {
        block->card = 1;
    }
    if (screen->facts->fault_code[0] != '\0') {
        snprintf(code, sizeof code, _("Kode untuk petugas: %s"), screen->facts->fault_code);
        page_text(&page, BLOCK_NOTE, code);
    }
    struct rect body = chrome_draw(screen, &actions);
    page_draw(screen, body, &page, flow->cover_page);
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
    char example[240];
    const struct flow *flow = screen->flow;
    bool asked = flow->service != NULL && flow->spot.question >= 0;
    const struct question *question = asked ? &flow->service->questions[flow->spot.question] : NULL;
    page_text(&page, BLOCK_HEADING, _("Petunjuk"));
    if (question != NULL) {
        page_text(&page, BLOCK_TITLE, words_in(&question->label, flow->language));
        page_text(&page, BLOCK_TEXT, words_in(&question->hint, flow->language));
        page_text(
            &page, BLOCK_SOFT,
            words_example(words_in(&question->example, flow->language), example, sizeof example));
    }
    draw_cover(screen, &page);
}

void
screen_cancel(struct screen *screen)
{
    struct page page = {.count = 0};
    bool paying = screen->flow->place == PLACE_PAY;
    struct actions actions = {
        .back = {.id = ID_BACK,
                 .kind = BUTTON_SECONDARY,
                 .label = _("Ya, batalkan"),
                 .action = FLOW_CANCEL_YES},
        .primary = {.id = ID_PRIMARY,
                    .kind = BUTTON_PRIMARY,
                    .label = paying ? _("Kembali ke kode bayar") : _("Lanjutkan isian saya"),
                    .action = FLOW_COVER,
                    .arg = COVER_NONE}};
    struct rect body = chrome_draw(screen, &actions);
    if (paying) {
        page_text(&page, BLOCK_HEADING, _("Batalkan pembayaran?"));
        page_text(&page, BLOCK_TEXT,
                  _("Bila sudah membayar, jangan batal: tunggu sampai layar menulis LUNAS."));
        page_text(&page, BLOCK_TEXT, _("Nomor pembayaran"));
        page_text(&page, BLOCK_NUMBER, screen->flow->bill->pay.reference);
    } else {
        page_text(&page, BLOCK_HEADING, _("Batalkan isian?"));
        page_text(&page, BLOCK_TEXT,
                  _("Isian Anda belum dikirim. Semua yang sudah diisi akan dihapus."));
    }
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
    int second = ui_max(ui_wide_button(ui), button_height(ui, &leave, body.w));
    const char *question = _("Apakah Anda masih di sini?");
    const char *why = _("Data Anda akan dihapus dari layar dalam");
    const char *unit = _("detik. Isian belum dikirim.");
    int title = label_height(ui, &heading, body.w, question), gap = ui_mm(ui, 4);
    int above = label_height(ui, &soft, body.w, why), below = label_height(ui, &soft, body.w, unit);
    int fixed = title + above + below + primary + second + 4 * gap + ui_gap(ui);
    int number = ui_min(body.h - fixed, ui_mm(ui, 50));
    rect_cut_top(&body, (body.h - fixed - number) / 2); // all of it together, in the middle
    label_draw(ui, ID_HEADING, &heading, rect_cut_top(&body, title), question);
    rect_cut_top(&body, gap);
    label_draw(ui, ID_HINT, &soft, rect_cut_top(&body, above), why);
    rect_cut_top(&body, gap);
    number_draw(ui, ID_NUMBER, rect_cut_top(&body, number), seconds);
    label_draw(ui, ID_WHERE, &soft, rect_cut_top(&body, below), unit);
    rect_cut_top(&body, 2 * gap);
    button_draw(ui, rect_cut_top(&body, primary), &stay);
    rect_cut_top(&body, ui_gap(ui));
    button_draw(ui, rect_cut_top(&body, second), &leave);
}
