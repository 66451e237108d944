#include "flow/turn.h"

#include <stdio.h>
#include <string.h>

#include "base/id.h"
#include "base/secret.h"
#include "base/text.h"

static void
go_fact(struct turn *turn, const char code[CODE_TEXT])
{
    struct flow *flow = turn->flow;
    text_copy(flow->status_code, CODE_TEXT, code);
    secret_zero(flow->status_fact, STATUS_DIGITS + 1);
    turn_go(turn, PLACE_STATUS_FACT);
}

static size_t
letters_in(const char *typed)
{
    size_t count = 0;
    for (; *typed != '\0'; typed++) {
        count += *typed != '-' && *typed != ' ';
    }
    return count;
}

static struct check
too_short(int64_t wanted, size_t have)
{
    return (struct check){.problem = PROBLEM_TOO_SHORT, .wanted = wanted, .have = (int64_t)have};
}

struct check
code_typed(const char *typed, char code[CODE_TEXT])
{
    size_t have = letters_in(typed);
    if (code_parse(typed, code)) {
        return (struct check){.problem = PROBLEM_NONE};
    }
    return have == 0               ? (struct check){.problem = PROBLEM_REQUIRED}
           : have < STATUS_LETTERS ? too_short(STATUS_LETTERS, have)
                                   : (struct check){.problem = PROBLEM_CHOICE};
}

static void
tracking_code_typed(struct turn *turn)
{
    char code[CODE_TEXT];
    struct check check = code_typed(turn->flow->status_code, code);
    if (check.problem == PROBLEM_NONE) {
        go_fact(turn, code);
    } else {
        turn_wrong(turn, check);
    }
}

static void
fact_typed(struct turn *turn)
{
    size_t have = strlen(turn->flow->status_fact);
    if (have == STATUS_DIGITS) {
        wait_for(turn, EFFECT_LOOKUP, ASK_STATUS);
    } else if (have == 0) {
        turn_wrong(turn, (struct check){.problem = PROBLEM_REQUIRED});
    } else {
        turn_wrong(turn, too_short(STATUS_DIGITS, have));
    }
}

static void
scanned(struct turn *turn)
{
    char code[CODE_TEXT];
    if (code_parse(turn->event->text, code)) {
        go_fact(turn, code);
    } else {
        turn_sound(turn, SOUND_ERROR);
    }
}

void
status_event(struct turn *turn)
{
    struct flow *flow = turn->flow;
    switch (turn->event->kind) {
    case FLOW_STATUS:
        turn_go(turn, PLACE_STATUS_CODE);
        break;
    case FLOW_SCAN:
        scanned(turn);
        break;
    case FLOW_SKIP: // a request that has neither phone nor NIK
        secret_zero(flow->status_fact, STATUS_DIGITS + 1);
        typing_caret_end(flow);
        wait_for(turn, EFFECT_LOOKUP, ASK_STATUS);
        break;
    case FLOW_NEXT:
        if (flow->place == PLACE_STATUS_CODE) {
            tracking_code_typed(turn);
        } else {
            fact_typed(turn);
        }
        break;
    default:
        break;
    }
}

void
status_answered(struct turn *turn)
{
    struct flow *flow = turn->flow;
    const struct flow_event *event = turn->event;
    if (!wait_answered(turn, EFFECT_LOOKUP, event->status.request)) {
        return;
    }
    const char *service = event->status.service, *reason = event->status.reason;
    flow->found->status = event->status.status;
    flow->found->minutes = event->status.minutes;
    text_copy(flow->found->service, sizeof flow->found->service, service != NULL ? service : "");
    text_copy(flow->found->reason, sizeof flow->found->reason, reason != NULL ? reason : "");
    text_copy(flow->found->since, sizeof flow->found->since,
              event->status.since != NULL ? event->status.since : "");
    flow->found->mends = event->status.mends < FLOW_MENDS ? event->status.mends : FLOW_MENDS;
    for (int i = 0; i < flow->found->mends; i++) {
        flow->found->mend[i] = event->status.mend[i];
    }
    turn_go(turn, PLACE_STATUS);
}
