/* What is said when a number is called, word for word. The recordings are named by the same
 * words, so that what is written here and what is heard cannot differ. Pure.
 *
 * A number is said as it stands on the slip, letter by letter and digit by digit ("A, nol satu
 * tujuh"): who looks at the slip hears what they read, and no digit is swallowed in a loud
 * hall. A counter is a plain number ("loket dua belas"). */
#pragma once
#include <stdbool.h>
#include <stddef.h>

struct text;

struct call {
    const char *number; /* "A-017"; "A017" */
    const char *place;  /* "loket", "meja pengaduan"; NULL or empty: "loket" */
    int counter;        /* 0: the place has no number */
    bool last;          /* the last call */
};

enum { WORDS_MOST = 24, WORD_SIZE = 48 };
struct word {
    char clip[WORD_SIZE]; /* name of its recording: the word, a dash for a blank */
    char mark;            /* ',' or '.' where a pause follows, or 0 */
};
struct words {
    struct word at[WORDS_MOST];
    size_t count;
};

/* False: no number of a queue, or no place in small letters. */
bool words_call(struct words *words, const struct call *call);
/* Adds 0 to 999 as it is said, "dua ratus tujuh belas"; above, digit by digit. */
void words_number(struct words *words, int number);
/* "Nomor antrean, A, nol satu tujuh, silakan menuju loket dua." */
void words_text(const struct words *words, struct text *out);
/* The recordings that any call may need, one after another; NULL at the end. */
const char *words_clip(size_t index);
/* Milliseconds of silence after a word. */
int words_pause(const struct word *word);
