#include "office.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/secret.h"
#include "base/text.h"

const char office_today[] = "2026-11-23";
const char office_pass[] = "0123456789abcdef0123456789abcdef";

/* The catalogue's files, as short as the loader takes them. */
// clang-format off
#define WORDS(text) "{\"id\":\"" text "\",\"en\":\"" text "\"}"
#define STANDARD(code, group, queue) \
    "\"code\":\"" code "\",\"version\":1,\"group\":\"" group "\",\"queue\":\"" queue "\"," \
    "\"title\":" WORDS("T") ",\"summary\":" WORDS("S") ",\"search\":[\"kata\"]," \
    "\"requirements\":[" WORDS("R") "],\"procedure\":" WORDS("P") ",\"time\":" WORDS("T") "," \
    "\"cost\":" WORDS("C") ",\"product\":" WORDS("P") ",\"complaints\":" WORDS("C") "," \
    "\"ready\":" WORDS("R") ",\"offline\":" WORDS("O") "," \
    "\"after_submit\":{\"next\":\"come_back\",\"steps\":[{\"title\":" WORDS("S") "}]}"
#define FORM(more) "{\"kind\":\"form\",\"statement\":" WORDS("B") "," more
#define QUESTION(type, name, rest) \
    "{\"type\":\"" type "\",\"name\":\"" name "\",\"label\":" WORDS("L") rest "}"
#define NEEDED ",\"required\":true"
#define WHEN(expression) ",\"relevant\":\"" expression "\""
#define GROUP(id) \
    "{\"id\":\"" id "\",\"icon\":\"document\",\"title\":" WORDS("G") ",\"summary\":" WORDS("S") "}"
#define QUEUE(letter, priority) \
    "{\"letter\":\"" letter "\",\"icon\":\"document\",\"priority\":" priority "," \
    "\"title\":" WORDS("Q") ",\"summary\":" WORDS("S") "}"
#define CHOICE(name) "{\"name\":\"" name "\",\"label\":" WORDS("C " name) "}"

static const char head[] =
    "{\"version\":3,\"notice\":{\"version\":\"2026-1\",\"text\":" WORDS("N") "},"
    "\"groups\":[" GROUP("surat") "," GROUP("suara") "," GROUP("lain") "],"
    "\"queues\":[" QUEUE("A", "false") "," QUEUE("B", "false,\"collection\":true") "," QUEUE("P", "true") "],"
    "\"choices\":[\"jenis\",\"hal\"],\"pages\":[\"satu\",\"dua\"],\"services\":[\"sku\",\"ktp\",\"aduan\",\"loket\"]}";
static const char kelurahan[] =
    "{\"kelurahan\":["
    "{\"code\":\"6472021001\",\"name\":\"Sungai Keledang\",\"kecamatan\":\"Samarinda Seberang\","
    "\"postal\":\"75131\"},"
    "{\"code\":\"6472021002\",\"name\":\"Baqa\",\"kecamatan\":\"Samarinda Seberang\","
    "\"postal\":\"75132\"}]}";
static const char jenis[] =
    "{\"choices\":[" CHOICE("a") "," CHOICE("b") "," CHOICE("c") "," CHOICE("d") ","
    CHOICE("e") "," CHOICE("f") "," CHOICE("g") "," CHOICE("h") "," CHOICE("i") ","
    CHOICE("j") "," CHOICE("k") "," CHOICE("l") "]}";
static const char hal[] = "{\"choices\":[" CHOICE("satu") "," CHOICE("dua") "," CHOICE("tiga") "]}";
static const char sku[] =
    FORM(STANDARD("SKU", "surat", "A")) ",\"questions\":["
    QUESTION("nik", "nik", NEEDED) ","
    QUESTION("kk", "kk", NEEDED) ","
    QUESTION("select_one jenis", "jenis", NEEDED) ","
    QUESTION("yes_no", "punya", NEEDED) ","
    QUESTION("text", "apa", NEEDED ",\"min_length\":3" WHEN("${punya} = 'yes'")) ","
    QUESTION("phone", "hp", "") ","
    QUESTION("date", "mulai", ",\"past\":true") "]}";
static const char ktp[] =
    FORM(STANDARD("KTP", "surat", "B")) ",\"asks_office\":true,\"questions\":["
    QUESTION("rt", "rt", NEEDED) ","
    QUESTION("select_multiple hal", "hal", NEEDED) ","
    QUESTION("kelurahan", "asal", NEEDED) ","
    QUESTION("money", "uang", "") "]}";
static const char aduan[] =
    FORM(STANDARD("ADUAN", "suara", "B")) ",\"anonymous\":true,\"questions\":["
    QUESTION("nik", "nik", "") ","
    QUESTION("text", "isi", NEEDED) ","
    QUESTION("date", "sejak", WHEN("${isi} = 'panjang'")) ","
    QUESTION("name", "nama", "") "]}";
static const char loket[] = "{\"kind\":\"queue\"," STANDARD("LOKET", "lain", "A") "}";
static const char page[] =
    "{\"icon\":\"info\",\"title\":" WORDS("P") ",\"summary\":" WORDS("S") ",\"parts\":[{\"text\":"
    WORDS("T") "}]}";
#define ELEMENT(id) \
    "{\"id\":\"" id "\",\"question\":" WORDS("Q") ",\"answers\":[" WORDS("1") "," WORDS("2") "," \
    WORDS("3") "," WORDS("4") "]}"
static const char survey[] =
    "{\"version\":1,\"first\":\"u3\",\"elements\":[" ELEMENT("u1") "," ELEMENT("u2") "," ELEMENT("u3")
    "," ELEMENT("u4") "," ELEMENT("u5") "," ELEMENT("u6") "," ELEMENT("u7") "," ELEMENT("u9") ","
    ELEMENT("u8") "]}";
static const char polls[] =
    "{\"polls\":[{\"id\":\"lama\",\"question\":" WORDS("Q") ",\"from\":\"2026-01-01\","
    "\"to\":\"2026-11-22\",\"choices\":[" CHOICE("a") "," CHOICE("b") "]},"
    "{\"id\":\"baru\",\"question\":" WORDS("Q") ",\"from\":\"2026-11-23\",\"to\":\"2026-11-23\","
    "\"choices\":[" CHOICE("ya") "," CHOICE("tidak") "," CHOICE("ragu") "]}]}";
// clang-format on

static struct catalogue *
load(void)
{
    const struct catalogue_file files[] = {
        {"catalogue.json", head, strlen(head)},
        {"kelurahan.json", kelurahan, strlen(kelurahan)},
        {"survey.json", survey, strlen(survey)},
        {"polls.json", polls, strlen(polls)},
        {"choices/jenis.json", jenis, strlen(jenis)},
        {"choices/hal.json", hal, strlen(hal)},
        {"pages/satu.json", page, strlen(page)},
        {"pages/dua.json", page, strlen(page)},
        {"services/sku.json", sku, strlen(sku)},
        {"services/ktp.json", ktp, strlen(ktp)},
        {"services/aduan.json", aduan, strlen(aduan)},
        {"services/loket.json", loket, strlen(loket)},
    };
    struct fault fault = {""};
    struct catalogue *catalogue = catalogue_load(files, sizeof files / sizeof *files, &fault);
    if (catalogue == NULL) {
        fail_msg("%s", fault.text);
    }
    return catalogue;
}

static void
open_with(struct office *office, struct catalogue *catalogue)
{
    static const struct flow_times times = {.idle = OFFICE_IDLE,
                                            .idle_warning = OFFICE_WARNING,
                                            .done = OFFICE_DONE,
                                            .rest = OFFICE_REST,
                                            .working_patience = OFFICE_PATIENCE};
    *office = (struct office){.now = 1000000};
    office->memory = secret_create(OFFICE_MEMORY);
    office->catalogue = catalogue;
    assert_non_null(office->memory);
    flow_init(&office->flow, office->memory, office->catalogue, &times, "6472021001", LANGUAGE_ID);
    office->flow.terms = (struct bill_terms){.nmid = "ID1020000000001", .cap = 10000000};
    office_desk(office, FLOW_DESK_UP);
    office_status(office, INTAKE_OPEN);
}

void
office_open(struct office *office)
{
    open_with(office, load());
}

void
office_open_at(struct office *office, const char *folder)
{
    struct fault fault = {""};
    struct catalogue *catalogue = catalogue_load_folder(folder, &fault);
    if (catalogue == NULL) {
        fail_msg("%s", fault.text);
    }
    open_with(office, catalogue);
}

void
office_close(struct office *office)
{
    catalogue_destroy(office->catalogue);
    secret_destroy(office->memory);
}

int
office_set_up(void **state)
{
    static struct office office;
    office_open(&office);
    *state = &office;
    return 0;
}

int
office_tear_down(void **state)
{
    office_close(*state);
    return 0;
}

void
office_step(struct office *office, struct flow_event event)
{
    event.now = office->now;
    event.today = office_today;
    office->last = flow_step(&office->flow, &event);
    for (size_t i = 0; i < office->last.count; i++) {
        struct flow_effect effect = office->last.list[i];
        office->effects[effect.kind]++;
        office->arg[effect.kind] = effect.arg;
        office->request[effect.kind] = effect.request;
        if (effect.kind == EFFECT_SUBMIT && office->flow.id[0] == '\0') { // the face's part
            text_copy(office->flow.id, 37, "01936e5c-0000-7000-8000-000000000001");
            if (office->flow.code[0] == '\0') {
                text_copy(office->flow.code, 10, "7K3F-9QXM");
            }
        }
        if (effect.kind == EFFECT_ADOPT) {
            flow_adopt(&office->flow, office->catalogue);
        }
    }
}

void
office_press(struct office *office, enum flow_event_kind kind, int64_t arg)
{
    office_step(office, (struct flow_event){.kind = kind, .arg = arg});
}

void
office_type(struct office *office, const char *text)
{
    size_t len;
    for (uint32_t code; (code = utf8_at(text, &len)) != 0; text += len) {
        office_press(office, FLOW_TYPE, code);
    }
}

void
office_scan(struct office *office, const char *text)
{
    office_step(office, (struct flow_event){.kind = FLOW_SCAN, .text = text});
}

void
office_wait(struct office *office, int64_t ms)
{
    int64_t end = office->now + ms;
    int at_once = 0; // several things may be due together, but the loop must not spin
    while (flow_deadline(&office->flow) <= end) {
        int64_t due = flow_deadline(&office->flow);
        at_once = due > office->now ? 0 : at_once + 1;
        office->now = due > office->now ? due : office->now;
        office_press(office, FLOW_TICK, 0);
        assert_true(at_once < 4);
    }
    office->now = end;
}

void
office_desk(struct office *office, enum flow_event_kind kind)
{
    office_press(office, kind, 0);
}

void
office_status(struct office *office, int intake)
{
    office_step(office,
                (struct flow_event){.kind = FLOW_DESK_STATUS, .desk = {intake, true, true}});
}

void
office_ticket(struct office *office, int result, const char *number)
{
    int64_t request = office->request[EFFECT_TICKET];
    office_step(office, (struct flow_event){.kind = FLOW_TICKET_ANSWER,
                                            .ticket = {request, result, number, 6, 12}});
}

void
office_saved(struct office *office, int result, const char *number)
{
    int64_t request = office->request[EFFECT_SUBMIT];
    office_step(office, (struct flow_event){.kind = FLOW_SUBMIT_ANSWER,
                                            .submit = {request, result, number, 6, 12}});
}

void
office_print(struct office *office, int64_t request, int state)
{
    int cause = state == PRINT_FAILED ? PRINTER_PAPER_OUT : PRINTER_READY;
    office_step(office,
                (struct flow_event){.kind = FLOW_PRINT_STATE, .print = {request, state, cause}});
}

void
office_found(struct office *office, enum portal_status status)
{
    office_step(office,
                (struct flow_event){.kind = FLOW_STATUS_ANSWER,
                                    .status = {office->request[EFFECT_LOOKUP], status, "sku",
                                               "Mohon lengkapi alamat.", "2026-11-20"}});
}

int
office_service(const struct office *office, const char *id)
{
    const struct service *list;
    size_t count = catalogue_services(office->catalogue, &list);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(list[i].id, id) == 0) {
            return (int)i;
        }
    }
    fail_msg("no service %s", id);
    return -1;
}

void
office_answer(struct office *office)
{
    const struct flow *flow = &office->flow;
    const struct question *question = &flow->service->questions[flow->spot.question];
    static const char *const typed[] = {
        [QUESTION_TEXT] = "Kue basah",
        [QUESTION_NAME] = "Siti Aminah",
        [QUESTION_NIK] = "6472031708900001",
        [QUESTION_KK] = "6472031708150007",
        [QUESTION_MONEY] = "150000",
        [QUESTION_PHONE] = "081234568488",
        [QUESTION_DATE] = "17082020",
        [QUESTION_TIME] = "0830",
        [QUESTION_RT] = "14",
        [QUESTION_NUMBER] = "100",
        [QUESTION_ADDRESS] = "Jl. Mawar 7",
    };
    const char *answer =
        question->type < sizeof typed / sizeof *typed ? typed[question->type] : NULL;
    bool supposed = question->preset != NULL && flow->draft[0] != '\0';
    if (answer != NULL && !supposed) {
        office_press(office, FLOW_CLEAR, 0);
        office_type(office, answer);
    } else if (question->type != QUESTION_REPEAT && flow->draft[0] == '\0') {
        office_press(office, FLOW_CHOOSE, 1);
    }
    office_press(office, FLOW_NEXT, 0);
}

static void
reach_form(struct office *office, enum place place)
{
    office_press(office, FLOW_SERVICE, office_service(office, "sku"));
    if (place == PLACE_SERVICE) {
        return;
    }
    office_press(office, FLOW_NEXT, 0);
    while (place != PLACE_QUESTION && office->flow.place == PLACE_QUESTION) {
        office_answer(office);
    }
    if (place == PLACE_DONE || place == PLACE_WORKING) {
        office_press(office, FLOW_AGREE, 0);
        office_press(office, FLOW_NEXT, 0);
    }
    if (place == PLACE_WORKING) {
        office_wait(office, FLOW_WAIT_SHOWN);
    } else if (place == PLACE_DONE) {
        office_saved(office, SUBMIT_SAVED, "");
    }
}

static void
reach_ticket(struct office *office, enum place place)
{
    office_press(office, FLOW_QUEUES, 0);
    if (place == PLACE_QUEUES) {
        return;
    }
    office_press(office, FLOW_QUEUE, 0);
    if (place == PLACE_TICKET_AGAIN) {
        office_ticket(office, TICKET_RECENT, "A-016");
    } else if (place == PLACE_SORRY) {
        office_ticket(office, TICKET_CLOSED, "");
    } else {
        office_ticket(office, TICKET_ISSUED, "A-017");
    }
    if (place == PLACE_TICKET_FAILED) {
        office_print(office, office->request[EFFECT_TICKET], PRINT_FAILED);
    }
}

void
office_verified(struct office *office, enum verdict verdict)
{
    struct flow_verified verified = {
        .verdict = verdict, .code = "A-017", .kiosk = "6472021001-1", .day = "2026-11-24"};
    office_step(office, (struct flow_event){.kind = FLOW_VERIFIED, .verified = &verified});
}

static void
reach_status(struct office *office, enum place place)
{
    office_press(office, FLOW_STATUS, 0);
    if (place == PLACE_STATUS_CODE) {
        return;
    }
    office_scan(office, "7K3F9QX3"); // its check letter is right
    if (place == PLACE_STATUS) {
        office_type(office, "8488");
        office_press(office, FLOW_NEXT, 0);
        office_found(office, STATUS_CHECKING);
    }
}

const struct bill_answer office_owed = {.state = BILL_OPEN,
                                        .owner = "S*** A***",
                                        .place = "JL. M***",
                                        .due = "2026-12-31",
                                        .amount = 120000,
                                        .fine = 5000};
const struct bill_answer office_code = {
    .state = BILL_WAITING,
    .reference = "7K3F-9QX3",
    .qris = "00020101021251440014ID.CO.QRIS.WWW0215ID10200000000010303UBE5204931153033605406125000"
            "5802ID5917PBB SAMARINDA UJI6009SAMARINDA61057511162240113SMD20250001230703K0163046677",
    .amount = 125000,
    .seconds = 60};

void
office_bill(struct office *office, const struct bill_answer *answer)
{
    office_step(office, (struct flow_event){.kind = FLOW_BILL_ANSWER,
                                            .bill = {office->flow.waiting_for, answer}});
}

void
office_poll(struct office *office, enum bill_state state)
{
    struct bill_answer answer = {.state = state};
    if (state == BILL_PAID) {
        answer.amount = 125000;
        answer.year = 2026;
        strcpy(answer.nop, "64.72.021.001.***-***1.0");
        strcpy(answer.moment, "23-11-2026 09.41");
    }
    office_step(office, (struct flow_event){.kind = FLOW_BILL_ANSWER,
                                            .bill = {office->flow.bill->poll_request, &answer}});
}

const struct booking_answer office_booked = {.state = BOOKING_DUE,
                                             .id = "01936e5c-0000-7000-8000-0000000000b0",
                                             .letter = "B",
                                             .service = "ktp",
                                             .day = "2026-11-23",
                                             .time = "10.00",
                                             .from = "09.30",
                                             .office = "Kelurahan Sungai Keledang"};

void
office_booking(struct office *office, enum booking_state state)
{
    struct booking_answer answer = office_booked;
    answer.state = state;
    office_step(office, (struct flow_event){.kind = FLOW_BOOKING_ANSWER,
                                            .booking = {office->flow.waiting_for, &answer}});
}

static void
reach_booking(struct office *office, enum place place)
{
    office_press(office, FLOW_QUEUES, 0);
    office_press(office, FLOW_BOOKING, 0);
    if (place == PLACE_BOOKING) {
        office_type(office, "7K3F9QX3");
        office_press(office, FLOW_NEXT, 0);
        office_booking(office, BOOKING_LATE);
    }
}

void
office_photos(struct office *office, enum photos_state state, int count)
{
    struct photos_answer answer = {.state = state, .count = count, .most = 6};
    office_step(office, (struct flow_event){.kind = FLOW_PHOTOS_ANSWER,
                                            .photos = {office->flow.photos.poll_request, &answer}});
}

static void
reach_bill(struct office *office, enum place place)
{
    office_press(office, FLOW_BILL, 0);
    if (place == PLACE_PAY_CHECK) {
        office_press(office, FLOW_PAY_CHECK, 0);
    }
    if (office->flow.place == place) {
        return;
    }
    office_type(office, "647202100100100010");
    office_press(office, FLOW_NEXT, 0);
    if (place == PLACE_BILL_YEAR) {
        return;
    }
    office_press(office, FLOW_BILL_YEAR, 0);
    office_bill(office, &office_owed);
    if (place == PLACE_BILL) {
        return;
    }
    office_press(office, FLOW_PAY, 0);
    office_bill(office, &office_code);
    if (place != PLACE_PAY) {
        office_wait(office, FLOW_PAY_POLL);
        office_poll(office, place == PLACE_PAID ? BILL_PAID : BILL_EXPIRED);
    }
}

void
office_reach(struct office *office, enum place place)
{
    switch (place) {
    case PLACE_RESTING:
        office_wait(office, OFFICE_REST);
        break;
    case PLACE_GROUP:
        office_press(office, FLOW_GROUP, 0);
        break;
    case PLACE_OFFICE:
        office_press(office, FLOW_SERVICE, office_service(office, "ktp"));
        office_press(office, FLOW_NEXT, 0);
        break;
    case PLACE_SERVICE:
    case PLACE_QUESTION:
    case PLACE_REVIEW:
    case PLACE_WORKING:
    case PLACE_DONE:
        reach_form(office, place);
        break;
    case PLACE_PHOTOS:
        reach_form(office, PLACE_DONE);
        strcpy(office->flow.pass, office_pass); // which the face makes when it seals
        office_press(office, FLOW_PHOTOS, 0);
        break;
    case PLACE_SURVEY:
        reach_form(office, PLACE_DONE);
        office_print(office, office->request[EFFECT_SUBMIT], PRINT_DONE);
        office_press(office, FLOW_DONE, 0);
        break;
    case PLACE_POLL:
        office_press(office, FLOW_POLL, 0);
        break;
    case PLACE_INFO_PAGE:
        office_press(office, FLOW_INFO, 0);
        office_press(office, FLOW_INFO_PAGE, 1);
        break;
    case PLACE_VERIFY:
    case PLACE_VERIFIED:
        office_press(office, FLOW_VERIFY, 0);
        if (place == PLACE_VERIFIED) {
            office_verified(office, VERDICT_TRUE);
        }
        break;
    case PLACE_QUEUES:
    case PLACE_TICKET_AGAIN:
    case PLACE_TICKET:
    case PLACE_TICKET_FAILED:
    case PLACE_SORRY:
        reach_ticket(office, place);
        break;
    case PLACE_STATUS_CODE:
    case PLACE_STATUS_FACT:
    case PLACE_STATUS:
        reach_status(office, place);
        break;
    case PLACE_INFO:
        office_press(office, FLOW_INFO, 0);
        break;
    case PLACE_BOOKING_CODE:
    case PLACE_BOOKING:
        reach_booking(office, place);
        break;
    case PLACE_BILL_NOP:
    case PLACE_BILL_YEAR:
    case PLACE_BILL:
    case PLACE_PAY:
    case PLACE_PAID:
    case PLACE_PAY_TROUBLE:
    case PLACE_PAY_CHECK:
        reach_bill(office, place);
        break;
    case PLACE_OUT_OF_SERVICE:
        office_desk(office, FLOW_DESK_DOWN);
        office_wait(office, FLOW_DESK_GRACE);
        break;
    case PLACE_HOME:
    case PLACE_COUNT:
        break;
    }
    assert_int_equal(office->flow.place, place);
}

bool
office_is_clean(const struct office *office)
{
    const struct flow *flow = &office->flow;
    const char *bytes = (const char *)flow->answers; // the first allocation
    bool zero = bytes[0] == 0 && memcmp(bytes, bytes + 1, secret_used(office->memory) - 1) == 0;
    return zero && flow->language == LANGUAGE_ID && flow->size == 0 && !flow->contrast &&
           flow->volume == FLOW_FIRST_VOLUME && flow->layer == 0 &&
           flow->filled_by == FILLED_SELF && !flow->ticket.have && flow->ticket.number[0] == '\0' &&
           flow->found->reason[0] == '\0';
}
