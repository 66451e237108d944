/* What anyone may ask: bundles (for kiosks), slips' tokens, the slip's page, health. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "handlers.h"
#include "http.h"
#include "ledger.h"
#include "offer.h"
#include "portal.h"
#include "seal/token.h"

enum { DAYS_TO_2020 = 18262 }; // from 1970-01-01

void
bundles_get(struct portal *portal, const struct request *request, struct reply *reply)
{
    char *bytes = NULL, etag[ETAG_TEXT] = "";
    enum ledger_result found =
        strcmp(request->rest, "catalogue") == 0 ? offer_bundle(portal, &bytes, etag) : LEDGER_NONE;
    if (found == LEDGER_NONE) {
        reply_error(reply, 404, "missing");
        return;
    }
    if (found != LEDGER_DONE) {
        reply_busy(reply);
        return;
    }
    bool same = request->if_none_match && strcmp(request->if_none_match, etag) == 0;
    if (same) {
        bytes[0] = '\0';
    }
    reply_with(reply, same ? 304 : 200, same ? NULL : "application/octet-stream", bytes);
    memcpy(reply->etag, etag, sizeof reply->etag);
}

static enum ledger_result
is_held(struct portal *portal, const struct token *token, const char *kiosk, const char *day)
{
    char letter[10];
    if (token->kind == TOKEN_RECEIPT) {
        return ledger_code_find(portal->db, kiosk, token->code);
    }
    snprintf(letter, sizeof letter, "%s", token->code);
    char *dash = strchr(letter, '-');
    if (!dash) {
        return LEDGER_NONE;
    }
    *dash = '\0';
    return ledger_ticket_find(portal->db, kiosk, letter, strtoll(dash + 1, NULL, 10), day);
}

static void
tell(struct portal *portal, const struct token *token, const char *kiosk, struct reply *reply)
{
    char day[DAY_TEXT];
    portal_day(((int64_t)DAYS_TO_2020 + token->day) * 24 * 3600 * 1000, 0, day);
    enum ledger_result held = is_held(portal, token, kiosk, day);
    if (held == LEDGER_FAILED) {
        reply_busy(reply);
        return;
    }
    reply_json(reply, 200,
               "{\"kind\":\"%s\",\"code\":\"%s\",\"kiosk\":\"%s\",\"day\":\"%s\",\"held\":%s}",
               token->kind == TOKEN_TICKET ? "ticket" : "receipt", token->code, kiosk, day,
               held == LEDGER_DONE ? "true" : "false");
}

void
tokens_get(struct portal *portal, const struct request *request, struct reply *reply)
{
    char kiosk[33] = "";
    uint8_t payload[TOKEN_PAYLOAD], signature[SIGNATURE], key[SIGN_PUBLIC];
    struct token token;
    if (!token_parse(request->rest, &token, payload, signature)) {
        reply_error(reply, 404, "missing");
        return;
    }
    enum ledger_result known = ledger_kiosk_by_number(portal->db, token.kiosk, kiosk, key);
    if (known == LEDGER_FAILED) {
        reply_busy(reply);
    } else if (known == LEDGER_NONE || !token_verify(request->rest, key, &token)) {
        reply_error(reply, 404, "missing");
    } else {
        tell(portal, &token, kiosk, reply);
    }
}

static const char page[] =
    "<!doctype html><html lang=\"id\"><meta charset=\"utf-8\">"
    "<meta name=\"viewport\" content=\"width=device-width\"><title>Bukti dari anjungan</title>"
    "<style>body{font:18px/1.5 sans-serif;max-width:32em;margin:2em auto;padding:0 1em}"
    "b{font-size:1.6em}</style><h1>Bukti dari anjungan</h1>"
    "<p id=\"a\" role=\"status\">Mohon tunggu sebentar.</p><noscript>Halaman ini memerlukan "
    "JavaScript.</noscript>"
    "<p id=\"b\" hidden>Ingin tahu sampai mana permohonan Anda? Di anjungan, tekan Cek berkas "
    "saya, "
    "lalu pindai kertas ini atau ketik kodenya.</p>"
    "<p>Butuh bantuan? Hubungi 112 (gratis).</p>"
    "<script>"
    "var a=document.getElementById('a'),b=document.getElementById('b'),"
    "t=location.hash.slice(1);"
    "function say(s){a.textContent=s}"
    "if(!/^[A-Za-z0-9_-]{103}$/.test(t))say('Kode pada kertas tidak terbaca. Silakan pindai "
    "lagi.');"
    "else fetch('/api/v1/tokens/'+t).then(function(r){"
    "if(r.status===404){say('Bukti ini bukan dari anjungan kami.');return}"
    "if(!r.ok)throw 0;return r.json().then(function(j){"
    "say((j.kind==='ticket'?'Nomor antrean ':'Kode permohonan ')+j.code+', '+"
    "j.day.split('-').reverse().join('-')+'. '+"
    "(j.held?'Asli, sudah tercatat di kantor.':'Asli, tetapi belum sampai di kantor.'));"
    "b.hidden=j.kind==='ticket'})"
    "}).catch(function(){say('Belum dapat diperiksa. Silakan coba beberapa saat lagi.')})"
    "</script></html>\n";

void
page_get(struct portal *portal, const struct request *request, struct reply *reply)
{
    (void)portal;
    (void)request;
    reply->policy = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; "
                    "connect-src 'self'; base-uri 'none'; frame-ancestors 'none'";
    reply_with(reply, 200, "text/html; charset=utf-8", strdup(page));
}

void
health_get(struct portal *portal, const struct request *request, struct reply *reply)
{
    (void)request;
    if (!ledger_answers(portal->db)) {
        reply_busy(reply);
        return;
    }
    reply_json(reply, 200, "{\"status\":\"ok\"}");
}
