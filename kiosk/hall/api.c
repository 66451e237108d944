/* What the pages ask for: JSON over POST, each answered with a word, "result". A browser that is
 * not paired is answered 401, one where nobody is signed in 403, and while the desk is away 503. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "base/secret.h"
#include "base/text.h"
#include "hall/inside.h"
#include "seal/password.h"

enum {
    FOREVER = 400 * 86400 /* seconds: as long as a browser keeps a cookie */,
    ANSWER = 512,
    PIN_MOST = 64
};

static const char browser_cookie[] = "peramban", session_cookie[] = "sesi";

/* --- answering ------------------------------------------------------------------------------ */

static void
answer(struct exchange *exchange, int status, const struct text *text)
{
    exchange_answer(exchange, status, "application/json", text->data, text->len);
}

static void
refuse(struct exchange *exchange, int status, const char *result)
{
    char bytes[ANSWER];
    struct text text = text_over(bytes, sizeof bytes);
    text_addf(&text, "{\"result\":\"%s\"}", result);
    answer(exchange, status, &text);
}

static void
answer_done(struct exchange *exchange, const struct hall_done *done)
{
    static const char *const results[] = {"done",  "nobody", "taken", "often",
                                          "wrong", "locked", "paper", "closed"};
    char bytes[ANSWER];
    struct text text = text_over(bytes, sizeof bytes);
    text_addf(&text, "{\"result\":\"%s\",\"ticket\":%" PRId64 ",\"wait\":%d,\"count\":%d}",
              results[done->result], done->ticket, done->wait, done->count);
    answer(exchange, 200, &text);
}

static void
answer_me(struct exchange *exchange, bool paired, const struct session *session)
{
    char bytes[ANSWER];
    struct text text = text_over(bytes, sizeof bytes);
    text_addf(&text, "{\"result\":\"done\",\"paired\":%s,\"officer\":", paired ? "true" : "false");
    json_write_text(&text, session != NULL ? session->officer : "");
    text_addf(&text, ",\"counter\":%d}", session != NULL ? session->counter : 0);
    answer(exchange, 200, &text);
}

/* --- asking the desk ---------------------------------------------------------------------------
 */

/* A place for a question; NULL and the exchange is answered: too many at once, or no desk. */
static struct pending *
ask(struct hall *hall, struct exchange *exchange, enum asked asked)
{
    for (int i = 0; i < PENDING; i++) {
        if (hall->pending[i].asked == ASKED_NOTHING && line_fd(hall->line) >= 0) {
            hall->pending[i] =
                (struct pending){.asked = asked, .request = ++hall->requests, .exchange = exchange};
            return &hall->pending[i];
        }
    }
    refuse(exchange, 503, "away");
    return NULL;
}

static void
say(struct hall *hall, struct pending *pending, const struct wire_type *type, const void *message)
{
    struct exchange *exchange = pending->exchange;
    if (!line_say(hall->line, type, message) && pending->asked != ASKED_NOTHING) {
        *pending = (struct pending){.asked = ASKED_NOTHING};
        refuse(exchange, 503, "away");
    }
}

void
api_tell_seat(struct hall *hall, int counter)
{
    struct hall_seat seat = {counter, sessions_at(&hall->sessions, counter)};
    line_say(hall->line, &hall_seat_type, &seat);
    hall->version++;
}

/* --- what pages ask for ------------------------------------------------------------------------
 */

static void
pair(struct hall *hall, struct exchange *exchange, const struct json_value *body)
{
    struct pending *pending = ask(hall, exchange, ASKED_PAIR);
    if (pending == NULL) {
        return;
    }
    pass_make(pending->pass);
    hash_of(pending->pass, strlen(pending->pass), pending->browser);
    struct hall_pair message = {.request = pending->request,
                                .code = json_text(json_get(body, "code"), ""),
                                .browser = {pending->browser, HASH},
                                .name = json_text(json_get(body, "name"), "")};
    say(hall, pending, &hall_pair_type, &message);
}

static void
sign_in(struct hall *hall, struct exchange *exchange, const struct json_value *body)
{
    int64_t counter = 0;
    uint8_t key[PASSWORD_KEY];
    const char *officer = json_text(json_get(body, "officer"), "");
    const char *pin = json_text(json_get(body, "pin"), "");
    json_int(json_get(body, "counter"), &counter);
    const uint8_t *salt = today_salt(hall->today, officer);
    if (!today_has_counter(hall->today, (int)counter) || strlen(pin) > PIN_MOST) {
        refuse(exchange, 400, "malformed");
        return;
    }
    const char *there = sessions_at(&hall->sessions, (int)counter);
    if (there[0] != '\0' && !json_bool(json_get(body, "take"), false)) {
        refuse(exchange, 200, "occupied");
        return;
    }
    if (salt == NULL || !password_key(pin, salt, key)) {
        refuse(exchange, 200, "wrong");
        return;
    }
    struct pending *pending = ask(hall, exchange, ASKED_SIGN_IN);
    if (pending != NULL) {
        text_copy(pending->officer, sizeof pending->officer, officer);
        pending->counter = (int)counter;
        struct hall_sign_in message = {
            .request = pending->request, .officer = officer, .key = {key, sizeof key}};
        say(hall, pending, &hall_sign_in_type, &message);
    }
    secret_zero(key, sizeof key);
}

static void
sign_out(struct hall *hall, struct exchange *exchange, struct session *session)
{
    int counter = session->counter;
    sessions_end(session);
    api_tell_seat(hall, counter);
    exchange_set_cookie(exchange, session_cookie, "", 0);
    refuse(exchange, 200, "done");
}

static void
next(struct hall *hall, struct exchange *exchange, const struct session *session)
{
    struct pending *pending = ask(hall, exchange, ASKED_DEED);
    if (pending != NULL) {
        struct hall_next message = {pending->request, session->counter};
        say(hall, pending, &hall_next_type, &message);
    }
}

static void
deed(struct hall *hall, struct exchange *exchange, const struct session *session,
     const struct json_value *body)
{
    static const char *const deeds[] = {"call", "again", "served",   "absent",
                                        "skip", "park",  "transfer", "reprint"};
    const char *word = json_text(json_get(body, "deed"), "");
    int64_t ticket = 0, aim = 0;
    json_int(json_get(body, "ticket"), &ticket);
    json_int(json_get(body, "aim"), &aim);
    for (int i = 0; i < (int)(sizeof deeds / sizeof deeds[0]); i++) {
        if (strcmp(word, deeds[i]) == 0 && aim >= 0 && aim <= 20) {
            struct pending *pending = ask(hall, exchange, ASKED_DEED);
            if (pending != NULL) {
                struct hall_do message = {pending->request, session->counter, i, ticket, (int)aim};
                say(hall, pending, &hall_do_type, &message);
            }
            return;
        }
    }
    refuse(exchange, 400, "malformed");
}

static void
make_void(struct hall *hall, struct exchange *exchange, const struct session *session,
          const struct json_value *body)
{
    int64_t from = 0, to = 0;
    const char *letter = json_text(json_get(body, "letter"), "");
    if (!json_int(json_get(body, "from"), &from) || !json_int(json_get(body, "to"), &to) ||
        from < 1 || to < from || to > 9999 || strlen(letter) != 1) {
        refuse(exchange, 400, "malformed");
        return;
    }
    struct pending *pending = ask(hall, exchange, ASKED_DEED);
    if (pending != NULL) {
        struct hall_void message = {pending->request, letter, (int)from, (int)to, session->officer};
        say(hall, pending, &hall_void_type, &message);
    }
}

/* A browser that is paired asks: what needs an officer at a counter, and what does not. */
static void
route(struct hall *hall, struct exchange *exchange, const struct json_value *body)
{
    const char *path = exchange_path(exchange);
    struct session *session =
        sessions_find(&hall->sessions, exchange_cookie(exchange, session_cookie));
    if (strcmp(path, "/api/me") == 0) {
        answer_me(exchange, true, session);
    } else if (strcmp(path, "/api/events") == 0) {
        exchange_stream(exchange);
    } else if (strcmp(path, "/api/sign-in") == 0) {
        sign_in(hall, exchange, body);
    } else if (session == NULL) {
        refuse(exchange, 403, "signed_out");
    } else if (strcmp(path, "/api/sign-out") == 0) {
        sign_out(hall, exchange, session);
    } else if (strcmp(path, "/api/next") == 0) {
        next(hall, exchange, session);
    } else if (strcmp(path, "/api/do") == 0) {
        deed(hall, exchange, session, body);
    } else if (strcmp(path, "/api/void") == 0) {
        make_void(hall, exchange, session, body);
    } else if (strcmp(path, "/api/help") == 0) {
        struct hall_help_seen message = {session->officer};
        line_say(hall->line, &hall_help_seen_type, &message);
        refuse(exchange, 200, "done");
    } else {
        refuse(exchange, 404, "unknown");
    }
}

static void
route_with_body(struct hall *hall, struct exchange *exchange)
{
    size_t len;
    int line;
    const char *reason, *bytes = exchange_body(exchange, &len);
    struct json *json = len > 0 ? json_parse(bytes, len, &line, &reason) : NULL;
    const struct json_value *body = json != NULL ? json_root(json) : NULL;
    if (len > 0 && json == NULL) {
        refuse(exchange, 400, "malformed");
    } else if (strcmp(exchange_path(exchange), "/api/pair") == 0) {
        pair(hall, exchange, body);
    } else {
        route(hall, exchange, body);
    }
    json_destroy(json);
}

static bool
is_paired(const struct hall *hall, const uint8_t browser[HASH])
{
    for (int i = 0; i < hall->paired_count; i++) {
        if (hash_equal(hall->paired[i], browser)) {
            return true;
        }
    }
    return false;
}

/* Is the browser one of the office's? Asked of the desk once. */
static void
admit(struct hall *hall, struct exchange *exchange)
{
    uint8_t browser[HASH];
    const char *cookie = exchange_cookie(exchange, browser_cookie);
    if (cookie == NULL || !pass_is_valid(cookie)) {
        if (strcmp(exchange_path(exchange), "/api/me") == 0) {
            answer_me(exchange, false, NULL);
        } else {
            refuse(exchange, 401, "unpaired");
        }
        return;
    }
    hash_of(cookie, strlen(cookie), browser);
    if (is_paired(hall, browser)) {
        route_with_body(hall, exchange);
        return;
    }
    struct pending *pending = ask(hall, exchange, ASKED_BROWSER);
    if (pending != NULL) {
        memcpy(pending->browser, browser, HASH);
        struct hall_browser message = {pending->request, {browser, HASH}};
        say(hall, pending, &hall_browser_type, &message);
    }
}

/* A header that only our own page sends: a form of another site cannot. */
void
api_request(void *context, struct exchange *exchange)
{
    struct hall *hall = context;
    bool get = strcmp(exchange_method(exchange), "GET") == 0;
    bool post = strcmp(exchange_method(exchange), "POST") == 0;
    const char *path = exchange_path(exchange);
    bool reads = strcmp(path, "/api/me") == 0 || strcmp(path, "/api/events") == 0;
    if (get && hall_give_page(hall, exchange)) {
        return;
    }
    if (strncmp(path, "/api/", 5) != 0) {
        refuse(exchange, 404, "unknown");
    } else if (!(reads ? get : post)) {
        refuse(exchange, 405, "method");
    } else if (post && exchange_header(exchange, "X-Anjungan") == NULL) {
        refuse(exchange, 403, "foreign");
    } else if (strcmp(path, "/api/pair") == 0) {
        route_with_body(hall, exchange);
    } else {
        admit(hall, exchange);
    }
}

void
api_gone(void *context, struct exchange *exchange)
{
    struct hall *hall = context;
    for (int i = 0; i < PENDING; i++) {
        if (hall->pending[i].exchange == exchange) {
            hall->pending[i] = (struct pending){.asked = ASKED_NOTHING};
        }
    }
}

/* --- what the desk says --------------------------------------------------------------------------
 */

static void
signed_in(struct hall *hall, struct pending *pending, const struct hall_done *done)
{
    char cookie[PASS_TEXT];
    if (done->result == HALL_DONE) {
        if (sessions_begin(&hall->sessions, pending->officer, pending->counter, cookie) == NULL) {
            refuse(pending->exchange, 503, "full");
            return;
        }
        exchange_set_cookie(pending->exchange, session_cookie, cookie, FOREVER);
        secret_zero(cookie, sizeof cookie);
        api_tell_seat(hall, pending->counter);
    }
    answer_done(pending->exchange, done);
}

static void
admitted(struct hall *hall, struct pending *pending, const struct hall_done *done)
{
    if (done->result == HALL_DONE) {
        memcpy(hall->paired[hall->paired_count % PAIRED], pending->browser, HASH);
        hall->paired_count += hall->paired_count < PAIRED;
        route_with_body(hall, pending->exchange);
    } else if (done->result == HALL_CLOSED) {
        refuse(pending->exchange, 503, "closed");
    } else if (strcmp(exchange_path(pending->exchange), "/api/me") == 0) {
        answer_me(pending->exchange, false, NULL);
    } else {
        refuse(pending->exchange, 401, "unpaired");
    }
}

void
api_done(struct hall *hall, const struct hall_done *done)
{
    for (int i = 0; i < PENDING; i++) {
        struct pending pending = hall->pending[i];
        if (pending.asked == ASKED_NOTHING || pending.request != done->request) {
            continue;
        }
        hall->pending[i] = (struct pending){.asked = ASKED_NOTHING};
        if (pending.asked == ASKED_BROWSER) {
            admitted(hall, &pending, done);
        } else if (pending.asked == ASKED_SIGN_IN) {
            signed_in(hall, &pending, done);
        } else {
            if (pending.asked == ASKED_PAIR && done->result == HALL_DONE) {
                exchange_set_cookie(pending.exchange, browser_cookie, pending.pass, FOREVER);
            }
            answer_done(pending.exchange, done);
        }
        return;
    }
}

/* Nobody waits for an answer that does not come, and what was known may not be so any more. */
void
api_desk_gone(struct hall *hall)
{
    today_forget(hall->today);
    hall->paired_count = 0;
    for (int i = 0; i < PENDING; i++) {
        struct pending pending = hall->pending[i];
        hall->pending[i] = (struct pending){.asked = ASKED_NOTHING};
        if (pending.asked != ASKED_NOTHING) {
            refuse(pending.exchange, 503, "away");
        }
    }
}
