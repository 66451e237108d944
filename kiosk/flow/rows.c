#include "flow/turn.h"

#include <stdio.h>

#include "base/secret.h"
#include "base/text.h"

const struct question *
rows_now(const struct flow *flow)
{
    const struct question *question = question_now(flow);
    return question != NULL && question->type == QUESTION_REPEAT ? question : NULL;
}

static void
set_rows(struct flow *flow, const struct question *repeat, int rows)
{
    char number[12];
    snprintf(number, sizeof number, "%d", rows);
    answers_set(flow->answers, repeat->name, number);
    text_copy(flow->draft, FLOW_DRAFT, number);
    question_unseal(flow);
}

static void
open_row(struct turn *turn, const struct question *repeat, int row)
{
    turn->flow->in_row = true;
    question_open(turn, (struct spot){repeat->first, row});
}

/* The answers, and what was begun, of one row into another; of row 0 nothing. */
static void
copy_row(struct flow *flow, struct answers *answers, const struct question *repeat, int from,
         int to)
{
    for (int i = repeat->first; i < flow->spot.question; i++) {
        char key[SPOT_KEY];
        const char *name = flow->service->questions[i].name;
        const char *value = from > 0 ? answers_get(answers, spot_key(name, from, key)) : NULL;
        text_copy(flow->scratch, FLOW_DRAFT, value != NULL ? value : "");
        answers_set(answers, spot_key(name, to, key), value != NULL ? flow->scratch : NULL);
    }
    secret_zero(flow->scratch, FLOW_DRAFT);
}

static void
remove_row(struct flow *flow, const struct question *repeat, int row)
{
    int rows = spot_rows(repeat, flow->answers);
    for (; row <= rows; row++) {
        copy_row(flow, flow->answers, repeat, row < rows ? row + 1 : 0, row);
        copy_row(flow, flow->drafts, repeat, row < rows ? row + 1 : 0, row);
    }
    set_rows(flow, repeat, rows - 1);
}

void
rows_event(struct turn *turn)
{
    struct flow *flow = turn->flow;
    const struct question *repeat = rows_now(flow);
    int rows = spot_rows(repeat, flow->answers), row = (int)turn->event->arg;
    int asked = flow->removing;
    flow->removing = 0;
    flow->check = (struct check){0};
    switch (turn->event->kind) {
    case FLOW_ROW_ADD:
        if (rows < repeat->max) {
            set_rows(flow, repeat, rows + 1);
            open_row(turn, repeat, rows + 1);
        }
        break;
    case FLOW_ROW_EDIT:
        open_row(turn, repeat, row);
        break;
    case FLOW_ROW_REMOVE:
        if (rows > repeat->min && asked == row) {
            remove_row(flow, repeat, row);
        } else if (rows > repeat->min) {
            flow->removing = row; // what was typed in it goes only when pressed again
        }
        break;
    default:
        break;
    }
}
