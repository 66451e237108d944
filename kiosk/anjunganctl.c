/* anjunganctl: what a technician does over ssh. Speaks to the desk on ctl.sock. */
#include <errno.h>
#include <getopt.h>
#include <inttypes.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/log.h"
#include "base/settings.h"
#include "base/states.h"
#include "base/text.h"
#include "form/catalogue.h"
#include "wire/ctl_messages.h"
#include "wire/link.h"
#include "wire/sockets.h"

static const char usage[] =
    "usage: anjunganctl [--config FILE] [--json] COMMAND\n"
    "  status                  what works, what waits, since when\n"
    "  outbox                  submissions and where they stand (never contents)\n"
    "  unprinted               today's numbers without paper in hand\n"
    "  test-print              a test slip\n"
    "  send-now                try the portal at once\n"
    "  enrol CODE [URL]        become known to the portal with a one-time code\n"
    "  catalogue check [DIR]   name the first fault of a catalogue\n"
    "Exit status: 0 done, 1 it could not be done, 2 wrong usage, 3 no desk answers.\n";

enum { DONE, FAILED, MISUSED, NO_DESK };
enum { PATIENCE = 45000, UTC_OFFSET = 480 };

struct ctl {
    const char *config;
    struct settings *settings; /* once settings_needed() */
    struct link *link;
    bool json;
    bool started; /* a JSON list has its first row */
};

/* The configuration is read by what needs it: a wrong word, and a catalogue named by its
 * folder on its author's own machine, do not. False after having said why. */
static bool
settings_needed(struct ctl *ctl)
{
    if (ctl->settings == NULL) {
        ctl->settings = settings_load(ctl->config);
    }
    return ctl->settings != NULL;
}

/* --- the conversation -------------------------------------------------------- */

static int
dial(struct ctl *ctl)
{
    char path[512];
    if (!settings_needed(ctl)) {
        return FAILED;
    }
    snprintf(path, sizeof path, "%s/ctl.sock", ctl->settings->kiosk.socket_dir);
    if (access(path, W_OK) != 0 && errno == EACCES) {
        fprintf(stderr,
                "anjunganctl: only root and the desk's own user may speak to the desk; try sudo\n");
        return FAILED;
    }
    int fd = sockets_dial(path);
    ctl->link = fd >= 0 ? link_create(fd, desk_to_ctl) : NULL;
    if (ctl->link == NULL) {
        fprintf(stderr, "anjunganctl: no desk answers at %s; is anjungand running?\n", path);
        return NO_DESK;
    }
    return DONE;
}

/* The next message, or NULL when the desk is gone. */
static const struct wire_type *
listen_to(struct ctl *ctl, void *message)
{
    bool broken = false, alive = true;
    const struct wire_type *type;
    while ((type = link_next(ctl->link, message, &broken)) == NULL && alive && !broken) {
        struct pollfd fd = {.fd = link_fd(ctl->link), .events = POLLIN};
        if (poll(&fd, 1, PATIENCE) <= 0) {
            break;
        }
        alive = link_fill(ctl->link);
    }
    return type;
}

static void
hang_up(struct ctl *ctl)
{
    link_destroy(ctl->link);
    ctl->link = NULL;
}

/* Ask, hand every message to `show`, and give what the end said. `next` as in ctl_end. */
static int
ask(struct ctl *ctl, const struct wire_type *type, const void *message,
    void (*show)(struct ctl *ctl, const void *message), int64_t *next)
{
    _Alignas(max_align_t) unsigned char answer[WIRE_MESSAGE_MAX];
    const struct wire_type *got;
    int result = dial(ctl);
    if (result != DONE) {
        return result;
    }
    if (!link_send(ctl->link, type, message)) {
        fputs("anjunganctl: too long a word\n", stderr);
        hang_up(ctl);
        return MISUSED;
    }
    link_flush(ctl->link);
    result = NO_DESK;
    while ((got = listen_to(ctl, answer)) != NULL) {
        if (got == &ctl_end_type) {
            const struct ctl_end *end = (const void *)answer;
            result = end->ok ? DONE : FAILED;
            *next = end->next;
            if (!end->ok) {
                fprintf(stderr, "anjunganctl: %s\n", end->reason);
            }
            break;
        }
        show(ctl, answer);
    }
    if (result == NO_DESK) {
        fputs("anjunganctl: the desk hung up\n", stderr);
    }
    hang_up(ctl);
    return result;
}

/* --- words ------------------------------------------------------------------- */

static const char *const intakes[] = {"open", "checking", "closed: disk full",
                                      "closed: store damaged", "paused"};
static const char *const printers[] = {
    "ready",         "near end of paper", "out of paper", "cover open",
    "cutter jammed", "too hot",           "offline",      "unknown"};
static const char *const outbox_words[] = {"waiting", "delivered", "quarantined", "forgotten",
                                           "lost"};

static const char *
word(const char *const *words, size_t count, int32_t index)
{
    return index >= 0 && (size_t)index < count ? words[index] : "?";
}
#define WORD(words, index) word(words, sizeof(words) / sizeof(words)[0], index)

/* "2026-11-24 09:41" office time, or "never". */
static const char *
moment(int64_t wall, char out[24])
{
    struct civil t = civil_at(wall, UTC_OFFSET);
    if (wall == 0) {
        return "never";
    }
    snprintf(out, 24, "%04d-%02d-%02d %02d:%02d", t.year % 10000, t.month % 100, t.day % 100,
             t.hour % 100, t.minute % 100);
    return out;
}

/* --- status ------------------------------------------------------------------ */

static void
show_text(const char *name, const char *value)
{
    printf("%-12s %s\n", name, value);
}

static void
print_status(const struct ctl_status *s)
{
    char a[24], b[24], line[200];
    snprintf(line, sizeof line, "%s, %s, anjungand %s since %s", s->kiosk, s->office, s->program,
             moment(s->started_at, a));
    show_text("kiosk", line);
    show_text("face", s->face_connected ? "connected" : "not connected");
    show_text("intake", WORD(intakes, s->intake));
    snprintf(line, sizeof line, "%s (%s)", WORD(printers, s->printer), s->printer_name);
    show_text("printer", line);
    if (!s->enrolled) {
        snprintf(line, sizeof line, "not enrolled");
    } else if (s->online) {
        snprintf(line, sizeof line, "reached %s", moment(s->last_exchange, a));
    } else {
        snprintf(line, sizeof line, "not reached since %s (%s), next try %s",
                 moment(s->offline_since, a),
                 s->last_error[0] != '\0' ? s->last_error : "never tried", moment(s->next_try, b));
    }
    show_text("portal", line);
    snprintf(line, sizeof line, "%d waiting since %s, %d quarantined, %" PRId64 " ever", s->outbox,
             moment(s->outbox_oldest, a), s->quarantined, s->last_seq);
    show_text("outbox", line);
    snprintf(line, sizeof line, "%d today, %d waiting, %d without paper", s->tickets_today,
             s->tickets_waiting, s->tickets_unprinted);
    show_text("tickets", line);
    snprintf(line, sizeof line, "%d", s->catalogue_version);
    show_text("catalogue", s->catalogue_version == 0 ? "as installed" : line);
    snprintf(line, sizeof line, "%" PRId64 " KiB, %" PRId64 " MiB free", s->store_bytes / 1024,
             s->disk_free_bytes / 1048576);
    show_text("store", line);
    show_text("clock", s->clock_uncertain ? "uncertain" : "good");
}

static void
json_status(const struct ctl_status *s)
{
    char buffer[4096];
    struct text out = text_over(buffer, sizeof buffer);
    text_add(&out, "{\"kiosk\":");
    json_write_text(&out, s->kiosk);
    text_add(&out, ",\"office\":");
    json_write_text(&out, s->office);
    text_add(&out, ",\"program\":");
    json_write_text(&out, s->program);
    text_add(&out, ",\"printer_name\":");
    json_write_text(&out, s->printer_name);
    text_add(&out, ",\"last_error\":");
    json_write_text(&out, s->last_error);
    text_addf(
        &out,
        ",\"started_at\":%" PRId64 ",\"face_connected\":%s,\"intake\":\"%s\",\"printer\":\"%s\","
        "\"enrolled\":%s,\"online\":%s,\"offline_since\":%" PRId64 ",\"last_exchange\":%" PRId64,
        s->started_at, s->face_connected ? "true" : "false", WORD(intakes, s->intake),
        WORD(printers, s->printer), s->enrolled ? "true" : "false", s->online ? "true" : "false",
        s->offline_since, s->last_exchange);
    text_addf(&out,
              ",\"next_try\":%" PRId64
              ",\"outbox\":%d,\"quarantined\":%d,\"outbox_oldest\":%" PRId64
              ",\"last_seq\":%" PRId64 ",\"tickets_today\":%d,\"tickets_waiting\":%d,"
              "\"tickets_unprinted\":%d,\"visits_today\":%d",
              s->next_try, s->outbox, s->quarantined, s->outbox_oldest, s->last_seq,
              s->tickets_today, s->tickets_waiting, s->tickets_unprinted, s->visits_today);
    text_addf(&out,
              ",\"catalogue_version\":%d,\"store_bytes\":%" PRId64 ",\"disk_free_bytes\":%" PRId64
              ",\"clock_uncertain\":%s}",
              s->catalogue_version, s->store_bytes, s->disk_free_bytes,
              s->clock_uncertain ? "true" : "false");
    puts(buffer);
}

static void
show_status(struct ctl *ctl, const void *message)
{
    if (ctl->json) {
        json_status(message);
    } else {
        print_status(message);
    }
}

/* --- lists ------------------------------------------------------------------- */

static void
json_separator(struct ctl *ctl)
{
    fputs(ctl->started ? ",\n" : "[\n", stdout);
    ctl->started = true;
}

static void
show_outbox(struct ctl *ctl, const void *message)
{
    const struct ctl_outbox_row *row = message;
    char saved[24], error[80];
    struct text quoted = text_over(error, sizeof error);
    if (!ctl->json) {
        printf("%8" PRId64 "  %-8s  %-11s  saved %s  tries %d  %s\n", row->seq, row->service,
               WORD(outbox_words, row->state), moment(row->saved_at, saved), row->tries,
               row->last_error);
        ctl->started = true;
        return;
    }
    json_separator(ctl);
    json_write_text(&quoted, row->last_error);
    printf("{\"seq\":%" PRId64 ",\"service\":\"%s\",\"state\":\"%s\",\"saved_at\":%" PRId64
           ",\"delivered_at\":%" PRId64 ",\"tries\":%d,\"last_error\":%s}",
           row->seq, row->service, WORD(outbox_words, row->state), row->saved_at, row->delivered_at,
           row->tries, error);
}

static void
show_ticket(struct ctl *ctl, const void *message)
{
    const struct ctl_ticket_row *row = message;
    char issued[24];
    if (!ctl->json) {
        printf("%-8s issued %s\n", row->number, moment(row->issued_at, issued));
        ctl->started = true;
        return;
    }
    json_separator(ctl);
    printf("{\"ticket\":%" PRId64 ",\"number\":\"%s\",\"issued_at\":%" PRId64 "}", row->ticket,
           row->number, row->issued_at);
}

static int
outbox(struct ctl *ctl)
{
    struct ctl_outbox_ask page = {.limit = CTL_PAGE};
    int done;
    do {
        int64_t next = 0;
        done = ask(ctl, &ctl_outbox_ask_type, &page, show_outbox, &next);
        page.after = next;
    } while (done == DONE && page.after != 0);
    return done;
}

static int
unprinted(struct ctl *ctl)
{
    struct ctl_unprinted_ask page = {.limit = CTL_PAGE};
    int done;
    do {
        int64_t next = 0;
        done = ask(ctl, &ctl_unprinted_ask_type, &page, show_ticket, &next);
        page.after = next;
    } while (done == DONE && page.after != 0);
    return done;
}

/* Nothing is printed where nothing could be asked: a program must not read "empty". */
static int
list(struct ctl *ctl, int (*rows)(struct ctl *ctl), const char *none)
{
    int done = rows(ctl);
    if (ctl->json && (done == DONE || ctl->started)) {
        puts(ctl->started ? "\n]" : "[]");
    } else if (!ctl->json && done == DONE && !ctl->started) {
        puts(none);
    }
    return done;
}

/* --- commands ---------------------------------------------------------------- */

/* Ask for one thing that has no answer but how it went. */
static int
order(struct ctl *ctl, const struct wire_type *type, const void *message, const char *key,
      const char *sentence)
{
    int64_t next;
    int done = ask(ctl, type, message, show_status, &next);
    if (done == DONE && ctl->json) {
        printf("{\"%s\":true}\n", key);
    } else if (done == DONE) {
        puts(sentence);
    }
    return done;
}

static const struct {
    char unused;
} nothing;

static int
status(struct ctl *ctl, char **words)
{
    int64_t next;
    (void)words;
    return ask(ctl, &ctl_status_ask_type, &nothing, show_status, &next);
}

static int
list_outbox(struct ctl *ctl, char **words)
{
    (void)words;
    return list(ctl, outbox, "no submission was ever saved here");
}

static int
list_unprinted(struct ctl *ctl, char **words)
{
    (void)words;
    return list(ctl, unprinted, "every number of today has its paper");
}

static int
test_print(struct ctl *ctl, char **words)
{
    (void)words;
    return order(ctl, &ctl_test_print_type, &nothing, "taken", "a test slip is on its way");
}

static int
send_now(struct ctl *ctl, char **words)
{
    (void)words;
    return order(ctl, &ctl_send_now_type, &nothing, "trying", "the portal is being tried");
}

static int
enrol(struct ctl *ctl, char **words)
{
    if (!settings_needed(ctl)) {
        return FAILED;
    }
    const char *url = words[1] != NULL ? words[1] : ctl->settings->portal.url;
    struct ctl_enrol message = {.code = words[0], .url = url};
    if (strncmp(url, "https://", 8) != 0) {
        fputs("anjunganctl: enrol needs the portal's address, https://HOST, here or as [portal] "
              "url\n",
              stderr);
        return MISUSED;
    }
    return order(ctl, &ctl_enrol_type, &message, "enrolled", "enrolled");
}

static int
check_catalogue(struct ctl *ctl, char **words)
{
    char installed[512];
    struct fault fault = {""};
    const char *path = words[0];
    if (path == NULL && !settings_needed(ctl)) {
        return FAILED;
    }
    if (path == NULL) {
        snprintf(installed, sizeof installed, "%s/catalogue", ctl->settings->kiosk.data_dir);
        path = installed;
    }
    struct catalogue *catalogue = catalogue_load_folder(path, &fault);
    if (catalogue == NULL) {
        fprintf(stderr, "anjunganctl: %s/%s\n", path, fault.text);
        return FAILED;
    }
    const struct service *services;
    size_t many = catalogue_services(catalogue, &services);
    printf(ctl->json ? "{\"version\":%d,\"services\":%zu}\n" : "version %d, %zu services: good\n",
           catalogue_version(catalogue), many);
    catalogue_destroy(catalogue);
    return DONE;
}

/* A command is one word or two, then so many more. */
static const struct {
    const char *first, *second;
    int least, most;
    int (*run)(struct ctl *ctl, char **words);
} commands[] = {
    {"status", NULL, 0, 0, status},
    {"outbox", NULL, 0, 0, list_outbox},
    {"unprinted", NULL, 0, 0, list_unprinted},
    {"test-print", NULL, 0, 0, test_print},
    {"send-now", NULL, 0, 0, send_now},
    {"enrol", NULL, 1, 2, enrol},
    {"catalogue", "check", 0, 1, check_catalogue},
};

static int
misused(const char *what, const char *word)
{
    fprintf(stderr, "anjunganctl: %s '%s'\n%s", what, word, usage);
    return MISUSED;
}

static int
run(struct ctl *ctl, int count, char **words)
{
    for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++) {
        int taken = commands[i].second != NULL ? 2 : 1;
        if (strcmp(words[0], commands[i].first) != 0) {
            continue;
        }
        if (taken == 2 && (count < 2 || strcmp(words[1], commands[i].second) != 0)) {
            return misused(count < 2 ? "something is missing after" : "unknown word",
                           words[count < 2 ? 0 : 1]);
        }
        if (count - taken < commands[i].least) {
            return misused("something is missing after", words[taken - 1]);
        }
        if (count - taken > commands[i].most) {
            return misused("one word too many:", words[taken + commands[i].most]);
        }
        return commands[i].run(ctl, words + taken); // argv ends with NULL
    }
    return misused("unknown command", words[0]);
}

int
main(int argc, char **argv)
{
    static const struct option options[] = {{"config", required_argument, NULL, 'c'},
                                            {"json", no_argument, NULL, 'j'},
                                            {"version", no_argument, NULL, 'v'},
                                            {"help", no_argument, NULL, 'h'},
                                            {0}};
    struct ctl ctl = {.config = "/etc/anjungan/anjungan.ini"};
    int option;
    log_init("anjunganctl");
    while ((option = getopt_long(argc, argv, "c:jvh", options, NULL)) >= 0) {
        switch (option) {
        case 'c':
            ctl.config = optarg;
            break;
        case 'j':
            ctl.json = true;
            break;
        case 'v':
            puts("anjunganctl " VERSION);
            return DONE;
        default:
            fputs(usage, option == 'h' ? stdout : stderr);
            return option == 'h' ? DONE : MISUSED;
        }
    }
    if (optind == argc) {
        fputs(usage, stderr);
        return MISUSED;
    }
    int done = run(&ctl, argc - optind, argv + optind);
    settings_destroy(ctl.settings);
    return done;
}
