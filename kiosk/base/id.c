#include "base/id.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "base/log.h"

static const char letters[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"; // Crockford's base 32

enum { CODE_LETTERS = 8 };

static void
random_bytes(void *out, size_t len)
{
    while (getrandom(out, len, 0) != (ssize_t)len) {
        if (errno != EINTR) {
            log_error("getrandom: %s", strerror(errno));
            abort(); // no identifier is better than a guessable one
        }
    }
}

void
uuid7_make(char out[UUID_TEXT], int64_t wall_ms)
{
    uint8_t b[16];
    random_bytes(b, sizeof b);
    for (int i = 0; i < 6; i++) {
        b[i] = (uint8_t)(wall_ms >> (40 - 8 * i));
    }
    b[6] = (uint8_t)(0x70 | (b[6] & 0x0F));
    b[8] = (uint8_t)(0x80 | (b[8] & 0x3F));
    snprintf(out, UUID_TEXT, "%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x",
             b[0], b[1], b[2], b[3], b[4], b[5], b[6], b[7], b[8], b[9], b[10], b[11], b[12], b[13],
             b[14], b[15]);
}

bool
uuid_is_valid(const char *text)
{
    for (int i = 0; i < UUID_TEXT - 1; i++) {
        bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        if (text[i] == '\0' || (dash ? text[i] != '-' : !strchr("0123456789abcdef", text[i]))) {
            return false;
        }
    }
    return text[UUID_TEXT - 1] == '\0';
}

/* A polynomial over the field of 32 elements (x^5 = x^2 + 1). Every letter has a
 * weight of its own, so any one wrong letter and any two swapped are caught. */
static char
check_letter(const char *seven)
{
    unsigned sum = 0;
    for (unsigned i = 0; i < CODE_LETTERS - 1; i++) {
        sum = (sum ^ (unsigned)(strchr(letters, seven[i]) - letters)) << 1;
        sum ^= (sum & 32) != 0 ? 0x25 : 0;
    }
    return letters[sum];
}

static void
write_grouped(const char eight[CODE_LETTERS], char out[CODE_TEXT])
{
    memcpy(out, eight, 4);
    out[4] = '-';
    memcpy(out + 5, eight + 4, 4);
    out[9] = '\0';
}

void
code_make(char out[CODE_TEXT])
{
    uint8_t random[CODE_LETTERS - 1];
    char eight[CODE_LETTERS];
    random_bytes(random, sizeof random);
    for (int i = 0; i < CODE_LETTERS - 1; i++) {
        eight[i] = letters[random[i] % 32];
    }
    eight[CODE_LETTERS - 1] = check_letter(eight);
    write_grouped(eight, out);
}

/* What a letter was meant to be: upper case, O is 0, I and L are 1. */
static char
meant(char letter)
{
    if (letter >= 'a' && letter <= 'z') {
        letter = (char)(letter - 'a' + 'A');
    }
    return letter == 'O' ? '0' : letter == 'I' || letter == 'L' ? '1' : letter;
}

bool
code_parse(const char *typed, char out[CODE_TEXT])
{
    char eight[CODE_LETTERS];
    int count = 0;
    for (; *typed != '\0'; typed++) {
        char letter = meant(*typed);
        if (letter == ' ' || letter == '-') {
            continue;
        }
        if (count == CODE_LETTERS || strchr(letters, letter) == NULL) {
            return false;
        }
        eight[count++] = letter;
    }
    if (count != CODE_LETTERS || check_letter(eight) != eight[CODE_LETTERS - 1]) {
        return false;
    }
    write_grouped(eight, out);
    return true;
}

void
pass_make(char out[PASS_TEXT])
{
    uint8_t random[(PASS_TEXT - 1) / 2];
    random_bytes(random, sizeof random);
    for (size_t i = 0; i < sizeof random; i++) {
        snprintf(out + 2 * i, 3, "%02x", random[i]);
    }
}

bool
pass_is_valid(const char *text)
{
    return strspn(text, "0123456789abcdef") == PASS_TEXT - 1 && text[PASS_TEXT - 1] == '\0';
}
