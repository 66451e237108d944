/* Bookings. A seat at a time is a row of its own kind: no more than so many can be held at once,
 * by a rule of the database. Who exchanges a booking first has it, for good. */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "ledger_parts.h"

static int64_t
insert(struct session *session, const struct booking *booking, int seat)
{
    struct value values[] = {
        value_text(booking->code), value_text(booking->id),      value_text(booking->office),
        value_text(booking->day),  value_int(booking->minute),   value_text(booking->letter),
        value_int(seat),           value_text(booking->service), value_int(booking->made_at)};
    return session_run(session,
                       "INSERT INTO bookings (code, id, office, day, minute, letter, seat, service,"
                       " made_at, kiosk, redeemed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9,"
                       " '', 0) ON CONFLICT DO NOTHING",
                       values, sizeof values / sizeof *values);
}

enum ledger_result
ledger_booking_make(struct db *db, const struct booking *booking, int capacity)
{
    struct session *session = session_begin(db);
    int64_t changed = 0;
    if (!session) {
        return LEDGER_FAILED;
    }
    for (int seat = 1; seat <= capacity && changed == 0; seat++) {
        changed = insert(session, booking, seat);
    }
    return ledger_close_with(session, changed < 0    ? LEDGER_FAILED
                                      : changed == 0 ? LEDGER_TAKEN
                                                     : LEDGER_DONE);
}

static void
copy(char *out, size_t size, const char *text)
{
    text_copy(out, size, text ? text : "");
}

enum ledger_result
ledger_booking_find(struct db *db, const char *code, struct booking *booking)
{
    struct value values[] = {value_text(code)};
    *booking = (struct booking){.minute = 0};
    struct rows *rows = ledger_ask_one(
        db,
        "SELECT b.code, b.id, b.office, b.day, b.letter, b.service, b.kiosk, b.minute, b.seat,"
        " t.letter, t.number FROM bookings b LEFT JOIN tickets t ON t.uuid = b.id"
        " WHERE b.code = $1",
        values, 1);
    if (rows && rows_count(rows) == 1) {
        const struct {
            char *to;
            size_t size;
        } texts[] = {
            {booking->code, sizeof booking->code},     {booking->id, sizeof booking->id},
            {booking->office, sizeof booking->office}, {booking->day, sizeof booking->day},
            {booking->letter, sizeof booking->letter}, {booking->service, sizeof booking->service},
            {booking->kiosk, sizeof booking->kiosk}};
        for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
            copy(texts[i].to, texts[i].size, rows_text(rows, 0, i));
        }
        booking->minute = (int)rows_int(rows, 0, 7);
        booking->cancelled = !rows_text(rows, 0, 8);
        if (rows_text(rows, 0, 9)) {
            snprintf(booking->number, sizeof booking->number, "%.3s-%03d", rows_text(rows, 0, 9),
                     (int)rows_int(rows, 0, 10));
        }
    }
    return ledger_found(rows);
}

enum ledger_result
ledger_booking_redeem(struct db *db, const char *code, const char *kiosk, int64_t now)
{
    struct value values[] = {value_text(code), value_text(kiosk), value_int(now)};
    return ledger_run_one(db,
                          "UPDATE bookings SET kiosk = $2, redeemed_at = CASE WHEN kiosk = ''"
                          " THEN $3 ELSE redeemed_at END"
                          " WHERE code = $1 AND seat IS NOT NULL AND (kiosk = '' OR kiosk = $2)",
                          values, 3);
}

enum ledger_result
ledger_booking_cancel(struct db *db, const char *code)
{
    struct value values[] = {value_text(code)};
    return ledger_run_one(
        db, "UPDATE bookings SET seat = NULL WHERE code = $1 AND seat IS NOT NULL AND kiosk = ''",
        values, 1);
}

struct rows *
ledger_bookings_taken(struct db *db, const char *office, const char *letter, const char *from)
{
    struct value values[] = {value_text(office), value_text(letter), value_text(from)};
    return ledger_ask_one(db,
                          "SELECT day, minute, count(*) FROM bookings WHERE office = $1"
                          " AND letter = $2 AND day >= $3 AND seat IS NOT NULL"
                          " GROUP BY day, minute",
                          values, 3);
}
