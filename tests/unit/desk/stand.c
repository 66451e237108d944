#include "stand.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/files.h"
#include "base/id.h"
#include "base/settings.h"
#include "desk/desk.h"
#include "seal/seal.h"
#include "type/type.h"
#include "wire/sockets.h"

/* Plain letters, so that what is on paper can be read; and no patience. */
static const char printer[] = "[paper]\ndots = 576\ndots_per_mm = 8\nmode = text\ncolumns = 48\n"
                              "code_page = 16\nnative_qr = no\nband_rows = 64\nfeed_units = 2\n"
                              "[cut]\ncommand = feed-partial\nfeed_mm = 15\nbuzzer = no\n"
                              "[status]\nconfirm = job\nrealtime = yes\nclear = yes\n"
                              "reply_ms = 150\nconfirm_ms = 1000\nstall_ms = 500\njob_ms = 3000\n"
                              "probe_ms = 60000\n";

static void __attribute__((format(printf, 1, 2))) shell(const char *format, ...)
{
    char command[1024];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(command, sizeof command, format, arguments);
    va_end(arguments);
    if (system(command) != 0) {
        fail_msg("failed: %s", command);
    }
}

static void
write_config(struct stand *stand, const struct stand_world *world)
{
    char path[128], text[2048];
    uint8_t seal[SEAL_KEY], seal_secret[SEAL_KEY], public_key[SIGN_PUBLIC], secret[SIGN_SECRET];
    char seal_hex[2 * SEAL_KEY + 1], sign_hex[2 * SIGN_PUBLIC + 1];
    seal_keypair(seal, seal_secret);
    sign_keypair(public_key, secret);
    hex_of(seal, SEAL_KEY, seal_hex);
    hex_of(public_key, SIGN_PUBLIC, sign_hex);
    snprintf(path, sizeof path, "%s/anjungan.ini", stand->folder);
    int len = snprintf(text, sizeof text,
                       "[kiosk]\nid = 6472021001-1\nnumber = 1\noffice = 6472021001\n"
                       "socket_dir = %s/run\nstate_dir = %s/state\ndata_dir = %s/data\n"
                       "[printer]\naddress = %s\nprofile = quick\n"
                       "[tickets]\nrecent = %d\nin_a_row = %d\n",
                       stand->folder, stand->folder, stand->folder,
                       world->printer ? world->printer : "none", 60,
                       world->in_a_row != 0 ? world->in_a_row : 3);
    if (world->more) {
        len += snprintf(text + len, sizeof text - (size_t)len, "%s", world->more);
    } else {
        len += snprintf(text + len, sizeof text - (size_t)len,
                        "[portal]\nseal_key = %s\nsign_key = %s\n", seal_hex, sign_hex);
    }
    assert_true(files_replace(path, text, (size_t)len, 0600));
}

void
stand_make(struct stand *stand, const char *source, const struct stand_world *world)
{
    char path[128];
    memset(stand, 0, sizeof *stand);
    snprintf(stand->folder, sizeof stand->folder, "/tmp/anjungan-desk-XXXXXX");
    assert_true(seal_init());
    assert_non_null(mkdtemp(stand->folder));
    shell("cd %s && mkdir run state data data/offices data/printers && ln -s %s/assets/catalogue "
          "data/catalogue && cp %s/tests/%s.json data/offices/6472021001.json",
          stand->folder, source, source, world->office ? world->office : "walks/offices/open");
    snprintf(path, sizeof path, "%s/data/printers/quick.ini", stand->folder);
    assert_true(files_replace(path, printer, strlen(printer), 0600));
    write_config(stand, world);
    snprintf(path, sizeof path, "%s/run/face.sock", stand->folder);
    stand->listener = sockets_listen(path, 0600);
    assert_true(stand->listener >= 0);
    stand->type = type_create(NULL);
    assert_non_null(stand->type);
}

static void *
run(void *context)
{
    struct stand *stand = context;
    return desk_run(stand->desk, stand->stop) ? stand : NULL;
}

bool
stand_start(struct stand *stand)
{
    char path[128];
    snprintf(path, sizeof path, "%s/anjungan.ini", stand->folder);
    stand->settings = settings_load(path);
    assert_non_null(stand->settings);
    assert_int_equal(stand->settings->problems, 0);
    stand->desk = desk_create(stand->settings, stand->type);
    if (stand->desk == NULL) {
        settings_destroy(stand->settings);
        return false;
    }
    stand->stop = eventfd(0, EFD_CLOEXEC);
    assert_int_equal(pthread_create(&stand->thread, NULL, run, stand), 0);
    return true;
}

void
stand_stop(struct stand *stand)
{
    void *good = NULL;
    assert_int_equal(eventfd_write(stand->stop, 1), 0);
    assert_int_equal(pthread_join(stand->thread, &good), 0);
    assert_non_null(good);
    desk_destroy(stand->desk);
    settings_destroy(stand->settings);
    close(stand->stop);
    link_destroy(stand->face);
    stand->face = NULL;
    stand->desk = NULL;
}

void
stand_remove(struct stand *stand)
{
    type_destroy(stand->type);
    close(stand->listener);
    shell("rm -rf %s", stand->folder);
}

void
stand_open(struct stand *stand)
{
    assert_true(stand_start(stand));
    stand_greet(stand);
    stand_await_intake(stand, INTAKE_OPEN, 5000);
}

void
stand_close(struct stand *stand)
{
    stand_stop(stand);
    stand_remove(stand);
}

void
stand_restart(struct stand *stand)
{
    stand_stop(stand);
    assert_true(stand_start(stand));
    stand_greet(stand);
}

/* --- the face ---------------------------------------------------------------- */

void
stand_greet(struct stand *stand)
{
    struct pollfd fd = {.fd = stand->listener, .events = POLLIN};
    link_destroy(stand->face);
    assert_int_equal(poll(&fd, 1, 5000), 1);
    stand->face = link_create(sockets_accept(stand->listener), desk_to_face);
    assert_non_null(stand->face);
    stand->statuses = 0;
    const struct desk_hello *hello = stand_hear(stand, &desk_hello_type, 5000);
    assert_non_null(hello);
    assert_int_equal(hello->protocol, FACE_PROTOCOL);
}

void
stand_say(struct stand *stand, const struct wire_type *type, const void *message)
{
    assert_true(link_send(stand->face, type, message));
    while (link_wants_write(stand->face)) {
        assert_true(link_flush(stand->face));
    }
}

/* The next message, or NULL when none comes in time or the desk hung up. */
const struct wire_type *
stand_listen(struct link *link, void *message, int64_t until)
{
    bool broken = false, alive = true;
    const struct wire_type *type;
    while ((type = link_next(link, message, &broken)) == NULL && alive && !broken) {
        struct pollfd fd = {.fd = link_fd(link), .events = POLLIN};
        int64_t left = until - clock_monotonic();
        if (left <= 0 || poll(&fd, 1, (int)left) <= 0) {
            return NULL;
        }
        alive = link_fill(link);
    }
    assert_false(broken);
    return type;
}

const void *
stand_hear(struct stand *stand, const struct wire_type *wanted, int ms)
{
    static _Alignas(max_align_t) unsigned char message[WIRE_MESSAGE_MAX];
    int64_t until = clock_monotonic() + ms;
    const struct wire_type *type;
    while ((type = stand_listen(stand->face, message, until)) != NULL) {
        if (type == &desk_status_type) {
            memcpy(&stand->status, message, sizeof stand->status);
            stand->statuses++;
        }
        if (type == wanted) {
            return message;
        }
    }
    return NULL;
}

void
stand_await_intake(struct stand *stand, enum intake intake, int ms)
{
    int64_t until = clock_monotonic() + ms;
    while (stand->statuses == 0 || stand->status.intake != (int32_t)intake) {
        if (stand_hear(stand, &desk_status_type, (int)(until - clock_monotonic())) == NULL) {
            fail_msg("intake is %d, not %d", stand->status.intake, intake);
        }
    }
}

void
stand_await_outbox(struct stand *stand, int count, int ms)
{
    int64_t until = clock_monotonic() + ms;
    while (stand->status.outbox != count) {
        if (stand_hear(stand, &desk_status_type, (int)(until - clock_monotonic())) == NULL) {
            fail_msg("outbox holds %d, not %d", stand->status.outbox, count);
        }
    }
}

void
stand_send_submission(struct stand *stand, int64_t request, int n)
{
    char id[37], code[CODE_TEXT];
    uint8_t envelope[700];
    snprintf(id, sizeof id, "01930000-0000-7000-8000-%012d", n);
    code_make(code);
    for (size_t i = 0; i < sizeof envelope; i++) {
        envelope[i] = (uint8_t)(i * 7 + (size_t)n);
    }
    struct face_submit submit = {.request = request,
                                 .id = id,
                                 .code = code,
                                 .service = "aduan",
                                 .language = "id",
                                 .envelope = {envelope, sizeof envelope}};
    stand_say(stand, &face_submit_type, &submit);
}

struct desk_submit_answer
stand_submit(struct stand *stand, int n)
{
    stand_send_submission(stand, ++stand->request, n);
    const struct desk_submit_answer *answer = stand_hear(stand, &desk_submit_answer_type, 10000);
    assert_non_null(answer);
    assert_int_equal(answer->request, stand->request);
    return *answer;
}

const char *
stand_wish(void)
{
    static char id[UUID_TEXT];
    uuid7_make(id, clock_wall());
    return id;
}

struct desk_ticket_answer
stand_ticket(struct stand *stand, const char *queue, bool again, char *number)
{
    struct face_ticket_request ask = {
        .request = ++stand->request, .id = stand_wish(), .queue = queue, .again = again};
    stand_say(stand, &face_ticket_request_type, &ask);
    const struct desk_ticket_answer *answer = stand_hear(stand, &desk_ticket_answer_type, 5000);
    assert_non_null(answer);
    assert_int_equal(answer->request, stand->request);
    snprintf(number, 16, "%s", answer->number);
    return *answer;
}

struct desk_print_state
stand_paper(struct stand *stand, int64_t request, int ms)
{
    int64_t until = clock_monotonic() + ms;
    for (;;) {
        const struct desk_print_state *state =
            stand_hear(stand, &desk_print_state_type, (int)(until - clock_monotonic()));
        assert_non_null(state);
        if (state->request == request && state->state != PRINT_WORKING) {
            return *state;
        }
    }
}

/* --- the technician ---------------------------------------------------------- */

int
stand_dial_ctl(struct stand *stand)
{
    char path[128];
    snprintf(path, sizeof path, "%s/run/ctl.sock", stand->folder);
    return sockets_dial(path);
}

struct link *
stand_dial(struct stand *stand, const char *name, wire_table in)
{
    char path[128];
    snprintf(path, sizeof path, "%s/run/%s", stand->folder, name);
    struct link *link = link_create(sockets_dial(path), in);
    assert_non_null(link);
    return link;
}

struct ctl_end
stand_ctl(struct stand *stand, const struct wire_type *type, const void *message, stand_row *each,
          void *context)
{
    _Alignas(max_align_t) unsigned char answer[WIRE_MESSAGE_MAX];
    struct ctl_end end = {.reason = "hung up"};
    int64_t until = clock_monotonic() + 40000;
    struct link *link = link_create(stand_dial_ctl(stand), desk_to_ctl);
    assert_non_null(link);
    assert_true(link_send(link, type, message) && link_flush(link));
    const struct wire_type *got;
    while ((got = stand_listen(link, answer, until)) != NULL) {
        if (got == &ctl_end_type) {
            static _Thread_local char reason[512]; // outlives the link
            memcpy(&end, answer, sizeof end);
            snprintf(reason, sizeof reason, "%s", end.reason);
            end.reason = reason;
            break;
        }
        if (each != NULL) {
            each(context, got, answer);
        }
    }
    link_destroy(link);
    return end;
}

static void
keep_status(void *context, const struct wire_type *type, const void *message)
{
    assert_ptr_equal(type, &ctl_status_type);
    memcpy(context, message, sizeof(struct ctl_status));
}

struct ctl_status
stand_status(struct stand *stand)
{
    struct ctl_status status = {0};
    char nothing = 0;
    struct ctl_end end = stand_ctl(stand, &ctl_status_ask_type, &nothing, keep_status, &status);
    assert_true(end.ok);
    return status;
}

int64_t
stand_cpu(struct stand *stand)
{
    clockid_t clock;
    struct timespec time;
    assert_int_equal(pthread_getcpuclockid(stand->thread, &clock), 0);
    assert_int_equal(clock_gettime(clock, &time), 0);
    return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}
