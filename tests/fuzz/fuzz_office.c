#include <string.h>

#include "base/clock.h"
#include "base/fault.h"
#include "fuzz.h"
#include "queue/queue.h"

static bool
is_time(const char *text)
{
    return strlen(text) == 5 && text[2] == '.';
}

/* A whole week, a look every 29 minutes. */
static void
walk(const struct office *office)
{
    for (int at = 0; at < 7 * 24 * 60; at += 29) {
        struct civil now = {.year = 2027,
                            .month = 1,
                            .day = 1 + at / (24 * 60),
                            .hour = at / 60 % 24,
                            .minute = at % 60,
                            .weekday = (5 + at / (24 * 60)) % 7};
        char until[8];
        enum opening opening = office_opening(office, &now, until);
        MUST(opening == OFFICE_CLOSED ? until[0] == '\0' || is_time(until) : is_time(until));
        office_digital_day(office, &now);
        MUST(office_hours_line(office, &now)[0] != '\0' && office_notice(office, &now) != NULL);
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fault fault = {""};
    struct office *office =
        office_load(&(struct office_file){"x.json", (const char *)data, size}, NULL, NULL, &fault);
    MUST((office == NULL) == (fault.text[0] != '\0'));
    if (office == NULL) {
        MUST(strncmp(fault.text, "x.json:", 7) == 0);
        return 0;
    }
    walk(office);
    MUST(office_code(office)[0] != '\0' && office_name(office)[0] != '\0');
    MUST(office_address(office) != NULL);
    MUST(office_utc_offset(office) >= -720 && office_utc_offset(office) <= 840);
    for (char letter[] = "A"; letter[0] <= 'Z'; letter[0]++) {
        MUST(office_quota(office, letter) >= 0 && office_quota(office, letter) <= 9999);
    }
    office_destroy(office);
    return 0;
}
