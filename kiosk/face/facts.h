/* What the screens show besides the visit: the office, the clock, what the desk
 * last said. Strings are copied; the view is for screens_draw(). */
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include "face/language.h"
#include "screens/screens.h"

struct catalogue;
struct desk_hello;
struct desk_status;
struct settings;

struct facts {
    struct screen_facts view; /* its pointers lead into this struct */
    char office_name[256], hours[512], notice[832], serving[128], closed_until[16];
    char days_off[2201], serves[331]; /* as long as the desk's hello may say */
    char date_line[DATE_LINE], today[DATE_TEXT], fault_code[8];
    int utc_offset; /* minutes */
    bool enrolled;  /* the portal's sealing key is known: forms may open */
};

void facts_init(struct facts *facts, const struct settings *settings,
                const struct catalogue *catalogue, bool enrolled);
void facts_hello(struct facts *facts, const struct desk_hello *hello);
void facts_status(struct facts *facts, const struct desk_status *status);
void facts_desk_gone(struct facts *facts);
/* Set the date line and today; true when they changed. */
bool facts_clock(struct facts *facts, int64_t wall, enum language language);
