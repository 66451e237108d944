/* The cookie of an officer's browser: a random token, and what is made from it. */
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include "people.h"

/* The request's token: its hash and the word for forms. False: none, or not one of ours. */
bool session_read(const char *cookies, uint8_t hash[HASH], char csrf[CSRF]);
/* A new token into `reply`'s cookie; its hash and word. False: no randomness. */
bool session_make(struct reply *reply, uint8_t hash[HASH], char csrf[CSRF]);
void session_drop(struct reply *reply);
