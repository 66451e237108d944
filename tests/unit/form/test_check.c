#include "help.h"

#include "base/text.h"

static struct visit visit;

struct row {
    const char *typed;
    enum problem problem;
    const char *value;
    int64_t wanted, have;
};

static void
run(const struct question *question, const struct row *rows, size_t count)
{
    char *out = malloc(ANSWER_BYTES);
    for (size_t i = 0; i < count; i++) {
        struct check check = check_answer(question, 0, rows[i].typed, visit.answers, TODAY, out);
        if (check.problem != rows[i].problem) {
            fail_msg("%s '%s': problem %d, not %d", question->name, rows[i].typed, check.problem,
                     rows[i].problem);
        }
        if (rows[i].value != NULL) {
            assert_string_equal(out, rows[i].value);
        }
        if (rows[i].wanted != 0 || rows[i].have != 0) {
            assert_int_equal(check.wanted, rows[i].wanted);
            assert_int_equal(check.have, rows[i].have);
        }
    }
    free(out);
}
#define RUN(question, rows) run(question, rows, sizeof rows / sizeof *rows)

static void
test_names(void **state)
{
    (void)state;
    static const struct question question = {
        .type = QUESTION_NAME, .name = "nama", .required = true};
    static const struct row rows[] = {
        {"Siti", PROBLEM_NONE, "Siti"},
        {"A", PROBLEM_NONE, "A"}, // one letter is a name
        {"NUR'AINI", PROBLEM_NONE, "NUR'AINI"},
        {"Nur’aini", PROBLEM_NONE, "Nur'aini"},
        {"Nur´aini", PROBLEM_NONE, "Nur'aini"},
        {"Ma`ruf", PROBLEM_NONE, "Ma'ruf"},
        {"RA\u02bcIYAH", PROBLEM_NONE, "RA'IYAH"},
        {"H. ABDUL MU'IN, S.Pd.I", PROBLEM_NONE, "H. ABDUL MU'IN, S.Pd.I"},
        {"  Budi \t Santoso ", PROBLEM_NONE, "Budi Santoso"},
        {"Bu-Di / Di", PROBLEM_NONE, "Bu-Di / Di"},
        {"Bu\u2010di", PROBLEM_NONE, "Bu-di"},
        {"José Ñáñez", PROBLEM_NONE, "José Ñáñez"},
        {"d'Masiv", PROBLEM_NONE, "d'Masiv"}, // never set in capitals
        {"M.", PROBLEM_NONE, "M."},
        {"", PROBLEM_REQUIRED, ""},
        {"   ", PROBLEM_REQUIRED, ""},
        {"Budi2", PROBLEM_NAME, NULL, 0, '2'},
        {"'Aini", PROBLEM_NAME, NULL, 0, '\''}, // begins with a letter
        {"-", PROBLEM_NAME, NULL, 0, '-'},
        {"Budi×", PROBLEM_NAME, NULL, 0, 0xD7},
        {"Budi÷", PROBLEM_NAME, NULL, 0, 0xF7},
        {"Ђorđe", PROBLEM_NAME, NULL, 0, 0x402},
        {"Budi😀", PROBLEM_NAME, NULL, 0, 0x1F600},
        {"Budi\x01", PROBLEM_NAME, NULL, 0, 1},
        {"Budi\xff", PROBLEM_NAME, NULL, 0, 0xFFFD}, // not UTF-8
        {"Budi;DROP", PROBLEM_NAME, NULL, 0, ';'},
        {"<b>", PROBLEM_NAME, NULL, 0, '<'},
    };
    RUN(&question, rows);
    char long_name[80];
    memset(long_name, 'a', sizeof long_name);
    long_name[60] = '\0';
    const struct row edge[] = {{long_name, PROBLEM_NONE, long_name}};
    RUN(&question, edge);
    memcpy(long_name + 60, "é", 3);
    const struct row above[] = {{long_name, PROBLEM_TOO_LONG, NULL, 60, 61}};
    RUN(&question, above);
}

static void
test_texts(void **state)
{
    (void)state;
    static const struct question question = {
        .type = QUESTION_TEXT, .name = "x", .min_length = 3, .max_length = 10};
    static const struct row rows[] = {
        {"abc", PROBLEM_NONE, "abc"},
        {"", PROBLEM_NONE, ""}, // optional
        {" \t\n", PROBLEM_NONE, ""},
        {"ab", PROBLEM_TOO_SHORT, NULL, 3, 2},
        {"é é", PROBLEM_NONE, "é é"}, // code points, not bytes
        {"éé", PROBLEM_TOO_SHORT, NULL, 3, 2},
        {"éééééééééé", PROBLEM_NONE, "éééééééééé"},
        {"ééééééééééé", PROBLEM_TOO_LONG, NULL, 10, 11},
        {"  a  b  ", PROBLEM_NONE, "a  b"}, // within it stays as typed
        {"a\nb\tc", PROBLEM_NONE, "a b c"},
        {"12 %s \"", PROBLEM_NONE, "12 %s \""},
        {"a\\b", PROBLEM_NONE, "a\\b"},
        {"日本語", PROBLEM_NONE, "日本語"},
        {"a\x1b[31m", PROBLEM_NAME, NULL, 0, 0x1b},
        {"abc\u202e", PROBLEM_NAME, NULL, 0, 0x202e}, // would turn what follows
        {"abc\u200b", PROBLEM_NAME, NULL, 0, 0x200b},
        {"abc\u2028d", PROBLEM_NAME, NULL, 0, 0x2028},
        {"abc\u00add", PROBLEM_NAME, NULL, 0, 0xAD},
        {"abc\ue000", PROBLEM_NAME, NULL, 0, 0xE000},
        {"abc\x7f", PROBLEM_NAME, NULL, 0, 0x7f},
        {"abc\xc3", PROBLEM_NAME, NULL, 0, 0xFFFD},
    };
    RUN(&question, rows);
    static const struct question address = {
        .type = QUESTION_ADDRESS, .name = "x", .min_length = 5, .max_length = 120};
    static const struct row places[] = {
        {"Jl. Bung Tomo 12, RT 014", PROBLEM_NONE, "Jl. Bung Tomo 12, RT 014"},
        {"Jl.", PROBLEM_TOO_SHORT, NULL, 5, 3},
    };
    RUN(&address, places);
}

/* What a paste of 64 KB leaves is a problem in words, never half an answer. */
static void
test_too_much(void **state)
{
    (void)state;
    static const struct question questions[] = {
        {.type = QUESTION_TEXT, .name = "x", .min_length = 1, .max_length = 1000},
        {.type = QUESTION_NAME, .name = "x"},
        {.type = QUESTION_NIK, .name = "nik"},
        {.type = QUESTION_PHONE, .name = "x"},
        {.type = QUESTION_NUMBER, .name = "x", .max = 99},
        {.type = QUESTION_DATE, .name = "x"},
        {.type = QUESTION_TIME, .name = "x"},
        {.type = QUESTION_RT, .name = "x"},
        {.type = QUESTION_YES_NO, .name = "x"},
    };
    char *typed = malloc(65537), *out = malloc(ANSWER_BYTES);
    static const char *const fills[] = {"1", "a", "é", " ", "\xff", "-"};
    for (size_t f = 0; f < sizeof fills / sizeof *fills; f++) {
        for (size_t i = 0; i < 65536; i++) {
            typed[i] = fills[f][i % strlen(fills[f])];
        }
        typed[65536] = '\0';
        for (size_t i = 0; i < sizeof questions / sizeof *questions; i++) {
            struct check check = check_answer(&questions[i], 0, typed, NULL, TODAY, out);
            assert_int_equal(check.problem == PROBLEM_NONE, fills[f][0] == ' ');
            assert_true(strlen(out) < ANSWER_BYTES);
        }
    }
    // a thousand characters of three bytes do not fit an answer: too long, not cut
    for (size_t i = 0; i < 1000; i++) {
        memcpy(typed + 3 * i, "語", 4);
    }
    assert_int_equal(check_answer(&questions[0], 0, typed, NULL, TODAY, out).problem,
                     PROBLEM_TOO_LONG);
    free(typed);
    free(out);
}

static void
test_numbers(void **state)
{
    (void)state;
    static const struct question number = {
        .type = QUESTION_NUMBER, .name = "n", .required = true, .min = 2, .max = 100};
    static const struct row rows[] = {
        {"2", PROBLEM_NONE, "2"},
        {"100", PROBLEM_NONE, "100"},
        {"007", PROBLEM_NONE, "7"},
        {" 7 ", PROBLEM_NONE, "7"},
        {"1", PROBLEM_TOO_SMALL, NULL, 2, 1},
        {"101", PROBLEM_TOO_BIG, NULL, 100, 101},
        {"-5", PROBLEM_NOT_DIGITS, NULL},
        {"1.5", PROBLEM_NOT_DIGITS, NULL},
        {"1,5", PROBLEM_NOT_DIGITS, NULL},
        {"5 6", PROBLEM_NOT_DIGITS, NULL},
        {"0x10", PROBLEM_NOT_DIGITS, NULL},
        {"Rp5", PROBLEM_NOT_DIGITS, NULL},
        {"99999999999999999999", PROBLEM_TOO_BIG, NULL},
        {"", PROBLEM_REQUIRED, ""},
    };
    RUN(&number, rows);
    static const struct question money = {
        .type = QUESTION_MONEY, .name = "n", .min = 1000, .max = 1000000000};
    static const struct row sums[] = {
        {"1250000", PROBLEM_NONE, "1250000"},
        {"1.250.000", PROBLEM_NONE, "1250000"},
        {"Rp1.250.000", PROBLEM_NONE, "1250000"},
        {"Rp. 5000", PROBLEM_NONE, "5000"},
        {"Rp 5.000", PROBLEM_NONE, "5000"},
        {"12.50", PROBLEM_NOT_DIGITS, NULL},
        {"1.2500", PROBLEM_NOT_DIGITS, NULL},
        {"1250.000", PROBLEM_NOT_DIGITS, NULL},
        {"1..000", PROBLEM_NOT_DIGITS, NULL},
        {"1.000.", PROBLEM_NOT_DIGITS, NULL},
        {"999", PROBLEM_TOO_SMALL, NULL, 1000, 999},
        {"1000000001", PROBLEM_TOO_BIG, NULL, 1000000000, 1000000001},
        {"Rp", PROBLEM_NOT_DIGITS, NULL},
        {"", PROBLEM_NONE, ""},
    };
    RUN(&money, sums);
}

static void
test_dates(void **state)
{
    (void)state;
    static const struct question past = {.type = QUESTION_DATE, .name = "d", .past = true};
    static const struct row rows[] = {
        {"17081990", PROBLEM_NONE, "1990-08-17"},
        {"1990-08-17", PROBLEM_NONE, "1990-08-17"},
        {"17-08-1990", PROBLEM_NONE, "1990-08-17"},
        {"17-8-1990", PROBLEM_NONE, "1990-08-17"},
        {"7/8/1990", PROBLEM_NONE, "1990-08-07"},
        {"17.08.1990", PROBLEM_NONE, "1990-08-17"},
        {" 17 08 1990 ", PROBLEM_NONE, "1990-08-17"},
        {"29022000", PROBLEM_NONE, "2000-02-29"},
        {"24112026", PROBLEM_NONE, "2026-11-24"}, // today
        {"25112026", PROBLEM_DATE_FUTURE, NULL},
        {"01012027", PROBLEM_DATE_FUTURE, NULL},
        {"01011900", PROBLEM_NONE, "1900-01-01"},
        {"31121899", PROBLEM_DATE_OLD, NULL},
        {"29021900", PROBLEM_DATE, NULL}, // 1900 was no leap year
        {"29022001", PROBLEM_DATE, NULL},
        {"31042020", PROBLEM_DATE, NULL},
        {"00012020", PROBLEM_DATE, NULL},
        {"01002020", PROBLEM_DATE, NULL},
        {"01132020", PROBLEM_DATE, NULL},
        {"32012020", PROBLEM_DATE, NULL},
        {"170890", PROBLEM_TOO_SHORT, NULL, 8, 6}, // the century is not guessed
        {"1708", PROBLEM_TOO_SHORT, NULL, 8, 4},
        {"17-08-90", PROBLEM_DATE, NULL},
        {"170819901", PROBLEM_DATE, NULL},
        {"2020-02-30", PROBLEM_DATE, NULL},
        {"kemarin", PROBLEM_DATE, NULL},
        {"--", PROBLEM_DATE, NULL},
        {"", PROBLEM_NONE, ""},
    };
    RUN(&past, rows);
    static const struct question future = {.type = QUESTION_DATE, .name = "d", .future = true};
    static const struct row coming[] = {
        {"24112026", PROBLEM_NONE, "2026-11-24"},
        {"23112026", PROBLEM_DATE_PAST, NULL},
        {"01012030", PROBLEM_NONE, "2030-01-01"},
    };
    RUN(&future, coming);
    // a kiosk without a clock refuses no day
    char *out = malloc(ANSWER_BYTES);
    assert_int_equal(check_answer(&past, 0, "01012030", NULL, "", out).problem, PROBLEM_NONE);
    assert_int_equal(check_answer(&past, 0, "01012030", NULL, NULL, out).problem, PROBLEM_NONE);
    free(out);
}

static void
test_times(void **state)
{
    (void)state;
    static const struct question question = {.type = QUESTION_TIME, .name = "jam"};
    static const struct row rows[] = {
        {"0830", PROBLEM_NONE, "08.30"},
        {"08.30", PROBLEM_NONE, "08.30"},
        {"8:30", PROBLEM_NONE, "08.30"},
        {" 08.30 ", PROBLEM_NONE, "08.30"},
        {"0000", PROBLEM_NONE, "00.00"},
        {"2359", PROBLEM_NONE, "23.59"},
        {"2400", PROBLEM_TIME, NULL},
        {"0860", PROBLEM_TIME, NULL},
        {"830", PROBLEM_TOO_SHORT, NULL, 4, 3}, // 8.30 or 83.0: not guessed
        {"8", PROBLEM_TOO_SHORT, NULL, 4, 1},
        {"08.3", PROBLEM_TIME, NULL},
        {"08301", PROBLEM_TIME, NULL},
        {"08-30", PROBLEM_TIME, NULL},
        {"pagi", PROBLEM_TIME, NULL},
        {":30", PROBLEM_TIME, NULL},
        {"", PROBLEM_NONE, ""},
    };
    RUN(&question, rows);
}

static void
test_choices(void **state)
{
    (void)state;
    static const struct choice list[] = {{.name = "satu"}, {.name = "dua"}, {.name = "tiga"}};
    static const struct choices choices = {"x", list, 3};
    static const struct question one = {
        .type = QUESTION_ONE, .name = "q", .required = true, .choices = &choices};
    static const struct row rows[] = {
        {"satu", PROBLEM_NONE, "satu"},  {"tiga", PROBLEM_NONE, "tiga"},
        {"empat", PROBLEM_CHOICE, NULL}, {"satu dua", PROBLEM_CHOICE, NULL},
        {"SATU", PROBLEM_CHOICE, NULL},  {"sat", PROBLEM_CHOICE, NULL},
        {"satuu", PROBLEM_CHOICE, NULL}, {"", PROBLEM_REQUIRED, ""},
    };
    RUN(&one, rows);
    static const struct question many = {
        .type = QUESTION_MANY, .name = "q", .required = true, .choices = &choices};
    static const struct row several[] = {
        {"satu", PROBLEM_NONE, "satu"},
        {"tiga satu", PROBLEM_NONE, "satu tiga"}, // in the order of the list
        {" dua  tiga ", PROBLEM_NONE, "dua tiga"},
        {"satu satu", PROBLEM_CHOICE, NULL},
        {"satu empat", PROBLEM_CHOICE, NULL},
        {"", PROBLEM_REQUIRED, ""},
    };
    RUN(&many, several);
    static const struct question yes_no = {.type = QUESTION_YES_NO, .name = "q"};
    static const struct row answers[] = {
        {"yes", PROBLEM_NONE, "yes"},     {"no", PROBLEM_NONE, "no"}, {"ya", PROBLEM_CHOICE, NULL},
        {"yes no", PROBLEM_CHOICE, NULL}, {"", PROBLEM_NONE, ""},
    };
    RUN(&yes_no, answers);
    const struct service *ktp = catalogue_service(visit.catalogue, "ktp");
    static const struct row offices[] = {
        {"6472021001", PROBLEM_NONE, "6472021001"},
        {"6472021004", PROBLEM_CHOICE, NULL}, // serials have gaps
        {"Baqa", PROBLEM_CHOICE, NULL},
        {"", PROBLEM_REQUIRED, ""},
    };
    RUN(service_question(ktp, "kelurahan"), offices);
}

static void
test_kk_is_no_nik(void **state)
{
    (void)state;
    const struct service *sku = catalogue_service(visit.catalogue, "sku");
    const struct question *kk = service_question(sku, "kk");
    visit_fill(&visit, "nik=6472031708900001");
    static const struct row rows[] = {
        {"6472031708900001", PROBLEM_KK_IS_NIK, NULL},
        {"6472 0317 0890 0001", PROBLEM_KK_IS_NIK, NULL},
        {"6472031708120007", PROBLEM_NONE, "6472031708120007"},
        {"647203170812000", PROBLEM_TOO_SHORT, NULL, 16, 15},
    };
    RUN(kk, rows);
    visit_fill(&visit, "nik=6472035708900002"); // a woman's: no date of a KK either
    static const struct row woman[] = {{"6472035708900002", PROBLEM_KK_IS_NIK, NULL}};
    RUN(kk, woman);
    answers_set(visit.answers, "nik", NULL);
    RUN(kk, ((const struct row[]){{"6472031708900001", PROBLEM_NONE, "6472031708900001"}}));
}

/* The catalogue's own rules. */
static void
test_constraints(void **state)
{
    (void)state;
    const struct service *ktp = catalogue_service(visit.catalogue, "ktp");
    static const struct row numbers[] = {
        {"150", PROBLEM_NONE, "150"}, {"151", PROBLEM_CONSTRAINT, NULL}, {"0", PROBLEM_RT, NULL}};
    RUN(service_question(ktp, "rt"), numbers);
    visit_fill(&visit, "jenis=hilang;tgl_hilang=2026-11-20;ada_surat=yes");
    static const struct row dates[] = {
        {"20112026", PROBLEM_NONE, "2026-11-20"},
        {"19112026", PROBLEM_CONSTRAINT, NULL},
        {"25112026", PROBLEM_DATE_FUTURE, NULL},
    };
    RUN(service_question(ktp, "tgl_surat"), dates);
}

/* A NIK keeps the date it was given: a difference is a warning and is stored. */
static void
test_birth_warning(void **state)
{
    (void)state;
    static const struct question birth = {.type = QUESTION_DATE, .name = "tgl_lahir"};
    static const struct question child = {.type = QUESTION_DATE, .name = "tgl_lahir_anak"};
    char *out = malloc(ANSWER_BYTES);
    visit_fill(&visit, "nik=6472035708900002;nik_anak=6472032902000003");
    struct check check = check_answer(&birth, 0, "18081990", visit.answers, TODAY, out);
    assert_int_equal(check.problem, PROBLEM_BIRTH);
    assert_true(check.warning);
    assert_string_equal(out, "1990-08-18");
    check = check_answer(&birth, 0, "17081990", visit.answers, TODAY, out);
    assert_int_equal(check.problem, PROBLEM_NONE);
    check = check_answer(&child, 0, "29022000", visit.answers, TODAY, out);
    assert_int_equal(check.problem, PROBLEM_NONE);
    check = check_answer(&child, 0, "28022000", visit.answers, TODAY, out);
    assert_true(check.warning);
    free(out);
}

#define GOOD_SKU                                                                              \
    "nik=6472031708900001;kk=6472031708120007;rt=014;no_hp=+6281255048488;"                   \
    "nama_usaha=Warung Makan Bu Siti;jenis_usaha=warung-makan;alamat_usaha=Jl. Bung Tomo 12;" \
    "keperluan=kur"

static void
test_form(void **state)
{
    (void)state;
    const struct service *sku = catalogue_service(visit.catalogue, "sku");
    const struct service *ktp = catalogue_service(visit.catalogue, "ktp");
    struct check why;
    assert_int_equal(check_form(sku, visit.answers, TODAY, &why).question, 0);
    assert_int_equal(why.problem, PROBLEM_REQUIRED);
    visit_fill(&visit, GOOD_SKU);
    assert_int_equal(check_form(sku, visit.answers, TODAY, &why).question, -1);
    assert_int_equal(why.problem, PROBLEM_NONE);
    for (size_t i = 0; i < sku->question_count; i++) { // each missing answer is found
        const char *name = sku->questions[i].name;
        char *kept = strdup(answers_get(visit.answers, name));
        answers_set(visit.answers, name, NULL);
        assert_int_equal(check_form(sku, visit.answers, TODAY, &why).question, (int)i);
        answers_set(visit.answers, name, kept);
        free(kept);
    }
    // the NIK mended to the number of the KK: the KK is asked about again
    visit_fill(&visit, "nik=6472031708120007");
    assert_int_equal(check_form(sku, visit.answers, TODAY, &why).question, 1);
    assert_int_equal(why.problem, PROBLEM_KK_IS_NIK);
    // rusak asks for other things than hilang, and forgets what was answered there
    visit_fill(&visit, GOOD_SKU ";jenis=hilang;nama=Siti;kelurahan=6472021001;"
                                "tgl_hilang=2026-11-20;ada_surat=yes;no_surat=LP/12;"
                                "tgl_surat=2026-11-21;hasil=loket");
    assert_int_equal(check_form(ktp, visit.answers, TODAY, &why).question, -1);
    visit_fill(&visit, "jenis=rusak");
    int wrong = check_form(ktp, visit.answers, TODAY, &why).question;
    assert_string_equal(ktp->questions[wrong].name, "kerusakan");
    assert_false(
        check_relevant(service_question(ktp, "no_surat"), 0, visit.answers, TODAY)); // by its chain
    visit_fill(&visit, "kerusakan=chip lainnya");
    wrong = check_form(ktp, visit.answers, TODAY, &why).question;
    assert_string_equal(ktp->questions[wrong].name, "kerusakan_lain");
}

static void
test_answers(void **state)
{
    (void)state;
    char longest[ANSWER_BYTES + 1], name[16];
    memset(longest, 'x', sizeof longest);
    longest[ANSWER_BYTES] = '\0';
    assert_false(answers_set(visit.answers, "a", longest));
    longest[ANSWER_BYTES - 1] = '\0';
    assert_true(answers_set(visit.answers, "a", longest));
    assert_true(answers_set(visit.answers, "a", "baru"));
    assert_true(answers_set(visit.answers, "a", answers_get(visit.answers, "a") + 1));
    assert_string_equal(answers_get(visit.answers, "a"), "aru"); // the value may be its own
    const char *kept = answers_get(visit.answers, "a");
    assert_true(answers_set(visit.answers, "b", "2"));
    assert_true(answers_set(visit.answers, "a", NULL));
    assert_null(answers_get(visit.answers, "a"));
    assert_string_equal(answers_get(visit.answers, "b"), "2");
    assert_true(answers_set(visit.answers, "b", NULL));
    assert_true(answers_empty(visit.answers));
    for (size_t i = 0; i < ANSWER_BYTES; i++) {
        assert_int_equal((kept - 2)[i], 0); // nothing of any old value is left
    }
    assert_true(answers_set(visit.answers, "tidak-ada", NULL));
    int many = 0;
    for (snprintf(name, sizeof name, "q0"); answers_set(visit.answers, name, longest);
         snprintf(name, sizeof name, "q%d", ++many)) {
    }
    assert_int_equal(many, ANSWERS_BYTES / (ANSWER_BYTES + 3));
    assert_false(answers_set(visit.answers, "q0", longest)); // the new one first, then the old
    assert_true(answers_set(visit.answers, "q0", ""));
    assert_string_equal(answers_get(visit.answers, "q0"), "");
    assert_true(answers_hold(visit.answers, "q", longest));
    assert_false(answers_hold(visit.answers, "b", longest));
    answers_clear(visit.answers);
    assert_true(answers_empty(visit.answers));
    assert_null(answers_get(NULL, "q0"));
}

static int
forget(void **state)
{
    (void)state;
    secret_wipe(visit.memory);
    visit.answers = answers_create(visit.memory);
    return 0;
}

int
main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_names, forget),
        cmocka_unit_test_setup(test_texts, forget),
        cmocka_unit_test_setup(test_too_much, forget),
        cmocka_unit_test_setup(test_numbers, forget),
        cmocka_unit_test_setup(test_dates, forget),
        cmocka_unit_test_setup(test_times, forget),
        cmocka_unit_test_setup(test_choices, forget),
        cmocka_unit_test_setup(test_kk_is_no_nik, forget),
        cmocka_unit_test_setup(test_constraints, forget),
        cmocka_unit_test_setup(test_birth_warning, forget),
        cmocka_unit_test_setup(test_form, forget),
        cmocka_unit_test_setup(test_answers, forget),
    };
    assert_true(argc == 2);
    visit = visit_begin(argv[1]);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    visit_end(&visit);
    return failed;
}
