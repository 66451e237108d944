/* Any words on a slip of plain letters: ASCII out, no line wider than the paper. */
#include <string.h>

#include "fuzz.h"
#include "print/escpos.h"
#include "print/profile.h"
#include "print/slip.h"

static void
fill(struct slip *slip, const uint8_t *data, size_t size)
{
    while (size > 3 && slip->count < SLIP_LINES) {
        struct slip_line *line = &slip->lines[slip->count++];
        line->kind = (enum slip_kind)(data[0] % (SLIP_RULE + 1));
        line->kind = line->kind == SLIP_QR ? SLIP_TEXT : line->kind;
        line->size = data[1];
        size_t text = data[2] % sizeof line->text, value = data[3] % sizeof line->value;
        data += 4;
        size -= 4;
        text = text < size ? text : size;
        memcpy(line->text, data, text);
        data += text;
        size -= text;
        value = value < size ? value : size;
        memcpy(line->value, data, value);
        data += value;
        size -= value;
    }
}

static void
check(const struct escpos *job, const struct printer_profile *profile)
{
    size_t column = 0, end = 0, columns = (size_t)profile->columns;
    for (size_t i = 4; i < job->len;) {
        uint8_t byte = job->bytes[i];
        if (byte == 0x1b || byte == 0x1d) { // all commands but ESC i take one byte
            i += job->bytes[i + 1] == 'i' ? 2 : 3;
            continue;
        }
        column = byte == '\n' ? 0 : column + 1;
        MUST(byte == '\n' || (byte >= 0x20 && byte < 0x7f));
        MUST(column <= columns);
        i++;
    }
    for (size_t i = 0; i < job->parts; i++) {
        MUST(job->ends[i] >= end && job->ends[i] <= job->len);
        end = job->ends[i];
    }
    MUST(end == job->len);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct slip slip;
    slip = (struct slip){0};
    if (size < 1) {
        return 0;
    }
    struct printer_profile profile = {.columns = 16 + data[0] % 65,
                                      .code_page = -1,
                                      .dots_per_mm = 8,
                                      .feed_mm = 2,
                                      .cut = CUT_OLD,
                                      .confirm = CONFIRM_NONE};
    fill(&slip, data + 1, size - 1);
    struct escpos job;
    MUST(escpos_text(&job, &slip, &profile, "0000"));
    check(&job, &profile);
    escpos_destroy(&job);
    return 0;
}
