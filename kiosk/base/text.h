/* UTF-8 and text that grows inside a given buffer. No allocation. */
#pragma once
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A builder over the caller's buffer: always NUL-terminated, never overruns;
 * `cut` says that something did not fit (a code point is never split). */
struct text {
    char *data;
    size_t size; /* of the buffer, the NUL included */
    size_t len;
    bool cut;
};

struct text text_over(char *buffer, size_t size);
void text_add(struct text *text, const char *string);
void text_add_bytes(struct text *text, const char *bytes, size_t len);
void text_add_code(struct text *text, uint32_t code_point);
void text_addf(struct text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));
void text_clear(struct text *text);

/* Copy into a buffer, cut at a code point; false when it had to be cut. */
bool text_copy(char *buffer, size_t size, const char *string);

/* The code point at `at` and its length in bytes (>= 1). A malformed or
 * overlong byte yields U+FFFD and length 1; at the NUL 0 and length 0. */
uint32_t utf8_at(const char *at, size_t *len);
bool utf8_valid(const char *bytes, size_t len);
size_t utf8_count(const char *string);                /* code points */
size_t utf8_encode(uint32_t code_point, char out[4]); /* bytes written; 0 if not a scalar value */
size_t utf8_before(const char *string, size_t at);    /* start of the code point before `at` */

/* C0, C1 and the separators of lines and paragraphs: no part of a line of text. */
bool utf8_is_control(uint32_t code_point);
/* These, and what is no character, cannot be seen or turns the line around: nobody types
 * them, and they would deceive whoever reads on. */
bool utf8_is_hidden(uint32_t code_point);

bool text_is_digits(const char *string); /* one or more of 0-9, nothing else */
/* The number that starts at *at, of at most `most` digits, stepped over; -1 where no
 * digit stands or the number is beyond int64_t. */
int64_t text_take_number(const char **at, int most);
/* Case-insensitive for ASCII and Latin-1 letters: for search fields. */
bool text_contains_folded(const char *haystack, const char *needle);
