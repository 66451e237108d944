#include "form/qris.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TAGS = 100, CRC_VALUE = 4, MOST_RUPIAH_DIGITS = 13 };

struct value {
    const char *text; /* not terminated */
    size_t len;
};

static bool
is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static int
two_digits(const char *at)
{
    return is_digit(at[0]) && is_digit(at[1]) ? (at[0] - '0') * 10 + (at[1] - '0') : -1;
}

/* Two digits of a tag, two of a length, the value; from end to end, no tag twice. */
static bool
read_tags(const char *text, size_t len, struct value values[TAGS])
{
    memset(values, 0, TAGS * sizeof *values);
    while (len > 0) {
        int tag = len >= 4 ? two_digits(text) : -1, size = tag >= 0 ? two_digits(text + 2) : -1;
        if (size < 1 || (size_t)size > len - 4 || values[tag].text != NULL) {
            return false;
        }
        values[tag] = (struct value){text + 4, (size_t)size};
        text += 4 + size;
        len -= 4 + (size_t)size;
    }
    return true;
}

static bool
is(const struct value *value, const char *wanted)
{
    return value->len == strlen(wanted) && memcmp(value->text, wanted, value->len) == 0;
}

/* Polynomial 0x1021, begins with 0xFFFF, nothing reflected: "123456789" gives 29B1. */
static uint16_t
crc_of(const char *text, size_t len)
{
    uint16_t crc = 0xFFFF;
    for (size_t i = 0; i < len; i++) {
        crc ^= (uint16_t)((unsigned char)text[i] << 8);
        for (int bit = 0; bit < 8; bit++) {
            crc = (uint16_t)(crc & 0x8000 ? crc << 1 ^ 0x1021 : crc << 1);
        }
    }
    return crc;
}

/* The CRC is the last thing, and over all before its four digits. */
static bool
crc_is_right(const char *text, size_t len, const struct value *crc)
{
    char wanted[CRC_VALUE + 1];
    snprintf(wanted, sizeof wanted, "%04X", crc_of(text, len - CRC_VALUE));
    return crc->text == text + len - CRC_VALUE && is(crc, wanted);
}

/* "125000", also "125000.00": whole rupiah, no sign, no separators. */
static bool
is_amount(const struct value *value, int64_t amount)
{
    char digits[MOST_RUPIAH_DIGITS + 1] = "";
    size_t whole = 0;
    while (whole < value->len && is_digit(value->text[whole])) {
        whole++;
    }
    struct value rest = {value->text + whole, value->len - whole};
    if (whole == 0 || whole >= sizeof digits || (rest.len > 0 && !is(&rest, ".00"))) {
        return false;
    }
    memcpy(digits, value->text, whole);
    return amount > 0 && strtoll(digits, NULL, 10) == amount;
}

static bool
is_merchant(const struct value *national, const char *nmid)
{
    struct value inside[TAGS];
    return national->text != NULL && read_tags(national->text, national->len, inside) &&
           is(&inside[0], "ID.CO.QRIS.WWW") && inside[2].text != NULL && is(&inside[2], nmid);
}

enum qris_fault
qris_check(const char *text, int64_t amount, const char *nmid)
{
    enum { FORMAT = 0, METHOD = 1, NATIONAL = 51, CURRENCY = 53, AMOUNT = 54, TIP = 55 };
    enum { FIXED_TIP = 56, SHARE_TIP = 57, COUNTRY = 58, NAME = 59, CITY = 60, CRC = 63 };
    struct value values[TAGS];
    size_t len = strnlen(text, QRIS_TEXT);
    if (len == QRIS_TEXT || !read_tags(text, len, values) || !is(&values[FORMAT], "01") ||
        values[FORMAT].text != text + 4 || values[NAME].text == NULL || values[CITY].text == NULL ||
        values[CRC].text == NULL) {
        return QRIS_MALFORMED;
    }
    if (!crc_is_right(text, len, &values[CRC])) {
        return QRIS_CRC;
    }
    if (!is(&values[METHOD], "12")) {
        return QRIS_STATIC;
    }
    if (!is(&values[CURRENCY], "360") || !is(&values[COUNTRY], "ID")) {
        return QRIS_CURRENCY;
    }
    bool tip = values[TIP].text != NULL || values[FIXED_TIP].text != NULL ||
               values[SHARE_TIP].text != NULL;
    if (values[AMOUNT].text == NULL || !is_amount(&values[AMOUNT], amount) || tip) {
        return QRIS_AMOUNT;
    }
    return is_merchant(&values[NATIONAL], nmid) ? QRIS_GOOD : QRIS_MERCHANT;
}

void
qris_merchant(const char *text, char out[QRIS_NAME])
{
    enum { NAME = 59 };
    struct value values[TAGS];
    size_t len = strnlen(text, QRIS_TEXT);
    out[0] = '\0';
    if (len < QRIS_TEXT && read_tags(text, len, values) && values[NAME].text != NULL &&
        values[NAME].len < QRIS_NAME) {
        memcpy(out, values[NAME].text, values[NAME].len);
        out[values[NAME].len] = '\0';
    }
}
