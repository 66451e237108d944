#include <string.h>

#include "base/secret.h"
#include "base/text.h"
#include "form/check.h"

/* In groups of four; what stands from `from` to `to` is masked. */
static void
add_grouped(struct text *text, const char *digits, const char *between, size_t from, size_t to,
            const char *mask)
{
    for (size_t i = 0; digits[i] != '\0'; i++) {
        if (i > 0 && i % 4 == 0 && (i < 12 || digits[i + 1] != '\0')) {
            text_add(text, between); // a thirteenth digit does not stand alone
        }
        if (mask != NULL && i >= from && i < to) {
            text_add(text, mask);
        } else {
            text_add_bytes(text, digits + i, 1);
        }
    }
}

void
show_nik(const char *nik, const char *mask, char *out, size_t size)
{
    struct text text = text_over(out, size);
    add_grouped(&text, nik, " ", 4, 12, mask);
}

/* "+6281255048488" as people write it: 0812-5504-8488. */
void
show_phone(const char *phone, const char *mask, char *out, size_t size)
{
    struct text text = text_over(out, size);
    char number[24];
    struct text local = text_over(number, sizeof number);
    bool national = strncmp(phone, "+62", 3) == 0;
    text_add(&local, national ? "0" : "");
    text_add(&local, national ? phone + 3 : phone);
    add_grouped(&text, number, "-", 4, 8, mask);
    secret_zero(number, sizeof number);
}

void
show_money(const char *digits, char *out, size_t size)
{
    struct text text = text_over(out, size);
    size_t len = strlen(digits);
    text_add(&text, "Rp");
    for (size_t i = 0; i < len; i++) {
        text_add(&text, i > 0 && (len - i) % 3 == 0 ? "." : "");
        text_add_bytes(&text, digits + i, 1);
    }
}
