/* What may be booked from home: at which offices, on which days, at which times, how many at
 * once, and how long before and after its time a booking counts. Data of the portal
 * (tests/portal/bookings.json); what an office's hours close (breaks, days off, Ramadan) is
 * closed here too where the portal knows the offices. A booking asks for nothing about a person:
 * its code is all there is. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct bookings;
struct civil;
struct portal;

struct booking_terms {
    int before, after; /* minutes around its time in which the kiosk takes it */
    int days;          /* that can be chosen from, today included */
    int capacity;      /* people at one time, of one series, at one office */
};
struct booking_office {
    char code[11], name[96];
};

struct bookings *bookings_load(const char *path); /* NULL: logged */
void bookings_destroy(struct bookings *bookings);
const struct booking_terms *bookings_terms(const struct bookings *bookings);
size_t bookings_offices(const struct bookings *bookings, const struct booking_office **list);
const struct booking_office *bookings_office(const struct bookings *bookings, const char *code);

/* Times of that day, minutes since midnight, at which the office is open; how many. */
enum { SLOTS_MOST = 24 * 12 };
size_t bookings_slots(const struct portal *portal, const char *office, const struct civil *day,
                      int slots[SLOTS_MOST]);
