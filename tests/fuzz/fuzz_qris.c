#include <stdlib.h>
#include <string.h>

#include "form/qris.h"
#include "fuzz.h"

/* Any text, then the same with a right CRC, so that what lies behind it is reached. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char digits[] = "0123456789ABCDEF";
    char *text = malloc(size + 9);
    MUST(text != NULL);
    memcpy(text, data, size);
    text[size] = '\0';
    qris_check(text, 125000, "ID1020000000001");
    size_t len = strlen(text);
    memcpy(text + len, "6304", 4);
    uint16_t crc = 0xFFFF;
    for (size_t i = 0; i < len + 4; i++) {
        for (int bit = 7; bit >= 0; bit--) {
            int top = (crc >> 15) ^ ((unsigned char)text[i] >> bit & 1);
            crc = (uint16_t)(crc << 1 ^ (top ? 0x1021 : 0));
        }
    }
    for (int i = 0; i < 4; i++) {
        text[len + 4 + (size_t)i] = digits[crc >> (12 - 4 * i) & 15];
    }
    text[len + 8] = '\0';
    if (qris_check(text, 125000, "ID1020000000001") == QRIS_GOOD) {
        MUST(strstr(text, "5406125000") != NULL || strstr(text, "5409125000.00") != NULL ||
             strstr(text, "125000") != NULL);
        MUST(qris_check(text, 125001, "ID1020000000001") == QRIS_AMOUNT);
    }
    free(text);
    return 0;
}
