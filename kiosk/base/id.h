/* Identifiers. UUIDv7 (RFC 9562) for submissions and tickets; a tracking code
 * of seven random Crockford base-32 letters and a check letter, "7K3F-9QXM". */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { UUID_TEXT = 37, CODE_TEXT = 10, PASS_TEXT = 33 };

void uuid7_make(char out[UUID_TEXT], int64_t wall_ms);
bool uuid_is_valid(const char *text); /* lower-case canonical form only */

void code_make(char out[CODE_TEXT]);
/* Accept what people type (lower case, spaces, O for 0, I and L for 1), write
 * the canonical form; false if the length, a letter or the check is wrong. */
bool code_parse(const char *typed, char out[CODE_TEXT]);

/* 128 random bits in hexadecimal: who knows it may do the one thing that it is for. */
void pass_make(char out[PASS_TEXT]);
bool pass_is_valid(const char *text); /* lower case only */
