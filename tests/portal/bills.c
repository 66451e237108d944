#include "bills.h"

#include <stdlib.h>
#include <string.h>

#include "base/files.h"
#include "base/json.h"
#include "base/log.h"
#include "base/text.h"
#include "form/check.h"

enum { MOST = 256 * 1024, KEPT = 3 };

struct bills {
    size_t count;
    struct bill list[];
};

static bool
read_bill(const struct json_value *value, struct bill *bill)
{
    int64_t year = 0;
    bill->paid = json_bool(json_get(value, "paid"), false);
    bool good = check_nop(json_text(json_get(value, "nop"), ""), bill->nop) == PROBLEM_NONE &&
                json_int(json_get(value, "year"), &year) &&
                json_int(json_get(value, "amount"), &bill->amount) &&
                json_int(json_get(value, "fine"), &bill->fine) && bill->amount > 0 &&
                bill->fine >= 0 &&
                text_copy(bill->owner, BILL_WORDS, json_text(json_get(value, "owner"), "")) &&
                text_copy(bill->place, BILL_WORDS, json_text(json_get(value, "place"), "")) &&
                text_copy(bill->due, sizeof bill->due, json_text(json_get(value, "due"), ""));
    bill->year = (int)year;
    return good;
}

static struct bills *
read_all(const struct json_value *list)
{
    size_t count = json_count(list);
    struct bills *bills = calloc(1, sizeof *bills + count * sizeof *bills->list);
    for (size_t i = 0; bills && i < count; i++) {
        if (!read_bill(json_at(list, i), &bills->list[i])) {
            log_error("bills: the bill at %zu is none", i);
            free(bills);
            return NULL;
        }
        bills->count++;
    }
    return bills;
}

struct bills *
bills_load(const char *path)
{
    size_t len = 0;
    int line = 0;
    const char *reason = "cannot be read";
    char *bytes = files_read(path, MOST, &len);
    struct json *json = bytes ? json_parse(bytes, len, &line, &reason) : NULL;
    if (!json) {
        log_error("%s:%d: %s", path, line, reason);
    }
    struct bills *bills = json ? read_all(json_get(json_root(json), "bills")) : NULL;
    json_destroy(json);
    free(bytes);
    return bills;
}

void
bills_destroy(struct bills *bills)
{
    free(bills);
}

const struct bill *
bills_find(const struct bills *bills, const char *nop, int year)
{
    for (size_t i = 0; bills && i < bills->count; i++) {
        if (bills->list[i].year == year && strcmp(bills->list[i].nop, nop) == 0) {
            return &bills->list[i];
        }
    }
    return NULL;
}

/* Three stars whatever the word's length: that tells something too. */
void
bill_mask(const char *words, bool name, char *out, size_t size)
{
    struct text text = text_over(out, size);
    while (*words != '\0') {
        size_t len = strcspn(words, " "), first;
        bool digit = strcspn(words, "0123456789") < len;
        text_add(&text, text.len > 0 ? " " : "");
        utf8_at(words, &first);
        if (!name && len <= KEPT && !digit) {
            text_add_bytes(&text, words, len);
        } else {
            text_add_bytes(&text, words, digit ? 0 : first);
            text_add(&text, "***");
        }
        words += len;
        words += strspn(words, " ");
    }
}

void
bill_mask_nop(const char *nop, char out[NOP_SHOWN])
{
    struct text text = text_over(out, NOP_SHOWN);
    text_addf(&text, "%.2s.%.2s.%.3s.%.3s.***-***%.1s.%.1s", nop, nop + 2, nop + 4, nop + 7,
              nop + 16, nop + 17);
}
