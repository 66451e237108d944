/* The rows of a repeat: who is in already, and a button for one more. */
#include "screens/parts.h"

static struct button
row_button(const struct block *block, uint32_t id, const char *label, int action, int row)
{
    return (struct button){
        .id = block->id + id, .kind = BUTTON_QUIET, .label = label, .action = action, .arg = row};
}

static void
row_block(const struct screen *screen, struct page *page, int row, struct row_words *words)
{
    const struct flow *flow = screen->flow;
    const struct question *repeat = &flow->service->questions[flow->spot.question];
    struct spot first = {repeat->first, row};
    struct block *block = page_add(page, BLOCK_ROW);
    bool removable = spot_rows(repeat, flow->answers) > repeat->min;
    words_part(flow, first, words->title, sizeof words->title);
    words_answer(flow->catalogue, &flow->service->questions[repeat->first],
                 spot_answer(flow->service, first, flow->answers), flow->language, false,
                 words->answer, sizeof words->answer);
    block->title = words->title;
    block->text = words->answer;
    block->card = 1;
    block->secret = true;
    // where "Hapus" was pressed stands "Tidak" then: who presses twice loses nothing
    if (removable && flow->removing == row) {
        block->buttons[0] = row_button(block, 3, _("Ya, hapus"), FLOW_ROW_REMOVE, row);
        block->buttons[1] = row_button(block, 4, _("Tidak"), FLOW_ROW_REMOVE, 0);
    } else {
        block->buttons[0] = row_button(block, 3, _("Ubah"), FLOW_ROW_EDIT, row);
        if (removable) {
            block->buttons[1] = row_button(block, 4, _("Hapus"), FLOW_ROW_REMOVE, row);
        }
    }
}

void
rows_blocks(const struct screen *screen, struct page *page, struct row_words words[ROWS_MAX])
{
    const struct flow *flow = screen->flow;
    const struct question *repeat = &flow->service->questions[flow->spot.question];
    int rows = spot_rows(repeat, flow->answers);
    for (int row = 1; row <= rows; row++) {
        row_block(screen, page, row, &words[row - 1]);
    }
    if (rows == 0) {
        page_text(page, BLOCK_SOFT, _("Belum ada. Kalau tidak ada, sentuh Lanjut."));
    }
    if (rows < repeat->max) {
        struct block *add = page_add(page, BLOCK_BUTTON);
        add->buttons[0] = (struct button){.id = add->id + 3,
                                          .kind = BUTTON_SECONDARY,
                                          .label = words_in(&repeat->add_label, flow->language),
                                          .action = FLOW_ROW_ADD};
    }
}
