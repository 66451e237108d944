/* Who may call numbers: the office's officers with their PINs, and the browsers that were
 * paired. Kept as small settings of the store: officer.NAME "salt key tries until",
 * browser.HASH "name". A PIN is never here, only the key that argon2id makes of it where it was
 * typed, and of that the hash.
 *
 * A try is counted on disk before it is looked at: who cuts the power after each gains nothing.
 * Five wrong ones, then one an hour, until a right one comes. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/id.h"
#include "base/text.h"
#include "desk/parts.h"
#include "store/journal.h"
#include "wire/hall_messages.h"

enum {
    TRIES = 5,
    HOUR = 3600000,
    CODE_LIFE = 10 * 60000,
    CODE_TRIES = 5,
    NAME = 31,
    BROWSER_KEY = 8 + 2 * HALL_BROWSER + 1
};

struct officer {
    uint8_t salt[HALL_SALT], key[HASH]; /* of the key its hash */
    int64_t tries, until;               /* wall ms of the next one allowed */
};

static void
key_of_officer(const char *name, char key[48])
{
    snprintf(key, 48, "officer.%s", name);
}

/* Small letters, digits, '-' and '.': what may stand in a name. */
static bool
is_name(const char *name)
{
    size_t len = strlen(name);
    return len > 0 && len <= NAME && strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789.-") == len;
}

static bool
parse(const char *value, struct officer *officer)
{
    char salt[2 * HALL_SALT + 1], key[2 * HASH + 1];
    if (strlen(value) < sizeof salt + sizeof key) {
        return false;
    }
    text_copy(salt, sizeof salt, value);
    text_copy(key, sizeof key, value + sizeof salt);
    const char *numbers = value + sizeof salt + sizeof key;
    officer->tries = text_take_number(&numbers, 9);
    numbers += *numbers == ' ';
    officer->until = text_take_number(&numbers, 18);
    return hex_parse(salt, officer->salt, HALL_SALT) && hex_parse(key, officer->key, HASH) &&
           officer->tries >= 0 && officer->until >= 0;
}

static bool
read_officer(struct desk *desk, const char *name, struct officer *officer)
{
    char key[48], value[200];
    key_of_officer(name, key);
    return is_name(name) && desk->store != NULL &&
           settings_get(desk->store, key, value, sizeof value) && parse(value, officer);
}

static bool
write_officer(struct desk *desk, const char *name, const struct officer *officer)
{
    char key[48], value[200], salt[2 * HALL_SALT + 1], hash[2 * HASH + 1];
    key_of_officer(name, key);
    hex_of(officer->salt, HALL_SALT, salt);
    hex_of(officer->key, HASH, hash);
    snprintf(value, sizeof value, "%s %s %" PRId64 " %" PRId64, salt, hash, officer->tries,
             officer->until);
    return desk->store != NULL && keeper_note(desk, settings_put(desk->store, key, value));
}

static void
note(struct desk *desk, const char *what, const char *name)
{
    char line[160];
    snprintf(line, sizeof line, "%s %s", what, name);
    if (desk->store != NULL) {
        keeper_note(desk, journal_add(desk->store, clock_wall(), "staff", line));
    }
}

/* --- officers --------------------------------------------------------------------------- */

const char *
staff_set_officer(struct desk *desk, const char *name, struct wire_bytes salt,
                  struct wire_bytes key)
{
    struct officer officer = {.tries = 0};
    if (!is_name(name)) {
        return "a name has small letters, digits, '-' and '.', at most 31";
    }
    if (salt.len != HALL_SALT || key.len != HALL_KEY) {
        return "the key is not whole";
    }
    memcpy(officer.salt, salt.data, HALL_SALT);
    hash_of(key.data, HALL_KEY, officer.key);
    if (!write_officer(desk, name, &officer)) {
        return "the store cannot be written now";
    }
    note(desk, "new PIN of officer", name);
    hall_officers(desk);
    return NULL;
}

const char *
staff_remove_officer(struct desk *desk, const char *name)
{
    char key[48];
    struct officer officer;
    if (!read_officer(desk, name, &officer)) {
        return "no officer has that name";
    }
    key_of_officer(name, key);
    if (!keeper_note(desk, settings_drop(desk->store, key))) {
        return "the store cannot be written now";
    }
    note(desk, "removed officer", name);
    hall_begin(desk); // who is gone is told by what is left
    return NULL;
}

struct telling {
    staff_row *row;
    void *context;
};

static void
tell_officer(void *context, const char *key, const char *value)
{
    const struct telling *telling = context;
    struct officer officer;
    if (parse(value, &officer)) {
        telling->row(telling->context, key + strlen("officer."), officer.salt);
    }
}

void
staff_each_officer(struct desk *desk, staff_row *row, void *context)
{
    struct telling telling = {row, context};
    if (desk->store != NULL) {
        keeper_note(desk, settings_each(desk->store, "officer.", tell_officer, &telling));
    }
}

enum hall_result
staff_sign_in(struct desk *desk, const char *name, struct wire_bytes key, int *wait)
{
    struct officer officer;
    uint8_t hash[HASH];
    int64_t now = clock_wall();
    if (!read_officer(desk, name, &officer) || key.len != HALL_KEY) {
        return desk->store == NULL ? HALL_CLOSED : HALL_WRONG;
    }
    // A clock that was set back locks nobody out for longer than the hour.
    if (officer.tries >= TRIES && officer.until > now && officer.until - now <= HOUR) {
        *wait = (int)((officer.until - now + 999) / 1000);
        return HALL_LOCKED;
    }
    officer.tries++;
    officer.until = now + HOUR;
    if (!write_officer(desk, name, &officer)) {
        return HALL_CLOSED;
    }
    hash_of(key.data, HALL_KEY, hash);
    if (!hash_equal(hash, officer.key)) {
        note(desk, "a wrong PIN for", name);
        return HALL_WRONG;
    }
    officer.tries = 0;
    if (!write_officer(desk, name, &officer)) {
        return HALL_CLOSED;
    }
    return HALL_DONE;
}

/* --- browsers ------------------------------------------------------------------------------ */

void
staff_pair_code(struct desk *desk, char code[CODE_TEXT])
{
    code_make(desk->pair_code);
    desk->pair_until = clock_monotonic() + CODE_LIFE;
    desk->pair_tries = 0;
    memcpy(code, desk->pair_code, CODE_TEXT);
    note(desk, "a code was asked for", "a counter's browser");
}

static void
key_of_browser(const uint8_t *hash, char key[BROWSER_KEY])
{
    char hex[2 * HALL_BROWSER + 1];
    hex_of(hash, HALL_BROWSER, hex);
    snprintf(key, BROWSER_KEY, "browser.%s", hex);
}

enum hall_result
staff_pair(struct desk *desk, const struct hall_pair *pair)
{
    char key[BROWSER_KEY];
    if (desk->pair_code[0] == '\0' || clock_monotonic() > desk->pair_until ||
        pair->browser.len != HALL_BROWSER) {
        return HALL_WRONG;
    }
    char code[CODE_TEXT];
    if (!code_parse(pair->code, code) || strcmp(code, desk->pair_code) != 0) {
        if (++desk->pair_tries >= CODE_TRIES) {
            desk->pair_code[0] = '\0'; // guessed at: the technician asks for another one
        }
        return HALL_WRONG;
    }
    key_of_browser(pair->browser.data, key);
    if (desk->store == NULL || !keeper_note(desk, settings_put(desk->store, key, pair->name))) {
        return HALL_CLOSED;
    }
    desk->pair_code[0] = '\0';
    note(desk, "paired browser", pair->name);
    return HALL_DONE;
}

enum hall_result
staff_browser(struct desk *desk, struct wire_bytes browser)
{
    char key[BROWSER_KEY], name[200];
    if (browser.len != HALL_BROWSER) {
        return HALL_WRONG;
    }
    key_of_browser(browser.data, key);
    if (desk->store == NULL) {
        return HALL_CLOSED;
    }
    return settings_get(desk->store, key, name, sizeof name) ? HALL_DONE : HALL_WRONG;
}

/* All at once: the one that was stolen is never the one that can be named. */
const char *
staff_unpair(struct desk *desk)
{
    if (desk->store == NULL || !keeper_note(desk, settings_drop_all(desk->store, "browser."))) {
        return "the store cannot be written now";
    }
    note(desk, "unpaired", "all browsers");
    hall_hang_up(desk); // whoever is signed in is not any more
    return NULL;
}
