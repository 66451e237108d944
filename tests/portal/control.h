/* The tests' hand on the portal: a Unix socket that takes one line and gives one
 * JSON line: what it did, or {"error": ...}.
 *   lie KIND [COUNT] | honest | lies     how to misbehave (lies.c), for COUNT requests
 *   officer NAME ROLE KELURAHAN RT|- HASH    an account (portal --officer makes the hash)
 *   step CODE DEED OFFICER [REASON]      move a request as that officer may (chain.h)
 *   code KIOSK NUMBER [CODE]             a one-time code for an enrolment
 *   publish [FOLDER [OFFICES]]           the catalogue, read again and checked whole (offer.h)
 *   revoke KIOSK | dump | held ID        everything; is that submission here
 *   payment pay | expire | show REFERENCE | lie NAME     the payment provider (provider.h)
 *   book OFFICE SERVICE DAY TIME         a booking, without its page and its seats (bookings.h)
 *   exchange CODE KIOSK                  it is that kiosk's now, if it is nobody else's
 *   database away | back                 as if it were gone */
#pragma once
#include <stdbool.h>

struct portal;
struct control;

struct control *control_start(struct portal *portal, const char *path);
void control_stop(struct control *control);

/* One command's answer, malloc'd; without a server for what only needs the database. */
char *control_do(struct portal *portal, const char *line);
/* Say a line to a running portal and print its answer; false when it is an error. */
bool control_say(const char *path, const char *line);
