/* voice.sock: what a screen (the call board; the face) asks of anjungan-voice, and what became
 * of it. The screen listens and only accepts; the voice dials, and dials again when the screen
 * was away. Whatever a screen had asked for ends with its connection, in the middle of a word.
 *
 * What is asked for is said one after another, in the order asked. Each announce and speak gets
 * exactly one voice_done, when it has been heard to its end or will not be: a board that waits
 * for it never calls two numbers at once. */
#pragma once
#include "wire/wire.h"

extern const wire_table screen_to_voice;
extern const wire_table voice_to_screen;

/* --- a screen says ------------------------------------------------------------------ */

/* Chime, then "Nomor antrean, A, nol satu tujuh, silakan menuju loket dua." twice: the voice
 * repeats it itself, so that one call has one end. Always Indonesian. */
struct voice_announce {
    int64_t request;
    const char *number; /* as on the slip: 1 to 3 letters, a dash or none, 1 to 4 digits */
    const char *place;  /* "loket" where empty; "meja pengaduan": small letters a-z and blanks */
    int32_t counter;    /* 1 to 9999; 0: the place has no number ("loket prioritas") */
    bool last;          /* "Panggilan terakhir" comes first */
};

/* Said as given, letter for letter: whoever sends it answers for what a loudspeaker may say
 * (never a NIK). It is in no log and no argument list, and zeroed once it is sound. */
struct voice_speak {
    int64_t request;
    const char *language; /* "id", "en", "bjn", "jv" */
    const char *text;     /* sentences; at most VOICE_TEXT_MAX bytes */
    bool interrupt;       /* what is being said and what waits is hushed first, calls aside */
};
enum { VOICE_TEXT_MAX = 4000 };

/* voice_hush carries nothing: silence now, and nothing waits. */

/* From now on, for this screen; the configuration's before it. */
struct voice_volume {
    int32_t percent; /* 0 to 100 */
};

/* As in desk_hello: whose evening the quiet hours begin with. WITA until it is told. */
struct voice_office {
    int32_t utc_offset; /* minutes */
};

/* --- the voice says ------------------------------------------------------------------- */

/* First message after dialling. */
struct voice_hello {
    int32_t protocol; /* VOICE_PROTOCOL; another value: hang up */
    bool speaks;      /* texts too, not calls alone: espeak-ng is installed */
};
enum { VOICE_PROTOCOL = 1 };

enum voice_result {
    VOICE_SAID,   /* to the end */
    VOICE_HUSHED, /* silenced before its end, or before it began */
    VOICE_QUIET,  /* a call in the quiet hours: it is on the screen alone */
    VOICE_BUSY,   /* too many wait already */
    VOICE_FAILED, /* no sound, or nothing that can say it; not a number, no such language */
};
struct voice_done {
    int64_t request;
    int32_t result; /* enum voice_result */
};

extern const struct wire_type voice_announce_type, voice_speak_type, voice_hush_type,
    voice_volume_type, voice_office_type;
extern const struct wire_type voice_hello_type, voice_done_type;
