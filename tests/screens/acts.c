#include "acts.h"

#include <string.h>

#include "base/text.h"

/* --- home and what stands for it ---------------------------------------------------------- */

void
act_home(struct stage *stage, const struct scene *scene)
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

void
act_resting(struct stage *stage, const struct scene *scene)
{
    if (scene->a) {
        stage->facts.notice = "Rabu 25 November loket tutup pukul 12.00.";
        stage->facts.serving = "A-017 · B-008 · P-002";
    } else {
        stage->facts.hours = "";
    }
    stage_wait(stage, 180000);
}

void
act_out_of_service(struct stage *stage, const struct scene *scene)
{
    stage->facts.fault_code = scene->text;
    stage_press(stage, FLOW_DESK_DOWN, 0);
    stage_wait(stage, 20000);
}

/* --- waiting, saved ----------------------------------------------------------------------- */

static void
send(struct stage *stage, int index)
{
    const struct scene at = {.a = index};
    act_review(stage, &at);
    stage->flow.agreed = true;
    stage->flow.waiting = (struct flow_effect){EFFECT_SUBMIT, ++stage->flow.request, 0};
    stage->flow.waiting_for = stage->flow.submit_request = stage->flow.request;
    stage->flow.asked = stage->now;
    stage->flow.asked_at = PLACE_REVIEW;
    text_copy(stage->flow.code, 10, "7K3F-9QX3");
}

void
act_working(struct stage *stage, const struct scene *scene)
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
        if (scene->b == 2) {
            stage_step(stage, (struct flow_event){
                                  .kind = FLOW_SCAN, .arg = SCAN_BOOKING, .text = "7K3F9QX3"});
            break;
        }
        stage_press(stage, FLOW_STATUS, 0);
        stage_step(stage, (struct flow_event){.kind = FLOW_SCAN, .text = "7K3F9QX3"});
        stage_type(stage, "8488");
        stage_press(stage, FLOW_NEXT, 0);
        break;
    }
    if (scene->b == 1) {
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

void
act_done(struct stage *stage, const struct scene *scene)
{
    send(stage, scene->a);
    if (stage->flow.service->photos.most > 0) { // as the face does when it seals
        strcpy(stage->flow.pass, "00112233445566778899aabbccddeeff");
    }
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
    if (scene->b & ELSEWHERE) {
        const struct kelurahan *list;
        catalogue_kelurahan(stage->catalogue, &list);
        stage->flow.office = &list[0];
    }
    if (scene->b & KEPT) {
        stage_press(stage, FLOW_KEEP, 0);
    }
}

/* a: what the portal says, PHOTOS_UNHEARD nothing yet; b: how many have come; c: the receipt, 0 is
 * printed; text: the line is down. */
void
act_photos(struct stage *stage, const struct scene *scene)
{
    const struct scene saved = {
        .a = 2, .b = scene->text != NULL ? OFFLINE : 0, .c = scene->c != 0 ? scene->c : PRINT_DONE};
    struct photos_answer answer = {
        .state = (enum photos_state)scene->a, .count = scene->b, .most = 6};
    act_done(stage, &saved);
    stage_press(stage, FLOW_PHOTOS, 0);
    stage_wait(stage, 0);
    if (scene->a != PHOTOS_UNHEARD) {
        stage_step(stage,
                   (struct flow_event){.kind = FLOW_PHOTOS_ANSWER,
                                       .photos = {stage->flow.photos.poll_request, &answer}});
    }
}

/* --- opinions ----------------------------------------------------------------------------- */

/* a: the step, as far as there are faces; b: "8 lagi?", else thanks. */
void
act_survey(struct stage *stage, const struct scene *scene)
{
    const struct scene saved = {.c = PRINT_DONE};
    act_done(stage, &saved);
    stage_press(stage, FLOW_DONE, 0);
    if (scene->a > 0) {
        stage_press(stage, FLOW_SCORE, 3);
        stage_press(stage, scene->b ? FLOW_NOTHING : FLOW_NEXT, 0);
        for (int step = 1; step < scene->a; step++) {
            stage_press(stage, FLOW_SKIP, 0);
        }
    }
}

/* On a day on which the shipped poll was open. */
void
act_poll_tile(struct stage *stage, const struct scene *scene)
{
    (void)scene;
    const struct poll *polls;
    catalogue_polls(stage->catalogue, &polls);
    stage->facts.today = polls[0].from;
}

void
act_poll(struct stage *stage, const struct scene *scene)
{
    act_poll_tile(stage, scene);
    stage_press(stage, FLOW_POLL, 0);
    if (scene->a) {
        stage_press(stage, FLOW_VOTE, 1);
    }
}

/* --- queue numbers ------------------------------------------------------------------------ */

void
act_queues(struct stage *stage, const struct scene *scene)
{
    stage_press(stage, FLOW_QUEUES, 0);
    if (scene->a) {
        stage_press(stage, FLOW_PRIORITY, 0);
    }
}

/* a: the series; b: enum ticket_result; c: print state, and its cause times 16. */
void
act_ticket(struct stage *stage, const struct scene *scene)
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

/* a: the portal's word on what was typed, -1: nothing yet; b: the problem with it; c: as above. */
void
act_booking(struct stage *stage, const struct scene *scene)
{
    struct booking_answer answer = {.state = (enum booking_state)scene->a,
                                    .id = "01936e5c-0000-7000-8000-0000000000b0",
                                    .letter = "D",
                                    .service = "aduan",
                                    .day = "2026-09-30",
                                    .time = "10.00",
                                    .from = "09.30",
                                    .office = "Kelurahan Sungai Pinang Luar, Samarinda Kota",
                                    .number = "D-017",
                                    .minutes = 10};
    stage_press(stage, FLOW_QUEUES, 0);
    stage_press(stage, FLOW_BOOKING, 0);
    stage_type(stage, scene->text);
    if (scene->a < 0) {
        stage->flow.check = (struct check){(enum problem)scene->b, 8, 7, false};
        return;
    }
    stage_press(stage, FLOW_NEXT, 0);
    stage_step(stage, (struct flow_event){.kind = FLOW_BOOKING_ANSWER,
                                          .booking = {stage->flow.waiting_for, &answer}});
    if (scene->a == BOOKING_DUE) {
        stage_step(stage, (struct flow_event){
                              .kind = FLOW_TICKET_ANSWER,
                              .ticket = {stage->flow.waiting_for, TICKET_ISSUED, "D-017", 36, 12}});
        print(stage, scene->c & 15, scene->c >> 4);
    }
}

/* --- where is my request ------------------------------------------------------------------ */

void
act_status_code(struct stage *stage, const struct scene *scene)
{
    stage_press(stage, FLOW_STATUS, 0);
    stage_type(stage, scene->text);
    if (scene->a != PROBLEM_NONE) {
        stage->flow.check = (struct check){(enum problem)scene->a, 8, 7, false};
    }
}

void
act_status_fact(struct stage *stage, const struct scene *scene)
{
    stage_press(stage, FLOW_STATUS, 0);
    stage_step(stage, (struct flow_event){.kind = FLOW_SCAN, .text = "7K3F9QX3"});
    stage_type(stage, scene->text);
    if (scene->a != PROBLEM_NONE) {
        stage->flow.check = (struct check){(enum problem)scene->a, 4, 3, false};
    }
}

void
act_status(struct stage *stage, const struct scene *scene)
{
    const struct scene fact = {.text = "8488"};
    const char *known = scene->a >= STATUS_NOT_FOUND ? "" : scene->c ? "aduan" : "sku";
    act_status_fact(stage, &fact);
    stage_press(stage, FLOW_NEXT, 0);
    stage_step(stage, (struct flow_event){
                          .kind = FLOW_STATUS_ANSWER,
                          .status = {stage->flow.waiting_for, (enum portal_status)scene->a, known,
                                     scene->text, known[0] ? "2026-09-20" : "", scene->b}});
}

/* Sent back: `a` 0 what was said, 1 the first question, 2 the review, 3 saved. */
void
act_mend(struct stage *stage, const struct scene *scene)
{
    static const struct flow_mend mend[] = {
        {"nama_usaha", "Tulis nama usaha seperti di papan nama atau di NIB."},
        {"alamat_usaha", "Nomor rumah belum ada, dan RT di KK berbeda dengan yang tertulis."}};
    const struct scene fact = {.text = "8488"};
    act_status_fact(stage, &fact);
    stage_press(stage, FLOW_NEXT, 0);
    stage_step(stage, (struct flow_event){.kind = FLOW_STATUS_ANSWER,
                                          .status = {stage->flow.waiting_for, STATUS_MEND, "sku",
                                                     "Bawa juga foto tempat usaha.", "2026-09-20",
                                                     0, mend, 2}});
    if (scene->a > 0) {
        stage_press(stage, FLOW_MEND, 0);
    }
    for (int i = 0; i < 2 && scene->a > 1; i++) {
        stage_type(stage, i == 0 ? "Warung Bu Siti" : "Jl. Mawar no. 7A");
        stage_press(stage, FLOW_NEXT, 0);
    }
    if (scene->a > 2) {
        stage_press(stage, FLOW_AGREE, 0);
        stage_press(stage, FLOW_NEXT, 0);
        stage_step(stage, (struct flow_event){
                              .kind = FLOW_SUBMIT_ANSWER,
                              .submit = {stage->flow.waiting_for, SUBMIT_SAVED, "", 0, 0}});
    }
}

void
act_info(struct stage *stage, const struct scene *scene)
{
    (void)scene;
    stage_press(stage, FLOW_INFO, 0);
}

/* b: 1 early, 2 before days off that go on for more than a week, 3 by a clock that is not sure. */
void
act_info_page(struct stage *stage, const struct scene *scene)
{
    static const int minutes[] = {9 * 60 + 41, 6 * 60, 16 * 60, -1};
    stage->facts.minute = minutes[scene->b];
    stage->facts.days_off = scene->b == 2
                                ? "2026-11-24 2026-11-25 2026-11-26 2026-11-27 2026-11-28 "
                                  "2026-11-30 2026-12-01 2026-12-02"
                                : "";
    stage_press(stage, FLOW_INFO, 0);
    stage_press(stage, FLOW_INFO_PAGE, scene->a);
}

/* `a`: the verdict on what was scanned; below 0 nothing yet. */
void
act_verify(struct stage *stage, const struct scene *scene)
{
    struct flow_verified verified = {
        .verdict = (enum verdict)scene->a,
        .code = "7K3F-9QX3",
        .kiosk = "6472021001-1",
        .day = "2026-09-30",
        .host = "tandatangan-elektronik.samarindakota.go.id",
        .link = "https://tandatangan-elektronik.samarindakota.go.id/periksa/2026/0123456789abcdef"};
    stage_press(stage, FLOW_VERIFY, 0);
    if (scene->a >= 0) {
        stage_step(stage, (struct flow_event){.kind = FLOW_VERIFIED, .verified = &verified});
    }
}

/* --- covers ------------------------------------------------------------------------------- */

void
act_cover(struct stage *stage, const struct scene *scene)
{
    acts_open_question(stage, 0, 0);
    acts_fill(stage);
    stage_press(stage, FLOW_COVER, scene->a);
}

void
act_help(struct stage *stage, const struct scene *scene)
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

void
act_hint(struct stage *stage, const struct scene *scene)
{
    acts_open_question(stage, scene->a, scene->b);
    stage_press(stage, FLOW_COVER, COVER_HINT);
}

void
act_cancel(struct stage *stage, const struct scene *scene)
{
    (void)scene;
    acts_open_question(stage, 0, 0);
    stage_type(stage, "6472");
    stage_press(stage, FLOW_CANCEL, 0);
}

void
act_idle(struct stage *stage, const struct scene *scene)
{
    (void)scene;
    acts_open_question(stage, 0, 0);
    stage_type(stage, "6472");
    stage_wait(stage, 96000);
}
