#include "voice/words.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"

enum { LETTERS_MOST = 3, DIGITS_MOST = 4, COUNTER_MOST = 9999 };

static const char number_said[] = "nomor-antrean", last_said[] = "panggilan-terakhir",
                  go_to[] = "silakan-menuju", usual_place[] = "loket";
static const char *const digits[] = {"nol",  "satu", "dua",   "tiga",    "empat",
                                     "lima", "enam", "tujuh", "delapan", "sembilan"};
static const char *const clips[] = {
    number_said, last_said, go_to,   usual_place, "nol",     "satu",    "dua",
    "tiga",      "empat",   "lima",  "enam",      "tujuh",   "delapan", "sembilan",
    "sepuluh",   "sebelas", "belas", "puluh",     "seratus", "ratus",
};
enum { CLIPS = sizeof clips / sizeof clips[0], ALPHABET = 26 };

const char *
words_clip(size_t index)
{
    static const char letters[ALPHABET][2] = {"a", "b", "c", "d", "e", "f", "g", "h", "i",
                                              "j", "k", "l", "m", "n", "o", "p", "q", "r",
                                              "s", "t", "u", "v", "w", "x", "y", "z"};
    if (index < CLIPS) {
        return clips[index];
    }
    return index < CLIPS + ALPHABET ? letters[index - CLIPS] : NULL;
}

int
words_pause(const struct word *word)
{
    return word->mark == ',' ? 220 : word->mark == 0 ? 40 : 0;
}

/* A blank becomes the dash of a file's name. */
static void
add(struct words *words, const char *said)
{
    if (words->count == WORDS_MOST) {
        return;
    }
    struct word *word = &words->at[words->count++];
    word->mark = 0;
    snprintf(word->clip, sizeof word->clip, "%s", said);
    for (char *at = word->clip; *at != '\0'; at++) {
        *at = *at == ' ' ? '-' : *at;
    }
}

static void
mark(struct words *words, char mark)
{
    if (words->count > 0) {
        words->at[words->count - 1].mark = mark;
    }
}

static void
add_digits(struct words *words, const char *number)
{
    for (; *number >= '0' && *number <= '9'; number++) {
        add(words, digits[*number - '0']);
    }
}

static void
below_hundred(struct words *words, int number)
{
    if (number < 10) {
        add(words, digits[number]);
    } else if (number < 12) {
        add(words, number == 10 ? "sepuluh" : "sebelas");
    } else if (number < 20) {
        add(words, digits[number - 10]);
        add(words, "belas");
    } else {
        add(words, digits[number / 10]);
        add(words, "puluh");
        if (number % 10 > 0) {
            add(words, digits[number % 10]);
        }
    }
}

void
words_number(struct words *words, int number)
{
    char figures[16];
    if (number < 0 || number > 999) {
        snprintf(figures, sizeof figures, "%d", number < 0 ? 0 : number);
        add_digits(words, figures);
        return;
    }
    if (number >= 200) {
        add(words, digits[number / 100]);
        add(words, "ratus");
    } else if (number >= 100) {
        add(words, "seratus");
    }
    if (number < 100 || number % 100 > 0) {
        below_hundred(words, number % 100);
    }
}

/* "A-017" in two: how many letters, and where the digits begin; NULL: no number of a queue. */
static const char *
digits_of(const char *number, size_t *letters)
{
    *letters = strspn(number, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    const char *rest = number + *letters + (number[*letters] == '-');
    bool good = *letters >= 1 && *letters <= LETTERS_MOST && text_is_digits(rest) &&
                strlen(rest) <= DIGITS_MOST;
    return good ? rest : NULL;
}

/* Small letters, one blank between words: also the name of a file, and of none elsewhere. */
static bool
is_place(const char *place)
{
    size_t len = strlen(place);
    return len < WORD_SIZE && strspn(place, "abcdefghijklmnopqrstuvwxyz ") == len &&
           place[0] != ' ' && place[len - 1] != ' ' && strstr(place, "  ") == NULL;
}

bool
words_call(struct words *words, const struct call *call)
{
    size_t letters;
    const char *place = call->place != NULL && call->place[0] != '\0' ? call->place : usual_place;
    const char *number = call->number != NULL ? digits_of(call->number, &letters) : NULL;
    words->count = 0;
    if (number == NULL || !is_place(place) || call->counter < 0 || call->counter > COUNTER_MOST) {
        return false;
    }
    if (call->last) {
        add(words, last_said);
        mark(words, ',');
    }
    add(words, number_said);
    mark(words, ',');
    for (size_t i = 0; i < letters; i++) {
        const char letter[2] = {(char)(call->number[i] - 'A' + 'a'), '\0'};
        add(words, letter);
    }
    mark(words, ',');
    add_digits(words, number);
    mark(words, ',');
    add(words, go_to);
    add(words, place);
    if (call->counter > 0) {
        words_number(words, call->counter);
    }
    mark(words, '.');
    return true;
}

void
words_text(const struct words *words, struct text *out)
{
    for (size_t i = 0; i < words->count; i++) {
        const struct word *word = &words->at[i];
        bool capital = i == 0 || word->clip[1] == '\0'; // a letter of the number
        text_add(out, i > 0 ? " " : "");
        for (const char *at = word->clip; *at != '\0'; at++) {
            char letter = *at == '-' ? ' ' : *at;
            bool first = at == word->clip;
            text_add_code(out, (uint32_t)(capital && first ? letter - 'a' + 'A' : letter));
        }
        if (word->mark != 0) {
            text_add_code(out, (uint32_t)word->mark);
        }
    }
}
