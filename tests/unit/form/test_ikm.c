/* The index of satisfaction: the vectors of the regulation, the borders of its table, and values
 * that a mean rounded too early or a weight of 0,11 would get wrong. */
#include "help.h"

#include <string.h>

#include "form/ikm.h"

/* Each element has one answer, of these scores. */
static struct ikm
of_scores(const char *scores)
{
    struct ikm_counts counts = {0};
    for (int i = 0; i < SURVEY_ELEMENTS; i++) {
        char element[] = {'u', (char)('1' + i), '\0'}, score[] = {scores[i], '\0'};
        assert_true(ikm_count(&counts, element, score, 1));
    }
    return ikm_of(&counts);
}

static void
vectors(void **state)
{
    (void)state;
    static const struct {
        const char *scores;
        int hundredths;
        char grade;
    } rows[] = {
        {"333333333", 7500, 'C'}, {"444444444", 10000, 'A'}, {"443433433", 8611, 'B'},
        {"111111111", 2500, 'D'}, {"222222222", 5000, 'D'},  {"344444444", 9722, 'A'},
        {"333333334", 7778, 'B'}, {"223223223", 5833, 'D'},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct ikm ikm = of_scores(rows[i].scores);
        assert_true(ikm.known);
        assert_int_equal(ikm.hundredths, rows[i].hundredths);
        assert_int_equal(ikm.grade, rows[i].grade);
    }
}

/* All elements alike: `fours` fours among `answers`, the rest threes or twos. */
static struct ikm
of_shares(int64_t answers, int64_t more, int less)
{
    struct ikm_counts counts = {0};
    for (int i = 0; i < SURVEY_ELEMENTS; i++) {
        counts.scores[i][less] = more;
        counts.scores[i][less - 1] = answers - more;
    }
    return ikm_of(&counts);
}

/* The mean is 1 + less - 1 + more / answers, the index 25 times that. */
static void
borders(void **state)
{
    (void)state;
    static const struct {
        int64_t answers, more;
        int less; // index of the higher of two scores
        int hundredths;
        char grade;
    } rows[] = {
        {10000, 5324, 3, 8831, 'A'},   // 88,31
        {100000, 53220, 3, 8831, 'A'}, // 88,305: half goes up, and up a grade
        {100000, 53219, 3, 8830, 'B'}, // 88,304 75
        {100000, 53218, 3, 8830, 'B'},         {10000, 644, 3, 7661, 'B'},
        {100000, 6420, 3, 7661, 'B'}, // 76,605
        {100000, 6419, 3, 7660, 'C'},          {10000, 6000, 2, 6500, 'C'},
        {100000, 59980, 2, 6500, 'C'}, // 64,995
        {100000, 59979, 2, 6499, 'D'},         {1000000000, 599800000, 2, 6500, 'C'},
        {1000000000, 599799999, 2, 6499, 'D'},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct ikm ikm = of_shares(rows[i].answers, rows[i].more, rows[i].less);
        if (ikm.hundredths != rows[i].hundredths) {
            print_error("row %zu\n", i);
        }
        assert_int_equal(ikm.hundredths, rows[i].hundredths);
        assert_int_equal(ikm.grade, rows[i].grade);
    }
}

/* Most people answer one question: the means have other denominators each. */
static void
uneven(void **state)
{
    (void)state;
    // 11, 13, 17, ... answers, all of them prime: 25/9 * sum as a fraction of 4e12 and more
    static const int64_t answers[] = {11, 13, 17, 19, 23, 29, 31, 37, 41};
    struct ikm_counts counts = {0};
    for (int i = 0; i < SURVEY_ELEMENTS; i++) {
        counts.scores[i][3] = answers[i] - 5;
        counts.scores[i][1] = 5;
        assert_int_equal(ikm_answers(&counts, i), answers[i]);
    }
    // 4 - 10 / n each: 25 * 4 - 250 / 9 * (1/11 + 1/13 + ... + 1/41) = 87,7521 ...
    assert_int_equal(ikm_of(&counts).hundredths, 8775);
    assert_int_equal(ikm_mean(&counts, 0), 309); // 34 / 11
    for (int i = 0; i < SURVEY_ELEMENTS; i++) {  // as many as ever counted
        counts.scores[i][3] = 1000000000 - 6 * i;
        counts.scores[i][1] = 6 * i;
    }
    assert_int_equal(ikm_of(&counts).hundredths, 10000);
    counts.scores[0][3]++;
    assert_false(ikm_of(&counts).known);
}

static void
no_index_without_all_nine(void **state)
{
    (void)state;
    struct ikm_counts counts = {0};
    assert_false(ikm_of(&counts).known);
    assert_int_equal(ikm_mean(&counts, 8), -1);
    for (int i = 0; i < SURVEY_ELEMENTS; i++) {
        assert_false(ikm_of(&counts).known);
        counts.scores[i][2] = 7;
    }
    assert_int_equal(ikm_of(&counts).hundredths, 7500);
    static const char *const wrong[][2] = {{"u0", "1"}, {"u10", "1"}, {"v1", "1"}, {"u1", "0"},
                                           {"u1", "5"}, {"u1", "11"}, {"", ""},    {"u", "1"}};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assert_false(ikm_count(&counts, wrong[i][0], wrong[i][1], 1));
    }
    assert_false(ikm_count(&counts, "u1", "1", 0));
    assert_int_equal(ikm_of(&counts).hundredths, 7500);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(vectors),
        cmocka_unit_test(borders),
        cmocka_unit_test(uneven),
        cmocka_unit_test(no_index_without_all_nine),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
