/* Inside face only: what the parts of the loop share. */
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include "base/id.h"
#include "face/face.h"
#include "face/facts.h"
#include "face/lookup.h"
#include "face/nodes.h"
#include "base/notify.h"
#include "face/scanner.h"
#include "face/submission.h"
#include "face/tally.h"
#include "flow/flow.h"
#include "platform/platform.h"
#include "ui/pointer.h"
#include "ui/theme.h"
#include "ui/ui.h"

/* In secret memory, for the life of the face; each part is zeroed by itself. */
struct private
{
    struct scanner scanner;
    struct lookup lookup;
    struct tally tally;
    char counts[TALLY_COUNTS];
    char document[SUBMISSION_DOCUMENT];
};

struct face {
    struct face_parts parts;
    struct flow flow;
    struct facts facts;
    struct secret *memory; // owned, holds `private`
    struct private *private;
    struct submission submission; // sealed: nothing to hide
    struct catalogue *catalogue;  // owned; the flow's
    struct catalogue *waiting;    // owned; to adopt between visits, or NULL
    uint8_t portal_key[SEAL_KEY], sign_key[SIGN_PUBLIC];
    bool has_portal_key, has_sign_key;

    // the screen
    struct ui ui;
    struct pointer pointer;
    struct panel panel;
    struct theme day, contrast;
    struct draw_list *lists[2]; // owned; this frame and the last
    int turn;
    bool stale;   // something changed since the last frame
    bool repaint; // and every pixel with it
    struct nodes nodes;

    // the desk
    struct link *link; // owned; NULL: not dialled in
    int64_t door_rest; // monotonic: the listener is not asked before
    bool greeted;
    int letters; // as the desk knows them, for this visit's slips
    int64_t visit_began;
    char wish[UUID_TEXT]; // for a number; told again to a desk that came back
    int64_t wish_request;

    struct notify notify;
    bool ending;
};

/* frame.c */
bool frame_init(struct face *face);
void frame_resize(struct face *face); /* the picture was lost: all of it, at its size now */
void frame_draw(struct face *face);
void frame_blank(struct face *face);
void frame_forget(struct face *face); /* no pixel, node or string of the visit stays */
void frame_free(struct face *face);

/* effects.c: one step of the flow and what it asks for */
void effects_step(struct face *face, struct flow_event event);
/* A look-up that nobody answers: enum lookup_result, in the words of what was asked. */
void effects_unanswered(struct face *face, const struct flow_effect *look_up, int result);
/* The screen changed under the finger: it must not press the new one. */
void effects_world(struct face *face, enum flow_event_kind kind);

/* input.c */
void input_drain(struct face *face);
void input_tick(struct face *face);

/* desk_client.c */
void desk_accept(struct face *face);
void desk_read(struct face *face);
void desk_write(struct face *face);
void desk_hang_up(struct face *face);
