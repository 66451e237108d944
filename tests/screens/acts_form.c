#include "acts.h"

#include <string.h>

#include "base/text.h"
#include "ui/keyboard.h"

enum { LONGEST = 320 }; // bytes of an answer in free words

/* As long as the rules let it be. */
static const char long_name[] = "H. MUHAMMAD ABDUL MU'IN NURSYAHBANI-KATJASUNGKANA, S.Pd.I";
static const char long_line[] =
    "Warung makan dan katering Bu Hj. Siti Nur'aini Rahmawati, pasar subuh, depan masjid raya, "
    "sejak pagi sampai malam ";

void
act_group(struct stage *stage, const struct scene *scene)
{
    stage_press(stage, FLOW_GROUP, scene->a);
    if (scene->text != NULL) {
        stage_press(stage, FLOW_LAYER, LAYER_OPEN); // "Cari"
        stage_type(stage, scene->text);
    }
}

void
act_service(struct stage *stage, const struct scene *scene)
{
    stage->facts.online = scene->b == 0;
    stage_press(stage, FLOW_SERVICE, scene->a);
    if (scene->c > 0) { // the list of what to bring, and what became of its paper
        stage_press(stage, FLOW_CHECKLIST, 0);
        stage_step(stage, (struct flow_event){.kind = FLOW_PRINT_STATE,
                                              .print = {stage->flow.list.request,
                                                        (scene->c - 1) & 15, (scene->c - 1) >> 4}});
    }
}

void
act_office(struct stage *stage, const struct scene *scene)
{
    if (scene->b) {
        stage->flow.home_office = "6472020000";
        stage->flow.serves = "6472021001 6472021002 6472021003 6472021009 6472021010 6472021011";
        stage->flow.office = NULL;
    }
    stage_press(stage, FLOW_SERVICE, scene->a);
    stage_press(stage, FLOW_NEXT, 0);
    stage_type(stage, scene->text);
    if (scene->b == 2) { // none was chosen
        stage_press(stage, FLOW_NEXT, 0);
    }
}

/* What stands in every field of a type; NULL: by the question. */
static const char *const usual[] = {
    [QUESTION_NIK] = "6472031708900001",
    [QUESTION_KK] = "6472031203150007",
    [QUESTION_NUMBER] = "100",
    [QUESTION_MONEY] = "1000000000",
    [QUESTION_PHONE] = "+6281255048488",
    [QUESTION_DATE] = "2026-09-30",
    [QUESTION_TIME] = "08.30",
    [QUESTION_ACKNOWLEDGE] = "yes",
    [QUESTION_CONSENT] = "yes",
    [QUESTION_RT] = "014",
    [QUESTION_KELURAHAN] = "6472081002",
    [QUESTION_NAME] = long_name,
    [QUESTION_REPEAT] = "1",
};

/* Answers that make every branch of the forms relevant: a lost or a damaged card, a
 * complaint about lights or about a bribe, with and without a name. */
static void
answer(const struct question *question, int branch, struct text *out)
{
    const struct choices *choices = question->choices;
    bool unnamed = strcmp(question->name, "anonim") == 0;
    switch (question->type) {
    case QUESTION_ONE:
        text_add(out, choices->list[branch % (int)choices->count].name);
        break;
    case QUESTION_MANY:
        for (size_t k = 0; k < choices->count; k++) {
            text_addf(out, "%s%s", k > 0 ? " " : "", choices->list[k].name);
        }
        break;
    case QUESTION_YES_NO:
        text_add(out, branch == (unnamed ? 1 : 0) ? "yes" : "no");
        break;
    default: {
        size_t wanted = question->max_length > 0 ? (size_t)question->max_length : 60;
        while (out->len < wanted && out->len < LONGEST) {
            size_t room = wanted - out->len;
            text_add_bytes(out, long_line, room < strlen(long_line) ? room : strlen(long_line));
        }
        break;
    }
    }
}

static void
answer_all(struct stage *stage, int branch)
{
    const struct service *form = stage->flow.service;
    for (size_t i = 0; i < form->question_count; i++) {
        const struct question *question = &form->questions[i];
        char value[600];
        struct text out = text_over(value, sizeof value);
        if (usual[question->type] != NULL) {
            text_add(&out, usual[question->type]);
        } else {
            answer(question, branch, &out);
        }
        char key[SPOT_KEY];
        bool inside = question->repeat >= 0;
        int64_t least = inside ? form->questions[question->repeat].min : 0;
        int last = inside && least == 0 ? 1 : (int)least;
        for (int row = inside ? 1 : 0; row <= last; row++) {
            answers_set(stage->flow.answers, spot_key(question->name, row, key), value);
        }
    }
}

static void
open_form(struct stage *stage, int index, int branch)
{
    stage_press(stage, FLOW_SERVICE, index);
    stage_press(stage, FLOW_NEXT, 0);
    if (stage->flow.place == PLACE_OFFICE) {
        stage_press(stage, FLOW_NEXT, 0);
    }
    answer_all(stage, branch);
}

static int
form_row(const struct stage *stage, int number)
{
    return stage->flow.service->questions[number].repeat < 0 ? 0 : 1;
}

void
acts_open_question(struct stage *stage, int index, int number)
{
    open_form(stage, index, 0);
    stage->flow.spot = (struct spot){number, form_row(stage, number)};
    stage->flow.draft[0] = stage->flow.search[0] = '\0';
    stage->flow.caret = 0;
}

void
act_question_empty(struct stage *stage, const struct scene *scene)
{
    acts_open_question(stage, scene->a, scene->b);
}

void
acts_fill(struct stage *stage)
{
    const struct question *question = &stage->flow.service->questions[stage->flow.spot.question];
    switch (question->type) {
    case QUESTION_ONE:
    case QUESTION_MANY:
    case QUESTION_YES_NO:
    case QUESTION_ACKNOWLEDGE:
    case QUESTION_CONSENT:
        stage_press(stage, FLOW_CHOOSE, 0);
        break;
    case QUESTION_KELURAHAN:
        stage_press(stage, FLOW_CHOOSE, 33);
        break;
    case QUESTION_DATE:
        stage_type(stage, "30092026");
        break;
    case QUESTION_TIME:
        stage_type(stage, "0830");
        break;
    case QUESTION_REPEAT:
        break; // its rows are what fills it
    case QUESTION_PHONE:
        stage_type(stage, "0812550484889");
        break;
    default:
        stage_type(stage, spot_answer(stage->flow.service, stage->flow.spot, stage->flow.answers));
        break;
    }
}

void
act_question_full(struct stage *stage, const struct scene *scene)
{
    acts_open_question(stage, scene->a, scene->b);
    acts_fill(stage);
}

void
act_question_wrong(struct stage *stage, const struct scene *scene)
{
    acts_open_question(stage, scene->a, scene->b);
    bool warning = scene->c == PROBLEM_SOFT_CONSTRAINT || scene->c == PROBLEM_BIRTH;
    stage->flow.check = (struct check){(enum problem)scene->c, 16, 15, warning};
}

void
act_question_searched(struct stage *stage, const struct scene *scene)
{
    acts_open_question(stage, scene->a, scene->b);
    stage_type(stage, scene->text);
}

/* The letters in capitals, the other order, the signs. */
void
act_question_layer(struct stage *stage, const struct scene *scene)
{
    acts_open_question(stage, scene->a, scene->b);
    stage_press(stage, FLOW_LAYER, scene->c);
}

void
act_review(struct stage *stage, const struct scene *scene)
{
    open_form(stage, scene->a, scene->b);
    stage->flow.spot = spot_last(stage->flow.service, stage->flow.answers, stage->facts.today);
    acts_fill(stage);
    stage->flow.place = PLACE_REVIEW;
    switch (scene->c) {
    case 1: // held: shown in full
        for (int i = 0; i < (int)stage->flow.service->question_count; i++) {
            if (stage->flow.service->questions[i].type == QUESTION_NIK) {
                stage_press(stage, FLOW_REVEAL, i);
            }
        }
        break;
    case 2: // not agreed
        stage->flow.check = (struct check){.problem = PROBLEM_REQUIRED};
        break;
    case 3:
        stage_press(stage, FLOW_AGREE, 0);
        break;
    case 4:
    case 5:
    case 6:
        stage->flow.submit_result = scene->c == 4   ? SUBMIT_FULL
                                    : scene->c == 5 ? SUBMIT_BROKEN
                                                    : FLOW_SUBMIT_SILENT;
        break;
    default:
        break;
    }
}
