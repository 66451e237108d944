#include "seal/receipt.h"

#include <string.h>

static const char purpose[] = "anjungan-receipt-1"; // signed with its NUL
enum { ID = 36, KIOSK_MAX = 32, SIGNED_MAX = sizeof purpose + 1 + ID + HASH + 1 + KIOSK_MAX + 8 };

/* The bytes that the contract (portal-api.yaml, Receipt) has signed; 0 when a
 * field cannot be right. */
static size_t
signed_bytes(const struct receipt *receipt, uint8_t out[SIGNED_MAX])
{
    size_t name = strnlen(receipt->kiosk, sizeof receipt->kiosk);
    bool known = receipt->verdict == RECEIPT_ACCEPTED || receipt->verdict == RECEIPT_REFUSED;
    if (!known || strnlen(receipt->id, sizeof receipt->id) != ID || name == 0 || name > KIOSK_MAX ||
        receipt->seq < 1) {
        return 0;
    }
    uint8_t *at = out;
    at = (uint8_t *)memcpy(at, purpose, sizeof purpose) + sizeof purpose;
    *at++ = receipt->verdict == RECEIPT_REFUSED;
    at = (uint8_t *)memcpy(at, receipt->id, ID) + ID;
    at = (uint8_t *)memcpy(at, receipt->sha256, HASH) + HASH;
    *at++ = (uint8_t)name;
    at = (uint8_t *)memcpy(at, receipt->kiosk, name) + name;
    for (int shift = 56; shift >= 0; shift -= 8) {
        *at++ = (uint8_t)((uint64_t)receipt->seq >> shift);
    }
    return (size_t)(at - out);
}

void
receipt_sign(struct receipt *receipt, const uint8_t secret_key[SIGN_SECRET])
{
    uint8_t bytes[SIGNED_MAX];
    size_t len = signed_bytes(receipt, bytes);
    memset(receipt->signature, 0, SIGNATURE); // verifies for nobody
    if (len > 0) {
        sign(secret_key, bytes, len, receipt->signature);
    }
}

bool
receipt_verify(const struct receipt *receipt, const uint8_t public_key[SIGN_PUBLIC])
{
    uint8_t bytes[SIGNED_MAX];
    size_t len = signed_bytes(receipt, bytes);
    return len > 0 && sign_verify(public_key, bytes, len, receipt->signature);
}
