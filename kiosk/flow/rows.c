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

/* False when the memory is full. */
static bool
set_rows(struct flow *flow, const struct question *repeat, int rows)
{
    char number[12];
    snprintf(number, sizeof number, "%d", rows);
    question_unseal(flow);
    return answers_set(flow->answers, repeat->name, number);
}

static void
open_row(struct turn *turn, const struct question *repeat, int row)
{
    turn->flow->in_row = true;
    question_open(turn, (struct spot){repeat->first, row});
}

/* The answers of one question, or what was begun: those of later rows move up. */
static void
close_up(struct answers *answers, const char *name, int row, int rows)
{
    char from[SPOT_KEY], to[SPOT_KEY];
    answers_set(answers, spot_key(name, row, to), NULL);
    for (; row < rows; row++) {
        answers_move(answers, spot_key(name, row + 1, from), spot_key(name, row, to));
    }
}

static void
remove_row(struct flow *flow, const struct question *repeat, int row)
{
    const struct question *questions = flow->service->questions;
    int rows = spot_rows(repeat, flow->answers);
    for (const struct question *question = &questions[repeat->first]; question < repeat;
         question++) {
        char mark[SPOT_KEY];
        close_up(flow->answers, question->name, row, rows);
        close_up(flow->answers, spot_mark(question->name, mark), row, rows);
        close_up(flow->drafts, question->name, row, rows);
    }
    set_rows(flow, repeat, rows - 1);
}

/* Nothing was answered in it, and nothing begun. */
static bool
is_empty(const struct flow *flow, const struct question *repeat, int row)
{
    const struct question *questions = flow->service->questions;
    char key[SPOT_KEY];
    for (const struct question *question = &questions[repeat->first]; question < repeat;
         question++) {
        spot_key(question->name, row, key);
        if (answers_get(flow->answers, key) != NULL || answers_get(flow->drafts, key) != NULL) {
            return false;
        }
    }
    return true;
}

void
rows_leave(struct turn *turn)
{
    struct flow *flow = turn->flow;
    int index = flow->service->questions[flow->spot.question].repeat;
    const struct question *repeat = &flow->service->questions[index];
    int rows = spot_rows(repeat, flow->answers);
    if (flow->spot.row == rows && rows > repeat->min && is_empty(flow, repeat, rows)) {
        set_rows(flow, repeat, rows - 1);
    }
    question_open(turn, (struct spot){index, 0});
}

static void
add_row(struct turn *turn, const struct question *repeat, int rows)
{
    if (rows == repeat->max) {
        return;
    }
    if (set_rows(turn->flow, repeat, rows + 1)) {
        open_row(turn, repeat, rows + 1);
    } else {
        turn_wrong(turn, (struct check){.problem = PROBLEM_TOO_BIG, .wanted = rows});
    }
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
        add_row(turn, repeat, rows);
        break;
    case FLOW_ROW_EDIT:
        open_row(turn, repeat, row);
        break;
    case FLOW_ROW_REMOVE:
        if (rows > repeat->min && row > 0 && asked == row) {
            int page = flow->page;
            remove_row(flow, repeat, row);
            question_open(turn, flow->spot);
            flow->page = page; // where the finger is
        } else if (rows > repeat->min) {
            flow->removing = row; // what was typed in it goes only when it is pressed again
        }
        break;
    default:
        break;
    }
}
