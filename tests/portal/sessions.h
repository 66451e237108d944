/* The cookies of an officer's browser: random tokens, and what is made from one. The sign-in
 * page has one of its own: whoever follows a link from elsewhere comes without his session's
 * (SameSite=Strict), and must not lose it there. */
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include "people.h"

enum cookie { COOKIE_SESSION, COOKIE_SIGN_IN };
/* The request's token: its hash and the word for forms. False: none, or not one of ours. */
bool session_read(const char *cookies, enum cookie which, uint8_t hash[HASH], char csrf[CSRF]);
/* A new token into `reply`'s cookie; its hash and word. False: no randomness. */
bool session_make(struct reply *reply, enum cookie which, uint8_t hash[HASH], char csrf[CSRF]);
void session_drop(struct reply *reply);
