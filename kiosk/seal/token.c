#include "seal/token.h"

#include <string.h>

#include "base/id.h"
#include "base/text.h"

enum { PACKED = 6, LETTERS = 3, GROUP = 4, RAW = TOKEN_PAYLOAD + SIGNATURE };

static const char purpose[] = "anjungan-token-1"; // signed with its NUL, before the payload
static const char base32[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"; // Crockford, as in base/id.h

/* --- "A-017" in six bytes: three letters, a number, a zero ------------------- */

static bool
pack_number(const char *code, uint8_t out[PACKED])
{
    size_t letters = strspn(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    const char *digits = code + letters + 1;
    if (letters < 1 || letters > LETTERS || code[letters] != '-' || !text_is_digits(digits)) {
        return false;
    }
    size_t count = strlen(digits);
    if (count < 3 || count > 4 || (count == 4 && digits[0] == '0')) {
        return false;
    }
    unsigned number = 0;
    for (; *digits != '\0'; digits++) {
        number = number * 10 + (unsigned)(*digits - '0');
    }
    memcpy(out, code, letters);
    out[LETTERS] = (uint8_t)(number >> 8);
    out[LETTERS + 1] = (uint8_t)number;
    return number > 0;
}

static void
unpack_number(const uint8_t packed[PACKED], char out[CODE_TEXT])
{
    struct text text = text_over(out, CODE_TEXT);
    char letters[LETTERS + 1] = {0};
    memcpy(letters, packed, LETTERS);
    text_addf(&text, "%s-%03u", letters, (unsigned)packed[LETTERS] << 8 | packed[LETTERS + 1]);
}

/* --- "7K3F-9QXM" in six bytes: eight letters of five bits, a zero ------------ */

static bool
pack_code(const char *code, uint8_t out[PACKED])
{
    char canonical[CODE_TEXT];
    if (!code_parse(code, canonical) || strcmp(code, canonical) != 0) {
        return false;
    }
    uint64_t bits = 0;
    for (; *code != '\0'; code++) {
        if (*code != '-') {
            bits = bits << 5 | (uint64_t)(strchr(base32, *code) - base32);
        }
    }
    for (size_t i = 0; i < PACKED - 1; i++) {
        out[i] = (uint8_t)(bits >> (32 - 8 * i));
    }
    return true;
}

static void
unpack_code(const uint8_t packed[PACKED], char out[CODE_TEXT])
{
    uint64_t bits = 0;
    for (size_t i = 0; i < PACKED - 1; i++) {
        bits = bits << 8 | packed[i];
    }
    struct text text = text_over(out, CODE_TEXT);
    for (int i = 0; i < 2 * GROUP; i++) {
        text_add(&text, i == GROUP ? "-" : "");
        text_add_bytes(&text, &base32[bits >> (35 - 5 * i) & 31], 1);
    }
}

/* --- the payload ---------------------------------------------------------------- */

static bool
pack(const struct token *token, uint8_t payload[TOKEN_PAYLOAD])
{
    memset(payload, 0, TOKEN_PAYLOAD);
    payload[0] = (uint8_t)token->kind;
    for (int i = 0; i < 4; i++) {
        payload[1 + i] = (uint8_t)(token->kiosk >> (24 - 8 * i));
    }
    payload[5] = (uint8_t)(token->day >> 8);
    payload[6] = (uint8_t)token->day;
    if (strnlen(token->code, sizeof token->code) == sizeof token->code) {
        return false;
    }
    return token->kind == TOKEN_TICKET    ? pack_number(token->code, payload + 7)
           : token->kind == TOKEN_RECEIPT ? pack_code(token->code, payload + 7)
                                          : false;
}

/* Only what pack() would write is read: one token has one form. */
static bool
unpack(const uint8_t payload[TOKEN_PAYLOAD], struct token *token)
{
    *token = (struct token){.kind = payload[0]};
    for (int i = 0; i < 4; i++) {
        token->kiosk = token->kiosk << 8 | payload[1 + i];
    }
    token->day = (uint16_t)(payload[5] << 8 | payload[6]);
    if (token->kind == TOKEN_TICKET) {
        unpack_number(payload + 7, token->code);
    } else {
        unpack_code(payload + 7, token->code);
    }
    uint8_t again[TOKEN_PAYLOAD];
    return pack(token, again) && memcmp(payload, again, TOKEN_PAYLOAD) == 0;
}

static void
signed_bytes(const uint8_t payload[TOKEN_PAYLOAD], uint8_t out[sizeof purpose + TOKEN_PAYLOAD])
{
    memcpy(out, purpose, sizeof purpose);
    memcpy(out + sizeof purpose, payload, TOKEN_PAYLOAD);
}

bool
token_write(const struct token *token, const uint8_t secret_key[SIGN_SECRET], char out[TOKEN_TEXT])
{
    uint8_t raw[RAW], bytes[sizeof purpose + TOKEN_PAYLOAD];
    if (!pack(token, raw)) {
        return false;
    }
    signed_bytes(raw, bytes);
    sign(secret_key, bytes, sizeof bytes, raw + TOKEN_PAYLOAD);
    base64_of(raw, sizeof raw, out);
    return true;
}

bool
token_parse(const char *text, struct token *token, uint8_t payload[TOKEN_PAYLOAD],
            uint8_t signature[SIGNATURE])
{
    uint8_t raw[RAW];
    size_t len;
    if (strnlen(text, TOKEN_TEXT) != TOKEN_TEXT - 1 || !base64_parse(text, raw, sizeof raw, &len) ||
        len != sizeof raw || !unpack(raw, token)) {
        return false;
    }
    memcpy(payload, raw, TOKEN_PAYLOAD);
    memcpy(signature, raw + TOKEN_PAYLOAD, SIGNATURE);
    return true;
}

bool
token_verify(const char *text, const uint8_t public_key[SIGN_PUBLIC], struct token *token)
{
    uint8_t payload[TOKEN_PAYLOAD], signature[SIGNATURE], bytes[sizeof purpose + TOKEN_PAYLOAD];
    if (!token_parse(text, token, payload, signature)) {
        return false;
    }
    signed_bytes(payload, bytes);
    return sign_verify(public_key, bytes, sizeof bytes, signature);
}
