#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/secret.h"
#include "form/answers.h"
#include "form/expression.h"
#include "form/pattern.h"

struct world {
    struct arena *arena;
    struct secret *memory;
    struct answers *answers;
};

static int
set_up(void **state)
{
    static struct world world;
    world.arena = arena_create();
    world.memory = secret_create(256 * 1024);
    assert_non_null(world.memory);
    world.answers = answers_create(world.memory);
    answers_set(world.answers, "jenis", "hilang");
    answers_set(world.answers, "umur", "17");
    answers_set(world.answers, "tgl", "2026-11-20");
    answers_set(world.answers, "lahir", "2000-02-29");
    answers_set(world.answers, "macam", "patah chip lainnya");
    answers_set(world.answers, "rt", "007");
    answers_set(world.answers, "nama", "Nur’aini é");
    answers_set(world.answers, "kosong", "");
    answers_set(world.answers, "nik", "9171010101010001");
    answers_set(world.answers, "kk", "9171010101010002");
    *state = &world;
    return 0;
}

static int
tear_down(void **state)
{
    struct world *world = *state;
    arena_destroy(world->arena);
    secret_destroy(world->memory);
    return 0;
}

static bool
evaluate(struct world *world, const char *source, char *out, size_t size)
{
    const char *reason;
    size_t at;
    const struct expression *expression =
        expression_parse(world->arena, source, NULL, NULL, &reason, &at);
    struct expression_context context = {
        .answers = world->answers, .self = "12", .today = "2026-11-24"};
    if (expression == NULL) {
        fail_msg("%s: %s at %zu", source, reason, at);
        return false;
    }
    expression_text(expression, &context, out, size);
    return expression_true(expression, &context);
}

static void
test_truth(void **state)
{
    static const struct {
        const char *source;
        bool truth;
    } rows[] = {
        {"${jenis} = 'hilang'", true},
        {"${jenis}='rusak'", false},
        {"${jenis} != \"rusak\"", true},
        {"${jenis} = 'hilang' and ${umur} >= 17", true},
        {"${jenis} = 'rusak' or ${umur} >= 17", true},
        {"false() or true() and false()", false}, // and binds tighter
        {"true() or true() and false()", true},
        {"not(${jenis} = 'rusak')", true},
        {"${umur} < 9", false}, // numbers, not texts
        {"${rt} = 7", true},
        {"${rt} <= 150", true},
        {"2 < 10", true},
        {"'2' < '10'", true},
        {"'b' > 'a'", true},
        {"${tgl} < today()", true},
        {"${tgl} <= '2026-11-20'", true},
        {"${tgl} > '2026-11-20'", false},
        {"${kosong} < 5", false}, // nothing is neither smaller nor larger
        {"${kosong} >= 5", false},
        {"${kurang} = ''", true},
        {"${kurang} != ''", false},
        {"${nik} = ${kk}", false}, // too long for a double: they stay text
        {"selected(${macam}, 'chip')", true},
        {"selected(${macam}, 'chi')", false},
        {"selected(${macam}, '')", false},
        {"selected(${kurang}, 'chip')", false},
        {"count-selected(${macam}) = 3", true},
        {"count-selected('') = 0", true},
        {"string-length(${nama}) = 10", true}, // code points
        {"starts-with(${nama}, 'Nur')", true},
        {"contains(${nama}, 'aini')", true},
        {"contains(${nama}, 'AINI')", false},
        {"regex(${rt}, '[0-9]{3}')", true},
        {"regex(${rt}, '[0-9]{2}')", false},
        {"age-years(${lahir}) = 26", true},
        {"age-years('2008-11-24') = 18", true},
        {"age-years('2008-11-25') = 17", true},
        {"date-diff-days(${tgl}, today()) = 4", true},
        {"date-diff-days(today(), ${tgl}) = -4", true},
        {"date-diff-days('2026-02-30', today()) = 0", false}, // no such day
        {". > 10", true},
        {". = 12", true},
        {"1 div 0 = 1", false},
        {"5 mod 0 >= 0", false},
        {"--1 = 1", true},
        {"if(${umur} > 16, 'ya', 'tidak') = 'ya'", true},
        {"coalesce(${kosong}, 'x') = 'x'", true},
        {"'a' = true()", true},
        {"0", false},
        {"0.5", true},
        {"''", false},
        {"1 = 1.0", true},
    };
    struct world *world = *state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[64];
        if (evaluate(world, rows[i].source, text, sizeof text) != rows[i].truth) {
            fail_msg("%s should be %d", rows[i].source, rows[i].truth);
        }
    }
}

static void
test_text(void **state)
{
    static const struct {
        const char *source, *text;
    } rows[] = {
        {"1 + 2 * 3", "7"},
        {"(1 + 2) * 3", "9"},
        {"7 div 2", "3.5"},
        {"7 mod 4", "3"},
        {"int(7 div 2)", "3"},
        {"int(-3.5)", "-3"},
        {"-2 - -3", "1"},
        {"10 - 2 - 3", "5"},
        {"number('x')", ""},
        {"number('007')", "7"},
        {"string(1.50)", "1.5"},
        {"999999999999 + 1", "1000000000000"},
        {"concat('a', 1 + 1, ${jenis}, '')", "a2hilang"},
        {"substr('hilang', 0, 3)", "hil"},
        {"substr('hilang', 3)", "ang"},
        {"substr(${nama}, 9)", "é"},
        {"substr(${nama}, 99)", ""},
        {"substr('abc', 2, 1)", ""},
        {"substr('abc', -4, 99)", "abc"},
        {"substr('abc', 'x')", ""},
        {"today()", "2026-11-24"},
        {"${kurang}", ""},
        {".", "12"},
        {"true()", "true"},
        {"if('', 1, 2)", "2"},
        {"\"it's\"", "it's"},
    };
    struct world *world = *state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[64];
        evaluate(world, rows[i].source, text, sizeof text);
        if (strcmp(text, rows[i].text) != 0) {
            fail_msg("%s is '%s', not '%s'", rows[i].source, text, rows[i].text);
        }
    }
}

static bool
only_jenis(void *context, const char *name, struct expression_name *out)
{
    *out = (struct expression_name){.relevant = context};
    return strcmp(name, "jenis") == 0;
}

static void
test_malformed(void **state)
{
    static const struct {
        const char *source, *reason;
        size_t at;
    } rows[] = {
        {"", "a value was expected", 0},
        {"1 +", "a value was expected", 3},
        {"1 1", "an operator was expected", 2},
        {"1 = 1 = 1", "an operator was expected", 6},
        {"(1", "')' is missing", 2},
        {"not(1", "')' is missing", 5},
        {"not 1", "'(' is missing", 0},
        {"not()", "wrong number of operands", 0},
        {"today(1)", "wrong number of operands", 0},
        {"concat(1,2,3,4,5,6,7,8,9)", "wrong number of operands", 0},
        {"frobnicate(1)", "unknown function", 0},
        {"${jenis} = pria", "a word of its own", 11},
        {"'open", "the text has no end", 0},
        {"${jenis", "a question is written ${name}", 0},
        {"${}", "a question is written ${name}", 0},
        {"${jenis-lain-yang-panjang-sekali-sampai-melewati}", "a question is written ${name}", 0},
        {"${nik}", "unknown question, or not an earlier one", 0},
        {"1. = 1", "malformed number", 0},
        {"1234567890123456", "malformed number", 0},
        {"regex(., ${jenis})", "the pattern of regex() must be a literal text", 18},
        {"regex(., '[')", "']' is missing", 13},
        {"1 == 1", "a value was expected", 3},
        {"1 & 1", "an operator was expected", 2},
        {"system('ls')", "unknown function", 0},
    };
    struct world *world = *state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *reason;
        size_t at;
        const struct expression *expression =
            expression_parse(world->arena, rows[i].source, only_jenis, NULL, &reason, &at);
        if (expression != NULL || strcmp(reason, rows[i].reason) != 0 || at != rows[i].at) {
            fail_msg("'%s': %s at %zu", rows[i].source, expression ? "accepted" : reason, at);
        }
    }
}

/* What an author who knows another language is told. */
static void
test_hints(void **state)
{
    static const struct {
        const char *source, *hint;
    } rows[] = {
        {"1 == 1", "; equal is written ="},
        {"1 => 1", "; it is written >="},
        {"1 =< 1", "; it is written <="},
        {"1 <> 1", "; not equal is written !="},
        {"1 && 1", "; it is written and"},
        {"1 || 1", "; it is written or"},
        {"!true()", "; not is written not(...)"},
        {"4 / 2", "; to divide is written div"},
        {"4 % 2", "; the remainder is written mod"},
        {"$(jenis) = 1", "; a question is written ${name}"},
        {"{jenis} = 1", "; a question is written ${name}"},
        {"\u2018x\u2019 = 1", "; texts stand in straight quotes: 'text'"},
        {"${jenis} = pria", "; a question is written ${pria}, a text 'pria'"},
        {"today = 1", "; it is today()"},
        {"date-diff-days(.)", "; it is date-diff-days(from, to)"},
        {"string-lenght(.)", "; is 'string-length' meant?"},
        {"system(1)", "; kiosk/form/expression.h has all functions"},
        {"1 1", ""},
        {"(1", ""},
    };
    struct world *world = *state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *reason;
        char out[EXPRESSION_HINT];
        size_t at;
        assert_null(expression_parse(world->arena, rows[i].source, only_jenis, NULL, &reason, &at));
        assert_string_equal(expression_hint(rows[i].source, at, out), rows[i].hint);
    }
}

static void
test_bounds(void **state)
{
    struct world *world = *state;
    char source[2200], text[64];
    const char *reason;
    size_t at;
    memset(source, '(', 40);
    strcpy(source + 40, "1");
    assert_null(expression_parse(world->arena, source, NULL, NULL, &reason, &at));
    assert_string_equal(reason, "nested too deeply");
    memset(source, '-', 200);
    strcpy(source + 200, "1");
    assert_null(expression_parse(world->arena, source, NULL, NULL, &reason, &at));
    source[0] = '\0';
    for (int i = 0; i < 300; i++) {
        strcat(source, "1+");
    }
    strcat(source, "1");
    assert_null(expression_parse(world->arena, source, NULL, NULL, &reason, &at));
    assert_string_equal(reason, "expression too long");
    source[2 * 120 + 1] = '\0';
    evaluate(world, source, text, sizeof text);
    assert_string_equal(text, "121");
    // texts put together again and again run out of room, not over it
    assert_true(evaluate(world,
                         "string-length(concat(concat(${nama},${nama},${nama},${nama}),${nama},"
                         "concat(${nama},${nama},${nama},${nama}))) = 90",
                         text, sizeof text));
}

/* B is asked if A; A is asked if jenis: an answer left in A counts only while A is asked. */
static void
test_relevance_chain(void **state)
{
    struct world *world = *state;
    const char *reason;
    size_t at;
    const struct expression *a =
        expression_parse(world->arena, "${jenis} = 'rusak'", NULL, NULL, &reason, &at);
    const struct expression *b =
        expression_parse(world->arena, "${jenis} = 'hilang'", only_jenis, (void *)a, &reason, &at);
    struct expression_context context = {.answers = world->answers};
    assert_non_null(b);
    assert_false(expression_true(b, &context));
    answers_set(world->answers, "jenis", "rusak");
    assert_false(expression_true(b, &context));
    const struct expression *c =
        expression_parse(world->arena, "${jenis} = 'rusak'", only_jenis, (void *)a, &reason, &at);
    assert_true(expression_true(c, &context));
    answers_set(world->answers, "jenis", "hilang");
    // a chain has an end, and so has its cost
    int depth = 0;
    for (const struct expression *last = a; last != NULL; depth++) {
        last = expression_parse(world->arena, "${jenis} = '' or ${jenis} = 'x'", only_jenis,
                                (void *)last, &reason, &at);
        assert_true(depth < 10);
    }
    assert_string_equal(reason, "questions depend on one another too deeply");
}

static void
test_pattern(void **state)
{
    static const struct {
        const char *pattern, *text;
        bool matches;
    } rows[] = {
        {"abc", "abc", true},
        {"abc", "abcd", false},
        {"abc", "ab", false},
        {"", "", true},
        {"", "a", false},
        {"^abc$", "abc", true},
        {"a*", "", true},
        {"a*", "aaaa", true},
        {"a+", "", false},
        {"a+", "aaa", true},
        {"a?b", "b", true},
        {"a?b", "ab", true},
        {"a?b", "aab", false},
        {"a{3}", "aaa", true},
        {"a{3}", "aa", false},
        {"a{3}", "aaaa", false},
        {"a{2,}", "a", false},
        {"a{2,}", "aaaaa", true},
        {"a{2,4}", "aaaa", true},
        {"a{2,4}", "aaaaa", false},
        {"a{0,2}b", "b", true},
        {"a{0,2}b", "aab", true},
        {"a{0,2}b", "aaab", false},
        {"(ab){2}c", "ababc", true},
        {"(ab){2}c", "abc", false},
        {"(a|b)+", "abba", true},
        {"a|bc|d", "bc", true},
        {"a|bc|d", "d", true},
        {"a|bc|d", "ad", false},
        {"x(a|b|)y", "xy", true},
        {"(a|b){2}", "ba", true},
        {"(a*)*", "aaa", true},
        {"(a|a)*b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaac", false},
        {"[a-c]+", "abc", true},
        {"[a-c]+", "abd", false},
        {"[^0-9]", "a", true},
        {"[^0-9]", "5", false},
        {"[a-]+", "a-a", true},
        {"[À-ÿ]+", "éè", true},
        {"[À-ÿ]", "e", false},
        {".", "é", true},
        {"..", "é", false},
        {"\\d{4}", "2026", true},
        {"\\.", "a", false},
        {"[\\]]", "]", true},
        {"KT ?[0-9]{1,4} ?[A-Z]{1,3}", "KT 1234 AB", true},
        {"KT ?[0-9]{1,4} ?[A-Z]{1,3}", "KT1A", true},
        {"KT ?[0-9]{1,4} ?[A-Z]{1,3}", "DA 1234 AB", false},
        {"((a{1,9}){1,9}){1,2}", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaab", false},
    };
    struct world *world = *state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *reason;
        size_t at;
        const struct pattern *pattern = pattern_parse(world->arena, rows[i].pattern, &reason, &at);
        if (pattern == NULL || pattern_matches(pattern, rows[i].text) != rows[i].matches) {
            fail_msg("/%s/ on '%s': %s", rows[i].pattern, rows[i].text,
                     pattern == NULL ? reason : "wrong");
        }
    }
    static const char *const bad[] = {"*",
                                      "a**",
                                      "(",
                                      "a)",
                                      "[",
                                      "[]",
                                      "[b-a]",
                                      "a{",
                                      "a{2",
                                      "a{3,2}",
                                      "a{0}",
                                      "a{99}",
                                      "\\q",
                                      "a$b",
                                      "^^a",
                                      "a|*",
                                      "(a",
                                      "[^",
                                      "((((((((((a))))))))))",
                                      "(a{64}){64}",
                                      "a{,3}"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        const char *reason = NULL;
        size_t at;
        if (pattern_parse(world->arena, bad[i], &reason, &at) != NULL || reason == NULL) {
            fail_msg("/%s/ was accepted", bad[i]);
        }
    }
}

/* Patterns that hold other engines for hours take a walk along the text here. */
static void
test_pattern_time(void **state)
{
    struct world *world = *state;
    const char *reason;
    size_t at;
    char text[ANSWER_BYTES];
    memset(text, 'a', sizeof text);
    text[sizeof text - 1] = '\0';
    const struct pattern *pattern =
        pattern_parse(world->arena, "(((a*)*)*|(a|a)*)*b", &reason, &at);
    assert_non_null(pattern);
    int64_t begun = clock_monotonic();
    assert_false(pattern_matches(pattern, text));
    assert_true(clock_monotonic() - begun < 200);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_truth),     cmocka_unit_test(test_text),
        cmocka_unit_test(test_malformed), cmocka_unit_test(test_hints),
        cmocka_unit_test(test_bounds),    cmocka_unit_test(test_relevance_chain),
        cmocka_unit_test(test_pattern),   cmocka_unit_test(test_pattern_time),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
