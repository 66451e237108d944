#include "form/ikm.h"

#include <string.h>

enum { LIMBS = 12, ANSWERS_MAX = 1000000000 };

/* A sum of nine fractions has no common denominator that fits 64 bits. */
struct big {
    uint32_t limb[LIMBS]; // the least first
};

static struct big
big_of(uint32_t value)
{
    return (struct big){.limb = {value}};
}

static struct big
big_times(struct big big, uint32_t factor)
{
    uint64_t carry = 0;
    for (int i = 0; i < LIMBS; i++) {
        carry += (uint64_t)big.limb[i] * factor;
        big.limb[i] = (uint32_t)carry;
        carry >>= 32;
    }
    return big;
}

static struct big
big_plus(struct big a, const struct big *b)
{
    uint64_t carry = 0;
    for (int i = 0; i < LIMBS; i++) {
        carry += (uint64_t)a.limb[i] + b->limb[i];
        a.limb[i] = (uint32_t)carry;
        carry >>= 32;
    }
    return a;
}

static bool
big_at_most(const struct big *a, const struct big *b)
{
    for (int i = LIMBS - 1; i >= 0; i--) {
        if (a->limb[i] != b->limb[i]) {
            return a->limb[i] < b->limb[i];
        }
    }
    return true;
}

bool
ikm_count(struct ikm_counts *counts, const char *element, const char *score, int64_t count)
{
    bool good = element[0] == 'u' && element[1] >= '1' && element[1] <= '9' && !element[2] &&
                score[0] >= '1' && score[0] <= '4' && !score[1] && count > 0;
    if (good) {
        counts->scores[element[1] - '1'][score[0] - '1'] += count;
    }
    return good;
}

int64_t
ikm_answers(const struct ikm_counts *counts, int element)
{
    const int64_t *scores = counts->scores[element];
    return scores[0] + scores[1] + scores[2] + scores[3];
}

static int64_t
sum_of(const struct ikm_counts *counts, int element)
{
    const int64_t *scores = counts->scores[element];
    return scores[0] + 2 * scores[1] + 3 * scores[2] + 4 * scores[3];
}

int
ikm_mean(const struct ikm_counts *counts, int element)
{
    int64_t answers = ikm_answers(counts, element);
    return answers > 0 ? (int)((200 * sum_of(counts, element) + answers) / (2 * answers)) : -1;
}

static char
grade_of(int hundredths)
{
    return hundredths >= 8831 ? 'A' : hundredths >= 7661 ? 'B' : hundredths >= 6500 ? 'C' : 'D';
}

/* Over the product of all numbers of answers: every mean is whole then. */
static struct big
sum_of_means(const struct ikm_counts *counts)
{
    struct big sum = big_of(0);
    for (int i = 0; i < SURVEY_ELEMENTS; i++) {
        struct big mean = big_of((uint32_t)sum_of(counts, i));
        for (int j = 0; j < SURVEY_ELEMENTS; j++) {
            mean = j == i ? mean : big_times(mean, (uint32_t)ikm_answers(counts, j));
        }
        sum = big_plus(sum, &mean);
    }
    return sum;
}

struct ikm
ikm_of(const struct ikm_counts *counts)
{
    struct big product = big_of(1);
    for (int i = 0; i < SURVEY_ELEMENTS; i++) {
        int64_t answers = ikm_answers(counts, i);
        if (answers < 1 || answers > ANSWERS_MAX) {
            return (struct ikm){.known = false};
        }
        product = big_times(product, (uint32_t)answers);
    }
    // index = 25 / 9 * sum / product; its hundredths h are the most for which
    // h <= 2500 / 9 * sum / product + 1/2, that is 18 * h * product <= 5000 * sum + 9 * product
    struct big nine = big_times(product, 9), most = big_times(sum_of_means(counts), 5000);
    most = big_plus(most, &nine);
    int low = 0, high = 10000;
    while (low < high) {
        int middle = (low + high + 1) / 2;
        struct big tried = big_times(product, 18 * (uint32_t)middle);
        if (big_at_most(&tried, &most)) {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    return (struct ikm){true, low, grade_of(low)};
}
