#include <string.h>

#include "base/id.h"
#include "fuzz.h"
#include "seal/token.h"

/* What was read, written again, carries the same payload. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static uint8_t public_key[SIGN_PUBLIC], secret_key[SIGN_SECRET];
    static bool ready = false;
    if (!ready) {
        ready = seal_init();
        sign_keypair(public_key, secret_key);
    }
    char *text = malloc(size + 1), again[TOKEN_TEXT], code[CODE_TEXT];
    uint8_t payload[TOKEN_PAYLOAD], second[TOKEN_PAYLOAD], signature[SIGNATURE];
    struct token token;
    if (size > 0) {
        memcpy(text, data, size);
    }
    text[size] = '\0';
    if (token_parse(text, &token, payload, signature)) {
        MUST(token_write(&token, secret_key, again));
        MUST(memcmp(again, text, 16) == 0); // 12 of the 13 bytes
        MUST(token_parse(again, &token, second, signature));
        MUST(memcmp(payload, second, sizeof payload) == 0);
    }
    MUST(!token_verify(text, public_key, &token)); // its key is of this run alone
    if (code_parse(text, code)) {
        MUST(strlen(code) == CODE_TEXT - 1);
    }
    uuid_is_valid(text);
    free(text);
    return 0;
}
