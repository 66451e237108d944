/* Look-ups of a booking: the kiosk exchanges it for a number. The answer may be lost: the same
 * kiosk gets the same word, with the booking's own id, under which its desk gives one number and
 * no second; from when the number was mirrored, or at another kiosk, it is used. */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/text.h"
#include "bookings.h"
#include "http.h"
#include "ledger.h"
#include "limits.h"
#include "lookups.h"
#include "portal.h"

enum { CODE_MOST = 10, CODE_WINDOW = 10 * 60, GUESS_MOST = 15, GUESS_WINDOW = 10 * 60 };

bool
booking_query_read(const struct json_value *root, struct query *query)
{
    return code_parse(json_text(json_get(root, "code"), ""), query->code);
}

int
booking_query_wait(struct portal *portal, const struct request *request, const struct query *query)
{
    char name[48];
    struct booking booking;
    snprintf(name, sizeof name, "booking %.12s", query->code);
    int wait = limits_count(portal->limits, name, CODE_MOST, CODE_WINDOW);
    if (ledger_booking_find(portal->db, query->code, &booking) == LEDGER_NONE) {
        snprintf(name, sizeof name, "booked %.32s", request->kiosk);
        int guess = limits_count(portal->limits, name, GUESS_MOST, GUESS_WINDOW);
        wait = wait > guess ? wait : guess;
    }
    return wait;
}

static void
add_time(struct text *out, const char *key, int minute)
{
    text_addf(out, ",\"%s\":\"%02d:%02d\"", key, minute / 60, minute % 60);
}

/* A kiosk is named after its office: "6472021001-1". */
static bool
is_of_office(const char *kiosk, const char *office)
{
    size_t len = strlen(office);
    return strncmp(kiosk, office, len) == 0 && kiosk[len] == '-';
}

/* The day's word on it; DUE also when this kiosk has it already, and its number is not known. */
static const char *
state_of(const struct portal *portal, const struct booking *booking, const char *kiosk, int64_t now)
{
    const struct booking_terms *terms = bookings_terms(portal->bookings);
    struct civil at = civil_at(now, portal->utc_offset);
    char today[DATE_TEXT];
    int minute = at.hour * 60 + at.minute;
    civil_date(&at, today);
    if (booking->cancelled) {
        return "not_found";
    }
    if (!is_of_office(kiosk, booking->office)) {
        return "other_office";
    }
    if (booking->kiosk[0]) {
        return strcmp(booking->kiosk, kiosk) == 0 && !booking->number[0] ? "due" : "done";
    }
    if (strcmp(booking->day, today) != 0) {
        return "other_day";
    }
    return minute < booking->minute - terms->before  ? "early"
           : minute > booking->minute + terms->after ? "late"
                                                     : "due";
}

static void
write_booking(const struct portal *portal, const struct booking *booking, const char *state,
              struct text *out)
{
    const struct booking_office *office = bookings_office(portal->bookings, booking->office);
    int from = booking->minute - bookings_terms(portal->bookings)->before;
    text_addf(out,
              "{\"state\":\"%s\",\"letter\":\"%s\",\"service\":\"%s\",\"day\":\"%s\","
              "\"office\":",
              state, booking->letter, booking->service, booking->day);
    json_write_text(out, office ? office->name : booking->office);
    add_time(out, "time", booking->minute);
    add_time(out, "from", from > 0 ? from : 0);
    if (strcmp(state, "due") == 0) {
        text_addf(out, ",\"id\":\"%s\"", booking->id);
    }
    if (booking->number[0]) {
        text_addf(out, ",\"number\":\"%s\"", booking->number);
    }
    text_add(out, "}");
}

bool
booking_answer(struct portal *portal, const struct request *request, const struct query *query,
               struct text *out)
{
    struct booking booking;
    int64_t now = clock_wall();
    enum ledger_result found =
        portal->bookings ? ledger_booking_find(portal->db, query->code, &booking) : LEDGER_NONE;
    const char *state =
        found == LEDGER_DONE ? state_of(portal, &booking, request->kiosk, now) : "not_found";
    if (strcmp(state, "due") == 0) {
        // Between the look and this another kiosk may have had it, or it was cancelled.
        enum ledger_result redeemed =
            ledger_booking_redeem(portal->db, booking.code, request->kiosk, now);
        found = redeemed == LEDGER_FAILED ? LEDGER_FAILED : found;
        state = redeemed == LEDGER_DONE ? state : "done";
    }
    if (strcmp(state, "not_found") == 0) {
        text_add(out, "{\"state\":\"not_found\"}");
    } else {
        write_booking(portal, &booking, state, out);
    }
    return found != LEDGER_FAILED;
}
