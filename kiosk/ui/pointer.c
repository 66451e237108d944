#include "ui/pointer.h"

#include <stdlib.h>

#include "ui/field.h"

static const struct press nothing;

void
pointer_init(struct pointer *pointer)
{
    *pointer = (struct pointer){
        .next_repeat = INT64_MAX, .touched = INT64_MIN / 2, .last_fire = INT64_MIN / 2};
}

static struct press
let_go(struct pointer *pointer)
{
    struct press press = nothing;
    if (pointer->held) {
        press = (struct press){pointer->action, pointer->release_arg, pointer->id};
    }
    pointer->armed = pointer->held = pointer->repeated = false;
    pointer->id = 0;
    pointer->next_repeat = INT64_MAX;
    return press;
}

static bool
can_press(const struct node *node)
{
    return node->action != 0 && !(node->flags & NODE_DISABLED);
}

/* The one on top: later nodes are drawn over earlier ones. */
static const struct node *
node_under(const struct ui *ui, int x, int y)
{
    for (size_t i = ui->count; i-- > 0;) {
        if (can_press(&ui->nodes[i]) && rect_has(ui->nodes[i].rect, x, y)) {
            return &ui->nodes[i];
        }
    }
    return NULL;
}

/* A trembling finger may leave by less than half of the gap between two targets. */
static bool
still_inside(const struct ui *ui, uint32_t id, int x, int y)
{
    const struct node *node = ui_node(ui, id);
    int slip = ui_mm(ui, 1.2);
    return node && can_press(node) && rect_has(rect_inset(node->rect, -slip, -slip), x, y);
}

/* --- fingers ------------------------------------------------------------------ */

static void
fingers_forget_stale(struct pointer *pointer, int64_t now)
{
    for (int i = 0; i < POINTER_FINGERS; i++) {
        if (now - pointer->fingers[i].seen > POINTER_STALE) {
            pointer->fingers[i].down = false;
        }
    }
}

static struct pointer_finger *
finger_slot(struct pointer *pointer, int64_t finger)
{
    struct pointer_finger *free_slot = NULL;
    for (int i = 0; i < POINTER_FINGERS; i++) {
        struct pointer_finger *slot = &pointer->fingers[i];
        if (slot->down && slot->finger == finger) {
            return slot;
        }
        if (!slot->down && !free_slot) {
            free_slot = slot;
        }
    }
    return free_slot ? free_slot : &pointer->fingers[0];
}

static int
fingers_down(const struct pointer *pointer)
{
    int count = 0;
    for (int i = 0; i < POINTER_FINGERS; i++) {
        count += pointer->fingers[i].down;
    }
    return count;
}

static void
finger_note(struct pointer *pointer, const struct input *input, bool down)
{
    struct pointer_finger *slot = finger_slot(pointer, input->finger);
    if (slot->down || down) {
        *slot = (struct pointer_finger){input->finger, input->now, down};
    }
}

/* The mouse's copy of a touch. Where the copy came first, the finger takes its place. */
static bool
is_echo(struct pointer *pointer, const struct input *input)
{
    struct pointer_finger *mouse = finger_slot(pointer, 0);
    bool mouse_down = mouse->down && mouse->finger == 0;
    if (input->finger == 0) {
        return !mouse_down && input->now - pointer->touched < POINTER_ECHO;
    }
    pointer->touched = input->now;
    if (mouse_down && input->kind == INPUT_DOWN) {
        mouse->down = false;
    }
    return false;
}

/* --- touches ------------------------------------------------------------------ */

/* The second half of a double tap whose first half changed the screen. */
static bool
is_bounce(const struct pointer *pointer, const struct ui *ui, const struct input *input)
{
    int near = ui_mm(ui, 8.0);
    return pointer->left && input->now - pointer->last_fire < POINTER_BOUNCE &&
           abs(input->x - pointer->last_x) <= near && abs(input->y - pointer->last_y) <= near;
}

static struct press
arm(struct pointer *pointer, const struct node *node, int64_t now)
{
    pointer->armed = true;
    pointer->id = node->id;
    pointer->repeated = false;
    pointer->next_repeat = node->flags & NODE_REPEAT ? now + POINTER_FIRST_REPEAT : INT64_MAX;
    if (!(node->flags & NODE_HOLD)) {
        return nothing;
    }
    pointer->held = true;
    pointer->action = node->action;
    pointer->release_arg = node->release_arg;
    return (struct press){node->action, node->arg, node->id};
}

static struct press
down(struct pointer *pointer, const struct ui *ui, const struct input *input)
{
    fingers_forget_stale(pointer, input->now);
    finger_note(pointer, input, true);
    pointer->focus = 0; // the tactile keys are not in use
    struct press press = let_go(pointer);
    if (fingers_down(pointer) > 1 || is_bounce(pointer, ui, input)) {
        return press;
    }
    const struct node *node = node_under(ui, input->x, input->y);
    if (!node || press.id != 0) { // a lost "up" of a held node is told first
        return press;
    }
    pointer->finger = input->finger;
    return arm(pointer, node, input->now);
}

static struct press
fire(struct pointer *pointer, const struct ui *ui, const struct node *node,
     const struct input *input)
{
    pointer->last_fire = input->now;
    pointer->last_x = input->x;
    pointer->last_y = input->y;
    pointer->left = false;
    bool caret = (node->flags & NODE_CARET) != 0;
    int64_t arg = caret ? field_place(ui, input->x, input->y) : node->arg;
    return (struct press){node->action, arg, node->id};
}

static struct press
up(struct pointer *pointer, const struct ui *ui, const struct input *input)
{
    finger_note(pointer, input, false);
    if (!pointer->armed || input->finger != pointer->finger) {
        return nothing;
    }
    uint32_t id = pointer->id;
    bool spent = pointer->held || pointer->repeated;
    struct press press = let_go(pointer);
    if (spent || !still_inside(ui, id, input->x, input->y)) {
        return press;
    }
    return fire(pointer, ui, ui_node(ui, id), input);
}

static struct press
move(struct pointer *pointer, const struct ui *ui, const struct input *input)
{
    finger_note(pointer, input, finger_slot(pointer, input->finger)->down);
    if (!pointer->armed || input->finger != pointer->finger ||
        still_inside(ui, pointer->id, input->x, input->y)) {
        return nothing;
    }
    return let_go(pointer);
}

static struct press
cancel(struct pointer *pointer)
{
    for (int i = 0; i < POINTER_FINGERS; i++) {
        pointer->fingers[i].down = false;
    }
    return let_go(pointer);
}

/* --- tactile keys ------------------------------------------------------------- */

static size_t
focus_index(const struct pointer *pointer, const struct ui *ui)
{
    for (size_t i = 0; i < ui->count; i++) {
        if (pointer->focus != 0 && ui->nodes[i].id == pointer->focus) {
            return i;
        }
    }
    return ui->count;
}

static void
focus_move(struct pointer *pointer, const struct ui *ui, int step)
{
    size_t at = focus_index(pointer, ui), count = ui->count;
    if (at == count) { // nothing yet: the first going on, the last going back
        at = step > 0 ? count - 1 : 0;
    }
    for (size_t tries = 0; tries < count; tries++) {
        at = (at + count + (size_t)step) % count;
        // A field takes what is typed anyway, and the arrows move its caret.
        if (can_press(&ui->nodes[at]) && !(ui->nodes[at].flags & NODE_CARET)) {
            pointer->focus = ui->nodes[at].id;
            return;
        }
    }
}

/* A key cannot be felt as held by everyone: it switches a held node on and off. */
static struct press
focus_press(struct pointer *pointer, const struct ui *ui)
{
    size_t at = focus_index(pointer, ui);
    bool was_held = pointer->held && pointer->id == pointer->focus;
    struct press press = let_go(pointer);
    if (was_held || press.id != 0 || at == ui->count || !can_press(&ui->nodes[at])) {
        return press;
    }
    const struct node *node = &ui->nodes[at];
    if (node->flags & NODE_HOLD) {
        press = arm(pointer, node, 0);
        pointer->finger = -1;
        return press;
    }
    return (struct press){node->action, node->arg, node->id};
}

struct press
pointer_input(struct pointer *pointer, const struct ui *ui, const struct input *input)
{
    if (input->kind <= INPUT_UP && is_echo(pointer, input)) {
        return nothing;
    }
    switch (input->kind) {
    case INPUT_DOWN:
        return down(pointer, ui, input);
    case INPUT_MOVE:
        return move(pointer, ui, input);
    case INPUT_UP:
        return up(pointer, ui, input);
    case INPUT_CANCEL:
        return cancel(pointer);
    case INPUT_KEY_NEXT:
        focus_move(pointer, ui, 1);
        return nothing;
    case INPUT_KEY_PREVIOUS:
        focus_move(pointer, ui, -1);
        return nothing;
    case INPUT_KEY_PRESS:
        return focus_press(pointer, ui);
    }
    return nothing;
}

struct press
pointer_tick(struct pointer *pointer, const struct ui *ui, int64_t now)
{
    if (now < pointer->next_repeat) {
        return nothing;
    }
    const struct node *node = ui_node(ui, pointer->id);
    if (!node || !can_press(node)) {
        return let_go(pointer);
    }
    pointer->repeated = true;
    pointer->next_repeat = now + POINTER_REPEAT;
    return (struct press){node->action, node->arg, node->id};
}

int64_t
pointer_deadline(const struct pointer *pointer)
{
    return pointer->next_repeat;
}

struct press
pointer_leave(struct pointer *pointer)
{
    pointer->left = true;
    pointer->focus = 0;
    return let_go(pointer);
}
