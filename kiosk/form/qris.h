/* QRIS, Indonesia's payment QR: EMVCo merchant-presented mode, as a payment provider returned it
 * through the portal. The kiosk shows such a text as it is or not at all; it never makes one.
 * Source of the rules: EMVCo QRCPS-MPM 1.1 (TLV, tags, CRC), the national QRIS standard (tag 51,
 * NMID); which of them hold for a tax bill stands in qris_check(). Pure. */
#pragma once
#include <stdbool.h>
#include <stdint.h>

enum { QRIS_TEXT = 513 /* the standard's 512 letters and the end */ };

enum qris_fault {
    QRIS_GOOD,
    QRIS_MALFORMED, /* no TLV from end to end, a tag twice, or one that must be there is not */
    QRIS_CRC,       /* CRC-16/CCITT-FALSE over all of it, "6304" included */
    QRIS_STATIC,    /* 01 is not 12: it could be paid twice, or with any amount */
    QRIS_CURRENCY,  /* 53 is not 360, or 58 not ID */
    QRIS_AMOUNT,    /* 54 is not what the bill says, or a tip is asked for (55 to 57) */
    QRIS_MERCHANT   /* 51/02 is not the office's NMID */
};

/* The merchant's name (59) as the payer's app shows it; "" when there is none. */
enum { QRIS_NAME = 26 };
void qris_merchant(const char *text, char out[QRIS_NAME]);
/* `amount` in rupiah; `nmid` "ID1020000000001" of the configuration. */
enum qris_fault qris_check(const char *text, int64_t amount, const char *nmid);
