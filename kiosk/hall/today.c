#include "hall/today.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/log.h"
#include "base/text.h"

enum { COUNTERS = 20, OFFICERS = 60, NAME = 32, NUMBER = 16, TITLE = 160, CALLS = 12 };

struct counter {
    int number;
    char name[TITLE], series[32];
};
struct officer {
    char name[NAME];
    uint8_t salt[HALL_SALT];
};
struct number {
    int64_t ticket, issued_at, called_at, ended_at;
    char number[NUMBER], booking[6], service[TITLE], code[16];
    int life, print, counter, aim, calls, copies;
    bool priority;
};
struct shown_call {
    int64_t seq, at;
    char number[NUMBER];
    int counter;
    bool last;
};
struct today {
    int64_t version, help_since;
    bool known; /* the desk told which day it is */
    char kiosk[NAME], name[TITLE], day[12], notice[400];
    int utc_offset, recalls;
    struct counter counters[COUNTERS];
    int counter_count;
    struct officer officers[OFFICERS];
    int officer_count;
    struct shown_call calls[CALLS]; /* the newest first */
    int call_count;
    struct number *numbers;
    size_t count, room;
};

struct today *
today_create(void)
{
    return calloc(1, sizeof(struct today));
}

void
today_destroy(struct today *today)
{
    if (today != NULL) {
        free(today->numbers);
        free(today);
    }
}

void
today_forget(struct today *today)
{
    struct number *numbers = today->numbers;
    size_t room = today->room;
    *today = (struct today){.version = today->version + 1, .numbers = numbers, .room = room};
}

static void
begin(struct today *today, const struct hall_office *office)
{
    today_forget(today);
    today->known = true;
    text_copy(today->kiosk, sizeof today->kiosk, office->kiosk);
    text_copy(today->name, sizeof today->name, office->name);
    text_copy(today->day, sizeof today->day, office->day);
    text_copy(today->notice, sizeof today->notice, office->notice);
    today->utc_offset = office->utc_offset;
    today->recalls = office->recalls;
}

static void
hear_officer(struct today *today, const struct hall_officer *told)
{
    int at = 0;
    while (at < today->officer_count && strcmp(today->officers[at].name, told->name) != 0) {
        at++;
    }
    if (at == OFFICERS || told->salt.len != HALL_SALT) {
        log_warning("hall: more officers than %d", OFFICERS);
        return;
    }
    today->officer_count += at == today->officer_count;
    text_copy(today->officers[at].name, NAME, told->name);
    memcpy(today->officers[at].salt, told->salt.data, HALL_SALT);
}

/* Its place, or a new one; NULL: no memory. */
static struct number *
place_of(struct today *today, int64_t ticket)
{
    for (size_t i = 0; i < today->count; i++) {
        if (today->numbers[i].ticket == ticket) {
            return &today->numbers[i];
        }
    }
    if (today->count == today->room) {
        size_t room = today->room > 0 ? 2 * today->room : 64;
        struct number *numbers = reallocarray(today->numbers, room, sizeof *numbers);
        if (numbers == NULL) {
            log_error("hall: no memory for another number");
            return NULL;
        }
        today->numbers = numbers;
        today->room = room;
    }
    return &today->numbers[today->count++];
}

static void
hear_ticket(struct today *today, const struct hall_ticket *told)
{
    struct number *number = place_of(today, told->ticket);
    if (number == NULL) {
        return;
    }
    *number = (struct number){.ticket = told->ticket,
                              .issued_at = told->issued_at,
                              .called_at = told->called_at,
                              .ended_at = told->ended_at,
                              .life = told->life,
                              .print = told->print,
                              .counter = told->counter,
                              .aim = told->aim,
                              .calls = told->calls,
                              .copies = told->copies,
                              .priority = told->priority};
    text_copy(number->number, sizeof number->number, told->number);
    text_copy(number->booking, sizeof number->booking, told->booking);
    text_copy(number->service, sizeof number->service, told->service);
    text_copy(number->code, sizeof number->code, told->code);
}

static void
hear_call(struct today *today, const struct hall_call *told)
{
    memmove(&today->calls[1], &today->calls[0], (CALLS - 1) * sizeof today->calls[0]);
    today->call_count += today->call_count < CALLS;
    today->calls[0] = (struct shown_call){
        .seq = told->seq, .at = told->at, .counter = told->counter, .last = told->last};
    text_copy(today->calls[0].number, NUMBER, told->number);
}

bool
today_hear(struct today *today, const struct wire_type *type, const void *message)
{
    if (type == &hall_office_type) {
        begin(today, message);
    } else if (type == &hall_counter_type && today->counter_count < COUNTERS) {
        const struct hall_counter *told = message;
        struct counter *counter = &today->counters[today->counter_count++];
        counter->number = told->number;
        text_copy(counter->name, sizeof counter->name, told->name);
        text_copy(counter->series, sizeof counter->series, told->series);
    } else if (type == &hall_officer_type) {
        hear_officer(today, message);
    } else if (type == &hall_ticket_type) {
        hear_ticket(today, message);
    } else if (type == &hall_call_type) {
        hear_call(today, message);
    } else if (type == &hall_help_type) {
        today->help_since = ((const struct hall_help *)message)->since;
    } else {
        return false;
    }
    today->version++;
    return true;
}

const uint8_t *
today_salt(const struct today *today, const char *officer)
{
    for (int i = 0; i < today->officer_count; i++) {
        if (strcmp(today->officers[i].name, officer) == 0) {
            return today->officers[i].salt;
        }
    }
    return NULL;
}

bool
today_has_counter(const struct today *today, int number)
{
    for (int i = 0; i < today->counter_count; i++) {
        if (today->counters[i].number == number) {
            return true;
        }
    }
    return false;
}

int64_t
today_version(const struct today *today)
{
    return today->version;
}

static void
write_key(struct text *out, const char *key, const char *value)
{
    text_addf(out, "\"%s\":", key);
    json_write_text(out, value);
}

static void
write_number(struct text *out, const struct number *number)
{
    static const char *const lives[] = {"waiting", "called",  "served", "void",
                                        "parked",  "skipped", "absent"};
    text_addf(out, "{\"ticket\":%" PRId64 ",\"life\":\"%s\",\"print\":%d,", number->ticket,
              lives[number->life], number->print);
    write_key(out, "number", number->number);
    text_add(out, ",");
    write_key(out, "booking", number->booking);
    text_add(out, ",");
    write_key(out, "service", number->service);
    text_add(out, ",");
    write_key(out, "code", number->code);
    text_addf(out,
              ",\"priority\":%s,\"counter\":%d,\"aim\":%d,\"calls\":%d,\"copies\":%d,"
              "\"issued\":%" PRId64 ",\"called\":%" PRId64 ",\"ended\":%" PRId64 "}",
              number->priority ? "true" : "false", number->counter, number->aim, number->calls,
              number->copies, number->issued_at, number->called_at, number->ended_at);
}

static void
write_lists(const struct today *today, struct text *out)
{
    text_add(out, ",\"counters\":[");
    for (int i = 0; i < today->counter_count; i++) {
        const struct counter *counter = &today->counters[i];
        text_addf(out, "%s{\"number\":%d,", i > 0 ? "," : "", counter->number);
        write_key(out, "name", counter->name);
        text_add(out, ",");
        write_key(out, "series", counter->series);
        text_add(out, "}");
    }
    text_add(out, "],\"officers\":[");
    for (int i = 0; i < today->officer_count; i++) {
        text_add(out, i > 0 ? "," : "");
        json_write_text(out, today->officers[i].name);
    }
    text_add(out, "],\"calls\":[");
    for (int i = 0; i < today->call_count; i++) {
        const struct shown_call *call = &today->calls[i];
        text_addf(out, "%s{\"seq\":%" PRId64 ",\"at\":%" PRId64 ",\"counter\":%d,\"last\":%s,",
                  i > 0 ? "," : "", call->seq, call->at, call->counter,
                  call->last ? "true" : "false");
        write_key(out, "number", call->number);
        text_add(out, "}");
    }
    text_add(out, "],\"numbers\":[");
    for (size_t i = 0; i < today->count; i++) {
        text_add(out, i > 0 ? "," : "");
        write_number(out, &today->numbers[i]);
    }
    text_add(out, "]");
}

void
today_write(const struct today *today, struct text *out)
{
    text_addf(out, "{\"version\":%" PRId64 ",\"known\":%s,", today->version,
              today->known ? "true" : "false");
    write_key(out, "office", today->name);
    text_add(out, ",");
    write_key(out, "day", today->day);
    text_add(out, ",");
    write_key(out, "notice", today->notice);
    text_addf(out, ",\"utc_offset\":%d,\"recalls\":%d,\"help\":%" PRId64, today->utc_offset,
              today->recalls, today->help_since);
    write_lists(today, out);
    text_add(out, "}");
}
