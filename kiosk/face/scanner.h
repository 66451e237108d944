/* A barcode scanner types faster than people: letters less than 35 ms apart, four
 * or more of them, are one scan; the rest is typing. A scan once begun may falter for
 * up to 150 ms: radio scanners send in packets, and a busy machine hands letters over
 * late. Letters are held back until that is known, so that a scan never types into a
 * field. Pure: times come in. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { SCAN_GAP = 35, SCAN_SILENCE = 150, SCAN_SHORTEST = 4, SCAN_MAX = 512 };

enum scanned { SCANNED_NOTHING, SCANNED_TYPING, SCANNED_SCAN };

/* May hold a NIK: belongs into secret memory. */
struct scanner {
    char text[SCAN_MAX + 1]; /* UTF-8, what is held back */
    char out[SCAN_MAX + 1];  /* what the last call gave out */
    size_t len, count;
    int64_t last;   /* when the last letter came */
    bool spoilt;    /* too long, or a letter that no code has */
    bool was_burst; /* what the last call ended was as quick as a scanner */
};

void scanner_forget(struct scanner *scanner); /* zeroes */
/* A letter came; what it ends (of before) is in scanner->out. A scan that is spoilt
 * is dropped whole. */
enum scanned scanner_letter(struct scanner *scanner, uint32_t code, int64_t now);
/* Another key came: it belongs to the scan if the burst ended just now (was_burst). */
enum scanned scanner_end(struct scanner *scanner);
/* The deadline passed. */
enum scanned scanner_tick(struct scanner *scanner, int64_t now);
/* It types on and on, longer than any code is: nobody is at it. */
bool scanner_runs_away(const struct scanner *scanner);
int64_t scanner_deadline(const struct scanner *scanner); /* INT64_MAX: nothing held back */
