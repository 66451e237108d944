#include "control.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/fault.h"
#include "base/id.h"
#include "base/json.h"
#include "base/log.h"
#include "base/text.h"
#include "bookings.h"
#include "db.h"
#include "form/catalogue.h"
#include "ledger.h"
#include "lies.h"
#include "offer.h"
#include "officers.h"
#include "portal.h"
#include "provider.h"

enum { LINE = 512, WORDS = 4, DAY_MS = 24 * 3600 * 1000 };

struct control {
    struct portal *portal;
    int listener, stop;
    char path[108];
    pthread_t thread;
};

struct order {
    char *list[WORDS]; // the last one is the rest of the line
    int count;
};

static char *
outcome(enum ledger_result result, const char *good)
{
    static const char *const names[] = {[LEDGER_HELD] = "held",
                                        [LEDGER_TAKEN] = "taken",
                                        [LEDGER_NONE] = "none",
                                        [LEDGER_FAILED] = "database"};
    char *answer = NULL;
    if (result == LEDGER_DONE) {
        return strdup(good);
    }
    return asprintf(&answer, "{\"error\":\"%s\"}", names[result]) < 0 ? NULL : answer;
}

static const char *
word(const struct order *words, int at)
{
    return at < words->count ? words->list[at] : "";
}

static char *
do_lie(struct portal *portal, const struct order *words)
{
    bool honest = strcmp(word(words, 0), "honest") == 0;
    bool set = portal->lies && lies_set(portal->lies, honest ? "" : word(words, 1),
                                        honest ? 0 : atoi(word(words, 2)));
    return strdup(set ? "{\"done\":true}" : "{\"error\":\"no such lie\"}");
}

static char *
do_lies(struct portal *portal, const struct order *words)
{
    char buffer[1024];
    struct text text = text_over(buffer, sizeof buffer);
    (void)portal;
    (void)words;
    text_add(&text, "{\"lies\":[");
    for (size_t i = 0; lies_name(i); i++) {
        text_addf(&text, "%s\"%s\"", i ? "," : "", lies_name(i));
    }
    text_add(&text, "]}");
    return strdup(buffer);
}

/* Split once more: "a b c" into two words and the rest. */
static const char *
split(char *rest, const char *list[], int most)
{
    for (int i = 0; i < most; i++) {
        list[i] = rest ? strsep(&rest, " ") : "";
    }
    return rest ? rest : "";
}

/* As that officer would on his page, and not a step further. */
static char *
do_step(struct portal *portal, const struct order *words)
{
    static const char *const names[] = {[MOVED_BARRED] = "not allowed",
                                        [MOVED_UNKNOWN] = "none",
                                        [MOVED_LATE] = "late",
                                        [MOVED_SAYS] = "the sentence",
                                        [MOVED_FAILED] = "database"};
    char code[CODE_TEXT], hash[PASSWORD_HASH], answer[64];
    const char *name = NULL;
    struct officer officer;
    const char *reason = split(words->count > 3 ? words->list[3] : NULL, &name, 1);
    if (!code_parse(word(words, 1), code) || !*word(words, 2) || !*name) {
        return strdup("{\"error\":\"step CODE DEED OFFICER [REASON]\"}");
    }
    enum ledger_result known = ledger_officer_find(portal->db, name, &officer, hash);
    if (known != LEDGER_DONE) {
        return outcome(known, "");
    }
    enum moved moved = officer_move(
        portal, &officer, &(struct wish){.code = code, .deed = word(words, 2), .reason = reason});
    if (moved == MOVED) {
        return strdup("{\"done\":true}");
    }
    snprintf(answer, sizeof answer, "{\"error\":\"%s\"}", names[moved]);
    return strdup(answer);
}

/* The password comes as its hash: it is nobody's but the one's who typed it. */
static char *
do_officer(struct portal *portal, const struct order *words)
{
    const char *list[4] = {word(words, 1), word(words, 2), "", ""};
    const char *hash = split(words->count > 3 ? words->list[3] : NULL, &list[2], 2);
    struct officer officer;
    if (!officer_read(list, &officer) || strncmp(hash, "$argon2id$", 10) != 0 ||
        strlen(hash) >= PASSWORD_HASH) {
        return strdup("{\"error\":\"officer NAME ROLE KELURAHAN RT|- HASH\"}");
    }
    return outcome(ledger_officer_keep(portal->db, &officer, hash, clock_wall()),
                   "{\"done\":true}");
}

static char *
do_code(struct portal *portal, const struct order *words)
{
    char code[CODE_TEXT], answer[128];
    unsigned long number = strtoul(word(words, 2), NULL, 10);
    const char *given = word(words, 3);
    if (!*word(words, 1) || strlen(word(words, 1)) > 32 || number < 1 || number > 4000000000UL ||
        strlen(given) > 64) {
        return strdup("{\"error\":\"code KIOSK NUMBER [CODE]\"}");
    }
    code_make(code);
    snprintf(answer, sizeof answer, "{\"code\":\"%s\"}", *given ? given : code);
    return outcome(ledger_code_issue(portal->db, *given ? given : code, word(words, 1),
                                     (uint32_t)number, clock_wall() + DAY_MS),
                   answer);
}

static char *
do_revoke(struct portal *portal, const struct order *words)
{
    return outcome(ledger_kiosk_revoke(portal->db, word(words, 1)), "{\"done\":true}");
}

static char *
do_dump(struct portal *portal, const struct order *words)
{
    (void)words;
    char *all = ledger_dump(portal->db);
    return all ? all : strdup("{\"error\":\"database\"}");
}

static char *
do_held(struct portal *portal, const struct order *words)
{
    return outcome(ledger_submission_exists(portal->db, word(words, 1)), "{\"held\":true}");
}

/* An author's folder, or again the one of the start; read, checked and offered at once. */
static char *
do_publish(struct portal *portal, const struct order *words)
{
    bool given = *word(words, 1) != '\0';
    const char *folder = given ? word(words, 1) : portal->catalogue_folder;
    const char *offices = *word(words, 2) != '\0' ? word(words, 2) : portal->offices_folder;
    struct fault fault = {""};
    if (!folder) {
        return strdup("{\"error\":\"publish FOLDER [OFFICES]\"}");
    }
    if (offer_publish(portal, folder, offices, &fault)) {
        return strdup("{\"done\":true}");
    }
    char answer[2 * sizeof fault.text];
    struct text text = text_over(answer, sizeof answer - 1);
    text_add(&text, "{\"error\":");
    json_write_text(&text, fault.text);
    strcat(answer, "}");
    return strdup(answer);
}

static char *
do_database(struct portal *portal, const struct order *words)
{
    db_away(portal->db, strcmp(word(words, 1), "away") == 0);
    return strdup("{\"done\":true}");
}

/* "payment pay REFERENCE", "payment show REFERENCE", "payment expire REFERENCE", "payment lie
 * NAME". */
static char *
do_payment(struct portal *portal, const struct order *words)
{
    const char *deed = word(words, 1), *what = word(words, 2);
    char code[CODE_TEXT];
    bool known = portal->provider && code_parse(what, code);
    struct payment payment;
    enum payment_state state;
    char *answer = NULL;
    if (strcmp(deed, "show") == 0 && known &&
        provider_find(portal->provider, code, &payment, &state)) {
        return asprintf(&answer, "{\"qris\":\"%s\"}", payment.qris) < 0 ? NULL : answer;
    }
    bool done = strcmp(deed, "pay") == 0      ? known && provider_pay(portal->provider, code)
                : strcmp(deed, "expire") == 0 ? known && provider_expire(portal->provider, code)
                : strcmp(deed, "lie") == 0
                    ? portal->provider && provider_lie(portal->provider, what)
                    : false;
    return strdup(done ? "{\"done\":true}" : "{\"error\":\"no such payment or lie\"}");
}

/* "book OFFICE SERVICE DAY TIME": without the page, its hours and its seats, for tests. */
static char *
do_book(struct portal *portal, const struct order *words)
{
    const char *day = NULL;
    const char *time = split(words->count > 3 ? words->list[3] : NULL, &day, 1);
    const struct service *service =
        portal->catalogue ? catalogue_service(portal->catalogue, word(words, 2)) : NULL;
    struct booking booking = {.minute = civil_read_time(time), .made_at = clock_wall()};
    char answer[64];
    if (!service || booking.minute < 0 || strlen(word(words, 1)) != 10 || strlen(day) != 10) {
        return strdup("{\"error\":\"book OFFICE SERVICE DAY TIME\"}");
    }
    code_make(booking.code);
    uuid7_make(booking.id, booking.made_at);
    text_copy(booking.office, sizeof booking.office, word(words, 1));
    text_copy(booking.day, sizeof booking.day, day);
    text_copy(booking.letter, sizeof booking.letter, service->queue);
    text_copy(booking.service, sizeof booking.service, service->id);
    snprintf(answer, sizeof answer, "{\"code\":\"%s\"}", booking.code);
    return outcome(ledger_booking_make(portal->db, &booking, 100), answer);
}

/* "exchange CODE KIOSK": as after a look that found it due. */
static char *
do_exchange(struct portal *portal, const struct order *words)
{
    return outcome(ledger_booking_redeem(portal->db, word(words, 1), word(words, 2), clock_wall()),
                   "{\"done\":true}");
}

static const struct {
    const char *verb;
    char *(*run)(struct portal *portal, const struct order *words);
} verbs[] = {{"lie", do_lie},           {"honest", do_lie},       {"lies", do_lies},
             {"step", do_step},         {"code", do_code},        {"revoke", do_revoke},
             {"officer", do_officer},   {"dump", do_dump},        {"held", do_held},
             {"database", do_database}, {"payment", do_payment},  {"publish", do_publish},
             {"book", do_book},         {"exchange", do_exchange}};

char *
control_do(struct portal *portal, const char *line)
{
    char copy[LINE], *rest = copy;
    struct order words = {0};
    text_copy(copy, sizeof copy, line);
    copy[strcspn(copy, "\r\n")] = '\0';
    while (words.count < WORDS - 1 && rest && *rest) {
        words.list[words.count++] = strsep(&rest, " ");
    }
    if (rest && *rest) {
        words.list[words.count++] = rest;
    }
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) {
        if (strcmp(verbs[i].verb, word(&words, 0)) == 0) {
            return verbs[i].run(portal, &words);
        }
    }
    return strdup("{\"error\":\"no such command\"}");
}

/* --- the socket ----------------------------------------------------------------------- */

static bool
write_all(int fd, const char *text, size_t len)
{
    while (len > 0) {
        ssize_t done = send(fd, text, len, MSG_NOSIGNAL);
        if (done < 0 && errno == EINTR) {
            continue;
        }
        if (done <= 0) {
            return false;
        }
        text += done;
        len -= (size_t)done;
    }
    return true;
}

static void
serve(struct control *control, int fd)
{
    char line[LINE];
    size_t len = 0;
    ssize_t got = 0;
    while (len < sizeof line - 1 && (got = read(fd, line + len, sizeof line - 1 - len)) > 0) {
        len += (size_t)got;
        if (memchr(line, '\n', len)) {
            break;
        }
    }
    line[len] = '\0';
    char *answer = control_do(control->portal, line);
    if (answer && (!write_all(fd, answer, strlen(answer)) || !write_all(fd, "\n", 1))) {
        log_info("control: the asker left");
    }
    free(answer);
}

static void *
run(void *context)
{
    struct control *control = context;
    struct pollfd list[] = {{.fd = control->listener, .events = POLLIN},
                            {.fd = control->stop, .events = POLLIN}};
    while (poll(list, 2, -1) >= 0 && !list[1].revents) {
        int fd = accept4(control->listener, NULL, NULL, SOCK_CLOEXEC);
        if (fd >= 0) {
            serve(control, fd);
            close(fd);
        }
    }
    return NULL;
}

static struct sockaddr_un
address_of(const char *path)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    text_copy(address.sun_path, sizeof address.sun_path, path);
    return address;
}

struct control *
control_start(struct portal *portal, const char *path)
{
    struct sockaddr_un address = address_of(path);
    struct control *control = calloc(1, sizeof *control);
    if (!control) {
        return NULL;
    }
    control->portal = portal;
    text_copy(control->path, sizeof control->path, path);
    control->stop = eventfd(0, EFD_CLOEXEC);
    control->listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    unlink(path);
    if (bind(control->listener, (struct sockaddr *)&address, sizeof address) != 0 ||
        listen(control->listener, 4) != 0 ||
        pthread_create(&control->thread, NULL, run, control) != 0) {
        log_error("control: %s: %s", path, strerror(errno));
        close(control->listener);
        close(control->stop);
        free(control);
        return NULL;
    }
    return control;
}

void
control_stop(struct control *control)
{
    uint64_t one = 1;
    if (!control) {
        return;
    }
    if (write(control->stop, &one, sizeof one) == sizeof one) {
        pthread_join(control->thread, NULL);
    }
    close(control->listener);
    close(control->stop);
    unlink(control->path);
    free(control);
}

bool
control_say(const char *path, const char *line)
{
    struct sockaddr_un address = address_of(path);
    char buffer[4096];
    bool good = true, first = true;
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (connect(fd, (struct sockaddr *)&address, sizeof address) != 0 ||
        !write_all(fd, line, strlen(line)) || !write_all(fd, "\n", 1)) {
        log_error("control: %s: %s", path, strerror(errno));
        close(fd);
        return false;
    }
    for (ssize_t got; (got = read(fd, buffer, sizeof buffer)) > 0; first = false) {
        good = good && !(first && got > 8 && memcmp(buffer, "{\"error\"", 8) == 0);
        fwrite(buffer, 1, (size_t)got, stdout);
    }
    close(fd);
    return good && !first;
}
