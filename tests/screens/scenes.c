/* Every place and every cover of flow.h, each in the states that look different. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "stage.h"

/* As long as the rules let it be. */
static const char long_name[] = "H. MUHAMMAD ABDUL MU'IN NURSYAHBANI-KATJASUNGKANA, S.Pd.I";
static const char long_line[] =
    "Warung makan dan katering Bu Hj. Siti Nur'aini Rahmawati, pasar subuh, depan masjid raya, "
    "sejak pagi sampai malam ";
static const char long_reason[] =
    "Foto tempat usaha belum ada dan alamat di KK berbeda dengan alamat usaha. Mohon bawa foto "
    "tempat usaha dan surat pengantar RT yang baru ke loket 1.";

/* --- home and what stands for it --------------------------------------------------------- */

enum {
    DIGITAL = 1,
    CLOSED = 2,
    CLOSED_TODAY = 4,
    NO_PAPER = 8,
    NOTICE = 16,
    NOBODY = 32,
    NO_LINE = 64
};

static void
home(struct stage *stage, const struct scene *scene)
{
    if (scene->a & (CLOSED | CLOSED_TODAY)) {
        stage_step(stage, (struct flow_event){.kind = FLOW_DESK_STATUS,
                                              .desk = {INTAKE_OPEN, false, true}});
        stage->facts.closed_until = scene->a & CLOSED ? "13.00" : "";
    }
    stage->facts.digital_day = scene->a & DIGITAL;
    if (scene->a & NO_PAPER) {
        stage->facts.printer = PRINTER_PAPER_OUT;
    }
    if (scene->a & NOTICE) {
        stage->facts.notice = "Rabu 25 November loket tutup pukul 12.00 untuk rapat koordinasi. "
                              "Layanan di layar ini tetap bisa dipakai.";
    }
    if (scene->a & NOBODY) {
        stage->facts.waiting = 0;
    }
    if (scene->a & NO_LINE) {
        stage->facts.online = false;
    }
}

static void
resting(struct stage *stage, const struct scene *scene)
{
    if (scene->a) {
        stage->facts.notice = "Rabu 25 November loket tutup pukul 12.00.";
        stage->facts.serving = "A-017 · B-008 · P-002";
    } else {
        stage->facts.hours = "";
    }
    stage_wait(stage, 180000);
}

static void
out_of_service(struct stage *stage, const struct scene *scene)
{
    stage->facts.fault_code = scene->text;
    stage_press(stage, FLOW_DESK_DOWN, 0);
    stage_wait(stage, 20000);
}

/* --- services and their questions ---------------------------------------------------------- */

static void
group(struct stage *stage, const struct scene *scene)
{
    stage_press(stage, FLOW_GROUP, scene->a);
}

static void
service(struct stage *stage, const struct scene *scene)
{
    stage->facts.online = scene->b == 0;
    stage_press(stage, FLOW_SERVICE, scene->a);
}

static void
office(struct stage *stage, const struct scene *scene)
{
    stage_press(stage, FLOW_SERVICE, scene->a);
    stage_press(stage, FLOW_NEXT, 0);
    stage_type(stage, scene->text);
}

/* Answers that make every branch of the forms relevant: a lost or a damaged card, a
 * complaint about lights or about a bribe, with and without a name. */
static void
answer_all(struct stage *stage, int branch)
{
    const struct service *form = stage->flow.service;
    char many[160] = "";
    for (size_t i = 0; i < form->question_count; i++) {
        const struct question *question = &form->questions[i];
        const struct choices *choices = question->choices;
        char value[600];
        switch (question->type) {
        case QUESTION_NIK:
            text_copy(value, sizeof value, "6472031708900001");
            break;
        case QUESTION_KK:
            text_copy(value, sizeof value, "6472031203150007");
            break;
        case QUESTION_NUMBER:
            text_copy(value, sizeof value, "100");
            break;
        case QUESTION_MONEY:
            text_copy(value, sizeof value, "1000000000");
            break;
        case QUESTION_PHONE:
            text_copy(value, sizeof value, "+6281255048488");
            break;
        case QUESTION_DATE:
            text_copy(value, sizeof value, "2026-09-30");
            break;
        case QUESTION_ONE:
            text_copy(value, sizeof value, choices->list[branch % (int)choices->count].name);
            break;
        case QUESTION_MANY:
            for (size_t k = 0; k < choices->count; k++) {
                size_t len = strlen(many);
                snprintf(many + len, sizeof many - len, "%s%s", k > 0 ? " " : "",
                         choices->list[k].name);
            }
            text_copy(value, sizeof value, many);
            break;
        case QUESTION_YES_NO:
            text_copy(value, sizeof value,
                      strcmp(question->name, "anonim") == 0 ? branch == 1 ? "yes" : "no"
                      : branch == 0                         ? "yes"
                                                            : "no");
            break;
        case QUESTION_RT:
            text_copy(value, sizeof value, "014");
            break;
        case QUESTION_KELURAHAN:
            text_copy(value, sizeof value, "6472081002");
            break;
        case QUESTION_NAME:
            text_copy(value, sizeof value, long_name);
            break;
        default: {
            size_t wanted = question->max_length > 0 ? (size_t)question->max_length : 60;
            for (value[0] = '\0'; strlen(value) < wanted && strlen(value) < 320;) {
                text_copy(value + strlen(value), wanted - strlen(value) + 1, long_line);
            }
            break;
        }
        }
        answers_set(stage->flow.answers, question->name, value);
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

/* To a question in the middle of a form, as if all before it were answered. */
static void
open_question(struct stage *stage, int index, int number)
{
    open_form(stage, index, 0);
    stage->flow.spot = (struct spot){number, form_row(stage, number)};
    stage->flow.draft[0] = stage->flow.search[0] = '\0';
    stage->flow.caret = 0;
}

static void
question_empty(struct stage *stage, const struct scene *scene)
{
    open_question(stage, scene->a, scene->b);
}

/* As it stands in the field, full. */
static void
fill(struct stage *stage)
{
    const struct question *question = &stage->flow.service->questions[stage->flow.spot.question];
    switch (question->type) {
    case QUESTION_ONE:
    case QUESTION_MANY:
    case QUESTION_YES_NO:
        stage_press(stage, FLOW_CHOOSE, 0);
        break;
    case QUESTION_KELURAHAN:
        stage_press(stage, FLOW_CHOOSE, 33);
        break;
    case QUESTION_DATE:
        stage_type(stage, "30092026");
        break;
    case QUESTION_PHONE:
        stage_type(stage, "0812550484889");
        break;
    default:
        stage_type(stage, answers_get(stage->flow.answers, question->name));
        break;
    }
}

static void
question_full(struct stage *stage, const struct scene *scene)
{
    open_question(stage, scene->a, scene->b);
    fill(stage);
}

static void
question_wrong(struct stage *stage, const struct scene *scene)
{
    open_question(stage, scene->a, scene->b);
    stage->flow.check = (struct check){(enum problem)scene->c, 16, 15, false};
}

static void
question_searched(struct stage *stage, const struct scene *scene)
{
    open_question(stage, scene->a, scene->b);
    stage_type(stage, scene->text);
}

/* The letters in capitals, the other order, the signs. */
static void
question_layer(struct stage *stage, const struct scene *scene)
{
    open_question(stage, scene->a, scene->b);
    stage_press(stage, FLOW_LAYER, scene->c);
}

static void
review(struct stage *stage, const struct scene *scene)
{
    open_form(stage, scene->a, scene->b);
    stage->flow.spot = spot_last(stage->flow.service, stage->flow.answers, stage->facts.today);
    fill(stage);
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

/* --- waiting, saved ----------------------------------------------------------------------------
 */

static void
send(struct stage *stage, int index)
{
    const struct scene at = {.a = index};
    review(stage, &at);
    stage->flow.agreed = true;
    stage->flow.waiting = (struct flow_effect){EFFECT_SUBMIT, ++stage->flow.request, 0};
    stage->flow.waiting_for = stage->flow.submit_request = stage->flow.request;
    stage->flow.asked = stage->now;
    stage->flow.asked_at = PLACE_REVIEW;
    text_copy(stage->flow.code, 10, "7K3F-9QX3");
}

static void
working(struct stage *stage, const struct scene *scene)
{
    switch (scene->a) {
    case EFFECT_SUBMIT:
        send(stage, 0);
        break;
    case EFFECT_TICKET:
        stage_press(stage, FLOW_QUEUES, 0);
        stage_press(stage, FLOW_QUEUE, 0);
        break;
    default:
        stage_press(stage, FLOW_STATUS, 0);
        stage_step(stage, (struct flow_event){.kind = FLOW_SCAN, .text = "7K3F9QX3"});
        stage_type(stage, "8488");
        stage_press(stage, FLOW_NEXT, 0);
        break;
    }
    if (scene->b) {
        stage_press(stage, FLOW_DESK_DOWN, 0);
    }
    stage_wait(stage, FLOW_WAIT_SHOWN);
}

static void
print(struct stage *stage, int state, int cause)
{
    stage_step(stage, (struct flow_event){.kind = FLOW_PRINT_STATE,
                                          .print = {stage->flow.ticket.request, state, cause}});
}

enum { WITH_NUMBER = 1, OFFLINE = 2, DELIVERED = 4, KEPT = 8 };

static void
done(struct stage *stage, const struct scene *scene)
{
    send(stage, scene->a);
    stage_step(stage,
               (struct flow_event){.kind = FLOW_SUBMIT_ANSWER,
                                   .submit = {stage->flow.waiting_for, SUBMIT_SAVED,
                                              scene->b & WITH_NUMBER ? "B-008" : "", 6, 12}});
    stage->facts.online = !(scene->b & OFFLINE);
    int state = scene->c & 15;
    if (state != PRINT_WORKING) {
        print(stage, state, scene->c >> 4);
    }
    if (scene->b & DELIVERED) {
        stage_press(stage, FLOW_DELIVERED, 0);
    }
    if (scene->b & KEPT) {
        stage_press(stage, FLOW_KEEP, 0);
    }
}

/* --- queue numbers
 * -------------------------------------------------------------------------------- */

static void
queues(struct stage *stage, const struct scene *scene)
{
    stage_press(stage, FLOW_QUEUES, 0);
    if (scene->a) {
        stage_press(stage, FLOW_PRIORITY, 0);
    }
}

/* a: the series; b: enum ticket_result; c: print state, and its cause times 16. */
static void
ticket(struct stage *stage, const struct scene *scene)
{
    stage_press(stage, FLOW_QUEUES, 0);
    stage_press(stage, FLOW_QUEUE, scene->a);
    stage->facts.fault_code = scene->b == TICKET_FAILED ? "S1" : "";
    stage->facts.closed_until = scene->text != NULL ? scene->text : "";
    stage_step(stage, (struct flow_event){.kind = FLOW_TICKET_ANSWER,
                                          .ticket = {stage->flow.waiting_for, scene->b, "D-017",
                                                     scene->a == 0 ? 0 : 36, 12}});
    if (scene->b == TICKET_ISSUED && (scene->c & 15) != PRINT_WORKING) {
        print(stage, scene->c & 15, scene->c >> 4);
    }
}

/* --- where is my request
 * ---------------------------------------------------------------------------- */

static void
status_code(struct stage *stage, const struct scene *scene)
{
    stage_press(stage, FLOW_STATUS, 0);
    stage_type(stage, scene->text);
    if (scene->a != PROBLEM_NONE) {
        stage->flow.check = (struct check){(enum problem)scene->a, 8, 7, false};
    }
}

static void
status_fact(struct stage *stage, const struct scene *scene)
{
    stage_press(stage, FLOW_STATUS, 0);
    stage_step(stage, (struct flow_event){.kind = FLOW_SCAN, .text = "7K3F9QX3"});
    stage_type(stage, scene->text);
    if (scene->a != PROBLEM_NONE) {
        stage->flow.check = (struct check){(enum problem)scene->a, 4, 3, false};
    }
}

static void
status(struct stage *stage, const struct scene *scene)
{
    const struct scene fact = {.text = "8488"};
    const char *known = scene->a < STATUS_NOT_FOUND ? "aduan" : "";
    status_fact(stage, &fact);
    stage_press(stage, FLOW_NEXT, 0);
    stage_step(stage, (struct flow_event){
                          .kind = FLOW_STATUS_ANSWER,
                          .status = {stage->flow.waiting_for, (enum portal_status)scene->a, known,
                                     scene->text, known[0] ? "2026-09-20" : "", scene->b}});
}

static void
info(struct stage *stage, const struct scene *scene)
{
    (void)scene;
    stage_press(stage, FLOW_INFO, 0);
}

/* --- covers
 * ------------------------------------------------------------------------------------------ */

static void
cover(struct stage *stage, const struct scene *scene)
{
    open_question(stage, 0, 0);
    fill(stage);
    stage_press(stage, FLOW_COVER, scene->a);
}

static void
help(struct stage *stage, const struct scene *scene)
{
    stage->facts.fault_code = scene->b ? "S2" : "";
    if (scene->a == 9) { // the officer decides about another number
        stage_press(stage, FLOW_QUEUES, 0);
        stage_press(stage, FLOW_QUEUE, 0);
        stage_step(stage, (struct flow_event){
                              .kind = FLOW_TICKET_ANSWER,
                              .ticket = {stage->flow.waiting_for, TICKET_ASK_STAFF, "", 0, 0}});
        return;
    }
    stage_press(stage, FLOW_COVER, COVER_HELP);
    stage->flow.help = (enum flow_help)scene->a;
}

static void
hint(struct stage *stage, const struct scene *scene)
{
    open_question(stage, scene->a, scene->b);
    stage_press(stage, FLOW_COVER, COVER_HINT);
}

static void
cancel(struct stage *stage, const struct scene *scene)
{
    (void)scene;
    open_question(stage, 0, 0);
    stage_type(stage, "6472");
    stage_press(stage, FLOW_CANCEL, 0);
}

static void
idle(struct stage *stage, const struct scene *scene)
{
    (void)scene;
    open_question(stage, 0, 0);
    stage_type(stage, "6472");
    stage_wait(stage, 96000);
}

/* --- the list
 * ------------------------------------------------------------------------------------------ */

struct list {
    struct scene *scenes;
    size_t count;
};

__attribute__((format(printf, 3, 4))) static void
add(struct list *list, struct scene scene, const char *name, ...)
{
    if (list->count == SCENES_MAX) {
        fprintf(stderr, "more than %d scenes\n", SCENES_MAX);
        return;
    }
    va_list arguments;
    va_start(arguments, name);
    vsnprintf(scene.name, sizeof scene.name, name, arguments);
    va_end(arguments);
    list->scenes[list->count++] = scene;
}

static void
add_homes(struct list *list)
{
    add(list, (struct scene){.set = home}, "home");
    add(list, (struct scene){.set = home, .a = DIGITAL}, "home-digital");
    add(list, (struct scene){.set = home, .a = CLOSED}, "home-break");
    add(list, (struct scene){.set = home, .a = CLOSED_TODAY | NO_LINE}, "home-closed");
    add(list, (struct scene){.set = home, .a = NO_PAPER | NOBODY}, "home-no-paper");
    add(list, (struct scene){.set = home, .a = DIGITAL | NO_PAPER | NOTICE}, "home-notices");
    add(list, (struct scene){.set = resting, .a = 1}, "resting");
    add(list, (struct scene){.set = resting}, "resting-no-hours");
    add(list, (struct scene){.set = out_of_service, .text = "D1"}, "out-of-service");
    add(list, (struct scene){.set = out_of_service, .text = ""}, "out-of-service-no-code");
    add(list, (struct scene){.set = info}, "info");
}

static bool
typed_in_letters(enum question_type type)
{
    return type == QUESTION_TEXT || type == QUESTION_NAME || type == QUESTION_ADDRESS;
}

static bool
searched(const struct question *question)
{
    return question->type == QUESTION_KELURAHAN ||
           (question->choices != NULL && question->choices->count > FLOW_LONG_LIST);
}

/* What can be wrong with a question of this type. */
static const enum problem *
problems_of(enum question_type type)
{
    static const enum problem nik[] = {PROBLEM_REQUIRED,     PROBLEM_TOO_SHORT,    PROBLEM_TOO_LONG,
                                       PROBLEM_NOT_DIGITS,   PROBLEM_NIK_PROVINCE, PROBLEM_NIK_DATE,
                                       PROBLEM_NIK_DISTRICT, PROBLEM_NIK_SERIAL,   PROBLEM_ALL_SAME,
                                       PROBLEM_NONE};
    static const enum problem kk[] = {PROBLEM_KK_IS_NIK, PROBLEM_KK_DATE, PROBLEM_NONE};
    static const enum problem phone[] = {PROBLEM_PHONE, PROBLEM_NONE};
    static const enum problem rt[] = {PROBLEM_RT, PROBLEM_NONE};
    static const enum problem name[] = {PROBLEM_NAME, PROBLEM_NONE};
    static const enum problem date[] = {PROBLEM_TOO_SHORT, PROBLEM_DATE,     PROBLEM_DATE_FUTURE,
                                        PROBLEM_DATE_PAST, PROBLEM_DATE_OLD, PROBLEM_NONE};
    static const enum problem number[] = {PROBLEM_TOO_SMALL, PROBLEM_TOO_BIG, PROBLEM_NONE};
    static const enum problem text[] = {PROBLEM_REQUIRED, PROBLEM_TOO_SHORT, PROBLEM_TOO_LONG,
                                        PROBLEM_NONE};
    static const enum problem choice[] = {PROBLEM_REQUIRED, PROBLEM_CHOICE, PROBLEM_NONE};
    static const enum problem *const of[] = {
        [QUESTION_TEXT] = text,        [QUESTION_NAME] = name,
        [QUESTION_NIK] = nik,          [QUESTION_KK] = kk,
        [QUESTION_NUMBER] = number,    [QUESTION_MONEY] = number,
        [QUESTION_PHONE] = phone,      [QUESTION_DATE] = date,
        [QUESTION_ONE] = choice,       [QUESTION_MANY] = choice,
        [QUESTION_YES_NO] = choice,    [QUESTION_RT] = rt,
        [QUESTION_KELURAHAN] = choice, [QUESTION_ADDRESS] = text,
    };
    return of[type];
}

static void
add_question(struct list *list, const struct service *form, int s, int q, bool first_of_type)
{
    const struct question *question = &form->questions[q];
    const char *id = form->id, *name = question->name;
    add(list, (struct scene){.set = question_empty, .a = s, .b = q}, "question-%s-%s", id, name);
    add(list, (struct scene){.set = question_full, .a = s, .b = q}, "question-%s-%s-full", id,
        name);
    if (words_in(&question->hint, LANGUAGE_ID)[0] != '\0') {
        add(list, (struct scene){.set = hint, .a = s, .b = q}, "hint-%s-%s", id, name);
    }
    if (words_in(&question->constraint_message, LANGUAGE_ID)[0] != '\0') {
        add(list, (struct scene){.set = question_wrong, .a = s, .b = q, .c = PROBLEM_CONSTRAINT},
            "question-%s-%s-constraint", id, name);
    }
    const enum problem *problems = problems_of(question->type);
    for (const enum problem *p = problems; first_of_type && *p != PROBLEM_NONE; p++) {
        add(list, (struct scene){.set = question_wrong, .a = s, .b = q, .c = *p},
            "question-%s-%s-wrong-%d", id, name, *p);
    }
    if (searched(question)) {
        add(list, (struct scene){.set = question_searched, .a = s, .b = q, .text = "an"},
            "question-%s-%s-many-found", id, name);
        add(list, (struct scene){.set = question_searched, .a = s, .b = q, .text = "zzz"},
            "question-%s-%s-none-found", id, name);
    }
}

static void
add_forms(struct list *list, const struct stage *stage)
{
    const struct service *services;
    const struct group *groups;
    size_t count = catalogue_services(stage->catalogue, &services);
    unsigned types = 0; // seen
    add(list, (struct scene){.set = group, .a = -1}, "group-all");
    for (int g = 0; g < (int)catalogue_groups(stage->catalogue, &groups); g++) {
        add(list, (struct scene){.set = group, .a = g}, "group-%s", groups[g].id);
    }
    for (int s = 0; s < (int)count; s++) {
        const struct service *form = &services[s];
        add(list, (struct scene){.set = service, .a = s}, "service-%s", form->id);
        add(list, (struct scene){.set = service, .a = s, .b = 1}, "service-%s-offline", form->id);
        for (int q = 0; q < (int)form->question_count; q++) {
            unsigned type = 1u << form->questions[q].type;
            add_question(list, form, s, q, !(types & type));
            types |= type;
        }
        for (int branch = 0; branch < 3; branch++) {
            add(list, (struct scene){.set = review, .a = s, .b = branch}, "review-%s-%d", form->id,
                branch);
        }
    }
    for (int q = 0; q < (int)services[0].question_count; q++) {
        if (typed_in_letters(services[0].questions[q].type)) {
            for (int layer = 1; layer < 8; layer++) {
                add(list, (struct scene){.set = question_layer, .b = q, .c = layer}, "keys-%d",
                    layer);
            }
            break;
        }
    }
    add(list, (struct scene){.set = office, .text = ""}, "office");
    add(list, (struct scene){.set = office, .text = "sungai"}, "office-many-found");
    add(list, (struct scene){.set = office, .text = "zzz"}, "office-none-found");
    static const char *const states[] = {"",     "held",   "not-agreed", "agreed",
                                         "full", "broken", "silent"};
    for (int state = 1; state < 7; state++) {
        add(list, (struct scene){.set = review, .c = state}, "review-%s", states[state]);
    }
}

static void
add_ends(struct list *list)
{
    add(list, (struct scene){.set = working, .a = EFFECT_SUBMIT}, "working-submit");
    add(list, (struct scene){.set = working, .a = EFFECT_TICKET}, "working-ticket");
    add(list, (struct scene){.set = working, .a = EFFECT_LOOKUP}, "working-lookup");
    add(list, (struct scene){.set = working, .a = EFFECT_SUBMIT, .b = 1}, "working-no-desk");
    for (int s = 0; s < 3; s++) {
        add(list,
            (struct scene){.set = done, .a = s, .b = s == 1 ? WITH_NUMBER : 0, .c = PRINT_DONE},
            "done-%d", s);
        add(list,
            (struct scene){
                .set = done, .a = s, .b = OFFLINE | (s == 1 ? WITH_NUMBER : 0), .c = PRINT_DONE},
            "done-%d-offline", s);
        add(list,
            (struct scene){.set = done,
                           .a = s,
                           .b = DELIVERED | KEPT | (s == 1 ? WITH_NUMBER : 0),
                           .c = PRINT_PROBABLY},
            "done-%d-delivered", s);
        add(list,
            (struct scene){.set = done,
                           .a = s,
                           .b = OFFLINE | (s == 1 ? WITH_NUMBER : 0),
                           .c = PRINT_FAILED + 16 * PRINTER_CUTTER},
            "done-%d-no-paper", s);
    }
    add(list, (struct scene){.set = done, .c = PRINT_WORKING}, "done-printing");
}

static void
add_tickets(struct list *list)
{
    add(list, (struct scene){.set = queues}, "queues");
    add(list, (struct scene){.set = queues, .a = 1}, "queues-priority");
    add(list, (struct scene){.set = ticket, .a = 3, .c = PRINT_WORKING}, "ticket-printing");
    add(list, (struct scene){.set = ticket, .a = 3, .c = PRINT_DONE}, "ticket");
    add(list, (struct scene){.set = ticket, .a = 0, .c = PRINT_PROBABLY}, "ticket-probably");
    for (int cause = PRINTER_PAPER_OUT; cause <= PRINTER_UNKNOWN; cause++) {
        add(list, (struct scene){.set = ticket, .a = 3, .c = PRINT_FAILED + 16 * cause},
            "ticket-failed-%d", cause);
    }
    add(list, (struct scene){.set = ticket, .b = TICKET_RECENT}, "ticket-again");
    add(list, (struct scene){.set = ticket, .b = TICKET_CLOSED, .text = "13.00"}, "sorry-break");
    add(list, (struct scene){.set = ticket, .b = TICKET_CLOSED}, "sorry-closed");
    add(list, (struct scene){.set = ticket, .b = TICKET_FAILED}, "sorry-failed");
}

static void
add_status(struct list *list)
{
    add(list, (struct scene){.set = status_code, .text = ""}, "status-code");
    add(list, (struct scene){.set = status_code, .text = "7K3F9QX3"}, "status-code-full");
    add(list, (struct scene){.set = status_code, .text = "7K3F9QX", .a = PROBLEM_TOO_SHORT},
        "status-code-short");
    add(list, (struct scene){.set = status_code, .text = "7K3F9QXM", .a = PROBLEM_CHOICE},
        "status-code-wrong");
    add(list, (struct scene){.set = status_code, .text = "", .a = PROBLEM_REQUIRED},
        "status-code-required");
    add(list, (struct scene){.set = status_fact, .text = ""}, "status-fact");
    add(list, (struct scene){.set = status_fact, .text = "848", .a = PROBLEM_TOO_SHORT},
        "status-fact-short");
    for (int s = STATUS_SENT; s <= STATUS_FAILED; s++) {
        add(list, (struct scene){.set = status, .a = s, .text = ""}, "status-%d", s);
    }
    add(list, (struct scene){.set = status, .a = STATUS_LIMITED, .text = "", .b = 60},
        "status-wait");
    add(list, (struct scene){.set = status, .a = STATUS_MEND, .text = long_reason}, "status-mend");
    add(list, (struct scene){.set = status, .a = STATUS_RT_REFUSED, .text = long_reason},
        "status-refused");
}

static void
add_covers(struct list *list)
{
    static const char *const told[] = {"", "-asking", "-told", "-not-told"};
    for (int i = 0; i < 4; i++) {
        add(list, (struct scene){.set = help, .a = i}, "help%s", told[i]);
    }
    add(list, (struct scene){.set = help, .b = 1}, "help-fault");
    add(list, (struct scene){.set = help, .a = 9}, "help-ask-staff");
    add(list, (struct scene){.set = cover, .a = COVER_LANGUAGE}, "language");
    add(list, (struct scene){.set = cover, .a = COVER_SIZE}, "size");
    add(list, (struct scene){.set = cover, .a = COVER_SOUND}, "sound");
    add(list, (struct scene){.set = cover, .a = COVER_NOTICE}, "notice");
    add(list, (struct scene){.set = cancel}, "cancel");
    add(list, (struct scene){.set = idle}, "idle");
}

size_t
scenes_list(const struct stage *stage, struct scene scenes[SCENES_MAX])
{
    struct list list = {scenes, 0};
    add_homes(&list);
    add_forms(&list, stage);
    add_ends(&list);
    add_tickets(&list);
    add_status(&list);
    add_covers(&list);
    return list.count;
}
