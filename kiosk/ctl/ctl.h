/* One run of anjunganctl: its configuration, its conversation with the desk, and how it
 * speaks to whoever asked (lines for people, JSON for programs). */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct settings;
struct text;
struct wire_type;

enum { DONE, FAILED, MISUSED, NO_DESK }; /* exit statuses; what went wrong has been said */

struct ctl {
    const char *config;
    struct settings *settings; /* once ctl_settings(); owned */
    bool json;
    bool started;    /* a list has its first row */
    int32_t printer; /* its state, once asked */
};

/* The configuration is read by what needs it: a wrong word, and a catalogue named by its
 * folder on its author's own machine, do not. False after having said why. */
bool ctl_settings(struct ctl *ctl);

/* Ask the desk (`message` is NULL where the type carries nothing), hand every answer to
 * `show`, and give how it ended. `next` as in ctl_end. */
int ctl_ask(struct ctl *ctl, const struct wire_type *type, const void *message,
            void (*show)(struct ctl *ctl, const void *message), int64_t *next);

/* "2026-11-24 09:41" in the office's zone (minutes), or "never". */
const char *ctl_moment(int64_t wall, int32_t utc_offset, char out[24]);

/* What the printer's state (enum printer_state) is called: "out of paper". */
const char *ctl_printer(int32_t state);

/* The word of a number that came over the wire. */
#define CTL_WORD(words, index) ctl_word(words, sizeof(words) / sizeof(words)[0], index)
const char *ctl_word(const char *const *words, size_t count, int32_t index);

/* A JSON object, member by member, into a text that was empty; object_end() closes it. */
void object_text(struct text *out, const char *key, const char *value);
void object_number(struct text *out, const char *key, int64_t value);
void object_flag(struct text *out, const char *key, bool value);
void object_end(struct text *out);
