#include "kiosk.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <SDL2/SDL.h>
#include <cmocka.h>

#include "base/clock.h"
#include "base/secret.h"
#include "base/settings.h"
#include "base/text.h"
#include "type/type.h"
#include "wire/face_messages.h"
#include "wire/link.h"
#include "wire/sockets.h"

int64_t kiosk_now = 1000000, kiosk_step;

int64_t __wrap_clock_monotonic(void);

/* The linker leads every call of clock_monotonic() here. */
int64_t
__wrap_clock_monotonic(void)
{
    kiosk_now += kiosk_step;
    return kiosk_now;
}

static void
configure(struct kiosk *kiosk, bool keys)
{
    char path[128], seal[2 * SEAL_KEY + 1] = "", signing[2 * SIGN_PUBLIC + 1] = "";
    seal_keypair(kiosk->portal_public, kiosk->portal_secret);
    sign_keypair(kiosk->sign_public, kiosk->sign_secret);
    if (keys) {
        hex_of(kiosk->portal_public, SEAL_KEY, seal);
        hex_of(kiosk->sign_public, SIGN_PUBLIC, signing);
    }
    snprintf(path, sizeof path, "%s/anjungan.ini", kiosk->folder);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fprintf(file,
            "[kiosk]\nid = 6472021001-1\noffice = 6472021001\nlanguage = id\n"
            "[portal]\npublic_url = https://p.example\nseal_key = %s\nsign_key = %s\n"
            "[panel]\nwidth_px = 540\nheight_px = 960\nwidth_mm = 268\n",
            seal, signing);
    fclose(file);
    kiosk->settings = settings_load(path);
    assert_non_null(kiosk->settings);
    unlink(path);
}

void
kiosk_open(struct kiosk *kiosk, const char *catalogue, bool keys)
{
    struct fault fault = {""};
    char icons[512];
    kiosk_step = 0;
    *kiosk = (struct kiosk){.folder = "/tmp/anjungan-face-XXXXXX"};
    assert_non_null(mkdtemp(kiosk->folder));
    snprintf(kiosk->address, sizeof kiosk->address, "%s/face.sock", kiosk->folder);
    snprintf(icons, sizeof icons, "%s/../icons", catalogue);
    configure(kiosk, keys);
    kiosk->type = type_create(NULL);
    kiosk->memory = secret_create(FACE_MEMORY);
    struct platform_options options = {.width = 540, .height = 960, .icons = icons};
    kiosk->platform = platform_create(&options, kiosk->type);
    kiosk->signals = eventfd(1, EFD_NONBLOCK);
    struct face_parts parts = {.settings = kiosk->settings,
                               .platform = kiosk->platform,
                               .type = kiosk->type,
                               .memory = kiosk->memory,
                               .catalogue = catalogue_load_folder(catalogue, &fault),
                               .locale = "/proc/nonexistent",
                               .listener = sockets_listen(kiosk->address, 0600),
                               .signals = kiosk->signals,
                               .nodes = -1};
    assert_non_null(kiosk->platform);
    assert_non_null(parts.catalogue);
    kiosk->face = face_create(&parts);
    assert_non_null(kiosk->face);
}

void
kiosk_close(struct kiosk *kiosk)
{
    close(kiosk->face->parts.listener);
    face_destroy(kiosk->face);
    link_destroy(kiosk->desk);
    platform_destroy(kiosk->platform);
    type_destroy(kiosk->type);
    secret_destroy(kiosk->memory);
    settings_destroy(kiosk->settings);
    close(kiosk->signals);
    unlink(kiosk->address);
    rmdir(kiosk->folder);
}

void
kiosk_turn(struct kiosk *kiosk)
{
    for (int i = 0; i < 3; i++) { // accept, read, answer
        kiosk->face->ending = false;
        face_run(kiosk->face);
    }
}

void
kiosk_wait(struct kiosk *kiosk, int64_t ms)
{
    int64_t end = kiosk_now + ms;
    while (flow_deadline(&kiosk->face->flow) <= end) {
        int64_t due = flow_deadline(&kiosk->face->flow);
        kiosk_now = due > kiosk_now ? due : kiosk_now;
        kiosk_turn(kiosk);
    }
    kiosk_now = end;
    kiosk_turn(kiosk);
}

/* --- the desk -------------------------------------------------------------------- */

void
kiosk_dial(struct kiosk *kiosk)
{
    link_destroy(kiosk->desk);
    kiosk->desk = link_create(sockets_dial(kiosk->address), face_to_desk);
    assert_non_null(kiosk->desk);
    kiosk_turn(kiosk);
}

void
kiosk_say(struct kiosk *kiosk, const struct wire_type *type, const void *message)
{
    assert_true(link_send(kiosk->desk, type, message));
    while (link_wants_write(kiosk->desk) && link_flush(kiosk->desk)) {
        kiosk_turn(kiosk);
    }
    kiosk_turn(kiosk);
}

void
kiosk_status(struct kiosk *kiosk, int intake)
{
    struct desk_status status = {
        .intake = intake, .online = true, .tickets_open = true, .wait_minutes = 12, .waiting = 6};
    kiosk_say(kiosk, &desk_status_type, &status);
}

void
kiosk_greet(struct kiosk *kiosk)
{
    struct desk_hello hello = {.protocol = FACE_PROTOCOL,
                               .kiosk = "6472021001-1",
                               .office = "6472021001",
                               .office_name = "Kelurahan Sungai Keledang",
                               .hours = "Senin-Kamis 08.00-16.00",
                               .utc_offset = 480};
    kiosk_dial(kiosk);
    kiosk_say(kiosk, &desk_hello_type, &hello);
    kiosk_status(kiosk, INTAKE_OPEN);
}

const struct wire_type *
kiosk_hear(struct kiosk *kiosk, void *message)
{
    bool broken = false;
    kiosk_turn(kiosk);
    const struct wire_type *type = link_next(kiosk->desk, message, &broken);
    if (type == NULL && link_fill(kiosk->desk)) {
        type = link_next(kiosk->desk, message, &broken);
    }
    assert_false(broken);
    return type;
}

/* --- the resident ------------------------------------------------------------------ */

void
kiosk_press(struct kiosk *kiosk, enum flow_event_kind kind, int64_t arg)
{
    effects_step(kiosk->face,
                 (struct flow_event){.kind = kind, .arg = arg, .now = clock_monotonic()});
    kiosk_turn(kiosk);
}

void
kiosk_type(struct kiosk *kiosk, const char *text)
{
    size_t len;
    for (; utf8_at(text, &len) != 0; text += len) {
        SDL_Event event = {.text = {.type = SDL_TEXTINPUT}};
        memcpy(event.text.text, text, len);
        assert_int_equal(SDL_PushEvent(&event), 1);
        kiosk_turn(kiosk);
        kiosk_now += 80;
        kiosk_turn(kiosk);
    }
}

static const char *
good_answer(enum question_type type)
{
    switch (type) {
    case QUESTION_NIK:
        return "6472031708900001";
    case QUESTION_KK:
        return "6472031708150007";
    case QUESTION_NAME:
        return "Siti Aminah";
    case QUESTION_PHONE:
        return "081234568488";
    case QUESTION_DATE:
        return "17082020";
    case QUESTION_TIME:
        return "0830";
    case QUESTION_RT:
        return "14";
    case QUESTION_MONEY:
    case QUESTION_NUMBER:
        return "3";
    default:
        return "Jalan Kenanga nomor 12, warung kue basah";
    }
}

void
kiosk_fill(struct kiosk *kiosk, const char *id)
{
    struct flow *flow = &kiosk->face->flow;
    const struct service *list;
    size_t count = catalogue_services(flow->catalogue, &list);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(list[i].id, id) == 0) {
            kiosk_press(kiosk, FLOW_SERVICE, (int64_t)i);
        }
    }
    for (int i = 0; i < 60 && flow->place != PLACE_REVIEW; i++) {
        const struct question *question =
            flow->place == PLACE_QUESTION ? &flow->service->questions[flow->spot.question] : NULL;
        if (question != NULL && flow_searches(flow)) {
            kiosk_press(kiosk, FLOW_CHOOSE, 0);
        } else if (question != NULL && flow_field(flow) == NULL && flow->draft[0] == '\0') {
            kiosk_press(kiosk, FLOW_CHOOSE, 0);
        } else if (question != NULL && flow_field(flow) != NULL && flow->draft[0] == '\0') {
            kiosk_type(kiosk, good_answer(question->type));
        }
        kiosk_press(kiosk, FLOW_NEXT, 0);
    }
    if (flow->place != PLACE_REVIEW) {
        fail_msg("%s: stuck at place %d, question %d, problem %d", id, (int)flow->place,
                 flow->spot.question, (int)flow->check.problem);
    }
}
