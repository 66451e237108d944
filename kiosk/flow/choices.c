#include "flow/turn.h"

#include "base/secret.h"
#include "base/text.h"
#include "form/chosen.h"

/* Put one of many in or out; the names keep the order of the list. */
static void
toggle(struct flow *flow, const struct choices *choices, int64_t index)
{
    struct text out = text_over(flow->scratch, FLOW_DRAFT);
    for (size_t i = 0; i < choices->count; i++) {
        const char *name = choices->list[i].name;
        if (chosen_has(flow->draft, name) != ((int64_t)i == index)) {
            text_add(&out, out.len > 0 ? " " : "");
            text_add(&out, name);
        }
    }
    if (!out.cut) {
        text_copy(flow->draft, FLOW_DRAFT, flow->scratch);
    }
    secret_zero(flow->scratch, FLOW_DRAFT);
}

static void
choose_kelurahan(struct flow *flow, int64_t index)
{
    const struct kelurahan *list;
    if (index < (int64_t)catalogue_kelurahan(flow->catalogue, &list)) {
        text_copy(flow->draft, FLOW_DRAFT, list[index].code);
    }
}

static void
choose(struct flow *flow, int64_t index)
{
    const struct question *question = question_now(flow);
    const struct choices *choices = question->choices;
    bool listed = choices != NULL && index < (int64_t)choices->count;
    if (question->type == QUESTION_ONE && listed) {
        text_copy(flow->draft, FLOW_DRAFT, choices->list[index].name);
    } else if (question->type == QUESTION_MANY && listed) {
        toggle(flow, choices, index);
    } else if (question->type == QUESTION_ACKNOWLEDGE) {
        text_copy(flow->draft, FLOW_DRAFT, flow->draft[0] == '\0' ? "yes" : "");
    } else if ((question->type == QUESTION_YES_NO || question->type == QUESTION_CONSENT) &&
               index < 2) {
        text_copy(flow->draft, FLOW_DRAFT, index == 0 ? "yes" : "no");
    } else if (question->type == QUESTION_KELURAHAN) {
        choose_kelurahan(flow, index);
    }
}

void
choice_event(struct turn *turn)
{
    struct flow *flow = turn->flow;
    int64_t index = turn->event->arg;
    flow->check = (struct check){0};
    if (turn->event->kind == FLOW_OFFICE) {
        const struct kelurahan *list;
        catalogue_kelurahan(flow->catalogue, &list);
        if (flow->office != &list[index]) {
            question_unseal(flow);
        }
        flow->office = &list[index];
    } else if (index >= 0) {
        choose(flow, index);
    }
}
