/* Every screen: from the state of a visit and the facts around it to a draw list
 * and nodes. Pure apart from gettext. A press comes back as the flow event that
 * the node carries (action = enum flow_event_kind, arg). */
#pragma once
#include <stdbool.h>
#include <stdint.h>

struct ui;
struct flow;

/* What a screen shows besides the visit; strings live for the call. */
struct screen_facts {
    const char *office_name, *city, *portal_name, *portal_url; /* never NULL */
    const char *logo;                                          /* one or two letters */
    const char *date_line; /* "Senin, 23 November 2026 · 09.41 WITA", in the visit's language */
    const char *today;     /* "2026-11-23" */
    int minute;            /* of that day; -1: not to be relied on */
    const char *days_off;  /* of the city, "2026-12-24 2026-12-25" */
    const char *hours, *notice, *serving, *closed_until;
    const char *fault_code; /* short code to read out on 112; empty: none */
    bool digital_day, clock_uncertain, online;
    int waiting, wait_minutes; /* -1 unknown */
    int printer;               /* enum printer_state, base/states.h */
    int intake;
};

void screens_draw(struct ui *ui, const struct flow *flow, const struct screen_facts *facts);
