/* Every place and every cover of flow.h, each in the states that look different. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "acts.h"

static const char long_reason[] =
    "Foto tempat usaha belum ada dan alamat di KK berbeda dengan alamat usaha. Mohon bawa foto "
    "tempat usaha dan surat pengantar RT yang baru ke loket 1.";

/* What their numbers and texts mean, the acts tell. */
static const struct scene fixed[] = {
    {"home", act_home},
    {"home-digital", act_home, .a = DIGITAL},
    {"home-break", act_home, .a = CLOSED},
    {"home-closed", act_home, .a = CLOSED_TODAY | NO_LINE},
    {"home-no-paper", act_home, .a = NO_PAPER | NOBODY},
    {"home-poll", act_poll_tile},
    {"poll", act_poll},
    {"poll-thanks", act_poll, .a = 1},
    {"survey-more", act_survey, .a = 1, .b = 1},
    {"survey-thanks", act_survey, .a = SURVEY_ELEMENTS},
    {"home-notices", act_home, .a = DIGITAL | NO_PAPER | NOTICE},
    {"resting", act_resting, .a = 1},
    {"resting-no-hours", act_resting},
    {"out-of-service", act_out_of_service, .text = "D1"},
    {"out-of-service-no-code", act_out_of_service, .text = ""},
    {"info", act_info},
    {"verify", act_verify, .a = -1},
    {"verified-true", act_verify, .a = VERDICT_TRUE},
    {"verified-false", act_verify, .a = VERDICT_FALSE},
    {"verified-unknown", act_verify, .a = VERDICT_UNKNOWN},
    {"verified-host", act_verify, .a = VERDICT_HOST},
    {"verified-foreign", act_verify, .a = VERDICT_FOREIGN},
    {"verified-none", act_verify, .a = VERDICT_NONE},
    {"bill-nop", act_bill_nop, .text = ""},
    {"bill-nop-full", act_bill_nop, .text = "647202100100100010"},
    {"bill-nop-required", act_bill_nop, .text = "", .a = PROBLEM_REQUIRED},
    {"bill-nop-short", act_bill_nop, .text = "64720210010010001", .a = PROBLEM_TOO_SHORT},
    {"bill-nop-province", act_bill_nop, .text = "007202100100100010", .a = PROBLEM_NIK_PROVINCE},
    {"bill-nop-district", act_bill_nop, .text = "640002100100100010", .a = PROBLEM_NIK_DISTRICT},
    {"bill-nop-same", act_bill_nop, .text = "666666666666666666", .a = PROBLEM_ALL_SAME},
    {"bill-nop-serial", act_bill_nop, .text = "647202100100100000", .a = PROBLEM_NIK_SERIAL},
    {"bill-year", act_bill_nop, .text = "647202100100100010", .b = 1},
    {"bill", act_bill, .a = BILL_OPEN},
    {"bill-too-much", act_bill, .a = BILL_OPEN, .b = 1},
    {"bill-paid", act_bill, .a = BILL_PAID},
    {"bill-none", act_bill, .a = BILL_NOT_FOUND},
    {"bill-offline", act_bill, .a = BILL_OFFLINE},
    {"bill-limited", act_bill, .a = BILL_LIMITED},
    {"bill-failed", act_bill, .a = BILL_FAILED},
    {"pay", act_pay, .a = BILL_WAITING},
    {"pay-broken-line", act_pay, .a = BILL_OFFLINE},
    {"pay-time-is-over", act_pay, .a = BILL_UNSURE, .b = 1},
    {"pay-cancel", act_pay_cancel},
    {"pay-refused", act_pay, .a = BILL_REFUSED},
    {"pay-unavailable", act_pay, .a = BILL_UNAVAILABLE},
    {"pay-limited", act_pay, .a = BILL_LIMITED},
    {"pay-expired", act_pay, .a = BILL_EXPIRED},
    {"pay-unsure", act_pay, .a = BILL_UNSURE},
    {"paid-printing", act_pay, .a = BILL_PAID, .c = PRINT_WORKING},
    {"paid", act_pay, .a = BILL_PAID, .c = PRINT_DONE},
    {"paid-no-paper", act_pay, .a = BILL_PAID, .c = PRINT_FAILED_BY(PRINTER_PAPER_OUT)},
    {"pay-check", act_pay_check, .text = "", .a = -1},
    {"pay-check-required", act_pay_check, .text = "", .a = -1, .b = PROBLEM_REQUIRED},
    {"pay-check-short", act_pay_check, .text = "7K3F9QX", .a = -1, .b = PROBLEM_TOO_SHORT},
    {"pay-check-wrong", act_pay_check, .text = "7K3F9QXM", .a = -1, .b = PROBLEM_CHOICE},
    {"pay-check-waiting", act_pay_check, .text = "7K3F9QX3", .a = BILL_WAITING},
    {"pay-check-none", act_pay_check, .text = "7K3F9QX3", .a = BILL_NOT_FOUND},
    {"pay-check-offline", act_pay_check, .text = "7K3F9QX3", .a = BILL_OFFLINE},
    {"pay-check-limited", act_pay_check, .text = "7K3F9QX3", .a = BILL_LIMITED},
    {"office", act_office, .text = ""},
    {"service-list-printing", act_service, .c = 1 + PRINT_WORKING},
    {"service-list-printed", act_service, .c = 1 + PRINT_PROBABLY},
    {"service-list-failed", act_service, .c = 1 + PRINT_FAILED_BY(PRINTER_PAPER_OUT)},
    {"office-kecamatan", act_office, .text = "", .b = 1},
    {"office-kecamatan-wrong", act_office, .text = "", .b = 2},
    {"office-many-found", act_office, .text = "sungai"},
    {"office-none-found", act_office, .text = "zzz"},
    {"group-found", act_group, .text = "surat"},
    {"group-none-found", act_group, .text = "zzz"},
    {"review-held", act_review, .c = 1},
    {"review-not-agreed", act_review, .c = 2},
    {"review-agreed", act_review, .c = 3},
    {"review-full", act_review, .c = 4},
    {"review-broken", act_review, .c = 5},
    {"review-silent", act_review, .c = 6},
    {"working-submit", act_working, .a = EFFECT_SUBMIT},
    {"working-ticket", act_working, .a = EFFECT_TICKET},
    {"working-lookup", act_working, .a = EFFECT_LOOKUP},
    {"working-no-desk", act_working, .a = EFFECT_SUBMIT, .b = 1},
    {"done-elsewhere", act_done, .b = ELSEWHERE, .c = PRINT_DONE},
    {"done-printing", act_done, .c = PRINT_WORKING},
    {"done-no-number", act_done, .a = 1, .c = PRINT_DONE},
    {"photos-unheard", act_photos, .a = PHOTOS_UNHEARD},
    {"photos-none", act_photos, .a = PHOTOS_OPEN},
    {"photos-one", act_photos, .a = PHOTOS_OPEN, .b = 1},
    {"photos-all", act_photos, .a = PHOTOS_OPEN, .b = 6},
    {"photos-not-there", act_photos, .a = PHOTOS_NOT_THERE},
    {"photos-closed", act_photos, .a = PHOTOS_CLOSED, .b = 2},
    {"photos-broken", act_photos, .a = PHOTOS_BROKEN, .text = "offline"},
    {"photos-silent", act_photos, .a = PHOTOS_BROKEN},
    {"photos-no-paper", act_photos, .a = PHOTOS_BROKEN, .c = PRINT_FAILED_BY(PRINTER_PAPER_OUT)},
    {"queues", act_queues},
    {"queues-priority", act_queues, .a = 1},
    {"booking-code", act_booking, .text = "", .a = -1},
    {"booking-code-full", act_booking, .text = "7K3F9QX3", .a = -1},
    {"booking-code-required", act_booking, .text = "", .a = -1, .b = PROBLEM_REQUIRED},
    {"booking-code-short", act_booking, .text = "7K3F9QX", .a = -1, .b = PROBLEM_TOO_SHORT},
    {"booking-code-wrong", act_booking, .text = "7K3F9QXM", .a = -1, .b = PROBLEM_CHOICE},
    {"booking-early", act_booking, .text = "7K3F9QX3", .a = BOOKING_EARLY},
    {"booking-late", act_booking, .text = "7K3F9QX3", .a = BOOKING_LATE},
    {"booking-other-day", act_booking, .text = "7K3F9QX3", .a = BOOKING_OTHER_DAY},
    {"booking-other-office", act_booking, .text = "7K3F9QX3", .a = BOOKING_OTHER_OFFICE},
    {"booking-done", act_booking, .text = "7K3F9QX3", .a = BOOKING_DONE},
    {"booking-not-found", act_booking, .text = "7K3F9QX3", .a = BOOKING_NOT_FOUND},
    {"booking-offline", act_booking, .text = "7K3F9QX3", .a = BOOKING_OFFLINE},
    {"booking-limited", act_booking, .text = "7K3F9QX3", .a = BOOKING_LIMITED},
    {"booking-failed", act_booking, .text = "7K3F9QX3", .a = BOOKING_FAILED},
    {"booking-ticket", act_booking, .text = "7K3F9QX3", .a = BOOKING_DUE, .c = PRINT_DONE},
    {"booking-ticket-failed", act_booking, .text = "7K3F9QX3", .a = BOOKING_DUE,
     .c = PRINT_FAILED_BY(PRINTER_PAPER_OUT)},
    {"working-booking", act_working, .a = EFFECT_LOOKUP, .b = 2},
    {"ticket-printing", act_ticket, .a = 3, .c = PRINT_WORKING},
    {"ticket", act_ticket, .a = 3, .c = PRINT_DONE},
    {"ticket-probably", act_ticket, .a = 0, .c = PRINT_PROBABLY},
    {"ticket-again", act_ticket, .b = TICKET_RECENT},
    {"sorry-break", act_ticket, .b = TICKET_CLOSED, .text = "13.00"},
    {"sorry-closed", act_ticket, .b = TICKET_CLOSED},
    {"sorry-failed", act_ticket, .b = TICKET_FAILED},
    {"status-code", act_status_code, .text = ""},
    {"status-code-full", act_status_code, .text = "7K3F9QX3"},
    {"status-code-short", act_status_code, .text = "7K3F9QX", .a = PROBLEM_TOO_SHORT},
    {"status-code-wrong", act_status_code, .text = "7K3F9QXM", .a = PROBLEM_CHOICE},
    {"status-code-required", act_status_code, .text = "", .a = PROBLEM_REQUIRED},
    {"status-fact", act_status_fact, .text = ""},
    {"status-fact-short", act_status_fact, .text = "848", .a = PROBLEM_TOO_SHORT},
    {"status-wait", act_status, .a = STATUS_LIMITED, .text = "", .b = 60},
    {"status-mend", act_status, .a = STATUS_MEND, .text = long_reason},
    {"status-refused", act_status, .a = STATUS_RT_REFUSED, .text = long_reason},
    {"status-complaint", act_status, .a = STATUS_CHECKING, .text = "", .c = 1},
    {"mend", act_mend},
    {"mend-question", act_mend, .a = 1},
    {"mend-review", act_mend, .a = 2},
    {"mend-done", act_mend, .a = 3},
    {"help", act_help},
    {"help-asking", act_help, .a = 1},
    {"help-told", act_help, .a = 2},
    {"help-not-told", act_help, .a = 3},
    {"help-fault", act_help, .b = 1},
    {"help-ask-staff", act_help, .a = 9},
    {"language", act_cover, .a = COVER_LANGUAGE},
    {"size", act_cover, .a = COVER_SIZE},
    {"sound", act_cover, .a = COVER_SOUND},
    {"filled", act_filled, .b = 2},
    {"rows-none", act_rows_none, .text = "tanah"},
    {"rows-one", act_rows, .text = "ahli", .b = 1},
    {"rows-twenty", act_rows, .text = "ahli", .b = 20},
    {"rows-removing", act_rows_removing, .text = "ahli", .a = 2, .b = 3},
    {"rows-wrong", act_rows, .text = "ahli", .b = 3, .c = PROBLEM_CONSTRAINT},
    {"row-question", act_rows, .text = "nama_ahli", .a = 12, .b = 20},
    {"row-question-empty", act_rows_empty, .text = "bagian", .a = 2, .b = 3},
    {"section-question", act_rows, .text = "nama_pewaris", .b = 1},
    {"soft-rule", act_rows, .text = "meninggal", .b = 1, .c = PROBLEM_SOFT_CONSTRAINT},
    {"acknowledge", act_rows_empty, .text = "sptjm", .b = 1},
    {"acknowledge-accepted", act_rows, .text = "sptjm", .b = 1},
    {"acknowledge-wrong", act_rows_empty, .text = "sptjm", .b = 1, .c = PROBLEM_REQUIRED},
    {"consent", act_rows_empty, .text = "kabar_wa", .b = 1},
    {"consent-answered", act_rows, .text = "kabar_wa", .b = 1},
    {"consent-wrong", act_rows_empty, .text = "kabar_wa", .b = 1, .c = PROBLEM_REQUIRED},
    {"review-rows", act_rows_review, .b = 3},
    {"notice", act_cover, .a = COVER_NOTICE},
    {"cancel", act_cancel},
    {"idle", act_idle},
};

struct list {
    struct scene *scenes;
    size_t count;
    int turns; /* given out to those that are one of many */
};
enum { ONE_OF_MANY = 1 }; // until it has a number

static void
add(struct list *list, struct scene scene)
{
    if (list->count == SCENES_MAX) {
        fprintf(stderr, "more than %d scenes\n", SCENES_MAX);
        return;
    }
    scene.turn = scene.turn == ONE_OF_MANY ? ++list->turns : 0;
    list->scenes[list->count++] = scene;
}

/* One with a name that is made. */
__attribute__((format(printf, 3, 4))) static void
add_named(struct list *list, struct scene scene, const char *name, ...)
{
    va_list arguments;
    va_start(arguments, name);
    vsnprintf(scene.name, sizeof scene.name, name, arguments);
    va_end(arguments);
    add(list, scene);
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
                                        PROBLEM_DATE_PAST, PROBLEM_DATE_OLD, PROBLEM_BIRTH,
                                        PROBLEM_NONE};
    static const enum problem time[] = {PROBLEM_TOO_SHORT, PROBLEM_TIME, PROBLEM_NONE};
    static const enum problem number[] = {PROBLEM_TOO_SMALL, PROBLEM_TOO_BIG, PROBLEM_NONE};
    static const enum problem text[] = {PROBLEM_REQUIRED, PROBLEM_TOO_SHORT, PROBLEM_TOO_LONG,
                                        PROBLEM_NONE};
    static const enum problem choice[] = {PROBLEM_REQUIRED, PROBLEM_CHOICE, PROBLEM_NONE};
    static const enum problem none[] = {PROBLEM_NONE};
    static const enum problem *const of[] = {
        [QUESTION_TEXT] = text,        [QUESTION_NAME] = name,
        [QUESTION_NIK] = nik,          [QUESTION_KK] = kk,
        [QUESTION_NUMBER] = number,    [QUESTION_MONEY] = number,
        [QUESTION_PHONE] = phone,      [QUESTION_DATE] = date,
        [QUESTION_ONE] = choice,       [QUESTION_MANY] = choice,
        [QUESTION_YES_NO] = choice,    [QUESTION_RT] = rt,
        [QUESTION_KELURAHAN] = choice, [QUESTION_ADDRESS] = text,
        [QUESTION_TIME] = time,        [QUESTION_ACKNOWLEDGE] = choice,
        [QUESTION_CONSENT] = choice,   [QUESTION_REPEAT] = none,
    };
    return of[type];
}

/* The question as any other, but those of the first of its type. */
static void
add_question(struct list *list, const struct service *form, int s, int q, bool first_of_type)
{
    const struct question *question = &form->questions[q];
    const char *id = form->id, *name = question->name;
    struct scene at = {
        .set = act_question_empty, .a = s, .b = q, .turn = first_of_type ? 0 : ONE_OF_MANY};
    add_named(list, at, "question-%s-%s", id, name);
    at.set = act_question_full;
    add_named(list, at, "question-%s-%s-full", id, name);
    at.set = act_hint;
    if (words_in(&question->hint, LANGUAGE_ID)[0] != '\0') {
        add_named(list, at, "hint-%s-%s", id, name);
    }
    at.set = act_question_wrong;
    at.c = PROBLEM_SOFT_CONSTRAINT;
    if (words_in(&question->soft_constraint_message, LANGUAGE_ID)[0] != '\0') {
        add_named(list, at, "question-%s-%s-soft", id, name);
    }
    at.c = PROBLEM_CONSTRAINT;
    if (words_in(&question->constraint_message, LANGUAGE_ID)[0] != '\0') {
        add_named(list, at, "question-%s-%s-constraint", id, name);
    }
    const enum problem *problems = problems_of(question->type);
    for (const enum problem *p = problems; first_of_type && *p != PROBLEM_NONE; p++) {
        at.c = *p;
        add_named(list, at, "question-%s-%s-wrong-%d", id, name, *p);
    }
    if (searched(question)) {
        struct scene search = {
            .set = act_question_searched, .a = s, .b = q, .text = "an", .turn = at.turn};
        add_named(list, search, "question-%s-%s-many-found", id, name);
        search.text = "zzz";
        add_named(list, search, "question-%s-%s-none-found", id, name);
    }
}

static bool
same_words(const struct words *a, const struct words *b)
{
    for (enum language language = 0; language < LANGUAGE_COUNT; language++) {
        if (strcmp(words_in(a, language), words_in(b, language)) != 0) {
            return false;
        }
    }
    return true;
}

/* Does it look the same? As those of a set do, which many services use. */
static bool
is_same(const struct question *a, const struct question *b)
{
    return a->type == b->type && a->choices == b->choices && a->required == b->required &&
           a->max_length == b->max_length && same_words(&a->label, &b->label) &&
           same_words(&a->hint, &b->hint) && same_words(&a->example, &b->example) &&
           same_words(&a->text, &b->text) &&
           same_words(&a->constraint_message, &b->constraint_message) &&
           same_words(&a->soft_constraint_message, &b->soft_constraint_message);
}

static bool
is_shown_before(const struct service *services, int s, int q)
{
    for (int t = 0; t <= s; t++) {
        int end = t < s ? (int)services[t].question_count : q;
        for (int i = 0; i < end; i++) {
            if (is_same(&services[s].questions[q], &services[t].questions[i])) {
                return true;
            }
        }
    }
    return false;
}

static void
add_groups(struct list *list, const struct stage *stage)
{
    const struct group *groups;
    int count = (int)catalogue_groups(stage->catalogue, &groups);
    for (int g = -1; g < count; g++) {
        struct scene scene = {.set = act_group, .a = g};
        add_named(list, scene, "group-%s", g < 0 ? "all" : groups[g].id);
    }
}

static void
add_pages(struct list *list, const struct stage *stage)
{
    const struct info_page *pages;
    int count = (int)catalogue_pages(stage->catalogue, &pages);
    for (int p = 0; p < count; p++) {
        add_named(list, (struct scene){.set = act_info_page, .a = p}, "info-%s", pages[p].id);
        for (int b = 1; b <= 3 && pages[p].agency_count > 0; b++) {
            add_named(list, (struct scene){.set = act_info_page, .a = p, .b = b}, "info-%s-%d",
                      pages[p].id, b);
        }
    }
}

/* The letters in capitals, the other order, the signs. */
static void
add_keys(struct list *list, const struct service *form)
{
    int q = 0;
    while (q < (int)form->question_count && !typed_in_letters(form->questions[q].type)) {
        q++;
    }
    for (int layer = 1; q < (int)form->question_count && layer < 8; layer++) {
        struct scene scene = {.set = act_question_layer, .b = q, .c = layer};
        add_named(list, scene, "keys-%d", layer);
    }
}

static void
add_forms(struct list *list, const struct stage *stage)
{
    const struct service *services;
    size_t count = catalogue_services(stage->catalogue, &services);
    unsigned types = 0; // seen
    for (int s = 0; s < (int)count; s++) {
        const struct service *form = &services[s];
        int turn = s < 3 ? 0 : ONE_OF_MANY; // the first three are seen in every look
        struct scene service = {.set = act_service, .a = s, .turn = turn};
        add_named(list, service, "service-%s", form->id);
        service.b = 1;
        add_named(list, service, "service-%s-offline", form->id);
        for (int q = 0; q < (int)form->question_count; q++) {
            unsigned type = 1u << form->questions[q].type;
            if (is_shown_before(services, s, q)) {
                continue;
            }
            add_question(list, form, s, q, !(types & type));
            types |= type;
        }
        for (int branch = 0; form->kind == SERVICE_FORM && branch < 3; branch++) {
            struct scene scene = {
                .set = act_review, .a = s, .b = branch, .turn = s < 3 ? 0 : ONE_OF_MANY};
            add_named(list, scene, "review-%s-%d", form->id, branch);
        }
    }
    add_keys(list, &services[0]);
}

static void
add_survey(struct list *list)
{
    for (int step = 0; step < SURVEY_ELEMENTS; step++) {
        add_named(list, (struct scene){.set = act_survey, .a = step}, "survey-%d", step + 1);
    }
}

/* Each of the first services; the second leads to the counter. */
static void
add_ends(struct list *list)
{
    static const struct {
        const char *name;
        int state, paper;
    } ends[] = {
        {"", 0, PRINT_DONE},
        {"-offline", OFFLINE, PRINT_DONE},
        {"-delivered", DELIVERED | KEPT, PRINT_PROBABLY},
        {"-no-paper", OFFLINE, PRINT_FAILED_BY(PRINTER_CUTTER)},
    };
    for (int s = 0; s < 3; s++) {
        for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
            int state = ends[i].state | (s == 1 ? WITH_NUMBER : 0);
            struct scene scene = {.set = act_done, .a = s, .b = state, .c = ends[i].paper};
            add_named(list, scene, "done-%d%s", s, ends[i].name);
        }
    }
}

static void
add_numbered(struct list *list)
{
    for (int cause = PRINTER_PAPER_OUT; cause <= PRINTER_UNKNOWN; cause++) {
        struct scene scene = {.set = act_ticket, .a = 3, .c = PRINT_FAILED_BY(cause)};
        add_named(list, scene, "ticket-failed-%d", cause);
    }
    for (int state = STATUS_SENT; state <= STATUS_FAILED; state++) {
        struct scene scene = {.set = act_status, .a = state, .text = ""};
        add_named(list, scene, "status-%d", state);
    }
}

size_t
scenes_list(const struct stage *stage, struct scene scenes[SCENES_MAX])
{
    struct list list = {.scenes = scenes};
    for (size_t i = 0; i < sizeof fixed / sizeof fixed[0]; i++) {
        add(&list, fixed[i]);
    }
    add_pages(&list, stage);
    add_groups(&list, stage);
    add_forms(&list, stage);
    add_survey(&list);
    add_ends(&list);
    add_numbered(&list);
    return list.count;
}
