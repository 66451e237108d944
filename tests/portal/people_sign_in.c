/* Signing in and out. */
#include <pthread.h>
#include <stdio.h>

#include "base/clock.h"
#include "base/log.h"
#include "handlers.h"
#include "http.h"
#include "limits.h"
#include "portal.h"
#include "sessions.h"

enum { MINUTES = 15, OF_ONE = 5, OF_NAME = 20, OF_ADDRESS = 50 };

/* Each try takes 64 MiB for a tenth of a second: one after another, whoever comes. */
static pthread_mutex_t one_at_a_time = PTHREAD_MUTEX_INITIALIZER;

/* Of no password anybody knows: an unknown name takes as long as a wrong password. */
static const char decoy[] = "$argon2id$v=19$m=65536,t=2,p=1$/"
                            "+z1XxN9kro0FE5dD5p44g$PvZLFAeAsDXcAVhptVxV0ta3I9F7sEJKFfx+Sjnp7iI";

static void
show(struct reply *reply, int status, const char *csrf, const char *name, const char *words)
{
    struct html html = {.len = 0};
    page_begin(&html, NULL, "Masuk untuk petugas");
    if (words) {
        html_add(&html, "<p class=\"said\" role=\"alert\">%s</p>", words);
    }
    html_add(&html,
             "<form class=\"card\" method=\"post\" action=\"/petugas/masuk\">"
             "<input type=\"hidden\" name=\"csrf\" value=\"%s\">"
             "<label for=\"nama\">Nama akun</label>"
             "<input id=\"nama\" name=\"nama\" value=\"%s\" maxlength=\"32\" required"
             " autocomplete=\"username\" autocapitalize=\"none\" spellcheck=\"false\">"
             "<label for=\"sandi\">Kata sandi</label>"
             "<input id=\"sandi\" name=\"sandi\" type=\"password\" maxlength=\"128\" required"
             " autocomplete=\"current-password\">"
             "<button>Masuk</button></form>"
             "<p class=\"soft\">Lupa kata sandi? Hubungi operator portal. Anda keluar sendiri"
             " setelah 30 menit tanpa kegiatan.</p>",
             csrf, name);
    page_end(&html, reply, status);
}

void
sign_in_get(struct portal *portal, const struct request *request, struct reply *reply)
{
    uint8_t hash[HASH];
    char csrf[CSRF];
    struct officer officer;
    if (session_read(request->cookie, COOKIE_SESSION, hash, csrf) &&
        ledger_session_find(portal->db, hash, clock_wall(), &officer) == LEDGER_DONE) {
        page_go(reply, "/petugas");
        return;
    }
    if (!session_read(request->cookie, COOKIE_SIGN_IN, hash, csrf) &&
        !session_make(reply, COOKIE_SIGN_IN, hash, csrf)) {
        page_busy(reply);
        return;
    }
    show(reply, 200, csrf, "", NULL);
}

/* Which tries count together, in the few letters that limits keep. */
static void
counted(const char *kind, const char *name, const char *address, char out[48])
{
    char text[320], hex[33];
    uint8_t hash[HASH];
    int len = snprintf(text, sizeof text, "%.200s %s", name, address);
    hash_of(text, (size_t)len, hash);
    hex_of(hash, 16, hex);
    snprintf(out, 48, "%s %s", kind, hex);
}

/* Seconds to wait; 0: this try may go on. */
static int
too_often(struct portal *portal, const struct request *request, const char *name)
{
    char one[48], all[48], from[48];
    counted("in one", name, request->address, one);
    counted("in all", name, "", all);
    counted("in from", "", request->address, from);
    int wait = limits_count(portal->limits, from, OF_ADDRESS, MINUTES * 60);
    if (wait > 0) {
        return wait;
    }
    wait = limits_count(portal->limits, one, OF_ONE, MINUTES * 60);
    return wait > 0 ? wait : limits_count(portal->limits, all, OF_NAME, MINUTES * 60);
}

static enum ledger_result
check(struct portal *portal, const char *name, const char *password, struct officer *officer)
{
    char hash[PASSWORD_HASH];
    enum ledger_result known = ledger_officer_find(portal->db, name, officer, hash);
    if (known == LEDGER_FAILED) {
        return LEDGER_FAILED;
    }
    pthread_mutex_lock(&one_at_a_time);
    bool right = password_matches(known == LEDGER_DONE ? hash : decoy, password);
    pthread_mutex_unlock(&one_at_a_time);
    return right && known == LEDGER_DONE && officer->enabled ? LEDGER_DONE : LEDGER_NONE;
}

static void
welcome(struct portal *portal, const struct request *request, struct reply *reply,
        const struct officer *officer)
{
    uint8_t hash[HASH];
    char csrf[CSRF], one[48];
    if (!session_make(reply, COOKIE_SESSION, hash, csrf) ||
        ledger_session_begin(portal->db, hash, officer->name, clock_wall()) != LEDGER_DONE) {
        reply->cookie[0] = '\0';
        page_busy(reply);
        return;
    }
    counted("in one", officer->name, request->address, one);
    limits_forget(portal->limits, one);
    log_info("%s signed in", officer->name);
    page_go(reply, "/petugas");
}

static void
attempt(struct portal *portal, const struct request *request, struct reply *reply,
        const struct fields *fields, const char *csrf)
{
    const char *name = fields_get(fields, "nama"), *password = fields_get(fields, "sandi");
    struct officer officer;
    char words[96];
    int wait = too_often(portal, request, name);
    if (wait > 0) {
        snprintf(words, sizeof words, "Terlalu sering dicoba. Silakan coba lagi %d menit lagi.",
                 (wait + 59) / 60);
        show(reply, 429, csrf, name, words);
        reply->retry_after = wait;
        return;
    }
    switch (check(portal, name, password, &officer)) {
    case LEDGER_DONE:
        welcome(portal, request, reply, &officer);
        break;
    case LEDGER_NONE:
        log_info("a sign-in failed");
        show(reply, 403, csrf, name, "Nama akun atau kata sandi salah.");
        break;
    default:
        page_busy(reply);
    }
}

void
sign_in_post(struct portal *portal, const struct request *request, struct reply *reply)
{
    uint8_t hash[HASH];
    struct call call = {.portal = portal, .request = request, .reply = reply};
    if (!session_read(request->cookie, COOKIE_SIGN_IN, hash, call.csrf)) {
        page_go(reply, "/petugas/masuk"); // a browser that keeps no cookie begins anew
        return;
    }
    if (!fields_read(&call.fields, request->body, request->len) || !call_knows_form(&call)) {
        page_say(reply, NULL, 403, "Formulir sudah tidak berlaku",
                 "Silakan buka lagi halaman untuk masuk.");
    } else {
        attempt(portal, request, reply, &call.fields, call.csrf);
    }
    call_close(&call);
}

void
sign_out_post(struct portal *portal, const struct request *request, struct reply *reply)
{
    struct call call;
    uint8_t hash[HASH];
    char csrf[CSRF];
    if (call_open(&call, portal, request, reply, true)) {
        session_read(request->cookie, COOKIE_SESSION, hash, csrf);
        if (ledger_session_end(portal->db, hash) == LEDGER_FAILED) {
            page_busy(reply);
        } else {
            page_go(reply, "/petugas/masuk");
            session_drop(reply);
        }
    }
    call_close(&call);
}
