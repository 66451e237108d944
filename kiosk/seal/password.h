/* Passwords as argon2id hashes: 64 MiB and about a tenth of a second each, in a text
 * that carries its own salt and cost. Who checks many at once limits how many. */
#pragma once
#include <stdbool.h>
#include <stdint.h>

enum { PASSWORD_HASH = 128 }; /* with the NUL; no spaces in it */

bool password_hash(const char *password, char out[PASSWORD_HASH]);
bool password_matches(const char *hash, const char *password);

/* The key of a PIN, at the same cost: made where the PIN is typed, so that whoever checks it
 * does the quick part alone and never sees the PIN. */
enum { PASSWORD_SALT = 16, PASSWORD_KEY = 32 };
bool password_key(const char *password, const uint8_t salt[PASSWORD_SALT],
                  uint8_t key[PASSWORD_KEY]);
void password_salt(uint8_t salt[PASSWORD_SALT]); /* a new one */
