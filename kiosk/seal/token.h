/* The signed token in a slip's QR: who issued which number or code on which
 * day, no personal data. 77 bytes, 103 letters; with a portal address of up to
 * 48 letters the QR stays within version 8-M (152 bytes).
 *
 * Big-endian: kind (1), kiosk (4), day (2), code (6), Ed25519 signature (64) of
 * the kiosk over "anjungan-token-1", a zero byte and the 13 bytes before it. The
 * code of a ticket is three letters (zeros behind), the number (2) and a zero;
 * of a receipt its eight letters of five bits and a zero. */
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include "seal/seal.h"

enum token_kind { TOKEN_TICKET = 1, TOKEN_RECEIPT = 2 };
enum { TOKEN_TEXT = 104, TOKEN_PAYLOAD = 13 /* bytes before the signature */ };
struct token {
    enum token_kind kind;
    uint32_t kiosk; /* number of the kiosk in the city's register of keys */
    uint16_t day;   /* days since 2020-01-01, office time */
    char code[10];  /* "A-017" or "7K3F-9QXM": packed into 6 bytes */
};
/* False when the code is neither a ticket's number nor a tracking code. */
bool token_write(const struct token *token, const uint8_t secret_key[SIGN_SECRET],
                 char out[TOKEN_TEXT]);
/* Parses without trusting; then verify with the key registered for token->kiosk. */
bool token_parse(const char *text, struct token *token, uint8_t payload[TOKEN_PAYLOAD],
                 uint8_t signature[SIGNATURE]);
bool token_verify(const char *text, const uint8_t public_key[SIGN_PUBLIC], struct token *token);
