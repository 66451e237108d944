#include "base/guess.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

#include "base/text.h"

enum { LONGEST = 40, PREFIX = 3 };

static int
least(int a, int b)
{
    return a < b ? a : b;
}

static char
folded(char c)
{
    return (char)(c == '-' ? '_' : tolower((unsigned char)c));
}

/* Letters to leave out, put in, exchange or swap with the neighbour until `a` is `b`: the
 * optimal string alignment, three rows of its table at a time. */
static int
distance(const char *a, const char *b)
{
    int rows[3][LONGEST + 1];
    int len_a = (int)strlen(a), len_b = (int)strlen(b);
    int *last = rows[0], *row = rows[1], *before = rows[2];
    for (int j = 0; j <= len_b; j++) {
        row[j] = j;
    }
    for (int i = 1; i <= len_a; i++) {
        int *next = before;
        before = last;
        last = row;
        row = next;
        row[0] = i;
        for (int j = 1; j <= len_b; j++) {
            char x = folded(a[i - 1]), y = folded(b[j - 1]);
            row[j] = least(least(last[j], row[j - 1]) + 1, last[j - 1] + (x != y));
            if (i > 1 && j > 1 && x == folded(b[j - 2]) && folded(a[i - 2]) == y) {
                row[j] = least(row[j], before[j - 2] + 1);
            }
        }
    }
    return row[len_b];
}

const char *
guess_name(const char *word, const char *const *names)
{
    const char *best = NULL;
    size_t len = strlen(word);
    int nearest = LONGEST;
    if (len == 0 || len > LONGEST) {
        return NULL;
    }
    for (; *names != NULL; names++) {
        size_t other = strlen(*names), both = len < other ? len : other;
        if (other == 0 || other > LONGEST) {
            continue;
        }
        int far = distance(word, *names);
        bool begins = both >= PREFIX && strncmp(word, *names, both) == 0;
        if ((far <= (int)(1 + both / 4) && far < (int)both) || begins) {
            best = far < nearest ? *names : best;
            nearest = least(far, nearest);
        }
    }
    return best;
}

const char *
guess_hint(const char *word, const char *const *names, char out[GUESS_BYTES])
{
    struct text text = text_over(out, GUESS_BYTES);
    const char *meant = guess_name(word, names);
    if (meant != NULL) {
        text_addf(&text, "; is '%s' meant?", meant);
        return out;
    }
    for (const char *const *name = names; *name != NULL; name++) {
        text_addf(&text, "%s%s", text.len == 0 ? "; there are " : ", ", *name);
    }
    if (text.cut) { // half a list would mislead
        out[0] = '\0';
    }
    return out;
}
