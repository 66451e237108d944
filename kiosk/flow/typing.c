#include "flow/turn.h"

#include <string.h>

#include "base/id.h"
#include "base/secret.h"
#include "base/text.h"

enum { SEARCH_MAX = 40, TEXT_MAX = 500, NAME_MAX = 80 };

static void
field_of_question(const struct flow *flow, const struct question *question, struct field *field)
{
    *field = (struct field){.text = flow->draft, .room = ANSWER_BYTES, .digits = true};
    switch (question->type) {
    case QUESTION_NIK:
    case QUESTION_KK:
        field->max = 16;
        break;
    case QUESTION_NUMBER:
    case QUESTION_MONEY:
        field->max = 15;
        break;
    case QUESTION_PHONE:
        field->max = 16;
        field->plus = true;
        break;
    case QUESTION_DATE:
        field->max = 8;
        break;
    case QUESTION_TIME:
        field->max = 4;
        break;
    case QUESTION_RT:
        field->max = 3;
        break;
    case QUESTION_NAME:
        field->digits = false;
        field->max = question->max_length > 0 ? (size_t)question->max_length : NAME_MAX;
        break;
    case QUESTION_TEXT:
    case QUESTION_ADDRESS:
        field->digits = false;
        field->max = question->max_length > 0 ? (size_t)question->max_length : TEXT_MAX;
        break;
    case QUESTION_ONE:
    case QUESTION_MANY:
    case QUESTION_KELURAHAN:
    case QUESTION_YES_NO:
        field->text = flow_searches(flow) ? flow->search : NULL;
        field->digits = false;
        field->max = SEARCH_MAX;
        break;
    case QUESTION_ACKNOWLEDGE:
    case QUESTION_CONSENT:
    case QUESTION_REPEAT:
        field->text = NULL;
        break;
    }
}

bool
flow_searches(const struct flow *flow)
{
    const struct question *question = question_now(flow);
    if (question == NULL) {
        return flow->place == PLACE_OFFICE || place_is_long_group(flow);
    }
    return question->type == QUESTION_KELURAHAN ||
           (question->choices != NULL && question->choices->count > FLOW_LONG_LIST &&
            (question->type == QUESTION_ONE || question->type == QUESTION_MANY));
}

/* Where a code is typed: a payment's number, a booking's. */
static char *
code_of(const struct flow *flow)
{
    return flow->place == PLACE_PAY_CHECK      ? flow->bill->code
           : flow->place == PLACE_BOOKING_CODE ? flow->booking->code
           : flow->place == PLACE_STATUS_CODE  ? flow->status_code
                                               : NULL;
}

static bool
plain_field(const struct flow *flow, struct field *field)
{
    if (flow->place == PLACE_BILL_NOP) {
        *field = (struct field){
            .text = flow->bill->nop, .room = NOP_TEXT, .max = NOP_DIGITS, .digits = true};
    } else if (code_of(flow) != NULL) {
        *field = (struct field){.text = code_of(flow),
                                .room = CODE_TEXT,
                                .max = STATUS_LETTERS + 1, // and the dash
                                .letters_and_digits = true};
    }
    return field->text != NULL;
}

bool
field_of(const struct flow *flow, struct field *field)
{
    const struct question *question = question_now(flow);
    *field = (struct field){0};
    if (question != NULL) {
        field_of_question(flow, question, field);
    } else if (flow_searches(flow)) {
        *field = (struct field){.text = flow->search, .room = FLOW_DRAFT, .max = SEARCH_MAX};
    } else if (flow->place == PLACE_STATUS_FACT) {
        *field = (struct field){.text = flow->status_fact,
                                .room = STATUS_DIGITS + 1,
                                .max = STATUS_DIGITS,
                                .digits = true};
    }
    return field->text != NULL || plain_field(flow, field);
}

const char *
flow_field(const struct flow *flow)
{
    struct field field;
    return flow->memory != NULL && field_of(flow, &field) ? field.text : NULL;
}

void
typing_caret_end(struct flow *flow)
{
    struct field field;
    flow->caret = field_of(flow, &field) ? strlen(field.text) : 0;
}

void
typing_search_end(struct flow *flow)
{
    secret_zero(flow->search, FLOW_DRAFT);
    flow->layer &= FLOW_LAYER_KEPT;
    flow->page = 0;
    typing_caret_end(flow);
}

static bool
field_takes(const struct field *field, const struct flow *flow, uint32_t code)
{
    bool digit = code >= '0' && code <= '9';
    bool letter = (code >= 'A' && code <= 'Z') || (code >= 'a' && code <= 'z');
    if (field->digits) {
        return digit || (field->plus && code == '+' && flow->caret == 0 && field->text[0] != '+');
    }
    if (field->letters_and_digits) {
        return digit || letter || code == '-';
    }
    return !utf8_is_hidden(code);
}

static void
insert(struct turn *turn, const struct field *field, int64_t arg)
{
    struct flow *flow = turn->flow;
    char bytes[4];
    size_t added = arg > 0 && arg <= 0x10FFFF ? utf8_encode((uint32_t)arg, bytes) : 0;
    size_t len = strlen(field->text);
    if (added == 0 || !field_takes(field, flow, (uint32_t)arg) ||
        utf8_count(field->text) >= field->max || len + added >= field->room) {
        return;
    }
    memmove(field->text + flow->caret + added, field->text + flow->caret, len - flow->caret + 1);
    memcpy(field->text + flow->caret, bytes, added);
    flow->caret += added;
}

static void
erase(struct flow *flow, const struct field *field)
{
    size_t len = strlen(field->text);
    if (flow->caret > 0) {
        size_t start = utf8_before(field->text, flow->caret);
        size_t gone = flow->caret - start;
        memmove(field->text + start, field->text + flow->caret, len - flow->caret + 1);
        secret_zero(field->text + len - gone, gone);
        flow->caret = start;
    }
}

static size_t
offset_of(const char *text, int64_t index)
{
    size_t at = 0;
    for (; index > 0 && text[at] != '\0'; index--) {
        size_t len;
        utf8_at(text + at, &len);
        at += len;
    }
    return at;
}

static void
move(struct flow *flow, const struct field *field, const struct flow_event *event)
{
    size_t len = 0;
    if (event->kind == FLOW_CARET) {
        flow->caret = offset_of(field->text, event->arg);
    } else if (event->kind == FLOW_CARET_LEFT && flow->caret > 0) {
        flow->caret = utf8_before(field->text, flow->caret);
    } else if (event->kind == FLOW_CARET_RIGHT) {
        utf8_at(field->text + flow->caret, &len);
        flow->caret += len;
    }
}

/* Another text: what was said about the old one no longer holds. */
static void
changed(struct flow *flow, const struct field *field)
{
    flow->check = (struct check){0};
    if (field->text == flow->search) {
        flow->page = 0;
    }
}

void
typing_event(struct turn *turn)
{
    struct flow *flow = turn->flow;
    const struct flow_event *event = turn->event;
    struct field field;
    if (event->kind == FLOW_LAYER) {
        flow->layer = event->arg >= 0 && event->arg < FLOW_LAYERS ? (int)event->arg : 0;
        return;
    }
    if (!field_of(flow, &field)) {
        return;
    }
    switch (event->kind) {
    case FLOW_TYPE:
        insert(turn, &field, event->arg);
        changed(flow, &field);
        break;
    case FLOW_ERASE:
        erase(flow, &field);
        changed(flow, &field);
        break;
    case FLOW_CLEAR:
        secret_zero(field.text, strlen(field.text));
        flow->caret = 0;
        changed(flow, &field);
        break;
    default:
        move(flow, &field, event);
        break;
    }
}

bool
typing_takes_scan(const struct flow *flow)
{
    const struct question *question = question_now(flow);
    return flow->place == PLACE_HOME || flow->place == PLACE_STATUS_CODE ||
           flow->place == PLACE_QUEUES || flow->place == PLACE_BOOKING_CODE ||
           (question != NULL && (question->type == QUESTION_NIK || question->type == QUESTION_KK));
}

/* A number as cards and phones show it, "6472.0341.1198.1111": its digits alone. */
static void
scan_number(struct turn *turn)
{
    struct flow *flow = turn->flow;
    struct text out = text_over(flow->scratch, FLOW_DRAFT);
    bool odd = false;
    for (const char *at = turn->event->text; *at != '\0'; at++) {
        if (*at >= '0' && *at <= '9') {
            text_add_bytes(&out, at, 1);
        } else {
            odd = odd || strchr(" .-", *at) == NULL;
        }
    }
    if (odd || out.len != 16) {
        turn_sound(turn, SOUND_ERROR);
    } else {
        text_copy(flow->draft, FLOW_DRAFT, flow->scratch);
        flow->check = (struct check){0};
        typing_caret_end(flow);
    }
    secret_zero(flow->scratch, FLOW_DRAFT);
}

void
typing_scan(struct turn *turn)
{
    if (turn->event->text == NULL) {
        return;
    }
    enum place place = turn->flow->place;
    bool booking = turn->event->arg == SCAN_BOOKING;
    if (question_now(turn->flow) != NULL) {
        scan_number(turn);
    } else if (place == PLACE_BOOKING_CODE || (booking && place != PLACE_STATUS_CODE)) {
        booking_scanned(turn);
    } else if (booking || place == PLACE_QUEUES) {
        turn_sound(turn, SOUND_ERROR);
    } else {
        status_event(turn);
    }
}
