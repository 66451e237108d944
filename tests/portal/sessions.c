#include "sessions.h"

#include <stdio.h>
#include <string.h>
#include <sys/random.h>

#include "base/secret.h"
#include "http.h"
#include "seal/seal.h"

static const char *const names[] = {
    [COOKIE_SESSION] = "__Host-petugas=", [COOKIE_SIGN_IN] = "__Host-masuk="};
static const char manners[] = "Path=/; Secure; HttpOnly; SameSite=Strict";

static void
derive(const uint8_t token[TOKEN], uint8_t hash[HASH], char csrf[CSRF])
{
    static const char purpose[] = "anjungan-form-1";
    uint8_t mixed[sizeof purpose + TOKEN], word[HASH];
    memcpy(mixed, purpose, sizeof purpose);
    memcpy(mixed + sizeof purpose, token, TOKEN);
    hash_of(token, TOKEN, hash);
    hash_of(mixed, sizeof mixed, word);
    hex_of(word, HASH, csrf);
    secret_zero(mixed, sizeof mixed);
}

/* "a=1; __Host-petugas=TOKEN; ...": what stands behind that name, or NULL. */
static const char *
value_of(const char *cookies, const char *name)
{
    while (cookies && *cookies) {
        cookies += strspn(cookies, "; ");
        if (strncmp(cookies, name, strlen(name)) == 0) {
            return cookies + strlen(name);
        }
        cookies += strcspn(cookies, ";");
    }
    return NULL;
}

bool
session_read(const char *cookies, enum cookie which, uint8_t hash[HASH], char csrf[CSRF])
{
    char text[TOKEN_TEXT];
    uint8_t token[TOKEN];
    size_t len = 0;
    const char *value = value_of(cookies, names[which]);
    if (!value || strcspn(value, "; ") != TOKEN_TEXT - 1) {
        return false;
    }
    snprintf(text, sizeof text, "%s", value);
    if (!base64_parse(text, token, sizeof token, &len) || len != TOKEN) {
        return false;
    }
    derive(token, hash, csrf);
    secret_zero(token, sizeof token);
    return true;
}

bool
session_make(struct reply *reply, enum cookie which, uint8_t hash[HASH], char csrf[CSRF])
{
    uint8_t token[TOKEN];
    char text[TOKEN_TEXT];
    if (getrandom(token, sizeof token, 0) != (ssize_t)sizeof token) {
        return false;
    }
    base64_of(token, TOKEN, text);
    snprintf(reply->cookie, sizeof reply->cookie, "%s%s; %s", names[which], text, manners);
    derive(token, hash, csrf);
    secret_zero(token, sizeof token);
    return true;
}

void
session_drop(struct reply *reply)
{
    snprintf(reply->cookie, sizeof reply->cookie, "%s; Max-Age=0; %s", names[COOKIE_SESSION],
             manners);
}
