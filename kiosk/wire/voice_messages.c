#include "wire/voice_messages.h"

#include "wire/table.h"

enum { NUMBER_MAX = 15, PLACE_MAX = 47, COUNTER_MAX = 9999, LANGUAGE_MAX = 3, VOLUME_MAX = 100 };

// Numbers are for ever: a message that goes leaves its number unused.

WIRE_TYPE(601, voice_announce, LARGE(voice_announce, request),
          TEXT(voice_announce, number, NUMBER_MAX), TEXT(voice_announce, place, PLACE_MAX),
          SMALL(voice_announce, counter, COUNTER_MAX), FLAG(voice_announce, last));
WIRE_TYPE(602, voice_speak, LARGE(voice_speak, request), TEXT(voice_speak, language, LANGUAGE_MAX),
          TEXT(voice_speak, text, VOICE_TEXT_MAX), FLAG(voice_speak, interrupt));
WIRE_SIGNAL(603, voice_hush);
WIRE_TYPE(604, voice_volume, SMALL(voice_volume, percent, VOLUME_MAX));
WIRE_TYPE(605, voice_office, ANY_SMALL(voice_office, utc_offset));

WIRE_TYPE(701, voice_hello, ANY_SMALL(voice_hello, protocol), FLAG(voice_hello, speaks));
WIRE_TYPE(702, voice_done, LARGE(voice_done, request), SMALL(voice_done, result, VOICE_FAILED));

static const struct wire_type *const to_voice[] = {
    &voice_announce_type, &voice_speak_type,  &voice_hush_type,
    &voice_volume_type,   &voice_office_type, NULL,
};
const wire_table screen_to_voice = to_voice;

static const struct wire_type *const to_screen[] = {&voice_hello_type, &voice_done_type, NULL};
const wire_table voice_to_screen = to_screen;
