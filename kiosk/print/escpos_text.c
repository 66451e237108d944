/* The slip in letters: for a slow serial line, or a printer that cannot draw. */
#include "print/escpos.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "print/profile.h"
#include "print/slip.h"

/* A row holds a whole line of a slip and what stands before it. */
enum { ESC = 0x1b, GS = 0x1d, ROW = SLIP_WORDS + 16, QR_MM = 40 };

/* What has no place in ASCII, in words that have. */
static const struct {
    uint32_t code;
    const char *plain;
} plain_letters[] = {
    {0xa0, " "},     {0xb1, "+/-"},  {0xb7, "-"},    {0xc8, "E"},    {0xc9, "E"},
    {0xe8, "e"},     {0xe9, "e"},    {0x2009, " "},  {0x2013, "-"},  {0x2014, "-"},
    {0x2018, "'"},   {0x2019, "'"},  {0x201c, "\""}, {0x201d, "\""}, {0x2022, "*"},
    {0x2026, "..."}, {0x2192, "->"}, {0x2212, "-"},  {0x202f, " "},  {0xd7, "x"},
};

static void
add_plain(struct text *out, uint32_t code)
{
    if (code >= 0x20 && code < 0x7f) {
        text_add_code(out, code);
        return;
    }
    for (size_t i = 0; i < sizeof plain_letters / sizeof *plain_letters; i++) {
        if (plain_letters[i].code == code) {
            text_add(out, plain_letters[i].plain);
            return;
        }
    }
    text_add(out, "?");
}

static void
to_plain(char out[ROW], const char *words)
{
    struct text text = text_over(out, ROW);
    size_t len;
    for (uint32_t code; (code = utf8_at(words, &len)) != 0; words += len) {
        add_plain(&text, code);
    }
}

struct style {
    bool centre, bold;
    int scale;  /* 1 to 3 times the letter */
    int indent; /* of the lines after the first */
};

/* Letters of `rest` that fit into `columns`, broken at a space if there is one; an address behind
 * a slash, so that no word of it is cut. */
static size_t
fit_words(const char *rest, size_t columns)
{
    size_t len = strlen(rest);
    if (len <= columns) {
        return len;
    }
    for (size_t i = columns; i > 0; i--) {
        if (rest[i] == ' ') {
            return i;
        }
    }
    for (size_t i = columns; i > 0; i--) {
        if (rest[i - 1] == '/') {
            return i;
        }
    }
    return columns;
}

/* Lines stand 1/6 inch apart, and taller with their letters. */
static const double line_mm = 25.4 / 6;

static void
add_words(struct escpos *out, const char *words, size_t columns, const struct style *style)
{
    for (const char *rest = words; *rest;) {
        size_t pad = rest == words ? 0 : (size_t)style->indent;
        size_t fit = fit_words(rest, columns - pad);
        escpos_add(out, "                ", pad);
        escpos_add(out, rest, fit);
        ESCPOS_ADD(out, '\n');
        out->mm += line_mm * (style->scale + out->tall);
        rest += fit;
        rest += strspn(rest, " ");
    }
}

static void
add_styled(struct escpos *out, const struct printer_profile *profile, struct style style,
           const char *words)
{
    char plain[ROW];
    to_plain(plain, words);
    uint8_t scale = (uint8_t)(style.scale - 1);
    ESCPOS_ADD(out, ESC, 'a', style.centre);
    ESCPOS_ADD(out, ESC, 'E', style.bold);
    ESCPOS_ADD(out, GS, '!', (uint8_t)(scale << 4 | (scale + out->tall)));
    add_words(out, plain, (size_t)(profile->columns / style.scale), &style);
    escpos_part(out);
}

static int
scale_for(const struct printer_profile *profile, const struct slip_line *line)
{
    int scale = line->size >= 150 ? 3 : line->size >= 60 ? 2 : 1;
    while (scale > 1 && (int)utf8_count(line->text) * scale > profile->columns) {
        scale--;
    }
    return scale;
}

static void
add_rule(struct escpos *out, const struct printer_profile *profile, char letter)
{
    char row[ROW];
    memset(row, letter, (size_t)profile->columns);
    row[profile->columns] = '\0';
    add_styled(out, profile, (struct style){.scale = 1}, row);
}

static void
add_pair(struct escpos *out, const struct printer_profile *profile, const struct slip_line *line)
{
    char name[ROW], value[ROW], row[2 * ROW + 1];
    to_plain(name, line->text);
    to_plain(value, line->value);
    int gap = profile->columns - (int)strlen(name) - (int)strlen(value);
    snprintf(row, sizeof row, "%s%*s%s", name, gap > 0 ? gap : 1, "", value);
    add_styled(out, profile, (struct style){.scale = 1, .indent = 2}, row);
}

static void
add_step(struct escpos *out, const struct printer_profile *profile, const struct slip_line *line,
         int number)
{
    char row[ROW];
    struct text text = text_over(row, sizeof row);
    text_addf(&text, "%d. %s", number, line->text);
    add_styled(out, profile, (struct style){.bold = true, .scale = 1, .indent = 3}, row);
    if (line->value[0]) {
        text_clear(&text);
        text_addf(&text, "   %s", line->value);
        add_styled(out, profile, (struct style){.scale = 1, .indent = 3}, row);
    }
}

static void
add_check(struct escpos *out, const struct printer_profile *profile, const struct slip_line *line)
{
    char row[ROW];
    struct text text = text_over(row, sizeof row);
    text_addf(&text, "[ ] %s", line->text);
    add_styled(out, profile, (struct style){.scale = 1, .indent = 4}, row);
}

/* Model 2, modules of 6 dots, error correction M; the printer adds no quiet zone. */
static void
add_native_qr(struct escpos *out, const char *content)
{
    size_t len = strlen(content) + 3;
    ESCPOS_ADD(out, '\n', ESC, 'a', 1);
    ESCPOS_ADD(out, GS, '(', 'k', 4, 0, '1', 'A', '2', 0);
    ESCPOS_ADD(out, GS, '(', 'k', 3, 0, '1', 'C', 6);
    ESCPOS_ADD(out, GS, '(', 'k', 3, 0, '1', 'E', '1');
    ESCPOS_ADD(out, GS, '(', 'k', (uint8_t)(len & 0xff), (uint8_t)(len >> 8), '1', 'P', '0');
    escpos_add(out, content, len - 3);
    ESCPOS_ADD(out, GS, '(', 'k', 3, 0, '1', 'Q', '0');
    ESCPOS_ADD(out, '\n', '\n');
    out->mm += QR_MM;
    escpos_part(out);
}

/* Nobody types a signed token: the address in front of it is what helps. */
static void
add_address(struct escpos *out, const struct printer_profile *profile, const char *content)
{
    char address[ROW];
    text_copy(address, sizeof address, content);
    char *end = strstr(address, "/t/#");
    end = end ? end : strchr(address, '#');
    if (end) {
        *end = '\0';
    }
    add_styled(out, profile, (struct style){.centre = true, .scale = 1}, address);
}

static void
add_line(struct escpos *out, const struct printer_profile *profile, const struct slip_line *line,
         int step)
{
    switch (line->kind) {
    case SLIP_BAND:
        add_rule(out, profile, '=');
        break;
    case SLIP_TEXT:
        add_styled(
            out, profile,
            (struct style){.centre = true, .bold = line->bold, .scale = scale_for(profile, line)},
            line->text);
        break;
    case SLIP_PAIR:
        add_pair(out, profile, line);
        break;
    case SLIP_STEP:
        add_step(out, profile, line, step);
        break;
    case SLIP_CHECK:
        add_check(out, profile, line);
        break;
    case SLIP_QR:
        if (profile->native_qr) {
            add_native_qr(out, line->text);
        } else {
            add_address(out, profile, line->text);
        }
        break;
    case SLIP_BOX:
        add_styled(out, profile, (struct style){.centre = true, .bold = true, .scale = 1},
                   line->text);
        break;
    case SLIP_SPACE:
        ESCPOS_ADD(out, '\n');
        out->mm += line_mm;
        break;
    case SLIP_RULE:
        add_rule(out, profile, '-');
        break;
    }
}

bool
escpos_text(struct escpos *out, const struct slip *slip, const struct printer_profile *profile,
            const char serial[ESCPOS_SERIAL])
{
    *out = (struct escpos){.tall = slip->letters > 0};
    escpos_begin(out, profile);
    if (profile->code_page >= 0) {
        ESCPOS_ADD(out, ESC, 't', (uint8_t)profile->code_page);
    }
    int step = 0;
    for (size_t i = 0; i < slip->count; i++) {
        step = slip->lines[i].kind == SLIP_STEP ? step + 1 : 0;
        add_line(out, profile, &slip->lines[i], step);
    }
    ESCPOS_ADD(out, ESC, 'a', 0, ESC, 'E', 0, GS, '!', 0);
    escpos_part(out);
    escpos_finish(out, profile, serial);
    return !out->failed;
}
