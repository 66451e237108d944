/* Passwords as argon2id hashes: 64 MiB and about a tenth of a second each, in a text
 * that carries its own salt and cost. Who checks many at once limits how many. */
#pragma once
#include <stdbool.h>

enum { PASSWORD_HASH = 128 }; /* with the NUL; no spaces in it */

bool password_hash(const char *password, char out[PASSWORD_HASH]);
bool password_matches(const char *hash, const char *password);
