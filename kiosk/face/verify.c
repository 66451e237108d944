#include "face/verify.h"

#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "seal/token.h"

static const char before_token[] = "/t/#";
static const char scheme[] = "https://";

static void
day_of(uint16_t days, char out[DATE_TEXT])
{
    enum { FIRST = 18262 }; // 2020-01-01, days since 1970
    struct civil day = civil_at((FIRST + days) * 86400000LL, 0);
    civil_date(&day, out);
}

static struct flow_verified
verify_slip(const char *text, const struct token *token, const struct catalogue *catalogue)
{
    struct flow_verified found = {.verdict = VERDICT_UNKNOWN,
                                  .ticket = token->kind == TOKEN_TICKET};
    const struct kiosk_key *known = catalogue_kiosk_key(catalogue, token->kiosk);
    uint8_t key[SIGN_PUBLIC];
    struct token signed_token;
    if (known == NULL || !hex_parse(known->key, key, sizeof key)) {
        return found;
    }
    if (!token_verify(text, key, &signed_token)) {
        found.verdict = VERDICT_FALSE;
        return found;
    }
    found.verdict = VERDICT_TRUE;
    text_copy(found.code, sizeof found.code, token->code);
    text_copy(found.kiosk, sizeof found.kiosk, known->kiosk);
    day_of(token->day, found.day);
    return found;
}

/* The host alone: no name before it ("https://go.id@evil.example"), no port, lower case. */
static bool
host_of(const char *link, char *out, size_t size)
{
    if (strncasecmp(link, scheme, sizeof scheme - 1) != 0) {
        return false;
    }
    const char *at = link + sizeof scheme - 1;
    size_t len = strcspn(at, "/?#\\");
    if (len == 0 || len >= size || memchr(at, '@', len) != NULL || memchr(at, ':', len) != NULL) {
        return false;
    }
    for (size_t i = 0; i < len; i++) {
        char c = at[i] >= 'A' && at[i] <= 'Z' ? (char)(at[i] + 32) : at[i];
        if (strchr("abcdefghijklmnopqrstuvwxyz0123456789.-", c) == NULL) {
            return false;
        }
        out[i] = c;
    }
    out[len] = '\0';
    return true;
}

/* "tte.samarindakota.go.id" is below "samarindakota.go.id"; "xsamarindakota.go.id" is not. */
static bool
is_below(const char *host, const char *trusted)
{
    size_t len = strlen(host), wanted = strlen(trusted);
    return len >= wanted && strcmp(host + len - wanted, trusted) == 0 &&
           (len == wanted || host[len - wanted - 1] == '.');
}

static struct flow_verified
verify_link(const char *link, const struct catalogue *catalogue)
{
    struct flow_verified found = {.verdict = VERDICT_FOREIGN};
    if (!host_of(link, found.host, sizeof found.host)) {
        return (struct flow_verified){.verdict = VERDICT_NONE};
    }
    for (const char *const *trusted = catalogue_document_hosts(catalogue);
         trusted != NULL && *trusted != NULL; trusted++) {
        if (is_below(found.host, *trusted) && strlen(link) < sizeof found.link) {
            found.verdict = VERDICT_HOST;
            text_copy(found.link, sizeof found.link, link);
        }
    }
    return found;
}

struct flow_verified
verify_scan(const char *scan, const struct catalogue *catalogue)
{
    struct token token;
    uint8_t payload[TOKEN_PAYLOAD], signature[SIGNATURE];
    const char *at = strstr(scan, before_token);
    const char *text = at != NULL ? at + sizeof before_token - 1 : scan;
    if (token_parse(text, &token, payload, signature)) {
        return verify_slip(text, &token, catalogue);
    }
    return verify_link(scan, catalogue);
}
