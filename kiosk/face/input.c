#include "face/inside.h"

#include <string.h>
#include <strings.h>

#include "base/clock.h"
#include "base/secret.h"
#include "base/text.h"
#include "face/verify.h"
#include "seal/token.h"

static void
step(struct face *face, enum flow_event_kind kind, int64_t arg, int64_t now)
{
    effects_step(face, (struct flow_event){.kind = kind, .arg = arg, .now = now});
}

/* The same for what only goes on: a key or a finger that stays down, or a letter whose hand
 * was told of when it came. */
static void
go_on(struct face *face, enum flow_event_kind kind, int64_t arg, int64_t now)
{
    effects_step(face, (struct flow_event){.kind = kind, .arg = arg, .now = now, .held = true});
}

/* Somebody is there, if it is not what lies on the keys: a jammed key, or a scanner that has
 * run away, must not keep a visit open whose resident has left. */
static void
touch(struct face *face, bool held, int64_t now)
{
    if (!held && !scanner_runs_away(&face->private->scanner)) {
        step(face, FLOW_TOUCH, 0, now);
    }
}

/* A press becomes the event its node carries; the next touch meets the new screen. */
static void
pressed(struct face *face, struct press press, int64_t now)
{
    if (press.id != 0 && press.action != FLOW_NOTHING) {
        step(face, (enum flow_event_kind)press.action, press.arg, now);
        frame_draw(face);
    }
}

/* What a finger that stays down says again. */
static void
repeated(struct face *face, struct press press, int64_t now)
{
    if (press.id != 0 && press.action != FLOW_NOTHING) {
        go_on(face, (enum flow_event_kind)press.action, press.arg, now);
        frame_draw(face);
    }
}

static void
pointed(struct face *face, const struct input *input)
{
    struct pointer before = face->pointer;
    if (input->kind <= INPUT_UP && input->kind != INPUT_MOVE) { // a hand; of a key it is told
        enum place place = face->flow.place;
        step(face, FLOW_TOUCH, 0, input->now);
        if (face->flow.place != place) {
            return; // it woke the kiosk, and presses nothing
        }
    }
    pressed(face, pointer_input(&face->pointer, &face->ui, input), input->now);
    if (before.armed != face->pointer.armed || before.id != face->pointer.id ||
        before.focus != face->pointer.focus) {
        face->stale = true;
    }
}

static void
point_key(struct face *face, enum input_kind kind, int64_t now)
{
    pointed(face, &(struct input){.kind = kind, .now = now});
}

/* The code of a booking's QR, "antrean:CODE" (the contract's BookingQuery); NULL: it is none. */
static const char *
booking_code(const char *text)
{
    static const char before[] = "antrean:";
    return strncasecmp(text, before, strlen(before)) == 0 ? text + strlen(before) : NULL;
}

/* The code inside a slip's QR, "https://portal/t/#TOKEN"; other scans as they are. */
static void
scanned(struct face *face, const char *text, int64_t now)
{
    enum place place = face->flow.place;
    if (place == PLACE_VERIFY || place == PLACE_VERIFIED) {
        struct flow_verified verified = verify_scan(text, face->flow.catalogue);
        effects_step(face,
                     (struct flow_event){
                         .kind = FLOW_VERIFIED, .now = now, .held = true, .verified = &verified});
        return;
    }
    struct token token;
    uint8_t payload[TOKEN_PAYLOAD], signature[SIGNATURE];
    static const char before[] = "/t/#";
    const char *at = strstr(text, before);
    bool slip = at != NULL && token_parse(at + strlen(before), &token, payload, signature);
    const char *booking = booking_code(text);
    effects_step(face, (struct flow_event){.kind = FLOW_SCAN,
                                           .arg = booking != NULL ? SCAN_BOOKING : SCAN_ANY,
                                           .now = now,
                                           .held = true,
                                           .text = booking != NULL ? booking
                                                   : slip          ? token.code
                                                                   : text});
}

static void
typed(struct face *face, const char *text, int64_t now)
{
    size_t len;
    for (uint32_t code; (code = utf8_at(text, &len)) != 0; text += len) {
        go_on(face, FLOW_TYPE, code, now);
    }
}

static void
give(struct face *face, enum scanned kind, int64_t now)
{
    struct scanner *scanner = &face->private->scanner;
    if (kind == SCANNED_SCAN) {
        scanned(face, scanner->out, now);
    } else if (kind == SCANNED_TYPING) {
        typed(face, scanner->out, now);
    }
    secret_zero(scanner->out, sizeof scanner->out);
}

static void
letters(struct face *face, const char *text, bool held, int64_t now)
{
    size_t len;
    touch(face, held, now);
    for (uint32_t code; (code = utf8_at(text, &len)) != 0; text += len) {
        give(face, scanner_letter(&face->private->scanner, code, now), now);
    }
}

static void
arrow(struct face *face, enum platform_key key, int64_t now)
{
    bool field = flow_field(&face->flow) != NULL && face->flow.cover == COVER_NONE;
    bool back = key == PLATFORM_KEY_LEFT || key == PLATFORM_KEY_UP;
    if (field && (key == PLATFORM_KEY_LEFT || key == PLATFORM_KEY_RIGHT)) {
        go_on(face, back ? FLOW_CARET_LEFT : FLOW_CARET_RIGHT, 0, now);
    } else {
        point_key(face, back ? INPUT_KEY_PREVIOUS : INPUT_KEY_NEXT, now);
    }
}

static void
key(struct face *face, enum platform_key key, bool held, int64_t now)
{
    if (key == PLATFORM_KEY_OTHER) { // a letter's key, whose text follows, or a Shift before it
        touch(face, held, now);
        return;
    }
    enum scanned ended = scanner_end(&face->private->scanner);
    bool scan = face->private->scanner.was_burst;
    give(face, ended, now);
    if (scan && (key == PLATFORM_KEY_ENTER || key == PLATFORM_KEY_TAB)) {
        return; // the scanner's own full stop
    }
    touch(face, held, now);
    switch (key) {
    case PLATFORM_KEY_ENTER:
        if (face->pointer.focus != 0) {
            point_key(face, INPUT_KEY_PRESS, now);
        } else {
            step(face, FLOW_NEXT, 0, now);
        }
        break;
    case PLATFORM_KEY_BACKTAB:
        point_key(face, INPUT_KEY_PREVIOUS, now);
        break;
    case PLATFORM_KEY_TAB:
        point_key(face, INPUT_KEY_NEXT, now);
        break;
    case PLATFORM_KEY_BACKSPACE:
        go_on(face, FLOW_ERASE, 0, now);
        break;
    case PLATFORM_KEY_LEFT:
    case PLATFORM_KEY_RIGHT:
    case PLATFORM_KEY_UP:
    case PLATFORM_KEY_DOWN:
        arrow(face, key, now);
        break;
    case PLATFORM_KEY_ESCAPE:
        step(face, FLOW_BACK, 0, now);
        break;
    case PLATFORM_KEY_HOME:
        step(face, FLOW_HOME, 0, now);
        break;
    case PLATFORM_KEY_HELP:
        step(face, FLOW_COVER, COVER_HELP, now);
        break;
    case PLATFORM_KEY_OTHER:
        break;
    }
}

void
input_drain(struct face *face)
{
    for (;;) {
        struct platform_event event = platform_next(face->parts.platform);
        switch (event.kind) {
        case PLATFORM_NONE:
            return;
        case PLATFORM_INPUT:
            pointed(face, &event.input);
            break;
        case PLATFORM_TEXT:
            letters(face, event.text, event.held, event.now);
            secret_zero(event.text, sizeof event.text);
            break;
        case PLATFORM_KEY:
            key(face, event.key, event.held, event.now);
            break;
        case PLATFORM_QUIT:
            face->ending = face->ending || face->parts.window;
            break;
        case PLATFORM_EXPOSED:
            frame_resize(face);
            break;
        }
    }
}

void
input_tick(struct face *face)
{
    int64_t now = clock_monotonic();
    give(face, scanner_tick(&face->private->scanner, now), now);
    if (pointer_deadline(&face->pointer) <= now) {
        face->stale = true;
        repeated(face, pointer_tick(&face->pointer, &face->ui, now), now);
    }
}
