/* The roll in the printer: how much of it is printed. Millimetres are counted from what was sent;
 * the last seconds of them may be lost with the power, but no ticket waits for a write. A roll is
 * taken for a new one when staff say so, or when the printer was out of paper and is not any more.
 * What is left is an estimate: of the length in the configuration, by the slips of this roll. */
#include <inttypes.h>
#include <stdio.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/text.h"
#include "desk/parts.h"
#include "store/journal.h"

enum {
    QUIET = 5000,  /* after the last slip, before the count is written */
    SLIP_MM = 150, /* of a slip, while too few are counted */
    ENOUGH = 5,    /* slips for a mean */
    FEW = 25       /* slips left: somebody should look for a roll */
};

/* "MM SLIPS OUT CHANGED": as it stands in the store. */
static void
load(struct desk *desk)
{
    char text[80];
    struct roll *roll = &desk->roll;
    roll->loaded = true;
    if (!settings_get(desk->store, "roll", text, sizeof text)) {
        return;
    }
    const char *at = text;
    int64_t numbers[4] = {0};
    for (size_t i = 0; i < 4; i++) {
        int64_t number = text_take_number(&at, 18);
        numbers[i] = number > 0 ? number : 0;
        at += *at == ' ';
    }
    if (roll->changed_at == 0) { // else it was changed since the start
        roll->mm += numbers[0];
        roll->slips += numbers[1];
        roll->out = roll->out || numbers[2] != 0;
        roll->changed_at = numbers[3];
    }
}

void
roll_save(struct desk *desk)
{
    char text[80];
    struct roll *roll = &desk->roll;
    if (desk->store == NULL || desk->intake != INTAKE_OPEN || roll->save_at == 0) {
        return;
    }
    if (!roll->loaded) {
        load(desk);
    }
    roll->save_at = 0;
    snprintf(text, sizeof text, "%" PRId64 " %" PRId64 " %d %" PRId64, roll->mm, roll->slips,
             roll->out, roll->changed_at);
    keeper_note(desk, settings_put(desk->store, "roll", text));
}

void
roll_step(struct desk *desk, int64_t now)
{
    if (desk->store != NULL && desk->intake == INTAKE_OPEN && !desk->roll.loaded) {
        load(desk);
    }
    if (desk->roll.save_at != 0 && now >= desk->roll.save_at) {
        roll_save(desk);
    }
}

void
roll_used(struct desk *desk, int mm)
{
    struct roll *roll = &desk->roll;
    bool low = roll_low(desk);
    roll->mm += mm;
    roll->slips++;
    roll->save_at = clock_monotonic() + QUIET;
    if (!low && roll_low(desk)) {
        log_warning("paper: about %d slips are left on the roll", roll_left(desk));
    }
}

void
roll_changed(struct desk *desk)
{
    desk->roll =
        (struct roll){.loaded = true, .changed_at = clock_wall(), .save_at = clock_monotonic()};
}

void
roll_watch(struct desk *desk)
{
    struct roll *roll = &desk->roll;
    bool out = desk->printer == PRINTER_PAPER_OUT;
    bool in = desk->printer == PRINTER_READY || desk->printer == PRINTER_NEAR_END;
    if (out && !roll->out) {
        roll->out = true;
        roll->save_at = clock_monotonic();
    } else if (in && roll->out) {
        log_info("paper: a new roll after %" PRId64 " mm", roll->mm);
        roll_changed(desk);
    }
}

int
roll_left(const struct desk *desk)
{
    const struct roll *roll = &desk->roll;
    int64_t length = (int64_t)desk->settings->printer.roll_m * 1000;
    int64_t slip = roll->slips >= ENOUGH && roll->mm > 0 ? roll->mm / roll->slips : SLIP_MM;
    if (length == 0) {
        return -1;
    }
    return roll->mm >= length ? 0 : (int)((length - roll->mm) / (slip > 0 ? slip : 1));
}

bool
roll_low(const struct desk *desk)
{
    int left = roll_left(desk);
    return desk->printer == PRINTER_NEAR_END || (left >= 0 && left < FEW);
}

enum printer_state
paper_state(const struct desk *desk)
{
    return desk->printer == PRINTER_READY && roll_low(desk) ? PRINTER_NEAR_END : desk->printer;
}
