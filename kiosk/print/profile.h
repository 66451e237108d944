/* What one kind of printer can do and how it wants to be told. The members are
 * for this room; others use the functions of spool.h. */
#pragma once
#include <stdbool.h>

enum profile_cut {
    CUT_FEED_PARTIAL, /* GS V 66 0: feeds to the blade by itself */
    CUT_PARTIAL,      /* GS V 1, after feeding */
    CUT_OLD,          /* ESC i, after feeding */
    CUT_NONE          /* feed to the tear bar */
};
/* How far the printer's own word goes, strongest first. */
enum profile_confirm {
    CONFIRM_JOB, /* GS ( H: says so when the job is on paper */
    CONFIRM_ASB, /* automatic status, GS r as drain marker */
    CONFIRM_USB, /* only the port's paper-out line */
    CONFIRM_NONE /* never answers */
};

struct printer_profile {
    int dots;
    double dots_per_mm;
    bool text; /* no picture data: plain letters */
    int columns;
    int code_page;  /* ESC t n before text; -1 leaves it */
    bool native_qr; /* text mode: the printer draws the QR */
    int band_rows;
    int feed_units; /* of ESC J a dot; 0: send white rows as dots */
    enum profile_cut cut;
    int feed_mm; /* from the head to the blade or tear bar */
    bool buzzer;
    enum profile_confirm confirm;
    bool realtime; /* answers DLE EOT */
    bool clear;    /* knows DLE DC4 8 */
    int reply_ms, confirm_ms, stall_ms, job_ms;
    int probe_ms; /* between looks while nothing is printed */
};
